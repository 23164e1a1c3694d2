"""Plans imported and exported: by number, twice for nothing, with every anomaly said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.action import ActionState
from app.domain.anomaly import anomaly_text
from app.domain.ctg import Scope
from app.ingestion.grids import Grid, GridRow
from app.services import Services
from app.services.ctg_import import PlanImporter
from app.services.ctg_import_budget import BudgetImporter, kind_of
from app.services.ctg_rows import NewCtg
from app.services.ctg_table import BUDGET_FIELDS, PLAN_FIELDS
from app.services.ctg_xlsx import plan_row, write_plan, write_template

ON = date(2026, 11, 21)
HEADERS = ("N°", "Action", "Axe", "Objectif", "Thématique", "Statut", "Échéance", "Pilote", "Étapes",
           "Communes", "ETP", "Motif", "Décideur", "Date de décision")  # fmt: skip
ROWS = (
    ("1.1", "Ouvrir un point", "Accueil", "Places", "Petite enfance", "En cours", "31/12/2026", "Rpe",
     "Recenser | Rpe | 31/03/2026 | 30/03/2026\nOuvrir", "Saint-Maixent-l’École", "0,5", "", "", ""),
    ("1.2", "Ouvrir une crèche", "Accueil", "Places", "petite enfance", "Reportée", "2027-06-30", "EPCI", "",
     "", "", "Permis tardif", "Copil", "01/02/2026"),
    ("2.1", "Former", "Droits", "", "", "", "", "Caf", "", "", "", "", "", ""),
)  # fmt: skip


def grid(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Grid:
    lines = tuple(GridRow(i, cells) for i, cells in enumerate(rows, start=2))
    return Grid(Path("plan.xlsx"), "Plan", "0" * 64, headers, lines)


def columns_of(headers: tuple[str, ...], budget: bool = False) -> dict[str, str]:
    from app.ingestion.fields import match_columns

    return match_columns(headers, BUDGET_FIELDS if budget else PLAN_FIELDS)


@pytest.fixture
def ctg(empty: Services) -> str:
    new = NewCtg("CTG", Scope.EPCI, ("200041994",), date(2025, 1, 1), date(2028, 12, 31))
    return empty.ctg.create(new).uuid


def test_a_free_table_is_recognised_by_its_columns(empty: Services) -> None:
    importer = PlanImporter(empty.ctg)
    assert importer.score(HEADERS) >= 0.6
    assert importer.score(("Code", "Nom", "Valeur")) < 0.6
    assert importer.score(("N°", "Intitulé")) < 0.6
    assert BudgetImporter(empty.ctg).score(("N° fiche", "Exercice", "Financeur", "Montant")) >= 0.6


def test_a_plan_is_imported_once_then_nothing_changes(empty: Services, ctg: str) -> None:
    importer, table = PlanImporter(empty.ctg), grid(HEADERS, ROWS)
    columns = columns_of(HEADERS)
    assert importer.preview(table, columns).new == 3
    assert empty.ctg.actions(ctg) == []
    done = importer.apply(table, columns, {})
    assert (done.new, done.changed, done.unchanged, done.anomalies) == (3, 0, 0, ())
    assert [row.title for row in empty.ctg.plan(ctg)] == [
        "Accueil", "Places", "Ouvrir un point", "Ouvrir une crèche", "Droits", "Former",
    ]  # fmt: skip
    first = empty.ctg.action(empty.ctg.actions(ctg)[0].uuid, ON)
    assert first.row.progress.percent == 50
    assert (first.fte, len(first.communes), first.row.theme) == (0.5, 1, "petite_enfance")
    (change,) = empty.ctg.status_changes(ctg, frozenset({ActionState.POSTPONED}))
    assert (change.reason, change.decider, change.decided_on) == ("Permis tardif", "Copil", date(2026, 2, 1))
    again = importer.apply(table, columns, {})
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    moved = (*ROWS[:2], ("2.1", "Former les agents", *ROWS[2][2:]))
    changed = importer.apply(grid(HEADERS, moved), columns, {})
    assert (changed.new, changed.changed, changed.unchanged) == (0, 1, 2)
    assert len(empty.ctg.actions(ctg)) == 3
    empty.base.undo()
    empty.base.undo()
    assert empty.ctg.actions(ctg) == []


def test_every_bad_line_is_said_and_the_others_go_on(empty: Services, ctg: str) -> None:
    headers = ("N°", "Intitulé", "Thème", "État", "Fin", "ETP", "Communes", "CTG")
    rows = (
        ("", "Sans numéro", "", "", "", "", "", ""),
        ("2", "", "", "", "", "", "", ""),
        ("3", "Thème faux", "Astronomie", "", "", "", "", ""),
        ("4", "Sans motif", "", "Abandonnée", "", "", "", ""),
        ("5", "Trop tard", "", "", "31/12/2031", "", "", ""),
        ("6", "Date fausse", "", "", "31/02/2026", "", "", ""),
        ("7", "ETP faux", "", "", "", "beaucoup", "", ""),
        ("8", "Ailleurs", "", "", "", "", "Paris", ""),
        ("9", "Autre CTG", "", "", "", "", "", "CTG de nulle part"),
        ("10", "Bonne", "Handicap", "À lancer", "2026-06-30", "1", "", "CTG"),
        ("10", "En double", "", "", "", "", "", "CTG"),
    )
    importer, table, columns = PlanImporter(empty.ctg), grid(headers, rows), columns_of(headers)
    preview = importer.preview(table, columns)
    assert preview.new == 1
    rules = [anomaly.rule for anomaly in preview.anomalies]
    assert sorted(rules) == sorted(
        ["required_empty", "required_empty", "plan_choice", "plan_reason", "plan_after_end", "plan_date",
         "plan_number", "plan_commune", "plan_ctg", "line_twice"]
    )  # fmt: skip
    for anomaly in preview.anomalies:
        title, text = anomaly_text(anomaly)
        assert title
        assert text.endswith(".")
        assert "'" not in title + text
    importer.apply(table, columns, {})
    assert [row.title for row in empty.ctg.actions(ctg)] == ["Bonne"]


def test_amounts_go_to_their_fiche(empty: Services, ctg: str) -> None:
    action = empty.ctg.add_action(ctg, None, title="Fiche", reference="A1").uuid
    headers = ("N°", "Année", "Financeur", "Montant", "État")
    rows = (
        ("A1", "2026", "Caf", "12 500,50", "prévu"),
        ("A1", "2026", "CA du Niortais", "à voter", "prévu"),
        ("A1", "2026", "MSA", "trois mille", "prévu"),
        ("A1", "2026", "MSA", "-3", "prévu"),
        ("Z9", "2026", "MSA", "10", "prévu"),
        ("A1", "2026", "Caf", "1", "prévu"),
    )
    importer, table = BudgetImporter(empty.ctg), grid(headers, rows)
    columns = columns_of(headers, budget=True)
    done = importer.apply(table, columns, {})
    assert done.new == 2
    assert [anomaly.rule for anomaly in done.anomalies] == [
        "plan_number",
        "plan_negative",
        "line_twice",
        "plan_fiche",
    ]
    cells = {cell.funder: cell.cents for cell in empty.ctg.action(action).budget.cells}
    assert cells == {"Caf": 1250050, "CA du Niortais": None}
    again = importer.apply(table, columns, {})
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Caf des Deux-Sèvres", "caf"), ("CA du Niortais", "epci"), ("Ville de Niort", "commune"),
     ("Communes", "commune"), ("Communauté de communes", "epci"), ("Département", "departement"),
     ("Dons", "autre")],
)  # fmt: skip
def test_the_nature_of_a_funder_is_read_in_its_name(name: str, kind: str) -> None:
    assert kind_of(name).value == kind


def test_an_export_comes_back_unchanged(demo: Services, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    niort = next(row for row in demo.ctg.rows(ON) if row.name == "CTG du Niortais")
    path = tmp_path / "plan.xlsx"
    write_plan(path, demo.ctg, niort.uuid, ON)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Plan d’action", "Budget", "Sources"]
    sheet = book.get_sheet_by_name("Plan d’action").to_python()
    assert len(sheet) == 21
    assert sheet[0][0] == "N°"
    names = {row.code: row.name for row in demo.ctg.members(niort.uuid, ON)}
    headers = tuple(field.label for field in PLAN_FIELDS)
    details = demo.ctg.details(niort.uuid, ON)
    assert details == [demo.ctg.action(row.uuid, ON) for row in demo.ctg.actions(niort.uuid, ON)]
    rows = tuple(
        tuple("" if cell is None else str(cell) for cell in plan_row(detail, names)) for detail in details
    )
    preview = PlanImporter(demo.ctg).preview(grid(headers, rows), columns_of(headers))
    assert (preview.new, preview.changed, preview.unchanged) == (0, 0, 20)
    assert preview.anomalies == ()


def test_the_template_opens_and_holds_the_columns(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    path = tmp_path / "modele.xlsx"
    write_template(path)
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Plan d’action", "Budget", "Mode d’emploi"]
    assert book.get_sheet_by_name("Budget").to_python()[0] == [field.label for field in BUDGET_FIELDS]


def test_a_table_without_ctg_goes_to_the_one_chosen(empty: Services, ctg: str) -> None:
    other = empty.ctg.create(NewCtg("Autre", Scope.COMMUNE, ("79191",))).uuid
    importer, table = PlanImporter(empty.ctg), grid(HEADERS, ROWS)
    columns = columns_of(HEADERS)
    refused = importer.preview(table, columns)
    assert refused.new == 0
    assert "partir de son plan d’action" in anomaly_text(refused.anomalies[0])[1]
    empty.ctg.import_into(table.path, ctg)
    assert importer.apply(table, columns, {}).new == 3
    assert len(empty.ctg.actions(ctg)) == 3
    assert empty.ctg.actions(other) == []
    assert empty.ctg.import_target(Path("autre.xlsx")) == ""


@pytest.mark.parametrize(
    "headers",
    [
        ("Numéro", "Intitulé de l'action", "Axe stratégique", "Référent", "Etat d'avancement", "Fin prévue"),
        ("Réf", "Nom de l’action", "Priorité", "Objectif général", "Porteur de l'action", "Échéancier"),
    ],
)
def test_the_headers_of_a_free_plan_are_matched(empty: Services, headers: tuple[str, ...]) -> None:
    assert len(columns_of(headers)) == len(headers)
    assert PlanImporter(empty.ctg).score(headers) >= 0.6

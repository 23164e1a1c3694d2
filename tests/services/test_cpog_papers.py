"""The bilan of a year, as content and as a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.domain.cpog_codes import Act, ActionState, Origin
from app.domain.cpog_points import Period
from app.domain.errors import WriteRefused
from app.services.cpog import CpogService
from app.services.cpog_rows import Entry, MovementForm, RevisionForm
from db.session import Base, create_base

ON = datetime.date(2025, 6, 1)
CODE = "52-2023-2027"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    made = create_base(tmp_path_factory.mktemp("papers") / "b.maillage", ["52"], "Essai")
    service = CpogService(made)
    service.load_delivered(CODE)
    one, other = (_uuid(service, rank) for rank in (1, 17))
    service.enter(
        [
            Entry(one, Period(2023), "65 %", source="=tableau de bord"),
            Entry(other, Period(2024), "", numerator="2", denominator="8"),
        ]
    )
    service.revise(
        RevisionForm(one, datetime.date(2023, 12, 1), Act.AMENDMENT, "Effectifs",
                     targets=((Period(2023), 68.0),), means="Un poste", calendar_unchanged="aucun motif",
                     movements=(MovementForm(2023, "Vacances de postes", -2.5),))
    )  # fmt: skip
    service.explain(one, Period(2023), "Deux départs", Origin.MIXED, "Renfort", "responsable", ON)
    service.comment(one, 2023, "+ 3 points depuis septembre", ON)
    leaf = service.board(CODE, ON)[0].engagement
    service.follow_action(
        leaf.uuid, ActionState.POSTPONED, reason="crédits", decided_by="direction", decided_on=ON
    )
    yield made
    made.close()


def _uuid(service: CpogService, rank: int) -> str:
    return next(i.uuid for i in service.contract(CODE).indicators if i.rank == rank)


@pytest.fixture
def cpog(base: Base) -> CpogService:
    return CpogService(base)


def test_the_bilan_goes_by_domain_and_fiche_with_causes(cpog: CpogService) -> None:
    content = cpog.bilan(CODE, 2023, on=ON)
    assert [d.title for d in content.domains] == [
        "Services à l’allocataire", "Politiques et gestion d’action sociale",
        "Performance économique et sociale", "Maîtrise des risques et lutte contre la fraude",
    ]  # fmt: skip
    sheets = [s for d in content.domains for f in d.fiches for s in f.indicators]
    assert len(sheets) == 41
    first = sheets[0]
    assert (first.state, first.gap and first.gap.gap.text, first.gap and first.gap.cause) == (
        "non_atteinte", "−3,0", "Deux départs",
    )  # fmt: skip
    assert [v.value.number for v in (*first.initial, *first.revised, *first.actual)] == [71, 68, 65]
    assert content.caf == "Caf de la Haute-Marne"
    assert [d.status for d in content.dropped] == ["reportee"]
    assert content.decisions == ("Réclamations en 10 jours : Renfort",)
    assert (content.results_rate and content.results_rate.rule) != ""
    assert len(content.flags) == 5
    (ledger,) = content.ledgers
    assert [line.reason for line in ledger.lines] == ["Vacances de postes"]


def test_a_closed_year_prints_as_it_was_closed(cpog: CpogService) -> None:
    cpog.close(CODE, 2023, "direction", on=ON)
    uuid = _uuid(cpog, 1)
    cpog.enter([Entry(uuid, Period(2023), "66 %")], reason="contrôle")
    content = cpog.bilan(CODE, 2023, on=ON)
    sheet = content.domains[0].fiches[0].indicators[0]
    assert [v.value.number for v in sheet.actual] == [65]
    assert content.status == "arrêté"
    assert [c.replace("\u202f", " ") for c in content.corrections] == [
        "Réclamations en 10 jours, Réalisé 2023 : 65 % → 66 %"
    ]


def test_the_notice_is_about_the_pinned_indicators(cpog: CpogService) -> None:
    assert len(cpog.notice(CODE, 2024, on=ON).indicators) == 12
    assert len(cpog.notice(CODE, 2024, [_uuid(cpog, 17)], ON).indicators) == 1


def test_the_workbook_computes_its_rates_and_runs_no_text(cpog: CpogService, tmp_path: Path) -> None:
    path = tmp_path / "bilan.xlsx"
    cpog.write_bilan(CODE, 2024, path, ON)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == [
        "Bilan 2024",
        "Séries",
        "Jauges",
        "Registre",
        "Actions",
        "Signalements",
        "Sources",
    ]
    head, *rows = book.get_sheet_by_name("Bilan 2024").to_python()
    row = next(r for r in rows if r[head.index("Code")] == "" and r[head.index("Numérateur")] == 2)
    assert (row[head.index("Réalisé")], row[head.index("Taux recalculé")]) == (25, 25)
    series = book.get_sheet_by_name("Séries").to_python()
    assert "=tableau de bord" in {cell for line in series for cell in line}
    registre = book.get_sheet_by_name("Registre").to_python()
    assert [line[4] for line in registre[1:5]] == [71, -2.5, 68, -0.5]
    import zipfile

    with zipfile.ZipFile(path) as archive:
        sheets = {name: archive.read(name).decode() for name in archive.namelist() if "sheets/sheet" in name}
    assert "<f>100*O" in sheets["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheets["xl/worksheets/sheet2.xml"]


def test_a_workbook_that_cannot_be_written_leaves_nothing(cpog: CpogService, tmp_path: Path) -> None:
    with pytest.raises(WriteRefused):
        cpog.write_bilan(CODE, 2024, tmp_path / "absent" / "bilan.xlsx", ON)
    assert list(tmp_path.iterdir()) == []


def test_the_bilan_is_written_as_pdf(cpog: CpogService, tmp_path: Path) -> None:
    path = tmp_path / "bilan.pdf"
    cpog.write_bilan(CODE, 2023, path, ON)
    assert path.read_bytes()[:5] == b"%PDF-"


def test_every_point_is_in_the_table_of_everything(cpog: CpogService) -> None:
    headers, rows = cpog.series_table(CODE)
    names = [row[headers.index("Série")] for row in rows]
    assert names.count("réalisé") == 3
    assert names.count("cible révisée") == 1


def test_fiches_have_their_names_and_the_evaluations_followed(cpog: CpogService) -> None:
    cpog.load_delivered("79-2018-2022")
    due = next(n for n in cpog.cog_tree("2018-2022", "79", ON, fiche="9") if n.years)
    cpog.follow_evaluation(due.uuid, ActionState.DONE, "79", evidence="enquête", on=ON)
    fiche = cpog.bilan("79-2018-2022", 2022, on=ON).domains[0].fiches[0]
    assert (fiche.code, fiche.title) == ("9", "Relation de service")
    assert [(a.status, a.evidence) for a in fiche.actions] == [("realisee", "enquête")]


def test_a_value_corrected_to_masked_leaves_nowhere(tmp_path: Path) -> None:
    base = create_base(tmp_path / "b.maillage", ["52"], "Essai")
    service = CpogService(base)
    service.load_delivered(CODE)
    uuid = _uuid(service, 17)
    service.enter([Entry(uuid, Period(2023), "", numerator="3", denominator="7")])
    service.close(CODE, 2023, on=ON)
    service.enter([Entry(uuid, Period(2023), "s")], reason="secret statistique")
    _, rows = service.series_table(CODE)
    label = service.contract(CODE).by_uuid[uuid].label
    mine = [row for row in rows if label in row and 2023 in row and "réalisé" in row]
    assert len(mine) == 2
    assert all("s" in row and not any(isinstance(cell, float) for cell in row) for row in mine)
    content = service.bilan(CODE, 2023, on=ON)
    assert "42,8" not in repr(content)
    assert "42.8" not in repr(content)
    path = tmp_path / "bilan.xlsx"
    service.write_bilan(CODE, 2023, path, ON)
    book = CalamineWorkbook.from_path(path)
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
             if label in row for cell in row]  # fmt: skip
    assert not [cell for cell in cells if isinstance(cell, float) and (cell in (3, 7) or 42 < cell < 43)]
    base.close()

"""SDSF on a real base: delivered facts, tree, renewal, sheet of common indicators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.domain.diagnostic_errors import UnknownProfile
from app.domain.indicator import ValueState
from app.domain.sdsf import FilledBy, NodeKind, Stage
from app.domain.sdsf_errors import NodeHasLinks, SdsfRefused, SheetRefused, WrongParent
from app.domain.steering import InstanceKind
from app.ingestion.grids import match_columns, read_grids
from app.progress import SILENT
from app.services import Services
from app.services.indicators import IndicatorService
from app.services.sdsf import SdsfService
from app.services.sdsf_import import SdsfSheetImporter
from app.services.steering import SteeringService
from app.services.territory import TerritoryService
from db.session import Base, create_base


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = create_base(tmp_path / "b.maillage", ("52", "79"), "Essai")
    yield made
    made.close()


@pytest.fixture
def service(base: Base) -> SdsfService:
    from app.domain.reference import load_reference

    territory = TerritoryService(load_reference(), base.info.departements)
    made = SdsfService(base, territory, IndicatorService(base, territory))
    made.load_delivered()
    return made


def marne(service: SdsfService) -> str:
    return next(row.uuid for row in service.schemes("52") if row.generation == 2)


def test_the_nine_axes_of_haute_marne_are_delivered(service: SdsfService) -> None:
    detail = service.scheme(marne(service))
    assert (detail.row.starts_on, detail.row.ends_on) == (date(2020, 1, 1), date(2026, 12, 31))
    assert [node.number for node in detail.nodes] == [str(i) for i in range(1, 10)]
    assert [node.label for node in detail.nodes][-2:] == ["Itinérance", "Partenariat"]
    assert detail.row.youth_axis is True
    assert len(detail.parties) == 7


def test_what_is_not_known_of_deux_sevres_stays_unknown(service: SdsfService) -> None:
    row = service.schemes("79")[0]
    assert (row.starts_on, row.ends_on, row.axes, row.youth_axis) == (None, None, 0, None)
    assert row.stage is Stage.UNKNOWN


def test_loading_twice_changes_nothing(service: SdsfService, base: Base) -> None:
    before = base.undo_name()
    assert not service.load_delivered().topics
    assert len(service.schemes()) == 3
    assert base.undo_name() == before


def test_a_scheme_is_found_by_its_date_and_its_avenant(service: SdsfService) -> None:
    uuid = marne(service)
    assert service.running("52", date(2026, 6, 1)) is not None
    assert service.running("52", date(2027, 6, 1)) is None
    service.add_child("amendment", uuid, kind="prolongation", signed_on=date(2026, 11, 2),
                      ends_on=date(2027, 12, 31))  # fmt: skip
    found = service.running("52", date(2027, 6, 1))
    assert found is not None
    assert found.ends_on == date(2026, 12, 31)  # an avenant never overwrites


def test_the_tree_grows_moves_and_is_undone(service: SdsfService, base: Base) -> None:
    uuid = marne(service)
    first, second = (node.uuid for node in service.scheme(uuid).nodes[:2])
    one = service.add_node(uuid, NodeKind.OBJECTIVE, "Maintenir l’offre", first)
    two = service.add_node(uuid, NodeKind.OBJECTIVE, "Aller vers", first)
    service.add_node(uuid, NodeKind.ACTION, "Bus petite enfance", two, budget_cents=1_200_000)
    with pytest.raises(WrongParent):
        service.move_node(two, two, 0)
    with pytest.raises(NodeHasLinks):
        service.remove_node(two)
    service.move_node(two, first, 0)
    numbers = {node.label: node.number for node in service.scheme(uuid).nodes}
    assert (numbers["Aller vers"], numbers["Bus petite enfance"]) == ("1.1", "1.1.1")
    service.move_node(one, second, 5)
    assert {node.label: node.number for node in service.scheme(uuid).nodes}["Maintenir l’offre"] == "2.1"
    assert base.undo() == "Déplacement d’un élément du SDSF"
    assert {node.label: node.number for node in service.scheme(uuid).nodes}["Maintenir l’offre"] == "1.2"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"ends_on": date(2019, 1, 1)}, "order"),
        ({"ends_on": date(2040, 1, 1)}, "too_long"),
        ({"label": " "}, "empty"),
        ({"colour": "red"}, "unknown_field"),
    ],
)
def test_a_refused_edit_changes_nothing(service: SdsfService, fields: dict[str, object], reason: str) -> None:
    uuid = marne(service)
    before = service.scheme(uuid)
    with pytest.raises(SdsfRefused) as raised:
        service.edit(uuid, **fields)
    assert raised.value.facts["reason"] == reason
    assert service.scheme(uuid) == before


def test_renewal_copies_what_is_alive_and_keeps_the_link(service: SdsfService) -> None:
    uuid = marne(service)
    axis = service.scheme(uuid).nodes[0].uuid
    objective = service.add_node(uuid, NodeKind.OBJECTIVE, "Maintenir l’offre", axis)
    service.add_node(uuid, NodeKind.ACTION, "Bus", objective)
    service.edit(uuid, stage=Stage.EVALUATION)
    new, _ = service.renew(uuid, "SDSF 2027-2032", date(2027, 1, 1), date(2032, 12, 31))
    detail = service.scheme(new)
    assert detail.row.previous_uuid == uuid
    assert (detail.row.axes, detail.row.objectives, detail.row.actions) == (9, 1, 0)
    assert detail.row.generation == 3
    assert service.scheme(uuid).row.stage is Stage.RENEWED


@pytest.mark.parametrize(
    ("start", "reason"), [(date(2019, 1, 1), "before_previous"), (date(2027, 1, 1), "already_renewed")]
)
def test_a_renewal_that_does_not_hold_writes_nothing(service: SdsfService, start: date, reason: str) -> None:
    uuid = marne(service)
    if reason == "already_renewed":
        service.renew(uuid, "SDSF 2027-2032", date(2027, 1, 1), date(2032, 12, 31))
    before = service.schemes("52")
    with pytest.raises(SdsfRefused) as raised:
        service.renew(uuid, "Encore un", start, date(2032, 12, 31))
    assert raised.value.facts["reason"] == reason
    assert service.schemes("52") == before


def test_a_scheme_that_met_is_kept(service: SdsfService, base: Base) -> None:
    uuid = marne(service)
    steering = SteeringService(base)
    comite = steering.add_instance("sdsf", uuid, kind=InstanceKind.STEERING.value, title="CDSF").uuid
    steering.add_meeting(comite, title="Séance", held_on=date(2026, 1, 15))
    with pytest.raises(SdsfRefused) as raised:
        service.remove(uuid)
    assert raised.value.facts["reason"] == "has_meetings"
    assert service.scheme(uuid).row.axes == 9
    base.undo()
    service.remove(uuid)
    assert steering.instances() == []
    base.undo()
    assert [row.title for row in steering.instances()] == ["CDSF"]


def test_an_avenant_never_shortens(service: SdsfService, base: Base) -> None:
    uuid = marne(service)
    with pytest.raises(SdsfRefused) as raised:
        service.add_child("amendment", uuid, kind="prolongation", signed_on=date(2026, 1, 5),
                          ends_on=date(2026, 6, 30))  # fmt: skip
    assert raised.value.facts["reason"] == "shortens"
    service.add_child("amendment", uuid, kind="prolongation", signed_on=date(2026, 1, 5))
    assert base.undo_name() == "Nouvel avenant du SDSF"


# -- the sheet of common indicators -------------------------------------------------------------------

SHEET = """Fiche des indicateurs communs 2024;;;;
Code;Indicateur;Unité;Valeur;Rempli par
1;Naissances domiciliées;naissances;;local
2;Places en Eaje (fictif);places;1 234,5;Cnaf
3;Laep ouverts (fictif);structures;0;local
4;Dépenses (fictif);euros;s;Drees
5;Sans réponse (fictif);;n.p.;
"""


@pytest.fixture
def sheet_file(tmp_path: Path) -> Path:
    path = tmp_path / "fiche.csv"
    path.write_text(SHEET, "utf-8")
    return path


def bring(service: SdsfService, base: Base, path: Path) -> tuple[int, int, int, int]:
    importer = SdsfSheetImporter(service, ("79",))
    grid = read_grids(path, choose=importer.score)[0]
    columns = match_columns(grid.headers, importer.fields)
    with base.gather("Import"):
        done = importer.apply(grid, columns, {}, SILENT)
    return done.new, done.changed, done.unchanged, len(done.anomalies)


def test_the_sheet_is_read_with_its_five_states(service: SdsfService, base: Base, sheet_file: Path) -> None:
    assert bring(service, base, sheet_file) == (5, 0, 0, 0)
    sheet = service.latest("79", 2024)
    assert sheet is not None
    assert [line.state for line in sheet.lines] == [
        ValueState.NO_DATA, ValueState.VALUE, ValueState.ZERO, ValueState.MASKED, ValueState.NOT_PUBLISHED,
    ]  # fmt: skip
    assert sheet.lines[1].number == 1234.5
    assert [line.filled_by for line in sheet.lines][:2] == [FilledBy.LOCAL, FilledBy.CNAF]
    assert sheet.row.due_on == date(2025, 3, 31)
    assert bring(service, base, sheet_file) == (0, 0, 5, 0)
    assert len(service.sheets("79")) == 1


def test_what_the_base_can_compute_is_filled_in_a_new_version(
    service: SdsfService, base: Base, sheet_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resources
    from app.domain.reference import load_reference
    from app.services.imports import ImportService
    from app.services.outlines import OutlineService

    territory = TerritoryService(load_reference(), base.info.departements)
    outlines = OutlineService(base, territory, sheet_file.parent / "cache")
    imports = ImportService(base, load_reference(), service._indicators, outlines)
    imports.import_file(resources.path("demo", "naissances_2023_2025.csv"))
    bring(service, base, sheet_file)
    first = service.latest("79", 2024)
    assert first is not None
    service.link_line(first.lines[0].uuid, "naissances")
    made, count, _ = service.fill(first.row.uuid)
    assert count == 1
    filled = service.sheet(made)
    assert filled.lines[0].number == 2847  # Insee, état civil 2024, Deux-Sèvres
    assert filled.row.version == 2
    assert [change.after for change in service.compare(first.row.uuid, made)] == ["2\u202f847"]
    assert service.fill(made)[1] == 0
    assert bring(service, base, sheet_file)[1] == 1  # the file again says « n.d. » there: a third version
    last = service.latest("79", 2024)
    assert last is not None
    assert last.lines[0].indicator == "naissances"  # the link outlives versions


def test_a_small_count_of_people_leaves_masked(empty: Services, tmp_path: Path) -> None:
    path = tmp_path / "fiche 2024.csv"
    path.write_text(
        "Fiche des indicateurs communs 2024;;;;\nCode;Indicateur;Unité;Valeur;Rempli par\n"
        "1;Enfants accueillis (fictif);enfants;3;local\n2;Enfants connus (fictif);enfants;4;Cnaf\n"
        "3;Laep (fictif);structures;2;local\n4;Places (fictif);places pour 100 enfants;1,5;local\n",
        "utf-8",
    )
    importer = SdsfSheetImporter(empty.sdsf, ("79",))
    grid = read_grids(path, choose=importer.score)[0]
    importer.apply(grid, match_columns(grid.headers, importer.fields), {}, SILENT)
    sheet = empty.sdsf.latest("79", 2024)
    assert sheet is not None
    empty.sdsf.export_sheet(sheet.row.uuid, tmp_path / "x.csv", "partenaire")
    lines = (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(";")[4] for line in lines[1:]] == ["s", "4", "2", "1,5"]
    path.write_text(path.read_text("utf-8").replace("4;Cnaf", "s;Cnaf"), "utf-8")
    grid = read_grids(path, choose=importer.score)[0]
    importer.apply(grid, match_columns(grid.headers, importer.fields), {}, SILENT)
    assert empty.sdsf.sheet(sheet.row.uuid).lines[1].number == 4, "the former version keeps its number"
    empty.sdsf.export_sheet(sheet.row.uuid, tmp_path / "z.csv")
    assert ";s;Cnaf;" in (tmp_path / "z.csv").read_text("utf-8-sig")
    with pytest.raises(UnknownProfile):
        empty.sdsf.export_sheet(sheet.row.uuid, tmp_path / "y.csv", "voisin")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_sheet_makes_a_round_trip(
    service: SdsfService, base: Base, sheet_file: Path, tmp_path: Path, suffix: str
) -> None:
    bring(service, base, sheet_file)
    sheet = service.latest("79", 2024)
    assert sheet is not None
    path = tmp_path / f"export{suffix}"
    service.export_sheet(sheet.row.uuid, path)
    assert bring(service, base, path) == (0, 0, 5, 0)


def test_bad_lines_are_listed_and_the_others_kept(service: SdsfService, base: Base, tmp_path: Path) -> None:
    path = tmp_path / "fiche 2024.csv"
    path.write_text(
        SHEET + "6;Texte (fictif);;beaucoup;local\n7;;;3;local\n1;Naissances domiciliées;;4;\n", "utf-8"
    )
    assert bring(service, base, path) == (5, 0, 0, 3)


def test_a_sheet_without_year_is_refused(service: SdsfService, base: Base, tmp_path: Path) -> None:
    path = tmp_path / "fiche.csv"
    path.write_text("Indicateur;Valeur;Rempli par\nUn (fictif);3;local\n", "utf-8")
    with pytest.raises(SheetRefused):
        bring(service, base, path)
    assert service.sheets() == []

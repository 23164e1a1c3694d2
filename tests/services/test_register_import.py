"""Tables into the register: anomalies listed, good lines written, the same table twice changes nothing."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.anomaly import Severity, anomaly_text
from app.domain.anomaly_texts import finding_text
from app.domain.errors import UnreadableFile
from app.domain.register import Status
from app.domain.register_errors import UnreadablePaste
from app.domain.territory import Level
from app.ingestion.grids import Grid, GridRow, match_columns, read_grids
from app.progress import SILENT
from app.services import Services
from app.services.register import RegisterService
from app.services.register_import import ServiceImporter
from app.services.register_template import SHEETS, write_template
from app.services.rows import ImportResult
from app.services.table_imports import TableImporter, TablePreview
from db.session import Base
from tests.services.register_cases import NIORT, creche, opened, site, snapshot, steps

HEAD = (
    "Type;Nom;Code commune;Places agréées;Places ouvertes;Financement;Ouverture;Fermeture;Itinérant;Points;"
    "Longitude;Latitude"
)
GOOD = "Eaje;Les Lucioles;79191;20;18;Psu;01/09/2015;;non;;;"
BAD = """\
Eaje;Négatif;79191;-3;;;;;;;;
Eaje;À l'envers;79191;;;;01/01/2024;01/01/2020;;;;
Eaje;Nulle part;99999;;;;;;;;;
Eaje;Ailleurs;79191;;;;;;;;5.33;47.86
Laep;Sans point;79191;;;;;;oui;;;
Eaje;Trop ouvert;79191;20;25;;;;;;;
Piscine;Nautique;79191;;;;;;;;;
Eaje;Mots;79191;douze;;bitcoin;31/02/2024;;;;;
;Sans type;79191;;;;;;;;;
Eaje;Les Lucioles;79191;21;;;;;;;;"""


@pytest.fixture
def case(tmp_path: Path) -> Iterator[tuple[Base, RegisterService]]:
    with opened(tmp_path / "registre.maillage") as made:
        yield made


@pytest.fixture
def base(case: tuple[Base, RegisterService]) -> Base:
    return case[0]


@pytest.fixture
def register(case: tuple[Base, RegisterService]) -> RegisterService:
    return case[1]


def grid_of(text: str) -> Grid:
    header, *lines = text.strip().splitlines()
    width = header.count(";") + 1
    rows = tuple(
        GridRow(rank, tuple([*line.split(";"), *[""] * width][:width])) for rank, line in enumerate(lines, 2)
    )
    return Grid(Path("table.csv"), "", "", tuple(header.split(";")), rows)


def load(importer: TableImporter, text: str | Grid) -> TablePreview:
    grid = grid_of(text) if isinstance(text, str) else text
    return importer.apply(grid, match_columns(grid.headers, importer.fields), {}, SILENT)


def importer_of(register: RegisterService, code: str) -> TableImporter:
    return next(importer for importer in register.importers if importer.code == code)


def test_good_lines_are_written_and_each_bad_line_says_why(register: RegisterService) -> None:
    done = load(ServiceImporter(register), "\n".join((HEAD, GOOD, BAD)))
    assert (done.rows_read, done.new, done.changed) == (11, 1, 0)
    rules: dict[int, set[str]] = {}
    for anomaly in done.anomalies:
        assert anomaly.line is not None
        assert anomaly.severity is Severity.ERROR
        assert anomaly_text(anomaly)[1].endswith("Ligne non importée.")
        rules.setdefault(anomaly.line, set()).add(anomaly.rule.removeprefix("register_"))
    assert rules == {
        3: {"negative"}, 4: {"dates"}, 5: {"commune"}, 6: {"outside"}, 7: {"itinerant"}, 8: {"over_licence"},
        9: {"choice"}, 10: {"number", "choice", "date"}, 11: {"missing"}, 12: {"line_twice"},
    }  # fmt: skip
    (item,) = register.register().equipment
    assert (item.name, item.licensed, item.opened, item.groups[0].funding) == ("Les Lucioles", 20, 18, "psu")


def test_a_preview_writes_nothing_and_counts_as_the_writing(base: Base, register: RegisterService) -> None:
    importer = ServiceImporter(register)
    grid = grid_of("\n".join((HEAD, GOOD, BAD)))
    before = snapshot(base)
    seen = importer.preview(grid, match_columns(grid.headers, importer.fields))
    assert snapshot(base) == before
    done = load(importer, grid)
    assert (seen.new, seen.changed, seen.unchanged, seen.anomalies) == (
        done.new, done.changed, done.unchanged, done.anomalies,
    )  # fmt: skip


def test_the_same_table_twice_changes_nothing(base: Base, register: RegisterService) -> None:
    text = "\n".join((HEAD, GOOD, "Laep;Le Fil;Bressuire;;;;;;oui;Bressuire (lundi);;"))
    text = text.replace("Code commune", "Commune")
    load(ServiceImporter(register), text)
    before = snapshot(base)
    again = load(ServiceImporter(register), text)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert snapshot(base) == before


def test_a_later_table_changes_what_it_says_and_keeps_the_rest(base: Base, register: RegisterService) -> None:
    load(ServiceImporter(register), f"{HEAD}\n{GOOD}")
    uuid = register.rows()[0].uuid
    register.edit_field(uuid, "manager", "Ville de Niort")
    done = load(ServiceImporter(register), "Type;Nom;Commune;Places ouvertes\ncreche;LES LUCIOLES;Niort;20")
    assert (done.new, done.changed) == (0, 1)
    item = register.equipment(uuid)
    assert (item.opened, item.licensed, item.manager) == (20, 20, "Ville de Niort")
    assert steps(base, register).undo()[0] == "import de 1\xa0équipement"
    assert register.equipment(uuid).opened == 18
    done = load(ServiceImporter(register), f"Identifiant;Type;Nom;Commune\n{uuid};Eaje;Nouveau nom;79191")
    assert (done.new, done.changed, register.row(uuid).name) == (0, 1, "Nouveau nom")


def test_a_file_of_invented_services_marks_them(register: RegisterService) -> None:
    grid = replace(grid_of(f"{HEAD}\n{GOOD}"), path=Path("exemple_fictif.csv"))
    load(ServiceImporter(register), grid)
    assert [row.fictitious for row in register.rows()] == [True]


def test_services_that_name_one_site_share_it(register: RegisterService) -> None:
    text = "Type;Nom;Code commune;Site\nEaje;A;79191;Pôle\nLaep;B;79191;pole\nLaep;C;79191;Autre"
    load(ServiceImporter(register), text)
    assert sorted(len(item.equipment) for item in register.register().sites) == [1, 2]


def test_remarks_and_questions_do_not_stop_a_line(register: RegisterService) -> None:
    register.add_equipment(creche("Les Luciolles"), site())
    text = (
        "Type;Nom;Code commune;Ouverture\nEaje projet;Demain;79060;2024\n"
        "Eaje;Les Lucioles;79191;\nEaje;Loin;75056;"
    )
    done = load(ServiceImporter(register), text)
    assert done.new == 3
    assert Counter((a.rule, a.severity) for a in done.anomalies) == {
        ("register_project", Severity.INFO): 1,
        ("register_merged", Severity.INFO): 1,
        ("register_year_only", Severity.INFO): 1,
        ("register_elsewhere", Severity.QUESTION): 1,
        ("register_alike", Severity.QUESTION): 1,
    }
    project = next(item for item in register.register().equipment if item.name == "Demain")
    assert (project.status, project.opened_on) == (Status.PROJECT, datetime.date(2024, 1, 1))
    assert register.row(project.uuid).code_commune == "79307"


def test_a_question_answered_no_leaves_its_line_out(register: RegisterService) -> None:
    importer = ServiceImporter(register)
    grid = grid_of("Type;Nom;Code commune\nEaje;Loin;75056\nEaje;Près;79191")
    columns = match_columns(grid.headers, importer.fields)
    done = importer.apply(grid, columns, {0: "reject"}, SILENT)
    assert (done.new, [row.name for row in register.rows()]) == (1, ["Près"])


_cells = st.sampled_from(
    ("", "-1", "12", "9999999", "oui", "31/02/2020", "01/01/2020", "Psu", "79191", "é;à", "Eaje")
)


@given(st.lists(st.lists(_cells, min_size=12, max_size=12), max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_is_read_and_a_second_reading_changes_nothing(
    case: tuple[Base, RegisterService], lines: list[list[str]]
) -> None:
    importer = ServiceImporter(case[1])
    rows = tuple(GridRow(rank, tuple(line)) for rank, line in enumerate(lines, 2))
    grid = Grid(Path("t.csv"), "", "", tuple(HEAD.split(";")), rows)
    columns = match_columns(grid.headers, importer.fields)
    first = importer.apply(grid, columns, {}, SILENT)
    again = importer.apply(grid, columns, {}, SILENT)
    assert (again.new, again.changed) == (0, 0)
    assert again.unchanged == first.new + first.changed + first.unchanged


@pytest.mark.shared
def test_the_real_facts_are_read_whole(register: RegisterService, shared_data: Path) -> None:
    (grid,) = read_grids(shared_data / "faits" / "equipements_79_52.csv")
    importer = ServiceImporter(register)
    assert importer.score(grid.headers) == 1
    done = load(importer, grid)
    assert (done.rows_read, done.new) == (46, 45)
    assert [(a.line, a.rule) for a in done.anomalies] == [
        (37, "register_project"),
        (42, "register_itinerant"),
    ]
    rows = register.rows()
    assert Counter(row.code_commune[:2] for row in rows) == {"79": 22, "52": 23}
    assert Counter(row.reliability for row in rows) == {"A": 18, "B": 20, "C": 7}
    assert sum(row.licensed is not None for row in rows) == 7
    assert sum(row.kind in ("eaje", "micro_creche") for row in rows) == 31
    assert Counter(row.kind for row in rows)["centre_social"] == 9
    assert sum(row.status is Status.PROJECT for row in rows) == 1


@pytest.mark.shared
def test_the_real_zones_are_gathered(register: RegisterService, shared_data: Path) -> None:
    (grid,) = read_grids(shared_data / "faits" / "qpv_zrr_79_52.csv")
    importer = importer_of(register, "zones")
    assert max(register.importers, key=lambda item: item.score(grid.headers)).code == "zones"
    done = load(importer, grid)
    assert done.rows_read == 777
    kinds = Counter(zone.kind for zone in register.zones())
    assert kinds == {"qpv": 18, "zrr": 5}
    zrr = {zone.code: (len(zone.communes), zone.partial) for zone in register.zones("zrr")}
    assert zrr["ZRR-79"] == (198, ("79334",))
    assert sum(count for count, _ in zrr.values()) == 663
    (skipped,) = [a for a in done.anomalies if a.rule == "register_not_zoned"]
    assert skipped.facts_dict["count"] == 95
    again = load(importer, grid)
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.shared
def test_the_real_points_of_niort_meet_the_facts(register: RegisterService, shared_data: Path) -> None:
    register.load_delivered()
    before = len(register.rows())
    done = register.import_points(shared_data / "structures" / "creches_niort_opendata.geojson")
    assert done.rows_read == 10
    assert Counter(a.rule for a in done.anomalies if a.severity is Severity.ERROR) == {"register_choice": 1}
    assert done.new == 0
    assert done.changed + done.unchanged == 9
    assert len(register.rows()) == before


def test_facts_delivered_are_loaded_once_and_in_scope(base: Base, register: RegisterService) -> None:
    register.load_delivered()
    whole = register.register()
    assert len(whole.equipment) == 46
    assert Counter(item.kind for item in whole.equipment)["rpe"] == 3
    assert not any(item.fictitious for item in whole.equipment)
    assert all(item.source for item in whole.equipment)
    totals = {(t.kind, t.code): (t.year, t.count) for t in register.totals()}
    assert totals[("centre_social", "79")] == (2017, 22)
    assert totals[("laep", "79")] == (2018, 8)
    assert totals[("alsh", "52")] == (2022, 108)
    assert {total.level for total in register.totals()} == {Level.DEPARTEMENT}
    (am,) = register.childminders()
    assert (am.code, am.year, am.licensed, am.active) == ("200041333", 2026, 135, None)
    assert register.zones("frr") == ()
    day = datetime.date(2025, 1, 1)
    assert sum(zone.kind == "qpv" for zone in register.register(day).zones) == 9
    assert not any(zone.kind == "zrr" for zone in register.register(day).zones)
    before = snapshot(base)
    register.load_delivered()
    assert snapshot(base) == before
    steps(base, register).undo()
    assert register.register().sites == ()


def test_a_base_of_one_departement_loads_its_own_facts(tmp_path: Path) -> None:
    with opened(tmp_path / "une.maillage", ("79",)) as (_, register):
        register.load_delivered()
        assert len(register.rows()) == 22
        assert {total.code for total in register.totals()} == {"79"}
        assert len(register.zones("qpv")) == 10


def test_the_precise_points_of_niort_are_in_niort(register: RegisterService) -> None:
    register.load_delivered()
    precise = [row for row in register.rows() if row.precise]
    assert len(precise) == 8
    assert {row.code_commune for row in precise} == {NIORT}


def test_childminders_totals_and_movements_by_file(base: Base, register: RegisterService) -> None:
    load(ServiceImporter(register), f"{HEAD}\n{GOOD}")
    am = importer_of(register, "assistants-maternels")
    counts = (
        "Code commune;Année;AM agréés;Actifs;Places;Moins de 30 ans;Source\n"
        "79191;2024;200;180;600;20;Pmi\n200041333;2024;10;12;;;Pmi\n12;x;-1;;;;\n79060;2024;3;3;9;;Pmi"
    )
    done = load(am, counts)
    assert (done.new, len(done.anomalies)) == (2, 3)
    assert {row.code for row in register.childminders(Level.COMMUNE)} == {NIORT, "79307"}
    moves = importer_of(register, "mouvements")
    text = (
        "Type;Nom;Code commune;Date du mouvement;Mouvement;Nombre de places;Code QPV;Prévu\n"
        "Eaje;Les Lucioles;79191;01/09/2023;Création;12;qp079001;\n"
        "Eaje;Les Lucioles;79191;2024;fermeture;4;;non\n"
        "Eaje;Les Lucioles;79191;2026;création;10;;oui\n"
        "Eaje;Inconnue;79191;2024;création;10;;\nEaje;Les Lucioles;79191;2024;création;0;;\n"
    )
    done = load(moves, text)
    assert done.new == 3
    assert {a.rule for a in done.anomalies} == {"register_no_service", "register_missing"}
    years = {year.year: year for year in register.ledger()}
    assert (years[2023].real.created, years[2023].qpv.created) == (12, 12)
    assert (years[2024].real.net, years[2026].expected.created, years[2026].real.net) == (-4, 10, 0)
    totals = importer_of(register, "totaux")
    load(totals, "Type;Maille;Code du territoire;Année;Total connu;Source\nLaep;département;52;2023;9;Caf")
    before = snapshot(base)
    assert load(moves, text).new == load(am, counts).new == 0
    assert snapshot(base) == before
    assert register.totals("laep")[0].count == 9


def test_each_table_goes_to_its_importer(register: RegisterService) -> None:
    def best(headers: str) -> str:
        return max(register.importers, key=lambda item: item.score(headers.split(";"))).code

    assert best("Type;Nom;Commune;Gestionnaire") == "registre"
    assert best("Code commune;Année;AM agréés;AM actifs") == "assistants-maternels"
    assert best("Zonage;Code commune;Nom") == "zones"
    assert best("Type;Nom;Code commune;Date;Mouvement;Places") == "mouvements"
    assert best("Type;Maille;Code;Année;Total connu") == "totaux"
    scores = [item.score(["annee", "numepci", "nomepci", "txcouv_epci"]) for item in register.importers]
    assert max(scores) < 0.6
    assert ServiceImporter(register).score(["Type", "Nom"]) < 0.6


def test_pasted_cells_are_read_with_or_without_headers(base: Base, register: RegisterService) -> None:
    text = "Type\tNom\tCommune\tPlaces agréées\r\nEaje\tLes Lucioles\tNiort\t20\r\nEaje\tRatée\tNiort\t-1\r\n"
    before = snapshot(base)
    assert register.paste(text, simulate=True).new == 1
    assert snapshot(base) == before
    done = register.paste(text)
    assert (done.new, [a.line for a in done.anomalies]) == (1, [3])
    assert dict(done.columns)["commune"] == "Commune"
    done = register.paste("Laep\tLe Fil\t79191\tCaf", ("kind", "name", "code_commune", "manager"))
    assert done.new == 1
    assert register.paste("Rpe\tRelais\t79191").new == 1
    assert steps(base, register).undo()[0] == "import de 1\xa0équipement"
    assert {row.name for row in register.rows()} == {"Les Lucioles", "Le Fil"}
    with pytest.raises(UnreadablePaste):
        register.paste("")


def test_the_template_is_imported_as_it_is_written(register: RegisterService, tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    write_template(path)
    with pytest.raises(UnreadableFile):
        read_grids(tmp_path / "absent.xlsx")
    grids = {grid.sheet: grid for grid in read_grids(path)}
    for name, fields in SHEETS:
        assert tuple(field.label for field in fields) == grids[name].headers
        best = max(register.importers, key=lambda item: item.score(grids[name].headers))
        assert best.fields == fields
        assert best.score(grids[name].headers) == 1
    assert "Mode d’emploi" in grids


def test_a_filled_template_is_read(register: RegisterService, tmp_path: Path) -> None:
    path = tmp_path / "rempli.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Registre")
        page.write_row(0, 0, ("Type", "Nom", "Code commune", "Fin d’agrément", "Places agréées", "ETP"))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(1, 0, ("Centre social", "=A1", "79049"))
        page.write_datetime(1, 3, datetime.datetime(2027, 12, 31), day)
        page.write_number(1, 4, 0)
        page.write_number(1, 5, 4.5)
    (grid,) = read_grids(path)
    assert load(ServiceImporter(register), grid).new == 1
    (item,) = register.register().equipment
    assert (item.licence_to, item.licensed, item.fte) == (datetime.date(2027, 12, 31), 0, 4.5)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "pas du json",
        "[]",
        '{"features": 3}',
        '{"features": [{"geometry": {"type": "Polygon"}}]}',
        "[" * 9999,
    ],
)
def test_a_file_without_points_is_refused(register: RegisterService, tmp_path: Path, content: str) -> None:
    path = tmp_path / "points.geojson"
    path.write_text(content, "utf-8")
    with pytest.raises(UnreadableFile):
        register.import_points(path)


def test_points_without_a_type_take_the_one_asked(register: RegisterService, tmp_path: Path) -> None:
    path = tmp_path / "points.geojson"
    feature = {"type": "Feature", "properties": {"nom": "Le Fil", "code_insee": "79191"},
               "geometry": {"type": "Point", "coordinates": [-0.4659, 46.3236]}}  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    assert register.import_points(path, "Laep", simulate=True).new == 1
    register.import_points(path, "Laep")
    (row,) = register.rows()
    assert (row.kind, row.precise) == ("laep", True)
    assert row.lon == pytest.approx(-0.4659)


def test_an_import_by_the_wizard_is_undone_whole(empty: Services, tmp_path: Path) -> None:
    path = tmp_path / "registre.csv"
    path.write_text(f"{HEAD}\n{GOOD}\n{BAD}\n", "utf-8")
    prepared, result = empty.imports.import_file(path)
    assert prepared.error is None
    assert isinstance(result, ImportResult)
    assert (result.new, result.rejected) == (1, 10)
    assert len(empty.register.rows()) == 1
    assert result.number is not None
    empty.imports.undo(result.number)
    assert empty.register.rows() == []


def test_the_demonstration_base_holds_the_facts(demo: Services) -> None:
    assert len(demo.register.rows()) == 46
    assert len(demo.register.totals()) == 9
    assert "equipements.csv" in {run.file for run in demo.imports.runs()}
    values = demo.indicators.series("eaje", Level.EPCI, 2025)
    assert np.nansum(values.numbers) > 0  # counts by commune stay values, beside the register


# -- points of a GeoJSON given to the import of files ---------------------------------------------------


def points_file(path: Path, *features: tuple[dict[str, object], float, float]) -> Path:
    """Write points: properties, longitude, latitude."""
    found = [
        {"type": "Feature", "properties": facts, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for facts, lon, lat in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": found}), "utf-8")
    return path


def test_points_are_recognised_as_equipment_not_as_outlines(empty: Services, tmp_path: Path) -> None:
    crib = {"nom": "Les Lutins", "type": "crèche", "commune": "Niort"}
    path = points_file(
        tmp_path / "points.geojson", (crib, -0.46, 46.32), ({**crib, "nom": "Ailleurs", "type": "?"}, 0, 0)
    )
    (prepared,) = empty.imports.prepare([path])
    assert prepared.outline is None
    assert prepared.table is not None
    assert prepared.table.code == "registre"
    assert prepared.count.new == 1
    assert [anomaly.rule for anomaly in prepared.table.preview.anomalies] == ["register_choice"]
    result = empty.imports.apply(prepared)
    (row,) = empty.register.rows()
    assert (row.name, row.kind, row.precise) == ("Les Lutins", "eaje", True)
    assert result.number is not None
    empty.imports.undo(result.number)
    assert empty.register.rows() == []


def test_the_name_of_the_file_says_the_type_that_no_property_says(empty: Services, tmp_path: Path) -> None:
    path = points_file(tmp_path / "laep_79.geojson", ({"nom": "Le Fil", "commune": "Niort"}, -0.46, 46.32))
    (prepared,) = empty.imports.prepare([path])
    empty.imports.apply(prepared)
    assert [row.kind for row in empty.register.rows()] == ["laep"]


def test_a_point_near_a_service_of_another_name_is_asked_about(empty: Services, tmp_path: Path) -> None:
    facts = {"type": "crèche", "commune": "Niort"}
    first = points_file(tmp_path / "un.geojson", ({**facts, "nom": "Les Lutins"}, -0.46, 46.32))
    empty.imports.import_file(first)
    second = points_file(
        tmp_path / "deux.geojson",
        ({**facts, "nom": "Multiaccueil du centre"}, -0.4605, 46.32),
        ({**facts, "nom": "Tom Pouce"}, -0.48, 46.33),
    )
    (prepared,) = empty.imports.prepare([second])
    assert prepared.table is not None
    (found,) = prepared.table.preview.anomalies
    assert found.line == 1
    assert found.facts_dict["metres"] == pytest.approx(38, abs=2)
    _title, words = finding_text(found.rule, found.value, found.column, found.facts_dict)
    assert words.startswith("À 38 m de «\u202fLes Lutins\u202f»")


def test_outlines_in_geojson_stay_outlines(empty: Services, tmp_path: Path) -> None:
    ring = [[-0.5, 46.3], [-0.4, 46.3], [-0.4, 46.4], [-0.5, 46.3]]
    feature = {"type": "Feature", "properties": {"code": "79191", "nom": "Niort"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    path = tmp_path / "communes.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    (prepared,) = empty.imports.prepare([path])
    assert prepared.table is None


@pytest.mark.shared
def test_the_real_points_of_niort_pass_through_the_import_of_files(
    empty: Services, shared_data: Path
) -> None:
    path = shared_data / "structures" / "creches_niort_opendata.geojson"
    (prepared,) = empty.imports.prepare([path])
    assert prepared.table is not None
    assert (prepared.table.preview.rows_read, prepared.count.new) == (10, 9)

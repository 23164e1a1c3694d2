"""Grids and files of values: every anomaly is listed, what is wrong changes nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.domain.anomaly import anomaly_text
from app.domain.cpog_points import Period
from app.domain.indicator import ValueState
from app.ingestion.fields import match_columns
from app.ingestion.grids import read_grids
from app.progress import SILENT
from app.services.cpog import CpogService
from app.services.cpog_import import CpogValuesImporter
from app.services.cpog_import_grid import CpogGridImporter
from app.services.table_imports import TableImporter, TablePreview
from db.session import Base, create_base

ON = datetime.date(2025, 6, 1)
CODE = "52-2023-2027"
NO: Mapping[int, str] = {}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = create_base(tmp_path / "b.maillage", ["52"], "Essai")
    yield made
    made.close()


@pytest.fixture
def cpog(base: Base) -> CpogService:
    return CpogService(base)


def run(importer: TableImporter, base: Base, path: Path, decisions: Mapping[int, str] = NO) -> TablePreview:
    (grid,) = read_grids(path, choose=importer.score)
    assert importer.score(grid.headers) >= 0.6
    columns = match_columns(grid.headers, importer.fields)
    with base.gather("import"):
        return importer.apply(grid, columns, decisions, SILENT)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


VALUES = """Indicateur;Année;Trimestre;Valeur;Numérateur;Dénominateur
COG 08-25;2023;;65,5 %;;
COG 08-25;2024;T1;ND;;
COG 08-29;2023;;quinze;;
COG 08-29;2024;;17 %;;
COG 99-99;2024;;17;;
COG 08-30;2024;;X;;
COG 01-11;2024;;;3;4
COG 01-11;deux mille;;80;;
"""


def test_values_are_read_and_the_rest_is_listed(cpog: CpogService, base: Base, tmp_path: Path) -> None:
    cpog.load_delivered(CODE)
    path = written(tmp_path, "valeurs.csv", VALUES)
    done = run(CpogValuesImporter(cpog), base, path)
    assert (done.rows_read, done.new, done.changed, done.unchanged) == (8, 4, 0, 0)
    said = [(a.line, anomaly_text(a)[1].replace("\u202f", " ")) for a in done.anomalies if a.decision]
    assert said == [
        (4, "« quinze » n’est pas un nombre."),
        (5, "Valeur en %, unité attendue : jours."),
        (6, "« COG 99-99 » est inconnu dans les CPOG de cette base."),
        (9, "« deux mille » n’est pas une année."),
    ]
    values = {v.period: v for v in cpog.contract(CODE).values}
    assert values[Period(2024, 1)].state is ValueState.NO_DATA
    assert {v.number for v in cpog.contract(CODE).values} == {65.5, None, 75}
    again = run(CpogValuesImporter(cpog), base, path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)


def test_a_known_value_that_changes_is_asked_and_makes_a_version(
    cpog: CpogService, base: Base, tmp_path: Path
) -> None:
    cpog.load_delivered(CODE)
    run(CpogValuesImporter(cpog), base, written(tmp_path, "a.csv", "Indicateur;2023;2024\nCOG 08-25;65;70\n"))
    second = written(tmp_path, "b.csv", "Indicateur;2023;2024\nCOG 08-25;66;70\n")
    left = run(CpogValuesImporter(cpog), base, second, {0: "reject"})
    assert (left.changed, left.unchanged) == (0, 1)
    done = run(CpogValuesImporter(cpog), base, second)
    assert (done.changed, done.unchanged) == (1, 1)
    values = [v for v in cpog.contract(CODE).values if v.year == 2023]
    assert [(v.version, v.number, v.reason) for v in values] == [(1, 65, ""), (2, 66, "import de b.csv")]


def test_values_of_other_caf_go_to_comparisons(cpog: CpogService, base: Base, tmp_path: Path) -> None:
    cpog.load_delivered(CODE)
    rows = "".join(f"COG 08-25;2024;{n};{caf};Grand Est\n" for caf, n in (("10", 60), ("88", 80), ("52", 65)))
    done = run(
        CpogValuesImporter(cpog),
        base,
        written(tmp_path, "v.csv", "Indicateur;Année;Valeur;Caf;Groupe\n" + rows),
    )
    assert done.new == 3
    uuid = next(i.uuid for i in cpog.contract(CODE).indicators if i.code == "COG 08-25")
    (row,) = cpog.compare(uuid, Period(2024))
    assert (row.count, row.median, row.own and row.own.number) == (2, 70, 65)


GRID = """Libellé;Unité;Type;Sous-série;Sens;Cible mode;2024;2025
Taux d’essai;%;Résultat;;Hausse;Fixe;50;60
Taux par canal;%;Résultat;;Hausse;Individualisée;;
Taux par canal;%;Résultat;Courriel;Hausse;Individualisée;70;trente
Nombre suivi;nombre;Suivi;;Hausse;X;;
Nombre mystère;nombre;peut-être;;Hausse;X;;
"""


def test_a_grid_makes_a_contract(cpog: CpogService, base: Base, tmp_path: Path) -> None:
    path = written(tmp_path, "grille 52-2024-2028.csv", GRID)
    done = run(CpogGridImporter(cpog, ["52"]), base, path)
    assert (done.rows_read, done.new) == (5, 4)
    assert [(a.line, a.column) for a in done.anomalies if a.decision] == [(4, "2025"), (6, "")]
    contract = cpog.contract("52-2024-2028")
    assert (contract.cpog.departement, contract.cpog.years) == ("52", (2024, 2025, 2026, 2027, 2028))
    assert sorted((t.year, t.number) for t in contract.targets) == [(2024, 50), (2024, 70), (2025, 60)]
    parents = [i.sub_series for i in contract.indicators if i.parent_uuid]
    assert parents == ["Courriel"]
    again = run(CpogGridImporter(cpog, ["52"]), base, path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    base.undo()
    assert cpog.contracts(ON) == []


def test_a_grid_never_changes_an_initial_target(cpog: CpogService, base: Base, tmp_path: Path) -> None:
    run(CpogGridImporter(cpog, ["52"]), base, written(tmp_path, "g 52-2024-2028.csv", GRID))
    other = written(tmp_path, "h 52-2024-2028.csv", GRID.replace("Fixe;50;60", "Fixe;55;60"))
    done = run(CpogGridImporter(cpog, ["52"]), base, other)
    assert ("Cellule refusée", 2) in {(anomaly_text(a)[0], a.line) for a in done.anomalies}
    assert {t.number for t in cpog.contract("52-2024-2028").targets if t.year == 2024} == {50, 70}


@pytest.mark.shared
def test_the_grids_read_in_the_conventions_are_imported(
    cpog: CpogService, base: Base, shared_data: Path
) -> None:
    folder = shared_data / "referentiels"
    done = run(CpogGridImporter(cpog, ["52"]), base, folder / "cpog_52_2023_2027_indicateurs.csv")
    assert (done.new, [a for a in done.anomalies if a.decision]) == (41, [])
    done = run(CpogGridImporter(cpog, ["52"]), base, folder / "cpog_79_2018_2022_indicateurs.csv")
    assert done.new == 44


@pytest.mark.shared
def test_the_grid_of_a_cog_makes_a_contract_of_its_years(
    cpog: CpogService, base: Base, shared_data: Path
) -> None:
    path = shared_data / "referentiels" / "cog_2018_2022_indicateurs.csv"
    preview = run(CpogGridImporter(cpog, ["79"]), base, path)
    (row,) = cpog.contracts(ON)
    assert (preview.new, row.indicators, row.sub_series) == (52, 39, 13)
    assert (row.code, row.label) == (path.stem, "CPOG 2018 à 2022, Caf des Deux-Sèvres")
    again = run(CpogGridImporter(cpog, ["79"]), base, path)
    assert (again.new, again.changed, len(cpog.contracts(ON))) == (0, 0, 1)
    assert not any("'" in i.label + i.domain for i in cpog.contract(path.stem).indicators)


def test_a_column_that_is_no_code_names_no_contract(cpog: CpogService, base: Base, tmp_path: Path) -> None:
    text = "Libellé;Unité;Type;CPOG;2028\nTaux d’essai;%;Résultat;suivi;50\n"
    run(CpogGridImporter(cpog, ["52"]), base, written(tmp_path, "grille 52-2028-2032.csv", text))
    assert [row.code for row in cpog.contracts(ON)] == ["52-2028-2032"]

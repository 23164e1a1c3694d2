"""Free tables: recognised or described by the user, written as one action, taken back whole."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.errors import ImportNotFound, UndoConflict, UnknownSource
from app.domain.import_errors import (
    ColumnsWithoutModel,
    MissingColumns,
    UnknownColumn,
    UnknownField,
    UnknownModel,
)
from app.progress import Cancelled, Progress
from app.services.table_imports import Asked
from tests.services.table_cases import Case

LIST = "Structure;Commune;Places;Téléphone\nLucioles;79191;40;05\nPapillons;79049;12;06\n"
OTHER = "Lieu;Ville;Nb\nLucioles;79191;40\n"
COVERAGE = "annee;numepci;nomepci;txcouv_epci\n2023;200041317;CA du Niortais;74.2\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = Case(tmp_path)
    yield made
    made.base.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def writer(content: str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return path

    return writer


def test_a_table_is_recognised_and_written_as_one_action(case: Case, write: Callable[..., Path]) -> None:
    (prepared,) = case.imports.prepare([write(LIST)])
    assert prepared.table is not None
    assert prepared.table.columns == {"nom": "Structure", "commune": "Commune", "places": "Places"}
    assert (prepared.count.new, prepared.known) == (2, False)
    assert case.places.held() == {}
    result = case.imports.apply(prepared)
    assert (result.number, result.new) == (1, 2)
    assert set(case.places.held()) == {"Lucioles", "Papillons"}
    assert [row.name for row in case.base.history()] == ["import de « liste.csv »"]
    (run,) = case.imports.runs()
    assert (run.source_label, run.new, run.file) == ("Liste de lieux", 2, "liste.csv")
    assert case.forgotten == 1


def test_ctrl_z_takes_it_back_and_redo_brings_it_again(case: Case, write: Callable[..., Path]) -> None:
    case.imports.apply(case.imports.prepare([write(LIST)])[0])
    case.base.undo()
    assert case.places.held() == {}
    assert case.imports.runs() == []
    case.base.redo()
    assert len(case.places.held()) == 2
    assert case.imports.runs()[0].number == 1


def test_a_number_never_serves_twice(case: Case, write: Callable[..., Path]) -> None:
    case.imports.apply(case.imports.prepare([write(LIST)])[0])
    case.base.undo()
    _, result = case.imports.import_file(write(COVERAGE, "couverture.csv"))
    assert result.number == 2
    case.base.redo()
    assert [run.number for run in case.imports.runs()] == [2, 1]


def test_the_same_table_again_changes_nothing(case: Case, write: Callable[..., Path]) -> None:
    path = write(LIST)
    case.imports.apply(case.imports.prepare([path])[0])
    (again,) = case.imports.prepare([path])
    assert (again.known, again.count.new, again.count.unchanged) == (True, 0, 2)
    result = case.imports.apply(again)
    assert (result.number, result.new, result.changed) == (None, 0, 0)
    assert len(case.imports.runs()) == len(case.base.history()) == 1
    more = write("Structure;Commune\nMésanges;79270\n", "plus.csv")
    assert case.imports.apply(case.imports.prepare([more])[0]).number == 2


def test_an_import_in_the_middle_of_the_history_is_taken_back(case: Case, write: Callable[..., Path]) -> None:
    case.imports.apply(case.imports.prepare([write(LIST)])[0])
    more = write("Structure;Commune;Places\nMésanges;79270;8\n", "plus.csv")
    case.imports.apply(case.imports.prepare([more])[0])
    case.imports.undo(1)
    assert set(case.places.held()) == {"Mésanges"}
    assert [run.undone_at is None for run in case.imports.runs()] == [True, False]
    with pytest.raises(ImportNotFound):
        case.imports.undo(1)
    assert case.base.undo() == "annulation de l’import 1"
    assert len(case.places.held()) == 3
    assert all(run.undone_at is None for run in case.imports.runs())


def test_what_was_changed_since_stops_taking_it_back(case: Case, write: Callable[..., Path]) -> None:
    case.imports.apply(case.imports.prepare([write(LIST)])[0])
    changed = write(LIST.replace("40", "45"), "corrige.csv")
    (prepared,) = case.imports.prepare([changed])
    assert (prepared.count.changed, prepared.count.unchanged) == (1, 1)
    case.imports.apply(prepared)
    with pytest.raises(UndoConflict):
        case.imports.undo(1)
    assert case.places.held()["Lucioles"] == ["79191", "45"]
    assert case.imports.runs()[1].undone_at is None


def test_a_cancelled_write_leaves_the_base_as_it_was(case: Case, write: Callable[..., Path]) -> None:
    (prepared,) = case.imports.prepare([write(LIST)])
    progress = Progress(lambda share, _: progress.cancel() if share > 0 else None)
    with pytest.raises(Cancelled):
        case.imports.apply(prepared, None, progress)
    assert case.places.held() == {}
    assert case.imports.runs() == []
    assert case.base.history() == []


def test_a_bad_line_is_an_anomaly_kept_with_the_import(case: Case, write: Callable[..., Path]) -> None:
    (prepared,) = case.imports.prepare([write(LIST.replace("12", "douze"))])
    assert [item.rule for item in prepared.anomalies] == ["not_a_number"]
    result = case.imports.apply(prepared)
    assert (result.new, result.rejected) == (1, 1)
    (kept,) = case.imports.anomalies()
    assert (kept.line, kept.value, kept.decision) == (3, "douze", "reject")


def test_an_unknown_table_says_the_closest_models(case: Case, write: Callable[..., Path]) -> None:
    (prepared,) = case.imports.prepare([write(OTHER)])
    assert isinstance(prepared.error, UnknownSource)
    (grid,) = prepared.grids
    assert grid.headers == ("Lieu", "Ville", "Nb")
    (near,) = case.imports.prepare([write(LIST.replace("Structure", "Lieu"), "proche.csv")])
    assert near.error is not None
    assert near.error.facts["closest"][0] == ("Liste de lieux (lieux)", ("Nom du lieu",))  # type: ignore[index]
    choices = case.imports.choices(("Structure", "Ville"))
    assert choices[0].code == "lieux"
    assert {choice.code for choice in choices} > {"lieux", "cnaf_txcouv-epci", "insee_population-communes"}


def test_a_line_not_cut_is_not_taken_for_headers(case: Case, write: Callable[..., Path]) -> None:
    text = "Lieu;nom du lieu;commune, places\nA;b, c, d;e\nF;g, h, i;j\n"
    (prepared,) = case.imports.prepare([write(text)])
    grid = prepared.grids[0] if prepared.grids else prepared.table and prepared.table.grid
    assert grid
    assert grid.headers == ("Lieu", "nom du lieu", "commune, places")


def test_columns_said_by_the_user_are_used_then_remembered(case: Case, write: Callable[..., Path]) -> None:
    asked = Asked("lieux", {"Nom du lieu": "lieu", "commune": "Ville", "places": "nb"})
    (prepared,) = case.imports.prepare([write(OTHER)], asked=asked)
    assert prepared.table is not None
    assert prepared.table.columns == {"nom": "Lieu", "commune": "Ville", "places": "Nb"}
    case.imports.apply(prepared)
    assert case.places.held() == {"Lucioles": ["79191", "40"]}
    (again,) = case.imports.prepare([write(OTHER.replace("40", "41"), "suite.csv")])
    assert again.table is not None
    assert again.count.changed == 1
    assert case.base.undo() == "import de « liste.csv »"
    assert case.base.undo() == "colonnes du modèle « Liste de lieux »"


def test_a_field_may_be_said_to_have_no_column(case: Case, write: Callable[..., Path]) -> None:
    (prepared,) = case.imports.prepare([write(LIST)], asked=Asked("lieux", {"places": ""}))
    assert prepared.table is not None
    assert "places" not in prepared.table.columns


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked("inconnu"), UnknownModel),
        (Asked("lieux", {"autre": "Lieu"}), UnknownField),
        (Asked("lieux", {"nom": "absente"}), UnknownColumn),
        (Asked("lieux", {"nom": "Lieu"}), MissingColumns),
        (Asked("insee_population-communes"), MissingColumns),
        (Asked("", {"nom": "Lieu"}), ColumnsWithoutModel),
    ],
)
def test_what_cannot_be_followed_is_said(
    case: Case, write: Callable[..., Path], asked: Asked, error: type[Exception]
) -> None:
    from ui.errors import sentence

    (prepared,) = case.imports.prepare([write(OTHER)], asked=asked)
    assert isinstance(prepared.error, error)
    assert "Rien n’a été importé." in sentence(prepared.error)


def test_series_with_renamed_columns_are_read_as_the_user_says(
    case: Case, write: Callable[..., Path]
) -> None:
    text = COVERAGE.replace("numepci", "siren groupement").replace("txcouv_epci", "taux")
    asked = Asked("cnaf_txcouv-epci", {"code": "Siren groupement", "global": "taux"})
    (prepared,) = case.imports.prepare([write(text)], asked=asked)
    assert prepared.clean is not None
    assert len(prepared.clean.rows) == 1
    assert case.imports.apply(prepared).new == 1
    (later,) = case.imports.prepare([write(text.replace("2023", "2024"), "2024.csv")])
    assert later.clean is not None
    assert later.clean.years == (2024,)


def test_the_year_is_asked_where_it_is_not_written(case: Case, write: Callable[..., Path]) -> None:
    path = write("COM;PMUN\n79191;60073\n", "population.csv")
    (prepared,) = case.imports.prepare([path])
    assert prepared.asks_year
    (prepared,) = case.imports.prepare([path], asked=Asked(year=2022))
    assert prepared.clean is not None
    assert prepared.clean.years == (2022,)


def test_each_known_table_of_a_zip_is_prepared(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "tout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("couverture.csv", COVERAGE)
        archive.writestr("population_2023.csv", "COM;PMUN\n79191;60073\n")
        archive.writestr("sans_an.csv", "COM;PMUN\n79191;60073\n")
        archive.writestr("lieux.csv", LIST)
        archive.writestr("autre.csv", OTHER)
    prepared = case.imports.prepare([path])
    assert [item.part for item in prepared] == [
        "couverture.csv",
        "population_2023.csv",
        "sans_an.csv",
        "lieux.csv",
    ]
    assert prepared[2].asks_year
    said = [item for item in prepared[0].anomalies if item.rule == "other_table"]
    assert [item.facts_dict["name"] for item in said] == ["autre.csv"]
    ready = [item for item in prepared if item.error is None]
    numbers = [case.imports.apply(item).number for item in ready]
    assert numbers == [1, 2, 3]
    again = case.imports.prepare([path])
    assert [item.known for item in again if item.error is None] == [True, True, True]
    (only,) = case.imports.prepare([path], asked=Asked(part="sans_an.csv", year=2021))
    assert only.clean is not None
    assert only.clean.years == (2021,)


def test_each_sheet_of_a_workbook_is_prepared(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, text in (("Accueil", "Bonjour"), ("2023", LIST), ("2024", LIST.replace("40", "50"))):
        sheet = book.add_worksheet(name)
        for line, row in enumerate(text.splitlines()):
            for place, cell in enumerate(row.split(";")):
                sheet.write(line + 2, place, cell)
    book.close()
    prepared = case.imports.prepare([path])
    assert [(item.part, item.model) for item in prepared] == [("2023", "lieux"), ("2024", "lieux")]
    (one,) = case.imports.prepare([path], asked=Asked(part="2024"))
    assert one.table is not None
    assert one.table.grid.sheet == "2024"

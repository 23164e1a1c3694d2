"""Free tables as text: where the headers are, what cells become, what is refused."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.errors import UnreadableFile
from app.ingestion import grids
from app.ingestion.grids import read_grids

Write = Callable[..., Path]


def test_a_text_table_keeps_lines_and_texts(write: Write) -> None:
    path = write("Nom;Commune;Places\nLes Lucioles;79191; 40 \n\nPom’ d’Api;79049;\n", encoding="cp1252")
    (grid,) = read_grids(path)
    assert grid.headers == ("Nom", "Commune", "Places")
    assert [(row.line, row.cells) for row in grid.rows] == [
        (2, ("Les Lucioles", "79191", "40")),
        (4, ("Pom’ d’Api", "79049", "")),
    ]
    assert (grid.separator, grid.encoding, grid.header_line) == (";", "cp1252", 1)
    assert grid.column("Places") == ("40", "")
    assert grid.column("Autre") == ("", "")
    assert len(grid.sha256) == 64


def test_titles_above_the_headers_are_kept_apart(write: Write) -> None:
    path = write("Plan d’actions, 2024\n\nN°;Action;Pilote\n1;Ouvrir un LAEP;Caf\n2;Rpe, suite;Epci\n")
    (grid,) = read_grids(path)
    assert grid.headers == ("N°", "Action", "Pilote")
    assert grid.above[0].cells[0] == "Plan d’actions, 2024"
    assert [row.cells[1] for row in grid.rows] == ["Ouvrir un LAEP", "Rpe, suite"]


def test_the_separator_cuts_the_lines_alike(write: Write) -> None:
    text = "siren;nom;thèmes\n1;A;accueil, parentalité, jeunesse, logement\n2;B;a, b, c, d\n3;C;\n"
    (grid,) = read_grids(write(text))
    assert grid.headers == ("siren", "nom", "thèmes")
    assert grid.rows[0].cells[2] == "accueil, parentalité, jeunesse, logement"


def test_the_line_that_is_known_is_the_header(write: Write) -> None:
    path = write("Liste;des;lieux\nnom;ville;\nA;Niort;\n")
    (grid,) = read_grids(path, choose=lambda cells: float("ville" in cells))
    assert grid.headers == ("nom", "ville", "Colonne 3")[: len(grid.headers)]
    assert grid.header_line == 2


def test_cells_of_several_lines_are_read(write: Write) -> None:
    path = write('N°;Action\n1;"Ouvrir\nun lieu"\n2;"Dire « ""oui"" »"\n')
    (grid,) = read_grids(path)
    assert [(row.line, row.cells[1]) for row in grid.rows] == [(2, "Ouvrir\nun lieu"), (4, 'Dire « "oui" »')]


def test_a_header_of_several_lines_is_one(write: Write) -> None:
    (grid,) = read_grids(write('N°;"Date\nde début"\n1;2024-01-01\n'))
    assert grid.headers == ("N°", "Date de début")
    assert grid.rows[0].line == 3


def test_headers_are_unique_and_never_empty(write: Write) -> None:
    (grid,) = read_grids(write("Nom;Nom;;Ville\na;b;c;d\n"))
    assert grid.headers == ("Nom", "Nom (2)", "Colonne 3", "Ville")


def test_every_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    first = book.add_worksheet("Actions")
    for place, name in enumerate(("N°", "Début", "Part", "Fait", "Coût")):
        first.write(2, place, name)
    first.write(0, 0, "Plan d’actions")
    first.write_number(3, 0, 1)
    first.write_datetime(3, 1, datetime.datetime(2024, 9, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
    first.write_number(3, 2, 0.1 + 0.2)
    first.write_boolean(3, 3, True)
    first.write_number(3, 4, 1500)
    book.add_worksheet("Vide")
    second = book.add_worksheet("Listes")
    second.write(0, 0, "Statut")
    second.write(1, 0, "en cours")
    book.close()
    actions, lists = read_grids(path)
    assert actions.sheet == "Actions"
    assert actions.headers == ("N°", "Début", "Part", "Fait", "Coût")
    assert actions.rows[0].line == 4
    assert actions.rows[0].cells == ("1", "2024-09-01", "0.3", "oui", "1500")
    assert lists.name == "plan.xlsx, Listes"


def test_every_text_of_a_zip_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "tout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x;y\n1;2\n")
        archive.writestr("b.csv", "z\tt\n3\t4\n")
        archive.writestr("lisez-moi.pdf", "rien")
    assert [(grid.member, grid.headers) for grid in read_grids(path)] == [
        ("a.csv", ("x", "y")),
        ("b.csv", ("z", "t")),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("\n\n;;\n", "no_table"),
        (";".join(f"c{i}" for i in range(1_001)) + "\n", "too_many_columns"),
        (b"%PDF-1.7 rien", "format"),
        (b"PK\x03\x04 rien", "damaged"),
    ],
)
def test_what_is_no_table_is_refused(write: Write, content: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_grids(write(content))
    assert caught.value.facts["reason"] == reason


def test_a_row_wider_than_allowed_is_refused(write: Write) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_grids(write("a;b\n" + ";".join("x" * 1_001) + "\n"))
    assert caught.value.facts["reason"] == "too_many_columns"


def test_too_many_lines_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MAX_ROWS", 10)
    with pytest.raises(UnreadableFile) as caught:
        read_grids(write("a;b\n" + "1;2\n" * 11))
    assert caught.value.facts["reason"] == "too_large"


def test_a_quote_that_never_closes_is_said(write: Write) -> None:
    (grid,) = read_grids(write('a;b\n1;2\n3;"4\n' + "5;6\n" * 150))
    assert grid.broken
    assert grid.rows[0].cells == ("1", "2")


def test_an_unsafe_name_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mauvais.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../a.csv", "x;y\n1;2\n")
    with pytest.raises(UnreadableFile) as caught:
        read_grids(path)
    assert caught.value.facts["reason"] == "unsafe_name"

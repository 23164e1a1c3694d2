"""Workbooks, read in a child process."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.errors import UnknownSource, UnreadableFile
from app.domain.indicator import ValueState
from app.ingestion import read_all, read_file, recognise, sheets
from app.progress import Cancelled, Progress

Write = Callable[..., Path]
TOP = ("annee", "numcom", "nomcom", "txcouv_eaje_com", "txcouv_com")

_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Three sheets: a note, coverage of communes under a title, births."""
    path = tmp_path / "couverture.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Lisez-moi").write(0, 0, "Source : Cnaf")
    sheet = book.add_worksheet("Communes 2023")
    sheet.write(0, 0, "Taux de couverture")
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    for column, name in enumerate(TOP):
        sheet.write(2, column, name)
    sheet.write_datetime(3, 0, datetime.datetime(2023, 1, 1), dates)
    for column, cell in enumerate((1001, "L'ABERGEMENT", 0.5, 40.25), start=1):
        sheet.write(3, column, cell)
    for column, cell in enumerate(("2023", "79191", "NIORT", "30,5", "n.d.")):
        sheet.write_string(5, column, cell)
    births = book.add_worksheet("Naissances")
    for row, cells in enumerate(
        (
            ("GEO", "GEO_OBJECT", "EC_MEASURE", "OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"),
            (79191, "COM", "LVB", "A", 2024, 600),
        )
    ):
        for column, value in enumerate(cells):
            births.write(row, column, value)
    book.close()
    return path


def test_a_sheet_is_read_with_its_name_and_its_lines(workbook: Path, reference) -> None:
    clean = read_file(workbook, reference)
    assert (clean.sheet, clean.source, clean.years) == ("Communes 2023", "cnaf_txcouv", (2023,))
    assert [(row.code, row.indicator, row.number, row.row) for row in clean.rows] == [
        ("01001", "couv_eaje", 0.5, 4),
        ("01001", "couv_global", 40.25, 4),
        ("79191", "couv_eaje", 30.5, 6),
        ("79191", "couv_global", None, 6),
    ]
    assert clean.rows[3].state is ValueState.NO_DATA
    assert {item.rule for item in clean.anomalies} == {"lost_zero", "state_word", "other_table"}
    assert clean.preview.lines[0] == (4, ("2023-01-01", "1001", "L'ABERGEMENT", "0.5", "40.25"))
    assert recognise(workbook).sheet == "Communes 2023"


def test_every_known_sheet_can_be_read(workbook: Path, reference) -> None:
    assert [(clean.sheet, len(clean.rows)) for clean in read_all(workbook, reference)] == [
        ("Communes 2023", 4),
        ("Naissances", 1),
    ]


def test_an_unknown_workbook_shows_its_headers(tmp_path: Path) -> None:
    path = tmp_path / "autre.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_row(0, 0, ["Nom", "Effectif"])
    book.close()
    with pytest.raises(UnknownSource) as caught:
        recognise(path)
    assert caught.value.facts["headers"] == ("Nom", "Effectif")


def test_an_empty_workbook_has_no_table(tmp_path: Path) -> None:
    path = tmp_path / "vide.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet()
    book.close()
    with pytest.raises(UnreadableFile) as caught:
        recognise(path)
    assert caught.value.facts["reason"] == "no_table"


def altered(path: Path, member: str, content: bytes) -> bytes:
    """The workbook with another content for one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == member else source.read(name))
    return stream.getvalue()


def test_a_small_sheet_that_declares_billions_of_cells_does_not_bring_us_down(
    workbook: Path, write: Write, reference
) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{ns}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    path = write(altered(workbook, "xl/worksheets/sheet1.xml", sheet), "piege.xlsx")
    assert path.stat().st_size < 20_000
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, reference)
    assert caught.value.facts["reason"] in ("too_large", "damaged")
    assert time.monotonic() - started < 30


def test_a_workbook_whose_inside_is_broken_is_damaged(workbook: Path, write: Write, reference) -> None:
    path = write(altered(workbook, "xl/workbook.xml", b"<workbook"), "casse.xlsx")
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, reference)
    assert caught.value.facts["reason"] == "damaged"


def test_a_workbook_that_declares_too_much_is_not_opened(
    workbook: Path, reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_DECLARED", 1_000)
    with pytest.raises(UnreadableFile) as caught:
        read_file(workbook, reference)
    assert caught.value.facts["reason"] == "too_large"


def test_a_workbook_too_slow_to_read_is_given_up(
    workbook: Path, reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_SECONDS", 0.0)
    with pytest.raises(UnreadableFile) as caught:
        read_file(workbook, reference)
    assert caught.value.facts["reason"] == "too_slow"


def test_the_reading_of_a_workbook_can_be_stopped(workbook: Path, reference) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_file(workbook, reference, progress=progress)


def test_an_ods_sheet_is_read_too(write: Write, reference) -> None:
    rows = (TOP, ("2023", "79191", "NIORT", "30.5", "72.7"))
    table = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
        f'<office:spreadsheet><table:table table:name="Feuille 1">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("META-INF/manifest.xml", _MANIFEST)
        target.writestr("content.xml", content)
    clean = read_file(write(stream.getvalue(), "tableau.ods"), reference)
    assert (clean.sheet, [row.number for row in clean.rows]) == ("Feuille 1", [30.5, 72.7])

"""Tables for office files: text stays text, never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.domain.errors import WriteRefused
from app.domain.spreadsheet import XLSX_OPTIONS, csv_text
from maps.files import write_whole


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows, headings first, for French Excel; whole or not at all. Raises WriteRefused, DiskFull."""
    write_whole(path, csv_text(rows).encode("utf-8-sig"))


@contextmanager
def workbook(path: Path, **options: Any) -> Iterator[Any]:
    """Give a workbook to fill, written when the block ends, whole or not at all.

    Raises WriteRefused, DiskFull.
    """
    import xlsxwriter

    data = io.BytesIO()
    try:
        with xlsxwriter.Workbook(data, {**XLSX_OPTIONS, **options}) as book:
            yield book
    except xlsxwriter.exceptions.XlsxWriterException as error:
        raise WriteRefused(path, reason=str(error)) from error
    write_whole(path, data.getvalue())


def write_table(path: Path, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write one sheet of an XLSX, whole or not at all. Raises WriteRefused, DiskFull."""
    with workbook(path) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "bottom": 1})
        page.write_row(0, 0, headers, bold)
        for i, row in enumerate(rows, start=1):
            for j, cell in enumerate(row):
                if cell is not None:
                    page.write(i, j, cell)
        page.freeze_panes(1, 0)
        page.autofit()

"""Tables for office files: text stays text, never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.errors import WriteRefused


def write_table(path: Path, sheet: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write one sheet of an XLSX, through a temporary file beside it. Raises WriteRefused."""
    import xlsxwriter

    partial = path.with_name(path.name + ".part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(partial, options) as book:
            page = book.add_worksheet(sheet)
            bold = book.add_format({"bold": True, "bottom": 1})
            page.write_row(0, 0, headers, bold)
            for i, row in enumerate(rows, start=1):
                for j, cell in enumerate(row):
                    if cell is not None:
                        page.write(i, j, cell)
            page.freeze_panes(1, 0)
            page.autofit()
        partial.replace(path)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        partial.unlink(missing_ok=True)
        raise WriteRefused(path, reason=str(error)) from error

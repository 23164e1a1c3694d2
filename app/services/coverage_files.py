"""A list shown beside the coverage maps as a file: CSV for French Excel, XLSX with its sources."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from app.domain.french import NO_DATA, short_date
from app.services.export import workbook, write_csv

WIDE = 420
"""Most pixels of a column fitted to its contents."""


def write_list(
    path: Path,
    title: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    sources: Sequence[tuple[str, str]],
) -> None:
    """Write a list and what it rests on: under it in a CSV, on a second sheet in an XLSX.

    None is written « n.d. ». Raises WriteRefused, DiskFull.
    """
    told = [[NO_DATA if cell is None else cell for cell in row] for row in rows]
    if path.suffix.lower() == ".csv":
        plain = [[_plain(cell) for cell in row] for row in told]
        write_csv(path, [headers, *plain, [], ("Sources", ""), *sources])
        return
    with workbook(path, default_date_format="dd/mm/yyyy") as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        page = book.add_worksheet(title[:31])
        page.write_row(0, 0, headers, bold)
        for line, row in enumerate(told, start=1):
            page.write_row(line, 0, row)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(len(told), 1), len(headers) - 1)
        page.autofit(WIDE)
        origin = book.add_worksheet("Sources")
        for line, pair in enumerate(sources):
            origin.write_row(line, 0, pair)
        origin.set_column(0, 0, 36)
        origin.set_column(1, 1, 110, book.add_format({"text_wrap": True, "valign": "top"}))


def _plain(cell: object) -> object:
    return short_date(cell) if isinstance(cell, datetime.date) else cell

"""All the tables of a document in one workbook, with the origin of each number; text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.french import THIN
from app.domain.indicator import Provenance, ValueState
from app.domain.spreadsheet import XLSX_OPTIONS
from maps.draw import write_whole
from reports.diagnostic_numbers import printed_in
from reports.kit.annex import origins
from reports.kit.blocks import Beside, Block, Chip, Document, RowKind, Table
from reports.kit.printed import STATE_CODES, Printed, bare

LONGEST_NAME = 31
FORBIDDEN = str.maketrans("[]:*?/\\'", "        ")
WIDEST = 60
SOURCES = "Sources"
HEADS = (
    "Chiffre", "Indicateur", "Territoire", "Année", "Nombre", "Unité", "État", "Estimé", "Fictif", "Calcul",
    "Source", "Fichier", "Feuille", "Ligne", "SHA-256", "Importé le", "Licence",
)  # fmt: skip


def write_xlsx(document: Document, path: Path) -> None:
    """Write the workbook; whole file or none, same document, same bytes. Raises WriteRefused, DiskFull."""
    import datetime

    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, dict(XLSX_OPTIONS)) as book:
        moment = datetime.datetime.combine(document.date, datetime.time())
        book.set_properties({"title": document.title, "author": document.author, "created": moment})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        names: set[str] = set()
        for rank, (title, table) in enumerate(_tables(document), start=1):
            sheet = book.add_worksheet(_sheet_name(f"{rank} {title}", names))
            _fill(sheet, table, title, document, bold)
        _fill_sources(book.add_worksheet(_sheet_name(SOURCES, names)), document, bold)
    write_whole(path, data.getvalue())


def _tables(document: Document) -> Iterator[tuple[str, Table]]:
    for section in document.sections:
        for table in _tables_in(section.blocks):
            yield bare(table.caption) or section.title, table


def _tables_in(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Beside):
            yield from _tables_in((*block.left, *block.right))


def _sheet_name(title: str, names: set[str]) -> str:
    name = " ".join(title.translate(FORBIDDEN).split())[:LONGEST_NAME].strip()
    while name.lower() in names:
        name = f"{name[: LONGEST_NAME - 2]} 2"
    names.add(name.lower())
    return name


def _fill(sheet: Any, table: Table, title: str, document: Document, bold: Any) -> None:
    notes = [document.title, title, *(bare(text) for text in (table.source, table.note) if text)]
    for line, text in enumerate(notes):
        sheet.write_string(line, 0, text)
    top = len(notes) + 1
    for column, head in enumerate(table.columns):
        sheet.write_string(top, column, head.head, bold)
    widths = [len(head.head) for head in table.columns]
    for line, row in enumerate(table.rows, start=top + 1):
        for column, cell in enumerate(row.cells):
            _write(sheet, line, column, cell)
            if row.kind is not RowKind.GROUP:
                widths[column] = max(widths[column], len(_words(cell)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + 2, WIDEST))
    sheet.freeze_panes(top + 1, 1)


def _words(cell: object) -> str:
    return cell.words if isinstance(cell, Chip) else bare(cell)  # type: ignore[arg-type]


def _write(sheet: Any, line: int, column: int, cell: object) -> None:
    """Write a number as a number, an absence by its word, never as an empty cell or a zero."""
    if isinstance(cell, Printed) and cell.number is not None and cell.state.is_known:
        sheet.write_number(line, column, cell.number)
    else:
        sheet.write_string(line, column, _words(cell))


def _fill_sources(sheet: Any, document: Document, bold: Any) -> None:
    for column, head in enumerate(HEADS):
        sheet.write_string(0, column, head, bold)
    seen: dict[str, Printed] = {}
    for shown in printed_in(document.sections):
        if shown.indicator or shown.is_traced:
            seen.setdefault(shown.id, shown)
    line = 0
    for shown in seen.values():
        found: list[Provenance | None] = list(origins((shown,)))
        for origin in found or [None]:
            line += 1
            for column, text in enumerate(_source_cells(shown, origin)):
                _write_plain(sheet, line, column, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(line, 1), len(HEADS) - 1)


def _source_cells(shown: Printed, origin: Any) -> Sequence[object]:
    facts = (
        shown.text, shown.label, shown.territory, shown.year, shown.number, shown.unit,
        STATE_CODES[ValueState(shown.state)].replace("_", THIN), "oui" if shown.estimated else "non",
        "oui" if shown.fictitious else "non", shown.formula,
    )  # fmt: skip
    if origin is None:
        return (*facts, "", "", "", None, "", "", "")
    return (*facts, origin.source, origin.file, origin.sheet, origin.row, origin.sha256,
            origin.imported_at, origin.licence)  # fmt: skip


def _write_plain(sheet: Any, line: int, column: int, value: object) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, column, value)
    elif value is not None:
        sheet.write_string(line, column, str(value))

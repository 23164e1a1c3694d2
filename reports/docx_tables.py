"""Native tables of the DOCX: headers repeated, groups and first cells merged, three rules only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maps.canvas import INK_SOFT, TEXT2
from reports.docx_parts import keep_whole, repeat_header, rule, shade
from reports.docx_text import add_mark, add_number, add_text, rgb, set_style
from reports.kit.blocks import Cell, Chip, Column, Row, RowKind, Table
from reports.kit.columns import column_widths
from reports.kit.desk import Desk
from reports.kit.lay_table import table_marks
from reports.kit.printed import Printed, Text
from reports.kit.prose import Style, clean
from reports.kit.signs import GREY_SOFT, sign_of

MEASURE = Style(9.6, 12.0)
"""Face that columns are measured with: that of an editor is wider than ours, and its cells have margins."""
NONE, HAIR, MIDDLE, HEAVY = (0, "#FFFFFF"), (2, "#D5D1C8"), (4, "#858178"), (8, "#4E565C")
SHAPES = {
    "a_lancer": "○", "a_faire": "○", "en_cours": "◐", "partielle": "◐", "realisee": "●", "faite": "●",
    "atteinte": "●", "reportee": "❙❙", "conditionnee": "◇", "deprogrammee": "⊖", "abandonnee": "⊗",
    "en_retard": "▲", "dans_le_tunnel": "[·]", "non_atteinte": "▼", "sortie_basse": "▼", "sortie_haute": "▲",
    "suivi": "◎", "pas_de_donnee": "--", "sans_cible": "□",
}  # fmt: skip
"""Shapes of statuses as letters, so that they stay editable."""


def add_table(container: Any, table: Table, desk: Desk, width: float) -> None:
    """Add a native table of that width in points, its notes left to the caller."""
    marks = table_marks(table, desk)
    widths = column_widths(table.columns, table.rows, width, MEASURE, desk)
    groups = any(column.group for column in table.columns)
    made = container.add_table(rows=(2 if groups else 1) + len(table.rows), cols=len(table.columns))
    made.autofit = False
    _set_widths(made, widths)
    first = _head(made, table.columns, marks, desk, grouped=groups)
    for rank, row in enumerate(table.rows):
        _fill(made.rows[first + rank], table, rank, row, marks, desk)
    _merge_first(made, table, first)


def _set_widths(made: Any, widths: Sequence[float]) -> None:
    from docx.shared import Pt

    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)


def _head(
    made: Any, columns: Sequence[Column], marks: dict[tuple[int, int], int], desk: Desk, *, grouped: bool
) -> int:
    """Fill the header, its groups merged; return the rank of the first row under it."""
    last = made.rows[1 if grouped else 0]
    for rank, (column, cell) in enumerate(zip(columns, last.cells, strict=True)):
        paragraph = _paragraph(cell, column.align)
        add_text(paragraph, column.head, desk)
        for run in paragraph.runs:
            run.font.color.rgb = rgb(TEXT2)
        add_mark(paragraph, marks.get((-1, rank), 0))
        rule(cell, top=NONE, bottom=HEAVY, left=NONE, right=NONE)
    repeat_header(made.rows[0])
    if not grouped:
        return 1
    repeat_header(last)
    start = 0
    while start < len(columns):
        end = start
        while (
            end + 1 < len(columns) and columns[start].group and columns[end + 1].group == columns[start].group
        ):
            end += 1
        cell = made.cell(0, start).merge(made.cell(0, end)) if end > start else made.cell(0, start)
        if columns[start].group:
            add_text(_paragraph(cell, "centre"), columns[start].group, desk)
        start = end + 1
    return 2


def _fill(
    made: Any, table: Table, rank: int, row: Row, marks: dict[tuple[int, int], int], desk: Desk
) -> None:
    keep_whole(made)
    cells = made.cells
    last = rank == len(table.rows) - 1
    if row.kind is RowKind.GROUP or len(row.cells) == 1 < len(table.columns):
        whole = cells[0].merge(cells[-1])
        shade(whole, GREY_SOFT)
        held = row.cells[0]
        add_text(
            _paragraph(whole, "left"), held if not isinstance(held, Chip) else held.words, desk, bold=True
        )
        return
    bold = row.kind in (RowKind.FOCUS, RowKind.TOTAL)
    for place, (cell, held) in enumerate(zip(cells, row.cells, strict=True)):
        align = table.columns[place].align
        paragraph = _paragraph(cell, "right" if isinstance(held, Printed) and align == "left" else align)
        _fill_cell(paragraph, held, desk, bold=bold)
        add_mark(paragraph, marks.get((rank, place), 0))
        if bold:
            shade(cell, INK_SOFT if row.kind is RowKind.FOCUS else GREY_SOFT)
        opens = row.kind in (RowKind.TOTAL, RowKind.REFERENCE) and table.rows[rank - 1].kind is not row.kind
        rule(cell, top=MIDDLE if opens else NONE, bottom=HEAVY if last else HAIR, left=NONE, right=NONE)


def _fill_cell(paragraph: Any, held: Cell, desk: Desk, *, bold: bool) -> None:
    if isinstance(held, Chip):
        sign = sign_of(held.code, held.words)
        shape = paragraph.add_run(f"{SHAPES.get(held.code, '□')}\u00a0")
        shape.font.color.rgb = rgb(sign.colour)
        paragraph.add_run(clean(sign.word))
    elif isinstance(held, Printed):
        desk.notes.remember((held,))
        add_number(paragraph, held, bold=bold)
    else:
        add_text(paragraph, held, desk, bold=bold)


def _paragraph(cell: Any, align: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    set_style(paragraph, "Cellule")
    sides = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}
    paragraph.alignment = sides.get(align, WD_ALIGN_PARAGRAPH.LEFT)
    return paragraph


def _merge_first(made: Any, table: Table, first: int) -> None:
    """Merge the first cells that say the same, one under another."""
    for column in range(table.merge):
        start = 0
        for rank in range(1, len(table.rows) + 1):
            if rank < len(table.rows) and _same(table.rows[start], table.rows[rank], column):
                continue
            if rank - start > 1:
                _merge_down(made, column, first + start, first + rank - 1)
            start = rank


def _merge_down(made: Any, column: int, top: int, bottom: int) -> None:
    """Merge cells of one column, the words of the first one kept."""
    for row in range(top + 1, bottom + 1):
        for run in made.cell(row, column).paragraphs[0].runs:
            run.text = ""
    merged = made.cell(top, column).merge(made.cell(bottom, column))
    for paragraph in merged.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)


def _same(one: Row, other: Row, column: int) -> bool:
    if RowKind.GROUP in (one.kind, other.kind) or len(one.cells) != len(other.cells):
        return False
    return one.cells[: column + 1] == other.cells[: column + 1]


def plain_table(
    container: Any, rows: Sequence[Sequence[Text]], shares: Sequence[float], width: float, desk: Desk
) -> Any:
    """Add a table without header nor rule: names and values, frames. Return it."""
    from docx.shared import Pt

    made = container.add_table(rows=len(rows), cols=len(shares))
    made.autofit = False
    for row, held in zip(made.rows, rows, strict=True):
        for cell, text, share in zip(row.cells, held, shares, strict=True):
            cell.width = Pt(share * width)
            add_text(_paragraph(cell, "left"), text, desk)
    return made

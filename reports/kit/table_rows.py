"""Rows of a table on paper: grounds, three rules, signs, marks that hang out of the alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from maps.canvas import INK_SOFT, Box, Pen
from reports.kit.blocks import Cell, Chip, Row, RowKind, Table
from reports.kit.columns import PAD, SIGN_ROOM
from reports.kit.desk import Desk, Draw
from reports.kit.paper import Paper
from reports.kit.prose import SetLine, Style, draw_lines, mark_atom, text_height
from reports.kit.signs import GREY_SOFT, sign_of

Laid = tuple[list[SetLine], str, int]
"""Lines of a cell, its alignment, its mark."""
HEAVY, MIDDLE, LIGHT = Pen("#4E565C", 0.9), Pen("#858178", 0.7), Pen("#E2DFD8", 0.5)
UP, DOWN = 3.0, 3.0
"""Space above and under the lines of a cell."""


@dataclass(slots=True)
class Grid:
    """A table being laid: columns with their left edges and widths."""

    table: Table
    width: float
    style: Style
    desk: Desk
    widths: list[float] = field(default_factory=list)
    marks: dict[tuple[int, int], int] = field(default_factory=dict)
    """Mark of a cell, by row and column; row -1 is the header."""

    def edge(self, rank: int) -> float:
        """Left edge of a column, from the left of the table."""
        return sum(self.widths[:rank])


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is drawn: its rank, height and style; last: of the table; ends: its last slice."""

    rank: int
    height: float
    style: Style
    last: bool
    ends: bool


def merged_cells(table: Table, rank: int) -> int:
    """Return how many first cells of a row say the same as those above."""
    if rank == 0 or not table.merge:
        return 0
    above, here = table.rows[rank - 1], table.rows[rank]
    if above.kind is RowKind.GROUP or len(above.cells) != len(here.cells):
        return 0
    count = 0
    while count < table.merge and above.cells[count] == here.cells[count]:
        count += 1
    return count


def row_draw(grid: Grid, row: Row, cells: Sequence[Laid], look: Look, merged: int) -> Draw:
    grounds = {RowKind.FOCUS: INK_SOFT, RowKind.TOTAL: GREY_SOFT}
    ground = grounds.get(row.kind)
    heavy = row.kind in (RowKind.TOTAL, RowKind.REFERENCE) and _opens(grid.table, look.rank)

    def draw(paper: Paper, x: float, y: float) -> None:
        if ground:
            paper.rect(Box(x, y, grid.width, look.height), fill=ground)
        if heavy:
            rule(paper, x, x + grid.width, y, MIDDLE)
        for place, laid in enumerate(cells):
            if place < merged:
                continue
            left = x + grid.edge(place)
            if isinstance(row.cells[place], Chip):
                left = _draw_sign(paper, row.cells[place], left, y, look.style)
            draw_cell(paper, laid, left, y + UP, grid.widths[place], look.style)
        start = x + (grid.edge(_next_merged(grid.table, look.rank)) if look.ends else 0.0)
        if look.ends:
            rule(
                paper,
                x if look.last else start,
                x + grid.width,
                y + look.height,
                HEAVY if look.last else LIGHT,
            )

    return draw


def _opens(table: Table, rank: int) -> bool:
    return rank > 0 and table.rows[rank - 1].kind is not table.rows[rank].kind


def _next_merged(table: Table, rank: int) -> int:
    return merged_cells(table, rank + 1) if rank + 1 < len(table.rows) else 0


def _draw_sign(paper: Paper, cell: Cell, left: float, y: float, style: Style) -> float:
    if isinstance(cell, Chip) and (cell.code or cell.words):
        sign = sign_of(cell.code, cell.words)
        radius = style.size * 0.42
        sign.shape(paper, left + PAD + radius, y + UP + style.leading / 2, radius, sign.colour)
    return left + SIGN_ROOM


def draw_cell(paper: Paper, laid: Laid, left: float, top: float, width: float, style: Style) -> None:
    lines, align, mark = laid
    draw_lines(paper, lines, left + PAD, top, style, width - 2 * PAD, align)
    if mark and lines:
        last = lines[-1]
        end = {"left": last.width, "right": width - 2 * PAD, "centre": (width - 2 * PAD + last.width) / 2}[
            align
        ]
        raised = mark_atom(mark, style.size)
        line = SetLine(((0.0, raised),), raised.width)
        at = left + PAD + end + 0.6
        draw_lines(paper, [line], at, top + text_height(lines[:-1], style), style)


def closing_rule(grid: Grid) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        rule(paper, x, x + grid.width, y, MIDDLE)

    return draw


def rule(paper: Paper, left: float, right: float, y: float, pen: Pen) -> None:
    paper.path([np.array([[left, y], [right, y]])], pen=pen, closed=False)

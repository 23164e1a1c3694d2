"""The table of communes: one, two or three blocks side by side, so that every commune is printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.french import plural
from app.domain.indicator import Value
from maps.canvas import TEXT, TEXT2, TEXT3, Box, Canvas, Face, Pen, fitted
from reports.content import CommuneRow, shown
from reports.notes import Notebook
from reports.prose import draw_marked

HEAVY, THIN_RULE = Pen("#4E565C", 0.9), Pen("#E2DFD8", 0.4)
BLOCK_GAP = 16.0
LEAST_ROW, MOST_ROW, HEAD = 6.6, 14.0, 22.0


@dataclass(frozen=True, slots=True)
class Column:
    """Two lines of header, value of a row, share of the width."""

    head: str
    read: Callable[[CommuneRow], Value]
    share: float


COLUMNS = (
    Column("Population", lambda row: row.population, 1.15),
    Column("Naissances", lambda row: row.births, 1.12),
    Column("Moins de 3 ans", lambda row: row.births_3, 1.12),
    Column("Eaje", lambda row: row.eaje, 0.78),
    Column("Rpe", lambda row: row.rpe, 0.78),
    Column("Couverture", lambda row: row.couv, 1.15),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How communes share the room: blocks side by side, rows in each, height of a row, communes shown."""

    blocks: int
    rows: int
    step: float
    shown: int


def lay_out(count: int, height: float) -> Layout:
    """Return the layout with the tallest rows that shows all communes; if none can, the fullest one."""
    room = height - HEAD
    for blocks, comfortable in ((1, 11.0), (2, 9.6), (3, LEAST_ROW)):
        rows = math.ceil(count / blocks)
        if rows * comfortable <= room:
            return Layout(blocks, rows, min(room / max(rows, 1), MOST_ROW), count)
    rows = max(int(room / LEAST_ROW), 1)
    return Layout(3, rows, LEAST_ROW, min(count, 3 * rows))


def draw_communes(canvas: Canvas, rows: Sequence[CommuneRow], box: Box, notes: Notebook) -> float:
    """Draw the table; say how many communes are left out, if any. Return the ordinate under it."""
    layout = lay_out(len(rows), box.h)
    width = (box.w - (layout.blocks - 1) * BLOCK_GAP) / layout.blocks
    marks = [notes.mark(_known_of(rows, column)) for column in COLUMNS]
    for rank in range(layout.blocks):
        part = rows[rank * layout.rows : min((rank + 1) * layout.rows, layout.shown)]
        block = Box(box.x + rank * (width + BLOCK_GAP), box.y, width, HEAD + layout.step * len(part))
        if part:
            _draw_block(canvas, part, block, layout.step, marks if rank == 0 else [""] * len(marks))
    bottom = box.y + HEAD + layout.step * min(layout.rows, layout.shown)
    left_out = len(rows) - layout.shown
    if left_out:
        words = f"et {plural(left_out, 'autre commune', 'autres communes')}, dans le tableau exporté."
        canvas.text(box.x, bottom + 8, words, Face(6.6, 400, TEXT2))
        bottom += 9
    return bottom


def _known_of(rows: Sequence[CommuneRow], column: Column) -> list[Value]:
    return [value for value in map(column.read, rows) if value.state.is_known]


def _draw_block(
    canvas: Canvas, rows: Sequence[CommuneRow], box: Box, step: float, marks: Sequence[str]
) -> None:
    size = min(7.6, step * 0.72, 4.6 + box.w / 105)
    edges = _edges(box)
    head = Face(min(size, 6.6) * 0.92, 400, TEXT2)
    canvas.text(box.x + 2, box.y + 16, "Commune", head)
    for rank, column in enumerate(COLUMNS):
        year = next((value.year for value in map(column.read, rows)), None)
        x = edges[rank + 1] - 2
        for line, text in enumerate(_head_lines(column.head, year, head, edges[rank + 1] - edges[rank] - 3)):
            canvas.text(x, box.y + 8.4 + 8 * line, text, head, "end")
        if marks[rank]:
            draw_marked(canvas, x, box.y + 16.4, "", marks[rank], Face(6.6))
    _rule(canvas, box, box.y + HEAD - 2, HEAVY)
    for rank, row in enumerate(rows):
        base = box.y + HEAD + rank * step + step * 0.5 + size * 0.34
        name = Box(box.x + 2, base - 1, edges[0] - box.x - 4, step)
        _draw_row(canvas, row, name, edges, size)
        if rank < len(rows) - 1:
            _rule(canvas, box, box.y + HEAD + (rank + 1) * step - 1, THIN_RULE)
    _rule(canvas, box, box.y + HEAD + len(rows) * step - 1, HEAVY)


def _edges(box: Box) -> list[float]:
    """Right edge of the names, then of each column."""
    total = sum(column.share for column in COLUMNS)
    names = box.w * (0.34 if box.w > 300 else 0.31 if box.w > 200 else 0.3)
    widths = [(box.w - names) * column.share / total for column in COLUMNS]
    return [box.x + names + float(x) for x in np.cumsum([0.0, *widths])]


def _head_lines(head: str, year: int | None, face: Face, width: float) -> list[str]:
    second = str(year) if year else ""
    if face.width(head) <= width:
        return [head, second]
    short = {"Population": "Pop.", "Naissances": "Naiss.", "Moins de 3 ans": "< 3 ans", "Couverture": "Couv."}
    return [fitted(short.get(head, head), face, width), second]


def _draw_row(canvas: Canvas, row: CommuneRow, box: Box, edges: Sequence[float], size: float) -> None:
    """Write one row; box: left edge, base line and room of its name."""
    face = Face(size, 400, TEXT)
    narrow = Face(max(size * min(1.0, box.w / face.width(row.name)), 4.4), 400, TEXT)
    canvas.text(box.x, box.y, fitted(row.name, narrow, box.w), narrow)
    for rank, column in enumerate(COLUMNS):
        value = column.read(row)
        colour = TEXT if value.state.is_known else TEXT3
        canvas.text(edges[rank + 1] - 2, box.y, shown(value), Face(size, 400, colour), "end")


def _rule(canvas: Canvas, box: Box, y: float, pen: Pen) -> None:
    canvas.path([np.array([[box.x, y], [box.right, y]])], pen=pen, closed=False)

"""The table of communes: one, two or three blocks side by side, so that every commune is printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.french import THIN, listing, plural
from app.domain.indicator import Value, ValueState
from maps.canvas import INK, TEXT, TEXT2, TEXT3, Box, Canvas, Face, Pen, fitted, shrunk
from reports.content import CommuneRow, known, shown
from reports.notes import Notebook

HEAVY, LIGHT = Pen("#4E565C", 0.9), Pen("#E2DFD8", 0.4)
BLOCK_GAP = 16.0
NARROW = 200.0
"""Width under which a block has small letters, and its marks beside its first header."""
LEAST_ROW, MOST_ROW, HEAD = 6.6, 14.0, 22.0


@dataclass(frozen=True, slots=True)
class Column:
    """Header, shorter header, value of a row, share of the width."""

    head: str
    short: str
    read: Callable[[CommuneRow], Value]
    share: float


COLUMNS = (
    Column("Population", "Pop.", lambda row: row.population, 1.15),
    Column("Naissances", "Naiss.", lambda row: row.births, 1.12),
    Column("Moins de 3 ans", "< 3 ans", lambda row: row.births_3, 1.12),
    Column("Eaje", "Eaje", lambda row: row.eaje, 1.0),
    Column("Rpe", "Rpe", lambda row: row.rpe, 1.0),
    Column("Couverture", "Couv.", lambda row: row.couv, 1.15),
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
    for blocks, comfortable in ((1, 11.0), (2, 8.2), (3, LEAST_ROW)):
        rows = math.ceil(count / blocks)
        if rows * comfortable <= room:
            return Layout(blocks, rows, min(room / max(rows, 1), MOST_ROW), count)
    rows = max(int(room / LEAST_ROW), 1)
    return Layout(3, rows, LEAST_ROW, min(count, 3 * rows))


def draw_communes(canvas: Canvas, rows: Sequence[CommuneRow], box: Box, notes: Notebook) -> float:
    """Draw the table; say how many communes are left out, if any. Return the ordinate under it."""
    layout = lay_out(len(rows), box.h)
    width = (box.w - (layout.blocks - 1) * BLOCK_GAP) / layout.blocks
    marks = [notes.mark(known(map(column.read, rows))) for column in shown_columns(rows)]
    columns = shown_columns(rows)
    for rank in range(layout.blocks):
        part = rows[rank * layout.rows : min((rank + 1) * layout.rows, layout.shown)]
        if not part:
            continue
        block = Box(box.x + rank * (width + BLOCK_GAP), box.y, width, HEAD + layout.step * len(part))
        heads = tuple(zip(columns, marks if rank == 0 else [""] * len(marks), strict=True))
        _draw_block(canvas, part, block, layout.step, heads)
    bottom = box.y + HEAD + layout.step * min(layout.rows, layout.shown)
    left_out = len(rows) - layout.shown
    if left_out:
        words = f"et {plural(left_out, 'autre commune', 'autres communes')}, dans le tableau exporté."
        canvas.text(box.x, bottom + 8, words, Face(6.6, 400, TEXT2))
        bottom += 9
    return bottom


def shown_columns(rows: Sequence[CommuneRow]) -> tuple[Column, ...]:
    """Return the columns that have something to say: not those without any data."""
    return tuple(
        column
        for column in COLUMNS
        if any(value.state is not ValueState.NO_DATA for value in map(column.read, rows))
    )


def absent_words(rows: Sequence[CommuneRow]) -> str:
    """Return the line that says which columns have no data at all, empty if all have some."""
    kept = shown_columns(rows)
    names = [column.read(rows[0]).indicator.short_label for column in COLUMNS if column not in kept]
    return f"Pas de donnée importée pour ces communes{THIN}: {listing(names)}." if names else ""


def _draw_block(
    canvas: Canvas, rows: Sequence[CommuneRow], box: Box, step: float, heads: Sequence[tuple[Column, str]]
) -> None:
    size = min(7.6 if box.w > NARROW else 5.2, step * 0.72, 4.6 + box.w / 105)
    columns = [column for column, _ in heads]
    edges = _edges(box, columns)
    _draw_heads(canvas, rows, box, edges, heads)
    _rule(canvas, box, box.y + HEAD - 2, HEAVY)
    for rank, row in enumerate(rows):
        base = box.y + HEAD + (rank + 0.5) * step + size * 0.34 - 1
        name = Box(box.x + 2, base, edges[0] - box.x - 6, step)
        _draw_row(canvas, row, name, list(zip(columns, edges[1:], strict=True)), size)
        if rank < len(rows) - 1:
            _rule(canvas, box, box.y + HEAD + (rank + 1) * step - 1, LIGHT)
    _rule(canvas, box, box.y + HEAD + len(rows) * step - 1, HEAVY)


def _draw_heads(
    canvas: Canvas,
    rows: Sequence[CommuneRow],
    box: Box,
    edges: Sequence[float],
    heads: Sequence[tuple[Column, str]],
) -> None:
    narrow = box.w <= NARROW
    face, raised = Face(5.0 if narrow else 6.2, 400, TEXT2), Face(4.2 if narrow else 4.6, 600, INK)
    canvas.text(box.x + 2, box.y + 16, "Commune", face)
    if narrow:
        marks = " ".join(dict.fromkeys(mark for _, mark in heads if mark))
        canvas.text(box.x + 3 + face.width("Commune"), box.y + 13.8, marks, raised)
        heads = [(column, "") for column, _ in heads]
    for rank, (column, mark) in enumerate(heads):
        right, room = edges[rank + 1] - 2, edges[rank + 1] - edges[rank] - 4
        word = column.head if face.width(column.head) <= room else column.short
        canvas.text(right, box.y + 8.2, word, shrunk(word, face, room), "end")
        canvas.text(right, box.y + 13.8, mark, raised, "end")
        right -= raised.width(mark) + 0.6 if mark else 0.0
        canvas.text(right, box.y + 16, str(column.read(rows[0]).year), face, "end")


def _edges(box: Box, columns: Sequence[Column]) -> list[float]:
    """Right edge of the names, then of each column."""
    total = sum(column.share for column in COLUMNS)
    numbers = box.w * (1.0 - (0.34 if box.w > 300 else 0.345 if box.w > NARROW else 0.42))
    widths = [numbers * column.share / total for column in columns]
    names = box.w - sum(widths)
    return [box.x + names + float(x) for x in np.cumsum([0.0, *widths])]


def _draw_row(
    canvas: Canvas, row: CommuneRow, name: Box, columns: Sequence[tuple[Column, float]], size: float
) -> None:
    """Write one row; name: left edge, base line and room of its name; columns with their right edges."""
    narrow = shrunk(row.name, Face(size, 400, TEXT), name.w, least=3.6)
    canvas.text(name.x, name.y, fitted(row.name, narrow, name.w + 0.5), narrow)
    for column, right in columns:
        value = column.read(row)
        colour = TEXT if value.state.is_known else TEXT3
        canvas.text(right - 2, name.y, shown(value), Face(size, 400, colour), "end")


def _rule(canvas: Canvas, box: Box, y: float, pen: Pen) -> None:
    canvas.path([np.array([[box.x, y], [box.right, y]])], pen=pen, closed=False)

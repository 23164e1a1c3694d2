"""Widths of the columns of a table: numbers as wide as they are, words share what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.kit.blocks import Cell, Chip, Column, Row, RowKind
from reports.kit.desk import Desk
from reports.kit.printed import Printed
from reports.kit.prose import Style, natural_width
from reports.kit.signs import sign_of

PAD = 5.0
"""Space on each side of a cell."""
SIGN_ROOM = 11.0
NUMBERS_SHARE, MOST_WIDENED = 0.5, 34.0
"""What columns of numbers take of the room left: share of it, and points for each."""
MOST_MEASURED = 400
"""Rows measured: beyond it a longer cell is cut into lines like any other."""


def column_widths(
    columns: Sequence[Column], rows: Sequence[Row], width: float, style: Style, desk: Desk
) -> list[float]:
    """Return the width of each column; they add up to the width of the table."""
    wanted, least = [], []
    for rank, column in enumerate(columns):
        natural, small = _measured(column, _cells(rows, rank, len(columns)), style, desk)
        wanted.append(column.width * width if column.width else natural + 2 * PAD)
        least.append(column.width * width if column.width else small + 2 * PAD)
    return shared_out(wanted, least, [column.align != "left" for column in columns], width)


def shared_out(
    wanted: Sequence[float], least: Sequence[float], narrow: Sequence[bool], width: float
) -> list[float]:
    """Return widths that add up to the width: what is over goes to words, what lacks is taken from them."""
    total = sum(wanted)
    if total <= width:
        return _widened(wanted, narrow, width - total)
    spare = [max(w - s, 0.0) for w, s in zip(wanted, least, strict=True)]
    lack, room = total - width, sum(spare)
    if room >= lack:
        return [w - lack * s / room for w, s in zip(wanted, spare, strict=True)]
    floor = sum(least)
    return [x * width / floor for x in least]


def _widened(wanted: Sequence[float], narrow: Sequence[bool], over: float) -> list[float]:
    """Give the room left to columns of words by their width, a part of it to all when they are all narrow."""
    words = sum(w for w, thin in zip(wanted, narrow, strict=True) if not thin)
    if not words:
        return [w + over / len(wanted) for w in wanted]
    thins = sum(narrow)
    each = min(over * NUMBERS_SHARE / thins, MOST_WIDENED) if thins else 0.0
    left = over - each * thins
    return [w + each if thin else w + left * w / words for w, thin in zip(wanted, narrow, strict=True)]


def _cells(rows: Sequence[Row], rank: int, count: int) -> Iterator[Cell]:
    for row in rows[:MOST_MEASURED]:
        if row.kind is not RowKind.GROUP and len(row.cells) == count:
            yield row.cells[rank]


def _measured(column: Column, cells: Iterator[Cell], style: Style, desk: Desk) -> tuple[float, float]:
    head = natural_width(column.head, style, desk)
    natural, least = head[1], head[1]
    for cell in cells:
        whole, small = _cell_width(cell, style, desk)
        natural, least = max(natural, whole), max(least, small)
    if column.align == "left":
        natural = max(natural, min(head[0], natural * 1.5))
    return natural, least


def _cell_width(cell: Cell, style: Style, desk: Desk) -> tuple[float, float]:
    if isinstance(cell, Chip):
        whole, small = natural_width(sign_of(cell.code, cell.words).word, style, desk)
        return whole + SIGN_ROOM, small + SIGN_ROOM
    whole, small = natural_width(cell, style, desk)
    # A number is never cut, words may be: at a hyphen in the worst case.
    return whole, (whole if isinstance(cell, Printed) else min(small, 64.0))

"""Tables to pieces: a row a piece, headers repeated over pages, merged first cells, marks, states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maps.canvas import TEXT2, Box
from reports.kit.blocks import Cell, Chip, Column, Row, RowKind, Table
from reports.kit.captions import caption_pieces, foot_pieces
from reports.kit.columns import PAD, SIGN_ROOM, column_widths
from reports.kit.desk import Desk, Piece
from reports.kit.paper import Paper
from reports.kit.printed import Printed, Run, bare, numbers_in
from reports.kit.prose import CELL, CELL_DENSE, SetLine, Style, draw_lines, set_text, text_height
from reports.kit.signs import GREY_SOFT, sign_of
from reports.kit.table_rows import (
    DOWN,
    HEAVY,
    LIGHT,
    MIDDLE,
    UP,
    Grid,
    Laid,
    Look,
    closing_rule,
    draw_cell,
    merged_cells,
    row_draw,
    rule,
)

TALLEST = 240.0
"""Height beyond which a row may be cut over pages, in points."""


def lay_table(block: Table, width: float, desk: Desk) -> list[Piece]:
    """The whole table with its caption and notes; nothing but a line when there is no row."""
    style = CELL_DENSE if block.dense else CELL
    numbers = _table_numbers(block.rows)
    pieces = caption_pieces(
        block, block.caption, width, desk, fictitious=block.fictitious or _any_fictitious(numbers)
    )
    if not block.rows:
        lines = set_text(Run("Aucune ligne.", colour=TEXT2), style, width, desk)
        return [*pieces, Piece(14.0, lambda paper, x, y: draw_lines(paper, lines, x, y, style))]
    grid = Grid(block, width, style, desk)
    grid.widths = column_widths(block.columns, block.rows, width, style, desk)
    grid.marks = table_marks(block, desk)
    head = _head_piece(grid)
    body = _body_pieces(grid, head)
    body[-1].glued = bool(block.source or block.note)
    return [*pieces, head, *body, *foot_pieces(block.source, block.note, numbers, width, desk)]


def _table_numbers(rows: Sequence[Row]) -> list[Printed]:
    return [shown for row in rows for cell in row.cells for shown in _numbers(cell)]


def _numbers(cell: Cell) -> list[Printed]:
    return [] if isinstance(cell, Chip) else numbers_in(cell)


def _any_fictitious(numbers: Sequence[Printed]) -> bool:
    return any(shown.fictitious for shown in numbers)


def table_marks(table: Table, desk: Desk) -> dict[tuple[int, int], int]:
    """Give one mark a column or a row where all its numbers are of one indicator, else one a cell.

    Only cells that are a bare number count: numbers among words carry their own mark.
    """
    cells = {
        (r, c): cell
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if isinstance(cell, Printed) and cell.is_traced
    }
    if not cells:
        return {}
    for axis in (1, 0):
        lines: dict[int, list[Printed]] = {}
        for place, cell in cells.items():
            lines.setdefault(place[axis], []).append(cell)
        if all(len({_kind(shown) for shown in line}) == 1 for line in lines.values()):
            return {
                (-1, rank) if axis else (rank, 0): desk.notes.mark(tuple(line))
                for rank, line in sorted(lines.items())
            }
    return {place: desk.notes.mark((cell,)) for place, cell in sorted(cells.items())}


def _kind(shown: Printed) -> tuple[str, str]:
    return shown.indicator or shown.label, shown.series


def _head_piece(grid: Grid) -> Piece:
    size, leading = grid.style.size - 0.5, grid.style.leading - 1
    style = replace(grid.style, size=size, leading=leading, colour=TEXT2, hyphens=False)
    columns = grid.table.columns
    laid = []
    for rank, column in enumerate(columns):
        lines = set_text(column.head, style, grid.widths[rank] - 2 * PAD + 0.5, grid.desk)
        laid.append((lines, column.align, grid.marks.get((-1, rank), 0)))
    groups = _groups(columns)
    above = style.leading + 4 if groups else 0.0
    height = above + max(text_height(lines, style) for lines, _, _ in laid) + 5

    def draw(paper: Paper, x: float, y: float) -> None:
        for first, last, words in groups:
            left, right = x + grid.edge(first) + PAD, x + grid.edge(last + 1) - PAD
            lines = set_text(words, style, right - left, grid.desk)
            draw_lines(paper, lines, left, y, style, right - left, "centre")
            rule(paper, left, right, y + style.leading + 1, MIDDLE)
        for rank, (lines, align, mark) in enumerate(laid):
            top = y + height - 4 - text_height(lines, style)
            draw_cell(paper, (lines, align, mark), x + grid.edge(rank), top, grid.widths[rank], style)
        rule(paper, x, x + grid.width, y + height, HEAVY)

    return Piece(height, draw, before=1.0, glued=True, role="TH")


def _groups(columns: Sequence[Column]) -> list[tuple[int, int, str]]:
    """Return runs of neighbour columns of one group: first, last, words."""
    found: list[tuple[int, int, str]] = []
    for rank, column in enumerate(columns):
        if not column.group:
            continue
        if found and found[-1][2] == column.group and found[-1][1] == rank - 1:
            found[-1] = (found[-1][0], rank, column.group)
        else:
            found.append((rank, rank, column.group))
    return found


def _body_pieces(grid: Grid, head: Piece) -> list[Piece]:
    pieces: list[Piece] = []
    rows = grid.table.rows
    group: Piece | None = None
    for rank, row in enumerate(rows):
        heads = (head,) if group is None else (head, group)
        made = _row_pieces(grid, rank, row, heads)
        if row.kind is RowKind.GROUP:
            made[0].heads = (head,)
            group = replace(made[0], glued=True)
        pieces += made
    if len(pieces) > 2:  # never one row alone on a page
        pieces[0].glued = True
        pieces[-2].glued = True
    return pieces


def _row_pieces(grid: Grid, rank: int, row: Row, heads: tuple[Piece, ...]) -> list[Piece]:
    if row.kind is RowKind.GROUP or (len(row.cells) == 1 and len(grid.table.columns) > 1):
        return [_group_piece(grid, row, heads)]
    style = grid.style
    if row.kind in (RowKind.FOCUS, RowKind.TOTAL):
        style = replace(style, weight=700)
    laid = [_cell(grid, rank, place, cell, style) for place, cell in enumerate(row.cells)]
    merged = merged_cells(grid.table, rank)
    numbers = tuple(shown for cell in row.cells for shown in _numbers(cell))
    height = max(text_height(lines, style) for lines, _, _ in laid) + UP + DOWN
    last = rank == len(grid.table.rows) - 1
    slices = _sliced(laid, style) if height > TALLEST else [laid]
    pieces = []
    for part, cells in enumerate(slices):
        ends = part == len(slices) - 1
        tall = max(text_height(lines, style) for lines, _, _ in cells) + UP + DOWN
        look = Look(rank, tall, style, last and ends, ends)
        piece = Piece(
            tall,
            row_draw(grid, row, cells, look, merged if part == 0 else 0),
            glued=row.kind is not RowKind.PLAIN and not last and _follows(grid.table, rank),
            heads=heads,
            again=row_draw(grid, row, cells, look, 0) if merged and part == 0 else None,
            foot=closing_rule(grid),
            numbers=numbers if part == 0 else (),
            role="TR",
        )
        pieces.append(piece)
    return pieces


def _follows(table: Table, rank: int) -> bool:
    """True where the next row is of the same special kind: totals and references stay together."""
    return table.rows[rank + 1].kind is table.rows[rank].kind and table.rows[rank].kind is not RowKind.FOCUS


def _cell(grid: Grid, rank: int, place: int, cell: Cell, style: Style) -> Laid:
    column = grid.table.columns[place]
    room = grid.widths[place] - 2 * PAD + 0.5
    align = column.align
    if isinstance(cell, Chip):
        return set_text(sign_of(cell.code, cell.words).word, style, room - SIGN_ROOM, grid.desk), "left", 0
    if isinstance(cell, Printed):
        grid.desk.notes.remember((cell,))
        lines = set_text(_unmarked(cell), style, room, grid.desk)
        if len(lines) == 1 and cell.fictitious:
            lines = [SetLine(tuple((x, replace(a, dashed=True)) for x, a in lines[0].atoms), lines[0].width)]
        align = "right" if align == "left" and bare(cell)[:1] in "0123456789−+≈" else align
        return lines, align, grid.marks.get((rank, place), 0)
    return set_text(cell, style, room, grid.desk), align, grid.marks.get((rank, place), 0)


def _unmarked(cell: Printed) -> Run:
    return Run(cell.text, colour="" if cell.state.is_known else "#656C72")


def _sliced(laid: Sequence[Laid], style: Style) -> list[list[Laid]]:
    """Cut a very tall row into several, so that it can go over pages."""
    count = int((TALLEST - UP - DOWN) / style.leading)
    most = max(len(lines) for lines, _, _ in laid)
    return [
        [(lines[start : start + count], align, mark if start == 0 else 0) for lines, align, mark in laid]
        for start in range(0, most, count)
    ]


def _group_piece(grid: Grid, row: Row, heads: tuple[Piece, ...]) -> Piece:
    style = replace(grid.style, weight=600)
    lines = set_text(
        row.cells[0] if not isinstance(row.cells[0], Chip) else "", style, grid.width - 2 * PAD, grid.desk
    )
    height = text_height(lines, style) + UP + DOWN + 2

    def draw(paper: Paper, x: float, y: float) -> None:
        paper.rect(Box(x, y, grid.width, height), fill=GREY_SOFT)
        draw_lines(paper, lines, x + PAD, y + UP + 1, style)
        rule(paper, x, x + grid.width, y + height, LIGHT)

    return Piece(height, draw, glued=True, heads=heads, role="TR", numbers=tuple(_numbers(row.cells[0])))

"""Key numbers and charts to pieces: each with its origin, and never an empty frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import NBSP, number
from app.domain.indicator import ValueState
from maps.canvas import DISPLAY, LINE, OCHRE, TEXT, TEXT2, TEXT3, Box, Face, Pen, fitted, wrap, write_lines
from maps.draw import draw_badge
from maps.textures import WORDS
from reports.figures import draw_spread
from reports.kit.blocks import ChartBlock, KeyNumber, KeyNumbers
from reports.kit.captions import caption_pieces, foot_pieces
from reports.kit.desk import Desk, Draw, Piece
from reports.kit.draw_chart import chart_height, chart_numbers, draw_chart
from reports.kit.printed import Printed, bare
from reports.kit.prose import clean, mark_atom

if TYPE_CHECKING:
    from reports.kit.paper import Paper

GAP = 18.0
CELL_HEIGHT = 74.0


def lay_key_numbers(block: KeyNumbers, width: float, desk: Desk) -> list[Piece]:
    """Rows of key numbers."""
    columns = min(block.columns, max(len(block.items), 1))
    room = (width - (columns - 1) * GAP) / columns
    pieces = []
    for start in range(0, len(block.items), columns):
        row = block.items[start : start + columns]
        marks = [_item_marks(item, desk) for item in row]
        numbers = tuple(n for item in row for n in (item.value, *(v for _, v in item.references)))
        pieces.append(
            Piece(CELL_HEIGHT, _keys_draw(row, marks, room), 8.0 if not start else 0.0, numbers=numbers)
        )
    return pieces


def _item_marks(item: KeyNumber, desk: Desk) -> list[int]:
    return [desk.notes.mark((shown,)) for shown in (item.value, *(v for _, v in item.references))]


def _keys_draw(row: Sequence[KeyNumber], marks: Sequence[Sequence[int]], room: float) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        for rank, (item, held) in enumerate(zip(row, marks, strict=True)):
            _draw_key(paper, item, held, Box(x + rank * (room + GAP), y, room, CELL_HEIGHT - 10))

    return draw


def _draw_key(paper: Paper, item: KeyNumber, marks: Sequence[int], cell: Box) -> None:
    paper.path([np.array([[cell.x, cell.y], [cell.right, cell.y]])], pen=Pen(LINE, 0.7), closed=False)
    face = Face(7.4, 600, TEXT)
    paper.text(cell.x, cell.y + 11, fitted(clean(item.label), face, cell.w), face)
    shown = item.value
    known = shown.state.is_known
    big = Face(19.0 if known else 14.0, DISPLAY, TEXT if known else TEXT3)
    right = _marked(paper, cell.x, cell.y + 31, shown.text, marks[0], big)
    if shown.fictitious:
        right += 4 + draw_badge(paper, right + 4, cell.y + 30, 6.2)
    words = item.unit if known else WORDS.get(ValueState(shown.state), "")
    small = Face(6.4, 400, TEXT2)
    lines = wrap(clean(words), small, cell.right - right - 6)[:3]
    lowest = cell.y + (33.5 if len(lines) > 2 else 31)
    write_lines(paper, lines, right + 6, lowest - 7.4 * (len(lines) - 1), small, 7.4)
    at, ochre = cell.x, Face(6.8, 400, OCHRE)
    for (name, value), mark in zip(item.references, marks[1:], strict=True):
        at = _marked(paper, at, cell.y + 42, f"{clean(name)}{NBSP}{value.text}", mark, ochre) + 8
    if item.spread is not None:
        strip = Box(cell.x + 3, cell.y + 46, cell.w - 6, 8)
        references = [v.drawn() for _, v in item.references if v.state.is_known]
        draw_spread(paper, strip, shown.number, item.spread[:3], references, item.peers)
    text = Face(6.3, 400, TEXT3)
    paper.text(cell.x, cell.bottom - 2, fitted(clean(item.words or spread_words(item)), text, cell.w), text)


def spread_words(item: KeyNumber) -> str:
    """Return « 8 EPCI, de 65,8 à 77,2, médiane 70,5, rang 2 », empty without spread."""
    if item.spread is None:
        return ""
    low, median, high, count = item.spread
    texts = [number(x, item.decimals if x else 0) for x in (low, high, median)]
    rank = f", rang{NBSP}{item.rank[0]}" if item.rank else ""
    return f"{count}{NBSP}EPCI, de {texts[0]} à {texts[1]}, médiane {texts[2]}{rank}"


def _marked(paper: Paper, x: float, y: float, text: str, mark: int, face: Face) -> float:
    paper.text(x, y, text, face)
    end = x + face.width(text)
    if not mark:
        return end
    raised = mark_atom(mark, face.size)
    paper.text(end + 0.6, y - raised.rise, raised.text, raised.face)
    height = raised.face.size
    paper.mark(Box(end, y - raised.rise - height, raised.width + 1, height * 1.3), mark)
    return end + 0.6 + raised.width


def lay_chart(block: ChartBlock, width: float, desk: Desk) -> list[Piece]:
    """A figure with its caption; a chart without any number is a line that says so."""
    numbers = tuple(chart_numbers(block.chart))
    fictitious = block.fictitious or any(shown.fictitious for shown in numbers)
    mark = desk.notes.mark(numbers)
    pieces = caption_pieces(block, block.caption, width, desk, fictitious=fictitious, mark=mark)
    body = chart_piece(block, width, numbers)
    body.glued = True
    return [*pieces, body, *foot_pieces(block.source, block.note, numbers, width, desk)]


def chart_piece(block: ChartBlock, width: float, numbers: tuple[Printed, ...]) -> Piece:
    """Return the drawing of a chart, without caption."""
    height = block.height or chart_height(block.chart, width)

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_chart(paper, block.chart, Box(x, y + 2, width, height))

    return Piece(height + 4, draw, numbers=numbers, role="Figure", alt=bare(block.caption))

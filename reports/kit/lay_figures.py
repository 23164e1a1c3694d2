"""Key numbers, charts and maps to pieces: each with its caption, its origin, and never an empty frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import NBSP, THIN, number
from app.domain.indicator import ValueState
from maps.canvas import DISPLAY, LINE, OCHRE, TEXT, TEXT2, TEXT3, Box, Face, Pen, fitted, wrap, write_lines
from maps.choropleth import Choropleth, Mark
from maps.draw import draw_badge, draw_sheet, is_fictitious, maps_of, source_words
from maps.grey import in_grey
from maps.key import draw_panel, draw_strip, note_lines, strip_height
from maps.options import SheetOptions
from maps.plan import Plan
from maps.textures import WORDS
from reports.figures import draw_spread
from reports.kit.blocks import ChartBlock, KeyNumber, KeyNumbers, MapBlock
from reports.kit.blocks import Paper as Format
from reports.kit.captions import caption_pieces, foot_pieces
from reports.kit.desk import Desk, Draw, Piece
from reports.kit.draw_chart import chart_height, chart_numbers, draw_chart
from reports.kit.printed import Printed, bare
from reports.kit.prose import clean, mark_atom

if TYPE_CHECKING:
    from reports.kit.paper import Paper

GAP = 18.0
CELL_HEIGHT = 74.0
WIDE = 420.0
"""Width from which the legend is beside the map."""
MOST_NAMED = 130
"""Territories beyond which a map has no name: they would cover it."""
PANEL = 150.0
"""Width of the legend beside a wide map."""
SMALL = Face(6.6, 400, TEXT3)
SMALL_LEAD = 8.4


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
    write_lines(paper, lines, right + 6, cell.y + 31 - 7.4 * (len(lines) - 1), small, 7.4)
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
    texts = [number(x, item.decimals) for x in (low, high, median)]
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
    height = block.height or chart_height(block.chart, width)

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_chart(paper, block.chart, Box(x, y + 2, width, height))

    alt = bare(block.caption)
    body = Piece(height + 4, draw, glued=True, numbers=numbers, role="Figure", alt=alt)
    return [*pieces, body, *foot_pieces(block.source, block.note, numbers, width, desk)]


def lay_map(block: MapBlock, width: float, desk: Desk) -> list[Piece]:
    """A map with caption, legend, classes, sources; as tall as the page on a landscape sheet."""
    maps = maps_of(block.choropleth)
    numbers = block.values or tuple(shown for one in maps for shown in map_numbers(one))
    mark = desk.notes.mark(numbers)
    caption = block.caption or block.choropleth.title
    fictitious = is_fictitious(block.choropleth)
    pieces = caption_pieces(block, caption, width, desk, fictitious=fictitious, mark=mark)
    used = sum(piece.height + piece.before for piece in pieces) + (
        desk.used if desk.paper is not Format.A4 else 0.0
    )
    if len(maps) > 1:
        return [*pieces, _several_piece(block, width, desk, used, numbers), Piece(4.0)]
    choropleth = in_grey(maps[0]) if desk.document.grey else maps[0]
    wide = width > WIDE
    note = [clean(bare(block.note))] if block.note else []
    words = [*note_lines(choropleth), *note] if wide and block.legend else note
    lines = [
        line
        for text in (" ".join(words), source_words(choropleth))
        if text
        for line in wrap(text, SMALL, width)
    ]
    height = block.height or (desk.room - used - 6 if desk.paper is not Format.A4 else _map_height(width))
    height = min(height, desk.room - used - 6)

    def draw(paper: Paper, x: float, y: float) -> None:
        box = Box(x, y, width, height - SMALL_LEAD * len(lines) - 4)
        bottom = draw_map(paper, choropleth, box, legend=block.legend)
        write_lines(paper, lines, x, max(bottom, box.bottom - 2) + 8, SMALL, SMALL_LEAD)

    piece = Piece(height, draw, numbers=numbers, role="Figure", alt=bare(caption))
    return [*pieces, piece, Piece(4.0)]


def _several_piece(
    block: MapBlock, width: float, desk: Desk, used: float, numbers: tuple[Printed, ...]
) -> Piece:
    """Several maps with one legend, laid out as on a sheet of their own."""
    tall = desk.room - used - 6
    height = min(block.height or (tall if desk.paper is not Format.A4 else width * 0.62), tall)
    options = SheetOptions(width, height, title=False, grey=desk.document.grey)

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_sheet(paper, block.choropleth, options, Box(x, y, width, height))

    return Piece(height, draw, numbers=numbers, role="Figure", alt=bare(block.caption))


def _map_height(width: float) -> float:
    return 350.0 if width > WIDE else min(width * 1.55, 390.0)


def draw_map(paper: Paper, choropleth: Choropleth, box: Box, *, legend: bool = True) -> float:
    """Draw a map and its legend, beside where the box is wide, under it else; return the ordinate under."""
    beside = legend and box.w > WIDE
    below = 0.0 if beside or not legend else strip_height(choropleth, box.w)
    panel = min(PANEL, box.w * 0.3) if beside else 0.0
    frame = Box(box.x, box.y, box.w - (panel + 16 if beside else 0.0), box.h - below - (0 if beside else 6))
    fine = min(max(min(frame.w, frame.h) / 330, 0.62), 1.15)
    values = choropleth.mark is not Mark.SYMBOL
    named = len(choropleth.layer.codes) <= MOST_NAMED
    plan = Plan(choropleth, frame, names=named, values=values and named, context=beside, fine=fine)
    plan.draw(paper)
    if beside:
        paper.rect(frame, pen=Pen(LINE, 0.6))
        side = Box(frame.right + 16, box.y, panel, box.h)
        draw_panel(paper, choropleth, side, plan.radius_of_one, narrow=box.w < 600)
        return box.bottom
    if not legend:
        return frame.bottom
    return draw_strip(paper, choropleth, Box(box.x, frame.bottom + 6, box.w, below), plan.radius_of_one)


def map_numbers(choropleth: Choropleth) -> tuple[Printed, ...]:
    """Return the numbers a map prints, as the manifest keeps them when the caller gave no origin."""
    from app.domain.french import value_text
    from app.domain.indicator import Provenance
    from reports.kit.printed import LEVELS

    indicator, layer = choropleth.indicator, choropleth.layer
    origin = tuple(Provenance(source, "", "", "", None, None, "") for source in choropleth.sources)
    found = []
    rows = zip(layer.codes, layer.names, choropleth.numbers.tolist(), choropleth.states.tolist(), strict=True)
    for code, name, value, held in rows:
        state = ValueState(held)
        text = value_text(value if state.is_known else None, state, indicator.decimals)
        found.append(
            Printed(
                text=f"≈{THIN}{text}" if choropleth.estimated and state is ValueState.VALUE else text,
                number=value if state.is_known else None,
                state=state,
                indicator=indicator.code,
                label=indicator.label,
                level=LEVELS[layer.level],
                code=code,
                territory=name,
                year=choropleth.year,
                unit=indicator.unit,
                sources=origin,
                estimated=choropleth.estimated,
                fictitious=choropleth.fictitious,
            )
        )
    return tuple(found)

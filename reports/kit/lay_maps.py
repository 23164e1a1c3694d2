"""Maps to pieces: caption, map, legend, sources; as tall as the page on a landscape sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.french import THIN, value_text
from app.domain.indicator import Provenance, ValueState
from maps.canvas import LINE, TEXT3, Box, Face, Pen, wrap, write_lines
from maps.choropleth import Choropleth, Mark
from maps.draw import draw_sheet, is_fictitious, maps_of, source_words
from maps.grey import in_grey
from maps.key import draw_panel, draw_strip, note_lines, strip_height
from maps.options import SheetOptions
from maps.plan import Plan
from reports.kit.blocks import MapBlock
from reports.kit.blocks import Paper as Format
from reports.kit.captions import caption_pieces
from reports.kit.desk import Desk, Piece
from reports.kit.printed import LEVELS, Printed, bare
from reports.kit.prose import clean

if TYPE_CHECKING:
    from reports.kit.paper import Paper

WIDE = 420.0
"""Width from which the legend is beside the map."""
MOST_NAMED = 130
"""Territories beyond which a map has no name: they would cover it."""
PANEL = 150.0
"""Width of the legend beside a wide map."""
SMALL = Face(6.6, 400, TEXT3)
SMALL_LEAD = 8.4


def lay_map(block: MapBlock, width: float, desk: Desk) -> list[Piece]:
    """A map with caption, legend, classes, sources; as tall as the page on a landscape sheet."""
    maps = maps_of(block.choropleth)
    numbers = block.values or tuple(shown for one in maps for shown in map_numbers(one))
    mark = desk.notes.mark(numbers)
    caption = block.caption or block.choropleth.title
    fictitious = is_fictitious(block.choropleth)
    pieces = caption_pieces(block, caption, width, desk, fictitious=fictitious, mark=mark)
    above = desk.used if desk.paper is not Format.A4 else 0.0
    used = above + sum(piece.height + piece.before for piece in pieces)
    return [*pieces, map_piece(block, width, desk, used, numbers), Piece(4.0)]


def map_piece(block: MapBlock, width: float, desk: Desk, used: float, numbers: tuple[Printed, ...]) -> Piece:
    """Return the drawing of a map, legend and sources under it; used: height taken above on its page."""
    maps = maps_of(block.choropleth)
    if len(maps) > 1:
        return _several_piece(block, width, desk, used, numbers)
    choropleth = in_grey(maps[0]) if desk.document.grey else maps[0]
    lines = _foot_lines(block, choropleth, width)
    height = block.height or (desk.room - used - 6 if desk.paper is not Format.A4 else _map_height(width))
    height = min(height, desk.room - used - 6)

    def draw(paper: Paper, x: float, y: float) -> None:
        box = Box(x, y, width, height - SMALL_LEAD * len(lines) - 4)
        bottom = draw_map(paper, choropleth, box, legend=block.legend)
        write_lines(paper, lines, x, max(bottom, box.bottom - 2) + 8, SMALL, SMALL_LEAD)

    return Piece(height, draw, numbers=numbers, role="Figure", alt=bare(block.caption) or choropleth.title)


def _foot_lines(block: MapBlock, choropleth: Choropleth, width: float) -> list[str]:
    """Return the lines under a map: sentences of a legend that stands beside, note, sources."""
    beside = note_lines(choropleth) if width > WIDE and block.legend else []
    note = [clean(bare(block.note))] if block.note else []
    texts = [" ".join([*beside, *note]), source_words(choropleth)]
    return [line for text in texts if text for line in wrap(text, SMALL, width)]


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

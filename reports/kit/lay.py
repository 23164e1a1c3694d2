"""Blocks to pieces: one function a kind of block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from maps.canvas import INK
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    Callout,
    ChartBlock,
    Chips,
    Fields,
    Glossary,
    Heading,
    KeyNumbers,
    MapBlock,
    Missing,
    PageBreak,
    Paper,
    Paragraph,
    Section,
    Signatures,
    Space,
    Swot,
    Table,
)
from reports.kit.desk import Anchor, Desk, Draw, Piece
from reports.kit.lay_chips import lay_chips
from reports.kit.lay_figures import lay_chart, lay_key_numbers
from reports.kit.lay_maps import lay_map
from reports.kit.lay_table import lay_table
from reports.kit.lay_text import (
    lay_bullets,
    lay_callout,
    lay_fields,
    lay_heading,
    lay_missing,
    lay_paragraph,
    lay_signatures,
    lay_swot,
    lines_pieces,
)
from reports.kit.paper import Paper as Sheet
from reports.kit.printed import Run, inlines, numbers_in
from reports.kit.prose import TITLE, Style, clean, draw_lines, set_text, text_height

GAP = 20.0
MOST_USED = 0.45
"""Share of a page above a map beyond which it goes to a page of its own."""
GLOSSARY = Style(7.8, 11.0)


def lay_section(section: Section, rank: int, desk: Desk) -> list[Piece]:
    """Return the pieces of a chapter, its title first."""
    desk.section, desk.headings = section.number, 0
    if section.new_page:
        desk.paper = Paper.A4
    title = clean(f"{section.number}. {section.title}" if section.number else section.title)
    first = section.blocks[0] if section.blocks else None
    if isinstance(first, PageBreak):  # the page of another format bears the title
        desk.paper = first.paper
    lines = set_text(title, TITLE, desk.width, desk)
    height = text_height(lines, TITLE)
    anchor = Anchor(f"section{rank}", title, 0, in_contents=section.in_contents, running=title)

    def draw(paper: Sheet, x: float, y: float) -> None:
        draw_lines(paper, lines, x, y, TITLE)

    opening = Piece(height, draw, 22.0, glued=True, anchors=(anchor,), role="H1")
    desk.used = height + 5.0
    if section.new_page or isinstance(first, PageBreak):
        opening.paper = desk.paper
    blocks = section.blocks[1:] if isinstance(first, PageBreak) else section.blocks
    pieces = lay_blocks(blocks, desk)
    return [opening, Piece(5.0, None, glued=bool(pieces)), *pieces]


def lay_blocks(blocks: Iterable[Block], desk: Desk) -> list[Piece]:
    """Return the pieces of blocks in the width of the page, which page breaks may change."""
    pieces: list[Piece] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            desk.paper, desk.used = block.paper, 0.0
        made = lay_block(block, desk.width, desk)
        pieces += made
        desk.used += sum(piece.before + piece.height for piece in made)
        if desk.used > MOST_USED * desk.room:
            desk.used = 0.0
    return pieces


def lay_block(block: Block, width: float, desk: Desk) -> list[Piece]:
    """Return the pieces of one block in a width."""
    return LAYERS[type(block)](block, width, desk)


def lay_beside(block: Beside, width: float, desk: Desk) -> list[Piece]:
    """Two columns as one piece, or one after the other if they are taller than a page."""
    left_width = (width - GAP) * block.share
    headings = desk.headings
    columns = [
        [piece for one in block.left for piece in lay_block(one, left_width, desk)],
        [piece for one in block.right for piece in lay_block(one, width - GAP - left_width, desk)],
    ]
    _level_captions(columns)
    heights = [column_height(column) for column in columns]
    if max(heights) > desk.room:
        desk.headings = headings
        return [piece for one in (*block.left, *block.right) for piece in lay_block(one, width, desk)]
    draws = [column_draw(column) for column in columns]

    def draw(paper: Sheet, x: float, y: float) -> None:
        draws[0](paper, x, y)
        draws[1](paper, x + left_width + GAP, y)

    every = [piece for column in columns for piece in column]
    anchors = tuple(anchor for piece in every for anchor in piece.anchors)
    numbers = tuple(shown for piece in every for shown in piece.numbers)
    before = max((column[0].before for column in columns if column), default=0.0)
    return [Piece(max(heights), draw, before, anchors=anchors, numbers=numbers, role="Div")]


def _level_captions(columns: Sequence[Sequence[Piece]]) -> None:
    """Give the captions of two neighbours the same height, so that what they name is aligned."""
    first = [column[0] for column in columns if column and column[0].role == "Caption"]
    if len(first) == 2:
        first[0].height = first[1].height = max(piece.height for piece in first)


def column_height(pieces: Sequence[Piece]) -> float:
    """Return the height of pieces under one another, without space above the first."""
    height = sum(piece.before + piece.height for piece in pieces)
    return height - (pieces[0].before if pieces else 0.0)


def column_draw(pieces: Sequence[Piece]) -> Draw:
    """Return one drawing for pieces under one another."""

    def draw(paper: Sheet, x: float, y: float) -> None:
        at = y
        for rank, piece in enumerate(pieces):
            at += piece.before if rank else 0.0
            if piece.draw is not None:
                piece.draw(paper, x, at)
            at += piece.height

    return draw


def lay_glossary(block: Glossary, width: float, desk: Desk) -> list[Piece]:
    """Terms in two columns, read row by row so that pages can be cut anywhere."""
    half = (width - GAP) / 2
    cells: list[list[Piece]] = []
    for term, definition in block.terms:
        text = (Run(term, bold=True, colour=INK), "\u00a0\u00a0", *inlines(definition))
        lines = set_text(text, GLOSSARY, half, desk)
        cells.append(lines_pieces(lines, GLOSSARY, 0.0, tuple(numbers_in(text))))
    return [
        _pair(cells[rank], cells[rank + 1] if rank + 1 < len(cells) else [], half)
        for rank in range(0, len(cells), 2)
    ]


def _pair(left: Sequence[Piece], right: Sequence[Piece], half: float) -> Piece:
    draws = [column_draw(column) for column in (left, right)]
    height = max(column_height(left), column_height(right)) + 4

    def draw(paper: Sheet, x: float, y: float) -> None:
        draws[0](paper, x, y)
        draws[1](paper, x + half + GAP, y)

    return Piece(height, draw, numbers=tuple(n for piece in (*left, *right) for n in piece.numbers))


def _lay_break(block: PageBreak, width: float, desk: Desk) -> list[Piece]:
    del width, desk
    return [Piece(0.0, None, paper=block.paper)]


def _lay_space(block: Space, width: float, desk: Desk) -> list[Piece]:
    del width, desk
    return [Piece(block.height)]


LAYERS: dict[type, Callable[[Any, float, Desk], list[Piece]]] = {
    Beside: lay_beside,
    Bullets: lay_bullets,
    Callout: lay_callout,
    ChartBlock: lay_chart,
    Chips: lay_chips,
    Fields: lay_fields,
    Glossary: lay_glossary,
    Heading: lay_heading,
    KeyNumbers: lay_key_numbers,
    MapBlock: lay_map,
    Missing: lay_missing,
    PageBreak: _lay_break,
    Paragraph: lay_paragraph,
    Signatures: lay_signatures,
    Space: _lay_space,
    Swot: lay_swot,
    Table: lay_table,
}

"""The table of contents: laid before pages are known, its numbers written when they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maps.canvas import INK, TEXT, TEXT2, Box, Face, Pen
from reports.kit.desk import Anchor, Desk, Draw, Piece
from reports.kit.paper import Paper
from reports.kit.prose import TITLE, SetLine, Style, draw_lines, set_text, text_height

FIRST, SECOND = Style(9.4, 13.4, 600, hyphens=False), Style(8.4, 12.0, colour=TEXT2, hyphens=False)
DOTS = Pen("#C9C4B9", 0.7, (0.6, 3.0))
TITLE_WORDS = "Sommaire"


def lay_contents(pieces: Sequence[Piece], desk: Desk) -> list[Piece]:
    """Return the pieces of the table of contents of what follows."""
    entries = [anchor for piece in pieces for anchor in piece.anchors if anchor.in_contents]
    head = set_text(TITLE_WORDS, TITLE, desk.width, desk)
    anchor = Anchor("contents", TITLE_WORDS, 0, running=TITLE_WORDS)
    made = [
        Piece(
            TITLE.leading + 6,
            lambda paper, x, y: draw_lines(paper, head, x, y, TITLE),
            glued=True,
            anchors=(anchor,),
            role="H1",
        )
    ]
    for entry in entries:
        style = FIRST if entry.level == 0 else SECOND
        indent = 0.0 if entry.level == 0 else 16.0
        lines = set_text(entry.title, style, desk.width - indent - 40, desk)
        height = text_height(lines, style)
        before = 5.0 if entry.level == 0 else 0.0
        made.append(Piece(height + 1, _entry_draw(entry, lines, style, indent, desk), before, role="TOCI"))
    return made


def _entry_draw(entry: Anchor, lines: Sequence[SetLine], style: Style, indent: float, desk: Desk) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, lines, x + indent, y, style)
        page = str(desk.pages.get(entry.key, ""))
        face = Face(style.size, 600 if entry.level == 0 else 400, INK if entry.level == 0 else TEXT)
        height = text_height(lines, style)
        base = y + height - style.leading + (style.leading + style.size * 0.70) / 2
        right = x + desk.width
        paper.text(right, base, page, face, "end")
        start = x + indent + lines[-1].width + 6 if lines else x
        end = right - face.width(page) - 6
        if end - start > 8:
            paper.path([np.array([[start, base - 1], [end, base - 1]])], pen=DOTS, closed=False)
        paper.link(Box(x, y, desk.width, height), entry.key, entry.title)

    return draw

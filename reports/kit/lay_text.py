"""Texts to pieces: headings, paragraphs, lists, fields, callouts, what is missing, glossary, signatures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maps.canvas import INK, LINE, OCHRE, TEXT2, TEXT3, VIOLET, VIOLET_SOFT, Box, Pen
from maps.draw import draw_badge
from reports.kit.blocks import (
    Bullets,
    Callout,
    Fields,
    Heading,
    Missing,
    Paragraph,
    Signatures,
    Swot,
    Tone,
)
from reports.kit.desk import Anchor, Desk, Draw, Piece, heading_anchor
from reports.kit.paper import Paper
from reports.kit.printed import Printed, Ref, Run, Text, bare, inlines, numbers_in
from reports.kit.prose import (
    BODY,
    CELL,
    HEADING_2,
    HEADING_3,
    LEAD,
    SMALL,
    SetLine,
    Style,
    clean,
    draw_lines,
    set_text,
    text_height,
)
from reports.kit.signs import GREY_SOFT, INK_SOFT, OCHRE_SOFT, RED, RED_SOFT

INDENT = 12.0
TONES = {
    Tone.READING: ("Lecture", GREY_SOFT, TEXT2),
    Tone.NOTE: ("Note", GREY_SOFT, TEXT2),
    Tone.WARNING: ("Attention", OCHRE_SOFT, OCHRE),
    Tone.BLOCKING: ("Bloquant", RED_SOFT, RED),
    Tone.DECISION: ("Décision", INK_SOFT, INK),
    Tone.FICTITIOUS: ("Fictif", VIOLET_SOFT, VIOLET),
}


def lines_pieces(
    lines: Sequence[SetLine],
    style: Style,
    before: float,
    numbers: tuple[Printed, ...] = (),
    indent: float = 0.0,
) -> list[Piece]:
    """Return a piece a line; never one line alone at the foot or at the top of a page."""
    count = len(lines)
    pieces = []
    for rank, line in enumerate(lines):
        pieces.append(
            Piece(
                style.leading,
                _line_draw(line, style, indent),
                before if rank == 0 else 0.0,
                glued=rank < count - 1 and (rank == 0 or rank == count - 2),
                numbers=numbers if rank == 0 else (),
            )
        )
    return pieces


def _line_draw(line: SetLine, style: Style, indent: float = 0.0) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, [line], x + indent, y, style)

    return draw


def lay_heading(block: Heading, width: float, desk: Desk) -> list[Piece]:
    """A heading and its place in the outline; it keeps with what follows."""
    style = HEADING_2 if block.level <= 2 else HEADING_3
    text: Text = block.text
    if block.level <= 2 and block.numbered and desk.section:
        desk.headings += 1
        text = (f"{desk.section}.{desk.headings}\u00a0\u00a0", *inlines(block.text))
    lines = set_text(text, style, width - (40 if block.fictitious else 0), desk)
    desk.anchors += 1
    key = heading_anchor(block.key) if block.key else f"h{desk.anchors}"
    words = clean(bare(text)).replace("\u00a0\u00a0", " ")

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, lines, x, y, style)
        if block.fictitious:
            draw_badge(paper, x + lines[-1].width + 8, y + text_height(lines, style) - style.leading * 0.3)

    level = 1 if block.level <= 2 else 2
    anchor = Anchor(key, words, level, in_contents=block.level <= 2)
    return [
        Piece(
            text_height(lines, style),
            draw,
            before=14.0 if level == 1 else 9.0,
            glued=True,
            anchors=(anchor,),
            numbers=tuple(numbers_in(text)),
            role="H2" if level == 1 else "H3",
        ),
        Piece(2.0, None, glued=True),
    ]


def lay_paragraph(block: Paragraph, width: float, desk: Desk) -> list[Piece]:
    """Running text, a piece a line."""
    style = LEAD if block.lead else SMALL if block.small else BODY
    lines = set_text(block.text, style, width, desk)
    before = 3.0 if block.small else 6.0
    return lines_pieces(lines, style, before, tuple(numbers_in(block.text)))


def lay_bullets(block: Bullets, width: float, desk: Desk) -> list[Piece]:
    """A list; each item hangs after its dash or number."""
    pieces: list[Piece] = []
    for rank, item in enumerate(block.items, 1):
        sign = f"{rank}." if block.ordered else "–"
        indent = INDENT + (4 if block.ordered and len(block.items) > 9 else 0)
        lines = set_text(item, BODY, width - indent, desk)
        made = lines_pieces(lines, BODY, 4.0 if rank == 1 else 1.5, tuple(numbers_in(item)), indent)
        if made:
            made[0].draw = _bullet_draw(lines[0], set_text(Run(sign, colour=INK), BODY, 40, desk), indent)
            made[0].role = "LI"
        pieces += made
    return pieces


def _bullet_draw(line: SetLine, sign: Sequence[SetLine], indent: float) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, sign, x, y, BODY)
        draw_lines(paper, [line], x + indent, y, BODY)

    return draw


def lay_fields(block: Fields, width: float, desk: Desk) -> list[Piece]:
    """Names on the left, values on the right; several columns side by side."""
    columns = max(block.columns, 1)
    gap = 18.0
    room = (width - gap * (columns - 1)) / columns
    names = min(max((_name_width(name, desk) for name, _ in block.rows), default=0) + 10, room * 0.42)
    pieces: list[Piece] = []
    for start in range(0, len(block.rows), columns):
        row = block.rows[start : start + columns]
        cells = [_field(name, value, names, room - names, block.absent, desk) for name, value in row]
        height = max(h for h, _ in cells)
        numbers = tuple(n for _, value in row for n in numbers_in(value))
        draws = [draw for _, draw in cells]
        pieces.append(
            Piece(height + 3, _row_draw(draws, room + gap), 4.0 if not start else 0.0, numbers=numbers)
        )
    return pieces


def _name_width(name: str, desk: Desk) -> float:
    return sum(line.width for line in set_text(name, CELL, 1000, desk))


def _field(name: str, value: Text, names: float, room: float, absent: str, desk: Desk) -> tuple[float, Draw]:
    left = set_text(Run(name, colour=TEXT2), CELL, names - 6, desk)
    held = value if bare(value).strip() or _refers(value) else Run(absent, colour=TEXT3)
    right = set_text(held, CELL, room, desk)

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, left, x, y, CELL)
        draw_lines(paper, right, x + names, y, CELL)

    return max(text_height(left, CELL), text_height(right, CELL)), draw


def _refers(value: Text) -> bool:
    return any(isinstance(piece, Ref) for piece in inlines(value))


def _row_draw(draws: Sequence[Draw], step: float) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        for rank, one in enumerate(draws):
            one(paper, x + rank * step, y)

    return draw


def lay_callout(block: Callout, width: float, desk: Desk) -> list[Piece]:
    """A framed note; its word says the tone, a bar on the left is met in grey too."""
    word, ground, colour = TONES[block.tone]
    text: Text = (Run(f"{block.title or word}. ", bold=True, colour=colour), *inlines(block.text))
    style = Style(8.2, 12.0)
    lines = set_text(text, style, width - 24, desk)
    height = text_height(lines, style) + 14

    def draw(paper: Paper, x: float, y: float) -> None:
        paper.rect(Box(x, y, width, height), fill=ground, radius=4)
        if block.tone not in (Tone.READING, Tone.NOTE):
            paper.rect(Box(x, y, 2.6, height), fill=colour)
        draw_lines(paper, lines, x + 12, y + 7, style)

    return [Piece(height, draw, before=8.0, numbers=tuple(numbers_in(block.text))), Piece(2.0)]


def lay_missing(block: Missing, width: float, desk: Desk) -> list[Piece]:
    """One line with a dashed bar: what is not there, how to get it."""
    text = (Run("À compléter. ", bold=True, colour=TEXT2), f"{block.what} {block.how}".strip())
    lines = set_text(text, BODY, width - 14, desk)
    height = text_height(lines, BODY)

    def draw(paper: Paper, x: float, y: float) -> None:
        bar = np.array([[x + 2, y + 1], [x + 2, y + height - 1]])
        paper.path([bar], pen=Pen(TEXT3, 1.2, (2.0, 2.4)), closed=False)
        draw_lines(paper, lines, x + 12, y, BODY)

    return [Piece(height, draw, before=7.0)]


def lay_swot(block: Swot, width: float, desk: Desk) -> list[Piece]:
    """Four frames, two by two; each row of frames is one piece."""
    gap, half = 12.0, (width - 12.0) / 2
    rows = (
        (("Forces", block.strengths, "+"), ("Faiblesses", block.weaknesses, "−")),
        (("Opportunités", block.opportunities, "+"), ("Menaces", block.threats, "−")),
    )
    pieces: list[Piece] = []
    for rank, row in enumerate(rows):
        cells = [_swot_cell(title, items, sign, half, desk) for title, items, sign in row]
        height = max(h for h, _ in cells)
        numbers = tuple(n for _, items, _ in row for item in items for n in numbers_in(item))
        draw = _swot_draw(cells, height, half, gap)
        pieces.append(Piece(height, draw, 8.0, glued=rank == 0, numbers=numbers))
    return pieces


def _swot_cell(title: str, items: Sequence[Text], sign: str, width: float, desk: Desk) -> tuple[float, Draw]:
    style = Style(8.2, 11.8)
    held = items or (Run("Rien n’est noté.", colour=TEXT3),)
    colour = INK if sign == "+" else OCHRE
    head = set_text(
        (Run(f"{sign} ", bold=True, colour=colour), Run(title, bold=True)), Style(9, 13), width, desk
    )
    texts = [set_text(item, style, width - 30, desk) for item in held]
    height = 26 + sum(text_height(lines, style) + 2.5 for lines in texts)

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, head, x + 10, y + 6, Style(9, 13))
        at = y + 22
        for lines in texts:
            paper.rect(Box(x + 11, at + 5.2, 3.0, 3.0), fill=colour)
            draw_lines(paper, lines, x + 20, at, style)
            at += text_height(lines, style) + 2.5

    return height, draw


def _swot_draw(cells: Sequence[tuple[float, Draw]], height: float, half: float, gap: float) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        for rank, (_, one) in enumerate(cells):
            left = x + rank * (half + gap)
            ground, edge = (GREY_SOFT, LINE) if rank == 0 else ("#FFFFFF", "#C9C4B9")
            paper.rect(Box(left, y, half, height), fill=ground, pen=Pen(edge, 0.7), radius=4)
            one(paper, left, y)

    return draw


def lay_signatures(block: Signatures, width: float, desk: Desk) -> list[Piece]:
    """Frames two by two, with the name of who signs."""
    gap, half = 14.0, (width - 14.0) / 2
    pieces = []
    for start in range(0, len(block.names), 2):
        row = [set_text(name, CELL, half - 20, desk) for name in block.names[start : start + 2]]
        pieces.append(Piece(74.0, _frames_draw(row, half, gap), 8.0))
    return pieces


def _frames_draw(row: Sequence[Sequence[SetLine]], half: float, gap: float) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        for rank, lines in enumerate(row):
            left = x + rank * (half + gap)
            paper.rect(Box(left, y, half, 74.0), pen=Pen("#B9B4A9", 0.7), radius=3)
            draw_lines(paper, lines, left + 10, y + 6, CELL)

    return draw

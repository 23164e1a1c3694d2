"""Captions above, sources and reading notes under: numbered, marked, with the absences met and « fictif »."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.french import THIN
from app.domain.indicator import ValueState
from maps.canvas import INK
from maps.draw import draw_badge
from reports.kit.desk import Anchor, Desk, Piece
from reports.kit.paper import Paper
from reports.kit.printed import Printed, Run, Text, bare, inlines, numbers_in
from reports.kit.prose import CAPTION, SMALL, SetLine, clean, draw_lines, mark_atom, set_text, text_height

STATES = (
    (ValueState.NO_DATA, f"n.d.{THIN}: pas de donnée"),
    (ValueState.NOT_PUBLISHED, f"n.p.{THIN}: non publié"),
    (ValueState.MASKED, f"s{THIN}: masqué, secret statistique"),
)


def caption_pieces(
    block: object, caption: Text, width: float, desk: Desk, *, fictitious: bool = False, mark: int = 0
) -> list[Piece]:
    """Return the numbered caption, none for a block without number; it keeps with what follows."""
    number = desk.captions.of(block)
    if number is None or not caption:
        return [Piece(4.0, None, glued=True)] if number is None else []
    head = f"{number.kind}\u00a0{number.number}."
    text: Text = (Run(f"{head} ", bold=True, colour=INK), *inlines(caption))
    lines = set_text(text, CAPTION, width - (44 if fictitious else 8), desk)
    height = text_height(lines, CAPTION)
    title = clean(f"{head} {bare(caption)}")

    def draw(paper: Paper, x: float, y: float) -> None:
        draw_lines(paper, lines, x, y, CAPTION)
        top = y + height - CAPTION.leading
        end = x + lines[-1].width
        if mark:
            raised = mark_atom(mark, CAPTION.size)
            draw_lines(paper, [SetLine(((0.0, raised),), raised.width)], end + 0.8, top, CAPTION)
            end += raised.width + 1
        if fictitious:
            draw_badge(paper, end + 7, top + CAPTION.leading * 0.76, 6.2)

    anchor = Anchor(number.anchor, title, 2)
    numbers = tuple(numbers_in(caption))
    return [
        Piece(height, draw, 11.0, glued=True, anchors=(anchor,), numbers=numbers, role="Caption"),
        Piece(3.0, None, glued=True),
    ]


def foot_pieces(
    source: Text, note: Text, numbers: Sequence[Printed], width: float, desk: Desk
) -> list[Piece]:
    """Return the lines under a table or a figure: note, absences met, estimates, fictitious, source."""
    words = states_words(numbers)
    text: list[Text] = []
    if note:
        text.append(note)
    if words:
        text.append(words)
    if source:
        label = "" if bare(source).lower().startswith("source") else f"Source{THIN}: "
        text.append((label, *inlines(source)))
    if not text:
        return [Piece(4.0)]
    joined: list[object] = []
    for rank, part in enumerate(text):
        if rank:
            joined.append(" ")
        joined += inlines(part)
    lines = set_text(tuple(joined), SMALL, width, desk)  # type: ignore[arg-type]
    height = text_height(lines, SMALL)
    return [
        Piece(height, lambda paper, x, y: draw_lines(paper, lines, x, y, SMALL), 3.0,
              numbers=tuple(numbers_in(tuple(joined)))),  # type: ignore[arg-type]
        Piece(5.0),
    ]  # fmt: skip


def states_words(numbers: Sequence[Printed]) -> str:
    """Return the legend of the absences that are there, of estimates and of fictitious values."""
    found = [words for state, words in STATES if any(shown.state is state for shown in numbers)]
    if any(shown.estimated for shown in numbers):
        found.append(f"≈{THIN}: valeur estimée")
    if any(shown.fictitious for shown in numbers):
        found.append("souligné de tirets ou marqué «\u202ffictif\u202f»\u202f: valeur fictive")
    if not found:
        return ""
    text = f"{THIN}; ".join(found)
    return f"{text[:1].upper() if text.startswith('soul') else text[:1]}{text[1:]}."

"""Text cut into lines: French typography, hyphens, raised marks with their links; nothing is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import typographic
from maps.canvas import INK, TEXT, TEXT2, TEXT3, VIOLET, Box, Face, Pen
from reports.kit.hyphen import cuts
from reports.kit.printed import Printed, Ref, Run, Text, inlines

if TYPE_CHECKING:
    from reports.kit.desk import Desk
    from reports.kit.paper import Paper

RAISED = 0.64
"""Size of a raised mark, in the size of its text."""
RISE = 0.34
LOOSE = 0.09
"""Share of a line that may stay empty before a word is cut."""
SHORT_LAST = 0.16
"""Share of the width under which a last line of one word is set again with its neighbours."""
_UNWANTED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Style:
    """Look of a text: size and leading in points, weight, colour, hyphens or not."""

    size: float
    leading: float
    weight: int = 400
    colour: str = TEXT
    hyphens: bool = True
    number_weight: int = 0
    """Weight of traced numbers, 0 for that of the text."""


BODY = Style(8.7, 13.0)
LEAD = Style(9.4, 14.2, number_weight=700)
SMALL = Style(7.0, 9.6, colour=TEXT2)
CELL = Style(7.6, 10.2)
CELL_DENSE = Style(6.8, 8.8)
CAPTION = Style(8.4, 11.0, 600, hyphens=False)
TITLE = Style(20, 25, 800, INK, hyphens=False)
HEADING_2 = Style(11.6, 15, 600, hyphens=False)
HEADING_3 = Style(9.4, 13, 600, hyphens=False)


@dataclass(frozen=True, slots=True)
class Atom:
    """Letters of one look; link: anchor they lead to; mark: number of the note of a raised mark."""

    text: str
    face: Face
    rise: float = 0.0
    link: str = ""
    mark: int = 0
    dashed: bool = False

    @property
    def width(self) -> float:
        """Width in points."""
        return self.face.width(self.text)


Word = tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to be drawn: atoms with their abscissas, and its width."""

    atoms: tuple[tuple[float, Atom], ...]
    width: float


def clean(text: str) -> str:
    """Return a text fit for paper: no control sign, French spaces and apostrophes, line breaks kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return typographic(_UNWANTED.sub("", text))


def set_text(text: Text, style: Style, width: float, desk: Desk) -> list[SetLine]:
    """Return the lines of a text, no wider than width; its numbers get their marks."""
    lines: list[SetLine] = []
    for words in _paragraphs(text, style, desk):
        lines += _set_words(words, style, width) if words else [SetLine((), 0.0)]
    return lines


def text_height(lines: Sequence[SetLine], style: Style) -> float:
    """Return the height of lines in points."""
    return len(lines) * style.leading


def natural_width(text: Text, style: Style, desk: Desk) -> tuple[float, float]:
    """Return the width of a text on one line, and the least it can be set in without cutting a word."""
    space = Face(style.size, style.weight).width(" ")
    whole = least = 0.0
    for words in _paragraphs(text, style, desk, marking=False):
        widths = [sum(atom.width for atom in word) for word in words]
        whole = max(whole, sum(widths) + space * max(len(widths) - 1, 0))
        least = max([least, *widths])
    return whole, least


def draw_lines(
    paper: Paper,
    lines: Sequence[SetLine],
    x: float,
    y: float,
    style: Style,
    width: float = 0.0,
    align: str = "left",
) -> None:
    """Draw lines from the top y; width and align place them («\u202fright\u202f», «\u202fcentre\u202f»)."""
    base = y + (style.leading + style.size * 0.70) / 2
    for line in lines:
        shift = {"left": 0.0, "centre": (width - line.width) / 2, "right": width - line.width}[align]
        _draw_line(paper, line, x + shift, base)
        base += style.leading


def _draw_line(paper: Paper, line: SetLine, x: float, base: float) -> None:
    for at, atom in line.atoms:
        left = x + at
        paper.text(left, base - atom.rise, atom.text, atom.face)
        if atom.dashed:
            under = np.array([[left, base + 1.9], [left + atom.width, base + 1.9]])
            paper.path([under], pen=Pen(VIOLET, 0.7, (1.6, 1.2)), closed=False)
        height = atom.face.size
        area = Box(left - 0.5, base - atom.rise - height, atom.width + 1, height * 1.3)
        if atom.mark:
            paper.mark(area, atom.mark)
        elif atom.link:
            paper.link(area, atom.link, atom.text)


def _paragraphs(text: Text, style: Style, desk: Desk, *, marking: bool = True) -> list[list[Word]]:
    """Cut a text at line breaks, then at plain spaces; what touches stays together: a word, its mark."""
    paragraphs: list[list[list[Atom]]] = [[[]]]
    for atom in _atoms(text, style, desk, marking):
        for rank, row in enumerate(atom.text.split("\n")):
            if rank:
                paragraphs.append([[]])
            for place, piece in enumerate(row.split(" ")):
                if place:
                    paragraphs[-1].append([])
                if piece:
                    paragraphs[-1][-1].append(
                        Atom(piece, atom.face, atom.rise, atom.link, atom.mark, atom.dashed)
                    )
    return [[tuple(word) for word in words if word] for words in paragraphs]


def _atoms(text: Text, style: Style, desk: Desk, marking: bool) -> Iterator[Atom]:
    for piece in inlines(text):
        if isinstance(piece, str):
            yield Atom(clean(piece), Face(style.size, style.weight, style.colour))
        elif isinstance(piece, Printed):
            yield from _number_atoms(piece, style, desk, marking)
        elif isinstance(piece, Ref):
            words = clean(piece.words or desk.captions.words(piece.key))
            yield Atom(words, Face(style.size, style.weight, INK), link=desk.captions.anchor(piece.key))
        else:
            yield _run_atom(piece, style)


def _run_atom(run: Run, style: Style) -> Atom:
    weight = 700 if run.bold and style.weight < 700 else style.weight
    size = style.size * RAISED if run.raised else style.size
    face = Face(size, weight, run.colour or style.colour)
    return Atom(clean(run.text), face, style.size * RISE if run.raised else 0.0)


def _number_atoms(shown: Printed, style: Style, desk: Desk, marking: bool) -> Iterator[Atom]:
    colour = style.colour if shown.state.is_known else TEXT3
    weight = style.number_weight or style.weight
    yield Atom(clean(shown.text), Face(style.size, weight, colour), dashed=shown.fictitious)
    number = desk.notes.mark((shown,), counting=marking)
    if number:
        yield mark_atom(number, style.size)


def mark_atom(number: int, size: float) -> Atom:
    """Return a raised mark that leads to its line of the annex."""
    face = Face(max(size * RAISED, 4.6) if size < 14 else 8.0, 600, INK)
    return Atom(str(number), face, size * (RISE if size < 14 else 0.48), "", number)


def _set_words(words: Sequence[Word], style: Style, width: float) -> list[SetLine]:
    """Cut words into lines; a last word left alone is set again, in lines a little narrower."""
    lines = _broken(words, style, width)
    if len(lines) < 2 or len(lines[-1]) > 1 or len(lines[-2]) < 4:
        return [_placed(line, style) for line in lines]
    if sum(atom.width for atom in lines[-1][0]) > SHORT_LAST * width:
        return [_placed(line, style) for line in lines]
    for share in (0.97, 0.94, 0.90, 0.86):
        other = _broken(words, style, width * share)
        if len(other) == len(lines) and len(other[-1]) > 1:
            return [_placed(line, style) for line in other]
    return [_placed(line, style) for line in lines]


def _broken(words: Sequence[Word], style: Style, width: float) -> list[list[Word]]:
    space = Face(style.size, style.weight).width(" ")
    lines: list[list[Word]] = [[]]
    used, waiting, hyphens = 0.0, list(reversed(words)), 0
    while waiting:
        word = waiting.pop()
        needed = sum(atom.width for atom in word)
        start = used + _gap(lines[-1][-1], word, space) if lines[-1] else 0.0
        if start + needed <= width + 0.01:
            lines[-1].append(word)
            used = start + needed
            continue
        room = width - start
        cut = None
        if not lines[-1] or (style.hyphens and hyphens < 2 and room > LOOSE * width):
            cut = _cut(word, room, forced=not lines[-1])
        hyphens = hyphens + 1 if cut else 0
        if cut:
            lines[-1].append(cut[0])
            waiting.append(cut[1])
        elif lines[-1]:
            waiting.append(word)
        else:
            lines[-1].append(word)
        if waiting:
            lines.append([])
        used = 0.0
    return [line for line in lines if line]


def _cut(word: Word, room: float, *, forced: bool) -> tuple[Word, Word] | None:
    """Return a word in two, its beginning no wider than the room; forced: anywhere if it must be."""
    last = word[-1]
    rest = sum(atom.width for atom in word[:-1])
    if len(word) > 1 and not forced:
        return None
    for before, after in cuts(last.text):
        if not forced and after[:1].isupper():
            continue  # « Deux-Sèvres » stays whole
        if rest + last.face.width(before) <= room:
            return (*word[:-1], replace(last, text=before)), (replace(last, text=after),)
    if not forced:
        return None
    if len(word) > 1 and rest + last.width > room and word[0].width <= room:
        return word[:1], word[1:]
    place = max((n for n in range(1, len(last.text)) if last.face.width(last.text[:n]) <= room), default=0)
    if len(word) > 1 or place == 0:
        return None
    return (replace(last, text=last.text[:place]),), (replace(last, text=last.text[place:]),)


def _gap(before: Word, after: Word, space: float) -> float:
    """Return the space between two words: that of their face when they share it."""
    return before[-1].face.width(" ") if _alike(before[-1], after[0]) else space


def _placed(words: Sequence[Word], style: Style) -> SetLine:
    """Give its abscissa to each atom; neighbours of one look become one."""
    space = Face(style.size, style.weight).width(" ")
    placed: list[tuple[float, Atom]] = []
    x = 0.0
    for rank, word in enumerate(words):
        if rank:
            x += _gap(words[rank - 1], word, space)
        for place, atom in enumerate(word):
            if placed and _alike(placed[-1][1], atom):
                left, before = placed[-1]
                joint = " " if rank and place == 0 else ""
                placed[-1] = (left, replace(before, text=before.text + joint + atom.text))
            else:
                placed.append((x, atom))
            x += atom.width
    return SetLine(tuple(placed), x)


def _alike(one: Atom, other: Atom) -> bool:
    plain = not (one.link or other.link or one.dashed or other.dashed or one.mark or other.mark)
    return plain and one.face == other.face and one.rise == other.rise

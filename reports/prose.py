"""Running text with bold words and raised marks, set by our own canvas: nothing in it is ever markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maps.canvas import INK, TEXT, Canvas, Face

RAISED = 0.64
"""Size of a raised mark, in the size of its text."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; a mark is raised and in ink."""

    text: str
    bold: bool = False
    mark: bool = False


def marked(text: str, mark: str, *, bold: bool = False) -> list[Run]:
    """Return a text and its raised mark, which may be empty."""
    return [Run(text, bold), *([Run(mark, mark=True)] if mark else [])]


def draw_prose(
    canvas: Canvas, runs: Sequence[Run], x: float, y: float, width: float, size: float, leading: float
) -> float:
    """Write runs from base line y, cut at plain spaces; return the base line that would come next."""
    at = x
    for word in _words(runs):
        needed = sum(_face(run, size).width(run.text) for run in word)
        if at > x and at + needed > x + width:
            at, y = x, y + leading
        for run in word:
            face = _face(run, size)
            canvas.text(at, y - (size * 0.34 if run.mark else 0.0), run.text, face)
            at += face.width(run.text)
        at += Face(size).width(" ")
    return y + leading


def draw_marked(
    canvas: Canvas, x: float, y: float, text: str, mark: str, face: Face, anchor: str = "start"
) -> float:
    """Write a text and its raised mark, which hangs out of the alignment; return the right end."""
    width = face.width(text)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    canvas.text(left, y, text, face)
    if not mark:
        return left + width
    raised = Face(max(face.size * RAISED, 4.6) if face.size < 14 else 8.0, 600, INK)
    canvas.text(left + width + 0.6, y - face.size * (0.36 if face.size < 14 else 0.48), mark, raised)
    return left + width + 0.6 + raised.width(mark)


def _words(runs: Sequence[Run]) -> list[list[Run]]:
    """Cut runs at plain spaces; what touches stays together: a word, its mark, its comma."""
    words: list[list[Run]] = [[]]
    for run in runs:
        for rank, piece in enumerate(run.text.split(" ")):
            if rank:
                words.append([])
            if piece:
                words[-1].append(Run(piece, run.bold, run.mark))
    return [word for word in words if word]


def _face(run: Run, size: float) -> Face:
    if run.mark:
        return Face(size * RAISED, 600, INK)
    return Face(size, 700 if run.bold else 400, TEXT)

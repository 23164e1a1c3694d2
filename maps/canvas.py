"""What a drawing asks of its support, paper or SVG: paths, texts, clips; points from the top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

import resources

Ring = NDArray[np.float64]
"""Points of a line, shape (n, 2)."""

FONTS = {
    400: ("MaillageSans-Regular", "MaillageSans-Regular.ttf"),
    500: ("Inter-Medium", "Inter-Medium.ttf"),
    600: ("MaillageSans-SemiBold", "MaillageSans-SemiBold.ttf"),
    700: ("MaillageSans-Bold", "MaillageSans-Bold.ttf"),
    800: ("InterDisplay-SemiBold", "InterDisplay-SemiBold.ttf"),
}
"""Weight asked to font; 800 stands for the display cut. Weight 500 has no tabular digits: for names only."""
DISPLAY = 800

INK, TEXT, TEXT2, TEXT3 = "#17536B", "#1D2429", "#4E565C", "#656C72"
LINE, OCHRE, VIOLET, VIOLET_SOFT, INK_SOFT = "#E2DFD8", "#9A5200", "#654793", "#F0EAF7", "#E1EDF1"
WHITE, GROUND, BORDER, SELECTION = "#FFFFFF", "#F6F5F2", "#2A3A42", "#16222A"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Abscissa of the right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Ordinate of the lower side, which grows downwards."""
        return self.y + self.h

    def inset(self, margin: float) -> Box:
        """Return the box without a margin on each side."""
        return Box(self.x + margin, self.y + margin, self.w - 2 * margin, self.h - 2 * margin)


@dataclass(frozen=True, slots=True)
class Pen:
    """A stroke: colour, width in points, dashes, opacity."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Face:
    """A text style: size in points, weight, colour, halo of the ground, spacing between letters."""

    size: float
    weight: int = 400
    colour: str = TEXT
    halo: str | None = None
    halo_width: float = 2.2
    spacing: float = 0.0

    def width(self, text: str) -> float:
        """Return the width of the text in points."""
        return text_width(text, self.size, self.weight) + self.spacing * len(text)


class Canvas(Protocol):
    """A support of drawings. Ordinates grow downwards; colours are « #RRGGBB »."""

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Draw one shape made of rings (holes by the even-odd rule) or, not closed, of lines."""

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Write on the base line y; anchor: start, middle or end."""

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Draw a rectangle, with rounded corners if asked."""

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Draw circles alike."""

    def clip(self, rings: Sequence[Ring], /) -> AbstractContextManager[None]:
        """Keep only what falls in the rings until the block ends."""


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Give the embedded fonts to reportlab, once a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in FONTS.values():
        pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", file))))


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width of a text in points, as reportlab will set it."""
    return _width_of(text, weight) * size


@lru_cache(maxsize=20_000)
def _width_of(text: str, weight: int) -> float:
    """Width of a text at size 1: the same words come back at many sizes."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register_fonts()
    return float(stringWidth(text, FONTS[weight][0], 1))


def wrap(text: str, face: Face, width: float) -> list[str]:
    """Cut a text into lines no wider than `width`, at plain spaces only: no-break spaces hold."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and face.width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def fitted(text: str, face: Face, width: float) -> str:
    """Return the text, shortened with « … » if it is wider than `width`."""
    if face.width(text) <= width:
        return text
    while text and face.width(text.rstrip() + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def shrunk(text: str, face: Face, width: float, least: float = 4.4) -> Face:
    """Return the face made small enough for the text to be no wider than `width`, down to a size."""
    wide = face.width(text)
    return face if wide <= width else replace(face, size=max(face.size * width / wide, least))


def write_lines(
    canvas: Canvas, lines: Sequence[str], x: float, y: float, face: Face, leading: float
) -> float:
    """Write lines under one another from base line y; return the base line that would come next."""
    for line in lines:
        canvas.text(x, y, line, face)
        y += leading
    return y

"""The paper support: a reportlab canvas fed with ready-made operators, same drawing, same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np

from maps.canvas import FONTS, Box, Face, Pen, Ring, register_fonts

PRODUCER = "Maillage"


class PdfCanvas:
    """Canvas of one PDF document, page after page; sizes in points. `finish` gives the bytes."""

    def __init__(self, width: float, height: float, title: str, subject: str = "") -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas as ReportlabCanvas

        register_fonts()
        rl_config.useA85 = 0  # bytes as they are: a quarter smaller, and no slow encoding
        self.height = height
        self._buffer = BytesIO()
        self._sheet: Any = ReportlabCanvas(
            self._buffer,
            pagesize=(width, height),
            invariant=1,
            pageCompression=1,
            lang="fr-FR",
            initialFontName=FONTS[400][0],  # else a font that is not embedded is declared
        )
        self._sheet.setTitle(title)
        self._sheet.setAuthor(PRODUCER)
        self._sheet.setCreator(PRODUCER)
        self._sheet.setProducer(PRODUCER)
        self._sheet.setSubject(subject)
        self._sheet.setViewerPreference("DisplayDocTitle", "true")
        self._sheet.addLiteral("1 j 1 J")  # round joins and caps: borders without spikes

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Draw one shape; see `maps.canvas.Canvas`."""
        if len(rings) == 0 or (fill is None and pen is None):
            return
        with self._state(fill, pen):
            self._sheet.addLiteral(self._operators(rings, closed))
            self._sheet.addLiteral(_paint(fill, pen))

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Draw a rectangle; see `maps.canvas.Canvas`."""
        with self._state(fill, pen):
            bottom = self.height - box.bottom
            if radius:
                drawn = {"stroke": int(pen is not None), "fill": int(fill is not None)}
                self._sheet.roundRect(box.x, bottom, box.w, box.h, min(radius, box.w / 2, box.h / 2), **drawn)
            else:
                sides = f"{box.x:.2f} {bottom:.2f} {box.w:.2f} {box.h:.2f} re"
                self._sheet.addLiteral(f"{sides} {_paint(fill, pen)}")

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Draw circles; see `maps.canvas.Canvas`."""
        with self._state(fill, pen):
            drawn = {"stroke": int(pen is not None), "fill": int(fill is not None)}
            for (x, y), radius in zip(centres.tolist(), radii, strict=True):
                self._sheet.circle(x, self.height - y, radius, **drawn)

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Write a text; see `maps.canvas.Canvas`. The halo is an artifact: a reader meets the text once."""
        x -= face.width(text) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        if face.halo:
            self._sheet.saveState()
            self._sheet.addLiteral(f"{self._ink(face.halo)} RG {face.halo_width:.2f} w /Artifact BMC")
            self._string(x, y, text, face, mode=1)
            self._sheet.addLiteral("EMC")
            self._sheet.restoreState()
        self._sheet.addLiteral(f"{self._ink(face.colour)} rg")
        self._string(x, y, text, face, mode=0)

    @contextmanager
    def clip(self, rings: Sequence[Ring]) -> Iterator[None]:
        """Keep only what falls in the rings; see `maps.canvas.Canvas`."""
        self._sheet.saveState()
        self._sheet.addLiteral(self._operators(rings, closed=True) + " W* n")
        yield
        self._sheet.restoreState()

    def bookmark(self, title: str, key: str, level: int = 0, y: float = 0.0) -> None:
        """Add an entry to the outline of the document, leading to ordinate y of this page."""
        self._sheet.bookmarkHorizontal(key, 0, self.height - y)
        self._sheet.addOutlineEntry(title, key, level=level, closed=0)

    def next_page(self) -> None:
        """End this page and begin another."""
        self._sheet.showPage()
        self._sheet.addLiteral("1 j 1 J")

    def finish(self) -> bytes:
        """Return the whole document."""
        self._sheet.showPage()
        self._sheet.save()
        return self._buffer.getvalue()

    def _string(self, x: float, y: float, text: str, face: Face, mode: int) -> None:
        """Write letters by their operators: text objects of reportlab take twice the time and room."""
        from reportlab.pdfbase.pdfmetrics import getFont

        font, document = getFont(FONTS[face.weight][0]), self._sheet._doc
        parts = [f"BT {x:.2f} {self.height - y:.2f} Td", f"{mode} Tr" if mode else ""]
        parts.append(f"{face.spacing:.2f} Tc" if face.spacing else "")
        for subset, letters in font.splitString(text, document):
            name = font.getSubsetInternalName(subset, document)
            parts.append(f"{name} {face.size:.2f} Tf ({self._sheet._escape(letters)}) Tj")
        parts += ["0 Tc" if face.spacing else "", "0 Tr" if mode else "", "ET"]
        self._sheet.addLiteral(" ".join(filter(None, parts)))

    def _ink(self, code: str) -> str:
        """Operands of a colour; a paper in greys gives others."""
        return operands(code)

    @contextmanager
    def _state(self, fill: str | None, pen: Pen | None) -> Iterator[None]:
        special = pen is not None and (pen.dash or pen.opacity < 1.0)
        if special:
            self._sheet.saveState()
        if fill is not None:
            self._sheet.addLiteral(f"{self._ink(fill)} rg")
        if pen is not None:
            self._sheet.addLiteral(f"{self._ink(pen.colour)} RG {pen.width:.2f} w")
            if pen.dash:
                self._sheet.setDash(list(pen.dash))
            if pen.opacity < 1.0:
                self._sheet.setStrokeAlpha(pen.opacity)
        yield
        if special:
            self._sheet.restoreState()

    def _operators(self, rings: Sequence[Ring], closed: bool) -> str:
        end = " h" if closed else ""
        return "\n".join(_ring_operators(ring, self.height) + end for ring in rings)


def _ring_operators(ring: Ring, height: float) -> str:
    flipped = ring * (1.0, -1.0) + (0.0, height)
    points = "%.2f %.2f l " * len(flipped) % tuple(np.ravel(flipped).tolist())
    return points.replace(" l", " m", 1).rstrip()


def _paint(fill: str | None, pen: Pen | None) -> str:
    if fill is None:
        return "n" if pen is None else "S"
    return "f*" if pen is None else "B*"


@lru_cache(maxsize=256)
def operands(code: str) -> str:
    """Red, green and blue of « #RRGGBB », from 0 to 1, as operators take them."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))

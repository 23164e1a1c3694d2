"""The SVG support: plain XML with real texts and the names of the fonts, same drawing, same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.sax.saxutils import escape

from maps.canvas import DISPLAY, Box, Face, Pen, Ring

STYLE = (
    "text{font-family:Inter,'Segoe UI','Noto Sans',sans-serif;font-feature-settings:'tnum'}"
    ".d{font-family:'Inter Display',Inter,'Segoe UI','Noto Sans',sans-serif}"
)


class SvgCanvas:
    """Canvas of one SVG image; sizes in points. `finish` gives the bytes."""

    def __init__(self, width: float, height: float, title: str, description: str = "") -> None:
        self._clips = 0
        self._lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}pt" height="{_n(height)}pt" '
            f'viewBox="0 0 {_n(width)} {_n(height)}" xml:lang="fr" lang="fr" role="img" '
            'aria-labelledby="title description" stroke-linejoin="round" stroke-linecap="round">',
            f'<title id="title">{_plain(title)}</title>',
            f'<desc id="description">{_plain(description)}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect width="{_n(width)}" height="{_n(height)}" fill="#FFFFFF"/>',
        ]

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Draw one shape; see `maps.canvas.Canvas`."""
        if len(rings) and (fill or pen):
            self._lines.append(
                f'<path d="{_path_data(rings, closed)}" fill-rule="evenodd"{_look(fill, pen)}/>'
            )

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Write a text; see `maps.canvas.Canvas`."""
        display = ' class="d"' if face.weight == DISPLAY else ""
        weight = 600 if face.weight == DISPLAY else face.weight
        halo = (
            f' stroke="{face.halo}" stroke-width="{_n(face.halo_width)}" paint-order="stroke"'
            if face.halo
            else ""
        )
        spacing = f' letter-spacing="{_n(face.spacing)}"' if face.spacing else ""
        self._lines.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(face.size)}" font-weight="{weight}" '
            f'fill="{face.colour}" text-anchor="{anchor}"{display}{halo}{spacing}>{_plain(text)}</text>'
        )

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Draw a rectangle; see `maps.canvas.Canvas`."""
        corner = f' rx="{_n(radius)}"' if radius else ""
        self._lines.append(
            f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.w)}" height="{_n(box.h)}"'
            f"{corner}{_look(fill, pen)}/>"
        )

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Draw circles; see `maps.canvas.Canvas`."""
        look = _look(fill, pen)
        for (x, y), radius in zip(centres.tolist(), radii, strict=True):
            self._lines.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{look}/>')

    @contextmanager
    def clip(self, rings: Sequence[Ring]) -> Iterator[None]:
        """Keep only what falls in the rings; see `maps.canvas.Canvas`."""
        self._clips += 1
        name = f"clip{self._clips}"
        shape = f'<path d="{_path_data(rings, closed=True)}" clip-rule="evenodd"/>'
        self._lines.append(f'<clipPath id="{name}">{shape}</clipPath><g clip-path="url(#{name})">')
        yield
        self._lines.append("</g>")

    def finish(self) -> bytes:
        """Return the whole image, UTF-8."""
        return "\n".join([*self._lines, "</svg>", ""]).encode("utf-8")


def _plain(text: str) -> str:
    return escape("".join(sign for sign in text if sign >= " "))  # control signs are not allowed in XML


def _path_data(rings: Sequence[Ring], closed: bool) -> str:
    end = "Z" if closed else ""
    return "".join(
        "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring.tolist()) + end for ring in rings
    )  # fmt: skip


def _look(fill: str | None, pen: Pen | None) -> str:
    look = f' fill="{fill or "none"}"'
    if pen is None:
        return look
    look += f' stroke="{pen.colour}" stroke-width="{_n(pen.width)}"'
    if pen.dash:
        look += f' stroke-dasharray="{" ".join(_n(d) for d in pen.dash)}"'
    return look + (f' stroke-opacity="{_n(pen.opacity)}"' if pen.opacity < 1.0 else "")


def _n(x: float) -> str:
    text = f"{x:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

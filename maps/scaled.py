"""A support drawn larger or smaller: what is laid out in small fills a large sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from maps.canvas import Box, Canvas, Face, Pen, Ring


class ScaledCanvas:
    """Canvas where every length is multiplied; see `maps.canvas.Canvas`."""

    def __init__(self, canvas: Canvas, factor: float) -> None:
        self._canvas = canvas
        self._factor = factor

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Draw one shape, scaled."""
        self._canvas.path(
            [ring * self._factor for ring in rings], fill=fill, pen=self._pen(pen), closed=closed
        )

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Write a text, scaled."""
        k = self._factor
        large = replace(face, size=face.size * k, halo_width=face.halo_width * k, spacing=face.spacing * k)
        self._canvas.text(x * k, y * k, text, large, anchor)

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Draw a rectangle, scaled."""
        k = self._factor
        large = Box(box.x * k, box.y * k, box.w * k, box.h * k)
        self._canvas.rect(large, fill=fill, pen=self._pen(pen), radius=radius * k)

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Draw circles, scaled."""
        k = self._factor
        self._canvas.circles(centres * k, [radius * k for radius in radii], fill=fill, pen=self._pen(pen))

    @contextmanager
    def clip(self, rings: Sequence[Ring]) -> Iterator[None]:
        """Clip to rings, scaled."""
        with self._canvas.clip([ring * self._factor for ring in rings]):
            yield

    def _pen(self, pen: Pen | None) -> Pen | None:
        if pen is None:
            return None
        k = self._factor
        return replace(pen, width=pen.width * k, dash=tuple(d * k for d in pen.dash))

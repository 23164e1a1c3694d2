"""A support that draws nothing, to measure what a drawing would take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from maps.canvas import Box, Face, Pen, Ring


class NothingCanvas:
    """Canvas that forgets everything; see `maps.canvas.Canvas`."""

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Forget a shape."""

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Forget a text."""

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Forget a rectangle."""

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Forget circles."""

    @contextmanager
    def clip(self, _rings: Sequence[Ring]) -> Iterator[None]:
        """Clip nothing."""
        yield

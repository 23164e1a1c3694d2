"""Levels of detail of one layer, by powers of two, built when a scale asks for them and kept."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING

from ui.widgets.map_shapes import Lines, Shapes, borders, simplify

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

HALF_PIXEL = 0.5


class Detail:
    """Outlines of a layer whose error stays under half a pixel at the scale asked; safe between threads."""

    def __init__(self, polygons: NDArray[Any]) -> None:
        self._polygons = polygons
        self._lock = threading.Lock()
        self._shapes: dict[float, Shapes] = {}
        self._lines: dict[float, Lines] = {}

    def at(self, scale: float) -> Shapes:
        """Outlines for a scale in device pixels per metre."""
        tolerance = tolerance_at(scale)
        with self._lock:
            known = self._shapes.get(tolerance)
            if known is None:
                known = self._shapes[tolerance] = simplify(self._polygons, tolerance)
            return known

    def lines_at(self, scale: float) -> Lines:
        """Borders for a scale, a shared border being there once."""
        tolerance, shapes = tolerance_at(scale), self.at(scale)
        with self._lock:
            known = self._lines.get(tolerance)
            if known is None:
                known = self._lines[tolerance] = borders(shapes)
            return known


def tolerance_at(scale: float) -> float:
    """Largest power of two of metres under half a pixel; 0, full detail, under two metres."""
    metres = HALF_PIXEL / scale
    return 0.0 if metres < 2 else 2.0 ** math.floor(math.log2(metres))

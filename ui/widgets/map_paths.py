"""From flat arrays to the polygons and paths of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPolygonF

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from ui.widgets.map_frame import Frame
    from ui.widgets.map_shapes import Lines, Shapes


def polygon(points: NDArray[np.float64]) -> QPolygonF:
    """Copy points, shape (m, 2), to Qt in one move."""
    made = QPolygonF()
    size = len(points)
    if not size:
        return made
    made.resize(size)
    memory = cast(Any, shiboken6.VoidPtr)(cast(Any, made).data(), size * 16, True)
    np.frombuffer(memory, dtype=np.float64)[:] = points.ravel()
    return made


def to_pixels(coords: NDArray[np.float64], frame: Frame) -> NDArray[np.float64]:
    """Pixels of points in metres, shape (m, 2)."""
    pixels = np.empty_like(coords)
    pixels[:, 0] = (coords[:, 0] - frame.x) * frame.scale + frame.width / 2
    pixels[:, 1] = (frame.y - coords[:, 1]) * frame.scale + frame.height / 2
    return pixels


def draw_lines(painter: QPainter, lines: Lines, frame: Frame) -> None:
    """Stroke the visible polylines one by one: one path that holds them all is a hundred times slower."""
    seen = lines.visible(frame.bounds)
    if not len(seen):
        return
    starts, ends = lines.starts[seen], lines.starts[seen + 1]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        painter.drawPolyline(polygon(to_pixels(lines.coords[start:end], frame)))


class PathSet:
    """One path per polygon, in metres, built when first asked and kept."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self._paths: dict[int, QPainterPath] = {}
        self._first = np.searchsorted(shapes.owner, np.arange(shapes.count + 1))

    def path(self, number: int) -> QPainterPath:
        """Path of a polygon in metres; holes follow the even-odd rule."""
        made = self._paths.get(number)
        if made is None:
            made = self._paths[number] = self._build(number)
        return made

    def _build(self, number: int) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in range(int(self._first[number]), int(self._first[number + 1])):
            start, end = self.shapes.starts[ring], self.shapes.starts[ring + 1]
            path.addPolygon(polygon(self.shapes.coords[start:end]))
            path.closeSubpath()
        return path

"""What a printed map draws with, on a QPainter: the same signs, hatches and squares on screen and paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.widgets.map_paths import polygon

if TYPE_CHECKING:
    from maps.canvas import Box, Face, Pen, Ring


class PainterCanvas:
    """Canvas of `maps.canvas` whose points are pixels of a painter.

    swap: colours of paper and what replaces them on this screen.
    """

    def __init__(self, painter: QPainter, font: QFont, swap: Mapping[str, str] | None = None) -> None:
        self._painter = painter
        self._font = font
        self._swap = dict(swap or {})

    def path(
        self, rings: Sequence[Ring], *, fill: str | None = None, pen: Pen | None = None, closed: bool = True
    ) -> None:
        """Draw one shape made of rings, or lines one by one: a single path of many is much slower."""
        if fill is not None:
            self._painter.fillPath(_path_of(rings), self._colour(fill))
        if pen is None:
            return
        self._painter.setPen(self._pen(pen, closed))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in rings:
            if closed:
                self._painter.drawPolygon(polygon(ring))
            else:
                self._painter.drawPolyline(polygon(ring))

    def text(self, x: float, y: float, text: str, face: Face, anchor: str = "start") -> None:
        """Write on the base line y, with the halo of the face."""
        font = QFont(self._font)
        font.setPixelSize(max(round(face.size), 1))
        font.setWeight(QFont.Weight(min(face.weight, 700)))
        width = QFontMetricsF(font).horizontalAdvance(text)
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addText(left, y, font, text)
        if face.halo is not None:
            pen = QPen(self._colour(face.halo), face.halo_width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.strokePath(path, pen)
        self._painter.fillPath(path, self._colour(face.colour))

    def rect(self, box: Box, *, fill: str | None = None, pen: Pen | None = None, radius: float = 0.0) -> None:
        """Draw a rectangle."""
        self._dress(fill, pen)
        self._painter.drawRoundedRect(QRectF(box.x, box.y, box.w, box.h), radius, radius)

    def circles(
        self, centres: Ring, radii: Sequence[float], *, fill: str | None = None, pen: Pen | None = None
    ) -> None:
        """Draw circles alike."""
        self._dress(fill, pen)
        for (x, y), radius in zip(centres.tolist(), radii, strict=True):
            self._painter.drawEllipse(QPointF(x, y), radius, radius)

    @contextmanager
    def clip(self, rings: Sequence[Ring]) -> Iterator[None]:
        """Keep only what falls in the rings."""
        self._painter.save()
        self._painter.setClipPath(_path_of(rings), Qt.ClipOperation.IntersectClip)
        try:
            yield
        finally:
            self._painter.restore()

    def _dress(self, fill: str | None, pen: Pen | None) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen if pen is None else self._pen(pen, closed=True))
        self._painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else self._colour(fill))

    def _colour(self, colour: str, opacity: float = 1.0) -> QColor:
        made = QColor(self._swap.get(colour, colour))
        made.setAlphaF(opacity)
        return made

    def _pen(self, pen: Pen, closed: bool) -> QPen:
        made = QPen(self._colour(pen.colour, pen.opacity), pen.width)
        made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        made.setCapStyle(Qt.PenCapStyle.FlatCap if pen.dash or closed else Qt.PenCapStyle.RoundCap)
        if pen.dash:
            made.setDashPattern([max(length / pen.width, 0.1) for length in pen.dash])
        return made


def _path_of(rings: Sequence[Ring]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(polygon(ring))
        path.closeSubpath()
    return path

"""A small map of the EPCI, without words: it opens the real one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from maps.choropleth import Choropleth
    from ui.theme import Theme

DETAIL_PX = 400.0


@dataclass(frozen=True)
class MiniShape:
    """One territory: its rings, shape (n, 2) in metres, and its class (-1 without value)."""

    code: str
    rings: tuple[NDArray[np.float64], ...]
    class_number: int


@dataclass(frozen=True)
class MiniMap:
    """Shapes ready to draw, with both palettes, low to high."""

    shapes: tuple[MiniShape, ...]
    light: tuple[str, ...]
    dark: tuple[str, ...]

    def colours(self, dark: bool) -> dict[str, str]:
        """Colour of each territory that has a class."""
        palette = self.dark if dark else self.light
        return {s.code: palette[s.class_number] for s in self.shapes if s.class_number >= 0}


def mini_map(choropleth: Choropleth, palette: str = "lagune") -> MiniMap:
    """Return simplified shapes of a map; heavy: call it away from the screen."""
    import shapely

    from maps.palettes import palette as palette_of

    polygons = choropleth.layer.polygons
    bounds = shapely.total_bounds(polygons)
    tolerance = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / DETAIL_PX
    simple = shapely.coverage_simplify(polygons, tolerance)
    shapes = tuple(
        MiniShape(code, _rings(polygon), int(number))
        for code, polygon, number in zip(choropleth.layer.codes, simple, choropleth.class_of, strict=True)
    )
    count = len(choropleth.palette)
    return MiniMap(shapes, tuple(choropleth.palette), palette_of(palette, count, dark=True))


def _rings(polygon: object) -> tuple[NDArray[np.float64], ...]:
    import shapely

    parts = shapely.get_parts(polygon)
    return tuple(shapely.get_coordinates(shapely.get_exterior_ring(part)) for part in parts)


class MiniMapView(QWidget):
    """Draws a MiniMap fitted in its box; click or Entrée asks for the real map."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._map: MiniMap | None = None
        self._paths: list[tuple[QPainterPath, int]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Carte des EPCI, ouvrir la carte")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A small portrait."""
        return QSize(self._theme.px(140), self._theme.px(180))

    def show_map(self, shown: MiniMap | None) -> None:
        """Draw another map, or none."""
        self._map = shown
        self._paths = [(_path(shape.rings), shape.class_number) for shape in shown.shapes] if shown else []
        self.setVisible(bool(self._paths))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw territories, then their limits."""
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._fit())
        palette = self._map.dark if self._theme.dark else self._map.light
        limit = QPen(self._theme.token("carte_epci"), 1.4)
        limit.setCosmetic(True)
        painter.setPen(limit)
        for path, number in self._paths:
            painter.setBrush(self._brush(palette, number))
            painter.drawPath(path)

    def _brush(self, palette: Sequence[str], number: int) -> QBrush:
        if number >= 0:
            return QBrush(QColor(palette[number]))
        brush = QBrush(self._theme.token("hachure"), Qt.BrushStyle.BDiagPattern)
        brush.setTransform(self._fit().inverted()[0])
        return brush

    def _fit(self) -> QTransform:
        box = QRectF()
        for path, _ in self._paths:
            box = box.united(path.boundingRect())
        scale = min((self.width() - 4) / box.width(), (self.height() - 4) / box.height())
        transform = QTransform()
        transform.translate(self.width() / 2, self.height() / 2)
        transform.scale(scale, -scale)
        transform.translate(-box.center().x(), -box.center().y())
        return transform

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Ask for the real map."""
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée and Espace ask for the real map."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)


def _path(rings: tuple[NDArray[np.float64], ...]) -> QPainterPath:
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
    return path

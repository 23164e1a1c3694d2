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

    from maps.choropleth import Choropleth, OutlineLayer
    from ui.theme import Theme

DETAIL_PX = 400.0
COARSEST_M = 500.0
GAP = 6


@dataclass(frozen=True)
class MiniShape:
    """One territory: its rings, shape (n, 2) in metres, and its class (-1 without value)."""

    code: str
    rings: tuple[NDArray[np.float64], ...]
    class_number: int
    group: str = ""
    """Shapes of different groups are drawn apart, at the same scale."""


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


def mini_map(choropleth: Choropleth, groups: Sequence[str], palette: str = "lagune") -> MiniMap:
    """Return simplified shapes of a map; heavy: call it away from the screen.

    groups: one name for each territory of the layer; groups far apart are drawn one under the other.
    """
    from maps.palettes import palette as palette_of

    numbers = [int(number) for number in choropleth.class_of]
    shapes = simple_shapes(choropleth.layer, numbers, groups)
    count = len(choropleth.palette)
    return MiniMap(shapes, tuple(choropleth.palette), palette_of(palette, count, dark=True))


def simple_shapes(
    layer: OutlineLayer, classes: Sequence[int], groups: Sequence[str]
) -> tuple[MiniShape, ...]:
    """Return the simplified outlines of a layer, each with its class and its group; heavy."""
    import shapely

    bounds = shapely.total_bounds(layer.polygons)
    tolerance = min(max(bounds[2] - bounds[0], bounds[3] - bounds[1]) / DETAIL_PX, COARSEST_M)
    simple = shapely.coverage_simplify(layer.polygons, tolerance)
    return tuple(
        MiniShape(code, _rings(polygon), number, group)
        for code, polygon, number, group in zip(layer.codes, simple, classes, groups, strict=True)
    )


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
        self._groups: list[list[tuple[QPainterPath, int]]] = []
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
        self._groups = _grouped(shown.shapes) if shown else []
        self.setVisible(bool(self._groups))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw territories, then their limits."""
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._map.dark if self._theme.dark else self._map.light
        limit = QPen(self._theme.token("surface"), 1.4)
        limit.setCosmetic(True)
        painter.setPen(limit)
        for group, transform in zip(self._groups, self._fits(), strict=True):
            painter.setTransform(transform)
            for path, number in group:
                painter.setBrush(self._brush(palette, number, transform))
                painter.drawPath(path)

    def _brush(self, palette: Sequence[str], number: int, transform: QTransform) -> QBrush:
        if number >= 0:
            return QBrush(QColor(palette[number]))
        brush = QBrush(self._theme.token("hachure"), Qt.BrushStyle.BDiagPattern)
        brush.setTransform(transform.inverted()[0])
        return brush

    def _fits(self) -> list[QTransform]:
        """One transform for each group, all at the same scale, one under the other."""
        boxes = [box_of(group) for group in self._groups]
        tall = sum(box.height() for box in boxes)
        room = self.height() - 4 - GAP * (len(boxes) - 1)
        scale = min((self.width() - 4) / max(box.width() for box in boxes), room / tall)
        top = (room + 4 - scale * tall) / 2
        fits = []
        for box in boxes:
            transform = QTransform()
            transform.translate(self.width() / 2, top + scale * box.height() / 2)
            transform.scale(scale, -scale)
            transform.translate(-box.center().x(), -box.center().y())
            fits.append(transform)
            top += scale * box.height() + GAP
        return fits

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


def _grouped(shapes: Sequence[MiniShape]) -> list[list[tuple[QPainterPath, int]]]:
    groups: dict[str, list[tuple[QPainterPath, int]]] = {}
    for shape in shapes:
        groups.setdefault(shape.group, []).append((_path(shape.rings), shape.class_number))
    return list(groups.values())


def box_of(group: Sequence[tuple[QPainterPath, int]]) -> QRectF:
    """Return the box of a group of shapes."""
    box = QRectF()
    for path, _ in group:
        box = box.united(path.boundingRect())
    return box

"""The shape of a kind of service, as on the map, beside its name."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from ui.theme import Theme

RADIUS = 5.0
SIDE = 18


def polygon(shape: str, x: float, y: float, radius: float) -> QPolygonF:
    """Outline of a shape around a point, pixels."""
    from maps.glyphs import glyph

    return QPolygonF([QPointF(px, py) for px, py in glyph(shape, x, y, radius).tolist()])


def draw_shape(
    painter: QPainter,
    shape: str,
    place: QPointF,
    radius: float,
    ink: QColor,
    ground: QColor,
    *,
    hollow: bool = False,
) -> None:
    """Draw a shape in its casing; hollow: the place is not exact. « _ring » shapes have a dot inside."""
    outline = polygon(shape, place.x(), place.y(), radius)
    ring = shape.endswith("_ring")
    painter.setPen(
        QPen(ground, radius * 0.55, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(ground)
    painter.drawPolygon(outline)
    painter.setPen(QPen(ink, max(radius * 0.26, 1.2)))
    painter.setBrush(ground if hollow or ring else ink)
    painter.drawPolygon(outline)
    if ring:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(place, radius * 0.3, radius * 0.3)


def shape_icon(theme: Theme, shape: str, ratio: float = 2.0) -> QIcon:
    """Picture of a shape in the colours of the theme."""
    side = theme.px(SIDE)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    clear = QColor(theme.token("surface"))
    draw_shape(painter, shape, middle, theme.px(RADIUS), theme.token("texte"), clear)
    painter.end()
    return QIcon(picture)

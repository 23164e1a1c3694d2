"""What is written over the data: circles, names, values, neighbours, scale bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from app.domain.french import NBSP, number
from ui.widgets.map_engine import blank
from ui.widgets.map_labels import (
    LabelFonts,
    choose_labels,
    circles,
    draw_circles,
    quantities,
)
from ui.widgets.map_overlay import Spot, draw_overlay, draw_signs, has_overlay
from ui.widgets.map_style import Colours, style
from ui.widgets.map_writing import draw_labels

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.widgets.map_canvas import Layers
    from ui.widgets.map_frame import Frame
    from ui.widgets.map_style import MapStyle

SCALE_WIDTH = 110
SCALE_MARGIN = 22
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Look:
    """What to show on prepared outlines: values, colour of each territory, theme, base font, texts."""

    choropleth: Choropleth
    colours: Colours
    dark: bool
    font: QFont
    labels: bool
    neighbours: bool


@dataclass(frozen=True, slots=True)
class Decor:
    """Everything over the colours, and the signs that can be pointed at.

    under: zones and flags, under the selection; image: circles, signs and names, over it.
    """

    image: QImage
    under: QImage | None = None
    spots: tuple[Spot, ...] = ()


def draw_decor(layers: Layers, shown: Look) -> Decor:
    """Image of layers, circles and texts of a canvas; the names take the zoom of the base font."""
    frame, pixel, look = layers.wish.frame, layers.wish.pixel, style(shown.dark)
    image = blank(frame)
    choropleth, colours = shown.choropleth, shown.colours
    fonts = LabelFonts.of(shown.font, pixel * zoom_of(shown.font))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    if shown.neighbours:
        _neighbours(painter, layers, fonts, look)
    plan, under = None, None
    if has_overlay(choropleth):
        under = blank(frame)
        over = QPainter(under)
        over.setRenderHint(QPainter.RenderHint.Antialiasing)
        plan = draw_overlay(over, choropleth, frame, colours, shown.dark, pixel)
        over.end()
    draw_circles(painter, choropleth, frame, look, pixel)
    spots: tuple[Spot, ...] = ()
    if plan is not None:
        spots = draw_signs(painter, plan, shown.font, _discs(choropleth, frame, pixel))
    if shown.labels:
        boxes = layers.prepared.shapes.bounds
        chosen = choose_labels(choropleth, colours, boxes, frame, fonts, look, pixel, spots)
        draw_labels(painter, chosen, fonts, pixel)
    painter.end()
    return Decor(image, under, spots)


def _discs(choropleth: Choropleth, frame: Frame, pixel: float) -> list[tuple[float, float, float]]:
    """The circles that signs must leave: x, y and radius in pixels."""
    _, xy = quantities(choropleth)
    radius = circles(choropleth, frame, pixel)
    places = (frame.to_pixel(x, y) for x, y in xy.tolist())
    return [(x, y, size) for (x, y), size in zip(places, radius.tolist(), strict=True) if size > 0]


def zoom_of(font: QFont) -> float:
    """Font zoom of the window: the base text is 13 pixels high at 100 %."""
    return font.pixelSize() / 13 if font.pixelSize() > 0 else 1.0


def _neighbours(painter: QPainter, layers: Layers, fonts: LabelFonts, look: MapStyle) -> None:
    painter.setFont(fonts.neighbour)
    painter.setPen(QColor(look.neighbour_text))
    metrics = QFontMetricsF(fonts.neighbour)
    for name, x, y, room in layers.neighbours:
        text = name.upper()
        if metrics.horizontalAdvance(text) > room:
            continue
        px, py = layers.wish.frame.to_pixel(x, y)
        painter.drawText(QPointF(px - metrics.horizontalAdvance(text) / 2, py), text)


def scale_length(scale: float, widest: float) -> float:
    """Longest round distance, metres, that takes no more than widest pixels at a scale."""
    best, unit = 1.0, 1.0
    while unit * scale <= widest:
        for step in STEPS:
            if unit * step * scale <= widest:
                best = unit * step
        unit *= 10
    return best


def scale_text(metres: float) -> str:
    """« 20 km », « 500 m »."""
    return f"{number(metres / 1000)}{NBSP}km" if metres >= 1000 else f"{number(metres)}{NBSP}m"


def draw_scale(painter: QPainter, frame: Frame, base: QFont, look: MapStyle, pixel: float) -> None:
    """Scale bar at the bottom right of the window."""
    metres = scale_length(frame.scale, SCALE_WIDTH * pixel)
    length = metres * frame.scale
    right, bottom = frame.width - SCALE_MARGIN * pixel, frame.height - SCALE_MARGIN * pixel
    font = QFont(base)
    font.setPixelSize(max(round(11 * zoom_of(base) * pixel), 1))
    painter.setFont(font)
    painter.setPen(QPen(QColor(look.text), 1.4 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    left, tick = right - length, 4 * pixel
    painter.drawPolyline(
        [
            QPointF(left, bottom - tick),
            QPointF(left, bottom),
            QPointF(right, bottom),
            QPointF(right, bottom - tick),
        ]
    )
    text = scale_text(metres)
    width = QFontMetricsF(font).horizontalAdvance(text)
    painter.drawText(QPointF((left + right - width) / 2, bottom - 7 * pixel), text)

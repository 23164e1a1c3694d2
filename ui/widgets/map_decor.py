"""What is written over the data: circles, names, values, neighbours, scale bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from app.domain.french import NBSP, number
from maps.choropleth import Mark
from ui.widgets.map_engine import blank
from ui.widgets.map_labels import LabelFonts, choose_labels, draw_circles, draw_labels
from ui.widgets.map_style import Colours, style

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


def draw_decor(layers: Layers, shown: Look) -> QImage:
    """Image of all the texts and circles of a canvas; the names take the zoom of the base font."""
    frame, pixel, look = layers.wish.frame, layers.wish.pixel, style(shown.dark)
    image = blank(frame)
    choropleth, colours = shown.choropleth, shown.colours
    fonts = LabelFonts.of(shown.font, pixel * zoom_of(shown.font))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    if shown.neighbours:
        _neighbours(painter, layers, fonts, look)
    if choropleth.mark is Mark.SYMBOL:
        draw_circles(painter, choropleth, frame, look, pixel)
    if shown.labels:
        boxes = layers.prepared.shapes.bounds
        chosen = choose_labels(choropleth, colours, boxes, frame, fonts, look, pixel)
        draw_labels(painter, chosen, fonts, pixel)
    painter.end()
    return image


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

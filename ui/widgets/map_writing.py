"""Names and values painted on the map, each with a halo in the colour of its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from ui.widgets.map_labels import Label, LabelFonts

HALO = 3.0


def draw_labels(painter: QPainter, labels: list[Label], fonts: LabelFonts, pixel: float) -> None:
    """Write each label with a halo in the colour of its class."""
    name_metrics, value_metrics = QFontMetricsF(fonts.name), QFontMetricsF(fonts.value)
    for label in labels:
        height = len(label.name) * name_metrics.height() + (value_metrics.height() if label.value else 0)
        y = label.y - height / 2
        for line in label.name:
            _write(painter, line, fonts.name, name_metrics, label, y, pixel)
            y += name_metrics.height()
        if label.value:
            _write(painter, label.value, fonts.value, value_metrics, label, y, pixel)


def _write(
    painter: QPainter, text: str, font: QFont, metrics: QFontMetricsF, label: Label, top: float, pixel: float
) -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(label.x - metrics.horizontalAdvance(text) / 2, top + metrics.ascent(), font, text)
    pen = QPen(QColor(label.halo), HALO * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, QColor(label.colour))

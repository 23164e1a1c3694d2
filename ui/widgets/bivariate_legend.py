"""The square that reads a map of two quantities: rows for the first, columns for the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.french import number
from maps.classes import limit_text
from maps.entries import class_words
from maps.palettes import ink_on
from ui.widgets.parts import column, text

if TYPE_CHECKING:
    from maps.choropleth import Choropleth, Classes
    from ui.theme import Theme

CELL = 46
AXIS = 40
FOOT = 18


class BivariateSquare(QWidget):
    """Cells in the colours of the screen, limits of classes along two sides."""

    def __init__(self, theme: Theme, choropleth: Choropleth) -> None:
        super().__init__()
        assert choropleth.second is not None
        self._theme = theme
        self._made = choropleth
        self._second = choropleth.second
        rows, columns = len(self._second.first.counts), len(self._second.classes.counts)
        self._size = QSize(
            theme.px(AXIS) + columns * theme.px(CELL) + theme.px(14),
            rows * theme.px(CELL) + theme.px(FOOT) + 8,
        )
        self.setFixedSize(self._size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = zip(class_words(choropleth), choropleth.classes.counts, strict=True)
        self.setAccessibleName("Légende en carré")
        self.setAccessibleDescription(
            "\u202f; ".join(f"{said}\u202f: {number(count)}" for said, count in words)
        )

    def cell(self, row: int, column: int) -> QRectF:
        """Where a class of the first (rows, low at the bottom) and of the second (columns) is drawn."""
        side, rows = self._theme.px(CELL), len(self._second.first.counts)
        return QRectF(self._theme.px(AXIS) + column * side, 6 + (rows - 1 - row) * side, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells, their counts, then the limits."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = len(self._second.classes.counts)
        for rank, colour in enumerate(self._made.palette):
            box = self.cell(rank // columns, rank % columns)
            painter.setPen(QPen(self._theme.token("surface"), 1))
            painter.setBrush(QColor(colour))
            painter.drawRect(box)
            painter.setPen(QColor(ink_on(colour)))
            painter.setFont(self._theme.font("legend_strong"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number(self._made.classes.counts[rank]))
        self._limits(painter, self._second.first, self._made.indicator.decimals, upright=True)
        self._limits(painter, self._second.classes, self._second.indicator.decimals, upright=False)
        painter.end()

    def _limits(self, painter: QPainter, classes: Classes, decimals: int, *, upright: bool) -> None:
        font = self._theme.font("legend")
        painter.setFont(font)
        painter.setPen(self._theme.token("texte2"))
        metrics = QFontMetricsF(font)
        for rank, bound in enumerate(classes.bounds[1:-1], start=1):
            words = limit_text(bound, decimals)
            width = metrics.horizontalAdvance(words)
            if upright:
                corner = self.cell(rank - 1, 0).topLeft()
                painter.drawText(
                    QPointF(corner.x() - width - 6, corner.y() + metrics.ascent() / 2 - 1), words
                )
            else:
                corner = self.cell(0, rank).bottomLeft()
                painter.drawText(QPointF(corner.x() - width / 2, corner.y() + metrics.ascent() + 3), words)


class BivariateLegend(QWidget):
    """The square between the names of its two axes."""

    def __init__(self, theme: Theme, choropleth: Choropleth) -> None:
        super().__init__()
        second = choropleth.second
        assert second is not None
        self.square = BivariateSquare(theme, choropleth)
        up = text(f"↑ {_axis(choropleth.indicator.short_label, choropleth.year)}", "legend", wrap=True)
        along = text(f"→ {_axis(second.indicator.short_label, second.year)}", "legend", wrap=True)
        held = column(up, self.square, along, gap=2)
        self.setLayout(held)


def _axis(label: str, year: int) -> str:
    return f"{label}, {year}"

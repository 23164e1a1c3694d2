"""Territories from the highest value: dots, or bars for counts, with the references in ochre dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy

from maps.choropleth import Mark
from ui.widgets.map_words import told
from ui.widgets.ranked_lines import Line, lines_of, span_of, titles_of

if TYPE_CHECKING:
    from maps.choropleth import Choropleth, Reference
    from ui.theme import Theme

ROW = 28
TITLE = 14
NAME_SHARE = 0.55
VALUE = 46
DOT = 5.5
MOST_ROWS, FEWEST_ROWS = 9, 4
KEYS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}


class Ranked(QAbstractScrollArea):
    """Linked with the map: click and arrows select, hover lights, Enter opens."""

    selected = Signal(object)
    hovered = Signal(object)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[Line] = []
        self._references: tuple[Reference, ...] = ()
        self._decimals = 0
        self._bars = False
        self._span = (0.0, 1.0)
        self._selected: str | None = None
        self._hovered: str | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Classement des territoires")
        theme.changed.connect(self.viewport().update)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[Line, ...]:
        """Territories in the order shown."""
        return tuple(self._lines)

    @property
    def current(self) -> str | None:
        """Code of the selected line."""
        return self._selected

    def show_map(self, choropleth: Choropleth | None, colours: tuple[str, ...] = ()) -> None:
        """Show the territories of a map, with the colours of classes on the screen."""
        self._lines, self._references = [], ()
        if choropleth is not None:
            neutral = self._theme.hex("encre" if choropleth.mark is Mark.SYMBOL else "trait_fort")
            self._lines = lines_of(choropleth, colours, neutral)
            self._references = choropleth.references
            shown = told(choropleth)
            self._decimals = shown.indicator.decimals
            self._bars = shown.mark is Mark.SYMBOL or shown is not choropleth
            self.setAccessibleName(f"Classement\u202f: {choropleth.title}")
        self._span = span_of(self._lines, self._references, self._bars)
        self._set_scroll()
        self.updateGeometry()
        self.select(self._selected)

    def select(self, code: str | None) -> None:
        """Select a line from outside and bring it in sight; nothing is emitted."""
        self._selected = code if any(line.code == code for line in self._lines) else None
        place = self._place(self._selected)
        self.setAccessibleDescription("" if place is None else self._lines[place].said)
        if place is not None:
            self._reveal(place)
        self.viewport().update()

    def hover(self, code: str | None) -> None:
        """Light a line from outside; nothing is emitted."""
        self._hovered = code
        self.viewport().update()

    def natural_height(self) -> int:
        """Height that shows every line."""
        return self._rows_height(len(self._lines))

    def sizeHint(self) -> QSize:
        """Every line, up to MOST_ROWS."""
        return QSize(self._theme.px(240), min(self.natural_height(), self._rows_height(MOST_ROWS)))

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(self._theme.px(160), min(self.natural_height(), self._rows_height(FEWEST_ROWS)))

    def _rows_height(self, rows: int) -> int:
        return self._head() + rows * self._theme.px(ROW) + 6

    # -- geometry ----------------------------------------------------------------------------------------

    def _head(self) -> int:
        levels = max((level for _, _, level in self._titles()), default=-1) + 1
        return levels * self._theme.px(TITLE) + 8 if levels else 4

    def _axis(self) -> tuple[float, float]:
        width = self.viewport().width()
        return width * NAME_SHARE, width - self._theme.px(VALUE) - 6

    def _x(self, value: float) -> float:
        left, right = self._axis()
        low, high = self._span
        return left + (right - left) * (value - low) / (high - low)

    def _place(self, code: str | None) -> int | None:
        return next((place for place, line in enumerate(self._lines) if line.code == code), None)

    def _line_at(self, y: float) -> str | None:
        if y < self._head():
            return None
        place = int((y - self._head() + self.verticalScrollBar().value()) // self._theme.px(ROW))
        return self._lines[place].code if 0 <= place < len(self._lines) else None

    def _set_scroll(self) -> None:
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setPageStep(max(height - self._head(), 1))
        bar.setSingleStep(self._theme.px(ROW))
        bar.setRange(0, max(self.natural_height() - height, 0))

    def _reveal(self, place: int) -> None:
        bar, height = self.verticalScrollBar(), self._theme.px(ROW)
        room = self.viewport().height() - self._head()
        top = place * height
        if top < bar.value():
            bar.setValue(top)
        elif top + height > bar.value() + room:
            bar.setValue(top + height - room + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll right."""
        super().resizeEvent(event)
        self._set_scroll()

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Visible lines, then references, whose names stay on top."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, head = self._theme.px(ROW), self._head()
        shift = self.verticalScrollBar().value()
        painter.setClipRect(QRectF(0, head, self.viewport().width(), self.viewport().height()))
        first = max(shift // height, 0)
        for place in range(first, min(first + self.viewport().height() // height + 2, len(self._lines))):
            self._draw_line(painter, self._lines[place], head + place * height - shift, height)
        painter.setClipping(False)
        self._draw_references(painter)
        painter.end()

    def _draw_line(self, painter: QPainter, line: Line, top: float, height: float) -> None:
        width = self.viewport().width()
        chosen = line.code == self._selected
        if chosen or line.code == self._hovered:
            painter.fillRect(
                QRectF(0, top, width, height), self._theme.token("encre_doux" if chosen else "survol")
            )
        left, right = self._axis()
        font = self._theme.font("dense_strong" if chosen else "dense")
        painter.setFont(font)
        painter.setPen(self._theme.token("texte"))
        name = QFontMetricsF(font).elidedText(line.name, Qt.TextElideMode.ElideRight, left - 8)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(2, top, left - 4, height), middle | Qt.AlignmentFlag.AlignLeft, name)
        known = np.isfinite(line.number)
        painter.setFont(self._theme.font("dense_strong" if known else "dense"))
        painter.setPen(self._theme.token("texte" if known else "texte3"))
        value = QRectF(right, top, width - right - 2, height)
        painter.drawText(value, middle | Qt.AlignmentFlag.AlignRight, line.value)
        if known:
            self._draw_mark(painter, line, top + height / 2, chosen)

    def _draw_mark(self, painter: QPainter, line: Line, y: float, chosen: bool) -> None:
        left, right = self._axis()
        x = self._x(line.number)
        colour = QColor(line.colour)
        if self._bars:
            painter.fillRect(QRectF(left, y - 4, max(x - left, 1.0), 8), colour)
            return
        painter.setPen(QPen(self._theme.token("trait"), 1))
        painter.drawLine(QPointF(left, y), QPointF(right - 4, y))
        if chosen:
            painter.setPen(QPen(self._theme.token("trait_fort"), 1.4))
            painter.drawLine(QPointF(left, y), QPointF(x, y))
        painter.setPen(QPen(self._theme.token("texte"), 1))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), DOT, DOT)

    def _titles(self) -> list[tuple[str, float, int]]:
        """Words of each reference, abscissa where they start, row: none covers another."""
        metrics = QFontMetricsF(self._theme.font("legend_strong"))
        width = self.viewport().width()
        return titles_of(self._references, self._decimals, self._x, metrics.horizontalAdvance, width)

    def _draw_references(self, painter: QPainter) -> None:
        ochre = self._theme.token("ocre")
        bottom = min(self._head() + len(self._lines) * self._theme.px(ROW), self.viewport().height())
        font = self._theme.font("legend_strong")
        painter.setFont(font)
        painter.setPen(QPen(ochre, 1.4, Qt.PenStyle.DashLine))
        for reference in self._references:
            x = self._x(reference.number)
            painter.drawLine(QPointF(x, self._head() - 5), QPointF(x, bottom))
        painter.setPen(ochre)
        ascent = QFontMetricsF(font).ascent()
        for words, start, level in self._titles():
            painter.drawText(QPointF(start, level * self._theme.px(TITLE) + ascent), words)

    # -- pointer and keyboard ----------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the line under the pointer, here and on the map."""
        self._light(self._line_at(event.position().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the line."""
        code = self._line_at(event.position().y())
        if code is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the line."""
        code = self._line_at(event.position().y())
        if code is not None:
            self.opened.emit(code)

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is lit once the pointer is away."""
        if event.type() is QEvent.Type.Leave:
            self._light(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows select, Enter opens."""
        step = KEYS.get(Qt.Key(event.key()))
        if step is not None and self._lines:
            place = self._place(self._selected)
            start = -1 if place is None and step > 0 else (place or 0)
            self._choose(self._lines[min(max(start + step, 0), len(self._lines) - 1)].code)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selected is not None:
            self.opened.emit(self._selected)
        else:
            super().keyPressEvent(event)

    def _choose(self, code: str) -> None:
        if code != self._selected:
            self.select(code)
            self.selected.emit(code)

    def _light(self, code: str | None) -> None:
        if code != self._hovered:
            self._hovered = code
            self.hovered.emit(code)
            self.viewport().update()

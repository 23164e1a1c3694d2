"""The legend on the screen: classes high on top, their counts, circles, absences, convention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import number
from app.domain.indicator import ValueState
from maps.canvas import OCHRE, Box
from maps.choropleth import Mark
from maps.classes import limit_text
from maps.key import Entry, absence_entries, class_entries, note_lines, size_steps
from maps.key_rows import SWATCH as PAPER
from maps.key_rows import class_rows, layer_rows
from maps.palettes import ink_on
from ui.labels import LEVEL_MANY, STATE_SHORT
from ui.widgets.bivariate_legend import BivariateLegend
from ui.widgets.map_labels import SIGNS
from ui.widgets.map_painter import PainterCanvas
from ui.widgets.map_style import TEXTURED, style, texture_brush
from ui.widgets.parts import clear, line, row, text

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from maps.key_rows import Row
    from ui.theme import Theme

SWATCH = (22, 14)
BAR = (34, 5)
BOTTOM_LINE = 4


class Swatch(QWidget):
    """The look of a class or of an absence."""

    def __init__(self, theme: Theme, entry: Entry, *, blank: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.entry = entry
        self.blank = blank and entry.state is ValueState.ZERO
        """A white zone: no service, known."""
        self.setFixedSize(theme.px(SWATCH[0]), theme.px(SWATCH[1]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the colour or the texture in its frame; zero is written."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.token("trait_fort"), 1))
        state = self.entry.state
        if state in TEXTURED:
            painter.setBrush(texture_brush(state, self._theme.dark))
        elif self.blank:
            painter.setPen(QPen(QColor(style(self._theme.dark).departement_line), 1.2))
            painter.setBrush(QColor(style(self._theme.dark).blank))
        else:
            painter.setBrush(QColor(self.entry.fill))
        painter.drawRoundedRect(box, 3, 3)
        if state is ValueState.ZERO:
            painter.setFont(self._theme.font("legend_strong"))
            fill = style(self._theme.dark).blank if self.blank else self.entry.fill
            painter.setPen(QColor(ink_on(fill)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "0")


class LayerSwatch(QWidget):
    """The sign of a layer, drawn as on paper."""

    def __init__(self, theme: Theme, line: Row) -> None:
        super().__init__()
        self._theme = theme
        self._line = line
        self.setFixedSize(theme.px(SWATCH[0]), theme.px(SWATCH[1]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign in its box of paper, enlarged."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / PAPER[0], self.height() / PAPER[1])
        canvas = PainterCanvas(painter, self.font(), {OCHRE: style(self._theme.dark).flag})
        self._line.paint(canvas, Box(0, 0, *PAPER))
        painter.end()


class CountBar(QWidget):
    """Share of the territories that are in a class."""

    def __init__(self, theme: Theme, share: float) -> None:
        super().__init__()
        self._theme = theme
        self.share = share
        self.setFixedSize(theme.px(BAR[0]), theme.px(BAR[1]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar on its track."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(self._theme.token("survol"))
        painter.drawRoundedRect(box, 2.5, 2.5)
        if self.share > 0:
            painter.setBrush(self._theme.token("trait_fort"))
            painter.drawRoundedRect(QRectF(0, 0, max(box.width() * self.share, 3), box.height()), 2.5, 2.5)


class Circles(QWidget):
    """Three circles of round values, at the size they have on the map."""

    def __init__(self, theme: Theme, steps: list[float], radius_of_one: float, decimals: int) -> None:
        super().__init__()
        self._theme = theme
        self._steps = [(radius_of_one * float(np.sqrt(step)), limit_text(step, decimals)) for step in steps]
        highest = max((radius for radius, _ in self._steps), default=0.0)
        self.setFixedHeight(round(2 * highest) + theme.px(8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Cercles de " + ", ".join(words for _, words in self._steps))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circles from the largest, on one base line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = style(self._theme.dark)
        font = self._theme.font("dense")
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        x, base = 2.0, self.height() - BOTTOM_LINE
        for radius, words in self._steps:
            painter.setPen(QPen(QColor(look.symbol_line), 1.2))
            painter.setBrush(QColor(look.symbol))
            painter.drawEllipse(QPointF(x + radius, base - radius), radius, radius)
            painter.setPen(self._theme.token("texte"))
            painter.drawText(QPointF(x + 2 * radius + 5, base - radius + metrics.ascent() / 2 - 1), words)
            x += 2 * radius + metrics.horizontalAdvance(words) + 18


class Legend(QWidget):
    """Says the classes of a map; its colours are those of the screen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Légende")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_map(self, choropleth: Choropleth | None, radius_of_one: float = 0.0) -> None:
        """Show a map whose palette is that of the screen; radius_of_one: pixels of a circle of value 1."""
        clear(self._column)
        if choropleth is None:
            self.setAccessibleDescription("")
            return
        level = text(LEVEL_MANY.get(choropleth.layer.level, ""), "legend")
        self._column.addLayout(row(text("Légende", "strong"), None, level))
        self._add_circles(choropleth, radius_of_one)
        classes = class_entries(choropleth)
        if choropleth.second is not None:
            self._column.addWidget(BivariateLegend(self._theme, choropleth))
        elif classes:
            rows = class_rows([choropleth]) if choropleth.textures else []
            self._column.addLayout(self._classes(classes, rows))
        absences = absence_entries(choropleth)
        if absences:
            self._column.addWidget(line())
            self._column.addLayout(self._absences(absences, blank=choropleth.blank_zero))
        layers = layer_rows(choropleth)
        if layers:
            self._column.addWidget(line())
            self._column.addLayout(self._layers(layers))
        for sentence in [*note_lines(choropleth), choropleth.fond.label]:
            self._column.addWidget(text(_capital(sentence), "legend", wrap=True))
        self.setAccessibleDescription(_said(classes, absences))

    def _classes(self, entries: list[Entry], textured: list[Row]) -> QGridLayout:
        """Classes, high on top; textured: how each looks where lines lie over colours."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        most = max((entry.count for entry in entries), default=0)
        for place, entry in enumerate(entries):
            swatch: QWidget = Swatch(self._theme, entry)
            if textured:
                swatch = LayerSwatch(self._theme, textured[place])
            grid.addWidget(swatch, place, 0)
            grid.addWidget(text(entry.words), place, 1)
            grid.addWidget(CountBar(self._theme, entry.count / most if most else 0.0), place, 2)
            count = text(number(entry.count), "second")
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            count.setMinimumWidth(self._theme.px(22))
            grid.addWidget(count, place, 3)
        return grid

    def _add_circles(self, choropleth: Choropleth, radius_of_one: float) -> None:
        """Sizes of the circles, of the map itself or over its areas."""
        symbols = choropleth.symbols
        numbers = choropleth.numbers if symbols is None else symbols.numbers
        shown = choropleth.indicator if symbols is None else symbols.indicator
        if choropleth.mark is not Mark.SYMBOL and symbols is None:
            return
        steps = size_steps(np.abs(numbers[np.isfinite(numbers)]).tolist())
        if symbols is not None:
            title = text(f"{shown.short_label}, {symbols.year}", "second", wrap=True)
            self._column.addWidget(title)
        if steps:
            self._column.addWidget(Circles(self._theme, steps, radius_of_one, shown.decimals))
        if choropleth.signed:
            for fill, words in zip(SIGNS, ("hausse", "baisse, trait interrompu"), strict=True):
                self._column.addLayout(row(Swatch(self._theme, Entry(words, 0, fill)), text(words), None))

    def _layers(self, rows: list[Row]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for place, found in enumerate(rows):
            grid.addWidget(LayerSwatch(self._theme, found), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text(found.words, "second", wrap=True), place, 1)
            count = text(" ".join(number(one) for one in found.counts), "second")
            grid.addWidget(count, place, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return grid

    def _absences(self, entries: list[Entry], *, blank: bool = False) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        across = 1 if blank else 2
        for place, entry in enumerate(entries):
            said = entry.words if blank else STATE_SHORT[entry.state]
            words = text(f"{said} ({number(entry.count)})", "second", wrap=blank)
            grid.addWidget(Swatch(self._theme, entry, blank=blank), place // across, 2 * (place % across))
            grid.addWidget(words, place // across, 2 * (place % across) + 1)
        return grid


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _said(classes: list[Entry], absences: list[Entry]) -> str:
    parts = [f"{entry.words}\u202f: {number(entry.count)}" for entry in classes]
    parts += [f"{STATE_SHORT[entry.state]}\u202f: {number(entry.count)}" for entry in absences]
    return "\u202f; ".join(parts)

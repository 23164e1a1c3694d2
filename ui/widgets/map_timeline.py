"""Years under the map: full dots hold data, hollow ones do not; arrows step, space plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.labels import NOT_IMPORTED

if TYPE_CHECKING:
    from ui.theme import Theme

CELL = 46
HEIGHT = 42
PLAY_MS = 900
DOT = 5.0


class Timeline(QWidget):
    """Years that can be shown; `chosen` carries the year the user wants."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._held: tuple[int, ...] = ()
        self._years: tuple[int, ...] = ()
        self._year = 0
        self._play = QTimer(self)
        self._play.setInterval(PLAY_MS)
        self._play.timeout.connect(self._advance)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("← → change d’année, Espace fait défiler")

    @property
    def years(self) -> tuple[int, ...]:
        """Years shown, oldest first."""
        return self._years

    @property
    def playing(self) -> bool:
        """True while years follow one another."""
        return self._play.isActive()

    def show_years(self, held: Sequence[int], year: int) -> None:
        """Show the years that hold data, and the one asked even if it holds none."""
        self._held = tuple(sorted(held))
        self._years = tuple(sorted({*self._held, *((year,) if year else ())}))[-10:]
        self._year = year
        words = str(year) if year in self._held else f"{year}, {NOT_IMPORTED}"
        self.setAccessibleName(f"Année de la carte\u202f: {words}")
        self.setAccessibleDescription("Années importées\u202f: " + ", ".join(str(y) for y in self._held))
        self.setFixedSize(self.sizeHint())
        self.setVisible(bool(self._years))
        self.update()

    def sizeHint(self) -> QSize:
        """One cell a year."""
        return QSize(max(len(self._years), 1) * self._theme.px(CELL) + 16, self._theme.px(HEIGHT))

    def step(self, move: int) -> None:
        """Ask for the next (+1) or previous (-1) year that holds data."""
        later = [year for year in self._held if (year - self._year) * move > 0]
        if later:
            self.chosen.emit(later[0] if move > 0 else later[-1])

    def toggle_play(self) -> None:
        """Start from the first year if the last is shown, or stop."""
        if self._play.isActive():
            self._play.stop()
            return
        if len(self._held) > 1:
            if self._year >= self._held[-1]:
                self.chosen.emit(self._held[0])
            self._play.start()

    def _advance(self) -> None:
        if not self.isVisible() or not self._held or self._year >= self._held[-1]:
            self._play.stop()
            return
        self.step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, space plays."""
        if event.key() == Qt.Key.Key_Left:
            self.step(-1)
        elif event.key() == Qt.Key.Key_Right:
            self.step(1)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle_play()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click asks for a year."""
        place = int((event.position().x() - 8) // self._theme.px(CELL))
        if 0 <= place < len(self._years) and self._years[place] != self._year:
            self.chosen.emit(self._years[place])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card, a dot a year, the year under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.token("trait"), 1))
        painter.setBrush(self._theme.token("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        cell = self._theme.px(CELL)
        for place, year in enumerate(self._years):
            self._draw_year(painter, 8 + place * cell, cell, year)

    def _draw_year(self, painter: QPainter, left: float, cell: float, year: int) -> None:
        held, current = year in self._held, year == self._year
        ink = self._theme.token("encre" if current and held else "trait_fort")
        painter.setPen(QPen(ink, 1.3))
        painter.setBrush(ink if held else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(left + cell / 2, self.height() * 0.31), DOT, DOT)
        painter.setFont(self._theme.font("legend_strong" if current else "legend"))
        painter.setPen(self._theme.token("texte" if current else "texte2"))
        box = QRectF(left, self.height() * 0.5, cell, self.height() * 0.4)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(year))

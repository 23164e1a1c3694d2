"""The trajectory of an indicator: what was seen, what is forecast, what was aimed at, and the gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.trajectory_data import Plot, PlotPoint, Scale, tick_texts, ticks
from ui.widgets.trajectory_paint import TrajectoryPainter

if TYPE_CHECKING:
    from ui.theme import Theme

LEAST, MOST, SMALL_HEIGHT = 178, 640, 132
REACH = 9.0
"""Pixels within which a click is on a point."""
TARGETS = ("initiale", "revisee", "prevu")


class TrajectoryPlot(QWidget):
    """By mouse: a year lights its column, a click chooses it, a point explains itself; ← → go by year."""

    year_chosen = Signal(int)
    year_lit = Signal(int)
    """The year under the pointer, 0 when it leaves."""
    point_asked = Signal(str, int)
    """Series and column of a point to explain."""

    def __init__(self, theme: Theme, *, small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._small = small
        self._plot: Plot | None = None
        self._year = 0
        self._lit: int | None = None
        self._hidden: frozenset[str] = frozenset()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        upward = QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, upward)
        self.setAccessibleName("Trajectoire")
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    # -- what pages set ----------------------------------------------------------------------------------

    @property
    def plot(self) -> Plot | None:
        """What is drawn."""
        return self._plot

    @property
    def year(self) -> int:
        """The year chosen."""
        return self._year

    @property
    def hidden(self) -> frozenset[str]:
        """Series that the legend hides."""
        return self._hidden

    def show_plot(self, plot: Plot | None, year: int) -> None:
        """Draw another trajectory."""
        self._plot, self._lit = plot, None
        self.setAccessibleName(f"Trajectoire, {plot.name}" if plot else "Trajectoire")
        self.set_year(year)

    def set_year(self, year: int) -> None:
        """Light the column of a year."""
        self._year = year
        self.setAccessibleDescription(self._plot.said(year) if self._plot else "")
        self.update()

    def set_hidden(self, kinds: frozenset[str]) -> None:
        """Hide these series; « tunnel » names its two bounds."""
        self._hidden = kinds
        self.update()

    # -- geometry ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The least room for a readable drawing; it takes what is left."""
        return QSize(420, self._theme.px(SMALL_HEIGHT if self._small else LEAST))

    def minimumSizeHint(self) -> QSize:
        """Below, labels would hide the lines."""
        return QSize(160, self._theme.px(SMALL_HEIGHT if self._small else LEAST))

    def scale(self) -> Scale | None:
        """Where years and numbers fall, None without anything to draw."""
        if self._plot is None:
            return None
        held = [p.number for s in self._plot.series for p in s.known if p.number is not None]
        if self._plot.reference is not None and self._plot.reference.number is not None:
            held.append(self._plot.reference.number)
        found = ticks(held, self._plot.suffix)
        metrics = QFontMetrics(self._theme.font("legend" if self._small else "dense"))
        left = max(map(metrics.horizontalAdvance, tick_texts(found, self._plot.suffix))) + 34.0
        right = self.width() - (14.0 if self._small else self._end_room(metrics))
        bottom = self.height() - self._theme.px(28)
        return Scale(left, max(right, left + 40), 18.0, bottom, self._plot.years, found)

    def _end_room(self, metrics: QFontMetrics) -> float:
        assert self._plot is not None
        last = self._plot.years[-1]
        words = [
            f"prévu {point.text}"
            for series in self._plot.series
            if series.kind in TARGETS and (point := series.at_year(last)) is not None
        ]
        return max([34.0, *(metrics.horizontalAdvance(word) * 1.08 + 22.0 for word in words)])

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the trajectory."""
        scale = self.scale()
        if self._plot is None or scale is None:
            return
        painter = QPainter(self)
        drawing = TrajectoryPainter(
            painter, self._theme, self._plot, scale, self._hidden, width=self.width(), small=self._small
        )
        drawing.draw(self._year, self._lit)

    # -- mouse and keyboard ------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the column under the pointer."""
        scale = self.scale()
        inside = scale is not None and scale.left - scale.half <= event.position().x()
        lit = scale.year_at(event.position().x()) if scale is not None and inside else None
        near = self._near(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)
        if lit != self._lit:
            self._lit = lit
            self.setToolTip(self._plot.said(lit) if self._plot is not None and lit is not None else "")
            self.year_lit.emit(lit or 0)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The column of the year chosen is lit again."""
        self._lit = None
        self.year_lit.emit(0)
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Explain the point, or choose the year."""
        near = self._near(event.position())
        scale = self.scale()
        if near is not None:
            self.point_asked.emit(near[0], near[1].column)
        elif scale is not None:
            self._choose(scale.year_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → change the year, Entrée explains its value."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        years = self._plot.years if self._plot is not None else ()
        if step and years:
            self._choose(min(max(self._year + step, years[0]), years[-1]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._plot is not None:
            self.explain_year()
        else:
            super().keyPressEvent(event)

    def explain_year(self) -> None:
        """Ask for the explanation of the value of the year chosen, else of its target."""
        for kind in ("realise", "revisee", "initiale", "prevu"):
            series = self._plot.of(kind) if self._plot is not None else None
            point = series.at_year(self._year) if series is not None else None
            if point is not None:
                self.point_asked.emit(kind, point.column)
                return

    def _choose(self, year: int) -> None:
        if year != self._year:
            self.set_year(year)
            self.year_chosen.emit(year)

    def _near(self, at: QPointF) -> tuple[str, PlotPoint] | None:
        scale = self.scale()
        if self._plot is None or scale is None:
            return None
        for series in reversed(self._plot.series):
            if series.kind in self._hidden:
                continue
            for point in series.known:
                assert point.number is not None
                place = QPointF(scale.x(point.at), scale.y(point.number))
                if (place - at).manhattanLength() <= REACH:
                    return series.kind, point
        return None

    def _theme_changed(self) -> None:
        self.setMaximumHeight(self._theme.px(SMALL_HEIGHT if self._small else MOST))
        self.updateGeometry()
        self.update()

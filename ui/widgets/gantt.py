"""The calendar of a plan: one bar a fiche, one mark an étape, today, and what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from app.domain.ctg_words import ACTION_STATE
from ui import icons
from ui import labels_plan as labels
from ui.theme import Theme
from ui.widgets.gantt_items import Bar, quarters, span_of, step_words, steps_due
from ui.widgets.plan_tree_draw import draw_text

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from app.services.ctg_plan_rows import ActionRow, StepRow

HEAD = 30
NAMES_LEAST = 180
NAMES_SHARE = 0.25
MARK = 5
NEAR = 8
"""Pixels around a mark where the mouse is on it."""


class Gantt(QAbstractScrollArea):
    """↑ ↓ walk fiches, ← → walk étapes; `opened` carries a fiche."""

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.bars: list[Bar] = []
        self.today = date.min
        self._from, self._to = date(2000, 1, 1), date(2000, 12, 31)
        self.row = 0
        self.step = -1
        """Étape under the cursor, -1 for the fiche itself."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Calendrier des étapes")
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self._resize)

    def show_bars(
        self,
        rows: Sequence[ActionRow],
        steps: Mapping[str, tuple[StepRow, ...]],
        period: tuple[date | None, date | None],
        today: date,
    ) -> None:
        """Show these fiches, staying on the same one."""
        held = self.current_key()
        self.bars = [Bar(row, steps_due(row, steps.get(row.uuid, ()))) for row in rows]
        self.today = today
        self._from, self._to = span_of(self.bars, period, today)
        self.row = next((at for at, bar in enumerate(self.bars) if bar.fiche.uuid == held), 0)
        self.step = -1
        self._resize()
        self._say()

    def current_key(self) -> str:
        """Fiche under the cursor."""
        return self.bars[self.row].fiche.uuid if self.row < len(self.bars) else ""

    def select(self, key: str) -> None:
        """Put the cursor on a fiche."""
        self.row = next((at for at, bar in enumerate(self.bars) if bar.fiche.uuid == key), self.row)
        self.step = -1
        self._say()

    # -- geometry ----------------------------------------------------------------------------------------

    @property
    def _line(self) -> int:
        return self._theme.row_height

    @property
    def _names(self) -> int:
        return max(self._theme.px(NAMES_LEAST), round(self.viewport().width() * NAMES_SHARE))

    def x_of(self, day: date) -> float:
        """Place of a day, in pixels of the viewport."""
        whole = max((self._to - self._from).days, 1)
        room = self.viewport().width() - self._names - 12
        return self._names + room * (day - self._from).days / whole

    def _y_of(self, row: int) -> int:
        return self._theme.px(HEAD) + row * self._line - self.verticalScrollBar().value()

    def _resize(self) -> None:
        whole = self._line * len(self.bars) + self._theme.px(HEAD) + 8
        bar = self.verticalScrollBar()
        bar.setRange(0, max(whole - self.viewport().height(), 0))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._line)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every line within reach."""
        super().resizeEvent(event)
        self._resize()

    # -- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Years and quarters, bars, today, then the head above all."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self._theme.token("surface"))
        self._grid(painter)
        for at, bar in enumerate(self.bars):
            top = self._y_of(at)
            if -self._line < top < self.viewport().height():
                self._bar(painter, at, bar, top)
        self._head(painter)

    def _grid(self, painter: QPainter) -> None:
        for day in quarters(self._from.year, self._to.year):
            strong = day.month == 1
            painter.setPen(QPen(self._theme.token("trait" if strong else "survol"), 1))
            x = self.x_of(day)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.viewport().height()))
        if self._from <= self.today <= self._to:
            painter.setPen(QPen(self._theme.token("ocre"), 1.4, Qt.PenStyle.DashLine))
            x = self.x_of(self.today)
            painter.drawLine(QPointF(x, self._theme.px(HEAD) - 6), QPointF(x, self.viewport().height()))

    def _head(self, painter: QPainter) -> None:
        theme, height, width = self._theme, self._theme.px(HEAD), self.viewport().width()
        painter.fillRect(0, 0, width, height, theme.token("creux"))
        painter.setPen(theme.token("trait"))
        painter.drawLine(0, height, width, height)
        painter.setFont(theme.font("dense_label"))
        painter.setPen(theme.token("texte2"))
        draw_text(painter, QRect(8, 0, self._names - 12, height), "Fiche")
        for year in range(self._from.year, self._to.year + 1):
            x = round(self.x_of(date(year, 1, 1)))
            draw_text(painter, QRect(x + 6, 0, 60, height), str(year))
        if self._from <= self.today <= self._to:
            painter.setPen(theme.token("ocre"))
            painter.setFont(theme.font("legend_strong"))
            words = "aujourd’hui"
            wide = painter.fontMetrics().horizontalAdvance(words)
            x = min(round(self.x_of(self.today)) - wide // 2, width - wide - 4)
            if self.today.month > 9:  # the name of the next year is at the right
                x = round(self.x_of(self.today)) - wide - 4
            painter.fillRect(x - 4, 2, wide + 8, height - 4, theme.token("creux"))
            painter.drawText(QRect(x, 0, wide, height), Qt.AlignmentFlag.AlignVCenter, words)

    def _bar(self, painter: QPainter, at: int, bar: Bar, top: int) -> None:
        theme, width = self._theme, self.viewport().width()
        box = QRect(0, top, width, self._line)
        if at == self.row:
            painter.fillRect(QRect(0, top, self._names, self._line), theme.token("encre_doux"))
        painter.setPen(QPen(theme.token("trait"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        icon, token = labels.LOOK[bar.fiche.status]
        side = theme.px(15)
        icons.draw(painter, icon, token, QRectF(8, box.center().y() - side / 2 + 1, side, side))
        painter.setFont(theme.font("base"))
        painter.setPen(theme.token("texte"))
        name = QRect(14 + side, top, self._names - side - 24, self._line)
        draw_text(painter, name, f"{bar.fiche.number}  {bar.fiche.title}")
        self._period(painter, bar, box)
        for place, step in enumerate(bar.steps):
            if step.planned_on is not None:
                self._mark(painter, step, box, at == self.row and place == self.step)

    def _period(self, painter: QPainter, bar: Bar, box: QRect) -> None:
        start, end = bar.fiche.starts_on, bar.fiche.ends_on
        if start is None or end is None:
            return
        left, right = self.x_of(start), max(self.x_of(end), self.x_of(start) + 3)
        height = self._theme.px(10)
        track = QRectF(left, box.center().y() - height / 2 + 1, right - left, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.token("trait"))
        painter.drawRoundedRect(track, 4, 4)
        percent = bar.fiche.progress.percent or 0
        if percent:
            painter.setBrush(self._theme.token("encre_doux"))
            painter.drawRoundedRect(
                QRectF(track.left(), track.top(), track.width() * percent / 100, height), 4, 4
            )

    def _mark(self, painter: QPainter, step: StepRow, box: QRect, current: bool) -> None:
        """Full disc: done. Red triangle: late. Ring: to come."""
        assert step.planned_on is not None
        theme, side = self._theme, self._theme.px(MARK)
        middle = QPointF(self.x_of(step.done_on or step.planned_on), box.center().y() + 1)
        token = "encre" if step.done_on else "rouge" if step.late_days else "texte2"
        painter.setPen(QPen(theme.token(token), 1.6))
        painter.setBrush(theme.token(token if step.done_on or step.late_days else "surface"))
        if step.late_days:
            points = [QPointF(0, -side), QPointF(side, side * 0.8), QPointF(-side, side * 0.8)]
            painter.drawPolygon(QPolygonF([middle + point for point in points]))
        else:
            painter.drawEllipse(middle, side * 0.8, side * 0.8)
        if current:
            painter.setPen(QPen(theme.token("encre"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, side * 1.9, side * 1.9)

    # -- keyboard and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, and open."""
        key = event.key()
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_Home: -len(self.bars), Qt.Key.Key_End: len(self.bars)}  # fmt: skip
        if key in rows:
            self._walk(rows[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.bars:
            last = len(self.bars[self.row].steps) - 1
            self.step = min(max(self.step + (1 if key == Qt.Key.Key_Right else -1), -1), last)
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key():
            self.opened.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def _walk(self, rows: int) -> None:
        self.row = min(max(self.row + rows, 0), max(len(self.bars) - 1, 0))
        self.step = -1
        top = self._y_of(self.row)
        bar = self.verticalScrollBar()
        if top < self._theme.px(HEAD):
            bar.setValue(bar.value() + top - self._theme.px(HEAD))
        elif top + self._line > self.viewport().height():
            bar.setValue(bar.value() + top + self._line - self.viewport().height())
        self._say()

    def _say(self) -> None:
        self.setAccessibleDescription(self.words())
        self.chosen.emit(self.current_key())
        self.viewport().update()

    def words(self) -> str:
        """What is under the cursor, in words."""
        if self.row >= len(self.bars):
            return ""
        bar = self.bars[self.row]
        if self.step < 0:
            return f"Fiche {bar.fiche.number}, {bar.fiche.title}, {ACTION_STATE[bar.fiche.status]}"
        return step_words(bar.steps[self.step])

    def _row_under(self, y: float) -> int:
        return int((y - self._theme.px(HEAD) + self.verticalScrollBar().value()) // self._line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a fiche."""
        row = self._row_under(event.position().y())
        if 0 <= row < len(self.bars) and event.position().y() > self._theme.px(HEAD):
            self.row, self.step = row, -1
            self._say()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a fiche."""
        if 0 <= self._row_under(event.position().y()) < len(self.bars):
            self.opened.emit(self.current_key())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the étape under the mouse."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().viewportEvent(event)

    def _words_at(self, x: int, y: int) -> str:
        row = self._row_under(y)
        if not 0 <= row < len(self.bars):
            return ""
        for step in self.bars[row].steps:
            day = step.done_on or step.planned_on
            if day is not None and abs(self.x_of(day) - x) <= NEAR:
                return step_words(step)
        return self.bars[row].fiche.title

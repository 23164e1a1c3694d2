"""Ends of the conventions on a calendar: one bar each, the day asked, what comes next."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import long_date, plural, short_date
from ui.icons import draw
from ui.labels_ctg import CTG_STATUS
from ui.views.ctg_words import SHAPE
from ui.widgets.parts import scrolled, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.ctg_rows import CtgRow
    from ui.theme import Theme

NAMES = 220
ROW = 40
HEAD = 30


class EndsCalendar(QWidget):
    """Bars over years; arrows choose one, Entrée or a click opens it."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[CtgRow] = []
        self._on = datetime.date.min
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Calendrier des fins de CTG")
        theme.changed.connect(self.update)

    def show_rows(self, rows: Sequence[CtgRow], on: datetime.date) -> None:
        """Show dated conventions, those that end first at the top."""
        self._rows = [held for held in rows if held.ends_on is not None]
        self._on = on
        self._chosen = min(self._chosen, max(len(self._rows) - 1, 0))
        self.setVisible(bool(self._rows))
        self._say()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the rows."""
        return QSize(600, self._theme.px(HEAD) + self._theme.px(ROW) * len(self._rows) + 8)

    def _years(self) -> tuple[int, int]:
        starts = [held.starts_on or held.ends_on for held in self._rows]
        ends = [held.ends_on for held in self._rows if held.ends_on]
        first = min([self._on.year, *(day.year for day in starts if day)])
        return first, max([self._on.year, *(day.year for day in ends)]) + 1

    def _x(self, on: datetime.date) -> float:
        first, last = self._years()
        left = self._theme.px(NAMES)
        start = datetime.date(first, 1, 1)
        whole = (datetime.date(last, 1, 1) - start).days
        return left + (self.width() - left - 16) * (on - start).days / whole

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw years, the day asked, then one bar a convention."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_years(painter)
        for rank, held in enumerate(self._rows):
            self._draw_row(painter, rank, held)

    def _draw_years(self, painter: QPainter) -> None:
        first, last = self._years()
        head, tokens = self._theme.px(HEAD), self._theme.token
        painter.setFont(self._theme.font("dense_label"))
        for year in range(first, last):
            x, after = self._x(datetime.date(year, 1, 1)), self._x(datetime.date(year + 1, 1, 1))
            painter.setPen(tokens("trait"))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            painter.setPen(tokens("texte2"))
            where = QRectF(x, 0, after - x, head)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(year))
        painter.setPen(QPen(tokens("ocre"), 1.6, Qt.PenStyle.DashLine))
        x = self._x(self._on)
        painter.drawLine(QPointF(x, head - 4), QPointF(x, self.height()))

    def _draw_row(self, painter: QPainter, rank: int, held: CtgRow) -> None:
        tokens, top = self._theme.token, self._theme.px(HEAD) + self._theme.px(ROW) * rank
        high, names = self._theme.px(ROW), self._theme.px(NAMES)
        if rank == self._chosen and self.hasFocus():
            painter.setPen(tokens("encre"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, top + 2, self.width() - 2, high - 4), 6, 6)
        icon, token = SHAPE[held.status]
        draw(painter, icon, token, QRectF(6, top + (high - 16) / 2, 16, 16))
        painter.setFont(self._theme.font("label"))
        painter.setPen(tokens("texte"))
        name = painter.fontMetrics().elidedText(held.name, Qt.TextElideMode.ElideRight, names - 40)
        painter.drawText(QRectF(30, top, names - 36, high), Qt.AlignmentFlag.AlignVCenter, name)
        assert held.ends_on is not None
        left = self._x(held.starts_on) if held.starts_on else names
        bar = QRectF(left, top + high / 2 - 8, max(self._x(held.ends_on) - left, 6), 16)
        late = held.ends_on < self._on and not held.status.is_over
        painter.setPen(QPen(tokens("rouge" if late else "encre"), 1))
        painter.setBrush(tokens("rouge_doux" if late else "encre_doux"))
        painter.drawRoundedRect(bar, 4, 4)
        painter.setFont(self._theme.font("legend_strong"))
        painter.setPen(tokens("rouge" if late else "encre"))
        words = f"fin le {short_date(held.ends_on)}"
        painter.drawText(
            bar.adjusted(6, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words
        )

    def _rank_at(self, y: float) -> int | None:
        rank = int((y - self._theme.px(HEAD)) // self._theme.px(ROW))
        return rank if 0 <= rank < len(self._rows) else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the convention under the pointer."""
        rank = self._rank_at(event.position().y())
        if rank is not None:
            self._chosen = rank
            self.opened.emit(self._rows[rank].uuid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Entrée opens."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._rows:
            self._chosen = max(0, min(self._chosen + step, len(self._rows) - 1))
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.opened.emit(self._rows[self._chosen].uuid)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        if self._rows:
            held = self._rows[self._chosen]
            assert held.ends_on is not None
            self.setAccessibleDescription(
                f"{held.name}, {CTG_STATUS[held.status].lower()}, fin le {long_date(held.ends_on)}"
            )


class EndsView(QWidget):
    """The calendar, and how many conventions have no end known."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.calendar = EndsCalendar(theme)
        self.calendar.opened.connect(self.opened)
        self.note = text("", "hint", wrap=True)
        inside = QWidget()
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.calendar)
        held.addWidget(self.note)
        held.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def show_rows(self, rows: Sequence[CtgRow], on: datetime.date) -> None:
        """Show conventions on a day."""
        self.calendar.show_rows(rows, on)
        unknown = sum(held.ends_on is None for held in rows)
        said = f"Le trait ocre est au {long_date(on)}."
        if unknown:
            said += f" {plural(unknown, 'CTG sans date de fin', 'CTG sans date de fin')}, hors du calendrier."
        self.note.setText(said)

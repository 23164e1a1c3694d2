"""The séance projected: one point of the agenda a view, large type, decisions always visible, keys below."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.french import long_date, short_date, typographic
from ui.widgets.fields import Refused, read_date
from ui.widgets.parts import clear, scrolled, text

if TYPE_CHECKING:
    from app.services.steering_rows import MeetingDetail
    from ui.theme import Theme

KEYS = "← → point   D décision   + − taille   Échap quitter"
SIZES = (16, 18, 21, 24, 28, 32)


class MeetingStage(QWidget):
    """A window of its own; what is written goes to the base at once."""

    def __init__(
        self,
        theme: Theme,
        decide: Callable[[str, str, datetime.date | None], None],
        closed: Callable[[], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._decide = decide
        self._closed = closed
        self._detail: MeetingDetail | None = None
        self.place = 0
        self._size = 2
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Réunion")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = text("", "second")
        self.point = text("", "title", wrap=True)
        self.note = text("", wrap=True)
        self.list = QVBoxLayout()
        self.list.setSpacing(10)
        self.words = self._line("Décision")
        self.owner = self._line("Porteur")
        self.due = self._line("Échéance (jj/mm/aaaa)")
        self.said = text("", "hint", wrap=True)
        self.keys = text(KEYS, "hint")
        self._entry = QWidget()
        self._lay_out()
        self._entry.hide()
        self._grow(0)

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.returnPressed.connect(self.write)
        return made

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(20)
        left.addWidget(self.head)
        left.addWidget(self.point)
        left.addWidget(self.note)
        left.addStretch(1)
        inside = QWidget()
        inside.setProperty("role", "surface")
        right = QVBoxLayout(inside)
        right.setContentsMargins(20, 16, 20, 16)
        right.setSpacing(12)
        right.addWidget(text("Décisions", "section"))
        right.addLayout(self.list)
        entry = QVBoxLayout(self._entry)
        entry.setContentsMargins(0, 0, 0, 0)
        for field in (self.words, self.owner, self.due, self.said):
            entry.addWidget(field)
        right.addWidget(self._entry)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(40)
        both.addLayout(left, 3)
        both.addWidget(scrolled(inside), 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(60, 40, 60, 24)
        outer.addLayout(both, 1)
        outer.addWidget(self.keys)

    def show_meeting(self, detail: MeetingDetail) -> None:
        """Show a séance, at the point reached."""
        self._detail = detail
        self.place = min(self.place, max(len(detail.agenda) - 1, 0))
        self._draw()

    def _draw(self) -> None:
        detail = self._detail
        if detail is None:
            return
        day = long_date(detail.row.held_on)
        self.head.setText(f"{detail.row.title or detail.row.instance}, {day}")
        if detail.agenda:
            point = detail.agenda[self.place]
            self.point.setText(f"{self.place + 1}. {point.title}")
            self.note.setText(point.note)
        else:
            self.point.setText("Aucun point à l’ordre du jour")
            self.note.clear()
        clear(self.list)
        for decision in detail.decisions:
            due = f" ({short_date(decision.due_on)})" if decision.due_on else ""
            owner = f", {decision.owner}" if decision.owner else ""
            self.list.addWidget(
                text(typographic(f"{decision.number}. {decision.text}{owner}{due}"), wrap=True)
            )
        if not detail.decisions:
            self.list.addWidget(text("Aucune décision pour l’instant.", "second"))

    # -- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages of a remote, D, + and -, Échap."""
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.go(-1)
        elif key == Qt.Key.Key_D:
            self.ask()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._grow(1)
        elif key == Qt.Key.Key_Minus:
            self._grow(-1)
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def go(self, step: int) -> None:
        """Go to another point of the agenda."""
        count = len(self._detail.agenda) if self._detail else 0
        self.place = max(0, min(self.place + step, count - 1)) if count else 0
        self._draw()

    def ask(self) -> None:
        """Open the line of a decision."""
        self._entry.show()
        self.words.setFocus()

    def write(self) -> None:
        """Write the decision typed; a wrong date is said and nothing is written."""
        words = self.words.text().strip()
        try:
            due_on = read_date(self.due.text())
        except Refused as refusal:
            self.said.setText(typographic(str(refusal)))
            return
        if not words:
            self.said.setText("Écrivez la décision.")
            return
        self._decide(words, self.owner.text().strip(), due_on)
        for field in (self.words, self.owner, self.due):
            field.clear()
        self.said.setText(f"Enregistré à {datetime.datetime.now():%H:%M}")
        self.setFocus()

    def _grow(self, step: int) -> None:
        self._size = max(0, min(self._size + step, len(SIZES) - 1))
        size = SIZES[self._size]
        self.setStyleSheet(
            f"QLabel {{ font-size: {size}px; }} QLabel[role=title] {{ font-size: {size * 2}px; }}"
        )

    def _leave(self) -> None:
        if self._entry.isVisible():
            self._entry.hide()
            self.setFocus()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the page."""
        self._closed()
        super().closeEvent(event)

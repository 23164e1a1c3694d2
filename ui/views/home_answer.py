"""What opens under a line to do: rule, evidence, why, what to do; and the answer, with its reason."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.widgets.fields import DateField, Refused, TextField, read_date
from ui.widgets.parts import button, row, text

if TYPE_CHECKING:
    from ui.views.home_todo import Line

LATER_DAYS = 14
WHY, LATER, DONE = "why", "later", "done"
NOT_BEFORE = "Choisissez une date à venir."


class AnswerPanel(QFrame):
    """Opened under its line; Échap closes it."""

    open_asked = Signal()
    answered = Signal(str, object, str)
    """LATER or DONE, date or None, reason."""
    closed = Signal()

    def __init__(self, line: Line, on: datetime.date, *, writable: bool) -> None:
        super().__init__()
        assert line.alert is not None
        self._on = on
        self._mode = WHY
        self._writable = writable
        self.setAccessibleName(line.title)
        self.until = DateField("Revoir le", required=True)
        self.reason = TextField("Motif", required=True)
        for field in (self.until, self.reason):
            field.control.returnPressed.connect(self.confirm)  # type: ignore[attr-defined]
        self._forms = {LATER: self._form(LATER), DONE: self._form(DONE)}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(30, 2, 8, 12)
        outer.setSpacing(10)
        outer.addLayout(self._grid(line))
        outer.addWidget(self._fields())
        outer.addWidget(self._verbs(line))
        for form in self._forms.values():
            outer.addWidget(form)

    # -- building ----------------------------------------------------------------------------------------

    def _grid(self, line: Line) -> QGridLayout:
        assert line.alert is not None
        rule = line.alert.rule
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        parts = (
            ("Règle", rule.label),
            ("Constat", line.alert.evidence),
            ("Pourquoi", rule.why),
            ("Que faire", rule.action),
        )
        for rank, (name, words) in enumerate(parts):
            said = text(words, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text(name, "hint"), rank, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, rank, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fields(self) -> QWidget:
        self._entry = QWidget()
        line = row(self.until, self.reason, gap=12)
        line.setStretch(1, 1)
        line.setAlignment(self.until, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(self.reason, Qt.AlignmentFlag.AlignTop)
        self.until.setFixedWidth(130)
        self._entry.setLayout(line)
        return self._entry

    def _verbs(self, line: Line) -> QWidget:
        """What can be done from the explanation."""
        holder = QWidget()
        self.open_button = button("Ouvrir", self.open_asked.emit, icon="arrow-right")
        later = button("Plus tard…", self.show_later, icon="clock-pause")
        done = button("C’est fait…", self.show_done, icon="check")
        for made in (self.open_button, later, done):
            made.setProperty("dense", True)
        holder.setLayout(row(self.open_button, later, done, None, gap=8))
        self.open_button.setVisible(bool(line.page))  # in its holder by now: without a parent, a window
        for made in (later, done):
            made.setVisible(self._writable)
        self._why_verbs = holder
        return holder

    def _form(self, mode: str) -> QWidget:
        holder = QWidget()
        verb = "Reporter" if mode == LATER else "Marquer comme fait"
        confirm = button(verb, self.confirm, role="primary")
        give_up = button("Renoncer", self.closed.emit)
        for made in (confirm, give_up):
            made.setProperty("dense", True)
        holder.setLayout(row(confirm, give_up, None, gap=8))
        return holder

    # -- modes -------------------------------------------------------------------------------------------

    @property
    def mode(self) -> str:
        """WHY, LATER or DONE."""
        return self._mode

    def show_why(self) -> None:
        """Explain only."""
        self._show(WHY)
        (self.open_button if self.open_button.isVisibleTo(self) else self).setFocus()

    def show_later(self) -> None:
        """Ask a date and a reason."""
        self._show(LATER)
        self._name_reason("Motif")
        self.until.set_value(self._on + datetime.timedelta(days=LATER_DAYS))
        self.until.control.setFocus()

    def show_done(self) -> None:
        """Ask what was done."""
        self._show(DONE)
        self._name_reason("Ce qui a été fait")
        self.reason.control.setFocus()

    def _name_reason(self, words: str) -> None:
        self.reason.label.setText(f"{words}\u00a0*")
        self.reason.control.setAccessibleName(f"{words} (obligatoire)")

    def _show(self, mode: str) -> None:
        self._mode = mode
        self._entry.setVisible(mode != WHY)
        self.until.setVisible(mode == LATER)
        self._why_verbs.setVisible(mode == WHY)
        for code, form in self._forms.items():
            form.setVisible(code == mode)

    def confirm(self) -> None:
        """Check the entries and hand them over; a refusal stays under its field."""
        until = self._date() if self._mode == LATER else None
        if self._mode == LATER and until is None:
            return
        if self.reason.commit():
            self.answered.emit(self._mode, until, self.reason.value)

    def _date(self) -> datetime.date | None:
        try:
            found = read_date(self.until.edit.text())
        except Refused as refusal:
            self.until.refuse(str(refusal))
            return None
        if found is None or found <= self._on:
            self.until.refuse(NOT_BEFORE)
            return None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

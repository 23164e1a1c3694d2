"""The small form of the states that nobody takes alone: reason, decider, date, and the new due date."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from app.domain.action import NEEDS_REASON, ActionState
from app.domain.ctg_errors import ReasonNeeded
from app.domain.errors import DomainError
from ui.errors import sentence
from ui.labels_plan import VERB
from ui.widgets.fields import DateField, Field, LongTextField, TextField, form_key
from ui.widgets.parts import Banner, button, row, text

DECIDERS = ("Comité de pilotage", "Comité technique")


@dataclass(frozen=True, slots=True)
class StatusWish:
    """A passage of a fiche to a state, with who decided, when and why."""

    action: str
    status: ActionState
    reason: str = ""
    decider: str = ""
    decided_on: datetime.date | None = None
    until: datetime.date | None = None


def needs_form(status: ActionState) -> bool:
    """Tell whether a state asks reason, decider and date."""
    return status in NEEDS_REASON


class StatusForm(QWidget):
    """`asked` carries a StatusWish once the three fields are filled; `given_up` says that it was closed."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._action = ""
        self._status = ActionState.POSTPONED
        self.title = text("", "section", wrap=True)
        self.fiche = text("", "second", wrap=True)
        self.reason = LongTextField("Motif", required=True, lines=3)
        self.decider = TextField("Décideur", required=True, placeholder="instance ou fonction")
        self.decider.edit.setCompleter(_completer(self.decider))
        self.decided_on = DateField("Date de la décision", required=True)
        self.until = DateField("Nouvelle échéance")
        self.banner = Banner()
        self.verb = button("", self.submit, role="primary")
        self.leave = button("Ne rien changer", self.given_up.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for item in (self.title, self.fiche, self.reason, self.decider, self.decided_on, self.until):
            layout.addWidget(item)
        layout.addWidget(self.banner)
        layout.addLayout(row(self.verb, self.leave, None))
        layout.addStretch(1)

    def open(self, action: str, words: str, status: ActionState) -> None:
        """Ask about another passage; the first field takes the keyboard."""
        self._action, self._status = action, status
        self.title.setText(f"{VERB[status]} la fiche")
        self.fiche.setText(words)
        self.verb.setText(VERB[status])
        self.verb.setAccessibleName(VERB[status])
        self.banner.hide()
        for field in (self.reason, self.decider, self.decided_on, self.until):
            field.set_value(None)
            field.write(None)
            field.accept()
        self.until.setVisible(status is ActionState.POSTPONED)
        self.reason.control.setFocus()

    def submit(self) -> None:
        """Send the passage if the three fields are filled; the first refused one takes the keyboard."""
        fields: tuple[Field, ...] = (self.reason, self.decider, self.decided_on, self.until)
        refused = [field for field in fields if not field.commit()]
        if refused:
            refused[0].control.setFocus()
            return
        self.asked.emit(
            StatusWish(
                self._action, self._status, self.reason.value, self.decider.value, self.decided_on.value,
                self.until.value,
            )
        )  # fmt: skip

    def refuse(self, error: DomainError) -> None:
        """Say what the base refused, at the field when it is known."""
        fields = {"reason": self.reason, "decider": self.decider, "decided_on": self.decided_on}
        missing = error.facts.get("missing") if isinstance(error, ReasonNeeded) else None
        if isinstance(missing, tuple) and missing:
            fields[missing[0]].refuse(sentence(error))
        elif error.facts.get("field") in ("ends_on", "until"):
            self.until.refuse(sentence(error))
        else:
            self.banner.say(sentence(error), "rouge")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Entrée sends, Échap closes."""
        if not form_key(event, self.submit, self.given_up.emit):
            super().keyPressEvent(event)


def _completer(parent: QWidget) -> QCompleter:
    made = QCompleter(list(DECIDERS), parent)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return made

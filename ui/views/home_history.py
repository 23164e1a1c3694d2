"""Answers given to alerts, latest first: what was put off or done, why, and the way back."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import long_date, typographic
from ui.widgets.parts import button, clear, column, line, picture, row, text

if TYPE_CHECKING:
    from app.domain.alerts import Alert, Answer
    from ui.theme import Theme
    from ui.views.home_data import HomeAlerts

SHOWN = 20


class HistoryBox(QWidget):
    """`reopened` carries an alert to show again."""

    reopened = Signal(object)

    def __init__(self, theme: Theme, *, writable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._writable = writable
        self._shown: object = None
        self.setAccessibleName("Réponses données")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(8)

    def show_answers(self, read: HomeAlerts) -> None:
        """List the latest answers; those in force can be taken back."""
        wanted = (read.answers, read.put_off)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self.lines)
        in_force = {(answer.key, answer.answered_at): alert for alert, answer in read.put_off}
        labels = {alert.key: alert.subject.label for alert in read.shown}
        labels.update({alert.key: alert.subject.label for alert, _ in read.put_off})
        rules = {rule.code: rule.label for rule in read.rules}
        for answer in list(reversed(read.answers))[:SHOWN]:
            alert = in_force.get((answer.key, answer.answered_at))
            title = labels.get(answer.key) or rules.get(answer.rule, answer.rule)
            self._add(answer, title, None if answer_words(answer) == REOPENED else alert)

    def _add(self, answer: Answer, title: str, alert: Alert | None) -> None:
        done = answer.done
        icon = "circle-check" if done else "clock-pause" if answer.until else "rotate-clockwise"
        words = column(
            text(title, "label", wrap=True),
            text(typographic(f"{answer_words(answer)} : {answer.reason}"), "second", wrap=True),
            text(f"{day_words(answer.answered_at)}, {answer.evidence}", "hint", wrap=True),
            gap=1,
        )
        held = row(picture(icon, "vert" if done else "ocre"), gap=12)
        held.addLayout(words, 1)
        if alert is not None and self._writable:
            back = button("Remettre à traiter", partial(self.reopened.emit, alert))
            back.setProperty("dense", True)
            back.setAccessibleName(f"Remettre à traiter\u202f: {title}")
            held.addWidget(back)
        self.lines.addWidget(line())
        self.lines.addLayout(held)


REOPENED = "Remise à traiter"


def answer_words(answer: Answer) -> str:
    """Return « Traitée », « Reportée au 5 mars 2027 », « Remise à traiter »."""
    if answer.done:
        return "Traitée"
    return f"Reportée au {long_date(answer.until)}" if answer.until else REOPENED


def day_words(answered_at: str) -> str:
    """Return the day of an answer, as on the clock of this computer."""
    return long_date(datetime.datetime.fromisoformat(answered_at).astimezone().date())

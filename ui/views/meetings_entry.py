"""The line of a decision typed during a meeting: words, owner, due date, fiche; Entrée writes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout

from app.domain.french import typographic
from ui.widgets.fields import Refused, read_date
from ui.widgets.parts import row, text

Decide = Callable[[str, str, datetime.date | None, str | None, str | None], None]
"""Words, owner, due date, fiche and point of the agenda."""
NO_ACTION = "Fiche (aucune)"


class DecisionEntry(QFrame):
    """Tab goes from one field to the next; a wrong date is said and nothing is written."""

    def __init__(self, decide: Decide, done: Callable[[], None]) -> None:
        super().__init__()
        self._decide = decide
        self._done = done
        self.item: str | None = None
        self.setProperty("role", "framed")
        self.words = self._line("Décision")
        self.owner = self._line("Porteur")
        self.due = self._line("Échéance")
        self.due.setToolTip("Date, par exemple 31/01/2027")
        self.action = QComboBox()
        self.action.setAccessibleName("Fiche")
        self.action.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.action.setMinimumContentsLength(12)
        self.said = text("", "hint", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addLayout(row(self.owner, self.due, gap=8))
        layout.addWidget(self.action)

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.returnPressed.connect(self.write)
        return made

    def show_actions(self, actions: Mapping[str, str]) -> None:
        """Fiches of the CTG: key -> words."""
        held = self.action.currentData()
        self.action.clear()
        self.action.addItem(NO_ACTION, "")
        for uuid, words in actions.items():
            self.action.addItem(words, uuid)
        self.action.setCurrentIndex(max(self.action.findData(held), 0))
        self.action.setVisible(bool(actions))

    def write(self) -> None:
        """Write the decision typed."""
        words = self.words.text().strip()
        try:
            due_on = read_date(self.due.text())
        except Refused as refusal:
            self.said.setText(typographic(f"{refusal} Rien n’a été écrit."))
            return
        if not words:
            self.said.setText("Écrivez la décision.")
            return
        self._decide(words, self.owner.text().strip(), due_on, self.action.currentData() or None, self.item)
        for field in (self.words, self.owner, self.due):
            field.clear()
        self.action.setCurrentIndex(0)
        self._done()

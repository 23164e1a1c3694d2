"""Who a new funder is: name, kind, nature; signatories are proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QVBoxLayout

from app.domain.budget import Nature
from app.domain.ctg import PartyKind
from app.domain.ctg_words import NATURE, PARTY
from app.domain.french import fold
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.parts import button, row

if TYPE_CHECKING:
    from ui.views.action_calls import ActionRead


@dataclass(frozen=True, slots=True)
class FunderWish:
    """A funder to add."""

    name: str
    kind: PartyKind
    nature: Nature


class FunderForm(QFrame):
    """`asked` carries a FunderWish."""

    asked = Signal(object)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "lane")
        self._kinds: dict[str, PartyKind] = {}
        self.name = TextField("Financeur", required=True, placeholder="signataire ou autre")
        self.kind = ChoiceField(
            "Catégorie", [(kind.value, word) for kind, word in PARTY.items()], required=True
        )
        self.nature = ChoiceField(
            "Dépense", [(nature.value, word) for nature, word in NATURE.items()], required=True
        )
        self.name.edit.editingFinished.connect(self._guess)
        fields = row(self.name, self.kind, self.nature, gap=12)
        fields.setStretch(0, 2)
        fields.setStretch(1, 1)
        fields.setStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addLayout(fields)
        self.verb = button("Ajouter", self.submit, role="primary")
        layout.addLayout(row(self.verb, button("Fermer", self.given_up.emit), None))

    def offer(self, read: ActionRead) -> None:
        """Propose the signatories of the convention."""
        self._kinds = {fold(party.name): party.kind for party in read.ctg.parties}
        completer = QCompleter([party.name for party in read.ctg.parties], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _name: self._guess())
        self.name.edit.setCompleter(completer)

    def start(self) -> None:
        """Ask about another funder."""
        for field, value in ((self.name, None), (self.kind, None), (self.nature, Nature.RUNNING.value)):
            field.set_value(value)
            field.write(value)
            field.accept()
        self.name.control.setFocus()

    def _guess(self) -> None:
        kind = self._kinds.get(fold(self.name.edit.text()))
        if kind is not None:
            self.kind.set_value(kind.value)

    def submit(self) -> None:
        """Ask for the funder once it is told."""
        self._guess()
        refused = [field for field in (self.name, self.kind, self.nature) if not field.commit()]
        if refused:
            refused[0].control.setFocus()
            return
        self.asked.emit(FunderWish(self.name.value, PartyKind(self.kind.value), Nature(self.nature.value)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes, Entrée adds."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

"""Two small forms of the right side of a fiche: correct the progress, link to what it answers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.errors import DomainError
from app.domain.french import fold
from ui.errors import sentence
from ui.widgets.fields import LongTextField, NumberField
from ui.widgets.parts import button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from ui.views.action_calls import Target

FAMILIES = (("sdsf", "SDSF"), ("cpog", "CPOG"), ("decret", "Décret"))
MOST = 200


class SideForm(QWidget):
    """A form of the side; Échap closes it."""

    given_up = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.body.addWidget(text(title, "section", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class ProgressForm(SideForm):
    """`asked` carries (percent or empty, reason)."""

    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__("Corriger l’avancement")
        self.derived = text("", "second", wrap=True)
        self.percent = NumberField("Avancement corrigé", least=0, unit="%", required=True)
        self.reason = LongTextField("Motif", required=True, lines=3)
        self.verb = button("Corriger", self.submit, role="primary")
        self.give_back = button("Revenir aux étapes", self._give_back)
        self.leave = button("Ne rien changer", self.given_up.emit)
        for part in (self.derived, self.percent, self.reason):
            self.body.addWidget(part)
        self.body.addLayout(row(self.verb, self.leave, None))
        self.body.addLayout(row(self.give_back, None))
        self.body.addStretch(1)

    def open(self, derived: str, percent: int | None, reason: str, overridden: bool) -> None:
        """Ask for a correction, or for the end of one."""
        self.derived.setText(derived)
        for field, value in ((self.percent, percent if overridden else None), (self.reason, reason)):
            field.set_value(value)
            field.write(value)
            field.accept()
        self.give_back.setVisible(overridden)
        self.percent.control.setFocus()

    def submit(self) -> None:
        """Ask for the correction."""
        refused = [field for field in (self.percent, self.reason) if not field.commit()]
        if refused:
            refused[0].control.setFocus()
        else:
            self.asked.emit(self.percent.value, self.reason.value)

    def _give_back(self) -> None:
        self.asked.emit("", "")

    def refuse(self, error: DomainError) -> None:
        """Say why at the field."""
        field = self.reason if error.facts.get("missing") else self.percent
        field.refuse(sentence(error))


class LinkForm(SideForm):
    """`asked` carries the Target chosen."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Relier la fiche")
        self._targets: Sequence[Target] = ()
        self.families = Segments(FAMILIES, "Famille du lien")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer les éléments à relier")
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName("Éléments à relier")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(240)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = text("", "hint", wrap=True)
        self.verb = button("Relier", self.submit, role="primary")
        self.leave = button("Fermer", self.given_up.emit)
        for part in (self.families, self.filter, self.list, self.note):
            self.body.addWidget(part)
        self.body.addLayout(row(self.verb, self.leave, None))
        self.body.addStretch(1)
        self.families.chosen.connect(lambda _code: self._fill())
        self.filter.textChanged.connect(lambda _text: self._fill())
        self.list.itemActivated.connect(lambda _item: self.submit())

    def open(self, targets: Sequence[Target]) -> None:
        """Offer these things."""
        self._targets = targets
        self.filter.clear()
        self._fill()
        self.filter.setFocus()

    def _fill(self) -> None:
        words = fold(self.filter.text()).split()
        family = self.families.current
        mine = [one for one in self._targets if one.family == family]
        kept = [one for one in mine if all(word in fold(one.words) for word in words)]
        self.list.clear()
        for one in kept[:MOST]:
            item = QListWidgetItem(one.words)
            item.setToolTip(one.words)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.verb.setEnabled(bool(kept))
        if not mine:
            self.note.setText("Rien à relier dans cette base.")
        else:
            more = len(kept) - MOST
            self.note.setText(f"{more} autres éléments\u202f: précisez le filtre." if more > 0 else "")

    def submit(self) -> None:
        """Ask for the link."""
        item = self.list.currentItem()
        if item is not None:
            self.asked.emit(item.data(Qt.ItemDataRole.UserRole))

    def refuse(self, error: DomainError) -> None:
        """Say why."""
        self.note.setText(sentence(error))

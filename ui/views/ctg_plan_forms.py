"""Two forms of the side of a plan: copy fiches to another CTG, create one from a gap of the maillage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.french import plural
from app.domain.maillage import GapCertainty
from ui.widgets.fields import ChoiceField
from ui.widgets.parts import button, row, text

if TYPE_CHECKING:
    from app.domain.maillage import Gap

COPIED = (
    "Les étapes et les indicateurs suivent\u202f; les dates et l’argent restent ici. "
    "Les fiches copiées y attendent d’être rattachées à un objectif."
)


class PlanForm(QWidget):
    """A form with its verb; Échap closes it."""

    given_up = Signal()

    def __init__(self, title: str, sentence: str, verb: str) -> None:
        super().__init__()
        self.title = text(title, "section", wrap=True)
        self.sentence = text(sentence, "second", wrap=True)
        self.verb = button(verb, self.submit, role="primary")
        self.leave = button("Fermer", self.given_up.emit)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.body.addWidget(self.title)
        self.body.addWidget(self.sentence)

    def finish(self, *parts: QWidget) -> None:
        """Lay out what is between the sentence and the verbs."""
        for part in parts:
            self.body.addWidget(part)
        self.body.addLayout(row(self.verb, self.leave, None))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Ask for what the form is about."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class CopyForm(PlanForm):
    """`asked` carries the fiches and the convention they go to."""

    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__("Copier vers une autre CTG", "", "Copier")
        self._uuids: list[str] = []
        self.target = ChoiceField("CTG de destination", (), required=True)
        note = text(COPIED, "hint", wrap=True)
        self.finish(self.target, note)

    def open(self, uuids: Sequence[str], ctgs: Sequence[tuple[str, str]]) -> None:
        """Ask where some fiches go."""
        self._uuids = list(uuids)
        self.sentence.setText(plural(len(uuids), "fiche choisie", "fiches choisies"))
        self.target.set_choices(ctgs)
        self.verb.setEnabled(bool(ctgs))
        self.target.control.setFocus()

    def submit(self) -> None:
        """Ask for the copy."""
        target = self.target.box.currentData()
        if target is None:
            self.target.refuse("Choisissez une CTG.")
        else:
            self.asked.emit(self._uuids, str(target))


class GapForm(PlanForm):
    """`asked` carries the gap chosen."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Créer depuis une lacune", "Règles de maillage non tenues sur ce territoire.",
                         "Créer la fiche")  # fmt: skip
        self.list = QListWidget()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName("Lacunes du maillage")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(220)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reason = text("", "hint", wrap=True)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _item: self.submit())
        self.finish(self.list, self.reason)

    def open(self, gaps: Sequence[Gap]) -> None:
        """Offer these gaps."""
        self.list.clear()
        for gap in gaps:
            sure = "" if gap.certainty is GapCertainty.MISSING else " (à vérifier)"
            item = QListWidgetItem(f"{gap.rule.label}\u202f: {gap.name}{sure}")
            item.setData(Qt.ItemDataRole.UserRole, gap)
            self.list.addItem(item)
        self.verb.setEnabled(bool(gaps))
        if gaps:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.reason.setText("Aucune lacune sur ce territoire.")

    def _chosen(self, item: QListWidgetItem | None, _before: object) -> None:
        self.reason.setText(item.data(Qt.ItemDataRole.UserRole).reason if item is not None else "")

    def submit(self) -> None:
        """Ask for the fiche."""
        item = self.list.currentItem()
        if item is not None:
            self.asked.emit(item.data(Qt.ItemDataRole.UserRole))

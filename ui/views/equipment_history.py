"""Tab « Historique »: what happened to the service, latest first, each value before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.domain.errors import DomainError
from app.domain.french import long_date, number, typographic
from ui.labels_register import DEEDS, FIELD_LABELS, TABLES
from ui.views.equipment_parts import CardPart, quiet
from ui.widgets.parts import clear, column, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentCard, FieldChange, HistoryLine
    from ui.tasks import Task
    from ui.views.page import Kit

MOST = 60
STEPS = {"edit": "", "undo": "annulation : ", "redo": "rétabli : "}
UNSEEN = frozenset({"", None})


class HistoryPart(CardPart):
    """Reads the journal of the service when it is shown."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.none = text("Rien depuis que l’équipement est dans la base.", "hint", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.add(self.none, self._lines)

    def fill(self, card: EquipmentCard) -> None:
        """Read what happened."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = quiet(self.register.history_of, card.equipment.uuid)
        self._reading = self.kit.runner.read(call, self._show, refused=self._gone)

    def _gone(self, _error: DomainError) -> None:
        """The service was removed meanwhile."""

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        clear(self._lines)
        self.none.setVisible(not lines)
        for found in lines[:MOST]:
            when = f"{long_date(found.at.date())}, {found.at:%H:%M}"
            where = "" if found.device_is_here else ", autre poste"
            what = f"{STEPS[found.kind]}{TABLES.get(found.table, found.table)} {DEEDS[found.deed]}"
            parts = [text(typographic(what), "label", wrap=True), text(f"{when}{where}", "hint")]
            parts += [text(typographic(said), "second", wrap=True) for said in changes_of(found)]
            self._lines.addLayout(column(*parts, gap=1))


def changes_of(found: HistoryLine) -> list[str]:
    """« Places agréées : 20 → 25 » for each column that differs; what was and stays empty is left out."""
    return [
        f"{FIELD_LABELS.get(change.field, change.field)} : {_words(found, change)}"
        for change in found.fields
        if not (change.before in UNSEEN and change.after in UNSEEN)
    ]


def _words(found: HistoryLine, change: FieldChange) -> str:
    if found.deed == "added":
        return _said(change.after)
    if found.deed == "removed":
        return _said(change.before)
    return f"{_said(change.before)} → {_said(change.after)}"


def _said(value: object) -> str:
    if value in UNSEEN:
        return "vide"
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 2)
    return str(value)

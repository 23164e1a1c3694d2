"""Tab « Historique »: what happened to the service, latest first, each value before and after."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.domain.errors import DomainError
from app.domain.french import long_date, number, short_date, typographic
from app.domain.register_lists import load_choices, load_kinds, load_signals
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
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TRUTHS = frozenset({"precise", "itinerant", "fictitious", "expected", "year_only"})
LISTS: dict[str, tuple[str, ...]] = {
    "kind": ("movement", "support_kind"),
    "status": ("status",),
    "manager_kind": ("manager_kind",),
    "from_kind": ("manager_kind",),
    "to_kind": ("manager_kind",),
    "funding": ("funding",),
    "reliability": ("reliability",),
}
"""Closed lists where the code of a column may be."""


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
    before, after = _said(change.field, change.before), _said(change.field, change.after)
    if found.deed == "added":
        return after
    return before if found.deed == "removed" else f"{before} → {after}"


def _said(field: str, value: object) -> str:
    """A kept value as people read it: words of the lists, dates, yes and no."""
    if value in UNSEEN:
        return "vide"
    if field in TRUTHS:
        return "oui" if value else "non"
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 2)
    words = str(value)
    if DAY.fullmatch(words):
        return short_date(datetime.date.fromisoformat(words))
    return _word_of(field, words)


def _word_of(field: str, code: str) -> str:
    lists = LISTS.get(field, ())
    found = (load_choices(name).get(code) for name in lists)
    label = next((choice.label for choice in found if choice is not None), "")
    if field == "signal" and code in load_signals():
        label = load_signals()[code].label
    if field == "kind" and code in load_kinds():
        label = load_kinds()[code].label
    return label or code

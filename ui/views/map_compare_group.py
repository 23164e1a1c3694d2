"""A comparison group being made or changed: name, criteria, dates, territories."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import plural, typographic
from app.domain.groups import Group
from app.domain.territory import Level
from ui.errors import sentence
from ui.widgets.check_list import CheckList
from ui.widgets.fields import DateField, Field, LongTextField, TextField
from ui.widgets.parts import Banner, button, row, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.errors import DomainError
    from ui.theme import Theme

LIST_HEIGHT = 220
LEAST = 2


class GroupEditor(QWidget):
    """`edited` carries a group as it should become, as soon as it has a name and two territories."""

    edited = Signal(object)
    removed = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.group: Group | None = None
        self._known = False
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self.name = TextField("Nom du groupe", required=True)
        self.criteria = LongTextField("Critères", lines=2, placeholder="EPCI ruraux de taille proche…")
        self.starts_on = DateField("En usage du")
        self.ends_on = DateField("Jusqu’au, exclu")
        self._fields: dict[str, Field] = {
            "name": self.name, "criteria": self.criteria, "starts_on": self.starts_on,
            "ends_on": self.ends_on,
        }  # fmt: skip
        self.members = CheckList("Territoires du groupe", "Filtrer par nom ou département")
        self.members.setFixedHeight(theme.px(LIST_HEIGHT))
        self.members.changed.connect(self._members_changed)
        self.count = text("", "hint", wrap=True)
        self.refusal = Banner()
        self.remove = button("Supprimer le groupe", self._remove, icon="trash")
        self.done = button("Fermer", self.closed.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(text("Groupe de comparaison", "section"))
        layout.addWidget(self.refusal)
        for name, field in self._fields.items():
            layout.addWidget(field)
            field.committed.connect(partial(self._committed, name))
        layout.addWidget(text("Territoires", "label"))
        layout.addWidget(self.count)
        layout.addWidget(self.members)
        layout.addLayout(row(self.done, self.remove, None))
        layout.addStretch(1)

    def show_group(self, group: Group | None, lines: Sequence[tuple[str, str, str]], level: Level) -> None:
        """Edit a group, or a new one; lines: code, name, words that find it."""
        self._known = group is not None
        self.group = group or Group(f"groupe_{uuid.uuid4().hex[:8]}", "", level, ())
        self.refusal.hide()
        for name, field in self._fields.items():
            field.set_value(getattr(self.group, name))
        self.members.blockSignals(True)
        if self._lines != tuple(lines):
            self._lines = tuple(lines)
            self.members.show_lines(self._lines)
        chosen = set(self.group.members)
        for code in {*self.members.ticked(), *chosen}:
            self.members.tick(code, code in chosen)
        self.members.blockSignals(False)
        self.remove.setVisible(self._known)
        self._count()
        self.name.control.setFocus()

    def refuse(self, error: DomainError) -> None:
        """Say under the field why a change is refused."""
        field = self._fields.get(str(error.facts.get("field")))
        if field is not None:
            field.refuse(sentence(error))
        else:
            self.refusal.say(sentence(error), "rouge")

    def _count(self) -> None:
        count = len(self.group.members) if self.group else 0
        words = plural(count, "territoire", "territoires")
        lacking = "" if count >= LEAST else ", deux au moins sont attendus"
        self.count.setText(
            typographic(f"{words}{lacking}. L’unité comparée est laissée hors de sa référence.")
        )

    def _committed(self, name: str, value: Any) -> None:
        if self.group is not None:
            self._change(replace(self.group, **{name: value}))

    def _members_changed(self) -> None:
        if self.group is not None and not self.members.signalsBlocked():
            self._change(replace(self.group, members=self.members.ticked()))

    def _change(self, group: Group) -> None:
        if group == self.group:
            return
        self.group = group
        self._count()
        if group.name and len(group.members) >= LEAST:
            self._known = True
            self.remove.show()
            self.edited.emit(group)

    def _remove(self) -> None:
        if self.group is not None:
            self.removed.emit(self.group.code)

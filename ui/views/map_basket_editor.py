"""The panel that writes the next version of the basket of services, from a day on."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.coverage_basket import BasketRule, in_use
from app.domain.register_lists import load_kinds
from ui.errors import sentence
from ui.widgets.check_list import CheckList
from ui.widgets.fields import DateField, NumberField, TextField
from ui.widgets.parts import Banner, button, clear, column, line, row, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.errors import DomainError
    from ui.theme import Theme

KINDS_HEIGHT, REQUIRED_HEIGHT = 190, 150
FIRST_THEME = "parentalite"


class BasketEditor(QWidget):
    """A draft until its button is pressed; `saved` carries the rule as it should become."""

    saved = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self._rules: tuple[BasketRule, ...] = ()
        self._today = datetime.date.min
        self.current = text("", "hint", wrap=True)
        self.refusal = Banner()
        self.name = TextField("Nom du panier", required=True)
        self.starts_on = DateField("En vigueur à partir du", required=True)
        self.threshold = NumberField("Services présents pour un panier complet", least=1, required=True)
        self.kinds = CheckList("Services du panier", "Filtrer les services")
        self.kinds.setFixedHeight(theme.px(KINDS_HEIGHT))
        self.kinds.show_lines(_kind_lines())
        self.required = CheckList("Services obligatoires", "Filtrer les services du panier")
        self.required.setFixedHeight(theme.px(REQUIRED_HEIGHT))
        self.preview = text("", "second", wrap=True)
        self.save = button("", self._save, icon="versions", role="primary")
        self.undo = button("Revenir à la règle en vigueur", self._reset, icon="rotate-clockwise")
        self.foot = QWidget()
        """Its verbs, which stay seen while the fields scroll: whoever holds the editor puts them under it."""
        self._history = QVBoxLayout()
        self._history.setSpacing(8)
        self._lay()
        self.kinds.changed.connect(self._kinds_changed)
        self.required.changed.connect(self._changed)
        for field in (self.name, self.starts_on, self.threshold):
            field.committed.connect(self._changed)

    def _lay(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        for item in (
            self.current,
            self.refusal,
            self.name,
            text("Services du panier", "label"),
            self.kinds,
            text("Obligatoires, sans quoi le panier n’est jamais complet", "label", wrap=True),
            self.required,
            self.threshold,
            self.starts_on,
            self.preview,
        ):
            layout.addWidget(item)  # fmt: skip
        self.foot.setProperty("role", "surface")
        self.foot.setLayout(column(row(self.save, None), row(self.undo, None), gap=6))
        layout.addWidget(line())
        layout.addWidget(text("Versions", "strong"))
        layout.addLayout(self._history)
        layout.addStretch(1)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_rules(self, rules: Sequence[BasketRule], on: datetime.date) -> None:
        """Show the versions; what is being drafted stays, unless a version was written meanwhile."""
        same = self._rules == tuple(rules)
        self._rules, self._today = tuple(rules), on
        used = in_use(self._rules, on)
        self.current.setText(f"En vigueur\u202f: {used.text()}")
        if not same:
            self.write(used)
            self._show_history(used)

    def write(self, rule: BasketRule) -> None:
        """Start the draft from a version."""
        self.refusal.hide()
        self.name.set_value(rule.name)
        self.threshold.set_value(rule.threshold)
        self.starts_on.set_value(self._today)
        _tick(self.kinds, rule.kinds)
        self._offer_required(rule.required)
        self._changed()

    def refuse(self, error: DomainError) -> None:
        """Say why the version is refused; nothing is written."""
        fields = {"name": self.name, "threshold": self.threshold}
        field = fields.get(str(error.facts.get("field")))
        if field is not None:
            field.refuse(sentence(error))
        else:
            self.refusal.say(sentence(error), "rouge")

    def draft(self) -> BasketRule:
        """The next version, as typed."""
        last = self._rules[-1].version if self._rules else 0
        return BasketRule(
            name=self.name.value or "",
            version=last + 1,
            threshold=self.threshold.value or 0,
            kinds=self.kinds.ticked(),
            required=self.required.ticked(),
            starts_on=self.starts_on.value,
        )

    def _show_history(self, used: BasketRule) -> None:
        clear(self._history)
        for rule in reversed(self._rules):
            words = f"{rule.text()} En vigueur." if rule == used else rule.text()
            self._history.addWidget(text(words, "hint", wrap=True))
            if rule != used:
                again = button(f"Reprendre la version {rule.version}", partial(self.write, rule), role="link")
                self._history.addLayout(row(again, None))

    # -- what is typed -----------------------------------------------------------------------------------

    def _kinds_changed(self) -> None:
        self._offer_required(self.required.ticked())
        self._changed()

    def _offer_required(self, chosen: Sequence[str]) -> None:
        """Only a service of the basket may be compulsory."""
        known = load_kinds()
        self.required.blockSignals(True)
        self.required.show_lines([(code, known[code].label, "") for code in self.kinds.ticked()])
        self.required.blockSignals(False)
        _tick(self.required, chosen)

    def _changed(self, _value: object = None) -> None:
        draft = self.draft()
        self.save.setText(f"Enregistrer la version {draft.version}")
        self.save.setAccessibleName(self.save.text())
        used = in_use(self._rules, self._today) if self._rules else None
        different = used is None or replace(draft, version=used.version, starts_on=used.starts_on) != used
        self.save.setEnabled(different)
        self.undo.setEnabled(different)
        self.preview.setText(draft.text() if different and draft.kinds else "")
        self.preview.setVisible(bool(self.preview.text()))

    def _reset(self) -> None:
        self.write(in_use(self._rules, self._today))

    def _save(self) -> None:
        fields = (self.name, self.threshold, self.starts_on)
        if all([field.commit() for field in fields]):
            self.refusal.hide()
            self.saved.emit(self.draft())


def _kind_lines() -> list[tuple[str, str, str]]:
    """Services of parenthood first, then the others, in the order of the register."""
    kinds = sorted(load_kinds().values(), key=lambda kind: (kind.theme != FIRST_THEME, kind.order))
    return [(kind.code, kind.label, kind.theme) for kind in kinds]


def _tick(boxes: CheckList, chosen: Sequence[str]) -> None:
    """Tick these codes and no other, without saying so."""
    boxes.blockSignals(True)
    for code in {*boxes.ticked(), *chosen}:
        boxes.tick(code, code in chosen)
    boxes.blockSignals(False)

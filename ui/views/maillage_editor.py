"""The panel that edits a rule of maillage: written as one goes, each change is its next version."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import typographic
from app.domain.maillage import LEVEL_CODES, LEVELS, Condition, Measure, Rule
from app.domain.register_lists import load_kinds
from ui.errors import sentence
from ui.labels import LEVEL_ONE
from ui.labels_coverage import CONDITION, MEASURE
from ui.widgets.check_list import CheckList
from ui.widgets.fields import CheckField, ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.parts import Banner, button, row, text

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from ui.theme import Theme

WITH_THRESHOLD = (Condition.RURAL, Condition.POPULATION)
ITINERANT = (("tous", "Tous"), ("itinerants", "Itinérants seulement"))
KINDS_HEIGHT = 150


class RuleEditor(QWidget):
    """Fields of one rule; `edited` carries the rule as it should become."""

    edited = Signal(object)
    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.rule: Rule | None = None
        self.label = LongTextField("Libellé", required=True, lines=2)
        self.active = CheckField("Active")
        self.level = ChoiceField(
            "Maille", [(code, LEVEL_ONE[level]) for code, level in LEVELS.items()], required=True
        )
        self.measure = ChoiceField(
            "Ce qui est compté", [(m.value, MEASURE[m]) for m in Measure], required=True
        )
        self.minimum = NumberField("Minimum attendu", decimals=2, required=True)
        self.condition = ChoiceField("Condition", [(c.value, CONDITION[c]) for c in Condition], required=True)
        self.threshold = NumberField("Seuil, vide\u202f: paramètre daté", unit="habitants", least=0)
        self.ratio = NumberField("Assistants maternels par ETP, vide\u202f: paramètre daté", least=0)
        self.itinerant = ChoiceField("Offre", ITINERANT, required=True)
        self.starts_on = DateField("En vigueur du")
        self.ends_on = DateField("Jusqu’au, exclu")
        self.source = TextField("Source")
        self.note = LongTextField("Note", lines=2)
        self._fields: dict[str, Field] = {
            "label": self.label, "active": self.active, "level": self.level, "measure": self.measure,
            "minimum": self.minimum, "condition": self.condition, "threshold": self.threshold,
            "ratio": self.ratio, "itinerant": self.itinerant, "starts_on": self.starts_on,
            "ends_on": self.ends_on, "source": self.source, "note": self.note,
        }  # fmt: skip
        self.kinds = CheckList("Services attendus", "Filtrer les services")
        self.kinds.setFixedHeight(theme.px(KINDS_HEIGHT))
        self.kinds.show_lines([(k.code, k.label, k.theme) for k in load_kinds().values()])
        self.kinds.changed.connect(self._kinds_changed)
        self.version = text("", "hint", wrap=True)
        self.refusal = Banner()
        self.reset = button("", self._reset, icon="rotate-clockwise")
        self._lay()

    def _lay(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.version)
        layout.addWidget(self.refusal)
        for name, field in self._fields.items():
            if name == "level":
                layout.addWidget(text("Services attendus", "label"))
                layout.addWidget(self.kinds)
            layout.addWidget(field)
            field.committed.connect(partial(self._committed, name))
        layout.addLayout(row(self.reset, None))
        layout.addStretch(1)

    def show_rule(self, rule: Rule | None) -> None:
        """Show another rule, or the same after a change."""
        same = self.rule is not None and rule is not None and self.rule.code == rule.code
        self.rule = rule
        self.setVisible(rule is not None)
        self.refusal.hide()
        if rule is None:
            return
        for name, field in self._fields.items():
            field.set_value(_shown(rule, name))
        if not same or set(self.kinds.ticked()) != set(rule.kinds):
            self.kinds.blockSignals(True)
            for kind in load_kinds():
                self.kinds.tick(kind, kind in rule.kinds)
            self.kinds.blockSignals(False)
        self.threshold.setVisible(rule.condition in WITH_THRESHOLD)
        self.ratio.setVisible(rule.measure is Measure.FTE)
        self.minimum.setVisible(rule.measure is not Measure.FTE)
        self.itinerant.setVisible(rule.measure in (Measure.STRUCTURES, Measure.POINTS))
        origin = "Règle livrée" if rule.delivered else "Règle de la Caf"
        self.version.setText(typographic(f"{origin}, version {rule.version}."))
        self.reset.setText("Rétablir la règle livrée" if rule.delivered else "Supprimer la règle")
        self.reset.setAccessibleName(self.reset.text())
        self.reset.setEnabled(not rule.delivered or rule.version > 1)

    def refuse(self, error: DomainError) -> None:
        """Say under the field why a change is refused; the rule stays as it was."""
        field = self._fields.get(str(error.facts.get("field")))
        if field is not None and field.isVisible():
            field.refuse(sentence(error))
        else:
            self.refusal.say(sentence(error), "rouge")

    def _committed(self, name: str, value: Any) -> None:
        if self.rule is not None:
            self.edited.emit(replace(self.rule, **{name: _read(name, value)}))

    def _kinds_changed(self) -> None:
        if self.rule is None or self.kinds.signalsBlocked():
            return
        kinds = self.kinds.ticked()
        if set(kinds) != set(self.rule.kinds):
            self.edited.emit(replace(self.rule, kinds=kinds))

    def _reset(self) -> None:
        if self.rule is not None:
            self.removed.emit(self.rule.code)


def _shown(rule: Rule, name: str) -> Any:
    value = getattr(rule, name)
    if name == "level":
        return LEVEL_CODES[value]
    if name in ("measure", "condition"):
        return value.value
    if name == "itinerant":
        return "itinerants" if value else "tous"
    return value


def _read(name: str, value: Any) -> Any:
    if name == "level":
        return LEVELS[value]
    if name == "measure":
        return Measure(value)
    if name == "condition":
        return Condition(value)
    if name == "itinerant":
        return True if value == "itinerants" else None
    if name in ("threshold", "ratio", "minimum"):
        return None if value is None else float(value)
    return value

"""« Alertes » of « Réglages »: each rule with its threshold, why it matters, a box to put it to sleep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from app.domain.alerts import AlertRule, Family, load_rules
from app.domain.french import NBSP, number, typographic
from app.domain.numbers import parse_number
from ui.views.settings_sections import Section
from ui.widgets.parts import clear, column, icon_button, line, row, set_tone, text

if TYPE_CHECKING:
    from ui.theme import Theme

FIELD_WIDTH = 72
UNIT_WIDTH = 150
RESET_ROOM = 34
FAMILIES = {
    Family.DUE: "Échéances",
    Family.DRIFT: "Ce qui dérive",
    Family.DATA: "Données",
}
NOT_A_NUMBER = "Écrivez un nombre, zéro ou plus."
Change = Callable[[str, float | None, bool | None], object]
"""Code of a rule, its new threshold or None, its new activity or None; both None: as delivered."""


class _BoxLabel(QLabel):
    """Words of a box, on several lines where room lacks; a click on them is a click on the box."""

    def __init__(self, words: str, box: QCheckBox) -> None:
        super().__init__(words)
        self.setWordWrap(True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._box.click()


class AlertsSection(Section):
    """Written when a field is left or a box ticked; every change can be undone."""

    def __init__(self, theme: Theme, change: Change, *, writable: bool) -> None:
        super().__init__("Alertes", theme)
        self._theme = theme
        self._change = change
        self._writable = writable
        self._rules: tuple[AlertRule, ...] = ()
        self.fields: dict[str, QLineEdit] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.refusals: dict[str, QLabel] = {}
        self.body.addWidget(
            text("Ces règles remplissent « À traiter » et « Ce qui dérive » de l’accueil.", "hint", wrap=True)
        )
        self.lines = QVBoxLayout()
        self.lines.setSpacing(10)
        self.body.addLayout(self.lines)

    def show_rules(self, rules: Sequence[AlertRule]) -> None:
        """Show the rules in force, by family; nothing is built again when none changed."""
        if tuple(rules) == self._rules:
            return
        focused = self._focused()
        self._rules = tuple(rules)
        clear(self.lines)
        for held in (self.fields, self.boxes, self.refusals):
            held.clear()
        delivered = {rule.code: rule for rule in load_rules()}
        order = list(FAMILIES)
        for family, group in groupby(
            sorted(rules, key=lambda rule: (order.index(rule.family), rule.order)), lambda rule: rule.family
        ):
            title = text(FAMILIES[family], "group")
            title.setContentsMargins(0, 8, 0, 0)
            self.lines.addWidget(title)
            for rule in group:
                self.lines.addWidget(line())
                self.lines.addLayout(self._line(rule, delivered[rule.code]))
        if focused is not None:
            kind, code = focused
            held_: dict[str, QLineEdit] | dict[str, QCheckBox] = self.fields if kind else self.boxes
            held_[code].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> tuple[bool, str] | None:
        """(is a field, code) of the control that holds the keyboard."""
        for is_field, held in ((True, self.fields), (False, self.boxes)):
            for code, control in held.items():
                if control.hasFocus():
                    return is_field, code
        return None

    # -- one rule ----------------------------------------------------------------------------------------

    def _line(self, rule: AlertRule, delivered: AlertRule) -> QHBoxLayout:
        label = typographic(rule.label)
        box = QCheckBox()
        box.setAccessibleName(label)
        box.setAccessibleDescription(typographic(rule.why))
        box.setChecked(rule.active)
        box.setEnabled(self._writable)
        box.clicked.connect(partial(self._ticked, rule.code))
        self.boxes[rule.code] = box
        refusal = text("", "hint", tone="rouge")
        refusal.hide()
        self.refusals[rule.code] = refusal
        head = row(gap=8)
        head.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(_BoxLabel(label, box), 1)
        words = column(gap=2)
        words.addLayout(head)
        for said in (typographic(rule.why), _delivered_words(rule, delivered)):
            if said:
                hint = text(said, "hint", wrap=True)
                hint.setContentsMargins(26, 0, 0, 0)
                words.addWidget(hint)
        words.addWidget(refusal)
        shown = row(gap=12)
        shown.addLayout(words, 1)
        shown.addLayout(self._threshold(rule, delivered))
        return shown

    def _threshold(self, rule: AlertRule, delivered: AlertRule) -> QHBoxLayout:
        field = QLineEdit(_written(rule.threshold))
        field.setAccessibleName(f"Seuil\u202f: {rule.label}")
        field.setAccessibleDescription(rule.unit)
        field.setFixedWidth(self._theme.px(FIELD_WIDTH))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setReadOnly(not self._writable)
        field.setEnabled(rule.active)
        field.editingFinished.connect(partial(self._edited, rule.code))
        self.fields[rule.code] = field
        unit = text(typographic(rule.unit), "second", wrap=True)
        unit.setFixedWidth(self._theme.px(UNIT_WIDTH))
        held = row(field, unit, gap=8)
        if _changed(rule, delivered) and self._writable:
            reset = icon_button(
                "rotate-clockwise", f"Rétablir la règle livrée\u202f: {rule.label}",
                partial(self._change, rule.code, None, None),
            )  # fmt: skip
            held.addWidget(reset)
        else:
            held.addSpacing(RESET_ROOM)
        return held

    def _ticked(self, code: str) -> None:
        self._change(code, None, self.boxes[code].isChecked())

    def _edited(self, code: str) -> None:
        field = self.fields.get(code)
        if field is None or not field.isModified():
            return
        typed = parse_number(field.text())
        good = typed is not None and typed >= 0
        self.refusals[code].setText("" if good else NOT_A_NUMBER)
        self.refusals[code].setVisible(not good)
        set_tone(field, "" if good else "rouge")
        if good:
            field.setModified(False)
            self._change(code, typed, None)


def _changed(rule: AlertRule, delivered: AlertRule) -> bool:
    return replace(rule, threshold=delivered.threshold, active=delivered.active) != rule


def _delivered_words(rule: AlertRule, delivered: AlertRule) -> str:
    if rule.threshold == delivered.threshold:
        return ""
    return f"seuil livré{NBSP}{_written(delivered.threshold)}"


def _written(threshold: float) -> str:
    return number(threshold, 0 if float(threshold).is_integer() else 1)

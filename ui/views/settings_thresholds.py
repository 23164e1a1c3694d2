"""Thresholds of « Réglages »: each with its default, its source, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from app.domain.french import NBSP, number, typographic
from ui.views.settings_sections import Section
from ui.widgets.parts import clear, column, icon_button, line, row, text

if TYPE_CHECKING:
    from app.services.rows import ParameterRow
    from ui.theme import Theme

FIELD_WIDTH = 110


class ThresholdsSection(Section):
    """Written when the field is left; every change can be undone."""

    def __init__(self, theme: Theme, change: Callable[[str, str], object], *, writable: bool) -> None:
        super().__init__("Seuils", theme)
        self._theme = theme
        self._change = change
        self._writable = writable
        self._rows: tuple[ParameterRow, ...] = ()
        self.fields: dict[str, QLineEdit] = {}
        self.lines = QVBoxLayout()
        self.lines.setSpacing(10)
        self.body.addLayout(self.lines)

    def show_rows(self, rows: Sequence[ParameterRow]) -> None:
        """Show the parameters in force; the field being typed in is left alone."""
        if tuple(rows) == self._rows:
            self._restore()
            return
        self._rows = tuple(rows)
        focused = next((code for code, field in self.fields.items() if field.hasFocus()), None)
        clear(self.lines)
        self.fields.clear()
        for i, parameter in enumerate(rows):
            if i:
                self.lines.addWidget(line())
            self._add(parameter)
        if focused in self.fields:
            self.fields[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        """Give back the value in force to a field whose text was refused."""
        for parameter in self._rows:
            field = self.fields[parameter.code]
            if not field.isModified():
                field.setText(_grouped(parameter.value))

    def _add(self, parameter: ParameterRow) -> None:
        field = QLineEdit(_grouped(parameter.value))
        field.setAccessibleName(parameter.label)
        field.setAccessibleDescription(_origin(parameter))
        field.setFixedWidth(self._theme.px(FIELD_WIDTH))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setReadOnly(not self._writable)
        field.editingFinished.connect(partial(self._edited, parameter.code))
        self.fields[parameter.code] = field
        reset = icon_button(
            "rotate-clockwise", typographic(f"Rétablir la valeur livrée : {_grouped(parameter.default)}"),
            partial(self._change, parameter.code, ""),
        )  # fmt: skip
        changed = parameter.value != parameter.default
        reset.setVisible(changed and self._writable)
        holder = row(field, reset, gap=4)
        if not reset.isVisibleTo(self):
            holder.addSpacing(34)
        names = column(text(typographic(parameter.label), "label", wrap=True), gap=0)
        names.addWidget(text(_origin(parameter), "hint", wrap=True))
        shown = row(gap=16)
        shown.addLayout(names, 1)
        shown.addLayout(holder)
        self.lines.addLayout(shown)

    def _edited(self, code: str) -> None:
        field = self.fields.get(code)
        if field is not None and field.isModified():
            field.setModified(False)
            self._change(code, field.text())


def _origin(parameter: ParameterRow) -> str:
    parts = [parameter.unit]
    if parameter.value != parameter.default:
        parts.append(f"valeur livrée{NBSP}{_grouped(parameter.default)}")
    if parameter.valid_from:
        parts.append(f"depuis le {parameter.valid_from}")
    parts.append(parameter.source)
    return typographic(", ".join(part for part in parts if part))


def _grouped(value: str) -> str:
    """Return a number as typed with its thousands apart: « 10 000 »."""
    whole, comma, rest = value.partition(",")
    return f"{number(int(whole))}{comma}{rest}" if whole.isdigit() else value

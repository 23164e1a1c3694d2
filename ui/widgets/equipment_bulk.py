"""One field for every selected service: which field, which value, one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QStackedWidget, QToolButton

from app.domain.french import plural
from app.domain.register_fields import FIELDS, FieldSpec
from ui import icons
from ui.widgets.parts import button, icon_button, row, text

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentRow

BULK: tuple[FieldSpec, ...] = tuple(spec for spec in FIELDS if spec.bulk)
YES_NO = (("oui", "oui"), ("non", "non"))


def tool_button(icon: str, words: str, *, checkable: bool = False) -> QToolButton:
    """Return a framed button of a bar; its word goes where room lacks, its name stays."""
    made = QToolButton()
    made.setIcon(icons.icon(icon, "texte2", on="encre"))
    made.setText(words)
    made.setAccessibleName(words)
    made.setToolTip(words)
    made.setCheckable(checkable)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setProperty("role", "framed")
    made.setMinimumHeight(32)
    return made


class BulkBar(QFrame):
    """Appears when several services are selected; `asked` carries the field and the text."""

    asked = Signal(str, str)
    removal_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setAccessibleName("Modifier plusieurs équipements")
        self.rows: list[EquipmentRow] = []
        self.count = text("", "strong")
        self.field = QComboBox()
        self.field.setAccessibleName("Champ à modifier")
        for spec in BULK:
            self.field.addItem(spec.label, spec.code)
        self.value = QLineEdit()
        self.value.setAccessibleName("Nouvelle valeur")
        self.value.setPlaceholderText("Nouvelle valeur")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Nouvelle valeur")
        self.values = QStackedWidget()
        self.values.addWidget(self.value)
        self.values.addWidget(self.choice)
        self.values.setFixedHeight(self.value.sizeHint().height())
        self.apply = button("Appliquer", self._ask)
        self.remove = icon_button("trash", "Supprimer les équipements sélectionnés", self.removal_asked.emit)
        close = icon_button("x", "Garder le seul équipement du curseur", self.closed.emit)
        line = row(self.count, self.field, self.values, self.apply, self.remove, close, gap=8)
        line.setStretch(2, 1)
        line.setContentsMargins(12, 5, 6, 5)
        self.setLayout(line)
        self.field.activated.connect(lambda _place: self._show_field())
        self.value.returnPressed.connect(self._ask)
        self._show_field()
        self.hide()

    def show_picked(self, rows: list[EquipmentRow]) -> None:
        """Follow the selection."""
        self.rows = rows
        self.setVisible(len(rows) > 1)
        self.count.setText(plural(len(rows), "équipement"))

    def spec(self) -> FieldSpec:
        """The field chosen."""
        return BULK[self.field.currentIndex()]

    def _show_field(self) -> None:
        spec = self.spec()
        options = YES_NO if spec.kind == "boolean" else spec.options()
        self.values.setCurrentWidget(self.choice if options else self.value)
        self.choice.clear()
        for code, label in options:
            self.choice.addItem(label, code)
        self.value.setPlaceholderText(
            "jj/mm/aaaa" if spec.kind == "date" else "Nouvelle valeur, vide pour effacer"
        )

    def _ask(self) -> None:
        chosen = self.values.currentWidget() is self.choice
        self.asked.emit(self.spec().code, str(self.choice.currentData()) if chosen else self.value.text())

"""« Comparer à »: two references at most, shown everywhere as ochre marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from ui import icons, labels
from ui.context import MOST_REFERENCES, REFERENCES

if TYPE_CHECKING:
    from app.services.territory import TerritoryService
    from ui.context import Context, ContextModel

NOTHING = "rien"


class ReferenceSelector(QToolButton):
    """A menu of checkable references; a third one replaces the oldest."""

    def __init__(self, territory: TerritoryService, context: ContextModel) -> None:
        super().__init__()
        self._territory = territory
        self._context = context
        self._compact = False
        self.setProperty("role", "crumb")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icons.icon("chevron-down", "texte2"))
        self.setIconSize(QSize(14, 14))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Comparer à")
        self.actions_by_name: dict[str, QAction] = {}
        for name in REFERENCES:
            action = self._menu.addAction(labels.REFERENCE[name])
            action.setCheckable(True)
            action.triggered.connect(lambda checked, name=name: self._toggle(name, checked))
            self.actions_by_name[name] = action
        self._menu.addSeparator()
        note = self._menu.addAction("Deux repères au plus")
        note.setEnabled(False)
        self.setMenu(self._menu)
        context.changed.connect(self.show_context)
        self.show_context(context.value)

    def set_compact(self, compact: bool, tight: bool = False) -> None:
        """Lose the words « Comparer à » on a narrow window, and all words on a very narrow one."""
        self._compact = compact
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if tight else style.ToolButtonTextBesideIcon)
        self.setIcon(icons.icon("git-compare" if tight else "chevron-down", "texte2"))
        self.setIconSize(QSize(18, 18) if tight else QSize(14, 14))
        self.show_context(self._context.value)

    def show_context(self, context: Context) -> None:
        """Write the references and check them in the menu."""
        names = [self._name(name, context) for name in context.references]
        said = ", ".join(names) or NOTHING
        self.setText(said if self._compact else f"Comparer à  {said}")
        self.setAccessibleName(f"Comparer à\u202f: {said}")
        self.setToolTip(f"Comparer à\u202f: {said}" if self._compact else "")
        for name, action in self.actions_by_name.items():
            action.setChecked(name in context.references)
            action.setText(self._name(name, context, plain=True))

    def _name(self, name: str, context: Context, plain: bool = False) -> str:
        departements = self._territory.departements()
        reference = self._territory.reference
        code = context.departement or (departements[0].code if len(departements) == 1 else None)
        if name == "france" or code is None:
            return labels.REFERENCE[name]
        if name == "departement":
            found = reference.departement(code).name
        else:
            found = reference.region(reference.departement(code).code_region).name
        return f"{labels.REFERENCE[name]}\u202f: {found}" if plain else found

    def _toggle(self, name: str, checked: bool) -> None:
        kept = [other for other in self._context.value.references if other != name]
        self._context.set_references(([*kept, name] if checked else kept)[-MOST_REFERENCES:])
        self.show_context(self._context.value)

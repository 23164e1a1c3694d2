"""« Équipements »: the register, likely duplicates, zones, childminders, ends of agréments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.data_parts import SubPage
from ui.views.equipment_childminders import ChildmindersView
from ui.views.equipment_duplicates import DuplicatesView
from ui.views.equipment_licences import LicencesView
from ui.views.equipment_register import RegisterView
from ui.views.equipment_zones import ZonesView
from ui.views.page import Kit
from ui.views.tabbed import PADDING, PADDING_LOW, TitledPage

TABS: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = (
    ("register", "Registre", RegisterView),
    ("duplicates", "Doublons", DuplicatesView),
    ("zones", "Zones", ZonesView),
    ("childminders", "Assistants maternels", ChildmindersView),
    ("licences", "Agréments", LicencesView),
)
TITLED = 700
"""Width from which the title stands before the tabs, at 100 %."""


class EquipmentPage(TitledPage):
    """Sub-pages behind a segmented control; each is built at its first visit."""

    title = "Équipements"
    icon = "building-community"
    tabs_name = "Rubriques des équipements"
    builders = TABS

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def hold(self, code: str, made: SubPage) -> QWidget:
        """The register fills the page, its panels at the edges; the others have air around."""
        if code == "register":
            return made
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(PADDING, 4, PADDING, PADDING_LOW)
        column.addWidget(made)
        return holder

    def register(self) -> RegisterView:
        """The register."""
        view = self.view("register")
        assert isinstance(view, RegisterView)
        return view

    # -- what the window calls -----------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """tab: sub-page; equipment: uuid of a service to show; kinds: types to list; new: open the form."""
        if wishes.get("tab"):
            self.show_tab(wishes["tab"])
        if wishes.get("equipment"):
            self.show_tab("register")
            self.register().select(wishes["equipment"])
        if wishes.get("kinds"):
            self.show_tab("register")
            self.register().filters.choose(wishes["kinds"])
        if wishes.get("new"):
            self.show_tab("register")
            self.register().new()

    def concerned(self, changes: Changes) -> bool:
        """Services, zones and outlines."""
        return changes.touches(Topic.REGISTER, Topic.ZONES, Topic.OUTLINES, Topic.BASE)

    def context_changed(self, context: Context) -> None:  # noqa: ARG002 - everything here is about it
        """Another territory; the year changes nothing in the register."""
        self.reload()

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the register."""
        return (
            ("Ctrl+N", "Nouvel équipement"),
            ("Ctrl+F", "Filtrer les équipements"),
            ("Alt+↓", "Filtrer la colonne"),
            ("Ctrl+M", "Carte des équipements"),
            ("F2", "Modifier la cellule"),
            ("Ctrl+D", "Recopier vers le bas"),
            ("Ctrl+V", "Coller un bloc d’un tableur"),
            ("Suppr", "Vider la cellule, ou supprimer l’équipement"),
            ("Ctrl+E", "Exporter la liste"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large texts the tabs take the place of the title, which the rail says too."""
        super().resizeEvent(event)
        self._title.setVisible(self.width() >= self.kit.theme.px(TITLED))

    def pad(self, padding: int) -> None:
        """Air around the title alone: the register goes to the edges."""
        self._head.setContentsMargins(padding, padding - 6, padding, padding - 10)

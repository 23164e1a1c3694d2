"""« Équipements »: the register, likely duplicates, zones, childminders, ends of agréments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.data_parts import SubPage
from ui.views.equipment_childminders import ChildmindersView
from ui.views.equipment_duplicates import DuplicatesView
from ui.views.equipment_licences import LicencesView
from ui.views.equipment_register import RegisterView
from ui.views.equipment_zones import ZonesView
from ui.views.page import Kit, Page
from ui.widgets.parts import row, text
from ui.widgets.segments import Segments

TABS: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = (
    ("register", "Registre", RegisterView),
    ("duplicates", "Doublons", DuplicatesView),
    ("zones", "Zones", ZonesView),
    ("childminders", "Assistants maternels", ChildmindersView),
    ("licences", "Agréments", LicencesView),
)
PADDING = 20
PADDING_LOW = 12
TITLED = 700
"""Width from which the title stands before the tabs, at 100 %."""


class EquipmentPage(Page):
    """Sub-pages behind a segmented control; each is built at its first visit."""

    title = "Équipements"
    icon = "building-community"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._views: dict[str, SubPage] = {}
        self._holders: dict[str, QWidget] = {}
        self._unread: set[str] = set()
        self.tabs = Segments([(code, label) for code, label, _ in TABS], "Rubriques des équipements")
        self._stack = QStackedWidget()
        self._title = text("Équipements", "title")
        self._head = row(self._title, 16, self.tabs, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self._pad(PADDING)
        self.tabs.chosen.connect(self.show_tab)
        self.show_tab("register")

    @property
    def tab(self) -> str:
        """Code of the sub-page shown."""
        return self.tabs.current

    def view(self, code: str) -> SubPage:
        """A sub-page, built if it was never shown."""
        if code not in self._views:
            build = next(build for known, _, build in TABS if known == code)
            made = build(self.kit)
            made.set_compact(*self._compact)
            self._views[code] = made
            self._unread.add(code)
            self._holders[code] = self._padded(code, made)
            self._stack.addWidget(self._holders[code])
        return self._views[code]

    def _padded(self, code: str, made: SubPage) -> QWidget:
        """The register fills the page, its panels at the edges; the others have air around."""
        if code == "register":
            return made
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(PADDING, 4, PADDING, PADDING_LOW)
        column.addWidget(made)
        return holder

    def show_tab(self, code: str) -> None:
        """Show a sub-page, read again if something changed since it was last shown."""
        view = self.view(code)
        self.tabs.set_current(code)
        self._stack.setCurrentWidget(self._holders[code])
        if code in self._unread:
            self._unread.discard(code)
            view.reload()

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

    def reload(self) -> None:
        """Read the sub-page shown; the others will be when they are shown."""
        self._unread = set(self._views) - {self.tab}
        self.view(self.tab).reload()

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
            ("Ctrl+M", "Carte des équipements"),
            ("F2", "Modifier la cellule"),
            ("Ctrl+D", "Recopier vers le bas"),
            ("Ctrl+V", "Coller un bloc d’un tableur"),
            ("Suppr", "Vider la cellule, ou supprimer l’équipement"),
            ("Ctrl+E", "Exporter la liste"),
        )

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        self._pad(PADDING_LOW if low else PADDING)
        for view in self._views.values():
            view.set_compact(compact, low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large texts the tabs take the place of the title, which the rail says too."""
        super().resizeEvent(event)
        self._title.setVisible(self.width() >= self.kit.theme.px(TITLED))

    def _pad(self, padding: int) -> None:
        self._head.setContentsMargins(padding, padding - 6, padding, padding - 10)

"""« SDSF »: the scheme and its tree, the common indicators, the axes by EPCI, the cascade, the comité."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.data_parts import SubPage
from ui.views.page import Kit, Page
from ui.views.sdsf_cascade import CascadeView
from ui.views.sdsf_convergence import ConvergenceView
from ui.views.sdsf_members import MembersView
from ui.views.sdsf_scheme import SchemeView
from ui.views.sdsf_sheet import SheetView
from ui.widgets.parts import row, text
from ui.widgets.segments import Segments

TABS: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = (
    ("scheme", "Schéma", SchemeView),
    ("sheet", "Indicateurs communs", SheetView),
    ("convergence", "Convergence", ConvergenceView),
    ("cascade", "Cascade", CascadeView),
    ("members", "Comité et évaluation", MembersView),
)
PADDING = 20
PADDING_LOW = 12


class SdsfPage(Page):
    """Sub-pages behind a segmented control; each is built at its first visit."""

    title = "SDSF"
    icon = "sitemap"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._views: dict[str, SubPage] = {}
        self._unread: set[str] = set()
        self.tabs = Segments([(code, label) for code, label, _ in TABS], "Rubriques du SDSF")
        self._stack = QStackedWidget()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(14)
        self._column.addLayout(row(text("SDSF", "title"), 16, self.tabs, None))
        self._column.addWidget(self._stack, 1)
        self._pad(PADDING)
        self.tabs.chosen.connect(self.show_tab)
        self.show_tab("scheme")

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
            self._stack.addWidget(made)
        return self._views[code]

    def show_tab(self, code: str) -> None:
        """Show a sub-page, read again if something changed since it was last shown."""
        view = self.view(code)
        self.tabs.set_current(code)
        self._stack.setCurrentWidget(view)
        if code in self._unread:
            self._unread.discard(code)
            view.reload()

    # -- what the window calls -----------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """tab: sub-page to show."""
        if wishes.get("tab"):
            self.show_tab(wishes["tab"])

    def reload(self) -> None:
        """Read the sub-page shown; the others will be when they are shown."""
        self._unread = set(self._views) - {self.tab}
        self.view(self.tab).reload()

    def concerned(self, changes: Changes) -> bool:
        """Schemes, links, plans and the values that fill the sheet."""
        return changes.touches(Topic.SDSF, Topic.CTG, Topic.CPOG, Topic.VALUES, Topic.BASE)

    def context_changed(self, context: Context) -> None:  # noqa: ARG002
        """A département or an EPCI chosen: everything here is about it."""
        self.reload()

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        self._pad(PADDING_LOW if low else PADDING)
        for view in self._views.values():
            view.set_compact(compact, low)

    def _pad(self, padding: int) -> None:
        self._column.setContentsMargins(padding, padding - 4, padding, padding - 6)

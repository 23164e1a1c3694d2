"""« Territoire et cartes »: the map, the four coverages, the rules of maillage, lists, comparisons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from ui.context import Context
from ui.views.map_layout import MapLayout
from ui.views.page import Kit, Page
from ui.widgets.parts import row
from ui.widgets.segments import Segments


def _map(kit: Kit) -> MapLayout:
    from ui.views.map import MapPage

    return MapPage(kit)


def _coverage(kit: Kit) -> MapLayout:
    from ui.views.map_coverage import CoveragePage

    return CoveragePage(kit)


def _gaps(kit: Kit) -> MapLayout:
    from ui.views.maillage import MaillagePage

    return MaillagePage(kit)


def _lists(kit: Kit) -> MapLayout:
    from ui.views.map_lists import ListsPage

    return ListsPage(kit)


def _compare(kit: Kit) -> MapLayout:
    from ui.views.map_compare import ComparePage

    return ComparePage(kit)


TABS: tuple[tuple[str, str, Callable[[Kit], MapLayout]], ...] = (
    ("map", "Carte", _map),
    ("coverage", "Couverture", _coverage),
    ("gaps", "Maillage", _gaps),
    ("lists", "Listes", _lists),
    ("compare", "Comparer", _compare),
)


class Heads(QStackedWidget):
    """The head of the sub-page shown; as narrow and as high as that one alone."""

    def sizeHint(self) -> QSize:
        """Of the head shown."""
        shown = self.currentWidget()
        return shown.sizeHint().expandedTo(shown.minimumSize()) if shown is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        """Of the head shown."""
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize()) if shown is not None else QSize()


class TerritoryBar(QFrame):
    """Sub-pages at the top left, the head of the one shown beside them, or under them where room lacks."""

    def __init__(self, tabs: Segments) -> None:
        super().__init__()
        self.setProperty("role", "context")
        self.setProperty("zone", "subpages")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.tabs = tabs
        self.heads = Heads()
        self._first = QWidget()
        held = row(tabs, None)
        held.setContentsMargins(16, 6, 0, 6)
        self._first.setLayout(held)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._first)
        self._box.addWidget(self.heads, 1)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the two under each other."""
        parts = (self._first.minimumSizeHint().width(), self.heads.minimumSizeHint().width())
        return QSize(max(parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the head beside the sub-pages, or under them."""
        super().resizeEvent(event)
        wanted = self._first.sizeHint().width() + self.heads.minimumSizeHint().width() + 120
        beside = QBoxLayout.Direction.LeftToRight
        direction = beside if wanted <= self.width() else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != direction:
            self._box.setDirection(direction)
            self._first.setSizePolicy(
                QSizePolicy.Policy.Maximum if direction is beside else QSizePolicy.Policy.Preferred,
                QSizePolicy.Policy.Preferred,
            )


class TerritoryPage(Page):
    """Sub-pages on one map engine; each is a page of its own, built at its first visit."""

    title = "Carte"
    icon = "map-2"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._views: dict[str, MapLayout] = {}
        self.tabs = Segments([(code, label) for code, label, _build in TABS], "Rubriques de la carte")
        self.bar = TerritoryBar(self.tabs)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        self._show("map")

    @property
    def tab(self) -> str:
        """Code of the sub-page shown."""
        return self.tabs.current

    def view(self, code: str) -> MapLayout:
        """A sub-page, built if it was never shown."""
        if code not in self._views:
            build = next(build for known, _label, build in TABS if known == code)
            made = self._views[code] = build(self.kit)
            made.head.setProperty("role", "")
            self.bar.heads.addWidget(made.head)
            self._stack.addWidget(made)
            made.set_compact(*self._compact)
        return self._views[code]

    def show_tab(self, code: str) -> None:
        """Show a sub-page, read again if something changed since it was last shown."""
        self._show(code)
        self._views[code].activate()

    def _show(self, code: str) -> None:
        view = self.view(code)
        self.tabs.set_current(code)
        self.bar.heads.setCurrentWidget(view.head)
        self._stack.setCurrentWidget(view)

    # -- what the window calls ---------------------------------------------------------------------------

    def activate(self) -> None:
        """The page is shown: the sub-page reads if something changed meanwhile."""
        self._views[self.tab].activate()

    def receive(self, **wishes: Any) -> None:
        """tab: sub-page to show, « map » for an indicator or a territory; the rest is for it."""
        tab = wishes.pop("tab", "map" if wishes else self.tab)
        self.show_tab(tab)
        if wishes:
            self._views[tab].receive(**wishes)

    def concerned(self, changes: Changes) -> bool:  # noqa: ARG002 - each sub-page listens for itself
        """Nothing here depends on the base."""
        return False

    def context_changed(self, context: Context) -> None:
        """Each sub-page follows the context itself."""

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the sub-page shown."""
        return self._views[self.tab].shortcuts()

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        for view in self._views.values():
            view.set_compact(compact, low)

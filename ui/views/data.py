"""« Données »: import, history, anomalies, catalogue, sources and outlines, one sub-page each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.data_anomalies import AnomaliesView
from ui.views.data_catalogue import CatalogueView
from ui.views.data_import import ImportView
from ui.views.data_outlines import OutlinesView
from ui.views.data_parts import SubPage
from ui.views.data_runs import RunsView
from ui.views.data_sources import SourcesView
from ui.views.page import Kit, Page
from ui.widgets.parts import row, text
from ui.widgets.segments import Segments

TABS: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = (
    ("import", "Importer", ImportView),
    ("runs", "Imports", RunsView),
    ("anomalies", "Anomalies", AnomaliesView),
    ("catalogue", "Catalogue", CatalogueView),
    ("sources", "Sources", SourcesView),
    ("outlines", "Contours", OutlinesView),
)
PADDING = 20
PADDING_LOW = 12


class DataPage(Page):
    """Six sub-pages behind a segmented control; each is built at its first visit."""

    title = "Données"
    icon = "database"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._views: dict[str, SubPage] = {}
        self._unread: set[str] = set()
        self.tabs = Segments([(code, label) for code, label, _build in TABS], "Rubriques des données")
        self._stack = QStackedWidget()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(14)
        self._column.addLayout(row(text("Données", "title"), 16, self.tabs, None))
        self._column.addWidget(self._stack, 1)
        self._pad(PADDING)
        self.tabs.chosen.connect(self.show_tab)
        self.show_tab("import")

    @property
    def tab(self) -> str:
        """Code of the sub-page shown."""
        return self.tabs.current

    def view(self, code: str) -> SubPage:
        """A sub-page, built if it was never shown."""
        if code not in self._views:
            build = next(build for known, _label, build in TABS if known == code)
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

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take files dropped anywhere in the window."""
        self.show_tab("import")
        view = self.view("import")
        assert isinstance(view, ImportView)
        view.open_files(paths)

    # -- what the window calls -----------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """files: paths to import; tab: sub-page; number: import whose anomalies are asked."""
        if wishes.get("files"):
            self.open_files(wishes["files"])
        elif wishes.get("tab"):
            self.show_tab(wishes["tab"])
        if "number" in wishes:
            view = self.view("anomalies")
            assert isinstance(view, AnomaliesView)
            view.show_import(wishes["number"])

    def reload(self) -> None:
        """Read the sub-page shown; the others will be when they are shown."""
        self._unread = set(self._views) - {self.tab}
        self.view(self.tab).reload()

    def concerned(self, changes: Changes) -> bool:
        """Anything but a setting may change what is listed here."""
        return changes.touches(Topic.BASE, Topic.VALUES, Topic.IMPORTS, Topic.OUTLINES, Topic.JOURNAL)

    def context_changed(self, context: Context) -> None:
        """Nothing here depends on territory or year."""

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        self._pad(PADDING_LOW if low else PADDING)
        for view in self._views.values():
            view.set_compact(compact, low)

    def _pad(self, padding: int) -> None:
        self._column.setContentsMargins(padding, padding - 4, padding, padding - 6)

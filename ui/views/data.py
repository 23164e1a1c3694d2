"""« Données »: import, history, anomalies, catalogue, sources and outlines, one sub-page each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.data_anomalies import AnomaliesView
from ui.views.data_catalogue import CatalogueView
from ui.views.data_import import ImportView
from ui.views.data_outlines import OutlinesView
from ui.views.data_parts import SubPage
from ui.views.data_runs import RunsView
from ui.views.data_sources import SourcesView
from ui.views.page import Kit
from ui.views.tabbed import TitledPage

TABS: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = (
    ("import", "Importer", ImportView),
    ("runs", "Imports", RunsView),
    ("anomalies", "Anomalies", AnomaliesView),
    ("catalogue", "Catalogue", CatalogueView),
    ("sources", "Sources", SourcesView),
    ("outlines", "Contours", OutlinesView),
)


class DataPage(TitledPage):
    """Six sub-pages behind a segmented control; each is built at its first visit."""

    title = "Données"
    icon = "database"
    tabs_name = "Rubriques des données"
    builders = TABS

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

    def concerned(self, changes: Changes) -> bool:
        """Anything but a setting may change what is listed here."""
        return changes.touches(Topic.BASE, Topic.VALUES, Topic.IMPORTS, Topic.OUTLINES, Topic.JOURNAL)

    def context_changed(self, context: Context) -> None:
        """Nothing here depends on territory or year."""

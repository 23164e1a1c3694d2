"""« SDSF »: the scheme and its tree, the common indicators, the axes by EPCI, the cascade, the comité."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.data_parts import SubPage
from ui.views.page import Kit
from ui.views.sdsf_cascade import CascadeView
from ui.views.sdsf_convergence import ConvergenceView
from ui.views.sdsf_members import MembersView
from ui.views.sdsf_scheme import SchemeView
from ui.views.sdsf_sheet import SheetView
from ui.views.tabbed import TitledPage

TABS: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = (
    ("scheme", "Schéma", SchemeView),
    ("sheet", "Indicateurs communs", SheetView),
    ("convergence", "Convergence", ConvergenceView),
    ("cascade", "Cascade", CascadeView),
    ("members", "Comité et évaluation", MembersView),
)


class SdsfPage(TitledPage):
    """Sub-pages behind a segmented control; each is built at its first visit."""

    title = "SDSF"
    icon = "sitemap"
    tabs_name = "Rubriques du SDSF"
    builders = TABS

    # -- what the window calls -----------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """tab: sub-page to show; scheme: its key; sheet: « département:year » of the one to show."""
        if wishes.get("scheme"):
            scheme = self.view("scheme")
            assert isinstance(scheme, SchemeView)
            scheme.show_scheme(str(wishes["scheme"]))
        if wishes.get("sheet"):
            view = self.view("sheet")
            assert isinstance(view, SheetView)
            view.seek(str(wishes["sheet"]))
        if wishes.get("tab"):
            self.show_tab(wishes["tab"])

    def concerned(self, changes: Changes) -> bool:
        """Schemes, links, plans and the values that fill the sheet."""
        return changes.touches(Topic.SDSF, Topic.CTG, Topic.CPOG, Topic.VALUES, Topic.BASE)

    def context_changed(self, context: Context) -> None:  # noqa: ARG002
        """A département or an EPCI chosen: everything here is about it."""
        self.reload()

"""The three columns of the map page; the detail is a drawer on a narrow window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.views.map_head import MapHead
from ui.views.map_table import MapTable, TableLine, lines_of
from ui.views.page import Page
from ui.widgets.map_stage import MapStage

if TYPE_CHECKING:
    from app.progress import Progress
    from maps.choropleth import Choropleth
    from ui.views.page import Kit
    from ui.widgets.map_export import ExportButton

RIGHT, RIGHT_WIDE = 308, 380
WIDE, TIGHT = 1500, 700
BELOW = 170
"""Least height of what is under the map."""


class MapLayout(Page):
    """Choices on the left, the map or its table in the middle, what is said of it on the right."""

    def __init__(self, kit: Kit, export: ExportButton, left: QWidget, side: QWidget) -> None:
        super().__init__(kit)
        self._compact = False
        theme = kit.theme
        self.export = export
        self.left = left
        self.side = side
        self.stage = MapStage(theme)
        self.table = MapTable(theme)
        self.table.guard = self._guard
        self.head = MapHead(theme, export)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.stage)
        self.stack.addWidget(self.table)
        self._middle = QWidget()
        self._middle.setProperty("zone", "map")
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.head)
        self._under = QHBoxLayout()
        self._under.setContentsMargins(0, 0, 0, 0)
        self._under.addWidget(self.stack)
        middle.addLayout(self._under, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.left)
        self._row.addWidget(self._middle, 1)
        self._row.addWidget(self.side)
        self.head.table_asked.connect(self._show_table)
        self.head.detail_asked.connect(self.show_drawer)

    def _guard(self, rows: Sequence[TableLine], put: Callable[[Sequence[Any]], None]) -> None:
        """Copy lines as those outside may read them."""
        if self.table.shown is not None:
            self.kit.runner.read(partial(_leaving, self.kit, self.table.shown, rows), put)

    def put_below(self, widget: QWidget) -> None:
        """Share the height between the map and a widget under it."""
        held = QSplitter(Qt.Orientation.Vertical)
        held.setChildrenCollapsible(False)
        self._under.removeWidget(self.stack)
        held.addWidget(self.stack)
        held.addWidget(widget)
        held.setStretchFactor(0, 3)
        held.setStretchFactor(1, 2)
        widget.setMinimumHeight(self.kit.theme.px(BELOW))
        self._under.addWidget(held)
        self._middle.setProperty("zone", None)  # F6 goes to the map, then to what is under it
        self.stack.setProperty("zone", "map")

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002 - the map takes what is left
        """Under 1240 pixels the detail is a drawer over the map."""
        if compact != self._compact:
            self._compact = compact
            self.head.set_compact(compact)
            if compact:
                self._row.removeWidget(self.side)
                self.side.hide()
            else:
                self._row.addWidget(self.side)
                self.side.show()
        self.fit_columns()

    def show_drawer(self, shown: bool) -> None:
        """Open or close the drawer; nothing on a wide window, where the detail is always there."""
        if self._compact:
            self.head.show_drawer(shown)
            self.side.setVisible(shown)
            self.fit_columns()
            self.side.raise_()

    def fit_columns(self) -> None:
        """Give the columns their width, at the font zoom."""
        theme = self.kit.theme
        self.left.updateGeometry()
        tight = self._compact or self.width() < theme.px(TIGHT)
        self.export.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly if tight else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        width = theme.px(RIGHT_WIDE if self.width() >= theme.px(WIDE) else RIGHT)
        self.side.setFixedWidth(width)
        drawn = self._compact and self.side.isVisibleTo(self)
        self._under.setContentsMargins(0, 0, width if drawn else 0, 0)
        if self._compact:
            top = self.head.height() if self._middle.isAncestorOf(self.head) else 0
            self.side.setGeometry(self.width() - width, top, width, self.height() - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drawer on the right."""
        super().resizeEvent(event)
        self.fit_columns()

    def _show_table(self, shown: bool) -> None:
        self.stack.setCurrentWidget(self.table if shown else self.stage)
        (self.table if shown else self.stage.view).setFocus()


def _leaving(kit: Kit, shown: Choropleth, rows: Sequence[TableLine], _progress: Progress) -> list[TableLine]:
    safe = {line.code: line for line in lines_of(kit.services.secrecy.choropleth(shown))}
    return [safe[row.code] for row in rows]

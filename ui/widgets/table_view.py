"""The table view of the application: sorted by headers, copied with Ctrl+C, rows at the chosen density."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.models.copy import copy_lines, lines_of, selected_rows
from ui.models.table import Column, SortProxy, TableModel
from ui.theme import Theme

Guard = Callable[[Sequence[Any], Callable[[Sequence[Any]], None]], object]


class Table(QTableView):
    """Shows a TableModel through a SortProxy; `opened` carries the row of Entrée or a double click."""

    opened = Signal(object)
    chosen = Signal(object)
    """The current row, or None."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column[Any]], name: str, parent: QWidget | None = None
    ) -> None:
        """name: what a screen reader says of the table."""
        super().__init__(parent)
        self._theme = theme
        self.table = TableModel(columns, parent=self)
        self.table.tone_colour = theme.token
        self.proxy = SortProxy(self.table, self)
        self.source_text = ""
        """Added by Ctrl+Maj+C: source, year and geography."""
        self.guard: Guard | None = None
        """Gives rows as they may leave the base to whom copies them; None: they leave as they are."""
        self.setModel(self.proxy)
        self.setAccessibleName(name)
        self._dress()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, keeping the sort; the first time, columns take the width they need."""
        first = not self.table.rows
        self.table.replace_rows(rows)
        if first and rows:
            self.fit_columns()

    def fit_columns(self, most: int = 320) -> None:
        """Give each column the width of its contents, up to most pixels at 100 %."""
        self.resizeColumnsToContents()
        for column in range(self.table.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column) + 12, self._theme.px(most)))

    def current_row(self) -> Any:
        """Return the row under the cursor, None without one."""
        index = self.currentIndex()
        return self.proxy.row_at(index) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens, Ctrl+C copies, Ctrl+Maj+C copies with the source."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _COPY_WITH_SOURCE:
            self.copy(self.source_text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self, source: str = "") -> None:
        """Put the selected rows in the clipboard, as they may leave the base; source: a last line."""
        columns, rows = selected_rows(self.proxy, self.selectionModel(), self.horizontalHeader().visualIndex)
        put = partial(self._put, columns, source)
        if rows and self.guard is not None:
            self.guard(rows, put)
        elif rows:
            put(rows)

    def _put(self, columns: Sequence[Column[Any]], source: str, rows: Sequence[Any]) -> None:
        copy_lines(lines_of(columns, rows), source)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.proxy.row_at(index))

    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.proxy.row_at(current) if current.isValid() else None)

    def _theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.row_height)
        self.viewport().update()


_COPY_WITH_SOURCE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

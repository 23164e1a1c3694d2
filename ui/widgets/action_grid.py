"""The editable tables of a fiche: as high as their lines, read again without losing what is being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QSizePolicy, QVBoxLayout

from app.domain.errors import DomainError
from app.domain.french import typographic
from ui.errors import sentence
from ui.models.grid import CellRefusal
from ui.models.table import Column
from ui.theme import Theme
from ui.widgets.grid import Grid
from ui.widgets.parts import button, row, text

Key = Callable[[Any], Any]
FLEXIBLE_LEAST = 190
"""Pixels at 100 % under which the other columns give way."""
SHRINK_LEAST = 0.8


class ActionGrid(Grid):
    """A grid whose lines are known by a key: cells that differ are drawn again, nothing else."""

    shifted = Signal(int)
    """Alt+↑ or ↓: the line under the cursor moves by -1 or +1."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column[Any]], name: str, key: Key, *, flexible: int = 0
    ) -> None:
        super().__init__(theme, columns, name)
        self._key = key
        self._flexible = flexible
        self._widths: dict[int, int] = {}
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setStretchLastSection(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setShowGrid(False)
        theme.changed.connect(self._fit_height)
        self._fit_height()

    # -- rows --------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the cursor and an open editor stay where they are."""
        held = self.grid.rows
        if [self._key(one) for one in held] == [self._key(one) for one in rows]:
            self._show_changes(rows)
            return
        key, column = self._current()
        self.grid.replace_rows(rows)
        self._fit_height()
        self._put_back(key, column)

    def _show_changes(self, rows: Sequence[Any]) -> None:
        columns = range(len(self.grid.columns))
        before = [[self._seen(one, place) for place in columns] for one in self.grid.rows]
        self.grid.rows = list(rows)
        for at, one in enumerate(rows):
            for place in columns:
                if self._seen(one, place) != before[at][place]:
                    index = self.grid.index(at, place)
                    self.grid.dataChanged.emit(index, index)

    def _seen(self, one: Any, place: int) -> Any:
        column = self.grid.columns[place]
        return (column.shown(one), column.value(one), column.tone(one) if column.tone else "")

    def _current(self) -> tuple[Any, int]:
        index = self.currentIndex()
        held = self.current_row()
        return (self._key(held) if held is not None else None), index.column()

    def _put_back(self, key: Any, column: int) -> None:
        if key is not None:
            self.choose(key, max(column, 0))

    def choose(self, key: Any, column: int = 0) -> bool:
        """Put the cursor on a cell of the line of a key; False if it is not shown."""
        for at, one in enumerate(self.grid.rows):
            if self._key(one) == key:
                self.setCurrentIndex(self.proxy.index(at, column))
                return True
        return False

    def set_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Change the columns when they are other ones."""
        if [column.header for column in columns] == [column.header for column in self.grid.columns]:
            self.grid.columns = tuple(columns)
            return
        self.grid.beginResetModel()
        self.grid.columns = tuple(columns)
        self.grid.endResetModel()
        self._share()

    # -- size --------------------------------------------------------------------------------------------

    def set_widths(self, widths: dict[int, int]) -> None:
        """Widths at 100 % of the columns that do not stretch."""
        self._widths = widths
        self._share()

    def _fit_height(self) -> None:
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + self._theme.row_height * self.grid.rowCount() + 2)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        px = self._theme.px
        others = [place for place in range(self.grid.columnCount()) if place != self._flexible]
        whole = sum(px(self._widths.get(place, 100)) for place in others) or 1
        room = self.viewport().width() - px(FLEXIBLE_LEAST)
        shrink = min(max(room / whole, SHRINK_LEAST), 1.0)
        for place in others:
            self.setColumnWidth(place, round(px(self._widths.get(place, 100)) * shrink))
        taken = sum(self.columnWidth(place) for place in others)
        if self._flexible < self.grid.columnCount():
            self.setColumnWidth(self._flexible, max(self.viewport().width() - taken, px(90)))

    # -- keyboard ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+arrows move the line; the rest as any grid."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class GridBox(QFrame):
    """A grid in its frame, its verb « add » under it, and the sentence of a refusal."""

    def __init__(self, grid: ActionGrid, verb: str, action: Callable[[], object], keys: str = "") -> None:
        super().__init__()
        self.grid = grid
        self.setProperty("role", "card")
        self.add = button(verb, action, icon="plus", role="link")
        self.add.setAccessibleName(verb)
        self.foot = row(self.add, gap=8)
        self.foot.setContentsMargins(8, 2, 8, 2)
        if keys:
            self.foot.addWidget(text(keys, "shortcut"))
        self.foot.addStretch(1)
        self.error = text("", "hint", tone="rouge", wrap=True)
        self.error.setContentsMargins(12, 0, 12, 6)
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(grid)
        layout.addWidget(self.error)
        layout.addLayout(self.foot)
        grid.added.connect(action)
        grid.refused.connect(self._cells_refused)
        grid.edited.connect(lambda _edits: self.accept())

    def refuse(self, words: str) -> None:
        """Say under the table why an entry is refused."""
        said = typographic(words)
        self.error.setText(said)
        self.error.show()
        self.grid.setAccessibleDescription(said)

    def refuse_error(self, error: DomainError) -> None:
        """Same, from the error of a service."""
        self.refuse(sentence(error))

    def accept(self) -> None:
        """Forget the refusal."""
        self.error.hide()
        self.error.clear()
        self.grid.setAccessibleDescription("")

    def _cells_refused(self, refusals: Sequence[CellRefusal]) -> None:
        first = refusals[0]
        where = f"{first.column}\u202f: " if first.column else ""
        self.refuse(f"{where}{first.sentence}")

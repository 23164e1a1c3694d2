"""An editable list that holds in its width, with its verbs: add, remove; the row chosen survives a read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.french import typographic
from ui.models.grid import CellEdit, CellRefusal
from ui.models.table import Column
from ui.theme import Theme
from ui.views.data_parts import FittedTable
from ui.widgets.grid import Grid
from ui.widgets.parts import button, row, text


class FittedGrid(FittedTable, Grid):
    """A grid whose columns share its width; the current cell is found again by the key of its row."""

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, staying on the same one."""
        held = self.current_row()
        place, key = self.currentIndex(), getattr(held, "uuid", "")
        super().show_rows(rows)
        if not rows:
            return
        found = [at for at, line in enumerate(rows) if key and getattr(line, "uuid", None) == key]
        if found:
            index = self.grid.index(found[0], max(place.column(), 0))
            self.setCurrentIndex(self.proxy.mapFromSource(index))


class EditList(QWidget):
    """A grid under its title and its verbs. `edited` carries (row, fields), `removed` the rows."""

    edited = Signal(object, object)
    removed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column[Any]],
        *,
        flexible: tuple[int, ...] = (0,),
        add: tuple[str, Callable[[], object]] | None = None,
        empty: str = "",
        title: str = "",
    ) -> None:
        """name: for a screen reader; add: words and act of the button; empty: said when there is no row."""
        super().__init__()
        self._theme = theme
        self._empty_words = empty
        self.grid = FittedGrid(theme, columns, name, flexible=flexible)
        self.grid.setProperty("role", "framed")
        self.title = text(title, "section")
        self.title.setVisible(bool(title))
        self.note = text("", "second")
        self.head = row(self.title, self.note, None)
        self.add_button = button(add[0], add[1], icon="plus") if add else None
        self.remove_button = button("Supprimer", self.remove_current, icon="trash")
        self.remove_button.setAccessibleName(f"Supprimer la ligne\u202f: {name}")
        self.remove_button.setEnabled(False)
        if self.add_button is not None:
            self.add_button.setAccessibleName(f"{add[0] if add else ''}\u202f: {name}")
            self.head.addWidget(self.remove_button)
            self.head.addWidget(self.add_button)
        self.empty = text(typographic(empty), "second", wrap=True)
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self.head)
        layout.addWidget(self.empty)
        layout.addWidget(self.grid, 1)
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._refused)
        self.grid.removed.connect(self.removed)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        if add is not None:
            self.grid.added.connect(add[1])

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, or the sentence of the empty list."""
        self.grid.show_rows(rows)
        self.empty.setVisible(not rows and bool(self._empty_words))
        self.grid.setVisible(bool(rows) or not self._empty_words)
        self._moved()

    def hold_rows(self, most: int = 12) -> None:
        """Be as high as the rows, most at most: for lists one under the other."""
        count = min(max(self.grid.proxy.rowCount(), 1), most)
        header = self.grid.horizontalHeader().sizeHint().height()
        self.grid.setFixedHeight(header + count * self._theme.row_height + 4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def remove_current(self) -> None:
        """Ask to remove the row under the cursor."""
        held = self.grid.current_row()
        if held is not None:
            self.removed.emit([held])

    def show_refusal(self, refusals: list[CellRefusal]) -> None:
        """Say the first refusal."""
        self._refused(refusals)

    def _moved(self, *_indexes: object) -> None:
        self.remove_button.setEnabled(self.grid.current_row() is not None)

    def _edited(self, edits: list[CellEdit]) -> None:
        fields: dict[int, tuple[Any, dict[str, Any]]] = {}
        for edit in edits:
            fields.setdefault(id(edit.row), (edit.row, {}))[1][edit.column] = edit.value
        for held, values in fields.values():
            self.edited.emit(held, values)

    def _refused(self, refusals: list[CellRefusal]) -> None:
        first = refusals[0]
        self.refused.emit(typographic(f"{first.column} : {first.sentence} Rien n’a été écrit."))

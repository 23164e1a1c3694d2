"""An editable list that holds in its width, with its verbs: add, remove; the row chosen survives a read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.french import typographic
from ui.models.grid import CellEdit, CellRefusal
from ui.models.table import Column
from ui.theme import Theme
from ui.views.data_parts import FittedTable
from ui.widgets.fields import NumberField
from ui.widgets.grid import Grid
from ui.widgets.parts import button, icon_button, row, text

MOVES = (("Monter", "arrow-up", "Alt+↑", -1), ("Descendre", "arrow-down", "Alt+↓", 1))


class FittedGrid(Grid, FittedTable):
    """A grid whose columns share its width; the current cell is found again by the key of its row.

    Grid comes first: Qt takes the signals of the first class.
    """

    shifted = Signal(int)
    """Alt+↑ or ↓: the row under the cursor moves by -1 or +1."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column[Any]], name: str, *, flexible: tuple[int, ...] = (0,)
    ) -> None:
        super().__init__(theme, columns, name)
        self._flexible = flexible
        self.wanted = ""
        """Key of a row that was just added: the next read goes to it and opens its editor."""
        self._sought = ""

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, staying on the same one."""
        key, column = getattr(self.current_row(), "uuid", ""), max(self.currentIndex().column(), 0)
        super().show_rows(rows)
        keys = [getattr(line, "uuid", None) for line in rows]
        if self.wanted and self.wanted in keys:
            self._edit_new(keys.index(self.wanted))
        elif self._sought and self._sought in keys:
            self._go(keys.index(self._sought))
        elif key and key in keys:
            self.setCurrentIndex(self.proxy.mapFromSource(self.grid.index(keys.index(key), column)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+arrows move the row; the rest as any grid."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def go_to(self, key: str) -> None:
        """Go to a row, now or once it is read."""
        self._sought = key
        keys = [getattr(line, "uuid", None) for line in self.grid.rows]
        if key in keys:
            self._go(keys.index(key))

    def _go(self, row: int) -> None:
        self._sought = ""
        index = self.proxy.mapFromSource(self.grid.index(row, 0))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()

    def _edit_new(self, row: int) -> None:
        self.wanted = ""
        columns = range(self.grid.columnCount())
        first = next((c for c in columns if self.grid.can_edit(row, c) and not self.isColumnHidden(c)), 0)
        index = self.proxy.mapFromSource(self.grid.index(row, first))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if self.isVisible() and self.grid.can_edit(row, first):
            self.setFocus()
            self.edit(index)


class EditList(QWidget):
    """A grid under its title and its verbs. `edited` carries (row, fields), `removed` the rows."""

    edited = Signal(object, object)
    removed = Signal(object)
    refused = Signal(str)
    ordered = Signal(object)
    """Keys of every row, in the order asked."""

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
        order: bool = False,
    ) -> None:
        """name: for a screen reader; add: words and act of the button; empty: said when there is no row.

        order: Alt+↑ and ↓, or two buttons, move the row chosen.
        """
        super().__init__()
        self._empty_words = empty
        self.grid = FittedGrid(theme, columns, name, flexible=flexible)
        self.grid.setProperty("role", "framed")
        self.title = text(title, "section")
        self.title.setVisible(bool(title))
        self.note = text("", "second")
        self.verbs = QWidget()
        self.buttons = row()
        self.verbs.setLayout(self.buttons)
        self.bar = QWidget()
        self.bar.setLayout(row(self.title, self.note, None, self.verbs))
        self.add_button = button(add[0], add[1], icon="plus") if add else None
        self.remove_button = button("Supprimer", self.remove_current, icon="trash")
        self.remove_button.setAccessibleName(f"Supprimer la ligne\u202f: {name}")
        self.remove_button.setEnabled(False)
        self.movers = [self._mover(*words) for words in MOVES] if order else []
        if self.add_button is not None:
            self.add_button.setAccessibleName(f"{add[0] if add else ''}\u202f: {name}")
            self.buttons.addWidget(self.remove_button)
            self.buttons.addWidget(self.add_button)
        self.empty = text(typographic(empty), "second", wrap=True)
        self.empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.empty)
        layout.addWidget(self.grid, 1)
        layout.addStretch(0)
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._refused)
        self.grid.removed.connect(self.removed)
        self.grid.shifted.connect(self.shift)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        if add is not None:
            self.grid.added.connect(add[1])

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, or the sentence of the empty list."""
        self.grid.show_rows(rows)
        self.empty.setVisible(not rows and bool(self._empty_words))
        self.grid.setVisible(bool(rows) or not self._empty_words)
        self._moved()

    def give_verbs(self) -> QWidget:
        """Hand the verbs to the head of a tab; the own head stays if it has a title."""
        self.bar.setVisible(bool(self.title.text()))
        return self.verbs

    def remove_current(self) -> None:
        """Ask to remove the row under the cursor."""
        held = self.grid.current_row()
        if held is not None:
            self.removed.emit([held])

    def _mover(self, words: str, icon: str, keys: str, step: int) -> QWidget:
        made = icon_button(icon, f"{words}\u202f: {self.grid.accessibleName()}", partial(self.shift, step))
        made.setToolTip(f"{words} ({keys})")
        self.buttons.addWidget(made)
        return made

    def shift(self, step: int) -> None:
        """Move the row chosen up (-1) or down (+1); only in the order of the list, with every row shown."""
        held, keys = self.grid.current_row(), [one.uuid for one in self.grid.grid.rows]
        if not self.movers or held is None or not self._natural():
            return
        at = keys.index(held.uuid)
        if 0 <= at + step < len(keys):
            keys.insert(at + step, keys.pop(at))
            self.ordered.emit(keys)

    def _natural(self) -> bool:
        proxy = self.grid.proxy
        return proxy.sortColumn() < 0 and proxy.rowCount() == len(self.grid.grid.rows)

    def _moved(self, *_indexes: object) -> None:
        held, keys = self.grid.current_row(), [one.uuid for one in self.grid.grid.rows] if self.movers else []
        self.remove_button.setEnabled(held is not None)
        for made, (*_words, step) in zip(self.movers, MOVES, strict=False):
            at = keys.index(held.uuid) + step if held is not None else -1
            made.setEnabled(self._natural() and 0 <= at < len(keys))

    def _edited(self, edits: list[CellEdit]) -> None:
        fields: dict[int, tuple[Any, dict[str, Any]]] = {}
        for edit in edits:
            fields.setdefault(id(edit.row), (edit.row, {}))[1][edit.column] = edit.value
        for held, values in fields.values():
            self.edited.emit(held, values)

    def _refused(self, refusals: list[CellRefusal]) -> None:
        first = refusals[0]
        self.refused.emit(typographic(f"{first.column} : {first.sentence} Rien n’a été écrit."))


class YearField(NumberField):
    """A year: four figures, without a space between them."""

    def write(self, value: Any) -> None:
        """Show a year."""
        self.edit.setText("" if value is None else str(value))

"""An editable table as in a spreadsheet: each cell is read before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal

from app.domain.spreadsheet import unquoted
from ui.models.table import Column, Index, TableModel

R = TypeVar("R")


class CellRefused(Exception):
    """What was typed in a cell cannot be read; its text is the French sentence."""


@dataclass(frozen=True)
class EditColumn(Column[R]):
    """A column whose cells may be typed.

    parse: reads what was typed into a value; raises CellRefused with its sentence. None: never editable.
    editable: whether the cell of that row may be typed. typed: text proposed to edit, that of a copy if None.
    """

    parse: Callable[[str], Any] | None = None
    editable: Callable[[R], bool] | None = None
    typed: Callable[[R], str] | None = None
    choices: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell to write: the row shown, the code of its column (or header), the value read."""

    row: Any
    column: str
    value: Any


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """One cell refused: row and column in the view, what was typed, why."""

    row: int
    column: str
    typed: str
    sentence: str


class GridModel(TableModel[R], Generic[R]):
    """Asks the page to write: `edited` carries all the cells of one action, read and accepted."""

    edited = Signal(object)
    """list[CellEdit]: one action."""
    refused = Signal(object)
    """list[CellRefusal]: nothing of the action is written."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of editable columns may be edited."""
        flags = super().flags(index)
        if index.isValid() and self.can_edit(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def can_edit(self, row: int, column: int) -> bool:
        """Tell whether a cell may be typed."""
        edit = self.columns[column]
        if not isinstance(edit, EditColumn) or edit.parse is None:
            return False
        return edit.editable is None or edit.editable(self.rows[row])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text proposed to the editor, else as any table."""
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.typed_text(index.row(), index.column())
        return super().data(index, role)

    def typed_text(self, row: int, column: int) -> str:
        """Return what the editor of a cell starts from."""
        edit, held = self.columns[column], self.rows[row]
        if isinstance(edit, EditColumn) and edit.typed is not None:
            return edit.typed(held)
        shown = edit.copied(held)
        return "" if shown == edit.absent else shown

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Read one cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) == self.typed_text(index.row(), index.column()):
            return False
        return self.write_cells([(index.row(), index.column(), str(value))])

    def write_cells(self, cells: Sequence[tuple[int, int, str]]) -> bool:
        """Read cells (row, column, typed); all are accepted and sent as one action, or none is."""
        edits: list[CellEdit] = []
        refusals: list[CellRefusal] = []
        for row, column, typed in cells:
            read = self._read(row, column, typed)
            if isinstance(read, CellRefusal):
                refusals.append(read)
            else:
                edits.append(read)
        if refusals:
            self.refused.emit(refusals)
            return False
        self.edited.emit(edits)
        return bool(edits)

    def _read(self, row: int, column: int, typed: str) -> CellEdit | CellRefusal:
        edit = self.columns[column]
        if not isinstance(edit, EditColumn) or edit.parse is None or not self.can_edit(row, column):
            return CellRefusal(row, edit.header, typed, "Cette cellule ne se modifie pas.")
        try:
            value = edit.parse(typed)
        except CellRefused as refusal:
            return CellRefusal(row, edit.header, typed, str(refusal))
        return CellEdit(self.rows[row], edit.code or edit.header, value)


def split_block(pasted: str) -> list[list[str]]:
    """Return the cells of a text copied from a spreadsheet: tabs between them, quoted ones may hold lines."""
    import csv
    import io

    lines = list(csv.reader(io.StringIO(pasted.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t"))
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return [[unquoted(cell) for cell in line] for line in lines]

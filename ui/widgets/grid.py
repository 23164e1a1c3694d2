"""The editable table view: F2 or typing edits, blocks are pasted from a spreadsheet, Ctrl+D fills down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.grid import CellRefusal, EditColumn, GridModel, split_block
from ui.models.table import Column, SortProxy
from ui.theme import Theme
from ui.widgets.table_view import Table


class Grid(Table):
    """Cells are selected one by one; `edited` and `refused` are those of the model."""

    edited = Signal(object)
    refused = Signal(object)
    added = Signal()
    """Ctrl+Entrée: a line is asked for."""
    removed = Signal(object)
    """Suppr on a column that is not editable: list of the rows selected."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column[Any]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, columns, name, parent)
        self.grid: GridModel[Any] = GridModel(columns, parent=self)
        self.grid.tone_colour = theme.token
        self.table = self.grid
        self.proxy = SortProxy(self.grid, self)
        self.setModel(self.proxy)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.grid.edited.connect(self.edited)
        self.grid.refused.connect(self.refused)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setShowGrid(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, fill down, add, erase; the rest as any table."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif control and event.key() == Qt.Key.Key_D:
            self.fill_down()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.added.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.erase()
        else:
            super().keyPressEvent(event)

    def paste(self, pasted: str) -> None:
        """Write a block from the current cell; what goes past the last row or column is refused."""
        start = self.currentIndex()
        block = split_block(pasted)
        if not start.isValid() or not block:
            return
        header = self.horizontalHeader()
        seen = range(header.visualIndex(start.column()), self.proxy.columnCount())
        columns = [place for at in seen if not self.isColumnHidden(place := header.logicalIndex(at))]
        outside = [
            CellRefusal(start.row() + i, "", "\t".join(line), "Ce bloc dépasse le tableau.")
            for i, line in enumerate(block)
            if start.row() + i >= self.proxy.rowCount() or len(line) > len(columns)
        ]
        if outside:
            self.refused.emit(outside)
            return
        self.grid.write_cells(
            [
                (self._source_row(start.row() + i), columns[j], cell)
                for i, line in enumerate(block)
                for j, cell in enumerate(line)
            ]
        )

    def fill_down(self) -> None:
        """Give the selected cells of each column the text of the first one."""
        cells = sorted({(index.column(), index.row()) for index in self.selectedIndexes()})
        first: dict[int, str] = {}
        wanted: list[tuple[int, int, str]] = []
        for column, row in cells:
            source = self._source_row(row)
            if column not in first:
                first[column] = self.grid.typed_text(source, column)
            elif self.grid.can_edit(source, column):
                wanted.append((source, column, first[column]))
        if wanted:
            self.grid.write_cells(wanted)

    def erase(self) -> None:
        """Empty the editable cells selected; without any, ask to remove the rows."""
        indexes = self.selectedIndexes()
        cells = [(self._source_row(index.row()), index.column(), "") for index in indexes]
        editable = [cell for cell in cells if self.grid.can_edit(cell[0], cell[1])]
        if editable:
            self.grid.write_cells(editable)
        elif cells:
            rows = sorted({cell[0] for cell in cells})
            self.removed.emit([self.grid.rows[row] for row in rows])

    def _source_row(self, row: int) -> int:
        return self.proxy.mapToSource(self.proxy.index(row, 0)).row()


class CellDelegate(QStyledItemDelegate):
    """Editors of cells: a list where the column has choices; Entrée goes down."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a line, or a list of choices."""
        column = self._column(index)
        if isinstance(column, EditColumn) and column.choices:
            box = QComboBox(parent)
            box.addItems(list(column.choices))
            box.setAccessibleName(column.header)
            return box
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(column.header)
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the present text."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Send what was typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText(), Qt.ItemDataRole.EditRole)
        else:
            super().setModelData(editor, model, index)

    def eventFilter(self, editor: Any, event: QEvent) -> bool:
        """Entrée writes and goes to the cell below."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            view = self.parent()
            if isinstance(view, Grid):
                below = view.currentIndex().siblingAtRow(view.currentIndex().row() + 1)
                if below.isValid():
                    view.setCurrentIndex(below)
            return True
        return super().eventFilter(editor, event)

    def _column(self, index: QModelIndex | QPersistentModelIndex) -> Column[Any]:
        view = self.parent()
        assert isinstance(view, Grid)
        return view.grid.columns[index.column()]

"""A filterable list of boxes to tick: départements of the wizard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from app.domain.french import fold

CODE = Qt.ItemDataRole.UserRole
SEARCH = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class _Filter(QSortFilterProxyModel):
    """Keeps the lines that hold every word typed."""

    words: tuple[str, ...] = ()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        text = self.sourceModel().index(source_row, 0, source_parent).data(SEARCH) or ""
        return all(word in text for word in self.words)


class _List(QListView):
    """Entrée ticks the line under the cursor, as Espace does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)


def toggle(index: QModelIndex) -> None:
    """Tick or untick the line of an index."""
    if index.isValid():
        model = index.model()
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)


class CheckList(QWidget):
    """A field above a list; `changed` says that the ticks changed."""

    changed = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(f"Filtrer\u202f: {name}")
        self.field.setClearButtonEnabled(True)
        self.list = _List()
        self.list.setProperty("role", "framed")
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._model = QStandardItemModel(self)
        self._proxy = _Filter(self)
        self._proxy.setSourceModel(self._model)
        self.list.setModel(self._proxy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._toggle_first)
        self._model.itemChanged.connect(lambda _item: self.changed.emit())

    def show_lines(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Show (code, label, other words that find it), nothing ticked."""
        self._model.clear()
        for code, label, words in lines:
            item = QStandardItem(label)
            item.setCheckable(True)
            item.setData(code, CODE)
            item.setData(fold(f"{label} {words}"), SEARCH)
            self._model.appendRow(item)

    def ticked(self) -> tuple[str, ...]:
        """Codes ticked, in the order of the list."""
        items = [self._model.item(row) for row in range(self._model.rowCount())]
        return tuple(str(item.data(CODE)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def tick(self, code: str, value: bool = True) -> None:
        """Tick or untick a code."""
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            if item.data(CODE) == code:
                item.setCheckState(Qt.CheckState.Checked if value else Qt.CheckState.Unchecked)

    def shown(self) -> int:
        """Lines that the filter keeps."""
        return self._proxy.rowCount()

    def _filter(self, text: str) -> None:
        self._proxy.words = tuple(fold(text).split())
        self._proxy.invalidate()
        self.list.setCurrentIndex(self._proxy.index(0, 0))

    def _toggle_first(self) -> None:
        toggle(self.list.currentIndex() if self.list.currentIndex().isValid() else self._proxy.index(0, 0))
        self.field.selectAll()

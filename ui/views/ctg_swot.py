"""Forces, faiblesses, opportunités, menaces: four lists, put in order, dragged about, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from ui.labels_ctg import NOTE_KINDS
from ui.widgets.parts import icon_button, picture, row, text

if TYPE_CHECKING:
    from app.services.ctg_rows import NoteRow

UUID = Qt.ItemDataRole.UserRole
SHAPES = {
    "force": ("circle-check", "vert"),
    "faiblesse": ("circle-minus", "ocre"),
    "opportunite": ("arrow-up", "encre"),
    "menace": ("alert-triangle", "rouge"),
}
LEAST, MOST = 92, 220
PADDING = 12
NEW = "Nouveau point"
LAST = 10_000
"""A place after every other."""
SHIFTS: dict[int, int] = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class NoteList(QListWidget):
    """One list. F2 or a double click edits, Suppr removes, Ctrl+Entrée adds.

    Alt+↑ and ↓ move a point; so do the mouse and the menu, to the other lists too.
    """

    written = Signal(str, str)
    """Key and new text."""
    moved = Signal(str, str, int)
    """Key, the list where it goes, and its place there from 0."""
    erased = Signal(str)
    added = Signal(str)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.setAccessibleName(NOTE_KINDS[kind])
        self.setProperty("role", "framed")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setFixedHeight(LEAST)
        self.setAccessibleDescription("F2 modifie, Alt et flèches déplacent, Ctrl+Entrée ajoute")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.itemChanged.connect(self._changed)

    def show_notes(self, notes: Sequence[NoteRow]) -> None:
        """Show these points, staying on the same one."""
        held = self.currentItem()
        key = held.data(UUID) if held is not None else ""
        self.blockSignals(True)
        self.clear()
        for note in notes:
            item = QListWidgetItem(note.text)
            item.setData(UUID, note.uuid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.addItem(item)
            if note.uuid == key:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self._fit()

    def _fit(self) -> None:
        """As high as the points, wrapped in the present width."""
        held = self.blockSignals(True)
        wide = max(self.viewport().width() - 2 * PADDING, 60)
        flags = int(Qt.TextFlag.TextWordWrap)
        for place in range(self.count()):
            item = self.item(place)
            box = self.fontMetrics().boundingRect(0, 0, wide, 4000, flags, item.text())
            item.setSizeHint(QSize(60, box.height() + PADDING))
        self.blockSignals(held)
        room = sum(self.sizeHintForRow(place) for place in range(self.count())) + 10
        self.setFixedHeight(max(LEAST, min(room, MOST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Points wrap again."""
        super().resizeEvent(event)
        self._fit()

    def edit_key(self, uuid: str) -> None:
        """Open the editor of a point."""
        for place in range(self.count()):
            if self.item(place).data(UUID) == uuid:
                self.setCurrentRow(place)
                self.editItem(self.item(place))

    def _changed(self, item: QListWidgetItem) -> None:
        self.written.emit(item.data(UUID), item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Suppr removes, Ctrl+Entrée adds, Alt+arrows move."""
        held = self.currentItem()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Delete and held is not None:
            self.erased.emit(held.data(UUID))
        elif held is not None and alt and event.key() in SHIFTS:
            self.shift(SHIFTS[event.key()])
        elif enter and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.added.emit(self.kind)
        else:
            super().keyPressEvent(event)

    def shift(self, step: int) -> None:
        """Ask for the current point one place up (-1) or down (+1)."""
        held, place = self.currentItem(), self.currentRow() + step
        if held is not None and 0 <= place < self.count():
            self.moved.emit(held.data(UUID), self.kind, place)

    def moves(self) -> list[QAction]:
        """What the menu offers for the current point."""
        held: Any = self.currentItem()
        found: list[QAction] = []
        for words, step in (("Monter\tAlt+↑", -1), ("Descendre\tAlt+↓", 1)):
            if held is not None and 0 <= self.currentRow() + step < self.count():
                action = QAction(words, self)
                action.triggered.connect(partial(self.shift, step))
                found.append(action)
        for kind, words in NOTE_KINDS.items():
            if held is not None and kind != self.kind:
                action = QAction(f"Déplacer vers «\u202f{words}\u202f»", self)
                action.triggered.connect(partial(self._move_to, held.data(UUID), kind))
                found.append(action)
        return found

    def _move_to(self, uuid: str, kind: str, _checked: bool = False) -> None:
        self.moved.emit(uuid, kind, LAST)

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.moves())
        if not menu.isEmpty():
            menu.exec(self.viewport().mapToGlobal(where))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take points of the four lists."""
        if isinstance(event.source(), NoteList):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere in the list, the line drawn where the point would go."""
        if isinstance(event.source(), NoteList):
            super().dragMoveEvent(event)
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move: the base decides, then the lists are read again."""
        source = event.source()
        if isinstance(source, NoteList):
            held = source.currentItem()
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()
            if held is not None:
                self._drop(held.data(UUID), source, event.position().toPoint())

    def _drop(self, uuid: str, source: NoteList, where: QPoint) -> None:
        """Ask for the place under the pointer, counted without the point that moves."""
        index = self.indexAt(where)
        place = index.row() if index.isValid() else self.count()
        if index.isValid() and where.y() > self.visualRect(index).center().y():
            place += 1
        if source is self:
            held = self.currentRow()
            place -= held < place
            if place == held:
                return
        self.moved.emit(uuid, self.kind, place)


class Swot(QWidget):
    """The four lists in a square."""

    written = Signal(str, str)
    moved = Signal(str, str, int)
    erased = Signal(str)
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lists = {kind: NoteList(kind) for kind in NOTE_KINDS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        for place, (kind, made) in enumerate(self.lists.items()):
            for name in ("written", "moved", "erased", "added"):
                getattr(made, name).connect(getattr(self, name))
            icon, token = SHAPES[kind]
            words = NOTE_KINDS[kind]
            add = icon_button("plus", f"Ajouter un point\u202f: {words}", partial(self.added.emit, kind))
            held = QVBoxLayout()
            held.setSpacing(4)
            held.addLayout(row(picture(icon, token, 16), text(words, "label"), None, add))
            held.addWidget(made, 1)
            grid.addLayout(held, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def show_notes(self, notes: Sequence[NoteRow]) -> None:
        """Show the points of a convention."""
        for kind, made in self.lists.items():
            made.show_notes([note for note in notes if note.kind == kind])

    def edit_key(self, uuid: str) -> None:
        """Open the editor of a point, wherever it is."""
        for made in self.lists.values():
            made.edit_key(uuid)

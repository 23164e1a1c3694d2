"""The command palette, Ctrl+K: one field, one list, Entrée acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.models.commands import Command, search
from ui.theme import Theme
from ui.widgets.parts import line, picture, row, text

COMMAND = Qt.ItemDataRole.UserRole
FIRST = Qt.ItemDataRole.UserRole + 1
WIDTH, HEIGHT = 620, 440
ROW, HEAD = 36, 24
NOTE = 180
NOTHING = "Rien ne correspond"
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class CommandModel(QAbstractListModel):
    """Commands found, in the order of their groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.commands: list[Command] = []

    def replace(self, commands: list[Command]) -> None:
        """Show these commands."""
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Commands; none under one."""
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Label, words for a screen reader, the command, and whether it opens its group."""
        if not index.isValid():
            return None
        command = self.commands[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (command.group, command.label, command.note, command.shortcut)
            return ", ".join(part for part in said if part)
        if role == FIRST:
            before = self.commands[index.row() - 1].group if index.row() else ""
            return command.group if command.group != before else ""
        return command if role == COMMAND else None


class CommandDelegate(QStyledItemDelegate):
    """Draws the name of a group above its first command; icon, label, note, shortcut."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for a row, and for the name of its group."""
        return QSize(0, self._theme.px(ROW + (HEAD if index.data(FIRST) else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        painter.save()
        box = QRect(option.rect)
        group = index.data(FIRST)
        if group:
            self._group(painter, box, group)
            box.setTop(box.top() + self._theme.px(HEAD))
        self._command(painter, box, option, index.data(COMMAND))
        painter.restore()

    def _group(self, painter: QPainter, box: QRect, group: str) -> None:
        painter.setFont(self._theme.font("legend_strong"))
        painter.setPen(self._theme.token("texte3"))
        head = QRect(box.left() + 12, box.top(), box.width(), self._theme.px(HEAD))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, group)

    def _command(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem, command: Command) -> None:
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(self._theme.token("encre_doux" if chosen else "survol"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(box).adjusted(2, 1, -2, -1), 6, 6)
        side = 18
        icons.draw(painter, command.icon, "texte2", QRectF(box.left() + 12, box.center().y() - 8, side, side))
        inner = box.adjusted(12 + side + 10, 0, -14, 0)
        painter.setFont(self._theme.font("dense"))
        painter.setPen(self._theme.token("texte3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, command.shortcut)
        taken = painter.fontMetrics().horizontalAdvance(command.shortcut)
        inner.setRight(inner.right() - taken - (10 if taken else 0))
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.token("texte"))
        room = max(inner.width() - self._note_room(command), inner.width() // 2)
        label = painter.fontMetrics().elidedText(command.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, label)
        left = painter.fontMetrics().horizontalAdvance(label) + 10
        painter.setFont(self._theme.font("base"))
        painter.setPen(self._theme.token("texte2"))
        inner.setLeft(inner.left() + left)
        note = painter.fontMetrics().elidedText(command.note, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, note)

    def _note_room(self, command: Command) -> int:
        """Width left to the note beside a long label; a short note is shown whole."""
        wanted = QFontMetrics(self._theme.font("base")).horizontalAdvance(command.note)
        return min(wanted, self._theme.px(NOTE)) + 10 if command.note else 0


class Palette(QDialog):
    """Asks for the commands when it opens; the command chosen runs once the palette is closed."""

    def __init__(self, parent: QWidget, theme: Theme, commands: Callable[[], Sequence[Command]]) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._host = parent
        self._theme = theme
        self._read = commands
        self._commands: Sequence[Command] = ()
        self.setAccessibleName("Rechercher ou agir")
        self.field = QLineEdit()
        self.field.setProperty("role", "bare")
        self.field.setPlaceholderText("Rechercher un territoire, un indicateur, une action")
        self.field.setAccessibleName("Rechercher ou agir")
        self.list = QListView()
        self.list.setAccessibleName("Propositions")
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = CommandModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommandDelegate(theme, self))
        self._empty = text(NOTHING, "second")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay()
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self.act)
        self.list.clicked.connect(self.act)

    def _lay(self) -> None:
        frame = QFrame()
        frame.setProperty("role", "popover")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(8, 6, 8, 8)
        inner.setSpacing(6)
        inner.addLayout(row(6, picture("search"), self.field))
        inner.addWidget(line())
        inner.addWidget(self.list)
        inner.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def open_over(self, words: str = "") -> None:
        """Show the palette over the top of its window."""
        self._commands = self._read()
        host = self._host
        width = min(self._theme.px(WIDTH), host.width() - 40)
        self.resize(width, min(self._theme.px(HEIGHT), host.height() - 80))
        corner = host.mapToGlobal(host.rect().topLeft())
        self.move(corner.x() + (host.width() - width) // 2, corner.y() + 56)
        self.field.setText(words)
        self._filter(words)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _filter(self, words: str) -> None:
        self.model.replace(search(self._commands, words))
        empty = not self.model.commands
        self.list.setVisible(not empty)
        self._empty.setVisible(empty)
        if not empty:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def act(self) -> None:
        """Run the command under the cursor."""
        command = self.list.currentIndex().data(COMMAND)
        if command is not None:
            self.accept()
            command.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list while the field keeps the focus."""
        move = _MOVES.get(event.key())
        if move is None:
            super().keyPressEvent(event)
            return
        last = len(self.model.commands) - 1
        line_now = min(max(self.list.currentIndex().row() + move, 0), max(last, 0))
        self.list.setCurrentIndex(self.model.index(line_now, 0))


_MOVES = {
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_PageDown): 8,
    int(Qt.Key.Key_PageUp): -8,
}

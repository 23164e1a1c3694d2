"""The plan of a diagnostic: sections to tick and to move, each with what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.french import NBSP
from ui import icons
from ui.theme import Theme
from ui.views.diagnostic_words import SectionLine

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MIME = "application/x-maillage-section"
ROW = 48
BOX = 16
TEXT = 34


class PlanModel(QAbstractListModel):
    """Lines of the plan; what is asked goes out by signals, the base decides."""

    ticked = Signal(str, bool)
    moved = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[SectionLine] = []
        self.locked = False

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        """Show these lines; only those that differ are told if the order is the same."""
        same = [line.code for line in lines] == [line.code for line in self.lines]
        if same:
            self.lines = list(lines)
            self.dataChanged.emit(self.index(0), self.index(max(len(lines) - 1, 0)))
        else:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Sections; none under one."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, box, the line itself, and what a screen reader says."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return (Qt.CheckState.Checked if line.enabled else Qt.CheckState.Unchecked).value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            page = f", page {line.page}" if line.page else ""
            return f"{line.title}, {line.state}{page}"
        return {
            Qt.ItemDataRole.DisplayRole: line.title,
            Qt.ItemDataRole.ToolTipRole: f"{line.title}\n{line.state}",
            Qt.ItemDataRole.UserRole: line,
        }.get(Qt.ItemDataRole(role))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask to switch a section on or off."""
        if role != Qt.ItemDataRole.CheckStateRole or self.locked or not index.isValid():
            return False
        wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        self.ticked.emit(self.lines[index.row()].code, wanted)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lines are dragged, dropped between lines, ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags if self.locked else Qt.ItemFlag.ItemIsDropEnabled
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.locked:
            return base
        return base | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsUserCheckable

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Ours only."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The code of the line dragged."""
        made = QMimeData()
        made.setData(MIME, self.lines[indexes[0].row()].code.encode())
        return made

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask for the move; the line goes when the base has written it."""
        code = bytes(data.data(MIME).data()).decode()
        held = [line.code for line in self.lines]
        if code not in held:
            return False
        place = row if row >= 0 else parent.row() if parent.isValid() else len(held)
        rank = place - (held.index(code) < place)
        if rank != held.index(code):
            self.moved.emit(code, rank)
        return False


class PlanView(QListView):
    """Espace ticks, Alt+↑ and Alt+↓ move, the mouse drags."""

    section_chosen = Signal(str)
    ticked = Signal(str, bool)
    moved = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._wanted = ""
        self.plan = PlanModel(self)
        self.setModel(self.plan)
        self.setItemDelegate(_SectionDelegate(theme, self))
        self.setAccessibleName("Plan du diagnostic")
        self.setAccessibleDescription("Espace coche une section, Alt et les flèches la déplacent")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.plan.ticked.connect(self.ticked)
        self.plan.moved.connect(self.moved)
        self.selectionModel().currentChanged.connect(self._chosen)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> str:
        """Code of the section chosen, empty without one."""
        index = self.currentIndex()
        return self.plan.lines[index.row()].code if index.isValid() else ""

    def show_lines(self, lines: Sequence[SectionLine]) -> None:
        """Show these lines, the same section staying chosen."""
        kept = self.current or self._wanted
        self.plan.show_lines(lines)
        self.choose(kept if any(line.code == kept for line in lines) else lines[0].code if lines else "")

    def choose(self, code: str) -> None:
        """Choose a section."""
        self._wanted = code
        for row, line in enumerate(self.plan.lines):
            if line.code == code and row != self.currentIndex().row():
                self.setCurrentIndex(self.plan.index(row))

    def _chosen(self, current: QModelIndex, _former: QModelIndex) -> None:
        if current.isValid():
            self._wanted = self.plan.lines[current.row()].code
            self.section_chosen.emit(self._wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the section; the arrows alone choose."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            rank = self.currentIndex().row() + step
            if self.current and not self.plan.locked and 0 <= rank < len(self.plan.lines):
                self.moved.emit(self.current, rank)
            return
        super().keyPressEvent(event)


class _SectionDelegate(QStyledItemDelegate):
    """Box, title on one line, state and page under it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all."""
        return QSize(80, self._theme.px(ROW))

    def editorEvent(self, event: Any, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the box ticks."""
        if event.type() == event.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            if event.position().x() < option.rect.left() + self._theme.px(TEXT):
                ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
                state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
                return bool(model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole))
            return False
        if event.type() in (event.Type.KeyPress, event.Type.ShortcutOverride):
            return bool(super().editorEvent(event, model, option, index))
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        from PySide6.QtWidgets import QStyle

        theme, line = self._theme, index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.token("encre_doux"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.token("survol"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.token("encre"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        self._box(painter, area, line.enabled)
        self._words(painter, area, line)
        painter.restore()

    def _box(self, painter: QPainter, area: QRectF, ticked: bool) -> None:
        side = self._theme.px(BOX)
        box = QRectF(area.left() + 9, area.top() + self._theme.px(8), side, side)
        painter.setPen(self._theme.token("encre" if ticked else "trait_fort"))
        painter.setBrush(self._theme.token("encre" if ticked else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            icons.draw(painter, "check", "sur_encre", box.adjusted(1, 1, -1, -1))

    def _words(self, painter: QPainter, area: QRectF, line: SectionLine) -> None:
        theme = self._theme
        left, right = area.left() + theme.px(TEXT), area.right() - 8
        top, tall = area.top() + theme.px(6), theme.px(18)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for words, role, token, y in (
            (line.title, "label", "texte" if line.enabled else "texte3", top),
            (line.state, "dense", line.tone, top + tall),
        ):
            room = right - left
            painter.setFont(theme.font(role))
            painter.setPen(theme.token(token))
            if y > top and line.page:
                page = f"p.{NBSP}{line.page}"
                width = painter.fontMetrics().horizontalAdvance(page)
                room -= width + 8
                painter.setPen(theme.token("texte3"))
                painter.drawText(QRectF(right - width, y, width, tall), flags, page)
                painter.setPen(theme.token(token))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left, y, room, tall), flags, shown)

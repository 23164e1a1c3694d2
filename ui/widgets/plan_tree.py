"""The tree of a plan: shapes beside words, étapes as segments, moves by drag and by Alt+arrows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from app.domain.ctg_words import ACTION_STATE
from ui import icons
from ui.labels_plan import LOOK
from ui.theme import Theme
from ui.widgets.plan_tree_draw import draw_segments, draw_state, draw_text
from ui.widgets.plan_tree_items import ACTION, Line, step_place, walk
from ui.widgets.plan_tree_model import DUE, LINE, NUMBER, PILOT, STATE, STEPS, TITLE, PlanModel

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionRow

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {PILOT: 190, DUE: 108, STEPS: 150, STATE: 134}
NARROW = {PILOT: 110, DUE: 96, STEPS: 66, STATE: 124}
NARROW_UNDER = 820
PILOT_UNDER = 640
INDENT = 12


class PlanTree(QTreeView):
    """`opened` carries the uuid of a fiche, `shifted` (uuid, parent or empty, position)."""

    opened = Signal(str)
    shifted = Signal(str, str, int)
    removal_asked = Signal(object)
    chosen = Signal(object)
    """The line under the cursor, or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._closed: set[str] = set()
        self.plan = PlanModel(self)
        self.setModel(self.plan)
        self.setItemDelegate(_PlanDelegate(theme, self))
        self.setAccessibleName("Plan d’action")
        self.setAccessibleDescription("Entrée ouvre la fiche, F2 renomme, Alt et flèches déplacent")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setIndentation(theme.px(INDENT))
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.header().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        self.plan.moved.connect(self.shifted)
        self.collapsed.connect(self._remember)
        self.expanded.connect(self._remember)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        theme.changed.connect(self._theme_changed)
        self._fit()

    # -- lines -------------------------------------------------------------------------------------------

    def show_lines(self, tops: Sequence[Line], *, movable: bool) -> None:
        """Show these lines, staying on the same one; folded lines stay folded."""
        held = self.current_line()
        key, top = (held.key if held is not None else ""), self.verticalScrollBar().value()
        self.plan.show_lines(tops, movable=movable)
        self._fit()
        self.setDragEnabled(movable)
        self.blockSignals(True)
        self.expandAll()
        for closed in tuple(self._closed):
            self.collapse(self.plan.index_of(closed))
        self.blockSignals(False)
        self.verticalScrollBar().setValue(top)
        if not self.select(key):
            self.setCurrentIndex(self.plan.index(0, 0))

    def select(self, key: str) -> bool:
        """Put the cursor on the line of a key; False if it is not shown."""
        index = self.plan.index_of(key) if key else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def rename(self, key: str) -> None:
        """Type the title of a line in place."""
        index = self.plan.index_of(key, TITLE)
        if index.isValid():
            self.setFocus()
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def current_line(self) -> Line | None:
        """The line under the cursor."""
        return self.plan.line_at(self.currentIndex())

    def chosen_actions(self) -> list[str]:
        """Fiches selected, in order."""
        lines = [self.plan.line_at(index) for index in self.selectionModel().selectedRows()]
        return [line.key for line in lines if line is not None and line.kind == ACTION]

    def _remember(self, index: QModelIndex) -> None:
        line = self.plan.line_at(index)
        if line is not None and not self.signalsBlocked():
            (self._closed.discard if self.isExpanded(index) else self._closed.add)(line.key)

    def _row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.current_line())

    # -- keyboard ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée opens a fiche or folds a line, Alt+arrows move, Suppr asks to remove."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            line = self.current_line()
            self.rename(line.key if line is not None else "")
        elif event.key() == Qt.Key.Key_Delete and self.current_line() is not None:
            self.removal_asked.emit(self.current_line())
        else:
            super().keyPressEvent(event)

    def shift(self, step: int) -> None:
        """Move the line under the cursor up (-1) or down (+1)."""
        line = self.current_line()
        if line is None or not self.plan.movable or line.kind == "group":
            return
        place = step_place(line, self.plan.tops, step)
        if place is not None:
            self.shifted.emit(line.key, place[0] or "", place[1])

    def _open(self, index: QModelIndex) -> None:
        line = self.plan.line_at(index)
        if line is None:
            return
        if line.kind == ACTION:
            self.opened.emit(line.key)
        else:
            first = index.siblingAtColumn(0)
            self.setExpanded(first, not self.isExpanded(first))

    # -- widths ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow columns in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.viewport().width() < self._theme.px(NARROW_UNDER)
        for column, width in (NARROW if narrow else WIDTHS).items():
            self.setColumnWidth(column, self._theme.px(width))
        self.setColumnHidden(PILOT, self.viewport().width() < self._theme.px(PILOT_UNDER))
        self.setColumnWidth(NUMBER, self._number_width())

    def _number_width(self) -> int:
        """Room for the longest number at its depth."""
        measure = QFontMetrics(self._theme.font("base"))
        step = self.indentation()
        wanted = [
            measure.horizontalAdvance(line.number) + step * (line.depth + 1) for line in walk(self.plan.tops)
        ]
        return max(wanted, default=0) + self._theme.px(16)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and hairline of the whole row, then its cells."""
        line = self.plan.line_at(index)
        box: QRect = option.rect
        full = QRect(0, box.top(), self.viewport().width(), box.height())
        if line is not None and line.depth == 0 and line.kind != ACTION:
            painter.fillRect(full, self._theme.token("creux"))
        if self.selectionModel().isRowSelected(index.row(), index.parent()):
            painter.fillRect(full, self._theme.token("encre_doux"))
        super().drawRow(painter, option, index)
        painter.setPen(QPen(self._theme.token("trait"), 1))
        painter.drawLine(full.bottomLeft(), full.bottomRight())

    def _theme_changed(self) -> None:
        self.setIndentation(self._theme.px(INDENT))
        self._fit()
        self.scheduleDelayedItemsLayout()


class _PlanDelegate(QStyledItemDelegate):
    """Draws one cell: title lines on a quiet ground, states with their shape, étapes as segments."""

    def __init__(self, theme: Theme, tree: PlanTree) -> None:
        super().__init__(tree)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Height of a row."""
        return QSize(60, self._theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground under the mouse, then the cell."""
        line: Line = index.data(LINE)
        box: QRect = option.rect
        state: Any = option.state
        painter.save()
        chosen = state & QStyle.StateFlag.State_Selected
        if state & QStyle.StateFlag.State_MouseOver and not chosen:
            painter.fillRect(box, self._theme.token("survol"))
        self._draw(painter, box.adjusted(6, 0, -6, 0), line, index)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRect, line: Line, index: Index) -> None:
        column, action = index.column(), line.action
        if column == STATE and action is not None:
            draw_state(painter, self._theme, box, *LOOK[action.status], ACTION_STATE[action.status])
            return
        if column == STEPS and action is not None and action.progress.total:
            late = action.late_days > 0
            draw_segments(painter, self._theme, box, action.progress.done, action.progress.total, late=late)
            return
        words = str(index.data() or "")
        late = column == DUE and action is not None and is_past(action, self._plan().today)
        painter.setFont(self._theme.font(_font(line, column)))
        painter.setPen(self._theme.token("rouge" if late else _token(line, column)))
        if late:
            width = painter.fontMetrics().horizontalAdvance(words)
            side = self._theme.px(14)
            mark = QRectF(box.left() + width + 4, box.center().y() - side / 2 + 1, side, side)
            icons.draw(painter, "alert-triangle", "rouge", mark)
        draw_text(painter, box, words)

    def _plan(self) -> PlanModel:
        tree = self.parent()
        assert isinstance(tree, PlanTree)
        return tree.plan

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line of text, named."""
        editor = QLineEdit(parent)
        editor.setAccessibleName("Intitulé")
        return editor


def is_past(action: ActionRow, today: date) -> bool:
    """Tell whether a fiche is late on its own due date, and not only on an étape."""
    return action.late_days > 0 and action.ends_on is not None and action.ends_on < today


def _font(line: Line, column: int) -> str:
    if column not in (NUMBER, TITLE):
        return "base"
    if line.depth == 0 and line.kind != ACTION:
        return "strong"
    return "label" if line.kind == ACTION and column == TITLE else "base"


def _token(line: Line, column: int) -> str:
    if column == TITLE:
        return "texte" if line.kind == ACTION or line.depth == 0 else "texte2"
    if column == STEPS and line.kind != ACTION:
        return "texte3"
    return "texte" if line.depth == 0 and column == NUMBER else "texte2"

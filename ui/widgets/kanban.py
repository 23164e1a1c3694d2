"""Fiches in columns by state: moved with Maj+arrows or by drag, opened with Entrée."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.action import ActionState
from app.domain.ctg_words import ACTION_STATE
from app.domain.french import plural
from ui import icons
from ui import labels_plan as labels
from ui.theme import Theme
from ui.widgets.parts import column, picture, row, scrolled, text
from ui.widgets.plan_tree_draw import draw_segments, draw_text

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionRow

COLUMNS: tuple[tuple[ActionState, ...], ...] = (
    (ActionState.TO_START,),
    (ActionState.RUNNING,),
    (ActionState.DONE,),
    (ActionState.POSTPONED, ActionState.CONDITIONAL, ActionState.DESCHEDULED, ActionState.DROPPED),
)
"""The four decided states share the last column, one above the other."""
ORDER: tuple[ActionState, ...] = tuple(state for column in COLUMNS for state in column)
FICHE = Qt.ItemDataRole.UserRole
CARD = 82
HEAD = 30
GAP = 3
Index = QModelIndex | QPersistentModelIndex


class Kanban(QWidget):
    """`wanted` carries (uuid, state): the page asks a reason if the state needs one, then writes."""

    opened = Signal(str)
    wanted = Signal(str, str)
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Fiches par état")
        self.lists: dict[ActionState, StateList] = {}
        self._shared: list[tuple[ActionState, QFrame]] = []
        """Lanes of a shared column: as high as their cards."""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for states in COLUMNS:
            if len(states) == 1:
                layout.addWidget(self._lane(theme, states[0]), 1)
                continue
            lanes = [self._lane(theme, state) for state in states]
            self._shared += list(zip(states, lanes, strict=True))
            stacked = QWidget()
            stacked.setLayout(column(*lanes, None, gap=8))
            layout.addWidget(scrolled(stacked), 1)

    def _lane(self, theme: Theme, state: ActionState) -> QFrame:
        lane = QFrame()
        lane.setProperty("role", "lane")
        made = StateList(theme, state)
        made.opened.connect(self.opened)
        made.taken.connect(self.wanted)
        made.stepped.connect(self._step)
        made.left.connect(self._neighbour)
        made.currentItemChanged.connect(self._chosen)
        self.lists[state] = made
        icon, token = labels.LOOK[state]
        head = row(
            picture(icon, token, 16), text(ACTION_STATE[state], "label"), None, made.count_label, gap=6
        )
        head.setContentsMargins(8, 6, 8, 0)
        held = QVBoxLayout(lane)
        held.setContentsMargins(0, 0, 0, 4)
        held.setSpacing(4)
        held.addLayout(head)
        held.addWidget(made, 1)
        return lane

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show fiches in their columns, staying on the same one."""
        held = self.current_key()
        focused = any(made.hasFocus() for made in self.lists.values())
        for state, made in self.lists.items():
            made.show_rows([fiche for fiche in rows if fiche.status is state])
        for state, lane in self._shared:
            cards = self.lists[state].count() * (self._theme.px(CARD) + 2 * GAP)
            lane.setFixedHeight(self._theme.px(HEAD) + cards + 3 * GAP)
        if held:
            self.select(held, focus=focused)

    def current_key(self) -> str:
        """Fiche under the cursor of the column that has the keyboard, else of the first one."""
        lists = sorted(self.lists.values(), key=lambda made: not made.hasFocus())
        return next((made.current_key() for made in lists if made.current_key()), "")

    def select(self, key: str, *, focus: bool = True) -> None:
        """Put the cursor on a fiche."""
        for made in self.lists.values():
            if made.select(key):
                if focus:
                    made.setFocus()
            else:
                made.setCurrentRow(-1)

    def _step(self, key: str, state: str, step: int) -> None:
        at = ORDER.index(ActionState(state)) + step
        if 0 <= at < len(ORDER):
            self.wanted.emit(key, ORDER[at].value)

    def _neighbour(self, state: str, step: int) -> None:
        """The next column that holds something takes the keyboard."""
        at = ORDER.index(ActionState(state)) + step
        while 0 <= at < len(ORDER):
            made = self.lists[ORDER[at]]
            if made.count():
                made.setCurrentRow(max(made.currentRow(), 0))
                made.setFocus(Qt.FocusReason.TabFocusReason)
                return
            at += step

    def _chosen(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.chosen.emit(item.data(FICHE).uuid)


class StateList(QListWidget):
    """One column: cards of fiches."""

    opened = Signal(str)
    taken = Signal(str, str)
    stepped = Signal(str, str, int)
    left = Signal(str, int)

    def __init__(self, theme: Theme, state: ActionState) -> None:
        super().__init__()
        self.lane_state = state
        self.count_label = text("", "hint")
        self.setAccessibleName(f"Fiches «\u202f{ACTION_STATE[state]}\u202f»")
        self.setAccessibleDescription("Maj et flèches changent l’état, Entrée ouvre")
        self.setItemDelegate(_CardDelegate(theme, self))
        self.setProperty("role", "cards")
        self.setSpacing(GAP)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(FICHE).uuid))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show these fiches."""
        self.blockSignals(True)
        self.clear()
        for fiche in rows:
            item = QListWidgetItem(f"{fiche.number} {fiche.title}")
            item.setData(FICHE, fiche)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(fiche))
            item.setToolTip(fiche.title)
            self.addItem(item)
        self.blockSignals(False)
        self.count_label.setText(str(len(rows)))
        self.count_label.setToolTip(plural(len(rows), "fiche"))

    def current_key(self) -> str:
        """Fiche under the cursor, empty without one."""
        item = self.currentItem()
        return str(item.data(FICHE).uuid) if item is not None else ""

    def select(self, key: str) -> bool:
        """Put the cursor on a fiche; False if it is not in this column."""
        for at in range(self.count()):
            if self.item(at).data(FICHE).uuid == key:
                self.setCurrentRow(at)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from column to column, Maj+arrows take the fiche along, Entrée opens."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        key = self.current_key()
        if step and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            if key:
                self.stepped.emit(key, self.lane_state.value, step)
        elif step:
            self.left.emit(self.lane_state.value, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key:
            self.opened.emit(key)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A card dropped here asks for this state; the page shows it once it is written."""
        source = event.source()
        if isinstance(source, StateList) and source is not self and source.current_key():
            self.taken.emit(source.current_key(), self.lane_state.value)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()


def two_lines(painter: QPainter, box: QRect, words: str) -> None:
    """Write on two lines at most, the second one cut with an ellipsis."""
    measure, taken = painter.fontMetrics(), 0
    parts = words.split(" ")
    while taken < len(parts) and measure.horizontalAdvance(" ".join(parts[: taken + 1])) <= box.width():
        taken += 1
    taken = max(taken, 1)
    half = box.height() // 2
    draw_text(painter, QRect(box.left(), box.top(), box.width(), half), " ".join(parts[:taken]))
    draw_text(painter, QRect(box.left(), box.top() + half, box.width(), half), " ".join(parts[taken:]))


def _spoken(fiche: ActionRow) -> str:
    said = [f"Fiche {fiche.number}, {fiche.title}", fiche.pilot or labels.NO_PILOT.lower()]
    said += [labels.late(fiche.late_days)] if fiche.late_days else []
    return ", ".join(said)


class _CardDelegate(QStyledItemDelegate):
    """A card: number and title on two lines, pilot, étapes, lateness."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Same height for all."""
        return QSize(60, self._theme.px(CARD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Frame, then the three lines."""
        fiche: ActionRow = index.data(FICHE)
        theme, px = self._theme, self._theme.px
        box: QRect = option.rect.adjusted(3, 1, -3, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.token("encre" if chosen else "trait"), 1))
        painter.setBrush(theme.token("encre_doux" if chosen else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        inner = box.adjusted(px(9), px(6), -px(9), -px(6))
        painter.setFont(theme.font("label"))
        painter.setPen(theme.token("texte"))
        title = QRect(inner.left(), inner.top(), inner.width(), px(36))
        two_lines(painter, title, f"{fiche.number}  {fiche.title}")
        self._foot(painter, QRect(inner.left(), inner.bottom() - px(34), inner.width(), px(34)), fiche)
        painter.restore()

    def _foot(self, painter: QPainter, box: QRect, fiche: ActionRow) -> None:
        theme = self._theme
        half = box.height() // 2
        painter.setFont(theme.font("dense"))
        painter.setPen(theme.token("texte2"))
        draw_text(painter, QRect(box.left(), box.top(), box.width(), half), fiche.pilot or labels.NO_PILOT)
        low = QRect(box.left(), box.top() + half, box.width(), half)
        if fiche.late_days:
            side = theme.px(13)
            icons.draw(painter, "alert-triangle", "rouge",
                       QRectF(low.left(), low.center().y() - side / 2 + 1, side, side))  # fmt: skip
            painter.setPen(theme.token("rouge"))
            words = low.adjusted(side + 4, 0, -theme.px(40), 0)
            draw_text(painter, words, plural(fiche.late_days, "jour"))
            painter.setPen(theme.token("texte2"))
            painter.drawText(low, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                             f"{fiche.progress.done}/{fiche.progress.total}")  # fmt: skip
        elif fiche.progress.total:
            draw_segments(painter, theme, low, fiche.progress.done, fiche.progress.total)

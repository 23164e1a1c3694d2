"""« Choisir les cartes »: which tiles « Accueil » shows, and in what order, by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.services.dashboard_rows import MOST_TILES, TILES, TITLES
from ui.widgets.parts import button, icon_button, row, text

if TYPE_CHECKING:
    from ui.theme import Theme

WIDTH = 320
ROW = 30
CODE = Qt.ItemDataRole.UserRole
TICKED, UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
RULE = f"{MOST_TILES} cartes au plus\u202f; les quatre premières restent en haut. Alt+↑ et Alt+↓ déplacent."


class _Tiles(QListWidget):
    """Espace or Entrée ticks, Alt and an arrow move the tile."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            item = self.currentItem()
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(UNTICKED if item.checkState() is TICKED else TICKED)
        else:
            super().keyPressEvent(event)


class TilesPopover(QFrame):
    """Closed by Échap or a click beside it; `chosen` carries the codes once, if they changed."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, codes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._before = tuple(codes)
        self._told = False
        self.setProperty("role", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Choisir les cartes")
        self.setFixedWidth(theme.px(WIDTH))
        self.list = _Tiles()
        self.list.setAccessibleName("Cartes de l’accueil, dans leur ordre")
        self.list.setAccessibleDescription(RULE)
        self.list.setProperty("role", "framed")
        self.list.setFixedHeight(theme.px(ROW) * len(TITLES) + 8)
        self.list.moved.connect(self.move_tile)
        self.note = text(RULE, "hint", wrap=True)
        self.up = icon_button("arrow-up", "Monter la carte (Alt+↑)", lambda: self.move_tile(-1), framed=True)
        self.down = icon_button(
            "arrow-down", "Descendre la carte (Alt+↓)", lambda: self.move_tile(1), framed=True
        )
        reset = button("Rétablir", self._reset)
        reset.setProperty("dense", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(text("Choisir les cartes", "section"))
        layout.addWidget(self.list)
        layout.addWidget(self.note)
        layout.addLayout(row(self.up, self.down, None, reset, gap=6))
        self._fill(self._before)
        self.list.itemChanged.connect(self._limit)
        self._limit()

    def _fill(self, codes: Sequence[str]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for code in (*codes, *(code for code in TITLES if code not in codes)):
            item = QListWidgetItem(TITLES[code])
            item.setData(CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(TICKED if code in codes else UNTICKED)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def codes(self) -> tuple[str, ...]:
        """Codes ticked, in the order of the list."""
        items = [self.list.item(rank) for rank in range(self.list.count())]
        return tuple(str(item.data(CODE)) for item in items if item.checkState() is TICKED)

    def move_tile(self, step: int) -> None:
        """Move the current tile by one place."""
        rank = self.list.currentRow()
        if 0 <= rank + step < self.list.count():
            item = self.list.takeItem(rank)
            self.list.insertItem(rank + step, item)
            self.list.setCurrentRow(rank + step)

    def _limit(self) -> None:
        """Twelve ticked: the others cannot be."""
        full = len(self.codes()) >= MOST_TILES
        self.list.blockSignals(True)
        for rank in range(self.list.count()):
            item = self.list.item(rank)
            free = item.checkState() is TICKED or not full
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags if free else flags & ~Qt.ItemFlag.ItemIsUserCheckable)
            item.setToolTip("" if free else f"{MOST_TILES} cartes au plus")
        self.list.blockSignals(False)

    def _reset(self) -> None:
        self._fill(TILES)
        self._limit()

    def show_under(self, anchor: QWidget) -> None:
        """Open under a button, inside the screen."""
        self.adjustSize()
        screen = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 6))
        top = min(corner.y(), screen.bottom() - self.height() - 4)
        self.move(max(corner.x(), screen.left() + 4), max(top, screen.top() + 4))
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hand over the choice."""
        self._tell()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A click beside hides without closing."""
        self._tell()
        super().hideEvent(event)

    def _tell(self) -> None:
        if not self._told and self.codes() != self._before:
            self._told = True
            self.chosen.emit(self.codes())

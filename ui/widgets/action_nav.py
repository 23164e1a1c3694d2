"""Left of a fiche: its sections with what is filled, the fiches before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from ui import icons
from ui.widgets.parts import button, row

CODE = Qt.ItemDataRole.UserRole
FILLED = ("check", "vert", "rempli")
ATTENTION = ("alert-triangle", "ocre", "à compléter")


class _MarkAtRight(QStyledItemDelegate):
    """The words, then the mark at the end of the line."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Put the icon at the right."""
        super().initStyleOption(option, index)
        option.decorationPosition = QStyleOptionViewItem.Position.Right


class ActionNav(QFrame):
    """`chosen` carries the code of a section; `left` leads to the plan; `asked` another fiche."""

    chosen = Signal(str)
    left = Signal()
    asked = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setProperty("side", "left")
        self.setProperty("zone", True)
        self._keys = {"before": "", "after": ""}
        self.back = button("Plan d’action", self.left.emit, icon="arrow-left", role="link")
        self.list = QListWidget()
        self.list.setProperty("role", "nav")
        self.list.setAccessibleName("Sections de la fiche")
        self.list.setIconSize(QSize(16, 16))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_MarkAtRight(self.list))
        for code, words in sections:
            item = QListWidgetItem(words)
            item.setData(CODE, code)
            self.list.addItem(item)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.before = self._step("chevron-up", "before")
        self.after = self._step("chevron-down", "after")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.back)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self.before, self.after, gap=6))

    def _step(self, icon: str, side: str) -> QPushButton:
        made = button("", self._go(side), icon=icon)
        made.setProperty("dense", True)
        return made

    def _go(self, side: str) -> Callable[[], None]:
        def go() -> None:
            if self._keys[side]:
                self.asked.emit(self._keys[side])

        return go

    def step(self, side: str) -> None:
        """Go to the fiche « before » or « after », if there is one."""
        self._go(side)()

    def show_neighbours(self, before: tuple[str, str] | None, after: tuple[str, str] | None) -> None:
        """Show the fiches around: (uuid, number) of each."""
        for side, made, held, word in (
            ("before", self.before, before, "précédente"),
            ("after", self.after, after, "suivante"),
        ):
            self._keys[side] = held[0] if held else ""
            made.setText(held[1] if held else "—")
            made.setEnabled(held is not None)
            made.setAccessibleName(f"Fiche {word}, {held[1]}" if held else f"Pas de fiche {word}")

    def show_states(self, filled: dict[str, bool], optional: frozenset[str], words: dict[str, str]) -> None:
        """Mark each section: filled, to complete, or nothing when it is optional."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            code = str(item.data(CODE))
            mark = FILLED if filled.get(code) else None if code in optional else ATTENTION
            item.setIcon(icons.icon(mark[0], mark[1]) if mark else QIcon())
            said = f"{words[code]}, {mark[2]}" if mark else words[code]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def mark(self, code: str) -> None:
        """Light the section that is read, without moving anything."""
        for at in range(self.list.count()):
            if self.list.item(at).data(CODE) == code:
                self.list.setCurrentRow(at)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(CODE)))

"""Segmented control: a few exclusive choices in one frame, by mouse, Tab and arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.domain.french import THIN
from ui import icons

NEXT_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down)
PREVIOUS_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class SegmentButton(QToolButton):
    """One choice; arrows are left to the control, which moves the choice."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows to the control."""
        if event.key() in (*NEXT_KEYS, *PREVIOUS_KEYS):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segments(QWidget):
    """Exclusive choices in a row. `chosen` carries the code of the one the user picked.

    Where the row is given less room than its words need (a large zoom), the choice in force and the first
    ones that hold stay, and a menu has them all: words are never cut.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = [code for code, _label in choices]
        self._group = QButtonGroup(self)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        last = len(choices) - 1
        for number, (_code, label) in enumerate(choices):
            button = SegmentButton(self)
            button.setText(label)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setProperty("place", "first" if number == 0 else "last" if number == last else "middle")
            button.setAccessibleName(label)
            button.setAccessibleDescription(name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._announce)
        self.more = self._more_button(name)
        row.addWidget(self.more)
        row.addStretch(1)
        self._folded = False
        self._group.idToggled.connect(self._show_choices)

    @property
    def current(self) -> str:
        """Code of the choice in force."""
        return self._codes[self._group.checkedId()]

    def set_current(self, code: str) -> None:
        """Choose without announcing it."""
        self._group.button(self._codes.index(code)).setChecked(True)

    def set_label(self, code: str, label: str) -> None:
        """Change the words of a choice (a count beside it, for instance)."""
        button = self.button(code)
        button.setText(label)
        button.setAccessibleName(label)

    def button(self, code: str) -> SegmentButton:
        """The button of a choice."""
        found = self._group.button(self._codes.index(code))
        assert isinstance(found, SegmentButton)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the choice, and the focus with it."""
        step = 1 if event.key() in NEXT_KEYS else -1 if event.key() in PREVIOUS_KEYS else 0
        if not step:
            super().keyPressEvent(event)
            return
        button = self._group.button((self._group.checkedId() + step) % len(self._codes))
        button.click()
        button.setFocus()

    # -- where room lacks ------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for every choice, shown or in the menu."""
        hints = [button.sizeHint() for button in self._group.buttons()]
        return QSize(sum(hint.width() for hint in hints), max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """The same: a layout folds the row only when it has no other way."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._folded = len(self._codes) > 2 and self.width() < self.sizeHint().width()
        self._show_choices()

    def _more_button(self, name: str) -> QToolButton:
        made = SegmentButton(self)
        made.setIcon(icons.icon("chevron-down", "texte2"))
        made.setProperty("role", "segment")
        made.setProperty("place", "last")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setAccessibleName(f"{name}{THIN}: autres choix")
        made.setToolTip("Autres choix")
        made.clicked.connect(self._open_menu)
        made.hide()
        return made

    def _show_choices(self) -> None:
        shown = self._holding() if self._folded else set(range(len(self._codes)))
        for number in range(len(self._codes)):
            self._group.button(number).setVisible(number in shown)
        self.more.setVisible(self._folded)

    def _holding(self) -> set[int]:
        """The choice in force, then the first ones for which there is room beside the menu."""
        widths = [self._group.button(number).sizeHint().width() for number in range(len(self._codes))]
        current = self._group.checkedId()
        shown = {current}
        room = self.width() - self.more.sizeHint().width() - widths[current]
        for number, width in enumerate(widths):
            if number != current:
                if width > room:
                    break
                room -= width
                shown.add(number)
        return shown

    def menu(self) -> QMenu:
        """Every choice, the one in force ticked."""
        made = QMenu(self)
        made.setAccessibleName(self.accessibleName())
        for button in self._group.buttons():
            action = made.addAction(button.text(), button.click)
            action.setCheckable(True)
            action.setChecked(button.isChecked())
        return made

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _announce(self, number: int) -> None:
        self.chosen.emit(self._codes[number])

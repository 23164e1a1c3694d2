"""Segmented control: a few exclusive choices in one frame, by mouse, Tab and arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

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
    """Exclusive choices in a row. `chosen` carries the code of the one the user picked."""

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
        button.setFocus()
        button.click()

    def _announce(self, number: int) -> None:
        self.chosen.emit(self._codes[number])

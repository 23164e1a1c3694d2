"""Stepper of the life of a convention: six stages, each can be pressed to see its date and its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.steps import Step, StepButton, StepLink, StepState

NEXT_KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down)
PREVIOUS_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage as shown: its word, what is said under it, where it stands."""

    label: str
    note: str
    brief: str
    """The note in fewer words."""
    state: StepState


class StageButton(StepButton):
    """A stage; unlike a step, the ones to come can be pressed too."""

    def show_stage(self, stage: Stage, *, short: bool) -> None:
        """Show a stage, in fewer words when the window is narrow."""
        self.show_step(Step(stage.label, stage.brief if short else stage.note), stage.state)
        self.setEnabled(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{stage.label}, {stage.note}" if stage.note else stage.label)

    def sizeHint(self) -> QSize:
        """Room for the disc and the longest line, as tall as the font asks."""
        size = super().sizeHint()
        return QSize(size.width(), self._theme.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stage; a ring says that the keyboard is here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.token("encre"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class LifecycleStepper(QWidget):
    """Stages in a row; `pressed` carries the number of the one pressed, from 0. Arrows move the focus."""

    pressed = Signal(int)

    def __init__(self, theme: Theme, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: list[Stage] = []
        self._short = False
        self.buttons: list[StageButton] = []
        self._links: list[StepLink] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for number in range(count):
            if number:
                link = StepLink(theme, self)
                link.setMinimumWidth(6)
                link.setMaximumWidth(260)
                self._links.append(link)
                row.addWidget(link, 1)
            button = StageButton(theme, number + 1, count, self)
            button.clicked.connect(self._press)
            self.buttons.append(button)
            row.addWidget(button)
        self.setAccessibleName("Étapes de la convention")
        theme.changed.connect(self._refresh)

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Show where a convention is."""
        self._stages = list(stages)
        self._refresh()

    def set_short(self, short: bool) -> None:
        """Shorten the notes, for a narrow window."""
        self._short = short
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from a stage to the next."""
        step = 1 if event.key() in NEXT_KEYS else -1 if event.key() in PREVIOUS_KEYS else 0
        held: Any = self.focusWidget()
        if not step or held not in self.buttons:
            super().keyPressEvent(event)
            return
        self.buttons[(self.buttons.index(held) + step) % len(self.buttons)].setFocus()

    def _press(self) -> None:
        held: Any = self.sender()
        self.pressed.emit(self.buttons.index(held))

    def _refresh(self) -> None:
        for button, stage in zip(self.buttons, self._stages, strict=False):
            button.show_stage(stage, short=self._short)
        for link, stage in zip(self._links, self._stages, strict=False):
            link.set_passed(stage.state is StepState.DONE)

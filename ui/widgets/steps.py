"""Stepper of a guided work: what is done, where one is, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme

DISC = 22
GAP = 9
LINE_SPACE = 12


class StepState(Enum):
    """Where a step stands; the value is the word a screen reader says."""

    DONE = "faite"
    CURRENT = "en cours"
    NEXT = "à venir"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its verb, and a short note under it (« 3 sources connues »)."""

    label: str
    note: str = ""


class StepButton(QAbstractButton):
    """One step, drawn as a disc (shape and colour say the state) with a verb and a note."""

    def __init__(self, theme: Theme, number: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._count = count
        self._step = Step("")
        self._state = StepState.NEXT
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def state(self) -> StepState:
        """Where this step stands."""
        return self._state

    @property
    def step(self) -> Step:
        """What this step says."""
        return self._step

    def show_step(self, step: Step, state: StepState) -> None:
        """Change what is written and drawn; only a step already done can be pressed."""
        self._step = step
        self._state = state
        self.setEnabled(state is not StepState.NEXT)
        reachable = state is not StepState.NEXT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.NoFocus)
        self.setText(step.label)
        name = f"Étape {self._number} sur {self._count}\u202f: {step.label}, {state.value}"
        self.setAccessibleName(f"{name}, {step.note}" if step.note else name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the disc and the longest of the two lines."""
        verb = QFontMetrics(self._theme.font("strong")).horizontalAdvance(self._step.label)
        note = QFontMetrics(self._theme.font("legend")).horizontalAdvance(self._step.note)
        return QSize(DISC + GAP + max(verb, note) + 6, 38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw disc, verb and note."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_disc(painter, QRectF(1, (self.height() - DISC) / 2, DISC - 1, DISC - 1))
        left = DISC + GAP
        current = self._state is StepState.CURRENT
        painter.setFont(self._theme.font("strong" if current else "label"))
        verb = {StepState.CURRENT: "encre", StepState.DONE: "texte", StepState.NEXT: "texte2"}[self._state]
        painter.setPen(self._theme.token(verb))
        height = self.height()
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        middle = height / 2 if self._step.note else height
        painter.drawText(QRectF(left, 1, self.width() - left, middle), align, self._step.label)
        painter.setFont(self._theme.font("legend"))
        painter.setPen(self._theme.token("texte2"))
        painter.drawText(QRectF(left, middle, self.width() - left, height - middle), align, self._step.note)

    def _draw_disc(self, painter: QPainter, disc: QRectF) -> None:
        """A tick when done, a ring with a dot now, an empty ring later."""
        ink = self._theme.token("encre")
        if self._state is StepState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(disc)
            tick = QPen(self._theme.token("surface"), 2)
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(tick)
            x, y = disc.center().x(), disc.center().y()
            painter.drawPolyline([QPointF(x - 4.5, y), QPointF(x - 1.2, y + 3.4), QPointF(x + 4.8, y - 3.2)])
            return
        current = self._state is StepState.CURRENT
        painter.setBrush(self._theme.token("encre_doux") if current else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink if current else self._theme.token("trait_fort"), 2 if current else 1.4))
        painter.drawEllipse(disc)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(disc.center(), 5, 5)


class StepLink(QWidget):
    """The line between two steps, in ink once passed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._passed = False
        self.setMinimumWidth(16)
        self.setMaximumWidth(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_passed(self, passed: bool) -> None:
        """Tell whether the step on the left is done."""
        self._passed = passed
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at mid height."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.token("encre" if self._passed else "trait"), 2))
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)


class Stepper(QWidget):
    """Steps in a row. `pressed` carries the number (from 0) of a done step the user goes back to."""

    pressed = Signal(int)

    def __init__(self, theme: Theme, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = list(steps)
        self._current = 0
        self._buttons: list[StepButton] = []
        self._links: list[StepLink] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LINE_SPACE)
        for index in range(len(self._steps)):
            if index:
                link = StepLink(theme, self)
                self._links.append(link)
                row.addWidget(link, 1)
            button = StepButton(theme, index + 1, len(self._steps), self)
            button.clicked.connect(self._press)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.setAccessibleName("Étapes")
        theme.changed.connect(self.update)
        self._refresh()

    @property
    def current(self) -> int:
        """Number of the step in progress, from 0."""
        return self._current

    @property
    def buttons(self) -> tuple[StepButton, ...]:
        """The steps as drawn, first to last."""
        return tuple(self._buttons)

    def set_current(self, index: int) -> None:
        """Move to a step; the ones before are done."""
        self._current = index
        self._refresh()

    def set_note(self, index: int, note: str) -> None:
        """Write the short note under a step."""
        self._steps[index] = Step(self._steps[index].label, note)
        self._refresh()

    def _press(self) -> None:
        index = self._buttons.index(self.sender())  # type: ignore[arg-type]
        if self._buttons[index].state is StepState.DONE:
            self.pressed.emit(index)

    def _refresh(self) -> None:
        for index, (button, step) in enumerate(zip(self._buttons, self._steps, strict=True)):
            state = StepState.CURRENT if index == self._current else StepState.NEXT
            button.show_step(step, StepState.DONE if index < self._current else state)
        for index, link in enumerate(self._links):
            link.set_passed(index < self._current)

"""A long write of papers: its share, its step and « Annuler », inside the page that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.french import THIN, percent
from ui.widgets.parts import Elided, button, row

if TYPE_CHECKING:
    from ui.tasks import Task


class Running(QWidget):
    """Hidden unless a task is followed; `stopped` is called if it was cancelled."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._task: Task | None = None
        self.stopped: Callable[[], None] | None = None
        self.ended: Callable[[], None] | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(f"Avancement{THIN}: {name}")
        self.step = Elided("", "second")
        self.cancel_button = button("Annuler", self.cancel, icon="x")
        layout = row(self.bar, self.step, self.cancel_button, gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def active(self) -> bool:
        """True while a task is followed."""
        return self._task is not None

    def follow(self, task: Task) -> None:
        """Show how far a task is, until it ends."""
        self._task = task
        self.bar.setValue(0)
        self.step.setText("")
        self.cancel_button.setEnabled(True)
        self.show()
        task.progressed.connect(self._advance)
        task.finished.connect(partial(self._ended, task))

    def cancel(self) -> None:
        """Ask the task to stop."""
        if self._task is not None:
            self.cancel_button.setEnabled(False)
            self.step.setText("Arrêt demandé…")
            self._task.cancel()

    def _advance(self, share: float, step: str) -> None:
        if self._task is not None and not self._task.cancelled:
            self.bar.setValue(round(share * 100))
            self.step.setText(f"{percent(share * 100, 0)}{f', {step}' if step else ''}")

    def _ended(self, task: Task) -> None:
        if task is not self._task:
            return
        self._task = None
        self.hide()
        if self.ended is not None:
            self.ended()
        if task.cancelled and self.stopped is not None:
            self.stopped()

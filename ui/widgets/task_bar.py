"""The status bar: autosave, long task with its share and « Annuler », data in use, zoom."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QToolButton, QWidget

from app.domain.french import NBSP, THIN, percent, typographic
from ui.widgets.parts import picture, row, set_tone, text

if TYPE_CHECKING:
    from ui.tasks import Task

HEIGHT = 26
DELAY_MS = 400
ZOOM_HINT = typographic("Zoom des textes : Ctrl+plus, Ctrl+moins ; cliquer revient à 100 %")


class TaskLine(QWidget):
    """The oldest of the named tasks under way, shown once it lasts; others are in a list."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: tuple[Task, ...] = ()
        self.label = text("")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(120)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Avancement")
        self.cancel = _small("Annuler")
        self.cancel.clicked.connect(self._cancel_first)
        self.more = _small("")
        self.more.clicked.connect(self._list)
        self.setLayout(row(self.label, self.bar, self.cancel, self.more))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self._show)
        self.hide()

    def follow(self, tasks: Sequence[Task]) -> None:
        """Take the tasks under way; those without a name stay silent."""
        self._tasks = tuple(task for task in tasks if task.name and not task.cancelled)
        if not self._tasks:
            self._delay.stop()
            self.hide()
        elif self.isVisible():
            self._show()
        elif not self._delay.isActive():
            self._delay.start()

    def _show(self) -> None:
        if not self._tasks:
            return
        task = self._tasks[0]
        step = f"{THIN}: {task.step}" if task.step else ""
        share = f"  {percent(task.share * 100, 0)}" if task.share else ""
        self.label.setText(f"{task.name}{step}{share}")
        self.bar.setRange(0, 100 if task.share else 0)
        self.bar.setValue(round(task.share * 100))
        self.cancel.setAccessibleName(f"Annuler{THIN}: {task.name}")
        self.more.setText(f"{len(self._tasks)}{NBSP}tâches")
        self.more.setAccessibleName(f"{len(self._tasks)} tâches en cours")
        self.more.setVisible(len(self._tasks) > 1)
        self.show()

    def _cancel_first(self) -> None:
        if self._tasks:
            self._tasks[0].cancel()
            self.follow(self._tasks)

    def _list(self) -> None:
        menu = QMenu(self)
        for task in self._tasks:
            menu.addAction(f"Annuler{THIN}: {task.name}").triggered.connect(task.cancel)
        menu.exec(self.more.mapToGlobal(self.more.rect().topLeft()))


class StatusBar(QFrame):
    """Says that everything is written, what runs, and what the page is drawn from."""

    retry_asked = Signal()
    zoom_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "status")
        self.setMinimumHeight(HEIGHT)
        self._tick = picture("check", "vert", 16)
        self._warning = picture("alert-triangle", "rouge", 16)
        self._warning.hide()
        self.saved = text("Tout est enregistré")
        self.tasks = TaskLine()
        self.right = text("")
        self.zoom = _small(f"100{THIN}%")
        self.zoom.setToolTip(
            "Zoom des textes\u202f: Ctrl+plus, Ctrl+moins\u202f; cliquer ici revient à 100\u202f%"
        )
        self.zoom.clicked.connect(self.zoom_asked)
        layout = row(
            self._tick, self._warning, self.saved, 16, self.tasks, None, self.right, 8, self.zoom, gap=6
        )
        layout.setContentsMargins(18, 0, 10, 0)
        self.setLayout(layout)

    def say_saved(self, at: datetime.datetime | None = None) -> None:
        """Say when the last change was written."""
        self._mark(False)
        self.saved.setText(f"Enregistré à {at:%H:%M}" if at else "Tout est enregistré")

    def say_failed(self, reason: str) -> None:
        """Say that a change was not written, and why."""
        self._mark(True)
        self.saved.setText(reason)

    def say_read_only(self) -> None:
        """Say that nothing will be written."""
        self._mark(False)
        self.saved.setText("Lecture seule")

    def show_data(self, *parts: str) -> None:
        """Write outlines and sources in use at the right."""
        self.right.setText("     ".join(part for part in parts if part))

    def show_zoom(self, zoom: float) -> None:
        """Write the font zoom."""
        said = percent(zoom * 100, 0)
        self.zoom.setText(said)
        self.zoom.setAccessibleName(f"Zoom des textes{THIN}: {said}")

    def _mark(self, failed: bool) -> None:
        self._tick.setVisible(not failed)
        self._warning.setVisible(failed)
        set_tone(self.saved, "rouge" if failed else "")


def _small(words: str) -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setAccessibleName(words)
    made.setProperty("role", "small")
    return made

"""The garbage collector, on the interface thread only.

Python collects cycles in whatever thread allocates. A cycle that holds a widget must not be freed in the
thread of a task: Qt waits there for the interpreter while the interface thread waits for Qt, and both hang.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.progress import collector_is_spared

EVERY_MS = 250
YOUNG = 700
"""New objects from which the young ones are searched: the default of Python."""
MIDDLE = 10
"""Searches of young objects before one of the middle generation: the default of Python."""
OLD = 200
"""Searches of the middle generation before one of everything, which lasts a tenth of a second: minutes."""


class Collector(QObject):
    """Searches cycles on a timer, everything when the window loses the focus: nobody waits for it then."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._middle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.search)
        app.applicationStateChanged.connect(self._state_changed)
        self.start()

    def start(self) -> None:
        """Take over from Python."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give back to Python: no task may run from here on."""
        self._timer.stop()
        gc.enable()

    def search(self) -> None:
        """Search what has become due; nothing while an import spares its rows."""
        if collector_is_spared():
            return
        young, middle, _ = gc.get_count()
        if self._middle >= OLD:
            self._search(2)
        elif middle >= MIDDLE:
            self._search(1)
        elif young >= YOUNG:
            self._search(0)

    def _search(self, generation: int) -> None:
        self._middle = 0 if generation == 2 else self._middle + (generation == 1)
        gc.collect(generation)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive and self._middle and not collector_is_spared():
            self._search(2)


def collect_here(app: QGuiApplication) -> Collector:
    """Return the one collector of the application, at work."""
    found = app.findChild(Collector)
    if found is None:
        return Collector(app)
    found.start()
    return found

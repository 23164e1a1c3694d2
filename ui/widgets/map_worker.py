"""The thread that draws maps: calls one after the other, only the last one asked is delivered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from ui.widgets.map_canvas import Drawn

LOG = logging.getLogger(__name__)


@cache
def worker() -> ThreadPoolExecutor:
    """One thread for every map: two would only share one lock."""
    return ThreadPoolExecutor(1, "maillage-map")


class CanvasWorker(QObject):
    """Draws away from the interface, one call after the other; only the last one asked is delivered."""

    ready = Signal(object)
    """Drawn."""
    failed = Signal()
    """What was asked could not be drawn; the log says why."""
    _ended = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._token = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.busy = False

    def ask(self, call: Callable[[], Drawn]) -> None:
        """Run that call; what was asked before is forgotten."""
        self._token += 1
        self.busy = True
        future = worker().submit(self._run, self._token, call)
        future.add_done_callback(_never_silent)

    def forget(self) -> None:
        """Deliver nothing of what was asked."""
        self._token += 1
        self.busy = False

    def _run(self, token: int, call: Callable[[], Drawn]) -> None:
        if not shiboken6.isValid(self) or token != self._token:
            return
        try:
            drawn = call()
        except Exception:
            LOG.exception("the map could not be drawn")
            drawn = None
        if shiboken6.isValid(self):
            self._ended.emit(token, drawn)

    def _deliver(self, token: int, drawn: Drawn | None) -> None:
        if token == self._token:
            self.busy = False
            if drawn is None:
                self.failed.emit()
            else:
                self.ready.emit(drawn)


def _never_silent(future: Future[None]) -> None:
    if not future.cancelled() and future.exception() is not None:
        LOG.error("the map could not be prepared", exc_info=future.exception())

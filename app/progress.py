"""How a long call reports what it does, learns that it must stop, and goes fast, without Qt."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancelled(Exception):
    """The user asked to stop; the base is as it was."""


class Progress:
    """Steps of a long call: share done (0 to 1), French name of the step, request to stop.

    Thread safe. A call that accepts a Progress calls `report` often enough to be stopped within a second.
    """

    def __init__(self, listener: Callable[[float, str], None] | None = None) -> None:
        self._listener = listener
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the call to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """True once a stop was asked."""
        return self._stop.is_set()

    def report(self, share: float, step: str = "") -> None:
        """Say how far the call is; raise Cancelled if a stop was asked."""
        if self._stop.is_set():
            raise Cancelled
        if self._listener is not None:
            self._listener(min(max(share, 0.0), 1.0), step)


SILENT = Progress()


_lock = threading.Lock()
_spared = 0


def _count(step: int) -> None:
    global _spared
    with _lock:
        _spared += step


@contextmanager
def unhurried_collector() -> Iterator[None]:
    """Spare the garbage collector hundreds of thousands of rows that hold no cycle: it doubled the time."""
    was_enabled = gc.isenabled()
    _count(1)
    gc.disable()
    try:
        yield
    finally:
        _count(-1)
        if was_enabled:
            gc.enable()


def collector_is_spared() -> bool:
    """True while `unhurried_collector` is in force in some thread: who collects by hand waits too."""
    return _spared > 0

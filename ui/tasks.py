"""Work away from the screen: one thread for writes, few for reads, answers on the interface thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.errors import DomainError
from app.progress import Cancelled, Progress
from ui.errors import UNEXPECTED, sentence

LOG = logging.getLogger("maillage")
READERS = 2

T = TypeVar("T")


class Task(QObject):
    """One call under way; it never delivers once cancelled."""

    progressed = Signal(float, str)
    finished = Signal()

    def __init__(self, name: str, writing: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.name = name
        self.writing = writing
        self.started = time.monotonic()
        self.share = 0.0
        self.step = ""
        self.running = True
        self.deliver: Callable[[Any], None] | None = None
        self.refused: Callable[[DomainError], None] | None = None
        self.progress = Progress(self._report)

    @property
    def cancelled(self) -> bool:
        """True once it was asked to stop."""
        return self.progress.cancelled

    def cancel(self) -> None:
        """Ask the call to stop at its next step; what it returns will not be delivered."""
        self.progress.cancel()

    def _report(self, share: float, step: str) -> None:
        self.progressed.emit(share, step)

    @Slot(float, str)
    def keep_progress(self, share: float, step: str) -> None:
        """Remember how far the call is."""
        self.share = share
        self.step = step or self.step


class _Relay(QObject):
    """Crosses from the thread of a call to the interface thread."""

    ended = Signal(object, object, object)


class TaskRunner(QObject):
    """Runs calls away from the interface thread and delivers what they return on it.

    activity carries the tasks under way each time one starts, moves or ends. failed carries the French
    sentence and the error. written says that a write ended well, so that the status bar can date it.
    """

    activity = Signal(object)
    failed = Signal(str, object)
    written = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._relay = _Relay(self)
        self._relay.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._writer = ThreadPoolExecutor(1, "maillage-write")
        self._readers = ThreadPoolExecutor(READERS, "maillage-read")
        self._tasks: list[Task] = []

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Tasks under way, oldest first."""
        return tuple(self._tasks)

    def read(
        self,
        call: Callable[[Progress], T],
        deliver: Callable[[T], None],
        *,
        name: str = "",
        refused: Callable[[DomainError], None] | None = None,
    ) -> Task:
        """Run a call that changes nothing; deliver gets what it returns, on the interface thread.

        name: French, shown in the status bar when the call lasts. refused: gets a DomainError instead of
        the signal failed. Give bound methods: a receiver that Qt deleted is not called.
        """
        return self._start(self._readers, Task(name, False, self), call, deliver, refused)

    def write(
        self,
        call: Callable[[Progress], T],
        deliver: Callable[[T], None],
        *,
        name: str = "",
        refused: Callable[[DomainError], None] | None = None,
    ) -> Task:
        """Run a call that writes, after the writes asked before it; same arguments as read."""
        return self._start(self._writer, Task(name, True, self), call, deliver, refused)

    def close(self) -> None:
        """Stop everything: nothing is delivered after that; waits for the calls under way."""
        for task in self._tasks:
            task.cancel()
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)

    def _start(
        self,
        pool: ThreadPoolExecutor,
        task: Task,
        call: Callable[[Progress], T],
        deliver: Callable[[T], None],
        refused: Callable[[DomainError], None] | None,
    ) -> Task:
        task.deliver = deliver
        task.refused = refused
        task.progressed.connect(task.keep_progress)
        task.progressed.connect(self._tell)
        self._tasks.append(task)
        self._tell()
        future: Future[None] = pool.submit(self._run, task, call)
        future.add_done_callback(_never_silent)
        return task

    def _run(self, task: Task, call: Callable[[Progress], T]) -> None:
        result: T | None = None
        error: Exception | None = None
        try:
            if task.cancelled:
                raise Cancelled
            result = call(task.progress)
        except Exception as problem:  # noqa: BLE001 - the only place that catches everything
            error = problem
        if shiboken6.isValid(self._relay):
            self._relay.ended.emit(task, result, error)

    @Slot(object, object, object)
    def _end(self, task: Task, result: object, error: Exception | None) -> None:
        task.running = False
        self._tasks.remove(task)
        self._tell()
        if task.writing and error is None:
            self.written.emit()
        if error is not None:
            self._say(task, error)
        elif not task.cancelled and task.deliver is not None and _alive(task.deliver):
            task.deliver(result)
        task.finished.emit()
        task.deliver = task.refused = None
        task.deleteLater()

    def _say(self, task: Task, error: Exception) -> None:
        if isinstance(error, Cancelled) or (task.cancelled and isinstance(error, DomainError)):
            return
        if isinstance(error, DomainError):
            if task.refused is not None and _alive(task.refused):
                task.refused(error)
            else:
                self.failed.emit(sentence(error), error)
            return
        LOG.error("a task failed: %s", task.name or "unnamed", exc_info=error)
        self.failed.emit(UNEXPECTED, error)

    @Slot()
    def _tell(self) -> None:
        self.activity.emit(self.tasks)


def _alive(receiver: Callable[..., None]) -> bool:
    """True unless the receiver is a method of an object that Qt has deleted."""
    while isinstance(receiver, partial):
        receiver = receiver.func
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _never_silent(future: Future[None]) -> None:
    """Log what escaped from the relay itself: it would be lost in the future."""
    if not future.cancelled() and future.exception() is not None:
        LOG.error("a task could not report its end", exc_info=future.exception())

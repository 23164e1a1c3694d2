"""Tasks: answers on the interface thread, cancelled ones silent, no reference lost."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NothingToUndo
from app.progress import Progress
from ui.errors import UNEXPECTED, sentence
from ui.tasks import TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def test_what_a_call_returns_is_delivered_on_the_interface_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    found: list[tuple[int, bool]] = []
    main = QThread.currentThread()
    runner.read(lambda _: 42, lambda value: found.append((value, QThread.currentThread() is main)))
    qtbot.waitUntil(lambda: found == [(42, True)])


def test_a_cancelled_task_never_delivers(qtbot: QtBot, runner: TaskRunner) -> None:
    gate, found = threading.Event(), []
    task = runner.read(lambda _: gate.wait(5), found.append)
    task.cancel()
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert found == []


def test_a_long_call_stops_at_its_next_report(qtbot: QtBot, runner: TaskRunner) -> None:
    started = threading.Event()

    def call(progress: Progress) -> None:
        while True:
            started.set()
            progress.report(0.5, "Lecture")

    failures: list[str] = []
    runner.failed.connect(lambda words, _error: failures.append(words))
    task = runner.write(call, lambda _: None, name="Import")
    qtbot.waitUntil(started.is_set)
    with qtbot.waitSignal(task.finished):
        task.cancel()
    assert failures == []


def test_progress_reaches_the_task(qtbot: QtBot, runner: TaskRunner) -> None:
    gate = threading.Event()

    def call(progress: Progress) -> None:
        progress.report(0.4, "Lecture")
        gate.wait(5)

    task = runner.read(call, lambda _: None, name="Import")
    qtbot.waitUntil(lambda: task.share == 0.4)
    assert task.step == "Lecture"
    with qtbot.waitSignal(task.finished):
        gate.set()


def test_writes_run_one_after_the_other_in_the_order_asked(qtbot: QtBot, runner: TaskRunner) -> None:
    order: list[int] = []
    done: list[int] = []
    for i in range(20):
        runner.write(lambda _, i=i: order.append(i), lambda _, i=i: done.append(i))
    qtbot.waitUntil(lambda: len(done) == 20)
    assert order == list(range(20)) == done


def test_an_error_the_user_can_act_upon_is_said_in_french(qtbot: QtBot, runner: TaskRunner) -> None:
    error = NothingToUndo(direction="undo")
    with qtbot.waitSignal(runner.failed) as caught:
        runner.write(partial(_raise, error), lambda _: None)
    assert caught.args == [sentence(error), error]


def test_a_page_may_take_its_own_refusals(qtbot: QtBot, runner: TaskRunner) -> None:
    error = NothingToUndo(direction="undo")
    found: list[object] = []
    runner.read(partial(_raise, error), lambda _: None, refused=found.append)
    qtbot.waitUntil(lambda: found == [error])


def test_a_bug_is_said_without_its_details(qtbot: QtBot, runner: TaskRunner) -> None:
    with qtbot.waitSignal(runner.failed) as caught:
        runner.read(partial(_raise, ZeroDivisionError("secret")), lambda _: None)
    assert caught.args[0] == UNEXPECTED


def test_a_receiver_that_qt_deleted_is_not_called(qtbot: QtBot, runner: TaskRunner) -> None:
    class Receiver(QWidget):
        got: list[object] = []  # noqa: RUF012

        def take(self, value: object) -> None:
            self.got.append(value)

    receiver = Receiver()
    gate = threading.Event()
    task = runner.read(lambda _: gate.wait(5), receiver.take)
    receiver.deleteLater()
    qtbot.wait(10)
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert Receiver.got == []


def test_void_calls_do_not_lose_references_to_none(qtbot: QtBot) -> None:
    """Some builds of PySide drop one reference to None at each void call and abort in the end."""

    class Sender(QObject):
        fired = Signal(object)

    sender = Sender()
    sender.fired.connect(_ignore)
    widget = QWidget()
    qtbot.addWidget(widget)
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(2000):
        sender.fired.emit(None)
        widget.update()
        widget.setEnabled(True)
    assert sys.getrefcount(None) > before - 500


def _raise(error: Exception, _progress: Progress) -> None:
    raise error


def _ignore(_value: object) -> None:
    return None

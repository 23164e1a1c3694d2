"""Cycles are freed on the interface thread, whatever the threads of tasks allocate."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.progress import collector_is_spared, unhurried_collector
from ui.collector import MIDDLE, OLD, YOUNG, Collector, collect_here


class Knot(QObject):
    """Holds itself, so that only the collector can free it."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def leave_knots(freed_in: list[int], count: int = 20) -> None:
    for _ in range(count):
        weakref.finalize(Knot(), lambda: freed_in.append(threading.get_ident()))


def allocate(_: int) -> int:
    """Make far more objects than Python waits for before it searches."""
    return len([[number] for number in range(50 * YOUNG)])


def test_a_task_never_frees_what_belongs_to_the_interface(qtbot: QtBot) -> None:
    freed_in: list[int] = []
    leave_knots(freed_in)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(allocate, range(8))) == [50 * YOUNG] * 8
    assert freed_in == []
    kept: list[list[int]] = []

    def freed() -> bool:
        kept.extend([number] for number in range(YOUNG))  # what others free counts against what is new
        return len(freed_in) == 20

    qtbot.waitUntil(freed)
    assert set(freed_in) == {threading.get_ident()}


def test_an_import_under_way_is_not_searched(qapp: QApplication) -> None:
    collector = collect_here(qapp)
    freed_in: list[int] = []
    gc.collect()
    with unhurried_collector():
        leave_knots(freed_in)
        kept = [[number] for number in range(20 * YOUNG)]
        assert collector_is_spared()
        collector.search()
        assert freed_in == []
    collector.search()
    assert len(freed_in) == 20
    assert not collector_is_spared()
    assert len(kept) == 20 * YOUNG


def test_everything_is_searched_when_the_window_loses_the_focus(qapp: QApplication) -> None:
    collector = collect_here(qapp)
    freed_in: list[int] = []
    leave_knots(freed_in)
    for _ in range(MIDDLE + 1):  # old by now
        gc.collect(1)
    old = [Knot() for _ in range(3)]
    for made in old:
        weakref.finalize(made, lambda: freed_in.append(threading.get_ident()))
    gc.collect(1)
    freed_in.clear()
    del made
    old.clear()
    collector._middle = 1
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert len(freed_in) == 3
    assert collector._middle == 0
    assert OLD > MIDDLE


def test_there_is_one_collector_and_python_takes_over_after_it(qapp: QApplication) -> None:
    collector = collect_here(qapp)
    assert collect_here(qapp) is collector
    assert qapp.findChildren(Collector) == [collector]
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    collector.start()
    assert not gc.isenabled()

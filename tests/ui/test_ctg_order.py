"""What the user puts in order in a CTG: constats, points of the four lists; keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.ctg_page_cases import open_one, open_tab, page, settle, shared_page
from ui.views.ctg import CtgPage
from ui.views.ctg_swot import UUID, NoteList

__all__ = ["page", "shared_page"]


def test_constats_are_put_in_order_by_keyboard(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "diagnostic")
    before = [held.text for held in view.rows]
    grid = view.list.grid
    grid.setCurrentIndex(grid.proxy.index(0, 1))
    assert not view.list.movers[0].isEnabled()
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, page)
    assert [held.text for held in view.rows] == [before[1], before[0], *before[2:]]
    assert [held.rank for held in view.rows] == list(range(1, len(before) + 1))
    assert grid.current_row().text == before[0]
    assert page.kit.services.base.undo_name() == "ordre des constats"
    page.kit.services.base.undo()
    view.reload()
    settle(qtbot, page)
    assert [held.text for held in view.rows] == before


def test_a_list_sorted_by_a_column_is_not_put_in_order(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "diagnostic")
    grid = view.list.grid
    grid.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    before = [held.text for held in view.rows]
    grid.setCurrentIndex(grid.proxy.index(1, 1))
    assert not any(made.isEnabled() for made in view.list.movers)
    view.list.shift(1)
    settle(qtbot, page)
    assert [held.text for held in view.rows] == before
    grid.sortByColumn(-1, Qt.SortOrder.AscendingOrder)


def test_points_of_the_four_lists_are_put_in_order(page: CtgPage, qtbot: QtBot) -> None:
    view = open_one(qtbot, page, "Niortais", "synthese").view("synthese")
    held = view.swot.lists["force"]
    before = texts(held)
    assert len(before) > 1
    held.setCurrentRow(0)
    qtbot.keyClick(held, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, page)
    assert texts(held) == [before[1], before[0], *before[2:]]
    assert held.currentItem().text() == before[0]
    qtbot.keyClick(held, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, page)
    assert texts(held) == before
    other = view.swot.lists["menace"]
    already = texts(other)
    key = held.currentItem().data(UUID)
    view.swot.moved.emit(key, "menace", 0)
    settle(qtbot, page)
    assert texts(other) == [before[0], *already]
    for _ in range(3):
        page.kit.services.base.undo()
    page.one.reload()
    settle(qtbot, page)
    assert (texts(held), texts(other)) == (before, already)


def texts(held: NoteList) -> list[str]:
    """Points of a list, from the top."""
    return [held.item(at).text() for at in range(held.count())]

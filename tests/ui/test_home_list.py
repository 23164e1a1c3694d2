"""The list to do: keyboard, the panel of a line, answers, rows kept from one reading to the next."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.home_cases import ON, alert
from ui.theme import Theme
from ui.views.home_list import SHOWN, TodoList
from ui.views.home_todo import Group, line_of


def _group(count: int, *, page: bool = True) -> Group:
    lines = tuple(
        line_of(alert("action_late", 10 + rank, f"Fiche {rank}"), lambda _page: page) for rank in range(count)
    )
    return Group("late", "En retard", lines)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> TodoList:
    made = TodoList(theme, writable=True)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_groups((_group(3),), ON, badges=False)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_arrows_walk_and_enter_opens(qtbot: QtBot, shown: TodoList) -> None:
    shown.rows[0].main.setFocus()
    qtbot.keyClick(shown.rows[0].main, Qt.Key.Key_Down)
    assert shown.window().focusWidget() is shown.rows[1].main
    with qtbot.waitSignal(shown.opened) as opened:
        qtbot.keyClick(shown.rows[1].main, Qt.Key.Key_Return)
    assert opened.args == ["ctg", {"action": "Fiche 1-11"}]
    qtbot.keyClick(shown.rows[1].main, Qt.Key.Key_Up)
    assert shown.window().focusWidget() is shown.rows[0].main


def test_a_line_explains_itself(qtbot: QtBot, shown: TodoList) -> None:
    shown.rows[0].more.click()
    panel = shown.rows[0].panel
    assert panel is not None
    words = [label.text() for label in panel.findChildren(QLabel)]
    rule = shown.rows[0].line.alert.rule  # type: ignore[union-attr]
    assert {rule.label, rule.why, rule.action, "constat"} <= set(words)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert shown.rows[0].panel is None
    assert shown.window().focusWidget() is shown.rows[0].main


def test_one_panel_is_open_at_a_time(shown: TodoList) -> None:
    shown.rows[0].more.click()
    shown.rows[1].later.click()
    assert shown.rows[0].panel is None
    assert shown.rows[1].panel is not None


def test_done_asks_what_was_done(qtbot: QtBot, shown: TodoList) -> None:
    shown.rows[0].box.click()
    panel = shown.rows[0].panel
    assert panel is not None
    assert not shown.rows[0].box.isChecked()
    panel.confirm()
    assert panel.reason.error.text() == "Ce champ est obligatoire."
    panel.reason.edit.setText("Vu en comité.")
    with qtbot.waitSignal(shown.answered) as answered:
        qtbot.keyClick(panel.reason.edit, Qt.Key.Key_Return)
    assert answered.args == [shown.rows[0].line, "done", None, "Vu en comité."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("19/11/2026", "Choisissez une date à venir."),
        ("", "Choisissez une date à venir."),
        ("demain", "n’est pas une date"),
    ],
)
def test_later_refuses_a_date_that_is_not_to_come(shown: TodoList, typed: str, said: str) -> None:
    shown.rows[0].later.click()
    panel = shown.rows[0].panel
    assert panel is not None
    assert panel.until.edit.text() == "03/12/2026"
    panel.until.edit.setText(typed)
    panel.confirm()
    assert said in panel.until.error.text()


def test_later_gives_a_date_and_a_reason(qtbot: QtBot, shown: TodoList) -> None:
    shown.rows[0].later.click()
    panel = shown.rows[0].panel
    assert panel is not None
    panel.until.edit.setText("5/3/2027")
    panel.reason.edit.setText("Attendre le budget.")
    with qtbot.waitSignal(shown.answered) as answered:
        panel.confirm()
    assert answered.args[1:] == ["later", datetime.date(2027, 3, 5), "Attendre le budget."]


def test_what_is_typed_survives_a_reading(shown: TodoList) -> None:
    shown.rows[1].later.click()
    panel = shown.rows[1].panel
    assert panel is not None
    panel.reason.edit.setText("Attendre")
    shown.show_groups((_group(2),), ON, badges=False)
    assert shown.rows[1].panel is panel
    assert panel.reason.edit.text() == "Attendre"


def test_the_keyboard_goes_to_the_next_line_when_one_leaves(shown: TodoList) -> None:
    shown.rows[0].main.setFocus()
    group = _group(3)
    shown.show_groups((Group(group.code, group.title, group.lines[1:]),), ON, badges=False)
    assert shown.rows[0].line.title == "Fiche 1"
    assert shown.window().focusWidget() is shown.rows[0].main


def test_a_long_group_shows_its_first_lines(shown: TodoList) -> None:
    shown.show_groups((_group(SHOWN + 5),), ON, badges=False)
    assert len(shown.rows) == SHOWN
    more = next(made for made in shown.findChildren(QPushButton) if made.text() == "Voir les 5 autres")
    more.click()
    assert len(shown.rows) == SHOWN + 5
    assert shown.window().focusWidget() is shown.rows[SHOWN].main


def test_a_line_without_place_explains_itself(shown: TodoList) -> None:
    shown.show_groups((_group(1, page=False),), ON, badges=False)
    shown.rows[0].main.click()
    panel = shown.rows[0].panel
    assert panel is not None
    assert panel.open_button.isHidden()


def test_a_base_read_only_takes_no_answer(qtbot: QtBot, theme: Theme) -> None:
    made = TodoList(theme, writable=False)
    qtbot.addWidget(made)
    made.show_groups((_group(1),), ON, badges=False)
    assert not made.rows[0].box.isEnabled()
    assert not made.rows[0].later.isEnabled()
    assert made.rows[0].more.isEnabled()

# ruff: noqa: F811 - fixtures are imported by name
"""Kanban, calendar and moves of lines of a plan."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.action import ActionState, Progress
from app.services.ctg_plan_rows import ActionRow, PlanRow, StepRow
from tests.ui.action_cases import kit, niort, shared_services, shared_theme  # noqa: F401
from ui.theme import Theme
from ui.views.ctg_plan import PlanView
from ui.views.page import Kit
from ui.widgets.gantt import Gantt
from ui.widgets.gantt_items import step_words
from ui.widgets.plan_tree_items import Line, drop_place, filtered, lines_of, step_place, walk


@pytest.fixture
def plan(qtbot: QtBot, kit: Kit) -> PlanView:
    made = PlanView(kit)
    qtbot.addWidget(made)
    made.resize(1280, 600)
    kit.hub.changed.connect(lambda _changes: made.reload())
    made.show()
    made.show_ctg(niort(kit.services))
    qtbot.waitUntil(lambda: not kit.runner.tasks)
    return made


def status(plan: PlanView, number: str) -> ActionState:
    assert plan.read is not None
    return next(row.status for row in plan.read.actions if row.number == number)


def key_of(plan: PlanView, number: str) -> str:
    assert plan.read is not None
    return next(row.uuid for row in plan.read.actions if row.number == number)


# -- Kanban ----------------------------------------------------------------------------------------------


def test_columns_hold_the_fiches_of_their_state(plan: PlanView) -> None:
    plan.bar.views.button("kanban").click()
    counts = {state: made.count() for state, made in plan.kanban.lists.items()}
    assert counts[ActionState.RUNNING] == 10
    assert counts[ActionState.DONE] == 5
    assert sum(counts.values()) == 20


def test_a_fiche_is_launched_by_keyboard(plan: PlanView, qtbot: QtBot) -> None:
    plan.bar.views.button("kanban").click()
    plan.kanban.select(key_of(plan, "4.2.1"))
    column = plan.kanban.lists[ActionState.TO_START]
    qtbot.keyClick(column, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not plan.kit.runner.tasks)
    assert status(plan, "4.2.1") is ActionState.RUNNING
    assert plan.kanban.lists[ActionState.RUNNING].current_key() == key_of(plan, "4.2.1")


def test_a_decided_state_asks_its_three_fields(plan: PlanView, qtbot: QtBot) -> None:
    plan.bar.views.button("kanban").click()
    key = key_of(plan, "8.2.1")
    plan.kanban.select(key)
    column = plan.kanban.lists[ActionState.DONE]
    qtbot.keyClick(column, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    form = plan.status_form
    assert plan.side.form is form
    assert status(plan, "8.2.1") is ActionState.DONE
    qtbot.keyClick(form.reason.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert all(field.error.text() for field in (form.reason, form.decider, form.decided_on))
    qtbot.keyClicks(form.reason.control, "Un achat manque.")
    qtbot.keyClicks(form.decider.control, "Bureau de la CTG")
    qtbot.keyClicks(form.decided_on.control, "12/10/2026")
    qtbot.keyClicks(form.until.control, "31/12/2031")
    form.submit()
    qtbot.waitUntil(lambda: not plan.kit.runner.tasks)
    assert "31 décembre 2031" in form.until.error.text().replace("\u00a0", " ")
    form.until.edit.setText("30/06/2027")
    form.submit()
    qtbot.waitUntil(lambda: not plan.kit.runner.tasks)
    assert status(plan, "8.2.1") is ActionState.POSTPONED
    assert plan.side.form is None
    assert plan.decisions.table.table.rowCount() == 5


def test_arrows_go_from_column_to_column(plan: PlanView, qtbot: QtBot) -> None:
    plan.bar.views.button("kanban").click()
    plan.kanban.select(key_of(plan, "4.2.1"))
    qtbot.keyClick(plan.kanban.lists[ActionState.TO_START], Qt.Key.Key_Right)
    assert plan.kanban.lists[ActionState.RUNNING].currentRow() == 0
    with qtbot.waitSignal(plan.action_opened) as caught:
        qtbot.keyClick(plan.kanban.lists[ActionState.RUNNING], Qt.Key.Key_Return)
    assert caught.args == [key_of(plan, "1.1.1.1")]


# -- calendar --------------------------------------------------------------------------------------------


def test_the_calendar_is_walked_by_keyboard(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.select(key_of(plan, "1.1.1.2"))
    plan.bar.views.button("gantt").click()
    gantt = plan.gantt
    assert gantt.current_key() == key_of(plan, "1.1.1.2")
    for _ in range(3):
        qtbot.keyClick(gantt, Qt.Key.Key_Right)
    assert "en retard de" in gantt.accessibleDescription()
    qtbot.keyClick(gantt, Qt.Key.Key_End)
    assert gantt.row == 19
    qtbot.keyClick(gantt, Qt.Key.Key_Home)
    with qtbot.waitSignal(plan.action_opened) as caught:
        qtbot.keyClick(gantt, Qt.Key.Key_Return)
    assert caught.args == [key_of(plan, "1.1.1.1")]


def test_the_calendar_shows_whole_years(qtbot: QtBot, shared_theme: Theme) -> None:
    gantt = Gantt(shared_theme)
    qtbot.addWidget(gantt)
    gantt.resize(900, 300)
    fiche = row("a", "1.1", ActionState.RUNNING, date(2025, 3, 1), date(2026, 6, 30))
    step = StepRow("s", 1, "Signer", "Caf", date(2025, 6, 1), None, 12, "")
    gantt.show_bars([fiche], {"a": (step,)}, (None, None), date(2025, 7, 1))
    assert gantt.x_of(date(2025, 1, 1)) < gantt.x_of(date(2025, 7, 1)) < gantt.x_of(date(2026, 12, 31))
    said = step_words(step).replace("\u00a0", " ").replace("\u202f", " ")
    assert said == "Étape « Signer », prévue le 1er juin 2025, en retard de 12 jours"
    gantt.show_bars([], {}, (None, None), date(2025, 7, 1))
    assert gantt.words() == ""


# -- lines -----------------------------------------------------------------------------------------------


def row(uuid: str, number: str, state: ActionState, start: date | None, end: date | None) -> ActionRow:
    return ActionRow(
        uuid, "ctg", None, number, "", f"Fiche {uuid}", "", None, "", start, end, state,
        Progress(0, 0, None), 0, 0, None, False,
    )  # fmt: skip


def tree() -> list[Line]:
    """1 (1.1: a, b; 1.2: c), 2 (2.1: nothing), d not filed."""

    def node(uuid: str, parent: str | None, kind: str, number: str) -> PlanRow:
        return PlanRow(uuid, parent, kind, 0, number, f"Titre {uuid}", "")

    def fiche(uuid: str, parent: str | None, number: str) -> PlanRow:
        held = row(uuid, number, ActionState.RUNNING, None, None)
        return PlanRow(uuid, parent, "action", 0, number, held.title, "", "", held)

    return lines_of(
        [node("1", None, "enjeu", "1"), node("11", "1", "strategique", "1.1"), fiche("a", "11", "1.1.1"),
         fiche("b", "11", "1.1.2"), node("12", "1", "strategique", "1.2"), fiche("c", "12", "1.2.1"),
         node("2", None, "enjeu", "2"), node("21", "2", "strategique", "2.1"), fiche("d", None, "F1")],
        "issues",
    )  # fmt: skip


def line(tops: list[Line], key: str) -> Line:
    return next(one for one in walk(tops) if one.key == key)


@pytest.mark.parametrize(
    ("key", "step", "place"),
    [("a", 1, ("11", 1)), ("b", 1, ("12", 0)), ("c", -1, ("11", 2)), ("a", -1, None), ("c", 1, ("21", 0)),
     ("11", 1, ("1", 1)), ("12", 1, ("2", 0)), ("21", -1, ("1", 2)), ("1", 1, (None, 1)), ("2", 1, None),
     ("d", -1, ("21", 0))],
)  # fmt: skip
def test_a_step_goes_through_the_whole_plan(
    key: str, step: int, place: tuple[str | None, int] | None
) -> None:
    tops = tree()
    assert step_place(line(tops, key), tops, step) == place


def test_a_drop_counts_only_its_likes() -> None:
    tops = tree()
    goal = line(tops, "11")
    assert drop_place(line(tops, "c"), goal, -1, tops) == 2
    assert drop_place(line(tops, "a"), goal, 2, tops) == 1
    assert drop_place(line(tops, "2"), None, 0, tops) == 0


def test_a_filter_keeps_what_is_above_and_under() -> None:
    tops = filtered(tree(), "titre 12", {"a"})
    assert [one.key for one in walk(tops)] == ["1", "11", "a", "12", "c"]


def test_fiches_not_filed_are_apart() -> None:
    assert tree()[-1].title == "Fiches à rattacher"
    assert tree()[-1].fiches() == 1


def test_a_fiche_added_from_the_kanban_opens(plan: PlanView, qtbot: QtBot) -> None:
    plan.bar.views.button("kanban").click()
    with qtbot.waitSignal(plan.action_opened, timeout=60_000) as caught:
        plan.start_new()
    assert plan.read is not None
    made = next(row for row in plan.read.actions if row.uuid == caught.args[0])
    assert made.title == "Nouvelle fiche"

"""Fiches: progress, statuses that need a reason, lateness, results, numbers and moves in the tree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.action import (
    NEEDS_REASON,
    ActionState,
    NodeKind,
    Result,
    Step,
    action_late_days,
    check_reason,
    is_reached,
    progress_of,
)
from app.domain.action_tree import Item, check_parent, place_all, ranks_after_move
from app.domain.ctg_errors import CyclicLink, ForbiddenParent, ReasonNeeded
from app.domain.steering import DecisionState, age_class, decision_state, late_days

ON = date(2026, 11, 21)
STEPS = st.lists(st.builds(Step, st.dates() | st.none(), st.dates() | st.none()), max_size=12)


@given(STEPS, st.sampled_from(ActionState), st.integers(-50, 200) | st.none())
def test_progress_stays_between_0_and_100(
    steps: list[Step], state: ActionState, override: int | None
) -> None:
    found = progress_of(steps, state, override)
    assert found.percent is None or 0 <= found.percent <= 100
    assert 0 <= found.done <= found.total == len(steps)
    if override is None and steps:
        assert (found.percent == 100) is (found.done == found.total)


@given(STEPS.filter(bool), st.sampled_from(ActionState))
def test_doing_a_step_never_lowers_progress(steps: list[Step], state: ActionState) -> None:
    before = progress_of(steps, state).percent or 0
    after = progress_of([Step(steps[0].planned_on, ON), *steps[1:]], state).percent or 0
    assert after >= before


def test_without_a_step_only_two_statuses_tell_the_progress() -> None:
    assert progress_of([], ActionState.DONE).percent == 100
    assert progress_of([], ActionState.TO_START).percent == 0
    assert progress_of([], ActionState.RUNNING).percent is None


@pytest.mark.parametrize("state", list(ActionState))
def test_four_statuses_ask_reason_decider_and_date(state: ActionState) -> None:
    check_reason(state, "Motif", "Comité", ON)
    if state in NEEDS_REASON:
        with pytest.raises(ReasonNeeded) as raised:
            check_reason(state, " ", "Comité", None)
        assert raised.value.facts["missing"] == ("reason", "decided_on")
    else:
        check_reason(state, "", "", None)


def test_lateness_is_the_longest_of_the_fiche_and_its_steps() -> None:
    steps = [Step(date(2026, 10, 2), None), Step(date(2026, 1, 1), date(2026, 6, 1)), Step(None, None)]
    assert action_late_days(ActionState.RUNNING, date(2026, 11, 20), steps, ON) == 50
    assert action_late_days(ActionState.RUNNING, date(2026, 8, 23), steps, ON) == 90
    assert action_late_days(ActionState.DONE, date(2020, 1, 1), steps, ON) == 0
    assert action_late_days(ActionState.DROPPED, date(2020, 1, 1), steps, ON) == 0


@pytest.mark.parametrize(
    ("result", "reached"),
    [
        (Result(0, 10, 8, "up"), True),
        (Result(0, 7, 8, "up"), False),
        (Result(14, 4, 0, "down"), False),
        (Result(14, 0, 0, "down"), True),
        (Result(0, None, 8, "up"), None),
        (Result(0, 8, None, "up"), None),
        (Result(0, 8, 8, "none"), None),
    ],
)
def test_a_result_is_told_only_when_it_can_be(result: Result, reached: bool | None) -> None:
    assert is_reached(result) is reached


# -- tree ---------------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> list[Item]:
    """A plan with nodes under nodes and fiches anywhere, ranks possibly equal."""
    count = draw(st.integers(0, 8))
    items: list[Item] = []
    for n in range(count):
        parent = draw(st.sampled_from([None, *[item.uuid for item in items]]))
        items.append(Item(f"n{n}", parent, draw(st.integers(0, 4)), NodeKind.ISSUE))
    for n in range(draw(st.integers(0, 8))):
        parent = draw(st.sampled_from([None, *[item.uuid for item in items if item.kind]]))
        items.append(Item(f"a{n}", parent, draw(st.integers(0, 4)), None))
    return items


@given(plans())
def test_numbers_are_a_bijection(items: list[Item]) -> None:
    placed = place_all(items)
    assert {p.item.uuid for p in placed} == {item.uuid for item in items}
    assert len({p.number for p in placed}) == len(placed) == len(items)
    numbers = {p.item.uuid: p.number for p in placed}
    for p in placed:
        if p.item.parent is not None:
            assert p.number.startswith(numbers[p.item.parent] + ".")


@given(plans(), st.data())
def test_a_move_keeps_everything_and_renumbers_without_a_hole(items: list[Item], data: st.DataObject) -> None:
    fiches = [item for item in items if item.kind is None]
    if not fiches:
        return
    moved = data.draw(st.sampled_from(fiches))
    parent = data.draw(st.sampled_from([None, *[item.uuid for item in items if item.kind]]))
    position = data.draw(st.integers(-2, 10))
    item = Item(moved.uuid, parent, 0, None)
    ranks = ranks_after_move(items, item, parent, position)
    assert sorted(ranks.values()) == list(range(1, len(ranks) + 1))
    after = [
        Item(i.uuid, parent if i.uuid == moved.uuid else i.parent, ranks.get(i.uuid, i.rank), i.kind)
        for i in items
    ]
    placed = place_all(after)
    assert len({p.number for p in placed}) == len(items)
    order = [p.item.uuid for p in placed if p.item.kind is None and p.item.parent == parent]
    assert order.index(moved.uuid) == min(max(position, 0), len(ranks) - 1)


def test_levels_are_kept_and_nothing_goes_inside_itself() -> None:
    issue, goal = Item("i", None, 1, NodeKind.ISSUE), Item("s", "i", 1, NodeKind.STRATEGIC)
    items = {item.uuid: item for item in (issue, goal)}
    check_parent(goal, issue, items)
    check_parent(Item("a", None, 1, None), goal, items)
    with pytest.raises(CyclicLink):
        check_parent(issue, goal, items)
    with pytest.raises(ForbiddenParent):
        check_parent(goal, None, items)
    with pytest.raises(ForbiddenParent):
        check_parent(Item("o", None, 1, NodeKind.STRATEGIC), goal, items)


def test_numbers_put_fiches_after_objectives_and_unfiled_ones_last() -> None:
    items = [
        Item("e", None, 1, NodeKind.ISSUE), Item("s", "e", 1, NodeKind.STRATEGIC), Item("a", "s", 2, None),
        Item("b", "s", 1, None), Item("c", "e", 1, None), Item("d", None, 1, None),
    ]  # fmt: skip
    numbers = {p.item.uuid: p.number for p in place_all(items)}
    assert numbers == {"e": "1", "s": "1.1", "b": "1.1.1", "a": "1.1.2", "c": "1.2", "d": "F1"}


# -- decisions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "held"),
    [(0, 0), (1, 0), (14, 0), (15, 15), (29, 15), (30, 30), (59, 30), (60, 60), (90, 90), (179, 90),
     (180, 180), (999, 180)],
)  # fmt: skip
def test_classes_of_age(days: int, held: int) -> None:
    assert age_class(days) == held


def test_a_decision_is_late_the_day_after() -> None:
    due = date(2026, 11, 20)
    assert decision_state(due, None, None, due) is DecisionState.OPEN
    assert decision_state(due, None, None, ON) is DecisionState.LATE
    assert decision_state(due, ON, None, ON) is DecisionState.DONE
    assert decision_state(due, None, ON, ON) is DecisionState.DROPPED
    assert decision_state(None, None, None, ON) is DecisionState.OPEN
    assert late_days(due, None, ON) == 1
    assert late_days(due, date(2026, 11, 25), date(2027, 1, 1)) == 5
    assert late_days(None, None, ON) == 0

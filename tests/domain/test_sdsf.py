"""SDSF: stages, tree, counts of a sheet."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import sdsf_errors
from app.domain.errors import DomainError
from app.domain.sdsf import (
    FilledBy,
    NodeKind,
    Stage,
    check_parent,
    count_sheet,
    next_period,
    next_stage,
    numbers_of,
    sheet_deadline,
)  # fmt: skip
from app.domain.sdsf_errors import ForbiddenStage, WrongParent
from ui.errors import sentence


def test_a_running_scheme_is_evaluated_before_it_is_renewed() -> None:
    assert next_stage(Stage.RUNNING, Stage.EVALUATION) is Stage.EVALUATION
    with pytest.raises(ForbiddenStage):
        next_stage(Stage.RUNNING, Stage.RENEWED)
    with pytest.raises(ForbiddenStage):
        next_stage(Stage.RENEWED, Stage.RUNNING)


def test_an_action_stands_under_an_objective_only() -> None:
    check_parent(NodeKind.ACTION, NodeKind.OBJECTIVE)
    check_parent(NodeKind.AXIS, None)
    for kind, parent in ((NodeKind.ACTION, NodeKind.AXIS), (NodeKind.AXIS, NodeKind.AXIS)):
        with pytest.raises(WrongParent):
            check_parent(kind, parent)


def test_numbers_follow_the_ranks() -> None:
    nodes = [("a", "", 1), ("b", "", 7), ("c", "b", 4), ("d", "b", 2), ("e", "c", 1)]
    assert numbers_of(nodes) == {"a": "1", "b": "2", "d": "2.1", "c": "2.2", "e": "2.2.1"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), max_size=30))
def test_every_node_gets_one_number(pairs: list[tuple[int, int]]) -> None:
    nodes = [(f"n{i}", f"n{up}" if up < i else "", rank) for i, (up, rank) in enumerate(pairs)]
    numbers = numbers_of(nodes)
    assert len(numbers) == len(nodes)
    assert len(set(numbers.values())) == len(nodes)


def test_the_sheet_of_a_year_is_due_in_march_of_the_next() -> None:
    assert sheet_deadline(2025) == date(2026, 3, 31)


def test_a_sheet_is_counted_by_who_fills_it() -> None:
    lines = [(True, FilledBy.CNAF), (True, FilledBy.LOCAL), (False, FilledBy.DREES), (True, FilledBy.LOCAL)]
    count = count_sheet(lines)
    assert (count.lines, count.filled) == (4, 3)
    assert dict(count.by) == {
        FilledBy.NOBODY: 0, FilledBy.CNAF: 1, FilledBy.DREES: 0, FilledBy.LOCAL: 2
    }  # fmt: skip


@pytest.mark.parametrize(
    "error",
    [
        sdsf_errors.SdsfNotFound(what="sdsf"),
        sdsf_errors.SdsfRefused(field="ends_on", value="", reason="order"),
        sdsf_errors.ForbiddenStage(current="en_cours", asked="renouvele"),
        sdsf_errors.WrongParent(kind="action", parent="axis"),
        sdsf_errors.NodeHasLinks(label="Axe", count=2),
        sdsf_errors.SheetRefused("f.xlsx", reason="year"),
        sdsf_errors.LinkRefused(reason="cycle"),
        sdsf_errors.AlertRefused(field="reason", reason="no_reason"),
    ],
)
def test_each_refusal_has_its_sentence(error: DomainError) -> None:
    said = sentence(error)
    assert said.endswith(".")
    assert "n’a pas pu aboutir" not in said


@pytest.mark.parametrize(
    ("end", "start", "last"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), date(2032, 12, 31)),
        (date(2024, 2, 28), date(2024, 2, 29), date(2030, 2, 27)),
        (date(2025, 8, 31), date(2025, 9, 1), date(2031, 8, 31)),
    ],
)
def test_the_next_scheme_follows_the_day_after(end: date, start: date, last: date) -> None:
    assert next_period(end) == (start, last)


def test_a_refused_stage_says_which_ones_are_open() -> None:
    said = sentence(sdsf_errors.ForbiddenStage(current="en_cours", asked="renouvele"))
    assert "« en évaluation » ou « échu »" in said.replace("\u202f", " ").replace("\u00a0", " ")
    closed = sentence(sdsf_errors.ForbiddenStage(current="renouvele", asked="en_cours"))
    assert "ne change plus d’étape" in closed

"""The COG tree, its due years, and its calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.cog import Cog, CogNode, NodeKind
from app.domain.cpog_calendar import DeadlineRule
from app.domain.cpog_codes import ActionState
from app.domain.cpog_errors import BadDeadline, UnknownCog, UnknownItem
from app.services.cpog import CpogService
from app.services.cpog_delivered import cog_nodes
from db.session import Base, create_base

ON = datetime.date(2021, 6, 1)
COG = "2018-2022"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    base = create_base(tmp_path_factory.mktemp("cog") / "base.maillage", ["79"], "Essai")
    yield base
    base.close()


@pytest.fixture
def cpog(made: Base) -> CpogService:
    return CpogService(made)


def test_the_cog_is_whole(cpog: CpogService) -> None:
    row = next(row for row in cpog.cogs() if row.code == COG)
    assert (row.axes, row.fiches, row.evaluations, row.state_evaluations, row.uncertain) == (
        3,
        16,
        252,
        48,
        66,
    )
    nodes = cog_nodes(COG)
    kinds = [(n.actor, n.kind) for n in nodes]
    assert kinds.count(("CAISSE", NodeKind.ENGAGEMENT)) == 53
    assert kinds.count(("CAISSE", NodeKind.ACTION)) == 151
    assert kinds.count(("ETAT", NodeKind.ENGAGEMENT)) == 36
    assert len({n.uuid for n in nodes}) == len(nodes)
    assert all(len(n.title.split()) <= 12 for n in nodes)


def test_a_due_date_is_a_set_of_years_that_may_be_empty(cpog: CpogService) -> None:
    due = [n for n in cpog.cog_tree(COG, "79", ON) if n.kind == "evaluation" and n.actor == "CAISSE"]
    empty = [n for n in due if not n.years]
    assert len({n.years for n in due}) > 10
    assert all(n.late is None for n in empty)
    assert all(n.late is None for n in due if n.uncertain)
    late = [n for n in cpog.cog_tree(COG, "79", ON, late=True) if n.late]
    assert late
    assert all(n.years[-1] < 2021 for n in late)


def test_parents_are_explicit_and_kept_by_filters(cpog: CpogService) -> None:
    rows = cpog.cog_tree(COG, "79", ON, fiche="6", actor="CAISSE", year=2018)
    held = {row.uuid for row in rows}
    assert all(row.parent_uuid in held for row in rows if row.kind != "axe")
    assert {row.fiche for row in rows} == {"", "6"}
    assert cpog.cog_tree(COG, text="handicap senacs avs") == []


def test_an_evaluation_is_followed_with_its_evidence(cpog: CpogService) -> None:
    late = next(n for n in cpog.cog_tree(COG, "79", ON, late=True) if n.late)
    cpog.follow_evaluation(late.uuid, ActionState.DONE, "79", evidence="délibération", on=ON)
    after = next(n for n in cpog.cog_tree(COG, "79", ON) if n.uuid == late.uuid)
    assert (after.state, after.evidence, after.late) == (ActionState.DONE, "délibération", False)
    assert next(n for n in cpog.cog_tree(COG, "52", ON) if n.uuid == late.uuid).state is None
    with pytest.raises(UnknownItem):
        cpog.follow_evaluation("absent", ActionState.DONE)


def test_another_cog_can_be_kept(cpog: CpogService) -> None:
    cog = Cog("2023-2027", "COG 2023 à 2027", datetime.date(2023, 1, 1), datetime.date(2027, 12, 31))
    axis = CogNode("a", "2023-2027", 0, NodeKind.AXIS, "1", "Axe")
    due = CogNode("e", "2023-2027", 1, NodeKind.EVALUATION, "1.1", "Bilan", "a", "CAISSE", "1", (2024, 2026))
    cpog.save_cog(cog, (axis, due))
    cpog.save_cog(cog, (axis, due))
    assert [n.years for n in cpog.cog_nodes("2023-2027")] == [(), (2024, 2026)]
    with pytest.raises(UnknownCog):
        cpog.cog_tree("1998-2000")


def test_the_calendar_is_a_dated_table_that_a_base_may_change(cpog: CpogService) -> None:
    cpog.load_delivered("52-2023-2027")
    on = datetime.date(2026, 11, 21)
    row = next(r for r in cpog.calendar(on, year=2026) if r.code == "resultats_t3")
    assert (row.due_on, row.late) == (datetime.date(2026, 10, 31), True)
    cpog.mark_done(row.cpog_uuid, row.code, row.year, on)
    assert not any(r.due_on == row.due_on for r in cpog.reminders(on))
    rule = next(r for r in cpog.deadline_rules() if r.code == "bilan_annuel")
    cpog.save_deadline(DeadlineRule(rule.code, rule.label, 4, 15, 1))
    changed = next(r for r in cpog.calendar(on, year=2026) if r.code == "bilan_annuel")
    assert changed.due_on == datetime.date(2027, 4, 15)
    agenda = cpog.ical(on)
    assert "DTSTART;VALUE=DATE:20270415" in agenda
    assert agenda.count("TRIGGER:-P7D") == agenda.count("BEGIN:VEVENT") > 0
    assert "fictif" not in agenda
    with pytest.raises(BadDeadline):
        cpog.save_deadline(DeadlineRule("", "Rien", 2, 31))


def test_the_page_of_a_base_file_holds_no_cog_row_until_it_is_followed(tmp_path: Path) -> None:
    base = create_base(tmp_path / "b.maillage", ["79"], "x")
    assert CpogService(base).contracts(ON) == []
    assert base.undo_name() is None
    base.close()

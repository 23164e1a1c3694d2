"""Several cells, several things: one action, or nothing."""

from __future__ import annotations

import pytest

from app.domain.ctg_errors import BadField
from app.services import Services
from app.services.ctg_together import Cell
from tests.services.ctg_cases import Small, make_small


@pytest.fixture
def small(empty: Services) -> Small:
    return make_small(empty)


def amount(small: Small, year: int, euros: str) -> Cell:
    where = {"year": year, "funder": "MSA", "nature": "fonctionnement", "state": "prevu"}
    return Cell("budget", small.action, where, {"funder_kind": "msa", "amount_cents": euros})


def test_a_block_of_amounts_is_one_action(empty: Services, small: Small) -> None:
    empty.ctg.set_cells([amount(small, 2025, "1 000"), amount(small, 2026, "2 000,50")])
    cells = empty.ctg.action(small.action).budget.cells
    assert [(cell.year, cell.cents) for cell in cells] == [(2025, 100_000), (2026, 200_050)]
    empty.base.undo()
    assert empty.ctg.action(small.action).budget.cells == ()


def test_one_bad_amount_writes_nothing(empty: Services, small: Small) -> None:
    with pytest.raises(BadField):
        empty.ctg.set_cells([amount(small, 2025, "1 000"), amount(small, 2026, "beaucoup")])
    assert empty.ctg.action(small.action).budget.cells == ()


def test_a_cell_emptied_goes(empty: Services, small: Small) -> None:
    cell = amount(small, 2025, "1 000")
    empty.ctg.set_cells([cell])
    empty.ctg.set_cells([Cell(cell.kind, cell.owner, cell.where, None)])
    assert empty.ctg.action(small.action).budget.cells == ()
    assert not empty.ctg.set_cells([]).topics


def test_etapes_are_edited_then_removed_together(empty: Services, small: Small) -> None:
    steps = [empty.ctg.add("step", small.action, title=title).uuid for title in ("Un", "Deux")]
    empty.ctg.edit_all("step", [(steps[0], {"holder": "Rpe"}), (steps[1], {"planned_on": "31/12/2026"})])
    shown = empty.ctg.steps(small.ctg)[small.action]
    assert [step.holder for step in shown] == ["Rpe", ""]
    empty.ctg.remove_all("step", steps)
    assert empty.ctg.action(small.action).steps == ()
    empty.base.undo()
    assert len(empty.ctg.action(small.action).steps) == 2


def test_no_eviction_is_said_of_a_plan_without_money(empty: Services, small: Small) -> None:
    assert empty.ctg.evictions(small.ctg) == {}


def test_a_fiche_becomes_evidence_of_a_point_never_looked_at(empty: Services, small: Small) -> None:
    point = empty.ctg.conformity(small.ctg).rows[2].point.code
    empty.ctg.link_point(small.ctg, point, small.action)
    row = empty.ctg.conformity(small.ctg).rows[2]
    assert row.state.value == "partiel"
    assert [evidence[3] for evidence in row.evidence] == ["Ouvrir un point"]
    empty.base.undo()
    assert not empty.ctg.conformity(small.ctg).rows[2].evidence

"""The conventions of the demonstration: complete, coherent, marked « fictif », facts kept as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import resources
from app import bootstrap
from app.domain.budget import MoneyState
from app.domain.ctg import CtgStatus, PartyKind
from app.domain.steering import DecisionState
from app.services import Services
from resources.build.ctg_demo import tables

ON = date(2026, 11, 21)


@pytest.fixture(scope="module")
def shown(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The demonstration base, read only: these tests change nothing."""
    patch = pytest.MonkeyPatch()
    recent = tmp_path_factory.mktemp("recent") / "recent.json"
    patch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: recent))
    services = bootstrap.Opener().open(demo_file, read_only=True)
    yield services
    services.base.close()
    patch.undo()


@pytest.fixture(scope="module")
def niort(shown: Services) -> str:
    return next(row.uuid for row in shown.ctg.rows(ON) if row.name == "CTG du Niortais")


def test_the_conventions_and_what_is_real(shown: Services) -> None:
    rows = {row.name: row for row in shown.ctg.rows(ON)}
    assert {name for name, row in rows.items() if row.fictitious} == {
        "CTG du Niortais", "CTG Mellois en Poitou", "CTG du Bocage Bressuirais",
    }  # fmt: skip
    langres = rows["CTG du Grand Langres"]
    assert (langres.signed_on, langres.codes_epci) == (date(2024, 3, 6), ("200072999",))
    assert "déduite" in langres.source
    joinville = rows["CTG du Bassin de Joinville"]
    assert (joinville.starts_on, joinville.signed_on, joinville.in_force) == (None, None, False)
    assert joinville.source
    detail = shown.ctg.ctg(joinville.uuid, ON)
    assert [party.deliberation_on for party in detail.parties if party.kind is PartyKind.EPCI] == [
        date(2016, 10, 11)
    ]


@pytest.mark.shared
def test_facts_are_those_of_the_source(shown: Services, shared_data: Path) -> None:
    import csv

    with (shared_data / "faits" / "ctg_79_52.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["siren_epci"]: row for row in csv.DictReader(file, delimiter=";")}
    for code, fact in facts.items():
        (row,) = shown.ctg.rows(ON, code)
        assert (row.signed_on.isoformat() if row.signed_on else "") == fact["signature"]
        years = (
            str(row.starts_on.year) if row.starts_on else "",
            str(row.ends_on.year) if row.ends_on else "",
        )
        assert years == (fact["debut"], fact["fin"])
        assert not row.fictitious


def test_the_niortais_is_complete(shown: Services, niort: str) -> None:
    plan = Counter(row.kind for row in shown.ctg.plan(niort, ON))
    assert (plan["enjeu"], plan["action"]) == (8, 20)
    detail = shown.ctg.ctg(niort, ON)
    assert detail.row.status is CtgStatus.RUNNING
    assert detail.row.missing_themes == ()
    assert len(shown.steering.meetings(niort)) == 3
    assert len(shown.steering.decisions(niort, ON)) == 12
    grid = shown.steering.evaluation(niort)
    assert all(row.fictitious and row.t1.number is not None and row.t2.number is None for row in grid)
    late = shown.steering.decisions(niort, ON, frozenset({DecisionState.LATE}))
    assert {row.age_class for row in late} == {0, 15, 30, 90, 180}
    assert shown.ctg.conformity(niort, ON).met == 9
    assert len(shown.steering.instances(niort)) == 3


def test_money_is_coherent(shown: Services, niort: str) -> None:
    budget = shown.ctg.budget(niort, ON)
    assert [year.year for year in budget.years] == [2024, 2025, 2026, 2027]
    assert len({cell.funder for cell in budget.cells}) == 5
    costs = Counter[tuple[int, MoneyState]]()
    for cost in budget.costs:
        costs[cost.year, cost.state] += cost.cents or 0
    for year in budget.years:
        for total in year.totals:
            if total.complete and total.cents is not None:
                assert total.cents == costs[year.year, total.state]
    assert budget.warnings == ()
    evicted = {
        row.title for row in shown.ctg.actions(niort, ON) if shown.ctg.action(row.uuid, ON).budget.evictions
    }
    assert evicted == {"Lancer un Laep itinérant"}


def test_dates_and_links_hold_together(shown: Services, niort: str) -> None:
    end = shown.ctg.ctg(niort, ON).row.ends_on
    assert end is not None
    numbers = [row.number for row in shown.ctg.actions(niort, ON)]
    assert len(set(numbers)) == 20
    for row in shown.ctg.actions(niort, ON):
        detail = shown.ctg.action(row.uuid, ON)
        assert row.fictitious
        assert row.ends_on is not None
        assert row.ends_on <= end
        assert detail.path
        assert set(detail.communes) <= {member.code for member in shown.ctg.members(niort, ON)}
        for step in detail.steps:
            assert step.planned_on is not None
            assert step.planned_on <= end
            assert step.done_on is None or step.done_on <= ON
        if row.status.value in ("reportee", "deprogrammee", "abandonnee", "conditionnee"):
            assert detail.statuses[-1].reason
            assert detail.statuses[-1].decider
        if row.status.value == "realisee":
            assert row.progress.percent == 100
    assert shown.base.check() == []


def test_pinned_figures_are_real_and_traced(shown: Services, niort: str) -> None:
    figures = [figure for row in shown.ctg.findings(niort) for figure in row.figures]
    assert len(figures) == 7
    for figure in figures:
        assert figure.number is not None
        assert figure.source
        assert not figure.changed
        assert not figure.fictitious
    assert {row.fictitious for row in shown.ctg.findings(niort) if not row.figures} == {True}


def test_no_person_is_named(shown: Services) -> None:
    assert shown.steering.contacts() == []
    for kind, rows in tables().items():
        for row in rows:
            text = " ".join(str(value) for value in row.values())
            assert "@" not in text, kind
            assert " M. " not in text, kind
            assert "Mme" not in text, kind


def test_the_tables_are_those_that_the_script_makes() -> None:
    for kind, rows in tables().items():
        held = resources.read_table("demo", "ctg", f"{kind}.csv")
        assert len(held) == len(rows), kind
        for made, row in zip(rows, held, strict=True):
            assert {name: "" if value is None else str(value) for name, value in made.items()} == {
                name: row[name] for name in made
            }

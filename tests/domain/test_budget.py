"""Money: states never mixed, absences said, reste à charge, cost per place, eviction."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.budget import (
    Cost,
    Line,
    MoneyState,
    Nature,
    best_complete_state,
    best_state,
    cost_per_place,
    evictions,
    paid_above_voted,
    remainder,
    shares_of,
    total,
)
from app.domain.ctg import PartyKind
from app.domain.ctg_sentences import eviction_text, paid_text, remainder_text, total_text

RUNNING, CAF, EPCI, MSA = Nature.RUNNING, PartyKind.CAF, PartyKind.EPCI, PartyKind.MSA
PLANNED, VOTED, PAID = MoneyState.PLANNED, MoneyState.VOTED, MoneyState.PAID
LINES = st.lists(
    st.builds(
        Line, st.integers(2024, 2028), st.sampled_from(["Caf", "EPCI", "MSA"]), st.sampled_from(PartyKind),
        st.sampled_from(Nature), st.sampled_from(MoneyState), st.integers(0, 10**9) | st.none(),
    ),
    max_size=25,
)  # fmt: skip


def line(year: int, funder: str, kind: PartyKind, cents: int | None, state: MoneyState = PAID) -> Line:
    return Line(year, funder, kind, RUNNING, state, cents)


def year_of(year: int, caf: int, epci: int, msa: int | None = None, state: MoneyState = PAID) -> list[Line]:
    rows = [line(year, "Caf", CAF, caf, state), line(year, "EPCI", EPCI, epci, state)]
    return rows if msa is None else [*rows, line(year, "MSA", MSA, msa, state)]


@given(LINES)
def test_totals_never_mix_states(lines: list[Line]) -> None:
    for state in MoneyState:
        alone = [item for item in lines if item.state is state]
        assert total(lines, state) == total(alone, state)
        known = [item.cents for item in alone if item.cents is not None]
        assert total(lines, state).cents == (sum(known) if known else None)


@given(LINES)
def test_an_unknown_amount_is_absent_and_never_zero(lines: list[Line]) -> None:
    for state in MoneyState:
        found = total(lines, state)
        names = {item.funder for item in lines if item.state is state and item.cents is None}
        assert set(found.absent) == names
        assert found.complete is (not names)


@given(LINES)
def test_shares_of_every_funder_add_up(lines: list[Line]) -> None:
    years = {share.year for share in shares_of(lines, CAF)}
    for year in years:
        whole = sum(s.share for kind in PartyKind for s in shares_of(lines, kind) if s.year == year)
        assert abs(whole - 1) < 1e-9


def test_the_mockup_by_hand() -> None:
    lines = [
        *year_of(2025, 480000, 520000), line(2025, "Communes", PartyKind.COMMUNE, 150000),
        line(2025, "MSA", MSA, 100000), *year_of(2026, 620000, 500000, state=VOTED),
        line(2026, "MSA", MSA, None, VOTED),
    ]  # fmt: skip
    assert total(lines, PAID).cents == 1250000
    assert total(lines, VOTED).absent == ("MSA",)
    assert total_text(total(lines, VOTED)) == "11\u202f200\u202f€ (voté, connu), montant absent\u202f: MSA"
    assert best_state(lines) is PAID
    assert [share.year for share in shares_of(lines, CAF)] == [2025]


def test_reste_a_charge_is_the_cost_less_what_others_bring() -> None:
    lines = [*year_of(2025, 400000, 300000), line(2025, "MSA", MSA, 100000)]
    costs = [Cost(2025, RUNNING, PAID, 1000000), Cost(2025, RUNNING, PLANNED, 1)]
    found = remainder(costs, lines, PAID)
    assert (found.cost, found.rest, found.unfunded) == (1000000, 500000, 200000)
    assert "5\u202f000\u202f€" in remainder_text(found)
    unknown = remainder([Cost(2025, RUNNING, PAID, None)], lines, PAID)
    assert (unknown.cost, unknown.rest) == (None, None)
    assert "inconnu" in remainder_text(unknown)
    assert remainder([], lines, PAID).rest is None


def test_cost_per_place_needs_places() -> None:
    assert cost_per_place(410000, 12) == 410000 / 12
    assert cost_per_place(410000, None) is None
    assert cost_per_place(None, 12) is None
    assert cost_per_place(410000, 0) is None


def test_eviction_needs_two_falls_in_a_row_and_two_rises_of_the_caf() -> None:
    falling = [*year_of(2024, 38, 62), *year_of(2025, 49, 51), *year_of(2026, 55, 45)]
    (found,) = evictions(falling)
    assert (found.funder, found.years) == ("EPCI", (2024, 2025, 2026))
    assert eviction_text(found) == (
        "Part de la Caf\u202f: 38\u202f%, puis 49\u202f%, puis 55\u202f%\u202f; "
        "EPCI\u202f: 62\u202f%, puis 51\u202f%, puis 45\u202f%"
    )
    once = [*year_of(2024, 38, 62), *year_of(2025, 49, 51), *year_of(2026, 49, 51)]
    assert evictions(once) == ()
    hole = [*year_of(2024, 38, 62), *year_of(2025, 49, 51), *year_of(2027, 55, 45)]
    assert evictions(hole) == ()
    others = [*year_of(2024, 40, 50, 10), *year_of(2025, 40, 45, 15), *year_of(2026, 40, 40, 20)]
    assert evictions(others) == ()


def test_a_year_with_an_absence_tells_no_share() -> None:
    lines = [*year_of(2024, 38, 62), *year_of(2025, 49, 51), *year_of(2026, 55, 45)]
    partial = [*lines[:-1], line(2026, "EPCI", EPCI, None)]
    assert [share.year for share in shares_of(partial, CAF)] == [2024, 2025]
    assert evictions(partial) == ()
    planned = [*partial, *year_of(2026, 55, 45, state=PLANNED)]
    assert best_complete_state([item for item in planned if item.year == 2026]) is PLANNED
    assert len(evictions(planned)) == 1


def test_paid_above_voted_is_a_warning() -> None:
    lines = [line(2025, "EPCI", EPCI, 500000, VOTED), line(2025, "EPCI", EPCI, 520000, PAID)]
    (found,) = paid_above_voted(lines)
    assert paid_text(found) == "2025, EPCI\u202f: 5\u202f200\u202f€ payés pour 5\u202f000\u202f€ votés"
    assert paid_above_voted([lines[0]]) == ()

"""Masks attacked as a reader would: linear programming on every sum, with everything that is shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from app.domain.dictionary import load_indicators
from app.domain.indicator import ValueState
from app.domain.secrecy import guard, protection
from app.domain.secrecy_model import (
    Cell,
    Guarded,
    Key,
    Link,
    Profile,
    Reason,
    Rule,
    SecretTable,
    Use,
    profile,
    rule_of,
)

CAF = profile("caf", 5)
PARTNER = profile("partenaire", 5)


def cell(key: Key, number: float | None, state: ValueState | None = None) -> Cell:
    if state is None:
        state = ValueState.NO_DATA if number is None else ValueState.ZERO if number == 0 else ValueState.VALUE
    return Cell(key, number, state)


def table(numbers: dict[str, float | None], *links: Link) -> SecretTable:
    return SecretTable("t", tuple(cell(key, number) for key, number in numbers.items()), links)


def shown(guarded: Guarded) -> dict[Key, tuple[float | None, ValueState]]:
    return {found.key: (found.number, found.state) for t in guarded.tables for found in t.cells}


def attack(guarded: Guarded, links: tuple[Link, ...]) -> dict[Key, tuple[float, float]]:
    """Interval of every masked cell by linear programming: unknown cells are positive, sums hold."""
    cells = shown(guarded)
    keys = sorted({key for link in links for key, _ in link.terms}, key=repr)
    column = {key: rank for rank, key in enumerate(keys)}
    sums = np.zeros((len(links), len(keys)))
    for rank, link in enumerate(links):
        for key, weight in link.terms:
            sums[rank, column[key]] += weight
    bounds = [(number, number) if (number := cells[key][0]) is not None else (0, None) for key in keys]
    found = {}
    for key in keys:
        if cells[key][1] is ValueState.MASKED:
            goal = np.zeros(len(keys))
            goal[column[key]] = 1
            low = linprog(goal, A_eq=sums, b_eq=np.zeros(len(links)), bounds=bounds)
            high = linprog(-goal, A_eq=sums, b_eq=np.zeros(len(links)), bounds=bounds)
            least = float(low.fun or 0.0) if low.status == 0 else 0.0
            most = -float(high.fun or 0.0) if high.status == 0 else np.inf
            found[key] = (least, most)
    return found


def hidden(guarded: Guarded) -> dict[Key, Reason]:
    return {found.key: found.reason for found in guarded.masked}


def test_a_small_count_takes_another_one_with_it() -> None:
    sums = Link("T", ("a", "b", "c"))
    guarded = guard([table({"a": 3, "b": 20, "c": 60, "T": 83}, sums)], CAF)
    assert hidden(guarded) == {"a": Reason.SMALL, "b": Reason.COMPLEMENT}
    low, high = attack(guarded, (sums,))["a"]
    assert high - low >= 5


def test_two_small_counts_that_add_up_to_little_need_a_third() -> None:
    guarded = guard([table({"a": 1, "b": 2, "c": 60, "T": 63}, Link("T", ("a", "b", "c")))], CAF)
    assert set(hidden(guarded)) == {"a", "b", "c"}


def test_enough_small_counts_protect_themselves() -> None:
    guarded = guard([table({"a": 3, "b": 4, "c": 60, "T": 67}, Link("T", ("a", "b", "c")))], CAF)
    assert set(hidden(guarded)) == {"a", "b"}


def test_zero_stays_zero_and_absences_stay_what_they_are() -> None:
    cells = (
        cell("zero", 0),
        cell("np", None, ValueState.NOT_PUBLISHED),
        cell("nd", None),
        cell("s", None, ValueState.MASKED),
        cell("five", 5),
        cell("four", 4),
    )
    states = {key: state for key, (_, state) in shown(guard([SecretTable("t", cells)], CAF)).items()}
    assert states == {
        "zero": ValueState.ZERO,
        "np": ValueState.NOT_PUBLISHED,
        "nd": ValueState.NO_DATA,
        "s": ValueState.MASKED,
        "five": ValueState.VALUE,
        "four": ValueState.MASKED,
    }


def test_a_cell_masked_by_the_producer_is_not_given_back_by_a_sum() -> None:
    sums = Link("T", ("a", "b", "c"), slack=0.2)
    cells = (
        replace(cell("a", None, ValueState.MASKED), counted=False, protection=1.0),
        *(replace(cell(key, x), counted=False) for key, x in (("b", 8.4), ("c", 54.9), ("T", 70.0))),
    )
    guarded = guard([SecretTable("t", cells, (sums,))], CAF)
    assert hidden(guarded) == {"a": Reason.PRODUCER, "b": Reason.COMPLEMENT}


def test_the_total_is_masked_when_zeros_leave_no_other_choice() -> None:
    sums = Link("T", ("a", "b"))
    guarded = guard(
        [SecretTable("t", (cell("a", None, ValueState.MASKED), cell("b", 0), cell("T", 9)), (sums,))], CAF
    )
    assert hidden(guarded) == {"a": Reason.PRODUCER, "T": Reason.COMPLEMENT}


def test_the_level_above_protects_what_the_level_below_needs() -> None:
    epcis, communes = Link("D", ("E1", "E2", "E3")), Link("E1", ("c1", "c2"))
    numbers: dict[str, float | None] = {"c1": 3, "c2": 0, "E1": 3, "E2": 40, "E3": 50, "D": 93}
    guarded = guard([table(numbers, epcis, communes)], CAF)
    assert set(hidden(guarded)) == {"c1", "E1", "E2"}
    assert all(high - low >= 5 for low, high in attack(guarded, (epcis, communes)).values())


def test_a_sum_over_years_does_not_give_a_year_back() -> None:
    years = tuple(("x", "a", year) for year in (2021, 2022, 2023))
    total = ("x", "a", "3 ans")
    cells = [cell(key, number) for key, number in zip((*years, total), (3, 20, 30, 53), strict=True)]
    sums = Link(total, years)
    guarded = guard([SecretTable("t", tuple(cells), (sums,))], CAF)
    low, high = attack(guarded, (sums,))[years[0]]
    assert high - low >= 5


def test_the_same_territory_is_masked_again_rather_than_another() -> None:
    def year(at: int, a: float, b: float, c: float) -> SecretTable:
        keys = [("x", code, at) for code in "abcT"]
        cells = tuple(cell(key, number) for key, number in zip(keys, (a, b, c, a + b + c), strict=True))
        return SecretTable(str(at), cells, (Link(keys[3], tuple(keys[:3])),))

    guarded = guard([year(2022, 3, 30, 4), year(2023, 3, 40, 30)], CAF)
    assert {key[1] for key in hidden(guarded) if isinstance(key, tuple)} == {"a", "c"}


def test_a_rate_that_gives_its_count_away_is_masked_with_it() -> None:
    cells = (
        cell("n", 3),
        replace(cell("rate", 12.5), counted=False),
        replace(cell("rate2", 1), counted=False),
    )
    uses = (Use("rate2", ("rate",)), Use("rate", ("n",)))
    guarded = guard([SecretTable("t", cells, (), uses)], CAF)
    assert hidden(guarded) == {"n": Reason.SMALL, "rate": Reason.USES, "rate2": Reason.USES}


def test_a_partner_gets_no_caf_data_and_no_contact() -> None:
    cells = (cell("a", 30), replace(cell("caf", 40), caf_only=True), replace(cell("tel", 1), contact=True))
    links = (Link("caf", ("a",)),)
    inside = guard([SecretTable("t", cells, links)], profile("caf", 1))
    outside = guard([SecretTable("t", cells, links)], PARTNER)
    assert set(shown(inside)) == {"a", "caf", "tel"}
    assert set(shown(outside)) == {"a"}
    assert outside.tables[0].links == ()
    assert hidden(outside) == {"caf": Reason.CAF_ONLY, "tel": Reason.CONTACT}
    assert outside.hides("caf")
    with pytest.raises(KeyError):
        profile("autre", 5)


def test_tables_held_from_elsewhere_count() -> None:
    page = table({"a": 3, "b": 20})
    report = table({"T": 23}, Link("T", ("a", "b")))
    assert set(hidden(guard([page], CAF))) == {"a"}
    assert set(hidden(guard([page], CAF, around=[report]))) == {"a", "b"}


def test_guarding_twice_changes_nothing() -> None:
    first = guard([table({"a": 3, "b": 20, "c": 60, "T": 83}, Link("T", ("a", "b", "c")))], CAF)
    assert shown(guard(first.tables, CAF)) == shown(first)


def test_the_rule_comes_from_the_dictionary() -> None:
    indicators = load_indicators()
    assert rule_of(indicators["naissances"]) is Rule.FREE
    assert rule_of(indicators["couv_global"]) is Rule.PRODUCER
    assert rule_of(replace(indicators["naissances"], masking="")) is Rule.THRESHOLD


counts = st.one_of(st.just(0), st.integers(1, 6), st.integers(1, 200))
grids = st.lists(st.lists(counts, min_size=1, max_size=4), min_size=2, max_size=3)


def build(years: list[list[list[int]]], across: bool) -> SecretTable:
    """Communes, Epci and département for each year, with or without totals over years."""
    cells: list[Cell] = []
    links: list[Link] = []
    names: dict[tuple[str, int], float] = {}
    for year, epcis in enumerate(years):
        for e, communes in enumerate(epcis):
            parts = [(f"c{e}.{c}", year) for c in range(len(communes))]
            names.update(zip(parts, communes, strict=True))
            names[(f"e{e}", year)] = sum(communes)
            links.append(Link((f"e{e}", year), tuple(parts)))
        names[("d", year)] = sum(map(sum, epcis))
        links.append(Link(("d", year), tuple((f"e{e}", year) for e in range(len(epcis)))))
    if across:
        for code in {name for name, _ in names}:
            parts = [(code, year) for year in range(len(years)) if (code, year) in names]
            names[(code, -1)] = sum(names[part] for part in parts)
            links.append(Link((code, -1), tuple(parts)))
    cells = [cell(key, number) for key, number in names.items()]
    return SecretTable("t", tuple(cells), tuple(links))


def check(secret: SecretTable, reader: Profile) -> None:
    guarded = guard([secret], reader)
    before = {found.key: found.number for found in secret.cells}
    after = shown(guarded)
    reasons = hidden(guarded)
    for key, number in before.items():
        if number == 0:
            assert after[key] == (0, ValueState.ZERO)
        elif number is not None and number < reader.threshold:
            assert after[key] == (None, ValueState.MASKED)
        elif key not in reasons:
            assert after[key][0] == number
    for key, (low, high) in attack(guarded, secret.links).items():
        if reasons[key] is Reason.SMALL:
            assert high - low >= protection(reader), (key, low, high)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grid=grids)
def test_no_linear_programme_recovers_a_masked_cell_of_a_tree(grid: list[list[int]]) -> None:
    check(build([grid], across=False), CAF)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grid=grids, second=grids)
def test_no_linear_programme_recovers_a_masked_cell_of_crossing_sums(
    grid: list[list[int]], second: list[list[int]]
) -> None:
    check(build([grid, second], across=True), CAF)


def test_a_departement_of_many_communes_is_guarded_in_good_time() -> None:
    rng = np.random.default_rng(7)
    epcis = [[int(x) for x in rng.poisson(8, 40)] for _ in range(9)]
    guarded = guard([build([epcis], across=False)], CAF)
    masked = hidden(guarded)
    small = sum(0 < x < 5 for communes in epcis for x in communes)
    assert sum(reason is Reason.SMALL for reason in masked.values()) == small
    assert sum(reason is Reason.COMPLEMENT for reason in masked.values()) <= 9

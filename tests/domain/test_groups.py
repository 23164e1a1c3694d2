"""Positions, spreads and means that hide a territory."""

from __future__ import annotations

import datetime
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coverage_errors import BadGroup
from app.domain.dictionary import load_indicators
from app.domain.groups import Group, check_group, dispersion, misleading_mean, position
from app.domain.indicator import Series
from app.domain.territory import Level

# Cnaf, taux de couverture 2023 (txcouv_pe_epci_2023), Haute-Marne and the Epci of its borders
HAUTE_MARNE = {
    "200027308": 62.1, "200044253": 46.8, "200068559": 74.1, "200068658": 78.7, "200068666": 62.3,
    "200069664": 59.9, "200070332": 73.8, "200072999": 86.9, "245200597": 79.0,
}  # fmt: skip


def series(values: dict[str, float]) -> Series:
    numbers = np.array(list(values.values()), dtype=np.float64)
    states = np.where(np.isnan(numbers), 2, 0).astype(np.uint8)
    return Series(load_indicators()["couv_global"], Level.EPCI, 2023, tuple(values), numbers, states)


def test_the_unit_is_left_out_of_its_own_reference() -> None:
    # Joinville, 46.8, is the lowest of nine; the median of the eight others is (73.8 + 74.1) / 2
    found = position(series(HAUTE_MARNE), "200044253")
    assert (found.rank, found.count, found.others) == (9, 9, 8)
    assert found.median == pytest.approx(73.95)
    assert found.low == 59.9
    assert found.gap_to_median == pytest.approx(46.8 - 73.95)


def test_position_in_a_group_counts_the_absent() -> None:
    values = {**HAUTE_MARNE, "245200597": float("nan")}
    found = position(series(values), "200072999", ("200072999", "245200597", "200068658"))
    assert (found.rank, found.count, found.others, found.missing, found.median) == (1, 2, 1, 1, 78.7)


def test_alone_there_is_no_reference() -> None:
    found = position(series({"E": 12.0}), "E")
    assert (found.rank, found.count, found.median) == (1, 1, None)


@given(st.lists(st.floats(0, 200), min_size=2, max_size=30))
def test_quartiles_are_in_order_and_rank_is_within(numbers: list[float]) -> None:
    held = {str(i): number for i, number in enumerate(numbers)}
    found = position(series(held), "0")
    bounds = [found.low, found.first_quartile, found.median, found.third_quartile, found.high]
    known = [bound for bound in bounds if bound is not None]
    assert all(a <= b + 1e-9 for a, b in itertools.pairwise(known))
    assert found.rank is not None
    assert 1 <= found.rank <= found.count == len(numbers)


def test_spread() -> None:
    found = dispersion(series(HAUTE_MARNE).numbers)
    assert found is not None
    assert (found.count, found.low, found.high) == (9, 46.8, 86.9)
    assert found.ratio == pytest.approx(1.857, abs=1e-3)
    assert dispersion(np.array([np.nan])) is None


def test_a_mean_on_target_may_mislead() -> None:
    # Haute-Marne 70.2 is above France, 60.9; Joinville is 14.1 below it (Cnaf 2023)
    found = misleading_mean(
        series(HAUTE_MARNE), 70.2, 60.9, 10, {"200044253": 45.0, "200068658": 928.0}, small=50
    )
    assert found.misleads
    assert [(row.code, round(row.gap, 1), row.small) for row in found.below] == [("200044253", 14.1, True)]
    assert not misleading_mean(series(HAUTE_MARNE), 58.0, 60.9, 10).misleads  # the mean itself is below
    assert not misleading_mean(series(HAUTE_MARNE), 70.2, 60.9, 15).misleads


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"members": ("E", "E")}, "members"),
        ({"ends_on": datetime.date(2020, 1, 1)}, "ends_on"),
    ],
)
def test_a_group_without_sense_is_refused(changes: dict[str, object], field: str) -> None:
    from dataclasses import replace

    group = Group(
        "g", "Ruraux", Level.EPCI, ("E", "F"), "moins de 50 habitants par km²", datetime.date(2024, 1, 1)
    )
    assert check_group(group) == group
    with pytest.raises(BadGroup) as refused:
        check_group(replace(group, **changes))  # type: ignore[arg-type]
    assert refused.value.facts["field"] == field


def test_a_group_lives_between_its_dates() -> None:
    group = Group("g", "G", Level.EPCI, ("E", "F"), "", datetime.date(2024, 1, 1), datetime.date(2025, 1, 1))
    assert [group.lives(datetime.date(year, 6, 1)) for year in (2023, 2024, 2025)] == [False, True, False]

"""Derived indicators against hand-worked cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.derived import compute_series, spread_of, sum_groups
from app.domain.dictionary import load_indicators
from app.domain.indicator import Series, ValueState
from app.domain.territory import Level

INDICATORS = load_indicators()


def series(code: str, numbers: list[float | None], year: int = 2025, state: int = 2) -> Series:
    """A series over territories a, b, c…; None is an absence in the given state."""
    values = np.array([np.nan if n is None else n for n in numbers])
    states = np.array([state if n is None else int(n == 0) for n in numbers], dtype=np.uint8)
    codes = tuple("abcdefghij"[: len(numbers)])
    return Series(INDICATORS[code], Level.EPCI, year, codes, values, states, sources=("s",))


def test_three_cohorts_add_up_and_are_an_estimate() -> None:
    # Insee, births of Deux-Sèvres 2023 to 2025: 2,995 + 2,847 + 2,772 = 8,614.
    parts = [series("naissances", [n]) for n in (2995, 2847, 2772)]
    result = compute_series(INDICATORS["naissances_3_ans"], parts, 2025)
    assert result.numbers.tolist() == [8614]
    assert result.estimated
    assert result.sources == ("s",)


def test_coverage_without_school_is_the_sum_of_its_three_parts() -> None:
    # Cnaf 2023, Deux-Sèvres: 14.7 + 51.7 + 0.9 = 67.3, that is 70.6 without 3.3 of school.
    parts = [series(code, [n]) for code, n in (("couv_eaje", 14.7), ("couv_am", 51.7), ("couv_gad", 0.9))]
    result = compute_series(INDICATORS["couv_hors_prescol"], parts, 2023)
    assert result.numbers[0] == pytest.approx(67.3)
    assert not result.estimated


def test_a_ratio_is_recomputed_from_counts_and_never_averaged() -> None:
    births = series("naissances", [10, 300])
    people = series("population", [2000, 20000])
    result = compute_series(INDICATORS["natalite"], [births, people], 2025)
    assert result.numbers.tolist() == [5.0, 15.0]
    whole = compute_series(
        INDICATORS["natalite"],
        [sum_groups(births, ["x"], [["a", "b"]]), sum_groups(people, ["x"], [["a", "b"]])],
        2025,
    )
    assert whole.numbers[0] == pytest.approx(310 / 22000 * 1000)  # 14.1, not the mean 10


def test_zero_children_give_no_ratio_rather_than_zero_or_infinity() -> None:
    parts = [series("eaje", [1]), series("micro_creche", [0]), series("naissances_3_ans", [0])]
    result = compute_series(INDICATORS["eaje_pour_1000"], parts, 2025)
    assert result.states.tolist() == [ValueState.NO_DATA]
    assert np.isnan(result.numbers[0])


@pytest.mark.parametrize("state", [ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED])
def test_an_absent_part_makes_the_result_absent_in_the_same_state(state: ValueState) -> None:
    parts = [
        series("naissances", [5]),
        series("naissances", [None], state=int(state)),
        series("naissances", [0]),
    ]
    result = compute_series(INDICATORS["naissances_3_ans"], parts, 2025)
    assert result.states.tolist() == [state]
    assert np.isnan(result.numbers[0])


def test_a_sum_of_zeros_is_zero_and_not_an_absence() -> None:
    result = compute_series(INDICATORS["naissances_3_ans"], [series("naissances", [0])] * 3, 2025)
    assert result.states.tolist() == [ValueState.ZERO]


def test_a_group_with_one_missing_commune_has_no_sum() -> None:
    births = series("naissances", [1, 2, None])
    whole = sum_groups(births, ["x", "y", "z", "w"], [["a", "b"], ["a", "c"], ["a", "elsewhere"], []])
    assert whole.numbers[0] == 3
    assert whole.states.tolist()[1:] == [ValueState.NO_DATA] * 3


def test_rates_refuse_to_be_added() -> None:
    with pytest.raises(ValueError, match="never summed"):
        sum_groups(series("couv_global", [70.6, 70.2]), ["x"], [["a", "b"]])


def test_parts_about_other_territories_are_refused() -> None:
    with pytest.raises(ValueError, match="same territories"):
        compute_series(
            INDICATORS["natalite"], [series("naissances", [1]), series("population", [1, 2])], 2025
        )


def test_spread_leaves_absences_out_and_ties_share_a_rank() -> None:
    # Cnaf 2023, the eight Epci of Deux-Sèvres.
    values = [65.8, 74.2, 71.8, 71.2, 77.2, 69.8, 67.2, 67.2, None]
    spread = spread_of(series("couv_global", values), "g")
    assert spread is not None
    assert (spread.low, spread.high, spread.count, spread.rank) == (65.8, 77.2, 8, 6)
    assert spread.median == pytest.approx((69.8 + 71.2) / 2)
    assert spread_of(series("couv_global", [None])) is None


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=10))
def test_summing_twice_gives_the_same_as_summing_once(counts: list[int]) -> None:
    base = series("naissances", [float(count) for count in counts])
    half = len(counts) // 2
    groups = sum_groups(base, ["a", "b"], [base.codes[:half], base.codes[half:]])
    once = sum_groups(base, ["x"], [base.codes])
    twice = sum_groups(groups, ["x"], [["a", "b"]])
    assert once.numbers.tolist() == twice.numbers.tolist() == [sum(counts)]

"""Classes hold each value once, with the limits that are printed."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from maps.choropleth import Classes
from maps.classes import (
    METHODS,
    bound_labels,
    class_of,
    classify,
    default_count,
    default_method,
    natural_cuts,
    rounded,
)
from tests.maps.samples import indicator

DEUX_SEVRES = np.array([65.8, 67.2, 67.2, 69.8, 71.2, 71.8, 74.2, 77.2])
FIXED = (40.0, 60.9, 66.0, 70.6, 75.0, 110.0)


def test_fixed_bounds_count_the_territories_of_the_reference_map() -> None:
    classes = classify(DEUX_SEVRES, "fixed", 5, bounds=FIXED)
    assert classes.counts == (0, 1, 3, 3, 1)
    assert bound_labels(classes, 1) == (
        "moins de 60,9",
        "60,9 à 66",
        "66 à 70,6",
        "70,6 à 75",
        "75 et plus",
    )


def test_a_limit_belongs_to_the_class_above_it() -> None:
    classes = Classes("manual", (0.0, 10.0, 20.0), (0, 0))
    numbers = np.array([9.999, 10.0, 20.0, -5.0, 99.0, np.nan])
    assert class_of(numbers, classes).tolist() == [0, 1, 1, 0, 1, -1]


@pytest.mark.parametrize(
    ("method", "bounds", "counts"),
    [
        ("equal", (65.8, 69.6, 73.4, 77.2), (3, 3, 2)),
        ("quantiles", (65.8, 68.1, 71.6, 77.2), (3, 2, 3)),
        ("natural", (65.8, 69.8, 74.2, 77.2), (3, 3, 2)),
    ],
)
def test_three_classes_match_the_hand_worked_case(
    method: str, bounds: tuple[float, ...], counts: tuple[int, ...]
) -> None:
    classes = classify(DEUX_SEVRES, method, 3)
    assert classes.bounds == pytest.approx(bounds)
    assert classes.counts == counts


def test_q6_keeps_the_extreme_twentieths_apart() -> None:
    classes = classify(np.arange(1.0, 101.0), "q6", 6, decimals=3)
    assert classes.counts == (5, 23, 22, 22, 23, 5)


def test_few_distinct_values_give_few_classes() -> None:
    classes = classify(np.array([3.0, 3.0, 8.0, np.nan]), "natural", 5)
    assert classes.counts == (2, 1)
    assert bound_labels(classes, 0) == ("moins de 8", "8 et plus")


def test_a_single_value_gives_one_class_named_by_it() -> None:
    classes = classify(np.array([67.2, 67.2]), "quantiles", 4)
    assert classes.counts == (2,)
    assert bound_labels(classes, 1) == ("67,2",)


def test_no_value_gives_no_class() -> None:
    classes = classify(np.full(3, np.nan), "natural", 5)
    assert classes == Classes("natural", (), ())
    assert bound_labels(classes, 1) == ()
    assert class_of(np.full(3, np.nan), classes).tolist() == [-1, -1, -1]


@pytest.mark.parametrize("bounds", [(), (1.0,), (1.0, 1.0), (3.0, 2.0, 5.0)])
def test_bounds_that_do_not_increase_are_refused(bounds: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="bounds"):
        classify(DEUX_SEVRES, "manual", 3, bounds=bounds)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="method"):
        classify(DEUX_SEVRES, "magic", 3)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [3, 5])
def test_natural_breaks_are_those_of_mapclassify(seed: int, count: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mapclassify

        values = np.random.default_rng(seed).gamma(3.0, 20.0, 60)
        theirs = mapclassify.FisherJenks(values, count)
    ours = Classes("natural", (values.min(), *natural_cuts(np.sort(values), count), values.max()), ())
    assert _spread(values, class_of(values, ours)) <= _spread(values, theirs.yb) * (1 + 1e-9)
    assert np.bincount(class_of(values, ours)).tolist() == theirs.counts.tolist()


@pytest.mark.parametrize("method", ["quantiles", "equal"])
def test_other_methods_count_as_mapclassify(method: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mapclassify

        values = np.random.default_rng(5).normal(60.0, 9.0, 101)
        peer = {"quantiles": mapclassify.Quantiles, "equal": mapclassify.EqualInterval}[method](values, 5)
    ours = classify(values, method, 5, decimals=9)
    differences = np.abs(np.array(ours.counts) - peer.counts)
    assert differences.max() <= 1  # a value on a limit goes up here, down there


def test_natural_breaks_of_all_communes_of_france_are_quick_and_full() -> None:
    values = np.random.default_rng(1).gamma(2.0, 300.0, 35_000).round(1)
    classes = classify(values, "natural", 5)
    assert sum(classes.counts) == 35_000
    assert len(classes.counts) == 5


FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(FINITE, st.just(float("nan"))), max_size=40),
    st.sampled_from([m for m in METHODS if m not in ("fixed", "manual")]),
    st.integers(1, 7),
    st.integers(0, 2),
)
def test_each_finite_value_has_one_class_and_counts_add_up(
    values: list[float], method: str, count: int, decimals: int
) -> None:
    numbers = rounded(np.array(values, dtype=np.float64), decimals)
    classes = classify(numbers, method, count, decimals=decimals)
    found = class_of(numbers, classes)
    finite = np.isfinite(numbers)
    assert (found[~finite] == -1).all()
    assert (found[finite] >= 0).all()
    assert sum(classes.counts) == finite.sum()
    assert len(bound_labels(classes, decimals)) == len(classes.counts)
    assert np.all(np.diff(classes.bounds) >= 0)
    for rank, members in enumerate(classes.counts):
        low, high = classes.bounds[rank], classes.bounds[rank + 1]
        inside = numbers[found == rank]
        assert inside.size == members
        assert ((inside >= low) & (inside <= high)).all()


def test_rounding_follows_what_is_printed() -> None:
    assert rounded(np.array([67.16, 0.25, -1.25, np.nan]), 1).tolist()[:3] == [67.2, 0.3, -1.3]


def test_a_small_territory_gets_three_or_four_classes() -> None:
    assert [default_count(n) for n in (3, 8, 12, 300)] == [3, 4, 5, 5]
    assert default_method(indicator(breaks=FIXED), 8) == "fixed"
    assert default_method(indicator(), 8) == "natural"
    assert default_method(indicator(), 300) == "quantiles"


def _spread(values: NDArray[np.float64], groups: NDArray[np.integer]) -> float:
    return float(sum(((values[groups == g] - values[groups == g].mean()) ** 2).sum() for g in set(groups)))

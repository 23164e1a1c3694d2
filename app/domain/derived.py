"""Indicators that the application computes itself: functions on aligned series, recomputed from counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.indicator import Kind, Series, Value, ValueState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.indicator import Indicator

PER_THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class Formula:
    """How a derived indicator is computed.

    offsets: for each input series, the years to read relative to the year asked (three cohorts: 0, -1, -2).
    compute: arrays of shape (n,), one for each input and offset in that order, to one array of shape (n,).
    template: French sentence; {0}, {1}… are the numbers read and {r} the result, written in French.
    floating_year: inputs read at their latest year not after the year asked, because they are not yearly.
    """

    offsets: tuple[int, ...]
    compute: Callable[[Sequence[NDArray[np.float64]]], NDArray[np.float64]]
    template: str
    estimated: bool = False
    floating_year: frozenset[str] = frozenset()


def ratio_of_counts(
    numerator: NDArray[np.float64], denominator: NDArray[np.float64], base: float = 1.0
) -> NDArray[np.float64]:
    """numerator / denominator x base, shape (n,); NaN where the denominator is not above zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: NDArray[np.float64] = np.where(denominator > 0, numerator / denominator * base, np.nan)
    return ratio


def _sum(arrays: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.asarray(np.vstack(arrays).sum(axis=0), dtype=np.float64)


def _per_thousand(arrays: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return ratio_of_counts(_sum(arrays[:-1]), arrays[-1], PER_THOUSAND)


def _density(arrays: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    return ratio_of_counts(arrays[0], arrays[1])


FORMULAS: dict[str, Formula] = {
    "sum_of_parts": Formula((0,), _sum, "{0} + {1} + {2} = {r}"),
    "three_cohorts": Formula((0, -1, -2), _sum, "{0} + {1} + {2} = {r}", estimated=True),
    "births_per_1000": Formula(
        (0,), _per_thousand, "{0} ÷ {1} × 1 000 = {r}", floating_year=frozenset({"population"})
    ),
    "eaje_per_1000": Formula((0,), _per_thousand, "({0} + {1}) ÷ {2} × 1 000 = {r}", estimated=True),
    "inhabitants_per_km2": Formula(
        (0,), _density, "{0} ÷ {1} = {r}", floating_year=frozenset({"population", "superficie"})
    ),
}
"""Keys are the values of the column `formula` of resources/indicators.csv."""


def combine_states(states: Sequence[NDArray[np.uint8]], numbers: NDArray[np.float64]) -> NDArray[np.uint8]:
    """State of a computed number from the states of what it rests on, shape (n,).

    One absence is enough to make the result absent, with the strongest of them (masked, then not
    published, then no data): a missing part is never counted as zero.
    """
    worst = np.max(np.vstack(states), axis=0)
    absent = worst >= ValueState.NO_DATA
    known = np.where(numbers == 0, ValueState.ZERO, ValueState.VALUE)
    computed = np.where(np.isnan(numbers), ValueState.NO_DATA, known)
    return np.where(absent, worst, computed).astype(np.uint8)


def compute_series(indicator: Indicator, parts: Sequence[Series], year: int) -> Series:
    """Compute a derived series from its parts (aligned on the same codes); see FORMULAS.

    Raises ValueError if the parts are not about the same territories.
    """
    first = parts[0]
    if any(part.codes != first.codes for part in parts):
        raise ValueError("the parts of a derived series are not about the same territories")
    formula = FORMULAS[indicator.formula]
    numbers = formula.compute([part.numbers for part in parts])
    states = combine_states([part.states for part in parts], numbers)
    return Series(
        indicator=indicator,
        level=first.level,
        year=year,
        codes=first.codes,
        numbers=np.where(states >= ValueState.NO_DATA, np.nan, numbers),
        states=states,
        estimated=formula.estimated or any(part.estimated for part in parts),
        fictitious=any(part.fictitious for part in parts),
        millesime=first.millesime,
        sources=tuple(dict.fromkeys(source for part in parts for source in part.sources)),
    )


def sum_groups(series: Series, codes: Sequence[str], groups: Sequence[Sequence[str]]) -> Series:
    """Sum a stock over groups of its territories: groups[i] holds the members of codes[i].

    A group with one absent member, or without member, is absent. Raises ValueError for a ratio, which is
    never added nor averaged.
    """
    if series.indicator.kind is not Kind.STOCK:
        raise ValueError("a ratio is recomputed from counts, never summed")
    rank = {code: i for i, code in enumerate(series.codes)}
    numbers = np.full(len(codes), np.nan)
    states = np.full(len(codes), int(ValueState.NO_DATA), dtype=np.uint8)
    for i, members in enumerate(groups):
        found = [rank[code] for code in members if code in rank]
        if not members or len(found) < len(members):
            continue
        worst = int(series.states[found].max())
        if worst >= ValueState.NO_DATA:
            states[i] = worst
            continue
        numbers[i] = series.numbers[found].sum()
        states[i] = ValueState.ZERO if numbers[i] == 0 else ValueState.VALUE
    return Series(
        indicator=series.indicator,
        level=series.level,
        year=series.year,
        codes=tuple(codes),
        numbers=numbers,
        states=states,
        estimated=series.estimated,
        fictitious=series.fictitious,
        millesime=series.millesime,
        sources=series.sources,
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """Position of one territory among the others: a mean is never shown alone."""

    low: float
    median: float
    high: float
    count: int
    rank: int | None
    """1 for the highest value; equal values share a rank; None when the territory has no value."""


def spread_of(series: Series, code: str | None = None) -> Spread | None:
    """Lowest, median and highest known values of a series, and the rank of one territory; None if empty."""
    known = series.numbers[~np.isnan(series.numbers)]
    if not known.size:
        return None
    rank = None
    if code in series.codes:
        own = series.numbers[series.codes.index(code)]
        rank = None if np.isnan(own) else int((known > own).sum()) + 1
    return Spread(float(known.min()), float(np.median(known)), float(known.max()), int(known.size), rank)


def control_sum(parts: Sequence[Value], total: Value) -> float | None:
    """Difference total - sum of the parts, None unless every number is known."""
    if total.number is None or any(part.number is None for part in parts):
        return None
    return total.number - sum(part.number for part in parts if part.number is not None)

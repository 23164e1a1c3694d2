"""Evolution of an indicator between two years, on one geography, with breaks made for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.indicator import Kind, Series, ValueState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.indicator import Indicator

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Steps a reader can divide by."""
SMALLEST = 1e-6
"""Under it a difference is noise."""


@dataclass(frozen=True)
class Evolution:
    """Two years on the same territories. difference: later - earlier, in the unit of the indicator.

    relative: 100 x difference / earlier, only for stocks (a rate already is a share: its difference is in
    points). converted: codes whose earlier or later value was carried from another geography and estimated.
    breaks: symmetric about zero, for a diverging scale.
    """

    earlier: Series
    later: Series
    difference: Series
    relative: Series | None
    millesime: int | None
    converted: tuple[str, ...] = ()
    breaks: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()


def evolve(
    earlier: Series, later: Series, converted: Sequence[str] = (), notes: Sequence[str] = ()
) -> Evolution:
    """Compare two series of the same indicator on the same codes. Raises ValueError otherwise.

    A territory absent from one of the years is absent from the difference, with the stronger of its two
    absences: masked stays masked.
    """
    if earlier.codes != later.codes or earlier.indicator.code != later.indicator.code:
        raise ValueError("an evolution compares one indicator on the same territories")
    difference = _difference(earlier, later)
    relative = _relative(earlier, later) if later.indicator.kind is Kind.STOCK else None
    return Evolution(
        earlier, later, difference, relative, later.millesime, tuple(converted),
        symmetric_breaks(difference), tuple(notes),
    )  # fmt: skip


def _difference(earlier: Series, later: Series) -> Series:
    numbers = later.numbers - earlier.numbers
    return _series(earlier, later, numbers, _named(later.indicator, earlier.year, later.year))


def _relative(earlier: Series, later: Series) -> Series:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(earlier.numbers > 0, (later.numbers / earlier.numbers - 1) * 100, np.nan)
    indicator = _named(later.indicator, earlier.year, later.year)
    shown = replace(indicator, unit="%", decimals=1, kind=Kind.RATIO)
    return _series(earlier, later, share, shown)


def _series(earlier: Series, later: Series, numbers: NDArray[np.float64], indicator: Indicator) -> Series:
    worst = np.maximum(earlier.states, later.states)
    known = np.where(numbers == 0, int(ValueState.ZERO), int(ValueState.VALUE))
    known = np.where(np.isnan(numbers), int(ValueState.NO_DATA), known)
    states = np.where(worst >= ValueState.NO_DATA, worst, known).astype(np.uint8)
    return replace(
        later,
        indicator=indicator,
        numbers=np.where(states >= ValueState.NO_DATA, np.nan, numbers),
        states=states,
        estimated=earlier.estimated or later.estimated,
        fictitious=earlier.fictitious or later.fictitious,
        sources=tuple(dict.fromkeys((*earlier.sources, *later.sources))),
    )


def _named(indicator: Indicator, first: int, last: int) -> Indicator:
    """The same indicator as a difference, drawn as areas."""
    points = indicator.kind is Kind.RATIO
    return replace(
        indicator,
        label=f"{indicator.label}, évolution de {first} à {last}",
        short_label=f"Évolution {first}-{last}",
        unit=f"{indicator.unit}, écart" if points else indicator.unit,
        kind=Kind.RATIO,
        breaks=(),
    )


def symmetric_breaks(series: Series, classes: int = 6) -> tuple[float, ...]:
    """Limits symmetric about zero that hold every known difference, on a round step; empty if none is.

    classes: even number of classes, half on each side of zero.
    """
    known = series.numbers[~np.isnan(series.numbers)]
    if not known.size:
        return ()
    return _symmetric(float(np.abs(known).max()), classes // 2)


def _symmetric(highest: float, side: int) -> tuple[float, ...]:
    step = _nice(highest / side) if highest > SMALLEST else 1.0
    return tuple(round(step * rank, 10) for rank in range(-side, side + 1))


def _nice(step: float) -> float:
    power = 10.0 ** np.floor(np.log10(step))
    return float(next(nice * power for nice in NICE if nice * power >= step * (1 - 1e-9)))


def common_breaks(series: Sequence[Series], classes: int = 5) -> tuple[float, ...]:
    """One set of limits for several maps of one indicator: its own breaks, else equal round steps.

    Empty if nothing is known at all.
    """
    own = next((one.indicator.breaks for one in series if len(one.indicator.breaks) > 1), ())
    if own:
        return own
    known = np.concatenate([one.numbers[~np.isnan(one.numbers)] for one in series] or [np.empty(0)])
    if not known.size:
        return ()
    low, high = float(known.min()), float(known.max())
    step = _nice((high - low) / classes) if high - low > SMALLEST else 1.0
    first = float(np.floor(low / step))
    count = max(int(np.ceil(high / step - first)), 1)
    return tuple(round(step * (first + rank), 10) for rank in range(count + 1))

"""Differences between two years: in points for a rate, in number for a stock; an absence stays an absence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.domain.indicator import Direction, Kind, Series, ValueState
from maps.build import aligned


def difference(before: Series, after: Series) -> Series:
    """Return after minus before, on the territories of `after`, in points for a rate.

    A territory absent in one of the two years has the state it has there (that of `after` first); a
    difference of nothing is a zero. Raises ValueError if the two series are not one indicator at one level.
    """
    if before.indicator.code != after.indicator.code or before.level is not after.level:
        raise ValueError("not two years of one indicator at one level")
    decimals = after.indicator.decimals
    old, old_states = aligned(before, after.codes)
    # Of values as printed: the reader who subtracts them finds what the map says.
    numbers = np.round(np.round(after.numbers, decimals) - np.round(old, decimals), decimals) + 0.0
    states = np.where(after.states > ValueState.ZERO, after.states, old_states)
    known = (after.states <= ValueState.ZERO) & (old_states <= ValueState.ZERO)
    states = np.where(known, np.where(numbers == 0, ValueState.ZERO, ValueState.VALUE), states)
    indicator = replace(
        after.indicator,
        code=f"evolution_{after.indicator.code}",
        unit=_unit(after),
        direction=Direction.NONE,
        breaks=(),
    )
    return replace(
        after,
        indicator=indicator,
        numbers=np.where(known, numbers, np.nan),
        states=states.astype(np.uint8),
        estimated=before.estimated or after.estimated,
        fictitious=before.fictitious or after.fictitious,
        sources=tuple(dict.fromkeys((*after.sources, *before.sources))),
    )


def _unit(series: Series) -> str:
    unit = series.indicator.unit
    if series.indicator.kind is Kind.STOCK:
        return f"écart en nombre ({unit})" if unit else "écart en nombre"
    return f"écart en points ({unit})" if unit else "écart en points"

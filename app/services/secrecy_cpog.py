"""A CPOG as it may leave the base: a value corrected to « s » hides its terms and its former versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.french import MASKED
from app.domain.indicator import ValueState
from app.domain.trajectory import current

if TYPE_CHECKING:
    from app.domain.cpog import Contract
    from app.domain.cpog_points import Actual, Period
    from app.services.cpog_forms import DifferenceRow

Point = tuple[str, "Period"]
"""Indicator and period."""


def masked_points(contract: Contract) -> frozenset[Point]:
    """Points whose latest version is masked."""
    points = {(value.indicator_uuid, value.period) for value in contract.values}
    return frozenset(
        (uuid, period)
        for uuid, period in points
        if (kept := current(contract.values_of[uuid], period)) and kept.state is ValueState.MASKED
    )


def leaving(contract: Contract, hidden: frozenset[Point]) -> Contract:
    """Return a contract, of now or as it was closed, without any number of the points hidden now."""
    if not hidden:
        return contract
    values = tuple(_masked(v) if (v.indicator_uuid, v.period) in hidden else v for v in contract.values)
    return replace(contract, values=values)


def leaving_changes(
    rows: Iterable[DifferenceRow], hidden: frozenset[Point], year: int
) -> tuple[DifferenceRow, ...]:
    """What changed since a year was closed, without what was there before it was masked."""
    uuids = {uuid for uuid, period in hidden if period.year == year}
    return tuple(replace(row, before=MASKED) if row.indicator_uuid in uuids else row for row in rows)


def _masked(value: Actual) -> Actual:
    return replace(
        value, number=None, state=ValueState.MASKED, numerator=None, denominator=None, precision=""
    )

"""Where an indicator stands: the target in force, the tunnel, the state of a value and its gap."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.cpog import Contract, CpogIndicator
from app.domain.cpog_codes import Sense, SeriesKind
from app.domain.cpog_points import Actual, Period, Target


class IndicatorState(StrEnum):
    """What one look at an indicator says; FOLLOW is never red nor green."""

    FOLLOW = "suivi"
    MET = "atteinte"
    MISSED = "non_atteinte"
    TUNNEL = "tunnel"
    BELOW = "sortie_basse"
    ABOVE = "sortie_haute"
    NO_TARGET = "sans_cible"
    UNAVAILABLE = "indisponible"
    MISSING = "a_saisir"
    UPCOMING = "a_venir"


JUDGED = frozenset({IndicatorState.MET, IndicatorState.MISSED, IndicatorState.TUNNEL,
                    IndicatorState.BELOW, IndicatorState.ABOVE})  # fmt: skip
"""States that compare a value with a target."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator at one period.

    difference: value minus target in force, in the unit of the indicator (points for a %), None without both.
    adverse: True if the value is on the wrong side of its target, or out of its tunnel on that side.
    """

    period: Period
    state: IndicatorState
    actual: Actual | None = None
    target: Target | None = None
    low: Target | None = None
    high: Target | None = None
    difference: float | None = None
    adverse: bool = False


def point(targets: Iterable[Target], series: SeriesKind, period: Period) -> Target | None:
    """Return the latest version of one series at one period."""
    found = [t for t in targets if t.series is series and t.period == period]
    return max(found, key=lambda t: (t.version, t.entered_at), default=None)


def target_in_force(targets: Sequence[Target], period: Period) -> Target | None:
    """Return the revised target of that period, else the initial one."""
    return point(targets, SeriesKind.REVISED, period) or point(targets, SeriesKind.INITIAL, period)


def current(values: Iterable[Actual], period: Period) -> Actual | None:
    """Return the latest version of the value of one period."""
    found = [v for v in values if v.period == period]
    return max(found, key=lambda v: v.version, default=None)


def latest(values: Sequence[Actual], until: int | None = None) -> Actual | None:
    """Return the current value of the last period that has one, up to the end of a year."""
    kept = [v for v in values if until is None or v.year <= until]
    return max(kept, key=lambda v: (v.period.rank, v.version), default=None)


def standing(contract: Contract, indicator: CpogIndicator, period: Period, on: datetime.date) -> Standing:
    """Say where an indicator stands at a period, seen from a date.

    A parent of sub-series has no value of its own, and a year out of the contract no target: NO_TARGET.
    """
    targets = contract.targets_of.get(indicator.uuid, ())
    actual = current(contract.values_of.get(indicator.uuid, ()), period)
    target = target_in_force(targets, period)
    low, high = point(targets, SeriesKind.LOW, period), point(targets, SeriesKind.HIGH, period)
    parts = Standing(period, IndicatorState.FOLLOW, actual, target, low, high, _difference(actual, target))
    out = actual is None and target is None and period.year not in contract.cpog.years
    return _judged(indicator, parts, on, never=out or indicator.uuid in contract.parents())


def _difference(actual: Actual | None, target: Target | None) -> float | None:
    if actual is None or target is None or actual.number is None or target.number is None:
        return None
    return actual.number - target.number


def _judged(indicator: CpogIndicator, parts: Standing, on: datetime.date, *, never: bool) -> Standing:
    if indicator.is_follow:
        return parts
    state = IndicatorState.NO_TARGET if never else _without_value(indicator, parts, on)
    if state is not None:
        return _with(parts, state, adverse=False)
    value = parts.actual.number if parts.actual is not None else None
    assert value is not None
    tunnel = _tunnel_state(value, parts)
    if tunnel is not None:
        return _with(parts, tunnel, adverse=_is_adverse(indicator, tunnel))
    if parts.difference is None:
        return _with(parts, IndicatorState.NO_TARGET, adverse=False)
    met = is_met(indicator, value, parts.difference)
    return _with(parts, IndicatorState.MET if met else IndicatorState.MISSED, adverse=not met)


def _without_value(indicator: CpogIndicator, parts: Standing, on: datetime.date) -> IndicatorState | None:
    if parts.actual is not None:
        return None if parts.actual.state.is_known else IndicatorState.UNAVAILABLE
    starts_later = indicator.start_year is not None and parts.period.year < indicator.start_year
    if starts_later or parts.period.end >= on:
        return IndicatorState.UPCOMING
    return IndicatorState.MISSING


def _tunnel_state(value: float, parts: Standing) -> IndicatorState | None:
    low = parts.low.number if parts.low else None
    high = parts.high.number if parts.high else None
    if low is None and high is None:
        return None
    if low is not None and value < low:
        return IndicatorState.BELOW
    if high is not None and value > high:
        return IndicatorState.ABOVE
    return IndicatorState.TUNNEL


def _is_adverse(indicator: CpogIndicator, state: IndicatorState) -> bool:
    wrong = {Sense.UP: {IndicatorState.BELOW}, Sense.DOWN: {IndicatorState.ABOVE}}
    both = {IndicatorState.BELOW, IndicatorState.ABOVE}
    return state in wrong.get(indicator.direction, both)


def _with(parts: Standing, state: IndicatorState, *, adverse: bool) -> Standing:
    return Standing(parts.period, state, parts.actual, parts.target, parts.low, parts.high,
                    parts.difference, adverse)  # fmt: skip


def is_met(indicator: CpogIndicator, value: float, difference: float) -> bool:
    """Tell whether a value satisfies its target, by the direction of the indicator.

    CONVERGE, NONE and UNKNOWN accept the tolerance of the indicator on both sides of the target, 0 by
    default; for CONVERGE, the value to come to is converge_to when it is given.
    """
    tolerance = indicator.tolerance or 0.0
    if indicator.direction is Sense.UP:
        return difference >= -tolerance
    if indicator.direction is Sense.DOWN:
        return difference <= tolerance
    if indicator.direction is Sense.CONVERGE and indicator.converge_to is not None:
        aim = indicator.converge_to
        return abs(value - aim) <= max(abs(value - difference - aim), tolerance)
    return abs(difference) <= tolerance

"""Comparison groups, position in a group, spread beside a mean, means that mislead."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.domain.coverage_errors import BadGroup
from app.domain.territory import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.indicator import Series


@dataclass(frozen=True, slots=True)
class Group:
    """Territories that the user finds comparable, since a date, on criteria said in words."""

    code: str
    name: str
    level: Level
    members: tuple[str, ...]
    criteria: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    note: str = ""

    def lives(self, on: datetime.date) -> bool:
        """True if the group is in use on that day."""
        after = self.starts_on is None or self.starts_on <= on
        return after and (self.ends_on is None or on < self.ends_on)


def check_group(group: Group) -> Group:
    """Return the group if it can be used. Raises BadGroup (field, value, reason)."""
    if not group.name.strip():
        raise BadGroup(field="name", value=group.name, reason="empty")
    if len(set(group.members)) < 2:
        raise BadGroup(field="members", value=", ".join(group.members), reason="too_few")
    if group.starts_on and group.ends_on and group.ends_on <= group.starts_on:
        raise BadGroup(field="ends_on", value=group.ends_on.isoformat(), reason="order")
    return group


@dataclass(frozen=True, slots=True)
class Position:
    """Where one territory stands among others.

    rank: 1 for the highest, equal values share it; count: territories with a value, itself included. The
    reference (low, quartiles, median, high) leaves the territory out; others: how many it rests on, missing:
    members without value. All None when no other has a value.
    """

    code: str
    number: float | None
    rank: int | None
    count: int
    others: int
    missing: int
    low: float | None
    first_quartile: float | None
    median: float | None
    third_quartile: float | None
    high: float | None

    @property
    def gap_to_median(self) -> float | None:
        """Value minus the median of the others."""
        if self.number is None or self.median is None:
            return None
        return self.number - self.median


def position(series: Series, code: str, members: tuple[str, ...] | None = None) -> Position:
    """Place a territory among members (all of the series by default); absences are left out and counted.

    Quartiles are linear interpolations, as numpy's default. Raises KeyError if the series lacks the code.
    """
    numbers = dict(zip(series.codes, series.numbers.tolist(), strict=True))
    own = None if np.isnan(numbers[code]) else float(numbers[code])
    wanted = [member for member in (members or series.codes) if member != code]
    held = np.array([numbers[m] for m in wanted if m in numbers and not np.isnan(numbers[m])])
    rank = None if own is None else int((held > own).sum()) + 1
    quartiles: list[float | None] = [None] * 5
    if held.size:
        quartiles = [float(q) for q in np.quantile(held, (0, 0.25, 0.5, 0.75, 1))]
    return Position(
        code, own, rank, int(held.size) + (own is not None), int(held.size), len(wanted) - int(held.size),
        *quartiles,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dispersion:
    """What must stand beside a mean: extremes, quartiles, number of territories."""

    count: int
    low: float
    first_quartile: float
    median: float
    third_quartile: float
    high: float
    standard_deviation: float

    @property
    def ratio(self) -> float | None:
        """Highest over lowest, None if the lowest is not above zero."""
        return self.high / self.low if self.low > 0 else None


def dispersion(numbers: NDArray[np.float64]) -> Dispersion | None:
    """Spread of the known numbers (NaN left out), None if there is none."""
    known = numbers[~np.isnan(numbers)]
    if not known.size:
        return None
    low, first, median, third, high = (float(q) for q in np.quantile(known, (0, 0.25, 0.5, 0.75, 1)))
    return Dispersion(int(known.size), low, first, median, third, high, float(known.std()))


@dataclass(frozen=True, slots=True)
class FarBelow:
    """A territory far below the target; gap: target - number, above zero; small: few children, unstable."""

    code: str
    number: float
    gap: float
    small: bool = False


@dataclass(frozen=True, slots=True)
class MisleadingMean:
    """The whole is on target while some territories are far below: the mean hides them."""

    overall: float
    target: float
    threshold: float
    below: tuple[FarBelow, ...]

    @property
    def misleads(self) -> bool:
        """True if the mean is on target and one territory at least is far below."""
        return self.overall >= self.target and bool(self.below)


def misleading_mean(
    series: Series,
    overall: float,
    target: float,
    threshold: float,
    children: Mapping[str, float] | None = None,
    small: float = 0.0,
) -> MisleadingMean:
    """Look for territories at least `threshold` below the target, furthest first.

    overall: the official value of the whole, never a mean of the series. threshold: in the same unit.
    children: denominators by territory; under `small` the territory is flagged, not left out.
    """
    denominators = children or {}
    below = [
        FarBelow(code, float(number), target - float(number), denominators.get(code, np.inf) < small)
        for code, number in zip(series.codes, series.numbers, strict=True)
        if not np.isnan(number) and target - number >= threshold
    ]
    return MisleadingMean(overall, target, threshold, tuple(sorted(below, key=lambda item: -item.gap)))

"""What a trajectory is made of: series of points, gaps, a date, and the scale that places them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.french import number

TUNNEL = ("bas", "haut")
"""Series drawn together as one band."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """One point: at is the end of its period in years (2025.0 is the end of 2025, 2024.25 that of T1 2025).

    column: rank of its period in the card. number is None for an absence, that text names. draft: the target
    is a hypothesis that nobody notified.
    """

    at: float
    column: int
    number: float | None
    text: str
    draft: bool = False
    estimated: bool = False
    quarterly: bool = False


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """One series, its points in order of time."""

    kind: str
    label: str
    points: tuple[PlotPoint, ...]

    @property
    def known(self) -> tuple[PlotPoint, ...]:
        """The points that have a number."""
        return tuple(point for point in self.points if point.number is not None)

    def at_year(self, year: int) -> PlotPoint | None:
        """The point of a whole year."""
        return next((p for p in self.points if p.at == year and not p.quarterly), None)


@dataclass(frozen=True, slots=True)
class PlotGap:
    """The distance between a value and its target; text in its unit, « −15 points »."""

    at: float
    value: float
    target: float
    text: str
    adverse: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """A whole trajectory; before the first quarter comes the end of the year before.

    reference: the value before the contract, if it has one.
    first and last: years of the contract; years outside are written in grey. neutral: a suivi, never red.
    """

    name: str
    series: tuple[PlotSeries, ...]
    first: int
    last: int
    today: float | None = None
    gaps: tuple[PlotGap, ...] = ()
    suffix: str = ""
    neutral: bool = False
    reference: PlotPoint | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """Every year drawn, those of the contract and those that hold a point."""
        held = [edge(p.at) for s in self.series for p in s.points for edge in (math.floor, math.ceil)]
        held += [math.ceil(self.reference.at)] if self.reference else []
        return tuple(range(min([self.first, *held]), max([self.last, *held]) + 1))

    def of(self, kind: str) -> PlotSeries | None:
        """One series, None if it has no point."""
        return next((series for series in self.series if series.kind == kind), None)

    def gap_of(self, year: int) -> PlotGap | None:
        """The gap of a year, else the last one that is adverse."""
        own = next((gap for gap in self.gaps if gap.at == year and gap.value != gap.target), None)
        return own or next((gap for gap in reversed(self.gaps) if gap.adverse), None)

    def said(self, year: int) -> str:
        """What a screen reader says of a year."""
        parts = []
        for series in self.series:
            point = series.at_year(year)
            if point is not None:
                parts.append(f"{series.label.lower()} {point.text}")
        gap = next((gap for gap in self.gaps if gap.at == year), None)
        parts += [f"écart {gap.text}"] if gap is not None and gap.text else []
        return f"{year}\u202f: {', '.join(parts) if parts else 'rien d’écrit'}"


@dataclass(frozen=True, slots=True)
class Scale:
    """From years and numbers to pixels."""

    left: float
    right: float
    top: float
    bottom: float
    years: tuple[int, ...]
    ticks: tuple[float, ...]

    def x(self, at: float) -> float:
        """Abscissa of a date in years."""
        first, last = self.years[0], self.years[-1]
        share = (at - first) / (last - first) if last > first else 0.5
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Ordinate of a number."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    def year_at(self, x: float) -> int:
        """The year whose column holds an abscissa."""
        return min(self.years, key=lambda year: abs(self.x(year) - x))

    @property
    def half(self) -> float:
        """Half the width of a column."""
        gaps = max(len(self.years) - 1, 1)
        return (self.right - self.left) / gaps / 2


def ticks(numbers: Iterable[float], suffix: str = "") -> tuple[float, ...]:
    """Return round marks around numbers: from zero when they are near it, up to 100 for a percentage."""
    held = list(numbers)
    if not held:
        return (0.0, 1.0)
    low, high = min(held), max(held)
    if low >= 0 and low <= high * 0.6:
        low = 0.0
    if high == low:
        low, high = (min(low, 0.0), high) if high else (0.0, 1.0)
    step = _step((high - low) / (MOST_TICKS - 1))
    first, last = math.floor(low / step), math.ceil(high / step)
    found = [round(place * step, 9) for place in range(first, last + 1)]
    if "%" in suffix and high <= 100:
        found = [tick for tick in found if tick <= 100]
    return tuple(found) if len(found) > 1 else (found[0] - step, found[0])


def _step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in STEPS if step * size >= rough - 1e-12)


def tick_texts(found: Sequence[float], suffix: str) -> list[str]:
    """Texts of the marks, the unit on the highest alone."""
    decimals = 0
    while decimals < 4 and any(abs(tick - round(tick, decimals)) > 1e-9 for tick in found):
        decimals += 1
    texts = [number(tick, decimals) for tick in found]
    texts[-1] += suffix
    return texts

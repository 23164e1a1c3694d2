"""Register of revisions: a waterfall from the initial target to the revised one, that must add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.cpog_codes import MovementNature
from app.domain.cpog_points import Movement

TOLERANCE = 1.0
"""Residue accepted by default, in the unit of the indicator: printed amounts are rounded."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One motive of one year; start and end are the heights between which it is drawn."""

    motive: str
    nature: MovementNature
    amount: float
    start: float
    end: float
    counted: bool
    revision_uuid: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """One year: initial + counted motives + residue = revised.

    residue: what no motive explains (0 is not rounded); balanced: it is within the tolerance. bars that are
    not counted (neutral that year) are listed and add nothing.
    """

    year: int
    initial: float
    revised: float
    gap: float
    explained: float
    residue: float
    balanced: bool
    bars: tuple[Bar, ...]


def waterfall(
    year: int, initial: float, revised: float, movements: Iterable[Movement], tolerance: float = TOLERANCE
) -> Waterfall:
    """Build the waterfall of one year from the movements of that year, in their order."""
    bars = []
    height = initial
    for movement in sorted((m for m in movements if m.year == year), key=lambda m: m.position):
        top = height + movement.amount if movement.counted else height
        bars.append(
            Bar(movement.motive, movement.nature, movement.amount, height, top, movement.counted,
                movement.revision_uuid)
        )  # fmt: skip
        height = top
    gap = revised - initial
    residue = _clean(revised - height)
    return Waterfall(year, initial, revised, gap, _clean(height - initial), residue,
                     abs(residue) <= tolerance, tuple(bars))  # fmt: skip


def _clean(x: float) -> float:
    """Leave out what binary fractions add."""
    return round(x, 9) + 0.0


def ledger(
    initial: Mapping[int, float],
    revised: Mapping[int, float],
    movements: Iterable[Movement],
    tolerance: float = TOLERANCE,
) -> tuple[Waterfall, ...]:
    """Waterfalls of the years that have an initial target; a year not revised keeps its initial one."""
    kept = tuple(movements)
    return tuple(
        waterfall(year, initial[year], revised.get(year, initial[year]), kept, tolerance)
        for year in sorted(initial)
    )


def by_nature(movements: Iterable[Movement], year: int) -> dict[MovementNature, float]:
    """Sum the counted movements of one year by nature; one indicator, so one unit."""
    totals: dict[MovementNature, float] = {}
    for movement in movements:
        if movement.year == year and movement.counted:
            totals[movement.nature] = totals.get(movement.nature, 0.0) + movement.amount
    return totals

"""One Caf among a group of others: the one compared is never in its own reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.cpog_points import Peer


@dataclass(frozen=True, slots=True)
class Spread:
    """Distribution of the other Caf; every number is None when count is 0, quartiles when it is under 4."""

    count: int
    low: float | None = None
    lower_quartile: float | None = None
    median: float | None = None
    upper_quartile: float | None = None
    high: float | None = None


QUARTILES_FROM = 4


def spread(peers: Iterable[Peer], departement: str) -> Spread:
    """Spread of the known values of the Caf other than that of departement."""
    numbers = sorted(p.number for p in peers if p.number is not None and p.departement != departement)
    if not numbers:
        return Spread(0)
    quartiles = len(numbers) >= QUARTILES_FROM
    return Spread(
        len(numbers),
        numbers[0],
        _quantile(numbers, 0.25) if quartiles else None,
        _quantile(numbers, 0.5),
        _quantile(numbers, 0.75) if quartiles else None,
        numbers[-1],
    )


def _quantile(numbers: Sequence[float], share: float) -> float:
    """Linear between the two nearest ranks, as spreadsheets do (inclusive)."""
    position = share * (len(numbers) - 1)
    below = int(position)
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (position - below) * (numbers[above] - numbers[below])

"""What a reader can deduce of masked cells: the interval left to each by the sums and the numbers shown.

Exact where sums form a tree (communes, Epci, département); where they cross (several years or indicators
added both ways) the linear programme is solved.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.secrecy_model import Key, Link

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Interval = tuple[float, float]
ROUNDS = 200
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Equation:
    """low <= sum of coefficient x cell <= high over unknown cells."""

    terms: tuple[tuple[Key, float], ...]
    low: float
    high: float


def equations(
    links: Iterable[Link], shown: Mapping[Key, float], floors: Mapping[Key, float]
) -> tuple[list[Equation], dict[Key, Interval]]:
    """Return what links tell once the shown numbers are moved to the other side, and the cells left unknown.

    floors: least number of each cell that is not shown; zero for a cell that is in no table.
    """
    found: list[Equation] = []
    unknown: dict[Key, Interval] = {}
    for link in links:
        terms = tuple((key, weight) for key, weight in link.terms if key not in shown)
        if terms:
            rest = -sum(weight * shown[key] for key, weight in link.terms if key in shown)
            found.append(Equation(terms, rest - link.slack, rest + link.slack))
            unknown.update((key, (floors.get(key, 0.0), math.inf)) for key, _ in terms)
    return found, unknown


def deduced(
    system: Sequence[Equation],
    unknown: Mapping[Key, Interval],
    wanted: Mapping[Key, float],
    *,
    exact: bool = True,
) -> dict[Key, Interval]:
    """Return the interval that a reader can give to each wanted cell.

    wanted: width beyond which the interval need not be known better. exact=False stops at what bounds tell
    from one to the next, never narrower than the truth, when sums cross.
    """
    intervals = dict(unknown)
    for group in _components(system):
        keys = {key for equation in group for key, _ in equation.terms}
        asked = {key: wanted[key] for key in keys if key in wanted}
        if not asked:
            continue
        _narrow(group, intervals)
        if exact and not _is_tree(group, keys):
            intervals.update(solve(group, {key: unknown[key] for key in sorted(keys, key=repr)}, asked))
    return {key: intervals[key] for key in wanted if key in intervals}


def _components(system: Sequence[Equation]) -> list[list[Equation]]:
    """Gather equations that share cells."""
    owner: dict[Key, int] = {}
    groups: dict[int, list[Equation]] = {}
    for rank, equation in enumerate(system):
        joined = sorted(
            {owner[key] for key, _ in equation.terms if key in owner}, key=lambda g: -len(groups[g])
        )
        target = joined[0] if joined else rank
        moved = [equation, *(member for other in joined[1:] for member in groups.pop(other))]
        groups.setdefault(target, []).extend(moved)
        owner.update((key, target) for member in moved for key, _ in member.terms)
    return list(groups.values())


def _is_tree(group: Sequence[Equation], keys: set[Key]) -> bool:
    """A connected graph of equations and cells is a tree when it has one edge less than nodes."""
    return sum(len(equation.terms) for equation in group) == len(group) + len(keys) - 1


def _narrow(group: Sequence[Equation], intervals: dict[Key, Interval]) -> None:
    """Propagate bounds until nothing moves: exact on a tree."""
    for _ in range(ROUNDS):
        moved = False
        for equation in group:
            moved = _narrow_one(equation, intervals) or moved
        if not moved:
            return


def _narrow_one(equation: Equation, intervals: dict[Key, Interval]) -> bool:
    sides = [_side(weight, intervals[key]) for key, weight in equation.terms]
    lows, highs = _Total(side[0] for side in sides), _Total(side[1] for side in sides)
    moved = False
    for (key, weight), (low, high) in zip(equation.terms, sides, strict=True):
        least = equation.low - highs.without(high)
        most = equation.high - lows.without(low)
        new = _side(1 / weight, (least, most))
        old = intervals[key]
        kept = (max(old[0], new[0]), min(old[1], new[1]))
        if kept[0] > old[0] + TINY or kept[1] < old[1] - TINY:
            intervals[key] = kept
            moved = True
    return moved


def _side(weight: float, interval: Interval) -> Interval:
    low, high = weight * interval[0], weight * interval[1]
    return (low, high) if weight > 0 else (high, low)


class _Total:
    """A sum from which one term can be taken out even when some are infinite."""

    def __init__(self, terms: Iterable[float]) -> None:
        every = list(terms)
        self._finite = math.fsum(x for x in every if math.isfinite(x))
        self._infinite = [x for x in every if not math.isfinite(x)]

    def without(self, term: float) -> float:
        """Return the sum without one of its terms."""
        if math.isfinite(term):
            return self._infinite[0] if self._infinite else self._finite - term
        return self._infinite[0] if len(self._infinite) > 1 else self._finite


def solve(
    system: Sequence[Equation], unknown: Mapping[Key, Interval], wanted: Mapping[Key, float]
) -> dict[Key, Interval]:
    """Return the interval of each wanted cell by linear programming, exact unless wider than wanted.

    Each solution is a table that a reader cannot rule out: cells that already differ enough from one to
    another need no programme of their own.
    """
    import numpy as np

    column = {key: rank for rank, key in enumerate(unknown)}
    problem = _Problem(system, unknown, column)
    lows, highs = np.full(len(column), np.inf), np.full(len(column), -np.inf)
    found: dict[Key, Interval] = {}
    for key in sorted(wanted, key=repr):
        at = column[key]
        if highs[at] - lows[at] < wanted[key]:
            for sign in (1.0, -1.0):
                point = problem.least(at, sign)
                if point is not None:
                    lows, highs = np.minimum(lows, point), np.maximum(highs, point)
                else:
                    lows[at], highs[at] = (-np.inf, highs[at]) if sign > 0 else (lows[at], np.inf)
        found[key] = (float(lows[at]), float(highs[at]))
    return found


class _Problem:
    """A system of sums as matrices."""

    def __init__(
        self, system: Sequence[Equation], unknown: Mapping[Key, Interval], column: Mapping[Key, int]
    ) -> None:
        import numpy as np

        self._matrix = np.zeros((2 * len(system), len(column)))
        self._limits = np.zeros(2 * len(system))
        for rank, equation in enumerate(system):
            for key, weight in equation.terms:
                self._matrix[2 * rank, column[key]] += weight
                self._matrix[2 * rank + 1, column[key]] -= weight
            self._limits[2 * rank : 2 * rank + 2] = equation.high + TINY, -equation.low + TINY
        self._bounds = np.array(list(unknown.values()))

    def least(self, at: int, sign: float) -> NDArray[np.float64] | None:
        """Return the table where sign x cell is least, None when nothing bounds it."""
        import numpy as np
        from scipy.optimize import linprog

        goal = np.zeros(self._matrix.shape[1])
        goal[at] = sign
        solved = linprog(goal, A_ub=self._matrix, b_ub=self._limits, bounds=self._bounds)  # type: ignore[call-overload]
        return np.asarray(solved.x) if solved.status == 0 else None

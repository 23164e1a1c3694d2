"""What a reader does with all the papers he holds: sums as equations, what is masked as unknowns."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_array

Key = Hashable
Sum = tuple[Key, Collection[Key]]
"""A total and its parts."""


class Attack:
    """Least and most that each masked number can be, by linear programming."""

    def __init__(self, sums: Iterable[Sum], held: Mapping[Key, float | None]) -> None:
        """held: numbers that the reader holds, None for what is said to be masked."""
        self.columns: dict[Key, int] = {}
        rows = [self._row(total, parts) for total, parts in sums]
        system = lil_array((len(rows), len(self.columns)))
        for rank, row in enumerate(rows):
            for column, weight in row.items():
                system[rank, column] = weight
        self._system = system.tocsr()
        self._bounds = [_bound(key, held) for key in self.columns]

    def _row(self, total: Key, parts: Collection[Key]) -> dict[int, float]:
        row = {self._column(part): 1.0 for part in parts}
        row[self._column(total)] = -1.0
        return row

    def _column(self, key: Key) -> int:
        return self.columns.setdefault(key, len(self.columns))

    def interval(self, key: Key) -> tuple[float, float]:
        """Least and most that one unknown can be."""
        goal = np.zeros(len(self.columns))
        goal[self.columns[key]] = 1.0
        zeros = np.zeros(self._system.shape[0])
        options: Any = {"A_eq": self._system, "b_eq": zeros, "bounds": self._bounds}
        low, high = linprog(goal, **options), linprog(-goal, **options)
        assert low.status == 0, "what leaves contradicts itself"
        return float(low.fun), float("inf") if high.status != 0 else -float(high.fun)


def _bound(key: Key, held: Mapping[Key, float | None]) -> tuple[float, float | None]:
    """A masked count is one at least, since zeros are shown; what is not told is anything."""
    if key not in held:
        return 0.0, None
    number = held[key]
    return (1.0, None) if number is None else (number, number)

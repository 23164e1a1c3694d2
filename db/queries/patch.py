"""Put the rows just written in a block that exists, without reading the long table again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection

from db.queries.blocks import BlockKey, Columns, store_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

NumbersOf = Callable[[list[str]], "NDArray[np.int64]"]


@dataclass(frozen=True, slots=True)
class _Held:
    """A block as it is stored."""

    estimated: int
    fictitious: int
    millesime: int
    joined: bytes
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    import_numbers: NDArray[np.int32]
    rows: NDArray[np.int32]


def patch_block(
    connection: Connection,
    key: BlockKey,
    columns: Columns,
    written: NDArray[np.int64],
    numbers_of: NumbersOf,
) -> bool:
    """Put in the block of (indicator, period, level) the rows of columns that were written.

    written: their territories, in increasing order. numbers_of: territories of codes. Returns False, with
    nothing done, where only the long table can tell: nothing is held, an older millésime or import is
    written, or what the block says of all its rows may cease to be true.
    """
    held = _read(connection, key)
    if held is None or not _is_ahead(columns, held):
        return False
    codes = held.joined.decode().split("\n")
    territories = numbers_of(codes)
    if (np.diff(territories) <= 0).any():
        return False
    given = np.searchsorted(columns.territories, written)
    at = np.searchsorted(territories, written)
    there = np.zeros(len(written), dtype=np.bool_)
    inside = at < len(territories)
    there[inside] = territories[at[inside]] == written[inside]
    merged = _Merge(at, there, given)
    count = len(codes) + int((~there).sum())
    imports = np.full(len(columns), columns.import_number, dtype="<i4")
    store_arrays(
        connection, key, count, columns.estimated, columns.fictitious, columns.millesime,
        held.joined if there.all() else merged.codes(codes, columns),
        merged.of(held.numbers, columns.numbers),
        merged.of(held.states, columns.states),
        merged.of(held.import_numbers, imports),
        merged.of(held.rows, columns.rows),
    )  # fmt: skip
    return True


def _is_ahead(columns: Columns, held: _Held) -> bool:
    plain = not held.estimated and not held.fictitious
    last = int(held.import_numbers.max(initial=0))
    return plain and columns.millesime >= held.millesime and columns.import_number >= last


@dataclass(frozen=True, slots=True)
class _Merge:
    """Where rows go: at their place if they are there, else inserted before it."""

    at: NDArray[np.intp]
    there: NDArray[np.bool_]
    given: NDArray[np.intp]

    def of(self, held: NDArray[np.generic], new: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return the held values with the new ones."""
        found = held.copy()
        found[self.at[self.there]] = new[self.given[self.there]]
        absent = ~self.there
        return np.insert(found, self.at[absent], new[self.given[absent]]) if absent.any() else found

    def codes(self, held: list[str], columns: Columns) -> bytes:
        """Return the codes with those that are new, one a line."""
        given = np.array(columns.joined.decode().split("\n"), dtype=object)
        return "\n".join(self.of(np.array(held, dtype=object), given)).encode()


def _read(connection: Connection, key: BlockKey) -> _Held | None:
    found = connection.exec_driver_sql(
        "SELECT estimated, fictitious, millesime, codes, numbers, states, import_numbers, rows"
        " FROM series_block WHERE indicator = ? AND period = ? AND level = ?",
        key,
    ).first()
    if found is None:
        return None
    estimated, fictitious, millesime, joined, numbers, states, imports, rows = found
    return _Held(
        estimated, fictitious, millesime, joined, np.frombuffer(numbers, "<f8"),
        np.frombuffer(states, np.uint8), np.frombuffer(imports, "<i4"), np.frombuffer(rows, "<i4"),
    )  # fmt: skip

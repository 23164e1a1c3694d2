"""Blocks derived from the long table: one indicator, year and level as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection

from db.connection import driver_of
from db.queries.keys import SPAN, level_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

BlockKey = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole block: territory numbers in increasing order, what is aligned on them, what they share.

    Arrays of shape (n,); numbers is NaN where there is none. joined: the codes, one a line.
    """

    territories: NDArray[np.int64]
    joined: bytes
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    rows: NDArray[np.int64]
    import_number: int
    estimated: bool
    fictitious: bool
    millesime: int

    def __len__(self) -> int:
        return len(self.territories)


def store_block(connection: Connection, key: BlockKey, columns: Columns) -> None:
    """Write the block of (indicator, period, level)."""
    store_arrays(
        connection, key, len(columns), columns.estimated, columns.fictitious, columns.millesime,
        columns.joined, columns.numbers, columns.states,
        np.full(len(columns), columns.import_number), columns.rows,
    )  # fmt: skip


def store_arrays(
    connection: Connection,
    key: BlockKey,
    count: int,
    estimated: bool,
    fictitious: bool,
    millesime: int,
    joined: bytes,
    numbers: NDArray[Any],
    states: NDArray[Any],
    imports: NDArray[Any],
    rows: NDArray[Any],
) -> None:
    """Write a block from aligned arrays of shape (count,); joined: the codes, one a line."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO series_block (indicator, period, level, count, estimated, fictitious,"
        " millesime, codes, numbers, states, import_numbers, rows) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            *key,
            count,
            int(estimated),
            int(fictitious),
            millesime,
            joined,
            numbers.astype("<f8", copy=False).tobytes(),
            states.astype(np.uint8, copy=False).tobytes(),
            imports.astype("<i4", copy=False).tobytes(),
            rows.astype("<i4", copy=False).tobytes(),
        ),
    )


def rebuild_blocks(connection: Connection, keys: Iterable[BlockKey]) -> None:
    """Make again the blocks of some (indicator, period, level) from the long table."""
    codes: dict[int, dict[int, str]] = {}
    for key in sorted(set(keys)):
        level = key[2]
        if level not in codes:
            codes[level] = _codes_of(connection, level)
        _rebuild(connection, key, codes[level])


def _codes_of(connection: Connection, level: int) -> dict[int, str]:
    rows = connection.exec_driver_sql(
        "SELECT number, code FROM territory WHERE number BETWEEN ? AND ?", level_range(level)
    )
    return {number: code for number, code in rows}


def _rebuild(connection: Connection, key: BlockKey, codes: dict[int, str]) -> None:
    table = _read_table(connection, key)
    if not len(table):
        connection.exec_driver_sql(
            "DELETE FROM series_block WHERE indicator = ? AND period = ? AND level = ?", key
        )
        return
    territories, numbers, states, imports, rows, estimated, fictitious, millesimes = table.T
    joined = "\n".join(map(codes.__getitem__, territories.astype(int).tolist())).encode()
    store_arrays(
        connection, key, len(table), bool(estimated.any()), bool(fictitious.any()), int(millesimes.max()),
        joined, numbers, states, imports, rows,
    )  # fmt: skip


def _read_table(connection: Connection, key: BlockKey) -> NDArray[np.float64]:
    """Read one row a territory, in order: where sources disagree, the one imported last; shape (n, 8)."""
    indicator, period, level = key
    found: list[Any] = driver_of(connection).execute(
        "SELECT territory, number, state, import_number, row, estimated, fictitious, millesime FROM value"
        " WHERE indicator = ? AND period = ? AND territory BETWEEN ? AND ? ORDER BY territory, source",
        (indicator, period, *level_range(level)),
    ).fetchall()  # fmt: skip
    table = np.array(found, dtype=np.float64).reshape(-1, 8)
    table = table[np.lexsort((table[:, 3], table[:, 0]))]
    return table[np.append(np.diff(table[:, 0]) > 0, True)] if len(table) else table


def touched_by(connection: Connection, import_number: int) -> list[BlockKey]:
    """Return the (indicator, period, level) where an import has current values, or versions."""
    rows = connection.exec_driver_sql(
        f"SELECT indicator, period, territory / {SPAN} FROM value WHERE import_number = ?1"
        f" UNION SELECT indicator, period, territory / {SPAN} FROM value_version WHERE superseded_by = ?1",
        (import_number,),
    )
    return [(int(row[0]), int(row[1]), int(row[2])) for row in rows]

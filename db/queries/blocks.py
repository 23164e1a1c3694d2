"""Blocks derived from the long table: one indicator, year and level as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection

from db.queries.keys import SPAN, level_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

BlockKey = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole block: territory numbers in increasing order, aligned lists, and what they share."""

    territories: list[int]
    codes: list[str]
    numbers: list[float | None]
    states: list[int]
    import_numbers: NDArray[np.int32]
    rows: list[int]
    estimated: bool
    fictitious: bool
    millesime: int


def store_block(connection: Connection, key: BlockKey, columns: Columns) -> None:
    """Write the block of (indicator, period, level)."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO series_block (indicator, period, level, count, estimated, fictitious,"
        " millesime, codes, numbers, states, import_numbers, rows) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            *key,
            len(columns.codes),
            int(columns.estimated),
            int(columns.fictitious),
            columns.millesime,
            "\n".join(columns.codes).encode(),
            np.array(columns.numbers, dtype="<f8").tobytes(),
            bytes(columns.states),
            columns.import_numbers.astype("<i4").tobytes(),
            np.array(columns.rows, dtype="<i4").tobytes(),
        ),
    )


def rebuild_blocks(connection: Connection, keys: Iterable[BlockKey]) -> None:
    """Make again the blocks of some (indicator, period, level) from the long table."""
    for key in sorted(set(keys)):
        rows = _read_rows(connection, key)
        if rows:
            store_block(connection, key, _columns(rows))
        else:
            connection.exec_driver_sql(
                "DELETE FROM series_block WHERE indicator = ? AND period = ? AND level = ?", key
            )


def _read_rows(connection: Connection, key: BlockKey) -> list[Any]:
    """Read one row a territory: where sources disagree, the one imported last."""
    indicator, period, level = key
    found = connection.exec_driver_sql(
        "SELECT v.territory, t.code, v.number, v.state, v.import_number, v.row, v.estimated, v.fictitious,"
        " v.millesime FROM value v JOIN territory t ON t.number = v.territory"
        " WHERE v.indicator = ? AND v.period = ? AND v.territory BETWEEN ? AND ?"
        " ORDER BY v.territory, v.import_number, v.source",
        (indicator, period, *level_range(level)),
    ).fetchall()
    return list({row[0]: row for row in found}.values())


def _columns(rows: list[Any]) -> Columns:
    territories, codes, numbers, states, imports, lines, estimated, fictitious, millesimes = zip(
        *rows, strict=True
    )
    return Columns(
        territories=list(territories),
        codes=list(codes),
        numbers=list(numbers),
        states=list(states),
        import_numbers=np.array(imports, dtype=np.int32),
        rows=list(lines),
        estimated=any(estimated),
        fictitious=any(fictitious),
        millesime=max(millesimes),
    )


def touched_by(connection: Connection, import_number: int) -> list[BlockKey]:
    """Return the (indicator, period, level) where an import has current values, or versions."""
    rows = connection.exec_driver_sql(
        f"SELECT indicator, period, territory / {SPAN} FROM value WHERE import_number = ?1"
        f" UNION SELECT indicator, period, territory / {SPAN} FROM value_version WHERE superseded_by = ?1",
        (import_number,),
    )
    return [(int(row[0]), int(row[1]), int(row[2])) for row in rows]

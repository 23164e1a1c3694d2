"""Bulk writes of the long table, a block at a time: arrays bound whole, one statement for all their rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw
import numpy as np
from sqlalchemy import Connection

from app.domain.indicator import ValueStatus
from db.connection import driver_of

if TYPE_CHECKING:
    from db.queries.blocks import Columns

_TERRITORY, _STATE, _STATES, _ROWS = 36, 32, 15, 0xFFFF_FFFF
_GIVEN = f"""
    SELECT value >> {_TERRITORY} AS territory, number_at(rowid - 1) AS number,
        value >> {_STATE} & {_STATES} AS state, value & {_ROWS} AS row
    FROM carray(?1)
"""
"""Rows of a block: territory, state and row packed in one integer array, numbers fetched by position."""

_COLUMNS = (
    "(indicator, period, source, territory, number, state, row,"
    " millesime, status, estimated, fictitious, import_number)"
)
_SHARED = "?2, ?3, ?4, i.territory, i.number, i.state, i.row, ?5, ?6, ?7, ?8, ?9"
_FROZEN = int(ValueStatus.FROZEN)


@dataclass(frozen=True, slots=True)
class Block:
    """What the rows of a block share; every field is a local number, or 0 or 1."""

    indicator: int
    period: int
    source: int
    millesime: int
    status: int
    estimated: int
    fictitious: int
    import_number: int

    def parameters(self, given: object) -> tuple[object, ...]:
        """Return what the statements of this module bind."""
        return (
            given, self.indicator, self.period, self.source, self.millesime, self.status, self.estimated,
            self.fictitious, self.import_number,
        )  # fmt: skip


def _bind(connection: Connection, columns: Columns) -> apsw.CArrayBinding:
    """Give the rows to SQLite. Raises ValueError for a number that is infinite or not a number."""
    if not np.isfinite(columns.number_array()[columns.known()]).all():
        raise ValueError("a value is not a finite number")
    at: Callable[[int], float | None] = columns.numbers.__getitem__
    driver_of(connection).create_function("number_at", 1, at)
    territories, states, rows = (
        np.array(part, dtype=np.int64) for part in (columns.territories, columns.states, columns.rows)
    )
    return apsw.carray(territories << _TERRITORY | states << _STATE | rows)


def has_values(connection: Connection, block: Block, first: int, last: int) -> bool:
    """Tell whether some territory of a range has a value, from any source."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM value WHERE indicator = ? AND period = ? AND territory BETWEEN ? AND ? LIMIT 1",
        (block.indicator, block.period, first, last),
    )
    return found.first() is not None


def insert_block(connection: Connection, block: Block, columns: Columns) -> int:
    """Insert rows that are all new; return how many."""
    return _run(connection, f"INSERT INTO value {_COLUMNS} SELECT {_SHARED} FROM ({_GIVEN}) AS i",
                block.parameters(_bind(connection, columns)))  # fmt: skip


def merge_block(connection: Connection, block: Block, columns: Columns) -> tuple[int, int, int]:
    """Write rows over existing ones; return the numbers of new, changed and kept aside.

    A value that did not change keeps its provenance. A replaced value becomes a version. A frozen value
    stays: what would replace it is kept aside, once.
    """
    _run(connection, _CREATE, ())
    try:
        staged = _run(connection, _STAGE, block.parameters(_bind(connection, columns)))
        if staged == 0:
            return 0, 0, 0
        parameters = block.parameters("")
        aside = _run(connection, _KEEP_ASIDE, parameters)
        changed = _run(connection, "SELECT count(*) FROM incoming WHERE status < ?", (_FROZEN,))
        _run(connection, _KEEP_VERSIONS, parameters)
        written = _run(connection, _WRITE, parameters)
    finally:
        _run(connection, "DROP TABLE temp.incoming", ())
    return written - changed, changed, aside


def _run(connection: Connection, sql: str, parameters: tuple[object, ...]) -> int:
    """Run a statement; return the rows it wrote, or the number it selects."""
    found = connection.exec_driver_sql(sql, parameters)
    return int(found.scalar_one()) if found.returns_rows else found.rowcount


_CREATE = """
    CREATE TEMP TABLE incoming (territory INTEGER PRIMARY KEY, number REAL, state INT, row INT, status INT)
"""
_STAGE = f"""
    INSERT INTO incoming SELECT i.territory, i.number, i.state, i.row, v.status
    FROM ({_GIVEN}) AS i LEFT JOIN value v
        ON v.indicator = ?2 AND v.period = ?3 AND v.source = ?4 AND v.territory = i.territory
    WHERE v.territory IS NULL OR v.number IS NOT i.number OR v.state <> i.state OR v.millesime <> ?5
        OR v.status <> ?6 OR v.estimated <> ?7 OR v.fictitious <> ?8 OR ?9 < 0
"""
"""What is new or differs, with the status of the value in place, null for none."""

_VERSION = "INSERT INTO value_version (superseded_by, aside, " + _COLUMNS[1:]
_KEEP_ASIDE = f"""
    {_VERSION.replace("INSERT", "INSERT OR REPLACE")} SELECT ?9, 1, {_SHARED} FROM incoming i
    WHERE i.status = {_FROZEN} AND ?1 = '' AND NOT EXISTS (
        SELECT 1 FROM value_version a
        WHERE a.indicator = ?2 AND a.period = ?3 AND a.source = ?4 AND a.territory = i.territory
        AND a.aside = 1 AND a.number IS i.number AND a.state = i.state AND a.millesime = ?5
        AND a.status = ?6 AND a.estimated = ?7 AND a.fictitious = ?8)
"""
_KEEP_VERSIONS = f"""
    {_VERSION} SELECT ?9, 0, v.indicator, v.period, v.source, v.territory, v.number, v.state, v.row,
        v.millesime, v.status, v.estimated, v.fictitious, v.import_number
    FROM incoming i CROSS JOIN value v
    WHERE v.indicator = ?2 AND v.period = ?3 AND v.territory = i.territory AND v.source = ?4
        AND v.status <> {_FROZEN} AND v.import_number <> ?9
        AND ?1 = '' AND ?5 IS NOT NULL AND ?6 + ?7 + ?8 IS NOT NULL
"""
_WRITE = f"""
    INSERT INTO value {_COLUMNS} SELECT {_SHARED} FROM incoming i
    WHERE i.status IS NOT {_FROZEN} AND ?1 = ''
    ON CONFLICT (indicator, period, territory, source) DO UPDATE SET
        number = excluded.number, state = excluded.state, row = excluded.row,
        millesime = excluded.millesime, status = excluded.status, estimated = excluded.estimated,
        fictitious = excluded.fictitious, import_number = excluded.import_number
"""

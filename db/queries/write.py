"""Bulk writes of the long table, a block at a time: arrays bound whole, one statement for all their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw
import numpy as np
from sqlalchemy import Connection

from app.domain.indicator import ValueStatus
from db.connection import driver_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.queries.blocks import Columns

_PLACES = "value >> ?10 & ?11 AS state, (value >> ?12) + ?13 AS territory, (value >> ?14 & ?15) + ?16 AS row"
_PACKED = f"SELECT {_PLACES}, (nullif(value & ?17, 0) + ?18) / ?19 AS number FROM carray(?1)"
"""Rows of a block, packed in one array of integers, for numbers of few decimals."""
_BESIDE = f"SELECT {_PLACES}, number_at(rowid - 1) AS number FROM carray(?1)"
"""The same, for any other numbers: each is fetched by position."""

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


_STATE_BITS = 4
_BITS = 63
_SCALES = tuple(10.0**decimals for decimals in range(7))
_LARGEST = float(1 << 40)


@dataclass(frozen=True, slots=True)
class _Given:
    """Rows given to SQLite: the select that unpacks them, the array, and what the select binds."""

    select: str
    array: apsw.CArrayBinding
    shape: tuple[int | float, ...]


def _bind(connection: Connection, columns: Columns) -> _Given:
    """Give the rows to SQLite. Raises ValueError for an infinite number.

    From the highest bits: territory, row, state, number; territories and rows are told from their smallest.
    """
    if np.isinf(columns.numbers).any():
        raise ValueError("a value is not a finite number")
    first, first_row = int(columns.territories[0]), int(columns.rows.min())
    row_bits = _width(int(columns.rows.max()) - first_row)
    room = _BITS - _STATE_BITS - row_bits - _width(int(columns.territories[-1]) - first)
    numbers, least, scale = _as_integers(columns.numbers, room)
    state_at = _width(int(numbers.max()))
    row_at = state_at + _STATE_BITS
    territory_at = row_at + row_bits
    packed = (columns.territories - first) << territory_at
    packed |= (columns.rows - first_row) << row_at
    packed |= columns.states.astype(np.int64) << state_at
    packed |= numbers
    shape = (state_at, _mask(_STATE_BITS), territory_at, first, row_at, _mask(row_bits), first_row)
    if scale:
        return _Given(_PACKED, apsw.carray(packed), (*shape, _mask(state_at), least - 1, scale))
    values = [None if number != number else number for number in columns.numbers.tolist()]
    driver_of(connection).create_function("number_at", 1, values.__getitem__)
    return _Given(_BESIDE, apsw.carray(packed), shape)


def _width(largest: int) -> int:
    return max(largest, 1).bit_length()


def _mask(bits: int) -> int:
    return (1 << bits) - 1


def _as_integers(numbers: NDArray[np.float64], room: int) -> tuple[NDArray[np.int64], int, float]:
    """Return numbers as integers from 1, 0 for none, with the smallest of them and what divides them.

    The scale is 0 if they do not all come back exactly the same, or do not hold in that many bits.
    """
    known = numbers[~np.isnan(numbers)]
    if known.size == 0:
        return np.zeros(len(numbers), np.int64), 1, 1.0
    for scale in _SCALES if np.abs(known).max() < _LARGEST else ():
        scaled = np.rint(known * scale)
        if np.array_equal(scaled / scale, known):
            least = int(scaled.min())
            if _width(int(scaled.max()) - least + 1) > room:
                break
            found = np.zeros(len(numbers), np.int64)
            found[~np.isnan(numbers)] = scaled.astype(np.int64) - (least - 1)
            return found, least, scale
    return np.zeros(len(numbers), np.int64), 1, 0.0


def has_values(
    connection: Connection, block: Block, first: int, last: int, *, of_source: bool = False
) -> bool:
    """Tell whether some territory of a range has a value, from any source or from that of the block."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM value WHERE indicator = ? AND period = ? AND territory BETWEEN ? AND ?"
        f"{' AND source = ?' if of_source else ''} LIMIT 1",
        (block.indicator, block.period, first, last, *((block.source,) if of_source else ())),
    )
    return found.first() is not None


def insert_block(connection: Connection, block: Block, columns: Columns) -> int:
    """Insert rows that are all new; return how many."""
    given = _bind(connection, columns)
    sql = f"INSERT INTO value {_COLUMNS} SELECT {_SHARED} FROM ({given.select}) AS i"
    return _run(connection, sql, (*block.parameters(given.array), *given.shape))


@dataclass(frozen=True, slots=True)
class Merged:
    """What writing over existing rows did; written: territories of the rows new or changed, in order."""

    new: int
    changed: int
    aside: int
    written: NDArray[np.int64]


def merge_block(connection: Connection, block: Block, columns: Columns) -> Merged:
    """Write rows over existing ones.

    A value that did not change keeps its provenance. A replaced value becomes a version. A frozen value
    stays: what would replace it is kept aside, once.
    """
    _run(connection, _CREATE, ())
    try:
        given = _bind(connection, columns)
        parameters = (*block.parameters(given.array), *given.shape)
        staged = _run(connection, _STAGE.format(given=given.select), parameters)
        if staged == 0:
            return Merged(0, 0, 0, np.zeros(0, np.int64))
        parameters = block.parameters("")
        aside = _run(connection, _KEEP_ASIDE, parameters)
        changed = _run(connection, "SELECT count(*) FROM incoming WHERE status < ?", (_FROZEN,))
        _run(connection, _KEEP_VERSIONS, parameters)
        count = _run(connection, _WRITE, parameters)
        written = _written(connection)
    finally:
        _run(connection, "DROP TABLE temp.incoming", ())
    return Merged(count - changed, changed, aside, written)


def _written(connection: Connection) -> NDArray[np.int64]:
    found = driver_of(connection).execute(
        "SELECT territory FROM incoming WHERE status IS NOT ? ORDER BY territory", (_FROZEN,)
    )
    return np.fromiter((territory for (territory,) in found), np.int64)


def _run(connection: Connection, sql: str, parameters: tuple[object, ...]) -> int:
    """Run a statement; return the rows it wrote, or the number it selects."""
    found = connection.exec_driver_sql(sql, parameters)
    return int(found.scalar_one()) if found.returns_rows else found.rowcount


_CREATE = """
    CREATE TEMP TABLE incoming (territory INTEGER PRIMARY KEY, number REAL, state INT, row INT, status INT)
"""
_STAGE = """
    INSERT INTO incoming SELECT i.territory, i.number, i.state, i.row, v.status
    FROM ({given}) AS i LEFT JOIN value v
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

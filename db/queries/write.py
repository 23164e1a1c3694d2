"""Bulk writes of the long table, a block at a time, through JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.indicator import ValueStatus

_STATE, _TERRITORY = 32, 36
_ROWS = """
    SELECT k >> 36 AS territory, v AS number, (k >> 32) & 15 AS state, k & 4294967295 AS row
    FROM (SELECT CAST(key AS INTEGER) AS k, value AS v FROM json_each(?1))
"""
_COLUMNS = (
    "(indicator, period, source, territory, number, state, row,"
    " millesime, status, estimated, fictitious, import_number)"
)
_INSERT = f"INSERT INTO value {_COLUMNS} "
_SHARED = "?2, ?3, ?4, i.territory, i.number, i.state, i.row, ?5, ?6, ?7, ?8, ?9"
_SAME_KEY = "v.indicator = ?2 AND v.period = ?3 AND v.source = ?4 AND v.territory = i.territory"
_DIFFERS = (
    "(v.number IS NOT i.number OR v.state <> i.state OR v.millesime <> ?5"
    " OR v.status <> ?6 OR v.estimated <> ?7 OR v.fictitious <> ?8)"
)
_FROZEN = int(ValueStatus.FROZEN)


@dataclass(frozen=True, slots=True)
class Block:
    """What the rows of a block share; every field is a local number."""

    indicator: int
    period: int
    source: int
    millesime: int
    status: int
    estimated: int
    fictitious: int
    import_number: int

    def parameters(self, text: str) -> tuple[str | int, ...]:
        """Return what the statements of this module bind."""
        return (
            text, self.indicator, self.period, self.source, self.millesime, self.status, self.estimated,
            self.fictitious, self.import_number,
        )  # fmt: skip


def encode(
    territories: Sequence[int], states: Sequence[int], rows: Sequence[int], numbers: Sequence[float | None]
) -> str:
    """Return rows as one JSON object, territory, state and row packed in its keys: nothing to parse twice.

    Territories increase. Raises ValueError for NaN or an infinite number.
    """
    keys = [
        territory << _TERRITORY | state << _STATE | row
        for territory, state, row in zip(territories, states, rows, strict=True)
    ]
    return json.dumps(dict(zip(keys, numbers, strict=True)), allow_nan=False, separators=(",", ":"))


def has_values(connection: Connection, block: Block, first: int, last: int) -> bool:
    """Tell whether some territory of a range has a value, from any source."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM value WHERE indicator = ? AND period = ? AND territory BETWEEN ? AND ? LIMIT 1",
        (block.indicator, block.period, first, last),
    )
    return found.first() is not None


def insert_block(connection: Connection, block: Block, text: str) -> int:
    """Insert rows that are all new; return how many."""
    return connection.exec_driver_sql(
        f"{_INSERT} SELECT {_SHARED} FROM ({_ROWS}) AS i", block.parameters(text)
    ).rowcount


def merge_block(connection: Connection, block: Block, text: str) -> tuple[int, int, int]:
    """Write rows over existing ones; return the numbers of new, changed and kept aside.

    A value that did not change keeps its provenance. A replaced value becomes a version. A frozen value
    stays: what would replace it is kept aside, once.
    """
    connection.exec_driver_sql(
        "CREATE TEMP TABLE incoming (territory INTEGER PRIMARY KEY, number REAL, state INT, row INT)"
    )
    try:
        staged = connection.exec_driver_sql(f"INSERT INTO incoming {_ROWS}", (text,)).rowcount
        parameters = ("", *block.parameters(text)[1:])
        known = connection.exec_driver_sql(_COUNT_KNOWN, parameters[:4]).scalar_one()
        aside = connection.exec_driver_sql(_KEEP_ASIDE, parameters).rowcount
        connection.exec_driver_sql(_KEEP_VERSIONS, parameters)
        written = connection.exec_driver_sql(_UPSERT, parameters).rowcount
    finally:
        connection.exec_driver_sql("DROP TABLE incoming")
    return staged - known, written - (staged - known), aside


_COUNT_KNOWN = f"SELECT count(*) FROM incoming i CROSS JOIN value v WHERE {_SAME_KEY} AND ?1 = ''"
_KEEP_VERSIONS = f"""
    INSERT INTO value_version (superseded_by, aside, indicator, period, source, territory, number, state, row,
        millesime, status, estimated, fictitious, import_number)
    SELECT ?9, 0, v.indicator, v.period, v.source, v.territory, v.number, v.state, v.row,
        v.millesime, v.status, v.estimated, v.fictitious, v.import_number
    FROM incoming i CROSS JOIN value v
    WHERE {_SAME_KEY} AND {_DIFFERS} AND v.status <> {_FROZEN} AND v.import_number <> ?9 AND ?1 = ''
"""
_KEEP_ASIDE = f"""
    INSERT INTO value_version (superseded_by, aside, indicator, period, source, territory, number, state, row,
        millesime, status, estimated, fictitious, import_number)
    SELECT ?9, 1, {_SHARED} FROM incoming i CROSS JOIN value v
    WHERE {_SAME_KEY} AND {_DIFFERS} AND v.status = {_FROZEN} AND ?1 = '' AND NOT EXISTS (
        SELECT 1 FROM value_version a
        WHERE a.indicator = ?2 AND a.period = ?3 AND a.source = ?4 AND a.territory = i.territory
        AND a.aside = 1 AND a.number IS i.number AND a.state = i.state AND a.millesime = ?5
        AND a.status = ?6 AND a.estimated = ?7 AND a.fictitious = ?8)
"""
_UPSERT = f"""
    {_INSERT} SELECT {_SHARED} FROM incoming i WHERE ?1 = ''
    ON CONFLICT (indicator, period, territory, source) DO UPDATE SET
        number = excluded.number, state = excluded.state, row = excluded.row,
        millesime = excluded.millesime, status = excluded.status, estimated = excluded.estimated,
        fictitious = excluded.fictitious, import_number = excluded.import_number
    WHERE value.status <> {_FROZEN} AND (
        value.number IS NOT excluded.number OR value.state <> excluded.state
        OR value.millesime <> excluded.millesime OR value.status <> excluded.status
        OR value.estimated <> excluded.estimated OR value.fictitious <> excluded.fictitious)
"""

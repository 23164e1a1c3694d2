"""Official series read as arrays, each value with where it comes from; `db.value_writer` writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from app.domain.territory import Level
from db.queries.keys import find_number, level_range
from db.value_writer import ValueRow, WriteCount, undo_import, write_values

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

__all__ = [
    "SeriesBlock", "StoredValue", "ValueRow", "WriteCount", "coverage", "read_histories", "read_history",
    "read_series", "undo_import", "write_values", "years",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeriesBlock:
    """One indicator, year and level: aligned arrays of shape (n,), n may be 0.

    numbers is NaN wherever the state is not a value or zero; estimated and fictitious: at least one value is.
    """

    codes: tuple[str, ...]
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    estimated: bool
    fictitious: bool
    millesime: int
    import_numbers: NDArray[np.int32]
    rows: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StoredValue:
    """One value of one territory; source is a code, import_number and row say where it was read."""

    year: int
    number: float | None
    state: int
    status: int
    estimated: bool
    fictitious: bool
    millesime: int
    source: str
    import_number: int
    row: int


def read_series(session: Session, indicator: str, year: int, level: Level) -> SeriesBlock:
    """Read one series whole, by territory number; where sources disagree, the last import wins."""
    found = (
        session.connection()
        .exec_driver_sql(
            "SELECT b.codes, b.numbers, b.states, b.estimated, b.fictitious, b.millesime, b.import_numbers,"
            " b.rows FROM series_block b JOIN indicator_key k ON k.number = b.indicator"
            " WHERE k.code = ? AND b.period = ? AND b.level = ?",
            (indicator, year, int(level)),
        )
        .first()
    )
    codes, numbers, states, estimated, fictitious, millesime, imports, rows = found or _NOTHING
    return SeriesBlock(
        codes=_codes(codes),
        numbers=np.frombuffer(numbers, dtype="<f8"),
        states=np.frombuffer(states, dtype=np.uint8),
        estimated=bool(estimated),
        fictitious=bool(fictitious),
        millesime=millesime,
        import_numbers=np.frombuffer(imports, dtype="<i4"),
        rows=np.frombuffer(rows, dtype="<i4"),
    )


_NOTHING = (b"", b"", b"", 0, 0, 0, b"", b"")


@lru_cache(maxsize=32)
def _codes(joined: bytes) -> tuple[str, ...]:
    """Split codes once: the series of a level share them."""
    return tuple(joined.decode().split("\n")) if joined else ()


def read_history(session: Session, indicator: str, level: Level, code: str) -> list[StoredValue]:
    """Read every year of one territory, in order; several rows a year where sources disagree, best last."""
    connection = session.connection()
    number = find_number(connection, "indicator_key", indicator)
    territory = connection.exec_driver_sql(
        "SELECT number FROM territory WHERE number BETWEEN ? AND ? AND code = ?", (*level_range(level), code)
    ).scalar()
    if number is None or territory is None:
        return []
    return list(_history(connection, number, territory))


def _history(connection: Connection, indicator: int, territory: int) -> Iterator[StoredValue]:
    rows = connection.exec_driver_sql(
        "WITH p(period) AS (SELECT DISTINCT period FROM series_block WHERE indicator = ?1 AND level = ?3)"
        " SELECT v.period, v.number, v.state, v.status, v.estimated, v.fictitious, v.millesime, s.code,"
        " v.import_number, v.row FROM p CROSS JOIN value v JOIN source_key s ON s.number = v.source"
        " WHERE v.indicator = ?1 AND v.period = p.period AND v.territory = ?2"
        " ORDER BY v.period, v.import_number",
        (indicator, territory, territory // 1_000_000),
    )
    for year, number, state, status, estimated, fictitious, *rest in rows:
        yield StoredValue(year, number, state, status, bool(estimated), bool(fictitious), *rest)


def read_histories(
    session: Session, indicator: str, level: Level, codes: Sequence[str]
) -> dict[str, list[StoredValue]]:
    """Read every year of several territories at once; see read_history. Every code asked is a key."""
    found: dict[str, list[StoredValue]] = {code: [] for code in codes}
    connection = session.connection()
    number = find_number(connection, "indicator_key", indicator)
    if number is None or not found:
        return found
    rows = connection.exec_driver_sql(
        "WITH p(period) AS (SELECT DISTINCT period FROM series_block WHERE indicator = ?1 AND level = ?2),"
        " t(number, code) AS (SELECT number, code FROM territory"
        " WHERE number BETWEEN ?3 AND ?4 AND code IN (SELECT value FROM json_each(?5)))"
        " SELECT t.code, v.period, v.number, v.state, v.status, v.estimated, v.fictitious, v.millesime,"
        " s.code, v.import_number, v.row FROM t CROSS JOIN p CROSS JOIN value v"
        " JOIN source_key s ON s.number = v.source"
        " WHERE v.indicator = ?1 AND v.period = p.period AND v.territory = t.number"
        " ORDER BY t.number, v.period, v.import_number",
        (number, int(level), *level_range(level), json.dumps(list(found))),
    )
    for code, year, amount, state, status, estimated, fictitious, *rest in rows:
        value = StoredValue(year, amount, state, status, bool(estimated), bool(fictitious), *rest)
        found[code].append(value)
    return found


def years(session: Session, indicator: str, level: Level) -> tuple[int, ...]:
    """Return the years of an indicator at a level, in order."""
    rows = session.connection().exec_driver_sql(
        "SELECT b.period FROM series_block b JOIN indicator_key k ON k.number = b.indicator"
        " WHERE k.code = ? AND b.level = ? ORDER BY b.period",
        (indicator, int(level)),
    )
    return tuple(year for (year,) in rows)


def coverage(session: Session) -> list[tuple[str, Level, int, int]]:
    """Return (indicator, level, year, number of territories) for each series held."""
    rows = session.connection().exec_driver_sql(
        "SELECT k.code, b.level, b.period, b.count FROM series_block b"
        " JOIN indicator_key k ON k.number = b.indicator ORDER BY k.code, b.level, b.period"
    )
    return [(code, Level(level), year, count) for code, level, year, count in rows]

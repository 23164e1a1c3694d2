"""Short numbers of indicators, sources and territories, given at their first value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection

from db.models.base import key_of, keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPAN = 1_000_000
"""A territory number is level * SPAN + rank: a level is one range of the clustered key."""


def level_range(level: int) -> tuple[int, int]:
    """Return the first and last territory numbers of a level."""
    return level * SPAN, level * SPAN + SPAN - 1


def find_number(connection: Connection, table: str, code: str) -> int | None:
    """Return the number of a code in indicator_key or source_key, None if it has no value."""
    found = connection.exec_driver_sql(f"SELECT number FROM {table} WHERE code = ?", (code,)).first()
    return None if found is None else int(found[0])


def number_of(connection: Connection, table: str, code: str) -> int:
    """Return the number of a code in indicator_key or source_key, given now if it has none."""
    found = find_number(connection, table, code)
    if found is not None:
        return found
    number = connection.exec_driver_sql(f"SELECT coalesce(max(number), 0) + 1 FROM {table}").scalar_one()
    connection.exec_driver_sql(
        f"INSERT INTO {table} (uuid, number, code) VALUES (?, ?, ?)", (key_of(table, code), number, code)
    )
    return int(number)


class Territories:
    """Numbers of the territories, read once a level; new ones are numbered in the order of their codes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._levels: dict[int, dict[str, int]] = {}
        self._last: dict[int, tuple[Sequence[str], NDArray[np.int64]]] = {}

    def numbers(
        self, level: int, codes: Sequence[str], name_of: Callable[[], Mapping[str, str]]
    ) -> NDArray[np.int64]:
        """Return the numbers of codes of a level; those that are new get one.

        name_of gives the names of codes; it is called only if some are new. The series of a file often have
        the same codes: the last ones are remembered.
        """
        last = self._last.get(level)
        if last is None or last[0] != codes:
            last = self._last[level] = (codes, self._numbers(level, codes, name_of))
        return last[1]

    def _numbers(
        self, level: int, codes: Sequence[str], name_of: Callable[[], Mapping[str, str]]
    ) -> NDArray[np.int64]:
        known = self._levels.get(level)
        if known is None:
            known = self._levels[level] = self._read(level)
        try:
            return np.fromiter(map(known.__getitem__, codes), np.int64, len(codes))
        except KeyError:
            names = name_of()
            self._add(level, known, {code: names[code] for code in set(codes).difference(known)})
            return np.fromiter(map(known.__getitem__, codes), np.int64, len(codes))

    def _read(self, level: int) -> dict[str, int]:
        first, last = level_range(level)
        rows = self._connection.exec_driver_sql(
            "SELECT code, number FROM territory WHERE number BETWEEN ? AND ?", (first, last)
        )
        return {code: number for code, number in rows}

    def _add(self, level: int, known: dict[str, int], missing: dict[str, str]) -> None:
        first = max(known.values(), default=level_range(level)[0] - 1) + 1
        codes = sorted(missing)
        keys = keys_of("territory", level, last=codes)
        rows = [
            (key, number, level, code, missing[code])
            for number, (key, code) in enumerate(zip(keys, codes, strict=True), start=first)
        ]
        self._connection.exec_driver_sql(
            "INSERT INTO territory (uuid, number, level, code, name) VALUES (?, ?, ?, ?, ?)", rows
        )
        known.update((code, number) for _, number, _, code, _ in rows)

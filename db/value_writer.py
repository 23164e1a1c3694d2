"""Official series written by blocks: what changes keeps its former version, the rest its provenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from app.domain.territory import Level
from app.progress import SILENT, Progress, unhurried_collector
from db.queries.blocks import BlockKey, Columns, rebuild_blocks, store_block
from db.queries.keys import Territories, level_range, number_of
from db.queries.patch import patch_block
from db.queries.versions import undo_import_values
from db.queries.write import Block, has_values, insert_block, merge_block

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value to write; number is None unless the state is a value or zero; row is its line in the file."""

    indicator: str
    year: int
    level: Level
    code: str
    number: float | None
    state: int
    status: int
    estimated: bool
    millesime: int
    row: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class WriteCount:
    """What a write did; aside: corrections of frozen values, kept as versions and counted as changed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    aside: int = 0

    def __add__(self, other: WriteCount) -> WriteCount:
        return WriteCount(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.aside + other.aside,
        )


_SHARED = attrgetter("indicator", "year", "level", "millesime", "status", "estimated")
_CODE, _NUMBER, _STATE, _ROW = map(attrgetter, ("code", "number", "state", "row"))


def write_values(
    session: Session,
    import_number: int,
    source: str,
    rows: Sequence[ValueRow],
    *,
    fictitious: bool = False,
    progress: Progress = SILENT,
) -> WriteCount:
    """Write the rows of one import; a value that does not change keeps its provenance.

    Of two rows for the same indicator, year and territory, the last one wins. Raises Cancelled;
    ValueError for a number that is not finite.
    """
    session.flush()
    connection = session.connection()
    writer = _Writer(connection, import_number, number_of(connection, "source_key", source), fictitious)
    total, done = WriteCount(), 0
    with unhurried_collector():
        for shared, members in _grouped(rows).items():
            progress.report(done / len(rows), "Écriture des valeurs")
            total += writer.write(shared, members)
            done += len(members)
    progress.report(1.0, "Préparation des séries")
    rebuild_blocks(connection, writer.stale)
    return total


_Shared = tuple[str, int, Level, int, int, bool]


def _grouped(rows: Sequence[ValueRow]) -> dict[_Shared, list[ValueRow]]:
    """Gather rows that share all but territory and value; files usually hold them side by side."""
    groups: dict[_Shared, list[ValueRow]] = {}
    for shared, members in groupby(rows, key=_SHARED):
        groups.setdefault(shared, []).extend(members)
    return groups


class _Writer:
    """Writes groups of rows, and remembers the blocks that must be made again."""

    def __init__(self, connection: Connection, import_number: int, source: int, fictitious: bool) -> None:
        self._connection = connection
        self._import_number, self._source, self._fictitious = import_number, source, fictitious
        self._territories = Territories(connection)
        self._indicators: dict[str, int] = {}
        self._joined: tuple[list[str], bytes] = ([], b"")
        self.stale: set[BlockKey] = set()

    def write(self, shared: _Shared, members: list[ValueRow]) -> WriteCount:
        """Write one group."""
        indicator, year, level, millesime, status, estimated = shared
        codes = list(map(_CODE, members))
        territories = self._territories.numbers(level, codes, lambda: {row.code: row.name for row in members})
        given, order = len(members), _order(territories)
        if order is not None:
            members = [members[place] for place in order]
            codes = [codes[place] for place in order]
            territories = territories[order]
        count = len(members)
        numbers = list(map(_NUMBER, members))
        columns = Columns(
            territories=territories,
            joined=self._join(codes),
            numbers=_number_array(numbers),
            states=np.fromiter(map(_STATE, members), np.uint8, count),
            rows=np.fromiter(map(_ROW, members), np.int64, count),
            import_number=self._import_number,
            estimated=estimated,
            fictitious=self._fictitious,
            millesime=millesime,
        )
        block = Block(
            self._indicator(indicator), year, self._source, millesime, int(status), int(estimated),
            int(self._fictitious), self._import_number,
        )  # fmt: skip
        return self._store(block, level, columns, given)

    def _store(self, block: Block, level: int, columns: Columns, given: int) -> WriteCount:
        key = (block.indicator, block.period, int(level))
        if not has_values(self._connection, block, *level_range(level)):
            new = insert_block(self._connection, block, columns)
            store_block(self._connection, key, columns)
            return WriteCount(new, 0, given - new)
        if not has_values(self._connection, block, *level_range(level), of_source=True):
            new = insert_block(self._connection, block, columns)
            self._refresh(key, columns, columns.territories)
            return WriteCount(new, 0, given - new)
        done = merge_block(self._connection, block, columns)
        if done.new or done.changed:
            self._refresh(key, columns, done.written)
        unchanged = given - done.new - done.changed - done.aside
        return WriteCount(done.new, done.changed + done.aside, unchanged, done.aside)

    def _refresh(self, key: BlockKey, columns: Columns, written: NDArray[np.int64]) -> None:
        """Put what was written in the block, or have it made again from the table at the end."""
        level = key[2]
        if key in self.stale:
            return
        if not patch_block(
            self._connection, key, columns, written,
            lambda codes: self._territories.numbers(level, codes, lambda: dict.fromkeys(codes, "")),
        ):  # fmt: skip
            self.stale.add(key)

    def _join(self, codes: list[str]) -> bytes:
        """One code a line; the series of a file often have the same codes."""
        if self._joined[0] != codes:
            self._joined = (codes, "\n".join(codes).encode())
        return self._joined[1]

    def _indicator(self, code: str) -> int:
        if code not in self._indicators:
            self._indicators[code] = number_of(self._connection, "indicator_key", code)
        return self._indicators[code]


def _number_array(numbers: list[float | None]) -> NDArray[np.float64]:
    """Return the numbers, NaN for none. Raises ValueError for one that is NaN itself."""
    found = np.array(numbers, dtype=np.float64)
    if np.isnan(found).sum() != numbers.count(None):
        raise ValueError("a value is not a finite number")
    return found


def _order(territories: NDArray[np.int64]) -> NDArray[np.intp] | None:
    """Return the places of rows in the order of the clustered key, the last of two rows for the same kept.

    None if they are in order already.
    """
    if (np.diff(territories) > 0).all():
        return None
    places: NDArray[np.intp] = np.argsort(territories, kind="stable")
    last: NDArray[np.bool_] = np.append(np.diff(territories[places]) > 0, True)
    return places[last]


def undo_import(session: Session, number: int) -> None:
    """Undo an import whole. Raises ImportNotFound, also if it is undone already, and ImportSuperseded."""
    session.flush()
    undo_import_values(session.connection(), number)
    session.expire_all()

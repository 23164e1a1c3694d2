"""Series, rows of files and imports read once from the base, until it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.dictionary import source_name
from app.domain.indicator import Provenance
from app.domain.territory import Level
from db import values as stored
from db.models import ImportRun

if TYPE_CHECKING:
    from db.session import Base

MOST_CELLS = 2_000_000
"""Numbers kept in memory (17 bytes each with what goes along); the series read longest ago go first."""
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Block:
    """A series with the place of each of its territories."""

    series: stored.SeriesBlock
    rank: dict[str, int]


@dataclass(slots=True)
class _Memory:
    """What was read from one state of the base; never filled from another one."""

    blocks: OrderedDict[tuple[str, int, Level], Block] = field(default_factory=OrderedDict)
    ranks: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict)
    histories: dict[tuple[str, Level], dict[str, list[stored.StoredValue]]] = field(default_factory=dict)
    origins: dict[int, Provenance] = field(default_factory=dict)
    cells: int = 0
    rows: int = 0


class SeriesStore:
    """Reads through a memory that `forget` empties: call it after an import, an undo or a redo."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._memory = _Memory()

    def forget(self) -> None:
        """Read everything again; what a thread is still reading goes to the memory that is left."""
        self._memory = _Memory()

    def block(self, code: str, year: int, level: Level) -> Block:
        """One series whole, with the place of each territory."""
        memory, key = self._memory, (code, year, level)
        held = memory.blocks.get(key)
        if held is None:
            with self._base.read() as session:
                series = stored.read_series(session, code, year, level)
            held = Block(series, _rank(memory, series.codes))
            memory.blocks[key] = held
            memory.cells += len(series.codes)
            while memory.cells > MOST_CELLS and len(memory.blocks) > 1:
                _, left = memory.blocks.popitem(last=False)
                memory.cells -= len(left.series.codes)
        return held

    def rows(
        self, code: str, level: Level, territory: str, together: Sequence[str] = ()
    ) -> list[stored.StoredValue]:
        """Every year of one territory, see `db.values.read_history`; together: read in the same query."""
        memory = self._memory
        held = memory.histories.setdefault((code, level), {})
        if territory not in held:
            wanted = [one for one in dict.fromkeys((territory, *together)) if one not in held]
            with self._base.read() as session:
                found = stored.read_histories(session, code, level, wanted)
            memory.rows += sum(len(rows) for rows in found.values())
            if memory.rows > MOST_ROWS:
                memory.histories.clear()
                memory.rows = 0
                return found[territory]
            held.update(found)
        return held[territory]

    def provenance(self, number: int, row: int | None) -> Provenance:
        """Where an import took a row, or all of its rows."""
        memory = self._memory
        if number not in memory.origins:
            memory.origins[number] = self._origin(number)
        whole = memory.origins[number]
        if row is None:
            return whole
        return Provenance(
            whole.source, whole.file, whole.sha256, whole.sheet, row, number, whole.imported_at, whole.licence
        )

    def _origin(self, number: int) -> Provenance:
        with self._base.read() as session:
            run = session.scalar(select(ImportRun).where(ImportRun.number == number))
            if run is None:
                return Provenance("", "", "", "", None, number, "")
            return Provenance(
                source=source_name(run.source),
                file=run.file,
                sha256=run.sha256,
                sheet=run.sheet,
                row=None,
                import_number=number,
                imported_at=run.imported_at,
                licence=run.licence,
            )


def _rank(memory: _Memory, codes: tuple[str, ...]) -> dict[str, int]:
    """Place of each territory; series of the same territories share it."""
    for held in memory.ranks:
        if held is codes:
            return memory.ranks[held]
    made = {code: i for i, code in enumerate(codes)}
    memory.ranks[codes] = made
    return made

"""Write the files of one import, or take them back: all or nothing. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.changes import Changes
from app.progress import Progress
from ui.views.data_session import FileEntry
from ui.views.data_texts import result_sentence

if TYPE_CHECKING:
    from app.domain.territory import Level
    from app.services import Services
    from app.services.rows import ImportResult


@dataclass(frozen=True, slots=True)
class Written:
    """What an import wrote, and how to take it back: values and free tables file by file, and outlines."""

    files: tuple[tuple[str, ImportResult], ...]
    changes: Changes
    outlines: tuple[tuple[Level, str | None], ...] = ()
    """Level of the outlines that were replaced, and the set in use before (None: approximate ones)."""
    contours: int = 0
    """How many outlines the map now uses, of these files."""
    tables: tuple[tuple[str, ImportResult], ...] = ()
    numbers: tuple[int, ...] = ()
    """Imports of values and tables that can be undone, latest first."""

    @property
    def can_be_undone(self) -> bool:
        """True if there is something to take back."""
        return bool(self.numbers or self.outlines)

    def sentence(self) -> str:
        """Say what was written."""
        values = [result for _name, result in self.files]
        tables = [result for _name, result in self.tables]
        return result_sentence(
            len(values) + len(tables) + len(self.outlines),
            sum(result.new for result in values),
            sum(result.changed for result in values),
            sum(result.rejected for result in (*values, *tables)),
            self.contours,
            (sum(result.new for result in tables), sum(result.changed for result in tables)),
        )

    def with_result(
        self, entry: FileEntry, result: ImportResult, replaced: tuple[tuple[Level, str | None], ...]
    ) -> Written:
        """Return the same with one file more."""
        done = ((entry.name, result),)
        number = () if result.number is None or entry.is_outline else (result.number,)
        return replace(
            self,
            files=self.files if entry.is_outline or entry.is_table else (*self.files, *done),
            tables=(*self.tables, *done) if entry.is_table else self.tables,
            changes=self.changes | result.changes,
            outlines=(*self.outlines, *replaced),
            contours=self.contours + (result.new + result.unchanged if entry.is_outline else 0),
            numbers=(*number, *self.numbers),
        )


def write_all(services: Services, entries: Sequence[FileEntry], progress: Progress) -> Written:
    """Copy the base, then write every file; if one fails or the user stops, none of them stays.

    Raises what the services raise.
    """
    progress.report(0.0, "Copie de la base")
    services.base.backup(None)
    before = {row.level: row.uuid for row in services.outlines.sets() if row.active}
    written = Written((), Changes())
    try:
        for rank, entry in enumerate(entries):
            assert entry.prepared is not None
            part = _Slice(progress, rank / len(entries), 1 / len(entries), f"Écriture de {entry.name}")
            result = services.imports.apply(entry.prepared, entry.decisions(), part)
            outline = entry.prepared.outline
            replaced = ((outline.level, before.get(outline.level)),) if outline else ()
            written = written.with_result(entry, result, replaced)
    except BaseException:
        undo_all(services, written)
        raise
    return written


def undo_all(services: Services, written: Written) -> Changes:
    """Take back everything an import wrote, latest first."""
    changes = Changes()
    for number_ in written.numbers:
        changes = changes | services.imports.undo(number_)
    for level, former in reversed(written.outlines):
        changes = changes | services.outlines.activate(former, level)
    return changes


class _Slice(Progress):
    """A Progress that reports into a part of another one, and stops when it does."""

    def __init__(self, whole: Progress, start: float, width: float, step: str) -> None:
        super().__init__()
        self._whole = whole
        self._start = start
        self._width = width
        self._step = step

    def report(self, share: float, step: str = "") -> None:
        """Report to the whole."""
        self._whole.report(self._start + self._width * min(max(share, 0.0), 1.0), step or self._step)

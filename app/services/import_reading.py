"""The beginning of an import: what each table of a file is, read and checked, nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Decision, Severity
from app.domain.errors import DomainError, UnknownSource, UnreadableFile
from app.domain.import_errors import ColumnsWithoutModel, MissingColumns
from app.domain.numbers import parse_number
from app.ingestion import Options, Recognised
from app.ingestion.fields import missing_fields
from app.ingestion.grids import Grid, read_grids
from app.ingestion.opening import find_tables
from app.ingestion.points import holds_points, points_grid
from app.ingestion.read import Part, read_parts
from app.ingestion.recognition import Recogniser, model_named
from app.services.import_tables import check_columns
from app.services.rows import Forecast, Prepared

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from app.progress import Progress
    from app.services.import_tables import Columns, TableImports
    from app.services.outlines import OutlineService
    from app.services.table_imports import Asked

KNOWN_FIRST = 1_000
"""Weight of official series against free tables, when the line of headers is looked for."""
NEAREST = 3


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to read, and what the user said of it, now and before."""

    path: Path
    asked: Asked
    given: Columns
    kept: Mapping[str, Columns]
    progress: Progress
    likeness: dict[tuple[str, ...], float] = field(default_factory=dict)


class FileReader:
    """Reads one file: its official series, its outlines, its free tables."""

    def __init__(
        self,
        departements: Sequence[str],
        reference: Reference,
        outlines: OutlineService,
        tables: TableImports,
    ) -> None:
        self._departements = frozenset(departements)
        self._reference = reference
        self._outlines = outlines
        self._tables = tables

    def read(self, path: Path, asked: Asked, progress: Progress) -> list[Prepared]:
        """Read a file: one Prepared a table, or one that holds the error."""
        try:
            return self._read(path, asked, progress)
        except DomainError as error:
            return [Prepared(path, error=error)]

    def _read(self, path: Path, asked: Asked, progress: Progress) -> list[Prepared]:
        job = self._job(path, asked, progress)
        recogniser = Recogniser(job.kept, asked.model)

        def choose(headers: Sequence[str]) -> int:
            known = recogniser.likeness(headers)
            return KNOWN_FIRST * known if known else round(100 * self._likeness(job, headers))

        found = find_tables(path, progress, choose=choose, model_of=recogniser.model)
        if isinstance(found, Recognised):
            if holds_points(path):
                return self._only_free(job, ())
            outline = self._outlines.read(path, progress)
            return [Prepared(path, outline=outline, count=Forecast(new=len(outline.codes)))]
        found = tuple(item for item in found if asked.part in ("", item.part)) or found
        options = Options(self._departements, asked.year)
        parts = read_parts(path, found, self._reference, progress=progress, options=options)
        known = [part for part in parts if part.clean is not None or part.error is not None]
        left = [part for part in parts if part not in known]
        return self._with_series(job, known, left) if known else self._only_free(job, left)

    def _job(self, path: Path, asked: Asked, progress: Progress) -> _Job:
        if asked.columns and not asked.model:
            raise ColumnsWithoutModel
        given = self._tables.columns_given(asked.model, asked.columns) if asked.model else {}
        kept = self._tables.kept()
        if given:
            kept[asked.model] = {**kept.get(asked.model, {}), **given}
        return _Job(path, asked, given, kept, progress)

    def _likeness(self, job: _Job, headers: Sequence[str]) -> float:
        """How well headers fit a free table; each line of a file is asked several times."""
        key = tuple(headers)
        if key not in job.likeness:
            values = 2 * sum(parse_number(header) is not None for header in headers) > len(headers)
            likeness = self._tables.likeness
            job.likeness[key] = 0.0 if values else likeness(headers, job.kept, job.asked.model)
        return job.likeness[key]

    def _with_series(self, job: _Job, known: Sequence[Part], left: Sequence[Part]) -> list[Prepared]:
        """Official series, and the free tables beside them; what is neither is said once."""
        free = self._beside(job, left)
        several = len(known) + len(free) > 1 or bool(job.asked.part)
        given = check_columns(job.path, job.given, [part.headers for part in known])
        series = [_series(job, part, given, several=several) for part in known]
        taken = {_part_of(item) for item in free}
        names = [part.name for part in left if part.name not in taken]
        return [_say_left(series[0], names), *series[1:], *free]

    def _beside(self, job: _Job, left: Sequence[Part]) -> list[Prepared]:
        """Free tables of a file that holds official series too: only those known by their headers."""
        wanted = {part.name for part in left if self._tables.best(part.headers, job.kept)}
        if not wanted or job.asked.model:
            return []
        grids = [grid for grid in self._grids(job) if (grid.sheet or grid.member) in wanted]
        return self._prepared(job, grids, several=True)

    def _prepared(self, job: _Job, grids: Sequence[Grid], *, several: bool) -> list[Prepared]:
        codes = [(grid, self._tables.best(grid.headers, job.kept)) for grid in grids]
        return [
            self._tables.prepare(job.path, grid, code, {}, several=several) for grid, code in codes if code
        ]

    def _only_free(self, job: _Job, left: Sequence[Part]) -> list[Prepared]:
        """Free tables, or the error of a file that nothing knows, with its tables to describe."""
        try:
            grids = self._grids(job)
        except UnreadableFile as error:
            if error.facts.get("reason") != "too_large" or not left:
                raise
            raise self._unknown(job.path, left[0].headers) from error
        part = job.asked.part
        grids = tuple(grid for grid in grids if part in ("", grid.sheet, grid.member)) or grids
        if job.asked.model:
            return self._as_asked(job, grids)
        found = self._prepared(job, grids, several=len(grids) > 1 or bool(part))
        if found:
            return found
        widest = max(grids, key=lambda grid: len(grid.rows))
        return [Prepared(job.path, error=self._unknown(job.path, widest.headers), grids=grids)]

    def _grids(self, job: _Job) -> tuple[Grid, ...]:
        if holds_points(job.path):
            return (points_grid(job.path),)
        return read_grids(
            job.path, choose=lambda headers: self._likeness(job, headers), progress=job.progress
        )

    def _as_asked(self, job: _Job, grids: Sequence[Grid]) -> list[Prepared]:
        """Read the tables as the user said; those that lack columns are left, unless all do."""
        path, code = job.path, job.asked.model
        given = check_columns(path, job.given, [grid.headers for grid in grids])
        if not self._tables.is_table(code):
            return [_lacking(path, grids, code, given)]
        several = len(grids) > 1 or bool(job.asked.part)
        tried = [self._tables.prepare(path, grid, code, given, several=several) for grid in grids]
        ready = [item for item in tried if item.error is None]
        return ready or [replace(tried[0], grids=tuple(grids))]

    def _unknown(self, path: Path, headers: Sequence[str]) -> UnknownSource:
        near = [choice for choice in self._tables.choices(headers) if choice.columns][:NEAREST]
        closest = tuple(
            (
                f"{choice.label} ({choice.code})",
                tuple(field.label for field in missing_fields(choice.fields, choice.columns)),
            )
            for choice in near
        )
        return UnknownSource(path, headers=tuple(headers), closest=closest)


def _part_of(item: Prepared) -> str:
    grid = item.table.grid if item.table else None
    return (grid.sheet or grid.member) if grid else ""


def _series(job: _Job, part: Part, given: Columns, *, several: bool) -> Prepared:
    name, pairs = part.name if several else "", tuple(given.items())
    return Prepared(
        job.path, clean=part.clean, error=part.error, part=name, model=job.asked.model, given=pairs
    )


def _lacking(path: Path, grids: Sequence[Grid], code: str, given: Columns) -> Prepared:
    """Say which columns of official series are missing."""
    model = model_named(code)
    assert model is not None
    fitted = model.with_columns(given)
    grid = max(grids, key=lambda item: len(fitted.columns(item.headers)))
    columns = {role: grid.headers[place] for role, place in fitted.columns(grid.headers).items()}
    labels = tuple(field.label for field in missing_fields(model.fields, columns))
    error = MissingColumns(path, model=model.label, fields=labels, headers=grid.headers)
    return Prepared(path, error=error, grids=tuple(grids), model=code, given=tuple(given.items()))


def _say_left(prepared: Prepared, left: Sequence[str]) -> Prepared:
    """Add to the first table what is said of the tables that are not read."""
    if prepared.clean is None or not left:
        return prepared
    said = tuple(
        Anomaly(
            None, "", "", "other_table", Severity.INFO, (("name", name), ("known", 0)), Decision.UNDERSTOOD
        )
        for name in left
    )
    clean = replace(prepared.clean, anomalies=(*prepared.clean.anomalies, *said))
    return replace(prepared, clean=clean)

"""From a file to a Clean: choose the table, drive the parser of its source, gather what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app.domain.anomaly import Facts
from app.domain.errors import DomainError, UnknownSource, UnreadableFile
from app.domain.numbers import parse_year
from app.ingestion.bpe import read_long, read_wide
from app.ingestion.cnaf import read_coverage
from app.ingestion.guard import sha256_of
from app.ingestion.melodi import read_melodi
from app.ingestion.model import LICENCE, Clean, Options, Recognised, Territories, finest
from app.ingestion.opening import OUTLINES, Candidate, find_tables
from app.ingestion.population import last_year, read_population
from app.ingestion.reading import Reading
from app.ingestion.sources import BPE, CNAF, POPULATION, VALUES, Model, closest, level_of
from app.ingestion.table import Table
from app.ingestion.values import read_values
from app.progress import SILENT, Progress, unhurried_collector

_PEEKED = 3_000
"""Lines read to learn the last year of a file, before reading it whole."""


def recognise(path: Path) -> Recognised:
    """Return what the file is, told by its content.

    Raises UnreadableFile, or UnknownSource (facts: headers, closest = labels with the columns they miss).
    """
    found = find_tables(path)
    if isinstance(found, Recognised):
        return found
    recognised = _known(path, found)[0].recognised()
    assert recognised is not None
    return recognised


def read_file(
    path: Path, reference: Territories, *, progress: Progress = SILENT, options: Options | None = None
) -> Clean:
    """Read the first known table of a file; other known tables of the same file are said.

    A bad line gives an anomaly, never an error. Raises UnreadableFile, UnknownSource, Cancelled.
    """
    return _read(path, reference, progress, options or Options(), first_only=True)[0]


def read_all(
    path: Path, reference: Territories, *, progress: Progress = SILENT, options: Options | None = None
) -> tuple[Clean, ...]:
    """Read every known table of a zip or of a workbook; one Clean each. Raises as read_file."""
    return _read(path, reference, progress, options or Options(), first_only=False)


def _read(
    path: Path, reference: Territories, progress: Progress, options: Options, *, first_only: bool
) -> tuple[Clean, ...]:
    found = find_tables(path, progress)
    if isinstance(found, Recognised):
        raise UnreadableFile(path, reason="format", kind=OUTLINES)
    known = _known(path, found)
    digest = sha256_of(path, progress)
    wanted = known[:1] if first_only else known
    cleans = []
    for candidate in wanted:
        left = [other for other in found if other not in wanted]
        with unhurried_collector():
            clean = _read_table(path, candidate, left, reference, progress, options)
        cleans.append(replace(clean, sha256=digest))
    progress.report(1.0, "Lecture")
    return tuple(cleans)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a file: what it gave, or why it could not be read; neither if no model knows it.

    name: the sheet, or the member of the zip; empty for a file of one table.
    """

    name: str
    headers: tuple[str, ...]
    clean: Clean | None = None
    error: DomainError | None = None


def read_parts(
    path: Path,
    found: Sequence[Candidate],
    reference: Territories,
    *,
    progress: Progress = SILENT,
    options: Options | None = None,
) -> tuple[Part, ...]:
    """Read every known table of a file, found by `find_tables`; one that fails does not stop the others.

    Raises Cancelled.
    """
    digest = sha256_of(path, progress) if any(candidate.model for candidate in found) else ""
    parts = []
    for candidate in found:
        part = Part(candidate.part, candidate.headers)
        if candidate.model is not None:
            try:
                with unhurried_collector():
                    clean = _read_table(path, candidate, (), reference, progress, options or Options())
                part = replace(part, clean=replace(clean, sha256=digest))
            except DomainError as error:
                part = replace(part, error=error)
        parts.append(part)
    return tuple(parts)


def _known(path: Path, found: Sequence[Candidate]) -> list[Candidate]:
    known = [candidate for candidate in found if candidate.model is not None]
    if not known:
        headers = found[0].headers
        raise UnknownSource(path, headers=headers, closest=closest(headers))
    return known


def _read_table(
    path: Path,
    candidate: Candidate,
    left: Sequence[Candidate],
    reference: Territories,
    progress: Progress,
    options: Options,
) -> Clean:
    """Read a table; again with the other encoding if a byte says so, or with the right year of its codes."""
    for encoding in candidate.encodings:
        try:
            year = _peek_year(path, candidate, encoding)
            reading = _drive(path, candidate, encoding, reference, progress, options, year)
            last = max(reading.years, default=year)
            if last != year and reading.model.variant == "melodi":
                reading = _drive(path, candidate, encoding, reference, progress, options, last)
        except UnicodeDecodeError:
            continue
        _say_left(reading, left)
        return _clean(reading)
    raise UnreadableFile(path, reason="encoding")


def _peek_year(path: Path, candidate: Candidate, encoding: str) -> int:
    """Return the last year of the first lines, else the one in the name of the file, else 0."""
    assert candidate.model is not None
    place = candidate.model.columns(candidate.headers).get("year")
    years: set[int] = set()
    if place is not None and not candidate.sheet:
        table = candidate.open(encoding, SILENT)
        try:
            cells = (row[place] for _, row in islice(table.records, _PEEKED) if len(row) > place)
            years = {year for cell in set(cells) if (year := parse_year(cell)) is not None}
        finally:
            table.close()
    return max(years, default=last_year(candidate.member or path.name) or 0)


def _drive(
    path: Path,
    candidate: Candidate,
    encoding: str,
    reference: Territories,
    progress: Progress,
    options: Options,
    year: int,
) -> Reading:
    assert candidate.model is not None
    table = candidate.open(encoding, progress)
    return _parse(path, candidate.model, table, reference, options, year)


def _parse(
    path: Path, model: Model, table: Table, reference: Territories, options: Options, year: int
) -> Reading:
    try:
        reading = Reading(path, table, model, reference, options, year)
        _parser(model)(reading)
    finally:
        table.close()
    return reading


def _parser(model: Model) -> Callable[[Reading], None]:
    if model.source == CNAF:
        return read_coverage
    if model.variant == VALUES:
        return read_values
    if model.variant == "melodi":
        return read_long if model.source == BPE else read_melodi
    return read_population if model.source == POPULATION else read_wide


def _say_left(reading: Reading, left: Sequence[Candidate]) -> None:
    for other in left:
        facts: Facts = (("name", other.member or other.sheet), ("known", int(other.model is not None)))
        reading.out.note(0, "other_table", "", "", facts)


def _clean(reading: Reading) -> Clean:
    out, table, model = reading.out, reading.table, reading.model
    series = out.series()
    levels = tuple(sorted({level for _, _, level in series}))
    years = {year for _, year, _ in series}
    if not out.rows:
        out.note(0, "nothing_kept")
    return Clean(
        source=model.source,
        label=model.label,
        level=finest(levels) if levels else level_of(model),
        years=tuple(sorted(years)),
        rows=tuple(out.rows),
        anomalies=out.anomalies(),
        rows_read=reading.rows_read,
        encoding=table.encoding,
        separator=table.separator,
        sheet=table.sheet,
        licence=LICENCE,
        sha256="",
        preview=reading.preview(),
        path=reading.path,
        member=table.member,
        levels=levels,
        indicators=tuple(sorted({indicator for indicator, _, _ in series})),
        millesime=model.millesime(max(years)) if years else 0,
        rejected=len(out.refused),
        ignored=out.ignored,
    )

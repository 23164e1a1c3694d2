"""Free tables, whole and as text: every sheet of a workbook, every text table of a zip, within bounds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import UnreadableFile
from app.domain.numbers import parse_number, parse_year
from app.ingestion import sheets
from app.ingestion.cells import as_text
from app.ingestion.fields import Field, columns_score, match_columns, missing_fields
from app.ingestion.guard import MAX_COLUMNS, check_file, sha256_of
from app.ingestion.model import Recognised
from app.ingestion.opening import Candidate, find_tables, is_workbook
from app.progress import SILENT, Progress

__all__ = [
    "Field",
    "Grid",
    "GridRow",
    "columns_score",
    "match_columns",
    "missing_fields",
    "read_grids",
]

MAX_ROWS = 200_000
"""Lines of one table: lists of equipment, plans and grids hold a hundred times fewer."""
MAX_CELLS = 8_000_000
TOP = 30
"""Lines among which the headers are looked for: titles often stand above them."""

Chooser = Callable[[Sequence[str]], float]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line: its number in the file (1-based), and one text a header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as text. headers are unique and never empty (« Colonne 3 », « Nom (2) » if need be).

    Numbers of a workbook are written with a point, dates as 2023-01-31, booleans as « oui » and « non ».
    above: the lines over the headers, as a title; broken: lines whose quotes never close.
    """

    path: Path
    sheet: str
    sha256: str
    headers: tuple[str, ...]
    rows: tuple[GridRow, ...]
    encoding: str = ""
    separator: str = ""
    member: str = ""
    header_line: int = 1
    above: tuple[GridRow, ...] = ()
    broken: tuple[tuple[int, int], ...] = ()

    @property
    def name(self) -> str:
        """File, with the sheet or the member that the table is in."""
        inner = self.sheet or self.member
        return f"{self.path.name}, {inner}" if inner else self.path.name

    def place(self, header: str) -> int | None:
        """Return the place of a header, None if there is no such column."""
        return self.headers.index(header) if header in self.headers else None

    def column(self, header: str) -> tuple[str, ...]:
        """Return the cells of a column, empty texts if there is none."""
        place = self.place(header)
        return tuple("" if place is None else row.cells[place] for row in self.rows)


def read_grids(path: Path, *, choose: Chooser | None = None, progress: Progress = SILENT) -> tuple[Grid, ...]:
    """Return the tables of a csv, xlsx, xls, ods or zip file, empty ones left out.

    choose: how well cells look like the headers of something known (0 for not at all), to find the line of
    headers; the fullest of the first lines is taken otherwise. Raises UnreadableFile, Cancelled.
    """
    choose = choose or (lambda _: 0.0)
    check_file(path)
    raw = _of_workbook(path, progress) if is_workbook(path) else _of_text(path, choose, progress)
    found = [grid for table in raw if (grid := _grid(path, table, choose)) is not None]
    if not found:
        raise UnreadableFile(path, reason="no_table")
    digest = sha256_of(path, progress)
    return tuple(_signed(grid, digest) for grid in found)


@dataclass(frozen=True, slots=True)
class _Raw:
    lines: list[tuple[int, tuple[str, ...]]]
    sheet: str = ""
    member: str = ""
    encoding: str = ""
    separator: str = ""
    broken: tuple[tuple[int, int], ...] = ()


def _of_workbook(path: Path, progress: Progress) -> Iterator[_Raw]:
    for name, first, rows in sheets.whole_sheets(path, progress):
        _check_size(path, len(rows), max(map(len, rows), default=0))
        lines = [(line, tuple(map(_written, row))) for line, row in enumerate(rows, start=first)]
        yield _Raw(lines, sheet=name)


def _written(raw: object) -> str:
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, float) and not raw.is_integer():
        return f"{raw:.15g}"  # what the workbook shows: 0.3, not 0.30000000000000004
    if isinstance(raw, datetime.datetime) and (raw.hour or raw.minute):
        return raw.isoformat(" ", "minutes")
    return as_text(raw).strip()


def _of_text(path: Path, choose: Chooser, progress: Progress) -> Iterator[_Raw]:
    found = find_tables(path, progress, choose=lambda cells: round(100 * choose(cells)), multiline=True)
    if isinstance(found, Recognised):
        raise UnreadableFile(path, reason="format", kind=found.kind)
    for candidate in found:
        yield _read_text(path, candidate, progress)


def _read_text(path: Path, candidate: Candidate, progress: Progress) -> _Raw:
    for encoding in candidate.encodings:
        table = candidate.open(encoding, progress)
        try:
            lines = [(table.header_line, table.headers)]
            for line, cells in table.records:
                lines.append((line, tuple(str(cell).strip() for cell in cells)))
                _check_size(path, len(lines), len(cells))
            return _Raw(
                lines, "", candidate.member, table.encoding, table.separator, broken=tuple(table.broken)
            )
        except UnicodeDecodeError:
            continue
        finally:
            table.close()
    raise UnreadableFile(path, reason="encoding")


def _check_size(path: Path, rows: int, width: int) -> None:
    if rows > MAX_ROWS or rows * width > MAX_CELLS:
        raise UnreadableFile(path, reason="too_large", limit=MAX_ROWS)


def _grid(path: Path, raw: _Raw, choose: Chooser) -> Grid | None:
    lines = [(line, cells) for line, cells in raw.lines if any(cells)]
    if not lines:
        return None
    width = max(_width(cells) for _, cells in lines)
    if width > MAX_COLUMNS:
        raise UnreadableFile(path, reason="too_many_columns", count=width, limit=MAX_COLUMNS)
    rows = [GridRow(line, _fitted(cells, width)) for line, cells in lines]
    top = header_place([row.cells for row in rows[:TOP]], choose)
    return Grid(
        path,
        raw.sheet,
        "",
        unique_headers(rows[top].cells),
        tuple(rows[top + 1 :]),
        raw.encoding,
        raw.separator,
        raw.member,
        rows[top].line,
        tuple(rows[:top]),
        raw.broken,
    )


def _width(cells: Sequence[str]) -> int:
    return max((place + 1 for place, cell in enumerate(cells) if cell), default=0)


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


def header_place(lines: Sequence[Sequence[str]], choose: Chooser) -> int:
    """Return the place of the headers: what looks most like something known, else the first full line."""
    scores = [choose(line) for line in lines]
    if max(scores) > 0:
        return scores.index(max(scores))
    words = [sum(bool(cell) and not _is_figure(cell) for cell in line) for line in lines]
    enough = 0.6 * max(words)
    return next(place for place, count in enumerate(words) if count >= enough)


def _is_figure(cell: str) -> bool:
    return parse_number(cell) is not None or parse_year(cell) is not None


def unique_headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the cells as headers: none empty, none twice, on one line."""
    found: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"Colonne {place}"
        header, rank = name, 1
        while header in found:
            rank += 1
            header = f"{name} ({rank})"
        found.append(header)
    return tuple(found)


def _signed(grid: Grid, digest: str) -> Grid:
    from dataclasses import replace

    return replace(grid, sha256=digest)

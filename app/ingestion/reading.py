"""One table being turned into clean rows: what all sources share, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.anomaly import Facts, Severity
from app.domain.indicator import ValueStatus
from app.domain.numbers import parse_year
from app.domain.territory import FRANCE, Level
from app.ingestion.cells import Cell, CellReader, as_text
from app.ingestion.codes import Code, CodeReader
from app.ingestion.collect import Collector
from app.ingestion.model import PREVIEW_LINES, CleanRow, Options, Preview, Territories
from app.ingestion.sources import Model
from app.ingestion.table import Table


@dataclass
class Reading:
    """State of the reading of one table; a parser of a source drives it."""

    path: Path
    table: Table
    model: Model
    reference: Territories
    options: Options
    file_year: int
    """Year the figures of the file go up to, for sources whose codes all belong to one geography."""
    out: Collector = field(default_factory=Collector)
    years: set[int] = field(default_factory=set)
    rows_read: int = 0

    def __post_init__(self) -> None:
        self.columns = self.model.columns(self.table.headers)
        self.cells = CellReader()
        self._codes: dict[int, CodeReader] = {}
        self._top: list[tuple[int, tuple[str, ...]]] = []
        self._years: dict[object, int | None] = {}
        self._names: dict[tuple[Level, str], str] = {}
        self._headers = {role: self.table.headers[place] for role, place in self.columns.items()}
        self._scope_of: dict[tuple[Level, str], bool] = {}

    # lines

    def lines(self) -> Iterator[tuple[int, Sequence[object]]]:
        """Yield line number and cells of each line that has as many cells as headers, blank lines apart."""
        width = len(self.table.headers)
        for line, cells in self.table.records:
            if len(cells) != width:
                cells = self._fitted(cells, width)
            if not any(cells) and not any(cell not in (None, "") for cell in cells):
                continue
            self.rows_read += 1
            if len(self._top) < PREVIEW_LINES:
                self._top.append((line, tuple(as_text(cell) for cell in cells[:width])))
            if len(cells) != width:
                facts: Facts = (("found", len(cells)), ("expected", width))
                self.out.error(line, "", "", "wrong_width", facts)
                continue
            yield line, cells
        self._say_broken()

    @staticmethod
    def _fitted(cells: Sequence[object], width: int) -> Sequence[object]:
        """Return the cells without the empty ones beyond the headers; a blank line gets the right width."""
        kept = list(cells)
        while len(kept) > width and kept[-1] in (None, ""):
            kept.pop()
        if not any(cell not in (None, "") and str(cell).strip() for cell in kept):
            return [""] * width
        return kept

    def _say_broken(self) -> None:
        for first, last in self.table.broken:
            self.rows_read += 1
            facts: Facts = (("lines", f"{first}-{last}"),) if last > first else ()
            self.out.error(first, "", "", "open_quote", facts)

    def header(self, role: str) -> str:
        """Return the header of a role as written in the file."""
        return self._headers.get(role, "")

    def raw(self, cells: Sequence[object], role: str) -> object:
        """Return the cell of a role, None if the table has no such column."""
        place = self.columns.get(role)
        return None if place is None else cells[place]

    # cells

    def year(self, line: int, cells: Sequence[object]) -> int | None:
        """Return the year of the line; refuse the line and return None if it has none."""
        raw = cells[self.columns["year"]]
        try:
            year = self._years[raw]
        except KeyError:
            year = self._years[raw] = parse_year(raw)
        if year is None:
            self.out.error(line, self.header("year"), as_text(raw), "bad_year")
            return None
        self.years.add(year)
        return year

    def code(self, line: int, raw: object, level: Level, millesime: int) -> str | None:
        """Return the official code written in the cell; say why and return None if there is none to keep."""
        reader = self._codes.get(millesime)
        if reader is None:
            reader = self._codes[millesime] = CodeReader(self.reference, millesime)
        found = reader.read(level, raw)
        if found.rule:
            self._say_code(line, as_text(raw), found, millesime)
        return found.code

    def _say_code(self, line: int, written: str, found: Code, millesime: int) -> None:
        column = self.header("code")
        facts: Facts = (*found.facts, ("millesime", millesime))
        if found.severity is Severity.ERROR:
            self.out.code_error(line, column, written, found.rule, facts)
        elif found.code is None:
            self.out.ignore(line, found.rule, column, written if found.rule == "other_object" else "")
        else:
            shown = found.rule in ("merged_since", "without_mayotte")
            self.out.note(line, found.rule, column, written if shown else "", facts if shown else ())

    def number(self, line: int, column: str, raw: object) -> Cell | None:
        """Return the cell as a number or a state; refuse the line and return None if it is neither."""
        cell = self.cells.read(raw)
        if cell.problem:
            self.out.error(line, column, as_text(raw), cell.problem)
            return None
        if cell.number is None:
            self._say_missing(line, column, raw, cell)
        elif cell.number < 0:
            self.out.error(line, column, as_text(raw), "negative")
            return None
        return cell

    def count(self, line: int, column: str, raw: object) -> Cell | None:
        """Return the cell as a whole number or a state; refuse the line and return None if it is neither."""
        cell = self.number(line, column, raw)
        if cell is not None and cell.number is not None and not cell.number.is_integer():
            self.out.error(line, column, as_text(raw), "not_integer")
            return None
        return cell

    def _say_missing(self, line: int, column: str, raw: object, cell: Cell) -> None:
        if cell.written:
            self.out.note(line, "state_word", column, as_text(raw).strip(), (("state", int(cell.state)),))
        else:
            self.out.note(line, "empty_cell", column)

    # territories

    def in_scope(self, level: Level, code: str) -> bool:
        """Tell whether the territory touches the départements of the base; True where none was given."""
        chosen = self.options.departements
        if not chosen:
            return True
        key = (level, code)
        if key not in self._scope_of:
            self._scope_of[key] = bool(chosen.intersection(self._departements(level, code)))
        return self._scope_of[key]

    def _departements(self, level: Level, code: str) -> tuple[str, ...]:
        if level is Level.DEPARTEMENT:
            return (code,)
        if level is Level.COMMUNE:
            return (code[:3] if code.startswith("97") else code[:2],)
        if level is Level.EPCI and self.reference.exists(level, code):
            return self.reference.epci(code).departements
        return ()

    def name(self, level: Level, code: str, written: object) -> str:
        """Return the name to keep: the official one of today, else the one written in the file."""
        key = (level, code)
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = self._official_name(level, code) or as_text(written).strip()
        return found

    def _official_name(self, level: Level, code: str) -> str:
        if level is Level.FRANCE:
            return FRANCE.name
        return self.reference.name(level, code) if self.reference.exists(level, code) else ""

    # the end

    def unused_columns(self) -> None:
        """Say once which columns of the file are not used."""
        used = set(self.columns.values())
        unused = [name for place, name in enumerate(self.table.headers) if place not in used and name]
        if unused:
            facts: Facts = (("columns", ", ".join(unused)),)
            self.out.note(self.table.header_line, "unused_columns", "", "", facts)

    def preview(self) -> Preview:
        """Return the top of the table, with our names of its columns."""
        names, numeric = [""] * len(self.table.headers), [False] * len(self.table.headers)
        for code, place in self.columns.items():
            role = self.model.role(code)
            if role is not None:
                names[place], numeric[place] = role.name, role.numeric
        return Preview(self.table.headers, tuple(names), tuple(numeric), tuple(self._top))


def make_row(
    indicator: str, year: int, level: Level, code: str, cell: Cell, millesime: int, line: int, name: str
) -> CleanRow:
    """Return a consolidated, measured row."""
    return CleanRow(
        indicator,
        year,
        level,
        code,
        cell.number,
        cell.state,
        ValueStatus.CONSOLIDATED,
        False,
        millesime,
        line,
        name,
    )

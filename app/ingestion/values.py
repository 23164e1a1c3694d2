"""Tables of one series a column: census ages and families, incomes, population of the Caf, at any level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.indicator import ValueState
from app.domain.numbers import plain_text
from app.domain.territory import Level
from app.ingestion.cells import Cell, as_text
from app.ingestion.codes import LENGTHS, is_france
from app.ingestion.population import year_said_elsewhere
from app.ingestion.producers import in_force
from app.ingestion.reading import Reading, make_row
from app.ingestion.sources import value_columns

OVERSEAS = "97"


def read_values(reading: Reading) -> None:
    """Read a table with one line a territory, told by its code, and one column a series."""
    present = value_columns(reading.model, reading.table.headers)
    reading.unused_columns()
    fixed = (
        None
        if "year" in reading.columns
        else year_said_elsewhere(reading, reading.header(next(iter(present))))
    )
    for line, cells in reading.lines():
        year = reading.year(line, cells) if fixed is None else fixed
        if year is not None:
            _read_line(reading, line, cells, year, present)


def _read_line(
    reading: Reading, line: int, cells: Sequence[object], year: int, present: dict[str, int]
) -> None:
    raw, then = reading.raw(cells, "code"), reading.model.millesime(year)
    level = level_of_code(raw)
    code = reading.code(line, raw, level, then)
    if code is None:
        return
    name = reading.name(level, code, reading.raw(cells, "name"))
    rows, columns = [], []
    for indicator, place in present.items():
        cell = reading.number(line, reading.header(indicator), cells[place])
        if cell is None:
            return
        rows.append(make_row(indicator, year, level, code, _said(reading, cell, year), then, line, name))
        columns.append(reading.header(indicator))
    reading.out.commit(rows, columns)


def _said(reading: Reading, cell: Cell, year: int) -> Cell:
    """An empty cell is a secret where the producer says so: never a lack of data, never a zero."""
    hides = not cell.written and in_force(reading.model.source, "empty_is_secret", year)
    return replace(cell, state=ValueState.MASKED) if hides else cell


def level_of_code(raw: object) -> Level:
    """Return the level that a code tells: nine figures for an Epci, two or three for a département."""
    text = plain_text(as_text(raw)).lstrip("'")
    if is_france(text):
        return Level.FRANCE
    if len(text) >= LENGTHS[Level.EPCI]:
        return Level.EPCI
    short = len(text) <= LENGTHS[Level.DEPARTEMENT]
    return Level.DEPARTEMENT if short or (len(text) == 3 and text.startswith(OVERSEAS)) else Level.COMMUNE

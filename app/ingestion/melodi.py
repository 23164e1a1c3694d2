"""Insee, format « Melodi »: one line a figure, with the kind of zone and the status of the observation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.anomaly import Facts
from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from app.ingestion.cells import Cell, as_text
from app.ingestion.model import CleanRow
from app.ingestion.producers import indicators
from app.ingestion.reading import Reading
from app.ingestion.sources import BPE

OBJECTS = {
    "COM": Level.COMMUNE,
    "ARM": Level.COMMUNE,
    "EPCI": Level.EPCI,
    "ARR": Level.ARRONDISSEMENT,
    "DEP": Level.DEPARTEMENT,
    "REG": Level.REGION,
    "FRANCE": Level.FRANCE,
    "PAYS": Level.FRANCE,
}

_MISSING = {
    # status of an observation without a figure -> state
    "M": ValueState.NO_DATA,
    "O": ValueState.NO_DATA,
    "H": ValueState.NO_DATA,
    "S": ValueState.NO_DATA,
    "K": ValueState.NO_DATA,
    "L": ValueState.NOT_PUBLISHED,
    "N": ValueState.NOT_PUBLISHED,
    "Q": ValueState.MASKED,
    "C": ValueState.MASKED,
}
_ESTIMATED = {"E", "F", "I"}
_PROVISIONAL = {"P", "V"}


@dataclass(frozen=True, slots=True)
class _Places:
    """Place of each column, -1 for one that is not there."""

    code: int
    object: int
    year: int
    value: int
    status: int
    secret: int
    frequency: int
    measure: int
    facility: int

    @classmethod
    def of(cls, columns: dict[str, int]) -> _Places:
        """Return the places found in the headers."""
        return cls(*(columns.get(name, -1) for name in cls.__slots__))


def read_melodi(reading: Reading, see: Callable[[object, object], None] | None = None) -> None:
    """Read all the lines of a Melodi table of births, of populations or of equipment counts.

    see: told the kind and the code of the zone of each line, even of those left out.
    """
    places = _Places.of(reading.columns)
    millesime = reading.model.millesime(reading.file_year)
    pick = _facility if reading.model.source == BPE else _measured
    for line, cells in reading.lines():
        if see is not None:
            see(cells[places.object], cells[places.code])
        indicator = pick(reading, places, line, cells)
        if indicator:
            _read_line(reading, places, line, cells, indicator, millesime)


def _measured(reading: Reading, places: _Places, line: int, cells: Sequence[object]) -> str:
    """Return our indicator for the measure of the line, empty if it is another one (said once)."""
    indicator = indicators(reading.model.source, "measure").get(str(cells[places.measure]))
    if indicator is not None:
        return indicator
    reading.out.ignore(line, "other_measure", reading.header("measure"), as_text(cells[places.measure]))
    return ""


def _facility(reading: Reading, places: _Places, line: int, cells: Sequence[object]) -> str:
    """Return our indicator for the facility of the line, empty if it is another one (said once for all)."""
    indicator = indicators(BPE, "facility").get(str(cells[places.facility]))
    if indicator is None:
        reading.out.ignore(line, "other_facility", reading.header("facility"))
        return ""
    if places.measure >= 0 and cells[places.measure] != "FACILITIES":
        reading.out.ignore(line, "other_measure", reading.header("measure"), as_text(cells[places.measure]))
        return ""
    return indicator


def _read_line(
    reading: Reading, places: _Places, line: int, cells: Sequence[object], indicator: str, millesime: int
) -> None:
    level = OBJECTS.get(str(cells[places.object]))
    if level is None:
        reading.out.ignore(line, "other_object", reading.header("object"), as_text(cells[places.object]))
        return
    if places.frequency >= 0 and cells[places.frequency] not in ("A", ""):
        reading.out.ignore(line, "other_frequency", reading.header("frequency"))
        return
    year = reading.year(line, cells)
    code = None if year is None else reading.code(line, cells[places.code], level, millesime)
    cell = None if code is None else _cell(reading, line, cells, places)
    if year is None or code is None or cell is None:
        return
    state, status, estimated = cell.state, ValueStatus.CONSOLIDATED, False
    letter = "A" if places.status < 0 else cells[places.status]
    if letter != "A":
        status, estimated = _status(reading, line, str(letter), cell)
    name = reading.name(level, code, "")
    row = CleanRow(indicator, year, level, code, cell.number, state, status, estimated, millesime, line, name)
    reading.out.commit((row,), (reading.header("value"),))


def _cell(reading: Reading, line: int, cells: Sequence[object], places: _Places) -> Cell | None:
    """Return the figure, or the state that status and secrecy columns give it."""
    raw = cells[places.value]
    if places.secret >= 0 and cells[places.secret] not in ("F", ""):
        reading.out.note(line, "confidential", reading.header("secret"), as_text(cells[places.secret]))
        return Cell(None, ValueState.MASKED)
    letter = "A" if places.status < 0 else str(cells[places.status])
    if letter in _MISSING and raw in (None, ""):
        return Cell(None, _MISSING[letter])
    if letter == "Q":
        return Cell(None, ValueState.MASKED)
    return reading.count(line, reading.header("value"), raw)


def _status(reading: Reading, line: int, letter: str, cell: Cell) -> tuple[ValueStatus, bool]:
    """Return how final and how measured the figure is, and say once what the status means."""
    facts: Facts = (("state", int(cell.state)),)
    reading.out.note(line, "observation_status", reading.header("status"), letter, facts)
    status = ValueStatus.PROVISIONAL if letter in _PROVISIONAL else ValueStatus.CONSOLIDATED
    return status, letter in _ESTIMATED

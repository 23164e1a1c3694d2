"""Cnaf, « taux de couverture petite enfance »: one line a territory, one column a mode of care."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.anomaly import Facts
from app.domain.territory import Level
from app.ingestion.cells import Cell, as_text
from app.ingestion.model import CleanRow
from app.ingestion.producers import limit
from app.ingestion.reading import Reading, make_row
from app.ingestion.sources import CNAF, level_of

INDICATORS = {
    "eaje": "couv_eaje",
    "prescol": "couv_prescol",
    "am": "couv_am",
    "gad": "couv_gad",
    "global": "couv_global",
}
PARTS = ("eaje", "prescol", "am", "gad")
FULL = 100.0


def read_coverage(reading: Reading) -> None:
    """Read all the lines of a table of coverage rates."""
    level = level_of(reading.model)
    present = {role: place for role, place in reading.columns.items() if role in INDICATORS}
    reading.unused_columns()
    for line, cells in reading.lines():
        year = reading.year(line, cells)
        if year is None:
            continue
        code = reading.code(line, reading.raw(cells, "code"), level, reading.model.millesime(year))
        if code is not None:
            _read_line(reading, level, code, year, line, cells, present)


def _read_line(
    reading: Reading,
    level: Level,
    code: str,
    year: int,
    line: int,
    cells: Sequence[object],
    present: dict[str, int],
) -> None:
    name = reading.name(level, code, reading.raw(cells, "name"))
    found: dict[str, Cell] = {}
    for role, place in present.items():
        cell = reading.number(line, reading.header(role), cells[place])
        if cell is None:
            return
        found[role] = cell
    then = reading.model.millesime(year)
    rows = [
        make_row(INDICATORS[role], year, level, code, cell, then, line, name) for role, cell in found.items()
    ]
    if _commit(reading, rows, [reading.header(role) for role in found]):
        _check_rates(reading, level, code, line, cells, found)
        _check_parts(reading, line, found)
        if level is Level.EPCI:
            _check_borders(reading, code, line)


def _commit(reading: Reading, rows: list[CleanRow], columns: list[str]) -> bool:
    """Keep the rows; False if the line repeats a former one."""
    before = len(reading.out.rows)
    reading.out.commit(rows, columns)
    return len(reading.out.rows) > before


def _check_rates(
    reading: Reading, level: Level, code: str, line: int, cells: Sequence[object], found: dict[str, Cell]
) -> None:
    for role, cell in found.items():
        if cell.number is not None and cell.number > FULL:
            column, written = reading.header(role), as_text(cells[reading.columns[role]])
            if cell.number > limit(CNAF, "doubtful_rate") and reading.in_scope(level, code):
                reading.out.question(line, column, written, "rate_doubtful", target=INDICATORS[role])
            else:
                reading.out.note(line, "rate_above_100", column)
                reading.out.extreme("rate_above_100", column, cell.number)
    eaje = found.get("eaje")
    if eaje is not None and eaje.number == 0:
        _check_zero(reading, level, code, line, found)


def _check_zero(reading: Reading, level: Level, code: str, line: int, found: dict[str, Cell]) -> None:
    """A zero in Eaje may be an absence: asked one by one where it is rare, said once for communes."""
    column = reading.header("eaje")
    if level is Level.COMMUNE or not reading.in_scope(level, code):
        reading.out.note(line, "zero_eaje_many", column)
        return
    facts: Facts = (("level", int(level)), ("code", code))
    total = found["global"].number
    if total is not None:
        facts = (*facts, ("global", total))
    reading.out.question(line, column, "0", "zero_eaje", facts, INDICATORS["eaje"])


def _check_parts(reading: Reading, line: int, found: dict[str, Cell]) -> None:
    """Compare the four parts with the total, where all five are known."""
    numbers = [found[role].number for role in PARTS if role in found]
    total = found["global"].number
    if len(numbers) < len(PARTS) or total is None:
        return
    known = [number for number in numbers if number is not None]
    if len(known) < len(PARTS):
        return
    gap = round(abs(sum(known) - total), 6)
    column = reading.header("global")
    if gap > limit(CNAF, "rounding"):
        facts: Facts = (("gap", gap), ("sum", round(sum(known), 6)))
        reading.out.question(line, column, f"{total:g}", "parts_differ", facts, INDICATORS["global"])
        return
    reading.out.note(line, "parts_rounded", column)
    reading.out.extreme("parts_rounded", column, gap)


def _check_borders(reading: Reading, code: str, line: int) -> None:
    """An Epci over several départements concerns two Caf: asked where its seat is outside the base."""
    reference = reading.reference
    if not reference.exists(Level.EPCI, code):
        return
    epci = reference.epci(code)
    if len(epci.departements) < 2 or not reading.in_scope(Level.EPCI, code):
        return
    chosen = reading.options.departements
    if chosen and epci.code_departement not in chosen:
        facts = (("shares", _shares(reading, code, epci.departements)),)
        reading.out.question(line, reading.header("code"), code, "two_departements", facts)
    else:
        reading.out.note(line, "two_departements_seat", reading.header("code"))


def _shares(reading: Reading, code: str, departements: tuple[str, ...]) -> str:
    """Return "1|en Haute-Marne;68|dans les Vosges", smallest share first."""
    reference = reading.reference
    counts = sorted((reference.share_of(code, item)[0], item) for item in departements)
    return ";".join(f"{count}|{reference.departement(item).in_name}" for count, item in counts)

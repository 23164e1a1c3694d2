"""Insee, « base permanente des équipements »: counts of structures, as a wide table or in Melodi format."""

from __future__ import annotations

from app.domain.anomaly import Facts
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.ingestion.cells import Cell
from app.ingestion.melodi import read_melodi
from app.ingestion.model import CleanRow
from app.ingestion.producers import indicators, limit
from app.ingestion.reading import Reading, make_row
from app.ingestion.sources import BPE


def read_wide(reading: Reading) -> None:
    """Read a table with one line a commune and one column a kind of structure."""
    reading.unused_columns()
    known = indicators(BPE, "facility")
    present = {role: place for role, place in reading.columns.items() if role in known}
    headers = [reading.header(role) for role in present]
    for line, cells in reading.lines():
        year = reading.year(line, cells)
        if year is None:
            continue
        then = reading.model.millesime(year)
        code = reading.code(line, reading.raw(cells, "code"), Level.COMMUNE, then)
        if code is None:
            continue
        name = reading.name(Level.COMMUNE, code, reading.raw(cells, "name"))
        rows: list[CleanRow] = []
        for role, place in present.items():
            cell = reading.count(line, reading.header(role), cells[place])
            if cell is None:
                break
            rows.append(make_row(known[role], year, Level.COMMUNE, code, cell, then, line, name))
        else:
            reading.out.commit(rows, headers)


def read_long(reading: Reading) -> None:
    """Read a Melodi table, then give a zero to the communes it covers: the BPE writes no zero."""
    covered = _Covered(reading)
    read_melodi(reading, covered.see)
    for year in sorted(reading.years):
        covered.complete(year)


class _Covered:
    """Communes that have a line of any equipment: those the file is about."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seen: set[str] = set()

    def see(self, kind: object, code: object) -> None:
        """Remember the commune of a line."""
        if kind == "COM":
            self._seen.add(str(code))

    def complete(self, year: int) -> None:
        """Add the zeros of one year, where the file covers the département and knows the equipment."""
        for departement, communes in self._by_departement().items():
            if len(self._seen.intersection(communes)) < limit(BPE, "coverage", year) * len(communes):
                continue
            for indicator in indicators(BPE, "facility").values():
                self._complete(indicator, year, departement, communes)

    def _by_departement(self) -> dict[str, dict[str, str]]:
        reference = self._reading.reference
        groups: dict[str, dict[str, str]] = {}
        for commune in reference.communes(millesime=self._millesime):
            groups.setdefault(commune.code_departement, {})[commune.code] = commune.name
        return groups

    @property
    def _millesime(self) -> int:
        return self._reading.model.millesime(self._reading.file_year)

    def _complete(self, indicator: str, year: int, departement: str, communes: dict[str, str]) -> None:
        out = self._reading.out
        given = out.codes(indicator, year, Level.COMMUNE).intersection(communes)
        if not given:
            return
        zero = Cell(0.0, ValueState.ZERO)
        for code in sorted(communes.keys() - given):
            row = make_row(indicator, year, Level.COMMUNE, code, zero, self._millesime, 0, communes[code])
            out.commit((row,), ("",))
        facts: Facts = (
            ("indicator", indicator),
            ("departement", departement),
            ("zeros", len(communes) - len(given)),
            ("year", year),
        )
        out.note(0, "deduced_zero", "", "", facts)

"""Cells of one line of a free table, by code of field; every refusal is collected, none stops the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.anomaly import Anomaly, Decision, Facts, Severity
from app.domain.register_errors import RegisterRefusal
from app.domain.register_words import refusal_anomaly
from app.ingestion.grids import Grid, GridRow

_Value = TypeVar("_Value")


@dataclass
class Line:
    """One line being read: its cells by field, and what was found wrong in it."""

    number: int
    cells: Mapping[str, str]
    headers: Mapping[str, str]
    anomalies: list[Anomaly] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True once an error was found: the line is left out."""
        return any(anomaly.severity is Severity.ERROR for anomaly in self.anomalies)

    def text(self, code: str) -> str:
        """Return a cell, empty if there is no such column."""
        return self.cells.get(code, "")

    def read(self, code: str, read: Callable[[str], _Value]) -> _Value | None:
        """Return what a cell says; None when it is empty, or refused with its anomaly."""
        text = self.text(code)
        if not text:
            return None
        try:
            return read(text)
        except RegisterRefusal as error:
            self.refuse(error, code)
            return None

    def refuse(self, error: RegisterRefusal, code: str = "") -> None:
        """Collect a refusal, at the column of its field."""
        code = code or error.field
        self.anomalies.append(
            refusal_anomaly(error, self.number, self.headers.get(code, ""), self.text(code))
        )

    def remark(self, rule: str, code: str, severity: Severity = Severity.INFO, facts: Facts = ()) -> None:
        """Collect a remark, or a question whose proposed answer is to keep the line."""
        decision = Decision.KEEP if severity is Severity.QUESTION else Decision.UNDERSTOOD
        header = self.headers.get(code, "")
        self.anomalies.append(Anomaly(self.number, header, self.text(code), rule, severity, facts, decision))


def lines_of(grid: Grid, columns: Mapping[str, str]) -> Iterator[Line]:
    """Yield the lines of a grid that are not empty in the columns that matter."""
    places = {code: place for code, header in columns.items() if (place := grid.place(header)) is not None}
    for row in grid.rows:
        cells = _cells(row, places)
        if any(cells.values()):
            yield Line(row.line, cells, columns)


def _cells(row: GridRow, places: Mapping[str, int]) -> dict[str, str]:
    return {code: row.cells[place].strip() for code, place in places.items()}

"""Gather rows and anomalies of one file: one line is kept whole or refused, similar remarks are grouped."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.anomaly import Anomaly, Decision, Facts, Severity, pack_ranges
from app.domain.anomaly_texts import Fact
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.ingestion.model import CleanRow

ONE_BY_ONE = 200
"""Beyond that number, findings of one rule in one column are grouped: nobody answers them one by one."""


class Collector:
    """Rows and anomalies of a file being read."""

    def __init__(self) -> None:
        self.rows: list[CleanRow] = []
        self.refused: set[int] = set()
        self.ignored = 0
        self._single: list[Anomaly] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._folded: dict[tuple[str, str], tuple[Anomaly, list[int]]] = {}
        self._notes: dict[tuple[str, str, str, Facts], list[int]] = {}
        self._extreme: dict[tuple[str, str], float] = {}
        self._codes: dict[tuple[str, str, str], tuple[Anomaly, list[int]]] = {}
        self._places: dict[tuple[str, int, Level], dict[str, int]] = {}

    def error(self, line: int, column: str, value: object, rule: str, facts: Facts = ()) -> None:
        """Refuse the line, and say why."""
        self.refused.add(line)
        self._add(Anomaly(line, column, str(value), rule, Severity.ERROR, facts, Decision.REJECT))

    def code_error(self, line: int, column: str, value: str, rule: str, facts: Facts) -> None:
        """Refuse the line for its code; the lines of the same code are said together."""
        self.refused.add(line)
        anomaly = Anomaly(line, column, value, rule, Severity.ERROR, facts, Decision.REJECT)
        self._codes.setdefault((column, value, rule), (anomaly, []))[1].append(line)

    def question(
        self, line: int, column: str, value: object, rule: str, facts: Facts = (), target: str = ""
    ) -> None:
        """Keep the line unless the user answers otherwise."""
        self._add(
            Anomaly(line, column, str(value), rule, Severity.QUESTION, facts, Decision.KEEP, target=target)
        )

    def _add(self, anomaly: Anomaly) -> None:
        key = (anomaly.rule, anomaly.column)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= ONE_BY_ONE:
            self._single.append(anomaly)
            return
        lines = (line for low, high in anomaly.ranges for line in range(low, high + 1))
        self._folded.setdefault(key, (anomaly, []))[1].extend(lines)

    def note(self, line: int, rule: str, column: str = "", value: str = "", facts: Facts = ()) -> None:
        """Say something once for all the lines that share rule, column, value and facts."""
        lines = self._notes.get((rule, column, value, facts))
        if lines is None:
            lines = self._notes[rule, column, value, facts] = []
        lines.append(line)

    def ignore(self, line: int, rule: str, column: str = "", value: str = "", facts: Facts = ()) -> None:
        """Leave a line out that is not ours to keep, and say so once for its kind."""
        self.ignored += 1
        self.note(line, rule, column, value, facts)

    def extreme(self, rule: str, column: str, size: float) -> None:
        """Remember the largest size met for a note: « écart de 0,1 au plus »."""
        self._extreme[rule, column] = max(size, self._extreme.get((rule, column), 0.0))

    def commit(self, rows: Sequence[CleanRow], columns: Sequence[str]) -> None:
        """Keep the rows of one line, unless one repeats a former line with another value."""
        if len(rows) == 1:
            self._keep(rows[0], columns[0])
            return
        fresh = []
        for row, column in zip(rows, columns, strict=True):
            series = self._places.setdefault((row.indicator, row.year, row.level), {})
            place = series.get(row.code)
            if place is None:
                fresh.append((series, row))
            elif not self._repeats(self.rows[place], row, column):
                return
        for series, row in fresh:
            series[row.code] = len(self.rows)
            self.rows.append(row)

    def _keep(self, row: CleanRow, column: str) -> None:
        series = self._places.setdefault((row.indicator, row.year, row.level), {})
        place = series.setdefault(row.code, len(self.rows))
        if place == len(self.rows):
            self.rows.append(row)
        else:
            self._repeats(self.rows[place], row, column)

    def _repeats(self, first: CleanRow, row: CleanRow, column: str) -> bool:
        """Say that a row repeats a former one; False, and an error, if their values differ."""
        if first.number == row.number and first.state == row.state:
            self.note(row.row, "duplicate_same", column)
            return True
        facts: Facts = (("first_line", first.row), ("first_value", _written(first)))
        self.error(row.row, column, _written(row), "duplicate_other", facts)
        return False

    def codes(self, indicator: str, year: int, level: Level) -> frozenset[str]:
        """Codes that have a row for that series."""
        return frozenset(self._places.get((indicator, year, level), ()))

    def series(self) -> tuple[tuple[str, int, Level], ...]:
        """Indicator, year and level of each series that has rows."""
        return tuple(key for key, codes in self._places.items() if codes)

    def anomalies(self) -> tuple[Anomaly, ...]:
        """All findings: errors, then questions, then informations, each in the order of lines."""
        for anomaly, lines in self._codes.values():
            facts: dict[str, Fact] = {"lines": pack_ranges(lines), "count": len(lines)}
            self._add(anomaly.with_facts(**facts) if len(lines) > 1 else anomaly)
        self._codes.clear()
        found = [*self._single, *self._grouped(), *self._remarks()]
        return tuple(sorted(found, key=lambda item: (-item.severity, item.line or 0)))

    def _grouped(self) -> list[Anomaly]:
        groups = []
        for first, lines in self._folded.values():
            facts: dict[str, Fact] = {"lines": pack_ranges(lines), "count": len(lines), "others": 1}
            groups.append(first.with_facts(**facts))
        return groups

    def _remarks(self) -> list[Anomaly]:
        remarks = []
        for (rule, column, value, facts), lines in self._notes.items():
            more: dict[str, Fact] = {"count": len(lines)}
            if rule == "parts_rounded" or len(lines) > 1:
                more["lines"] = pack_ranges(lines)
            if (rule, column) in self._extreme:
                more["extreme"] = round(self._extreme[rule, column], 6)
            line = min(lines) or None
            anomaly = Anomaly(line, column, value, rule, Severity.INFO, facts, Decision.UNDERSTOOD)
            remarks.append(anomaly.with_facts(**more))
        return remarks


def _written(row: CleanRow) -> str:
    return ValueState(row.state).name.lower() if row.number is None else f"{row.number:g}"

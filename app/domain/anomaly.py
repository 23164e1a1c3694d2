"""What is wrong, doubtful or worth saying in one line of a file: collected, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from app.domain.anomaly_texts import Fact, finding_text

Facts = tuple[tuple[str, Fact], ...]


class Severity(IntEnum):
    """An information is only read, a question has a proposed answer, an error blocks its line only."""

    INFO = 0
    QUESTION = 1
    ERROR = 2


class Decision:
    """Codes of the answers."""

    KEEP = "keep"
    NO_DATA = "no_data"
    REJECT = "reject"
    UNDERSTOOD = "understood"


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One finding about one line of a file, or about several lines at once.

    line: first line concerned, 1-based, header included; None for the whole file. column: header as written
    in the file. value: cell as written. facts: what the sentence needs, JSON-ready; "lines" there holds the
    ranges of a group ("2-18,24"). decision: answer proposed. target: indicator concerned, empty for the line.
    """

    line: int | None
    column: str
    value: str
    rule: str
    severity: Severity
    facts: Facts = ()
    decision: str = ""
    target: str = ""

    @property
    def facts_dict(self) -> dict[str, Fact]:
        """The facts by name."""
        return dict(self.facts)

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The lines concerned, as inclusive ranges in increasing order."""
        grouped = str(self.facts_dict.get("lines", ""))
        if grouped:
            return parse_ranges(grouped)
        return () if self.line is None else ((self.line, self.line),)

    def with_facts(self, **facts: Fact) -> Anomaly:
        """The same with more facts, for a sentence that says more."""
        return replace(self, facts=tuple({**self.facts_dict, **facts}.items()))


def anomaly_text(anomaly: Anomaly) -> tuple[str, str]:
    """Return title and explanation of an anomaly, in French."""
    return finding_text(anomaly.rule, anomaly.value, anomaly.column, anomaly.facts_dict)


def pack_ranges(lines: Iterable[int]) -> str:
    """Return "2-18,24" for the given lines, sorted and without repetition."""
    return ",".join(f"{low}-{high}" if high > low else str(low) for low, high in _runs(sorted(set(lines))))


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index] != lines[index - 1] + 1:
            yield lines[start], lines[index - 1]
            start = index


def parse_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Return ((2, 18), (24, 24)) for "2-18,24"."""
    ranges = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        ranges.append((int(low), int(high or low)))
    return tuple(ranges)

"""Files on their way into the base: what was read, what was answered, what would be written. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.anomaly import Anomaly, Severity, anomaly_text
from app.domain.errors import DomainError
from app.domain.french import plural
from app.services.table_imports import Asked, ModelChoice
from ui.views.data_texts import answer_word
from ui.widgets.finding import Finding

if TYPE_CHECKING:
    from app.ingestion.grids import Grid
    from app.ingestion.model import Preview
    from app.services.rows import Forecast, Prepared

ZERO_RULES = "zero"
MOST_RANGES = 3


class FileState(Enum):
    """Where a file stands."""

    READING = "lecture en cours"
    READY = "prêt"
    ASKING = "à préciser"
    REFUSED = "refusé"


@dataclass(frozen=True, slots=True)
class Mappable:
    """A table whose columns the user may name, with the models it may follow, the closest first."""

    grid: Grid
    choices: tuple[ModelChoice, ...]

    @property
    def name(self) -> str:
        """Sheet, or member of a zip; empty for a file of one table."""
        return self.grid.sheet or self.grid.member


NOTHING_ASKED = Asked()


@dataclass
class FileEntry:
    """One dropped file, or one of its tables; `answers` holds only what the user changed, by rank.

    asked: what the user said of it; tables: those whose columns may be named.
    """

    path: Path
    prepared: Prepared | None = None
    share: float = 0.0
    answers: dict[int, str] = field(default_factory=dict)
    forecast: Forecast | None = None
    """What would change with the answers in force, once they differ from those proposed."""
    asked: Asked = NOTHING_ASKED
    tables: tuple[Mappable, ...] = ()

    @property
    def part(self) -> str:
        """Sheet or member that this is about, where the file holds several tables."""
        return (self.prepared.part if self.prepared else "") or self.asked.part

    @property
    def name(self) -> str:
        """File, with the part if there are several."""
        return f"{self.path.name}, {self.part}" if self.part else self.path.name

    @property
    def state(self) -> FileState:
        """Where the file stands."""
        if self.prepared is None:
            return FileState.READING
        if self.prepared.error is None:
            return FileState.READY
        asking = self.asks_year or bool(self.tables)
        return FileState.ASKING if asking else FileState.REFUSED

    @property
    def asks_year(self) -> bool:
        """True if only the year is missing."""
        return self.prepared is not None and self.prepared.asks_year

    @property
    def is_table(self) -> bool:
        """True for a free table, whose counts are lines and not values."""
        return self.prepared is not None and self.prepared.table is not None

    @property
    def preview(self) -> Preview | None:
        """The top of the table, once it is understood."""
        if self.prepared is None:
            return None
        if self.prepared.table is not None:
            return self.prepared.table.top
        return self.prepared.clean.preview if self.prepared.clean else None

    @property
    def count(self) -> tuple[int, int, int]:
        """Values new, changed and unchanged."""
        found = self.forecast or (self.prepared.count if self.prepared else None)
        return (found.new, found.changed, found.unchanged) if found else (0, 0, 0)

    @property
    def is_outline(self) -> bool:
        """True for a file of shapes, whose counts are not values."""
        return self.prepared is not None and self.prepared.outline is not None

    @property
    def error(self) -> DomainError | None:
        """Why the file was refused."""
        return self.prepared.error if self.prepared else None

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """Anomalies of the file, in the order the services number them."""
        return self.prepared.anomalies if self.prepared else ()

    def decision(self, rank: int) -> str:
        """The answer in force for an anomaly: the user's, or the one proposed."""
        return self.answers.get(rank, self.anomalies[rank].decision)

    def decisions(self) -> dict[int, str]:
        """Every answer in force, as the services take them."""
        return {rank: self.decision(rank) for rank in range(len(self.anomalies))}

    def rejected(self) -> int:
        """Lines that will not be written, with the answers in force."""
        lines: set[int] = set()
        for rank, anomaly in enumerate(self.anomalies):
            if anomaly.severity is Severity.ERROR or self.decision(rank) == "reject":
                for low, high in anomaly.ranges:
                    lines.update(range(low, high + 1))
        return len(lines)


class ImportSession:
    """The files of one import, first dropped first."""

    def __init__(self) -> None:
        self.entries: list[FileEntry] = []

    def add(self, paths: Sequence[Path]) -> list[FileEntry]:
        """Take new files; one already there is left alone."""
        known = {entry.path for entry in self.entries}
        added = [FileEntry(path) for path in dict.fromkeys(paths) if path not in known]
        self.entries.extend(added)
        return added

    def put_after(self, entry: FileEntry, others: Sequence[FileEntry]) -> None:
        """Add the other tables of a file, under it."""
        place = self.entries.index(entry) + 1
        self.entries[place:place] = others

    def remove(self, entry: FileEntry) -> None:
        """Forget a file."""
        if entry in self.entries:
            self.entries.remove(entry)

    @property
    def reading(self) -> bool:
        """True while a file is being read."""
        return any(entry.state is FileState.READING for entry in self.entries)

    @property
    def ready(self) -> list[FileEntry]:
        """Files that can be written."""
        return [entry for entry in self.entries if entry.state is FileState.READY]

    @property
    def questions(self) -> int:
        """How many anomalies ask for an answer, all files together."""
        severities = [anomaly.severity for entry in self.ready for anomaly in entry.anomalies]
        return sum(severity is Severity.QUESTION for severity in severities)

    def notes(self) -> tuple[str, str, str, str]:
        """The short note under each of the four steps."""
        if not self.entries:
            return ("", "", "", "")
        known = plural(len(self.ready), "source connue", "sources connues")
        asking = sum(entry.state is FileState.ASKING for entry in self.entries)
        if asking:
            known = plural(asking, "source à indiquer", "sources à indiquer")
        found = plural(self.questions, "question") if self.questions else "aucune question"
        if self.reading:
            known, found = "lecture en cours", ""
        return (plural(len(self.entries), "fichier"), known, found, "rien n’est encore écrit")


def findings(entry: FileEntry) -> list[Finding]:
    """Lines of the table « À vérifier » for one file; their key is the rank of the anomaly."""
    preview = entry.preview
    names = dict(zip(preview.headers, preview.our_names, strict=False)) if preview else {}
    return [
        finding(rank, anomaly, entry.decision(rank), names.get(anomaly.column, ""))
        for rank, anomaly in enumerate(entry.anomalies)
    ]


def finding(rank: int, anomaly: Anomaly, decision: str, column: str = "") -> Finding:
    """One anomaly as it is shown; column: our name of its column, if it has one."""
    title, explanation = anomaly_text(anomaly)
    return Finding(
        key=rank,
        line=lines_text(anomaly.ranges),
        column=column or anomaly.column,
        value=anomaly.value,
        rule=anomaly.rule,
        severity=int(anomaly.severity),
        title=title,
        explanation=explanation,
        answers=answers(anomaly.rule, anomaly.severity, anomaly.value),
        decision=decision,
    )


def lines_text(ranges: Sequence[tuple[int, int]]) -> str:
    """Return « 6 », « 2–18 », « 2–18, 24… » for the lines concerned."""
    parts = [str(low) if low == high else f"{low}–{high}" for low, high in ranges[:MOST_RANGES]]
    return ", ".join(parts) + ("…" if len(ranges) > MOST_RANGES else "")


def answers(rule: str, severity: Severity, value: str) -> tuple[tuple[str, str], ...]:
    """Answers that make sense: an error can only be set aside, an information only read."""
    if severity is Severity.ERROR:
        codes: tuple[str, ...] = ("reject",)
    elif severity is Severity.INFO:
        codes = ("understood",)
    else:
        codes = ("keep", "no_data") if rule.startswith(ZERO_RULES) else ("keep", "reject")
    return tuple((code, answer_word(code, value)) for code in codes)

"""Files on their way into the base: what was read, what was answered, what would be written. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.anomaly import Anomaly, Severity, anomaly_text
from app.domain.errors import DomainError
from app.domain.french import number, plural
from app.progress import Progress
from ui.errors import sentence
from ui.labels import LEVEL_MANY
from ui.views.data_texts import answer_word, file_state
from ui.widgets.finding import Finding

if TYPE_CHECKING:
    from app.domain.territory import Level
    from app.services import Services
    from app.services.rows import Forecast, ImportResult, Prepared

ZERO_RULES = "zero"
MOST_RANGES = 3


class FileState(Enum):
    """Where a file stands."""

    READING = "lecture en cours"
    READY = "prêt"
    REFUSED = "refusé"


@dataclass
class FileEntry:
    """One dropped file; `answers` holds only what the user changed, by rank of the anomaly."""

    path: Path
    prepared: Prepared | None = None
    share: float = 0.0
    answers: dict[int, str] = field(default_factory=dict)
    forecast: Forecast | None = None
    """What would change with the answers in force, once they differ from those proposed."""

    @property
    def state(self) -> FileState:
        """Where the file stands."""
        if self.prepared is None:
            return FileState.READING
        return FileState.READY if self.prepared.error is None else FileState.REFUSED

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
        clean = self.prepared.clean if self.prepared else None
        return clean.anomalies if clean else ()

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
        found = plural(self.questions, "question") if self.questions else "aucune question"
        if self.reading:
            known, found = "lecture en cours", ""
        return (plural(len(self.entries), "fichier"), known, found, "rien n’est encore écrit")


def card_source(entry: FileEntry) -> str:
    """What the file is, as recognised; empty before that."""
    prepared = entry.prepared
    if prepared is None or prepared.error is not None:
        return ""
    if prepared.outline is not None:
        return f"Contours, {LEVEL_MANY[prepared.outline.level]}"
    return prepared.clean.label if prepared.clean else ""


def card_state(entry: FileEntry) -> tuple[str, str, str]:
    """Icon, colour token and sentence of the state of a file."""
    prepared = entry.prepared
    if prepared is None:
        return ("loader-2", "encre", f"lecture en cours, {number(100 * entry.share)}\u202f%")
    if prepared.error is not None:
        return ("help-octagon", "rouge", "ne peut pas être importé")
    if prepared.outline is not None:
        codes = len(prepared.outline.codes)
        return (
            "circle-check",
            "vert",
            f"{plural(codes, 'contour')}, {_refused(len(prepared.outline.rejected))}",
        )
    clean = prepared.clean
    assert clean is not None
    severities = [int(anomaly.severity) for anomaly in clean.anomalies]
    if prepared.known:
        return ("info-circle", "encre", "déjà importé, rien ne changera")
    worst = max(severities, default=0)
    icon, token = (("circle-check", "vert"), ("alert-triangle", "ocre"), ("help-octagon", "rouge"))[worst]
    return (icon, token, file_state(clean.rows_read, severities))


def _refused(count: int) -> str:
    return plural(count, "contour écarté", "contours écartés") if count else "aucun écarté"


def error_text(entry: FileEntry) -> str:
    """The sentence that says why a file was refused."""
    return sentence(entry.error) if entry.error else ""


def findings(entry: FileEntry) -> list[Finding]:
    """Lines of the table « À vérifier » for one file; their key is the rank of the anomaly."""
    clean = entry.prepared.clean if entry.prepared else None
    preview = clean.preview if clean else None
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


@dataclass(frozen=True, slots=True)
class Written:
    """What an import wrote, values file by file and outlines, and how to take it back."""

    files: tuple[tuple[str, ImportResult], ...]
    changes: Changes
    outlines: tuple[tuple[Level, str | None], ...] = ()
    """Level of the outlines that were replaced, and the set in use before (None: approximate ones)."""
    contours: int = 0
    """How many outlines the map now uses, of these files."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Imports of values that can be undone, latest first."""
        return tuple(result.number for _name, result in reversed(self.files) if result.number is not None)

    @property
    def can_be_undone(self) -> bool:
        """True if there is something to take back."""
        return bool(self.numbers or self.outlines)


def write_all(services: Services, entries: Sequence[FileEntry], progress: Progress) -> Written:
    """Copy the base, then write every file; if one fails or the user stops, none of them stays.

    Raises what the services raise.
    """
    progress.report(0.0, "Copie de la base")
    services.base.backup(None)
    before = {row.level: row.uuid for row in services.outlines.sets() if row.active}
    written = Written((), Changes())
    try:
        for rank, entry in enumerate(entries):
            assert entry.prepared is not None
            part = _Slice(progress, rank / len(entries), 1 / len(entries), f"Écriture de {entry.path.name}")
            result = services.imports.apply(entry.prepared, entry.decisions(), part)
            outline = entry.prepared.outline
            replaced = ((outline.level, before.get(outline.level)),) if outline else ()
            values = () if outline else ((entry.path.name, result),)
            written = Written(
                (*written.files, *values),
                written.changes | result.changes,
                (*written.outlines, *replaced),
                written.contours + (result.new + result.unchanged if outline else 0),
            )
    except BaseException:
        undo_all(services, written)
        raise
    return written


def undo_all(services: Services, written: Written) -> Changes:
    """Take back everything an import wrote, latest first."""
    changes = Changes()
    for number_ in written.numbers:
        changes = changes | services.imports.undo(number_)
    for level, former in reversed(written.outlines):
        changes = changes | services.outlines.activate(former, level)
    return changes


class _Slice(Progress):
    """A Progress that reports into a part of another one, and stops when it does."""

    def __init__(self, whole: Progress, start: float, width: float, step: str) -> None:
        super().__init__()
        self._whole = whole
        self._start = start
        self._width = width
        self._step = step

    def report(self, share: float, step: str = "") -> None:
        """Report to the whole."""
        self._whole.report(self._start + self._width * min(max(share, 0.0), 1.0), step or self._step)

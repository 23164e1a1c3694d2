"""What the service of diagnostics hands to pages and to the command line: frozen rows, without session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.changes import Changes, Topic
from app.domain.claims_model import Finding
from app.domain.diagnostic import DiagnosticOptions, DiagnosticStatus, PlannedSection
from app.domain.manifest import Difference

CHANGED = Changes(frozenset({Topic.DIAGNOSTICS, Topic.JOURNAL}))


@dataclass(frozen=True, slots=True)
class DiagnosticRow:
    """One line of the list of diagnostics."""

    uuid: str
    code_epci: str
    epci: str
    title: str
    status: DiagnosticStatus
    versions: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DiagnosticDetail:
    """A diagnostic with its plan and its options."""

    row: DiagnosticRow
    plan: tuple[PlannedSection, ...]
    options: DiagnosticOptions


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version kept: who, when, and which state of the base it was made from."""

    uuid: str
    number: int
    status: DiagnosticStatus
    made_at: datetime
    device_is_here: bool
    device_name: str
    base_state: str
    base_words: str
    note: str
    plan: tuple[PlannedSection, ...]
    options: DiagnosticOptions
    numbers: int
    base_is_same: bool
    """True if the base has not changed since, versions apart."""


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A finding in the text of one section."""

    section: str
    title: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two versions say apart: numbers, texts and sections."""

    before: int
    after: int
    numbers: tuple[Difference, ...]
    texts: tuple[str, ...]
    """Titles of the sections whose own text changed."""
    sections: tuple[str, ...]
    """Titles of the sections added, removed or moved."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one Epci of a batch: file written, kept from before, or why not."""

    code: str
    name: str
    path: Path
    outcome: str
    """« écrit », « déjà fait », « échec »."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A whole batch."""

    lines: tuple[BatchLine, ...] = field(default=())

    @property
    def failures(self) -> tuple[BatchLine, ...]:
        """Epci without booklet."""
        return tuple(line for line in self.lines if line.outcome == "échec")

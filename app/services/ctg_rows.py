"""Frozen rows of a convention; those of its plan and of its steering are in the modules beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.changes import Changes
from app.domain.ctg import AmendmentKind, CtgStatus, PartyKind, Scope
from app.services.ctg_coverage_rows import CoverageYear, CtgCoverage, Share, TerritoryState
from app.services.ctg_follow_rows import (
    CommitmentRow,
    ConformityRow,
    ConformityState,
    CtgAlert,
    FundingRow,
    PostRatios,
    PostRow,
)
from app.services.ctg_plan_rows import (
    ActionDetail,
    ActionRow,
    FieldChange,
    FindingFigureRow,
    FindingRow,
    PlanRow,
    SearchHit,
)

__all__ = [
    "ActionDetail",
    "ActionRow",
    "AmendmentRow",
    "AnnexRow",
    "CommitmentRow",
    "ConformityRow",
    "ConformityState",
    "CoverageYear",
    "Created",
    "CtgAlert",
    "CtgCoverage",
    "CtgDetail",
    "CtgRow",
    "DocumentRow",
    "FieldChange",
    "FindingFigureRow",
    "FindingRow",
    "FundingRow",
    "Gauge",
    "MemberRow",
    "NewCtg",
    "NoteRow",
    "PartyRow",
    "PlanRow",
    "PostRatios",
    "PostRow",
    "SearchHit",
    "Share",
    "StageRow",
    "TerritoryState",
    "ThemeCount",
    "ThemeRow",
]


@dataclass(frozen=True, slots=True)
class Created:
    """Key of what was made, and what to read again."""

    uuid: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class NewCtg:
    """What a convention is created from: codes of the scope (Epci, communes or a département)."""

    name: str
    scope: Scope
    codes: tuple[str, ...]
    starts_on: date | None = None
    ends_on: date | None = None
    parties: tuple[tuple[PartyKind, str], ...] = ()
    """(kind, name) of signatories besides the Caf and the territory, which are always added."""
    source: str = ""
    fictitious: bool = False
    begun_on: date | None = None
    """Day the préfiguration began, if it is known."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A count over another; the two gauges of a plan are never averaged."""

    count: int
    total: int


@dataclass(frozen=True, slots=True)
class CtgRow:
    """One line of the list of CTG."""

    uuid: str
    name: str
    status: CtgStatus
    starts_on: date | None
    ends_on: date | None
    """The end in force on the day asked, prolongations included."""
    signed_on: date | None
    in_force: bool
    epcis: tuple[str, ...]
    """Names of the Epci its communes belong to."""
    codes_epci: tuple[str, ...]
    departements: tuple[str, ...]
    communes: int
    population: int | None
    themes: int
    missing_themes: tuple[str, ...]
    """Codes of compulsory themes that it lacks."""
    actions: Gauge
    """Fiches « réalisées » over those not stopped."""
    results: Gauge
    """Indicators of fiches at their target over those that can be told."""
    alerts: int
    fictitious: bool
    source: str


@dataclass(frozen=True, slots=True)
class StageRow:
    """One step of the lifecycle, for the stepper; missing: codes of what must or should be there to pass."""

    uuid: str
    status: CtgStatus
    planned_on: date | None
    reached_on: date | None
    current: bool
    document_uuid: str | None
    note: str
    allowed: bool
    """The lifecycle allows to pass there now."""
    blocking: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A commune of a convention."""

    uuid: str
    code: str
    name: str
    code_epci: str | None
    population: int | None
    joins_on: date | None
    leaves_on: date | None
    amendment_uuid: str | None
    present: bool


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A signatory; late if its deliberation is expected and not dated."""

    uuid: str
    kind: PartyKind
    name: str
    code: str
    deliberation_expected: bool
    deliberation_number: str
    deliberation_on: date | None
    document_uuid: str | None
    joins_on: date | None
    leaves_on: date | None
    amendment_uuid: str | None
    note: str
    rank: int = 0

    @property
    def deliberation_missing(self) -> bool:
        """True if a deliberation is expected and has no date."""
        return self.deliberation_expected and self.deliberation_on is None


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An avenant."""

    uuid: str
    number: int
    kind: AmendmentKind
    title: str
    signed_on: date | None
    effective_on: date
    new_ends_on: date | None
    document_uuid: str | None
    note: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme of the checklist: uuid empty when the convention does not have it."""

    uuid: str
    code: str
    label: str
    compulsory: bool
    chosen: bool
    since: date | None
    until: date | None
    amendment_uuid: str | None
    actions: int
    """Fiches of this theme."""


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """Number of themes of a convention in a year (on 31 December, or its last day in the year)."""

    ctg_uuid: str
    name: str
    year: int
    count: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """An annex, in order."""

    uuid: str
    rank: int
    title: str
    document_uuid: str | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A line of the synthesis: kind is force, faiblesse, opportunite or menace."""

    uuid: str
    kind: str
    rank: int
    text: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An attached file; state is « present », « missing » or « altered »."""

    uuid: str
    owner_kind: str
    owner_uuid: str
    kind: str
    title: str
    file: str
    size: int
    sha256: str
    added_at: datetime
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class CtgDetail:
    """Everything the header and the light tabs of one convention show."""

    row: CtgRow
    scope: Scope
    initial_ends_on: date | None
    cej_ends_on: date | None
    previous: tuple[str, str] | None
    """(uuid, name) of the convention that it renews."""
    following: tuple[str, str] | None
    ambition: str
    note: str
    stages: tuple[StageRow, ...]
    members: tuple[MemberRow, ...]
    parties: tuple[PartyRow, ...]
    amendments: tuple[AmendmentRow, ...]
    themes: tuple[ThemeRow, ...]
    annexes: tuple[AnnexRow, ...]
    notes: tuple[NoteRow, ...]
    counts: dict[str, int] = field(default_factory=dict)
    """What tabs count: findings, actions, decisions, parties, points_met, evaluation, documents."""

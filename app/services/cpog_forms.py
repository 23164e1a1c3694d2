"""Forms typed in the CPOG page, and rows of its follow-up, calendar, comparison and COG."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from app.changes import Changes
from app.domain.cpog import Engagement
from app.domain.cpog_codes import Act, ActionState, IndicatorType, MovementNature, Nature, TargetStatus
from app.domain.cpog_gauges import RULE_TEXTS, Gauge, Rule
from app.domain.cpog_points import Period
from app.domain.indicator import ValueStatus
from app.domain.trajectory import IndicatorState
from app.services.cpog_point import ACTUAL, Point


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person typed in one cell, as typed.

    series: ACTUAL or a value of SeriesKind. numerator and denominator as typed too.
    """

    indicator_uuid: str
    period: Period
    text: str
    series: str = ACTUAL
    numerator: str = ""
    denominator: str = ""
    status: ValueStatus = ValueStatus.PROVISIONAL
    target_status: TargetStatus = TargetStatus.NOTIFIED
    observed_on: datetime.date | None = None
    source: str = ""
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class CellFinding:
    """A refusal or a warning about one cell: position in the entries given, code, French sentence."""

    position: int
    code: str
    text: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class EntryResult:
    """What was written, and what was worth a warning."""

    changes: Changes
    written: int
    findings: tuple[CellFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class MovementForm:
    """One amount of a revision, as typed in the form."""

    year: int
    motive: str
    amount: float
    nature: MovementNature = MovementNature.LASTING
    counted: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class RevisionForm:
    """The form « Réviser la cible »: means, target and calendar, each changed or « inchangé, parce que… ».

    targets: period -> new target; empty needs target_unchanged. The same for means and calendar.
    """

    indicator_uuid: str
    on: datetime.date
    act: Act
    reason: str
    act_label: str = ""
    document_uuid: str = ""
    targets: tuple[tuple[Period, float], ...] = ()
    target_unchanged: str = ""
    means: str = ""
    means_unchanged: str = ""
    calendar: str = ""
    calendar_unchanged: str = ""
    movements: tuple[MovementForm, ...] = ()
    target_status: TargetStatus = TargetStatus.NOTIFIED


@dataclass(frozen=True, slots=True)
class GaugesRow:
    """The two gauges of a year, each read by every rule; weighted readings only where weights exist."""

    year: int
    progress: tuple[Gauge, ...]
    results: tuple[Gauge, ...]
    follow_count: int
    """Suivi rows, in no gauge."""

    @property
    def has_results(self) -> bool:
        """True once one value at least is known: before, « none reached » would be a zero nobody observed."""
        return any(g.denominator for g in self.results if g.rule == RULE_TEXTS[Rule.KNOWN])


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One engagement of the actions board."""

    engagement: Engagement
    state: ActionState | None
    path: str
    """Titles of its parents, « Défis › Petite enfance »."""
    late: bool


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One closed version of a year."""

    uuid: str
    year: int
    version: int
    closed_at: str
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One thing that a later version changed: what, before, after."""

    indicator_uuid: str
    indicator: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline of the calendar; days: until it, negative once past."""

    code: str
    cpog_uuid: str
    cpog_code: str
    label: str
    year: int
    """Year that the deadline is about."""
    quarter: int
    due_on: datetime.date
    done_on: datetime.date | None
    days: int
    late: bool


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A line for Accueil: kind (echeance, ecart, hypothese, saisie), French sentence, where to go."""

    kind: str
    text: str
    cpog_uuid: str
    indicator_uuid: str = ""
    due_on: datetime.date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """An indicator among a group of Caf, itself left out; count: Caf with a value."""

    group_name: str
    period: Period
    own: Point | None
    count: int
    low: float | None
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    high: float | None
    text: str


@dataclass(frozen=True, slots=True)
class CogRow:
    """One COG of the list."""

    code: str
    label: str
    starts_on: datetime.date
    ends_on: datetime.date
    axes: int
    fiches: int
    evaluations: int
    state_evaluations: int
    """Évaluations of the State, counted apart."""
    uncertain: int
    delivered: bool


@dataclass(frozen=True, slots=True)
class CogNodeRow:
    """One node of a COG with its follow-up in one département; state None if nobody followed it."""

    uuid: str
    parent_uuid: str
    kind: str
    actor: str
    fiche: str
    code: str
    title: str
    years: tuple[int, ...]
    uncertain: bool
    note: str
    state: ActionState | None = None
    evidence: str = ""
    comment: str = ""
    observed_on: datetime.date | None = None
    late: bool | None = None
    """None when the due years are empty or uncertain and nothing can be said."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of indicators keeps; an empty value keeps all. text: words found in labels and codes."""

    domain: str = ""
    fiche: str = ""
    nature: Nature | None = None
    type: IndicatorType | None = None
    states: frozenset[IndicatorState] = field(default_factory=frozenset)
    to_explain: bool = False
    pinned: bool = False
    text: str = ""

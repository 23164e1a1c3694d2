"""Frozen rows of a plan: findings, tree, fiches with all their fields, money, search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.action import ActionKind, ActionState, CafRole, OriginKind, Progress
from app.domain.budget import Eviction, MoneyState, Nature, PaidAboveVoted, Remainder, Share, Total
from app.domain.ctg import PartyKind
from app.domain.indicator import ValueState
from app.domain.territory import Level


@dataclass(frozen=True, slots=True)
class FindingFigureRow:
    """A figure pinned at its value and version, and what the base says now if it differs."""

    uuid: str
    indicator: str
    label: str
    unit: str
    decimals: int
    level: Level
    code: str
    place: str
    year: int
    number: float | None
    state: ValueState
    estimated: bool
    fictitious: bool
    source: str
    file: str
    sha256: str
    line: int | None
    import_number: int | None
    pinned_at: datetime
    changed: bool = False
    """The base holds another value for it now."""
    number_now: float | None = None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A constat, with its figures and the enjeux made of it (uuid, number)."""

    uuid: str
    rank: int
    theme: str
    text: str
    figures: tuple[FindingFigureRow, ...]
    issues: tuple[tuple[str, str], ...]
    fictitious: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the tree: kind is « enjeu », « strategique », « operationnel » or « action »."""

    uuid: str
    parent_uuid: str | None
    kind: str
    depth: int
    number: str
    title: str
    theme: str
    text: str = ""
    action: ActionRow | None = None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One fiche in a list, a Kanban or a timeline."""

    uuid: str
    ctg_uuid: str
    node_uuid: str | None
    number: str
    reference: str
    title: str
    theme: str
    kind: ActionKind | None
    pilot: str
    """« Organisation, fonction », whatever is known of it."""
    starts_on: date | None
    ends_on: date | None
    status: ActionState
    progress: Progress
    late_days: int
    decisions: int
    """Open decisions about it."""
    total: Total | None
    """Known total of the most advanced state, all years."""
    fictitious: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """An étape."""

    uuid: str
    rank: int
    title: str
    holder: str
    planned_on: date | None
    done_on: date | None
    late_days: int
    note: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A passage of a fiche to a status, with who decided, when and why."""

    uuid: str
    action_uuid: str
    number: str
    title: str
    before: ActionState
    after: ActionState
    reason: str
    decider: str
    decided_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """One amount; cents None is expected and unknown."""

    uuid: str
    year: int
    funder: str
    funder_kind: PartyKind
    nature: Nature
    state: MoneyState
    cents: int | None
    note: str


@dataclass(frozen=True, slots=True)
class CostCell:
    """The whole cost of a year, by nature and state."""

    uuid: str
    year: int
    nature: Nature
    state: MoneyState
    cents: int | None


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """Totals of a year, one a state, never added together; the remainder follows the same state."""

    year: int
    totals: tuple[Total, ...]
    remainders: tuple[Remainder, ...]
    shown: MoneyState | None
    """The most advanced state held: the one a column shows first."""
    cost_per_place: float | None
    """Cents, from the cost of the state shown."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of a fiche or of a whole plan."""

    cells: tuple[BudgetCell, ...]
    costs: tuple[CostCell, ...]
    years: tuple[BudgetYear, ...]
    totals: tuple[Total, ...]
    """All years together, one a state."""
    caf_shares: tuple[Share, ...]
    evictions: tuple[Eviction, ...]
    warnings: tuple[PaidAboveVoted, ...]
    places: int | None = None


@dataclass(frozen=True, slots=True)
class IndicatorValueRow:
    """A value of a linked indicator: kind is « depart », « cible » or « realise »."""

    uuid: str
    kind: str
    year: int
    number: float | None
    state: ValueState
    fictitious: bool


@dataclass(frozen=True, slots=True)
class ActionIndicatorRow:
    """An indicator of a fiche; reached is None when it cannot be told."""

    uuid: str
    indicator: str
    label: str
    unit: str
    decimals: int
    direction: str
    source: str
    values: tuple[IndicatorValueRow, ...]
    baseline: IndicatorValueRow | None
    actual: IndicatorValueRow | None
    target: IndicatorValueRow | None
    reached: bool | None


@dataclass(frozen=True, slots=True)
class YearRow:
    """The yearly follow-up of a fiche."""

    uuid: str
    year: int
    highlights: str
    vigilance: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link seen from one end: kind and uuid of the other end, and its words when they are known."""

    uuid: str
    kind: str
    other_uuid: str
    words: str
    note: str
    outgoing: bool


@dataclass(frozen=True, slots=True)
class GapRow:
    """The gap of the maillage that a fiche comes from."""

    rule: str
    level: Level | None
    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class RetexHit:
    """What was learnt from a similar fiche."""

    action_uuid: str
    ctg_name: str
    title: str
    retex: str
    score: float


@dataclass(frozen=True, slots=True)
class ActionDetail:
    """A fiche with all its fields; sections: name -> filled, for the list at the left of the editor."""

    row: ActionRow
    ctg_name: str
    path: tuple[tuple[str, str, str], ...]
    """(uuid, number, title) of the nodes above, from the enjeu down."""
    level_kinds: tuple[str, ...]
    """Kinds of these nodes: enjeu, strategique, operationnel."""
    before: tuple[str, str] | None
    """(uuid, number) of the fiche before it in the plan, and after it."""
    after: tuple[str, str] | None
    origin_kind: OriginKind | None
    origin: str
    finding: str
    findings: tuple[FindingRow, ...]
    description: str
    audience: str
    communes: tuple[str, ...]
    """Codes; empty for the whole territory."""
    communes_total: int
    deliverables: str
    pilot_function: str
    pilot_organisation: str
    elected_function: str
    partners: tuple[str, ...]
    caf_role: CafRole | None
    fte: float | None
    places: int | None
    expected_result: str
    vigilance: str
    retex: str
    progress_reason: str
    steps: tuple[StepRow, ...]
    statuses: tuple[StatusRow, ...]
    budget: Budget
    indicators: tuple[ActionIndicatorRow, ...]
    years: tuple[YearRow, ...]
    links: tuple[LinkRow, ...]
    decisions: tuple[tuple[str, str, date | None, date | None], ...]
    """(uuid, text, due, done) of the decisions about it."""
    gap: GapRow | None
    copied_from: str
    sections: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one thing, before and after one action of the journal."""

    at: datetime
    action: str
    device_is_here: bool
    table: str
    uuid: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A fiche that holds every word asked; field is where, excerpt shows it."""

    action_uuid: str
    ctg_uuid: str
    ctg_name: str
    number: str
    title: str
    field: str
    excerpt: str

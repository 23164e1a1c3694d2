"""What the CPOG service gives: frozen rows for the page, the bilan and the command line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from app.domain.cpog import Cpog, CpogIndicator, Document, Engagement, Flag, Party
from app.domain.cpog_codes import (
    ContractState,
    IndicatorType,
    LinkKind,
    Nature,
    Origin,
    Sense,
    SeriesKind,
    TargetKind,
)
from app.domain.cpog_points import Comment, Hypothesis, Movement, Observation, Period, Revision
from app.domain.hypothesis import HypothesisState
from app.domain.indicator import ValueState
from app.domain.ledger import Waterfall
from app.domain.trajectory import IndicatorState
from app.domain.trajectory_shape import ShapeWarning
from app.services.cpog_forms import (
    ActionRow,
    CellFinding,
    ClosingRow,
    CogNodeRow,
    CogRow,
    ComparisonRow,
    DeadlineRow,
    DifferenceRow,
    Entry,
    EntryResult,
    Filters,
    GaugesRow,
    MovementForm,
    ReminderRow,
    RevisionForm,
)
from app.services.cpog_point import ACTUAL, Point


@dataclass(frozen=True, slots=True)
class CpogRow:
    """One contract of the list; indicators: rows of the document; announced: what it claims itself."""

    uuid: str
    code: str
    label: str
    departement: str
    starts_on: datetime.date
    ends_on: datetime.date
    state: ContractState
    indicators: int
    sub_series: int
    off_cog: int
    follow: int
    announced: int | None
    flags: int
    closed_years: tuple[int, ...]
    delivered: bool
    cog_code: str
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class CpogDetail:
    """One contract with what its document says."""

    row: CpogRow
    cpog: Cpog
    parties: tuple[Party, ...]
    documents: tuple[Document, ...]
    engagements: tuple[Engagement, ...]
    flags: tuple[Flag, ...]
    domains: tuple[str, ...]
    indicators: tuple[CpogIndicator, ...]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series over the periods of a card; None where nothing was written."""

    kind: str
    """ACTUAL or a value of SeriesKind."""
    points: tuple[Point | None, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One line of the list of indicators, at one year."""

    uuid: str
    parent_uuid: str
    cpog_uuid: str
    rank: int
    code: str
    domain: str
    heading: str
    fiche: str
    name: str
    label: str
    sub_series: str
    nature: Nature
    type: IndicatorType
    unit: str
    decimals: int
    direction: Sense
    target_kind: TargetKind
    target_text: str
    start_year: int | None
    periodicity: str
    pinned: bool
    state: IndicatorState
    adverse: bool
    difference: float | None
    difference_text: str
    last: Point | None
    target: Point | None
    to_explain: bool
    hypothesis_alert: bool
    flags: int
    children: int
    fictitious: bool


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap of one period; cause empty and origin None while nobody explained it."""

    uuid: str
    indicator_uuid: str
    indicator: str
    period: Period
    difference: float | None
    difference_text: str
    adverse: bool
    cause: str = ""
    origin: Origin | None = None
    action: str = ""
    author: str = ""
    written_on: datetime.date | None = None

    @property
    def explained(self) -> bool:
        """True once cause and origin are written."""
        return bool(self.cause) and self.origin is not None


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """A hypothesis with its observations and where it stands."""

    hypothesis: Hypothesis
    indicator: str
    observations: tuple[Observation, ...]
    state: HypothesisState
    sentence: str
    """« prévue entre 2 et 3, dans sa plage »."""


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision and its amounts."""

    revision: Revision
    indicator: str
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The register of one indicator: revisions and one waterfall a year."""

    indicator_uuid: str
    indicator: str
    unit: str
    decimals: int
    revisions: tuple[RevisionRow, ...]
    waterfalls: tuple[Waterfall, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """The same measure, or one not to be chained, in another contract."""

    uuid: str
    kind: LinkKind
    indicator_uuid: str
    indicator: str
    cpog_code: str
    note: str


@dataclass(frozen=True, slots=True)
class ComputedRow:
    """What the base computes itself, beside what was declared.

    One row a reading (three for the coverage by CTG). rule: the French sentence of the computation; number
    is None with its state when the base cannot tell.
    """

    code: str
    label: str
    year: int
    number: float | None
    state: ValueState
    text: str
    numerator: float | None
    denominator: float | None
    rule: str
    declared: Point | None
    difference_text: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """One indicator whole: series aligned on periods, analysis, ledger, links, computed values."""

    row: IndicatorRow
    indicator: CpogIndicator
    periods: tuple[Period, ...]
    series: tuple[SeriesRow, ...]
    sentence: str
    """« 2025 : dans le tunnel »."""
    gaps: tuple[GapRow, ...]
    hypotheses: tuple[HypothesisRow, ...]
    comments: tuple[Comment, ...]
    ledger: LedgerRow
    flags: tuple[Flag, ...]
    links: tuple[LinkRow, ...]
    computed: tuple[ComputedRow, ...]
    warnings: tuple[ShapeWarning, ...]
    closed_years: tuple[int, ...]
    sub_series: tuple[IndicatorCard, ...] = ()

    def points(self, kind: str) -> tuple[Point | None, ...]:
        """Points of one series, aligned on periods."""
        return next((row.points for row in self.series if row.kind == kind), (None,) * len(self.periods))


SERIES_ORDER: tuple[str, ...] = (
    ACTUAL,
    SeriesKind.FORECAST,
    SeriesKind.REVISED,
    SeriesKind.INITIAL,
    SeriesKind.LOW,
    SeriesKind.CENTRAL,
    SeriesKind.HIGH,
)
"""Order of the series in cards and tables."""

__all__ = [
    "ACTUAL",
    "SERIES_ORDER",
    "ActionRow",
    "CellFinding",
    "ClosingRow",
    "CogNodeRow",
    "CogRow",
    "ComparisonRow",
    "ComputedRow",
    "CpogDetail",
    "CpogRow",
    "DeadlineRow",
    "DifferenceRow",
    "Entry",
    "EntryResult",
    "Filters",
    "GapRow",
    "GaugesRow",
    "HypothesisRow",
    "IndicatorCard",
    "IndicatorRow",
    "LedgerRow",
    "LinkRow",
    "MovementForm",
    "Point",
    "ReminderRow",
    "RevisionForm",
    "RevisionRow",
    "SeriesRow",
]

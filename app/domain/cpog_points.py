"""Periods, and what is written for an indicator at each of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from app.domain.cpog_codes import Act, MovementNature, Origin, SeriesKind, TargetStatus
from app.domain.indicator import ValueState, ValueStatus


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year (quarter 0) or one of its quarters."""

    year: int
    quarter: int = 0

    @property
    def label(self) -> str:
        """« 2025 », « T2 2025 »."""
        return f"T{self.quarter} {self.year}" if self.quarter else str(self.year)

    @property
    def end(self) -> datetime.date:
        """Last day of the period."""
        month = 3 * (self.quarter or 4)
        return datetime.date(self.year, month, 31 if month in {3, 12} else 30)

    @property
    def rank(self) -> tuple[int, int]:
        """Order in which periods end: a year comes after its quarters."""
        return self.year, self.quarter or 5


@dataclass(frozen=True, slots=True)
class Target:
    """One point of a target series; number is None unless the state is a value or zero."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    series: SeriesKind
    year: int
    quarter: int = 0
    number: float | None = None
    state: ValueState = ValueState.VALUE
    text: str = ""
    version: int = 1
    revision_uuid: str = ""
    status: TargetStatus = TargetStatus.NOTIFIED
    entered_at: str = ""
    fictitious: bool = False

    @property
    def period(self) -> Period:
        """The period aimed at."""
        return Period(self.year, self.quarter)


@dataclass(frozen=True, slots=True)
class Actual:
    """One value observed, in one version."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    year: int
    quarter: int = 0
    number: float | None = None
    state: ValueState = ValueState.VALUE
    status: ValueStatus = ValueStatus.PROVISIONAL
    numerator: float | None = None
    denominator: float | None = None
    estimated: bool = False
    precision: str = ""
    observed_on: datetime.date | None = None
    entered_at: str = ""
    version: int = 1
    reason: str = ""
    source: str = ""
    fictitious: bool = False

    @property
    def period(self) -> Period:
        """The period measured."""
        return Period(self.year, self.quarter)


@dataclass(frozen=True, slots=True)
class Revision:
    """One act that revises an indicator; each « unchanged » holds the « parce que… »."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    on: datetime.date
    act: Act
    reason: str
    act_label: str = ""
    document_uuid: str = ""
    means: str = ""
    means_unchanged: str = ""
    target_unchanged: str = ""
    calendar: str = ""
    calendar_unchanged: str = ""
    entered_at: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """One amount of one year; counted is False for what is neutral in the gap that year."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    revision_uuid: str
    position: int
    year: int
    motive: str
    amount: float
    nature: MovementNature
    counted: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a value is away from its target, and what was decided."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    year: int
    cause: str
    origin: Origin
    quarter: int = 0
    action: str = ""
    author: str = ""
    written_on: datetime.date | None = None

    @property
    def period(self) -> Period:
        """The period explained."""
        return Period(self.year, self.quarter)


@dataclass(frozen=True, slots=True)
class Comment:
    """The comment of an indicator in the bilan of a year."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    year: int
    text: str
    written_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What a target supposes: expected value, range, number of periods outside before an alert."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    label: str
    unit: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    periods: int = 2
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of a hypothesis at one period; text for what is not a number."""

    uuid: str
    cpog_uuid: str
    hypothesis_uuid: str
    year: int
    quarter: int = 0
    number: float | None = None
    text: str = ""

    @property
    def period(self) -> Period:
        """The period observed."""
        return Period(self.year, self.quarter)


@dataclass(frozen=True, slots=True)
class Peer:
    """The value of another Caf, within a named group."""

    uuid: str
    cpog_uuid: str
    indicator_uuid: str
    group_name: str
    departement: str
    year: int
    name: str = ""
    quarter: int = 0
    number: float | None = None
    state: ValueState = ValueState.VALUE
    source: str = ""

"""CPOG: trajectories, values, revisions, gaps, hypotheses, closed years, calendar."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model
from db.models.cpog_rows import Child, OfIndicator, Row


class CpogTargetTable(OfIndicator, Model):
    """One point of a target series; a series « initiale » is written once."""

    __tablename__ = "cpog_target"

    series: Mapped[str]
    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0)
    number: Mapped[float | None]
    state: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    revision_uuid: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="notifiee")
    entered_at: Mapped[str] = mapped_column(default="")
    fictitious: Mapped[bool] = mapped_column(default=False)


class CpogValueTable(OfIndicator, Model):
    """One value observed; a correction adds a version and leaves the earlier one."""

    __tablename__ = "cpog_value"

    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0)
    number: Mapped[float | None]
    state: Mapped[int] = mapped_column(default=0)
    status: Mapped[int] = mapped_column(default=0)
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    estimated: Mapped[bool] = mapped_column(default=False)
    precision: Mapped[str] = mapped_column(default="")
    observed_on: Mapped[str | None]
    entered_at: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    fictitious: Mapped[bool] = mapped_column(default=False)


class CpogRevisionTable(OfIndicator, Model):
    """One revision: its act, and what it says of means, targets and calendar."""

    __tablename__ = "cpog_revision"

    on: Mapped[str]
    act: Mapped[str]
    act_label: Mapped[str] = mapped_column(default="")
    document_uuid: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    means: Mapped[str] = mapped_column(default="")
    means_unchanged: Mapped[str] = mapped_column(default="")
    target_unchanged: Mapped[str] = mapped_column(default="")
    calendar: Mapped[str] = mapped_column(default="")
    calendar_unchanged: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[str] = mapped_column(default="")


class CpogMovementTable(OfIndicator, Model):
    """One amount of one year that explains a revision."""

    __tablename__ = "cpog_movement"

    revision_uuid: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    year: Mapped[int]
    motive: Mapped[str]
    amount: Mapped[float]
    nature: Mapped[str]
    counted: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(default="")


class CpogGapTable(OfIndicator, Model):
    """Why a value is away from its target, and what was decided."""

    __tablename__ = "cpog_gap"

    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0)
    cause: Mapped[str]
    origin: Mapped[str]
    action: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(default="")
    written_on: Mapped[str | None]


class CpogCommentTable(OfIndicator, Model):
    """The comment of an indicator in the bilan of a year."""

    __tablename__ = "cpog_comment"

    year: Mapped[int]
    text: Mapped[str]
    written_on: Mapped[str | None]


class CpogHypothesisTable(OfIndicator, Model):
    """What a target supposes, with its range."""

    __tablename__ = "cpog_hypothesis"

    label: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    value: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    periods: Mapped[int] = mapped_column(default=2)
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class CpogObservationTable(Child, Model):
    """What was seen of a hypothesis at one period."""

    __tablename__ = "cpog_observation"

    hypothesis_uuid: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0)
    number: Mapped[float | None]
    text: Mapped[str] = mapped_column(default="")


class CpogClosingTable(Child, Model):
    """A year of a contract as it was closed; content is the JSON of all its rows at that time."""

    __tablename__ = "cpog_closing"

    year: Mapped[int]
    version: Mapped[int]
    closed_at: Mapped[str]
    author: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    content: Mapped[str]


class CpogDeadlineTable(Row, Model):
    """A yearly deadline as this base keeps it; the delivered one is in the reference table."""

    __tablename__ = "cpog_deadline"

    code: Mapped[str]
    label: Mapped[str]
    month: Mapped[int]
    day: Mapped[int]
    year_offset: Mapped[int] = mapped_column(default=0)
    quarter: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[int | None]
    valid_to: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)


class CpogDeadlineMarkTable(Child, Model):
    """A deadline of one year that was met."""

    __tablename__ = "cpog_deadline_mark"

    code: Mapped[str]
    year: Mapped[int]
    done_on: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class CpogPeerTable(OfIndicator, Model):
    """The value of another Caf, for comparison within a named group."""

    __tablename__ = "cpog_peer"

    group_name: Mapped[str]
    departement: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0)
    number: Mapped[float | None]
    state: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="")

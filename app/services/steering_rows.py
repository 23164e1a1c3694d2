"""Frozen rows of steering: instances, séances, decisions, evaluation, contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.indicator import ValueState
from app.domain.steering import DecisionState, InstanceKind, MeetingStatus, Presence


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """A comité of a CTG or of an SDSF."""

    uuid: str
    owner_kind: str
    owner_uuid: str
    owner_name: str
    kind: InstanceKind
    title: str
    composition: tuple[str, ...]
    """Organisations expected."""
    meetings: int


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """An organisation at a séance."""

    uuid: str
    organisation: str
    state: Presence


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A point of the agenda; kind and target say what it shows (map, fiche, indicator, document)."""

    uuid: str
    rank: int
    title: str
    kind: str
    target: str
    note: str


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """Something frozen as it was shown; content is JSON, intact tells whether its digest still holds."""

    uuid: str
    item_uuid: str | None
    rank: int
    title: str
    kind: str
    content: str
    sha256: str
    frozen_at: datetime
    intact: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision; late_days and age_class (0, 15, 30, 60, 90, 180) are those of the day asked."""

    uuid: str
    meeting_uuid: str
    meeting: str
    held_on: date
    owner_kind: str
    owner_uuid: str
    owner_name: str
    """The CTG or SDSF concerned."""
    number: int
    text: str
    owner: str
    due_on: date | None
    done_on: date | None
    dropped_on: date | None
    state: DecisionState
    late_days: int
    age_class: int
    item_uuid: str | None
    action_uuid: str | None
    action_number: str
    note: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A séance in a list."""

    uuid: str
    instance_uuid: str
    instance: str
    instance_kind: InstanceKind
    owner_kind: str
    owner_uuid: str
    owner_name: str
    title: str
    held_on: date
    starts_at: str
    place: str
    status: MeetingStatus
    agenda: int
    decisions: int
    open_decisions: int


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """A séance whole."""

    row: MeetingRow
    note: str
    agenda: tuple[AgendaRow, ...]
    attendance: tuple[AttendanceRow, ...]
    snapshots: tuple[SnapshotRow, ...]
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A value of the evaluation grid at one time."""

    number: float | None
    state: ValueState
    year: int | None


@dataclass(frozen=True, slots=True)
class EvaluationRowView:
    """A question of the evaluation, with its three times."""

    uuid: str
    rank: int
    question: str
    criterion: str
    indicator: str
    source: str
    unit: str
    decimals: int
    t0: Measure
    t1: Measure
    t2: Measure
    judgement: str
    argument: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class AgeClassCount:
    """Overdue decisions of one class of age: from that number of days late, to the next class."""

    from_days: int
    to_days: int | None
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Personal data: shown apart, never in a diagnostic, erasable everywhere."""

    uuid: str
    ctg_uuid: str | None
    ctg_name: str
    function: str
    organisation: str
    mail: str
    phone: str
    note: str
    personal: bool = True


@dataclass(frozen=True, slots=True)
class SnapshotDifference:
    """One value of a snapshot that the base gives otherwise now; path is the place in the JSON."""

    path: str
    shown: object
    now: object

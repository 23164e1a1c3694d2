"""Instances, séances, decisions and evaluation; an instance belongs to a CTG or to an SDSF."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model
from db.models.ctg_columns import key, optional_parent, parent, prose

JOURNALED: tuple[str, ...] = (
    "steering_instance",
    "meeting",
    "agenda_item",
    "attendance",
    "meeting_snapshot",
    "decision",
    "evaluation_row",
)
"""Tables of this module that people edit."""


class SteeringInstance(Model):
    """A comité, with the title people give it; owner_kind is « ctg » or « sdsf »."""

    __tablename__ = "steering_instance"

    uuid: Mapped[str] = key()
    owner_kind: Mapped[str]
    owner_uuid: Mapped[str] = mapped_column(index=True)
    rank: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    title: Mapped[str]
    composition: Mapped[str] = prose()


class Meeting(Model):
    """A séance of an instance."""

    __tablename__ = "meeting"

    uuid: Mapped[str] = key()
    instance_uuid: Mapped[str] = parent("steering_instance")
    title: Mapped[str] = prose()
    held_on: Mapped[str]
    starts_at: Mapped[str] = prose()
    place: Mapped[str] = prose()
    status: Mapped[str]
    note: Mapped[str] = prose()


class AgendaItem(Model):
    """A point of the agenda, and what it shows: a map, a fiche, an indicator, a document."""

    __tablename__ = "agenda_item"

    uuid: Mapped[str] = key()
    meeting_uuid: Mapped[str] = parent("meeting")
    rank: Mapped[int]
    title: Mapped[str]
    kind: Mapped[str] = prose()
    target: Mapped[str] = prose()
    note: Mapped[str] = prose()


class Attendance(Model):
    """An organisation at a séance: « presente », « excusee » or « absente »."""

    __tablename__ = "attendance"

    uuid: Mapped[str] = key()
    meeting_uuid: Mapped[str] = parent("meeting")
    rank: Mapped[int]
    organisation: Mapped[str]
    state: Mapped[str]


class MeetingSnapshot(Model):
    """What was shown, frozen as JSON: later corrections leave it as it was seen."""

    __tablename__ = "meeting_snapshot"

    uuid: Mapped[str] = key()
    meeting_uuid: Mapped[str] = parent("meeting")
    item_uuid: Mapped[str | None] = optional_parent("agenda_item")
    rank: Mapped[int]
    title: Mapped[str]
    kind: Mapped[str]
    content: Mapped[str]
    sha256: Mapped[str]
    frozen_at: Mapped[str]


class Decision(Model):
    """A decision of a séance: an owner (function or organisation), a due date, maybe a fiche."""

    __tablename__ = "decision"

    uuid: Mapped[str] = key()
    meeting_uuid: Mapped[str] = parent("meeting")
    item_uuid: Mapped[str | None] = optional_parent("agenda_item")
    action_uuid: Mapped[str | None] = optional_parent("action_sheet")
    number: Mapped[int]
    text: Mapped[str]
    owner: Mapped[str] = prose()
    due_on: Mapped[str | None]
    done_on: Mapped[str | None]
    dropped_on: Mapped[str | None]
    note: Mapped[str] = prose()


class EvaluationRow(Model):
    """A line of the evaluation grid; state numbers are those of ValueState."""

    __tablename__ = "evaluation_row"

    uuid: Mapped[str] = key()
    owner_kind: Mapped[str]
    owner_uuid: Mapped[str] = mapped_column(index=True)
    rank: Mapped[int]
    question: Mapped[str]
    criterion: Mapped[str] = prose()
    indicator: Mapped[str] = prose()
    source: Mapped[str] = prose()
    unit: Mapped[str] = prose()
    decimals: Mapped[int] = mapped_column(default=0)
    t0: Mapped[float | None]
    t0_state: Mapped[int]
    t0_year: Mapped[int | None]
    t1: Mapped[float | None]
    t1_state: Mapped[int]
    t1_year: Mapped[int | None]
    t2: Mapped[float | None]
    t2_state: Mapped[int]
    t2_year: Mapped[int | None]
    judgement: Mapped[str] = prose()
    argument: Mapped[str] = prose()
    fictitious: Mapped[bool] = mapped_column(default=False)

"""Steering read from the base: instances, séances, decisions by age, frozen views."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.domain.steering import (
    AGE_CLASSES,
    DecisionState,
    InstanceKind,
    MeetingStatus,
    Presence,
    age_class,
    decision_state,
    late_days,
)
from app.services.ctg_edit import find
from app.services.ctg_load import day, today
from app.services.ctg_plan_data import PlanData
from app.services.steering_rows import (
    AgeClassCount,
    AgendaRow,
    AttendanceRow,
    DecisionRow,
    InstanceRow,
    MeetingDetail,
    MeetingRow,
    SnapshotDifference,
    SnapshotRow,
)
from db.models.ctg import Ctg
from db.models.ctg_steering import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingSnapshot,
    SteeringInstance,
)
from db.models.sdsf import SdsfRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base


class SteeringReads:
    """Reads of steering; every date defaults to today."""

    _base: Base

    def instances(self, owner_uuid: str | None = None) -> list[InstanceRow]:
        """Comités of one CTG or SDSF, or all of them."""
        with self._base.read() as session:
            names = owner_names(session)
            counts: dict[str, int] = {}
            for uuid in session.scalars(select(Meeting.instance_uuid)):
                counts[uuid] = counts.get(uuid, 0) + 1
            rows = _instances(session, owner_uuid)
            return [
                InstanceRow(row.uuid, row.owner_kind, row.owner_uuid, names.get(row.owner_uuid, ""),
                            InstanceKind(row.kind), row.title,
                            tuple(name for name in row.composition.split("\n") if name),
                            counts.get(row.uuid, 0))
                for row in rows
            ]  # fmt: skip

    def meetings(self, owner_uuid: str | None = None) -> list[MeetingRow]:
        """Séances, latest first, of one CTG or SDSF or of all."""
        with self._base.read() as session:
            instances = {row.uuid: row for row in _instances(session, owner_uuid)}
            rows = session.scalars(select(Meeting).where(Meeting.instance_uuid.in_(instances)))
            return sorted(
                _meeting_rows(session, list(rows), instances), key=lambda row: row.held_on, reverse=True
            )

    def meeting(self, uuid: str, on: date | None = None) -> MeetingDetail:
        """One séance whole. Raises UnknownObject."""
        on = on or today()
        with self._base.read() as session:
            row: Meeting = find(session, "meeting", uuid)
            instance = session.get_one(SteeringInstance, row.instance_uuid)
            (shown,) = _meeting_rows(session, [row], {instance.uuid: instance})
            return MeetingDetail(
                row=shown,
                note=row.note,
                agenda=tuple(
                    AgendaRow(x.uuid, x.rank, x.title, x.kind, x.target, x.note)
                    for x in _of(session, AgendaItem, uuid)
                ),
                attendance=tuple(
                    AttendanceRow(x.uuid, x.organisation, Presence(x.state))
                    for x in _of(session, Attendance, uuid)
                ),
                snapshots=tuple(_snapshot(x) for x in _of(session, MeetingSnapshot, uuid)),
                decisions=tuple(_decisions(session, on, lambda d: d.meeting_uuid == uuid)),
            )

    def decisions(
        self,
        owner_uuid: str | None = None,
        on: date | None = None,
        states: frozenset[DecisionState] | None = None,
        action: str | None = None,
    ) -> list[DecisionRow]:
        """Decisions, those due first at the top; of one CTG or SDSF, in some states, about one fiche."""
        with self._base.read() as session:
            rows = _decisions(session, on or today(), lambda d: action is None or d.action_uuid == action)
        kept = [
            row
            for row in rows
            if (owner_uuid is None or row.owner_uuid == owner_uuid)
            and (states is None or row.state in states)
        ]
        return sorted(kept, key=lambda row: (row.due_on or date.max, row.held_on, row.number))

    def overdue(self, owner_uuid: str | None = None, on: date | None = None) -> list[AgeClassCount]:
        """Overdue decisions by class of age: less than 15 days, 15, 30, 60, 90, 180 and more."""
        late = self.decisions(owner_uuid, on, frozenset({DecisionState.LATE}))
        bounds = (0, *AGE_CLASSES)
        return [
            AgeClassCount(low, high, tuple(row for row in late if row.age_class == low))
            for low, high in zip(bounds, (*AGE_CLASSES, None), strict=True)
        ]

    def differences(self, snapshot: str, now: dict[str, object]) -> list[SnapshotDifference]:
        """What a frozen view shows otherwise than the same content read now."""
        with self._base.read() as session:
            row: MeetingSnapshot = find(session, "snapshot", snapshot)
            shown = _flat(_content(row))
        current = _flat(now)
        return [
            SnapshotDifference(path, shown.get(path), current.get(path))
            for path in sorted(shown.keys() | current.keys())
            if shown.get(path) != current.get(path)
        ]


def owner_names(session: Session) -> dict[str, str]:
    """Names of the CTG and SDSF that hold instances."""
    found = {row.uuid: row.name for row in session.execute(select(Ctg.uuid, Ctg.name))}
    return found | {row.uuid: row.label for row in session.scalars(select(SdsfRecord))}


def _content(row: MeetingSnapshot) -> object:
    return json.loads(row.content)


def _flat(content: object, path: str = "") -> dict[str, object]:
    """Leaves of a JSON content by their path."""
    if isinstance(content, dict):
        items = [(str(key), value) for key, value in content.items()]
    elif isinstance(content, list | tuple):
        items = [(str(i), value) for i, value in enumerate(content)]
    else:
        return {path: content}
    found: dict[str, object] = {}
    for key, value in items:
        found |= _flat(value, f"{path}/{key}" if path else key)
    return found


def _instances(session: Session, owner_uuid: str | None) -> list[SteeringInstance]:
    query = select(SteeringInstance).order_by(SteeringInstance.rank, SteeringInstance.title)
    if owner_uuid is not None:
        query = query.where(SteeringInstance.owner_uuid == owner_uuid)
    return list(session.scalars(query))


def _of(session: Session, model: type[Any], meeting: str) -> list[Any]:
    return list(session.scalars(select(model).where(model.meeting_uuid == meeting).order_by(model.rank)))


def _snapshot(row: MeetingSnapshot) -> SnapshotRow:
    return SnapshotRow(
        row.uuid, row.item_uuid, row.rank, row.title, row.kind, row.content, row.sha256,
        datetime.fromisoformat(row.frozen_at),
        hashlib.sha256(row.content.encode()).hexdigest() == row.sha256,
    )  # fmt: skip


def _meeting_rows(
    session: Session, rows: list[Meeting], instances: dict[str, SteeringInstance]
) -> list[MeetingRow]:
    names = owner_names(session)
    agenda = list(session.scalars(select(AgendaItem.meeting_uuid)))
    decisions = session.execute(select(Decision.meeting_uuid, Decision.done_on, Decision.dropped_on)).all()
    found = []
    for row in rows:
        instance = instances[row.instance_uuid]
        mine = [d for d in decisions if d.meeting_uuid == row.uuid]
        found.append(
            MeetingRow(
                row.uuid, instance.uuid, instance.title, InstanceKind(instance.kind), instance.owner_kind,
                instance.owner_uuid, names.get(instance.owner_uuid, ""), row.title,
                date.fromisoformat(row.held_on), row.starts_at, row.place, MeetingStatus(row.status),
                agenda.count(row.uuid), len(mine), sum(not d.done_on and not d.dropped_on for d in mine),
            )
        )  # fmt: skip
    return found


def _decisions(session: Session, on: date, wanted: Callable[[Decision], bool]) -> list[DecisionRow]:
    query = select(Decision, Meeting, SteeringInstance)
    query = query.join(Meeting, Meeting.uuid == Decision.meeting_uuid)
    query = query.join(SteeringInstance, SteeringInstance.uuid == Meeting.instance_uuid)
    rows = [
        row for row in session.execute(query.order_by(Decision.number, Decision.uuid)).all() if wanted(row[0])
    ]
    numbers = PlanData(session, on).numbers if any(row[0].action_uuid for row in rows) else {}
    names = owner_names(session)
    found = []
    for decision, meeting, instance in rows:
        due, done, dropped = day(decision.due_on), day(decision.done_on), day(decision.dropped_on)
        days = 0 if dropped else late_days(due, done, on)
        found.append(
            DecisionRow(
                decision.uuid, meeting.uuid, meeting.title or instance.title,
                date.fromisoformat(meeting.held_on), instance.owner_kind, instance.owner_uuid,
                names.get(instance.owner_uuid, ""), decision.number, decision.text, decision.owner, due,
                done, dropped, decision_state(due, done, dropped, on), days, age_class(days),
                decision.item_uuid, decision.action_uuid, numbers.get(decision.action_uuid or "", ""),
                decision.note,
            )
        )  # fmt: skip
    return found

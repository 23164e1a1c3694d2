"""Writes about séances: agenda, organisations, frozen views, decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.changes import Changes
from app.domain.ctg_errors import OrphanDecision
from app.domain.steering import MeetingStatus, Presence
from app.services.clock import now
from app.services.ctg_edit import Editor, add_row, changed, find, insert
from app.services.ctg_load import day, today
from app.services.ctg_rows import Created
from db.models.ctg_steering import AgendaItem, Decision, Meeting, MeetingSnapshot, SteeringInstance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base


class MeetingWrites:
    """What is prepared before a séance, and what is written during it."""

    _base: Base
    _editor: Editor

    def add_meeting(self, instance: str, /, **values: object) -> Created:
        """Add a séance: held_on, starts_at, place, title. The organisations of the instance are invited."""
        with self._base.write("séance ajoutée") as session:
            row: SteeringInstance = find(session, "instance", instance)
            uuid = insert(session, "meeting", instance, values)
            for rank, name in enumerate(row.composition.split("\n"), start=1):
                if name:
                    columns = {"organisation": name, "state": Presence.PRESENT.value, "rank": rank}
                    add_row(session, "attendance", uuid, columns)
        return Created(uuid, changed("meeting"))

    def hold(self, meeting: str) -> Changes:
        """Say that a séance was held."""
        return self._editor.edit("meeting", meeting, status=MeetingStatus.HELD)

    def add_item(self, meeting: str, /, **values: object) -> Created:
        """Add a point to the agenda: title, kind and target of what it shows."""
        return self._editor.add("agenda", meeting, None, **values)

    def order_items(self, meeting: str, uuids: Sequence[str]) -> Changes:
        """Put the points of an agenda in an order."""
        with self._base.write("ordre du jour réordonné") as session:
            for rank, uuid in enumerate(uuids, start=1):
                row: AgendaItem = find(session, "agenda", uuid)
                if row.meeting_uuid == meeting:
                    row.rank = rank
        return changed("agenda")

    def set_attendance(self, meeting: str, organisation: str, state: Presence) -> Changes:
        """Say whether an organisation is there."""
        from db.models.ctg_steering import Attendance

        with self._base.write("présences") as session:
            row = session.scalar(
                select(Attendance).where(
                    Attendance.meeting_uuid == meeting, Attendance.organisation == organisation
                )
            )
            if row is None:
                insert(session, "attendance", meeting, {"organisation": organisation, "state": state})
            else:
                row.state = state.value
        return changed("attendance")

    def freeze(
        self, meeting: str, title: str, kind: str, content: Mapping[str, object], item: str | None = None
    ) -> Created:
        """Keep what is shown, as JSON: values, breaks, versions. Never changed afterwards."""
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
        with self._base.write("vue figée") as session:
            find(session, "meeting", meeting)
            columns = {
                "item_uuid": item, "title": title, "kind": kind, "content": text,
                "sha256": hashlib.sha256(text.encode()).hexdigest(), "frozen_at": now(),
            }  # fmt: skip
            row = add_row(session, "snapshot", meeting, columns)
            session.flush()
            uuid = str(row.uuid)
        return Created(uuid, changed("snapshot"))

    def snapshot(self, uuid: str) -> dict[str, object]:
        """Content of a frozen view. Raises UnknownObject."""
        with self._base.read() as session:
            row: MeetingSnapshot = find(session, "snapshot", uuid)
            content: dict[str, object] = json.loads(row.content)
        return content

    # -- decisions ----------------------------------------------------------------------------------

    def add_decision(self, meeting: str, text: str, /, **values: object) -> Created:
        """Add a decision: owner (function or organisation), due_on, action_uuid, item_uuid.

        Raises OrphanDecision without its séance, or for a fiche of another convention.
        """
        with self._base.write("décision ajoutée") as session:
            if session.get(Meeting, meeting) is None:
                raise OrphanDecision(reason="meeting")
            number = _next_number(session, meeting)
            uuid = insert(session, "decision", meeting, {"text": text, **values}, {"number": number})
        return Created(uuid, changed("decision"))

    def close_decision(self, uuid: str, done_on: date | None = None) -> Changes:
        """Say that a decision was carried out (today by default)."""
        return self._editor.edit("decision", uuid, done_on=done_on or today(), dropped_on=None)

    def drop_decision(self, uuid: str, on: date, note: str) -> Changes:
        """Say that a decision is given up, and why."""
        return self._editor.edit("decision", uuid, dropped_on=on, done_on=None, note=note)

    def reopen_decision(self, uuid: str) -> Changes:
        """Say that a decision is still to be carried out."""
        return self._editor.edit("decision", uuid, dropped_on=None, done_on=None)


def _next_number(session: Session, meeting: str) -> int:
    last = session.scalar(select(func.max(Decision.number)).where(Decision.meeting_uuid == meeting))
    return (last or 0) + 1


def held_on(row: Meeting) -> date:
    """Day of a séance."""
    return day(row.held_on) or date.min

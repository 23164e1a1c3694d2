"""What has a date ahead: ends of CTG, stages, étapes, engagements, decisions, séances, as events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.action import STOPPED, ActionState
from app.domain.agenda import Event, calendar_text
from app.domain.ctg_words import CTG_STATUS
from app.domain.steering import DecisionState, MeetingStatus
from app.services.clock import now
from app.services.ctg_load import today
from maps.files import write_whole

if TYPE_CHECKING:
    from app.services.ctg import CtgService
    from app.services.steering import SteeringService

OPEN = frozenset({DecisionState.OPEN, DecisionState.LATE})


def events(
    ctg: CtgService, steering: SteeringService, on: date | None = None, code_epci: str | None = None
) -> list[Event]:
    """Events from a day on, late ones included as long as they are open; of one Epci if asked.

    Contacts and their names are never part of them.
    """
    on = on or today()
    found: list[Event] = []
    rows = ctg.rows(on, code_epci)
    for row in rows:
        mine: list[Event] = []
        if row.ends_on is not None and not row.status.is_over:
            mine.append(Event(f"fin-{row.uuid}", row.ends_on, f"Fin de la {row.name}", "", row.name))
        mine += _stages(ctg, row.uuid, row.name, on)
        mine += _steps(ctg, row.uuid, row.name, on)
        mine += _commitments(ctg, row.uuid, row.name, on)
        found += [replace(event, fictitious=row.fictitious) for event in mine]
    owners = {row.uuid for row in rows} if code_epci else None
    invented = {row.uuid for row in rows if row.fictitious}
    for owner, event in _meetings(steering, owners, on):
        found.append(replace(event, fictitious=owner in invented))
    return found


def write_calendar(
    path: Path,
    ctg: CtgService,
    steering: SteeringService,
    on: date | None = None,
    code_epci: str | None = None,
) -> int:
    """Write events for the agendas of other software; returns how many. Raises WriteRefused, DiskFull."""
    found = events(ctg, steering, on, code_epci)
    stamp = datetime.fromisoformat(now())
    write_whole(path, calendar_text(found, stamp).encode())
    return len(found)


def _stages(ctg: CtgService, uuid: str, name: str, on: date) -> Iterator[Event]:
    for stage in ctg.ctg(uuid, on).stages:
        if stage.planned_on is not None and stage.reached_on is None:
            yield Event(f"etape-{uuid}-{stage.status}", stage.planned_on,
                        f"{name}\u202f: {CTG_STATUS[stage.status]}", "", name)  # fmt: skip


def _steps(ctg: CtgService, uuid: str, name: str, on: date) -> Iterator[Event]:
    steps = ctg.steps(uuid, on)
    for row in ctg.actions(uuid, on):
        if row.status in STOPPED or row.status is ActionState.DONE:
            continue
        for step in steps.get(row.uuid, ()):
            if step.planned_on is not None and step.done_on is None:
                text = f"Fiche {row.number}\u202f: {step.title}"
                yield Event(step.uuid, step.planned_on, text, f"{row.title}\n{step.holder}".strip(), name)


def _commitments(ctg: CtgService, uuid: str, name: str, on: date) -> Iterator[Event]:
    for row in ctg.commitments(uuid, on):
        if row.due_on is not None and row.done_on is None and row.dropped_on is None:
            text = f"Engagement de {row.party}\u202f: {row.text}"
            yield Event(row.uuid, row.due_on, text, row.impact, name)


def _meetings(steering: SteeringService, owners: set[str] | None, on: date) -> Iterator[tuple[str, Event]]:
    """Open decisions and séances ahead, each with the key of what it belongs to."""
    for row in steering.decisions(None, on, OPEN):
        if row.due_on is not None and (owners is None or row.owner_uuid in owners):
            text = f"Décision\u202f: {row.text}"
            yield row.owner_uuid, Event(row.uuid, row.due_on, text, row.owner, row.owner_name)
    for meeting in steering.meetings():
        ahead = meeting.held_on >= on and meeting.status is not MeetingStatus.CANCELLED
        if ahead and (owners is None or meeting.owner_uuid in owners):
            where = ", ".join(part for part in (meeting.starts_at, meeting.place) if part)
            text = f"{meeting.instance}\u202f: {meeting.title}"
            event = Event(meeting.uuid, meeting.held_on, text, where, meeting.owner_name)
            yield meeting.owner_uuid, event

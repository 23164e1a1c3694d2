"""What the page « Réunions » asks of the base, off the window."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.changes import Changes
from ui.views.meetings_slides import read_slides, shown_choices

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.steering_rows import (
        AgeClassCount,
        InstanceRow,
        MeetingDetail,
        MeetingRow,
        SnapshotDifference,
        SnapshotRow,
    )
    from ui.views.meetings_slides import Slide

Read = tuple[
    list["MeetingRow"], list["InstanceRow"], list["AgeClassCount"], dict[str, str], frozenset[str], str
]
"""Séances, comités, late decisions, who may own a comité, fictitious CTG, the séance another page asks."""


def read(services: Services, asked: dict[str, str], _progress: Progress) -> Read:
    """Séances, comités and what is late, and the séance that another page leads to."""
    ctgs = services.ctg.rows()
    owners = {f"ctg:{found.uuid}": f"CTG, {found.name}" for found in ctgs}
    owners |= {f"sdsf:{found.uuid}": found.label for found in services.sdsf.schemes()}
    steering = services.steering
    fictitious = frozenset(found.uuid for found in ctgs if found.fictitious)
    meetings = steering.meetings()
    wanted = _wanted(services, meetings, asked)
    return meetings, steering.instances(), steering.overdue(), owners, fictitious, wanted


def _wanted(services: Services, meetings: list[MeetingRow], asked: dict[str, str]) -> str:
    """Key of the séance that another page leads to, empty without one."""
    if "decision" in asked:
        taken = {line.uuid: line.meeting_uuid for line in services.steering.decisions()}
        return taken.get(asked["decision"], "")
    owner = asked.get("ctg") or asked.get("sdsf")
    if owner:
        return next((line.uuid for line in meetings if line.owner_uuid == owner), "")
    return asked.get("meeting", "")


def detail(services: Services, uuid: str, _progress: Progress) -> tuple[MeetingDetail, dict[str, str]]:
    """One séance whole, and what its points may show: code -> words."""
    held = services.steering.meeting(uuid)
    return held, shown_choices(services, held.row.owner_uuid)


def slides(
    services: Services, held: MeetingDetail, year: int | None, progress: Progress
) -> tuple[tuple[Slide, ...], dict[str, str]]:
    """What the points show, and the fiches that a decision may be about: key -> words."""
    owner = held.row.owner_uuid
    actions = services.ctg.actions(owner) if services.ctg.exists("ctg", owner) else []
    names = {row.uuid: f"Fiche {row.number} {row.title}" for row in actions}
    return read_slides(services, held, year, progress), names


def freeze(services: Services, meeting: str, slide: Slide, _progress: Progress) -> Changes:
    """Keep a view as it is shown, with the séance."""
    kind = slide.kind or "texte"
    return services.steering.freeze(meeting, slide.title, kind, slide.content(), slide.item).changes


def create(services: Services, wish: dict[str, Any], _progress: Progress) -> tuple[str, Changes]:
    """Create a séance, and its comité when none was chosen; its uuid."""
    changes = Changes()
    instance = wish["instance"]
    if not instance:
        kind, _, owner = wish["owner"].partition(":")
        made = services.steering.add_instance(kind, owner, kind=wish["kind"], title=wish["comite"])
        instance, changes = made.uuid, made.changes
    created = services.steering.add_meeting(
        instance, title=wish["title"], held_on=wish["held_on"], place=wish["place"]
    )
    return created.uuid, changes | created.changes


def decide(
    services: Services,
    meeting: str,
    words: str,
    owner: str,
    due_on: datetime.date | None,
    action: str | None,
    item: str | None,
    _progress: Progress,
) -> Changes:
    """Write a decision, about a fiche maybe, under the point shown."""
    values = {"owner": owner, "due_on": due_on, "action_uuid": action, "item_uuid": item}
    return services.steering.add_decision(meeting, words, **values).changes


def minutes(services: Services, meeting: str, path: Path, progress: Progress) -> Path:
    """Write the relevé de décisions of a séance."""
    from app.services.ctg_papers import CtgPapers

    papers = CtgPapers(services.ctg, services.steering, services.territory)
    papers.write_minutes(meeting, path, progress=progress)
    return path


def differences(
    services: Services, held: MeetingDetail, view: SnapshotRow, year: int | None, progress: Progress
) -> list[SnapshotDifference]:
    """What the base gives otherwise now than a view shown then; a point removed since has nothing left."""
    shown_map = services.steering.snapshot(view.uuid).get("carte")
    if isinstance(shown_map, dict):
        year = shown_map["annee"]
    shown = {slide.item: slide for slide in read_slides(services, held, year, progress)}
    slide = shown.get(view.item_uuid or "")
    return services.steering.differences(view.uuid, slide.content() if slide is not None else {})


def undo(services: Services, _progress: Progress) -> tuple[str, Changes]:
    """Undo the last action; its name, empty without one."""
    return services.base.undo() if services.base.undo_name() else ("", Changes())

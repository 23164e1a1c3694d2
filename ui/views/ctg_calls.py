"""What the CTG page asks of the services away from the screen: each write is one action; no Qt here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.changes import Changes

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.ctg import CtgStatus
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import Created, NewCtg

STEERING = frozenset({"instance", "meeting", "agenda", "attendance", "decision", "evaluation", "contact"})
"""Kinds that belong to the service of steering."""


def edit(
    services: Services, kind: str, uuid: str, values: Mapping[str, object], _progress: Progress
) -> Changes:
    """Change fields of a thing, as typed."""
    if kind == "document":
        return services.ctg.documents.edit(uuid, **values)
    owner: Any = services.steering if kind in STEERING else services.ctg
    done: Changes = owner.edit(kind, uuid, **values)
    return done


def add(
    services: Services, kind: str, owner: str, values: Mapping[str, object], _progress: Progress
) -> Created:
    """Add a thing to its owner."""
    if kind == "evaluation":
        return services.steering.add_question("ctg", owner, **values)
    if kind == "instance":
        return services.steering.add_instance("ctg", owner, **values)
    if kind == "contact":
        return services.steering.add_contact(ctg_uuid=owner, **values)
    return services.ctg.add(kind, owner, **values)


def remove(services: Services, kind: str, uuid: str, _progress: Progress) -> Changes:
    """Remove a thing; a contact is erased for good."""
    if kind == "document":
        return services.ctg.documents.remove(uuid)
    owner: Any = services.steering if kind in STEERING else services.ctg
    done: Changes = owner.remove(kind, uuid)
    return done


def remove_all(services: Services, kind: str, uuids: Sequence[str], progress: Progress) -> Changes:
    """Remove several things of a kind, one action; each contact is erased for good."""
    if kind in ("document", "contact"):
        done = Changes()
        for uuid in uuids:
            done |= remove(services, kind, uuid, progress)
        return done
    return services.ctg.remove_all(kind, uuids)


def order(services: Services, kind: str, owner: str, uuids: Sequence[str], _progress: Progress) -> Changes:
    """Put things of one owner in an order."""
    return services.ctg.order(kind, owner, uuids)


def place_note(services: Services, uuid: str, kind: str, place: int, _progress: Progress) -> Changes:
    """Put a point of the synthèse at a place of a list."""
    return services.ctg.place_note(uuid, kind, place)


def create(services: Services, new: NewCtg, _progress: Progress) -> Created:
    """Create a convention."""
    return services.ctg.create(new)


def advance(
    services: Services,
    uuid: str,
    requested: CtgStatus,
    on: datetime.date,
    document: str | None,
    _progress: Progress,
) -> Changes:
    """Pass a convention to the next stage."""
    return services.ctg.advance(uuid, requested, on, document)


def correct_stage(
    services: Services, uuid: str, status: CtgStatus, on: datetime.date | None, _progress: Progress
) -> Changes:
    """Correct the day a stage was reached."""
    return services.ctg.correct_stage(uuid, status, on)


def plan_stage(
    services: Services, uuid: str, status: CtgStatus, on: datetime.date | None, _progress: Progress
) -> Changes:
    """Say when a stage is expected."""
    return services.ctg.plan_stage(uuid, status, on)


def renew(
    services: Services,
    uuid: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    on: datetime.date,
    _progress: Progress,
) -> Created:
    """Prepare the convention that follows."""
    return services.ctg.renew(uuid, starts_on, ends_on, on=on)


def join(
    services: Services, uuid: str, codes: Sequence[str], since: datetime.date | None, _progress: Progress
) -> Changes:
    """Add communes."""
    return services.ctg.join(uuid, codes, since)


def amend(
    services: Services,
    uuid: str,
    communes: Sequence[str],
    themes: Sequence[str],
    values: Mapping[str, object],
    _progress: Progress,
) -> Changes:
    """Add an avenant with what it brings."""
    return services.ctg.amend(uuid, communes, themes, (), **values).changes


def set_themes(services: Services, uuid: str, codes: Sequence[str], _progress: Progress) -> Changes:
    """Choose the themes signed at the start."""
    return services.ctg.set_themes(uuid, codes)


def attach(services: Services, owner: str, path: Path, _progress: Progress) -> Created:
    """Copy a file beside the base and attach it to a convention."""
    return services.ctg.documents.add("ctg", owner, path)


def new_action(services: Services, ctg: str, title: str, _progress: Progress) -> Created:
    """Add a fiche, not filed yet."""
    return services.ctg.add_action(ctg, None, title=title)

"""Rows of the base turned into what the rules need: conventions with their members and prolongations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.ctg import Convention, CtgStatus, Member, Prolongation, Span
from app.domain.ctg_errors import UnknownObject
from app.services import clock
from db.models.ctg import Ctg, CtgAmendment, CtgMember

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def day(text: str | None) -> date | None:
    """The day of an ISO text."""
    return date.fromisoformat(text) if text else None


def iso(on: date | None) -> str | None:
    """ISO text of a day."""
    return on.isoformat() if on is not None else None


def conventions_of(session: Session, uuid: str | None = None) -> dict[str, Convention]:
    """Every convention by key, or one of them."""
    members: dict[str, list[Member]] = {}
    rows = select(CtgMember.ctg_uuid, CtgMember.code_commune, CtgMember.joins_on, CtgMember.leaves_on)
    for row in session.execute(rows.where(CtgMember.ctg_uuid == uuid) if uuid else rows):
        span = Span(day(row.joins_on), day(row.leaves_on))
        members.setdefault(row.ctg_uuid, []).append(Member(row.code_commune, span))
    later: dict[str, list[Prolongation]] = {}
    ends = select(CtgAmendment.ctg_uuid, CtgAmendment.effective_on, CtgAmendment.new_ends_on)
    for amendment in session.execute(ends.where(CtgAmendment.new_ends_on.is_not(None))):
        later.setdefault(amendment.ctg_uuid, []).append(
            Prolongation(
                date.fromisoformat(amendment.effective_on), date.fromisoformat(amendment.new_ends_on)
            )
        )
    ctgs = select(Ctg.uuid, Ctg.name, Ctg.status, Ctg.starts_on, Ctg.ends_on, Ctg.signed_on)
    return {
        row.uuid: Convention(
            uuid=row.uuid,
            name=row.name,
            status=CtgStatus(row.status),
            span=Span(day(row.starts_on), day(row.ends_on)),
            signed_on=day(row.signed_on),
            members=tuple(members.get(row.uuid, ())),
            prolongations=tuple(later.get(row.uuid, ())),
        )
        for row in session.execute(ctgs.where(Ctg.uuid == uuid) if uuid else ctgs)
    }


def convention_of(session: Session, uuid: str) -> Convention:
    """One convention; raises UnknownObject."""
    found = conventions_of(session, uuid).get(uuid)
    if found is None:
        raise UnknownObject(kind="ctg", uuid=uuid)
    return found


def today() -> date:
    """The day, from the clock of the services."""
    return date.fromisoformat(clock.now()[:10])

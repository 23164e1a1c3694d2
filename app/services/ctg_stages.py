"""Writes about the life of a convention: passages, their planned days, their dates corrected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes
from app.domain.ctg import CtgStatus, PartyKind, next_status, order_of
from app.domain.ctg_errors import BadField, MissingForStage, SignedAfterEnd, StageOutOfOrder
from app.domain.ctg_words import CTG_STATUS
from app.services.ctg_checks import check_no_overlap, end_of_ctg
from app.services.ctg_edit import add_row, changed, find
from app.services.ctg_load import convention_of, day, iso
from db.models.ctg import Ctg, CtgMember, CtgParty, CtgStage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base


class StageWrites:
    """What moves a convention through its life; every call is one action that can be undone."""

    _base: Base

    def advance(
        self, uuid: str, requested: CtgStatus, on: date, document: str | None = None, note: str = ""
    ) -> Changes:
        """Pass to the next status on a day, with its document.

        Raises ForbiddenTransition, MissingForStage, StageOutOfOrder, SignedAfterEnd, OverlappingCtg.
        """
        with self._base.write(f"CTG\u202f: passage à «\u202f{CTG_STATUS[requested]}\u202f»") as session:
            ctg: Ctg = find(session, "ctg", uuid)
            next_status(CtgStatus(ctg.status), requested)
            _check_order(session, uuid, requested, on)
            blocking = blocking_for(session, ctg, requested)
            if blocking:
                raise MissingForStage(requested=requested, missing=blocking)
            ctg.status = requested
            stage = _stage(session, uuid, requested)
            _write_day(session, ctg, stage, on)
            stage.document_uuid = document or stage.document_uuid
            stage.note = note or stage.note
            session.flush()
            check_no_overlap(session, uuid)
        return changed("ctg")

    def correct_stage(self, uuid: str, status: CtgStatus, on: date | None) -> Changes:
        """Correct the day a stage was reached, the signature's included; None: it is not known.

        Only a stage already passed has a day; it stays between the stages dated before and after it. Raises
        BadField, StageOutOfOrder, SignedAfterEnd, OverlappingCtg; nothing differs, nothing written.
        """
        with self._base.write(words_of_correction(status)) as session:
            ctg: Ctg = find(session, "ctg", uuid)
            current = CtgStatus(ctg.status)
            if order_of(status) > order_of(current) or (status.is_over and status is not current):
                raise BadField(field="reached_on", value="", reason="not_reached")
            stage = _stage(session, uuid, status)
            held = stage.reached_on, ctg.signed_on
            if on is not None:
                _check_order(session, uuid, status, on)
            _write_day(session, ctg, stage, on)
            if (stage.reached_on, ctg.signed_on) == held:
                return Changes()
            session.flush()
            check_no_overlap(session, uuid)
        return changed("ctg")

    def plan_stage(self, uuid: str, status: CtgStatus, planned_on: date | None) -> Changes:
        """Say when a stage is expected."""
        with self._base.write(f"CTG\u202f: «\u202f{CTG_STATUS[status]}\u202f» prévue") as session:
            find(session, "ctg", uuid)
            _stage(session, uuid, status).planned_on = iso(planned_on)
        return changed("ctg")


def words_of_correction(status: CtgStatus) -> str:
    """Name of the action, as « Annuler » and the history say it."""
    if status is CtgStatus.SIGNED:
        return "date de signature de la CTG"
    return f"CTG\u202f: date de «\u202f{CTG_STATUS[status]}\u202f»"


def _write_day(session: Session, ctg: Ctg, stage: CtgStage, on: date | None) -> None:
    """The signature is kept by the convention too: coverage counts from it."""
    stage.reached_on = iso(on)
    if CtgStatus(stage.status) is not CtgStatus.SIGNED:
        return
    end = end_of_ctg(session, ctg.uuid)
    if on is not None and end is not None and on > end:
        raise SignedAfterEnd(on=on, end=end)
    ctg.signed_on = iso(on)


def _check_order(session: Session, uuid: str, status: CtgStatus, on: date) -> None:
    """Raise StageOutOfOrder if a stage before is dated later, or a stage after is dated earlier."""
    place = order_of(status)
    rows = session.execute(
        select(CtgStage.status, CtgStage.reached_on)
        .where(CtgStage.ctg_uuid == uuid, CtgStage.reached_on.is_not(None))
        .order_by(CtgStage.reached_on.desc())
    )
    for row in rows:
        other, held = CtgStatus(row.status), day(row.reached_on)
        if held is None or other is status:
            continue
        if order_of(other) < place and held > on:
            raise StageOutOfOrder(requested=status, on=on, previous=other, previous_on=held)
        if order_of(other) > place and held < on:
            raise StageOutOfOrder(requested=other, on=held, previous=status, previous_on=on)


def _stage(session: Session, ctg_uuid: str, status: CtgStatus) -> CtgStage:
    row = session.scalar(
        select(CtgStage).where(CtgStage.ctg_uuid == ctg_uuid, CtgStage.status == status.value)
    )
    if row is None:
        row = add_row(session, "stage", ctg_uuid, {"status": status.value})
        session.flush()
    return row


def blocking_for(session: Session, ctg: Ctg, requested: CtgStatus) -> tuple[str, ...]:
    """Codes of what forbids a passage: communes, dates, signatories."""
    if requested is not CtgStatus.SIGNED:
        has = session.scalar(select(CtgMember.uuid).where(CtgMember.ctg_uuid == ctg.uuid).limit(1))
        return () if has else ("communes",)
    kinds = set(session.scalars(select(CtgParty.kind).where(CtgParty.ctg_uuid == ctg.uuid)))
    needs = {
        "starts_on": ctg.starts_on is not None,
        "ends_on": ctg.ends_on is not None,
        "communes": bool(convention_of(session, ctg.uuid).members),
        "caf": PartyKind.CAF in kinds,
        "partner": bool(kinds - {PartyKind.CAF}),
    }
    return tuple(code for code, held in needs.items() if not held)

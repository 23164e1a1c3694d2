"""What must hold once a thing is added or edited; the action that breaks it is rolled back whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.domain.action import NodeKind
from app.domain.action_tree import Item, check_parent
from app.domain.ctg import check_overlaps, check_span
from app.domain.ctg_errors import (
    BadField,
    ForbiddenParent,
    OrphanDecision,
    OutsideCtg,
    OverlappingCtg,
    ReasonNeeded,
    SignedAfterEnd,
    StepAfterEnd,
    UnknownObject,
)
from app.services.ctg_load import convention_of, conventions_of, day
from db.models.ctg import CoopPost, Ctg, CtgMember, CtgParty
from db.models.ctg_plan import ActionIndicator, ActionSheet, ActionValue, PlanNode
from db.models.ctg_steering import AgendaItem, Meeting, SteeringInstance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Check = Callable[["Session", Any], None]


def check_row(session: Session, kind: str, row: Any) -> None:
    """Raise the error of what does not hold any more."""
    for start, end in _SPANS.get(kind, ()):
        check_span(day(getattr(row, start)), day(getattr(row, end)), end)
    for check in _CHECKS.get(kind, ()):
        session.flush()
        check(session, row)


_SPANS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ctg": (("starts_on", "ends_on"),),
    "member": (("joins_on", "leaves_on"),),
    "party": (("joins_on", "leaves_on"),),
    "theme": (("since", "until"),),
    "parameter": (("valid_from", "valid_to"),),
    "post": (("starts_on", "ends_on"), ("vacant_from", "vacant_to")),
    "action": (("starts_on", "ends_on"),),
}


def _no_overlap(session: Session, ctg_uuid: str) -> None:
    held = conventions_of(session)
    if ctg_uuid in held:
        check_overlaps(held[ctg_uuid], [c for key, c in held.items() if key != ctg_uuid])


def check_no_overlap(session: Session, ctg_uuid: str) -> None:
    """Raise OverlappingCtg if a commune of this CTG is in another one on a same day."""
    try:
        _no_overlap(session, ctg_uuid)
    except OverlappingCtg as error:
        from app.domain.reference import load_reference

        reference = load_reference()
        codes = error.facts["communes"]
        names = [reference.commune(code).name for code in codes] if isinstance(codes, tuple) else []
        raise OverlappingCtg(**{**error.facts, "names": tuple(names)}) from None


def _ctg(session: Session, row: Ctg) -> None:
    signed, end = day(row.signed_on), end_of_ctg(session, row.uuid)
    if signed is not None and end is not None and signed > end:
        raise SignedAfterEnd(on=signed, end=end)
    check_no_overlap(session, row.uuid)


def _of_ctg(session: Session, row: Any) -> None:
    if session.get(Ctg, row.ctg_uuid) is None:
        raise UnknownObject(kind="ctg", uuid=row.ctg_uuid)


def _member(session: Session, row: CtgMember) -> None:
    check_no_overlap(session, row.ctg_uuid)


def _amendment(session: Session, row: Any) -> None:
    ctg = session.get(Ctg, row.ctg_uuid)
    if ctg is None:
        raise UnknownObject(kind="ctg", uuid=row.ctg_uuid)
    if row.new_ends_on:
        check_span(day(ctg.starts_on), day(row.new_ends_on), "new_ends_on")
        check_no_overlap(session, row.ctg_uuid)


def end_of_ctg(session: Session, ctg_uuid: str) -> date | None:
    """Latest known end of a convention, prolongations included."""
    return convention_of(session, ctg_uuid).end_at()


def _in_time(session: Session, ctg_uuid: str, field: str, planned: str | None, name: str) -> None:
    limit, on = end_of_ctg(session, ctg_uuid), day(planned)
    if limit is not None and on is not None and on > limit:
        raise StepAfterEnd(field=field, on=on, limit=limit, name=name)


def _step(session: Session, row: Any) -> None:
    action = _owner(session, ActionSheet, row.action_uuid, "action")
    _in_time(session, action.ctg_uuid, "planned_on", row.planned_on, row.title)


def _owner(session: Session, model: type[Any], uuid: str, kind: str) -> Any:
    found = session.get(model, uuid)
    if found is None:
        raise UnknownObject(kind=kind, uuid=uuid)
    return found


def _action(session: Session, row: ActionSheet) -> None:
    _of_ctg(session, row)
    if row.node_uuid is not None:
        node = _owner(session, PlanNode, row.node_uuid, "node")
        if node.ctg_uuid != row.ctg_uuid:
            raise ForbiddenParent(kind="action", parent_kind=node.kind)
    _in_time(session, row.ctg_uuid, "ends_on", row.ends_on, row.title)
    codes = set(row.communes.split())
    if codes:
        known = set(session.scalars(select(CtgMember.code_commune).where(CtgMember.ctg_uuid == row.ctg_uuid)))
        if codes - known:
            raise OutsideCtg(codes=tuple(sorted(codes - known)), name=row.title)
    if row.progress_override is not None and not row.progress_reason:
        raise ReasonNeeded(status="progress", missing=("progress_reason",))


def _node(session: Session, row: PlanNode) -> None:
    _of_ctg(session, row)
    nodes = session.execute(
        select(PlanNode.uuid, PlanNode.parent_uuid, PlanNode.rank, PlanNode.kind, PlanNode.title).where(
            PlanNode.ctg_uuid == row.ctg_uuid
        )
    )
    items = {n.uuid: Item(n.uuid, n.parent_uuid, n.rank, NodeKind(n.kind)) for n in nodes}
    if row.parent_uuid is not None and row.parent_uuid not in items:
        raise ForbiddenParent(kind=row.kind, parent_kind=None)
    check_parent(items[row.uuid], items.get(row.parent_uuid or ""), items)


def _commitment(session: Session, row: Any) -> None:
    party = _owner(session, CtgParty, row.party_uuid, "party")
    if party.ctg_uuid != row.ctg_uuid:
        raise UnknownObject(kind="party", uuid=row.party_uuid)


def _unique(*columns: str) -> Check:
    """Refuse a second row with the same values of some columns."""

    def check(session: Session, row: Any) -> None:
        model = type(row)
        same = select(model.uuid).where(
            *(getattr(model, name) == getattr(row, name) for name in columns), model.uuid != row.uuid
        )
        if session.scalar(same.limit(1)) is not None:
            raise BadField(field=columns[-1], value=getattr(row, columns[-1]), reason="duplicate")

    return check


def _decision(session: Session, row: Any) -> None:
    meeting = session.get(Meeting, row.meeting_uuid)
    if meeting is None:
        raise OrphanDecision(reason="meeting")
    if row.item_uuid is not None:
        item = session.get(AgendaItem, row.item_uuid)
        if item is None or item.meeting_uuid != row.meeting_uuid:
            raise OrphanDecision(reason="item")
    if row.action_uuid is None:
        return
    action = session.get(ActionSheet, row.action_uuid)
    instance = session.get(SteeringInstance, meeting.instance_uuid)
    if action is None:
        raise OrphanDecision(reason="action")
    if instance is not None and instance.owner_kind == "ctg" and instance.owner_uuid != action.ctg_uuid:
        raise OrphanDecision(reason="other_ctg")


def _needs(model: type[Any], column: str, kind: str) -> Check:
    def check(session: Session, row: Any) -> None:
        _owner(session, model, getattr(row, column), kind)

    return check


def _state_of_value(session: Session, row: ActionValue) -> None:
    """A number goes with the states value and zero only."""
    _owner(session, ActionIndicator, row.indicator_uuid, "indicator")
    if (row.number is None) == (row.state <= 1):
        raise BadField(field="number", value=row.number, reason="state")


def _measures(_session: Session, row: Any) -> None:
    for name in ("t0", "t1", "t2"):
        if (getattr(row, name) is None) == (getattr(row, f"{name}_state") <= 1):
            raise BadField(field=name, value=getattr(row, name), reason="state")


_CHECKS: Mapping[str, tuple[Check, ...]] = {
    "ctg": (_ctg,),
    "stage": (_of_ctg,),
    "member": (_of_ctg, _member),
    "party": (_of_ctg,),
    "amendment": (_amendment,),
    "theme": (_of_ctg,),
    "annex": (_of_ctg,),
    "note": (_of_ctg,),
    "bonus": (_of_ctg, _unique("ctg_uuid", "year", "parameter")),
    "post": (_of_ctg,),
    "funding": (
        _needs(CoopPost, "post_uuid", "post"),
        _unique("post_uuid", "year", "state", "funder"),
    ),
    "conformity": (_of_ctg, _unique("ctg_uuid", "point")),
    "finding": (_of_ctg,),
    "node": (_node,),
    "action": (_action,),
    "step": (_step,),
    "cost": (
        _needs(ActionSheet, "action_uuid", "action"),
        _unique("action_uuid", "nature", "state", "year"),
    ),
    "budget": (
        _needs(ActionSheet, "action_uuid", "action"),
        _unique("action_uuid", "year", "nature", "state", "funder"),
    ),
    "commitment": (_of_ctg, _commitment),
    "indicator": (_needs(ActionSheet, "action_uuid", "action"),),
    "value": (_state_of_value, _unique("indicator_uuid", "kind", "year")),
    "year": (_needs(ActionSheet, "action_uuid", "action"), _unique("action_uuid", "year")),
    "meeting": (_needs(SteeringInstance, "instance_uuid", "instance"),),
    "agenda": (_needs(Meeting, "meeting_uuid", "meeting"),),
    "attendance": (
        _needs(Meeting, "meeting_uuid", "meeting"),
        _unique("meeting_uuid", "organisation"),
    ),
    "decision": (_decision,),
    "evaluation": (_measures,),
}

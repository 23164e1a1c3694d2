"""Records of a scheme: found, changed field by field, checked, read back as rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.domain.sdsf import LONGEST_YEARS, NodeKind, numbers_of
from app.domain.sdsf_errors import SdsfNotFound, SdsfRefused
from app.services.sdsf_rows import ChildRow, NodeRow
from db.models.sdsf import (
    SdsfAmendmentRecord,
    SdsfFindingRecord,
    SdsfMemberRecord,
    SdsfNodeRecord,
    SdsfPartyRecord,
    SdsfQuestionRecord,
    SdsfRecord,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ChildModel = (
    type[SdsfPartyRecord]
    | type[SdsfMemberRecord]
    | type[SdsfFindingRecord]
    | type[SdsfAmendmentRecord]
    | type[SdsfQuestionRecord]
)
CHILDREN: dict[str, ChildModel] = {
    "party": SdsfPartyRecord,
    "member": SdsfMemberRecord,
    "finding": SdsfFindingRecord,
    "amendment": SdsfAmendmentRecord,
    "question": SdsfQuestionRecord,
}
FIRST_FIELD = {
    "party": "name",
    "member": "function",
    "finding": "text",
    "amendment": "signed_on",
    "question": "question",
}


def found(session: Session, model: Any, uuid: str) -> Any:
    """Return a record by its key. Raises SdsfNotFound."""
    record = session.get(model, uuid)
    if record is None:
        raise SdsfNotFound(what=model.__tablename__)
    return record


def assign(record: Any, fields: dict[str, Any]) -> None:
    """Change fields by name, dates as they are stored. Raises SdsfRefused."""
    columns = {column.name for column in record.__table__.columns} - {"uuid", "sdsf_uuid", "parent_uuid"}
    for name, value in fields.items():
        if name not in columns:
            raise SdsfRefused(field=name, value=value, reason="unknown_field")
        setattr(record, name, value.isoformat() if isinstance(value, date) else value)


def check_scheme(record: SdsfRecord) -> None:
    """Refuse a scheme without name, or whose dates do not hold. Raises SdsfRefused."""
    if not record.label.strip():
        raise SdsfRefused(field="label", value="", reason="empty")
    start, end = day(record.starts_on), day(record.ends_on)
    if start is None or end is None:
        return
    if end < start:
        raise SdsfRefused(field="ends_on", value=record.ends_on, reason="order")
    if end.year - start.year + 1 > LONGEST_YEARS + 1:
        raise SdsfRefused(field="ends_on", value=record.ends_on, reason="too_long")


def check_renewal(session: Session, old: SdsfRecord, new: SdsfRecord) -> None:
    """Refuse to renew twice, or from a day before the scheme that is renewed. Raises SdsfRefused."""
    after = session.scalar(select(SdsfRecord.label).where(SdsfRecord.previous_uuid == old.uuid))
    if after is not None:
        raise SdsfRefused(field="label", value=after, reason="already_renewed")
    if old.starts_on and new.starts_on and new.starts_on <= old.starts_on:
        raise SdsfRefused(field="starts_on", value=new.starts_on, reason="before_previous")
    check_scheme(new)


def check_node(node: SdsfNodeRecord, scheme: SdsfRecord) -> None:
    """Refuse a node without name, below zero or out of its scheme. Raises SdsfRefused."""
    if not node.label.strip():
        raise SdsfRefused(field="label", value="", reason="empty")
    if node.budget_cents is not None and node.budget_cents < 0:
        raise SdsfRefused(field="budget_cents", value=node.budget_cents, reason="negative")
    if node.starts_on and node.ends_on and node.ends_on < node.starts_on:
        raise SdsfRefused(field="ends_on", value=node.ends_on, reason="order")
    if node.starts_on and scheme.starts_on and node.starts_on < scheme.starts_on:
        raise SdsfRefused(field="starts_on", value=node.starts_on, reason="outside")


def check_child(kind: str, child: Any, scheme: SdsfRecord) -> None:
    """Refuse a line without its first field, an avenant that shortens. Raises SdsfRefused."""
    first = FIRST_FIELD[kind]
    if not str(getattr(child, first) or "").strip():
        raise SdsfRefused(field=first, value="", reason="empty")
    if kind == "amendment" and child.ends_on and scheme.ends_on and child.ends_on < scheme.ends_on:
        raise SdsfRefused(field="ends_on", value=child.ends_on, reason="shortens")


def brothers(session: Session, sdsf_uuid: str, parent_uuid: str) -> list[SdsfNodeRecord]:
    """Return the nodes under one parent, in their order."""
    query = (
        select(SdsfNodeRecord)
        .where(SdsfNodeRecord.sdsf_uuid == sdsf_uuid, SdsfNodeRecord.parent_uuid == parent_uuid)
        .order_by(SdsfNodeRecord.position, SdsfNodeRecord.uuid)
    )
    return list(session.scalars(query))


def nodes_of(session: Session, sdsf_uuid: str) -> tuple[NodeRow, ...]:
    """Return the nodes of a scheme in the order of the tree."""
    records = session.scalars(select(SdsfNodeRecord).where(SdsfNodeRecord.sdsf_uuid == sdsf_uuid)).all()
    numbers = numbers_of([(node.uuid, node.parent_uuid, node.position) for node in records])
    rows = [_node(record, numbers.get(record.uuid, "")) for record in records]
    return tuple(sorted(rows, key=lambda row: tuple(int(part) for part in row.number.split(".") if part)))


def _node(node: SdsfNodeRecord, number: str) -> NodeRow:
    return NodeRow(
        node.uuid, node.parent_uuid, NodeKind(node.kind), number, node.label, node.theme, node.expected,
        node.pilot, day(node.starts_on), day(node.ends_on), node.state, node.budget_cents, node.source,
        node.note,
    )  # fmt: skip


def children_of(session: Session, model: Any, sdsf_uuid: str) -> tuple[ChildRow, ...]:
    """Return the lines of one list of a scheme, in their order."""
    query = select(model).where(model.sdsf_uuid == sdsf_uuid).order_by(model.position)
    hidden = {"uuid", "sdsf_uuid", "position"}
    names = [column.name for column in model.__table__.columns if column.name not in hidden]
    return tuple(
        ChildRow(child.uuid, child.position, tuple((name, str(getattr(child, name) or "")) for name in names))
        for child in session.scalars(query)
    )


def day(text: str | None) -> date | None:
    """Return the day stored, None without one."""
    return date.fromisoformat(text) if text else None

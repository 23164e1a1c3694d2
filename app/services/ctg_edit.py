"""Adds, edits and removes things of CTG and steering inside one action, with their checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from app.changes import Changes, Topic
from app.domain import ctg_field_words as words
from app.domain.ctg_errors import BadField, InUse, UnknownObject
from app.domain.ctg_fields import read_fields, required_fields
from app.services.ctg_checks import check_row
from app.services.ctg_kinds import KINDS
from app.services.ctg_rows import Created
from db.models import Model, new_uuid
from db.models.ctg import Link

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base

DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "meeting": {"status": "preparee"},
    "attendance": {"state": "presente"},
    "value": {"state": 0},
    "indicator": {"decimals": 0, "direction": "up"},
    "evaluation": {"t0_state": 2, "t1_state": 2, "t2_state": 2, "decimals": 0},
    "conformity": {"state": "manquant"},
}
"""Required fields that have an answer when nobody gave one."""


def changed(kind: str) -> Changes:
    """What to read again after a change of that kind."""
    return Changes(frozenset({KINDS[kind].topic, Topic.JOURNAL}))


class Editor:
    """Writes of one base, one action at a time."""

    def __init__(self, base: Base, forget: Callable[[], None] = lambda: None) -> None:
        """forget: called after each write, for what the service keeps in memory."""
        self._base = base
        self._forget = forget

    def add(
        self, kind: str, owner: str = "", fixed: Mapping[str, object] | None = None, /, **values: object
    ) -> Created:
        """Make a thing; owner: uuid of what it belongs to; fixed: columns that nobody types.

        Raises BadField, UnknownObject and the errors of the checks.
        """
        with self._base.write(words.added(kind)) as session:
            uuid = insert(session, kind, owner, values, fixed)
        self._forget()
        return Created(uuid, changed(kind))

    def edit(self, kind: str, uuid: str, /, **values: object) -> Changes:
        """Change fields of a thing; nothing is written if nothing differs."""
        with self._base.write(words.edited(kind, list(values))) as session:
            edited = edit(session, kind, uuid, values)
        self._forget()
        return changed(kind) if edited else Changes()

    def order(self, kind: str, owner: str, uuids: Sequence[str]) -> Changes:
        """Put things of one owner in an order; those left out come after, as they were."""
        with self._base.write(words.ordered(kind)) as session:
            model: Any = KINDS[kind].model
            rows = session.scalars(select(model).where(getattr(model, KINDS[kind].parent) == owner)).all()
            place = {uuid: rank for rank, uuid in enumerate(uuids)}
            rows = sorted(rows, key=lambda row: (place.get(row.uuid, len(place)), row.rank))
            moved = [(row, rank) for rank, row in enumerate(rows, start=1) if row.rank != rank]
            for row, rank in moved:
                row.rank = rank
        self._forget()
        return changed(kind) if moved else Changes()

    def remove(self, kind: str, uuid: str) -> Changes:
        """Remove a thing and what it owns. Raises InUse if something else rests on it."""
        with self._base.write(words.removed(kind)) as session:
            remove(session, kind, uuid)
        self._forget()
        return changed(kind)


def find(session: Session, kind: str, uuid: str) -> Any:
    """The row of a thing; raises UnknownObject."""
    row = session.get(KINDS[kind].model, uuid)
    if row is None:
        raise UnknownObject(kind=kind, uuid=uuid)
    return row


def insert(
    session: Session,
    kind: str,
    owner: str,
    values: Mapping[str, object],
    fixed: Mapping[str, object] | None = None,
) -> str:
    """Add one row with its defaults, its rank and its checks; return its key."""
    given = {**DEFAULTS.get(kind, {}), **values}
    missing = [field for field in required_fields(kind) if field not in given]
    if missing:
        raise BadField(field=missing[0], value="", reason="empty")
    columns = read_fields(kind, given)
    row = add_row(session, kind, owner, {**columns, **(fixed or {})})
    check_row(session, kind, row)
    session.flush()
    return str(row.uuid)


def add_row(session: Session, kind: str, owner: str, columns: Mapping[str, object]) -> Any:
    """Add one row as it is, with a key and a rank if it has none."""
    info = KINDS[kind]
    held = dict(columns)
    if info.parent and owner:
        held[info.parent] = owner
    if info.ranked and held.get("rank") is None:
        held["rank"] = next_rank(session, kind, owner)
    blank = {name: None for name in _nullable(info.model) if name not in held}
    row = info.model(**{"uuid": new_uuid(), **blank, **held})
    session.add(row)
    return row


def _nullable(model: type[Model]) -> list[str]:
    table = model.metadata.tables[str(model.__tablename__)]
    return [column.name for column in table.columns if column.nullable]


def next_rank(session: Session, kind: str, owner: str) -> int:
    """One more than the last rank of the things of that kind with the same owner."""
    table = KINDS[kind].model.metadata.tables[KINDS[kind].table]
    last = session.scalar(select(func.max(table.c.rank)).where(table.c[KINDS[kind].parent] == owner))
    return (last or 0) + 1


def edit(session: Session, kind: str, uuid: str, values: Mapping[str, object]) -> bool:
    """Write the fields that differ, then check the row; tells whether something differed."""
    row = find(session, kind, uuid)
    columns = {
        name: value for name, value in read_fields(kind, values).items() if getattr(row, name) != value
    }
    for name, value in columns.items():
        setattr(row, name, value)
    if columns:
        check_row(session, kind, row)
        session.flush()
    return bool(columns)


def remove(session: Session, kind: str, uuid: str) -> None:
    """Delete a row, what it owns and its links; references to it become empty."""
    row = find(session, kind, uuid)
    for other, column in KINDS[kind].blockers:
        count = _count(session, other, column, uuid)
        if count:
            raise InUse(kind=kind, name=title_of(row), count=count, by=other)
    _delete_tree(session, kind, [uuid])
    session.flush()


def _count(session: Session, kind: str, column: str, uuid: str) -> int:
    table = KINDS[kind].model.metadata.tables[KINDS[kind].table]
    return session.scalar(select(func.count()).select_from(table).where(table.c[column] == uuid)) or 0


def _delete_tree(session: Session, kind: str, uuids: list[str]) -> None:
    if not uuids:
        return
    info = KINDS[kind]
    for other, column in info.owned:
        table = KINDS[other].model.metadata.tables[KINDS[other].table]
        _delete_tree(
            session, other, list(session.scalars(select(table.c.uuid).where(table.c[column].in_(uuids))))
        )
    for other, column in info.cleared:
        model = KINDS[other].model
        session.execute(
            update(model).where(model.__table__.c[column].in_(uuids)).values({column: None}),
            execution_options={"synchronize_session": "fetch"},
        )
    session.execute(delete(Link).where(or_(Link.from_uuid.in_(uuids), Link.to_uuid.in_(uuids))))
    model = info.model
    session.execute(delete(model).where(model.__table__.c.uuid.in_(uuids)))


def title_of(row: Any) -> str:
    """Words that name a row: title, name, text…"""
    for column in ("title", "name", "text", "question", "function", "organisation", "label"):
        found = getattr(row, column, None)
        if found:
            return str(found)
    return ""

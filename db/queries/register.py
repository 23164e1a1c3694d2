"""The register between its tables and its frozen objects: read whole, written one object at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.register import (
    Childminders,
    Equipment,
    KnownTotal,
    Movement,
    Register,
    Site,
    Zone,
)
from app.domain.territory import Level
from db.models.base import Model, new_uuid
from db.models.register import (
    ChildmindersRecord,
    EquipmentRecord,
    GroupRecord,
    KnownTotalRecord,
    MovementRecord,
    PointRecord,
    SignalValueRecord,
    SiteRecord,
    SupportRecord,
    TransferRecord,
    ZoneRecord,
)
from db.queries.register_rows import (
    equipment_columns,
    equipment_of,
    group_columns,
    group_of,
    iso,
    movement_of,
    point_columns,
    point_of,
    site_columns,
    site_of,
    transfer_columns,
    transfer_of,
    zone_of,
)

_Item = TypeVar("_Item")

CHILDREN: tuple[type[Model], ...] = (
    PointRecord,
    GroupRecord,
    MovementRecord,
    TransferRecord,
    SupportRecord,
    SignalValueRecord,
)
"""Tables whose rows belong to one service, by their column equipment_uuid."""


def read_register(session: Session) -> Register:
    """Return everything, sites in the order of their name."""
    points = _children(session, PointRecord, point_of)
    groups = _children(session, GroupRecord, group_of)
    transfers = _children(session, TransferRecord, transfer_of)
    hosted: dict[str, list[Equipment]] = {}
    for row in _rows(session, EquipmentRecord, EquipmentRecord.name, EquipmentRecord.uuid):
        item = equipment_of(
            row, points.get(row.uuid, ()), groups.get(row.uuid, ()), transfers.get(row.uuid, ())
        )
        hosted.setdefault(row.site_uuid, []).append(item)
    return Register(
        sites=tuple(
            site_of(row, tuple(hosted.get(row.uuid, ())))
            for row in _rows(session, SiteRecord, SiteRecord.name, SiteRecord.uuid)
        ),
        childminders=read_childminders(session),
        totals=tuple(
            KnownTotal(row.kind, Level(row.level), row.code, row.year, row.count, row.source, row.uuid)
            for row in _rows(session, KnownTotalRecord, KnownTotalRecord.kind, KnownTotalRecord.year)
        ),
        zones=tuple(zone_of(row) for row in _rows(session, ZoneRecord, ZoneRecord.kind, ZoneRecord.name)),
        movements=tuple(
            movement_of(row)
            for row in _rows(session, MovementRecord, MovementRecord.happened_on, MovementRecord.uuid)
        ),
    )


def read_childminders(session: Session) -> tuple[Childminders, ...]:
    """Return the lines about childminders, by territory and year."""
    order = (ChildmindersRecord.level, ChildmindersRecord.code, ChildmindersRecord.year)
    return tuple(
        Childminders(
            row.uuid, Level(row.level), row.code, row.year, row.licensed, row.active, row.places,
            tuple((str(name), int(count)) for name, count in json.loads(row.ages or "[]")),
            row.source, bool(row.fictitious),
        )
        for row in _rows(session, ChildmindersRecord, *order)
    )  # fmt: skip


def save_site(session: Session, site: Site, before: Site | None = None) -> None:
    """Write a site without its services; before: as it is in the base, None for a new one."""
    _write(
        session, SiteRecord, site.uuid, site_columns(site), None if before is None else site_columns(before)
    )


def save_equipment(session: Session, item: Equipment, before: Equipment | None = None) -> None:
    """Write what differs in a service, its points, groups and transfers; those it no longer has are deleted.

    before: as it is in the base, None for a new one.
    """
    _write(
        session,
        EquipmentRecord,
        item.uuid,
        equipment_columns(item),
        None if before is None else equipment_columns(before),
    )
    for model, rows, old in zip(_OWNED, _owned(item), _owned(before), strict=True):
        for uuid, columns in rows.items():
            owned = {"equipment_uuid": item.uuid, **columns}
            known = old.get(uuid)
            _write(session, model, uuid, owned, known and {"equipment_uuid": item.uuid, **known})
        gone = old.keys() - rows.keys()
        if gone:
            session.execute(delete(model).where(model.uuid.in_(gone)))


_OWNED: tuple[type[Any], ...] = (PointRecord, GroupRecord, TransferRecord)


def _owned(item: Equipment | None) -> tuple[dict[str, dict[str, object]], ...]:
    """Return points, groups and transfers of a service: columns by uuid, made now for the new ones."""
    if item is None:
        return {}, {}, {}
    return (
        {row.uuid or new_uuid(): point_columns(row, rank) for rank, row in enumerate(item.points)},
        {row.uuid or new_uuid(): group_columns(row, rank) for rank, row in enumerate(item.groups)},
        {row.uuid or new_uuid(): transfer_columns(row) for row in item.transfers},
    )


def _write(
    session: Session,
    model: type[Any],
    uuid: str,
    columns: Mapping[str, object],
    before: Mapping[str, object] | None,
) -> None:
    """Insert a row, or update the columns that differ."""
    if before is None:
        session.add(model(uuid=uuid, **columns))
        return
    changed = {name: value for name, value in columns.items() if value != before[name]}
    if changed:
        session.execute(update(model).where(model.uuid == uuid).values(changed))


def delete_equipment(session: Session, uuid: str) -> None:
    """Delete a service and all that belongs to it."""
    for child in CHILDREN:
        session.execute(delete(child).where(_owner(child) == uuid))
    session.execute(delete(EquipmentRecord).where(EquipmentRecord.uuid == uuid))


def save_movement(session: Session, move: Movement) -> str:
    """Write a line of the ledger."""
    return _put(
        session, MovementRecord, move.uuid,
        equipment_uuid=move.service_uuid, happened_on=move.on.isoformat(), year_only=move.year_only,
        kind=move.kind.value, places=move.places, code_qpv=move.code_qpv, expected=move.expected,
        note=move.note,
    )  # fmt: skip


def save_childminders(session: Session, row: Childminders) -> str:
    """Write a line about childminders."""
    return _put(
        session, ChildmindersRecord, row.uuid,
        level=int(row.level), code=row.code, year=row.year, licensed=row.licensed, active=row.active,
        places=row.places, ages=json.dumps(row.ages, ensure_ascii=False) if row.ages else "",
        source=row.source, fictitious=row.fictitious,
    )  # fmt: skip


def save_total(session: Session, row: KnownTotal) -> str:
    """Write a known total."""
    return _put(
        session, KnownTotalRecord, row.uuid,
        kind=row.kind, level=int(row.level), code=row.code, year=row.year, count=row.count, source=row.source,
    )  # fmt: skip


def save_zone(session: Session, zone: Zone) -> str:
    """Write a zone."""
    return _put(
        session, ZoneRecord, zone.uuid,
        kind=zone.kind, code=zone.code, name=zone.name, communes=" ".join(zone.communes),
        partial=" ".join(zone.partial), wkb=zone.wkb, starts_on=iso(zone.starts_on),
        ends_on=iso(zone.ends_on), population=zone.population, source=zone.source,
    )  # fmt: skip


def _rows(session: Session, model: type[Any], *order: Any) -> Sequence[Any]:
    """Return the rows of a table as plain tuples: the identity map would cost three times more."""
    return session.execute(select(*model.__table__.columns).order_by(*order)).all()


def _children(
    session: Session, model: type[Any], build: Callable[[Any], _Item]
) -> dict[str, tuple[_Item, ...]]:
    order = [getattr(model, name) for name in ("rank", "happened_on") if hasattr(model, name)]
    found: dict[str, list[_Item]] = {}
    for row in _rows(session, model, *order, model.uuid):
        found.setdefault(row.equipment_uuid, []).append(build(row))
    return {uuid: tuple(items) for uuid, items in found.items()}


def _put(session: Session, model: type[Any], uuid: str, **columns: object) -> str:
    """Insert or update one row; a column that does not change is not written."""
    record = session.get(model, uuid) if uuid else None
    if record is None:
        uuid = uuid or new_uuid()
        session.add(model(uuid=uuid, **columns))
        return uuid
    for name, value in columns.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    return uuid


def _owner(model: type[Any]) -> Any:
    return model.equipment_uuid

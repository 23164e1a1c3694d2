"""The register between its tables and its frozen objects: read whole, written one object at a time."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.register import (
    Childminders,
    Equipment,
    KnownTotal,
    Movement,
    MovementKind,
    PlaceGroup,
    Point,
    Register,
    Reliability,
    Site,
    Status,
    Transfer,
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
    points = _children(session, PointRecord, _point)
    groups = _children(session, GroupRecord, _group)
    transfers = _children(session, TransferRecord, _transfer)
    hosted: dict[str, list[Equipment]] = {}
    for row in _rows(session, EquipmentRecord, EquipmentRecord.name, EquipmentRecord.uuid):
        item = _equipment(
            row, points.get(row.uuid, ()), groups.get(row.uuid, ()), transfers.get(row.uuid, ())
        )
        hosted.setdefault(row.site_uuid, []).append(item)
    return Register(
        sites=tuple(
            _site(row, tuple(hosted.get(row.uuid, ())))
            for row in _rows(session, SiteRecord, SiteRecord.name, SiteRecord.uuid)
        ),
        childminders=read_childminders(session),
        totals=tuple(
            KnownTotal(row.kind, Level(row.level), row.code, row.year, row.count, row.source, row.uuid)
            for row in _rows(session, KnownTotalRecord, KnownTotalRecord.kind, KnownTotalRecord.year)
        ),
        zones=tuple(_zone(row) for row in _rows(session, ZoneRecord, ZoneRecord.kind, ZoneRecord.name)),
        movements=tuple(
            _movement(row)
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


def save_site(session: Session, site: Site) -> str:
    """Write a site without its services; return its uuid, made now if it was empty."""
    return _put(
        session, SiteRecord, site.uuid,
        name=site.name, code_commune=site.code_commune, lon=site.lon, lat=site.lat, precise=site.precise,
        address=site.address,
    )  # fmt: skip


def save_equipment(session: Session, item: Equipment, *, fresh: bool = False) -> str:
    """Write a service with its points, groups and transfers; those it no longer has are deleted.

    fresh: the service is known to be new, so that nothing is looked for.
    """
    uuid = _put(
        session, EquipmentRecord, item.uuid, fresh=fresh,
        site_uuid=item.site_uuid, kind=item.kind, name=item.name, status=item.status.value,
        manager=item.manager, manager_kind=item.manager_kind, opened_on=_iso(item.opened_on),
        closed_on=_iso(item.closed_on), status_on=_iso(item.status_on), licence_from=_iso(item.licence_from),
        licence_to=_iso(item.licence_to), licensed_places=item.licensed_places, itinerant=item.itinerant,
        served=" ".join(item.served), hours_per_year=item.hours_per_year, fte=item.fte, source=item.source,
        source_year=item.source_year, reliability=item.reliability.value, fictitious=item.fictitious,
        note=item.note,
    )  # fmt: skip
    points = [(point.uuid, _point_columns(point, rank)) for rank, point in enumerate(item.points)]
    groups = [(group.uuid, _group_columns(group, rank)) for rank, group in enumerate(item.groups)]
    transfers = [(move.uuid, _transfer_columns(move)) for move in item.transfers]
    for model, rows in ((PointRecord, points), (GroupRecord, groups), (TransferRecord, transfers)):
        _put_all(session, model, uuid, rows, fresh=fresh)
    return uuid


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
        partial=" ".join(zone.partial), wkb=zone.wkb, starts_on=_iso(zone.starts_on),
        ends_on=_iso(zone.ends_on), population=zone.population, source=zone.source,
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


def _put(session: Session, model: type[Any], uuid: str, *, fresh: bool = False, **columns: object) -> str:
    """Insert or update one row; a column that does not change is not written."""
    record = session.get(model, uuid) if uuid and not fresh else None
    if record is None:
        uuid = uuid or new_uuid()
        session.add(model(uuid=uuid, **columns))
        return uuid
    for name, value in columns.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
    return uuid


def _put_all(
    session: Session,
    model: type[Any],
    owner: str,
    rows: Iterable[tuple[str, Mapping[str, object]]],
    *,
    fresh: bool,
) -> None:
    kept = [
        _put(session, model, uuid, fresh=fresh, equipment_uuid=owner, **columns) for uuid, columns in rows
    ]
    if fresh:
        return
    session.flush()
    session.execute(delete(model).where(_owner(model) == owner, model.uuid.not_in(kept)))


def _owner(model: type[Any]) -> Any:
    return model.equipment_uuid


def _point_columns(point: Point, rank: int) -> dict[str, object]:
    return {
        "rank": rank, "label": point.label, "code_commune": point.code_commune, "lon": point.lon,
        "lat": point.lat, "days": " ".join(map(str, point.days)), "hours_per_year": point.hours_per_year,
    }  # fmt: skip


def _group_columns(group: PlaceGroup, rank: int) -> dict[str, object]:
    return {
        "rank": rank, "label": group.label, "funding": group.funding, "licensed": group.licensed,
        "opened": group.opened, "starts_on": _iso(group.starts_on), "ends_on": _iso(group.ends_on),
        "expected": group.expected, "code_qpv": group.code_qpv,
    }  # fmt: skip


def _transfer_columns(move: Transfer) -> dict[str, object]:
    return {
        "happened_on": move.on.isoformat(), "from_manager": move.from_manager, "from_kind": move.from_kind,
        "to_manager": move.to_manager, "to_kind": move.to_kind, "note": move.note,
    }  # fmt: skip


def _site(row: Any, hosted: tuple[Equipment, ...]) -> Site:
    return Site(
        row.uuid, row.name, row.code_commune, row.lon, row.lat, bool(row.precise), row.address, hosted
    )


def _equipment(
    row: Any, points: tuple[Point, ...], groups: tuple[PlaceGroup, ...], transfers: tuple[Transfer, ...]
) -> Equipment:
    return Equipment(
        uuid=row.uuid, site_uuid=row.site_uuid, kind=row.kind, name=row.name, status=Status(row.status),
        manager=row.manager, manager_kind=row.manager_kind, opened_on=_day(row.opened_on),
        closed_on=_day(row.closed_on), status_on=_day(row.status_on), licence_from=_day(row.licence_from),
        licence_to=_day(row.licence_to), licensed_places=row.licensed_places,
        itinerant=None if row.itinerant is None else bool(row.itinerant), points=points,
        served=tuple(row.served.split()), hours_per_year=row.hours_per_year, fte=row.fte, groups=groups,
        transfers=transfers, source=row.source, source_year=row.source_year,
        reliability=Reliability(row.reliability), fictitious=bool(row.fictitious), note=row.note,
    )  # fmt: skip


def _point(row: Any) -> Point:
    days = tuple(int(day) for day in row.days.split())
    return Point(row.uuid, row.label, row.code_commune, row.lon, row.lat, days, row.hours_per_year)


def _group(row: Any) -> PlaceGroup:
    return PlaceGroup(
        row.uuid, row.label, row.funding, row.licensed, row.opened, _day(row.starts_on), _day(row.ends_on),
        bool(row.expected), row.code_qpv,
    )  # fmt: skip


def _transfer(row: Any) -> Transfer:
    return Transfer(
        row.uuid, datetime.date.fromisoformat(row.happened_on), row.from_manager, row.from_kind,
        row.to_manager, row.to_kind, row.note,
    )  # fmt: skip


def _movement(row: Any) -> Movement:
    return Movement(
        row.uuid, row.equipment_uuid, datetime.date.fromisoformat(row.happened_on), MovementKind(row.kind),
        row.places, row.code_qpv, bool(row.expected), row.note, bool(row.year_only),
    )  # fmt: skip


def _zone(row: Any) -> Zone:
    return Zone(
        row.uuid, row.kind, row.code, row.name, tuple(row.communes.split()), tuple(row.partial.split()),
        row.wkb, _day(row.starts_on), _day(row.ends_on), row.population, row.source,
    )  # fmt: skip


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)

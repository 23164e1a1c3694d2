"""Rows of the register to frozen objects, and back to columns."""

from __future__ import annotations

import datetime
from typing import Any

from app.domain.register import (
    Equipment,
    Movement,
    MovementKind,
    PlaceGroup,
    Point,
    Reliability,
    Site,
    Status,
    Transfer,
    Zone,
)


def equipment_columns(item: Equipment) -> dict[str, object]:
    """Return the columns of a service, without what belongs to it."""
    return {
        "site_uuid": item.site_uuid, "kind": item.kind, "name": item.name, "status": item.status.value,
        "manager": item.manager, "manager_kind": item.manager_kind, "opened_on": iso(item.opened_on),
        "closed_on": iso(item.closed_on), "status_on": iso(item.status_on),
        "licence_from": iso(item.licence_from), "licence_to": iso(item.licence_to),
        "licensed_places": item.licensed_places, "itinerant": item.itinerant, "served": " ".join(item.served),
        "hours_per_year": item.hours_per_year, "fte": item.fte, "source": item.source,
        "source_year": item.source_year, "reliability": item.reliability.value,
        "fictitious": item.fictitious, "note": item.note,
    }  # fmt: skip


def site_columns(site: Site) -> dict[str, object]:
    """Return the columns of a site, without its services."""
    return {
        "name": site.name, "code_commune": site.code_commune, "lon": site.lon, "lat": site.lat,
        "precise": site.precise, "address": site.address,
    }  # fmt: skip


def point_columns(point: Point, rank: int) -> dict[str, object]:
    """Return the columns of a point."""
    return {
        "rank": rank, "label": point.label, "code_commune": point.code_commune, "lon": point.lon,
        "lat": point.lat, "days": " ".join(map(str, point.days)), "hours_per_year": point.hours_per_year,
    }  # fmt: skip


def group_columns(group: PlaceGroup, rank: int) -> dict[str, object]:
    """Return the columns of a group of places."""
    return {
        "rank": rank, "label": group.label, "funding": group.funding, "licensed": group.licensed,
        "opened": group.opened, "starts_on": iso(group.starts_on), "ends_on": iso(group.ends_on),
        "expected": group.expected, "code_qpv": group.code_qpv,
    }  # fmt: skip


def transfer_columns(move: Transfer) -> dict[str, object]:
    """Return the columns of a transfer."""
    return {
        "happened_on": move.on.isoformat(), "from_manager": move.from_manager, "from_kind": move.from_kind,
        "to_manager": move.to_manager, "to_kind": move.to_kind, "note": move.note,
    }  # fmt: skip


def site_of(row: Any, hosted: tuple[Equipment, ...]) -> Site:
    """Return the site of a row."""
    return Site(
        row.uuid, row.name, row.code_commune, row.lon, row.lat, bool(row.precise), row.address, hosted
    )


def equipment_of(
    row: Any, points: tuple[Point, ...], groups: tuple[PlaceGroup, ...], transfers: tuple[Transfer, ...]
) -> Equipment:
    """Return the service of a row, with what belongs to it."""
    return Equipment(
        uuid=row.uuid, site_uuid=row.site_uuid, kind=row.kind, name=row.name, status=Status(row.status),
        manager=row.manager, manager_kind=row.manager_kind, opened_on=day(row.opened_on),
        closed_on=day(row.closed_on), status_on=day(row.status_on), licence_from=day(row.licence_from),
        licence_to=day(row.licence_to), licensed_places=row.licensed_places,
        itinerant=None if row.itinerant is None else bool(row.itinerant), points=points,
        served=tuple(row.served.split()), hours_per_year=row.hours_per_year, fte=row.fte, groups=groups,
        transfers=transfers, source=row.source, source_year=row.source_year,
        reliability=Reliability(row.reliability), fictitious=bool(row.fictitious), note=row.note,
    )  # fmt: skip


def point_of(row: Any) -> Point:
    """Return the point of a row."""
    days = tuple(int(day) for day in row.days.split())
    return Point(row.uuid, row.label, row.code_commune, row.lon, row.lat, days, row.hours_per_year)


def group_of(row: Any) -> PlaceGroup:
    """Return the group of places of a row."""
    return PlaceGroup(
        row.uuid, row.label, row.funding, row.licensed, row.opened, day(row.starts_on), day(row.ends_on),
        bool(row.expected), row.code_qpv,
    )  # fmt: skip


def transfer_of(row: Any) -> Transfer:
    """Return the transfer of a row."""
    return Transfer(
        row.uuid, datetime.date.fromisoformat(row.happened_on), row.from_manager, row.from_kind,
        row.to_manager, row.to_kind, row.note,
    )  # fmt: skip


def movement_of(row: Any) -> Movement:
    """Return the movement of a row."""
    return Movement(
        row.uuid, row.equipment_uuid, datetime.date.fromisoformat(row.happened_on), MovementKind(row.kind),
        row.places, row.code_qpv, bool(row.expected), row.note, bool(row.year_only),
    )  # fmt: skip


def zone_of(row: Any) -> Zone:
    """Return the zone of a row."""
    return Zone(
        row.uuid, row.kind, row.code, row.name, tuple(row.communes.split()), tuple(row.partial.split()),
        row.wkb, day(row.starts_on), day(row.ends_on), row.population, row.source,
    )  # fmt: skip


def iso(day: datetime.date | None) -> str | None:
    """Return a day as text."""
    return None if day is None else day.isoformat()


def day(text: str | None) -> datetime.date | None:
    """Return the day of a text."""
    return None if text is None else datetime.date.fromisoformat(text)

"""What a site, a service, a movement, a zone must respect before it is kept."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.errors import UnknownTerritory
from app.domain.french import number
from app.domain.register import (
    Childminders,
    Equipment,
    Movement,
    PlaceGroup,
    Point,
    Site,
    Status,
    Transfer,
    Zone,
    total_of,
)
from app.domain.register_entry import checked_number, read_text
from app.domain.register_errors import (
    DatesReversed,
    EmptyZone,
    HalfPoint,
    ItinerantWithoutPoint,
    MissingEntry,
    OpenedOverLicensed,
    PlacesOverLicence,
    PointOutsideCommune,
    SameManager,
    UnknownChoice,
    UnknownCommune,
    ZoneOverlap,
)
from app.domain.register_fields import FTE_AT_MOST, HOURS_AT_MOST, PLACES_AT_MOST
from app.domain.register_lists import find_choice, load_choices, load_kinds
from app.domain.zones import distance_km

if TYPE_CHECKING:
    from app.domain.reference import Commune, Reference

SPREAD = 3.0
"""A point farther than this many radii of a disc as large as the commune is not in it."""
MARGIN_KM = 2.0

Contains = Callable[[str, float, float], bool | None]
"""Code of a commune, longitude, latitude: True or False from real outlines, None when they are not known."""


class Rules:
    """Checks entries against the territory; each check returns the entry in its kept form, or raises."""

    def __init__(self, reference: Reference, contains: Contains | None = None) -> None:
        self._reference = reference
        self._contains = contains

    def commune(self, code: str, field: str = "code_commune") -> Commune:
        """Return the commune of today that holds a code. Raises MissingEntry, UnknownCommune."""
        if not code:
            raise MissingEntry(field)
        now = self._reference.successor(code)
        try:
            return self._reference.commune(now or code)
        except UnknownTerritory:
            raise UnknownCommune(field, code) from None

    def site(self, site: Site) -> Site:
        """Return the site with its commune of today, and a point that is precise only if there is one."""
        commune = self.commune(site.code_commune)
        self.point(commune, site.lon, site.lat, "lon")
        known = site.lon is not None
        return replace(
            site,
            name=read_text("site", site.name),
            address=read_text("address", site.address),
            code_commune=commune.code,
            precise=site.precise and known,
        )

    def point(self, commune: Commune, lon: float | None, lat: float | None, field: str) -> None:
        """Check that a point is in its commune. Raises HalfPoint, OutOfRange, PointOutsideCommune.

        Without real outlines, a point is refused only where it cannot be in the commune: farther from its
        centre than SPREAD radii of a disc of the same area, and MARGIN_KM.
        """
        if lon is None and lat is None:
            return
        if lon is None or lat is None:
            raise HalfPoint("lon" if lon is None else "lat")
        checked_number("lon", lon, high=180)
        checked_number("lat", lat, high=90)
        if not self._inside(commune, lon, lat):
            away = _away_km(commune, lon, lat)
            raise PointOutsideCommune(
                field,
                f"{number(lon, 5)} ; {number(lat, 5)}",
                commune=commune.name,
                distance_km=round(away, 1),
            )

    def _inside(self, commune: Commune, lon: float, lat: float) -> bool:
        known = self._contains(commune.code, lon, lat) if self._contains is not None else None
        if known is not None:
            return known
        if commune.lon is None or commune.lat is None or not commune.area_km2:
            return True
        radius = math.sqrt(commune.area_km2 / math.pi)
        return _away_km(commune, lon, lat) <= SPREAD * radius + MARGIN_KM

    def equipment(self, item: Equipment) -> Equipment:
        """Return the service in its kept form. Raises the RegisterRefusal of the first field refused."""
        if not item.kind:
            raise MissingEntry("kind")
        if item.kind not in load_kinds():
            labels = tuple(kind.label for kind in load_kinds().values())
            raise UnknownChoice("kind", item.kind, choices=labels)
        _check_choice("manager_kind", item.manager_kind, "manager_kind")
        check_dates("closed_on", item.opened_on, item.closed_on, "opened_on", strict=True)
        check_dates("licence_to", item.licence_from, item.licence_to, "licence_from")
        check_dates("status_on", item.opened_on, item.status_on, "opened_on")
        _check_quantities(item)
        groups = tuple(self.group(group) for group in item.groups)
        check_places(item.licensed_places, groups)
        points = tuple(self.visited(point) for point in item.points)
        if item.itinerant and not points:
            raise ItinerantWithoutPoint("points")
        served = tuple(dict.fromkeys(self.commune(code, "served").code for code in item.served))
        return replace(
            item,
            name=read_text("name", item.name),
            manager=read_text("manager", item.manager),
            status=Status(item.status),
            groups=groups,
            points=points,
            served=served,
            source=read_text("source", item.source),
            note=read_text("note", item.note),
        )

    def group(self, group: PlaceGroup) -> PlaceGroup:
        """Return a group of places in its kept form."""
        _check_choice("funding", group.funding, "funding")
        for field, places in (("licensed", group.licensed), ("opened", group.opened)):
            if places is not None:
                checked_number(field, places, whole=True, high=PLACES_AT_MOST)
        if group.licensed is not None and group.opened is not None and group.opened > group.licensed:
            raise OpenedOverLicensed("opened", group.opened, opened=group.opened, licensed=group.licensed)
        check_dates("ends_on", group.starts_on, group.ends_on, "starts_on")
        return replace(group, label=read_text("label", group.label), code_qpv=group.code_qpv.strip().upper())

    def visited(self, point: Point) -> Point:
        """Return a point of itinerance in its kept form."""
        commune = self.commune(point.code_commune, "points")
        self.point(commune, point.lon, point.lat, "points")
        if point.hours_per_year is not None:
            checked_number("points", point.hours_per_year, high=HOURS_AT_MOST)
        if any(day not in range(7) for day in point.days):
            raise UnknownChoice("points", str(point.days), choices=tuple(WEEK))
        days = tuple(sorted(set(point.days)))
        return replace(point, label=read_text("points", point.label), code_commune=commune.code, days=days)

    def movement(self, move: Movement) -> Movement:
        """Return a line of the ledger in its kept form: at least one place."""
        checked_number("places", move.places, whole=True, high=PLACES_AT_MOST)
        if move.places == 0:
            raise MissingEntry("places")
        on = move.on.replace(month=1, day=1) if move.year_only else move.on
        return replace(move, on=on, note=read_text("note", move.note), code_qpv=move.code_qpv.strip().upper())

    def childminders(self, row: Childminders) -> Childminders:
        """Return a line about childminders in its kept form. Raises UnknownCommune for no such territory."""
        if not self._reference.exists(row.level, row.code):
            raise UnknownCommune("code", row.code)
        for field, count in (("licensed", row.licensed), ("active", row.active), ("places", row.places)):
            if count is not None:
                checked_number(field, count, whole=True)
        if total_of((row.licensed, row.active, row.places)) is None and not row.ages:
            raise MissingEntry("licensed")
        if row.licensed is not None and row.active is not None and row.active > row.licensed:
            raise OpenedOverLicensed("active", row.active, opened=row.active, licensed=row.licensed)
        for _, count in row.ages:
            checked_number("ages", count, whole=True)
        return replace(row, source=read_text("source", row.source))

    def zone(self, zone: Zone, others: Iterable[Zone] = ()) -> Zone:
        """Return a zone in its kept form. others: the zones already there."""
        kind = read_text("kind", zone.kind, required=True)
        kind = find_choice(kind, load_choices("zone_kind").values()) or kind
        name = read_text("name", zone.name, required=True)
        check_dates("ends_on", zone.starts_on, zone.ends_on, "starts_on", strict=True)
        communes = tuple(dict.fromkeys(self.commune(code, "communes").code for code in zone.communes))
        partial = tuple(dict.fromkeys(self.commune(code, "partial").code for code in zone.partial))
        if not communes and not partial and not zone.wkb:
            raise EmptyZone("communes")
        if zone.population is not None:
            checked_number("population", zone.population, whole=True)
        kept = replace(
            zone, kind=kind, name=name, code=zone.code.strip().upper() or name,
            communes=communes, partial=tuple(code for code in partial if code not in communes),
            source=read_text("source", zone.source),
        )  # fmt: skip
        for other in others:
            if other.uuid != kept.uuid and _same_zone(other, kept) and _overlap(other, kept):
                raise ZoneOverlap("starts_on", zone.code, name=other.name)
        return kept

    def transfer(self, item: Equipment, move: Transfer) -> Transfer:
        """Return a transfer in its kept form: to another gestionnaire, or to another kind of one."""
        _check_choice("to_kind", move.to_kind, "manager_kind")
        to_manager = read_text("to_manager", move.to_manager, required=True)
        from_manager, from_kind = item.manager_at(move.on)
        if (to_manager, move.to_kind) == (from_manager, from_kind):
            raise SameManager("to_manager", to_manager, manager=to_manager)
        check_dates("on", item.opened_on, move.on, "opened_on")
        return replace(
            move, from_manager=from_manager, from_kind=from_kind, to_manager=to_manager,
            note=read_text("note", move.note),
        )  # fmt: skip


WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def check_dates(
    field: str,
    start: datetime.date | None,
    end: datetime.date | None,
    start_field: str,
    *,
    strict: bool = False,
) -> None:
    """Raise DatesReversed if the end comes before the start, or on the same day if strict."""
    if start is None or end is None:
        return
    if end < start or (strict and end == start):
        raise DatesReversed(field, end.isoformat(), start=start, end=end, start_field=start_field)


def check_places(licence: int | None, groups: Iterable[PlaceGroup]) -> None:
    """Raise PlacesOverLicence if real groups in force on one day exceed the places of the agrément.

    A group counts for its licensed places, or for its open ones when the licensed ones are not known.
    """
    if licence is None:
        return
    real = [group for group in groups if not group.expected]
    for day in {group.starts_on or datetime.date.min for group in real}:
        living = [group for group in real if group.lives(day)]
        total = sum(_weight(group) for group in living)
        if total > licence:
            raise PlacesOverLicence("licensed", total, total=total, licence=licence, groups=len(living))


def _weight(group: PlaceGroup) -> int:
    return group.licensed if group.licensed is not None else group.opened or 0


def _check_quantities(item: Equipment) -> None:
    if item.licensed_places is not None:
        checked_number("licensed_places", item.licensed_places, whole=True, high=PLACES_AT_MOST)
    if item.hours_per_year is not None:
        checked_number("hours_per_year", item.hours_per_year, high=HOURS_AT_MOST)
    if item.fte is not None:
        checked_number("fte", item.fte, high=FTE_AT_MOST)


def _check_choice(field: str, code: str, name: str) -> None:
    options = load_choices(name)
    if code and code not in options:
        raise UnknownChoice(field, code, choices=tuple(option.label for option in options.values()))


def _away_km(commune: Commune, lon: float, lat: float) -> float:
    if commune.lon is None or commune.lat is None:
        return 0.0
    return distance_km(commune.lon, commune.lat, lon, lat)


def _same_zone(first: Zone, second: Zone) -> bool:
    return (first.kind, first.code) == (second.kind, second.code)


def _overlap(first: Zone, second: Zone) -> bool:
    latest, earliest = datetime.date.max, datetime.date.min
    starts = max(first.starts_on or earliest, second.starts_on or earliest)
    return starts < min(first.ends_on or latest, second.ends_on or latest)

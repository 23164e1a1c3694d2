"""Which zones a place stands in: whole communes, communes touched in part, outlines."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from app.domain.register import Site, Zone

EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""


class Standing(Enum):
    """How sure it is that a place stands in a zone."""

    INSIDE = "inside"
    """By its commune, wholly in the zone, or by its point in the outline."""
    POSSIBLE = "possible"
    """Its commune is in the zone in part, and no outline or no exact point settles it."""
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class ZoneStanding:
    """One zone where a place stands, or may stand."""

    zone: Zone
    standing: Standing


def distance_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the crow-fly distance of two points in degrees (haversine)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def standing_of(
    zone: Zone, code_commune: str, lon: float | None = None, lat: float | None = None
) -> Standing:
    """Tell whether a place stands in a zone. lon and lat: only if they are exact, else None.

    An outline settles it when the point is exact; otherwise a commune listed whole is inside, one listed in
    part may be.
    """
    if zone.wkb is not None and lon is not None and lat is not None:
        return Standing.INSIDE if _covers(zone.wkb, lon, lat) else Standing.OUTSIDE
    if code_commune in zone.communes:
        return Standing.INSIDE
    return Standing.POSSIBLE if code_commune in zone.partial else Standing.OUTSIDE


def zones_of(
    zones: Iterable[Zone],
    code_commune: str,
    lon: float | None = None,
    lat: float | None = None,
    on: datetime.date | None = None,
) -> tuple[ZoneStanding, ...]:
    """Return the zones in force where a place stands or may stand; without a day, those of all times."""
    found = []
    for zone in zones:
        if on is not None and not zone.lives(on):
            continue
        standing = standing_of(zone, code_commune, lon, lat)
        if standing is not Standing.OUTSIDE:
            found.append(ZoneStanding(zone, standing))
    return tuple(found)


def zones_of_site(
    zones: Iterable[Zone], site: Site, on: datetime.date | None = None
) -> tuple[ZoneStanding, ...]:
    """Return the zones of a site; its point counts only if it is exact."""
    exact = site.precise and site.lon is not None and site.lat is not None
    return zones_of(zones, site.code_commune, site.lon if exact else None, site.lat if exact else None, on)


class ZoneIndex:
    """Zones in force on one day, ready to be asked about thousands of sites."""

    def __init__(self, zones: Iterable[Zone], on: datetime.date) -> None:
        self._by_commune: dict[str, list[Zone]] = {}
        self._outlined: list[Zone] = []
        for zone in zones:
            if not zone.lives(on):
                continue
            if zone.wkb is not None:
                self._outlined.append(zone)
            for code in (*zone.communes, *zone.partial):
                self._by_commune.setdefault(code, []).append(zone)

    def of_site(self, site: Site) -> tuple[ZoneStanding, ...]:
        """Return the zones of a site, as `zones_of_site` on that day."""
        near = {zone.uuid: zone for zone in self._by_commune.get(site.code_commune, ())}
        near.update((zone.uuid, zone) for zone in self._outlined)
        return zones_of_site(near.values(), site)


def communes_of(zones: Sequence[Zone], kind: str, on: datetime.date) -> tuple[frozenset[str], frozenset[str]]:
    """Return the communes wholly in the zones of a kind on a day, and those in part only."""
    living = [zone for zone in zones if zone.kind == kind and zone.lives(on)]
    whole = frozenset(code for zone in living for code in zone.communes)
    return whole, frozenset(code for zone in living for code in zone.partial) - whole


def _covers(wkb: bytes, lon: float, lat: float) -> bool:
    import shapely

    return bool(shapely.covers(shapely.from_wkb(wkb), shapely.Point(lon, lat)))

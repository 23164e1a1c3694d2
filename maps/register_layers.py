"""The register to layers of a map: services as points with their shapes, zones as hatches."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

import shapely

from app.domain.register import Equipment, Point, Register, Site, Status, Zone
from app.domain.register_lists import ServiceKind, load_kinds
from maps.glyphs import COLOURS, RING, SMALL
from maps.layers import MapPoint, MapZone, PointKind, PointLayer, ZoneLayer, ZoneLook

STOP = ":point"
SUSPENDED = ":suspendu"
FADED = "#6E6A62"
"""Colour of a suspended service."""
ZONES: dict[str, tuple[str, ZoneLook, str]] = {
    "qpv": ("Quartier prioritaire (Qpv)", ZoneLook.OUTLINE, "#8A2F6B"),
    "frr": ("France ruralités revitalisation (Frr)", ZoneLook.RISING, "#5B3A8E"),
    "zrr": ("Zone de revitalisation rurale (Zrr)", ZoneLook.FALLING, "#5B3A8E"),
}
OTHER_ZONE = (ZoneLook.LEVEL, "#7A3E12")


def service_points(
    register: Register, kinds: Sequence[str], on: datetime.date, *, named: bool = False, source: str = ""
) -> PointLayer:
    """Return the services of these kinds that live on a day, and the points of the itinerant ones.

    A service is at its site; each of its own points is drawn smaller. Suspended ones are greyed, with their
    row in the legend.
    """
    every = load_kinds()
    chosen = [every[code] for code in kinds if code in every]
    points: list[MapPoint] = []
    alive = register.at(on)
    for site, service in alive.pairs(*(kind.code for kind in chosen)):
        points += _points_of(site, service)
    used = {point.kind for point in points}
    looks = tuple(look for rank, kind in enumerate(chosen) for look in _looks(kind, rank, on))
    sources = dict.fromkeys(service.source for _, service in alive.pairs(*kinds) if service.source)
    return PointLayer(
        "Services",
        tuple(look for look in looks if look.code in used),
        tuple(points),
        source or ("registre des équipements" if sources else ""),
        named,
        any(service.fictitious for _, service in alive.pairs(*kinds)),
    )


def counted_points(
    kind: str, counts: Mapping[str, int], on: datetime.date, *, source: str = ""
) -> PointLayer:
    """Return one point a commune, at its centre, for a kind of which only counts by commune are known.

    counts: number of places by code of commune; those without any are left out.
    """
    found = load_kinds()[kind]
    points = tuple(
        MapPoint(kind, code, precise=False, count=n) for code, n in sorted(counts.items()) if n > 0
    )
    return PointLayer("Services", _looks(found, 0, on)[:1], points, source)


def zone_layers(zones: Iterable[Zone], *, named: bool = True) -> tuple[ZoneLayer, ...]:
    """Return one layer for each kind of zone, Qpv first.

    A Qpv without outline lies somewhere in its communes: a sign, never their area.
    """
    by_kind: dict[str, list[Zone]] = {}
    for zone in zones:
        by_kind.setdefault(zone.kind, []).append(zone)
    order = [*(kind for kind in ZONES if kind in by_kind), *sorted(by_kind.keys() - ZONES.keys())]
    return tuple(_zone_layer(kind, by_kind[kind], named) for kind in order)


def _zone_layer(kind: str, zones: Sequence[Zone], named: bool) -> ZoneLayer:
    label, look, colour = ZONES.get(kind, (zones[0].name, *OTHER_ZONE))
    drawn = tuple(_map_zone(zone) for zone in zones)
    sources = dict.fromkeys(zone.source for zone in zones if zone.source)
    return ZoneLayer(label, drawn, look, colour, next(iter(sources), ""), named and kind == "qpv")


def _map_zone(zone: Zone) -> MapZone:
    if zone.wkb is not None:
        return MapZone(zone.name, polygon=shapely.from_wkb(zone.wkb))
    if zone.kind == "qpv":
        return MapZone(zone.name, communes=(*zone.communes, *zone.partial), inside=True)
    return MapZone(zone.name, communes=zone.communes, partial=zone.partial)


def _points_of(site: Site, service: Equipment) -> list[MapPoint]:
    code = f"{service.kind}{SUSPENDED}" if service.status is Status.SUSPENDED else service.kind
    label = service.name or site.name
    main = MapPoint(code, site.code_commune, site.lon, site.lat, label, site.precise)
    return [main, *(_stop(service, point) for point in service.points)]


def _stop(service: Equipment, point: Point) -> MapPoint:
    return MapPoint(f"{service.kind}{STOP}", point.code_commune, point.lon, point.lat, point.label)


def _looks(kind: ServiceKind, rank: int, on: datetime.date) -> tuple[PointKind, ...]:
    label, colour = kind.label_at(on), COLOURS[rank % len(COLOURS)]
    small = kind.shape.removesuffix(SMALL).removesuffix(RING) + SMALL
    return (
        PointKind(kind.code, label, kind.shape, colour),
        PointKind(f"{kind.code}{SUSPENDED}", f"{label}, suspendu", kind.shape, FADED),
        PointKind(f"{kind.code}{STOP}", f"{label}, point d’accueil", small, colour),
    )

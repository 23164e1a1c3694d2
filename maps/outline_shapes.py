"""Check the outlines of a file one by one: polygons only, mended, known codes, at the expected place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from app.domain.errors import UnknownTerritory
from app.domain.territory import Level
from maps.projection import project, zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.reference import Reference

    Place = tuple[float, float, float]

REASONS: dict[str, str] = {
    "no_code": "aucun code officiel sur cette ligne",
    "no_geometry": "aucun contour sur cette ligne",
    "not_area": "ce n’est pas une surface",
    "out_of_area": "les coordonnées sortent du système de la carte",
    "unknown_code": "code inconnu à ce millésime",
    "other_zone": "territoire hors de la zone de cette carte",
    "misplaced": "contour trop loin du lieu attendu",
}
"""Why an outline is left out, in French."""
NEAR_M = 50_000.0
NEAR_RADII = 3.0
"""An outline further from its expected place than NEAR_M and this many radii is not where it should be."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file, numbered from 1, its geometry in the system of the map (None if unreadable)."""

    number: int
    code: str
    name: str
    geometry: Any


@dataclass(slots=True)
class Kept:
    """Outcome of the checks; codes, names and polygons are aligned and sorted by code."""

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    polygons: NDArray[Any] = field(default_factory=lambda: np.empty(0, dtype=object))
    rejected: tuple[tuple[int, str, str], ...] = ()
    repaired: tuple[tuple[int, str], ...] = ()
    carried: tuple[tuple[int, str, str], ...] = ()


def projected(
    wkb: NDArray[Any],
    codes: Sequence[str],
    names: Sequence[str],
    transform: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None,
) -> list[Row]:
    """Rows with geometries brought to the system of the map; transform is None if they are in it."""
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    if transform is not None:
        present = shapely.is_geometry(geometries)
        geometries[present] = shapely.transform(geometries[present], transform)
    return [
        Row(i + 1, code, name, geometry)
        for i, (code, name, geometry) in enumerate(zip(codes, names, geometries, strict=True))
    ]


def keep_rows(rows: Sequence[Row], level: Level, epsg: int, reference: Reference, millesime: int) -> Kept:
    """Sound outlines by code, what was mended, carried to a newer code, or left out and why."""
    checker = _Checker(level, epsg, reference, millesime)
    found: dict[str, list[tuple[str, str, Any]]] = defaultdict(list)
    rejected, repaired, carried = [], [], []
    for row in rows:
        geometry, reason = _sound(row.geometry)
        code = checker.target(row.code) if row.code else ""
        reason = reason or ("" if row.code else "no_code") or checker.reason(code, geometry)
        if reason:
            rejected.append((row.number, row.code, reason))
            continue
        if geometry is not row.geometry:
            repaired.append((row.number, row.code))
        if code != row.code:
            carried.append((row.number, row.code, code))
        found[code].append((row.code, row.name, geometry))
    codes = tuple(sorted(found))
    polygons = np.empty(len(codes), dtype=object)
    polygons[:] = [_united([geometry for _, _, geometry in found[code]]) for code in codes]
    names = tuple(next((name for old, name, _ in found[code] if old == code), "") for code in codes)
    return Kept(codes, names, polygons, tuple(rejected), tuple(repaired), tuple(carried))


def polygons_only(geometry: Any) -> Any:
    """The surfaces of a geometry, mended, without the lines and points that mending leaves; may be empty."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(geometry)))
    surfaces = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
    return shapely.union_all(surfaces) if surfaces else shapely.Polygon()


def _sound(geometry: Any) -> tuple[Any, str]:
    """A valid surface and an empty reason, or the geometry and the reason to leave it out."""
    if geometry is None or shapely.is_empty(geometry):
        return geometry, "no_geometry"
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return geometry, "not_area"
    if not np.isfinite(shapely.bounds(geometry)).all():
        return geometry, "out_of_area"
    if shapely.is_valid(geometry):
        return geometry, ""
    mended = polygons_only(geometry)
    return mended, "no_geometry" if mended.is_empty else ""


def _united(geometries: Sequence[Any]) -> Any:
    return geometries[0] if len(geometries) == 1 else shapely.union_all(geometries)


class _Checker:
    """What the reference says of codes and of where they should be."""

    def __init__(self, level: Level, epsg: int, reference: Reference, millesime: int) -> None:
        self._level = level
        self._epsg = epsg
        self._reference = reference
        self._millesime = millesime
        self._communes = {c.code: c for c in reference.communes(millesime=millesime)}
        self._epcis = {e.code: e.code_departement for e in reference.epcis(millesime=millesime)}

    def target(self, code: str) -> str:
        """Code of the territory that holds this one at the millésime: itself, or a newer commune."""
        if self._level is not Level.COMMUNE or code in self._communes:
            return code
        return self._reference.successor(code, self._millesime) or code

    def reason(self, code: str, geometry: Any) -> str:
        """Why the outline of that code is left out; empty if it is good."""
        departement = self._departement(code)
        if departement is None:
            return "unknown_code"
        if zone_of(departement) != self._epsg:
            return "other_zone"
        place = self._place(code)
        if place is None:
            return ""
        x, y, radius = place
        away = np.hypot(*(shapely.get_coordinates(shapely.centroid(geometry))[0] - (x, y)))
        return "misplaced" if away > NEAR_M + NEAR_RADII * radius else ""

    def _departement(self, code: str) -> str | None:
        if self._level is Level.COMMUNE:
            return self._communes[code].code_departement if code in self._communes else None
        if self._level is Level.EPCI:
            return self._epcis.get(code)
        try:
            return self._reference.departement(code).code
        except UnknownTerritory:
            return None

    def _place(self, code: str) -> Place | None:
        """Expected x, y and radius in metres; None if the reference does not know."""
        known = [
            (c.lon, c.lat, c.area_km2)
            for c in (self._communes[member] for member in self._members(code))
            if c.lon is not None and c.lat is not None and c.area_km2 is not None
        ]
        if not known:
            return None
        lon, lat, area = np.array(known, dtype=np.float64).T
        centre = np.array([np.average(lon, weights=area)]), np.array([np.average(lat, weights=area)])
        x, y = project(*centre, self._epsg)
        return float(x[0]), float(y[0]), float(np.sqrt(area.sum() * 1e6 / np.pi))

    def _members(self, code: str) -> tuple[str, ...]:
        if self._level is Level.COMMUNE:
            return (code,)
        if self._level is Level.EPCI:
            return self._reference.members(code, self._millesime)
        return tuple(c.code for c in self._communes.values() if c.code_departement == code)

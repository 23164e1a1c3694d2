"""Centres and areas of the communes of a map: which ones to compute, and where those without centre lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maps.projection import project, zone_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.reference import Commune, Reference

    Floats = NDArray[np.float64]
    Texts = NDArray[np.str_]

HOSTS: dict[str, str] = {
    "15031": "15141",
    "15035": "15141",
    "15047": "15141",
    "15171": "15141",
    "60694": "60054",
    "85165": "85084",
    "85212": "85084",
}
"""Communes re-established since 2024 and the commune they left, whose known area still holds theirs.
Source: Insee, « mouvements de communes », 1 January 2026."""

KM2 = 1_000_000.0
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
CONTEXT_M = 12_000.0
"""Communes up to there around the neighbours shape the far borders of these."""
TOUCHING = 1.3
"""Two communes may touch when their centres are nearer than this many times the sum of their radii."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Communes of one zone, arrays of shape (n,); x, y in metres, area in square metres."""

    codes: Texts
    names: tuple[str, ...]
    departements: Texts
    epcis: Texts
    """Empty text for a commune without Epci."""
    x: Floats
    y: Floats
    area: Floats

    def take(self, chosen: NDArray[np.intp]) -> Sites:
        """The sites of these numbers, in this order."""
        return Sites(
            self.codes[chosen],
            tuple(self.names[i] for i in chosen),
            self.departements[chosen],
            self.epcis[chosen],
            self.x[chosen],
            self.y[chosen],
            self.area[chosen],
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """Sites to compute, which of them are drawn, and the départements around those chosen."""

    sites: Sites
    drawn: NDArray[np.bool_]
    neighbours: tuple[str, ...]


def zone_sites(reference: Reference, epsg: int, millesime: int) -> Sites:
    """Every commune of one zone at a millésime, with an estimated centre where none is known."""
    zone = {d.code for d in reference.departements() if zone_of(d.code) == epsg}
    dated = [c for c in reference.communes(millesime=millesime) if c.code_departement in zone]
    around = _undated(reference, zone - {c.code_departement for c in dated})
    communes = [*dated, *around]
    places = _spread(reference, communes)
    nan = (np.nan, np.nan, np.nan)
    table = np.array([places.get(c.code, nan) for c in communes], dtype=np.float64).reshape(-1, 3)
    x, y = np.full(len(communes), np.nan), np.full(len(communes), np.nan)
    known = np.isfinite(table).all(axis=1)
    x[known], y[known] = project(table[known, 0], table[known, 1], epsg)
    sites = Sites(
        np.array([c.code for c in communes], dtype=np.str_),
        tuple(c.name for c in communes),
        np.array([c.code_departement for c in communes], dtype=np.str_),
        np.array([*(reference.epci_of(c.code, millesime) or "" for c in dated), *("" for _ in around)]),
        x,
        y,
        table[:, 2] * KM2,
    )
    return _with_vacancies(sites)


def _undated(reference: Reference, departements: set[str]) -> list[Commune]:
    """Latest communes of départements whose lists at the millésime are not known: mere surroundings."""
    if not departements:
        return []
    return [c for c in reference.communes() if c.code_departement in departements]


def _spread(reference: Reference, communes: Sequence[Commune]) -> dict[str, tuple[float, float, float]]:
    """Longitude, latitude and area (km²) by code; communes that share one known place share its area.

    A commune without centre is placed in the commune that holds it (merged since, or not yet separated).
    """
    places: dict[str, tuple[float, float, float]] = {}
    guests: dict[str, list[str]] = defaultdict(list)
    for commune in communes:
        place = _known_place(commune)
        if place is not None:
            places[commune.code] = place
        else:
            guests[HOSTS.get(commune.code) or reference.successor(commune.code) or ""].append(commune.code)
    for host, codes in guests.items():
        place = places.get(host) or (_known_place(reference.commune(host)) if host else None)
        if place is None:
            continue
        together = [host, *codes] if host in places else codes
        places.update(zip(together, _share(place, len(together)), strict=True))
    return places


def _known_place(commune: Commune) -> tuple[float, float, float] | None:
    if commune.lon is None or commune.lat is None or not commune.area_km2:
        return None
    return commune.lon, commune.lat, commune.area_km2


def _share(place: tuple[float, float, float], count: int) -> list[tuple[float, float, float]]:
    """Equal parts of a commune, laid out around its centre as the seeds of a sunflower."""
    lon, lat, area = place
    radius = np.sqrt(area / np.pi) / 111.2
    shared = []
    for k in range(count):
        distance = radius * np.sqrt((k + 0.5) / count) * (count > 1)
        angle = k * GOLDEN_ANGLE
        shared.append(
            (
                lon + float(distance * np.cos(angle) / np.cos(np.radians(lat))),
                lat + float(distance * np.sin(angle)),
                area / count,
            )
        )
    return shared


def _with_vacancies(sites: Sites) -> Sites:
    """Place communes about which nothing is known in the widest gap between communes of their Epci."""
    unknown = np.flatnonzero(~np.isfinite(sites.x))
    if not unknown.size:
        return sites
    x, y, area = sites.x.copy(), sites.y.copy(), sites.area.copy()
    for i in unknown:
        beside = (sites.departements == sites.departements[i]) & np.isfinite(x)
        together = (sites.epcis == sites.epcis[i]) & np.isfinite(x) & (sites.epcis != "")
        siblings = np.flatnonzero(together if together.any() else beside)
        x[i], y[i] = _widest_gap(x, y, area, siblings)
        area[i] = float(np.median(area[siblings]))
    return replace(sites, x=x, y=y, area=area)


def _widest_gap(x: Floats, y: Floats, area: Floats, siblings: NDArray[np.intp]) -> tuple[float, float]:
    """Point between siblings that is furthest outside the discs of the communes known around them."""
    from maps.power import power_diagram

    middle = float(x[siblings].mean()), float(y[siblings].mean())
    reach = float(np.hypot(x[siblings] - middle[0], y[siblings] - middle[1]).max()) + 2 * CONTEXT_M
    near = np.flatnonzero(np.hypot(x - middle[0], y - middle[1]) < reach)
    if len(near) < 5:
        return middle
    px, py, square = x[near] - middle[0], y[near] - middle[1], area[near] / np.pi
    diagram = power_diagram(px / reach, py / reach, square / reach**2)
    corner = diagram.triangles[:, 0]
    away = diagram.vertices * reach - np.column_stack([px[corner], py[corner]])
    power = (away * away).sum(axis=1) - square[corner]
    among = np.isin(near, siblings)[diagram.triangles].sum(axis=1) >= 2
    within = np.hypot(*diagram.vertices.T) < 1
    best = int(np.argmax(np.where(among & within, power, -np.inf)))
    return float(diagram.vertices[best, 0] * reach + middle[0]), float(
        diagram.vertices[best, 1] * reach + middle[1]
    )


def select(sites: Sites, chosen: frozenset[str]) -> Selection:
    """Communes of the Epci present in the chosen départements, and enough of what lies around."""
    inside = np.isin(sites.departements, sorted(chosen))
    scope = np.unique(sites.epcis[inside])
    drawn = inside | np.isin(sites.epcis, scope[scope != ""])
    near = _touching(sites, drawn)
    neighbours = sorted(set(sites.departements[near]) | set(sites.departements[drawn & ~inside]))
    wanted = drawn | np.isin(sites.departements, neighbours)
    kept = np.flatnonzero(wanted | (_distance(sites, wanted) < CONTEXT_M))
    return Selection(sites.take(kept), drawn[kept], tuple(neighbours))


def _touching(sites: Sites, drawn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Communes outside that may touch one of those drawn."""
    from scipy.spatial import cKDTree

    own, radius = np.flatnonzero(drawn), np.sqrt(sites.area / np.pi)
    tree = cKDTree(np.column_stack([sites.x[own], sites.y[own]]))
    ranks = list(range(1, min(3, len(own)) + 1))
    distance, nearest = tree.query(np.column_stack([sites.x, sites.y]), k=ranks)
    touching = np.asarray(distance) < TOUCHING * (radius[:, None] + radius[own][nearest])
    return np.asarray(touching.any(axis=1) & ~drawn)


def _distance(sites: Sites, chosen: NDArray[np.bool_]) -> Floats:
    """Distance of each centre to the nearest chosen centre, metres."""
    from scipy.spatial import cKDTree

    tree = cKDTree(np.column_stack([sites.x[chosen], sites.y[chosen]]))
    distance, _ = tree.query(np.column_stack([sites.x, sites.y]))
    return np.asarray(distance)

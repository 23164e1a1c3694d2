"""Build the approximate fond: communes from their centre and area, dissolved to Epci and départements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from app.domain.places import LATEST
from app.domain.territory import Level
from app.progress import SILENT, Progress
from maps.cells import cell_polygons
from maps.choropleth import Fond, OutlineLayer
from maps.fit import fit_cells
from maps.projection import MAINLAND, OVERSEAS, epsg_for, to_inset, zone_of
from maps.sites import Selection, Sites, select, zone_sites

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.reference import Reference

    Polygons = NDArray[Any]

LABEL = "fond approché (centres et superficies communales)"
"""French legend line of the approximate fond."""


@dataclass(frozen=True, slots=True)
class _Outlines:
    """Codes and polygons of one level, without names."""

    codes: tuple[str, ...]
    polygons: Polygons


@dataclass(frozen=True, slots=True)
class _Zone:
    """Outlines of one zone, in the system of the map."""

    sites: Sites
    communes: Polygons
    epcis: _Outlines
    departements: _Outlines
    neighbours: _Outlines


def approximate_fond(
    reference: Reference,
    departements: Sequence[str],
    millesime: int = LATEST,
    *,
    progress: Progress = SILENT,
) -> Fond:
    """Approximate fond of the chosen départements; none given means all France.

    communes: those of every Epci with a commune in the départements, and the communes without Epci;
    epcis: these Epci, whole; neighbours: the départements around, pale. One zone is drawn in its own legal
    system; several zones, or all France, in Lambert-93 with overseas départements in insets.
    Raises UnknownTerritory for an unknown département.
    """
    chosen = tuple(d.code for d in reference.departements()) if not departements else tuple(departements)
    chosen = tuple(reference.departement(code).code for code in dict.fromkeys(chosen))
    epsg = epsg_for(departements)
    zones = [
        part
        for zone in dict.fromkeys(zone_of(code) for code in chosen)
        for part in _zone_parts(
            zone_sites(reference, zone, millesime),
            frozenset(c for c in chosen if zone_of(c) == zone),
            inset=zone != epsg,
            progress=progress,
        )
    ]
    progress.report(1.0)
    return _fond(reference, zones, epsg, millesime)


def _zone_parts(sites: Sites, chosen: frozenset[str], *, inset: bool, progress: Progress) -> list[_Zone]:
    """Outlines of one zone; in insets, one part for each overseas département that has communes."""
    present = chosen & set(sites.departements.tolist())
    if not present:
        return []
    zone = _compute(select(sites, present), present, progress)
    if not inset:
        return [zone]
    return [_moved(zone, departement) for departement in OVERSEAS if departement in present]


def _compute(selection: Selection, chosen: frozenset[str], progress: Progress) -> _Zone:
    sites = selection.sites
    groups = np.unique(np.char.add(sites.epcis, sites.departements), return_inverse=True)[1]
    diagram = fit_cells(sites.x, sites.y, sites.area, progress=progress)
    cells = cell_polygons(diagram, len(sites.codes), np.asarray(groups, dtype=np.int64))
    drawn = np.flatnonzero(selection.drawn)
    own = sites.take(drawn)
    return _Zone(
        own,
        cells[drawn],
        dissolve(cells[drawn], own.epcis),
        dissolve(cells, np.where(np.isin(sites.departements, sorted(chosen)), sites.departements, "")),
        dissolve(cells, np.where(np.isin(sites.departements, selection.neighbours), sites.departements, "")),
    )


def dissolve(polygons: Polygons, keys: NDArray[np.str_]) -> _Outlines:
    """Union of the polygons of each key, keys in order; polygons of the empty key are left out."""
    order = np.argsort(keys, kind="stable")
    codes, starts = np.unique(keys[order], return_index=True)
    groups = np.split(polygons[order], starts[1:])
    kept = [(str(code), group) for code, group in zip(codes, groups, strict=True) if code]
    united = np.empty(len(kept), dtype=object)
    united[:] = [unite(group) for _, group in kept]
    return _Outlines(tuple(code for code, _ in kept), united)


def unite(polygons: Polygons) -> Any:
    """Union of polygons that fit together, or that nearly do (real files)."""
    try:
        united = shapely.coverage_union_all(polygons)
    except shapely.errors.GEOSException:
        return shapely.union_all(polygons)
    return united if shapely.is_valid(united) else shapely.union_all(shapely.make_valid(polygons))


def _moved(zone: _Zone, departement: str) -> _Zone:
    """The part of a zone that belongs to one overseas département, in its inset; without neighbours."""
    own = np.flatnonzero(zone.sites.departements == departement)
    bounds = tuple(shapely.total_bounds(zone.communes[own]))
    inside = [i for i, epci in enumerate(zone.epcis.codes) if epci in set(zone.sites.epcis[own])]
    place = zone.departements.codes.index(departement)

    def move(polygons: Polygons) -> Polygons:
        return to_inset(departement, bounds, polygons)

    return _Zone(
        zone.sites.take(own),
        move(zone.communes[own]),
        _Outlines(tuple(zone.epcis.codes[i] for i in inside), move(zone.epcis.polygons[inside])),
        _Outlines((departement,), move(zone.departements.polygons[place : place + 1])),
        _Outlines((), np.empty(0, dtype=object)),
    )


def _fond(reference: Reference, zones: Sequence[_Zone], epsg: int, millesime: int) -> Fond:
    communes = _Outlines(
        tuple(str(code) for zone in zones for code in zone.sites.codes), _joined([z.communes for z in zones])
    )
    communes_layer = layer(
        Level.COMMUNE,
        epsg,
        communes.codes,
        tuple(name for zone in zones for name in zone.sites.names),
        communes.polygons,
        tuple(str(code) for zone in zones for code in zone.sites.epcis),
    )

    def epci(code: str) -> tuple[str, str]:
        found = reference.epci(code, millesime)
        return found.short_name, found.code_departement

    def departement(code: str) -> tuple[str, str]:
        return reference.departement(code).name, reference.departement(code).code_region

    return Fond(
        epsg,
        communes_layer,
        _named(Level.EPCI, epsg, [z.epcis for z in zones], epci),
        _named(Level.DEPARTEMENT, epsg, [z.departements for z in zones], departement),
        _named(Level.DEPARTEMENT, epsg, [z.neighbours for z in zones], departement),
        label=LABEL,
        millesime=millesime,
        approximate=True,
    )


def _named(
    level: Level, epsg: int, outlines: Sequence[_Outlines], describe: Callable[[str], tuple[str, str]]
) -> OutlineLayer:
    """Layer of the outlines of every zone; describe gives the name and the parent of a code."""
    codes = tuple(code for part in outlines for code in part.codes)
    described = [describe(code) for code in codes]
    polygons = _joined([part.polygons for part in outlines])
    return layer(
        level, epsg, codes, tuple(n for n, _ in described), polygons, tuple(parent for _, parent in described)
    )


def _joined(parts: Sequence[Polygons]) -> Polygons:
    return np.concatenate([np.empty(0, dtype=object), *parts])


def layer(
    level: Level,
    epsg: int,
    codes: tuple[str, ...],
    names: tuple[str, ...],
    polygons: Polygons,
    parents: tuple[str, ...],
) -> OutlineLayer:
    """Layer with the places of its labels."""
    return OutlineLayer(level, epsg, codes, names, polygons, label_places(polygons), parents)


def label_places(polygons: Polygons) -> NDArray[np.float64]:
    """Point inside each polygon, shape (n, 2): its centroid when that is inside; NaN for an empty polygon."""
    places = np.full((len(polygons), 2), np.nan)
    drawn = np.flatnonzero(~shapely.is_empty(polygons))
    centres = shapely.centroid(polygons[drawn])
    outside = ~shapely.contains(polygons[drawn], centres)
    centres[outside] = shapely.point_on_surface(polygons[drawn][outside])
    places[drawn] = shapely.get_coordinates(centres)
    return places


__all__ = ["LABEL", "MAINLAND", "approximate_fond", "dissolve", "label_places", "layer", "unite"]

"""Put imported outlines in the place of approximate ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from app.domain.territory import Level
from maps.approximate import label_places, unite
from maps.outline_shapes import polygons_only

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import Fond, OutlineLayer

    Polygons = NDArray[Any]

SLIVER_M2 = 10_000.0
"""Bits of approximate outlines smaller than this, left between real ones, are dropped."""


def replace_layer(
    fond: Fond,
    level: Level,
    codes: Sequence[str],
    names: Sequence[str],
    polygons: Polygons,
    *,
    label: str,
    millesime: int,
) -> Fond:
    """Fond where imported outlines, in the system of the fond, replace those of the same codes.

    Communes: Epci and départements are dissolved again from them. Epci: the approximate communes are cut to
    them. Territories that the file does not hold keep their approximate outline, less what the imported
    ones cover. Codes foreign to the fond are left out; the fond is unchanged if none is known.
    Raises ValueError for a level other than commune, Epci or département.
    """
    found = dict(zip(codes, polygons, strict=True))
    called = dict(zip(codes, names, strict=True))
    if level is Level.COMMUNE:
        communes = _with_imported(fond.communes, found, called)
        epcis = _dissolved(fond.epcis, communes, found, _groups(communes.parents))
        departements = _rebuilt(fond.departements, fond.communes, communes, found)
        changed = replace(fond, communes=communes, epcis=epcis, departements=departements)
    elif level is Level.EPCI:
        epcis = _with_imported(fond.epcis, found, called)
        changed = replace(fond, epcis=epcis, communes=_cut_communes(fond.communes, epcis, found))
    elif level is Level.DEPARTEMENT:
        changed = replace(
            fond,
            departements=_with_imported(fond.departements, found, called),
            neighbours=_with_imported(fond.neighbours, found, called),
        )
    else:
        raise ValueError("outlines are of communes, Epci or départements")
    layer = {Level.COMMUNE: fond.communes, Level.EPCI: fond.epcis}.get(level, fond.departements)
    if not found.keys() & set(layer.codes):
        return fond
    return replace(
        changed, label=label, millesime=millesime, approximate=not set(layer.codes) <= found.keys()
    )


def _with_imported(layer: OutlineLayer, found: dict[str, Any], called: dict[str, str]) -> OutlineLayer:
    """Layer where known codes take the imported outline; others lose what those cover."""
    polygons = layer.polygons.copy()
    imported = np.array([code in found for code in layer.codes], dtype=bool)
    for i in np.flatnonzero(imported):
        polygons[i] = found[layer.codes[i]]
    if imported.any() and not imported.all():
        polygons[~imported] = _less(polygons[~imported], unite(polygons[imported]))
    names = tuple(name or called.get(code, "") for code, name in zip(layer.codes, layer.names, strict=True))
    return replace(layer, names=names, polygons=polygons, label_xy=label_places(polygons))


def _less(polygons: Polygons, covered: Any) -> Polygons:
    """Polygons less the area covered; one wholly covered keeps its outline rather than vanish."""
    result = polygons.copy()
    shapely.prepare(covered)
    touched = np.flatnonzero(shapely.intersects(covered, polygons))
    left = shapely.difference(polygons[touched], covered)
    for i, part in zip(touched, left, strict=True):
        pieces = [p for p in shapely.get_parts(part) if p.geom_type == "Polygon" and p.area > SLIVER_M2]
        if pieces:
            result[i] = pieces[0] if len(pieces) == 1 else shapely.MultiPolygon(pieces)
    return result


def _groups(keys: Sequence[str]) -> dict[str, NDArray[np.intp]]:
    """Numbers of the items of each key."""
    array = np.array(keys, dtype=np.str_)
    return {str(key): np.flatnonzero(array == key) for key in np.unique(array) if key}


def _dissolved(
    layer: OutlineLayer,
    communes: OutlineLayer,
    found: dict[str, Any],
    groups: dict[str, NDArray[np.intp]],
) -> OutlineLayer:
    """Layer whose outlines are united again from their communes wherever one of these was imported."""
    polygons = layer.polygons.copy()
    for i, code in enumerate(layer.codes):
        members = groups.get(code, np.empty(0, dtype=np.intp))
        if any(communes.codes[k] in found for k in members):
            polygons[i] = unite(communes.polygons[members])
    return replace(layer, polygons=polygons, label_xy=label_places(polygons))


def _rebuilt(
    layer: OutlineLayer, before: OutlineLayer, communes: OutlineLayer, found: dict[str, Any]
) -> OutlineLayer:
    """Départements united again from the communes that lie in them."""
    centres = shapely.points(before.label_xy)
    tree = shapely.STRtree(centres)
    groups = {
        code: np.sort(tree.query(polygon, predicate="contains"))
        for code, polygon in zip(layer.codes, layer.polygons, strict=True)
    }
    return _dissolved(layer, communes, found, groups)


def _cut_communes(communes: OutlineLayer, epcis: OutlineLayer, found: dict[str, Any]) -> OutlineLayer:
    """Approximate communes brought inside the imported outline of their Epci, all of which they share."""
    polygons = communes.polygons.copy()
    groups = _groups(communes.parents)
    for code, outline in zip(epcis.codes, epcis.polygons, strict=True):
        if code in found and code in groups:
            members = groups[code]
            polygons[members] = _inside(polygons[members], outline)
    return replace(communes, polygons=polygons, label_xy=label_places(polygons))


def _inside(polygons: Polygons, outline: Any) -> Polygons:
    """Polygons cut to an outline, the parts of it that none covers going to the nearest of them."""
    inside = shapely.intersection(polygons, outline)
    missing = shapely.get_parts(shapely.difference(outline, shapely.union_all(inside)))
    # What is left of a border drawn twice may be a line, which has no inner point.
    missing = missing[shapely.area(missing) > 0]
    if len(missing):
        nearest = shapely.STRtree(polygons).nearest(shapely.point_on_surface(missing))
        for part, i in zip(missing, nearest, strict=True):
            inside[i] = shapely.union(inside[i], part)
    kept = ~shapely.is_empty(inside)
    result = polygons.copy()  # a commune that the outline leaves out keeps its place
    result[kept] = [polygons_only(geometry) for geometry in inside[kept]]
    return result

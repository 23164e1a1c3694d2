"""Real outlines of communes, to tell exactly whether a point is in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maps.choropleth import Fond

TOLERANCE_M = 200.0
"""Outlines are generalised, and entrances stand on roads that are borders."""


def contains(fond: Fond, code: str, lon: float, lat: float) -> bool | None:
    """Tell whether a point in degrees is in a commune; None if its real outline is not known."""
    if fond.approximate or code not in fond.communes.codes:
        return None
    import shapely
    from pyproj import Transformer

    x, y = Transformer.from_crs(4326, fond.epsg, always_xy=True).transform(lon, lat)
    polygon = fond.communes.polygons[fond.communes.codes.index(code)]
    return bool(shapely.dwithin(polygon, shapely.Point(x, y), TOLERANCE_M))


def commune_at(fond: Fond, lon: float, lat: float) -> str | None:
    """Return the commune of the map under a point in degrees, None outside of the map."""
    import shapely
    from pyproj import Transformer

    x, y = Transformer.from_crs(4326, fond.epsg, always_xy=True).transform(lon, lat)
    found = shapely.STRtree(fond.communes.polygons).query(shapely.Point(x, y), predicate="intersects")
    return fond.communes.codes[int(found[0])] if len(found) else None

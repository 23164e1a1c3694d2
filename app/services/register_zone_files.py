"""Zones from a file of outlines: one zone an outline, with the communes it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.register import Zone

if TYPE_CHECKING:
    from app.domain.reference import Commune


def zones_of_file(path: Path, template: Zone, communes: Sequence[Commune], epsg: int) -> tuple[Zone, ...]:
    """Return the zones of a file, in degrees, with code and name as the file gives them.

    communes: those of the base; a commune is listed in part when its centre is in the outline, or when it is
    the nearest to it. Raises UnreadableFile.
    """
    import shapely

    from maps.outline_files import read_outlines

    read = read_outlines(path, epsg=epsg)
    places = [commune for commune in communes if commune.lon is not None and commune.lat is not None]
    tree = shapely.STRtree([shapely.Point(commune.lon, commune.lat) for commune in places])
    return tuple(
        replace(
            template, uuid="", code=code, name=name or code, communes=(),
            partial=_touched(tree, places, polygon), wkb=shapely.to_wkb(polygon),
        )
        for code, name, polygon in zip(read.codes, read.names, read.polygons, strict=True)
    )  # fmt: skip


def _touched(tree: Any, places: Sequence[Commune], polygon: Any) -> tuple[str, ...]:
    inside = tree.query(polygon, predicate="contains").tolist()
    if not inside and places:
        inside = [int(tree.nearest(polygon))]
    return tuple(sorted(places[i].code for i in inside))

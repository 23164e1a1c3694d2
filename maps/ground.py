"""The land around a map: coarse départements past its neighbours, so that white means sea or abroad."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

import resources
from app.domain.territory import Level
from maps.canvas import GROUND, Box, Canvas, Pen
from maps.choropleth import OutlineLayer
from maps.projection import MAINLAND
from maps.sketch import Frame, rings_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import Fond

UNIT_M = 100.0
SEAM_M = 1_600.0
"""Width of the stroke that fills the slit between coarse and exact outlines of one border."""
AROUND = Pen("#CFCAC0", 0.4)


@lru_cache(maxsize=1)
def coarse_departements() -> OutlineLayer:
    """Coarse outlines of the départements of the mainland, in Lambert-93; see `maps.coarse`."""
    rows = resources.read_table("outlines", "departements.csv")
    polygons = np.array([_decoded(row["outline"]) for row in rows], dtype=object)
    return OutlineLayer(
        Level.DEPARTEMENT,
        MAINLAND,
        tuple(row["code"] for row in rows),
        tuple(row["name"] for row in rows),
        polygons,
        shapely.get_coordinates(shapely.point_on_surface(polygons)),
    )


def beyond(fond: Fond) -> OutlineLayer | None:
    """The départements that are neither in the fond nor neighbours; None for a fond overseas."""
    if fond.epsg != MAINLAND:
        return None
    every = coarse_departements()
    near = {*fond.departements.codes, *fond.neighbours.codes}
    kept = [i for i, code in enumerate(every.codes) if code not in near]
    return OutlineLayer(
        Level.DEPARTEMENT,
        MAINLAND,
        tuple(every.codes[i] for i in kept),
        tuple(every.names[i] for i in kept),
        every.polygons[kept],
        every.label_xy[kept],
    )


def draw_beyond(canvas: Canvas, fond: Fond, frame: Frame, box: Box) -> None:
    """Draw them pale, clipped to the box; the borders they share with exact outlines are left to these."""
    far = beyond(fond)
    if far is None:
        return
    window = _window(frame, box)
    seen = far.polygons[shapely.intersects(far.polygons, window)]
    if not len(seen):
        return
    canvas.path(_rings(shapely.clip_by_rect(seen, *window.bounds), frame), fill=GROUND)
    edges = shapely.union_all(shapely.boundary(seen))
    shared = _boundary_with(frozenset(far.codes))
    seam = shapely.intersection(shapely.intersection(edges, shared), window)
    canvas.path(_lines(seam, frame), pen=Pen(GROUND, SEAM_M * frame.scale), closed=False)
    own = shapely.intersection(shapely.difference(edges, shared), window)
    canvas.path(_lines(own, frame), pen=AROUND, closed=False)


@lru_cache(maxsize=16)
def _boundary_with(far: frozenset[str]) -> Any:
    """Border of the départements that the fond draws itself."""
    every = coarse_departements()
    near = [i for i, code in enumerate(every.codes) if code not in far]
    return shapely.boundary(shapely.coverage_union_all(every.polygons[near]))


def _window(frame: Frame, box: Box) -> Any:
    corners = np.array([[box.x - 4, box.bottom + 4], [box.right + 4, box.y - 4]])
    return shapely.box(*((corners - (frame.x, frame.y)) / (frame.scale, -frame.scale)).ravel())


def _rings(polygons: Any, frame: Frame) -> list[NDArray[np.float64]]:
    return [frame.apply(ring) for ring in rings_of(polygons)]


def _lines(shape: Any, frame: Frame) -> list[NDArray[np.float64]]:
    parts = shapely.get_parts(shapely.line_merge(shape))
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    return [frame.apply(shapely.get_coordinates(line)) for line in lines]


def _decoded(text: str) -> Any:
    islands = [[_ring(ring) for ring in island.split("/")] for island in text.split("|")]
    return shapely.multipolygons([shapely.Polygon(rings[0], rings[1:]) for rings in islands])


def _ring(text: str) -> NDArray[np.float64]:
    steps = np.array(text.split(), dtype=np.float64).reshape(-1, 2)
    points = np.cumsum(steps, axis=0) * UNIT_M
    return np.concatenate((points, points[:1]))

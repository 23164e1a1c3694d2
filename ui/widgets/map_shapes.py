"""Polygons of one level as flat arrays: bounds, edges, shared borders drawn once, levels of detail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ui.widgets.map_frame import Bounds

GEOS_VERTICES = 400_000
"""Above, vertices are merged on a grid instead of asking GEOS, which would take seconds."""
GRID = 8.0
"""Steps per metre under which two vertices are the same."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """n polygons as rings.

    coords: shape (v, 2), metres; starts: shape (r + 1,), first vertex of each ring; owner: shape (r,),
    polygon of each ring; bounds: shape (n, 4), west south east north, NaN for an empty polygon.
    """

    coords: NDArray[np.float64]
    starts: NDArray[np.int64]
    owner: NDArray[np.int32]
    bounds: NDArray[np.float64]

    @property
    def count(self) -> int:
        """Number of polygons."""
        return len(self.bounds)

    def visible(self, bounds: Bounds) -> NDArray[np.bool_]:
        """Polygons whose box meets the bounds, shape (n,)."""
        return _meets(self.bounds, bounds)


def _meets(boxes: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    found: NDArray[np.bool_] = (
        (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
    )
    return found


def shapes_of(polygons: NDArray[Any]) -> Shapes:
    """Flatten shapely polygons or multipolygons, shape (n,)."""
    import shapely

    if not len(polygons):
        return Shapes(
            np.empty((0, 2)), np.zeros(1, np.int64), np.empty(0, np.int32), np.empty((0, 4), np.float64)
        )
    _, coords, offsets = shapely.to_ragged_array(polygons)
    if len(offsets) == 2:
        rings, geometries = offsets
        ring_bounds = np.asarray(geometries)
    else:
        rings, parts, geometries = offsets
        ring_bounds = np.asarray(parts)[np.asarray(geometries)]
    owner = np.repeat(np.arange(len(polygons), dtype=np.int32), np.diff(ring_bounds))
    return Shapes(
        np.ascontiguousarray(coords, dtype=np.float64),
        np.asarray(rings, dtype=np.int64),
        owner,
        shapely.bounds(polygons),
    )


def simplify(polygons: NDArray[Any], tolerance: float) -> Shapes:
    """Flatten polygons with a detail of about tolerance metres; shared borders stay shared.

    The gap to the true outline stays under the tolerance, so an outline chosen at half a pixel looks exact.
    """
    import shapely

    if tolerance <= 0:
        return shapes_of(polygons)
    if shapely.get_num_coordinates(polygons).sum() <= GEOS_VERTICES:
        return shapes_of(shapely.coverage_simplify(polygons, tolerance))
    return thinned(shapes_of(polygons), tolerance)


def thinned(shapes: Shapes, tolerance: float) -> Shapes:
    """Merge the vertices on a grid of tolerance metres: the same vertex moves the same way in each ring."""
    if not len(shapes.coords):
        return shapes
    coords = np.rint(shapes.coords / tolerance) * tolerance
    keep = np.ones(len(coords), dtype=bool)
    keep[1:] = (coords[1:] != coords[:-1]).any(axis=1)
    keep[shapes.starts[:-1]] = True
    kept = np.concatenate(([0], np.cumsum(keep)))
    return Shapes(coords[keep], kept[shapes.starts], shapes.owner, shapes.bounds)


@dataclass(frozen=True, slots=True)
class Lines:
    """Borders cut in polylines, a border shared by two polygons being there once.

    coords: shape (v, 2); starts: shape (r + 1,); bounds: shape (r, 4).
    """

    coords: NDArray[np.float64]
    starts: NDArray[np.int64]
    bounds: NDArray[np.float64]

    def visible(self, bounds: Bounds) -> NDArray[np.intp]:
        """Numbers of the polylines whose box meets the bounds."""
        return np.flatnonzero(_meets(self.bounds, bounds))


def _vertex_keys(coords: NDArray[np.float64]) -> NDArray[np.uint64]:
    cells = np.rint(coords * GRID).astype(np.int64).astype(np.uint64)
    keys: NDArray[np.uint64] = (cells[:, 0] << np.uint64(32)) ^ (cells[:, 1] & np.uint64(0xFFFFFFFF))
    return keys


def _first_seen(shapes: Shapes) -> NDArray[np.int64]:
    """Numbers of the segments (by first vertex) kept: each once, in the order of the rings."""
    keys = _vertex_keys(shapes.coords)
    inside = np.ones(len(keys), dtype=bool)
    inside[shapes.starts[1:] - 1] = False
    first = np.flatnonzero(inside)
    a, b = keys[first], keys[first + 1]
    low, high = np.minimum(a, b), np.maximum(a, b)
    segment = (low * np.uint64(0x9E3779B97F4A7C15)) ^ high
    _, index = np.unique(segment, return_index=True)
    kept: NDArray[np.int64] = np.sort(first[index])
    return kept


def borders(shapes: Shapes) -> Lines:
    """Outlines of all the polygons as long polylines, without drawing a shared border twice."""
    if not len(shapes.coords):
        return Lines(shapes.coords, np.zeros(1, np.int64), np.empty((0, 4)))
    kept = _first_seen(shapes)
    breaks = np.flatnonzero(np.diff(kept) != 1) + 1
    run_first = kept[np.concatenate(([0], breaks))]
    run_last = kept[np.concatenate((breaks - 1, [len(kept) - 1]))] + 1
    lengths = run_last - run_first + 1
    starts = np.concatenate(([0], np.cumsum(lengths)))
    index = np.repeat(run_first - starts[:-1], lengths) + np.arange(starts[-1])
    coords = shapes.coords[index]
    low = np.minimum.reduceat(coords, starts[:-1], axis=0)
    high = np.maximum.reduceat(coords, starts[:-1], axis=0)
    return Lines(coords, starts, np.hstack((low, high)))

"""From metres to paper: the frame of a map and its rings, simplified to the printed scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maps.canvas import Box, Ring

TOLERANCE_PT = 0.4
"""Side of the triangles that simplification may drop, in points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Projected metres to points: scale in points a metre, and the paper position of the origin."""

    scale: float
    x: float
    y: float

    def apply(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points from the top left corner; shape (n, 2) in and out."""
        return metres * (self.scale, -self.scale) + (self.x, self.y)


def frame_for(polygons: NDArray[Any], box: Box) -> Frame:
    """Return the frame that shows all the polygons in the middle of the box, as large as it can."""
    left, low, right, high = shapely.total_bounds(polygons)
    scale = min(box.w / max(right - left, 1.0), box.h / max(high - low, 1.0))
    x = box.x + (box.w - (right - left) * scale) / 2 - left * scale
    y = box.y + (box.h - (high - low) * scale) / 2 + high * scale
    return Frame(scale, x, y)


def on_paper(polygons: NDArray[Any], frame: Frame) -> NDArray[Any]:
    """Return the polygons in points, simplified together: neighbours keep the same border."""
    tolerance = TOLERANCE_PT / frame.scale
    try:
        kept = shapely.coverage_simplify(polygons, tolerance)
    except shapely.errors.GEOSException:  # outlines that overlap: each one alone, rather than none
        kept = shapely.simplify(polygons, tolerance)
    return np.asarray(shapely.transform(kept, frame.apply))


def rings_of(polygons: NDArray[Any]) -> list[Ring]:
    """Return all rings of polygons, holes included, in order."""
    rings = shapely.get_rings(shapely.get_parts(polygons))
    points, owner = shapely.get_coordinates(rings, return_index=True)
    starts = np.searchsorted(owner, np.arange(len(rings) + 1))
    return [points[first:last] for first, last in pairwise(starts.tolist()) if last > first]


def box_of(rings: Sequence[Ring]) -> Box:
    """Return the rectangle around rings."""
    points = np.concatenate(rings)
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return Box(float(left), float(top), float(right - left), float(bottom - top))


def nice_length(metres: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten that is not longer."""
    power = 10.0 ** np.floor(np.log10(metres))
    return float(max(step * power for step in (1, 2, 5) if step * power <= metres * (1 + 1e-9)))

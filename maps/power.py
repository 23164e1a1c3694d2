"""Power diagrams (weighted Voronoi) cut by discs: triangulation, dual edges, areas and centroids of cells.

A cell holds the points nearer to its site than to any other, the square of the distance being lessened by
the weight of the site, and lying in the disc of radius sqrt(weight) around it. On the edge between two
cells both discs meet at the same points, so that cut cells still fit together exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FULL_TURN = 2 * np.pi
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class PowerDiagram:
    """Dual of a regular triangulation. Sites: arrays of shape (n,); triangles of sites, counter-clockwise,
    shape (t, 3); across[k, j] is the triangle opposite corner j, or -1; vertices, shape (t, 2), are the
    power centres of the triangles, where cells meet.
    """

    x: Floats
    y: Floats
    weight: Floats
    triangles: Ints
    across: Ints
    vertices: Floats


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges between cells, shape (e,): from vertex start to vertex end the cell of site left is on the left.

    low and high, between 0 and 1, bound the part of the edge inside the discs; high <= low where none is.
    """

    left: Ints
    right: Ints
    start: Ints
    end: Ints
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Measures:
    """Of each cell, shape (n,): area, centroid (NaN when empty), angle of its free arcs (radians)."""

    area: Floats
    x: Floats
    y: Floats
    arc: Floats


def power_diagram(x: Floats, y: Floats, weight: Floats) -> PowerDiagram:
    """Power diagram by lifting: lower faces of the convex hull of (x, y, x² + y² - weight), n >= 4 sites.

    Coordinates should be near the origin and of the order of one, for precision.
    """
    from scipy.spatial import ConvexHull

    hull = ConvexHull(np.column_stack([x, y, x * x + y * y - weight]))
    low = hull.equations[:, 2] < -TINY
    number = np.full(len(low), -1, dtype=np.int64)
    number[low] = np.arange(np.count_nonzero(low))
    triangles = hull.simplices[low].astype(np.int64)
    across = number[hull.neighbors[low]]
    plane = hull.equations[low]
    vertices = -plane[:, :2] / (2 * plane[:, 2:3])
    a, b, c = triangles.T
    clockwise = (x[b] - x[a]) * (y[c] - y[a]) < (y[b] - y[a]) * (x[c] - x[a])
    for array in (triangles, across):
        array[clockwise, 1:] = array[clockwise, :0:-1]
    return PowerDiagram(x, y, weight, triangles, across, vertices)


def cell_edges(diagram: PowerDiagram) -> Edges:
    """Every edge between two cells, once, with the part of it that lies inside the discs."""
    count = len(diagram.triangles)
    start = np.tile(np.arange(count), 3)
    end = diagram.across.T.ravel()
    left = diagram.triangles.T[[2, 0, 1]].ravel()
    right = diagram.triangles.T[[1, 2, 0]].ravel()
    once = start < end
    start, end, left, right = start[once], end[once], left[once], right[once]
    origin = diagram.vertices[start] - np.column_stack([diagram.x[left], diagram.y[left]])
    along = diagram.vertices[end] - diagram.vertices[start]
    low, high = _inside_disc(origin, along, diagram.weight[left])
    return Edges(left, right, start, end, low, high)


def _inside_disc(origin: Floats, along: Floats, square: Floats) -> tuple[Floats, Floats]:
    """Bounds, within 0 and 1, of t such that |origin + t along|² <= square; (0, 0) where there is none."""
    a = np.maximum((along * along).sum(axis=1), TINY)
    b = (origin * along).sum(axis=1)
    c = (origin * origin).sum(axis=1) - np.maximum(square, 0)
    gap = b * b - a * c
    root = np.sqrt(np.maximum(gap, 0))
    crossing = gap > 0
    low = np.where(crossing, np.clip((-b - root) / a, 0, 1), 0)
    high = np.where(crossing, np.clip((-b + root) / a, 0, 1), 0)
    return low, high


def measure(diagram: PowerDiagram, edges: Edges) -> Measures:
    """Exact areas and centroids of the cut cells, by Green's formula on their edges and arcs."""
    count = len(diagram.x)
    kept = edges.high > edges.low
    first, last = edge_ends(diagram, edges)
    opened = edges.low > 0, edges.high < 1
    site = np.concatenate([edges.left[kept], edges.right[kept]])
    centre = np.column_stack([diagram.x[site], diagram.y[site]])
    p = np.concatenate([first[kept], last[kept]]) - centre
    q = np.concatenate([last[kept], first[kept]]) - centre
    arc_ends = np.concatenate([opened[0][kept], opened[1][kept]])
    arc_starts = np.concatenate([opened[1][kept], opened[0][kept]])

    def total(values: Floats) -> Floats:
        return np.asarray(np.bincount(site, values, count), dtype=np.float64)

    cross = p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]
    turn = total(np.arctan2(cross, (p * q).sum(axis=1)))
    arc = np.where(total(arc_ends | arc_starts) > 0, np.mod(-turn, FULL_TURN), 0.0)
    arc[islands(diagram, edges)] = FULL_TURN
    square = np.maximum(diagram.weight, 0)
    area = total(cross) / 2 + square * arc / 2
    moment = [total(cross * (p[:, k] + q[:, k])) / 6 for k in (0, 1)]
    swept = [total(p[:, k] * arc_ends) - total(q[:, k] * arc_starts) for k in (0, 1)]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = diagram.x + (moment[0] + square * swept[1] / 3) / area
        y = diagram.y + (moment[1] - square * swept[0] / 3) / area
    return Measures(area, x, y, arc)


def islands(diagram: PowerDiagram, edges: Edges) -> NDArray[np.bool_]:
    """Sites whose whole disc lies inside their cell, shape (n,)."""
    kept = edges.high > edges.low
    start, end = diagram.vertices[edges.start], diagram.vertices[edges.end]
    along = end - start
    alone = np.zeros(len(diagram.x), dtype=bool)
    alone[edges.left] = alone[edges.right] = True
    for site, side in ((edges.left, 1.0), (edges.right, -1.0)):
        away = np.column_stack([diagram.x[site], diagram.y[site]]) - start
        behind = side * (along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0]) < 0
        alone[site[kept | behind]] = False
    return alone


def edge_ends(diagram: PowerDiagram, edges: Edges) -> tuple[Floats, Floats]:
    """Both ends, shape (e, 2), of the kept part of each edge; an end that is not cut is exactly a vertex."""
    start, end = diagram.vertices[edges.start], diagram.vertices[edges.end]
    along = end - start
    first = np.where((edges.low > 0)[:, None], start + edges.low[:, None] * along, start)
    last = np.where((edges.high < 1)[:, None], start + edges.high[:, None] * along, end)
    return first, last

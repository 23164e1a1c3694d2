"""Polygons of the cells of a power diagram: inland gaps filled, borders between groups smoothed, ends of
edges shared bit for bit so that neighbours fit without gap nor overlap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from maps.power import FULL_TURN, Edges, PowerDiagram, cell_edges, edge_ends, islands

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

WELD_M = 1.0
"""Vertices nearer than this are one vertex."""
GAP_M = 60_000.0
"""An enclosed gap narrower than this is land shared by the cells around, not a sea."""
ARC_STEP = np.pi / 16
CARVED = 0.3
"""Radius of the disc of a vanished cell, as a share of its own."""
BRIDGE = 1.0
"""Share of the notch between two discs that is land."""
BRIDGE_LIMIT = 0.5
"""Longest bridge, as a share of the smaller radius."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """Each edge seen from each of its two cells, ordered around the cells, shape (2e,).

    first and last: ends, shape (2e, 2), the cell being on the left; inner: points strictly between them,
    shape (2e, k, 2); curved: which sides use them; arc: whether the shore follows the side.
    """

    site: Ints
    first: Floats
    last: Floats
    inner: Floats
    curved: Bools
    arc: Bools


def cell_polygons(diagram: PowerDiagram, count: int, groups: Ints | None = None) -> NDArray[Any]:
    """Polygons, shape (count,), of the first sites, in metres; a cell that vanished is carved in another.

    groups, shape (count,): number of the group (Epci) of each cell; borders between groups are smoothed.
    """
    diagram = _welded(diagram)
    edges = _without_gaps(diagram, cell_edges(diagram), count)
    alone = islands(diagram, edges)[:count]
    edges = _bridged(diagram, edges)
    polygons = _polygons(diagram, _sides(diagram, edges, count, groups), alone)
    _carve_vanished(polygons, np.column_stack([diagram.x, diagram.y])[:count], diagram.weight[:count])
    return polygons


def _welded(diagram: PowerDiagram) -> PowerDiagram:
    """Give the same place to vertices that touch, so that no edge is shorter than WELD_M."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(diagram.triangles)
    start, end = np.repeat(np.arange(count), 3), diagram.across.ravel()
    once = start < end
    start, end = start[once], end[once]
    length = np.hypot(*(diagram.vertices[start] - diagram.vertices[end]).T)
    short = length < WELD_M
    links = coo_array((np.ones(short.sum()), (start[short], end[short])), shape=(count, count))
    _, label = connected_components(links, directed=False)
    _, chosen = np.unique(label, return_index=True)
    return replace(diagram, vertices=diagram.vertices[chosen[label]])


def _without_gaps(diagram: PowerDiagram, edges: Edges, count: int) -> Edges:
    """Extend edges through the gaps between discs that no sea reaches."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    site = diagram.triangles[:, 0]
    away = diagram.vertices - np.column_stack([diagram.x[site], diagram.y[site]])
    outside = (away * away).sum(axis=1) > diagram.weight[site]
    open_edges = outside[edges.start] & outside[edges.end] & (edges.high <= edges.low)
    total = len(outside)
    links = (edges.start[open_edges], edges.end[open_edges])
    graph = coo_array((np.ones(open_edges.sum()), links), shape=(total, total))
    size, found = connected_components(graph, directed=False)
    label = found.astype(np.int64)
    framed = (diagram.triangles >= count).any(axis=1) | (diagram.across < 0).any(axis=1)
    at_sea = np.bincount(label, framed & outside, size) > 0
    inside = ~outside | (~at_sea & (_extent(diagram.vertices, label, size) < GAP_M))[label]
    low = np.where(inside[edges.start], 0.0, edges.low)
    high = np.where(inside[edges.end], 1.0, edges.high)
    none = (edges.high <= edges.low) & ~(inside[edges.start] & inside[edges.end])
    return replace(edges, low=np.where(none, 0.0, low), high=np.where(none, 0.0, high))


def _bridged(diagram: PowerDiagram, edges: Edges) -> Edges:
    """Lengthen the edges that reach the shore towards the common tangent of both discs, to fill notches."""
    left, right = edges.left, edges.right
    gap_x, gap_y = diagram.x[right] - diagram.x[left], diagram.y[right] - diagram.y[left]
    gap = np.maximum(np.hypot(gap_x, gap_y), WELD_M)
    radius = np.sqrt(np.maximum(diagram.weight, 0))
    first, second = radius[left], radius[right]
    foot = (gap**2 + first**2 - second**2) / (2 * gap)
    chord = np.sqrt(np.maximum(first**2 - foot**2, 0))
    slope = np.clip((first - second) / gap, -0.9, 0.9)
    tangent = (first - foot * slope) / np.sqrt(1 - slope**2)
    length = np.hypot(*(diagram.vertices[edges.end] - diagram.vertices[edges.start]).T)
    longer = np.clip(BRIDGE * (tangent - chord), 0, BRIDGE_LIMIT * np.minimum(first, second))
    share = longer / np.maximum(length, WELD_M)
    kept = edges.high > edges.low
    low = np.where(kept & (edges.low > 0), np.maximum(edges.low - share, edges.low * 0.02), edges.low)
    rest = 1 - edges.high
    high = np.where(kept & (rest > 0), 1 - np.maximum(rest - share, rest * 0.02), edges.high)
    return replace(edges, low=low, high=high)


def _extent(points: Floats, label: Ints, size: int) -> Floats:
    """Diagonal of the box around the points of each label, shape (size,)."""
    lower, upper = np.full((size, 2), np.inf), np.full((size, 2), -np.inf)
    np.minimum.at(lower, label, points)
    np.maximum.at(upper, label, points)
    return np.asarray(np.hypot(*(upper - lower).T))


def _sides(diagram: PowerDiagram, edges: Edges, count: int, groups: Ints | None) -> _Sides:
    first, last = edge_ends(diagram, edges)
    inner, curved = np.empty((len(first), 0, 2)), np.zeros(len(first), dtype=bool)
    middle = (first + last) / 2
    if groups is not None:
        first, last, inner, curved = _smoothed(edges, first, last, count, groups)
    kept = (edges.high > edges.low) & (first != last).any(axis=1)
    site = np.concatenate([edges.left, edges.right])
    sides = _Sides(
        site,
        np.concatenate([first, last]),
        np.concatenate([last, first]),
        np.concatenate([inner, inner[:, ::-1]]),
        np.concatenate([curved, curved]),
        np.concatenate([edges.high < 1, edges.low > 0]),
    )
    chosen = np.flatnonzero(np.concatenate([kept, kept]) & (site < count))
    order = chosen[_around(site[chosen], np.concatenate([middle, middle])[chosen], count)]
    return _Sides(*(getattr(sides, name)[order] for name in _Sides.__slots__))


def _around(site: Ints, middle: Floats, count: int) -> NDArray[np.intp]:
    """Order of the sides of convex cells: by cell, then counter-clockwise."""
    sides = np.maximum(np.bincount(site, minlength=count), 1)
    centre = np.column_stack([np.bincount(site, middle[:, k], count) / sides for k in (0, 1)])
    away = middle - centre[site]
    return np.lexsort((np.arctan2(away[:, 1], away[:, 0]), site))


def _smoothed(
    edges: Edges, first: Floats, last: Floats, count: int, groups: Ints
) -> tuple[Floats, Floats, Floats, Bools]:
    """Two rounds of cubic subdivision along borders between groups; junctions and shores stay in place."""
    group = np.full(int(max(edges.left.max(), edges.right.max())) + 1, -1)
    group[:count] = groups
    whole = (edges.low <= 0) & (edges.high >= 1) & (first != last).any(axis=1)
    border = whole & (group[edges.left] != group[edges.right])
    size = int(max(edges.start.max(), edges.end.max())) + 1
    degree = np.bincount(edges.start[border], minlength=size) + np.bincount(edges.end[border], minlength=size)
    total = np.zeros((size, 2))
    np.add.at(total, edges.start[border], last[border])
    np.add.at(total, edges.end[border], first[border])
    place = np.full((size, 2), np.nan)
    place[edges.start[whole]] = first[whole]
    place[edges.end[whole]] = last[whole]
    free = degree == 2
    once = np.where(free[:, None], (total + 6 * place) / 8, place)
    middle = (first + last) / 2
    halves = np.zeros((size, 2))
    np.add.at(halves, edges.start[border], middle[border])
    np.add.at(halves, edges.end[border], middle[border])
    twice = np.where(free[:, None], (halves + 6 * once) / 8, once)
    a, b = once[edges.start], once[edges.end]
    inner = np.stack([(a + middle) / 2, (a + 6 * middle + b) / 8, (middle + b) / 2], axis=1)
    moved_first = np.where((edges.low <= 0)[:, None] & free[edges.start][:, None], twice[edges.start], first)
    moved_last = np.where((edges.high >= 1)[:, None] & free[edges.end][:, None], twice[edges.end], last)
    return moved_first, moved_last, inner, border


def _polygons(diagram: PowerDiagram, sides: _Sides, alone: Bools) -> NDArray[Any]:
    count = len(alone)
    number = np.bincount(sides.site, minlength=count)
    cut = np.bincount(sides.site, sides.arc, count) > 0
    plain = ~cut & (number >= 3)
    polygons = np.full(count, shapely.Polygon(), dtype=object)
    polygons[plain] = _plain_polygons(sides, plain)
    bounds = np.searchsorted(sides.site, np.arange(count + 1))
    radius = np.sqrt(np.maximum(diagram.weight, 0))
    for i in np.flatnonzero(~plain & (alone | (number > 0))):
        part = slice(bounds[i], bounds[i + 1])
        ring = _shore_ring(sides, part, np.array([diagram.x[i], diagram.y[i]]), float(radius[i]))
        if len(ring) >= 3:
            polygons[i] = shapely.Polygon(ring)
    return polygons


def _carve_vanished(polygons: NDArray[Any], sites: Floats, weight: Floats) -> None:
    """Give each empty polygon a small disc around its site, taken from the polygon there; in place."""
    for i in np.flatnonzero(shapely.is_empty(polygons)):
        drawn = np.flatnonzero(~shapely.is_empty(polygons))
        centre = shapely.Point(sites[i])
        around = drawn[np.argmin(shapely.distance(polygons[drawn], centre))] if drawn.size else i
        host = polygons[around]
        if not host.is_empty and not host.contains(centre):
            centre = shapely.point_on_surface(host)
        room = host.boundary.distance(centre) if not host.is_empty else np.inf
        radius = min(CARVED * float(np.sqrt(max(weight[i], WELD_M))), room / 2)
        disc = centre.buffer(radius, quad_segs=4)
        polygons[i] = disc
        if around != i:
            polygons[around] = host.difference(disc)


def _plain_polygons(sides: _Sides, plain: Bools) -> NDArray[Any]:
    """Polygons of the cells that no shore cuts, all at once."""
    own = np.flatnonzero(plain[sides.site])
    points = np.concatenate([sides.first[own][:, None], sides.inner[own]], axis=1)
    used = np.ones(points.shape[:2], dtype=bool)
    used[:, 1:] = sides.curved[own][:, None]
    rank = np.cumsum(plain) - 1
    ring = np.repeat(rank[sides.site[own]], used.sum(axis=1))
    return np.asarray(shapely.polygons(shapely.linearrings(points[used], indices=ring)))


def _shore_ring(sides: _Sides, part: slice, centre: Floats, radius: float) -> Floats:
    """Ring of one cell cut by its disc, shape (k, 2): its sides joined by arcs."""
    numbers = range(part.start, part.stop)
    if not numbers:
        return _arc(centre, radius, 0.0, FULL_TURN) if radius > 0 else np.empty((0, 2))
    points: list[Floats] = []
    along, away = sides.last[part] - sides.first[part], centre - sides.first[part]
    within = bool((along[:, 0] * away[:, 1] >= along[:, 1] * away[:, 0]).all())
    for i in numbers:
        points.append(sides.first[i : i + 1])
        if sides.curved[i]:
            points.append(sides.inner[i])
        if sides.arc[i]:
            following = i + 1 if i + 1 < part.stop else part.start
            leaving, reaching = sides.last[i] - centre, sides.first[following] - centre
            start = float(np.arctan2(leaving[1], leaving[0]))
            turn = float(np.arctan2(reaching[1], reaching[0]) - start) % FULL_TURN
            before, after = _tangency(leaving, radius), _tangency(reaching, radius)
            # A cell away from its site spans less than half a turn: more means that its sides nearly meet.
            kept = turn - before - after if turn < np.pi or within else 0.0
            points += [sides.last[i : i + 1], _arc(centre, radius, start + before, kept)]
    return np.concatenate(points)


def _tangency(point: Floats, radius: float) -> float:
    """Angle, seen from the centre, between a point outside a circle and where its tangent touches it."""
    away = float(np.hypot(point[0], point[1]))
    return float(np.arccos(radius / away)) if away > radius else 0.0


def _arc(centre: Floats, radius: float, start: float, turn: float) -> Floats:
    """Points strictly inside an arc, shape (k, 2)."""
    count = int(turn // ARC_STEP) + 1 if turn > 0 else 0
    angles = start + turn * (np.arange(count) + 0.5) / max(count, 1)
    return centre + radius * np.column_stack([np.cos(angles), np.sin(angles)])

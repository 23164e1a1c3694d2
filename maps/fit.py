"""Find the power diagram whose cells have the known areas and centroids: Newton steps on the weights,
sites moved against the gap between the known centre and the centroid of the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.progress import SILENT, Progress
from maps.power import Edges, Measures, PowerDiagram, cell_edges, measure, power_diagram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FRAME_SITES = 64
STEPS = 10
STILL_STEPS = 1
"""First steps, on weights alone: sites move once areas are nearly right."""
WEIGHT_STEP = 0.9
WEIGHT_LIMIT = 0.4
"""Largest change of a weight in one step, as a share of the square radius of the commune."""
PULL_BACK = 0.03
"""Strength of the pull of weights to those of a plain disc: keeps cells from vanishing."""
SITE_STEP = 0.6
SITE_LIMIT = 0.3
"""Largest gap followed in one step, as a share of the radius of the commune."""
SITE_RANGE = 0.5
"""A site never goes further from the centre of its commune than this share of its radius."""
RESCUES = 6
"""Most rounds spent, at the end, on giving a place to vanished cells."""
REVIVAL = 0.3
"""Square radius, as a share of that of its commune, that a revived cell has where it overlaps no other."""
FAINT = 0.05
"""Share of the known area under which a cell counts as vanished."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known, in units where the mean area is one and the origin is amid the sites; shape (n,)."""

    x: Floats
    y: Floats
    area: Floats
    square: Floats
    """Square radius of the disc of the same area."""
    frame: Floats
    """Far sites without weight, shape (m, 2), so that every cell is bounded."""


def fit_cells(
    x: Floats, y: Floats, area: Floats, *, steps: int = STEPS, progress: Progress = SILENT
) -> PowerDiagram:
    """Power diagram, in the units given (metres), whose n first sites stand for the communes.

    x, y: centres, shape (n,); area: above zero, square metres. The last FRAME_SITES sites are the frame.
    """
    unit = float(np.sqrt(area.mean()))
    middle = float(x.mean()), float(y.mean())
    known = _known((x - middle[0]) / unit, (y - middle[1]) / unit, area / unit**2)
    px, py, weight = known.x.copy(), known.y.copy(), known.square.copy()
    diagram = _diagram(known, px, py, weight)
    for step in range(steps):
        progress.report(step / steps, "Calcul des contours approchés")
        edges = cell_edges(diagram)
        measures = measure(diagram, edges)
        faint = measures.area[: len(x)] < FAINT * known.area
        weight += _weight_change(known, diagram, edges, measures, weight)
        if step >= STILL_STEPS:
            px, py = _moved_sites(known, measures, px, py, faint)
        _revive(known, px, py, weight, np.flatnonzero(faint))
        diagram = _diagram(known, px, py, weight)
    for rescue in range(RESCUES):
        faint = measure(diagram, cell_edges(diagram)).area[: len(x)] < FAINT * known.area
        if not faint.any():
            break
        _revive(known, px, py, weight, np.flatnonzero(faint), REVIVAL * (rescue + 1))
        diagram = _diagram(known, px, py, weight)
    return _in_metres(diagram, unit, middle)


def _known(x: Floats, y: Floats, area: Floats) -> _Known:
    radius = 1.5 * float(np.hypot(x, y).max()) + 20
    angles = np.linspace(0, 2 * np.pi, FRAME_SITES, endpoint=False)
    frame = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return _Known(x, y, area, area / np.pi, frame)


def _diagram(known: _Known, px: Floats, py: Floats, weight: Floats) -> PowerDiagram:
    return power_diagram(
        np.concatenate([px, known.frame[:, 0]]),
        np.concatenate([py, known.frame[:, 1]]),
        np.concatenate([weight, np.zeros(FRAME_SITES)]),
    )


def _in_metres(diagram: PowerDiagram, unit: float, middle: tuple[float, float]) -> PowerDiagram:
    return PowerDiagram(
        diagram.x * unit + middle[0],
        diagram.y * unit + middle[1],
        diagram.weight * unit**2,
        diagram.triangles,
        diagram.across,
        diagram.vertices * unit + np.array(middle),
    )


def _weight_change(
    known: _Known, diagram: PowerDiagram, edges: Edges, measures: Measures, weight: Floats
) -> Floats:
    """Damped Newton step towards the known areas: the derivative of areas is a graph Laplacian."""
    from scipy.sparse import coo_array, diags_array
    from scipy.sparse.linalg import cg

    count = len(known.x)
    length = (edges.high - edges.low) * np.hypot(
        *(diagram.vertices[edges.end] - diagram.vertices[edges.start]).T
    )
    gap = np.hypot(
        diagram.x[edges.left] - diagram.x[edges.right], diagram.y[edges.left] - diagram.y[edges.right]
    )
    stiffness = np.maximum(length, 0) / (2 * np.maximum(gap, 1e-9))
    diagonal = (
        np.bincount(edges.left, stiffness, len(diagram.x))
        + np.bincount(edges.right, stiffness, len(diagram.x))
        + measures.arc / 2
    )[:count]
    pull = PULL_BACK * np.pi
    real = (edges.left < count) & (edges.right < count) & (stiffness > 0)
    rows = np.concatenate([edges.left[real], edges.right[real]])
    columns = np.concatenate([edges.right[real], edges.left[real]])
    values = np.concatenate([stiffness[real], stiffness[real]])
    own = diagonal + pull + 0.02
    matrix = diags_array(own) - coo_array((values, (rows, columns)), shape=(count, count))
    error = measures.area[:count] - known.area + pull * (weight - known.square)
    # A rough solution is enough: the next step corrects it.
    change, _ = cg(matrix.tocsr(), -error, rtol=0.02, maxiter=60, M=diags_array(1 / own))
    limit = WEIGHT_LIMIT * known.square
    return np.asarray(np.clip(WEIGHT_STEP * change, -limit, limit))


def _moved_sites(
    known: _Known, measures: Measures, px: Floats, py: Floats, faint: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Move each site by a part of the gap from the centroid of its cell to its known centre."""
    count = len(px)
    radius = np.sqrt(known.square)
    gap = np.column_stack([known.x - measures.x[:count], known.y - measures.y[:count]])
    gap[faint | ~np.isfinite(gap).all(axis=1)] = 0
    shift = np.column_stack([px - known.x, py - known.y]) + SITE_STEP * _bounded(gap, SITE_LIMIT * radius)
    shift = _bounded(shift, SITE_RANGE * radius)
    return known.x + shift[:, 0], known.y + shift[:, 1]


def _bounded(vectors: Floats, limit: Floats) -> Floats:
    """Vectors, shape (n, 2), shortened where they are longer than limit."""
    length = np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-9)
    return np.asarray(vectors * np.minimum(1, limit / length)[:, None])


def _revive(
    known: _Known,
    px: Floats,
    py: Floats,
    weight: Floats,
    faint: NDArray[np.intp],
    strength: float = REVIVAL,
) -> None:
    """Give back to vanished cells their centre, and just enough weight to be met there; in place."""
    if not faint.size:
        return
    from scipy.spatial import cKDTree

    px[faint], py[faint] = known.x[faint], known.y[faint]
    near = min(16, len(px))
    places = np.column_stack([px[faint], py[faint]])
    distance, found = cKDTree(np.column_stack([px, py])).query(places, k=near)
    power = distance**2 - weight[found]
    power[found == faint[:, None]] = np.inf
    lowest = power.min(axis=1)
    needed = np.where(np.isfinite(lowest), -lowest, 0) + strength * known.square[faint]
    weight[faint] = np.maximum(needed, REVIVAL * known.square[faint])

"""Keep points apart on paper: those alike at one place are grouped, the others are pushed aside, always the
same way for the same points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maps.canvas import Box

ROUNDS = 80
REACH = 3.2
"""A point is moved by at most that many times its radius."""
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
AIR = 0.8
"""Space in points left between two signs."""
CROWDED = 0.45
"""Overlap, as a share of the smaller radius, from which alike neighbours become one sign with a count."""
FEW_SIGNS = 400
"""Signs up to which every pair is measured: faster than a tree, and the same pairs."""
PASSES = 5

Points = NDArray[np.float64]
Disc = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign to place: what it looks like (signs of one look may be grouped), where it stands, its radius.

    x, y: true place in points; at_x, at_y: place on paper, after decluttering.
    """

    look: tuple[str, str, bool]
    """Shape, colour, precise."""
    x: float
    y: float
    radius: float
    count: int = 1
    label: str = ""
    at_x: float = 0.0
    at_y: float = 0.0

    @property
    def moved(self) -> float:
        """Distance from the true place, in points."""
        return float(np.hypot(self.at_x - self.x, self.at_y - self.y))


def declutter(
    signs: Sequence[Sign], box: Box, *, enlarge: float = 1.35, discs: Sequence[Disc] = ()
) -> list[Sign]:
    """Return signs that overlap little, all inside the box; counts add up to those given.

    Signs alike at the same place become one, `enlarge` times larger, with their number; the others move aside
    by REACH radii at most; where it stays crowded, alike neighbours are grouped too. discs: x, y, radius of
    circles that do not move, which signs leave first.
    """
    fixed = np.array(discs, dtype=np.float64).reshape(-1, 3)
    kept = _grouped(signs, 0.6, enlarge)
    placed = _spread(kept, box, fixed)
    for rank in range(PASSES):
        crowded = _crowded(placed)
        if not len(crowded):
            break
        wider = max(sign.radius for sign in placed) * (1.5 + 0.8 * rank)
        chosen = {int(i) for i in crowded.ravel()}
        near = _grouped([placed[i] for i in sorted(chosen)], wider, enlarge)
        placed = _spread([*(s for i, s in enumerate(placed) if i not in chosen), *near], box, fixed)
    return placed


def _grouped(signs: Sequence[Sign], distance: float, enlarge: float) -> list[Sign]:
    """Group signs of one look nearer than `distance`, in the order of their first one."""
    by_look: dict[tuple[str, str, bool], list[int]] = {}
    for rank, sign in enumerate(signs):
        by_look.setdefault(sign.look, []).append(rank)
    groups: list[list[int]] = []
    for ranks in by_look.values():
        places = np.array([[signs[i].x, signs[i].y] for i in ranks])
        groups += [[ranks[i] for i in group] for group in _close(places, distance)]
    return [_one([signs[i] for i in group], enlarge) for group in sorted(groups)]


def _close(places: Points, distance: float) -> list[list[int]]:
    """Groups of places around the first one not yet in a group: none is wider than twice the distance."""
    left = np.ones(len(places), dtype=bool)
    groups = []
    for rank in range(len(places)):
        if left[rank]:
            near = left & (np.hypot(*(places - places[rank]).T) <= distance)
            left &= ~near
            groups.append(np.flatnonzero(near).tolist())
    return groups


def _one(group: Sequence[Sign], enlarge: float) -> Sign:
    if len(group) == 1:
        return group[0]
    counts = np.array([sign.count for sign in group], dtype=np.float64)
    x = float(np.average([sign.x for sign in group], weights=counts))
    y = float(np.average([sign.y for sign in group], weights=counts))
    plain = min(sign.radius for sign in group)
    radius = max(plain * enlarge, max(sign.radius for sign in group)) if counts.max() == 1 else max(
        sign.radius for sign in group
    )  # fmt: skip
    return replace(group[0], x=x, y=y, radius=radius, count=int(counts.sum()), label="")


def _spread(signs: Sequence[Sign], box: Box, fixed: Points) -> list[Sign]:
    """Push overlapping signs apart, the same way at each run, never out of the box."""
    if not signs:
        return []
    home = np.array([[sign.x, sign.y] for sign in signs])
    radii = np.array([sign.radius for sign in signs])
    low = np.minimum(np.column_stack([box.x + radii, box.y + radii]), box.x + box.w / 2)
    low[:, 1] = np.minimum(box.y + radii, box.y + box.h / 2)
    high = np.column_stack(
        [np.maximum(box.right - radii, low[:, 0]), np.maximum(box.bottom - radii, low[:, 1])]
    )
    home = np.clip(_outside(home, radii, fixed), low, high)
    turns = GOLDEN_ANGLE * np.arange(len(signs))
    places = home + 0.05 * radii[:, None] * np.column_stack([np.cos(turns), np.sin(turns)])
    for _ in range(ROUNDS):
        first, second, gap = _overlaps(places, radii + AIR / 2)
        if not len(first):
            break
        places = _pushed(places, home, radii, (first, second, gap))
        places = np.clip(_outside(places, radii, fixed), low, high)
    places = np.clip(places, low, high)
    return [
        replace(sign, at_x=float(x), at_y=float(y))
        for sign, (x, y) in zip(signs, places.tolist(), strict=True)
    ]


def _outside(places: Points, radii: Points, fixed: Points) -> Points:
    """Move what stands on a fixed disc to its edge, straight away from its centre."""
    moved = places.copy()
    turns = GOLDEN_ANGLE * np.arange(len(places))
    for x, y, radius in fixed.tolist():
        away = moved - (x, y)
        length = np.hypot(*away.T)
        inside = length < radius + radii + AIR / 2
        centred = length < 0.5
        away[centred] = np.column_stack([np.cos(turns), np.sin(turns)])[centred]
        length[centred] = 1.0
        edge = away / length[:, None] * (radius + radii + AIR / 2)[:, None] + (x, y)
        moved[inside] = edge[inside]
    return moved


def _overlaps(places: Points, radii: Points) -> tuple[NDArray[np.intp], NDArray[np.intp], Points]:
    """Pairs that overlap and by how much; pairs in order, so that sums of pushes never vary."""
    first, second = _near(places, 2 * float(radii.max()))
    gap = radii[first] + radii[second] - np.hypot(*(places[first] - places[second]).T)
    over = gap > 0.02
    return first[over], second[over], gap[over]


def _near(places: Points, reach: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs that may be within a distance, in order: all of them while they are few."""
    if len(places) <= FEW_SIGNS:
        return np.triu_indices(len(places), 1)
    from scipy.spatial import cKDTree

    pairs = cKDTree(places).query_pairs(reach, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]


def _pushed(
    places: Points, home: Points, radii: Points, pairs: tuple[NDArray[np.intp], NDArray[np.intp], Points]
) -> Points:
    first, second, gap = pairs
    away = places[first] - places[second]
    length = np.maximum(np.hypot(*away.T), 1e-9)
    push = away / length[:, None] * (gap / 2)[:, None]
    moves = np.zeros_like(places)
    np.add.at(moves, first, push)
    np.add.at(moves, second, -push)
    offset = places + moves - home
    far = np.maximum(np.hypot(*offset.T) / (REACH * radii), 1.0)
    return np.asarray(home + offset / far[:, None])


def _crowded(signs: Sequence[Sign]) -> NDArray[np.intp]:
    """Pairs of one look that still overlap much, shape (n, 2)."""
    if len(signs) < 2:
        return np.empty((0, 2), dtype=np.intp)
    places = np.array([[sign.at_x, sign.at_y] for sign in signs])
    radii = np.array([sign.radius for sign in signs])
    first, second, gap = _overlaps(places, radii)
    least = np.minimum(radii[first], radii[second])
    looks = {look: rank for rank, look in enumerate(dict.fromkeys(sign.look for sign in signs))}
    look = np.array([looks[sign.look] for sign in signs])
    much = (gap > CROWDED * least) & (look[first] == look[second])
    return np.column_stack([first[much], second[much]])

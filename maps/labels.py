"""Names and values on a map: where they fit, without covering one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maps.canvas import Box, Canvas, Face

_NATURE = re.compile(
    r"^(CC|CA|CU|Communauté de communes|Communauté d’agglomération|Communauté urbaine)\s+"
    r"(de la |de l[’']|du |des |de |d[’'])?(?=\S)"
)
SHIFTS = np.array([(0.0, 0.0), *((x, y) for y in (-0.8, -0.4, 0.4, 0.8) for x in (0.0, -0.3, 0.3)),
                   *((x, 0.0) for x in (-0.5, -0.25, 0.25, 0.5)), (0.0, -1.4), (0.0, 1.4)])  # fmt: skip
BESIDE = np.array([(0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0),
                   (0.6, -0.9), (-0.6, -0.9), (0.6, 0.9), (-0.6, 0.9)])  # fmt: skip
LEADING = 1.16
WHOLE = 1.0
"""Share of a label that is wholly in its territory."""
MOSTLY = 0.9
COVERING = 0.3
"""What covering a whole soft box costs, in share of the label outside its shape."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to write a label, and the least share of it that must fall in the shape."""

    lines: tuple[Line, ...]
    inside: float


@dataclass(frozen=True, slots=True)
class Wish:
    """What one territory would like to show: its shape in points, a good place, variants from best to least.

    Each variant comes with the least share of it that must fall in the shape. Low priorities choose first.
    """

    shape: Any
    anchor: tuple[float, float]
    variants: tuple[Variant, ...]
    priority: float
    around: float = 0.0
    """Radius of a circle at the good place: the label stands in it, or beside it."""
    near: bool = False
    """True for a label that must touch its circle."""
    hollow: bool = True
    """False for a circle in which the label may not stand."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place: rank of the wish, lines, box."""

    wish: int
    lines: tuple[Line, ...]
    box: Box


def short_name(name: str) -> str:
    """Return the name of an Epci without its nature: « Mellois en Poitou »; capitalised."""
    short = _NATURE.sub("", name)
    return short[:1].upper() + short[1:]


def name_lines(name: str, value: str, name_face: Face, value_face: Face) -> list[tuple[Line, ...]]:
    """Return the ways to show a name over its value: on one line, and cut in two where it can be."""
    under = (Line(value, value_face),) if value else ()
    halves = _halves(name, name_face)
    two = [(*(Line(half, name_face) for half in halves), *under)] if halves else []
    return [(Line(name, name_face), *under), *two]


def place(
    wishes: Sequence[Wish], taken: Sequence[Box], within: Box, soft: Sequence[Box] = ()
) -> list[Placed]:
    """Return the labels that have a place in a box, none over another or over the boxes taken.

    soft: boxes that a label covers as little as it can.
    """
    boxes, tender = _corners(taken), _corners(soft)
    order = sorted(range(len(wishes)), key=lambda i: wishes[i].priority)
    found: list[Placed] = []
    for rank in order:
        placed = _in_circle(rank, wishes[rank], boxes[len(taken) :])
        placed = placed or _best(rank, wishes[rank], boxes, within, tender)
        if placed:
            found.append(placed)
            b = placed.box
            boxes = np.vstack([boxes, [b.x, b.y, b.right, b.bottom]])
    return sorted(found, key=lambda placed: placed.wish)


def whole(wish: Wish) -> Wish:
    """The same wish without the variants that say less than the best one, or leave the shape."""
    most = max((_letters(v) for v in wish.variants), default=0)
    kept = tuple(v for v in wish.variants if _letters(v) == most and (v.inside >= MOSTLY or wish.near))
    return replace(wish, variants=kept)


def _letters(variant: Variant) -> int:
    return sum(len(line.text.replace(" ", "")) for line in variant.lines)


def draw_label(canvas: Canvas, placed: Placed) -> None:
    """Write a label in its box, each line in the middle."""
    y = placed.box.y
    for line in placed.lines:
        y += line.face.size * LEADING
        canvas.text(
            placed.box.x + placed.box.w / 2, y - line.face.size * 0.24, line.text, line.face, "middle"
        )


def size_of(lines: Sequence[Line]) -> tuple[float, float]:
    """Return width and height of a label in points."""
    return max(line.face.width(line.text) for line in lines), sum(line.face.size * LEADING for line in lines)


def _corners(boxes: Sequence[Box]) -> NDArray[np.float64]:
    return np.array([[b.x, b.y, b.right, b.bottom] for b in boxes], dtype=np.float64).reshape(-1, 4)


def _best(
    rank: int, wish: Wish, taken: NDArray[np.float64], within: Box, soft: NDArray[np.float64]
) -> Placed | None:
    variants = [variant for variant in wish.variants if _may_fit(variant, wish.shape)]
    if not variants:
        return None
    anchors = _anchors(wish)
    taken = _close_to(taken, wish, variants)
    for variant in variants:
        width, height = size_of(variant.lines)
        half = np.array([width / 2, height / 2])
        centres = (anchors[:, None, :] + SHIFTS * (width, height)).reshape(-1, 2)
        if wish.around:
            beside = anchors[0] + BESIDE * (half + wish.around + 0.5)
            centres = beside if wish.near else np.vstack([centres, beside])
        corners = np.hstack([centres - half, centres + half])
        corners = corners[~_overlaps(corners, taken) & _inside(corners, within)]
        if not len(corners):
            continue
        share = _share_inside(corners, wish.shape, exact=variant.inside < WHOLE)
        away = np.hypot(*((corners[:, :2] + corners[:, 2:]) / 2 - anchors[0]).T) / max(width, height)
        best = int(np.argmax(np.minimum(share, 0.995) - 0.06 * away - COVERING * _covered(corners, soft)))
        if share[best] >= variant.inside:
            x, y = corners[best, :2]
            return Placed(rank, variant.lines, Box(float(x), float(y), width, height))
    return None


def _covered(corners: NDArray[np.float64], soft: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many soft boxes each label would cover, in parts of them."""
    low = np.maximum(corners[:, None, :2], soft[None, :, :2])
    high = np.minimum(corners[:, None, 2:], soft[None, :, 2:])
    shared = np.prod(np.clip(high - low, 0.0, None), axis=2)
    return np.asarray((shared / np.prod(soft[:, 2:] - soft[:, :2], axis=1)).sum(axis=1))


def _may_fit(variant: Variant, shape: Any) -> bool:
    """Tell in no time whether the box of the shape is large enough."""
    left, top, right, bottom = shape.bounds
    width, height = size_of(variant.lines)
    return bool(width * variant.inside <= right - left and height * variant.inside <= bottom - top)


def _close_to(taken: NDArray[np.float64], wish: Wish, variants: Sequence[Variant]) -> NDArray[np.float64]:
    """Keep the boxes that any place of a label could meet."""
    reach = 2.0 * max(max(size_of(variant.lines)) for variant in variants) + wish.around
    left, top, right, bottom = wish.shape.bounds
    far = (taken[:, 2] < left - reach) | (taken[:, 0] > right + reach)
    far |= (taken[:, 3] < top - reach) | (taken[:, 1] > bottom + reach)
    return np.asarray(taken[~far])


def _in_circle(rank: int, wish: Wish, labels: NDArray[np.float64]) -> Placed | None:
    """Return the label inside its own circle, where no halo is needed, if it fits and the place is free."""
    for variant in wish.variants if wish.hollow else ():
        if len(variant.lines) < len(wish.variants[0].lines):
            break  # rather the name beside than the value alone inside
        width, height = size_of(variant.lines)
        if np.hypot(width, height) <= 1.9 * wish.around:
            box = Box(wish.anchor[0] - width / 2, wish.anchor[1] - height / 2, width, height)
            if _overlaps(np.array([[box.x, box.y, box.right, box.bottom]]), labels).any():
                return None
            plain = tuple(Line(line.text, replace(line.face, halo=None)) for line in variant.lines)
            return Placed(rank, plain, box)
    return None


def _share_inside(corners: NDArray[np.float64], shape: Any, *, exact: bool) -> NDArray[np.float64]:
    """Share of each box inside the shape; all or nothing, much quicker, when it must be whole anyway."""
    if not exact:
        return np.asarray(shapely.covers(shape, shapely.box(*corners.T)), dtype=np.float64)
    pieces = [shapely.clip_by_rect(shape, *corner) for corner in corners.tolist()]  # a box clips quickly
    return np.asarray(shapely.area(pieces) / np.prod(corners[:, 2:] - corners[:, :2], axis=1))


def _anchors(wish: Wish) -> NDArray[np.float64]:
    shapely.prepare(wish.shape)
    if wish.near:
        return np.array([wish.anchor])
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(wish.shape, 0.5))[0]
    return np.vstack([wish.anchor, centre])


def _inside(corners: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    low = np.all(corners[:, :2] >= (box.x, box.y), axis=1)
    return np.asarray(low & np.all(corners[:, 2:] <= (box.right, box.bottom), axis=1))


def _overlaps(corners: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.bool_]:
    low = np.maximum(corners[:, None, :2], taken[None, :, :2])
    high = np.minimum(corners[:, None, 2:], taken[None, :, 2:])
    return np.asarray(np.any(np.all(high - low > 0.3, axis=2), axis=1))


def _halves(name: str, face: Face) -> tuple[str, str] | None:
    """Cut a name in two lines of near widths, after a hyphen or at a space."""
    cuts = [i + 1 for i, sign in enumerate(name[:-1]) if sign in " -" and i > 1]
    if not cuts:
        return None
    pairs = [(name[:cut].rstrip(" "), name[cut:]) for cut in cuts]
    return min(pairs, key=lambda pair: max(face.width(pair[0]), face.width(pair[1])))

"""Shapes of the points of services: drawn as rings, of equal weight for the eye, solid, hollow or pale."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from maps.canvas import WHITE, Canvas, Face, Pen, Ring
from maps.layers import SHAPES

RING, SMALL = "_ring", "_small"
PENNANT = "pennant"
"""Sign of a zone too small to be drawn, or known only by its commune."""
SMALLER = 0.72
OPEN = frozenset({"cross", "plus", "star", PENNANT})
"""Shapes without room for a number inside."""
COLOURS = ("#16222A", "#B4470F", "#5B3A8E", "#8E1B4D", "#4F4A00", "#00555E")
"""Colours of kinds in their order: dark, apart from the classes, never the only difference."""
HEAVIEST = 1.32
"""Largest enlargement of a slender shape."""
CASING = 1.5
_FULL_TURN = 2 * np.pi


def base_of(shape: str) -> str:
    """The shape without « _ring » nor « _small »; a circle for an unknown one."""
    name = shape.removesuffix(RING).removesuffix(SMALL)
    return name if name in SHAPES or name == PENNANT else "circle"


def radius_of(shape: str, radius: float) -> float:
    """Radius of the circle around a shape asked at that radius."""
    return radius * (SMALLER if shape.endswith(SMALL) else 1.0) * _reach(base_of(shape))


def glyph(shape: str, x: float, y: float, radius: float) -> Ring:
    """Corners of a shape around a point, as heavy as the disc of that radius."""
    size = radius * (SMALLER if shape.endswith(SMALL) else 1.0)
    return _unit(base_of(shape)) * size + (x, y)


def draw_glyph(
    canvas: Canvas, shape: str, place: tuple[float, float], radius: float, colour: str, *, precise: bool
) -> None:
    """Draw a point in its white casing: solid, hollow with a dot for « _ring », pale if not precise."""
    ring = [glyph(shape, *place, radius)]
    canvas.path(ring, fill=WHITE, pen=Pen(WHITE, CASING + radius * 0.25))
    width = radius * 0.22
    if not precise:
        canvas.path(ring, fill=tint(colour), pen=Pen(colour, width))
    elif shape.endswith(RING):
        canvas.path(ring, fill=WHITE, pen=Pen(colour, width * 1.4))
    else:
        canvas.path(ring, fill=colour, pen=Pen(colour, 0.3))
    if shape.endswith(RING):
        canvas.circles(np.array([place]), [radius * 0.3], fill=colour)


def tint(colour: str) -> str:
    """The colour in four parts of white."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - channel) // 5:02X}" for channel in channels)


def draw_count(
    canvas: Canvas, shape: str, place: tuple[float, float], radius: float, colour: str, text: str, solid: bool
) -> None:
    """Write the number of places a sign stands for: inside, or beside a shape without room."""
    x, y = place
    if base_of(shape) in OPEN or shape.endswith(RING):
        face = Face(radius * 1.25, 700, colour, halo=WHITE)
        canvas.text(x + radius_of(shape, radius) + 0.6, y - radius * 0.25, text, face)
        return
    size = radius * (1.45 if len(text) == 1 else 1.15 if len(text) == 2 else 0.85)
    low = 0.5 if base_of(shape) == "triangle" else 0.28 if base_of(shape) == "triangle_down" else 0.36
    canvas.text(x, y + size * low, text, Face(size, 700, WHITE if solid else colour), "middle")


@lru_cache(maxsize=32)
def _unit(name: str) -> Ring:
    """The shape with the area of the unit disc, around its centre."""
    points = _drawn(name)
    scale = min(float(np.sqrt(np.pi / shapely.area(shapely.Polygon(points)))), HEAVIEST / _extent(points))
    return np.asarray(points * scale)


@lru_cache(maxsize=32)
def _reach(name: str) -> float:
    return _extent(_unit(name))


def _extent(points: Ring) -> float:
    return float(np.hypot(*points.T).max())


def _drawn(name: str) -> Ring:
    """Corners in any size; ordinates grow downwards."""
    sides = {"circle": 32, "triangle": 3, "diamond": 4, "pentagon": 5, "hexagon": 6}
    if name in sides:
        return _regular(sides[name], -np.pi / 2)
    tilted = {"square": (4, np.pi / 4), "octagon": (8, np.pi / 8), "triangle_down": (3, np.pi / 2)}
    if name in tilted:
        return _regular(*tilted[name])
    if name == "star":
        return np.asarray(_regular(10, -np.pi / 2) * np.tile([1.0, 0.45], 5)[:, None])
    if name == "plus":
        return _plus()
    if name == "cross":
        return np.asarray(_plus() @ (np.array([[1.0, 1.0], [-1.0, 1.0]]) / np.sqrt(2.0)))
    if name == "house":
        return np.array([[0, -1.1], [1, -0.2], [1, 0.9], [-1, 0.9], [-1, -0.2]], dtype=np.float64)
    return np.array([[-0.7, -1.1], [0.9, -0.6], [-0.4, -0.05], [-0.4, 1.1], [-0.7, 1.1]], dtype=np.float64)


def _regular(sides: int, first: float) -> Ring:
    turns = first + _FULL_TURN * np.arange(sides) / sides
    return np.column_stack([np.cos(turns), np.sin(turns)])


def _plus(arm: float = 0.36) -> Ring:
    quarter = np.array([[arm, -1.0], [arm, -arm], [1.0, -arm]])
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    parts = [quarter]
    for _ in range(3):
        parts.append(parts[-1] @ turn)
    return np.concatenate(parts)

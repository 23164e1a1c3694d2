"""Zones over a map (Qpv, Frr, Zrr, others): hatches and outlines, or a sign where no limit can be seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from maps.canvas import WHITE, Box, Canvas, Pen, Ring
from maps.declutter import Sign
from maps.glyphs import PENNANT
from maps.layers import MapZone, ZoneLayer, ZoneLook
from maps.projection import project
from maps.sketch import rings_of
from maps.textures import diagonals, levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.plan import Plan

STEP = 5.6
LEAST = 7.0
"""Side in points under which a polygon is too small to be seen: a sign stands for it."""
SIGN_RADIUS = 3.8


def draw_zones(canvas: Canvas, plan: Plan) -> None:
    """Draw the hatches and outlines of every zone that can be seen as an area."""
    for layer in plan.choropleth.zones:
        whole = _united([shape for zone in layer.zones for shape in _areas(plan, zone, zone.communes)])
        part = _united([shape for zone in layer.zones for shape in _communes(plan, zone.partial)])
        if whole is not None:
            hatch(canvas, layer, rings_of(np.array([whole])), plan.fine)
        if part is not None:
            _outline(canvas, rings_of(np.array([part])), layer.colour, plan.fine, dash=(0.4, 2.2))


def zone_signs(plan: Plan) -> list[tuple[ZoneLayer, Sign]]:
    """Signs of the zones that are too small, or known only by their commune."""
    found = []
    for layer in plan.choropleth.zones:
        for zone in layer.zones:
            for (x, y), precise in _spots(plan, zone):
                look = (PENNANT, layer.colour, precise)
                label = zone.name if layer.named else ""
                found.append((layer, Sign(look, x, y, SIGN_RADIUS * plan.fine, label=label)))
    return found


def hatch(canvas: Canvas, layer: ZoneLayer, rings: list[Ring], fine: float = 1.0) -> None:
    """Fill rings with the lines of a layer, cased in white so that they are read on any class."""
    lines = _lines(layer.look, rings, STEP * fine)
    if lines:
        with canvas.clip(rings):
            canvas.path(lines, pen=Pen(WHITE, 1.5 * fine, opacity=0.6), closed=False)
            canvas.path(lines, pen=Pen(layer.colour, 0.6 * fine), closed=False)
    _outline(canvas, rings, layer.colour, fine)


def _outline(
    canvas: Canvas, rings: list[Ring], colour: str, fine: float, dash: tuple[float, ...] = ()
) -> None:
    canvas.path(rings, pen=Pen(WHITE, 2.3 * fine, opacity=0.7))
    canvas.path(rings, pen=Pen(colour, 1.05 * fine, tuple(d * fine for d in dash)))


def _lines(look: ZoneLook, rings: list[Ring], step: float) -> list[Ring]:
    if look is ZoneLook.OUTLINE or not rings:
        return []
    points = np.concatenate(rings)
    left, top = points.min(axis=0).tolist()
    right, bottom = points.max(axis=0).tolist()
    box = Box(left, top, right - left, bottom - top)
    if look is ZoneLook.LEVEL:
        return levels(box, step * 0.75)
    return diagonals(box, step, rising=look is ZoneLook.RISING)


def _areas(plan: Plan, zone: MapZone, codes: Iterable[str]) -> list[Any]:
    if zone.polygon is not None:
        shape = _projected(plan, zone.polygon)
        return [shape] if _is_large(shape) else []
    return [] if zone.inside else _communes(plan, codes)


def _communes(plan: Plan, codes: Iterable[str]) -> list[Any]:
    """Communes of the fond, in points; those outside of it are not drawn."""
    wanted = set(codes)
    layer = plan.choropleth.fond.communes
    kept = [i for i, code in enumerate(layer.codes) if code in wanted]
    return list(plan.communes[kept]) if kept else []


def _spots(plan: Plan, zone: MapZone) -> list[tuple[tuple[float, float], bool]]:
    if zone.polygon is not None:
        shape = _projected(plan, zone.polygon)
        if _is_large(shape):
            return []
        x, y = shapely.get_coordinates(shapely.centroid(shape))[0].tolist()
        return [((x, y), True)]
    if not zone.inside:
        return []
    places = (plan.commune_place(code) for code in zone.communes)
    return [(place, False) for place in places if place is not None]


def _projected(plan: Plan, polygon: Any) -> Any:
    """A polygon in degrees, in points."""

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return plan.frame.apply(
            np.column_stack(project(points[:, 0], points[:, 1], plan.choropleth.fond.epsg))
        )

    return shapely.transform(polygon, move)


def _is_large(shape: Any) -> bool:
    left, top, right, bottom = shape.bounds
    return bool(max(right - left, bottom - top) >= LEAST)


def _united(shapes: list[Any]) -> Any:
    """One shape, inner borders gone; None without any."""
    if not shapes:
        return None
    try:
        return shapely.coverage_union_all(np.array(shapes, dtype=object))
    except shapely.errors.GEOSException:  # zones that overlap
        return shapely.union_all(np.array(shapes, dtype=object))

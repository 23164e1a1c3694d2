"""What lies around the territories of a map: pale départements near and far, and their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from maps.canvas import GROUND, Box, Canvas, Face
from maps.ground import AROUND, beyond, draw_beyond
from maps.labels import WHOLE, Line, Variant, Wish, draw_label, place
from maps.sketch import on_paper, rings_of

if TYPE_CHECKING:
    from maps.choropleth import OutlineLayer
    from maps.plan import Plan

NAME_AROUND = Face(6.0, 400, "#7B766C", spacing=1.3)


def draw_backdrop(canvas: Canvas, plan: Plan) -> None:
    """Draw the land past the neighbours, then the neighbours and the départements themselves."""
    draw_beyond(canvas, plan.choropleth.fond, plan.frame, plan.box)
    for layer in (plan.choropleth.fond.neighbours, plan.choropleth.fond.departements):
        near = _near(plan, layer)
        if len(near):
            canvas.path(rings_of(near), fill=GROUND, pen=AROUND)


def draw_names_around(canvas: Canvas, plan: Plan, taken: Sequence[Box]) -> None:
    """Write the names of the départements around in spaced small capitals, where they are free."""
    fond = plan.choropleth.fond
    far = beyond(fond)
    names = (*fond.neighbours.names, *(far.names if far else ()))
    polygons = np.concatenate(
        [fond.neighbours.polygons, far.polygons if far else fond.neighbours.polygons[:0]]
    )
    if not len(polygons):
        return
    window = shapely.intersection(polygons, plan.window)
    covered = shapely.union_all(shapely.envelope(plan.choropleth.layer.polygons))
    free = shapely.difference(window, covered)
    around = [
        Wish(shape, anchor, (Variant((Line(name.upper(), NAME_AROUND),), WHOLE),), -shape.area)
        for name, shape, anchor in _visible(plan, names, free)
    ]
    for label in place(around, taken, plan.box):
        draw_label(canvas, label)


def _near(plan: Plan, layer: OutlineLayer) -> Any:
    near = on_paper(layer.polygons[shapely.intersects(layer.polygons, plan.window)], plan.frame)
    b = plan.box
    return shapely.clip_by_rect(near, b.x - 4, b.y - 4, b.right + 4, b.bottom + 4)


def _visible(plan: Plan, names: Sequence[str], shapes: Any) -> list[tuple[str, Any, tuple[float, float]]]:
    found = []
    for name, shape in zip(names, shapes, strict=True):
        parts = [part for part in shapely.get_parts(shape) if part.area > 0]
        if parts:
            largest = shapely.transform(max(parts, key=lambda part: part.area), plan.frame.apply)
            x, y = shapely.get_coordinates(shapely.point_on_surface(largest))[0].tolist()
            found.append((name, largest, (x, y)))
    return found

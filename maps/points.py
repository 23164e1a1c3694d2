"""Points of services on a map: gathered, decluttered, drawn with their shapes, linked to their true place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from maps.canvas import TEXT, WHITE, Box, Canvas, Face, Pen
from maps.declutter import Disc, Sign, declutter
from maps.glyphs import COLOURS, draw_count, draw_glyph, radius_of
from maps.labels import Line, Variant, Wish
from maps.layers import MapPoint, PointKind, PointLayer
from maps.projection import MAINLAND, project
from maps.zones import zone_signs

if TYPE_CHECKING:
    from maps.plan import Plan

RADIUS = 3.3
COUNTED = 1.35
"""How many times larger a sign with a number is."""
LINKED = 1.4
"""A sign moved by more than that many radii is linked to its true place."""


def colour_of(layer: PointLayer, kind: PointKind) -> str:
    """Colour of a kind: its own, or that of its rank."""
    return kind.colour or COLOURS[layer.kinds.index(kind) % len(COLOURS)]


def lay_out(plan: Plan, discs: Sequence[Disc] = ()) -> list[Sign]:
    """Every sign of the map, decluttered, off the discs (x, y, radius), inside the box of the plan."""
    signs = [sign for _, sign in zone_signs(plan)]
    for layer in plan.choropleth.points:
        kinds = {kind.code: kind for kind in layer.kinds}
        for point in layer.points:
            sign = _sign(plan, layer, kinds.get(point.kind), point)
            if sign is not None:
                signs.append(sign)
    return declutter(_seen(signs, plan.box), plan.box, enlarge=COUNTED, discs=discs)


def draw_points(canvas: Canvas, plan: Plan, discs: Sequence[Disc] = ()) -> list[Sign]:
    """Draw the signs, those with a number above, and return them."""
    signs = lay_out(plan, discs)
    for sign in signs:
        if not any(np.hypot(sign.x - x, sign.y - y) < radius for x, y, radius in discs):
            _draw_link(canvas, sign, plan.fine)
    for sign in sorted(signs, key=lambda sign: sign.count > 1):
        shape, colour, precise = sign.look
        place = (sign.at_x, sign.at_y)
        draw_glyph(canvas, shape, place, sign.radius, colour, precise=precise)
        if sign.count > 1:
            draw_count(canvas, shape, place, sign.radius, colour, str(sign.count), solid=precise)
    return signs


def point_wishes(plan: Plan, signs: Sequence[Sign]) -> list[Wish]:
    """Labels of the signs that have one, beside them."""
    size = max(5.6 * plan.fine, 4.8)
    face = Face(size, 500, TEXT, halo=WHITE, halo_width=size * 0.34)
    found = []
    for rank, sign in enumerate(signs):
        if sign.label:
            x, y, reach = sign.at_x, sign.at_y, radius_of(sign.look[0], sign.radius) + 0.8
            shape = shapely.box(x - 90, y - 30, x + 90, y + 30)
            variants = (Variant((Line(sign.label, face),), 0.0),)
            found.append(Wish(shape, (x, y), variants, float(rank), reach, near=True, hollow=False))
    return found


def boxes_of(signs: Sequence[Sign]) -> list[Box]:
    """The squares the signs take."""
    return [
        Box(sign.at_x - sign.radius, sign.at_y - sign.radius, 2 * sign.radius, 2 * sign.radius)
        for sign in signs
    ]


def _sign(plan: Plan, layer: PointLayer, kind: PointKind | None, point: MapPoint) -> Sign | None:
    """The sign of a point; none for a kind that is not in the legend, or a place that is not on the map."""
    if kind is None or point.count < 1:
        return None
    inset = plan.choropleth.fond.epsg == MAINLAND and point.code_commune.startswith("97")
    known = point.lon is not None and point.lat is not None and not inset
    place = _from_degrees(plan, point) if known else plan.commune_place(point.code_commune)
    if place is None:
        return None
    radius = RADIUS * plan.fine * (COUNTED if point.count > 1 else 1.0)
    look = (kind.shape, colour_of(layer, kind), point.precise and known)
    return Sign(look, *place, radius, point.count, point.label if layer.named else "")


def _from_degrees(plan: Plan, point: MapPoint) -> tuple[float, float]:
    x, y = project(np.array([point.lon]), np.array([point.lat]), plan.choropleth.fond.epsg)
    at_x, at_y = plan.frame.apply(np.column_stack([x, y]))[0].tolist()
    return at_x, at_y


def _seen(signs: Sequence[Sign], box: Box) -> list[Sign]:
    """Signs whose true place is on the sheet."""
    return [s for s in signs if box.x <= s.x <= box.right and box.y <= s.y <= box.bottom]


def _draw_link(canvas: Canvas, sign: Sign, fine: float) -> None:
    if sign.moved > LINKED * sign.radius:
        line = np.array([[sign.x, sign.y], [sign.at_x, sign.at_y]])
        canvas.path([line], pen=Pen(WHITE, 1.5 * fine, opacity=0.8), closed=False)
        canvas.path([line], pen=Pen(sign.look[1], 0.55 * fine), closed=False)
        canvas.circles(line[:1], [0.8 * fine], fill=sign.look[1])

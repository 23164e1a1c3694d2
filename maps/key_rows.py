"""Rows of a printed legend, each with its swatch: classes, absences, points, zones, flags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.domain.indicator import ValueState
from maps.canvas import BORDER, Box, Canvas, Face, Pen, Ring
from maps.choropleth import Choropleth
from maps.entries import SHORT, Entry, absence_entries, class_entries
from maps.glyphs import PENNANT, draw_count, draw_glyph
from maps.layers import MapPoint, PointLayer, ZoneLayer
from maps.palettes import ink_on
from maps.plan import draw_flag, ring_of, strength_of
from maps.points import colour_of
from maps.textures import draw_absence, draw_class_lines
from maps.zones import hatch

SWATCH = (17.0, 9.5)
OUTLINE = Pen(BORDER, 0.45)
GLYPH = 3.5


@dataclass(frozen=True, slots=True)
class Row:
    """One line: words, how many on each map, how its swatch is drawn; `short` for narrow legends."""

    words: str
    counts: tuple[int, ...]
    paint: Callable[[Canvas, Box], None]
    short: str = ""
    rank: int = -1
    """Number of the class, -1 for another row."""


def class_rows(maps: Sequence[Choropleth]) -> list[Row]:
    """Return the classes of maps that share them, high to low, with the counts of each map."""
    entries = [class_entries(choropleth) for choropleth in maps]
    found = []
    for place, entry in enumerate(entries[0]):
        counts = tuple(of_map[place].count for of_map in entries)
        found.append(Row(entry.words, counts, partial(_paint_class, maps[0], entry), rank=entry.rank))
    return found


def absence_rows(maps: Sequence[Choropleth]) -> list[Row]:
    """Return zero and the absences that are on one of the maps."""
    by_state: dict[ValueState, list[int]] = {}
    entries: dict[ValueState, Entry] = {}
    for place, choropleth in enumerate(maps):
        for entry in absence_entries(choropleth):
            entries.setdefault(entry.state, entry)
            by_state.setdefault(entry.state, [0] * len(maps))[place] = entry.count
    return [
        Row(entries[s].words, tuple(by_state[s]), partial(_paint_absence, entries[s]), SHORT.get(s, ""))
        for s in sorted(by_state)
    ]


def layer_rows(choropleth: Choropleth) -> list[Row]:
    """Return the rows of flags, points and zones; kinds without any point are left out."""
    rows: list[Row] = []
    if choropleth.flags is not None:
        known = set(choropleth.layer.codes)
        count = len(choropleth.flags.codes & known)
        rows.append(Row(choropleth.flags.label, (count,), _paint_flag))
    for points in choropleth.points:
        rows += _point_rows(points)
    rows += _precision_rows(choropleth)
    rows += [Row(zones.label, (len(zones.zones),), partial(_paint_zone, zones)) for zones in choropleth.zones]
    return rows


def _point_rows(layer: PointLayer) -> list[Row]:
    rows = []
    for kind in layer.kinds:
        points = [point for point in layer.points if point.kind == kind.code]
        paint = partial(_paint_point, kind.shape, colour_of(layer, kind), not all(map(_is_rough, points)))
        if points:
            rows.append(Row(kind.label, (sum(point.count for point in points),), paint))
    return rows


def _is_rough(point: MapPoint) -> bool:
    return not point.precise or point.lon is None or point.lat is None


def _precision_rows(choropleth: Choropleth) -> list[Row]:
    """How a place known by its commune looks, and what a number in a sign means, when there are some."""
    points = [point for layer in choropleth.points for point in layer.points]
    looks = {kind.code: kind.shape for layer in choropleth.points for kind in layer.kinds}
    rough = [point for point in points if _is_rough(point)]
    rows = []
    if rough:
        words = "connu par sa commune seule, placé en son centre"
        shapes = {looks[point.kind] for point in rough if point.kind in looks}
        shape = shapes.pop() if len(shapes) == 1 else "circle"
        paint = partial(_paint_point, shape, BORDER, False)
        rows.append(Row(words, (sum(p.count for p in rough),), paint, "au centre de la commune"))
    if len(points) > 1 or any(p.count > 1 for p in points):
        rows.append(
            Row("le nombre dit combien de lieux sont regroupés", (), _paint_number, "lieux regroupés")
        )
    return rows


def _paint_class(choropleth: Choropleth, entry: Entry, canvas: Canvas, box: Box) -> None:
    canvas.rect(box, fill=entry.fill, radius=1.5)
    if choropleth.textures:
        strength, upright = strength_of(choropleth, entry.rank)
        draw_class_lines(canvas, strength, ink_on(entry.fill), [ring_of(box)], upright=upright, scale=0.8)
    canvas.rect(box, pen=OUTLINE, radius=1.5)


def _paint_absence(entry: Entry, canvas: Canvas, box: Box) -> None:
    if entry.state is not ValueState.ZERO:
        draw_absence(canvas, entry.state, [ring_of(box)], scale=0.75)
        canvas.rect(box, pen=OUTLINE, radius=1.5)
        return
    canvas.rect(box, fill=entry.fill, pen=OUTLINE, radius=1.5)
    canvas.text(box.x + box.w / 2, box.y + 7.2, "0", Face(7.0, 700, ink_on(entry.fill)), "middle")


def _paint_flag(canvas: Canvas, box: Box) -> None:
    draw_flag(canvas, [ring_of(box.inset(0.8))], 0.75)


def _paint_point(shape: str, colour: str, precise: bool, canvas: Canvas, box: Box) -> None:
    place = (box.x + box.w / 2, box.y + box.h / 2)
    draw_glyph(canvas, shape, place, GLYPH, colour, precise=precise)


def _paint_number(canvas: Canvas, box: Box) -> None:
    place = (box.x + box.w / 2, box.y + box.h / 2)
    draw_glyph(canvas, "circle", place, GLYPH * 1.3, BORDER, precise=True)
    draw_count(canvas, "circle", place, GLYPH * 1.3, BORDER, "3", solid=True)


def _paint_zone(layer: ZoneLayer, canvas: Canvas, box: Box) -> None:
    areas = [zone for zone in layer.zones if not zone.inside]
    if areas:
        ring: Ring = ring_of(box.inset(0.5))
        hatch(canvas, layer, [ring], 0.75)
        return
    place = np.array([box.x + box.w / 2, box.y + box.h / 2]).tolist()
    draw_glyph(canvas, PENNANT, (place[0], place[1]), GLYPH, layer.colour, precise=False)

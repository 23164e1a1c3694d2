"""The map itself inside a box of paper: ground, classes, absences, borders, circles, labels, scale, north."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.backdrop import draw_backdrop, draw_names_around
from maps.canvas import BORDER, OCHRE, SELECTION, WHITE, Box, Canvas, Pen, Ring
from maps.choropleth import Choropleth, Mark
from maps.circles import circle_wishes, draw_circles, highest_of, largest_radius
from maps.labels import Placed, Wish, draw_label, place, whole
from maps.marks import draw_marks
from maps.naming import PLAIN, wishes
from maps.palettes import ink_on
from maps.points import boxes_of, draw_points, point_wishes
from maps.sketch import Frame, frame_for, on_paper, rings_of
from maps.textures import draw_absence, draw_class_lines
from maps.zones import draw_zones

EDGE = "#6B7479"
HARD = 7.0
"""Radius in points, times fine, from which a circle is never covered by a name."""


@dataclass(frozen=True)
class Plan:
    """A map being laid out in a box. fine scales pens and letters: 1 on a full page, less on a small map."""

    choropleth: Choropleth
    box: Box
    names: bool = True
    values: bool = True
    context: bool = True
    scale_bar: bool = True
    north: bool = True
    fine: float = 1.0
    highest: float = 0.0
    """Quantity of the largest circle when several maps share a scale; 0 for that of this map."""

    @cached_property
    def frame(self) -> Frame:
        """Where metres fall on the paper; the territories coloured fill the box."""
        margin = 16.0 * self.fine
        below = 14.0 * self.fine if self.scale_bar else 0.0
        inner = self.box.inset(margin)
        inner = Box(inner.x, inner.y, inner.w, inner.h - below)
        return frame_for(self.choropleth.layer.polygons, inner)

    @cached_property
    def shapes(self) -> Any:
        """Territories of the map in points, shape (n,)."""
        return on_paper(self.choropleth.layer.polygons, self.frame)

    @cached_property
    def communes(self) -> Any:
        """Communes of the fond in points, shape (m,)."""
        return self.paper(self.choropleth.fond.communes.polygons)

    @cached_property
    def window(self) -> Any:
        """The box in metres."""
        corners = np.array([[self.box.x, self.box.bottom], [self.box.right, self.box.y]])
        metres = (corners - (self.frame.x, self.frame.y)) / (self.frame.scale, -self.frame.scale)
        return shapely.box(*metres.ravel())

    @cached_property
    def radius_of_one(self) -> float:
        """Radius in points of the circle of value 1; areas are proportional."""
        highest = self.highest or highest_of(self.choropleth)
        return largest_radius(self) / float(np.sqrt(highest)) if highest > 0 else 0.0

    def paper(self, polygons: Any) -> Any:
        """Polygons in points, those of the map itself once for all."""
        return self.shapes if polygons is self.choropleth.layer.polygons else on_paper(polygons, self.frame)

    def commune_place(self, code: str) -> tuple[float, float] | None:
        """Centre of a commune of the fond in points, None for another one."""
        rank = self._commune_ranks.get(code)
        if rank is None:
            return None
        x, y = self.frame.apply(self.choropleth.fond.communes.label_xy[rank : rank + 1])[0].tolist()
        return (x, y) if np.isfinite(x) else None

    def draw(self, canvas: Canvas) -> None:
        """Draw everything, from the ground up."""
        with canvas.clip([ring_of(self.box)]):
            if self.context:
                draw_backdrop(canvas, self)
            self._draw_territories(canvas)
            self._draw_borders(canvas)
            draw_zones(canvas, self)
            self._draw_flags(canvas)
            self._draw_selection(canvas)
        circles = draw_circles(canvas, self)
        large = [c for c in circles if c.radius >= HARD * self.fine or self._are_symbols]
        signs = draw_points(canvas, self, [(c.x, c.y, c.radius) for c in large])
        small = [c.box for c in circles[len(large) :]]
        hard = [*draw_marks(canvas, self), *(c.box for c in large)]
        taken = self._write(canvas, circle_wishes(self, circles), hard, [])
        taken = self._write(canvas, wishes(self), taken, [*small, *boxes_of(signs)])
        taken = self._write(canvas, point_wishes(self, signs), [*taken, *small, *boxes_of(signs)], [])
        if self.context:
            draw_names_around(canvas, self, taken)

    def _write(self, canvas: Canvas, wanted: list[Wish], hard: list[Box], soft: list[Box]) -> list[Box]:
        """Write labels; rather over what is soft than cut or left out; return the boxes taken."""
        labels: list[Placed] = []
        if soft:
            labels = place([whole(wish) for wish in wanted], [*hard, *soft], self.box)
        done = {label.wish for label in labels}
        left = [rank for rank in range(len(wanted)) if rank not in done]
        taken = [*hard, *(label.box for label in labels)]
        labels += place([wanted[rank] for rank in left], taken, self.box, soft)
        for label in labels:
            draw_label(canvas, label)
        return [*hard, *(label.box for label in labels)]

    @cached_property
    def _commune_ranks(self) -> dict[str, int]:
        return {code: rank for rank, code in enumerate(self.choropleth.fond.communes.codes)}

    @property
    def _are_symbols(self) -> bool:
        return self.choropleth.mark is Mark.SYMBOL

    def _draw_territories(self, canvas: Canvas) -> None:
        choropleth = self.choropleth
        if self._are_symbols:
            self._fill(canvas, choropleth.states <= ValueState.ZERO, PLAIN)
        for rank, colour in enumerate(choropleth.palette):
            self._fill(canvas, choropleth.class_of == rank, colour)
            if choropleth.textures:
                self._draw_lines(canvas, rank, colour)
        if choropleth.blank_zero:
            self._fill(canvas, choropleth.states == ValueState.ZERO, WHITE)
        for state in (ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED):
            there = self.shapes[choropleth.states == state]
            draw_absence(canvas, state, rings_of(there) if len(there) else [])

    def _draw_lines(self, canvas: Canvas, rank: int, colour: str) -> None:
        there = self.shapes[self.choropleth.class_of == rank]
        if len(there):
            strength, upright = strength_of(self.choropleth, rank)
            draw_class_lines(canvas, strength, ink_on(colour), rings_of(there), upright=upright)

    def _fill(self, canvas: Canvas, chosen: Any, colour: str) -> None:
        if chosen.any():  # the thin pen of the same colour closes the seams between neighbours
            canvas.path(rings_of(self.shapes[chosen]), fill=colour, pen=Pen(colour, 0.25))

    def _draw_borders(self, canvas: Canvas) -> None:
        fond, fine = self.choropleth.fond, self.fine
        if self.choropleth.layer.level in (Level.EPCI, Level.COMMUNE):
            if len(fond.communes.polygons):
                canvas.path(rings_of(self.communes), pen=Pen(WHITE, 0.4 * fine, opacity=0.55))
            self._stroke(canvas, fond.epcis.polygons, Pen(WHITE, 1.2 * fine))
        else:
            self._stroke(canvas, self.choropleth.layer.polygons, Pen(WHITE, 1.2 * fine))
        self._draw_blank_edges(canvas)
        canvas.path(rings_of(self._outside), pen=Pen(EDGE, 0.55 * fine))
        self._stroke_departements(canvas)

    def _draw_blank_edges(self, canvas: Canvas) -> None:
        """A white zone has a dark outline, else it would look like a hole."""
        blank = self.choropleth.states == ValueState.ZERO
        if self.choropleth.blank_zero and blank.any():
            canvas.path(rings_of(self.shapes[blank]), pen=Pen(BORDER, 0.8 * self.fine))

    def _stroke(self, canvas: Canvas, polygons: Any, pen: Pen) -> None:
        if len(polygons):
            canvas.path(rings_of(self.paper(polygons)), pen=pen)

    def _stroke_departements(self, canvas: Canvas) -> None:
        """Borders of départements; without context, only where they touch the territories drawn."""
        pen, polygons = Pen(BORDER, 0.9 * self.fine), self.choropleth.fond.departements.polygons
        if self.context or not len(polygons):
            self._stroke(canvas, polygons, pen)
            return
        near = shapely.buffer(self._outside[0], 2.0 * self.fine)
        lines = shapely.line_merge(shapely.intersection(shapely.boundary(self.paper(polygons)), near))
        parts = [shapely.get_coordinates(line) for line in shapely.get_parts(lines)]
        canvas.path([part for part in parts if len(part) > 1], pen=pen, closed=False)

    @cached_property
    def _outside(self) -> Any:
        """The shape made of all shapes, inner borders gone, in an array of one."""
        try:
            return np.array([shapely.coverage_union_all(self.shapes)])
        except shapely.errors.GEOSException:  # outlines that overlap
            return np.array([shapely.union_all(self.shapes)])

    def _draw_flags(self, canvas: Canvas) -> None:
        flags = self.choropleth.flags
        if flags is not None:
            ranks = [i for i, code in enumerate(self.choropleth.layer.codes) if code in flags.codes]
            draw_flag(canvas, rings_of(self.shapes[ranks]) if ranks else [], self.fine)

    def _draw_selection(self, canvas: Canvas) -> None:
        codes = self.choropleth.layer.codes
        if self.choropleth.selected not in codes:
            return
        rank = codes.index(self.choropleth.selected)
        rings = rings_of(self.shapes[rank : rank + 1])
        canvas.path(rings, pen=Pen(WHITE, 4.4 * self.fine))
        canvas.path(rings, pen=Pen(SELECTION, 1.9 * self.fine))


def draw_flag(canvas: Canvas, rings: Sequence[Ring], fine: float = 1.0) -> None:
    """Outline of a territory that calls for attention: ochre dashes on white."""
    canvas.path(rings, pen=Pen(WHITE, 3.2 * fine, opacity=0.9))
    canvas.path(rings, pen=Pen(OCHRE, 1.7 * fine, (5.0 * fine, 2.6 * fine)))


def strength_of(choropleth: Choropleth, rank: int) -> tuple[float, bool]:
    """How close the lines of a class are, from 0 to 1, and whether they are upright (below the middle).

    On one-way scales dark lines get closer over light classes, then white ones rarer over dark classes, so
    that what is high is always darker.
    """
    if choropleth.second is not None:
        columns = len(choropleth.second.classes.counts)
        return (rank % columns) / max(columns - 1, 1), False
    count = len(choropleth.palette)
    if choropleth.middle is None:
        share = rank / max(count - 1, 1)
        return (1.0 - share if ink_on(choropleth.palette[rank]) == WHITE else share), False
    below = sum(1 for bound in choropleth.classes.bounds[1:-1] if bound <= choropleth.middle.number)
    if rank < below:
        return (below - rank) / max(below, 1), True
    return (rank - below + 1) / max(count - below, 1), False


def ring_of(box: Box) -> Ring:
    """Return the corners of a box, in order."""
    return np.array(
        [[box.x, box.y], [box.right, box.y], [box.right, box.bottom], [box.x, box.bottom]], dtype=np.float64
    )

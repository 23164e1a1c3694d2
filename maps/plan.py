"""The map itself inside a box of paper: ground, classes, absences, borders, circles, labels, scale, north."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from app.domain.french import number
from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.canvas import BORDER, GROUND, SELECTION, TEXT, WHITE, Box, Canvas, Face, Pen, Ring
from maps.choropleth import Choropleth, Mark, OutlineLayer
from maps.labels import WHOLE, Line, Variant, Wish, draw_label, place
from maps.naming import PLAIN, wishes
from maps.sketch import Frame, frame_for, nice_length, on_paper, rings_of
from maps.textures import draw_absence

EDGE = "#6B7479"
AROUND = Pen("#CFCAC0", 0.4)
NAME_AROUND = Face(6.0, 400, "#7B766C", spacing=1.3)


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

    def _paper(self, polygons: Any) -> Any:
        """Polygons in points, those of the map itself once for all."""
        return self.shapes if polygons is self.choropleth.layer.polygons else on_paper(polygons, self.frame)

    @cached_property
    def radius_of_one(self) -> float:
        """Radius in points of the circle of value 1; areas are proportional."""
        finite = self.choropleth.numbers[np.isfinite(self.choropleth.numbers)]
        highest = float(finite.max()) if finite.size else 0.0
        if highest <= 0:
            return 0.0
        room = float(np.sqrt(np.mean(shapely.area(self.shapes)))) if len(self.shapes) else 0.0
        share = 0.85 if self.choropleth.layer.level is Level.COMMUNE else 0.34
        return min(max(share * room, 8.0 * self.fine), 24.0 * self.fine) / float(np.sqrt(highest))

    def draw(self, canvas: Canvas) -> None:
        """Draw everything, from the ground up."""
        with canvas.clip([ring_of(self.box)]):
            if self.context:
                self._draw_around(canvas)
            self._draw_territories(canvas)
            self._draw_borders(canvas)
        circles = self._draw_circles(canvas) if self.choropleth.mark is Mark.SYMBOL else []
        taken = [*self._draw_marks(canvas), *circles]
        labels = place(wishes(self), taken, self.box)
        for label in labels:
            draw_label(canvas, label)
        if self.context:
            self._name_around(canvas, [*taken, *(label.box for label in labels)])

    def _draw_around(self, canvas: Canvas) -> None:
        fond = self.choropleth.fond
        for layer in (fond.neighbours, fond.departements):
            near = self._near(layer)
            if len(near):
                canvas.path(rings_of(near), fill=GROUND, pen=AROUND)

    def _near(self, layer: OutlineLayer) -> Any:
        near = on_paper(layer.polygons[shapely.intersects(layer.polygons, self._window)], self.frame)
        b = self.box
        return shapely.clip_by_rect(near, b.x - 4, b.y - 4, b.right + 4, b.bottom + 4)

    @cached_property
    def _window(self) -> Any:
        corners = np.array([[self.box.x, self.box.bottom], [self.box.right, self.box.y]])
        metres = (corners - (self.frame.x, self.frame.y)) / (self.frame.scale, -self.frame.scale)
        return shapely.box(*metres.ravel())

    def _draw_territories(self, canvas: Canvas) -> None:
        choropleth = self.choropleth
        if choropleth.mark is Mark.SYMBOL:
            self._fill(canvas, choropleth.states <= ValueState.ZERO, PLAIN)
        for rank, colour in enumerate(choropleth.palette):
            self._fill(canvas, choropleth.class_of == rank, colour)
        for state in (ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED):
            there = self.shapes[choropleth.states == state]
            draw_absence(canvas, state, rings_of(there) if len(there) else [])

    def _fill(self, canvas: Canvas, chosen: Any, colour: str) -> None:
        if chosen.any():  # the thin pen of the same colour closes the seams between neighbours
            canvas.path(rings_of(self.shapes[chosen]), fill=colour, pen=Pen(colour, 0.25))

    def _draw_borders(self, canvas: Canvas) -> None:
        fond, fine = self.choropleth.fond, self.fine
        if self.choropleth.layer.level in (Level.EPCI, Level.COMMUNE):
            self._stroke(canvas, fond.communes.polygons, Pen(WHITE, 0.4 * fine, opacity=0.55))
            self._stroke(canvas, fond.epcis.polygons, Pen(WHITE, 1.2 * fine))
        else:
            self._stroke(canvas, self.choropleth.layer.polygons, Pen(WHITE, 1.2 * fine))
        canvas.path(rings_of(self._outside), pen=Pen(EDGE, 0.55 * fine))
        self._stroke_departements(canvas)
        self._draw_selection(canvas)

    def _stroke(self, canvas: Canvas, polygons: Any, pen: Pen) -> None:
        if len(polygons):
            canvas.path(rings_of(self._paper(polygons)), pen=pen)

    def _stroke_departements(self, canvas: Canvas) -> None:
        """Borders of départements; without context, only where they touch the territories drawn."""
        pen, polygons = Pen(BORDER, 0.9 * self.fine), self.choropleth.fond.departements.polygons
        if self.context or not len(polygons):
            self._stroke(canvas, polygons, pen)
            return
        near = shapely.buffer(self._outside[0], 2.0 * self.fine)
        lines = shapely.line_merge(shapely.intersection(shapely.boundary(self._paper(polygons)), near))
        parts = [shapely.get_coordinates(line) for line in shapely.get_parts(lines)]
        canvas.path([part for part in parts if len(part) > 1], pen=pen, closed=False)

    @cached_property
    def _outside(self) -> Any:
        """The shape made of all shapes, inner borders gone, in an array of one."""
        try:
            return np.array([shapely.coverage_union_all(self.shapes)])
        except shapely.errors.GEOSException:  # outlines that overlap
            return np.array([shapely.union_all(self.shapes)])

    def _draw_selection(self, canvas: Canvas) -> None:
        codes = self.choropleth.layer.codes
        if self.choropleth.selected not in codes:
            return
        rank = codes.index(self.choropleth.selected)
        rings = rings_of(self.shapes[rank : rank + 1])
        canvas.path(rings, pen=Pen(WHITE, 4.4 * self.fine))
        canvas.path(rings, pen=Pen(SELECTION, 1.9 * self.fine))

    def _draw_circles(self, canvas: Canvas) -> list[Box]:
        numbers = self.choropleth.numbers
        order = [int(i) for i in np.argsort(-np.nan_to_num(numbers), kind="stable") if numbers[i] > 0]
        centres = self.frame.apply(self.choropleth.layer.label_xy)
        boxes = []
        for rank in order:
            radius = self.radius_of_one * float(numbers[rank]) ** 0.5
            canvas.circles(centres[rank : rank + 1], [radius], fill=WHITE, pen=Pen(BORDER, 0.9 * self.fine))
            x, y = centres[rank]
            boxes.append(Box(float(x) - radius, float(y) - radius, 2 * radius, 2 * radius))
        return boxes

    def _draw_marks(self, canvas: Canvas) -> list[Box]:
        taken = [self._draw_scale(canvas)] if self.scale_bar else []
        return [*taken, self._draw_north(canvas)] if self.north else taken

    def _draw_scale(self, canvas: Canvas) -> Box:
        metres = nice_length(self.box.w * 0.24 / self.frame.scale)
        width = metres * self.frame.scale
        words = f"{number(metres / 1000, 0 if metres >= 1000 else 1)}\u00a0km"
        x, y = self.box.x + 9 * self.fine, self.box.bottom - 9 * self.fine
        tick = 3.5 * self.fine
        line = np.array([[x, y - tick], [x, y], [x + width, y], [x + width, y - tick]])
        canvas.path([line], pen=Pen(WHITE, 3.0 * self.fine), closed=False)
        canvas.path([line], pen=Pen(TEXT, 0.9 * self.fine), closed=False)
        face = Face(7.2 * self.fine, 400, TEXT, halo=WHITE)
        canvas.text(x + width / 2, y - 3 * self.fine, words, face, "middle")
        return Box(x - 2, y - 12 * self.fine, max(width, 30.0) + 4, 14 * self.fine)

    def _draw_north(self, canvas: Canvas) -> Box:
        x, y, side = self.box.right - 15 * self.fine, self.box.y + 10 * self.fine, 4.2 * self.fine
        arrow = np.array([[x, y], [x + side, y + 3 * side], [x, y + 2.3 * side], [x - side, y + 3 * side]])
        canvas.path([arrow], fill=SELECTION)
        canvas.text(x, y + 3 * side + 8 * self.fine, "N", Face(7.6 * self.fine, 700, SELECTION), "middle")
        return Box(x - side - 2, y - 2, 2 * side + 4, 3 * side + 12 * self.fine)

    def _name_around(self, canvas: Canvas, taken: Sequence[Box]) -> None:
        layer = self.choropleth.fond.neighbours
        if not len(layer.polygons):
            return
        window = shapely.intersection(layer.polygons, self._window)
        covered = shapely.union_all(shapely.envelope(self.choropleth.layer.polygons))
        free = shapely.difference(window, covered)
        around = [
            Wish(shape, anchor, (Variant((Line(name.upper(), NAME_AROUND),), WHOLE),), -shape.area)
            for name, shape, anchor in self._visible(layer.names, free)
        ]
        for label in place(around, taken, self.box):
            draw_label(canvas, label)

    def _visible(self, names: Sequence[str], shapes: Any) -> list[tuple[str, Any, tuple[float, float]]]:
        found = []
        for name, shape in zip(names, shapes, strict=True):
            parts = [part for part in shapely.get_parts(shape) if part.area > 0]
            if parts:
                largest = shapely.transform(max(parts, key=lambda part: part.area), self.frame.apply)
                x, y = shapely.get_coordinates(shapely.point_on_surface(largest))[0].tolist()
                found.append((name, largest, (x, y)))
        return found


def ring_of(box: Box) -> Ring:
    """Return the corners of a box, in order."""
    return np.array(
        [[box.x, box.y], [box.right, box.y], [box.right, box.bottom], [box.x, box.bottom]], dtype=np.float64
    )

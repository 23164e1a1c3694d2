"""Proportional circles: area by quantity, small over large, the sign of a difference by fill and dashes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from app.domain.french import THIN, number
from app.domain.territory import Level
from maps.canvas import BORDER, TEXT, WHITE, Box, Canvas, Face, Pen
from maps.choropleth import Mark
from maps.labels import Line, Variant, Wish
from maps.naming import AT_LEAST
from maps.palettes import palette

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.choropleth import Choropleth
    from maps.plan import Plan

FALL, RISE = palette("ecart", 2)
"""Fill of circles of differences under and above zero."""
LEAST_LABELLED = 4.0
"""Radius in points, times fine, under which the circle over an area has no number."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle on paper: centre and radius in points, its number, its rank among the quantities."""

    x: float
    y: float
    radius: float
    number: float
    rank: int

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.radius, self.y - self.radius, 2 * self.radius, 2 * self.radius)


def quantities(choropleth: Choropleth) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Numbers of the circles, shape (n,), and their places in metres, shape (n, 2); empty without circles."""
    if choropleth.mark is Mark.SYMBOL:
        return choropleth.numbers, choropleth.layer.label_xy
    if choropleth.symbols is not None:
        return choropleth.symbols.numbers, choropleth.symbols.xy
    return np.empty(0), np.empty((0, 2))


def largest_radius(plan: Plan) -> float:
    """Radius in points of the largest circle."""
    room = float(np.sqrt(np.mean(shapely.area(plan.shapes)))) if len(plan.shapes) else 0.0
    symbols, fine = plan.choropleth.symbols, plan.fine
    if symbols is not None:
        finer = symbols.level > plan.choropleth.layer.level
        share, least, most = (0.16, 7.0, 11.0) if finer else (0.24, 9.0, 19.0)
        return min(max(share * room, least * fine), most * fine)
    share = 0.85 if plan.choropleth.layer.level is Level.COMMUNE else 0.34
    return min(max(share * room, 8.0 * fine), 24.0 * fine)


def highest_of(choropleth: Choropleth) -> float:
    """Largest size among the quantities, 0 without any."""
    numbers = quantities(choropleth)[0]
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max()) if finite.size else 0.0


def circles_of(plan: Plan) -> list[Circle]:
    """The circles to draw, large first; zero and absences have none."""
    numbers, metres = quantities(plan.choropleth)
    sizes = np.abs(np.nan_to_num(numbers))
    places = plan.frame.apply(metres) if len(metres) else metres
    found = []
    for rank in np.argsort(-sizes, kind="stable").tolist():
        x, y = places[rank].tolist()
        if sizes[rank] > 0 and math.isfinite(x) and math.isfinite(y):
            radius = plan.radius_of_one * math.sqrt(float(sizes[rank]))
            found.append(Circle(x, y, radius, float(numbers[rank]), rank))
    return found


def draw_circles(canvas: Canvas, plan: Plan) -> list[Circle]:
    """Draw the circles and return them, large first."""
    found = circles_of(plan)
    for circle in found:
        fill, pen = look_of(plan.choropleth, circle.number, plan.fine)
        canvas.circles(np.array([[circle.x, circle.y]]), [circle.radius], fill=fill, pen=pen)
    return found


def look_of(choropleth: Choropleth, value: float, fine: float = 1.0) -> tuple[str, Pen]:
    """Fill and pen of a circle: white; for a difference, one colour a sign, and dashes for a fall."""
    if not choropleth.signed or choropleth.mark is not Mark.SYMBOL:
        return WHITE, Pen(BORDER, 0.9 * fine)
    if value < 0:
        return FALL, Pen(BORDER, 0.9 * fine, (2.2, 1.6))
    return RISE, Pen(BORDER, 0.9 * fine)


def _is_part(choropleth: Choropleth, rank: int) -> bool:
    """True for a circle whose number is a lower bound: that of the figure of the map, not of another one."""
    symbols = choropleth.symbols
    same = symbols is not None and symbols.indicator.code == choropleth.indicator.code
    return same and symbols is not None and symbols.codes[rank] in choropleth.at_least


def circle_wishes(plan: Plan, circles: list[Circle]) -> list[Wish]:
    """Numbers of the circles over areas: inside, or beside; those of the areas are labelled elsewhere."""
    symbols = plan.choropleth.symbols
    if symbols is None or not plan.values:
        return []
    wishes = []
    for circle in circles:
        if circle.radius < LEAST_LABELLED * plan.fine:
            continue
        words = number(circle.number, symbols.indicator.decimals)
        words = f"≈{THIN}{words}" if symbols.estimated else words
        words = f"{AT_LEAST}{words}" if _is_part(plan.choropleth, circle.rank) else words
        sizes = [max(size * plan.fine, 4.6) for size in (7.0, 6.0, 5.2)]
        if symbols.level > plan.choropleth.layer.level:
            sizes = [min(size, circle.radius * 0.95) for size in sizes]
        lines = [(Line(words, Face(size, 700, TEXT, halo=WHITE, halo_width=size * 0.3)),) for size in sizes]
        variants = tuple(Variant(line, 0.0) for line in lines)
        shape = shapely.box(circle.x - 60, circle.y - 60, circle.x + 60, circle.y + 60)
        wishes.append(Wish(shape, (circle.x, circle.y), variants, -circle.radius, circle.radius, True))
    return wishes

"""The circles of a printed legend: three round sizes, and the two signs of a difference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maps.canvas import BORDER, TEXT, WHITE, Box, Canvas, Face, Pen, wrap, write_lines
from maps.choropleth import Choropleth, Mark
from maps.circles import FALL, RISE, highest_of, quantities
from maps.classes import limit_text
from maps.entries import size_steps


def draw_circle_key(
    canvas: Canvas, maps: Sequence[Choropleth], box: Box, radius_of_one: float, *, narrow: bool = False
) -> float:
    """Name the quantity when the areas show another, draw its circles; return the ordinate under."""
    symbols, y = maps[0].symbols, box.y
    if not any(highest_of(choropleth) for choropleth in maps):
        return y
    if symbols is not None:
        face = Face(7.0 if narrow else 8.2, 600, TEXT)
        words = wrap(f"{symbols.indicator.label}, {symbols.year}", face, box.w)
        y = write_lines(canvas, words, box.x, y + 7, face, face.size + 1.8) - face.size + 1
    every = np.concatenate([np.abs(quantities(choropleth)[0]) for choropleth in maps])
    numbers = every[np.isfinite(every)].tolist()
    y = draw_sizes(canvas, maps[0], box.x, y, radius_of_one, column=narrow, numbers=numbers)[1]
    signed = maps[0].signed and maps[0].mark is Mark.SYMBOL
    return _draw_signs(canvas, box.x, y + 4) if signed else y


def draw_sizes(
    canvas: Canvas,
    choropleth: Choropleth,
    x: float,
    y: float,
    radius_of_one: float,
    *,
    column: bool = False,
    numbers: Sequence[float] | None = None,
) -> tuple[float, float]:
    """Draw the circles of the legend; return what is right of them and under them."""
    every = np.abs(quantities(choropleth)[0])
    steps = size_steps(every[np.isfinite(every)].tolist() if numbers is None else numbers)
    radii = [radius_of_one * float(np.sqrt(step)) for step in steps]
    if not radii:
        return x, y
    indicator = choropleth.symbols.indicator if choropleth.symbols else choropleth.indicator
    face, highest, top = Face(7.4, 400, TEXT), radii[0], y + 1
    for step, radius in zip(steps, radii, strict=True):
        words = limit_text(step, indicator.decimals)
        middle = top + (radius if column else highest)
        centre = x + (highest if column else radius)
        canvas.circles(np.array([[centre, middle]]), [radius], fill=WHITE, pen=Pen(BORDER, 0.8))
        canvas.text(centre + (highest if column else radius) + 4, middle + 2.6, words, face)
        if column:
            top = max(middle + radius, middle + 4.0) + 4
        else:
            x += 2 * radius + face.width(words) + 14
    return x, (top if column else y + 1 + 2 * highest) + 8


def _draw_signs(canvas: Canvas, x: float, y: float) -> float:
    """Say what the fill of circles of differences means."""
    for fill, dash, words in ((RISE, (), "hausse"), (FALL, (2.2, 1.6), "baisse")):
        canvas.circles(np.array([[x + 5, y]]), [4.2], fill=fill, pen=Pen(BORDER, 0.8, dash))
        canvas.text(x + 14, y + 2.6, words, Face(7.4, 400, TEXT))
        y += 13
    return y

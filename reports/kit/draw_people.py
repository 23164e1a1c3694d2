"""Population pyramid: women and men told apart by texture, a reference as an outline."""

from __future__ import annotations

import numpy as np

from maps.canvas import INK, OCHRE, TEXT2, Box, Canvas, Face, Pen
from reports.kit.chart_base import (
    AXIS,
    GRID,
    SOFT,
    draw_no_data,
    fill_bar,
    line,
    nothing_known,
    tick_words,
    ticks,
)
from reports.kit.charts import Pyramid
from reports.kit.printed import Printed
from reports.kit.prose import clean

MIDDLE = 46.0
"""Width of the column of ages."""


def pyramid_numbers(chart: Pyramid) -> list[Printed]:
    """Return the numbers drawn."""
    return [*chart.women, *chart.men]


def pyramid_height(chart: Pyramid) -> float:
    """Return the height that suits a pyramid."""
    return 12.0 * len(chart.ages) + 40


def draw_pyramid(canvas: Canvas, chart: Pyramid, box: Box) -> None:
    """Draw ages from the bottom up, men on the left, women on the right, on one scale."""
    values = pyramid_numbers(chart)
    if nothing_known(values):
        draw_no_data(canvas, box)
        return
    outlines = _outlines(chart)
    highest = max([v.drawn() for v in values] + [x for side in outlines for x in side])
    found = ticks(0.0, highest, 3)
    half = (box.w - MIDDLE) / 2 - 22
    left, right = box.x + 22 + half, box.x + 22 + half + MIDDLE
    top, bottom = box.y + 14, box.bottom - 22
    step = (bottom - top) / len(chart.ages)
    for x, words in zip(found, tick_words(found), strict=True):
        shift = x / found[-1] * half
        for at in (left - shift, right + shift):
            line(canvas, at, top, at, bottom, GRID)
            canvas.text(at, bottom + 9, words, AXIS, "middle")
    canvas.text(left, box.y + 8, "Hommes", Face(7.6, 600, TEXT2), "end")
    canvas.text(right, box.y + 8, "Femmes", Face(7.6, 600, INK))
    for rank, age in enumerate(chart.ages):
        y = bottom - (rank + 1) * step
        canvas.text((left + right) / 2, y + step / 2 + 2.4, clean(age), Face(6.8, 400, TEXT2), "middle")
        _draw_side(canvas, chart.men[rank], left, y, step, -half / found[-1], SOFT, "rising")
        _draw_side(canvas, chart.women[rank], right, y, step, half / found[-1], INK, "plain")
    for side, start, way in ((outlines[0], left, -1), (outlines[1], right, 1)):
        _draw_outline(canvas, side, start, bottom, step, way * half / found[-1])
    if chart.outline_name:
        line(canvas, box.x, box.bottom - 4, box.x + 16, box.bottom - 4, Pen(OCHRE, 1.1, (2.4, 1.6)))
        words = f"à structure d’âge égale à celle {clean(chart.outline_name)}"
        canvas.text(box.x + 20, box.bottom - 1.8, words, Face(6.8, 400, TEXT2))


def _outlines(chart: Pyramid) -> tuple[list[float], list[float]]:
    """Return what men and women would be with the shares of the reference, in % of everybody."""
    total = sum(v.drawn() for v in pyramid_numbers(chart))
    men = [share * total / 100 for share in chart.outline_men]
    women = [share * total / 100 for share in chart.outline_women]
    return men, women


def _draw_side(
    canvas: Canvas,
    value: Printed,
    start: float,
    y: float,
    step: float,
    unit: float,
    colour: str,
    texture: str,
) -> None:
    if not value.state.is_known:
        anchor = "end" if unit < 0 else "start"
        canvas.text(start + (3 if unit > 0 else -3), y + step / 2 + 2.4, value.text, AXIS, anchor)
        return
    end = start + value.drawn() * unit
    bar = Box(min(start, end), y + 0.7, abs(end - start), step - 1.4)
    fill_bar(canvas, bar, colour, texture, fictitious=value.fictitious)


def _draw_outline(
    canvas: Canvas, side: list[float], start: float, bottom: float, step: float, unit: float
) -> None:
    if not side:
        return
    points = []
    for rank, x in enumerate(side):
        points += [(start + x * unit, bottom - rank * step), (start + x * unit, bottom - (rank + 1) * step)]
    canvas.path([np.array(points)], pen=Pen(OCHRE, 1.1, (2.4, 1.6)), closed=False)

"""How the absences look: lines for no data, dots for not published, crossed lines for masked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.domain.indicator import ValueState
from maps.canvas import Box, Canvas, Pen, Ring
from maps.sketch import box_of

GROUND = "#F1EFEB"
SIGNS = "#A09B91"
LINE_STEP, DOT_STEP = 4.4, 3.4

WORDS = {
    ValueState.NO_DATA: "pas de donnée",
    ValueState.NOT_PUBLISHED: "non publié à cette maille",
    ValueState.MASKED: "masqué, secret statistique",
    ValueState.ZERO: "zéro",
}


def draw_absence(canvas: Canvas, state: ValueState, rings: Sequence[Ring], scale: float = 1.0) -> None:
    """Fill rings with the look of one absence; signs are aligned from one territory to the next."""
    if not rings:
        return
    with canvas.clip(rings):
        box = box_of(rings)
        canvas.rect(box, fill=GROUND)
        if state is ValueState.NOT_PUBLISHED:
            canvas.path(_dots(box, DOT_STEP * scale), pen=Pen(SIGNS, 1.2 * scale), closed=False)
            return
        lines = diagonals(box, LINE_STEP * scale, rising=True)
        if state is ValueState.MASKED:
            lines += diagonals(box, LINE_STEP * scale, rising=False)
        canvas.path(lines, pen=Pen(SIGNS, 0.6 * scale), closed=False)


def diagonals(box: Box, step: float, *, rising: bool) -> list[Ring]:
    """Lines at 45° over a box, aligned from one box to the next."""
    slope = -1.0 if rising else 1.0
    ends = [y - slope * x for x in (box.x, box.right) for y in (box.y, box.bottom)]
    across = step * np.sqrt(2.0)
    starts = np.arange(np.floor(min(ends) / across), np.ceil(max(ends) / across) + 1) * across
    return [
        np.array([[box.x, slope * box.x + start], [box.right, slope * box.right + start]]) for start in starts
    ]


def levels(box: Box, step: float, *, upright: bool = False) -> list[Ring]:
    """Horizontal or upright lines over a box, aligned from one box to the next."""
    low, high = (box.x, box.right) if upright else (box.y, box.bottom)
    places = np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step
    if upright:
        return [np.array([[x, box.y], [x, box.bottom]]) for x in places]
    return [np.array([[box.x, y], [box.right, y]]) for y in places]


def draw_class_lines(
    canvas: Canvas,
    strength: float,
    colour: str,
    rings: Sequence[Ring],
    *,
    upright: bool = False,
    scale: float = 1.0,
) -> None:
    """Lines over a class so that it is read without colour: closer as strength goes from 0 (none) to 1.

    upright: for classes under the middle of a diverging scale.
    """
    if strength <= 0 or not rings:
        return
    step = scale * float(np.interp(strength, (0.0, 1.0), (7.0, 2.2)))
    with canvas.clip(rings):
        lines = levels(box_of(rings), step, upright=upright)
        canvas.path(lines, pen=Pen(colour, 0.55 * scale, opacity=0.75), closed=False)


def _dots(box: Box, step: float) -> list[Ring]:
    """Lines too short to be seen: their round ends are the dots, and a page of them stays light."""
    rows = np.arange(np.floor(box.y / step), np.ceil(box.bottom / step) + 1)
    columns = np.arange(np.floor(box.x / step), np.ceil(box.right / step) + 1)
    x, y = np.meshgrid(columns * step, rows * step)
    x[rows % 2 == 1] += step / 2
    points = np.column_stack([x.ravel(), y.ravel()])
    return list(np.stack([points, points + np.array([0.01, 0.0])], axis=1))

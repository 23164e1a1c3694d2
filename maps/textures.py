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
        lines = _diagonals(box, LINE_STEP * scale, rising=True)
        if state is ValueState.MASKED:
            lines += _diagonals(box, LINE_STEP * scale, rising=False)
        canvas.path(lines, pen=Pen(SIGNS, 0.6 * scale), closed=False)


def _diagonals(box: Box, step: float, *, rising: bool) -> list[Ring]:
    slope = -1.0 if rising else 1.0
    ends = [y - slope * x for x in (box.x, box.right) for y in (box.y, box.bottom)]
    across = step * np.sqrt(2.0)
    starts = np.arange(np.floor(min(ends) / across), np.ceil(max(ends) / across) + 1) * across
    return [
        np.array([[box.x, slope * box.x + start], [box.right, slope * box.right + start]]) for start in starts
    ]


def _dots(box: Box, step: float) -> list[Ring]:
    """Lines too short to be seen: their round ends are the dots, and a page of them stays light."""
    rows = np.arange(np.floor(box.y / step), np.ceil(box.bottom / step) + 1)
    columns = np.arange(np.floor(box.x / step), np.ceil(box.right / step) + 1)
    x, y = np.meshgrid(columns * step, rows * step)
    x[rows % 2 == 1] += step / 2
    points = np.column_stack([x.ravel(), y.ravel()])
    return list(np.stack([points, points + np.array([0.01, 0.0])], axis=1))

"""The scale bar and the north of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import number
from maps.canvas import SELECTION, TEXT, WHITE, Box, Canvas, Face, Pen
from maps.sketch import nice_length

if TYPE_CHECKING:
    from maps.plan import Plan


def draw_marks(canvas: Canvas, plan: Plan) -> list[Box]:
    """Draw what the plan asks for; return the boxes taken."""
    taken = [_draw_scale(canvas, plan)] if plan.scale_bar else []
    return [*taken, _draw_north(canvas, plan)] if plan.north else taken


def _draw_scale(canvas: Canvas, plan: Plan) -> Box:
    fine, box = plan.fine, plan.box
    metres = nice_length(box.w * 0.24 / plan.frame.scale)
    width = metres * plan.frame.scale
    words = f"{number(metres / 1000, 0 if metres >= 1000 else 1)}\u00a0km"
    x, y = box.x + 9 * fine, box.bottom - 9 * fine
    tick = 3.5 * fine
    line = np.array([[x, y - tick], [x, y], [x + width, y], [x + width, y - tick]])
    canvas.path([line], pen=Pen(WHITE, 3.0 * fine), closed=False)
    canvas.path([line], pen=Pen(TEXT, 0.9 * fine), closed=False)
    face = Face(7.2 * fine, 400, TEXT, halo=WHITE)
    canvas.text(x + width / 2, y - 3 * fine, words, face, "middle")
    return Box(x - 2, y - 12 * fine, max(width, 30.0) + 4, 14 * fine)


def _draw_north(canvas: Canvas, plan: Plan) -> Box:
    fine = plan.fine
    x, y, side = plan.box.right - 15 * fine, plan.box.y + 10 * fine, 4.2 * fine
    arrow = np.array([[x, y], [x + side, y + 3 * side], [x, y + 2.3 * side], [x - side, y + 3 * side]])
    canvas.path([arrow], fill=SELECTION)
    canvas.text(x, y + 3 * side + 8 * fine, "N", Face(7.6 * fine, 700, SELECTION), "middle")
    return Box(x - side - 2, y - 2, 2 * side + 4, 3 * side + 12 * fine)

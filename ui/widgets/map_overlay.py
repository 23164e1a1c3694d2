"""What lies over the areas of the map on the screen: class lines, zones, flags, circles, points of services.

The shapes are those of paper, laid out for the canvas; drawn in the thread that draws maps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.domain.indicator import ValueState
from maps.canvas import BORDER, OCHRE, WHITE, Box, Pen
from maps.palettes import ink_on
from maps.plan import Plan, draw_flag, strength_of
from maps.points import RADIUS, draw_points
from maps.sketch import Frame as PaperFrame
from maps.sketch import rings_of
from maps.textures import draw_class_lines
from maps.zones import draw_zones
from ui.widgets.map_painter import PainterCanvas
from ui.widgets.map_style import style

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

    from maps.choropleth import Choropleth
    from maps.declutter import Disc
    from ui.widgets.map_frame import Frame
    from ui.widgets.map_style import Colours

FINE = 1.35
"""Pixels for a point of paper: signs of 9 pixels across."""
AROUND = 3.0
"""Pixels around a sign where the pointer still finds it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A sign that can be pointed at: centre and reach in pixels of the canvas, words of its tip."""

    x: float
    y: float
    reach: float
    words: str


@dataclass(frozen=True)
class ScreenPlan(Plan):
    """A map laid out on a canvas of the screen."""

    seen: Frame | None = None

    @cached_property
    def frame(self) -> PaperFrame:
        """Where metres fall on the canvas."""
        seen = self.seen
        assert seen is not None
        return PaperFrame(
            seen.scale, seen.width / 2 - seen.x * seen.scale, seen.height / 2 + seen.y * seen.scale
        )


def has_overlay(choropleth: Choropleth) -> bool:
    """True if something lies over the areas, circles apart."""
    blank = choropleth.blank_zero and bool((choropleth.states == ValueState.ZERO).any())
    return bool(choropleth.textures or choropleth.zones or choropleth.flags or choropleth.points or blank)


def draw_overlay(
    painter: QPainter, choropleth: Choropleth, frame: Frame, colours: Colours, dark: bool, pixel: float
) -> ScreenPlan:
    """Draw what is under the circles: class lines, zones, edges of white zones, flags."""
    box = Box(0, 0, frame.width, frame.height)
    named = tuple(replace(layer, named=True) for layer in choropleth.points)
    plan = ScreenPlan(replace(choropleth, points=named), box, fine=FINE * pixel, seen=frame)
    look = style(dark)
    canvas = PainterCanvas(painter, painter.font(), {OCHRE: look.flag, BORDER: look.departement_line})
    if choropleth.textures:
        _lines(canvas, plan, colours, pixel)
    draw_zones(canvas, plan)
    blank = choropleth.states == ValueState.ZERO
    if choropleth.blank_zero and blank.any():
        canvas.path(rings_of(plan.shapes[blank]), pen=Pen(BORDER, 1.2 * pixel))
    if choropleth.flags is not None:
        ranks = [i for i, code in enumerate(choropleth.layer.codes) if code in choropleth.flags.codes]
        draw_flag(canvas, rings_of(plan.shapes[ranks]) if ranks else [], plan.fine)
    return plan


def draw_signs(
    painter: QPainter, plan: ScreenPlan, font: QFont, discs: Sequence[Disc] = ()
) -> tuple[Spot, ...]:
    """Draw points and signs of zones off the circles; return what the pointer may find."""
    choropleth = plan.choropleth
    if not (choropleth.points or choropleth.zones):
        return ()
    words = {
        kind.shape: kind.label for layer in choropleth.points for kind in layer.kinds
    }  # a shape stands for one kind on a map
    signs = draw_points(PainterCanvas(painter, font), plan, discs)
    found = []
    for sign in signs:
        kind = words.get(sign.look[0], "")
        several = f"{kind}\u202f: {sign.count} lieux" if sign.count > 1 else ""
        said = several or ", ".join(part for part in (sign.label, kind) if part)
        rough = "" if sign.look[2] or not said else ", placé au centre de la commune"
        found.append(Spot(sign.at_x, sign.at_y, sign.radius + AROUND, said + rough))
    return tuple(found)


def least_radius(pixel: float) -> float:
    """Radius in pixels of a sign."""
    return RADIUS * FINE * pixel


def _lines(canvas: PainterCanvas, plan: ScreenPlan, colours: Colours, pixel: float) -> None:
    choropleth = plan.choropleth
    for rank in range(len(choropleth.palette)):
        there = np.flatnonzero(choropleth.class_of == rank)
        if len(there):
            strength, upright = strength_of(choropleth, rank)
            ink = ink_on(colours[int(there[0])])
            rings = rings_of(plan.shapes[there])
            draw_class_lines(canvas, strength, ink, rings, upright=upright, scale=1.5 * pixel)


__all__ = ["WHITE", "Spot", "draw_overlay", "draw_signs", "has_overlay", "least_radius"]

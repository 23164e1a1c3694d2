"""The flow of the cascade on paper: cards by level with their whole name, ribbons between them."""

from __future__ import annotations

import numpy as np

from app.domain.cascade_flow import FlowBox
from app.domain.cascade_places import FlowPlaces, place_flow
from maps.canvas import (
    INK,
    LINE,
    OCHRE,
    TEXT,
    TEXT2,
    VIOLET,
    WHITE,
    Box,
    Canvas,
    Face,
    Pen,
    wrap,
    write_lines,
)
from reports.kit.charts import Flow
from reports.kit.prose import clean

NAME = Face(6.8, 400, TEXT)
COUNT = Face(6.2, 400, TEXT2)
NONE = Face(6.2, 600, OCHRE)
HEAD = Face(7.2, 600, TEXT2)
LEADING = 8.2
PAD, GAP, CHANNEL, RIBBON, HEADS = 4.0, 4.0, 20.0, 2.4, 24.0
WIDEST = 170.0
STEPS = 24
"""Straight pieces of a ribbon."""


def flow_height(chart: Flow, width: float) -> float:
    """Return the height that a flow needs in a width, no name cut."""
    return _places(chart, width).height + HEADS + 4


def draw_flow(canvas: Canvas, chart: Flow, box: Box) -> None:
    """Draw ribbons, cards, and the name of each level above its cards."""
    flow, card = chart.diagram, _card(chart, box.w)
    places = _places(chart, box.w)
    lefts = {kind: box.x + place * (card + CHANNEL) for place, kind in enumerate(flow.kinds)}
    top = box.y + HEADS
    for (one, other), (start, end) in places.ends.items():
        upper, lower = flow.by_uuid[one], flow.by_uuid[other]
        x1, x2 = lefts[upper.node.kind] + card, lefts[lower.node.kind]
        _draw_ribbon(canvas, x1, top + start + RIBBON / 2, x2, top + end + RIBBON / 2)
    for kind, left in lefts.items():
        words = f"{chart.words.get(kind, kind)} ({len(flow.column(kind))})"
        write_lines(canvas, wrap(clean(words), HEAD, card + CHANNEL / 2), left, box.y + 7, HEAD, 8.6)
    for held in flow.boxes:
        left, at = lefts[held.node.kind], top + places.tops[held.uuid]
        _draw_card(canvas, chart, held, Box(left, at, card, _height(held, card)))


def _card(chart: Flow, width: float) -> float:
    columns = max(len(chart.diagram.kinds), 1)
    return min((width - (columns - 1) * CHANNEL) / columns, WIDEST)


def _places(chart: Flow, width: float) -> FlowPlaces:
    card = _card(chart, width)
    heights = {box.uuid: _height(box, card) for box in chart.diagram.boxes}
    return place_flow(chart.diagram, heights, GAP, RIBBON)


def _lines(box: FlowBox, card: float) -> list[str]:
    return wrap(clean(box.label), NAME, card - 2 * PAD - 2)


def _height(box: FlowBox, card: float) -> float:
    return max(LEADING * (len(_lines(box, card)) + 1) + 2 * PAD - 1, RIBBON * box.weight + 2)


def _draw_card(canvas: Canvas, chart: Flow, box: FlowBox, place: Box) -> None:
    edge = Pen(VIOLET, 0.7, (2.0, 1.4)) if box.node.fictitious else Pen(LINE, 0.7)
    canvas.rect(place, fill=WHITE, pen=edge, radius=2.0)
    canvas.rect(Box(place.x, place.y + 2, 1.6, place.h - 4), fill=INK)
    left = place.x + PAD + 2
    after = write_lines(canvas, _lines(box, place.w), left, place.y + PAD + 6, NAME, LEADING)
    canvas.text(left, after, clean(chart.counts.get(box.uuid, "")), NONE if box.fiches == 0 else COUNT)


def _draw_ribbon(canvas: Canvas, x1: float, y1: float, x2: float, y2: float) -> None:
    share = np.linspace(0.0, 1.0, STEPS + 1)
    smooth = share * share * (3 - 2 * share)
    points = np.column_stack([x1 + (x2 - x1) * share, y1 + (y2 - y1) * smooth])
    canvas.path([points], pen=Pen("#C9C4BA", RIBBON), closed=False)

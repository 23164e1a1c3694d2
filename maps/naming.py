"""What each territory of a printed map would like to say: its name, its value, in the ink of its class."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import THIN, number, value_text
from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.canvas import WHITE, Face
from maps.choropleth import Mark
from maps.labels import Line, Variant, Wish, name_lines, short_name
from maps.palettes import ink_on
from maps.textures import GROUND as ABSENT

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from maps.plan import Plan

AT_LEAST = f"≥{THIN}"
"""Before a number that is a lower bound."""
PLAIN = "#ECE9E2"
"""Ground of territories under circles."""
NEARLY = 0.95
"""Share of the label of a commune that must fall in it."""
SMALL_CIRCLE = 3.4
"""Radius in points under which the circle of a commune has no label."""
LEAST = 5.0
"""Smallest size of a name in points."""
STEPS = ((8.4, 0.94), (7.4, 0.94), (6.6, 0.9), (6.6, 0.75), (7.4, 0.45), (6.6, 0.4))
"""Sizes of names, and share that must fall inside: whole and ever smaller, then over the border."""


def wishes(plan: Plan) -> list[Wish]:
    """Return the labels wanted on a plan; communes without a known value have none."""
    if not (plan.names or plan.values):
        return []
    near = plan.choropleth.layer.level is Level.COMMUNE
    anchors = plan.frame.apply(plan.choropleth.layer.label_xy).tolist()
    found = []
    for rank, shape in enumerate(plan.shapes):
        variants = _variants(plan, rank)
        if variants:
            place = (anchors[rank][0], anchors[rank][1])
            radius, own = _radius(plan, rank), plan.choropleth.mark is Mark.SYMBOL
            found.append(Wish(shape, place, variants, _priority(plan, rank), radius, near and own, own))
    return found


def _priority(plan: Plan, rank: int) -> float:
    """The selection first, then large circles, or small territories: large ones have other places."""
    if plan.choropleth.layer.codes[rank] == plan.choropleth.selected:
        return -math.inf
    if plan.choropleth.mark is Mark.SYMBOL:
        return -abs(float(np.nan_to_num(plan.choropleth.numbers[rank])))
    return float(plan.shapes[rank].area)


def _variants(plan: Plan, rank: int) -> tuple[Variant, ...]:
    value = _value(plan, rank) if plan.values else ""
    name = short_name(plan.choropleth.layer.names[rank]) if plan.names else ""
    if plan.choropleth.layer.level is not Level.COMMUNE:
        return _large_variants(plan, rank, name, value)
    if plan.choropleth.states[rank] > ValueState.ZERO or _is_small_circle(plan, rank):
        return ()
    if plan.choropleth.states[rank] == ValueState.ZERO:
        return tuple(_alone(plan, rank, value, (6.0, 5.0), 0.6))
    least = 0.0 if plan.choropleth.mark is Mark.SYMBOL else NEARLY
    full = [Variant(lines, least) for size in (6.2, 5.4) for lines in _lines(plan, rank, size, name, value)]
    return (*full, *_alone(plan, rank, value, (6.0, 5.0), least))


def _large_variants(plan: Plan, rank: int, name: str, value: str) -> tuple[Variant, ...]:
    found = [
        Variant(lines, share) for size, share in STEPS for lines in _lines(plan, rank, size, name, value)
    ]
    return (*found, *_alone(plan, rank, value, (7.6, 6.4), 0.25))


def _alone(plan: Plan, rank: int, value: str, sizes: tuple[float, ...], inside: float) -> list[Variant]:
    return [Variant(lines, inside) for size in sizes for lines in _lines(plan, rank, size, "", value)]


def _lines(plan: Plan, rank: int, size: float, name: str, value: str) -> list[tuple[Line, ...]]:
    strong = _face(plan, rank, max(size * plan.fine, LEAST) + 0.5, 700)
    if name:
        return name_lines(name, value, _face(plan, rank, max(size * plan.fine, LEAST), 500), strong)
    return [(Line(value, strong),)] if value else []


def _value(plan: Plan, rank: int) -> str:
    return value_words(plan.choropleth, rank)


def value_words(choropleth: Choropleth, rank: int) -> str:
    """Return what is printed for a territory: « 67,2 », « +1,3 », « ≈ 12 », « n.p. », « 67,2 · 895 »."""
    state = ValueState(int(choropleth.states[rank]))
    if choropleth.second is not None and np.isfinite(choropleth.numbers[rank]):
        state = ValueState.VALUE  # the absence shown may be that of the second quantity
    if choropleth.class_labels and state.is_known:
        return ""
    decimals = choropleth.indicator.decimals
    if choropleth.signed and state.is_known:
        text = number(float(choropleth.numbers[rank]), decimals, signed=True)
    else:
        text = value_text(float(choropleth.numbers[rank]), state, decimals)
    if choropleth.estimated and state is ValueState.VALUE:
        text = f"≈{THIN}{text}"
    if choropleth.layer.codes[rank] in choropleth.at_least and state is ValueState.VALUE:
        text = f"{AT_LEAST}{text}"
    second = choropleth.second
    if second is None:
        return text
    other = value_text(
        float(second.numbers[rank]), ValueState(int(second.states[rank])), second.indicator.decimals
    )
    return f"{text}\u00a0·\u00a0{f'≈{THIN}' if second.estimated else ''}{other}"


def _face(plan: Plan, rank: int, size: float, weight: int) -> Face:
    ground = _ground(plan, rank)
    busy = plan.choropleth.textures or bool(plan.choropleth.zones)
    return Face(size, weight, ink_on(ground), halo=ground, halo_width=size * (0.44 if busy else 0.26))


def _ground(plan: Plan, rank: int) -> str:
    rank_of_class = int(plan.choropleth.class_of[rank])
    if rank_of_class >= 0:
        return plan.choropleth.palette[rank_of_class]
    if plan.choropleth.states[rank] > ValueState.ZERO:
        return ABSENT
    return WHITE if plan.choropleth.blank_zero else PLAIN


def _is_small_circle(plan: Plan, rank: int) -> bool:
    return 0.0 < _radius(plan, rank) < SMALL_CIRCLE


def _radius(plan: Plan, rank: int) -> float:
    """Radius of the circle at the centre of a territory, 0 without circle."""
    size = abs(float(np.nan_to_num(plan.choropleth.numbers[rank])))
    if plan.choropleth.mark is not Mark.SYMBOL:
        symbols = plan.choropleth.symbols
        if symbols is None or symbols.level is not plan.choropleth.layer.level:
            return 0.0
        code = plan.choropleth.layer.codes[rank]
        if code not in symbols.codes:
            return 0.0
        size = abs(float(np.nan_to_num(symbols.numbers[symbols.codes.index(code)])))
    return plan.radius_of_one * math.sqrt(size)

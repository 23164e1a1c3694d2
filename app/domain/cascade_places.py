"""Room for a flow: where each box and each end of a ribbon stands, on screen and on paper. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.cascade_flow import FlowBox, FlowDiagram


@dataclass(frozen=True, slots=True)
class FlowPlaces:
    """Top of each box, top of each ribbon at both ends, and the height of the whole."""

    tops: Mapping[str, float]
    ends: Mapping[tuple[str, str], tuple[float, float]]
    height: float


def place_flow(
    diagram: FlowDiagram, heights: Mapping[str, float], gap: float, ribbon: float, least: float = 0.0
) -> FlowPlaces:
    """Place boxes of given heights, gap apart, and ribbons of a width; least: height to fill at least."""
    columns = [diagram.column(kind) for kind in diagram.kinds]
    filled = [sum(heights[box.uuid] for box in column) + gap * (len(column) - 1) for column in columns]
    height = max((*filled, least))
    tops: dict[str, float] = {}
    for column in columns:
        tops |= _stacked(column, diagram, heights, tops, gap, height)
    return FlowPlaces(tops, _ends(diagram, tops, heights, ribbon), height)


def _stacked(
    column: Sequence[FlowBox],
    diagram: FlowDiagram,
    heights: Mapping[str, float],
    placed: Mapping[str, float],
    gap: float,
    height: float,
) -> dict[str, float]:
    """Each box beside those it answers if there is room, never one over another, none out of the height."""
    tops: list[float] = []
    free = 0.0
    for box in column:
        mine = heights[box.uuid]
        middles = [placed[up] + heights[up] / 2 for up in diagram.uppers.get(box.uuid, ())]
        tops.append(max(free, _middle(middles, free + mine / 2) - mine / 2))
        free = tops[-1] + mine + gap
    below = height + gap
    for place in range(len(column) - 1, -1, -1):
        tops[place] = min(tops[place], below - gap - heights[column[place].uuid])
        below = tops[place]
    return {box.uuid: top for box, top in zip(column, tops, strict=True)}


def _ends(
    diagram: FlowDiagram, tops: Mapping[str, float], heights: Mapping[str, float], ribbon: float
) -> dict[tuple[str, str], tuple[float, float]]:
    """Ribbons leave and reach a box side by side around its middle, in the order of the other ends."""
    starts = _fan(diagram.lowers, tops, heights, ribbon)
    stops = _fan(diagram.uppers, tops, heights, ribbon)
    return {(one, other): (starts[one, other], stops[other, one]) for one, other in diagram.ribbons}


def _fan(
    sides: Mapping[str, tuple[str, ...]],
    tops: Mapping[str, float],
    heights: Mapping[str, float],
    ribbon: float,
) -> dict[tuple[str, str], float]:
    found = {}
    for uuid, others in sides.items():
        first = tops[uuid] + (heights[uuid] - ribbon * len(others)) / 2
        for place, other in enumerate(sorted(others, key=lambda one: tops[one])):
            found[uuid, other] = first + place * ribbon
    return found


def _middle(found: Sequence[float], without: float) -> float:
    return sum(found) / len(found) if found else without

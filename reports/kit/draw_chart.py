"""Which function draws, measures and lists the numbers of each kind of chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from maps.canvas import Box, Canvas
from reports.kit.charts import (
    Bars,
    Chart,
    DotStrip,
    Dumbbells,
    Flow,
    Gantt,
    GaugePair,
    HorizontalBars,
    Multiples,
    Progression,
    Pyramid,
    Stacked,
    Trend,
    Waterfall,
)
from reports.kit.draw_bars import (
    bars_numbers,
    draw_bars,
    draw_horizontal,
    draw_stacked,
    horizontal_height,
    stacked_height,
    stacked_numbers,
)
from reports.kit.draw_dots import (
    ROW,
    STRIP,
    draw_dumbbells,
    draw_strip_chart,
    dumbbells_numbers,
    strip_numbers,
)
from reports.kit.draw_flow import draw_flow, flow_height
from reports.kit.draw_people import draw_pyramid, pyramid_height, pyramid_numbers
from reports.kit.draw_progress import TRACK, draw_progression, progression_numbers
from reports.kit.draw_steps import (
    draw_gauges,
    draw_waterfall,
    gauge_numbers,
    gauges_height,
    waterfall_numbers,
)
from reports.kit.draw_time import draw_gantt, gantt_height
from reports.kit.draw_trend import draw_multiples, draw_trend, multiples_height, trend_height, trend_numbers
from reports.kit.printed import Printed


@dataclass(frozen=True, slots=True)
class _Kind:
    draw: Callable[[Canvas, Any, Box], None]
    height: Callable[[Any, float], float]
    numbers: Callable[[Any], list[Printed]]


KINDS: dict[type, _Kind] = {
    Bars: _Kind(draw_bars, lambda _c, _w: 140.0, bars_numbers),
    HorizontalBars: _Kind(draw_horizontal, lambda c, _w: horizontal_height(c), bars_numbers),
    Stacked: _Kind(draw_stacked, stacked_height, stacked_numbers),
    Trend: _Kind(draw_trend, trend_height, trend_numbers),
    Multiples: _Kind(draw_multiples, multiples_height, trend_numbers),
    Waterfall: _Kind(draw_waterfall, lambda _c, _w: 176.0, waterfall_numbers),
    GaugePair: _Kind(draw_gauges, lambda c, _w: gauges_height(c), gauge_numbers),
    Dumbbells: _Kind(draw_dumbbells, lambda c, _w: ROW * len(c.rows) + 28, dumbbells_numbers),
    DotStrip: _Kind(draw_strip_chart, lambda c, _w: STRIP * len(c.rows), strip_numbers),
    Pyramid: _Kind(draw_pyramid, lambda c, _w: pyramid_height(c), pyramid_numbers),
    Progression: _Kind(draw_progression, lambda c, _w: TRACK * len(c.rows), progression_numbers),
    Flow: _Kind(draw_flow, flow_height, lambda _c: []),
    Gantt: _Kind(draw_gantt, lambda c, _w: gantt_height(c), lambda _c: []),
}


def draw_chart(canvas: Canvas, chart: Chart, box: Box) -> None:
    """Draw a chart in a box."""
    KINDS[type(chart)].draw(canvas, chart, box)


def chart_height(chart: Chart, width: float) -> float:
    """Return the height that suits a chart in a width, in points."""
    return KINDS[type(chart)].height(chart, width)


def chart_numbers(chart: Chart) -> list[Printed]:
    """Return every number a chart prints."""
    return KINDS[type(chart)].numbers(chart)

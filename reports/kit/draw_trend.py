"""Time series: the four series of a contract never merged, tunnel, breaks of method, labels kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.domain.french import number
from maps.canvas import INK, OCHRE, TEXT, TEXT2, TEXT3, WHITE, Box, Canvas, Face, Pen, fitted
from reports.kit.chart_base import (
    AXIS,
    GRID,
    LEGEND,
    Scale,
    draw_no_data,
    kept_apart,
    key_rows,
    line,
    nothing_known,
    reference_pen,
    textured,
    tick_words,
    ticks,
)
from reports.kit.charts import Multiples, Style, Trend, TrendSeries
from reports.kit.printed import Printed
from reports.kit.prose import clean
from reports.kit.trend_labels import TrendLabels

TUNNEL, TUNNEL_LINES = "#E8F0F2", "#B9CFD6"
GREY = "#7A766E"


@dataclass(frozen=True, slots=True)
class _Look:
    """Stroke and mark of a style: colour, width, dashes, mark, filled or hollow."""

    colour: str
    width: float
    dash: tuple[float, ...]
    mark: str
    full: bool


LOOKS = {
    Style.ACTUAL: _Look(INK, 2.2, (), "dot", True),
    Style.FORECAST: _Look(INK, 1.5, (0.8, 2.6), "dot", False),
    Style.REVISED: _Look(OCHRE, 1.5, (), "diamond", True),
    Style.INITIAL: _Look(GREY, 1.0, (3.4, 2.4), "square", False),
    Style.REFERENCE: _Look(TEXT2, 1.0, (6.0, 2.0, 1.0, 2.0), "triangle", False),
    Style.OTHER: _Look("#5B6FA8", 1.2, (), "triangle", True),
}
ORDER = (Style.INITIAL, Style.REVISED, Style.REFERENCE, Style.OTHER, Style.FORECAST, Style.ACTUAL)


def trend_numbers(chart: Trend | Multiples) -> list[Printed]:
    """Return the numbers of every point: drawn to scale, most of them written."""
    if isinstance(chart, Multiples):
        return [shown for _, one in chart.charts for shown in trend_numbers(one)]
    points = [point.value for one in chart.series for point in one.points]
    return points + [held.value for held in chart.lines]


def trend_height(chart: Trend, width: float) -> float:
    """Return the height that suits a trend."""
    return min(max(width * 0.42, 130.0), 200.0) + 11.5 * key_rows(_legend_words(chart), width, 32.0)


def _legend_words(chart: Trend) -> list[str]:
    return [one.name for one in chart.series] + (["Tunnel"] if chart.tunnel else [])


def trend_bounds(chart: Trend) -> tuple[float, float]:
    """Return the lowest and highest numbers to show; zero is among them when they come near it."""
    known = [v.drawn() for v in trend_numbers(chart) if v.state.is_known and v.number is not None]
    known += [x for point in chart.tunnel for x in (point.low, point.high)]
    low = min(known) if chart.low is None else chart.low
    high = max(known) if chart.high is None else chart.high
    if chart.zero_base or 0 <= low < 0.45 * high:
        low = 0.0
    if high - low < 1e-9:
        low, high = low - max(abs(low) * 0.1, 1.0), high + max(abs(high) * 0.1, 1.0)
    return low, high


def draw_trend(canvas: Canvas, chart: Trend, box: Box, *, legend: bool = True, small: bool = False) -> None:
    """Draw the series in a box; a value that is absent opens its line and is said under the axis."""
    if nothing_known(trend_numbers(chart)):
        draw_no_data(canvas, box)
        return
    top = _draw_legend(canvas, chart, box) if legend else box.y + 4
    low, high = trend_bounds(chart)
    levels = ticks(low, high, 3 if small else 4)
    words = tick_words(levels)
    left = max(AXIS.width(word) for word in words) + (14 if chart.unit == "%" else 6)
    right = max((AXIS.width(f"{one.name} {one.value.text}") for one in chart.lines), default=0.0)
    plot = Box(box.x + left, top + 4, box.w - left - max(right + 4, 14.0), box.bottom - top - 22)
    y = Scale(levels[0], levels[-1], plot.bottom, plot.y)
    for level, word in zip(levels, words, strict=True):
        line(canvas, plot.x, y.at(level), plot.right, y.at(level), GRID)
        unit = "\u202f%" if chart.unit == "%" and level == levels[-1] else ""
        canvas.text(plot.x - 4, y.at(level) + 2.4, word + unit, AXIS, "end")
    x = _abscissas(chart, plot)
    _draw_tunnel(canvas, chart, x, y)
    _draw_ticks(canvas, chart, plot, x, small=small)
    _draw_levels(canvas, chart, plot, y, box.right)
    _draw_today(canvas, chart, plot, x)
    ordered = sorted(chart.series, key=lambda one: ORDER.index(one.style))
    for one in ordered:
        _draw_series(canvas, one, plot, x, y)
    TrendLabels(canvas, plot, x, y, small).write(ordered, {s: look.colour for s, look in LOOKS.items()})
    if levels[0] > 0 and not small:
        canvas.text(plot.x, box.bottom - 1, "L’axe ne part pas de zéro.", Face(6.2, 400, TEXT3))


def _abscissas(chart: Trend, plot: Box) -> Scale:
    places = [p.at for one in chart.series for p in one.points] + [t for t, _ in chart.ticks]
    low, high = min(places), max(places)
    if high <= low:
        low, high = low - 1, high + 1
    return Scale(low, high, plot.x + 10, plot.right - 12)


def _draw_legend(canvas: Canvas, chart: Trend, box: Box) -> float:
    x, y = box.x, box.y + 5
    for one in chart.series:
        look, words = LOOKS[one.style], clean(one.name)
        width = 22 + LEGEND.width(words)
        if x > box.x and x + width > box.right:
            x, y = box.x, y + 11.5
        line(canvas, x, y, x + 17, y, Pen(look.colour, min(look.width, 1.8), look.dash))
        _draw_mark(canvas, look, x + 8.5, y, 2.2)
        canvas.text(x + 21, y + 2.5, words, LEGEND)
        x += width + 10
    if chart.tunnel:
        if x > box.x and x + 60 > box.right:
            x, y = box.x, y + 11.5
        swatch = Box(x, y - 3.5, 17, 7)
        canvas.rect(swatch, fill=TUNNEL)
        canvas.path(textured(swatch, "rising"), pen=Pen(TUNNEL_LINES, 0.5), closed=False)
        canvas.text(x + 21, y + 2.5, "Tunnel", LEGEND)
    return y + 9


def _draw_tunnel(canvas: Canvas, chart: Trend, x: Scale, y: Scale) -> None:
    if len(chart.tunnel) < 2:
        return
    upper = [(x.at(p.at), y.at(p.high)) for p in chart.tunnel]
    lower = [(x.at(p.at), y.at(p.low)) for p in chart.tunnel]
    ring = np.array([*upper, *reversed(lower)])
    canvas.path([ring], fill=TUNNEL)
    left, top = ring.min(axis=0).tolist()
    right, bottom = ring.max(axis=0).tolist()
    with canvas.clip([ring]):
        hatch = textured(Box(left, top, right - left, bottom - top), "rising", 4.4)
        canvas.path(hatch, pen=Pen(TUNNEL_LINES, 0.5), closed=False)


def _draw_ticks(canvas: Canvas, chart: Trend, plot: Box, x: Scale, *, small: bool) -> None:
    found = chart.ticks or tuple(
        (at, number(at, 0).replace("\u202f", ""))
        for at in sorted({p.at for s in chart.series for p in s.points})
    )
    widest = max(AXIS.width(words) for _, words in found) + 4
    room = (x.end - x.start) / max(len(found) - 1, 1)
    every = max(int(-(-widest // max(room, 1.0))), 1)
    for rank, (at, words) in enumerate(found):
        if (len(found) - 1 - rank) % every == 0:
            canvas.text(x.at(at), plot.bottom + 10, words, AXIS if small else Face(7.0, 400, TEXT2), "middle")


def _draw_levels(canvas: Canvas, chart: Trend, plot: Box, y: Scale, right: float) -> None:
    known = [one for one in chart.lines if one.value.state.is_known]
    wanted = [y.at(one.value.drawn()) for one in known]
    for one, level, at in zip(known, wanted, kept_apart(wanted, 8.0, plot.y, plot.bottom), strict=True):
        line(canvas, plot.x, level, plot.right, level, reference_pen())
        words = f"{clean(one.name)}\u00a0{one.value.text}"
        canvas.text(right, at + 2.4, words, Face(6.6, 600, OCHRE), "end")


def _draw_today(canvas: Canvas, chart: Trend, plot: Box, x: Scale) -> None:
    if chart.today is None or not x.low <= chart.today <= x.high:
        return
    at = x.at(chart.today)
    line(canvas, at, plot.y, at, plot.bottom, Pen(GREY, 0.7))
    canvas.text(at - 3, plot.y + 6, "aujourd’hui", Face(6.2, 400, TEXT2), "end")


def _draw_series(canvas: Canvas, one: TrendSeries, plot: Box, x: Scale, y: Scale) -> None:
    look = LOOKS[one.style]
    pen = Pen(look.colour, look.width, look.dash)
    for before, after in pairwise(one.points):
        known = before.value.state.is_known and after.value.state.is_known
        if known and not any(before.at < at <= after.at for at in one.broken_before):
            start = (x.at(before.at), y.at(before.value.drawn()))
            line(canvas, *start, x.at(after.at), y.at(after.value.drawn()), pen)
    for at in one.broken_before:
        if x.low <= at <= x.high:
            line(canvas, x.at(at) - 2, plot.y, x.at(at) - 2, plot.bottom, Pen(GREY, 0.6, (1.0, 1.6)))
            canvas.text(x.at(at) + 1, plot.y + 6, "rupture de méthode", Face(6.0, 400, TEXT2))
    for point in one.points:
        if point.value.state.is_known:
            _draw_mark(canvas, look, x.at(point.at), y.at(point.value.drawn()), 2.7 if look.full else 2.5)
        elif one.style is Style.ACTUAL:
            canvas.text(x.at(point.at), plot.bottom - 3, point.value.text, Face(6.6, 400, TEXT3), "middle")


def _draw_mark(canvas: Canvas, look: _Look, x: float, y: float, r: float) -> None:
    fill, pen = (look.colour if look.full else WHITE), Pen(look.colour, 1.0)
    if look.mark == "dot":
        canvas.circles(np.array([[x, y]]), [r], fill=fill, pen=Pen(WHITE, 0.6) if look.full else pen)
    elif look.mark == "square":
        canvas.rect(Box(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7), fill=fill, pen=pen)
    elif look.mark == "diamond":
        r *= 1.25
        canvas.path(
            [np.array([[x, y - r], [x + r, y], [x, y + r], [x - r, y]])], fill=fill, pen=Pen(WHITE, 0.5)
        )
    else:
        canvas.path([np.array([[x, y - r], [x + r, y + r * 0.8], [x - r, y + r * 0.8]])], fill=fill, pen=pen)


def multiples_height(chart: Multiples, width: float) -> float:
    """Return the height that suits small multiples."""
    del width
    rows = -(-len(chart.charts) // max(chart.columns, 1))
    return rows * 104.0 + 14


def draw_multiples(canvas: Canvas, chart: Multiples, box: Box) -> None:
    """Draw small trends, all on the same scale, one legend for all."""
    if nothing_known(trend_numbers(chart)):
        draw_no_data(canvas, box)
        return
    known = [one for _, one in chart.charts if not nothing_known(trend_numbers(one))]
    limits = [trend_bounds(one) for one in known]
    low, high = min(pair[0] for pair in limits), max(pair[1] for pair in limits)
    top = _draw_legend(canvas, known[0], box)
    columns = max(chart.columns, 1)
    rows = -(-len(chart.charts) // columns)
    width, height = (box.w - 14 * (columns - 1)) / columns, (box.bottom - top) / rows
    for rank, (title, one) in enumerate(chart.charts):
        row, column = divmod(rank, columns)
        cell = Box(box.x + column * (width + 14), top + row * height, width, height - 6)
        face = Face(7.2, 600, TEXT)
        canvas.text(cell.x, cell.y + 8, fitted(clean(title), face, width), face)
        inner = Box(cell.x, cell.y + 10, cell.w, cell.h - 8)
        same = Trend(
            one.series, one.tunnel, one.ticks, one.lines, one.unit, one.today, one.zero_base, low, high
        )
        draw_trend(canvas, same, inner, legend=False, small=True)

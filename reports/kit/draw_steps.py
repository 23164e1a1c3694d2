"""Waterfalls with their residue, and two gauges that are never averaged."""

from __future__ import annotations

from app.domain.french import NBSP, THIN, number
from maps.canvas import INK, INK_SOFT, OCHRE, TEXT, TEXT2, TEXT3, WHITE, Box, Canvas, Face, Pen, shrunk, wrap
from reports.kit.chart_base import (
    GRID,
    RULE,
    SOFT,
    Scale,
    draw_no_data,
    fill_bar,
    line,
    nothing_known,
    shown_words,
    textured,
)
from reports.kit.charts import Gauge, GaugePair, Waterfall
from reports.kit.printed import Printed, plain
from reports.kit.prose import clean

RESIDUE = "Non expliqué"
CUT = 0.55
"""Share of the highest level above which the axis is cut: steps would not be seen from zero."""


def waterfall_numbers(chart: Waterfall) -> list[Printed]:
    """Return the numbers printed."""
    return [chart.start.value, *(step.value for step in chart.steps), chart.end.value]


def residue(chart: Waterfall) -> float | None:
    """Return what the steps do not explain, rounded as printed; None where a term is unknown."""
    numbers = waterfall_numbers(chart)
    if any(v.number is None or not v.state.is_known for v in numbers):
        return None
    explained = sum(step.value.drawn() for step in chart.steps)
    return round(chart.end.value.drawn() - chart.start.value.drawn() - explained, chart.decimals) + 0.0


def draw_waterfall(canvas: Canvas, chart: Waterfall, box: Box) -> None:
    """Draw start, steps, what is not explained, end."""
    if nothing_known([chart.start.value, chart.end.value]):
        draw_no_data(canvas, box)
        return
    left_over = residue(chart)
    bars = _bars(chart, left_over)
    levels = [x for _, _, low, high, _ in bars for x in (low, high)]
    cut = min(levels) > CUT * max(levels) > 0
    base = min(levels) - (max(levels) - min(levels)) * 0.5 - 1e-9 if cut else min(0.0, *levels)
    plot = Box(box.x, box.y + 14, box.w, box.h - 50)
    scale = Scale(base, max(levels), plot.bottom, plot.y)
    step = plot.w / len(bars)
    width = min(step * 0.6, 52.0)
    line(canvas, plot.x, plot.bottom, plot.right, plot.bottom, RULE)
    for rank, (name, value, low, high, kind) in enumerate(bars):
        middle = plot.x + (rank + 0.5) * step
        bottom = base if kind == "whole" else low
        shape = Box(middle - width / 2, scale.at(high), width, scale.at(bottom) - scale.at(high))
        _draw_step(canvas, shape, kind, value, cut=cut)
        if rank < len(bars) - 1:
            level = scale.at(_level_after(bars, rank))
            line(
                canvas,
                middle + width / 2,
                level,
                middle + step - width / 2,
                level,
                Pen(TEXT3, 0.6, (1.5, 1.5)),
            )
        bold = Face(7.8, 700 if kind == "whole" else 600, OCHRE if kind == "rest" else TEXT)
        canvas.text(middle, scale.at(high) - 3, value.text, shrunk(value.text, bold, step), "middle")
        _write_name(canvas, name, middle, plot.bottom + 9, step)
    canvas.text(box.x, box.bottom - 1, _words(chart, left_over, cut=cut), Face(6.6, 400, TEXT2))


Bar = tuple[str, Printed, float, float, str]


def _bars(chart: Waterfall, left_over: float | None) -> list[Bar]:
    """Return name, value, low, high and kind (whole, up, down, rest) of each bar."""
    level = chart.start.value.drawn()
    bars: list[Bar] = [(chart.start.name, chart.start.value, 0.0, level, "whole")]
    for step in chart.steps:
        after = level + step.value.drawn()
        kind = "up" if after >= level else "down"
        bars.append((step.name, step.value, min(level, after), max(level, after), kind))
        level = after
    if left_over:
        after = level + left_over
        shown = plain(left_over, chart.decimals, signed=True)
        bars.append((RESIDUE, shown, min(level, after), max(level, after), "rest"))
    end = chart.end.value.drawn()
    bars.append((chart.end.name, chart.end.value, 0.0, end, "whole"))
    return [(n, v, h if k == "whole" else lo, h, k) for n, v, lo, h, k in bars]


def _level_after(bars: list[Bar], rank: int) -> float:
    _, _, low, high, kind = bars[rank]
    if kind == "whole":
        return high
    following = bars[rank + 1]
    if following[4] == "whole":
        return following[3]
    return high if kind == "up" else low if kind == "down" else following[2]


def _draw_step(canvas: Canvas, shape: Box, kind: str, value: Printed, *, cut: bool) -> None:
    if kind == "rest":
        canvas.rect(shape, fill=WHITE, pen=Pen(OCHRE, 0.8))
        canvas.path(textured(shape, "crossed"), pen=Pen(OCHRE, 0.6), closed=False)
        return
    colour, texture = {"whole": (INK, "plain"), "up": (SOFT, "plain"), "down": (SOFT, "rising")}[kind]
    fill_bar(canvas, shape, colour, texture, fictitious=value.fictitious)
    if kind == "whole" and cut:  # two white strokes say that the bar is cut
        for shift in (7.0, 10.0):
            y = shape.bottom - shift
            line(canvas, shape.x - 2, y + 2, shape.right + 2, y - 2, Pen(WHITE, 1.4))


def _write_name(canvas: Canvas, name: str, x: float, y: float, width: float) -> None:
    face = Face(6.8, 400, TEXT2)
    for rank, text in enumerate(wrap(clean(name), face, width - 4)[:3]):
        canvas.text(x, y + 7.8 * rank, text, shrunk(text, face, width - 2), "middle")


def _words(chart: Waterfall, left_over: float | None, *, cut: bool) -> str:
    if left_over is None:
        text = "Une étape au moins n’a pas de valeur\u202f: la somme n’est pas vérifiable."
    elif left_over:
        text = f"Part non expliquée{THIN}: {number(left_over, chart.decimals, signed=True)}."
    else:
        text = "Les étapes expliquent tout l’écart."
    return f"{text} Barres coupées{THIN}: l’axe ne part pas de zéro." if cut else text


def gauge_numbers(chart: GaugePair) -> list[Printed]:
    """Return the numbers printed."""
    return [v for _, one in chart.held for v in (one.share, one.part, one.whole)]


def gauges_height(chart: GaugePair) -> float:
    """Return the height that its bars need."""
    return 12.0 + 48.0 * len(chart.held)


def draw_gauges(canvas: Canvas, chart: GaugePair, box: Box) -> None:
    """Draw bars of 0 to 100 %, each with its terms and its rule."""
    height = (box.h - 12) / max(len(chart.held), 1)
    for place, (rank, one) in enumerate(chart.held):
        _draw_gauge(canvas, one, Box(box.x, box.y + place * height, box.w, height), focus=rank == 0)
    note = chart.note or ("Deux mesures distinctes, jamais moyennées." if len(chart.held) > 1 else "")
    canvas.text(box.x, box.bottom - 1, clean(note), Face(6.6, 400, TEXT2))


def _draw_gauge(canvas: Canvas, one: Gauge, box: Box, *, focus: bool) -> None:
    share = one.share
    canvas.text(box.x, box.y + 11, clean(one.name), Face(8.4, 600, TEXT))
    known = share.state.is_known
    canvas.text(
        box.right, box.y + 11, shown_words(share, "%"), Face(11, 700, TEXT if known else TEXT3), "end"
    )
    bar = Box(box.x, box.y + 16, box.w, 9.0)
    canvas.rect(bar, fill=INK_SOFT)
    if known:
        width = min(max(share.drawn(), 0.0), 100.0) / 100 * bar.w
        fill_bar(
            canvas, Box(bar.x, bar.y, width, bar.h), INK if focus else SOFT, "plain" if focus else "rising"
        )
    for x in (25, 50, 75):
        line(canvas, bar.x + x / 100 * bar.w, bar.y, bar.x + x / 100 * bar.w, bar.bottom, GRID)
    words = f"{one.part.text} sur{NBSP}{one.whole.text}{THIN}; {clean(one.rule)}"
    face = Face(7.0, 400, TEXT2)
    for rank, text in enumerate(wrap(words, face, box.w)[:2]):
        canvas.text(box.x, bar.bottom + 9 + 8.6 * rank, text, face)

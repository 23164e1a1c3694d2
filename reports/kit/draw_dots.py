"""Dots: a territory against its reference, and the spread of a group; no zero base is needed."""

from __future__ import annotations

import numpy as np

from app.domain.french import NBSP, THIN, number
from maps.canvas import INK, LINE, OCHRE, TEXT, TEXT2, TEXT3, WHITE, Box, Canvas, Face, Pen
from reports.figures import PEER
from reports.kit.chart_base import (
    AXIS,
    GRID,
    Scale,
    bounds,
    draw_no_data,
    line,
    names_width,
    nothing_known,
    shown_words,
    tick_words,
    ticks,
    write_apart,
    write_name,
)
from reports.kit.charts import DotStrip, Dumbbell, Dumbbells, StripRow
from reports.kit.printed import Printed
from reports.kit.prose import clean

ROW, STRIP = 17.0, 34.0


def dumbbells_numbers(chart: Dumbbells) -> list[Printed]:
    """Return the numbers printed."""
    return [v for row in chart.rows for v in (row.value, row.reference)]


def draw_dumbbells(canvas: Canvas, chart: Dumbbells, box: Box) -> None:
    """Draw rows of two dots: full for the territory, hollow diamond for its reference."""
    if nothing_known(dumbbells_numbers(chart)):
        draw_no_data(canvas, box)
        return
    _draw_key(canvas, chart.names, box)
    names = names_width([_row_name(row, chart) for row in chart.rows], box.w)
    top, bottom = box.y + 15, box.bottom - (2 if chart.own_scale else 12)
    plot = Box(box.x + names + 26, top, box.w - names - 56, bottom - top)
    step = plot.h / len(chart.rows)
    common = _scale(dumbbells_numbers(chart), plot)
    if not chart.own_scale:
        found = ticks(common.low, common.high, 4)
        for x, words in zip(found, tick_words(found), strict=True):
            line(canvas, common.at(x), plot.y, common.at(x), plot.bottom, GRID)
            canvas.text(common.at(x), plot.bottom + 9, words, AXIS, "middle")
    for rank, row in enumerate(chart.rows):
        y = plot.y + (rank + 0.5) * step
        write_name(canvas, _row_name(row, chart), Box(box.x, y - step / 2, names - 6, step))
        _draw_dumbbell(
            canvas, row, y, _scale([row.value, row.reference], plot) if chart.own_scale else common, plot
        )


def _row_name(row: Dumbbell, chart: Dumbbells) -> str:
    return f"{row.name} ({row.unit})" if chart.own_scale and row.unit else row.name


def _scale(values: list[Printed], plot: Box) -> Scale:
    low, high = bounds(values, zero=False)
    margin = (high - low) * 0.06 or 1.0
    if low >= 0 and low < 0.3 * high:
        low, margin = 0.0, high * 0.02
    found = ticks(low - margin if low else 0.0, high + margin, 4)
    return Scale(found[0], found[-1], plot.x, plot.right)


def _draw_key(canvas: Canvas, names: tuple[str, str], box: Box) -> None:
    face = Face(7.0, 400, TEXT2)
    _dot(canvas, box.x + 4, box.y + 4)
    canvas.text(box.x + 11, box.y + 6.5, clean(names[0]), face)
    x = box.x + 24 + face.width(clean(names[0]))
    _hollow(canvas, x, box.y + 4)
    canvas.text(x + 7, box.y + 6.5, clean(names[1]), face)


def _dot(canvas: Canvas, x: float, y: float) -> None:
    canvas.circles(np.array([[x, y]]), [3.2], fill=INK, pen=Pen(WHITE, 0.6))


def _hollow(canvas: Canvas, x: float, y: float) -> None:
    r = 3.6
    canvas.path([np.array([[x, y - r], [x + r, y], [x, y + r], [x - r, y]])], fill=WHITE, pen=Pen(OCHRE, 1.1))


def _draw_dumbbell(canvas: Canvas, row: Dumbbell, y: float, scale: Scale, plot: Box) -> None:
    line(canvas, plot.x, y, plot.right, y, GRID)
    value, reference = row.value, row.reference
    known = [v for v in (value, reference) if v.state.is_known and v.number is not None]
    if len(known) == 2:
        line(canvas, scale.at(value.drawn()), y, scale.at(reference.drawn()), y, Pen("#8FB3C1", 2.4))
    higher = value.drawn() >= reference.drawn() or not reference.state.is_known
    for shown, main in ((reference, False), (value, True)):
        face = Face(7.4, 700 if main else 400, TEXT if main else OCHRE)
        right = main == higher
        if not shown.state.is_known:
            x = plot.right + 4 if right else plot.x - 4
            canvas.text(x, y + 2.6, shown.text, Face(7.4, 400, TEXT3), "start" if right else "end")
            continue
        x = scale.at(shown.drawn())
        (_dot if main else _hollow)(canvas, x, y)
        words = shown_words(shown, row.unit)
        canvas.text(x + 6.5 if right else x - 6.5, y + 2.6, words, face, "start" if right else "end")


def strip_numbers(chart: DotStrip) -> list[Printed]:
    """Return the numbers drawn."""
    dots = [value for row in chart.rows for _, value in row.dots]
    return dots + [one.value for row in chart.rows for one in row.lines]


def draw_strip_chart(canvas: Canvas, chart: DotStrip, box: Box) -> None:
    """Draw one line of dots a row, each on its own scale, with extremes, median and focus named."""
    if nothing_known(strip_numbers(chart)):
        draw_no_data(canvas, box)
        return
    step = box.h / len(chart.rows)
    for rank, row in enumerate(chart.rows):
        _draw_strip_row(canvas, row, Box(box.x, box.y + rank * step, box.w, step), chart)


def _draw_strip_row(canvas: Canvas, row: StripRow, box: Box, chart: DotStrip) -> None:
    names = names_width([r.name for r in chart.rows], box.w)
    write_name(canvas, row.name, Box(box.x, box.y, names - 6, box.h))
    known = [(name, v) for name, v in row.dots if v.state.is_known and v.number is not None]
    plot = Box(box.x + names + 6, box.y, box.w - names - 20, box.h)
    middle = box.y + box.h / 2
    if not known:
        canvas.text(plot.x, middle + 2.6, "Aucune valeur connue.", Face(7.4, 400, TEXT3))
        return
    numbers = np.array([v.drawn() for _, v in known])
    every = [*numbers.tolist(), *(one.value.drawn() for one in row.lines if one.value.state.is_known)]
    scale = Scale(min(every), max(every) if max(every) > min(every) else min(every) + 1, plot.x, plot.right)
    low, high = float(numbers.min()), float(numbers.max())
    line(canvas, scale.at(low), middle, scale.at(high), middle, Pen(LINE, 2.6))
    for one in row.lines:
        if one.value.state.is_known:
            x = scale.at(one.value.drawn())
            line(canvas, x, middle - 5, x, middle + 5, Pen(OCHRE, 1.1, (2.0, 1.5)))
    others = np.array([[scale.at(v.drawn()), middle] for name, v in known if name != row.focus]).reshape(
        -1, 2
    )
    canvas.circles(others, [2.1] * len(others), fill=PEER, pen=Pen(WHITE, 0.5))
    median = float(np.median(numbers))
    line(canvas, scale.at(median), middle - 4, scale.at(median), middle + 4, Pen(TEXT2, 1.2))
    for name, v in known:
        if name == row.focus:
            canvas.circles(np.array([[scale.at(v.drawn()), middle]]), [3.4], fill=INK, pen=Pen(WHITE, 0.7))
    _write_above(canvas, row, known, scale, middle)
    _write_below(canvas, row, known, scale, middle, median, chart.decimals)


def _write_above(
    canvas: Canvas, row: StripRow, known: list[tuple[str, Printed]], scale: Scale, middle: float
) -> None:
    """Write the territory studied and the references above the line, apart from one another."""
    labels = [
        (scale.at(v.drawn()), f"{clean(n)}{NBSP}{v.text}", Face(7.0, 700, INK))
        for n, v in known
        if n == row.focus
    ]
    labels += [
        (scale.at(one.value.drawn()), f"{clean(one.name)}{NBSP}{one.value.text}", Face(6.6, 600, OCHRE))
        for one in row.lines
        if one.value.state.is_known
    ]
    write_apart(canvas, labels, middle - 7.5, scale.start - 6, scale.end + 14)


def _write_below(
    canvas: Canvas, row: StripRow, known: list[tuple[str, Printed]], scale: Scale, middle: float,
    median: float, decimals: int,
) -> None:  # fmt: skip
    """Write the extremes and the median under the line."""
    lowest = min(known, key=lambda pair: pair[1].drawn())
    highest = max(known, key=lambda pair: pair[1].drawn())
    face = Face(6.4, 400, TEXT2)
    labels = [
        (scale.at(v.drawn()), f"{clean(name)}{NBSP}{v.text}", face)
        for name, v in dict.fromkeys((lowest, highest))
        if name != row.focus
    ]
    if len(known) > 2:
        labels.append((scale.at(median), f"médiane{NBSP}{number(median, decimals)}", face))
    absent = len(row.dots) - len(known)
    if absent:
        labels.append((scale.end, f"sans valeur{THIN}: {absent}", Face(6.4, 400, TEXT3)))
    write_apart(canvas, labels, middle + 12.0, scale.start - 6, scale.end + 14)

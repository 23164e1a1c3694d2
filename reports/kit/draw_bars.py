"""Bars upright, lying and stacked: zero base, direct labels, references in ochre dashes, absences said."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.french import NBSP, THIN
from maps.canvas import OCHRE, TEXT, TEXT2, TEXT3, Box, Canvas, Face, Pen, shrunk, wrap
from reports.kit.chart_base import (
    AXIS,
    COLOURS,
    GRID,
    RULE,
    TEXTURES,
    Scale,
    bounds,
    draw_key_line,
    draw_no_data,
    fill_bar,
    focus_colour,
    kept_apart,
    key_rows,
    line,
    names_width,
    nothing_known,
    reference_pen,
    shown_words,
    tick_words,
    ticks,
    value_face,
    write_name,
)
from reports.kit.charts import Bars, HorizontalBars, Line, Part, Stacked, StackRow
from reports.kit.printed import Printed
from reports.kit.prose import clean

ROW = 15.5
APART = 7.0
"""Space above references, where their rule is."""


def bars_numbers(chart: Bars | HorizontalBars) -> list[Printed]:
    """Return the numbers printed."""
    return [bar.value for bar in chart.bars] + [one.value for one in chart.lines]


def draw_bars(canvas: Canvas, chart: Bars, box: Box) -> None:
    """Draw upright bars."""
    values = [bar.value for bar in chart.bars]
    if nothing_known(values):
        draw_no_data(canvas, box)
        return
    low, high = bounds(values, chart.lines)
    right = max((Face(6.8).width(_line_words(one, chart.unit)) for one in chart.lines), default=0.0)
    plot = Box(box.x, box.y + 12, box.w - (right + 6 if right else 0.0), box.h - 36)
    scale = Scale(low, high, plot.bottom, plot.y)
    step = plot.w / len(chart.bars)
    width = min(step * 0.62, 46.0)
    base = scale.at(0.0)
    for rank, bar in enumerate(chart.bars):
        middle = plot.x + (rank + 0.5) * step
        top = scale.at(bar.value.drawn())
        if bar.value.state.is_known and bar.value.number:
            shape = Box(middle - width / 2, min(top, base), width, abs(base - top))
            fill_bar(canvas, shape, focus_colour(bar.focus), fictitious=bar.value.fictitious)
        words = shown_words(bar.value, chart.unit)
        face = shrunk(words, value_face(bar.value, focus=bar.focus, size=7.8), step - 1)
        below = bar.value.drawn() < 0
        canvas.text(middle, (top + 9) if below else (min(top, base) - 3), words, face, "middle")
        _write_under(canvas, bar.name, middle, plot.bottom + 10, step, focus=bar.focus)
    line(canvas, plot.x, base, plot.right, base, RULE)
    _draw_levels(canvas, chart.lines, plot, scale, box.right, chart.unit)


def _line_words(one: Line, unit: str) -> str:
    return f"{clean(one.name)}{NBSP}{shown_words(one.value, unit)}"


def _write_under(canvas: Canvas, name: str, x: float, y: float, width: float, *, focus: bool) -> None:
    face = Face(7.0, 600 if focus else 400, TEXT if focus else TEXT2)
    lines = wrap(clean(name), face, width - 3)[:2]
    if any(face.width(text) > width - 2 for text in lines):  # compounds are cut after their hyphens
        cut = wrap(clean(name).replace("-", "- "), face, width - 3)
        lines = [text.replace("- ", "-") for text in cut][:3]
    for rank, text in enumerate(lines):
        canvas.text(x, y + 8.2 * rank, text, shrunk(text, face, width - 2), "middle")


def _draw_levels(
    canvas: Canvas, lines: Sequence[Line], plot: Box, scale: Scale, right: float, unit: str
) -> None:
    known = [one for one in lines if one.value.state.is_known]
    wanted = [scale.at(one.value.drawn()) for one in known]
    for one, level, at in zip(known, wanted, kept_apart(wanted, 8.5, plot.y, plot.bottom), strict=True):
        line(canvas, plot.x, level, plot.right, level, reference_pen())
        words = _line_words(one, unit)
        canvas.text(right, at + 2.4, words, Face(6.8, 600, OCHRE), "end")


def horizontal_height(chart: HorizontalBars) -> float:
    """Return the height that suits lying bars."""
    return ROW * len(chart.bars) + (APART if _apart(chart.bars) else 0.0) + (16 if chart.lines else 2) + 14


def plot_width(room: float, ends: Sequence[float], words: Sequence[str], high: float) -> float:
    """Return the widest plot in which each bar and the words after it fit in the room."""
    face = Face(7.4, 700)
    widths = [
        (room - face.width(text) - 8) * high / end for end, text in zip(ends, words, strict=True) if end > 0
    ]
    labels = max((face.width(text) for text in words), default=0.0)
    return min([room - 8, *widths]) if widths else room - labels - 8


def _apart(rows: Sequence[object]) -> bool:
    flags = [bool(getattr(row, "apart", False)) for row in rows]
    return any(flags) and not all(flags)


def draw_horizontal(canvas: Canvas, chart: HorizontalBars, box: Box) -> None:
    """Draw lying bars in the order given."""
    values = [bar.value for bar in chart.bars]
    if nothing_known(values):
        draw_no_data(canvas, box)
        return
    low, high = bounds(values, chart.lines)
    names = names_width([bar.name for bar in chart.bars], box.w)
    words = [shown_words(value, chart.unit) for value in values]
    wide = plot_width(box.w - names, [max(v.drawn(), 0.0) - low for v in values], words, high - low)
    top = box.y + (14 if chart.lines else 0)
    step = (box.bottom - 12 - top - (APART if _apart(chart.bars) else 0.0)) / len(chart.bars)
    plot = Box(box.x + names, top, wide, box.bottom - 12 - top)
    scale = Scale(low, high, plot.x, plot.right)
    _draw_axis(canvas, scale, plot, values)
    y, before = plot.y, False
    for bar in chart.bars:
        if bar.apart and not before and y > plot.y:
            line(canvas, box.x, y + APART / 2 - 0.5, box.right, y + APART / 2 - 0.5, RULE)
            y += APART
        before = bar.apart
        row = Box(box.x, y, names - 6, step)
        write_name(canvas, bar.name, row, focus=bar.focus)
        end, start = scale.at(bar.value.drawn()), scale.at(0.0)
        if bar.value.number:
            shape = Box(min(start, end), y + step * 0.18, abs(end - start), step * 0.64)
            texture = "rising" if bar.apart else "plain"
            fill_bar(canvas, shape, focus_colour(bar.focus), texture, fictitious=bar.value.fictitious)
        face = value_face(bar.value, focus=bar.focus)
        canvas.text(max(end, start) + 4, y + step / 2 + 2.6, shown_words(bar.value, chart.unit), face)
        y += step
    _draw_uprights(canvas, chart.lines, plot, scale, chart.unit)


def _draw_axis(
    canvas: Canvas, scale: Scale, plot: Box, values: Sequence[Printed] = (), *, share: bool = False
) -> None:
    """Draw the grid and its words; counts have no fraction on their axis."""
    found = [x for x in ticks(scale.low, scale.high, 4) if scale.low <= x <= scale.high * (1 + 1e-9)]
    if values and all(value.drawn().is_integer() for value in values):
        found = [x for x in found if float(x).is_integer()]
    for x, word in zip(found, tick_words(found), strict=True):
        words = f"{word}{THIN}%" if share and x == found[-1] else word
        line(canvas, scale.at(x), plot.y, scale.at(x), plot.bottom, GRID)
        canvas.text(scale.at(x), plot.bottom + 8, words, AXIS, "middle")
    if scale.low < 0:
        line(canvas, scale.at(0), plot.y, scale.at(0), plot.bottom, RULE)


def _draw_uprights(canvas: Canvas, lines: Sequence[Line], plot: Box, scale: Scale, unit: str) -> None:
    known = [one for one in lines if one.value.state.is_known]
    face = Face(6.8, 600, OCHRE)
    wide = max((face.width(_line_words(one, unit)) for one in known), default=0.0) + 6
    wanted = [scale.at(one.value.drawn()) for one in known]
    half = wide / 2
    placed = kept_apart(wanted, wide, plot.x - 20 + half, plot.right + 26 - half)
    for one, x, at in zip(known, wanted, placed, strict=True):
        line(canvas, x, plot.y - 3, x, plot.bottom, reference_pen())
        canvas.text(at, plot.y - 6, _line_words(one, unit), face, "middle")


def stacked_numbers(chart: Stacked) -> list[Printed]:
    """Return the numbers printed: totals, and parts, which are drawn to scale."""
    return [shown for row in chart.rows for shown in (*row.values, row.total)]


def stacked_height(chart: Stacked, width: float) -> float:
    """Return the height that suits stacked bars."""
    legend = 11.5 * key_rows([part.name for part in chart.parts], width) + 3
    return legend + ROW * len(chart.rows) + (APART if _apart(chart.rows) else 0.0) + 14


def looks(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Return colour and texture of each part."""
    return [
        (part.colour or COLOURS[rank % len(COLOURS)], part.texture or TEXTURES[rank % len(TEXTURES)])
        for rank, part in enumerate(parts)
    ]


def draw_stacked(canvas: Canvas, chart: Stacked, box: Box) -> None:
    """Draw stacked bars, parts in the order of the legend, references apart under a rule."""
    if nothing_known(stacked_numbers(chart)):
        draw_no_data(canvas, box)
        return
    style = looks(chart.parts)
    top = draw_key_line(canvas, [(p.name, *look) for p, look in zip(chart.parts, style, strict=True)], box)
    sums = [sum(v.drawn() for v in row.values) for row in chart.rows]
    high = 100.0 if chart.share else max([*sums, *(row.total.drawn() for row in chart.rows)])
    names = names_width([row.name for row in chart.rows], box.w)
    words = [_total_words(row) for row in chart.rows]
    ends = [high if chart.share else total for total in sums]
    wide = plot_width(box.w - names, ends, words, high)
    step = (box.bottom - 12 - top - (APART if _apart(chart.rows) else 0.0)) / len(chart.rows)
    plot = Box(box.x + names, top, wide, box.bottom - 12 - top)
    scale = Scale(0.0, high or 1.0, plot.x, plot.right)
    _draw_axis(canvas, scale, plot, share=chart.share)
    y, before = plot.y, False
    for row, total in zip(chart.rows, sums, strict=True):
        if row.apart and not before and y > plot.y:
            line(canvas, box.x, y + APART / 2 - 0.5, box.right, y + APART / 2 - 0.5, RULE)
            y += APART
        before = row.apart
        write_name(canvas, row.name, Box(box.x, y, names - 6, step), focus=row.focus)
        bar = Box(plot.x, y, plot.w, step)
        if chart.share and _absent(row):
            _draw_unshared(canvas, row, bar)
        else:
            _draw_segments(canvas, row, bar, scale, style, 100.0 / total if chart.share and total else 1.0)
        y += step


def _draw_segments(
    canvas: Canvas, row: StackRow, box: Box, scale: Scale, style: Sequence[tuple[str, str]], factor: float
) -> None:
    x, base = 0.0, box.y + box.h / 2 + 2.6
    for value, (colour, texture) in zip(row.values, style, strict=True):
        width = value.drawn() * factor
        left, right = scale.at(x), scale.at(x + width)
        if right - left > 0.05:
            segment = Box(left, box.y + box.h * 0.18, max(right - left - 0.75, 0.2), box.h * 0.64)
            fill_bar(canvas, segment, colour, texture, fictitious=value.fictitious)
        x += width
    canvas.text(scale.at(x) + 4, base, _total_words(row), value_face(row.total, focus=row.focus))


def _absent(row: StackRow) -> list[str]:
    return sorted({v.text for v in row.values if not v.state.is_known})


def _total_words(row: StackRow) -> str:
    """Return « 66,8 », or « 66,8 (une part n.d.) » where a segment is missing."""
    absent = _absent(row)
    words = shown_words(row.total)
    return f"{words} (une part{NBSP}{', '.join(absent)})" if absent and row.total.state.is_known else words


def _draw_unshared(canvas: Canvas, row: StackRow, box: Box) -> None:
    """Say that shares cannot be drawn: what is known would wrongly fill the bar."""
    frame = Box(box.x, box.y + box.h * 0.18, box.w - 0.75, box.h * 0.64)
    canvas.rect(frame, pen=Pen(TEXT3, 0.6, (1.8, 1.6)))
    base = box.y + box.h / 2 + 2.6
    canvas.text(box.x + 6, base, "répartition incomplète", Face(6.8, 400, TEXT2))
    canvas.text(box.right + 4, base, _total_words(row), value_face(row.total, focus=row.focus))

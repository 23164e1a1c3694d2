"""Expected results: a track from the start to the target, what is reached in full; each on its own scale."""

from __future__ import annotations

from maps.canvas import INK, INK_SOFT, OCHRE, TEXT, TEXT2, TEXT3, Box, Canvas, Face, Pen, fitted
from reports.kit.chart_base import Scale, fill_bar, line, write_apart
from reports.kit.charts import Progression, ProgressRow
from reports.kit.printed import Printed
from reports.kit.prose import clean

TRACK = 38.0
"""Height of one track, name and words included."""
COLOURS = (TEXT2, INK, OCHRE)


def progression_numbers(chart: Progression) -> list[Printed]:
    """Return the numbers printed."""
    return [shown for row in chart.rows for shown in (row.baseline, row.actual, row.target)]


def draw_progression(canvas: Canvas, chart: Progression, box: Box) -> None:
    """Draw tracks under one another."""
    step = box.h / max(len(chart.rows), 1)
    for rank, row in enumerate(chart.rows):
        _draw_track(canvas, row, Box(box.x, box.y + rank * step, box.w, step))


def _draw_track(canvas: Canvas, row: ProgressRow, box: Box) -> None:
    face = Face(7.6, 600, TEXT)
    name = f"{clean(row.name)} ({clean(row.unit)})" if row.unit else clean(row.name)
    canvas.text(box.x, box.y + 9, fitted(name, face, box.w), face)
    track = Box(box.x + 2, box.y + 14, box.w - 4, 6.0)
    known = [v.drawn() for v in (row.baseline, row.actual, row.target) if v.state.is_known]
    canvas.rect(track, fill=INK_SOFT)
    scale = Scale(0.0, 1.0, track.x, track.right)
    if known:
        low, high = min(known), max(known)
        margin = (high - low) * 0.12 or 1.0
        scale = Scale(
            min(low - margin, 0.0) if low <= margin else low - margin, high + margin, track.x, track.right
        )
        start = row.baseline.drawn() if row.baseline.state.is_known else scale.low
        if row.actual.state.is_known:
            ends = sorted((scale.at(start), scale.at(row.actual.drawn())))
            fill_bar(canvas, Box(ends[0], track.y, ends[1] - ends[0], track.h), INK)
        _draw_ticks(canvas, row, track, scale)
    _write_words(canvas, row, track, scale)


def _draw_ticks(canvas: Canvas, row: ProgressRow, track: Box, scale: Scale) -> None:
    for shown, pen in ((row.baseline, Pen(TEXT2, 1.2)), (row.target, Pen(OCHRE, 1.8))):
        if shown.state.is_known:
            x = scale.at(shown.drawn())
            line(canvas, x, track.y - 2, x, track.bottom + 2, pen)


def _write_words(canvas: Canvas, row: ProgressRow, track: Box, scale: Scale) -> None:
    """Write the three numbers under their places; an absence stands at the end of the track."""
    labels = []
    for words, shown, colour in zip(row.words, (row.baseline, row.actual, row.target), COLOURS, strict=True):
        known = shown.state.is_known
        face = Face(7.0, 600 if known else 400, colour if known else TEXT3)
        place = scale.at(shown.drawn()) if known else track.right
        labels.append((place, f"{clean(words)}\u202f: {clean(shown.text)}", face))
    write_apart(canvas, labels, track.bottom + 10, track.x, track.right)

"""What charts share: scales and grids, textures that survive grey print, labels kept apart, absences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.french import number
from maps.canvas import (
    INK,
    LINE,
    OCHRE,
    TEXT,
    TEXT2,
    TEXT3,
    VIOLET,
    WHITE,
    Box,
    Canvas,
    Face,
    Pen,
    Ring,
    shrunk,
    wrap,
)
from reports.kit.charts import Line
from reports.kit.printed import Printed
from reports.kit.prose import clean

NAME = Face(7.4, 400, TEXT)
VALUE = Face(7.4, 400, TEXT)
AXIS = Face(6.6, 400, TEXT3)
LEGEND = Face(7.0, 400, TEXT2)
GRID = Pen(LINE, 0.5)
RULE = Pen("#8F8A80", 0.7)
SOFT = "#8FB3C1"
"""Colour of bars that are not the one studied."""
COLOURS = ("#17536B", "#D98E4A", "#8DA457", "#A77BA5", "#5B6FA8", "#B9B4A9", "#62BCB0", "#7D4222")
TEXTURES = ("plain", "rising", "dots", "crossed", "falling", "plain", "rising", "dots")
TEXTURE_STEP = 3.4


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers to points along one axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, x: float) -> float:
        """Return the place of a number."""
        if self.high <= self.low:
            return self.start
        return self.start + (x - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Return round numbers from at most low to at least high, about so many steps."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        high = low + 1.0
    raw = (high - low) / max(count + 1, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    first = math.floor(low / step + 1e-9) * step
    found = [first]
    while found[-1] < high - step * 1e-6:
        found.append(found[-1] + step)
    return [round(x, 10) for x in found]


def tick_decimals(found: Sequence[float]) -> int:
    """Return how many decimals the words of an axis need."""
    for decimals in (0, 1, 2):
        if all(abs(x - round(x, decimals)) < 1e-9 for x in found):
            return decimals
    return 3


def tick_words(found: Sequence[float]) -> list[str]:
    """Return the words of an axis."""
    decimals = tick_decimals(found)
    return [number(x, decimals) for x in found]


def bounds(
    values: Sequence[Printed], lines: Sequence[Line] = (), *, zero: bool = True
) -> tuple[float, float]:
    """Return the lowest and highest known numbers, zero among them if asked; (0, 1) when none is known."""
    known = [v.drawn() for v in values if v.state.is_known and v.number is not None]
    known += [line.value.drawn() for line in lines if line.value.state.is_known]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    return (low, high) if high > low else (low, low + 1.0)


def line(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, pen: Pen) -> None:
    """Draw a straight line."""
    canvas.path([np.array([[x0, y0], [x1, y1]])], pen=pen, closed=False)


def fill_bar(
    canvas: Canvas, box: Box, colour: str, texture: str = "plain", *, fictitious: bool = False
) -> None:
    """Fill a bar with a colour and white signs on it; a fictitious one has a dashed violet outline."""
    if box.w <= 0 or box.h <= 0:
        return
    canvas.rect(box, fill=colour)
    signs = textured(box, texture)
    if signs:
        canvas.path(signs, pen=Pen(WHITE, 1.1 if texture == "dots" else 0.6), closed=False)
    if fictitious:
        canvas.rect(box, pen=Pen(VIOLET, 0.8, (2.0, 1.4)))


def textured(box: Box, texture: str, step: float = TEXTURE_STEP) -> list[Ring]:
    """Return the lines of a texture, cut at the sides of the box; none for a plain one."""
    if texture == "dots":
        return _dots(box, step)
    found: list[Ring] = []
    if texture in ("rising", "crossed"):
        found += _diagonals(box, step, rising=True)
    if texture in ("falling", "crossed"):
        found += _diagonals(box, step, rising=False)
    return found


def _diagonals(box: Box, step: float, *, rising: bool) -> list[Ring]:
    across = step * math.sqrt(2.0)
    if rising:  # x + y is constant along each line
        low, high = box.x + box.y, box.right + box.bottom
    else:
        low, high = box.x - box.bottom, box.right - box.y
    starts = np.arange(math.ceil(low / across), math.floor(high / across) + 1) * across
    if rising:
        left = np.maximum(box.x, starts - box.bottom)
        right = np.minimum(box.right, starts - box.y)
        rows = np.stack([left, starts - left, right, starts - right], axis=1)
    else:
        left = np.maximum(box.x, starts + box.y)
        right = np.minimum(box.right, starts + box.bottom)
        rows = np.stack([left, left - starts, right, right - starts], axis=1)
    return [row.reshape(2, 2) for row in rows[right - left > 0.2]]


def _dots(box: Box, step: float) -> list[Ring]:
    rows = np.arange(box.y + step / 2, box.bottom, step)
    columns = np.arange(box.x + step / 2, box.right, step)
    x, y = np.meshgrid(columns, rows)
    points = np.column_stack([x.ravel(), y.ravel()])
    return list(np.stack([points, points + np.array([0.01, 0.0])], axis=1))


def kept_apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places as near as can be to those wanted, at least a gap apart, between two bounds."""
    order = sorted(range(len(wanted)), key=lambda rank: wanted[rank])
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    placed = [0.0] * len(wanted)
    last = low - gap
    for rank in order:
        last = placed[rank] = max(wanted[rank], last + gap)
    limit = high
    for rank in reversed(order):
        limit = placed[rank] = min(placed[rank], limit)
        limit -= gap
    return placed


def write_apart(
    canvas: Canvas, labels: Sequence[tuple[float, str, Face]], y: float, left: float, right: float
) -> None:
    """Write labels on one base line, centred on their places or moved so that none covers another."""
    ordered = sorted(labels, key=lambda label: label[0])
    widths = [face.width(words) for _, words, face in ordered]
    starts: list[float] = []
    x = left
    for (at, _, _), width in zip(ordered, widths, strict=True):
        starts.append(max(at - width / 2, x))
        x = starts[-1] + width + 6
    limit = right
    for rank in range(len(ordered) - 1, -1, -1):
        starts[rank] = min(starts[rank], limit - widths[rank])
        limit = starts[rank] - 6
    for start, (_, words, face) in zip(starts, ordered, strict=True):
        canvas.text(start, y, words, face)


def shown_words(value: Printed, unit: str = "") -> str:
    """Return the words of a value, its unit where it is short («\u202f%\u202f»)."""
    text = clean(value.text)
    return f"{text}\u202f%" if unit == "%" and value.state.is_known and "%" not in text else text


def value_face(value: Printed, *, focus: bool = False, size: float = 7.4) -> Face:
    """Return the face of a value: bold for the one studied, pale for an absence."""
    return Face(size, 700 if focus else 400, TEXT if value.state.is_known else TEXT3)


def write_name(canvas: Canvas, name: str, box: Box, *, focus: bool = False, size: float = 7.4) -> None:
    """Write a name on one line, or on two smaller ones where it is long and the row tall enough."""
    face = Face(size, 700 if focus else 400, TEXT)
    words = clean(name)
    if face.width(words) <= box.w:
        canvas.text(box.x, box.y + box.h / 2 + size * 0.35, words, face)
        return
    small = Face(min(size, 6.4), face.weight, TEXT)
    lines = wrap(words, small, box.w)
    if len(lines) == 2 and box.h >= 13:
        for rank, text in enumerate(lines):
            fit = shrunk(text, small, box.w)
            canvas.text(box.x, box.y + box.h / 2 - 1.2 + 7.2 * rank, text, fit)
        return
    fit = shrunk(words, face, box.w)
    canvas.text(box.x, box.y + box.h / 2 + fit.size * 0.35, words, fit)


def names_width(names: Sequence[str], width: float, size: float = 7.4) -> float:
    """Return the width to keep for names, at most two fifths of the chart."""
    face = Face(size, 600)
    return min(max((face.width(clean(name)) for name in names), default=0.0) + 8, width * 0.4)


def draw_key_line(canvas: Canvas, entries: Sequence[tuple[str, str, str]], box: Box) -> float:
    """Draw a legend of (words, colour, texture) in a row that may turn; return the ordinate under it."""
    x, y = box.x, box.y
    for words, colour, texture in entries:
        text = clean(words)
        width = 15 + LEGEND.width(text)
        if x > box.x and x + width > box.right:
            x, y = box.x, y + 11.5
        fill_bar(canvas, Box(x, y, 11, 7), colour, texture)
        canvas.text(x + 14, y + 6.2, text, LEGEND)
        x += width + 10
    return y + 14


def key_rows(words: Sequence[str], width: float, lead: float = 25.0) -> int:
    """Return how many rows a legend takes."""
    x, rows = 0.0, 1
    for text in words:
        needed = lead - 10 + LEGEND.width(clean(text))
        if x and x + needed > width:
            x, rows = 0.0, rows + 1
        x += needed + 10
    return rows


def draw_no_data(canvas: Canvas, box: Box) -> None:
    """Say that nothing of this chart is known: never an empty frame."""
    canvas.text(box.x, box.y + 12, "Aucune valeur connue pour cette figure.", Face(7.6, 400, TEXT2))


def nothing_known(values: Sequence[Printed]) -> bool:
    """True if no number can be drawn."""
    return not any(v.state.is_known and v.number is not None for v in values)


def reference_pen() -> Pen:
    """Return the stroke of reference lines: ochre, dashed."""
    return Pen(OCHRE, 1.0, (3.0, 2.2))


def focus_colour(focus: bool) -> str:
    """Return the colour of a bar."""
    return INK if focus else SOFT

"""The legend of a printed map, as a column beside it or as lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maps.bivariate import draw_square, square_height
from maps.canvas import (
    OCHRE,
    TEXT,
    TEXT2,
    TEXT3,
    Box,
    Canvas,
    Face,
    Pen,
    shrunk,
    wrap,
    write_lines,
)
from maps.choropleth import Choropleth, Mark
from maps.circles import quantities
from maps.classes import limit_text
from maps.entries import (
    METHODS,
    NOUNS,
    Entry,
    absence_entries,
    class_entries,
    method_words,
    note_lines,
    reference_words,
    size_steps,
)
from maps.key_circles import draw_circle_key, draw_sizes
from maps.key_rows import SWATCH, Row, absence_rows, class_rows, layer_rows
from maps.nothing import NothingCanvas
from maps.scaled import ScaledCanvas

__all__ = [
    "METHODS",
    "NOUNS",
    "Entry",
    "absence_entries",
    "class_entries",
    "draw_panel",
    "draw_strip",
    "method_words",
    "note_lines",
    "reference_words",
    "size_steps",
    "strip_height",
]

LARGEST = 24.0
"""Largest radius of a circle of a map, in points."""
LEADING = 1.4
NOTE_FACES = tuple(Face(size, 400, TEXT2) for size in (7.4, 6.8, 6.2))
SCALES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
"""Sizes tried until a column is no higher than its box."""
COLUMN = 22.0
"""Width of the counts of one map among several."""


@dataclass(frozen=True)
class _Panel:
    """A column being written: its box, how high a row is, which maps it speaks of."""

    canvas: Canvas
    maps: Sequence[Choropleth]
    captions: Sequence[str]
    box: Box
    narrow: bool = False

    @property
    def step(self) -> float:
        """Height of a row."""
        return 13.0 if self.narrow else 16.0

    def rule(self, y: float) -> float:
        """Draw a dotted line with air on both sides."""
        line = np.array([[self.box.x, y + 5], [self.box.right, y + 5]])
        self.canvas.path([line], pen=Pen("#D5D1C8", 0.6, (1.5, 2.0)), closed=False)
        return y + 10

    def rows(self, rows: Sequence[Row], y: float) -> float:
        """Write rows; return the ordinate under them."""
        for row in rows:
            y = self.row(row, y)
        return y

    def row(self, row: Row, y: float) -> float:
        """Write one row: swatch, words on one or two lines, counts."""
        row.paint(self.canvas, Box(self.box.x, y, *SWATCH))
        size = 7.0 if self.narrow else 8.2
        face, right = Face(size, 400, TEXT), self._counts(row.counts, y, size)
        room = right - self.box.x - SWATCH[0] - 11
        lines = self._words(row, face, room)
        for line in lines:
            self.canvas.text(self.box.x + SWATCH[0] + 7, y + 7.7, line, shrunk(line, face, room))
            y += size + 1.6
        return y + self.step - size - 1.6

    def _words(self, row: Row, face: Face, room: float) -> list[str]:
        if face.width(row.words) <= room:
            return [row.words]
        if self.narrow and row.short:
            return [row.short]
        return wrap(row.words, face, room) if row.rank < 0 else [row.words]

    def _counts(self, counts: Sequence[int], y: float, size: float) -> float:
        """Write the counts at the right, one column a map; return where they begin."""
        face, right = Face(size, 400, TEXT2), self.box.right
        if len(counts) <= 1:
            words = str(counts[0]) if counts else ""
            self.canvas.text(right, y + 7.7, words, face, "end")
            return right - face.width(words)
        for count in reversed(counts):
            self.canvas.text(right, y + 7.7, str(count), face, "end")
            right -= COLUMN
        return right


def draw_panel(
    canvas: Canvas,
    choropleth: Choropleth,
    box: Box,
    radius_of_one: float,
    *,
    narrow: bool = False,
    others: Sequence[Choropleth] = (),
    captions: Sequence[str] = (),
) -> float:
    """Draw the legend as a column, high class on top; return the ordinate under it.

    A narrow one is small, shortens its words, and leaves its sentences to the caller. others: further maps
    of the same classes, whose counts stand in columns under their captions. A column too high for its box is
    made smaller, but for its circles, which stay those of the map.
    """
    if narrow:
        return _column(_Panel(canvas, (choropleth, *others), captions, box, narrow), radius_of_one)
    for scale in SCALES:
        small = Box(box.x / scale, box.y / scale, box.w / scale, box.h / scale)
        panel = _Panel(NothingCanvas(), (choropleth, *others), captions, small)
        if _column(panel, radius_of_one / scale) <= small.bottom + 8:
            break
    drawn = replace(panel, canvas=canvas if scale == 1.0 else ScaledCanvas(canvas, scale))
    return _column(drawn, radius_of_one / scale) * scale


def _column(panel: _Panel, radius_of_one: float) -> float:
    canvas, choropleth, box = panel.canvas, panel.maps[0], panel.box
    y = _draw_head(panel)
    if choropleth.second is not None:
        y = draw_square(canvas, choropleth, Box(box.x, y, box.w, square_height(box.w)))
    if choropleth.mark is Mark.SYMBOL:
        y = _circles(panel, y, radius_of_one)
    y = _draw_classes(panel, y)
    absences = absence_rows(panel.maps)
    if absences:
        y = panel.rows(absences, panel.rule(y))
    if choropleth.symbols is not None:
        y = _circles(panel, panel.rule(y), radius_of_one)
    layers = layer_rows(choropleth)
    if layers:
        y = panel.rows(layers, panel.rule(y))
    return y if panel.narrow else _draw_notes(panel, y + 14)


def draw_strip(
    canvas: Canvas,
    choropleth: Choropleth,
    box: Box,
    radius_of_one: float,
    *,
    others: Sequence[Choropleth] = (),
) -> float:
    """Draw the legend as lines under a map, low class first; return the ordinate under it."""
    face, maps = Face(7.0, 400, TEXT2), (choropleth, *others)
    x, y, under, left = box.x, box.y, box.y, box.x
    if choropleth.second is not None:
        under = draw_square(canvas, choropleth, Box(x, y, 150.0, square_height(150.0)))
        x = left = x + 166.0
    if choropleth.symbols is not None:
        symbols, strong = choropleth.symbols, Face(7.0, 600, TEXT)
        words = f"{symbols.indicator.label}, {symbols.year}"
        canvas.text(x, y + 7, words, strong)
        right, under = draw_sizes(canvas, choropleth, x, y + 10, radius_of_one)
        x = left = max(right, x + strong.width(words) + 14)
    elif choropleth.mark is Mark.SYMBOL:
        x, under = draw_sizes(canvas, choropleth, x, y, radius_of_one)
        y = max((y + under) / 2 - 8, y)
    classes = class_rows(maps)[::-1] if choropleth.second is None else []
    for row in [*classes, *absence_rows(maps), *layer_rows(choropleth)]:
        counts = f" ({', '.join(map(str, row.counts))})" if row.counts else ""
        words = f"{row.words}{counts}"
        width = SWATCH[0] + 4 + face.width(words)
        if x > left and x + width > box.right:
            x, y = left, y + 13
        row.paint(canvas, Box(x, y, *SWATCH))
        canvas.text(x + SWATCH[0] + 4, y + 7.4, words, shrunk(words, face, box.right - x - SWATCH[0] - 4))
        x += width + 10
    y = max(y + 21 if x > left else y + 8, under + 7)
    lines = wrap(" ".join(note_lines(choropleth)), face, box.w)
    return write_lines(canvas, lines, box.x, y, face, 9.6)


def strip_height(choropleth: Choropleth, width: float, others: Sequence[Choropleth] = ()) -> float:
    """Return the most height `draw_strip` takes."""
    numbers = np.abs(quantities(choropleth)[0])
    highest = float(np.nanmax(numbers)) if np.isfinite(numbers).any() else 0.0
    of_one = LARGEST / highest**0.5 if highest > 0 else 0.0
    return draw_strip(NothingCanvas(), choropleth, Box(0, 0, width, 0), of_one, others=others)


def _draw_notes(panel: _Panel, y: float) -> float:
    """Write the sentences, smaller when they are many, so that the last one is on the sheet."""
    notes, box, face = note_lines(panel.maps[0]), panel.box, NOTE_FACES[-1]
    for face in NOTE_FACES:
        height = sum(len(wrap(note, face, box.w)) * face.size * LEADING + 1.5 for note in notes)
        if y + height <= box.bottom + face.size:
            break
    for note in notes:
        y = write_lines(panel.canvas, wrap(note, face, box.w), box.x, y, face, face.size * LEADING) + 1.5
    return y


def _draw_head(panel: _Panel) -> float:
    box, y = panel.box, panel.box.y + 9
    panel.canvas.text(box.x, y, "Légende", Face(7.8 if panel.narrow else 9.5, 600))
    noun = NOUNS.get(panel.maps[0].layer.level, "")
    if not panel.captions:
        panel.canvas.text(box.right, y, noun, Face(7.2, 400, TEXT3), "end")
        return y + 9
    right, face = box.right, Face(6.8, 600, TEXT3)
    for caption in reversed(panel.captions):
        panel.canvas.text(right, y, caption, shrunk(caption, face, COLUMN - 2), "end")
        right -= COLUMN
    panel.canvas.text(right, y, noun, Face(7.2, 400, TEXT3), "end")
    return y + 9


def _draw_classes(panel: _Panel, y: float) -> float:
    """Write the classes, and the reference in ochre at the limit it is."""
    choropleth = panel.maps[0]
    if choropleth.second is not None:
        return y
    middle, bounds = choropleth.middle, choropleth.classes.bounds
    for row in class_rows(panel.maps):
        y = panel.row(row, y)
        if middle is not None and bounds[row.rank] == middle.number and row.rank > 0:
            y = _draw_middle(panel, y)
    return y


def _draw_middle(panel: _Panel, y: float) -> float:
    choropleth, box = panel.maps[0], panel.box
    assert choropleth.middle is not None
    value = limit_text(choropleth.middle.number, choropleth.indicator.decimals)
    words = f"{choropleth.middle.name}\u00a0{value}"
    face = Face(7.0, 600, OCHRE)
    line = np.array([[box.x, y], [box.right - face.width(words) - 5, y]])
    panel.canvas.path([line], pen=Pen(OCHRE, 0.9, (3.0, 2.0)), closed=False)
    panel.canvas.text(box.right, y + 2.4, words, face, "end")
    return y + 8


def _circles(panel: _Panel, y: float, radius_of_one: float) -> float:
    box = Box(panel.box.x, y, panel.box.w, 0.0)
    return draw_circle_key(panel.canvas, panel.maps, box, radius_of_one, narrow=panel.narrow)

"""Key figures: value, unit, references, and the spread of all Epci, for a mean never stands alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.domain.french import NBSP, number
from app.domain.indicator import ValueState
from maps.canvas import (
    DISPLAY,
    INK,
    LINE,
    OCHRE,
    TEXT,
    TEXT2,
    TEXT3,
    WHITE,
    Box,
    Canvas,
    Face,
    Pen,
    fitted,
    wrap,
)
from maps.draw import draw_badge
from maps.textures import WORDS
from reports.content import KeyFigure, known, shown
from reports.notes import Notebook
from reports.prose import draw_marked

COLUMNS = 3
GAP = 18.0
HEIGHT = 74.0
PEER = "#B4AEA3"


def figures_height(figures: Sequence[KeyFigure]) -> float:
    """Return the height of the block in points."""
    return math.ceil(len(figures) / COLUMNS) * HEIGHT


def draw_figures(canvas: Canvas, figures: Sequence[KeyFigure], box: Box, notes: Notebook, year: int) -> None:
    """Draw key figures in rows of three."""
    width = (box.w - (COLUMNS - 1) * GAP) / COLUMNS
    for rank, figure in enumerate(figures):
        row, column = divmod(rank, COLUMNS)
        cell = Box(box.x + column * (width + GAP), box.y + row * HEIGHT, width, HEIGHT - 10)
        _draw_cell(canvas, figure, cell, notes, year)


def spread_words(figure: KeyFigure) -> str:
    """Return « 8 EPCI, de 65,8 à 77,2, médiane 70,5, rang 2 »."""
    if figure.spread is None:
        return "Dispersion entre EPCI : n.d.".replace(" :", "\u202f:")
    low, median, high, count = figure.spread
    decimals = figure.indicator.decimals
    texts = [number(x, decimals) for x in (low, high, median)]
    rank = f", rang\u00a0{figure.rank[0]}" if figure.rank else ""
    return f"{count}{NBSP}EPCI, de {texts[0]} à {texts[1]}, médiane {texts[2]}{rank}"


def _draw_cell(canvas: Canvas, figure: KeyFigure, cell: Box, notes: Notebook, year: int) -> None:
    canvas.path([np.array([[cell.x, cell.y], [cell.right, cell.y]])], pen=Pen(LINE, 0.7), closed=False)
    at = "" if figure.value.year == year else f" ({figure.value.year})"
    face = Face(7.4, 600, TEXT)
    canvas.text(cell.x, cell.y + 11, fitted(figure.indicator.short_label + at, face, cell.w), face)
    right = _draw_value(canvas, figure, cell, notes)
    _draw_unit(canvas, figure, cell, right)
    _draw_references(canvas, figure, cell, notes)
    _draw_strip(canvas, figure, Box(cell.x + 3, cell.y + 46, cell.w - 6, 8))
    small = Face(6.3, 400, TEXT3)
    canvas.text(cell.x, cell.bottom - 2, fitted(spread_words(figure), small, cell.w), small)


def _draw_value(canvas: Canvas, figure: KeyFigure, cell: Box, notes: Notebook) -> float:
    value = figure.value
    mark = notes.mark([value]) if value.state.is_known else ""
    colour = TEXT if value.state.is_known else TEXT3
    size = 19.0 if value.state.is_known else 14.0
    right = draw_marked(canvas, cell.x, cell.y + 31, shown(value), mark, Face(size, DISPLAY, colour))
    if value.fictitious:
        right += 4 + draw_badge(canvas, right + 4, cell.y + 30, 6.2)
    return right


def _draw_unit(canvas: Canvas, figure: KeyFigure, cell: Box, right: float) -> None:
    face = Face(6.4, 400, TEXT2)
    state = figure.value.state
    words = figure.indicator.unit if state.is_known else WORDS.get(ValueState(state), "")
    lines = wrap(words, face, cell.right - right - 6)[:3]
    top = cell.y + 31 - 7.4 * (len(lines) - 1)
    for rank, line in enumerate(lines):
        canvas.text(right + 6, top + 7.4 * rank, line, face)


def _draw_references(canvas: Canvas, figure: KeyFigure, cell: Box, notes: Notebook) -> None:
    x, face = cell.x, Face(6.8, 400, OCHRE)
    for name, value in figure.references:
        mark = notes.mark([value]) if value.state.is_known else ""
        x = draw_marked(canvas, x, cell.y + 42, f"{name}{NBSP}{shown(value)}", mark, face) + 8


def _draw_strip(canvas: Canvas, figure: KeyFigure, box: Box) -> None:
    if figure.spread is None:
        return
    references = [float(v.number or 0.0) for v in known(value for _, value in figure.references)]
    draw_spread(canvas, box, figure.value.number, figure.spread[:3], references, figure.peers)


def draw_spread(
    canvas: Canvas,
    box: Box,
    focus: float | None,
    spread: tuple[float, float, float],
    references: Sequence[float],
    peers: Sequence[float],
) -> None:
    """Draw Epci as dots on a line, the median as a stroke, references as ochre dashes, the territory last.

    spread: lowest, median, highest; nothing is drawn when they are all the same.
    """
    if spread[2] <= spread[0]:
        return
    every = [spread[0], spread[2], *references, *peers, *([] if focus is None else [focus])]
    low, high = min(every), max(every)
    middle = box.y + box.h / 2

    def place(x: float) -> float:
        return box.x + (x - low) / (high - low) * box.w

    ends = np.array([[place(spread[0]), middle], [place(spread[2]), middle]])
    canvas.path([ends], pen=Pen(LINE, 2.4), closed=False)
    for x in references:
        line = np.array([[place(x), box.y - 1], [place(x), box.bottom + 1]])
        canvas.path([line], pen=Pen(OCHRE, 0.8, (1.6, 1.4)), closed=False)
    dots = np.array([[place(x), middle] for x in peers]).reshape(-1, 2)
    canvas.circles(dots, [1.7] * len(dots), fill=PEER, pen=Pen(WHITE, 0.4))
    median = place(spread[1])
    tick = np.array([[median, middle - 2.8], [median, middle + 2.8]])
    canvas.path([tick], pen=Pen(TEXT2, 1.0), closed=False)
    if focus is not None:
        canvas.circles(np.array([[place(focus), middle]]), [2.9], fill=INK, pen=Pen(WHITE, 0.7))

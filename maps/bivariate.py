"""Two quantities on one map: nine colours at most, and the square that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.domain.indicator import Series, ValueState
from app.domain.territory import Level
from maps.build import aligned, build_choropleth
from maps.canvas import BORDER, TEXT, TEXT2, Box, Canvas, Face, Pen, wrap, write_lines
from maps.choropleth import Choropleth, Classes, Fond, Mark, Reference
from maps.classes import class_of, classify, limit_text, rounded
from maps.layers import Second
from maps.palettes import bivariate_palette, ink_on
from maps.textures import draw_class_lines

CLASSES = 3
CELL = 30.0
AXIS = 26.0
"""Room at the left of the square for its limits."""


def build_bivariate(
    fond: Fond,
    first: Series,
    second: Series,
    *,
    level: Level,
    title: str,
    bounds: Sequence[float] = (),
    second_bounds: Sequence[float] = (),
    method: str = "natural",
    references: Sequence[Reference] = (),
    sources: Sequence[str] = (),
    selected: str | None = None,
) -> Choropleth:
    """Return the map of two series, three classes each; bounds: four increasing numbers, else `method`.

    A territory where one of the two is absent shows that absence. Raises ValueError for wrong bounds.
    """
    made = build_choropleth(fond, first, level=level, title=title, references=references, sources=sources,
                            selected=selected, mark=Mark.AREA)  # fmt: skip
    numbers, states = aligned(second, made.layer.codes)
    one = rounded(made.numbers, first.indicator.decimals)
    two = rounded(numbers, second.indicator.decimals)
    both = np.isfinite(one) & np.isfinite(two)
    one, two = np.where(both, one, np.nan), np.where(both, two, np.nan)
    rows = _classes(one, method, bounds, first.indicator.decimals)
    columns = _classes(two, method, second_bounds, second.indicator.decimals)
    width = len(columns.counts)
    ranks = np.where(both, class_of(one, rows) * width + class_of(two, columns), -1).astype(np.int16)
    size = len(rows.counts) * width
    counts = np.bincount(ranks[ranks >= 0], minlength=size)
    absent = np.where(made.states > ValueState.ZERO, made.states, states)
    shown = np.where(both, np.uint8(ValueState.VALUE), absent).astype(np.uint8)
    return replace(
        made,
        subtitle=f"{_axis(first)} et {_lower(_axis(second))}",
        states=shown,
        class_of=ranks,
        classes=Classes("bivariate", (), tuple(int(n) for n in counts)),
        palette=bivariate_palette(len(rows.counts), width) if size else (),
        fictitious=first.fictitious or second.fictitious,
        second=Second(
            second.indicator, second.year, numbers, states, columns, rows, second.estimated, second.fictitious
        ),
        notes=("Premier nombre\u202f: en hauteur\u202f; second\u202f: en largeur du carré.",),
    )


def square_height(width: float) -> float:
    """Room the square and its words take in a legend of that width."""
    return CLASSES * _cell(width) + 46.0


def draw_square(canvas: Canvas, choropleth: Choropleth, box: Box) -> float:
    """Draw the square legend, counts in its cells; return the ordinate under it."""
    second = choropleth.second
    if second is None or not choropleth.palette:
        return box.y
    face, cell = Face(7.4, 600, TEXT), _cell(box.w)
    rows, columns = len(second.first.counts), len(second.classes.counts)
    up = wrap(f"↑ {choropleth.indicator.short_label}, {choropleth.year}", face, box.w)
    y = write_lines(canvas, up, box.x, box.y + 7, face, 9.2) - 1
    x = box.x + AXIS
    for row in range(rows):
        for column in range(columns):
            place = Box(x + column * cell, y + (rows - 1 - row) * cell, cell, cell)
            _draw_cell(canvas, choropleth, place, row * columns + column)
    small = Face(7.0, 400, TEXT2)
    for rank, bound in enumerate(second.first.bounds[1:-1], start=1):
        words = limit_text(bound, choropleth.indicator.decimals)
        canvas.text(x - 4, y + (rows - rank) * cell + 2.4, words, small, "end")
    for rank, bound in enumerate(second.classes.bounds[1:-1], start=1):
        words = limit_text(bound, second.indicator.decimals)
        canvas.text(x + rank * cell, y + rows * cell + 8.5, words, small, "middle")
    along = wrap(f"→ {second.indicator.short_label}, {second.year}", face, box.w)
    return write_lines(canvas, along, box.x, y + rows * cell + 20, face, 9.2) - 1


def _draw_cell(canvas: Canvas, choropleth: Choropleth, box: Box, rank: int) -> None:
    colour, count = choropleth.palette[rank], choropleth.classes.counts[rank]
    canvas.rect(box, fill=colour)
    if choropleth.textures and choropleth.second is not None:
        columns = len(choropleth.second.classes.counts)
        strength = (rank % columns) / max(columns - 1, 1)
        corners = [[box.x, box.y], [box.right, box.y], [box.right, box.bottom], [box.x, box.bottom]]
        draw_class_lines(canvas, strength, ink_on(colour), [np.array(corners, dtype=np.float64)])
    canvas.rect(box, pen=Pen(BORDER, 0.45))
    face = Face(8.0, 600, ink_on(colour), halo=colour, halo_width=2.4)
    canvas.text(box.x + box.w / 2, box.y + box.h / 2 + 2.8, str(count), face, "middle")


def _classes(
    numbers: np.ndarray[tuple[int], np.dtype[np.float64]], method: str, bounds: Sequence[float], decimals: int
) -> Classes:
    if len(bounds):
        return classify(numbers, "manual", CLASSES, bounds=bounds, decimals=decimals)
    return classify(numbers, method, CLASSES, decimals=decimals)


def _cell(width: float) -> float:
    return min(CELL, (width - AXIS) / CLASSES)


def _axis(series: Series) -> str:
    return (
        f"{series.indicator.label} ({series.indicator.unit})"
        if series.indicator.unit
        else series.indicator.label
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

"""What the ranked list shows: one line a territory, the span of its axis, names of references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.french import number
from ui.widgets.map_words import figure, ranking, said, short_name, told

if TYPE_CHECKING:
    from maps.choropleth import Choropleth, Reference
    from ui.widgets.map_words import Ranking

EDGE = 0.08
TITLE_GAP = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One territory: code, name, value as printed, number or NaN, colour of its class."""

    code: str
    name: str
    value: str
    number: float
    colour: str
    _told: Choropleth = field(repr=False, compare=False)
    _ranks: Ranking = field(repr=False, compare=False)
    _place: int = field(repr=False, compare=False)

    @property
    def said(self) -> str:
        """Words read aloud, made when they are asked: thousands of lines are shown at once."""
        return said(self._told, self._ranks, self._place)


def lines_of(choropleth: Choropleth, colours: tuple[str, ...], neutral: str) -> list[Line]:
    """Lines of a map, absences last; colours: those of classes on the screen."""
    # ranked on the numbers of the first quantity, whatever its classes are called
    choropleth = replace(told(choropleth), second=None, class_labels=())
    ranks = ranking(choropleth)
    made = []
    for place in ranks.order.tolist():
        rank = int(choropleth.class_of[place])
        made.append(
            Line(
                choropleth.layer.codes[place],
                short_name(choropleth.layer.names[place]),
                figure(choropleth, place),
                float(choropleth.numbers[place]),
                colours[rank] if 0 <= rank < len(colours) else neutral,
                choropleth,
                ranks,
                place,
            )
        )
    return made


def span_of(lines: Sequence[Line], references: Sequence[Reference], bars: bool) -> tuple[float, float]:
    """Ends of the axis: from zero for bars, around the values and references for dots."""
    numbers = [line.number for line in lines if np.isfinite(line.number)]
    numbers += [reference.number for reference in references]
    if not numbers:
        return (0.0, 1.0)
    low = 0.0 if bars else min(numbers)
    high = max(numbers)
    gap = (high - low) or abs(high) or 1.0
    return (low, high + gap * EDGE) if bars else (low - gap * EDGE, high + gap * EDGE)


def titles_of(
    references: Sequence[Reference],
    decimals: int,
    x: Callable[[float], float],
    width_of: Callable[[str], float],
    limit: float,
) -> list[tuple[str, float, int]]:
    """Words of each reference, abscissa where they start, row: none covers another.

    x: abscissa of a value; width_of: width of words; limit: width of the list; all in pixels.
    """
    placed: list[tuple[str, float, int]] = []
    ends: list[float] = []
    for reference in sorted(references, key=lambda known: known.number):
        words = f"{reference.name} {number(reference.number, decimals)}"
        width = width_of(words)
        start = max(min(x(reference.number) - width / 2, limit - width), 0.0)
        level = next((n for n, end in enumerate(ends) if end + TITLE_GAP <= start), len(ends))
        ends[level : level + 1] = [start + width]
        placed.append((words, start, level))
    return placed

"""Values written beside the points of a trend, where neither a label, a point nor a line is covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from maps.canvas import WHITE, Box, Canvas, Face
from reports.kit.chart_base import Scale
from reports.kit.charts import Style, TrendPoint, TrendSeries
from reports.kit.prose import clean

MOST_LABELS = 8
"""Points of the actual series beyond which only the last one is written."""
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
Segment = tuple[float, float, float, float]


class TrendLabels:
    """Places taken on a plot: every actual value is written, and the last one of the other series."""

    def __init__(self, canvas: Canvas, plot: Box, x: Scale, y: Scale, small: bool) -> None:
        self._canvas, self._plot, self._x, self._y = canvas, plot, x, y
        self._small = small
        self._taken: list[Box] = []
        self._lines: list[Segment] = []
        self._written: set[tuple[float, str]] = set()

    def write(self, series: Sequence[TrendSeries], colours: Mapping[Style, str]) -> None:
        """Write labels, the last series first for the best places."""
        for one in series:
            known = [self._place(point) for point in one.points if point.value.state.is_known]
            self._taken += [Box(x - 2.5, y - 2.5, 5, 5) for x, y in known]
            self._lines += [(*before, *after) for before, after in pairwise(known)]
        for one in reversed(series):
            held = [point for point in one.points if point.value.state.is_known]
            every = one.style is Style.ACTUAL and not self._small and len(held) <= MOST_LABELS
            for point in held if every else held[-1:]:
                bold = 700 if one.style is Style.ACTUAL else 600
                face = Face(6.8 if self._small else 7.6, bold, colours[one.style], halo=WHITE)
                self._write(point, face)

    def _place(self, point: TrendPoint) -> tuple[float, float]:
        return self._x.at(point.at), self._y.at(point.value.drawn())

    def _write(self, point: TrendPoint, face: Face) -> None:
        words = clean(point.value.text)
        if (point.at, words) in self._written:  # two series that meet are written once
            return
        px, py = self._place(point)
        found = [
            (self._cost(box), x, y, anchor, box) for x, y, anchor, box in _candidates(px, py, words, face)
        ]
        free = [(cost, rank) for rank, (cost, *_) in enumerate(found) if cost is not None]
        if not free:
            return
        _, x, y, anchor, box = found[min(free)[1]]
        self._taken.append(box)
        self._written.add((point.at, words))
        self._canvas.text(x, y, words, face, anchor)

    def _cost(self, box: Box) -> int | None:
        """Return how many lines the box covers, None where it meets a label or leaves the plot."""
        plot = self._plot
        inside = box.x >= plot.x - 2 and box.right <= plot.right + 14
        inside = inside and box.y >= plot.y - 10 and box.bottom <= plot.bottom + 1
        if not inside or any(_meet(box, other) for other in self._taken):
            return None
        return sum(_crosses(box, line) for line in self._lines)


def _candidates(px: float, py: float, words: str, face: Face) -> list[tuple[float, float, str, Box]]:
    """Return places around a point, the best first: abscissa, base line, anchor, box."""
    width, height = face.width(words), face.size
    shifts = (
        (0.0, -5.0, "middle"),
        (0.0, height + 3.6, "middle"),
        (5.0, height * 0.35, "start"),
        (4.0, -4.0, "start"),
        (4.0, height + 3.0, "start"),
        (-4.0, -4.0, "end"),
        (-4.0, height + 3.0, "end"),
        (-5.0, height * 0.35, "end"),
        (0.0, -12.0, "middle"),
        (0.0, height + 10.0, "middle"),
        (8.0, -9.0, "start"),
        (8.0, height + 8.0, "start"),
    )
    found = []
    for dx, dy, anchor in shifts:
        left = px + dx - width * ANCHORS[anchor]
        found.append((px + dx, py + dy, anchor, Box(left - 0.5, py + dy - height * 0.8, width + 1, height)))
    return found


def _meet(one: Box, other: Box) -> bool:
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.bottom and other.y < one.bottom


def _crosses(box: Box, line: Segment) -> bool:
    """True if a segment goes through a box, by the parts of it that are within each side."""
    x0, y0, x1, y1 = line
    first, last = 0.0, 1.0
    for start, change, low, high in ((x0, x1 - x0, box.x, box.right), (y0, y1 - y0, box.y, box.bottom)):
        if abs(change) < 1e-9:
            if not low <= start <= high:
                return False
            continue
        enter, leave = sorted(((low - start) / change, (high - start) / change))
        first, last = max(first, enter), min(last, leave)
    return first <= last

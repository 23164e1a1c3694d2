"""Where the pages of a document are, one under the other: pure geometry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF

GAP = 14.0
MARGIN = 16.0
DOTS = 96 / 72
"""Pixels a point at 100 %."""


class Zoom(Enum):
    """What the size of pages follows."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class Layout:
    """Boxes of pages in pixels, centred in a column."""

    def __init__(self, sizes: Sequence[tuple[float, float]]) -> None:
        """sizes: width and height of each page, in points."""
        self._sizes = tuple(sizes)
        self._boxes: list[QRectF] = []
        self._tops: list[float] = []
        self.points = 1.0
        """Pixels a point."""
        self.width = self.height = 0.0

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self._sizes)

    def scale_for(self, zoom: Zoom, width: int, height: int) -> float:
        """Share of the true size so that the widest portrait page fits."""
        if not self._sizes:
            return 1.0
        narrow = [size for size in self._sizes if size[0] <= size[1]] or list(self._sizes)
        across = max(size[0] for size in narrow)
        fit = (width - 2 * MARGIN) / (across * DOTS)
        if zoom is Zoom.PAGE:
            fit = min(fit, (height - 2 * MARGIN) / (max(size[1] for size in narrow) * DOTS))
        return min(max(fit, 0.2), 2.0)

    def fit(self, scale: float, width: int) -> None:
        """Place pages; a page wider than the view is brought back to its width."""
        self.points = scale * DOTS
        inner = [self._size(size, width) for size in self._sizes]
        self.width = max([w for w, _ in inner], default=0.0) + 2 * MARGIN
        centre = max(self.width, width) / 2
        top, self._boxes = MARGIN, []
        for across, tall in inner:
            self._boxes.append(QRectF(centre - across / 2, top, across, tall))
            top += tall + GAP
        self._tops = [box.top() for box in self._boxes]
        self.height = top - GAP + MARGIN if inner else 0.0

    def _size(self, size: tuple[float, float], width: int) -> tuple[float, float]:
        across, tall = size[0] * self.points, size[1] * self.points
        room = width - 2 * MARGIN
        if size[0] > size[1] and across > room > 0:
            return room, tall * room / across
        return across, tall

    def box(self, page: int) -> QRectF:
        """Where a page is."""
        return self._boxes[page]

    def top(self, page: int) -> float:
        """Scroll that shows a page from its top."""
        return max(self._tops[page] - MARGIN / 2, 0.0)

    def page_under(self, x: float, y: float) -> tuple[int, float, float] | None:
        """Page under a point of the column, and the place in it, in points; None beside pages."""
        page = self.page_at(y)
        if not self._boxes or not self._boxes[page].contains(x, y):
            return None
        box = self._boxes[page]
        scale = self._sizes[page][0] / box.width()
        return page, (x - box.left()) * scale, (y - box.top()) * scale

    def value_of(self, page: int, y: float) -> int:
        """Scroll that shows a height of a page, in points from its top."""
        box = self._boxes[page]
        share = y / self._sizes[page][1]
        return round(max(box.top() + share * box.height() - MARGIN, 0.0))

    def page_at(self, y: float) -> int:
        """Page at a height, 0 without pages."""
        return max(bisect_right(self._tops, y) - 1, 0)

    def between(self, top: float, bottom: float) -> range:
        """Pages that show between two heights."""
        if not self._boxes:
            return range(0)
        first = self.page_at(top)
        if self._boxes[first].bottom() < top and first + 1 < self.count:
            first += 1
        return range(first, self.page_at(bottom) + 1)

    def place_of(self, value: float) -> float:
        """A scroll as a number of pages and a share of a page, which survives zooms and new documents."""
        if not self._boxes:
            return 0.0
        page = self.page_at(value)
        return page + min((value - self._tops[page]) / (self._boxes[page].height() + GAP), 0.999)

    def value_at(self, place: float) -> int:
        """The scroll of a place."""
        if not self._boxes:
            return 0
        page = min(max(int(place), 0), self.count - 1) if place >= 0 else 0
        share = place - int(place) if place < self.count else 0.0
        return round(self._tops[page] + share * (self._boxes[page].height() + GAP)) if place >= 0 else 0

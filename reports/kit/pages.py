"""Pieces to pages: what is glued stays together, headers come again, formats change the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.kit.blocks import Paper
from reports.kit.desk import BOTTOM, TOP, Anchor, Draw, Piece
from reports.kit.paper import SIZES

SLACK = 0.5


@dataclass(slots=True)
class Placed:
    """A drawing and the top it has on its page."""

    draw: Draw
    y: float
    role: str = "P"
    alt: str = ""


@dataclass(slots=True)
class Page:
    """A page being filled. number: from 1, cover included; bare: no header nor foot."""

    number: int
    paper: Paper
    placed: list[Placed] = field(default_factory=list)
    anchors: list[tuple[Anchor, float]] = field(default_factory=list)
    running: str = ""
    bare: bool = False
    used: float = 0.0

    @property
    def room(self) -> float:
        """Height left for pieces."""
        return SIZES[self.paper][1] - TOP - BOTTOM - self.used


class Paginator:
    """Fills pages one after another; `place` is told of each piece and its page."""

    def __init__(self, first: int = 1) -> None:
        self.pages: list[Page] = []
        self.placements: list[tuple[Piece, int]] = []
        self._first = first
        self._paper = Paper.A4
        self._running = ""
        self._last: Piece | None = None

    def add(self, pieces: Sequence[Piece]) -> None:
        """Place pieces after what is there."""
        cluster: list[Piece] = []
        for piece in pieces:
            if piece.paper is not None:
                self._place(cluster)
                cluster = []
                self._paper = piece.paper
                self.new_page()
            cluster.append(piece)
            if not piece.glued:
                self._place(cluster)
                cluster = []
        self._place(cluster)

    def new_page(self) -> Page:
        """Begin a page, unless the current one is still empty and of the same format."""
        if self.pages and not self.pages[-1].placed and not self.pages[-1].bare:
            self.pages[-1].paper = self._paper
            return self.pages[-1]
        self.pages.append(Page(self._first + len(self.pages), self._paper, running=self._running))
        self._last = None
        return self.pages[-1]

    def bare_page(self, draw: Draw) -> None:
        """Add a page without header nor foot, drawn by one call."""
        page = Page(self._first + len(self.pages), Paper.A4, bare=True)
        page.placed.append(Placed(draw, 0.0))
        self.pages.append(page)

    def _place(self, cluster: Sequence[Piece]) -> None:
        if not cluster:
            return
        if not self.pages or self.pages[-1].bare:
            self.new_page()
        if not self._fits(cluster):
            self._turn(cluster[0])
            if not self._fits(cluster) and len(cluster) > 1:
                self._place_one_by_one(cluster)
                return
        for piece in cluster:
            self._put(piece)

    def _place_one_by_one(self, cluster: Sequence[Piece]) -> None:
        """Cut a cluster taller than a page wherever it must be."""
        for piece in cluster:
            if not self._fits([piece]):
                self._turn(piece)
            self._put(piece)

    def _fits(self, cluster: Sequence[Piece]) -> bool:
        page = self.pages[-1]
        height = sum(piece.height + piece.before for piece in cluster)
        if not page.placed:
            height -= cluster[0].before
        return height <= page.room + SLACK

    def _turn(self, following: Piece) -> None:
        """End the page: close what is cut, begin the next one with the headers of what follows."""
        if not self.pages[-1].placed:
            return
        last = self._last
        if last is not None and last.foot is not None and following.heads:
            self.pages[-1].placed.append(Placed(last.foot, TOP + self.pages[-1].used, "Artifact"))
        page = self.new_page()
        for head in following.heads:
            self._append(page, head)

    def _put(self, piece: Piece) -> None:
        page = self.pages[-1]
        headed = bool(piece.heads) and self._last is None
        first = not page.placed
        if not first and not headed:
            page.used += piece.before
        for anchor in piece.anchors:
            page.anchors.append((anchor, TOP + page.used))
            if anchor.running:
                self._running = anchor.running
                page.running = page.running if page.running and not first else anchor.running
        draw = piece.again if piece.again is not None and self._last is None else piece.draw
        self.placements.append((piece, page.number))
        self._append(page, piece, draw)
        self._last = piece

    def _append(self, page: Page, piece: Piece, draw: Draw | None = None) -> None:
        drawn = draw or piece.draw
        if drawn is not None:
            page.placed.append(Placed(drawn, TOP + page.used, piece.role, piece.alt))
        elif not page.placed:
            return
        page.used += piece.height


def anchors_of(pages: Iterable[Page]) -> dict[str, int]:
    """Return the page of each anchor."""
    return {anchor.key: page.number for page in pages for anchor, _ in page.anchors}

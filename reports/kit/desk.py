"""What the layout of a document shares: notes, numbers of captions, room of the page, pieces laid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reports.kit.blocks import Beside, Block, ChartBlock, Document, Heading, MapBlock, Paper, Section, Table
from reports.kit.notes import Notes
from reports.kit.paper import SIZES
from reports.kit.paper import Paper as Sheet
from reports.kit.printed import Printed, bare

MARGIN = 45.35
"""Sixteen millimetres on each side."""
TOP, BOTTOM = 64.0, 62.0
Draw = Callable[[Sheet, float, float], None]
"""Draws a piece at its left and top."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links and the outline lead to; level -1: not in the outline."""

    key: str
    title: str = ""
    level: int = -1
    in_contents: bool = False
    running: str = ""
    """Words of the running header from here on, empty for no change."""


@dataclass(slots=True)
class Piece:
    """What is never cut: a line, a row, a chart. before: space dropped at the top of a page.

    glued: stays with the next piece. heads: repeated on top where a page begins with this piece; again: what
    is drawn there instead of it. foot: drawn under it where a page ends after it. role: PDF structure type.
    """

    height: float
    draw: Draw | None = None
    before: float = 0.0
    glued: bool = False
    heads: tuple[Piece, ...] = ()
    again: Draw | None = None
    foot: Draw | None = None
    paper: Paper | None = None
    anchors: tuple[Anchor, ...] = ()
    numbers: tuple[Printed, ...] = ()
    role: str = "P"
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Number of a caption: kind (Carte, Figure, Tableau), number, anchor."""

    kind: str
    number: int
    anchor: str


class Captions:
    """Numbers of maps, figures and tables, given once before layout; headings by key."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._by_block: dict[int, Numbered] = {}
        self._by_key: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, int] = {}
        for rank, section in enumerate(sections):
            if section.key:
                self._by_key[section.key] = (f"chapitre {section.number}".strip(), f"section{rank}")
            self._walk(section.blocks)

    def of(self, block: object) -> Numbered | None:
        """Return the number of a block, None if it has no caption."""
        return self._by_block.get(id(block))

    def words(self, key: str) -> str:
        """Return « carte 4 », or « … » for an unknown key."""
        return self._by_key.get(key, ("…", ""))[0]

    def anchor(self, key: str) -> str:
        """Return the anchor of a key, empty if unknown."""
        return self._by_key.get(key, ("", ""))[1]

    def _walk(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Beside):
                self._walk(block.left)
                self._walk(block.right)
                continue
            kind = _kind(block)
            if kind:
                self._counts[kind] = self._counts.get(kind, 0) + 1
                number = self._counts[kind]
                made = Numbered(kind, number, f"{kind.lower()}{number}")
                self._by_block[id(block)] = made
                key = getattr(block, "key", "")
                if key:
                    self._by_key[key] = (f"{kind.lower()}\u00a0{number}", made.anchor)
            elif isinstance(block, Heading) and block.key:
                self._by_key[block.key] = (f"«\u202f{bare(block.text)}\u202f»", heading_anchor(block.key))


def heading_anchor(key: str) -> str:
    """Return the anchor of a heading, of plain signs whatever was typed in its key."""
    return "heading-" + key.encode("ascii", "backslashreplace").decode("ascii")


def _kind(block: Block) -> str:
    if isinstance(block, MapBlock):
        return "Carte"
    if isinstance(block, ChartBlock):
        return "Figure"
    if isinstance(block, Table) and block.caption:
        return "Tableau"
    return ""


@dataclass(slots=True)
class Desk:
    """Shared state of a layout. room: height of the body of the current page; pages: page of each anchor."""

    document: Document
    captions: Captions
    notes: Notes = field(default_factory=Notes)
    paper: Paper = Paper.A4
    section: str = ""
    headings: int = 0
    """Numbered headings met in the section."""
    anchors: int = 0
    """Anchors made for headings without key."""
    used: float = 0.0
    """Height surely taken above the next block of the page."""
    pages: dict[str, int] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """Width of the body in points."""
        return SIZES[self.paper][0] - 2 * MARGIN

    @property
    def room(self) -> float:
        """Height of the body in points."""
        return SIZES[self.paper][1] - TOP - BOTTOM

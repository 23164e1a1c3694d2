"""Blocks of a booklet: frozen, fed with content only; the same blocks make the PDF and the DOCX."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reports.kit.charts import Chart
from reports.kit.parts import Chip as Chip
from reports.kit.parts import Column as Column
from reports.kit.parts import Paper as Paper
from reports.kit.parts import RowKind as RowKind
from reports.kit.parts import Tone as Tone
from reports.kit.printed import Printed, Text

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from maps.layers import Multiples


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: level 2 (« 3.1 ») or 3 (not numbered); key for cross references."""

    text: Text
    level: int = 2
    numbered: bool = True
    key: str = ""
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; lead: the message of the page, larger; small: a note. One str may hold line breaks."""

    text: Text
    lead: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; items may be nested one level as (text, (sub-items)). ordered: numbers instead of dashes."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values in two columns (« Pilote », « Direction enfance »); an empty value says so."""

    rows: tuple[tuple[str, Text], ...]
    columns: int = 1
    absent: str = "non renseigné"


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One key figure, never alone: references, spread (low, median, high, how many), rank."""

    label: str
    value: Printed
    unit: str = ""
    references: tuple[tuple[str, Printed], ...] = ()
    spread: tuple[float, float, float, int] | None = None
    rank: tuple[int, int] | None = None
    peers: tuple[float, ...] = ()
    decimals: int = 1
    words: str = ""
    """A sentence under it, instead of the words of the spread."""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """Key figures in rows of three or four."""

    items: tuple[KeyNumber, ...]
    columns: int = 3


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed note with its word: « Lecture. », « Attention. »."""

    text: Text
    tone: Tone = Tone.READING
    title: str = ""


@dataclass(frozen=True, slots=True)
class Chips:
    """A row of chips: themes (code empty), statuses, « fictif » (code fictif)."""

    items: tuple[Chip, ...]


Cell = Text | Chip
"""A Printed in a cell is aligned to the right, with its state."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line; as many cells as columns, or a single one for a group."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A table that breaks over pages, headers repeated; caption empty: not numbered.

    merge: how many first columns print a cell once while the same text follows (« suite » after a break).
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Text = ""
    source: Text = ""
    note: Text = ""
    key: str = ""
    merge: int = 0
    dense: bool = False
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A numbered figure; height in points, 0 for the one that suits the chart."""

    chart: Chart
    caption: Text
    source: Text = ""
    note: Text = ""
    key: str = ""
    height: float = 0.0
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class MapBlock:
    """A numbered map, or several with one legend. height in points, 0: what suits its place, the whole page
    on a landscape sheet.

    values: the traced number of each territory; without them the manifest keeps those of the map.
    """

    choropleth: Choropleth | Multiples
    caption: Text = ""
    note: Text = ""
    key: str = ""
    height: float = 0.0
    values: tuple[Printed, ...] = ()
    legend: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns; share: width of the left one. Stacked where they are taller than a page."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Swot:
    """Forces, faiblesses, opportunités, menaces; an empty list says so."""

    strengths: tuple[Text, ...]
    weaknesses: tuple[Text, ...]
    opportunities: tuple[Text, ...]
    threats: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms and definitions, sorted as in French by the caller, in two columns."""

    terms: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there and how to get it, in one line; never an empty chart."""

    what: str
    how: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; paper: its format, kept until the next break or section."""

    paper: Paper = Paper.A4


@dataclass(frozen=True, slots=True)
class Space:
    """Vertical space in points."""

    height: float = 8.0


@dataclass(frozen=True, slots=True)
class Signatures:
    """Frames to sign in."""

    names: tuple[str, ...]


Block = (
    Heading
    | Paragraph
    | Bullets
    | Fields
    | KeyNumbers
    | Callout
    | Chips
    | Table
    | ChartBlock
    | MapBlock
    | Beside
    | Swot
    | Glossary
    | Missing
    | PageBreak
    | Space
    | Signatures
)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its number (empty: not numbered), title, blocks; new_page: starts on one."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    key: str = ""
    new_page: bool = True
    in_contents: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A whole booklet. watermark: reasons, none for none; profile: words printed on the cover and the foot.

    cover, contents, annex: whether these pages are made. date: the one printed, never the clock.
    """

    title: str
    sections: tuple[Section, ...]
    date: datetime.date
    subtitle: str = ""
    kicker: str = ""
    """Small line above the title: kind of document."""
    territory: str = ""
    author: str = ""
    status: str = "projet"
    watermark: tuple[str, ...] = ()
    profile: str = ""
    logo: Path | None = None
    picture: Choropleth | None = None
    """Map drawn on the cover without legend."""
    parties: tuple[str, ...] = ()
    version: str = ""
    """Words of the foot; empty: made from status and date."""
    cover: bool = True
    contents: bool = True
    annex: bool = True
    header: bool = True
    grey: bool = False
    extra: tuple[tuple[str, str], ...] = ()
    """Facts kept in the manifest: base, options, version of the application."""

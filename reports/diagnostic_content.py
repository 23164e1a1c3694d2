"""What a diagnostic partagé prints, frozen: head, sections in order, and the values behind each."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.indicator import Indicator, Value
from app.domain.sentences import Comparand, Figure, Sentence
from app.domain.sentences_names import Place
from app.domain.sentences_rank import Ranking
from app.domain.territory import Level
from maps.choropleth import Choropleth
from reports.content import CommuneRow, ModeRow
from reports.diagnostic_items import BarsItem, Fresh, Landscape, PyramidItem, Ready, See

Names = Mapping[tuple[Level, str], str]
"""Name printed for each territory, by level and code."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the cover and every page say. year: of the key figures; version: words of the foot."""

    title: str
    epci_name: str
    code_epci: str
    place: Place
    departement: Place
    year: int
    made_on: datetime.date
    status: str = "projet"
    profile: str = ""
    period: str = ""
    author: str = ""
    scope_note: str = ""
    logo: Path | None = None
    grey: bool = False
    demo: bool = False
    watermark: tuple[str, ...] = ()
    picture: Choropleth | None = None
    extra: tuple[tuple[str, str], ...] = ()
    names: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """A value never alone: references, rank among the Epci of the département, earlier value, denominator.

    peers: every Epci of the département with its value; group: « EPCI des Deux-Sèvres »; small: denominator
    under the threshold of small counts, None when it is wide enough.
    """

    value: Value
    references: tuple[Comparand, ...] = ()
    ranking: Ranking | None = None
    group: str = ""
    peers: tuple[tuple[str, Value], ...] = ()
    before: Value | None = None
    small: Value | None = None

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.value.indicator


@dataclass(frozen=True, slots=True)
class Absent:
    """What is not there, and how to get it, in one line."""

    what: str
    how: str


@dataclass(frozen=True, slots=True)
class MapItem:
    """A map of the booklet; wide: a landscape page of its own; values: what each territory shows."""

    choropleth: Choropleth
    caption: str
    key: str = ""
    values: tuple[Value, ...] = ()
    wide: bool = False
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """Values of one indicator by year: the territory first, then what it is compared with."""

    caption: str
    series: tuple[tuple[str, tuple[Value, ...]], ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class EquipmentLine:
    """One service of the register; status: word; places, expected: None when not known."""

    kind: str
    name: str
    commune: str
    manager: str
    status: str
    places: int | None
    expected: int | None
    licence_to: datetime.date | None
    itinerant: bool | None
    source: str
    reliability: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class EquipmentItem:
    """Services of some kinds; whole: the list is known to be complete, otherwise it says it is not."""

    caption: str
    lines: tuple[EquipmentLine, ...]
    with_places: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class TableItem:
    """A plain table of words: headers with « left » or « right », rows, and the row in focus if any."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    note: str = ""
    focus: int | None = None
    key: str = ""
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class ModesItem:
    """Childcare by mode of each Epci, with the references last, as a chart or as a table.

    births: of three years; references: how many last rows are references.
    """

    caption: str
    rows: tuple[ModeRow, ...]
    births: tuple[Value | None, ...]
    references: int
    table: bool = False


@dataclass(frozen=True, slots=True)
class CommunesItem:
    """Figures of each commune."""

    caption: str
    rows: tuple[CommuneRow, ...]


@dataclass(frozen=True, slots=True)
class FiguresItem:
    """Key figures side by side."""

    items: tuple[Compared, ...]
    columns: int = 3


@dataclass(frozen=True, slots=True)
class DumbbellItem:
    """Each indicator of the territory against one reference."""

    caption: str
    items: tuple[Compared, ...]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class StripItem:
    """Spread of one indicator over the Epci of the département."""

    caption: str
    items: tuple[Compared, ...]
    focus: str


@dataclass(frozen=True, slots=True)
class SwotItem:
    """Forces, faiblesses, opportunités, menaces, each a sentence with its figures."""

    strengths: tuple[Sentence, ...]
    weaknesses: tuple[Sentence, ...]
    opportunities: tuple[Sentence, ...]
    threats: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class GlossaryItem:
    """Terms sorted as in French, with their definition."""

    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences that make one paragraph; lead: the message of the section."""

    sentences: tuple[Sentence, ...]
    lead: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Framed:
    """A framed note: « lecture », « note », « attention » or « fictif »."""

    text: str
    tone: str = "note"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of dashes, or of numbers."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """Two items side by side."""

    left: Item
    right: Item
    share: float = 0.5


Item = (
    Absent
    | BarsItem
    | CommunesItem
    | DumbbellItem
    | EquipmentItem
    | FiguresItem
    | Framed
    | Fresh
    | GlossaryItem
    | HistoryItem
    | Landscape
    | MapItem
    | ModesItem
    | Points
    | PyramidItem
    | Ready
    | Said
    | See
    | Side
    | StripItem
    | SwotItem
    | TableItem
    | Title
)


@dataclass(frozen=True, slots=True)
class SectionContent:
    """One section: its own text with its live figures, then its items. failed: it could not be made."""

    code: str
    number: str
    title: str
    own: tuple[str | Figure, ...] = ()
    items: tuple[Item, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class DiagnosticContent:
    """A whole booklet."""

    head: Head
    sections: tuple[SectionContent, ...]

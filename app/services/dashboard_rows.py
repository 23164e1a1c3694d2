"""What a tile of « Accueil » holds: frozen rows, read by the screen and by the page on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.french import NO_DATA

if TYPE_CHECKING:
    from app.domain.alerts import Alert
    from app.domain.indicator import Value

TITLES = {
    "coverage": "Couverture petite enfance",
    "ctg": "CTG en vigueur",
    "cpog": "CPOG",
    "equipment": "Équipements recensés",
    "births": "Naissances",
    "networks": "Quatre réseaux",
    "places": "Places d’Eaje",
    "plan": "Plans d’action",
    "ages": "Retards par âge",
    "decisions": "Décisions de comités",
    "sheet": "Indicateurs du SDSF",
    "quality": "Qualité des données",
    "due": "À faire",
    "drift": "Ce qui dérive",
}
"""Title of every tile that can be chosen, by code, in the order proposed."""
MOST_TILES = 12
TILES = tuple(TITLES)[:MOST_TILES]
"""Tiles shown as long as nothing is chosen; the first four stay at the top of the page."""
FROM_ALERTS = ("due", "drift", "ages", "decisions")
"""Tiles that count alerts; the others are figures."""
LISTED = ("due", "drift", "decisions")
"""Tiles whose lines are alerts, listed apart on paper."""
COUNTED = ("due", "drift")
"""Tiles that the lists of the screen make useless by default; paper always counts them."""

Wishes = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One Epci on the strip of a tile; number None has no place on it."""

    code: str
    name: str
    number: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A value to compare with."""

    name: str
    number: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One Epci of a bar: the stage of its convention, a code and its word; both empty without one."""

    code: str
    name: str
    stage: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class TileLine:
    """One line of a tile: what, how much, and a word on it.

    tone: rouge, ocre, vert or empty. share: from 0 to 1 for a bar; None draws none. source: the value that
    explains the number, where there is a single one.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""
    share: float | None = None
    source: Value | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile. figure: its main value as text; page and wishes: the list that it opens.

    An empty tile says in its note what is missing; verb and page say how to get it.
    """

    code: str
    title: str
    figure: str
    unit: str = ""
    lines: tuple[TileLine, ...] = ()
    note: str = ""
    page: str = ""
    wishes: Wishes = ()
    dots: tuple[Dot, ...] = ()
    marks: tuple[Mark, ...] = ()
    segments: tuple[Segment, ...] = ()
    fictitious: bool = False
    empty: bool = False
    verb: str = ""
    source: Value | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The territory, the day and the year of figures of a reading; year None: the latest of each figure."""

    on: date
    departement: str = ""
    epci: str = ""
    commune: str = ""
    year: int | None = None
    references: tuple[str, ...] = ("departement", "france")


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What is shown of a territory at a date. next_due: the first date still to come that nothing hides."""

    territory: str
    on: date
    tiles: tuple[Tile, ...]
    alerts: tuple[Alert, ...]
    put_off: int = 0
    next_due: date | None = None


def nothing(code: str, words: str, page: str, verb: str, wishes: Wishes = (), title: str = "") -> Tile:
    """Return the tile of a subject without data: what is missing, and where to get it."""
    return Tile(
        code, title or TITLES[code], NO_DATA, note=words, page=page, wishes=wishes, empty=True, verb=verb
    )

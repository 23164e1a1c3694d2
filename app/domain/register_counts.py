"""What the register counts beside services: movements of places, childminders, totals, zones."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.territory import Level


class MovementKind(StrEnum):
    """Gross flows of places: the net is always computed, never typed."""

    CREATION = "creation"
    CLOSURE = "fermeture"


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the ledger of places: places is above zero whatever the kind."""

    uuid: str
    service_uuid: str
    on: datetime.date
    kind: MovementKind
    places: int
    code_qpv: str = ""
    expected: bool = False
    note: str = ""
    year_only: bool = False
    """Only the year is known: `on` is then its first day."""

    @property
    def signed(self) -> int:
        """Places added, below zero for a closure."""
        return self.places if self.kind is MovementKind.CREATION else -self.places


@dataclass(frozen=True, slots=True)
class Childminders:
    """Assistants maternels of one territory and one year; ages: (age class, number)."""

    uuid: str
    level: Level
    code: str
    year: int
    licensed: int | None
    active: int | None
    places: int | None
    ages: tuple[tuple[str, int], ...] = ()
    source: str = ""
    fictitious: bool = False

    @property
    def places_each(self) -> float | None:
        """Places per active childminder, per licensed one when the active ones are unknown."""
        people = self.active if self.active is not None else self.licensed
        return self.places / people if self.places is not None and people else None


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """A count known only as a total of a territory: shown as such, never spread below it."""

    kind: str
    level: Level
    code: str
    year: int
    count: int
    source: str
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: whole communes, communes touched in part, or an outline (wkb, longitude and latitude)."""

    uuid: str
    kind: str
    code: str
    name: str
    communes: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    wkb: bytes | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    population: int | None = None
    source: str = ""

    def lives(self, on: datetime.date) -> bool:
        """True if the zone is in force on that day; ends_on is the first day without it."""
        return runs(on, self.starts_on, self.ends_on)


def runs(on: datetime.date, starts_on: datetime.date | None, ends_on: datetime.date | None) -> bool:
    """Tell whether a period holds a day; ends_on is the first day after it."""
    return (starts_on is None or starts_on <= on) and (ends_on is None or on < ends_on)


def total_of(numbers: Iterable[int | None]) -> int | None:
    """Return the sum of what is known, None when nothing is: an absence never becomes zero."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None

"""The register of equipment as it crosses borders: sites, their services, places, childminders, zones."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from app.domain.register_counts import (
    Childminders,
    KnownTotal,
    Movement,
    MovementKind,
    Zone,
    runs,
    total_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


__all__ = [
    "Childminders",
    "Equipment",
    "KnownTotal",
    "Movement",
    "MovementKind",
    "PlaceGroup",
    "Point",
    "Register",
    "Reliability",
    "Site",
    "Status",
    "Transfer",
    "Zone",
    "total_of",
]


class Status(StrEnum):
    """Where an equipment stands today."""

    PROJECT = "projet"
    OPEN = "ouvert"
    SUSPENDED = "suspendu"
    CLOSED = "ferme"


class Reliability(StrEnum):
    """How sure a fact is."""

    OFFICIAL = "A"
    PRESS = "B"
    DEDUCED = "C"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One place where an equipment receives, with its days (0 is Monday)."""

    uuid: str
    label: str
    code_commune: str
    lon: float | None = None
    lat: float | None = None
    days: tuple[int, ...] = ()
    hours_per_year: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places of one equipment under one funding; licensed and opened are two counts, None is not known.

    funding: code of resources/register/fundings.csv, empty when unknown. expected: planned, not real.
    """

    uuid: str
    label: str
    funding: str
    licensed: int | None
    opened: int | None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    expected: bool = False
    code_qpv: str = ""

    def lives(self, on: datetime.date) -> bool:
        """True if the group is real and runs on that day; ends_on is the first day without it."""
        return not self.expected and runs(on, self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A change of gestionnaire, on a date."""

    uuid: str
    on: datetime.date
    from_manager: str
    from_kind: str
    to_manager: str
    to_kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Equipment:
    """One service hosted by a site.

    kind: code of resources/register/kinds.csv. closed_on: first day without it. status_on: day since which it
    is suspended. licensed_places: places of the agrément, which the groups may not exceed. itinerant: None
    when unknown. served: codes of communes. hours_per_year: hours of opening. fte: ETP.
    """

    uuid: str
    site_uuid: str
    kind: str
    name: str
    status: Status = Status.OPEN
    manager: str = ""
    manager_kind: str = ""
    opened_on: datetime.date | None = None
    closed_on: datetime.date | None = None
    status_on: datetime.date | None = None
    licence_from: datetime.date | None = None
    licence_to: datetime.date | None = None
    licensed_places: int | None = None
    itinerant: bool | None = None
    points: tuple[Point, ...] = ()
    served: tuple[str, ...] = ()
    hours_per_year: float | None = None
    fte: float | None = None
    groups: tuple[PlaceGroup, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    source: str = ""
    source_year: int | None = None
    reliability: Reliability = Reliability.UNSAID
    fictitious: bool = False
    note: str = ""

    @property
    def licensed(self) -> int | None:
        """Places of the agrément, else what the real groups add up to; None when nothing is known."""
        if self.licensed_places is not None:
            return self.licensed_places
        return total_of(group.licensed for group in self.groups if not group.expected)

    @property
    def opened(self) -> int | None:
        """Places really open, as the real groups add up; None when no group says it."""
        return total_of(group.opened for group in self.groups if not group.expected)

    @property
    def opened_unknown(self) -> int:
        """Real groups that do not say how many places are open: above zero, `opened` is a part only."""
        return sum(group.opened is None for group in self.groups if not group.expected)

    @property
    def expected_places(self) -> int | None:
        """Places planned and not real yet."""
        return total_of(group.licensed for group in self.groups if group.expected)

    def status_at(self, on: datetime.date) -> Status:
        """Return the status on a day.

        A project stays one until somebody says it opened. Closed without a date counts as closed on every
        day, since nothing proves that it was open. Suspended without a date is suspended on every day.
        """
        if self.status is Status.PROJECT or (self.opened_on is not None and on < self.opened_on):
            return Status.PROJECT
        if self.closed_on is not None and on >= self.closed_on:
            return Status.CLOSED
        if self.status is Status.CLOSED and self.closed_on is None:
            return Status.CLOSED
        suspended = self.status is Status.SUSPENDED and (self.status_on is None or on >= self.status_on)
        return Status.SUSPENDED if suspended else Status.OPEN

    def lives(self, on: datetime.date) -> bool:
        """True if it exists on that day, open or suspended."""
        return self.status_at(on) in (Status.OPEN, Status.SUSPENDED)

    def manager_at(self, on: datetime.date) -> tuple[str, str]:
        """Return the gestionnaire and its kind on a day, from the dated transfers."""
        later = [transfer for transfer in self.transfers if transfer.on > on]
        if not later:
            return self.manager, self.manager_kind
        first = min(later, key=lambda transfer: transfer.on)
        return first.from_manager, first.from_kind

    def at(self, on: datetime.date) -> Equipment:
        """Return the equipment as it was on a day: status, gestionnaire and groups of that day."""
        manager, manager_kind = self.manager_at(on)
        return replace(
            self,
            status=self.status_at(on),
            manager=manager,
            manager_kind=manager_kind,
            groups=tuple(group for group in self.groups if group.lives(on)),
        )


@dataclass(frozen=True, slots=True)
class Site:
    """A place that hosts services; precise is False when the point is the centre of the commune."""

    uuid: str
    name: str
    code_commune: str
    lon: float | None = None
    lat: float | None = None
    precise: bool = False
    address: str = ""
    equipment: tuple[Equipment, ...] = ()


@dataclass(frozen=True)
class Register:
    """Everything at once, unfiltered: projects, closed services and expected places included."""

    sites: tuple[Site, ...] = ()
    childminders: tuple[Childminders, ...] = ()
    totals: tuple[KnownTotal, ...] = ()
    zones: tuple[Zone, ...] = ()
    movements: tuple[Movement, ...] = ()

    @cached_property
    def equipment(self) -> tuple[Equipment, ...]:
        """All services of all sites, in the order of the sites."""
        return tuple(item for site in self.sites for item in site.equipment)

    @cached_property
    def sites_by_uuid(self) -> dict[str, Site]:
        """The sites by their uuid."""
        return {site.uuid: site for site in self.sites}

    @cached_property
    def equipment_by_uuid(self) -> dict[str, Equipment]:
        """The services by their uuid."""
        return {item.uuid: item for item in self.equipment}

    @cached_property
    def site_of(self) -> dict[str, Site]:
        """The site of each service, by uuid of the service."""
        return {item.uuid: site for site in self.sites for item in site.equipment}

    def pairs(self, *kinds: str) -> Iterator[tuple[Site, Equipment]]:
        """Yield each service with its site, of some kinds or of all."""
        for site in self.sites:
            for item in site.equipment:
                if not kinds or item.kind in kinds:
                    yield site, item

    def at(self, on: datetime.date) -> Register:
        """Keep what lives on a day: services open or suspended, real groups, real movements up to then.

        Sites left without a service go. Childminders and totals: the latest year known then, per territory.
        """
        return Register(
            sites=tuple(site for site in (_site_at(site, on) for site in self.sites) if site.equipment),
            childminders=_latest(self.childminders, on.year, lambda row: (row.level, row.code)),
            totals=_latest(self.totals, on.year, lambda row: (row.kind, row.level, row.code)),
            zones=tuple(zone for zone in self.zones if zone.lives(on)),
            movements=tuple(move for move in self.movements if not move.expected and move.on <= on),
        )


def _site_at(site: Site, on: datetime.date) -> Site:
    return replace(site, equipment=tuple(item.at(on) for item in site.equipment if item.lives(on)))


_Yearly = TypeVar("_Yearly", Childminders, KnownTotal)


def _latest(rows: Iterable[_Yearly], year: int, key: Callable[[_Yearly], object]) -> tuple[_Yearly, ...]:
    best: dict[object, _Yearly] = {}
    for row in rows:
        found = best.get(key(row))
        if row.year <= year and (found is None or row.year > found.year):
            best[key(row)] = row
    return tuple(best.values())

"""Coverage by CTG read from the base: on a day, by territory, and year after year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.domain.ctg import Convention, CtgStatus
from app.domain.ctg_coverage import (
    COMMUNE_RULE,
    EPCI_RULE,
    POPULATION_RULE,
    Counts,
    Place,
    count,
    covered_codes,
    epci_counts,
)
from app.domain.reference import LATEST
from app.services.ctg_load import conventions_of, today
from app.services.ctg_rows import CoverageYear, CtgCoverage, Share, TerritoryState
from db.models.ctg import Ctg

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from app.services.territory import TerritoryService
    from db.session import Base

_ORDER = list(CtgStatus)


class TerritoryReads:
    """Where CTG stand, on three denominators."""

    _base: Base
    _territory: TerritoryService
    _reference: Reference

    def coverage(self, on: date | None = None, departement: str | None = None) -> CtgCoverage:
        """Coverage on a day (None: today), in one département or the whole base. Raises UnknownTerritory."""
        on = on or today()
        places, seats, note = self._places(on, departement)
        with self._base.read() as session:
            held = conventions_of(session)
            fictitious = set(session.scalars(select(Ctg.uuid).where(Ctg.fictitious)))
        in_force = [c for c in held.values() if c.in_force(on)]
        covered = covered_codes(in_force, on)
        counts = count(places, seats, covered)
        epcis, population, communes = _shares(counts, note)
        inside = {place.code for place in places if place.aliases & covered}
        return CtgCoverage(
            on=on,
            departement=departement,
            epcis=epcis,
            epcis_partly=counts.epcis_partly,
            population=population,
            communes=communes,
            territories=self._states(places, inside, list(held.values()), on),
            fictitious=any(c.uuid in fictitious for c in in_force),
        )

    def trajectory(self, first: int, last: int, departement: str | None = None) -> list[CoverageYear]:
        """Coverage on 31 December of each year."""
        with self._base.read() as session:
            held = list(conventions_of(session).values())
        found = []
        for year in range(first, last + 1):
            on = date(year, 12, 31)
            places, seats, note = self._places(on, departement)
            shares = _shares(count(places, seats, covered_codes(held, on)), note)
            found.append(CoverageYear(year, *shares))
        return found

    def _places(self, on: date, departement: str | None) -> tuple[list[Place], list[str], str]:
        """Communes of the scope on a day, Epci by seat, and what is to be said of populations."""
        if departement is not None:
            self._territory.require_departement(departement)
        codes = (departement,) if departement else tuple(d.code for d in self._territory.departements())
        places: list[Place] = []
        seats: list[str] = []
        note = ""
        for dep in codes:
            known = self._reference.millesimes_of(dep) or (LATEST,)
            millesime = min(max(on.year, known[0]), known[-1])
            for commune in self._reference.communes(departement=dep, millesime=millesime):
                people, said = self._population(commune.code, commune.population)
                note = note or said
                latest = self._reference.successor(commune.code) or commune.code
                epci = self._reference.epci_of(commune.code, millesime)
                places.append(Place(commune.code, epci, people, frozenset((commune.code, latest))))
            found = self._reference.epcis(dep, millesime)
            seats += [epci.code for epci in found if epci.code_departement == dep]
        return places, seats, note

    def _population(self, code: str, in_force: int | None) -> tuple[int | None, str]:
        if in_force is not None:
            return in_force, ""
        held = self._reference.populations(code)
        if not held:
            return None, ""
        first = min(held)
        return held[first], f"population légale {first}, la plus ancienne connue"

    def _states(
        self, places: list[Place], inside: set[str], conventions: list[Convention], on: date
    ) -> tuple[TerritoryState, ...]:
        counts = epci_counts(places, inside)
        aliases: dict[str, set[str]] = {}
        for place in places:
            if place.epci is not None:
                aliases.setdefault(place.epci, set()).update(place.aliases)
        found = []
        for code, (part, whole) in counts.items():
            met = [c for c in conventions if _lives(c, on) and aliases[code] & c.communes_at(on)]
            status = max((c.status for c in met), key=_ORDER.index, default=None)
            name = self._reference.epci(code).short_name
            found.append(TerritoryState(code, name, status, part, whole, tuple(c.uuid for c in met)))
        return tuple(sorted(found, key=lambda state: state.name))


def _lives(convention: Convention, on: date) -> bool:
    """In force that day, or still being prepared."""
    return convention.in_force(on) or not convention.status.is_signed


def _shares(counts: Counts, note: str) -> tuple[Share, Share, Share]:
    unknown = f"{counts.unknown} communes sans population connue" if counts.unknown else ""
    notes = ", ".join(part for part in (note, unknown) if part)
    return (
        Share(*counts.epcis, label="EPCI", note=EPCI_RULE),
        Share(*counts.population, label="habitants", note=notes or POPULATION_RULE),
        Share(*counts.communes, label="communes", note=COMMUNE_RULE),
    )

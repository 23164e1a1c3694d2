"""Coverage by CTG on a day, on three denominators that are never confused: Epci, inhabitants, communes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.ctg import Convention

EPCI_RULE = "EPCI ayant leur siège dans le périmètre, couverts dans toutes leurs communes du périmètre"
POPULATION_RULE = "habitants des communes couvertes, sur ceux de toutes les communes"
COMMUNE_RULE = "communes couvertes, sur toutes les communes"


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the scope on a day; aliases: codes under which a convention may name it."""

    code: str
    epci: str | None
    population: int | None
    aliases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Parts and wholes; unknown: communes whose population nobody gives, left out of both."""

    epcis: tuple[int, int]
    epcis_partly: int
    population: tuple[int, int]
    unknown: int
    communes: tuple[int, int]


def covered_codes(conventions: Iterable[Convention], on: date) -> frozenset[str]:
    """Communes of a convention in force that day."""
    return frozenset(
        code for convention in conventions if convention.in_force(on) for code in convention.communes_at(on)
    )


def count(places: Sequence[Place], seats: Iterable[str], covered: frozenset[str]) -> Counts:
    """Count what is covered; seats: the Epci that make the first denominator."""
    inside = {place.code for place in places if place.aliases & covered}
    by_epci = epci_counts(places, inside)
    states = [by_epci.get(epci, (0, 0)) for epci in seats]
    known = [place for place in places if place.population is not None]
    return Counts(
        epcis=(sum(part == whole > 0 for part, whole in states), len(states)),
        epcis_partly=sum(0 < part < whole for part, whole in states),
        population=(
            sum(place.population or 0 for place in known if place.code in inside),
            sum(place.population or 0 for place in known),
        ),
        unknown=len(places) - len(known),
        communes=(len(inside), len(places)),
    )


def epci_counts(places: Iterable[Place], inside: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """For each Epci, its communes covered and its communes."""
    held = set(inside)
    found: dict[str, tuple[int, int]] = {}
    for place in places:
        if place.epci is not None:
            part, whole = found.get(place.epci, (0, 0))
            found[place.epci] = (part + (place.code in held), whole + 1)
    return found

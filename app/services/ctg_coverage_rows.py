"""Frozen rows of the coverage by CTG: shares of the three denominators, territories, years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ctg import CtgStatus


@dataclass(frozen=True, slots=True)
class Share:
    """A part over a whole, with the words of both; percent is None if the whole is 0."""

    part: int
    whole: int
    label: str
    note: str = ""

    @property
    def percent(self) -> float | None:
        """The part in percent of the whole."""
        return None if self.whole == 0 else 100 * self.part / self.whole


@dataclass(frozen=True, slots=True)
class TerritoryState:
    """An Epci on the map of CTG: covered communes over all those in scope, and the furthest status."""

    code: str
    name: str
    status: CtgStatus | None
    covered: int
    communes: int
    ctgs: tuple[str, ...]
    """uuids of the conventions met there."""


@dataclass(frozen=True, slots=True)
class CtgCoverage:
    """Coverage by CTG on a day, on three denominators, each with its rule."""

    on: date
    departement: str | None
    epcis: Share
    epcis_partly: int
    """Epci with some communes covered and others not: not counted as covered."""
    population: Share
    communes: Share
    territories: tuple[TerritoryState, ...]
    fictitious: bool
    """A fictitious convention counts in it."""


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """Coverage on 31 December of a year."""

    year: int
    epcis: Share
    population: Share
    communes: Share

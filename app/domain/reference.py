"""The territory of France: communes, Epci, départements, régions, and membership by millésime.

Codes are text. Membership is known from 2021 for all France, from 2014 for Deux-Sèvres and Haute-Marne. The
list of Epci of 2026 is that of 2025 carried on (see `Reference.vintage`).
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from app.domain.errors import UnknownTerritory
from app.domain.french import fold
from app.domain.places import CENSUS_DELAY, LATEST, MILLESIMES, Commune, Departement, Epci, Region, Vintage
from app.domain.reference_tables import Tables
from app.domain.territory import FRANCE, Level, Territory

if TYPE_CHECKING:
    from app.domain.search import SearchIndex

__all__ = ["LATEST", "MILLESIMES", "Commune", "Departement", "Epci", "Reference", "Region", "load_reference"]


class Reference:
    """Questions about the territory; answers are frozen and sorted, communes by code, Epci by short name."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._memberships: dict[int, dict[str, str]] = {}
        self._members: dict[int, dict[str, tuple[str, ...]]] = {}
        self._codes: dict[int, dict[str, tuple[str, ...]]] = {}
        self._commune_cache: dict[tuple[str, int], Commune] = {}
        self._commune_lists: dict[tuple[str | None, str | None, int], tuple[Commune, ...]] = {}
        self._epci_cache: dict[tuple[str, int], Epci] = {}

    def communes(
        self, departement: str | None = None, epci: str | None = None, millesime: int = LATEST
    ) -> tuple[Commune, ...]:
        """Return the communes of a millésime, in a département, in an Epci, in both, or all of them.

        Empty when nothing is known there: no such département or Epci, or a millésime before those known.
        """
        key = (departement, epci, millesime)
        if key not in self._commune_lists:
            codes = self._codes_of(departement, millesime) if epci is None else self.members(epci, millesime)
            communes = (self._commune_at(code, millesime) for code in codes)
            self._commune_lists[key] = tuple(
                commune for commune in communes if departement in (None, commune.code_departement)
            )
        return self._commune_lists[key]

    def fingerprint(self, millesime: int = LATEST) -> str:
        """Return a digest of the communes and of the membership of a millésime: the same, the same ground."""
        from hashlib import sha256

        communes = "\n".join(self._tables.communes.values())
        members = "\n".join(f"{code};{epci}" for code, epci in self._membership_at(millesime).items())
        return sha256(f"{communes}\n{members}".encode()).hexdigest()

    def commune(self, code: str) -> Commune:
        """Return a commune, one that no longer exists if it has a name, or a municipal arrondissement.

        Raises UnknownTerritory.
        """
        tables = self._tables
        known = code in tables.communes or code in tables.municipal
        if not known and not tables.former.get(code, ("",))[0]:
            raise UnknownTerritory(code=code, level=Level.COMMUNE)
        return self._commune_at(code, LATEST)

    def epci(self, code: str, millesime: int = LATEST) -> Epci:
        """Return an Epci at a millésime, or as it last was if it did not exist then.

        Raises UnknownTerritory.
        """
        if code not in self._tables.epcis:
            raise UnknownTerritory(code=code, level=Level.EPCI)
        key = (code, millesime)
        if key not in self._epci_cache:
            self._epci_cache[key] = self._build_epci(code, millesime)
        return self._epci_cache[key]

    def departement(self, code: str) -> Departement:
        """Return a département or a collectivité d'outre-mer; raises UnknownTerritory."""
        try:
            return self._tables.departements[code]
        except KeyError:
            raise UnknownTerritory(code=code, level=Level.DEPARTEMENT) from None

    def region(self, code: str) -> Region:
        """Return a région; raises UnknownTerritory."""
        try:
            return self._tables.regions[code]
        except KeyError:
            raise UnknownTerritory(code=code, level=Level.REGION) from None

    def epcis(self, departement: str | None = None, millesime: int = LATEST) -> tuple[Epci, ...]:
        """Return the Epci with at least one commune in the département, or all, by short name."""
        if departement is None:
            codes = set(self._members_at(millesime))
        else:
            membership = self._membership_at(millesime)
            codes = {membership[code] for code in self._codes_of(departement, millesime)} - {""}
        found = [self.epci(code, millesime) for code in codes]
        return tuple(sorted(found, key=lambda epci: (fold(epci.short_name), epci.code)))

    def departements(self) -> tuple[Departement, ...]:
        """Return the 101 départements, by code; collectivités d'outre-mer are left out."""
        return tuple(found for found in self._tables.departements.values() if found.zone != "com")

    def regions(self) -> tuple[Region, ...]:
        """Return the 18 régions, by code."""
        return tuple(self._tables.regions.values())

    def epci_of(self, code_commune: str, millesime: int = LATEST) -> str | None:
        """Return the Epci of a commune or municipal arrondissement; None if it has none or is unknown."""
        row = self._tables.municipal.get(code_commune)
        code = row[2] if row else code_commune
        return self._membership_at(millesime).get(code) or None

    def members(self, code_epci: str, millesime: int = LATEST) -> tuple[str, ...]:
        """Return the codes of the communes of an Epci, sorted; empty if it did not exist."""
        return self._members_at(millesime).get(code_epci, ())

    def municipal_arrondissements(self, code_commune: str) -> tuple[Commune, ...]:
        """Return the arrondissements of Paris, Lyon or Marseille; empty for any other commune."""
        codes = [row[0] for row in self._tables.municipal.values() if row[2] == code_commune]
        return tuple(self._commune_at(code, LATEST) for code in codes)

    def millesimes_of(self, departement: str) -> tuple[int, ...]:
        """Return the millésimes for which the membership of the communes of a département is known."""
        first = self._tables.first_millesime(departement)
        return tuple(range(first, LATEST + 1)) if first else ()

    def vintage(self, millesime: int) -> Vintage | None:
        """Tell what the lists of a millésime truly are; None before 2021."""
        return self._tables.vintages.get(millesime)

    def successor(self, code_commune: str, to: int = LATEST) -> str | None:
        """Return the commune that holds the territory of a code at a millésime, itself if it still exists.

        A municipal arrondissement gives its commune. None when it cannot be told: unknown code, or a commune
        made after that millésime out of several.
        """
        seen: set[str] = set()
        code: str | None = code_commune
        while code is not None and code not in seen:
            if code in self._membership_at(to):
                return code
            seen.add(code)
            code = self._taken_by(code)
        return None

    def populations(self, code_commune: str) -> dict[int, int]:
        """Return the legal municipal populations of a commune by census year (2018 to 2023 at most)."""
        return self._tables.populations(code_commune)

    def share_of(self, code_epci: str, departement: str) -> tuple[int, int]:
        """Return how many communes of an Epci are in the département, and how many it has."""
        members = self.members(code_epci)
        inside = sum(_departement_of(code) == departement for code in members)
        return inside, len(members)

    def name(self, level: Level, code: str) -> str:
        """Return the name of a territory; raises UnknownTerritory."""
        if level is Level.COMMUNE:
            return self.commune(code).name
        if level is Level.EPCI:
            return self.epci(code).name
        if level is Level.DEPARTEMENT:
            return self.departement(code).name
        if level is Level.REGION:
            return self.region(code).name
        if level is Level.FRANCE and code == FRANCE.code:
            return FRANCE.name
        if level is Level.ARRONDISSEMENT and code in self._tables.arrondissements:
            return self._tables.arrondissements[code][1]
        raise UnknownTerritory(code=code, level=level)

    def territory(self, level: Level, code: str) -> Territory:
        """Return a territory with its name; raises UnknownTerritory."""
        return Territory(level, code, self.name(level, code))

    def exists(self, level: Level, code: str) -> bool:
        """Tell whether the territory exists at the latest millésime, municipal arrondissements included."""
        if level is Level.COMMUNE:
            return code in self._tables.communes or code in self._tables.municipal
        if level is Level.EPCI:
            return code in self._members_at(LATEST)
        try:
            self.name(level, code)
        except UnknownTerritory:
            return False
        return True

    def find(self, text: str, departements: tuple[str, ...] = (), limit: int = 50) -> list[Territory]:
        """Return the territories that a text designates, best first, in the départements if some are given.

        Accents, case, hyphens and the order of words are ignored; « St » is « Saint »; codes, beginnings of
        codes and former names of communes are known. An empty text gives nothing.
        """
        return self._index.find(text, departements, limit)

    @cached_property
    def _index(self) -> SearchIndex:
        from app.domain.search import SearchIndex

        return SearchIndex(self)

    def _taken_by(self, code: str) -> str | None:
        row = self._tables.municipal.get(code)
        if row is not None:
            return row[2]
        former = self._tables.former.get(code)
        return former[1] if former else None

    def _membership_at(self, millesime: int) -> dict[str, str]:
        if millesime not in self._memberships:
            self._memberships[millesime] = self._tables.membership(millesime)
        return self._memberships[millesime]

    def _members_at(self, millesime: int) -> dict[str, tuple[str, ...]]:
        if millesime not in self._members:
            found: dict[str, list[str]] = {}
            for code, epci in self._membership_at(millesime).items():
                if epci:
                    found.setdefault(epci, []).append(code)
            self._members[millesime] = {epci: tuple(codes) for epci, codes in found.items()}
        return self._members[millesime]

    def _codes_of(self, departement: str | None, millesime: int) -> tuple[str, ...]:
        if departement is None:
            return tuple(self._membership_at(millesime))
        if millesime not in self._codes:
            found: dict[str, list[str]] = {}
            for code in self._membership_at(millesime):
                found.setdefault(_departement_of(code), []).append(code)
            self._codes[millesime] = {key: tuple(codes) for key, codes in found.items()}
        return self._codes[millesime].get(departement, ())

    def _commune_at(self, code: str, millesime: int) -> Commune:
        key = (code, millesime)
        if key not in self._commune_cache:
            self._commune_cache[key] = self._build_commune(code, millesime)
        return self._commune_cache[key]

    def _build_commune(self, code: str, millesime: int) -> Commune:
        tables = self._tables
        line = tables.communes.get(code)
        if line is not None:
            _, name, departement, arrondissement, population, lon, lat, area = line.split(";")
            place = (_float(lon), _float(lat), _float(area))
            latest = int(population) if population else None
        else:
            name, departement, arrondissement, latest = self._former_facts(code)
            place = (None, None, None)
        return Commune(
            code,
            name,
            departement,
            tables.departements[departement].code_region,
            arrondissement,
            latest if millesime == LATEST else self.populations(code).get(millesime - CENSUS_DELAY),
            *place,
            former_names=tables.former_names.get(code, ()),
        )

    def _former_facts(self, code: str) -> tuple[str, str, str, int | None]:
        municipal = self._tables.municipal.get(code)
        if municipal is None:
            return self._tables.former[code][0], _departement_of(code), "", None
        parent = self._commune_at(municipal[2], LATEST)
        return municipal[1], parent.code_departement, parent.code_arrondissement, int(municipal[3])

    def _build_epci(self, code: str, millesime: int) -> Epci:
        runs = self._tables.epcis[code]
        now = [run for run in runs if int(run[5]) <= millesime <= int(run[6])]
        _, name, short_name, nature, seat, _, last = (now or runs)[-1]
        year = millesime if now else int(last)
        communes = [self._commune_at(member, year) for member in self.members(code, year)]
        known = [commune.population for commune in communes if commune.population is not None]
        others = sorted({commune.code_departement for commune in communes} - {seat})
        return Epci(code, name, short_name, nature, sum(known) if known else None, seat, (seat, *others))


def _departement_of(code_commune: str) -> str:
    return code_commune[:3] if code_commune.startswith(("97", "98")) else code_commune[:2]


def _float(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1)
def load_reference() -> Reference:
    """Return the reference of the application; its tables are read when they are first needed."""
    return Reference()

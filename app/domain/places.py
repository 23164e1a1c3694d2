"""Communes, Epci, départements and régions, as the reference hands them out."""

from __future__ import annotations

from dataclasses import dataclass

LATEST: int = 2026
MILLESIMES: tuple[int, ...] = (2021, 2022, 2023, 2024, 2025, 2026)
"""Millésimes known for all France; some départements know older ones."""
CENSUS_DELAY = 3
"""A legal population enters into force three years after its census year."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune at one millésime; an arrondissement of Paris, Lyon or Marseille has the same shape.

    population: municipal population in force on 1 January of the millésime, None if unknown. lon, lat
    (degrees, WGS84) and area_km2 are those of 2026, None for former communes and for those without a centre.
    code_region is empty in the collectivités d'outre-mer, where there is no Caf.
    """

    code: str
    name: str
    code_departement: str
    code_region: str
    code_arrondissement: str
    population: int | None
    lon: float | None
    lat: float | None
    area_km2: float | None
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Epci:
    """An Epci at one millésime: nature is CC, CA, CU or ME; departements starts with that of the seat."""

    code: str
    name: str
    short_name: str
    nature: str
    population: int | None
    code_departement: str
    departements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Departement:
    """A département, or a collectivité d'outre-mer (zone « com », without Caf)."""

    code: str
    name: str
    code_region: str
    zone: str
    of_name: str
    """« des Deux-Sèvres »."""
    in_name: str
    """« en Haute-Marne »."""

    @property
    def caf_name(self) -> str:
        """« Caf des Deux-Sèvres »."""
        return f"Caf {self.of_name}"


@dataclass(frozen=True, slots=True)
class Region:
    """A région, metropolitan or overseas."""

    code: str
    name: str
    of_name: str
    in_name: str


@dataclass(frozen=True, slots=True)
class Vintage:
    """What the lists of a millésime truly are; carried: the list of Epci is that of an older year."""

    millesime: int
    epci_vintage: int
    carried: bool
    population_census: int
    check: str

"""Counts of children typed by the Caf: small ones are masked, and others with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from app.domain.indicator import ValueState
from app.domain.secrecy import guard
from app.domain.secrecy_model import Cell, Key, Link, Profile, SecretTable
from app.domain.territory import Level
from app.services.secrecy_links import Name, areas_of, tree_links

if TYPE_CHECKING:
    from app.services.territory import TerritoryService

Typed = Mapping[str, Mapping[str, float]]
"""Numbers by year (text), by territory."""
Place = tuple[Level, str]
OF_THE_CAF = ("caf_0_2",)
"""Rules whose counts are not published; those of a census are."""


def children_masks(
    typed: Mapping[str, Typed], territory: TerritoryService, profile: Profile
) -> frozenset[Place]:
    """Territories whose number of children must not be shown, whatever the year."""
    levels = _levels(territory)
    tables = [
        _table(f"{rule} {year}", numbers, levels, territory)
        for rule, years in typed.items()
        if rule in OF_THE_CAF
        for year, numbers in years.items()
    ]
    masked = guard(tables, profile).masked if tables else ()
    return frozenset((key[1], key[2]) for found in masked if isinstance(key := found.key, tuple))


def _table(
    name: str, numbers: Mapping[str, float], levels: Mapping[str, Level], territory: TerritoryService
) -> SecretTable:
    def key(level: Level, code: str) -> Key:
        return (name, level, code)

    cells = tuple(
        Cell(key(levels[code], code), number, ValueState.VALUE if number else ValueState.ZERO)
        for code, number in numbers.items()
        if code in levels
    )
    held = {cell.key for cell in cells}
    links = [*tree_links(territory, key), *_arrondissements(territory, key)]
    kept = (link for link in links if link.total in held and not held.isdisjoint(link.parts))
    return SecretTable(name, cells, tuple(kept))


def _arrondissements(territory: TerritoryService, key: Name) -> Iterator[Link]:
    for (level, code), communes in areas_of(territory).items():
        if level is Level.ARRONDISSEMENT:
            yield Link(key(level, code), tuple(key(Level.COMMUNE, one) for one in communes))


def _levels(territory: TerritoryService) -> dict[str, Level]:
    """Level of each code of the scope: they are all of different lengths."""
    found = {code: level for level, code in areas_of(territory)}
    found.update(dict.fromkeys(territory.codes(Level.COMMUNE), Level.COMMUNE))
    return found

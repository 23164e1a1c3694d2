"""Sums that any reader can redo: communes add up to Epci, arrondissements and départements."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.secrecy_model import Key, Link
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services.territory import TerritoryService

Name = Callable[[Level, str], Key]
"""Key of the cell of a territory."""


def tree_links(territory: TerritoryService, key: Name) -> list[Link]:
    """Communes add up to Epci, Epci to départements: a tree, whose bounds are exact without a programme.

    An Epci that crosses the border gives its communes of the département one by one.
    """
    members = {code: territory.members(Level.EPCI, code) for code in territory.codes(Level.EPCI)}
    found = [
        Link(key(Level.EPCI, code), tuple(key(Level.COMMUNE, commune) for commune in inside))
        for code, inside in members.items()
        if inside
    ]
    for code in territory.codes(Level.DEPARTEMENT):
        left = set(territory.members(Level.DEPARTEMENT, code))
        parts: list[Key] = []
        for epci, inside in members.items():
            if inside and left.issuperset(inside):
                parts.append(key(Level.EPCI, epci))
                left.difference_update(inside)
        parts += [key(Level.COMMUNE, commune) for commune in sorted(left)]
        found.append(Link(key(Level.DEPARTEMENT, code), tuple(parts)))
    return found


def areas_of(territory: TerritoryService) -> dict[tuple[Level, str], tuple[str, ...]]:
    """Communes of every Epci, arrondissement and département of the scope."""
    found = {(Level.EPCI, code): territory.members(Level.EPCI, code) for code in territory.codes(Level.EPCI)}
    for code in territory.codes(Level.DEPARTEMENT):
        inside = territory.communes(departement=code)
        found[Level.DEPARTEMENT, code] = tuple(commune.code for commune in inside)
        for commune in inside:
            if commune.code_arrondissement:
                place = (Level.ARRONDISSEMENT, commune.code_arrondissement)
                found[place] = (*found.get(place, ()), commune.code)
    return found

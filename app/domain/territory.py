"""Territories of the official geographic code, and membership of communes by millésime."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """Levels at which values exist; the number orders them from the country down."""

    FRANCE = 0
    REGION = 1
    DEPARTEMENT = 2
    EPCI = 3
    COMMUNE = 4
    ARRONDISSEMENT = 5
    """Arrondissement départemental (sous-préfecture), not a municipal one."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory as the user sees it: level, official code (text), name."""

    level: Level
    code: str
    name: str


FRANCE = Territory(Level.FRANCE, "FR", "France")

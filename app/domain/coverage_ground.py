"""The ground of a coverage: territories, their communes, inhabitants and centres; what lies within reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.places import Commune
    from app.domain.territory import Level

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class Area:
    """One territory of the level asked, with the communes it is made of."""

    code: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """Areas of one level, the communes of the scope, and all communes around that have a centre.

    around: every commune within possible reach, those of the scope included.
    """

    level: Level
    areas: tuple[Area, ...]
    communes: tuple[Commune, ...]
    around: tuple[Commune, ...] = ()
    epci_of: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, Commune]:
        """Communes by code, of the scope and around."""
        return {commune.code: commune for commune in (*self.around, *self.communes)}

    def population(self, members: Sequence[str]) -> int | None:
        """Inhabitants of several communes, None if one is unknown."""
        total = 0
        for code in members:
            commune = self.by_code.get(code)
            if commune is None or commune.population is None:
                return None
            total += commune.population
        return total if members else None

    def inhabitants(self, code: str) -> int | None:
        """Inhabitants of one commune."""
        commune = self.by_code.get(code)
        return commune.population if commune else None

    def centre(self, code: str) -> tuple[float, float] | None:
        """Longitude and latitude of the centre of a commune, None if unknown."""
        commune = self.by_code.get(code)
        if commune is None or commune.lon is None or commune.lat is None:
            return None
        return commune.lon, commune.lat

    @cached_property
    def _located(self) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        held = {
            code: (commune.lon, commune.lat)
            for code, commune in self.by_code.items()
            if commune.lon is not None and commune.lat is not None
        }
        return tuple(held), on_sphere(list(held.values()))

    def near(self, points: Sequence[tuple[float, float]], crow_km: float) -> frozenset[str]:
        """Communes whose centre is within a crow-fly distance of one of the points (lon, lat) at least."""
        codes, centres = self._located
        if not points or not codes:
            return frozenset()
        from scipy.spatial import cKDTree

        tree = cKDTree(on_sphere(list(points)))
        found = np.isfinite(tree.query(centres, distance_upper_bound=chord(crow_km))[0])
        return frozenset(codes[i] for i in np.flatnonzero(found))

    def surrounded(self, codes: Sequence[str], known: frozenset[str], crow_km: float) -> frozenset[str]:
        """Those of codes for which every commune within the distance belongs to known."""
        every, centres = self._located
        if not every:
            return frozenset()
        from scipy.spatial import cKDTree

        rank = {code: i for i, code in enumerate(every)}
        asked = [code for code in codes if code in rank]
        if not asked:
            return frozenset()
        unknown = centres[[i for i, code in enumerate(every) if code not in known]]
        if not len(unknown):
            return frozenset(asked)
        own = centres[[rank[code] for code in asked]]
        clear = ~np.isfinite(cKDTree(unknown).query(own, distance_upper_bound=chord(crow_km))[0])
        return frozenset(asked[i] for i in np.flatnonzero(clear))


def on_sphere(points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Longitudes and latitudes in degrees, shape (n, 2), to points on a unit sphere, shape (n, 3)."""
    if not points:
        return np.empty((0, 3))
    lon, lat = np.radians(np.asarray(points, dtype=np.float64)).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def chord(km: float) -> float:
    """Length, on a unit sphere, of the straight line between two points km apart on the ground."""
    return float(2 * np.sin(min(km / EARTH_KM, np.pi) / 2))

"""Projected systems of the territories, and insets that bring overseas départements near the mainland."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Transformer

    Floats = NDArray[np.float64]

MAINLAND = 2154
"""RGF93 v1 / Lambert-93."""
OVERSEAS: dict[str, int] = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}
"""Legal system of each overseas département (RGAF09, RGFG95, RGR92, RGM04; UTM)."""

INSETS: dict[str, tuple[float, float]] = {
    "971": (-60_000.0, 6_980_000.0),
    "972": (-60_000.0, 6_770_000.0),
    "973": (-60_000.0, 6_560_000.0),
    "974": (-60_000.0, 6_350_000.0),
    "976": (-60_000.0, 6_140_000.0),
}
"""Middle of the inset of each overseas département in Lambert-93, in a column west of Brittany."""
INSET_SIDE_M = 180_000.0


def zone_of(departement: str) -> int:
    """Projected system (EPSG number) of one département: Lambert-93 in metropolitan France."""
    return OVERSEAS.get(departement, MAINLAND)


def epsg_for(departements: Iterable[str]) -> int:
    """Projected system of a map of these départements; none given means all France.

    One zone gives its own legal system. Several zones, or all France, give Lambert-93, where overseas
    départements are moved and scaled into insets (see `to_inset`).
    """
    zones = {zone_of(departement) for departement in departements}
    return zones.pop() if len(zones) == 1 else MAINLAND


@cache
def _from_degrees(epsg: int) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(4326, epsg, always_xy=True)


def project(lon: Floats, lat: Floats, epsg: int) -> tuple[Floats, Floats]:
    """Metres in the system given from degrees (WGS 84), arrays of shape (n,)."""
    x, y = _from_degrees(epsg).transform(lon, lat)
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def to_inset(
    departement: str, bounds: tuple[float, float, float, float], geometries: NDArray[Any]
) -> NDArray[Any]:
    """Move and scale the geometries of an overseas département into its inset beside the mainland.

    bounds: box of the whole département in its own system, brought to a square of INSET_SIDE_M; areas and
    distances are no longer true there.
    """
    import shapely

    left, bottom, right, top = bounds
    scale = INSET_SIDE_M / max(right - left, top - bottom)
    middle = np.array([(left + right) / 2, (bottom + top) / 2])
    target = np.array(INSETS[departement])
    return np.asarray(shapely.transform(geometries, lambda points: (points - middle) * scale + target))

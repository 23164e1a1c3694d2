"""What may lie over a choropleth, frozen: circles, points of services, zones, flags, a second quantity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from app.domain.indicator import Indicator
from app.domain.territory import Level
from maps.choropleth import Choropleth, Classes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHAPES = (
    "circle", "square", "triangle", "diamond", "pentagon", "cross", "plus", "triangle_down", "hexagon",
    "star", "house", "octagon",
)  # fmt: skip
"""Shapes of points; each may end with « _ring » (hollow, dot in the middle) or « _small »."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """Proportional circles over the areas: arrays of shape (n,), in the order of codes.

    numbers: NaN when absent, else their sign does not count and their area does; states: ValueState numbers;
    xy, shape (n, 2): metres in the system of the fond. level may be finer than that of the areas.
    """

    indicator: Indicator
    year: int
    level: Level
    codes: tuple[str, ...]
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    xy: NDArray[np.float64]
    sources: tuple[str, ...] = ()
    estimated: bool = False
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class PointKind:
    """How one kind of service looks: a shape of SHAPES first, then a colour (empty: taken from its rank)."""

    code: str
    label: str
    shape: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place, or `count` places alike. lon and lat in degrees (WGS 84); both None, or precise False: known
    only by its commune, drawn pale, at the centre of the commune when degrees are missing."""

    kind: str
    code_commune: str
    lon: float | None = None
    lat: float | None = None
    label: str = ""
    precise: bool = True
    count: int = 1


@dataclass(frozen=True, slots=True)
class PointLayer:
    """Points of services, with their kinds in the order of the legend."""

    label: str
    kinds: tuple[PointKind, ...]
    points: tuple[MapPoint, ...]
    source: str = ""
    named: bool = False
    """True to write the label of each point where there is room."""
    fictitious: bool = False


class ZoneLook(Enum):
    """Lines that fill zones, so that two layers are told apart without colour."""

    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class MapZone:
    """A zone: whole communes, communes touched in part (dotted outline), or a polygon of its own.

    polygon: shapely geometry in degrees (WGS 84). With communes alone and `inside` true the zone is known to
    lie in them without its limits: a sign at the centre of each.
    """

    name: str
    communes: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    polygon: Any = None
    inside: bool = False


@dataclass(frozen=True, slots=True)
class ZoneLayer:
    """Zones of one kind (Qpv, Frr, Zrr, the user's own) over the map."""

    label: str
    zones: tuple[MapZone, ...]
    look: ZoneLook = ZoneLook.RISING
    colour: str = "#8A2F6B"
    source: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Flags:
    """Territories of the areas that call for attention (gaps of a rule): ochre dashed outline and a sign."""

    label: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Second:
    """The second quantity of a bivariate map, aligned with the areas; arrays of shape (n,).

    The areas keep their own numbers, `first` holds their classes (three or fewer, as `classes` those of the
    second). `class_of` of the map is k × class of the first + class of the second, with k classes of the
    second; its palette and the counts of its classes are in that order.
    """

    indicator: Indicator
    year: int
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    classes: Classes
    first: Classes
    estimated: bool = False
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Multiples:
    """Two to four maps of one layer with one set of classes, one scale of circles and one legend."""

    title: str
    subtitle: str
    maps: tuple[Choropleth, ...]
    captions: tuple[str, ...]

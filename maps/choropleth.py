"""A frozen map: outlines, values, classes; drawn alike on screen, PNG, SVG and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from app.domain.indicator import Indicator
from app.domain.territory import Level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maps.layers import Flags, PointLayer, Second, Symbols, ZoneLayer


class Mark(Enum):
    """Ratios are coloured areas; stocks are proportional circles."""

    AREA = "area"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Classes:
    """Half-open classes [b0, b1[, [b1, b2[ ..., the last one closed.

    bounds: k + 1 increasing numbers; counts: territories in each class, low to high; method: code among
    fixed, quantiles, natural, equal, q6, manual.
    """

    method: str
    bounds: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A value to compare with, drawn in ochre dashes with its name."""

    name: str
    number: float


@dataclass(frozen=True, slots=True)
class OutlineLayer:
    """Outlines of one level in a projected system (metres): arrays of shape (n,).

    polygons holds shapely Polygon or MultiPolygon; label_xy, shape (n, 2), points inside them.
    """

    level: Level
    epsg: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: NDArray[Any]
    label_xy: NDArray[np.float64]
    parents: tuple[str, ...] = ()
    """Code of the Epci of each commune, of the département of each Epci; empty text when there is none."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, low, right, high of all the outlines, in metres."""
        import shapely

        left, low, right, high = shapely.total_bounds(self.polygons).tolist()
        return left, low, right, high


@dataclass(frozen=True, slots=True)
class Fond:
    """Everything drawn under the data: levels in use, pale neighbours, label and sources of outlines."""

    epsg: int
    communes: OutlineLayer
    epcis: OutlineLayer
    departements: OutlineLayer
    neighbours: OutlineLayer
    """Départements around, pale."""
    label: str
    """French legend line: « fond approché (centres et superficies communales) » or the imported file."""
    millesime: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class Choropleth:
    """A map ready to be drawn. numbers (NaN when absent) and states: shape (n,), as in layer.codes."""

    title: str
    subtitle: str
    indicator: Indicator
    year: int
    mark: Mark
    fond: Fond
    layer: OutlineLayer
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    class_of: NDArray[np.int16]
    """Class number of each territory, -1 where there is none."""
    classes: Classes
    palette: tuple[str, ...]
    """Light palette, low to high, hexadecimal with #; as many as classes."""
    references: tuple[Reference, ...] = ()
    sources: tuple[str, ...] = ()
    estimated: bool = False
    fictitious: bool = False
    selected: str | None = None
    symbols: Symbols | None = None
    """Circles over the areas; never with mark SYMBOL."""
    points: tuple[PointLayer, ...] = ()
    zones: tuple[ZoneLayer, ...] = ()
    flags: Flags | None = None
    second: Second | None = None
    """Bivariate maps only: nine colours or fewer, `classes` has no bounds."""
    middle: Reference | None = None
    """Diverging maps: the reference that is a limit of the classes."""
    signed: bool = False
    """Numbers are differences, written with their sign."""
    blank_zero: bool = False
    """Zero is a white zone (no service, known), not the lowest class."""
    textures: bool = False
    """Classes have lines as well as colours, for grey prints."""
    class_labels: tuple[str, ...] = ()
    """Words of the classes, low to high, when they are not intervals."""
    at_least: frozenset[str] = frozenset()
    """Codes whose number is a lower bound: part of a list only is known."""
    scale_max: float = 0.0
    """Largest quantity of maps shown together, whose circles share a scale; 0 for this map alone."""
    unclassed: str = ""
    """Word for a territory without class nor absence: « hors de la règle »."""
    notes: tuple[str, ...] = ()
    """Sentences to print under the legend."""

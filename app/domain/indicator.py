"""Definitions of indicators, and the five states and provenance of a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from app.domain.territory import Level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ValueState(IntEnum):
    """Five things that are never confused, from file to paper."""

    VALUE = 0
    ZERO = 1
    NO_DATA = 2
    NOT_PUBLISHED = 3
    MASKED = 4

    @property
    def is_known(self) -> bool:
        """True for a value and for zero."""
        return self <= ValueState.ZERO


class ValueStatus(IntEnum):
    """How final a value is."""

    PROVISIONAL = 0
    CONSOLIDATED = 1
    FROZEN = 2


class Kind(Enum):
    """A stock adds up over territories; a ratio never does."""

    STOCK = "stock"
    RATIO = "ratio"


class Direction(Enum):
    """What a good evolution is."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the dictionary `resources/indicators.csv`."""

    code: str
    label: str
    short_label: str
    theme: str
    definition: str
    numerator: str
    denominator: str
    unit: str
    decimals: int
    kind: Kind
    direction: Direction
    source: str
    masking: str
    valid_from: str
    formula: str = ""
    """Name of the function of `app.domain.derived` that computes it, empty for an imported series."""
    inputs: tuple[str, ...] = ()
    breaks: tuple[float, ...] = ()
    """Fixed breaks (k+1 bounds, half-open), empty when the dictionary gives none."""

    @property
    def is_derived(self) -> bool:
        """True if the application computes it from other series."""
        return bool(self.formula)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from: enough to find it again in its file."""

    source: str
    file: str
    sha256: str
    sheet: str
    row: int | None
    import_number: int | None
    imported_at: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one territory and one year, with all that is needed to explain it.

    number is None unless state is VALUE or ZERO. parts: for a derived value, or a sum over communes,
    the values it rests on; formula: French sentence with the numbers inside.
    """

    indicator: Indicator
    level: Level
    code: str
    year: int
    number: float | None
    state: ValueState
    status: ValueStatus = ValueStatus.CONSOLIDATED
    estimated: bool = False
    fictitious: bool = False
    millesime: int | None = None
    provenance: tuple[Provenance, ...] = ()
    formula: str = ""
    parts: tuple[Value, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator, one year, one level: aligned arrays of shape (n,).

    numbers is NaN wherever the state is not VALUE or ZERO; states holds ValueState numbers (uint8).
    """

    indicator: Indicator
    level: Level
    year: int
    codes: tuple[str, ...]
    numbers: NDArray[np.float64]
    states: NDArray[np.uint8]
    estimated: bool = False
    fictitious: bool = False
    millesime: int | None = None
    sources: tuple[str, ...] = ()

"""What the charts of a booklet show, frozen; `reports.kit.draw_*` draws them, vector, readable in grey."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.kit.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.cascade_flow import FlowDiagram


@dataclass(frozen=True, slots=True)
class Line:
    """A named reference line across a chart: « France 60,9 »."""

    name: str
    value: Printed


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. focus: the territory studied; apart: a reference, kept under a rule."""

    name: str
    value: Printed
    focus: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Upright bars from a zero base, one a category, with reference lines."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class HorizontalBars:
    """Lying bars, one a line, in the order given, with reference lines."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of stacked bars. colour: « #RRGGBB », empty for the palette of the kit.

    texture: plain, rising, falling, dots, crossed; empty gives each part its own.
    """

    name: str
    colour: str = ""
    texture: str = ""


@dataclass(frozen=True, slots=True)
class StackRow:
    """One stacked bar: as many values as parts, and their printed total."""

    name: str
    values: tuple[Printed, ...]
    total: Printed
    focus: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Stacked:
    """Lying stacked bars: childcare modes, funders. share: each bar fills the width (100 %)."""

    parts: tuple[Part, ...]
    rows: tuple[StackRow, ...]
    unit: str = ""
    share: bool = False


class Style(StrEnum):
    """How a series is drawn; the first four are those of a contract and are never merged."""

    INITIAL = "initiale"
    REVISED = "revisee"
    FORECAST = "prevu"
    ACTUAL = "realise"
    REFERENCE = "repere"
    OTHER = "autre"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A value at an abscissa (a year, or a year and a fraction for quarters)."""

    at: float
    value: Printed


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One line. broken_before: abscissas where the method changed, the line opens there."""

    name: str
    style: Style
    points: tuple[TrendPoint, ...]
    broken_before: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TunnelPoint:
    """Low and high bounds accepted at an abscissa."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Time series. ticks: abscissa and its word; gap: abscissa and words of the gap to point at."""

    series: tuple[TrendSeries, ...]
    tunnel: tuple[TunnelPoint, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    lines: tuple[Line, ...] = ()
    unit: str = ""
    today: float | None = None
    zero_base: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a waterfall; value is signed."""

    name: str
    value: Printed


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From start to end by steps; what the steps do not explain is drawn as a residue, never hidden."""

    start: Step
    steps: tuple[Step, ...]
    end: Step
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A territory against its reference, on one indicator."""

    name: str
    value: Printed
    reference: Printed
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Dumbbells:
    """Rows of two dots; own_scale: each row has its own scale, when units differ."""

    rows: tuple[Dumbbell, ...]
    names: tuple[str, str]
    unit: str = ""
    own_scale: bool = False


@dataclass(frozen=True, slots=True)
class StripRow:
    """All territories of a group as dots on one line, one of them in focus."""

    name: str
    dots: tuple[tuple[str, Printed], ...]
    focus: str = ""
    """Name of the dot in focus."""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class DotStrip:
    """Spread of a group: dots, median, extremes named."""

    rows: tuple[StripRow, ...]
    unit: str = ""
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Population by age, youngest first; outline: shares of a reference in %, same order.

    outline_name: « des Deux-Sèvres ».
    """

    ages: tuple[str, ...]
    women: tuple[Printed, ...]
    men: tuple[Printed, ...]
    outline_women: tuple[float, ...] = ()
    outline_men: tuple[float, ...] = ()
    outline_name: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A share with its two terms and the rule that chose them."""

    name: str
    part: Printed
    whole: Printed
    rule: str
    share: Printed


@dataclass(frozen=True, slots=True)
class GaugePair:
    """Two bars one under the other, never averaged: progress of actions, achievement of results.

    One of the two may be missing: the other is drawn alone, in its own look.
    """

    first: Gauge | None
    second: Gauge | None
    note: str = ""

    @property
    def held(self) -> tuple[tuple[int, Gauge], ...]:
        """Those there are, with their rank: 0 for the first, 1 for the second."""
        return tuple((rank, one) for rank, one in enumerate((self.first, self.second)) if one is not None)


@dataclass(frozen=True, slots=True)
class GanttTask:
    """One line of a timeline. status: code of STATUSES of `reports.kit.signs`; done: share from 0 to 1."""

    name: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    status: str = ""
    done: float | None = None
    milestones: tuple[tuple[datetime.date, bool], ...] = ()
    """Date and whether it is reached."""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Gantt:
    """Timeline from starts_on to ends_on; today is a line."""

    tasks: tuple[GanttTask, ...]
    starts_on: datetime.date
    ends_on: datetime.date
    today: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Multiples:
    """Small charts of one kind side by side, all on the same scale."""

    charts: tuple[tuple[str, Trend], ...] = field(default=())
    columns: int = 3


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """An expected result: where it started, where it is, where it is meant to go."""

    name: str
    baseline: Printed
    actual: Printed
    target: Printed
    unit: str = ""
    words: tuple[str, str, str] = ("départ", "réalisé", "cible")


@dataclass(frozen=True, slots=True)
class Progression:
    """One track a result, each on its own scale."""

    rows: tuple[ProgressRow, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Ribbons between levels. words: name of each level; counts: what is said under each card, by key."""

    diagram: FlowDiagram
    words: Mapping[str, str]
    counts: Mapping[str, str]


Chart = (
    Bars
    | HorizontalBars
    | Stacked
    | Trend
    | Waterfall
    | Dumbbells
    | DotStrip
    | Pyramid
    | GaugePair
    | Gantt
    | Multiples
    | Progression
    | Flow
)

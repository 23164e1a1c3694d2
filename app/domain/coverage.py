"""Coverage of a territory by a network of services: what it means, what is known, what is said."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from app.domain.indicator import Indicator, Series, Value, ValueState
from app.domain.territory import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain.children import ChildrenChoice
    from app.domain.register import KnownTotal


OWN_SOURCE = "maillage_registre"
"""Source code of the figures the application computes itself."""


class Network(StrEnum):
    """The four networks that have a coverage map."""

    EAJE = "eaje"
    RPE = "rpe"
    AVS = "avs"
    LAEP = "laep"


class Meaning(StrEnum):
    """What « couvert » means: it is chosen, and printed with every figure."""

    STRUCTURE = "structure"
    POINT = "point"
    HOURS = "hours"
    DISTANCE = "distance"


class Basis(StrEnum):
    """Where a count comes from."""

    REGISTER = "register"
    """Equipment named one by one in the base."""
    INDICATOR = "indicator"
    """Counts by commune of the base permanente des équipements."""
    TOTAL = "total"
    """A total known for that very territory."""
    NONE = "none"


class Certainty(StrEnum):
    """How far a count can be believed."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    """Named equipment of a list that is not known to be whole: there may be more."""
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Is it covered? Not knowing is an answer, never a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A meaning of « couvert » with its numbers, declared in every result.

    hours: opening hours a year, for HOURS. road_km: distance by road, for DISTANCE; minutes is what was asked
    when a time was (road_km is then minutes x speed_kmh / 60). Distances are crow-fly x detour. majority:
    share of inhabitants (0 to 100) within reach from which a wide territory counts as covered.
    """

    meaning: Meaning = Meaning.STRUCTURE
    hours: float = 0.0
    road_km: float = 0.0
    minutes: float | None = None
    detour: float = 1.0
    speed_kmh: float = 0.0
    majority: float = 50.0

    @property
    def crow_km(self) -> float:
        """Crow-fly distance that matches the distance by road."""
        return self.road_km / self.detour


@dataclass(frozen=True, slots=True)
class Count:
    """How many, from where, and how surely; number is None when nothing is known."""

    number: float | None = None
    certainty: Certainty = Certainty.UNKNOWN
    basis: Basis = Basis.NONE
    year: int | None = None
    source: str = ""
    estimated: bool = False

    @property
    def state(self) -> ValueState:
        """State of the number; a zero is only said when the count is exact."""
        if self.number is None:
            return ValueState.NO_DATA
        return ValueState.ZERO if self.number == 0 else ValueState.VALUE

    @property
    def answer(self) -> Answer:
        """Is there at least one?"""
        if self.number is not None and self.number > 0:
            return Answer.YES
        return Answer.NO if self.certainty is Certainty.EXACT else Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Share:
    """Covered, not covered and unknown, in territories or in inhabitants; nobody hides in the total."""

    covered: float = 0.0
    not_covered: float = 0.0
    unknown: float = 0.0

    @property
    def total(self) -> float:
        """All, unknown included."""
        return self.covered + self.not_covered + self.unknown

    @property
    def low(self) -> float | None:
        """Lowest possible share, 0 to 100: the unknown are not covered."""
        return self.covered / self.total * 100 if self.total else None

    @property
    def high(self) -> float | None:
        """Highest possible share, 0 to 100: the unknown are covered."""
        return (self.covered + self.unknown) / self.total * 100 if self.total else None

    @property
    def rate(self) -> float | None:
        """Share over all, 0 to 100; None while something is unknown."""
        return self.low if self.unknown == 0 else None

    def __add__(self, other: Share) -> Share:
        return Share(
            self.covered + other.covered, self.not_covered + other.not_covered, self.unknown + other.unknown
        )


def share_of(answers: Iterable[tuple[Answer, float | None]]) -> Share:
    """Add weights by answer; a weight that is not known counts for nothing.

    answers: (answer, weight), weight 1 for territories, inhabitants for a population.
    """
    sums = dict.fromkeys(Answer, 0.0)
    for answer, weight in answers:
        sums[answer] += weight or 0.0
    return Share(sums[Answer.YES], sums[Answer.NO], sums[Answer.UNKNOWN])


@dataclass(frozen=True, slots=True)
class GapPart:
    """One piece of the gap between two figures; amount None when it cannot be counted."""

    code: str
    label: str
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An official figure beside our own; gap = official - own, the countable parts add up to it."""

    code: str
    label: str
    official: Value
    own: Value
    own_certainty: Certainty
    gap: float | None
    parts: tuple[GapPart, ...]


@dataclass(frozen=True, slots=True)
class TerritoryCoverage:
    """What is known of one network in one territory; values are in the order of NetworkCoverage.figures.

    count and effective: structures, all of them and those really open. communes and people: shares of its
    communes and inhabitants for the chosen meaning. certainties: as values.
    """

    code: str
    name: str
    population: int | None
    count: Count
    effective: Count
    nominal_answer: Answer
    effective_answer: Answer
    communes: Share
    people: Share
    values: tuple[Value, ...]
    certainties: tuple[Certainty, ...]
    comparisons: tuple[Comparison, ...] = ()
    notes: tuple[str, ...] = ()
    small: bool = False
    """The denominator of its rates is under the threshold of small denominators."""


@dataclass(frozen=True, slots=True)
class NetworkCoverage:
    """Coverage by one network, ready for a map, a table or a page.

    answers of rows, communes and people follow `criterion`; `effective` tells which of the nominal and the
    effective offer they and the shares `communes` and `people` describe. territories and population are given
    for both: share of covered territories, share of the inhabitants who live in them.
    """

    network: Network
    label: str
    year: int
    on: datetime.date
    level: Level
    criterion: Criterion
    effective: bool
    main: str
    """Code of the figure the map shows."""
    figures: tuple[Indicator, ...]
    rows: tuple[TerritoryCoverage, ...]
    territories: Share
    population: Share
    territories_effective: Share
    population_effective: Share
    communes: Share
    people: Share
    totals: tuple[KnownTotal, ...] = ()
    """Totals of wider territories that the register does not reach: told, never spread."""
    children: ChildrenChoice | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    fictitious: bool = False

    def row(self, code: str) -> TerritoryCoverage:
        """The territory with that code. Raises KeyError."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)

    def rank(self, figure: str | None = None) -> int:
        """Position of a figure, the main one by default. Raises KeyError."""
        wanted = figure or self.main
        for i, indicator in enumerate(self.figures):
            if indicator.code == wanted:
                return i
        raise KeyError(wanted)

    def value(self, code: str, figure: str | None = None) -> Value:
        """One figure of one territory. Raises KeyError."""
        return self.row(code).values[self.rank(figure)]

    def known(self, figure: str) -> int:
        """How many territories have a number for a figure."""
        rank = self.rank(figure)
        return sum(row.values[rank].number is not None for row in self.rows)

    def exact(self, figure: str) -> int:
        """How many territories have an exact number for a figure."""
        rank = self.rank(figure)
        return sum(row.certainties[rank] is Certainty.EXACT for row in self.rows)

    def partial(self, figure: str | None = None) -> tuple[str, ...]:
        """Codes of the territories whose figure is « au moins »."""
        rank = self.rank(figure)
        return tuple(row.code for row in self.rows if row.certainties[rank] is Certainty.AT_LEAST)

    def series(self, figure: str | None = None) -> Series:
        """A figure as a series, for a map.

        When one territory at least has a lower bound, the whole series is named « au moins »: this stays true
        of the exact ones, and no reader takes a part for the whole.
        """
        rank = self.rank(figure)
        values = [row.values[rank] for row in self.rows]
        indicator = self.figures[rank]
        if self.partial(figure):
            indicator = replace(
                indicator,
                label=f"{indicator.label} (au moins)",
                unit=f"{indicator.unit}, au moins",
            )
        return Series(
            indicator=indicator,
            level=self.level,
            year=max((value.year for value in values if value.number is not None), default=self.year),
            codes=tuple(row.code for row in self.rows),
            numbers=np.array([np.nan if v.number is None else v.number for v in values], dtype=np.float64),
            states=np.array([int(value.state) for value in values], dtype=np.uint8),
            estimated=any(value.estimated for value in values),
            fictitious=any(value.fictitious for value in values),
            sources=self.sources_of(self.figures[rank].code),
        )

    def sources_of(self, figure: str | None = None) -> tuple[str, ...]:
        """Sources of one figure, in the order of the territories."""
        rank = self.rank(figure)
        known = [row.values[rank] for row in self.rows if row.values[rank].number is not None]
        return tuple(dict.fromkeys(p.source for v in known for p in v.provenance if p.source))

    def is_official(self, figure: str | None = None) -> bool:
        """True for a figure published by its producer, false for one of our own counts."""
        return self.figures[self.rank(figure)].source != OWN_SOURCE

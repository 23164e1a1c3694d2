"""Coverage of a territory by a network of services: what it means, what is known, what is said."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.coverage_terms import (
    Answer,
    Basis,
    Certainty,
    Count,
    Criterion,
    Meaning,
    Network,
    Share,
    share_of,
)
from app.domain.indicator import Indicator, Series, Value
from app.domain.territory import Level

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from app.domain.children import ChildrenChoice
    from app.domain.register import KnownTotal


__all__ = [
    "OWN_SOURCE",
    "Answer",
    "Basis",
    "Certainty",
    "Comparison",
    "Count",
    "Criterion",
    "GapPart",
    "Meaning",
    "Network",
    "NetworkCoverage",
    "Share",
    "TerritoryCoverage",
    "share_of",
]

OWN_SOURCE = "maillage_registre"
"""Source code of the figures the application computes itself."""


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

    def within(self, codes: Container[str]) -> NetworkCoverage:
        """The same for some of its territories: rows kept, shares counted again on them."""
        rows = tuple(row for row in self.rows if row.code in codes)
        return replace(
            self,
            rows=rows,
            territories=share_of((row.nominal_answer, 1.0) for row in rows),
            population=share_of((row.nominal_answer, row.population) for row in rows),
            territories_effective=share_of((row.effective_answer, 1.0) for row in rows),
            population_effective=share_of((row.effective_answer, row.population) for row in rows),
            communes=sum((row.communes for row in rows), Share()),
            people=sum((row.people for row in rows), Share()),
        )

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
            year=_common_year(values, self.year),
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


def _common_year(values: Iterable[Value], otherwise: int) -> int:
    """Year of most known values, the latest among equals."""
    counts = Counter(value.year for value in values if value.number is not None)
    return max(counts, key=lambda year: (counts[year], year), default=otherwise)

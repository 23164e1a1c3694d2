"""What may leave the base: masks chosen once on every territory and year, then applied to each value read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from app.domain.derived import FORMULAS, Spread, spread_of
from app.domain.indicator import Indicator, Kind, Series, Value, ValueState
from app.domain.secrecy import guard
from app.domain.secrecy_model import Cell, Link, Masked, Profile, Rule, SecretTable, Use, is_reserved, rule_of
from app.domain.territory import Level
from app.services.secrecy_links import tree_links

if TYPE_CHECKING:
    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService

Key = tuple[str, Level, str, int]
"""Indicator, level, territory, year."""
LEVELS = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)
MODES = {"couv_global": ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")}
"""Official totals that are the sum of published parts, to the rounding."""
ROUNDING = 0.3
RATE_WIDTH = 1.0
"""A rate masked by its producer stays hidden within one point at least."""


class MaskBook:
    """The cells masked for one profile, over the whole base."""

    def __init__(
        self,
        indicators: IndicatorService,
        territory: TerritoryService,
        profile: Profile,
        children: frozenset[tuple[Level, str]] = frozenset(),
    ) -> None:
        """children: territories whose number of children, typed by the Caf, must not be told."""
        self.profile = profile
        self.children = children
        self._indicators = indicators
        self._territory = territory
        guarded = guard(list(self._tables()), profile)
        self.masked: tuple[Masked, ...] = guarded.masked
        self._hidden = {found.key for found in guarded.masked}
        self._ever = {key[:3] for key in self._hidden if isinstance(key, tuple)}
        self.read: dict[Key, Value] = {}
        """Values already read: those of the département serve all its Epci."""
        self.shared: dict[Hashable, Any] = {}
        """What the booklets of one base share: coverage, classes of maps, masks of the register."""

    def hides(self, code: str, level: Level, territory: str, year: int) -> bool:
        """Tell whether a value must not be shown."""
        return (code, level, territory, year) in self._hidden

    def hides_ever(self, code: str, level: Level, territory: str) -> bool:
        """Tell whether a value must not be shown for one year at least."""
        return (code, level, territory) in self._ever

    def knows(self, code: str) -> bool:
        """Tell whether an indicator is one of the dictionary, whose masks are chosen here."""
        return any(indicator.code == code for indicator in self._indicators.all())

    def value(self, value: Value) -> Value:
        """Return the value, masked with its parts and its formula if it must be."""
        parts = tuple(self.value(part) for part in value.parts)
        if self.hides(value.indicator.code, value.level, value.code, value.year):
            return replace(value, number=None, state=ValueState.MASKED, formula="", parts=())
        hidden = any(part.state is ValueState.MASKED for part in parts)
        return replace(value, parts=parts, formula="" if hidden else value.formula)

    def series(self, series: Series) -> Series:
        """Return the series with masked territories emptied."""
        code, level, year = series.indicator.code, series.level, series.year
        hidden = np.array([self.hides(code, level, name, year) for name in series.codes], dtype=bool)
        if not hidden.any():
            return series
        return replace(
            series,
            numbers=np.where(hidden, np.nan, series.numbers),
            states=np.where(hidden, np.uint8(ValueState.MASKED), series.states).astype(np.uint8),
        )

    # -- tables -------------------------------------------------------------------------------------

    def _tables(self) -> Iterator[SecretTable]:
        """Every indicator that secrecy is about, with the sums that any reader can redo."""
        concerned = [i for i in self._indicators.all() if self._concerns(i)]
        for indicator in concerned:
            years = {year for level in LEVELS for year in self._indicators.years(indicator.code, level)}
            for year in sorted(years):
                yield self._table(indicator, year)

    def _concerns(self, indicator: Indicator) -> bool:
        """Free series are left alone, and so are results of free series only."""
        return any(rule_of(found) is not Rule.FREE for found in self._with_inputs(indicator))

    def _with_inputs(self, indicator: Indicator) -> tuple[Indicator, ...]:
        inputs = (self._indicators.get(name) for name in indicator.inputs if name != "superficie")
        return (indicator, *inputs)

    def _table(self, indicator: Indicator, year: int) -> SecretTable:
        cells: list[Cell] = []
        for level in LEVELS:
            if year in self._indicators.years(indicator.code, level):
                series = self._indicators.series(indicator.code, level, year)
                cells += self._cells(series)
        sums = self._sums(indicator, year) if indicator.kind is Kind.STOCK else []
        keys = [cell.key for cell in cells]
        return SecretTable(
            f"{indicator.code} {year}",
            tuple(cells),
            tuple([*sums, *self._modes(indicator, keys)]),
            tuple(self._uses(indicator, keys, year)),
        )

    def _cells(self, series: Series) -> Iterable[Cell]:
        indicator = series.indicator
        small = rule_of(indicator) is Rule.THRESHOLD and indicator.kind is Kind.STOCK
        rate = indicator.kind is Kind.RATIO
        reserved = any(is_reserved(found) for found in self._with_inputs(indicator))
        for code, number, state in zip(series.codes, series.numbers, series.states, strict=True):
            held = ValueState(int(state))
            yield Cell(
                key=(indicator.code, series.level, code, series.year),
                number=float(number) if held.is_known else None,
                state=held,
                counted=small,
                protection=RATE_WIDTH if rate else None,
                caf_only=reserved,
                level=series.level,
                year=series.year,
            )

    def _sums(self, indicator: Indicator, year: int) -> list[Link]:
        return tree_links(self._territory, lambda level, code: (indicator.code, level, code, year))

    def _modes(self, indicator: Indicator, keys: Iterable[object]) -> list[Link]:
        """Parts of an official total, and the sum that the application makes of some of them."""
        parts = MODES.get(indicator.code) or (indicator.inputs if indicator.formula == "sum_of_parts" else ())
        return [
            Link(key, tuple((part, *key[1:]) for part in parts), ROUNDING)
            for key in keys
            if parts and isinstance(key, tuple)
        ]

    def _uses(self, indicator: Indicator, keys: Iterable[object], year: int) -> list[Use]:
        """A computed result gives its inputs away, except a sum, which is a link."""
        if not indicator.is_derived or indicator.formula == "sum_of_parts":
            return []
        offsets = FORMULAS[indicator.formula].offsets
        inputs = [(name, year + offset) for name in indicator.inputs for offset in offsets]
        return [
            Use(key, tuple((name, key[1], key[2], at) for name, at in inputs))
            for key in keys
            if isinstance(key, tuple)
        ]


class SafeFigures:
    """The figures of the base as one profile may read them: the only door of every paper."""

    def __init__(self, indicators: IndicatorService, territory: TerritoryService, book: MaskBook) -> None:
        self._indicators = indicators
        self._territory = territory
        self.book = book

    def get(self, code: str) -> Indicator:
        """Definition of an indicator. Raises UnknownIndicator."""
        return self._indicators.get(code)

    def all(self) -> tuple[Indicator, ...]:
        """Every indicator of the dictionary."""
        return self._indicators.all()

    def years(self, code: str, level: Level) -> tuple[int, ...]:
        """Years held, oldest first."""
        return self._indicators.years(code, level)

    def value(self, code: str, level: Level, territory: str, year: int) -> Value:
        """One value with its provenance, masked if it must be."""
        key = (code, level, territory, year)
        if key not in self.book.read:
            self.book.read[key] = self.book.value(self._indicators.value(*key))
        return self.book.read[key]

    def latest(self, code: str, level: Level, territory: str, year: int | None = None) -> Value | None:
        """The value of a year, or of the latest one known not after it; None when nothing is held."""
        held = self.years(code, level)
        before = [y for y in held if year is None or y <= year]
        if not held:
            return None
        return self.value(code, level, territory, before[-1] if before else held[0])

    def series(self, code: str, level: Level, year: int, departement: str | None = None) -> Series:
        """One value for each territory of the scope, masked where it must be."""
        return self.book.series(self._indicators.series(code, level, year, departement))

    def series_for(self, code: str, level: Level, year: int, codes: tuple[str, ...]) -> Series:
        """Same, for chosen territories."""
        return self.book.series(self._indicators.series_for(code, level, year, codes))

    def references(self, code: str, year: int, names: tuple[str, ...]) -> tuple[Value, ...]:
        """Values to compare with, unknown and masked ones left out."""
        levels = {"departement": Level.DEPARTEMENT, "region": Level.REGION, "france": Level.FRANCE}
        found = (
            self.value(code, levels[name], territory, year)
            for name in names
            for territory in self._territory.codes(levels[name])
        )
        return tuple(value for value in found if value.number is not None)

    def spread(self, code: str, year: int, code_epci: str | None, departement: str | None) -> Spread | None:
        """Lowest, median and highest of the Epci that may be shown, and the rank of one of them."""
        return spread_of(self.series(code, Level.EPCI, year, departement), code_epci)

    def inputs_of(self, indicator: Indicator, level: Level, year: int) -> tuple[tuple[str, int], ...]:
        """(code, year) of each series that a derived indicator reads."""
        return self._indicators.inputs_of(indicator, level, year)

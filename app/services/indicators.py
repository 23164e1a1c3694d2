"""Series and values of indicators: imported, summed from communes, or computed from other series."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.derived import FORMULAS, Spread, compute_series, spread_of, sum_groups
from app.domain.dictionary import load_indicators, source_name
from app.domain.errors import UnknownIndicator, UnknownTerritory
from app.domain.indicator import Indicator, Kind, Series, Value, ValueState
from app.domain.reference import LATEST
from app.domain.territory import Level
from app.services.explain import Explainer
from app.services.rows import Available, CatalogueRow
from app.services.series_store import SeriesStore
from db import values as stored

if TYPE_CHECKING:
    from app.services.territory import TerritoryService
    from db.session import Base

AREA = "superficie"
SHOWN_LEVELS = (Level.EPCI, Level.COMMUNE, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)
SUMMED_LEVELS = (Level.EPCI, Level.DEPARTEMENT)
NO_YEAR = 0


class IndicatorService:
    """Reads series within the scope of the base; never averages a rate."""

    def __init__(self, base: Base, territory: TerritoryService) -> None:
        self._base = base
        self._territory = territory
        self._dictionary = load_indicators()
        self._store = SeriesStore(base)
        self._explainer = Explainer(self._store, self)
        self._filled: dict[tuple[str, Level], dict[int, int]] | None = None

    # -- dictionary ---------------------------------------------------------------------------------

    def all(self) -> tuple[Indicator, ...]:
        """Every indicator of the dictionary."""
        return tuple(self._dictionary.values())

    def get(self, code: str) -> Indicator:
        """Raises UnknownIndicator, with the codes known."""
        if code not in self._dictionary:
            raise UnknownIndicator(code=code, known=tuple(self._dictionary))
        return self._dictionary[code]

    # -- what is filled -----------------------------------------------------------------------------

    def forget(self) -> None:
        """Read the base again: call it after an import, an undo or a redo."""
        self._filled = None
        self._store.forget()

    def available(self) -> tuple[Available, ...]:
        """Indicators that hold at least one value of an Epci or a commune of the scope."""
        found = []
        for indicator in self._dictionary.values():
            years = {level: self.years(indicator.code, level) for level in (Level.EPCI, Level.COMMUNE)}
            levels = tuple(level for level, held in years.items() if held)
            if levels:
                every = sorted({year for held in years.values() for year in held})
                found.append(Available(indicator, levels, tuple(every)))
        return tuple(found)

    def years(self, code: str, level: Level) -> tuple[int, ...]:
        """Years for which the indicator holds something at a level, oldest first."""
        indicator = self.get(code)
        if not indicator.is_derived:
            own = self._stored_years(code, level)
            if indicator.kind is Kind.STOCK and level in SUMMED_LEVELS:
                own = own | self._stored_years(code, Level.COMMUNE)
            return tuple(sorted(own))
        formula = FORMULAS[indicator.formula]
        fixed = [name for name in indicator.inputs if name not in formula.floating_year]
        sets = [
            {year - offset for year in self.years(name, level)}
            for name in (fixed or [name for name in indicator.inputs if name != AREA])
            for offset in formula.offsets
        ]
        common = set.intersection(*sets) if sets else set()
        return tuple(sorted(year for year in common if self._floats(indicator, level, year)))

    def _floats(self, indicator: Indicator, level: Level, year: int) -> bool:
        floating = FORMULAS[indicator.formula].floating_year
        return all(
            self._input_year(indicator, name, level, year) is not None
            for name in indicator.inputs
            if name in floating and name != AREA
        )

    def _input_year(self, indicator: Indicator, name: str, level: Level, year: int) -> int | None:
        """Year at which an input is read: the year asked, or the latest held for one that is not yearly."""
        if name == AREA:
            return NO_YEAR
        if name not in FORMULAS[indicator.formula].floating_year:
            return year
        held = self.years(name, level)
        before = [held_year for held_year in held if held_year <= year]
        return before[-1] if before else (held[0] if held else None)

    def default_year(self) -> int | None:
        """Latest year of the first indicator of the dictionary that holds values."""
        for found in self.available():
            return found.years[-1]
        return None

    def _stored_years(self, code: str, level: Level) -> set[int]:
        if self._filled is None:
            filled: dict[tuple[str, Level], dict[int, int]] = {}
            with self._base.read() as session:
                for indicator, at, year, count in stored.coverage(session):
                    filled.setdefault((indicator, Level(at)), {})[year] = count
            self._filled = filled
        return set(self._filled.get((code, level), {}))

    # -- series -------------------------------------------------------------------------------------

    def series(self, code: str, level: Level, year: int, departement: str | None = None) -> Series:
        """One value for each territory of the scope, missing ones as « no data »; shape (n,)."""
        return self.series_for(code, level, year, self._territory.codes(level, departement))

    def series_for(self, code: str, level: Level, year: int, codes: tuple[str, ...]) -> Series:
        """Same, for chosen territories."""
        if code == AREA:
            return self._areas(level, codes)
        indicator = self.get(code)
        if not indicator.is_derived:
            return self._imported(indicator, level, year, codes)
        inputs = self.inputs_of(indicator, level, year)
        parts = [self.series_for(name, level, at, codes) for name, at in inputs]
        return compute_series(indicator, parts, year)

    def inputs_of(self, indicator: Indicator, level: Level, year: int) -> tuple[tuple[str, int], ...]:
        """(code, year) of each series that a derived indicator reads, in the order of its formula."""
        found = []
        for name in indicator.inputs:
            at = self._input_year(indicator, name, level, year)
            start = year if at is None else at
            found += [(name, start + offset) for offset in FORMULAS[indicator.formula].offsets]
        return tuple(found)

    def members(self, level: Level, code: str, millesime: int) -> tuple[str, ...]:
        """Communes that a sum over communes adds up."""
        return self._territory.members(level, code, min(millesime, LATEST))

    def _imported(self, indicator: Indicator, level: Level, year: int, codes: tuple[str, ...]) -> Series:
        has_own = year in self._stored_years(indicator.code, level)
        if not has_own and indicator.kind is Kind.STOCK and level in SUMMED_LEVELS:
            return self._summed(indicator, level, year, codes)
        held = self._store.block(indicator.code, year, level)
        block, rank = held.series, held.rank
        numbers = np.full(len(codes), np.nan)
        states = np.full(len(codes), int(ValueState.NO_DATA), dtype=np.uint8)
        here = [(i, rank[code]) for i, code in enumerate(codes) if code in rank]
        if here:
            to, of = np.array(here).T
            numbers[to] = block.numbers[of]
            states[to] = block.states[of]
        return Series(
            indicator=indicator,
            level=level,
            year=year,
            codes=codes,
            numbers=numbers,
            states=states,
            estimated=block.estimated,
            fictitious=block.fictitious,
            millesime=block.millesime or None,
            sources=(indicator.source,) if block.codes else (),
        )

    def _summed(self, indicator: Indicator, level: Level, year: int, codes: tuple[str, ...]) -> Series:
        millesime = self.millesime_of(indicator.code, year) or LATEST
        groups = [self.members(level, code, millesime) for code in codes]
        everyone = tuple(dict.fromkeys(code for group in groups for code in group))
        base = self._imported(indicator, Level.COMMUNE, year, everyone)
        return replace(sum_groups(base, codes, groups), level=level)

    def millesime_of(self, code: str, year: int) -> int | None:
        """Geography of the communes of an imported series."""
        return self._store.block(code, year, Level.COMMUNE).series.millesime or None

    def _areas(self, level: Level, codes: tuple[str, ...]) -> Series:
        numbers = np.array([self._area(level, code) for code in codes], dtype=float)
        states = np.where(np.isnan(numbers), int(ValueState.NO_DATA), int(ValueState.VALUE))
        return Series(area_indicator(), level, NO_YEAR, codes, numbers, states.astype(np.uint8))

    def _area(self, level: Level, code: str) -> float:
        members = (code,) if level is Level.COMMUNE else self._territory.members(level, code)
        areas = [self._territory.reference.commune(member).area_km2 for member in members]
        if not areas or any(area is None for area in areas):
            return float("nan")
        return float(sum(area for area in areas if area is not None))

    # -- one value ----------------------------------------------------------------------------------

    def value(self, code: str, level: Level, code_territory: str, year: int) -> Value:
        """One value with its whole provenance, its formula and its parts."""
        if code != AREA:
            self.get(code)
        return self._explainer.value(code, level, code_territory, year)

    def values(self, level: Level, code_territory: str, year: int | None = None) -> tuple[Value, ...]:
        """Every indicator held for a territory, at a year or each at its latest year.

        Raises UnknownTerritory for a code that does not exist at that level.
        """
        if not self._territory.reference.exists(level, code_territory):
            raise UnknownTerritory(code=code_territory, level=level)
        found = []
        for indicator in self._dictionary.values():
            held = self.years(indicator.code, level)
            if held and (year is None or year in held):
                found.append(self.value(indicator.code, level, code_territory, year or held[-1]))
        return tuple(found)

    def together(self, level: Level, code: str) -> tuple[str, ...]:
        """Territories whose rows are read with those of one: its Epci for a commune, else the scope."""
        if level is not Level.COMMUNE:
            return self._territory.codes(level)
        epci = self._territory.reference.epci_of(code)
        return self._territory.members(Level.EPCI, epci) if epci else ()

    def references(self, code: str, year: int, names: tuple[str, ...]) -> tuple[Value, ...]:
        """Values to compare with; names among departement, region, france. Unknown numbers are left out."""
        levels = {"departement": Level.DEPARTEMENT, "region": Level.REGION, "france": Level.FRANCE}
        found = []
        for name in names:
            for territory in self._territory.codes(levels[name]):
                value = self.value(code, levels[name], territory, year)
                if value.number is not None:
                    found.append(value)
        return tuple(found)

    def spread(self, code: str, year: int, code_epci: str | None, departement: str | None) -> Spread | None:
        """Lowest, median and highest value of the Epci, and the rank of one of them."""
        return spread_of(self.series(code, Level.EPCI, year, departement), code_epci)

    def catalogue(self) -> list[CatalogueRow]:
        """Every (indicator, level, year) stored, with the number of rows in each state."""
        self._stored_years("", Level.FRANCE)
        rows = []
        for (code, level), years in (self._filled or {}).items():
            for year, count in sorted(years.items()):
                block = self._store.block(code, year, level).series
                states = tuple(sorted(Counter(int(state) for state in block.states).items()))
                indicator = self.get(code)
                rows.append(
                    CatalogueRow(indicator, level, year, count, source_name(indicator.source), states)
                )
        order = list(self._dictionary)
        return sorted(rows, key=lambda row: (order.index(row.indicator.code), row.level, row.year))


def area_indicator() -> Indicator:
    """The pseudo indicator of areas, read from the reference and never stored."""
    from app.domain.indicator import Direction

    return Indicator(
        code=AREA, label="Superficie", short_label="Superficie", theme="Territoire",
        definition="Superficie des communes, calculée sur leurs contours.", numerator="", denominator="",
        unit="km²", decimals=1, kind=Kind.STOCK, direction=Direction.NONE, source="ign_centres",
        masking="", valid_from="",
    )  # fmt: skip

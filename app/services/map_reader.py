"""What every map needs from the base: outlines in scope, series, references, sources, titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.dictionary import source_name
from app.domain.errors import NoValue, UnknownIndicator
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.indicator import Series
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from app.services.territory import TerritoryService
    from maps.choropleth import Fond, Reference


class MapReader:
    """Reads what a map is made of."""

    def __init__(
        self, territory: TerritoryService, indicators: IndicatorService, outlines: OutlineService
    ) -> None:
        self._territory = territory
        self._indicators = indicators
        self._outlines = outlines

    def _held(self, indicator: str, year: int, level: Level, departement: str | None) -> tuple[Fond, Series]:
        if year not in self._indicators.years(indicator, level):
            raise self._nothing(indicator, year, level)
        fond = self._scope(departement)
        codes = self._codes(level, departement, None)
        return fond, self._indicators.series_for(indicator, level, year, codes)

    def _nothing(self, indicator: str, year: int, level: Level) -> NoValue:
        years = self._indicators.years(indicator, level)
        return NoValue(indicator=self._indicators.get(indicator).label, level=level, year=year, years=years)

    def _geographies(self, before: Series, after: Series) -> tuple[str, ...]:
        """Named when they differ: a territory may have changed its limits meanwhile."""
        if before.millesime == after.millesime or not before.millesime or not after.millesime:
            return ()
        words = f"Géographies {before.millesime} et {after.millesime} : à limites changées, pas de valeur."
        return (french.typographic(words),)

    def ground(self, departement: str | None = None, epci: str | None = None) -> Fond:
        """Outlines of the base, of a département or of one Epci, to draw something of one's own."""
        return self._scope(departement, epci)

    def _scope(self, departement: str | None, epci: str | None = None) -> Fond:
        codes = self._codes(Level.EPCI, departement, epci)
        return narrowed(self._outlines.fond(), codes, departement)

    def _codes(self, level: Level, departement: str | None, epci: str | None) -> tuple[str, ...]:
        if epci:
            if level is Level.EPCI:
                return (epci,)
            return tuple(commune.code for commune in self._territory.communes(epci))
        return self._territory.codes(level, departement)

    def _title(self, series: Series, departement: str | None, epci: str | None) -> str:
        """« Naissances en 2025, Deux-Sèvres »: what, when, where."""
        return f"{series.indicator.label} en {series.year}, {self._where(departement, epci)}"

    def _where(self, departement: str | None, epci: str | None) -> str:
        reference = self._territory.reference
        if epci:
            return reference.epci(epci).name
        if departement:
            return reference.departement(departement).name
        return " et ".join(dep.name for dep in self._territory.departements())

    def _references(
        self, code: str, year: int, names: Sequence[str], departement: str | None
    ) -> tuple[Reference, ...]:
        """Only ratios compare with wider territories; a stock would dwarf every class."""
        from app.domain.indicator import Kind
        from maps.choropleth import Reference

        if self._indicators.get(code).kind is not Kind.RATIO:
            return ()
        found = []
        for value in self._indicators.references(code, year, tuple(names)):
            if departement and value.level is Level.DEPARTEMENT and value.code != departement:
                continue
            if value.number is not None:
                name = self._territory.reference.name(value.level, value.code)
                found.append(Reference(name, value.number))
        return tuple(found)

    def _sources(self, *many: Series) -> tuple[str, ...]:
        """« Insee, naissances, 2023 et 2025, géographie 2026 »: each source once, with all its years."""
        found: dict[tuple[str, int | None], list[int]] = {}
        for series in many:
            for source, year in self._origins(series):
                years = found.setdefault((source, series.millesime), [])
                if year not in years:
                    years.append(year)
        return tuple(_source_words(*origin, sorted(years)) for origin, years in found.items())

    def _origins(self, series: Series) -> list[tuple[str, int]]:
        """Source and year of what a series is read from, or computed from."""
        if not series.indicator.is_derived:
            return [(source, series.year) for source in series.sources]
        inputs = self._indicators.inputs_of(series.indicator, series.level, series.year)
        origins = [(self._source_of(name), year) for name, year in inputs]
        known = [(source, year) for source, year in origins if source in series.sources]
        told = {source for source, _ in known}
        return known + [(source, series.year) for source in series.sources if source not in told]

    def _source_of(self, code: str) -> str:
        try:
            return self._indicators.get(code).source
        except UnknownIndicator:
            return ""


def _source_words(source: str, millesime: int | None, years: Sequence[int]) -> str:
    geography = f", géographie {millesime}" if millesime else ""
    said = french.listing([str(year) for year in years])
    return french.typographic(f"{source_name(source)}, {said}{geography}")


def narrowed(fond: Fond, epcis: Sequence[str], departement: str | None) -> Fond:
    """See `maps.scope.narrowed`, imported when it is used."""
    from maps.scope import narrowed as narrow

    return narrow(fond, epcis, departement)

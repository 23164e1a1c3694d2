"""Maps ready to draw: a series, its outlines, its classes and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain import french
from app.domain.errors import NoValue
from app.domain.secrecy_model import CAF
from app.domain.territory import Level
from app.services.clock import now
from app.services.map_reader import MapReader, narrowed

if TYPE_CHECKING:
    from app.domain.coverage import NetworkCoverage
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from app.services.secrecy import SecrecyService
    from app.services.territory import TerritoryService
    from maps.choropleth import Choropleth, Mark
    from maps.layers import Flags, Multiples, PointLayer, ZoneLayer
    from maps.options import SheetOptions

__all__ = ["MAP_LEVELS", "MapService", "narrowed"]

REFERENCES = ("departement", "france")
MAP_LEVELS = (Level.EPCI, Level.COMMUNE)


class MapService(MapReader):
    """Builds Choropleth objects and writes them to files, through the guard of secrecy if there is one."""

    def __init__(
        self,
        territory: TerritoryService,
        indicators: IndicatorService,
        outlines: OutlineService,
        secrecy: SecrecyService | None = None,
    ) -> None:
        """secrecy: None for figures that are masked already."""
        super().__init__(territory, indicators, outlines)
        self._secrecy = secrecy

    def choropleth(
        self,
        indicator: str,
        year: int,
        level: Level,
        *,
        departement: str | None = None,
        epci: str | None = None,
        method: str | None = None,
        count: int | None = None,
        bounds: Sequence[float] = (),
        palette: str = "lagune",
        references: Sequence[str] = ("departement", "france"),
        selected: str | None = None,
        mark: Mark | None = None,
    ) -> Choropleth:
        """The map of one indicator, year and level, over the base, one département, or inside one Epci.

        Raises UnknownIndicator, and NoValue when nothing at all is held for that choice.
        """
        from maps.build import build_choropleth

        if year not in self._indicators.years(indicator, level):
            raise self._nothing(indicator, year, level)
        fond = self._scope(departement, epci)
        codes = self._codes(level, departement, epci)
        series = self._indicators.series_for(indicator, level, year, codes)
        return build_choropleth(
            fond,
            series,
            level=level,
            title=self._title(series, departement, epci),
            method=method,
            count=count,
            bounds=tuple(bounds),
            palette=palette,
            references=self._references(indicator, year, references, departement),
            sources=self._sources(series),
            selected=selected,
            mark=mark,
        )

    def diverging(
        self,
        indicator: str,
        year: int,
        level: Level,
        *,
        departement: str | None = None,
        reference: str = "departement",
        count: int | None = None,
    ) -> Choropleth:
        """The map of a ratio around the value of the département, the region or the country.

        Raises NoValue when nothing is held for that choice, or when the reference has no value.
        """
        from maps.build import build_choropleth

        fond, series = self._held(indicator, year, level, departement)
        found = self._references(indicator, year, (reference,), departement)
        if not found:
            raise NoValue(indicator=series.indicator.label, level=level, year=year, years=())
        return build_choropleth(
            fond, series, level=level, title=self._title(series, departement, None), count=count,
            middle=found[0], references=found, sources=self._sources(series), mark=_area(),
        )  # fmt: skip

    def bivariate(
        self,
        indicator: str,
        year: int,
        second: str,
        second_year: int,
        level: Level,
        *,
        departement: str | None = None,
        bounds: Sequence[float] = (),
        second_bounds: Sequence[float] = (),
        selected: str | None = None,
    ) -> Choropleth:
        """The map of two quantities at once, three classes each; bounds: four increasing numbers each."""
        from maps.bivariate import build_bivariate

        fond, one = self._held(indicator, year, level, departement)
        _, two = self._held(second, second_year, level, departement)
        what = f"{one.indicator.short_label} ({year}) et {two.indicator.short_label} ({second_year})"
        return build_bivariate(
            fond, one, two, level=level, title=f"{what}, {self._where(departement, None)}", bounds=bounds,
            second_bounds=second_bounds,
            references=self._references(indicator, year, REFERENCES, departement),
            sources=self._sources(one, two), selected=selected,
        )  # fmt: skip

    def evolution(
        self, indicator: str, year_a: int, year_b: int, level: Level, *, departement: str | None = None,
        count: int | None = None, selected: str | None = None,
    ) -> Choropleth:  # fmt: skip
        """The difference between two years, in points for a ratio, in number (circles) for a stock."""
        from maps.build import build_choropleth
        from maps.choropleth import Reference
        from maps.evolution import difference

        fond, after = self._held(indicator, year_b, level, departement)
        _, before = self._held(indicator, year_a, level, departement)
        made = difference(before, after)
        what = f"{made.indicator.label}{french.THIN}: évolution de {year_a} à {year_b}"
        title = f"{what}, {self._where(departement, None)}"
        notes = self._geographies(before, after)
        drawn = build_choropleth(
            fond, made, level=level, title=title, count=count, middle=Reference("sans changement", 0.0),
            sources=self._sources(before, after), selected=selected, signed=True,
        )  # fmt: skip
        return with_layers(drawn, notes=notes)

    def multiples(
        self,
        indicator: str,
        years: Sequence[int],
        level: Level = Level.EPCI,
        *,
        departement: str | None = None,
        method: str | None = None,
        count: int | None = None,
        bounds: Sequence[float] = (),
        palette: str = "lagune",
    ) -> Multiples:
        """Two to four years side by side, with one set of classes and one legend."""
        from maps.compose import build_multiples

        held = [self._held(indicator, year, level, departement) for year in years]
        series = [found for _, found in held]
        span = f"de {min(years)} à {max(years)}"
        title = f"{series[0].indicator.label} {span}, {self._where(departement, None)}"
        return build_multiples(
            held[0][0], series, title=title, method=method, count=count, bounds=bounds, palette=palette,
            sources=self._sources(*series),
        )  # fmt: skip

    def with_symbols(
        self, choropleth: Choropleth, indicator: str, year: int, level: Level | None = None
    ) -> Choropleth:
        """The map with circles of a stock over its areas, at its level or a finer one."""
        from maps.compose import symbols_of

        level = level or choropleth.layer.level
        if year not in self._indicators.years(indicator, level):
            raise self._nothing(indicator, year, level)
        codes = {Level.EPCI: choropleth.fond.epcis, Level.COMMUNE: choropleth.fond.communes}[level].codes
        series = self._indicators.series_for(indicator, level, year, codes)
        return with_layers(choropleth, symbols=symbols_of(choropleth.fond, series, self._sources(series)))

    def with_points(
        self,
        choropleth: Choropleth,
        points: Sequence[PointLayer] = (),
        zones: Sequence[ZoneLayer] = (),
        flags: Flags | None = None,
    ) -> Choropleth:
        """The map with frozen layers over it; see `maps.register_layers` for those of the register."""
        return with_layers(choropleth, points=points, zones=zones, flags=flags)

    def coverage(
        self,
        coverage: NetworkCoverage,
        *,
        departement: str | None = None,
        figure: str | None = None,
        points: Sequence[PointLayer] = (),
        zones: Sequence[ZoneLayer] = (),
        bounds: Sequence[float] = (),
        selected: str | None = None,
    ) -> Choropleth:
        """The map of one network, from a coverage computed elsewhere."""
        from maps.coverage import coverage_sheet

        fond = self._scope(departement)
        return coverage_sheet(
            coverage, fond, where=self._where(departement, None), figure=figure, points=points, zones=zones,
            bounds=bounds, selected=selected,
        )  # fmt: skip

    def sheet(self, code: str = "a4", *, grey: bool = False, textures: bool = False) -> SheetOptions:
        """Options of a sheet (a4, a4_portrait, a3, 16:9) signed by the Caf and dated of today."""
        from maps.options import SheetOptions, sheet

        options = SheetOptions(
            date=self._today(), author=self._territory.caf_name(), grey=grey, textures=textures
        )
        return sheet(code, options)

    def write(
        self,
        choropleth: Choropleth | Multiples,
        path: Path,
        dpi: int = 150,
        options: SheetOptions | None = None,
        profile: str = CAF,
    ) -> None:
        """Write a map, or several on a sheet, to .pdf, .svg or .png (dots per inch for the last one).

        To .xlsx, its values and what they rest on.

        options: by default an A4 sheet of today; see `sheet`. profile: who reads; what must not be told is
        masked before it leaves. Raises UnknownProfile, WriteRefused, DiskFull.
        """
        from maps.draw import write_map

        shown = choropleth if self._secrecy is None else self._secrecy.choropleth(choropleth, profile)
        chosen = options or self.sheet()
        if path.suffix.lower() == ".xlsx":
            from app.services.map_data import write_map_data

            write_map_data(shown, path, chosen.date or self._today(), chosen.author)
            return
        write_map(shown, path, chosen, dpi=dpi)

    @staticmethod
    def _today() -> date:
        return datetime.fromisoformat(now()).astimezone().date()


def with_layers(choropleth: Choropleth, **layers: Any) -> Choropleth:
    """See `maps.compose.with_layers`, imported when it is used."""
    from maps.compose import with_layers as put

    return put(choropleth, **layers)


def _area() -> Mark:
    from maps.choropleth import Mark

    return Mark.AREA

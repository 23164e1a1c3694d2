"""Maps ready to draw: a series, its outlines, its classes and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.domain import french
from app.domain.dictionary import source_name
from app.domain.errors import NoValue
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.indicator import Series
    from app.services.indicators import IndicatorService
    from app.services.outlines import OutlineService
    from app.services.territory import TerritoryService
    from maps.choropleth import Choropleth, Fond, Mark, Reference
    from maps.draw import SheetOptions

MAP_LEVELS = (Level.EPCI, Level.COMMUNE)


class MapService:
    """Builds Choropleth objects and writes them to files."""

    def __init__(
        self, territory: TerritoryService, indicators: IndicatorService, outlines: OutlineService
    ) -> None:
        self._territory = territory
        self._indicators = indicators
        self._outlines = outlines

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
            years = self._indicators.years(indicator, level)
            raise NoValue(
                indicator=self._indicators.get(indicator).label, level=level, year=year, years=years
            )
        fond = narrowed(self._outlines.fond(), self._codes(Level.EPCI, departement, epci), departement)
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

    def _codes(self, level: Level, departement: str | None, epci: str | None) -> tuple[str, ...]:
        if epci:
            if level is Level.EPCI:
                return (epci,)
            return tuple(commune.code for commune in self._territory.communes(epci))
        return self._territory.codes(level, departement)

    def _title(self, series: Series, departement: str | None, epci: str | None) -> str:
        """« Naissances en 2025, Deux-Sèvres »: what, when, where."""
        reference = self._territory.reference
        if epci:
            where = reference.epci(epci).name
        elif departement:
            where = reference.departement(departement).name
        else:
            where = " et ".join(dep.name for dep in self._territory.departements())
        return f"{series.indicator.label} en {series.year}, {where}"

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

    def _sources(self, series: Series) -> tuple[str, ...]:
        names = dict.fromkeys(source_name(code) for code in series.sources)
        geography = f", géographie {series.millesime}" if series.millesime else ""
        return tuple(french.typographic(f"{name}, {series.year}{geography}") for name in names)

    def write(
        self, choropleth: Choropleth, path: Path, dpi: int = 150, options: SheetOptions | None = None
    ) -> None:
        """Write a map to .pdf, .svg or .png (dots per inch for the last one)."""
        from maps.draw import SheetOptions, write_map

        write_map(choropleth, path, options or SheetOptions(), dpi=dpi)


def narrowed(fond: Fond, epcis: Sequence[str], departement: str | None) -> Fond:
    """The outlines of chosen Epci only; the other départements of the base become neighbours, pale."""
    from dataclasses import replace

    from maps.choropleth import OutlineLayer

    def pick(layer: OutlineLayer, keep: Sequence[bool]) -> OutlineLayer:
        rows = np.flatnonzero(np.asarray(keep, dtype=bool))
        return replace(
            layer,
            codes=tuple(layer.codes[i] for i in rows),
            names=tuple(layer.names[i] for i in rows),
            polygons=layer.polygons[rows],
            label_xy=layer.label_xy[rows],
            parents=tuple(layer.parents[i] for i in rows) if layer.parents else (),
        )

    wanted = set(epcis)
    if wanted >= set(fond.epcis.codes):
        return fond
    near = fond.neighbours
    departements = fond.departements
    if departement and departement in departements.codes:
        others = pick(departements, [code != departement for code in departements.codes])
        near = replace(
            near,
            codes=near.codes + others.codes,
            names=near.names + others.names,
            polygons=np.concatenate([near.polygons, others.polygons]),
            label_xy=np.concatenate([near.label_xy, others.label_xy]),
        )
        departements = pick(departements, [code == departement for code in departements.codes])
    return replace(
        fond,
        epcis=pick(fond.epcis, [code in wanted for code in fond.epcis.codes]),
        communes=pick(fond.communes, [parent in wanted for parent in fond.communes.parents]),
        departements=departements,
        neighbours=near,
    )

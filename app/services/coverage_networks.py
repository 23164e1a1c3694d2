"""Coverage by the four networks, its map, the basket of parenthood services, agréments and Qpv."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.coverage import Criterion, Network, NetworkCoverage
from app.domain.coverage_build import Question, build_coverage
from app.domain.coverage_errors import UnknownFigure
from app.domain.coverage_lists import NetworkInfo, load_figures, load_networks, network_of
from app.domain.coverage_words import MEANT, inside_text, map_notes
from app.domain.indicator import Kind
from app.domain.territory import Level
from app.services.coverage_core import CoverageCore
from app.services.coverage_read import today

if TYPE_CHECKING:
    from app.domain.indicator import Series
    from maps.choropleth import Choropleth, Reference
    from maps.layers import PointLayer, ZoneLayer

YES_NO = (0.0, 50.0, 100.0)
YES_NO_WORDS = ("non couverte", "couverte")
"""Classes of communes, where a share is 0 or 100."""


class CoverageNetworks(CoverageCore):
    """What maps and pages ask about networks."""

    def networks(self) -> tuple[NetworkInfo, ...]:
        """The four networks, with their words and kinds."""
        return tuple(load_networks().values())

    def years(self, network: str, level: Level = Level.EPCI) -> tuple[int, ...]:
        """Years that can be asked, oldest first; today's at least when nothing is dated."""
        code = network_of(network)
        official = [line.indicator.code for line in load_figures(code, today()) if line.official]
        return self._reader.years(load_networks()[code], level, official) or (today().year,)

    def network(
        self,
        network: str,
        year: int | None = None,
        level: Level = Level.EPCI,
        meaning: str = "structure",
        effective: bool = False,
        *,
        departement: str | None = None,
        epci: str | None = None,
        hours: float | None = None,
        km: float | None = None,
        minutes: float | None = None,
        figure: str | None = None,
        on: datetime.date | None = None,
    ) -> NetworkCoverage:
        """Coverage of each territory of a level (EPCI, COMMUNE, DEPARTEMENT, ARRONDISSEMENT).

        year: the latest known by default; the register is read at its end, or today. epci: its communes only.
        figure: the one the map must show, chosen by a rule otherwise. Raises UnknownNetwork, UnknownFigure,
        BadCriterion, UnknownTerritory.
        """
        question = self._question(
            network_of(network), year, level, departement, on,
            self.criterion(meaning, hours=hours, km=km, minutes=minutes), effective, figure, epci,
        )  # fmt: skip
        return build_coverage(question)

    def _question(
        self,
        code: Network,
        year: int | None,
        level: Level,
        departement: str | None,
        on: datetime.date | None,
        criterion: Criterion,
        effective: bool,
        figure: str | None = None,
        epci: str | None = None,
    ) -> Question:
        if departement is not None:
            self._territory.require_departement(departement)
        chosen = self.years(code.value, level)[-1] if year is None else year
        day = self.day(chosen, on)
        lines = load_figures(code, day)
        known = tuple(line.indicator.code for line in lines)
        if figure is not None and figure not in known:
            raise UnknownFigure(code=figure, known=known)
        ground = self._reader.ground(level, departement, criterion, epci)
        info = load_networks()[code]
        values = self.parameters()
        official = [line.indicator.code for line in lines if line.official]
        return Question(
            info=info,
            year=chosen,
            ground=ground,
            evidence=self._reader.evidence(chosen, day, ground, info.kinds),
            criterion=criterion,
            effective=effective,
            official=self._reader.official(official, ground, chosen),
            children=self._reader.children(3, ground, chosen),
            children_6=self._reader.children(6, ground, chosen),
            rpe_population=values["rpe_population"],
            licence_months=values["licence_months"],
            small_denominator=values["small_denominator"],
            main=figure,
        )

    # -- map ----------------------------------------------------------------------------------------

    def choropleth(
        self,
        coverage: NetworkCoverage,
        *,
        departement: str | None = None,
        epci: str | None = None,
        figure: str | None = None,
        bounds: Sequence[float] = (),
        selected: str | None = None,
        points: Sequence[PointLayer] = (),
        zones: Sequence[ZoneLayer] = (),
    ) -> Choropleth:
        """The map of a coverage, with its meaning and what is not known printed beside it.

        The year of the title is that of the figure. At the level of communes a share is a yes or a no. epci:
        its communes only. Raises UnknownFigure, and ValueError for a level that has no outline.
        """
        from app.services.maps import narrowed
        from maps.coverage import coverage_sheet
        from maps.partial import partly_known

        if epci is not None:
            coverage = coverage.within(self._territory.members(Level.EPCI, epci))
        code = figure or coverage.main
        if code not in {one.code for one in coverage.figures}:
            raise UnknownFigure(code=code, known=tuple(one.code for one in coverage.figures))
        series = coverage.series(code)
        info = load_networks()[coverage.network].at(coverage.on)
        told = replace(
            coverage,
            year=series.year,
            sources=self._sources(series, official=coverage.is_official(code)),
            notes=map_notes(coverage, info, code),
        )
        epcis = (epci,) if epci is not None else self._territory.codes(Level.EPCI, departement)
        fond = narrowed(self._outlines.fond(), epcis, departement)
        where = self._where(departement) if epci is None else self._territory.reference.name(Level.EPCI, epci)
        yes_no = code in MEANT and coverage.level is Level.COMMUNE and not bounds
        made = coverage_sheet(
            told, fond, where=where, figure=code, points=points, zones=zones,
            references=self._references(code, series.year, departement),
            bounds=YES_NO if yes_no else tuple(bounds), selected=selected,
        )  # fmt: skip
        title = f"{coverage.label}{french.THIN}: {inside_text(series.indicator.label)} en {series.year}"
        made = replace(made, title=f"{title}, {where}")
        made = _in_two(made) if yes_no else made
        return partly_known(made, coverage, code)

    def _where(self, departement: str | None) -> str:
        """« Deux-Sèvres », or « Deux-Sèvres et Haute-Marne »."""
        if departement:
            return self._territory.reference.departement(departement).name
        return " et ".join(dep.name for dep in self._territory.departements())

    @staticmethod
    def _sources(series: Series, *, official: bool) -> tuple[str, ...]:
        """Sources of a figure; our own already carry the year of what they count."""
        if not official:
            return series.sources
        geography = f", géographie {series.millesime}" if series.millesime else ""
        return tuple(french.typographic(f"{name}, {series.year}{geography}") for name in series.sources)

    def _references(self, code: str, year: int, departement: str | None) -> tuple[Reference, ...]:
        from maps.choropleth import Reference

        known = {one.code: one for one in self._indicators.all()}
        if code not in known or known[code].kind is not Kind.RATIO:
            return ()
        name = self._territory.reference.name
        return tuple(
            Reference(name(value.level, value.code), value.number)
            for value in self._indicators.references(code, year, ("departement", "france"))
            if value.number is not None
            and not (departement and value.level is Level.DEPARTEMENT and value.code != departement)
        )


def _in_two(made: Choropleth) -> Choropleth:
    """Communes covered or not: « non couverte » is a class, said once, not a zero nor a flag besides."""
    import numpy as np

    from app.domain.indicator import ValueState

    states = np.where(made.states == ValueState.ZERO, np.uint8(ValueState.VALUE), made.states)
    return replace(made, class_labels=YES_NO_WORDS, states=states.astype(np.uint8), flags=None)

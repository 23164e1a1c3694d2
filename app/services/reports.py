"""Papers: gathers frozen content from the other services and has it written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.domain.errors import NoValue, UnknownTerritory
from app.domain.indicator import Value
from app.domain.secrecy_model import CAF
from app.domain.territory import Level
from app.progress import SILENT, Progress

if TYPE_CHECKING:
    from app.domain.reference import Epci
    from app.services.indicators import IndicatorService
    from app.services.maps import MapService
    from app.services.outlines import OutlineService
    from app.services.secrecy import SecrecyService
    from app.services.territory import TerritoryService
    from maps.choropleth import Choropleth
    from reports.fiche import CommuneRow, FicheContent, KeyFigure, ModeRow

KEY_FIGURES = ("couv_global", "couv_hors_prescol", "couv_eaje", "couv_am", "natalite", "eaje_pour_1000")
MODES = ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")
MAP_INDICATOR = "couv_global"


class ReportService:
    """Writes the papers of the base."""

    def __init__(
        self,
        territory: TerritoryService,
        indicators: IndicatorService,
        maps: MapService,
        outlines: OutlineService,
        *,
        demo: bool,
        secrecy: SecrecyService | None = None,
    ) -> None:
        """secrecy: None for figures that are masked already."""
        self._secrecy = secrecy
        self._territory = territory
        self._indicators = indicators
        self._maps = maps
        self._outlines = outlines
        self._demo = demo

    def fiche(
        self,
        code_epci: str,
        path: Path,
        year: int | None = None,
        progress: Progress = SILENT,
        made_on: date | None = None,
        profile: str = CAF,
    ) -> None:
        """Write the two-page fiche of an Epci; profile: who reads.

        Raises UnknownTerritory out of the scope, NoValue if empty, UnknownProfile, WriteRefused, DiskFull.
        """
        from reports.fiche import write_fiche

        content = self.safe(profile).fiche_content(code_epci, year, made_on or date.today(), progress)
        progress.report(0.8, "Mise en page de la fiche")
        write_fiche(content, path)
        progress.report(1.0, "Fiche écrite")

    def safe(self, profile: str = CAF) -> ReportService:
        """The same papers, from the figures that a profile may read. Raises UnknownProfile."""
        from app.services.maps import MapService

        if self._secrecy is None:
            return self
        figures = cast("IndicatorService", self._secrecy.figures(profile))
        maps = MapService(self._territory, figures, self._outlines)
        return ReportService(self._territory, figures, maps, self._outlines, demo=self._demo)

    def fiche_content(
        self, code_epci: str, year: int | None, made_on: date, progress: Progress = SILENT
    ) -> FicheContent:
        """Everything the fiche prints, frozen."""
        from reports.fiche import FicheContent

        epci = next((e for e in self._territory.epcis() if e.code == code_epci), None)
        if epci is None:
            raise UnknownTerritory(code=code_epci, level=Level.EPCI)
        held = self._indicators.years(MAP_INDICATOR, Level.EPCI)
        year = year or (held[-1] if held else None)
        if year is None or year not in held:
            label = self._indicators.get(MAP_INDICATOR).label
            raise NoValue(indicator=label, level=Level.EPCI, year=year, years=held)
        departement = self._departement_of(epci)
        progress.report(0.1, "Lecture des chiffres")
        key_figures = tuple(self._key_figures(epci, year, departement))
        modes = tuple(self._modes(epci, year, departement))
        births = tuple(self._births(epci, departement))
        communes = tuple(self._communes(epci))
        progress.report(0.5, "Dessin des cartes")
        sheet_map = self._maps.choropleth(
            MAP_INDICATOR, year, Level.EPCI, departement=departement, selected=epci.code
        )
        every = [v for figure in key_figures for v in (figure.value, *(ref for _, ref in figure.references))]
        every += [v for mode in modes for v in (mode.total, *(part for _, part in mode.parts))]
        every += [v for _, values in births for v in values]
        every += [v for row in communes for v in (row.population, row.births, row.eaje, row.rpe, row.couv)]
        return FicheContent(
            epci=epci,
            departement_name=self._territory.reference.departement(departement).name,
            year=year,
            map=sheet_map,
            communes_map=self._communes_map(epci),
            key_figures=key_figures,
            modes=modes,
            births=births,
            communes=communes,
            sources=tuple(dict.fromkeys(source for value in every for source in value.provenance)),
            fond_label=self._outlines.fond().label,
            made_on=made_on,
            fictitious=any(value.fictitious for value in every),
            demo=self._demo,
        )

    def _departement_of(self, epci: Epci) -> str:
        """The département of the base in which most communes of the Epci are."""
        inside = {
            dep.code: self._territory.reference.share_of(epci.code, dep.code)[0]
            for dep in self._territory.departements()
        }
        return max(inside, key=lambda code: inside[code])

    def _latest(self, code: str, level: Level, year: int) -> int | None:
        held = self._indicators.years(code, level)
        before = [y for y in held if y <= year]
        return before[-1] if before else (held[0] if held else None)

    def _key_figures(self, epci: Epci, year: int, departement: str) -> list[KeyFigure]:
        from reports.fiche import KeyFigure

        found = []
        for code in KEY_FIGURES:
            held = self._indicators.years(code, Level.EPCI)
            if not held:
                continue
            at = year if year in held else held[-1]
            spread = self._indicators.spread(code, at, epci.code, departement)
            references = tuple(
                (self._territory.reference.name(value.level, value.code), value)
                for value in self._indicators.references(code, at, ("departement", "france"))
                if value.level is not Level.DEPARTEMENT or value.code == departement
            )
            found.append(
                KeyFigure(
                    indicator=self._indicators.get(code),
                    value=self._indicators.value(code, Level.EPCI, epci.code, at),
                    references=references,
                    spread=(spread.low, spread.median, spread.high, spread.count) if spread else None,
                    rank=(spread.rank, spread.count) if spread and spread.rank else None,
                )
            )
        return found

    def _modes(self, epci: Epci, year: int, departement: str) -> list[ModeRow]:
        from reports.fiche import ModeRow

        def row(name: str, level: Level, code: str) -> ModeRow:
            parts = tuple(
                (self._indicators.get(mode), self._indicators.value(mode, level, code, year))
                for mode in MODES
            )
            total = self._indicators.value(MAP_INDICATOR, level, code, year)
            return ModeRow(name=name, is_focus=code == epci.code, parts=parts, total=total)

        rows = [row(e.short_name, Level.EPCI, e.code) for e in self._territory.epcis(departement)]
        rows.sort(key=lambda r: (r.total.number is None, -(r.total.number or 0.0)))
        name = self._territory.reference.departement(departement).name
        return [*rows, row(name, Level.DEPARTEMENT, departement), row("France", Level.FRANCE, "FR")]

    def _births(self, epci: Epci, departement: str) -> list[tuple[str, tuple[Value, ...]]]:
        places = (
            (epci.short_name, Level.EPCI, epci.code),
            (self._territory.reference.departement(departement).name, Level.DEPARTEMENT, departement),
        )
        return [
            (
                name,
                tuple(
                    self._indicators.value("naissances", level, code, year)
                    for year in self._indicators.years("naissances", level)
                ),
            )
            for name, level, code in places
        ]

    def _communes(self, epci: Epci) -> list[CommuneRow]:
        from reports.fiche import CommuneRow

        latest = {
            code: (self._indicators.years(code, Level.COMMUNE) or (0,))[-1]
            for code in ("population", "naissances", "naissances_3_ans", "eaje", "rpe", "couv_global")
        }

        def value(code: str, commune: str) -> Value:
            return self._indicators.value(code, Level.COMMUNE, commune, latest[code])

        rows = [
            CommuneRow(
                code=commune.code,
                name=commune.name,
                population=value("population", commune.code),
                births=value("naissances", commune.code),
                births_3=value("naissances_3_ans", commune.code),
                eaje=value("eaje", commune.code),
                rpe=value("rpe", commune.code),
                couv=value("couv_global", commune.code),
            )
            for commune in self._territory.communes(epci.code)
        ]
        return sorted(rows, key=lambda row: (-(row.population.number or 0.0), row.name))

    def _communes_map(self, epci: Epci) -> Choropleth | None:
        held = self._indicators.years("naissances_3_ans", Level.COMMUNE)
        if not held:
            return None
        return self._maps.choropleth("naissances_3_ans", held[-1], Level.COMMUNE, epci=epci.code)

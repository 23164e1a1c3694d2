"""What « Accueil » shows, on screen and on paper: twelve tiles at most, each with its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import NO_DATA
from app.domain.secrecy_model import CAF
from app.services.dashboard_alerts import alert_tile, watched, when
from app.services.dashboard_figures import FigureTiles
from app.services.dashboard_plans import PlanTiles
from app.services.dashboard_rows import (
    COUNTED,
    FROM_ALERTS,
    LISTED,
    MOST_TILES,
    TILES,
    TITLES,
    Dashboard,
    Scope,
    Tile,
)

if TYPE_CHECKING:
    from app.services.alerts import AlertService
    from app.services.coverage import CoverageService
    from app.services.cpog import CpogService
    from app.services.ctg import CtgService
    from app.services.indicators import IndicatorService
    from app.services.register import RegisterService
    from app.services.sdsf import SdsfService
    from app.services.secrecy import SecrecyService
    from app.services.settings import SettingsService
    from app.services.territory import TerritoryService

__all__ = ["FROM_ALERTS", "MOST_TILES", "TILES", "TITLES", "Dashboard", "DashboardService", "Scope", "Tile"]

SETTING = "dashboard_tiles"
CAF_ONLY = frozenset({"cpog", *FROM_ALERTS})
"""Tiles that stay with the Caf: its contract, what it has to do."""


class DashboardService:
    """Reads each tile apart: a subject without data gives an empty tile, never a zero."""

    def __init__(
        self,
        territory: TerritoryService,
        indicators: IndicatorService,
        coverage: CoverageService,
        register: RegisterService,
        cpog: CpogService,
        ctg: CtgService,
        sdsf: SdsfService,
        alerts: AlertService,
        settings: SettingsService,
        secrecy: SecrecyService | None = None,
    ) -> None:
        """secrecy: what the page on paper goes through; None for figures that are masked already."""
        self._territory = territory
        self._coverage = coverage
        self._secrecy = secrecy
        self._alerts = alerts
        self._settings = settings
        figures = FigureTiles(territory, indicators, coverage)
        plans = PlanTiles(territory, cpog, ctg, sdsf, register)
        self._builders: dict[str, Callable[[Scope], Tile]] = {
            "coverage": figures.coverage,
            "births": figures.births,
            "equipment": figures.equipment,
            "networks": figures.networks,
            "quality": figures.quality,
            "ctg": plans.ctg,
            "plan": plans.plan,
            "cpog": plans.cpog,
            "places": plans.places,
            "sheet": plans.sheet,
        }

    # -- choice ---------------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """Codes of the tiles shown, in order."""
        held = self._settings.get(SETTING, None)
        kept = tuple(code for code in held if code in TITLES) if isinstance(held, list) else ()
        return kept[:MOST_TILES] or TILES

    def choose(self, codes: Sequence[str]) -> Changes:
        """Keep these tiles, in this order, twelve at most; an empty choice gives those delivered back."""
        wanted = [code for code in dict.fromkeys(codes) if code in TITLES][:MOST_TILES]
        kept = None if not wanted or tuple(wanted) == TILES else wanted
        return self._settings.set(SETTING, kept, "Choix des cartes de l’accueil")

    # -- reading --------------------------------------------------------------------------------------

    def tiles(self, codes: Sequence[str], scope: Scope) -> tuple[Tile, ...]:
        """Read these tiles for a territory; those of FROM_ALERTS are made of alerts, by alert_tile."""
        return tuple(self._tile(code, scope) for code in codes)

    def read(
        self,
        on: date,
        departement: str = "",
        epci: str = "",
        year: int | None = None,
        more: Sequence[str] = (),
    ) -> Dashboard:
        """Read every tile chosen, and more, for a territory: the whole base, a département or an Epci."""
        scope = Scope(on, departement, epci, year=year)
        facts = self._alerts.facts(on)
        found = self._alerts.sort(facts, on, departement=departement, epci=epci)
        seen = watched(facts)
        tiles = tuple(
            alert_tile(code, found.shown, seen) if code in FROM_ALERTS else self._tile(code, scope)
            for code in dict.fromkeys((*self.chosen(), *more))
        )
        next_due = self._alerts.next_due(facts, on, departement=departement, epci=epci)
        return Dashboard(self._name(scope), on, tiles, found.shown, len(found.put_off), next_due)

    def write_pdf(
        self,
        path: Path,
        on: date,
        departement: str = "",
        epci: str = "",
        year: int | None = None,
        profile: str = CAF,
    ) -> None:
        """Write the dashboard on one page, as a profile may read it.

        Outside the Caf, its contract and its list of things to do are left out. Raises UnknownProfile,
        DiskFull, WriteRefused.
        """
        from reports.dashboard import DashboardContent, DashboardTile, write_dashboard

        shown = self._safe(profile).read(on, departement, epci, year, COUNTED)
        if profile != CAF:
            tiles_outside = tuple(tile for tile in shown.tiles if tile.code not in CAF_ONLY)
            shown = replace(shown, tiles=tiles_outside, alerts=())
        tiles = tuple(
            DashboardTile(tile.title, tile.figure, tile.unit, _printed(tile), tile.note, tile.fictitious)
            for tile in shown.tiles
        )
        alerts = tuple(
            (when(alert), alert.rule.label, alert.subject.label, alert.evidence) for alert in shown.alerts
        )
        fictitious = any(alert.subject.fictitious for alert in shown.alerts)
        fictitious = fictitious or any(tile.fictitious for tile in shown.tiles)
        write_dashboard(DashboardContent(shown.territory, on, tiles, alerts, fictitious), path)

    def _safe(self, profile: str) -> DashboardService:
        """The same tiles, their figures read through the guard of secrecy."""
        if self._secrecy is None:
            return self
        made = copy(self)
        indicators = cast("IndicatorService", self._secrecy.figures(profile))
        figures = FigureTiles(self._territory, indicators, self._coverage)
        read = {"coverage": figures.coverage, "births": figures.births, "equipment": figures.equipment}
        made._builders = {**self._builders, **read}
        return made

    def _name(self, scope: Scope) -> str:
        reference = self._territory.reference
        if scope.epci:
            return reference.epci(scope.epci).name
        if scope.departement:
            return reference.departement(scope.departement).name
        return self._territory.caf_name()

    def _tile(self, code: str, scope: Scope) -> Tile:
        """A subject that cannot be read says so in its tile; the others stay."""
        try:
            return self._builders[code](scope)
        except DomainError:
            return Tile(code, TITLES[code], NO_DATA, note="Ce sujet n’a pas pu être lu.", empty=True)


def _printed(tile: Tile) -> tuple[tuple[str, str, str], ...]:
    if tile.code in LISTED:
        return ()
    return tuple((line.label, line.value, line.note) for line in tile.lines)

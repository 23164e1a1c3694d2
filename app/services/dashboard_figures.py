"""Tiles made of indicators: coverage with every Epci around it, births, equipment, networks, data quality."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.domain.derived import spread_of
from app.domain.french import NBSP, NO_DATA, THIN, number, percent, plural, typographic, value_text
from app.domain.indicator import Indicator, Kind, Series, Value, ValueState
from app.domain.territory import Level
from app.services.dashboard_rows import TITLES, Dot, Mark, Scope, Tile, TileLine, nothing

if TYPE_CHECKING:
    from app.services.coverage import CoverageService
    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService

COVERAGE = "couv_global"
BIRTHS = "naissances"
EQUIPMENT = (("eaje", "Eaje"), ("rpe", "Rpe"), ("alsh", "Alsh"), ("micro_creche", "micro-crèches"))
NETWORKS = (("eaje", "Eaje"), ("rpe", "Rpe"), ("avs", "Animation de la vie sociale"), ("laep", "Laep"))
BIRTH_YEARS = 3
FRESH_YEARS = 3
IMPORT = (("tab", "import"),)
STATES = (
    (ValueState.VALUE, "valeurs"),
    (ValueState.ZERO, "zéros"),
    (ValueState.NO_DATA, "n.d."),
    (ValueState.NOT_PUBLISHED, "non publiées"),
    (ValueState.MASKED, "secret"),
)


class FigureTiles:
    """Reads indicators for a scope; one figure keeps its value, so that it can be explained."""

    def __init__(
        self, territory: TerritoryService, indicators: IndicatorService, coverage: CoverageService
    ) -> None:
        self._territory = territory
        self._indicators = indicators
        self._coverage = coverage

    # -- coverage -----------------------------------------------------------------------------------------

    def coverage(self, scope: Scope) -> Tile:
        """The rate, and every Epci of the département around it: a mean is never alone."""
        year = self._year(COVERAGE, Level.EPCI, scope)
        if year is None:
            return nothing("coverage", "Aucun fichier importé", "data", "Importer le taux de la Cnaf", IMPORT)
        series = self._indicators.series(COVERAGE, Level.EPCI, year, scope.departement or None)
        names = self._territory.reference
        dots = tuple(
            Dot(code, names.epci(code).short_name, None if math.isnan(x) else float(x))
            for code, x in zip(series.codes, series.numbers, strict=True)
        )
        said, value = self._figure(COVERAGE, scope)
        spread = spread_of(series)
        span = f"{number(spread.low, 1)} à {number(spread.high, 1)}" if spread else ""
        trend = self._trend(scope)
        return Tile(
            "coverage", TITLES["coverage"], said if said != NO_DATA or value else span or NO_DATA,
            series.indicator.unit,
            (*((TileLine("Selon l’EPCI", span),) if span else ()), *trend),
            _coverage_note(year, dots, trend), "map", (("indicator", COVERAGE),), dots,
            self._marks(scope, year), fictitious=value.fictitious if value else series.fictitious,
            source=value,
        )  # fmt: skip

    def _trend(self, scope: Scope) -> tuple[TileLine, ...]:
        place = self._place(scope)
        years = self._indicators.years(COVERAGE, Level.EPCI)
        year = self._year(COVERAGE, Level.EPCI, scope)
        before = [held for held in years if year is not None and held < year]
        if place is None or not before or year is None:
            return ()
        now, then = (self._indicators.value(COVERAGE, *place, held) for held in (year, before[-1]))
        if now.number is None or then.number is None:
            return ()
        return (TileLine(f"Depuis {before[-1]}", number(now.number - then.number, 1, signed=True), "points"),)

    def _marks(self, scope: Scope, year: int) -> tuple[Mark, ...]:
        reference = self._territory.reference
        return tuple(
            Mark(reference.name(value.level, value.code), value.number)
            for value in self._indicators.references(COVERAGE, year, scope.references)
            if value.number is not None
            and not (value.level is Level.DEPARTEMENT and scope.departement not in ("", value.code))
        )

    # -- stocks -------------------------------------------------------------------------------------------

    def births(self, scope: Scope) -> Tile:
        """The quantity beside the rate, with the years held."""
        level = (self._place(scope) or (Level.DEPARTEMENT, ""))[0]
        held = self._indicators.years(BIRTHS, level)
        if not held:
            return nothing("births", "Aucun fichier importé", "data", "Importer les naissances", IMPORT)
        said, value = self._figure(BIRTHS, scope)
        year = self._year(BIRTHS, level, scope)
        lines = [
            TileLine(str(before), self._figure(BIRTHS, scope, before)[0]) for before in held[-BIRTH_YEARS:]
        ]
        return Tile(
            "births", TITLES["births"], said, f"en {year}", tuple(lines) if len(lines) > 1 else (),
            "Insee, état civil, domiciliées", "map", (("indicator", BIRTHS),),
            fictitious=value is not None and value.fictitious, source=_single(value),
        )  # fmt: skip

    def equipment(self, scope: Scope) -> Tile:
        """Counts by type; n.d. when the source is silent."""
        years = [self._indicators.years(code, Level.COMMUNE)[-1:] for code, _ in EQUIPMENT]
        held = sorted(year[0] for year in years if year)
        if not held:
            words = "Aucun fichier d’équipements"
            return nothing("equipment", words, "data", "Importer la BPE de l’Insee", IMPORT)
        lines = []
        fictitious = False
        for code, label in EQUIPMENT:
            said, value = self._figure(code, scope)
            lines.append(TileLine(label, said, source=_single(value)))
            fictitious = fictitious or (value is not None and value.fictitious)
        return Tile(
            "equipment", TITLES["equipment"], "", "", tuple(lines),
            f"Insee BPE {held[-1]}, en structures", "map", (("indicator", "eaje"),), fictitious=fictitious,
        )  # fmt: skip

    # -- networks and quality -----------------------------------------------------------------------------

    def networks(self, scope: Scope) -> Tile:
        """Territories that each network reaches; what is unknown is said beside."""
        lines = tuple(self._network(code, label, scope) for code, label in NETWORKS)
        if all(line.value == NO_DATA for line in lines):
            words = "Aucun équipement connu"
            return nothing("networks", words, "data", "Importer la BPE de l’Insee", IMPORT)
        note = "Territoires ayant au moins une structure"
        return Tile(
            "networks", TITLES["networks"], "", "", lines, note, "map", (("tab", "coverage"),)
        )  # fmt: skip

    def _network(self, code: str, label: str, scope: Scope) -> TileLine:
        years = self._coverage.years(code)
        if not years:
            return TileLine(label, NO_DATA, "aucune donnée")
        share = self._coverage.network(code, years[-1], departement=scope.departement or None).territories
        told = share.covered + share.not_covered
        said = f"{number(share.covered)} sur {number(share.total)}" if told else NO_DATA
        return TileLine(label, said, plural(share.unknown, "inconnu") if share.unknown else "")

    def quality(self, scope: Scope) -> Tile:
        """Values by state, and how many are recent."""
        rows = self._indicators.catalogue()
        if not rows:
            return nothing("quality", "Aucune valeur importée", "data", "Importer un fichier", IMPORT)
        states = dict.fromkeys(ValueState, 0)
        for row in rows:
            for state, count in row.states:
                states[ValueState(state)] += count
        total = sum(states.values())
        lines = tuple(
            TileLine(label, number(states[state]), percent(100 * states[state] / total))
            for state, label in STATES
            if states[state]
        )
        fresh = sum(row.count for row in rows if row.year >= scope.on.year - FRESH_YEARS)
        note = typographic(f"{percent(100 * fresh / total, 0)} de trois ans au plus")
        return Tile(
            "quality", TITLES["quality"], number(total), "données", lines, note, "data",
            (("tab", "catalogue"),),
        )  # fmt: skip

    # -- one figure ---------------------------------------------------------------------------------------

    def _place(self, scope: Scope) -> tuple[Level, str] | None:
        """The territory that one figure can be about; None for several départements together."""
        if scope.commune:
            return Level.COMMUNE, scope.commune
        if scope.epci:
            return Level.EPCI, scope.epci
        codes = [found.code for found in self._territory.departements()]
        code = scope.departement or (codes[0] if len(codes) == 1 else "")
        return (Level.DEPARTEMENT, code) if code else None

    def _year(self, code: str, level: Level, scope: Scope, wanted: int | None = None) -> int | None:
        held = self._indicators.years(code, level)
        year = wanted or scope.year
        return year if year in held else (held[-1] if held else None)

    def _figure(self, code: str, scope: Scope, wanted: int | None = None) -> tuple[str, Value | None]:
        """Text and value of a figure: a stock of several départements is their sum, a rate is not."""
        place = self._place(scope)
        if place is None:
            return self._over_all(self._indicators.get(code), scope, wanted)
        year = self._year(code, place[0], scope, wanted)
        if year is None:
            return NO_DATA, None
        value = self._indicators.value(code, *place, year)
        said = value_text(value.number, value.state, value.indicator.decimals)
        return (f"≈{THIN}{said}" if value.estimated and value.number is not None else said), value

    def _over_all(self, indicator: Indicator, scope: Scope, wanted: int | None) -> tuple[str, Value | None]:
        year = self._year(indicator.code, Level.DEPARTEMENT, scope, wanted)
        if year is None:
            return NO_DATA, None
        series = self._indicators.series(indicator.code, Level.DEPARTEMENT, year)
        known = [float(x) for x in series.numbers if not math.isnan(x)]
        if not known or len(known) < len(series.codes):
            return NO_DATA, None
        if indicator.kind is Kind.STOCK:
            return number(sum(known), indicator.decimals), _whole(series, sum(known))
        return f"{number(min(known), indicator.decimals)} à {number(max(known), indicator.decimals)}", None


def _whole(series: Series, total: float) -> Value:
    """A sum over the départements of the base: it has no single origin."""
    state = ValueState.ZERO if total == 0 else ValueState.VALUE
    return Value(
        series.indicator, Level.DEPARTEMENT, "", series.year, total, state, fictitious=series.fictitious
    )


def _single(value: Value | None) -> Value | None:
    return value if value is not None and value.code else None


def _coverage_note(year: int, dots: tuple[Dot, ...], trend: tuple[TileLine, ...]) -> str:
    known = sum(1 for dot in dots if dot.number is not None)
    silent = len(dots) - known
    parts = [f"Cnaf {year}", plural(known, "EPCI", "EPCI")]
    parts += [f"{silent}{NBSP}n.d."] if silent else []
    parts += [f"{line.value} {line.note} {line.label.lower()}" for line in trend]
    return ", ".join(parts)

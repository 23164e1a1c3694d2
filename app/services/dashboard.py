"""What « Accueil » shows, on screen and on paper: twelve tiles at most, each with its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.alerts import Alert, Family, age_classes
from app.domain.errors import DomainError
from app.domain.french import NO_DATA, number, percent, plural, typographic, value_text
from app.domain.indicator import ValueState
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.services.alerts import AlertService
    from app.services.coverage import CoverageService
    from app.services.cpog import CpogService
    from app.services.ctg import CtgService
    from app.services.indicators import IndicatorService
    from app.services.register import RegisterService
    from app.services.sdsf import SdsfService
    from app.services.settings import SettingsService
    from app.services.territory import TerritoryService

COVERAGE = "couv_global"
NETWORKS = (("eaje", "Eaje"), ("rpe", "Rpe"), ("avs", "Animation de la vie sociale"), ("laep", "Laep"))
AGES = ("moins de 15 j", "15 à 30 j", "30 à 60 j", "60 à 90 j", "90 à 180 j", "plus de 180 j")
TILES = (
    "due",
    "drift",
    "ages",
    "coverage",
    "networks",
    "ctg",
    "cpog",
    "places",
    "plan",
    "decisions",
    "sheet",
    "quality",
)
"""Every tile, in the order proposed."""
SETTING = "dashboard_tiles"
LISTED = ("due", "drift", "decisions")
"""Tiles whose lines are alerts, listed apart on paper."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One Epci on the strip of a tile; number None has no place on it."""

    code: str
    name: str
    number: float | None


@dataclass(frozen=True, slots=True)
class TileLine:
    """One line of a tile: what, how much, and a word on it. tone: rouge, ocre, vert or empty."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile. figure: its main value as text; page and wishes: the list that it opens."""

    code: str
    title: str
    figure: str
    unit: str = ""
    lines: tuple[TileLine, ...] = ()
    note: str = ""
    page: str = ""
    wishes: tuple[tuple[str, object], ...] = ()
    dots: tuple[Dot, ...] = ()
    marks: tuple[tuple[str, float], ...] = ()
    fictitious: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What is shown of a territory at a date."""

    territory: str
    on: date
    tiles: tuple[Tile, ...]
    alerts: tuple[Alert, ...]
    put_off: int = 0
    sources: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Scope:
    """The territory and the date of a reading."""

    on: date
    departement: str
    epci: str


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
    ) -> None:
        self._territory = territory
        self._indicators = indicators
        self._coverage = coverage
        self._register = register
        self._cpog = cpog
        self._ctg = ctg
        self._sdsf = sdsf
        self._alerts = alerts
        self._settings = settings

    # -- choice ---------------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """Codes of the tiles shown, in order."""
        held = self._settings.get(SETTING, None)
        kept = tuple(code for code in held if code in TILES) if isinstance(held, list) else ()
        return kept or TILES

    def choose(self, codes: tuple[str, ...]) -> object:
        """Keep these tiles, in this order; an empty choice gives all of them back."""
        wanted = [code for code in codes if code in TILES]
        return self._settings.set(SETTING, wanted or None, "Choix des cartes de l’accueil")

    # -- reading --------------------------------------------------------------------------------------

    def read(self, on: date, departement: str = "", epci: str = "") -> Dashboard:
        """Read every tile chosen for a territory: the whole base, a département or an Epci."""
        scope = Scope(on, departement, epci)
        sorted_ = self._alerts.alerts(on, departement=departement, epci=epci)
        alerts = sorted_.shown
        builders: dict[str, Callable[[Scope, tuple[Alert, ...]], Tile]] = {
            "due": _due,
            "drift": _drift,
            "ages": _ages,
            "coverage": self._coverage_tile,
            "networks": self._networks,
            "ctg": self._ctg_tile,
            "cpog": self._cpog_tile,
            "places": self._places,
            "plan": self._plan,
            "decisions": _decisions,
            "sheet": self._sheet,
            "quality": self._quality,
        }
        tiles = tuple(_safe(code, builders[code], scope, alerts) for code in self.chosen())
        return Dashboard(self._name(scope), on, tiles, alerts, len(sorted_.put_off))

    def write_pdf(self, path: Path, on: date, departement: str = "", epci: str = "") -> None:
        """Write the dashboard on one page. Raises DiskFull, WriteRefused."""
        from reports.dashboard import DashboardContent, DashboardTile, write_dashboard

        shown = self.read(on, departement, epci)
        tiles = tuple(
            DashboardTile(tile.title, tile.figure, tile.unit, _printed(tile), tile.note, tile.fictitious)
            for tile in shown.tiles
        )
        alerts = tuple(
            (_when(alert), alert.rule.label, alert.subject.label, alert.evidence) for alert in shown.alerts
        )
        fictitious = _has_fiction(list(shown.alerts)) or any(tile.fictitious for tile in shown.tiles)
        write_dashboard(DashboardContent(shown.territory, on, tiles, alerts, fictitious), path)

    def _name(self, scope: Scope) -> str:
        reference = self._territory.reference
        if scope.epci:
            return reference.epci(scope.epci).name
        if scope.departement:
            return reference.departement(scope.departement).name
        return self._territory.caf_name()

    def _coverage_tile(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        years = self._indicators.years(COVERAGE, Level.EPCI)
        title = "Couverture petite enfance"
        if not years:
            return _nothing("coverage", title, "Importez le taux de couverture de la Cnaf.", "data")
        year = years[-1]
        level, code = (
            (Level.EPCI, scope.epci) if scope.epci else (Level.DEPARTEMENT, self._departement(scope))
        )
        series = self._indicators.series(COVERAGE, Level.EPCI, year, scope.departement or None)
        names = self._territory.reference
        dots = tuple(
            Dot(epci, names.epci(epci).short_name, None if value != value else float(value))
            for epci, value in zip(series.codes, series.numbers, strict=True)
        )
        known = sorted(dot.number for dot in dots if dot.number is not None)
        span = f"{number(known[0], 1)} à {number(known[-1], 1)}" if known else ""
        spread = (TileLine("Selon l’EPCI", span),) if known else ()
        france = self._indicators.value(COVERAGE, Level.FRANCE, "FR", year)
        marks = (("France", france.number),) if france.number is not None else ()
        figure, fictitious = span or NO_DATA, False
        trend: tuple[TileLine, ...] = ()
        if code:
            value = self._indicators.value(COVERAGE, level, code, year)
            figure = value_text(value.number, value.state, 1)
            fictitious = value.fictitious
            trend = self._trend(level, code, years)
        unit = "places pour 100 enfants de moins de 3 ans"
        return Tile(
            "coverage",
            title,
            figure,
            unit,
            (*spread, *trend),
            f"Cnaf {year}",
            "map",
            (("indicator", COVERAGE),),
            dots,
            marks,
            fictitious,
        )

    def _departement(self, scope: Scope) -> str:
        codes = [found.code for found in self._territory.departements()]
        return scope.departement or (codes[0] if len(codes) == 1 else "")

    def _trend(self, level: Level, code: str, years: tuple[int, ...]) -> tuple[TileLine, ...]:
        if len(years) < 2:
            return ()
        now, before = (self._indicators.value(COVERAGE, level, code, year) for year in (years[-1], years[-2]))
        if now.number is None or before.number is None:
            return ()
        change = number(now.number - before.number, 1, signed=True)
        return (TileLine(f"Depuis {years[-2]}", change, "points"),)

    def _networks(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        lines = [self._network_line(code, label, scope) for code, label in NETWORKS]
        return Tile(
            "networks",
            "Quatre réseaux",
            "",
            "",
            tuple(lines),
            "Part des territoires couverts, sens « une structure »",
            "map",
            (("tab", "coverage"),),
        )

    def _network_line(self, code: str, label: str, scope: Scope) -> TileLine:
        years = self._coverage.years(code)
        if not years:
            return TileLine(label, NO_DATA, "aucune donnée")
        found = self._coverage.network(code, years[-1], departement=scope.departement or None)
        share = found.territories
        told = share.covered + share.not_covered
        said = f"{number(share.covered)} sur {number(share.total)}" if told else NO_DATA
        unknown = f"{plural(share.unknown, 'inconnu')}" if share.unknown else ""
        return TileLine(label, said, unknown)

    def _ctg_tile(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        rows = self._ctg.rows(scope.on, scope.epci or None, scope.departement or None)
        if not rows:
            return _nothing("ctg", "CTG en vigueur", "Créez une CTG ou reprenez-en une.", "ctg")
        found = self._ctg.coverage(scope.on, scope.departement or None)
        lines = tuple(
            TileLine(share.label, f"{number(share.part)} sur {number(share.whole)}", _percent(share.percent))
            for share in (found.epcis, found.population, found.communes)
        )
        running = sum(1 for row in rows if row.in_force)
        return Tile(
            "ctg",
            "CTG en vigueur",
            number(running),
            "conventions",
            lines,
            "",
            "ctg",
            fictitious=any(row.fictitious for row in rows),
        )

    def _cpog_tile(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        rows = [
            row
            for row in self._cpog.contracts(scope.on)
            if row.starts_on <= scope.on <= row.ends_on
            and (not scope.departement or row.departement == scope.departement)
        ]
        if not rows:
            return _nothing("cpog", "CPOG", "Aucun contrat en cours ici.", "cpog")
        row = rows[0]
        gauges = self._cpog.gauges(row.code, scope.on.year, scope.on)
        lines = []
        for label, gauge in (
            ("Actions réalisées", gauges.progress[0]),
            ("Résultats atteints", gauges.results[0]),
        ):
            if gauge.denominator:
                said = f"{number(gauge.numerator)} sur {number(gauge.denominator)}"
                lines.append(TileLine(label, said, _percent(gauge.share)))
            else:
                lines.append(TileLine(label, NO_DATA, "rien à compter"))
        return Tile(
            "cpog",
            "CPOG",
            "",
            "",
            tuple(lines),
            "Deux jauges, jamais moyennées",
            "cpog",
            (("cpog", row.code),),
        )

    def _places(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        from app.services.register_rows import RegisterFilter

        filters = RegisterFilter(
            kinds=("eaje", "micro_creche"), departement=scope.departement, epci=scope.epci
        )
        years = self._register.ledger(filters)
        if not years:
            return _nothing("places", "Places d’Eaje", "Aucun mouvement saisi dans le registre.", "equipment")
        last = years[-1]
        lines = (
            TileLine("Créations", number(last.real.created)),
            TileLine("Fermetures", number(last.real.closed)),
            TileLine("Net", number(last.real.net, signed=True)),
            TileLine("Prévues, à part", number(last.expected.net, signed=True)),
        )
        return Tile(
            "places",
            "Places d’Eaje",
            number(last.real.net, signed=True),
            f"net en {last.year}",
            lines,
            "Registre des équipements",
            "equipment",
        )

    def _plan(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        rows = self._ctg.rows(scope.on, scope.epci or None, scope.departement or None)
        done, total = sum(row.actions.count for row in rows), sum(row.actions.total for row in rows)
        if not total:
            return _nothing("plan", "Plans d’action", "Aucune fiche action ici.", "ctg")
        reached, judged = sum(row.results.count for row in rows), sum(row.results.total for row in rows)
        lines = (
            TileLine("Fiches réalisées", f"{number(done)} sur {number(total)}"),
            TileLine("Résultats atteints", f"{number(reached)} sur {number(judged)}" if judged else NO_DATA),
        )
        return Tile(
            "plan",
            "Plans d’action",
            number(total),
            "fiches",
            lines,
            "",
            "ctg",
            fictitious=any(row.fictitious for row in rows),
        )

    def _sheet(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        rows = [row for row in self._sdsf.sheets(scope.departement or None) if row.latest]
        if not rows:
            return _nothing(
                "sheet", "Indicateurs du SDSF", "Importez la fiche d’indicateurs communs.", "sdsf"
            )
        row = rows[0]
        said = f"{number(row.count.filled)} sur {number(row.count.lines)}"
        sent = "transmise" if row.sent_on else "à transmettre avant le 31 mars"
        return Tile(
            "sheet",
            "Indicateurs du SDSF",
            said,
            f"lignes remplies, {row.year}",
            (TileLine("Version", str(row.version), sent),),
            "",
            "sdsf",
            (("tab", "sheet"),),
        )

    def _quality(self, scope: Scope, _alerts: tuple[Alert, ...]) -> Tile:
        rows = self._indicators.catalogue()
        if not rows:
            return _nothing("quality", "Qualité des données", "Aucune valeur importée.", "data")
        states = dict.fromkeys(ValueState, 0)
        for row in rows:
            for state, count in row.states:
                states[ValueState(state)] += count
        total = sum(states.values())
        words = (
            (ValueState.VALUE, "valeurs"),
            (ValueState.ZERO, "zéros"),
            (ValueState.NO_DATA, "n.d."),
            (ValueState.NOT_PUBLISHED, "non publiées"),
            (ValueState.MASKED, "secret"),
        )
        lines = tuple(
            TileLine(label, number(states[state]), percent(100 * states[state] / total))
            for state, label in words
            if states[state]
        )
        fresh = sum(row.count for row in rows if row.year >= scope.on.year - 3)
        age = percent(100 * fresh / total, 0)
        return Tile(
            "quality",
            "Qualité des données",
            number(total),
            "valeurs",
            lines,
            typographic(f"{age} de trois ans au plus"),
            "data",
            (("tab", "catalogue"),),
        )


def _safe(
    code: str, build: Callable[[Scope, tuple[Alert, ...]], Tile], scope: Scope, alerts: tuple[Alert, ...]
) -> Tile:
    """A subject that cannot be read says so in its tile; the others stay."""
    try:
        return build(scope, alerts)
    except DomainError:
        return _nothing(code, "Carte indisponible", "Ce sujet n’a pas pu être lu.", "data")


def _nothing(code: str, title: str, words: str, page: str) -> Tile:
    return Tile(code, title, NO_DATA, "", (), words, page, empty=True)


def _of_family(alerts: tuple[Alert, ...], *families: Family) -> list[Alert]:
    return [alert for alert in alerts if alert.rule.family in families]


def _lines(alerts: list[Alert], most: int = 3) -> tuple[TileLine, ...]:
    return tuple(
        TileLine(alert.rule.label, alert.subject.label, alert.evidence, "rouge" if alert.late else "ocre")
        for alert in alerts[:most]
    )


def _due(_scope: Scope, alerts: tuple[Alert, ...]) -> Tile:
    found = _of_family(alerts, Family.DUE)
    late = sum(1 for alert in found if alert.late)
    note = f"{late} en retard" if late else "rien en retard"
    return Tile(
        "due",
        "À faire",
        number(len(found)),
        "échéances",
        _lines(found),
        note,
        "home",
        (("family", "due"),),
        fictitious=_has_fiction(found),
    )


def _drift(_scope: Scope, alerts: tuple[Alert, ...]) -> Tile:
    found = _of_family(alerts, Family.DRIFT, Family.DATA)
    return Tile(
        "drift",
        "Ce qui dérive",
        number(len(found)),
        "alertes",
        _lines(found),
        "",
        "home",
        (("family", "drift"),),
        fictitious=_has_fiction(found),
    )


def _ages(_scope: Scope, alerts: tuple[Alert, ...]) -> Tile:
    counts = age_classes(alerts)
    lines = tuple(
        TileLine(label, number(count), "", "rouge" if label == AGES[-1] else "")
        for label, count in zip(AGES, counts, strict=True)
        if count
    )
    late = [alert for alert in alerts if alert.late]
    return Tile(
        "ages",
        "Retards par âge",
        number(sum(counts)),
        "en retard",
        lines,
        "",
        "home",
        (("family", "due"),),
        fictitious=_has_fiction(late),
    )


def _decisions(_scope: Scope, alerts: tuple[Alert, ...]) -> Tile:
    found = [alert for alert in alerts if alert.rule.code == "decision_late"]
    note = "" if found else "Aucune décision en retard."
    return Tile(
        "decisions",
        "Décisions de comités",
        number(len(found)),
        "en retard",
        _lines(found),
        note,
        "home",
        (("rule", "decision_late"),),
        fictitious=_has_fiction(found),
    )


def _printed(tile: Tile) -> tuple[tuple[str, str, str], ...]:
    if tile.code in LISTED:
        return ()
    return tuple((line.label, line.value, line.note) for line in tile.lines)


def _when(alert: Alert) -> str:
    if alert.days is None:
        return ""
    return f"{alert.days} j de retard" if alert.late else f"dans {-alert.days} j"


def _has_fiction(alerts: list[Alert]) -> bool:
    return any(alert.subject.fictitious for alert in alerts)


def _percent(share: float | None) -> str:
    return NO_DATA if share is None else percent(share, 0)

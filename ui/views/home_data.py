"""What « Accueil » shows, read away from the screen; no Qt here."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.french import number, plural
from app.domain.territory import Level
from app.services.dashboard_alerts import Watched, watched
from app.services.dashboard_rows import FROM_ALERTS, Dot, Scope, Tile
from ui.views.home_tasks import Resumed, Task, resumed_of, tasks_of

if TYPE_CHECKING:
    from app.domain.alerts import Alert, AlertRule, Answer
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context

COVERAGE = "couv_global"
NOT_IMPORTED = "Aucun taux de couverture importé."
FIRST = 4
"""Tiles at the top of the page."""


@dataclass(frozen=True, slots=True)
class HomeData:
    """What is read first: the tiles at the top and what needs no alert."""

    chosen: tuple[str, ...]
    tiles: tuple[Tile, ...]
    below_title: str
    below_note: str
    below: tuple[Dot, ...]
    compared: bool
    """True when there was a value of the département to compare with."""
    resumed: tuple[Resumed, ...]
    empty: bool
    """True when the base holds neither figure nor convention."""


@dataclass(frozen=True, slots=True)
class HomeAlerts:
    """What is read next: everything to do in the whole base, and what was answered."""

    on: datetime.date
    shown: tuple[Alert, ...]
    put_off: tuple[tuple[Alert, Answer], ...]
    answers: tuple[Answer, ...]
    rules: tuple[AlertRule, ...]
    tasks: tuple[Task, ...]
    next_due: datetime.date | None
    watched: Watched


def scope_of(context: Context, on: datetime.date) -> Scope:
    """Return the scope of the services for what the window is about."""
    return Scope(
        on, context.departement or "", context.epci or "", context.commune or "", context.year or None,
        context.references,
    )  # fmt: skip


def read_home(services: Services, context: Context, on: datetime.date, _progress: Progress) -> HomeData:
    """Read the tiles at the top, the Epci under their département, what was done lately."""
    chosen = services.dashboard.chosen()
    top = tuple(code for code in chosen[:FIRST] if code not in FROM_ALERTS)
    title, note, below = _below(services, context)
    return HomeData(
        chosen=chosen,
        tiles=services.dashboard.tiles(top, scope_of(context, on)),
        below_title=title,
        below_note=note,
        below=below,
        compared=note != NOT_IMPORTED,
        resumed=resumed_of(services),
        empty=is_empty(services),
    )


def is_empty(services: Services) -> bool:
    """True when nothing was imported nor created."""
    return not services.indicators.available() and not services.ctg.rows() and not services.cpog.contracts()


def read_others(
    services: Services, context: Context, on: datetime.date, codes: Sequence[str], _progress: Progress
) -> tuple[Tile, ...]:
    """Read the tiles under the fold that count no alert."""
    return services.dashboard.tiles(codes, scope_of(context, on))


def read_alerts(services: Services, on: datetime.date, _progress: Progress) -> HomeAlerts:
    """Read the alerts of the whole base: the page keeps those of its territory."""
    facts = services.alerts.facts(on)
    found = services.alerts.sort(facts, on)
    findings = services.imports.anomalies()
    return HomeAlerts(
        on=on,
        shown=found.shown,
        put_off=found.put_off,
        answers=services.alerts.answers(),
        rules=services.alerts.rules(),
        tasks=tasks_of(services, sum(1 for row in findings if not row.decision)),
        next_due=services.alerts.next_due(facts, on),
        watched=watched(facts),
    )


def year_for(services: Services, code: str, level: Level, wanted: int) -> int | None:
    """Return the year wanted if it is held, else the latest one."""
    held = services.indicators.years(code, level)
    if not held:
        return None
    return wanted if wanted in held else held[-1]


# -- under the value of the département --------------------------------------------------------------------


def _below(services: Services, context: Context) -> tuple[str, str, tuple[Dot, ...]]:
    """EPCI under the value of their département, lowest first."""
    codes = (context.departement,) if context.departement else services.base.departements
    title = "Sous la valeur du département" if len(codes) == 1 else "Sous la valeur de leur département"
    year = year_for(services, COVERAGE, Level.EPCI, context.year)
    limits = _limits(services, codes, year)
    if year is None or not limits:
        return title, NOT_IMPORTED, ()
    dots = _dots(services, context, year)
    known = [dot for dot in dots if dot.number is not None]
    found = [dot for dot in known if _is_below(services, dot, limits)]
    found.sort(key=lambda dot: (dot.number or 0.0, dot.name))
    note = f"{plural(len(found), 'EPCI', 'EPCI')} sur {len(dots)}"
    if len(limits) == 1:
        note += f", moins de {number(next(iter(limits.values())), 1)} en {year}"
    return title, note, tuple(found)


def _limits(services: Services, codes: Sequence[str], year: int | None) -> dict[str, float]:
    limits = {}
    for code in codes:
        value = services.indicators.value(COVERAGE, Level.DEPARTEMENT, code, year) if year else None
        if value is not None and value.number is not None:
            limits[code] = value.number
    return limits


def _dots(services: Services, context: Context, year: int) -> tuple[Dot, ...]:
    series = services.indicators.series(COVERAGE, Level.EPCI, year, context.departement)
    return tuple(
        Dot(code, services.territory.reference.epci(code).short_name, None if math.isnan(x) else float(x))
        for code, x in zip(series.codes, series.numbers, strict=True)
    )


def _is_below(services: Services, dot: Dot, limits: dict[str, float]) -> bool:
    epci = services.territory.reference.epci(dot.code)
    seat = epci.code_departement if epci.code_departement in limits else None
    own = seat or next((code for code in epci.departements if code in limits), None)
    return own is not None and dot.number is not None and dot.number < limits[own]

"""What « Accueil » shows, read away from the screen; no Qt here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.derived import spread_of
from app.domain.french import THIN, number, plural, value_text
from app.domain.indicator import Kind, Value, ValueState
from app.domain.territory import Level
from ui.views.home_tasks import Resumed, Task, ago, resumed_of, tasks_of

if TYPE_CHECKING:
    from app.domain.indicator import Indicator, Series
    from app.progress import Progress
    from app.services import Services
    from ui.context import Context

COVERAGE = "couv_global"
BIRTHS = "naissances"
EQUIPMENT = (("eaje", "Eaje"), ("rpe", "Rpe"), ("alsh", "Alsh"), ("micro_creche", "micro-crèches"))
BIRTH_YEARS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its year and source; text is « n.d. » when there is none."""

    text: str
    unit: str = ""
    year: int | None = None
    note: str = ""
    fictitious: bool = False
    value: Value | None = None

    @property
    def known(self) -> bool:
        """True if there is a number."""
        return self.value is not None and self.value.number is not None


ABSENT = Figure("n.d.")


@dataclass(frozen=True, slots=True)
class Dot:
    """One EPCI on the strip; number None has no place on it."""

    code: str
    name: str
    number: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A value to compare with."""

    name: str
    number: float


@dataclass(frozen=True, slots=True)
class HomeData:
    """Everything but the map, which comes after."""

    coverage: Figure
    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    births: Figure
    births_before: tuple[tuple[int, str], ...]
    equipment: tuple[tuple[str, Figure], ...]
    equipment_note: str
    imports: int
    last_import: str
    anomalies: int
    below_title: str
    below_note: str
    below: tuple[Dot, ...]
    tasks: tuple[Task, ...]
    resumed: tuple[Resumed, ...]
    empty: bool


def read_home(services: Services, context: Context, _progress: Progress) -> HomeData:
    """Read it all: a few series, the imports, the anomalies."""
    runs = [run for run in services.imports.runs() if run.undone_at is None]
    findings = services.imports.anomalies()
    coverage, dots, marks = _coverage(services, context)
    title, note, below = _below(services, context, dots)
    return HomeData(
        coverage=coverage,
        dots=dots,
        marks=marks,
        births=_figure(services, context, BIRTHS),
        births_before=_births_before(services, context),
        equipment=tuple((label, _figure(services, context, code)) for code, label in EQUIPMENT),
        equipment_note=_equipment_note(services),
        imports=len(runs),
        last_import=ago(runs[0].imported_at) if runs else "",
        anomalies=len(findings),
        below_title=title,
        below_note=note,
        below=below,
        tasks=tasks_of(services, sum(1 for row in findings if not row.decision)),
        resumed=resumed_of(services),
        empty=not services.indicators.available(),
    )


# -- figures ---------------------------------------------------------------------------------------------


def scope_of(services: Services, context: Context) -> tuple[Level, str] | None:
    """Return the territory that one figure can be about; None for several départements together."""
    if context.commune:
        return Level.COMMUNE, context.commune
    if context.epci:
        return Level.EPCI, context.epci
    departements = services.base.departements
    code = context.departement or (departements[0] if len(departements) == 1 else None)
    return None if code is None else (Level.DEPARTEMENT, code)


def year_for(services: Services, code: str, level: Level, wanted: int) -> int | None:
    """Return the year wanted if it is held, else the latest one."""
    held = services.indicators.years(code, level)
    if not held:
        return None
    return wanted if wanted in held else held[-1]


def _figure(services: Services, context: Context, code: str) -> Figure:
    """A stock or a rate of the territory; a stock of several départements is their sum, a rate is not."""
    indicator = services.indicators.get(code)
    scope = scope_of(services, context)
    if scope is None:
        return _over_all(services, indicator, context.year)
    level, territory = scope
    year = year_for(services, code, level, context.year)
    if year is None:
        return ABSENT
    return _of_value(services.indicators.value(code, level, territory, year))


def _of_value(value: Value) -> Figure:
    text = value_text(value.number, value.state, value.indicator.decimals)
    estimated = "≈" + THIN if value.estimated and value.number is not None else ""
    return Figure(estimated + text, value.indicator.unit, value.year, "", value.fictitious, value)


def _over_all(services: Services, indicator: Indicator, wanted: int) -> Figure:
    year = year_for(services, indicator.code, Level.DEPARTEMENT, wanted)
    if year is None:
        return ABSENT
    series = services.indicators.series(indicator.code, Level.DEPARTEMENT, year)
    known = [float(x) for x in series.numbers if not math.isnan(x)]
    if len(known) < len(series.codes):
        return ABSENT
    if indicator.kind is Kind.STOCK:
        said = number(sum(known), indicator.decimals)
        return Figure(
            said, indicator.unit, year, fictitious=series.fictitious, value=_whole(series, sum(known))
        )
    text = f"{number(min(known), indicator.decimals)} à {number(max(known), indicator.decimals)}"
    return Figure(text, indicator.unit, year, "selon le département", series.fictitious)


def _whole(series: Series, total: float) -> Value:
    """A sum over the départements of the base, so that it counts as known."""
    state = ValueState.ZERO if total == 0 else ValueState.VALUE
    return Value(series.indicator, Level.DEPARTEMENT, "", series.year, total, state)


def _coverage(services: Services, context: Context) -> tuple[Figure, tuple[Dot, ...], tuple[Mark, ...]]:
    figure = _figure(services, context, COVERAGE)
    year = year_for(services, COVERAGE, Level.EPCI, context.year)
    if year is None:
        return figure, (), ()
    series = services.indicators.series(COVERAGE, Level.EPCI, year, context.departement)
    dots = tuple(
        Dot(code, services.territory.reference.epci(code).short_name, None if math.isnan(x) else float(x))
        for code, x in zip(series.codes, series.numbers, strict=True)
    )
    spread = spread_of(series)
    if figure is ABSENT and spread is not None:
        text = f"{number(spread.low, 1)} à {number(spread.high, 1)}"
        figure = Figure(text, series.indicator.unit, year, "selon l’EPCI", series.fictitious)
    return figure, dots, _marks(services, context, year)


def _marks(services: Services, context: Context, year: int) -> tuple[Mark, ...]:
    values = services.indicators.references(COVERAGE, year, context.references)
    reference = services.territory.reference
    return tuple(
        Mark(reference.name(value.level, value.code), value.number)
        for value in values
        if value.number is not None
        and not (value.level is Level.DEPARTEMENT and context.departement not in (None, value.code))
    )


def _births_before(services: Services, context: Context) -> tuple[tuple[int, str], ...]:
    scope = scope_of(services, context)
    if scope is None:
        years = services.indicators.years(BIRTHS, Level.DEPARTEMENT)[-BIRTH_YEARS:]
        indicator = services.indicators.get(BIRTHS)
        return tuple((year, _over_all(services, indicator, year).text) for year in years)
    level, code = scope
    years = services.indicators.years(BIRTHS, level)[-BIRTH_YEARS:]
    values = [services.indicators.value(BIRTHS, level, code, year) for year in years]
    return tuple((value.year, value_text(value.number, value.state, 0)) for value in values)


def _equipment_note(services: Services) -> str:
    years = {services.indicators.years(code, Level.COMMUNE)[-1:] for code, _ in EQUIPMENT}
    said = sorted({year[0] for year in years if year})
    return f"Insee BPE {said[-1]}, en structures" if said else "Aucun fichier d’équipements"


def _below(services: Services, context: Context, dots: tuple[Dot, ...]) -> tuple[str, str, tuple[Dot, ...]]:
    """EPCI under the value of their département, lowest first."""
    year = year_for(services, COVERAGE, Level.DEPARTEMENT, context.year)
    codes = (context.departement,) if context.departement else services.base.departements
    limits = {}
    for code in codes:
        value = services.indicators.value(COVERAGE, Level.DEPARTEMENT, code, year) if year else None
        if value is not None and value.number is not None:
            limits[code] = value.number
    known = [dot for dot in dots if dot.number is not None]
    title = "Sous la valeur du département" if len(codes) == 1 else "Sous la valeur de leur département"
    if not limits or not known:
        return title, "", ()
    found = [dot for dot in known if _is_below(services, dot, limits)]
    found.sort(key=lambda dot: (dot.number or 0.0, dot.name))
    note = f"{plural(len(found), 'EPCI', 'EPCI')} sur {len(dots)}"
    if len(limits) == 1:
        note += f", moins de {number(next(iter(limits.values())), 1)} en {year}"
    return title, note, tuple(found)


def _is_below(services: Services, dot: Dot, limits: dict[str, float]) -> bool:
    epci = services.territory.reference.epci(dot.code)
    seat = epci.code_departement if epci.code_departement in limits else None
    own = seat or next((code for code in epci.departements if code in limits), None)
    return own is not None and dot.number is not None and dot.number < limits[own]

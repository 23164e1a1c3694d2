"""What the map page reads, away from the interface thread, and what it gets back. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from app.domain.errors import BadParameter, NoValue
from app.domain.indicator import Kind, Series, Value, ValueState
from app.domain.reference import LATEST
from app.domain.territory import Level
from ui.labels import MODES
from ui.views.map_layers import circle_choices, dressed, read_layers

if TYPE_CHECKING:
    from app.domain.indicator import Indicator
    from app.progress import Progress
    from app.services import Services
    from app.services.rows import Available
    from maps.choropleth import Choropleth, Fond
    from ui.views.map_layers import LayerState

MODES_TOTAL = "couv_global"
CHILDREN = "naissances_3_ans"
TXCOUV = "cnaf_txcouv"
DEFAULT_INDICATOR = "couv_global"
LEVEL_CODES = {"epci": Level.EPCI, "commune": Level.COMMUNE}
FEWEST_BOUNDS, MOST_BOUNDS = 1, 6


@dataclass(frozen=True, slots=True)
class MapWish:
    """What the user wants to see; method None: the choice of the indicator."""

    indicator: str
    year: int
    level: Level
    departement: str | None = None
    epci: str | None = None
    method: str | None = None
    count: int | None = None
    bounds: tuple[float, ...] = ()
    """Inner limits, increasing, for method « manual »."""
    kept_bounds: tuple[float, ...] = ()
    """Limits of another year of the same map: they do not move while years follow one another."""
    kept_method: str = ""
    """Method that gave them."""
    palette: str = "lagune"
    references: tuple[str, ...] = ()
    layers: frozenset[str] = frozenset()
    """Codes of layers of services, zones and circles; see `ui.views.map_layers`."""


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """What can be shown; empty: outlines without any value, for the sentence that says so."""

    wish: MapWish
    available: tuple[Available, ...]
    choropleth: Choropleth
    years: tuple[int, ...] = ()
    levels: tuple[Level, ...] = ()
    empty: bool = False
    layers: tuple[LayerState, ...] = ()
    circles: tuple[tuple[str, str], ...] = ()
    """Stocks that can be circles over the areas: code, label."""


def read_map(services: Services, wish: MapWish, _progress: Progress) -> MapAnswer:
    """Read one map; an indicator unknown to the base falls back to the first that holds values."""
    available = services.indicators.available()
    if not available:
        known = services.indicators.get(DEFAULT_INDICATOR)
        wish = replace(wish, indicator=known.code)
        return MapAnswer(wish, (), _hatched(services, wish, known), empty=True)
    found = next((item for item in available if item.indicator.code == wish.indicator), None)
    if found is None:
        found = next((i for i in available if i.indicator.code == DEFAULT_INDICATOR), available[0])
        wish = replace(wish, indicator=found.indicator.code)
    if wish.level not in found.levels:
        wish = replace(wish, level=found.levels[0])
    years = services.indicators.years(wish.indicator, wish.level)
    try:
        made, empty = _choropleth(services, wish), False
    except NoValue:
        made, empty = _hatched(services, wish, found.indicator), True
    layers = read_layers(services, made, services.coverage.day(wish.year or LATEST))
    made = dressed(services, made, layers, wish.layers)
    circles = circle_choices(services, wish.level)
    return MapAnswer(wish, available, made, years, found.levels, empty, layers.states, circles)


def _choropleth(services: Services, wish: MapWish) -> Choropleth:
    epci = wish.epci if wish.level is Level.COMMUNE else None
    limits = wish.kept_bounds or (_closed(wish.bounds) if wish.method == "manual" else ())
    made = services.maps.choropleth(
        wish.indicator,
        wish.year,
        wish.level,
        departement=wish.departement,
        epci=epci,
        method="manual" if limits else wish.method,
        count=wish.count,
        bounds=limits,
        palette=wish.palette,
        references=wish.references,
    )
    if wish.kept_bounds:
        return replace(made, classes=replace(made.classes, method=wish.kept_method))
    return made


def _closed(inner: tuple[float, ...]) -> tuple[float, ...]:
    """Limits with both ends: the end classes are open, so the ends only have to be beyond."""
    if not inner:
        return ()
    return (min(0.0, inner[0] - 1.0), *inner, inner[-1] * 2 + 1.0)


def _hatched(services: Services, wish: MapWish, indicator: Indicator) -> Choropleth:
    """The outlines without any value: an absence is drawn, never hidden."""
    from maps.build import build_choropleth, layer_of

    fond = _fond(services, wish)
    codes = layer_of(fond, wish.level).codes
    absent = np.full(len(codes), int(ValueState.NO_DATA), dtype=np.uint8)
    series = Series(indicator, wish.level, wish.year, codes, np.full(len(codes), np.nan), absent)
    return build_choropleth(fond, series, level=wish.level, palette=wish.palette)


def _fond(services: Services, wish: MapWish) -> Fond:
    from app.services.maps import narrowed

    if wish.epci and wish.level is Level.COMMUNE:
        codes: tuple[str, ...] = (wish.epci,)
    else:
        codes = tuple(epci.code for epci in services.territory.epcis(wish.departement))
    return narrowed(services.outlines.fond(), codes, wish.departement)


@dataclass(frozen=True, slots=True)
class ModeLine:
    """One mode d’accueil: name, colour token, value here and in the territory compared with."""

    name: str
    token: str
    value: Value
    compared: Value | None


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything shown about the selected territory."""

    name: str
    value: Value
    references: tuple[tuple[str, Value], ...]
    modes: tuple[ModeLine, ...] = ()
    compared: str = ""
    """Name of the territory that modes are compared with."""
    children: Value | None = None
    note: str = ""


def read_detail(services: Services, wish: MapWish, code: str, _progress: Progress) -> Detail:
    """Read the value of a territory, its references, its parts by mode and the children it concerns."""
    indicators = services.indicators
    value = indicators.value(wish.indicator, wish.level, code, wish.year)
    references = []
    if value.indicator.kind is Kind.RATIO:
        for reference in indicators.references(wish.indicator, wish.year, wish.references):
            if reference.level is Level.DEPARTEMENT and reference.code not in (
                wish.departement or reference.code
            ):
                continue
            references.append((services.territory.reference.name(reference.level, reference.code), reference))
    modes, compared = _modes(services, wish, code, references)
    note = services.territory.scope_note(code) if wish.level is Level.EPCI else ""
    return Detail(
        name=services.territory.reference.name(wish.level, code),
        value=value,
        references=tuple(references),
        modes=modes,
        compared=compared,
        children=_children(services, wish, code),
        note=note,
    )


def _modes(
    services: Services, wish: MapWish, code: str, references: Sequence[tuple[str, Value]]
) -> tuple[tuple[ModeLine, ...], str]:
    if wish.indicator != MODES_TOTAL:
        return (), ""
    name, other = references[0] if references else ("", None)
    lines = []
    for mode, label, token in MODES:
        here = services.indicators.value(mode, wish.level, code, wish.year)
        there = None if other is None else services.indicators.value(mode, other.level, other.code, wish.year)
        lines.append(ModeLine(label, token, here, there))
    known = [line for line in lines if line.value.number is not None]
    return (tuple(lines), name) if known else ((), "")


def _children(services: Services, wish: MapWish, code: str) -> Value | None:
    """The quantity beside the rate: births of the last three years held."""
    if wish.indicator == CHILDREN:
        return None
    held = services.indicators.years(CHILDREN, wish.level)
    return services.indicators.value(CHILDREN, wish.level, code, held[-1]) if held else None


def children_label(year: int) -> str:
    """« Naissances 2023 à 2025 »."""
    return f"Naissances {year - 2} à {year}"


def parse_bounds(words: str) -> tuple[float, ...]:
    """Read the limits between classes typed by the user: « 60,9 ; 66 ; 70,6 ».

    Raises BadParameter with the reason: empty, number, order, count.
    """
    parts = [part for part in words.replace("\u202f", "").replace("\u00a0", "").split(";") if part.strip()]
    if not FEWEST_BOUNDS <= len(parts) <= MOST_BOUNDS:
        raise BadParameter(name="bornes", value=words, reason="count" if parts else "empty")
    try:
        bounds = tuple(float(part.strip().replace(",", ".")) for part in parts)
    except ValueError:
        raise BadParameter(name="bornes", value=words, reason="number") from None
    if not np.isfinite(bounds).all():
        raise BadParameter(name="bornes", value=words, reason="number")
    if any(after <= before for before, after in pairwise(bounds)):
        raise BadParameter(name="bornes", value=words, reason="order")
    return bounds


BOUND_REFUSALS = {
    "empty": "Écrivez au moins une limite, par exemple\u202f: 60,9\u202f; 70,6.",
    "number": "Une limite n’est pas un nombre. Séparez les limites par des points-virgules.",
    "order": "Les limites doivent aller en croissant.",
    "count": "Six limites au plus, soit sept classes.",
}


def with_kept_bounds(wish: MapWish, shown: MapAnswer | None) -> MapWish:
    """The wish with the limits of the map shown, if only the year changes: classes must not move."""
    wish = without_kept(wish)
    if shown is None or shown.empty:
        return wish
    before, classes = shown.wish, shown.choropleth.classes
    same = _classed_alike(wish) == _classed_alike(without_kept(before))
    if not same or wish.year == before.year or classes.method in ("fixed", "manual", "none"):
        return wish
    return replace(wish, kept_bounds=classes.bounds, kept_method=classes.method)


def _classed_alike(wish: MapWish) -> MapWish:
    """The wish without what does not change the limits of classes."""
    return replace(wish, year=0, references=(), layers=frozenset())


def without_kept(wish: MapWish) -> MapWish:
    """The same wish, free to class again."""
    return replace(wish, kept_bounds=(), kept_method="")


def import_words(answer: MapAnswer) -> str:
    """« Importer txcouv_pe_epci_2021 » where the file is known by name."""
    indicator = next(
        (item.indicator for item in answer.available if item.indicator.code == answer.wish.indicator), None
    )
    if indicator is None or indicator.source != TXCOUV:
        return "Importer un fichier"
    level = "epci" if answer.wish.level is Level.EPCI else "com"
    return f"Importer txcouv_pe_{level}_{answer.wish.year}"

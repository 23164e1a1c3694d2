"""What « Comparer » reads: evolutions, small maps, gaps to a reference, two quantities, groups. No Qt."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from app.domain.coverage_errors import NotConvertible
from app.domain.errors import NoValue, UnknownIndicator
from app.domain.french import number, typographic
from app.domain.groups import Position, position
from app.domain.indicator import Kind
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.groups import Dispersion, Group, MisleadingMean
    from app.progress import Progress
    from app.services import Services
    from app.services.rows import Available
    from maps.choropleth import Choropleth
    from maps.layers import Multiples

CHILDREN = "naissances_3_ans"
MOST_MAPS = 4
FAR_YEAR = 9999
DEFAULT = "couv_global"


class Mode(StrEnum):
    """Ways to compare."""

    GROUP = "group"
    REFERENCE = "reference"
    EVOLUTION = "evolution"
    MULTIPLES = "multiples"
    BIVARIATE = "bivariate"


@dataclass(frozen=True, slots=True)
class CompareWish:
    """What is asked; years: of small maps, or the two of an evolution; group: code, empty for the scope."""

    mode: Mode = Mode.GROUP
    indicator: str = DEFAULT
    year: int = 0
    years: tuple[int, ...] = ()
    second: str = "natalite"
    reference: str = "departement"
    group: str = ""
    level: Level = Level.EPCI
    departement: str | None = None
    selected: str | None = None


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """A map, or small maps, and what stands beside any mean; refusal: why there is no map."""

    wish: CompareWish
    available: tuple[Available, ...]
    years: tuple[int, ...]
    """Years held for the indicator."""
    content: Choropleth | Multiples | None
    groups: tuple[Group, ...]
    on: datetime.date
    spread: Dispersion | None = None
    misleading: tuple[tuple[str, MisleadingMean], ...] = ()
    """Name of the département, and its mean."""
    small: frozenset[str] = frozenset()
    """Territories with few children."""
    threshold: float = 0.0
    refusal: str = ""
    instead: Available | None = None
    """An indicator that can be compared so, when the one chosen cannot."""

    def group(self) -> Group | None:
        """The group compared with, None for all the territories of the scope."""
        return next((group for group in self.groups if group.code == self.wish.group), None)


def read_compare(services: Services, wish: CompareWish, _progress: Progress) -> CompareAnswer:
    """Read what is asked; a year or an indicator that is not held falls back to one that is."""
    available = services.indicators.available()
    groups = tuple(services.coverage.groups(wish.level))
    on = services.coverage.day(FAR_YEAR)
    held = {item.indicator.code: item for item in available}
    if not held:
        return CompareAnswer(wish, (), (), None, groups, on, refusal="Aucune donnée importée.")
    wish = _possible(services, wish, held)
    years = services.indicators.years(wish.indicator, wish.level)
    answer = CompareAnswer(wish, available, years, None, groups, on)
    try:
        content = _content(services, wish)
    except (NoValue, NotConvertible, UnknownIndicator) as error:
        from ui.errors import sentence

        return replace(answer, refusal=sentence(error))
    if content is None:
        return replace(answer, refusal=_too_few(wish, years), instead=_dated_one(wish, held))
    return _beside(services, replace(answer, content=content))


def _possible(services: Services, wish: CompareWish, held: dict[str, Available]) -> CompareWish:
    code = wish.indicator if wish.indicator in held else next(iter(held))
    levels = held[code].levels
    level = wish.level if wish.level in levels else levels[0]
    years = services.indicators.years(code, level)
    year = wish.year if wish.year in years else years[-1] if years else wish.year
    chosen = tuple(sorted(y for y in wish.years if y in years))
    if len(chosen) < 2:
        chosen = years if wish.mode is Mode.EVOLUTION else years[-MOST_MAPS:]
    if wish.mode is Mode.EVOLUTION:
        chosen = (chosen[0], chosen[-1]) if len(chosen) > 1 else ()
    if wish.mode in (Mode.EVOLUTION, Mode.MULTIPLES) and chosen:
        year = chosen[-1]
    second = wish.second if wish.second in held and wish.second != code else _other(held, code)
    return replace(wish, indicator=code, level=level, year=year, years=chosen[-MOST_MAPS:], second=second)


def _other(held: dict[str, Available], code: str) -> str:
    ratios = [c for c, item in held.items() if c != code and item.indicator.kind is Kind.RATIO]
    return ratios[0] if ratios else code


def _dated_one(wish: CompareWish, held: dict[str, Available]) -> Available | None:
    """The first indicator with two years at least, of the same theme if there is one."""
    if wish.mode is Mode.BIVARIATE:
        return None
    theme = held[wish.indicator].indicator.theme
    several = [item for item in held.values() if len(item.years) > 1 and wish.level in item.levels]
    return min(several, key=lambda item: item.indicator.theme != theme, default=None)


def _too_few(wish: CompareWish, years: tuple[int, ...]) -> str:
    if wish.mode is Mode.BIVARIATE:
        return "Deux indicateurs différents sont attendus."
    shown = f"{years[0]} seulement" if years else "aucune année"
    return typographic(f"Il faut deux années de cet indicateur : {shown} est importée.")


def _content(services: Services, wish: CompareWish) -> Choropleth | Multiples | None:
    maps = services.maps
    if wish.mode is Mode.EVOLUTION:
        return _evolution(services, wish) if len(wish.years) == 2 else None
    if wish.mode is Mode.MULTIPLES:
        if len(wish.years) < 2:
            return None
        return _one_scale(
            maps.multiples(wish.indicator, wish.years, wish.level, departement=wish.departement)
        )
    if wish.mode is Mode.REFERENCE:
        return maps.diverging(
            wish.indicator, wish.year, wish.level, departement=wish.departement, reference=wish.reference
        )
    if wish.mode is Mode.BIVARIATE:
        if wish.second == wish.indicator:
            return None
        years = services.indicators.years(wish.second, wish.level)
        year = min(years, key=lambda held: abs(held - wish.year)) if years else wish.year
        return maps.bivariate(
            wish.indicator, wish.year, wish.second, year, wish.level, departement=wish.departement
        )
    return _grouped(services, wish)


def _one_scale(made: Multiples) -> Multiples:
    """Circles of every map on the scale of the largest."""
    numbers = [np.abs(one.numbers[np.isfinite(one.numbers)]) for one in made.maps]
    highest = max((float(known.max()) for known in numbers if known.size), default=0.0)
    return replace(made, maps=tuple(replace(one, scale_max=highest) for one in made.maps))


def _evolution(services: Services, wish: CompareWish) -> Choropleth:
    """The two years carried to one geography where it can be; else where limits did not change."""
    from app.services.maps import narrowed, with_layers
    from maps.build import build_choropleth
    from maps.choropleth import Reference
    from maps.evolution import difference

    before, after = wish.years
    plain = services.maps.evolution(wish.indicator, before, after, wish.level, departement=wish.departement)
    try:
        carried = services.coverage.evolution(
            wish.indicator, before, after, wish.level, departement=wish.departement
        )
    except NotConvertible:
        return plain
    if not carried.converted:
        return plain
    codes = services.territory.codes(Level.EPCI, wish.departement)
    fond = narrowed(services.outlines.fond(), codes, wish.departement)
    made = build_choropleth(
        fond, difference(carried.earlier, carried.later), level=wish.level, title=plain.title,
        middle=Reference("sans changement", 0.0), sources=plain.sources, signed=True,
    )  # fmt: skip
    estimated = f"Valeurs estimées pour {len(carried.converted)} territoires aux limites changées."
    return with_layers(replace(made, estimated=True), notes=(*carried.notes, estimated))


def _grouped(services: Services, wish: CompareWish) -> Choropleth:
    """The map of the scope, with the median of the group among its references."""
    from maps.choropleth import Reference

    made = services.maps.choropleth(
        wish.indicator, wish.year, wish.level, departement=wish.departement,
        references=("departement", "france"),
    )  # fmt: skip
    group = next((g for g in services.coverage.groups(wish.level) if g.code == wish.group), None)
    if group is None or made.indicator.kind is not Kind.RATIO:
        return made
    series = services.indicators.series_for(wish.indicator, wish.level, wish.year, group.members)
    known = series.numbers[np.isfinite(series.numbers)]
    if not known.size:
        return made
    name = f"Médiane de « {group.name} »"
    references = (*made.references, Reference(typographic(name), float(np.median(known))))
    return replace(made, references=references)


def _beside(services: Services, answer: CompareAnswer) -> CompareAnswer:
    """Spread, misleading means and small denominators: a mean is never alone."""
    wish, coverage = answer.wish, services.coverage
    spread = coverage.spread(wish.indicator, wish.year, wish.departement, wish.level)
    threshold = coverage.parameters().get("small_denominator", 0.0)
    return replace(
        answer,
        spread=spread,
        misleading=_misleading(services, wish),
        small=_small(services, wish, threshold),
        threshold=threshold,
    )


def _misleading(services: Services, wish: CompareWish) -> tuple[tuple[str, MisleadingMean], ...]:
    if services.indicators.get(wish.indicator).kind is not Kind.RATIO:
        return ()
    chosen = [d for d in services.territory.departements() if wish.departement in (None, d.code)]
    found = [
        (each.name, services.coverage.misleading(wish.indicator, wish.year, each.code)) for each in chosen
    ]
    return tuple((name, mean) for name, mean in found if mean is not None and mean.misleads)


def _small(services: Services, wish: CompareWish, threshold: float) -> frozenset[str]:
    """Territories with fewer children than the threshold, for rates about children."""
    if "nfants" not in services.indicators.get(wish.indicator).denominator:
        return frozenset()
    years = services.indicators.years(CHILDREN, wish.level)
    if not years:
        return frozenset()
    series = services.indicators.series(CHILDREN, wish.level, years[-1], wish.departement)
    below = np.isfinite(series.numbers) & (series.numbers < threshold)
    return frozenset(code for code, small in zip(series.codes, below.tolist(), strict=True) if small)


def read_position(services: Services, wish: CompareWish, code: str, _progress: Progress) -> Position:
    """Where a territory stands among its group, or the territories of the scope; left out of both."""
    if wish.group:
        return services.coverage.position(wish.indicator, wish.year, code, wish.group, wish.level)
    codes = services.territory.codes(wish.level, wish.departement)
    every = tuple(dict.fromkeys((*codes, code)))
    series = services.indicators.series_for(wish.indicator, wish.level, wish.year, every)
    return position(series, code, codes)


def misleading_words(name: str, mean: MisleadingMean, places: dict[str, str], decimals: int) -> str:
    """« Moyenne trompeuse : Deux-Sèvres atteint 70,6 (repère 60,9), mais … sont loin dessous. »"""
    below = [
        f"{places.get(one.code, one.code)} {number(one.number, decimals)}"
        + (" (petit nombre)" if one.small else "")
        for one in mean.below
    ]
    return typographic(
        f"Moyenne trompeuse : {name} atteint {number(mean.overall, decimals)} pour un repère de "
        f"{number(mean.target, decimals)}, mais loin dessous : {', '.join(below)}."
    )

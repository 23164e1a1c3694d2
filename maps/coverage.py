"""The four coverage maps: one call a network, fed with a frozen coverage and its layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.domain.coverage import Answer, Network, NetworkCoverage, Share
from app.domain.coverage_words import TERRITORIES, criterion_text, share_text
from app.domain.french import THIN, number, percent, typographic
from app.domain.indicator import Kind, Series, ValueState
from maps.build import build_choropleth
from maps.choropleth import Choropleth, Classes, Fond, Mark, Reference
from maps.compose import symbols_of, with_blank_zero, with_layers
from maps.layers import Flags, PointLayer, ZoneLayer
from maps.palettes import palette as colours_of

PALETTES = {Network.EAJE: "lagune", Network.RPE: "prune", Network.AVS: "terre", Network.LAEP: "bupu"}
"""Palette of each network, so that four sheets side by side are told apart."""
COVERED = "couvert"
SIGLES = frozenset({"Eaje", "Rpe", "Ram", "Laep", "Evs", "Qpv", "Avs"})


def coverage_sheet(
    coverage: NetworkCoverage,
    fond: Fond,
    *,
    where: str = "",
    figure: str | None = None,
    points: Sequence[PointLayer] = (),
    zones: Sequence[ZoneLayer] = (),
    references: Sequence[Reference] = (),
    bounds: Sequence[float] = (),
    selected: str | None = None,
) -> Choropleth:
    """Return the map of one network: its main figure or another, who is not covered, points, zones.

    A rate colours the areas, and the territories not covered are outlined. A count is drawn as circles over
    areas that are covered, white (no service, known) or without data: never a zero for what is unknown.
    bounds: fixed limits, shared by the years; without them, those of the figure, or few natural classes.
    """
    series = coverage.series(figure)
    title = f"{coverage.label}{THIN}: {_lower(series.indicator.label)} en {coverage.year}"
    title = f"{title}, {where}" if where else title
    options = {"references": references, "sources": coverage.sources, "selected": selected}
    if series.indicator.kind is Kind.STOCK:
        made = _counted(coverage, fond, series, title, options)
    else:
        made = build_choropleth(fond, series, level=coverage.level, title=title, bounds=bounds,
                                palette=PALETTES[coverage.network], mark=Mark.AREA, **options)  # type: ignore[arg-type]  # fmt: skip
        made = with_layers(made, flags=_flags(coverage, made))
    meaning = f"{_capital(criterion_text(coverage.criterion))}."
    notes = [note for note in coverage.notes if note != meaning]
    subtitle = f"{made.subtitle}. {meaning}"
    made = replace(made, subtitle=subtitle, fictitious=made.fictitious or coverage.fictitious)
    return with_layers(made, points=points, zones=zones, notes=(*_shares(coverage), *notes))


def _counted(
    coverage: NetworkCoverage, fond: Fond, series: Series, title: str, options: Mapping[str, object]
) -> Choropleth:
    answers = _answers(coverage, series)
    made = build_choropleth(fond, answers, level=coverage.level, title=title, mark=Mark.AREA,
                            bounds=(1.0, 2.0), **options)  # type: ignore[arg-type]  # fmt: skip
    colour = colours_of(PALETTES[coverage.network], 5)[1]
    known = int((made.numbers > 0).sum())
    made = replace(
        made,
        classes=Classes("manual", (1.0, 2.0), (known,)),
        class_of=np.where(made.numbers > 0, 0, -1).astype(np.int16),
        palette=(colour,),
        class_labels=(COVERED,),
    )
    return with_layers(with_blank_zero(made), symbols=symbols_of(fond, series, coverage.sources))


def _answers(coverage: NetworkCoverage, series: Series) -> Series:
    """One where covered, zero where not, no data where nobody knows."""
    answers = [_answer(coverage, rank) for rank in range(len(coverage.rows))]
    states = {Answer.YES: ValueState.VALUE, Answer.NO: ValueState.ZERO, Answer.UNKNOWN: ValueState.NO_DATA}
    numbers = {Answer.YES: 1.0, Answer.NO: 0.0, Answer.UNKNOWN: np.nan}
    return replace(
        series,
        numbers=np.array([numbers[answer] for answer in answers], dtype=np.float64),
        states=np.array([states[answer] for answer in answers], dtype=np.uint8),
        estimated=False,
    )


def _answer(coverage: NetworkCoverage, rank: int) -> Answer:
    row = coverage.rows[rank]
    return row.effective_answer if coverage.effective else row.nominal_answer


def _flags(coverage: NetworkCoverage, made: Choropleth) -> Flags | None:
    codes = {row.code for rank, row in enumerate(coverage.rows) if _answer(coverage, rank) is Answer.NO}
    codes &= set(made.layer.codes)
    return Flags("non couvert", frozenset(codes)) if codes else None


def _shares(coverage: NetworkCoverage) -> tuple[str, str]:
    """Coverage told twice: in territories, and in inhabitants who live in them."""
    one, many = TERRITORIES.get(coverage.level, ("territoire", "territoires"))
    territories = coverage.territories_effective if coverage.effective else coverage.territories
    people = coverage.population_effective if coverage.effective else coverage.population
    return (
        typographic(f"Couverts : {share_text(territories, one, many)}."),
        typographic(f"Habitants des territoires couverts : {_people(people)}."),
    )


def _people(share: Share) -> str:
    if share.rate is not None:
        return f"{percent(share.rate)} de {number(share.total)}"
    if share.low is None or share.high is None:
        return "non connus"
    return f"entre {percent(share.low)} et {percent(share.high)} de {number(share.total)}"


def _lower(text: str) -> str:
    """Small first letter, but for a sigle."""
    first = text.split(" ")[0].rstrip("s")
    return text if first in SIGLES or first[1:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

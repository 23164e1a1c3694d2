"""A fond and a series to a frozen map: values put in the order of outlines, classed, coloured, titled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.indicator import Kind, Series, ValueState
from app.domain.territory import Level
from maps.choropleth import Choropleth, Classes, Fond, Mark, OutlineLayer, Reference
from maps.classes import class_of, classify, classify_around, default_count, default_method, rounded
from maps.palettes import DIVERGING
from maps.palettes import palette as colours_of

FEW = 4
"""Under this many values a diverging map has two classes."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """How values become classes, as asked; None leaves the choice to the indicator."""

    method: str | None
    count: int | None
    bounds: Sequence[float]
    middle: Reference | None = None


def build_choropleth(
    fond: Fond,
    series: Series,
    *,
    level: Level,
    title: str | None = None,
    method: str | None = None,
    count: int | None = None,
    bounds: Sequence[float] = (),
    palette: str = "lagune",
    references: Sequence[Reference] = (),
    sources: Sequence[str] = (),
    selected: str | None = None,
    mark: Mark | None = None,
    middle: Reference | None = None,
    signed: bool = False,
) -> Choropleth:
    """Return the map of a series at one level of the fond.

    A territory absent from the series has no data; classes are those of the territories drawn, computed on
    values rounded as they are printed. Stocks are circles and have no class unless mark asks for areas.
    middle: reference that is a limit of the classes, with a diverging palette unless bounds are given too;
    signed: numbers are differences.
    Raises ValueError if the level has no outline, or for wrong classes (see `classify`).
    """
    layer = layer_of(fond, level)
    numbers, states = aligned(series, layer.codes)
    mark = mark or (Mark.SYMBOL if series.indicator.kind is Kind.STOCK else Mark.AREA)
    printed = rounded(numbers, series.indicator.decimals)
    choice = _Choice(method, count, bounds, middle)
    if middle is not None and not bounds:
        palette = palette if palette in DIVERGING else "ecart"
    classes = Classes("none", (), ()) if mark is Mark.SYMBOL else _classes(series, printed, choice)
    return Choropleth(
        title=title or f"{series.indicator.label} en {series.year}",
        subtitle=capitalised(series.indicator.unit),
        indicator=series.indicator,
        year=series.year,
        mark=mark,
        fond=fond,
        layer=layer,
        numbers=numbers,
        states=states,
        class_of=class_of(printed, classes),
        classes=classes,
        palette=colours_of(palette, len(classes.counts)),
        references=tuple(references),
        sources=tuple(sources) or series.sources,
        estimated=series.estimated,
        fictitious=series.fictitious,
        selected=selected,
        middle=middle,
        signed=signed,
    )


def layer_of(fond: Fond, level: Level) -> OutlineLayer:
    """Return the outlines of a level; raise ValueError if the fond has none."""
    layers = {Level.COMMUNE: fond.communes, Level.EPCI: fond.epcis, Level.DEPARTEMENT: fond.departements}
    if level not in layers:
        raise ValueError(f"no outline at level {level.name}")
    return layers[level]


def aligned(series: Series, codes: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return numbers and states in the order of codes, each shape (len(codes),); NaN where not known."""
    rank = {code: position for position, code in enumerate(series.codes)}
    places = np.array([rank.get(code, -1) for code in codes], dtype=np.intp)
    numbers = np.full(len(codes), np.nan)
    states = np.full(len(codes), ValueState.NO_DATA, dtype=np.uint8)
    there = places >= 0
    numbers[there] = series.numbers[places[there]]
    states[there] = series.states[places[there]]
    known = states <= ValueState.ZERO
    states[known & ~np.isfinite(numbers)] = ValueState.NO_DATA
    numbers[~known] = np.nan
    return numbers, states


def capitalised(text: str) -> str:
    """Return the text with a capital first letter, the others untouched."""
    return text[:1].upper() + text[1:]


def _classes(series: Series, printed: NDArray[np.float64], choice: _Choice) -> Classes:
    known = int(np.isfinite(printed).sum())
    if choice.middle is not None and not choice.bounds:
        count = choice.count or (2 if known < FEW else 4)
        return classify_around(printed, choice.middle.number, count, decimals=series.indicator.decimals)
    method = choice.method or ("manual" if choice.bounds else default_method(series.indicator, known))
    breaks = series.indicator.breaks if method == "fixed" and not choice.bounds else choice.bounds
    count = choice.count or default_count(known)
    return classify(printed, method, count, bounds=breaks, decimals=series.indicator.decimals)

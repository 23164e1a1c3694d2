"""Put layers on a map: circles of a second quantity, points, zones, flags, white zones, several years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from app.domain.indicator import Kind, Series, ValueState
from maps.build import aligned, build_choropleth, layer_of
from maps.choropleth import Choropleth, Classes, Fond, Mark, Reference
from maps.classes import class_of, classify, default_count, default_method, rounded
from maps.layers import Flags, MapZone, Multiples, PointLayer, Symbols, ZoneLayer
from maps.palettes import palette as colours_of
from maps.projection import project

MOST_MAPS = 4


def symbols_of(fond: Fond, series: Series, sources: Sequence[str] = ()) -> Symbols:
    """Return the circles of a series, at the label points of its level in the fond."""
    layer = layer_of(fond, series.level)
    numbers, states = aligned(series, layer.codes)
    return Symbols(
        series.indicator,
        series.year,
        series.level,
        layer.codes,
        numbers,
        states,
        layer.label_xy,
        tuple(sources) or series.sources,
        series.estimated,
        series.fictitious,
    )


def with_layers(
    choropleth: Choropleth,
    *,
    symbols: Symbols | None = None,
    points: Sequence[PointLayer] = (),
    zones: Sequence[ZoneLayer] = (),
    flags: Flags | None = None,
    notes: Sequence[str] = (),
) -> Choropleth:
    """Return the map with these layers over it, cut to the communes of its fond: legends count what is seen.

    Raises ValueError for circles over circles: two quantities by area of circles cannot be told apart.
    """
    if symbols is not None and choropleth.mark is Mark.SYMBOL:
        raise ValueError("circles cannot lie over circles")
    return replace(
        choropleth,
        symbols=symbols or choropleth.symbols,
        points=(*choropleth.points, *(_points_in(layer, choropleth.fond) for layer in points)),
        zones=(*choropleth.zones, *(_zones_in(layer, choropleth.fond) for layer in zones)),
        flags=flags or choropleth.flags,
        notes=(*choropleth.notes, *notes),
    )


def _points_in(layer: PointLayer, fond: Fond) -> PointLayer:
    known = set(fond.communes.codes)
    return replace(layer, points=tuple(p for p in layer.points if p.code_commune in known))


def _zones_in(layer: ZoneLayer, fond: Fond) -> ZoneLayer:
    known = set(fond.communes.codes)
    return replace(layer, zones=tuple(zone for zone in layer.zones if _is_in(zone, known, fond)))


def _is_in(zone: MapZone, known: set[str], fond: Fond) -> bool:
    codes = {*zone.communes, *zone.partial}
    if codes:
        return bool(codes & known)
    if zone.polygon is None:
        return False
    centre = shapely.get_coordinates(shapely.point_on_surface(zone.polygon))
    x, y = project(centre[:, 0], centre[:, 1], fond.epsg)
    return bool(shapely.contains_xy(fond.communes.polygons, x, y).any())


def with_blank_zero(choropleth: Choropleth) -> Choropleth:
    """Return the map where zero is a white zone: no service, known. Zero leaves the counts of the classes."""
    zero = choropleth.states == ValueState.ZERO
    ranks = np.where(zero, -1, choropleth.class_of).astype(np.int16)
    counts = np.bincount(ranks[ranks >= 0], minlength=len(choropleth.classes.counts))
    classes = replace(choropleth.classes, counts=tuple(int(n) for n in counts))
    return replace(choropleth, class_of=ranks, classes=classes, blank_zero=True)


def build_multiples(
    fond: Fond,
    series: Sequence[Series],
    *,
    title: str,
    method: str | None = None,
    count: int | None = None,
    bounds: Sequence[float] = (),
    palette: str = "lagune",
    references: Sequence[Reference] = (),
    sources: Sequence[str] = (),
    captions: Sequence[str] = (),
) -> Multiples:
    """Return two to four maps with one set of classes, found on all their values together.

    captions: by default the years. Raises ValueError for another number of maps, or series that do not share
    an indicator and a level.
    """
    if not 2 <= len(series) <= MOST_MAPS:
        raise ValueError("two to four maps share a sheet")
    first = series[0]
    if any(s.indicator.code != first.indicator.code or s.level is not first.level for s in series):
        raise ValueError("maps of one sheet share an indicator and a level")
    made = [
        build_choropleth(
            fond, s, level=s.level, title=title, references=references, sources=sources, palette=palette
        )
        for s in series
    ]
    if first.indicator.kind is not Kind.STOCK:
        classes = _shared_classes(made, method, count, bounds)
        made = [_reclassed(choropleth, classes, palette) for choropleth in made]
    words = tuple(captions) or tuple(str(s.year) for s in series)
    return Multiples(title, made[0].subtitle, tuple(made), words)


def _shared_classes(
    made: Sequence[Choropleth], method: str | None, count: int | None, bounds: Sequence[float]
) -> Classes:
    indicator = made[0].indicator
    every = np.concatenate([rounded(choropleth.numbers, indicator.decimals) for choropleth in made])
    each = int(np.isfinite(every).sum()) // len(made)
    method = method or ("manual" if len(bounds) else default_method(indicator, each))
    limits = indicator.breaks if method == "fixed" and not len(bounds) else bounds
    return classify(every, method, count or default_count(each), bounds=limits, decimals=indicator.decimals)


def _reclassed(choropleth: Choropleth, classes: Classes, palette: str) -> Choropleth:
    printed: NDArray[np.float64] = rounded(choropleth.numbers, choropleth.indicator.decimals)
    ranks = class_of(printed, classes)
    counts = np.bincount(ranks[ranks >= 0], minlength=len(classes.counts))
    return replace(
        choropleth,
        class_of=ranks,
        classes=replace(classes, counts=tuple(int(n) for n in counts)),
        palette=colours_of(palette, len(classes.counts)),
    )

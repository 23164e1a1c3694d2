"""Layers a map may have: services by type, zones, circles of a quantity; what is known of each. No Qt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from app.domain.dictionary import source_name
from app.domain.errors import NoValue
from app.domain.french import plural
from app.domain.indicator import Kind
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.register import Register
    from app.services import Services
    from maps.choropleth import Choropleth
    from maps.layers import PointLayer, ZoneLayer

CIRCLES = "circles:"
"""Before the code of the indicator whose circles are asked."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """A layer of services: kinds of the register, and those that files count by commune."""

    code: str
    label: str
    kinds: tuple[str, ...]
    counted: tuple[str, ...] = ()


SERVICES = (
    Kinds("eaje", "Eaje", ("eaje", "micro_creche"), ("eaje", "micro_creche")),
    Kinds("rpe", "Rpe", ("rpe",), ("rpe",)),
    Kinds("laep", "Laep", ("laep",)),
    Kinds("avs", "Centres sociaux et EVS", ("centre_social", "evs")),
    Kinds("alsh", "Alsh", ("alsh",), ("alsh",)),
)
ZONES = (("qpv", "QPV", ("qpv",)), ("frr", "ZRR et FRR", ("zrr", "frr")))
RAM_UNTIL = datetime.date(2021, 9, 1)


@dataclass(frozen=True, slots=True)
class LayerState:
    """One line of the list of layers; count None when nothing is known: « n.d. », and its click imports."""

    code: str
    label: str
    count: int | None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that can be put on one map."""

    points: Mapping[str, PointLayer]
    zones: Mapping[str, tuple[ZoneLayer, ...]]
    states: tuple[LayerState, ...]


def read_layers(services: Services, made: Choropleth, on: datetime.date) -> Layers:
    """Read what lies on the communes of a map, on a day."""
    register = services.register.register(on).at(on)
    communes = made.fond.communes.codes
    points: dict[str, PointLayer] = {}
    states = []
    for layer in SERVICES:
        found, hint = _points(services, register, layer, communes, on)
        label = layer.label
        if layer.code == "rpe" and on < RAM_UNTIL:
            label = "Ram"
        if found is None:
            states.append(LayerState(layer.code, label, None, "Aucune donnée\u202f: importer un fichier"))
            continue
        points[layer.code] = found
        rough = layer.code in layer.counted and not any(point.precise for point in found.points)
        told = f"{label}, par commune" if rough else label
        states.append(LayerState(layer.code, told, sum(p.count for p in found.points), hint))
    zones, told_zones = _zones(register, made)
    return Layers(points, zones, (*states, *told_zones))


def _points(
    services: Services, register: Register, layer: Kinds, communes: tuple[str, ...], on: datetime.date
) -> tuple[PointLayer | None, str]:
    """The longer of two lists: services named in the register, or counts by commune of a file."""
    from maps.register_layers import service_points

    known = set(communes)
    named = service_points(register, layer.kinds, on)
    named = replace(named, points=tuple(p for p in named.points if p.code_commune in known))
    counted = _counted(services, layer, communes, on)
    if counted is not None and sum(p.count for p in counted.points) > len(named.points):
        return counted, f"{counted.source}\u202f: placés au centre de la commune"
    if not named.points:
        return (counted, "") if counted is not None else (None, "")
    rough = sum(not point.precise or point.lon is None for point in named.points)
    told = plural(rough, "placé au centre de sa commune", "placés au centre de leur commune")
    return named, "Registre des équipements" + (f", {told}" if rough else "")


def _counted(
    services: Services, layer: Kinds, communes: tuple[str, ...], on: datetime.date
) -> PointLayer | None:
    from maps.register_layers import counted_points

    found: list[PointLayer] = []
    for kind in layer.counted:
        years = services.indicators.years(kind, Level.COMMUNE)
        if not years:
            continue
        series = services.indicators.series_for(kind, Level.COMMUNE, years[-1], communes)
        pairs = zip(series.codes, series.numbers.tolist(), strict=True)
        counts = {code: int(number) for code, number in pairs if np.isfinite(number)}
        if counts:
            source = ", ".join((*(source_name(code) for code in series.sources), str(series.year)))
            found.append(counted_points(kind, counts, on, source=source))
    if not found:
        return None
    return replace(
        found[0],
        kinds=tuple(kind for one in found for kind in one.kinds),
        points=tuple(point for one in found for point in one.points),
    )


def _zones(register: Register, made: Choropleth) -> tuple[dict[str, tuple[ZoneLayer, ...]], list[LayerState]]:
    from maps.compose import with_layers
    from maps.register_layers import zone_layers

    zones: dict[str, tuple[ZoneLayer, ...]] = {}
    states = []
    bare = replace(made, zones=(), points=(), symbols=None)
    for code, label, kinds in ZONES:
        layers = zone_layers([zone for zone in register.zones if zone.kind in kinds])
        cut = tuple(layer for layer in with_layers(bare, zones=layers).zones if layer.zones)
        zones[code] = cut
        count = sum(len(layer.zones) for layer in cut) if layers else None
        hint = "" if layers else "Aucune zone\u202f: importer un fichier"
        states.append(LayerState(code, label, count, hint))
    return zones, states


def dressed(services: Services, made: Choropleth, layers: Layers, chosen: Iterable[str]) -> Choropleth:
    """The map with the layers chosen over it; those that hold nothing are left out."""
    from maps.compose import with_layers

    wanted = set(chosen)
    points = [layer for code, layer in layers.points.items() if code in wanted]
    zones = [layer for code, held in layers.zones.items() if code in wanted for layer in held]
    made = with_layers(made, points=_told_apart(points), zones=zones)
    for code in sorted(wanted):
        if code.startswith(CIRCLES):
            made = _with_circles(services, made, code.removeprefix(CIRCLES))
    return made


def _told_apart(points: list[PointLayer]) -> list[PointLayer]:
    """One colour a kind over all the layers shown: each layer alone gives the first colours."""
    from maps.glyphs import COLOURS

    kinds = [kind for layer in points for kind in layer.kinds]
    order = {code: rank for rank, code in enumerate(dict.fromkeys(k.code.split(":")[0] for k in kinds))}
    faded = {kind.code for kind in kinds if kind.code.endswith(":suspendu")}
    return [
        replace(
            layer,
            kinds=tuple(
                kind
                if kind.code in faded
                else replace(kind, colour=COLOURS[order[kind.code.split(":")[0]] % len(COLOURS)])
                for kind in layer.kinds
            ),
        )
        for layer in points
    ]


def _with_circles(services: Services, made: Choropleth, indicator: str) -> Choropleth:
    """Circles of a stock over areas, at its year nearest to that of the map; nothing over circles."""
    from maps.choropleth import Mark

    if made.mark is Mark.SYMBOL:
        return made
    years = services.indicators.years(indicator, made.layer.level)
    if not years:
        return made
    year = min(years, key=lambda held: (abs(held - made.year), -held))
    try:
        return services.maps.with_symbols(made, indicator, year)
    except NoValue:
        return made


def circle_choices(services: Services, level: Level) -> tuple[tuple[str, str], ...]:
    """Stocks that can be circles at a level: code and label."""
    return tuple(
        (item.indicator.code, item.indicator.short_label)
        for item in services.indicators.available()
        if item.indicator.kind is Kind.STOCK and level in item.levels
    )

"""Maps made by hand for the tests: a grid of square Epci of four communes each, every state of a value."""

from __future__ import annotations

import numpy as np
import shapely

from app.domain.indicator import Direction, Indicator, Kind, Series
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.choropleth import Choropleth, Fond, Mark, OutlineLayer, Reference

STEP = 10_000.0
NAMES = ("CC du Bocage", "CA du Niortais", "CC Mellois en Poitou", "CC du Thouarsais")
NAN = float("nan")
BREAKS = (40, 60.9, 66, 70.6, 75, 110)


def indicator(
    kind: Kind = Kind.RATIO, breaks: tuple[float, ...] = (40, 60.9, 66, 70.6, 75, 110)
) -> Indicator:
    """Coverage, or births for a stock."""
    stock = kind is Kind.STOCK
    return Indicator(
        code="naissances" if stock else "couv_global",
        label="Naissances" if stock else "Taux de couverture petite enfance",
        short_label="Naissances" if stock else "Couverture petite enfance",
        theme="petite enfance",
        definition="Places théoriques au 31 décembre, rapportées aux enfants de moins de 3 ans.",
        numerator="places",
        denominator="enfants de moins de 3 ans",
        unit="naissances" if stock else "places pour 100 enfants",
        decimals=0 if stock else 1,
        kind=kind,
        direction=Direction.UP,
        source="cnaf_txcouv",
        masking="",
        valid_from="",
        breaks=() if stock else breaks,
    )


def layer(level: Level, codes, names, polygons, parents=()) -> OutlineLayer:
    """Outlines with their centres."""
    made = np.array(polygons, dtype=object)
    xy = shapely.get_coordinates(shapely.point_on_surface(made)).reshape(-1, 2)
    return OutlineLayer(level, 2154, tuple(codes), tuple(names), made, xy, tuple(parents))


def fond(side: int = 2) -> Fond:
    """side x side Epci of four communes each, one département, one neighbour on the east."""
    corners = [(x * STEP, y * STEP) for y in range(side) for x in range(side)]
    epcis = [shapely.box(x, y, x + STEP, y + STEP) for x, y in corners]
    half = STEP / 2
    communes, parents = [], []
    for number, epci in enumerate(epcis):
        x, y = epci.bounds[:2]
        for dx, dy in ((0, 0), (half, 0), (0, half), (half, half)):
            communes.append(shapely.box(x + dx, y + dy, x + dx + half, y + dy + half))
            parents.append(epci_code(number))
    names = [NAMES[i] if i < len(NAMES) else f"CC numéro {i}" for i in range(len(epcis))]
    whole = shapely.box(0, 0, side * STEP, side * STEP)
    east = shapely.box(side * STEP, -5 * STEP, side * STEP + 9 * STEP, 9 * STEP)
    return Fond(
        2154,
        layer(
            Level.COMMUNE,
            [f"79{i:03d}" for i in range(len(communes))],
            [f"Commune {i}" for i in range(len(communes))],
            communes,
            parents,
        ),
        layer(Level.EPCI, [epci_code(i) for i in range(len(epcis))], names, epcis, ["79"] * len(epcis)),
        layer(Level.DEPARTEMENT, ["79"], ["Deux-Sèvres"], [whole]),
        layer(Level.DEPARTEMENT, ["86"], ["Vienne"], [east]),
        "fond approché (centres et superficies communales)",
        2026,
        True,
    )


def epci_code(number: int) -> str:
    """Code of the Epci of that number."""
    return f"2000{number:05d}"


def choropleth(
    numbers=(65.8, 74.2, 67.2, NAN),
    states=(0, 0, 0, 2),
    *,
    level: Level = Level.EPCI,
    kind: Kind = Kind.RATIO,
    base: Fond | None = None,
    mark: Mark | None = None,
    **kept,
) -> Choropleth:
    """A map of the Epci of the grid (or of its communes)."""
    base = base or fond()
    codes = (base.epcis if level is Level.EPCI else base.communes).codes
    series = Series(
        indicator(kind), level, 2023, codes, np.array(numbers, dtype=float), np.array(states, dtype=np.uint8)
    )
    references = (Reference("France", 60.9), Reference("Deux-Sèvres", 70.6))
    return build_choropleth(base, series, level=level, references=references, mark=mark, **kept)

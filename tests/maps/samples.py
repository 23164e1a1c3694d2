"""A small invented territory: squares for communes, two rows of Epci, values in the five states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from app.domain.indicator import Direction, Indicator, Kind, Series, ValueState
from app.domain.territory import Level
from maps.choropleth import Fond, OutlineLayer

SIDE = 12_000.0
BREAKS = (40.0, 60.9, 66.0, 70.6, 75.0, 110.0)


def indicator(**changes: Any) -> Indicator:
    """An indicator like the coverage rate."""
    base = Indicator(
        code="couv_global",
        label="Taux de couverture petite enfance",
        short_label="Couverture",
        theme="petite enfance",
        definition="",
        numerator="",
        denominator="",
        unit="places pour 100 enfants de moins de 3 ans",
        decimals=1,
        kind=Kind.RATIO,
        direction=Direction.UP,
        source="cnaf_txcouv",
        masking="",
        valid_from="2018",
    )
    return replace(base, **changes)


def births() -> Indicator:
    """A stock."""
    names = {"label": "Naissances", "short_label": "Naissances", "unit": "naissances"}
    return indicator(code="naissances", decimals=0, kind=Kind.STOCK, **names)


def layer(
    level: Level, codes: list[str], names: list[str], polygons: list[Any], parents: list[str]
) -> OutlineLayer:
    """Outlines with their label points."""
    shapes = np.array(polygons, dtype=object)
    points = shapely.point_on_surface(shapes)
    xy = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
    return OutlineLayer(level, 2154, tuple(codes), tuple(names), shapes, xy, tuple(parents))


def fond() -> Fond:
    """Six Epci of four square communes each, in one département with a neighbour on each side."""
    x0, y0 = 430_000.0, 6_580_000.0
    communes, codes, names, parents = [], [], [], []
    epcis = []
    for e in range(6):
        ex, ey = x0 + (e % 2) * 2 * SIDE, y0 + (e // 2) * 2 * SIDE
        squares = [
            shapely.box(
                ex + i * SIDE, ey + j * SIDE, ex + (i + 1) * SIDE, ey + (j + 1) * SIDE
            )
            for i in (0, 1)
            for j in (0, 1)
        ]  # fmt: skip
        communes += squares
        codes += [f"79{e * 4 + i:03d}" for i in range(4)]
        names += [f"Commune {e * 4 + i}" for i in range(4)]
        parents += [f"2000{e:05d}"] * 4
        epcis.append(shapely.union_all(squares))
    whole = shapely.union_all(epcis)
    west = shapely.box(x0 - 60_000, y0 - 20_000, x0, y0 + 100_000)
    east = shapely.box(x0 + 4 * SIDE, y0 - 20_000, x0 + 4 * SIDE + 60_000, y0 + 100_000)
    epci_names = [
        "Bocage",
        "Thouarsais",
        "Val de Gâtine",
        "Niortais & Marais",
        "Mellois en Poitou",
        "Haut Val",
    ]
    epci_codes = [f"2000{e:05d}" for e in range(6)]
    return Fond(
        epsg=2154,
        communes=layer(Level.COMMUNE, codes, names, communes, parents),
        epcis=layer(Level.EPCI, epci_codes, epci_names, epcis, ["79"] * 6),
        departements=layer(Level.DEPARTEMENT, ["79"], ["Deux-Sèvres"], [whole], [""]),
        neighbours=layer(Level.DEPARTEMENT, ["85", "86"], ["Vendée", "Vienne"], [west, east], ["", ""]),
        label="fond approché (centres et superficies communales)",
        millesime=2026,
        approximate=True,
    )


def series(indicator_: Indicator | None = None, level: Level = Level.EPCI, **changes: Any) -> Series:
    """Values in the five states, in another order than the outlines."""
    outlines = fond().epcis if level is Level.EPCI else fond().communes
    codes = tuple(reversed(outlines.codes))
    numbers = np.linspace(58.0, 80.0, len(codes)).round(1)
    states = np.zeros(len(codes), dtype=np.uint8)
    for place, state in enumerate(
        (ValueState.ZERO, ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED)
    ):
        states[place] = state
        numbers[place] = 0.0 if state is ValueState.ZERO else np.nan
    made = Series(indicator_ or indicator(breaks=BREAKS), level, 2023, codes, numbers, states, millesime=2026,
                  sources=("Cnaf, data.caf.fr, 2023",))  # fmt: skip
    return replace(made, **changes)

"""Invented contents of a fiche, from the usual to the extreme."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from app.domain.indicator import Indicator, Provenance, Value, ValueState
from app.domain.reference import Epci
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.choropleth import Reference
from reports.content import CommuneRow, FicheContent, KeyFigure, ModeRow
from tests.maps.samples import BREAKS, births, fond, indicator, series

SHA = "3fa9c1d2" + "0" * 56
COVERAGE = indicator(breaks=BREAKS)
MODES = [
    indicator(code=code, label=code, short_label=code)
    for code in ("couv_am", "couv_eaje", "couv_prescol", "couv_gad")
]


def origin(file: str, row: int | None) -> Provenance:
    """An origin in a file."""
    return Provenance("Cnaf, data.caf.fr", file, SHA, "", row, 1, "2026-11-19", "Licence Ouverte 2.0")


def value(
    number: float | None, *, of: Indicator = COVERAGE, year: int = 2023, row: int = 14, **changes: Any
) -> Value:
    """A value with its origin; without number, no data."""
    state = ValueState.NO_DATA if number is None else ValueState.VALUE if number else ValueState.ZERO
    made = Value(of, Level.EPCI, "200000004", year, number, state,
                 provenance=(origin("txcouv_pe_epci_2023.csv", row),))  # fmt: skip
    return replace(made, **changes)


def commune(rank: int) -> CommuneRow:
    """A commune whose values go through the five states."""
    stock = births()
    states = (
        ValueState.VALUE,
        ValueState.ZERO,
        ValueState.NO_DATA,
        ValueState.NOT_PUBLISHED,
        ValueState.MASKED,
    )
    state = states[rank % 5]
    number = {ValueState.VALUE: 12.0, ValueState.ZERO: 0.0}.get(state)
    return CommuneRow(
        code=f"79{rank:03d}",
        name=f"Saint-Martin-de-Bernegoue {rank}" if rank % 7 == 0 else f"Commune & bourg {rank}",
        population=value(1234.0 + rank, of=stock),
        births=value(number, of=stock, year=2025, state=state),
        births_3=value(36.0, of=stock, year=2025, estimated=True, formula="12 + 11 + 13 = 36"),
        eaje=value(0.0, of=stock, year=2025),
        rpe=value(1.0, of=stock, year=2025),
        couv=value(67.2),
    )


def mode(name: str, shares: tuple[float | None, ...], *, focus: bool = False) -> ModeRow:
    """A stacked bar."""
    total = None if None in shares else sum(x or 0.0 for x in shares)
    parts = tuple((of, value(x, of=of)) for of, x in zip(MODES, shares, strict=True))
    return ModeRow(name, focus, parts, value(total))


def content(communes: int = 40, rows: int = 6, **changes: Any) -> FicheContent:
    """The fiche of « Mellois en Poitou » with as many communes and Epci as asked."""
    choropleth = build_choropleth(
        fond(), series(), level=Level.EPCI, selected="200000004",
        references=(Reference("France", 60.9), Reference("Deux-Sèvres", 70.6)),
    )  # fmt: skip
    references = (("Deux-Sèvres", value(70.6, row=5)), ("France", value(60.9, row=2)))
    figures = (
        KeyFigure(COVERAGE, value(67.2), references, (65.8, 70.5, 77.2, 8), (6, 8)),
        KeyFigure(MODES[1], value(8.4, of=MODES[1]), references, None, None),
        KeyFigure(MODES[0], value(None, of=MODES[0]), references, (48.4, 54.0, 59.4, 8), None),
        KeyFigure(MODES[2], value(3.1, of=MODES[2], fictitious=True), (), (1.5, 3.0, 11.1, 8), (3, 8)),
    )
    modes = [mode("Mellois en Poitou", (54.9, 8.4, 3.1, 0.7), focus=True)]
    modes += [mode(f"Communauté de la Vallée {i}", (50.0 + i / 9, 14.0, 3.0, 0.9)) for i in range(rows - 2)]
    modes += [mode("Sans rien", (None, None, None, None))]
    modes += [mode("Deux-Sèvres", (51.7, 14.7, 3.3, 0.9)), mode("France", (31.9, 23.5, 3.3, 2.2))]
    stock = births()
    trend = tuple(value(float(n), of=stock, year=y) for y, n in ((2023, 305), (2024, 301), (2025, 289)))
    made = FicheContent(
        epci=Epci("200000004", "CC Mellois en Poitou", "Mellois en Poitou", "CC", 46_390, "79", ("79",)),
        departement_name="Deux-Sèvres",
        year=2023,
        map=choropleth,
        communes_map=build_choropleth(fond(), series(stock, Level.COMMUNE), level=Level.COMMUNE),
        key_figures=figures,
        modes=tuple(modes),
        births=(("Mellois en Poitou", trend),),
        communes=tuple(commune(rank) for rank in range(communes)),
        sources=(origin("txcouv_pe_epci_2023.csv", 14),),
        fond_label="fond approché (centres et superficies communales)",
        made_on=datetime.date(2026, 11, 19),
    )
    return replace(made, **changes)

"""What the fiche territoire prints, frozen before any drawing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.french import THIN, value_text
from app.domain.indicator import Indicator, Provenance, Value, ValueState
from app.domain.reference import Epci
from maps.choropleth import Choropleth


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One indicator of the territory, never alone: references by name, spread and rank among Epci.

    spread: lowest, median, highest, number of Epci; rank: rank from the highest, number of Epci;
    peers: every Epci, for the dots; empty when only the spread is known.
    """

    indicator: Indicator
    value: Value
    references: tuple[tuple[str, Value], ...] = ()
    spread: tuple[float, float, float, int] | None = None
    rank: tuple[int, int] | None = None
    peers: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ModeRow:
    """Childcare of one territory, split by mode: one stacked bar."""

    name: str
    is_focus: bool
    parts: tuple[tuple[Indicator, Value], ...]
    total: Value


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One line of the table of communes; births_3: births of three years, an estimate of children under 3."""

    code: str
    name: str
    population: Value
    births: Value
    births_3: Value
    eaje: Value
    rpe: Value
    couv: Value


@dataclass(frozen=True, slots=True)
class FicheContent:
    """Everything on the two pages. births: name of a territory, values by year; the Epci comes first."""

    epci: Epci
    departement_name: str
    year: int
    map: Choropleth
    communes_map: Choropleth | None
    key_figures: tuple[KeyFigure, ...]
    modes: tuple[ModeRow, ...]
    births: tuple[tuple[str, tuple[Value, ...]], ...]
    communes: tuple[CommuneRow, ...]
    sources: tuple[Provenance, ...]
    fond_label: str
    made_on: datetime.date
    fictitious: bool = False
    demo: bool = False


def shown(value: Value) -> str:
    """Return what is printed for a value: « 67,2 », « ≈ 895 », « 0 », « n.d. », « n.p. », « s »."""
    text = value_text(value.number, value.state, value.indicator.decimals)
    return f"≈{THIN}{text}" if value.estimated and value.state is ValueState.VALUE else text


def known(values: Iterable[Value]) -> list[Value]:
    """Return the values that have a number."""
    return [value for value in values if value.number is not None and value.state.is_known]

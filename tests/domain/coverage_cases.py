"""A small hand-made territory and its registers, for the tests of coverage."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from app.domain.children import ChildrenChoice, ChildrenRule
from app.domain.coverage import Criterion, Network
from app.domain.coverage_build import Question, build_coverage
from app.domain.coverage_ground import Area, Ground
from app.domain.coverage_knowledge import Declared, Evidence
from app.domain.coverage_lists import load_figures, load_networks
from app.domain.indicator import Value, ValueState
from app.domain.places import Commune
from app.domain.register import Childminders, Equipment, KnownTotal, Register, Site, Status, Zone
from app.domain.territory import Level

DAY = datetime.date(2025, 12, 31)
NORTH, SOUTH = "E1", "E2"
MEMBERS = {NORTH: ("C1", "C2"), SOUTH: ("C3", "C4")}
PEOPLE = {"C1": 12_000, "C2": 3_000, "C3": 800, "C4": 200}
PLACES = {"C1": (0.0, 46.0), "C2": (0.1, 46.0), "C3": (0.5, 46.0), "C4": (0.9, 46.0)}
"""0.1 degree of longitude is 7.7 km there."""


def commune(code: str) -> Commune:
    lon, lat = PLACES[code]
    return Commune(code, f"Commune {code}", "79", "75", "791", PEOPLE[code], lon, lat, 10.0)


COMMUNES = tuple(commune(code) for code in PEOPLE)
EPCI_OF = {code: epci for epci, members in MEMBERS.items() for code in members}


def ground(level: Level = Level.EPCI) -> Ground:
    if level is Level.COMMUNE:
        areas = tuple(Area(c.code, c.name, (c.code,)) for c in COMMUNES)
    elif level is Level.DEPARTEMENT:
        areas = (Area("79", "Deux-Sèvres", tuple(PEOPLE)),)
    else:
        areas = tuple(Area(code, f"Epci {code}", members) for code, members in MEMBERS.items())
    return Ground(level, areas, COMMUNES, (), EPCI_OF)


def service(code: str, kind: str, where: str, **facts: object) -> Site:
    """A site with one service."""
    own = Equipment(f"s{code}", code, kind, f"Service {code}", **facts)  # type: ignore[arg-type]
    lon, lat = PLACES[where]
    return Site(code, f"Site {code}", where, lon, lat, True, "", (own,))


def register(*sites: Site, **others: object) -> Register:
    return Register(tuple(sites), **others)  # type: ignore[arg-type]


def evidence(
    held: Register,
    counts: Mapping[str, Mapping[str, float]] | None = None,
    declared: tuple[Declared, ...] = (),
) -> Evidence:
    members = {(Level.EPCI, code): found for code, found in MEMBERS.items()}
    return Evidence(
        register=held,
        on=DAY,
        counts=counts or {},
        counts_year=2025 if counts else None,
        counts_source="Insee",
        declared=declared,
        members={**members, (Level.DEPARTEMENT, "79"): tuple(PEOPLE)},
    )


def whole(kind: str, level: Level, code: str) -> Declared:
    return Declared(kind, level, code, datetime.date(2024, 1, 1))


RULE = ChildrenRule("births_3", "Naissances des trois dernières années", 3, "naissances", 3, True, 3, "")


def ask(
    network: Network,
    known: Evidence,
    *,
    level: Level = Level.EPCI,
    criterion: Criterion | None = None,
    effective: bool = False,
    children: Mapping[str, float] | None = None,
    official: Mapping[tuple[str, str], float | ValueState] | None = None,
) -> Question:
    """A question about the small territory; official: a number, or a state when there is none."""
    land = ground(level)
    values = {}
    for line in load_figures(network, DAY):
        for area in land.areas:
            told = (official or {}).get((area.code, line.indicator.code), ValueState.NO_DATA)
            number = None if isinstance(told, ValueState) else float(told)
            state = told if isinstance(told, ValueState) else ValueState.VALUE if told else ValueState.ZERO
            key = (area.code, line.indicator.code)
            values[key] = Value(line.indicator, level, area.code, 2023, number, state)
    choice = ChildrenChoice(RULE, 2025, dict(children)) if children else ChildrenChoice(None, None)
    return Question(
        info=load_networks()[network],
        year=2025,
        ground=land,
        evidence=known,
        criterion=criterion or Criterion(),
        effective=effective,
        official=values,
        children=choice,
        children_6=choice,
        rpe_population=10_000,
        licence_months=12,
        small_denominator=50,
    )


__all__ = [
    "DAY",
    "Childminders",
    "KnownTotal",
    "Status",
    "Zone",
    "ask",
    "build_coverage",
    "evidence",
    "ground",
    "register",
    "service",
    "whole",
]

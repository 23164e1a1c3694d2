"""Does a CTG hold the twelve points of the schéma pluriannuel, and who owes what by size of commune?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import resources


class PointState(StrEnum):
    """How well a point is met."""

    MET = "justifie"
    PARTIAL = "partiel"
    MISSING = "manquant"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the schéma, as the decree asks for it, in our words."""

    code: str
    rank: int
    label: str
    question: str
    source: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What communes above a population owe from a date."""

    code: str
    label: str
    above: int
    starts_on: date
    source: str


@dataclass(frozen=True, slots=True)
class DutyOf:
    """A duty of one commune; population is that of the census year said."""

    duty: Duty
    code_commune: str
    name: str
    population: int
    census_year: int


@lru_cache(maxsize=1)
def load_points() -> tuple[Point, ...]:
    """The twelve points, in order."""
    return tuple(
        Point(row["code"], int(row["rank"]), row["label"], row["question"], row["source"])
        for row in resources.read_table("ctg", "schema_points.csv")
    )


@lru_cache(maxsize=1)
def load_duties() -> tuple[Duty, ...]:
    """The duties, smallest communes first."""
    return tuple(
        Duty(
            row["code"], row["label"], int(row["above"]), date.fromisoformat(row["starts_on"]), row["source"]
        )
        for row in resources.read_table("ctg", "duties.csv")
    )


def duties_at(
    populations: Mapping[str, tuple[str, int, int]], on: date, duties: Sequence[Duty]
) -> tuple[DutyOf, ...]:
    """Duties in force on a day; populations: code -> (name, inhabitants, census year); above is strict."""
    return tuple(
        DutyOf(duty, code, name, inhabitants, year)
        for duty in duties
        if duty.starts_on <= on
        for code, (name, inhabitants, year) in sorted(populations.items(), key=lambda x: (-x[1][1], x[0]))
        if inhabitants > duty.above
    )


def stands_for_schema(states: Mapping[str, PointState], points: Iterable[Point]) -> bool:
    """True only if every point is met: a partial point is not enough."""
    return all(states.get(point.code) is PointState.MET for point in points)

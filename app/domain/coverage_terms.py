"""Words of coverage: networks, meanings, where a count comes from, how surely, shares with their unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.indicator import ValueState


class Network(StrEnum):
    """The four networks that have a coverage map."""

    EAJE = "eaje"
    RPE = "rpe"
    AVS = "avs"
    LAEP = "laep"


class Meaning(StrEnum):
    """What « couvert » means: it is chosen, and printed with every figure."""

    STRUCTURE = "structure"
    POINT = "point"
    HOURS = "hours"
    DISTANCE = "distance"


class Basis(StrEnum):
    """Where a count comes from."""

    REGISTER = "register"
    """Equipment named one by one in the base."""
    INDICATOR = "indicator"
    """Counts by commune of the base permanente des équipements."""
    TOTAL = "total"
    """A total known for that very territory."""
    NONE = "none"


class Certainty(StrEnum):
    """How far a count can be believed."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    """Named equipment of a list that is not known to be whole: there may be more."""
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Is it covered? Not knowing is an answer, never a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A meaning of « couvert » with its numbers, declared in every result.

    hours: opening hours a year, for HOURS. road_km: distance by road, for DISTANCE; minutes is what was asked
    when a time was (road_km is then minutes x speed_kmh / 60). Distances are crow-fly x detour. majority:
    share of inhabitants (0 to 100) within reach from which a wide territory counts as covered.
    """

    meaning: Meaning = Meaning.STRUCTURE
    hours: float = 0.0
    road_km: float = 0.0
    minutes: float | None = None
    detour: float = 1.0
    speed_kmh: float = 0.0
    majority: float = 50.0

    @property
    def crow_km(self) -> float:
        """Crow-fly distance that matches the distance by road."""
        return self.road_km / self.detour


@dataclass(frozen=True, slots=True)
class Count:
    """How many, from where, and how surely; number is None when nothing is known."""

    number: float | None = None
    certainty: Certainty = Certainty.UNKNOWN
    basis: Basis = Basis.NONE
    year: int | None = None
    source: str = ""
    estimated: bool = False

    @property
    def state(self) -> ValueState:
        """State of the number; a zero is only said when the count is exact."""
        if self.number is None:
            return ValueState.NO_DATA
        return ValueState.ZERO if self.number == 0 else ValueState.VALUE

    @property
    def origin(self) -> str:
        """The source with its year, to print among sources; empty when nothing is known."""
        dated = self.basis is Basis.INDICATOR and self.year is not None
        return f"{self.source}, {self.year}" if dated else self.source

    @property
    def answer(self) -> Answer:
        """Is there at least one?"""
        if self.number is not None and self.number > 0:
            return Answer.YES
        return Answer.NO if self.certainty is Certainty.EXACT else Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Share:
    """Covered, not covered and unknown, in territories or in inhabitants; nobody hides in the total."""

    covered: float = 0.0
    not_covered: float = 0.0
    unknown: float = 0.0

    @property
    def total(self) -> float:
        """All, unknown included."""
        return self.covered + self.not_covered + self.unknown

    @property
    def low(self) -> float | None:
        """Lowest possible share, 0 to 100: the unknown are not covered."""
        return self.covered / self.total * 100 if self.total else None

    @property
    def high(self) -> float | None:
        """Highest possible share, 0 to 100: the unknown are covered."""
        return (self.covered + self.unknown) / self.total * 100 if self.total else None

    @property
    def rate(self) -> float | None:
        """Share over all, 0 to 100; None while something is unknown."""
        return self.low if self.unknown == 0 else None

    def __add__(self, other: Share) -> Share:
        return Share(
            self.covered + other.covered, self.not_covered + other.not_covered, self.unknown + other.unknown
        )


def share_of(answers: Iterable[tuple[Answer, float | None]]) -> Share:
    """Add weights by answer; a weight that is not known counts for nothing.

    answers: (answer, weight), weight 1 for territories, inhabitants for a population.
    """
    sums = dict.fromkeys(Answer, 0.0)
    for answer, weight in answers:
        sums[answer] += weight or 0.0
    return Share(sums[Answer.YES], sums[Answer.NO], sums[Answer.UNKNOWN])

"""Money of a plan: totals that never mix states, reste à charge, cost per place, eviction.

Amounts are whole cents. An amount that is None is expected and unknown: it is counted as absent, never as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ctg import PartyKind

LOCAL_KINDS = frozenset({PartyKind.EPCI, PartyKind.COMMUNE})
"""Funders whose share is the reste à charge of the local authorities."""


class Nature(StrEnum):
    """Running costs or investment."""

    RUNNING = "fonctionnement"
    CAPITAL = "investissement"


class MoneyState(StrEnum):
    """Three states of an amount; they are never added together."""

    PLANNED = "prevu"
    VOTED = "vote"
    PAID = "paye"


@dataclass(frozen=True, slots=True)
class Line:
    """What one funder brings in a year."""

    year: int
    funder: str
    kind: PartyKind
    nature: Nature
    state: MoneyState
    cents: int | None
    group: str = ""
    """The fiche, when lines of several are together."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The whole cost of a year."""

    year: int
    nature: Nature
    state: MoneyState
    cents: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of the known amounts of one state, and the funders whose amount is absent."""

    state: MoneyState
    cents: int | None
    known: int
    absent: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """True if nothing is absent."""
        return not self.absent


def total(lines: Iterable[Line], state: MoneyState) -> Total:
    """Add the lines of one state; the sum is None when no amount is known."""
    mine = [line for line in lines if line.state is state]
    known = [line.cents for line in mine if line.cents is not None]
    absent = tuple(dict.fromkeys(line.funder for line in mine if line.cents is None))
    return Total(state, sum(known) if known else None, len(known), absent)


def best_state(lines: Iterable[Line]) -> MoneyState | None:
    """The most advanced state that has a line: payé, else voté, else prévu."""
    found = {line.state for line in lines}
    return next((state for state in reversed(MoneyState) if state in found), None)


@dataclass(frozen=True, slots=True)
class Remainder:
    """Reste à charge of the local authorities for a year, and what nobody funds; None if the cost is unknown.

    rest = cost - what others than Epci and communes bring. unfunded = cost - everything known.
    """

    state: MoneyState
    cost: int | None
    rest: int | None
    unfunded: int | None
    absent: tuple[str, ...]


def remainder(costs: Iterable[Cost], lines: Sequence[Line], state: MoneyState) -> Remainder:
    """Reste à charge from costs and lines of one state; costs known in part give no result."""
    amounts = [cost.cents for cost in costs if cost.state is state]
    known = [cents for cents in amounts if cents is not None]
    funded = total(lines, state)
    if not known or len(known) < len(amounts):
        return Remainder(state, None, None, None, funded.absent)
    others = total([line for line in lines if line.kind not in LOCAL_KINDS], state)
    cost = sum(known)
    return Remainder(state, cost, cost - (others.cents or 0), cost - (funded.cents or 0), funded.absent)


def cost_per_place(cost: int | None, places: int | None) -> float | None:
    """Cents for one place, None without cost or without place."""
    return None if cost is None or not places else cost / places


@dataclass(frozen=True, slots=True)
class Share:
    """Share of a funder in the known total of a year, between 0 and 1."""

    year: int
    share: float


def shares_of(lines: Sequence[Line], kind: PartyKind, funder: str | None = None) -> tuple[Share, ...]:
    """Share by year of a kind of funder (or of one funder), each year in its most advanced complete state.

    A year is left out if an amount of that state is absent, or if nothing is known: a share on a partial
    total would be wrong.
    """
    found = []
    for year in sorted({line.year for line in lines}):
        whole, mine = _year_totals([line for line in lines if line.year == year], kind, funder)
        if whole:
            found.append(Share(year, mine / whole))
    return tuple(found)


def _year_totals(lines: Sequence[Line], kind: PartyKind, funder: str | None) -> tuple[int, int]:
    state = best_complete_state(lines)
    if state is None:
        return 0, 0
    kept = [line for line in lines if line.state is state]
    mine = sum(line.cents or 0 for line in kept if line.kind is kind and funder in (None, line.funder))
    return sum(line.cents or 0 for line in kept), mine


def best_complete_state(lines: Sequence[Line]) -> MoneyState | None:
    """The most advanced state in which every funder of the year has a known amount, fiche by fiche."""
    funders = {(line.group, line.funder, line.nature) for line in lines}
    for state in reversed(MoneyState):
        known = {(x.group, x.funder, x.nature) for x in lines if x.state is state and x.cents is not None}
        if known and known == funders:
            return state
    return None


@dataclass(frozen=True, slots=True)
class Eviction:
    """A partner's share falls two years in a row while that of the Caf rises: three shares of each."""

    funder: str
    years: tuple[int, int, int]
    partner: tuple[float, float, float]
    caf: tuple[float, float, float]


def evictions(lines: Sequence[Line]) -> tuple[Eviction, ...]:
    """Every partner that the Caf seems to replace: three consecutive years compared, latest first."""
    caf = {share.year: share.share for share in shares_of(lines, PartyKind.CAF)}
    found = []
    partners = {(line.funder, line.kind) for line in lines if line.kind is not PartyKind.CAF}
    for funder, kind in sorted(partners):
        own = {share.year: share.share for share in shares_of(lines, kind, funder)}
        found += [_eviction(funder, year, own, caf) for year in sorted(own) if _falls(own, caf, year)]
    return tuple(sorted(found, key=lambda e: (-e.years[2], e.funder)))


def _falls(own: dict[int, float], caf: dict[int, float], year: int) -> bool:
    years = (year - 2, year - 1, year)
    if any(y not in own or y not in caf for y in years):
        return False
    a, b, c = (own[y] for y in years)
    return a > b > c and caf[years[0]] < caf[years[1]] < caf[years[2]]


def _eviction(funder: str, year: int, own: dict[int, float], caf: dict[int, float]) -> Eviction:
    first, second = year - 2, year - 1
    return Eviction(
        funder,
        (first, second, year),
        (own[first], own[second], own[year]),
        (caf[first], caf[second], caf[year]),
    )


@dataclass(frozen=True, slots=True)
class PaidAboveVoted:
    """A warning: more was paid than voted."""

    year: int
    funder: str
    nature: Nature
    voted: int
    paid: int


def paid_above_voted(lines: Sequence[Line]) -> tuple[PaidAboveVoted, ...]:
    """Every funder and year where the amount paid is above the amount voted."""
    held = {(x.group, x.year, x.funder, x.nature, x.state): x.cents for x in lines if x.cents is not None}
    found = []
    for (group, year, funder, nature, state), paid in sorted(held.items()):
        voted = held.get((group, year, funder, nature, MoneyState.VOTED))
        if state is MoneyState.PAID and voted is not None and paid > voted:
            found.append(PaidAboveVoted(year, funder, nature, voted, paid))
    return tuple(found)

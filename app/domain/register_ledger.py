"""The ledger of places: gross creations, gross closures and net, by year, with the part of Qpv."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.register import Movement, MovementKind


@dataclass(frozen=True, slots=True)
class Flow:
    """Places created and closed, both at least zero; the net is their difference."""

    created: int = 0
    closed: int = 0

    @property
    def net(self) -> int:
        """Places gained, below zero if more were closed."""
        return self.created - self.closed

    def plus(self, move: Movement) -> Flow:
        """Return the flow with one more movement."""
        if move.kind is MovementKind.CREATION:
            return Flow(self.created + move.places, self.closed)
        return Flow(self.created, self.closed + move.places)


@dataclass(frozen=True, slots=True)
class LedgerYear:
    """One year of the ledger. real: what happened; qpv: its part in Qpv; expected: what is only planned."""

    year: int
    real: Flow = Flow()
    qpv: Flow = Flow()
    expected: Flow = Flow()
    by_qpv: tuple[tuple[str, Flow], ...] = ()
    """Real flows of each Qpv, by code."""

    def plus(self, move: Movement) -> LedgerYear:
        """Return the year with one more movement."""
        if move.expected:
            return LedgerYear(self.year, self.real, self.qpv, self.expected.plus(move), self.by_qpv)
        if not move.code_qpv:
            return LedgerYear(self.year, self.real.plus(move), self.qpv, self.expected, self.by_qpv)
        flows = dict(self.by_qpv)
        flows[move.code_qpv] = flows.get(move.code_qpv, Flow()).plus(move)
        return LedgerYear(
            self.year, self.real.plus(move), self.qpv.plus(move), self.expected, tuple(sorted(flows.items()))
        )


def ledger(movements: Iterable[Movement]) -> tuple[LedgerYear, ...]:
    """Return the years with at least one movement, in order."""
    years: dict[int, LedgerYear] = {}
    for move in sorted(movements, key=lambda move: (move.on, move.uuid)):
        year = move.on.year
        years[year] = years.get(year, LedgerYear(year)).plus(move)
    return tuple(years[year] for year in sorted(years))


def ledger_total(years: Iterable[LedgerYear]) -> Flow:
    """Return the real flows of all years together."""
    found = tuple(years)
    return Flow(sum(year.real.created for year in found), sum(year.real.closed for year in found))

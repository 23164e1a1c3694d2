"""What the rules of alerts look at in the contracts with the Cnaf."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.domain.alert_facts import (
    DueFact,
    Facts,
    GaugeFact,
    HypothesisFact,
    LeadFact,
    Subject,
    TrajectoryFact,
)
from app.domain.cpog_codes import IndicatorType, SeriesKind
from app.services.cpog_rows import ACTUAL

if TYPE_CHECKING:
    from app.services.cpog import CpogService
    from app.services.cpog_rows import CpogRow, HypothesisRow, IndicatorCard, LedgerRow

RECENT_DAYS = 365
EXPLAIN_DAYS = 90
"""Days between the end of a year and its bilan, at the end of March: time to explain a gap."""


class CpogFacts:
    """Contracts in force at a date; those that ended are read for their deadlines only."""

    def __init__(self, cpog: CpogService) -> None:
        self._cpog = cpog

    def __call__(self, on: date) -> Facts:
        """Everything at a date."""
        running = [row for row in self._cpog.contracts(on) if row.starts_on <= on <= row.ends_on]
        cards = [(row, card) for row in running for card in self._cards(row, on)]
        return Facts(
            hypotheses=tuple(fact for row in running for fact in self._hypotheses(row)),
            trajectories=tuple(_trajectory(row, card) for row, card in cards),
            gauges=tuple(fact for row in running for fact in self._gauges(row, on)),
            leads=tuple(_lead(row, on) for row in running),
            dues=tuple(self._deadlines(on)),
        )

    def _cards(self, row: CpogRow, on: date) -> Iterator[IndicatorCard]:
        """Cards of the indicators where something was written: the others hold no trajectory."""
        for card in self._cpog.cards(row.code, on):
            if card.row.last is not None or card.row.target is not None:
                yield card

    def _hypotheses(self, row: CpogRow) -> Iterator[HypothesisFact]:
        for line in self._cpog.hypotheses(row.code):
            yield _hypothesis(row, line)

    def _gauges(self, row: CpogRow, on: date) -> Iterator[GaugeFact]:
        gauges = self._cpog.gauges(row.code, on.year, on)
        progress, results = gauges.progress[0], gauges.results[0]
        subject = _subject(row, "cpog", row.uuid, row.label)
        yield GaugeFact(
            subject,
            (int(progress.numerator), int(progress.denominator)),
            (int(results.numerator), int(results.denominator)),
        )

    def _deadlines(self, on: date) -> Iterator[DueFact]:
        """Deadlines of the contracts in force, those of the last year at most: older ones are history."""
        running = {row.uuid: row for row in self._cpog.contracts(on) if row.starts_on <= on <= row.ends_on}
        for line in self._cpog.calendar(on):
            contract = running.get(line.cpog_uuid)
            if contract is None or line.days < -RECENT_DAYS:
                continue
            key = f"{line.cpog_uuid}:{line.code}:{line.year}"
            subject = _subject(contract, "deadline", key, f"{line.label} ({line.year})")
            yield DueFact("deadline", subject, line.due_on, line.done_on is not None, f"{line.cpog_code}")


def _subject(row: CpogRow, kind: str, uuid: str, label: str) -> Subject:
    return Subject(kind, uuid, label, row.departement, fictitious=row.fictitious, owner=row.code)


def _hypothesis(row: CpogRow, line: HypothesisRow) -> HypothesisFact:
    known = sorted(line.observations, key=lambda seen: seen.period.rank)
    return HypothesisFact(
        _subject(row, "hypothesis", line.hypothesis.uuid, line.hypothesis.label),
        line.hypothesis.low,
        line.hypothesis.high,
        tuple((seen.period.label, seen.number) for seen in known),
        line.hypothesis.unit,
    )


def _trajectory(row: CpogRow, card: IndicatorCard) -> TrajectoryFact:
    years = {place: period.year for place, period in enumerate(card.periods) if not period.quarter}

    def series(kind: str) -> dict[int, float]:
        points = card.points(kind)
        return {
            year: point.number
            for place, year in years.items()
            if (point := points[place]) is not None and point.number is not None
        }

    low, high = series(SeriesKind.LOW), series(SeriesKind.HIGH)
    initial, revised, explained = _revision(card.ledger)
    return TrajectoryFact(
        _subject(row, "cpog_indicator", card.row.uuid, card.row.name),
        actual=series(ACTUAL),
        tunnel={year: (low[year], high[year]) for year in low if year in high},
        targets={**series(SeriesKind.INITIAL), **series(SeriesKind.REVISED)},
        reference=card.indicator.reference,
        initial=initial,
        revised=revised,
        explained=explained,
        unit=card.row.unit,
        follow_up_only=card.row.type is IndicatorType.FOLLOW,
    )


def _revision(ledger: LedgerRow) -> tuple[float | None, float | None, float | None]:
    """Return initial, revised and explained of the year whose residue is the largest."""
    unbalanced = [found for found in ledger.waterfalls if not found.balanced]
    if not unbalanced:
        return None, None, None
    worst = max(unbalanced, key=lambda found: abs(found.residue))
    return worst.initial, worst.revised, worst.explained


def _lead(row: CpogRow, on: date) -> LeadFact:
    subject = _subject(row, "cpog", row.uuid, row.label)
    return LeadFact(subject, on, EXPLAIN_DAYS, row.ends_on)

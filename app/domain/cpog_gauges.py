"""Two gauges never averaged: progress of actions, achievement of results; each says how it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.cpog_codes import ActionState


class Outcome(StrEnum):
    """What became of one result target."""

    REACHED = "atteinte"
    MISSED = "non_atteinte"
    UNAVAILABLE = "indisponible"


class Rule(StrEnum):
    """How unavailable and unsettled values count."""

    ALL = "tous"
    """Reached over all: an unavailable value counts as not reached."""
    KNOWN = "connus"
    """Reached over those whose value is known."""
    SETTLED = "fermes"
    """Reached on a settled value (neither provisional nor contested), over all."""


RULE_TEXTS: dict[Rule, str] = {
    Rule.ALL: "cibles atteintes sur toutes les cibles, une valeur indisponible comptant comme non atteinte",
    Rule.KNOWN: "cibles atteintes sur les seules cibles dont la valeur est connue",
    Rule.SETTLED: "cibles atteintes sur une valeur ferme, ni provisoire ni contestée, sur toutes les cibles",
}
PROGRESS_TEXTS: dict[bool, str] = {
    True: "actions réalisées sur toutes les actions suivies, déprogrammées et abandonnées comprises",
    False: "actions réalisées sur les actions suivies, hors déprogrammées et abandonnées",
}
STOPPED = frozenset({ActionState.DEPROGRAMMED, ActionState.ABANDONED})


@dataclass(frozen=True, slots=True)
class Judged:
    """One target of the year; unsettled: its value is provisional, estimated, or read in two ways."""

    outcome: Outcome
    unsettled: bool = False
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Gauge:
    """A share with its terms and its rule; share is None when nothing can be counted."""

    numerator: float
    denominator: float
    rule: str
    weighted: bool = False

    @property
    def share(self) -> float | None:
        """Percentage from 0 to 100."""
        return 100 * self.numerator / self.denominator if self.denominator else None


def results_gauge(judged: Iterable[Judged], rule: Rule, *, weighted: bool = False) -> Gauge:
    """Count targets reached. Weighted: sums of weights, a target without weight counting 1."""
    kept = [j for j in judged if rule is not Rule.KNOWN or j.outcome is not Outcome.UNAVAILABLE]
    reached = [
        j for j in kept
        if j.outcome is Outcome.REACHED and not (rule is Rule.SETTLED and j.unsettled)
    ]  # fmt: skip
    return Gauge(_total(reached, weighted), _total(kept, weighted), RULE_TEXTS[rule], weighted)


def _total(judged: list[Judged], weighted: bool) -> float:
    return sum((_weight(j.weight) if weighted else 1.0 for j in judged), 0.0)


def _weight(weight: float | None) -> float:
    return 1.0 if weight is None else weight


def progress_gauge(
    actions: Iterable[tuple[ActionState, float | None]],
    *,
    stopped_counted: bool = True,
    weighted: bool = False,
) -> Gauge:
    """Count actions done. actions: state and optional weight of each action followed."""
    kept = [(s, w) for s, w in actions if stopped_counted or s not in STOPPED]
    done = [(s, w) for s, w in kept if s is ActionState.DONE]

    def total(items: Sequence[tuple[ActionState, float | None]]) -> float:
        return sum((_weight(weight) if weighted else 1.0 for _, weight in items), 0.0)

    return Gauge(total(done), total(kept), PROGRESS_TEXTS[stopped_counted], weighted)

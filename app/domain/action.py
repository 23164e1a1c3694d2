"""Fiches action: kinds, statuses that need a reason, progress derived from étapes, lateness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ctg_errors import ReasonNeeded


class NodeKind(StrEnum):
    """Levels of the plan above the fiches."""

    ISSUE = "enjeu"
    STRATEGIC = "strategique"
    OPERATIONAL = "operationnel"


PARENT_KINDS: dict[NodeKind, tuple[NodeKind | None, ...]] = {
    NodeKind.ISSUE: (None,),
    NodeKind.STRATEGIC: (NodeKind.ISSUE,),
    NodeKind.OPERATIONAL: (NodeKind.STRATEGIC, NodeKind.ISSUE),
}
"""Where each level may stand: some plans have only one level of objectives. A fiche stands anywhere."""


class ActionState(StrEnum):
    """Status of a fiche."""

    TO_START = "a_lancer"
    RUNNING = "en_cours"
    DONE = "realisee"
    POSTPONED = "reportee"
    DESCHEDULED = "deprogrammee"
    DROPPED = "abandonnee"
    CONDITIONAL = "conditionnee"


NEEDS_REASON = frozenset(
    {ActionState.POSTPONED, ActionState.DESCHEDULED, ActionState.DROPPED, ActionState.CONDITIONAL}
)
"""Statuses that nobody takes without saying why, who decided and when."""

STOPPED = frozenset({ActionState.DESCHEDULED, ActionState.DROPPED})
"""Statuses after which nothing is due any more."""

ALIVE = frozenset(ActionState) - STOPPED - {ActionState.DONE}
"""Statuses that a renewal carries on."""


class ActionKind(StrEnum):
    """What a fiche does to the offer."""

    MAINTAIN = "maintien"
    DEVELOP = "developpement"
    REDEPLOY = "redeploiement"
    CREATE = "creation"


class OriginKind(StrEnum):
    """Where a fiche comes from."""

    FINDING = "constat"
    NATIONAL = "nationale"
    LOCAL = "locale"
    GAP = "maillage"


class CafRole(StrEnum):
    """How the Caf stands in a fiche."""

    ALONE = "seule"
    COMPLEMENT = "complement"
    SUBSIDIARY = "subsidiarite"


def check_reason(status: ActionState, reason: str, decider: str, decided_on: date | None) -> None:
    """Raise ReasonNeeded if the status needs a reason, a decider and a date, and one is missing."""
    if status not in NEEDS_REASON:
        return
    given = {"reason": reason.strip(), "decider": decider.strip(), "decided_on": decided_on}
    missing = tuple(name for name, value in given.items() if not value)
    if missing:
        raise ReasonNeeded(status=status, missing=missing)


@dataclass(frozen=True, slots=True)
class Step:
    """An étape: its dates alone."""

    planned_on: date | None
    done_on: date | None

    def late_days(self, on: date) -> int:
        """Days since it was due, 0 if it is done, not due, or not dated."""
        if self.done_on is not None or self.planned_on is None:
            return 0
        return max((on - self.planned_on).days, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fiche is: percent is None when nothing tells (no étape, no override)."""

    done: int
    total: int
    percent: int | None
    overridden: bool = False


def progress_of(steps: Sequence[Step], status: ActionState, override: int | None = None) -> Progress:
    """Progress from the étapes done, in percent between 0 and 100; an override replaces it.

    Without étape, a fiche « réalisée » is at 100, one « à lancer » at 0, any other is unknown. A share that
    is not whole is rounded down, so that 100 means that all is done.
    """
    done = sum(step.done_on is not None for step in steps)
    if override is not None:
        return Progress(done, len(steps), min(max(override, 0), 100), overridden=True)
    if steps:
        return Progress(done, len(steps), done * 100 // len(steps))
    known = {ActionState.DONE: 100, ActionState.TO_START: 0}
    return Progress(0, 0, known.get(status))


def action_late_days(status: ActionState, ends_on: date | None, steps: Sequence[Step], on: date) -> int:
    """Days of the longest delay of a fiche or of its étapes; 0 once it is done or stopped."""
    if status in STOPPED or status is ActionState.DONE:
        return 0
    own = max((on - ends_on).days, 0) if ends_on is not None else 0
    return max([own, *(step.late_days(on) for step in steps)])


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator of a fiche: start, latest actual, target of the same year or the next one."""

    baseline: float | None
    actual: float | None
    target: float | None
    direction: str


def is_reached(result: Result) -> bool | None:
    """Tell whether the actual meets the target, None when it cannot be told."""
    if result.actual is None or result.target is None or result.direction not in ("up", "down"):
        return None
    if result.direction == "up":
        return result.actual >= result.target
    return result.actual <= result.target

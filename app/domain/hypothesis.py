"""What a target supposes: the alert comes from the hypothesis, even if the indicator holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.cpog_points import Hypothesis, Observation


@dataclass(frozen=True, slots=True)
class HypothesisState:
    """Last observation, number of latest periods outside the range in a row, alert or not.

    deviation: last value minus the expected one; None if either is unknown.
    """

    last: Observation | None
    outside: bool
    in_a_row: int
    alert: bool
    deviation: float | None


def hypothesis_state(hypothesis: Hypothesis, observations: Iterable[Observation]) -> HypothesisState:
    """Judge a hypothesis by its numeric observations, oldest first whatever their order.

    Quarters and years are not mixed: the finer of the two kinds present is kept.
    """
    kept = [o for o in observations if o.hypothesis_uuid == hypothesis.uuid and o.number is not None]
    if any(o.quarter for o in kept):
        kept = [o for o in kept if o.quarter]
    kept.sort(key=lambda o: o.period)
    in_a_row = 0
    for observation in reversed(kept):
        if not is_outside(hypothesis, observation.number):
            break
        in_a_row += 1
    last = kept[-1] if kept else None
    number = last.number if last else None
    deviation = None if number is None or hypothesis.value is None else number - hypothesis.value
    return HypothesisState(last, in_a_row > 0, in_a_row, in_a_row >= max(hypothesis.periods, 1), deviation)


def is_outside(hypothesis: Hypothesis, number: float | None) -> bool:
    """Tell whether a value leaves the range; a bound that is not given does not bind."""
    if number is None:
        return False
    if hypothesis.low is not None and number < hypothesis.low:
        return True
    return hypothesis.high is not None and number > hypothesis.high

"""Two gauges, each with its terms and its rule."""

from __future__ import annotations

import pytest

from app.domain.cpog_codes import ActionState
from app.domain.cpog_gauges import Judged, Outcome, Rule, progress_gauge, results_gauge

REACHED, MISSED, UNAVAILABLE = Outcome.REACHED, Outcome.MISSED, Outcome.UNAVAILABLE
AXES = ((7, 1, 1), (11, 11, 0), (11, 2, 1))
"""Results of 2021 by axis: reached, missed, unavailable. The report also counts 23 reached: six of the
29 are then left out; which ones it does not say, the first six stand for them here."""


def table() -> list[Judged]:
    found = [
        Judged(outcome)
        for counts in AXES
        for outcome, count in zip((REACHED, MISSED, UNAVAILABLE), counts, strict=True)
        for _ in range(count)
    ]
    unsettled = [i for i, judged in enumerate(found) if judged.outcome is REACHED][:6]
    return [Judged(j.outcome, i in unsettled) for i, j in enumerate(found)]


@pytest.mark.parametrize(
    ("rule", "numerator", "denominator", "share"),
    [(Rule.SETTLED, 23, 45, 51.1), (Rule.ALL, 29, 45, 64.4), (Rule.KNOWN, 29, 43, 67.4)],
)
def test_three_rates_are_true_of_one_table(
    rule: Rule, numerator: int, denominator: int, share: float
) -> None:
    gauge = results_gauge(table(), rule)
    assert (gauge.numerator, gauge.denominator) == (numerator, denominator)
    assert gauge.share == pytest.approx(share, abs=0.05)
    assert gauge.rule


def test_weights_make_another_reading_and_default_to_one() -> None:
    judged = [Judged(REACHED, weight=3), Judged(MISSED)]
    assert results_gauge(judged, Rule.ALL).share == 50
    assert results_gauge(judged, Rule.ALL, weighted=True).share == 75


def test_nothing_to_count_gives_no_share() -> None:
    assert results_gauge([], Rule.ALL).share is None
    assert results_gauge([Judged(UNAVAILABLE)], Rule.KNOWN).share is None


def test_progress_says_what_became_of_stopped_actions() -> None:
    actions = [(ActionState.DONE, None), (ActionState.RUNNING, None), (ActionState.ABANDONED, None)]
    assert progress_gauge(actions).denominator == 3
    assert progress_gauge(actions, stopped_counted=False).share == 50
    assert progress_gauge(actions).rule != progress_gauge(actions, stopped_counted=False).rule

"""Each rule triggered and not triggered, on hand-made facts; the engine and its answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alert_checks import CHECKS, late_effort
from app.domain.alert_facts import (
    CommitmentFact,
    DueFact,
    Facts,
    FreshnessFact,
    GainFact,
    GaugeFact,
    HypothesisFact,
    LeadFact,
    RatioFact,
    ShareFact,
    SpreadFact,
    Subject,
    TrajectoryFact,
)
from app.domain.alerts import Answer, age_classes, find_alerts, load_rules, sort_alerts  # fmt: skip

ON = date(2026, 11, 21)
IT = Subject("thing", "u1", "Chose")


def evidence(code: str, facts: Facts, on: date = ON) -> list[str]:
    rule = next(rule for rule in load_rules() if rule.code == code)
    return [alert.evidence for alert in find_alerts(facts, [rule], on)]


def path(**more: Any) -> TrajectoryFact:
    base: dict[str, Any] = {"actual": {}, "tunnel": {}, "targets": {}}
    return TrajectoryFact(IT, **(base | more))


def hypothesis(*values: float | None) -> Facts:
    observed = tuple((f"T{i}", value) for i, value in enumerate(values, 1))
    return Facts(hypotheses=[HypothesisFact(IT, 1.0, 2.0, observed)])


CASES: Sequence[tuple[str, Facts, bool]] = [
    ("hypothesis_out", hypothesis(1.5, 2.5, 2.6), True),
    ("hypothesis_out", hypothesis(2.5, 1.5, 2.6), False),
    ("hypothesis_out", hypothesis(2.5), False),
    ("hypothesis_out", hypothesis(2.5, None, 0.2), True),
    ("tunnel_out", Facts(trajectories=[path(actual={2025: 9.0}, tunnel={2025: (4.0, 8.0)})]), True),
    ("tunnel_out", Facts(trajectories=[path(actual={2025: 3.0}, tunnel={2025: (4.0, 8.0)})]), True),
    ("tunnel_out", Facts(trajectories=[path(actual={2025: 8.0}, tunnel={2025: (4.0, 8.0)})]), False),
    (
        "tunnel_out",
        Facts(trajectories=[path(actual={2025: 9.0}, tunnel={2025: (4.0, 8.0)}, follow_up_only=True)]),
        False,
    ),
    ("gain_before_observed", Facts(gains=[GainFact(IT, 2026, None, "12 ETP")]), True),
    ("gain_before_observed", Facts(gains=[GainFact(IT, 2025, 2025)]), False),
    ("gain_before_observed", Facts(gains=[GainFact(IT, 2027, None)]), False),
    ("back_loaded", Facts(trajectories=[path(targets={2023: 10, 2024: 12, 2025: 20, 2026: 30})]), True),
    ("back_loaded", Facts(trajectories=[path(targets={2023: 10, 2024: 20, 2025: 25, 2026: 29})]), False),
    ("done_without_results", Facts(gauges=[GaugeFact(IT, (82, 100), (29, 50))]), True),
    ("done_without_results", Facts(gauges=[GaugeFact(IT, (79, 100), (29, 50))]), False),
    ("done_without_results", Facts(gauges=[GaugeFact(IT, (82, 100), (30, 50))]), False),
    ("done_without_results", Facts(gauges=[GaugeFact(IT, (82, 100), (0, 0))]), False),
    (
        "partner_late",
        Facts(commitments=[CommitmentFact(IT, "Commune", False, date(2026, 9, 1), False, "fiche 1.1")]),
        True,
    ),
    (
        "partner_late",
        Facts(commitments=[CommitmentFact(IT, "Commune", False, date(2026, 9, 1), False, "")]),
        False,
    ),
    (
        "partner_late",
        Facts(commitments=[CommitmentFact(IT, "Caf", True, date(2026, 9, 1), False, "fiche 1.1")]),
        False,
    ),
    ("misleading_mean", Facts(spreads=[SpreadFact(IT, 70.6, 70.0, (("A", 46.8), ("B", 80.0)))]), True),
    ("misleading_mean", Facts(spreads=[SpreadFact(IT, 70.6, 70.0, (("A", 55.0), ("B", 80.0)))]), False),
    ("misleading_mean", Facts(spreads=[SpreadFact(IT, 60.0, 70.0, (("A", 46.8),))]), False),
    (
        "eviction",
        Facts(shares=[ShareFact(IT, "Caf", {
            "Caf": {2023: 40, 2024: 45, 2025: 50}, "Commune": {2023: 40, 2024: 35, 2025: 30},
        })]),
        True,
    ),
    (
        "eviction",
        Facts(shares=[ShareFact(IT, "Caf", {
            "Caf": {2023: 40, 2024: 45, 2025: 50}, "Commune": {2023: 40, 2024: 41, 2025: 30},
        })]),
        False,
    ),
    ("stale", Facts(freshness=[FreshnessFact(IT, 2022, 1, 2)]), True),
    ("stale", Facts(freshness=[FreshnessFact(IT, 2023, 1, 2)]), False),
    ("ratio_differs", Facts(ratios=[RatioFact(IT, 70.0, 58.5)]), True),
    ("ratio_differs", Facts(ratios=[RatioFact(IT, 70.0, 69.6)]), False),
    ("residue", Facts(trajectories=[path(initial=1000.0, revised=1894.0, explained=890.0)]), True),
    ("residue", Facts(trajectories=[path(initial=1000.0, revised=1511.0, explained=511.0)]), False),
    ("too_late", Facts(leads=[LeadFact(IT, date(2026, 11, 1), 90, date(2026, 12, 31))]), True),
    ("too_late", Facts(leads=[LeadFact(IT, date(2026, 9, 1), 90, date(2026, 12, 31))]), False),
    ("deadline", Facts(dues=[DueFact("deadline", IT, date(2027, 1, 15))]), True),
    ("deadline", Facts(dues=[DueFact("deadline", IT, date(2027, 1, 31))]), False),
    ("deadline", Facts(dues=[DueFact("deadline", IT, date(2027, 1, 15), done=True)]), False),
    ("ctg_end", Facts(dues=[DueFact("ctg_end", IT, date(2027, 6, 30))]), True),
    ("licence_end", Facts(dues=[DueFact("licence_end", IT, date(2027, 6, 30))]), False),
    ("decision_late", Facts(dues=[DueFact("decision_late", IT, date(2026, 11, 1))]), True),
    ("action_late", Facts(dues=[DueFact("action_late", IT, date(2026, 12, 1))]), False),
    ("sheet_due", Facts(dues=[DueFact("sheet_due", IT, date(2027, 1, 10))]), True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts", "rings"), CASES)
def test_a_rule_rings_when_it_must_and_only_then(code: str, facts: Facts, rings: bool) -> None:
    said = evidence(code, facts)
    assert len(said) == int(rings)


def test_every_delivered_rule_is_checked_both_ways() -> None:
    codes = {rule.code for rule in load_rules()}
    assert codes == set(CHECKS)
    rung = {code for code, _, rings in CASES if rings}
    silent = {code for code, _, rings in CASES if not rings}
    twelve = {rule.code for rule in load_rules() if rule.order <= 12}
    assert len(twelve) == 12
    assert twelve <= rung & silent


def test_the_evidence_holds_the_figures() -> None:
    facts = Facts(gauges=[GaugeFact(IT, (82, 100), (23, 45))])
    assert evidence("done_without_results", facts) == [
        "actions 82 sur 100 (82\u202f%), résultats 23 sur 45 (51\u202f%)"
    ]


def test_three_quarters_of_the_effort_at_the_end() -> None:
    # 10 → 30: 20 in all, 15 of them in the last two years (15 → 30): 75 %
    assert late_effort({2023: 12.0, 2024: 15.0, 2025: 20.0, 2026: 30.0}, 10.0) == pytest.approx(75.0)
    assert late_effort({2025: 20.0, 2026: 30.0}, 10.0) is None
    assert late_effort({2023: 12.0, 2024: 11.0, 2025: 20.0, 2026: 30.0}, 10.0) is None


def test_a_threshold_of_the_base_wins_and_a_rule_may_sleep() -> None:
    rules = load_rules({"stale": {"active": False}, "misleading_mean": {"threshold": 5}})
    by = {rule.code: rule for rule in rules}
    facts = Facts(
        freshness=[FreshnessFact(IT, 2001, 1, 1)], spreads=[SpreadFact(IT, 70.6, 70.0, (("A", 60.0),))]
    )
    assert [alert.rule.code for alert in find_alerts(facts, rules, ON)] == ["misleading_mean"]
    assert by["misleading_mean"].threshold == 5.0


def test_late_alerts_come_first_and_are_counted_by_age() -> None:
    days = (10, 20, 45, 75, 100, 400)
    dues = [
        DueFact("decision_late", Subject("decision", str(i), f"D{i}"), ON - timedelta(days=late))
        for i, late in enumerate(days)
    ]
    found = find_alerts(Facts(dues=[*dues, DueFact("deadline", IT, ON)]), load_rules(), ON)
    assert [alert.days for alert in found] == [400, 100, 75, 45, 20, 10, 0]
    assert age_classes(found) == (1, 1, 1, 1, 1, 1)


def test_an_alert_put_off_comes_back_and_a_new_date_is_a_new_alert() -> None:
    facts = Facts(dues=[DueFact("deadline", IT, date(2026, 12, 1))])
    found = find_alerts(facts, load_rules(), ON)
    answer = Answer(found[0].key, False, date(2026, 11, 25), "congés", "2026-11-21T10:00:00")
    assert sort_alerts(found, [answer], ON).shown == ()
    assert sort_alerts(found, [answer], date(2026, 11, 25)).shown == found
    moved = find_alerts(Facts(dues=[DueFact("deadline", IT, date(2026, 12, 8))]), load_rules(), ON)
    assert sort_alerts(moved, [answer], ON).shown == moved
    done = Answer(found[0].key, True, None, "envoyé", "2026-11-22T10:00:00")
    assert sort_alerts(found, [done, answer], date(2027, 3, 1)).shown == ()


@given(st.lists(st.floats(0, 100), min_size=4, max_size=8))
def test_late_effort_is_a_share(steps: list[float]) -> None:
    targets = {2020 + i: sum(steps[: i + 1]) for i in range(len(steps))}
    part = late_effort(targets, 0.0)
    assert part is None or -1e-6 <= part <= 100 + 1e-6

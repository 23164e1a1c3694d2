"""Rules of maillage: read, checked, applied; a gap is « manque » only when it is proved."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from app.domain.coverage import Answer, Criterion, Network
from app.domain.coverage_build import scene_of
from app.domain.coverage_errors import BadRule
from app.domain.coverage_knowledge import Declared, Evidence
from app.domain.coverage_reach import Reach
from app.domain.coverage_scene import Scene
from app.domain.maillage import (
    Condition,
    GapCertainty,
    Measure,
    Rule,
    check_rule,
    load_rules,
    rule_of,
    rule_row,
)
from app.domain.maillage_gaps import RuleResult, Terms, apply_rule, counted_groups, knowledges_of
from app.domain.register import Childminders, Point, Register, Zone
from app.domain.territory import Level
from tests.domain.coverage_cases import (
    DAY,
    EPCI_OF,
    MEMBERS,
    NORTH,
    SOUTH,
    ask,
    evidence,
    ground,
    register,
    service,
    whole,
)

RULES = {rule.code: rule for rule in load_rules()}
TERMS = Terms(10_000, 10_000, 70, dict.fromkeys((*MEMBERS, *EPCI_OF, "79"), "79"), EPCI_OF)


def apply(rule: Rule, known: Evidence) -> RuleResult:
    scene = scene_of(ask(Network.LAEP, known))
    land = ground(rule.level)
    knowledges = knowledges_of(rule, known)
    own: Scene = replace(
        scene,
        level=rule.level,
        ground=land,
        knowledges=knowledges,
        reach=Reach(knowledges, land, Criterion(), effective=False),
    )
    return apply_rule(rule, own, TERMS)


def all_of(*kinds: str) -> tuple[Declared, ...]:
    return tuple(whole(kind, Level.DEPARTEMENT, "79") for kind in kinds)


def test_the_delivered_rules_are_those_of_the_two_conventions() -> None:
    assert set(RULES) == {"laep_arrondissement", "laep_itinerant", "avs_epci_rural", "rpe_10000", "rpe_etp"}
    assert RULES["laep_arrondissement"].level is Level.ARRONDISSEMENT
    assert RULES["avs_epci_rural"].condition is Condition.RURAL
    assert all(rule.source and rule.delivered for rule in RULES.values())


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_a_rule_survives_being_written(rule: Rule) -> None:
    changed = replace(rule, threshold=2500.0, ratio=60.0, starts_on=DAY, ends_on=datetime.date(2030, 1, 1))
    assert replace(rule_of(rule_row(changed)), delivered=True) == changed


@pytest.mark.parametrize(
    ("field", "value"),
    [("label", " "), ("kinds", ()), ("minimum", 0), ("threshold", -1.0), ("ratio", 0.0), ("ends_on", DAY)],
)
def test_a_rule_without_sense_is_refused(field: str, value: object) -> None:
    rule = replace(RULES["rpe_10000"], starts_on=DAY)
    with pytest.raises(BadRule) as refused:
        check_rule(replace(rule, **{field: value}))  # type: ignore[arg-type]
    assert refused.value.facts["field"] == field


def test_a_rule_lives_between_its_dates() -> None:
    rule = replace(RULES["rpe_10000"], starts_on=DAY, ends_on=datetime.date(2027, 1, 1))
    days = [datetime.date(2025, 1, 1), DAY, datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]
    assert [rule.lives(day) for day in days] == [False, True, True, False]
    assert not replace(rule, active=False).lives(DAY)


def test_kinds_of_a_whole_group_keep_the_series_that_counts_them() -> None:
    assert counted_groups(("eaje", "micro_creche"))[0].indicators == ("eaje", "micro_creche")
    assert counted_groups(("eaje",))[0].indicators == ()
    assert [group.kinds for group in counted_groups(("centre_social", "evs"))] == [
        ("centre_social",),
        ("evs",),
    ]


def test_an_unknown_is_not_a_missing() -> None:
    result = apply(replace(RULES["avs_epci_rural"], condition=Condition.ALL), evidence(register()))
    assert [gap.certainty for gap in result.gaps] == [GapCertainty.UNKNOWN] * 2
    assert all(gap.found is None and gap.missing is None for gap in result.gaps)
    assert result.count(Answer.NO) == 0


def test_a_missing_is_proved_and_carries_a_draft() -> None:
    known = evidence(register(service("1", "evs", "C1")), declared=all_of("centre_social", "evs"))
    result = apply(RULES["avs_epci_rural"], known)
    # the north holds a commune of 12 000: it is not rural, the rule leaves it out
    assert result.outside == 1
    (gap,) = result.gaps
    assert (gap.code, gap.needed, gap.found, gap.missing) == (SOUTH, 1, 0, 1)
    assert gap.certainty is GapCertainty.MISSING
    assert gap.population == 1000
    assert gap.draft.communes == ("C3", "C4")
    assert gap.draft.title == "Créer un centre social ou EVS\u202f: Epci E2"
    assert gap.draft.constat == gap.reason
    assert "version 1" in gap.draft.source
    assert "Trouvé\u202f: aucun (registre, liste déclarée complète)" in gap.reason


def test_large_communes_need_a_rpe() -> None:
    counts = {"rpe": {"C1": 0.0, "C2": 0.0, "C3": 0.0, "C4": 0.0}}
    result = apply(RULES["rpe_10000"], evidence(register(), counts))
    (gap,) = result.gaps
    assert (gap.code, gap.certainty, gap.draft.code_epci) == ("C1", GapCertainty.MISSING, NORTH)
    assert result.rule.threshold == 10_000  # the dated parameter, since the rule has no number of its own
    own = apply(replace(RULES["rpe_10000"], threshold=2_999.0), evidence(register(), counts))
    assert [gap.code for gap in own.gaps] == ["C1", "C2"]


def test_one_etp_for_seventy_childminders_by_hand() -> None:
    # 210 childminders need 3 ETP; 2.5 are there: 0.5 is missing
    held = register(
        service("1", "rpe", "C1", fte=2.5),
        childminders=(Childminders("a", Level.EPCI, NORTH, 2025, None, 210, None),),
    )
    result = apply(RULES["rpe_etp"], evidence(held, declared=all_of("rpe")))
    north, south = result.gaps
    assert (north.needed, north.found) == (3, 2.5)
    assert north.missing == pytest.approx(0.5)
    assert north.draft.kind == "developpement"
    assert south.certainty is GapCertainty.UNKNOWN  # nobody counted its childminders
    enough = apply(replace(RULES["rpe_etp"], ratio=84.0), evidence(held, declared=all_of("rpe")))
    assert dict(enough.answers)[NORTH] is Answer.YES


def test_an_itinerant_offer_is_not_a_fixed_one() -> None:
    fixed = service("1", "laep", "C1", itinerant=False)
    result = apply(RULES["laep_itinerant"], evidence(register(fixed), declared=all_of("laep")))
    assert [gap.certainty for gap in result.gaps] == [GapCertainty.MISSING] * 2
    points = (Point("p", "", "C1"), Point("q", "", "C4"))
    travels = service("1", "laep", "C1", itinerant=True, points=points)
    assert apply(RULES["laep_itinerant"], evidence(register(travels), declared=all_of("laep"))).gaps == ()
    vague = service("1", "laep", "C1")
    result = apply(RULES["laep_itinerant"], evidence(register(vague), declared=all_of("laep")))
    assert {gap.code: gap.certainty for gap in result.gaps} == {
        NORTH: GapCertainty.UNKNOWN,  # nobody said whether this one travels
        SOUTH: GapCertainty.MISSING,
    }


def test_hours_as_a_rule() -> None:
    rule = replace(RULES["laep_itinerant"], measure=Measure.HOURS, minimum=100.0, itinerant=None)
    held = register(service("1", "laep", "C1", hours_per_year=80.0))
    north = apply(rule, evidence(held, declared=all_of("laep"))).gaps[0]
    assert (north.needed, north.found, north.certainty) == (100, 80, GapCertainty.MISSING)


def test_a_rule_about_zones_needs_zones() -> None:
    rule = replace(RULES["avs_epci_rural"], condition=Condition.ZRR)
    assert apply(rule, evidence(register())).blocked == "zones"
    held = Register(zones=(Zone("z", "zrr", "", "Zrr", ("C4",)),))
    assert [code for code, _ in apply(rule, evidence(held)).answers] == [SOUTH]

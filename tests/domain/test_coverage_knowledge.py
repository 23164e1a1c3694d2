"""How many, and how surely: nothing named is never a zero unless something proves it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coverage import Answer, Basis, Certainty, Network, Share, share_of
from app.domain.indicator import ValueState
from app.domain.register import KnownTotal, PlaceGroup, Status
from app.domain.territory import Level
from tests.domain.coverage_cases import (
    DAY,
    NORTH,
    PEOPLE,
    SOUTH,
    ask,
    build_coverage,
    evidence,
    register,
    service,
    whole,
)


def test_an_empty_register_is_not_known_and_never_zero() -> None:
    coverage = build_coverage(ask(Network.LAEP, evidence(register())))
    for row in coverage.rows:
        assert row.count.number is None
        assert row.nominal_answer is Answer.UNKNOWN
    assert coverage.value(NORTH, "nb_laep").state is ValueState.NO_DATA
    assert (coverage.territories.low, coverage.territories.high) == (0.0, 100.0)
    assert coverage.territories.rate is None


def test_named_equipment_is_a_lower_bound() -> None:
    coverage = build_coverage(ask(Network.LAEP, evidence(register(service("1", "laep", "C1")))))
    row = coverage.row(NORTH)
    assert (row.count.number, row.count.certainty) == (1, Certainty.AT_LEAST)
    assert row.nominal_answer is Answer.YES
    assert coverage.row(SOUTH).nominal_answer is Answer.UNKNOWN
    assert coverage.partial("nb_laep") == (NORTH,)
    assert coverage.series("nb_laep").indicator.label == "Laep (au moins)"
    assert coverage.value(NORTH, "nb_laep").formula.startswith("au moins")


def test_a_declared_whole_list_makes_zeros() -> None:
    known = evidence(register(service("1", "laep", "C1")), declared=(whole("laep", Level.DEPARTEMENT, "79"),))
    coverage = build_coverage(ask(Network.LAEP, known))
    assert coverage.row(NORTH).count.certainty is Certainty.EXACT
    assert coverage.value(SOUTH, "nb_laep").state is ValueState.ZERO
    assert coverage.territories == Share(1, 1, 0)
    assert coverage.territories.rate == 50
    # 15 000 of the 16 000 inhabitants live in the Epci that is covered: the two shares differ
    assert coverage.population.rate == pytest.approx(93.75)


def test_a_declaration_is_not_read_before_its_date() -> None:
    known = evidence(register(), declared=(whole("laep", Level.EPCI, NORTH),))
    from dataclasses import replace

    before = replace(known, on=datetime.date(2023, 6, 1))
    assert build_coverage(ask(Network.LAEP, before)).row(NORTH).count.number is None


@pytest.mark.parametrize(("total", "certainty"), [(1, Certainty.EXACT), (2, Certainty.AT_LEAST)])
def test_a_known_total_proves_the_list_only_when_it_is_reached(total: int, certainty: Certainty) -> None:
    held = register(
        service("1", "laep", "C1"),
        totals=(KnownTotal("laep", Level.DEPARTEMENT, "79", 2022, total, "CPOG"),),
    )
    coverage = build_coverage(ask(Network.LAEP, evidence(held)))
    assert coverage.row(NORTH).count.certainty is certainty
    south = coverage.row(SOUTH).count
    # two Laep in the département, one named: the other is never given to an Epci
    assert south.number == (0 if certainty is Certainty.EXACT else None)
    assert len(coverage.totals) == (0 if certainty is Certainty.EXACT else 1)


def test_the_total_of_a_territory_is_its_count() -> None:
    held = register(totals=(KnownTotal("laep", Level.EPCI, SOUTH, 2024, 3, "enquête"),))
    row = build_coverage(ask(Network.LAEP, evidence(held))).row(SOUTH)
    assert (row.count.number, row.count.basis, row.count.year) == (3, Basis.TOTAL, 2024)
    assert row.nominal_answer is Answer.YES


def test_counts_by_commune_win_over_a_partial_register_and_are_told() -> None:
    counts = {"rpe": {"C1": 2.0, "C2": 0.0, "C3": 0.0, "C4": 0.0}}
    coverage = build_coverage(ask(Network.RPE, evidence(register(service("1", "rpe", "C1")), counts)))
    row = coverage.row(NORTH)
    assert (row.count.number, row.count.basis) == (2, Basis.INDICATOR)
    assert coverage.value(SOUTH, "nb_rpe").state is ValueState.ZERO
    assert any("Insee" in note for note in coverage.notes)


def test_a_register_that_names_more_than_the_counts_is_a_lower_bound() -> None:
    counts = {"rpe": dict.fromkeys(PEOPLE, 0.0)}
    row = build_coverage(ask(Network.RPE, evidence(register(service("1", "rpe", "C1")), counts))).row(NORTH)
    assert (row.count.number, row.count.certainty, row.count.basis) == (1, Certainty.AT_LEAST, Basis.REGISTER)


def test_counts_known_for_some_communes_only_are_a_lower_bound() -> None:
    row = build_coverage(ask(Network.RPE, evidence(register(), {"rpe": {"C1": 2.0}}))).row(NORTH)
    assert (row.count.number, row.count.certainty) == (2, Certainty.AT_LEAST)


def test_eaje_and_micro_creches_are_counted_together() -> None:
    counts = {"eaje": dict.fromkeys(PEOPLE, 1.0), "micro_creche": {**dict.fromkeys(PEOPLE, 0.0), "C1": 1.0}}
    coverage = build_coverage(ask(Network.EAJE, evidence(register(), counts)))
    assert coverage.value(NORTH, "nb_eaje").number == 3


def test_centres_sociaux_and_evs_are_two_lists() -> None:
    held = register(service("1", "centre_social", "C1"))
    known = evidence(held, declared=(whole("centre_social", Level.EPCI, NORTH),))
    coverage = build_coverage(ask(Network.AVS, known))
    assert coverage.row(NORTH).count.certainty is Certainty.AT_LEAST  # nobody knows about the Evs
    assert coverage.value(NORTH, "nb_centre_social").number == 1
    assert coverage.value(NORTH, "nb_evs").state is ValueState.NO_DATA


def test_closed_project_and_suspended_services() -> None:
    held = register(
        service("1", "laep", "C1", status=Status.SUSPENDED),
        service("2", "laep", "C1", closed_on=datetime.date(2025, 6, 1)),
        service("3", "laep", "C1", status=Status.PROJECT),
    )
    known = evidence(held, declared=(whole("laep", Level.DEPARTEMENT, "79"),))
    row = build_coverage(ask(Network.LAEP, known)).row(NORTH)
    assert (row.count.number, row.effective.number) == (1, 0)
    assert (row.nominal_answer, row.effective_answer) == (Answer.YES, Answer.NO)


def test_an_effective_count_without_names_is_an_estimate() -> None:
    counts = {"rpe": dict.fromkeys(PEOPLE, 1.0)}
    held = register(service("1", "rpe", "C1", status=Status.SUSPENDED))
    row = build_coverage(ask(Network.RPE, evidence(held, counts))).row(NORTH)
    assert (row.count.number, row.effective.number, row.effective.estimated) == (2, 1, True)


def test_a_lower_bound_that_falls_to_zero_says_nothing() -> None:
    held = register(service("1", "laep", "C1", status=Status.SUSPENDED))
    row = build_coverage(ask(Network.LAEP, evidence(held))).row(NORTH)
    assert row.effective.number is None
    assert row.effective_answer is Answer.UNKNOWN


def group(licensed: int | None, opened: int | None) -> PlaceGroup:
    return PlaceGroup("g", "", "psu", licensed, opened)


def test_places_by_hand() -> None:
    # 20 + 9 places for 250 children: 11.6 for 100; 18 + 9 really open: 10.8
    held = register(
        service("1", "eaje", "C1", groups=(group(20, 18),)),
        service("2", "micro_creche", "C2", groups=(group(9, 9),)),
    )
    known = evidence(
        held, declared=tuple(whole(kind, Level.EPCI, NORTH) for kind in ("eaje", "micro_creche"))
    )
    nominal = build_coverage(ask(Network.EAJE, known, children={NORTH: 250}))
    open_now = build_coverage(ask(Network.EAJE, known, children={NORTH: 250}, effective=True))
    assert nominal.value(NORTH, "propre_eaje").number == pytest.approx(11.6)
    assert open_now.value(NORTH, "propre_eaje").number == pytest.approx(10.8)
    assert nominal.value(NORTH, "propre_eaje").estimated  # births are an estimate of children
    assert [part.indicator.code for part in nominal.value(NORTH, "propre_eaje").parts] == [
        "places_eaje",
        "enfants_moins_3",
    ]


def test_a_structure_without_its_places_makes_a_lower_bound() -> None:
    held = register(
        service("1", "eaje", "C1", groups=(group(20, None),)), service("2", "eaje", "C2", groups=())
    )
    known = evidence(
        held, declared=tuple(whole(kind, Level.EPCI, NORTH) for kind in ("eaje", "micro_creche"))
    )
    coverage = build_coverage(ask(Network.EAJE, known, children={NORTH: 250}))
    assert coverage.value(NORTH, "propre_eaje").number == 8
    assert NORTH in coverage.partial("propre_eaje")
    effective = build_coverage(ask(Network.EAJE, known, children={NORTH: 250}, effective=True))
    assert effective.value(NORTH, "places_eaje").number is None


def test_small_denominators_are_flagged() -> None:
    coverage = build_coverage(ask(Network.EAJE, evidence(register()), children={NORTH: 250, SOUTH: 49}))
    assert [row.small for row in coverage.rows] == [False, True]


@given(st.lists(st.tuples(st.sampled_from(list(Answer)), st.floats(0, 1e6)), max_size=30))
def test_a_share_always_adds_up_and_brackets_the_truth(answers: list[tuple[Answer, float]]) -> None:
    share = share_of(answers)
    assert share.total == pytest.approx(sum(weight for _, weight in answers))
    if share.low is not None and share.high is not None:
        assert 0 <= share.low <= share.high <= 100 + 1e-9


numbers = st.dictionaries(st.sampled_from(sorted(PEOPLE)), st.integers(0, 9), max_size=4)


@given(numbers)
def test_the_sum_of_communes_is_the_epci(listed: dict[str, int]) -> None:
    counts = {"rpe": {code: float(number) for code, number in listed.items()}}
    known = evidence(register(), counts)
    communes = build_coverage(ask(Network.RPE, known, level=Level.COMMUNE))
    epcis = build_coverage(ask(Network.RPE, known))
    for row in epcis.rows:
        parts = [communes.row(code).count for code in (("C1", "C2") if row.code == NORTH else ("C3", "C4"))]
        total = sum(part.number or 0 for part in parts)
        if all(part.certainty is Certainty.EXACT for part in parts):
            assert (row.count.number, row.count.certainty) == (total, Certainty.EXACT)
        else:
            assert (row.count.number or 0) == total
            assert row.count.certainty is not Certainty.EXACT


@given(st.integers(0, 60), st.integers(0, 60))
def test_coverage_never_falls_when_places_are_added(first: int, more: int) -> None:
    def rate(places: int) -> float:
        held = register(service("1", "eaje", "C1", groups=(group(places, places),)))
        known = evidence(
            held, declared=tuple(whole(kind, Level.EPCI, NORTH) for kind in ("eaje", "micro_creche"))
        )
        number = build_coverage(ask(Network.EAJE, known, children={NORTH: 200})).value(NORTH, "propre_eaje")
        return number.number or 0.0

    assert rate(first + more) >= rate(first)


@pytest.mark.parametrize("state", [ValueState.MASKED, ValueState.NOT_PUBLISHED, ValueState.NO_DATA])
def test_an_official_absence_keeps_its_kind(state: ValueState) -> None:
    coverage = build_coverage(ask(Network.EAJE, evidence(register()), official={(NORTH, "couv_eaje"): state}))
    assert coverage.value(NORTH, "couv_eaje").state is state
    assert int(coverage.series("couv_eaje").states[0]) == state


def test_words_of_the_day() -> None:
    from app.domain.coverage_lists import load_figures, load_networks

    before = datetime.date(2020, 1, 1)
    labels = [line.indicator.label for line in load_figures(Network.RPE, before)]
    assert any("Ram" in label for label in labels)
    assert not any("Rpe" in label for label in labels)
    assert load_networks()[Network.RPE].at(DAY).label == "Rpe"

"""The register as it was on a day, its ledger, its zones and its signals, worked by hand."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.register import (
    Childminders,
    Equipment,
    KnownTotal,
    Movement,
    MovementKind,
    PlaceGroup,
    Point,
    Register,
    Site,
    Status,
    Transfer,
    Zone,
)
from app.domain.register_ledger import Flow, ledger, ledger_total
from app.domain.register_lists import find_kind, load_choices, load_kinds, load_signals
from app.domain.register_signals import Reading, Threshold, crossed_count, signal_lines, threshold_at
from app.domain.territory import Level
from app.domain.zones import Standing, ZoneIndex, communes_of, distance_km, standing_of, zones_of_site

DAY = datetime.date
CREATION, CLOSURE = MovementKind.CREATION, MovementKind.CLOSURE


def equipment(**facts: object) -> Equipment:
    return Equipment("e", "s", "eaje", "Les Lucioles", **facts)  # type: ignore[arg-type]


def register(*items: Equipment, **facts: object) -> Register:
    return Register((Site("s", "", "79191", equipment=items),), **facts)  # type: ignore[arg-type]


def test_the_ram_is_named_rpe_from_september_2021() -> None:
    rpe = load_kinds()["rpe"]
    assert rpe.label_at(DAY(2021, 8, 31)) == "Relais assistants maternels"
    assert rpe.label_at(DAY(2021, 9, 1)) == "Relais petite enfance"
    assert rpe.label_at(None) == "Relais petite enfance"


def test_the_list_holds_the_sixteen_kinds_with_a_shape_each() -> None:
    kinds = load_kinds()
    assert len(kinds) == 16
    assert len({kind.shape for kind in kinds.values()}) == 16
    assert {kind.network for kind in kinds.values()} == {"eaje", "rpe", "avs", "laep", "other"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EVS", "evs"), ("Relais Assistantes Maternelles", "rpe"), ("ram", "rpe"), ("D504", "rpe"),
        ("Multi-accueil", "eaje"), ("Eaje_multi_accueil", "eaje"), ("micro-creche", "micro_creche"),
        ("Lieu d'accueil enfants parents", "laep"), ("Centre socioculturel", "centre_social"),
        ("piscine", None),
    ],
)  # fmt: skip
def test_kinds_are_found_by_any_of_their_names(text: str, code: str | None) -> None:
    assert find_kind(text) == code


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, Status.OPEN),
        ({"opened_on": DAY(2024, 1, 2)}, Status.PROJECT),
        ({"opened_on": DAY(2024, 1, 1)}, Status.OPEN),
        ({"closed_on": DAY(2024, 1, 1)}, Status.CLOSED),
        ({"closed_on": DAY(2024, 1, 2)}, Status.OPEN),
        ({"status": Status.CLOSED}, Status.CLOSED),
        ({"status": Status.CLOSED, "closed_on": DAY(2025, 1, 1)}, Status.OPEN),
        ({"status": Status.PROJECT}, Status.PROJECT),
        ({"status": Status.SUSPENDED}, Status.SUSPENDED),
        ({"status": Status.SUSPENDED, "status_on": DAY(2024, 6, 1)}, Status.OPEN),
        ({"status": Status.SUSPENDED, "status_on": DAY(2023, 6, 1)}, Status.SUSPENDED),
    ],
)
def test_the_status_of_a_day(facts: dict[str, object], status: Status) -> None:
    assert equipment(**facts).status_at(DAY(2024, 1, 1)) is status


def test_places_open_and_licensed_are_two_counts_and_an_absence_is_not_zero() -> None:
    item = equipment(
        groups=(
            PlaceGroup("a", "Psu", "psu", 20, 18),
            PlaceGroup("b", "Paje", "paje", 10, None),
            PlaceGroup("c", "Extension", "psu", 5, None, expected=True),
        )
    )
    assert (item.licensed, item.opened, item.opened_unknown, item.expected_places) == (30, 18, 1, 5)
    assert equipment().licensed is None
    assert equipment().opened is None
    assert equipment(licensed_places=24, groups=item.groups).licensed == 24


def test_a_day_keeps_the_groups_and_the_gestionnaire_of_that_day() -> None:
    item = equipment(
        manager="Agglomération", manager_kind="epci",
        groups=(
            PlaceGroup("a", "CEJ", "cej", 12, 12, ends_on=DAY(2023, 1, 1)),
            PlaceGroup("b", "Forfait", "forfait", 15, 14, starts_on=DAY(2023, 1, 1)),
            PlaceGroup("c", "Prévu", "psu", 5, None, expected=True),
        ),
        transfers=(
            Transfer("t", DAY(2022, 1, 1), "Caf", "caf", "Commune", "commune"),
            Transfer("u", DAY(2024, 1, 1), "Commune", "commune", "Agglomération", "epci"),
        ),
    )  # fmt: skip
    then = item.at(DAY(2022, 12, 31))
    assert [group.label for group in then.groups] == ["CEJ"]
    assert (then.manager, then.manager_kind) == ("Commune", "commune")
    assert item.manager_at(DAY(2021, 12, 31)) == ("Caf", "caf")
    assert item.manager_at(DAY(2024, 1, 1)) == ("Agglomération", "epci")
    assert item.at(DAY(2023, 1, 1)).opened == 14


def test_a_day_keeps_the_latest_count_known_then() -> None:
    rows = [Childminders(str(y), Level.EPCI, "200041333", y, y, None, None) for y in (2021, 2023, 2025)]
    totals = (KnownTotal("laep", Level.DEPARTEMENT, "79", 2018, 8, "CPOG"),)
    whole = register(childminders=tuple(rows), totals=totals)
    assert [row.licensed for row in whole.at(DAY(2024, 12, 31)).childminders] == [2023]
    assert whole.at(DAY(2017, 12, 31)).totals == ()
    assert whole.at(DAY(2018, 1, 1)).totals == totals


_dates = st.none() | st.dates(DAY(2015, 1, 1), DAY(2030, 12, 31))
_items = st.builds(
    Equipment,
    uuid=st.uuids().map(str), site_uuid=st.just("s"), kind=st.just("eaje"), name=st.just(""),
    status=st.sampled_from(Status), opened_on=_dates, closed_on=_dates, status_on=_dates,
)  # fmt: skip


@given(st.lists(_items, max_size=6), st.dates(DAY(2014, 1, 1), DAY(2031, 12, 31)))
@settings(max_examples=150, deadline=None)
def test_a_day_never_counts_a_closed_service_nor_a_project(items: list[Equipment], on: datetime.date) -> None:
    then = register(*items).at(on)
    for item in then.equipment:
        assert item.status in (Status.OPEN, Status.SUSPENDED)
        assert item.closed_on is None or item.closed_on > on
        assert item.opened_on is None or item.opened_on <= on
    assert {item.uuid for item in then.equipment} <= {item.uuid for item in items}
    assert then.at(on).equipment == then.equipment


def test_the_ledger_worked_by_hand() -> None:
    moves = (
        Movement("1", "e", DAY(2021, 3, 1), CREATION, 30),
        Movement("2", "e", DAY(2021, 9, 1), CLOSURE, 12, "QP079001"),
        Movement("3", "f", DAY(2022, 1, 1), CREATION, 10, "QP079001", year_only=True),
        Movement("4", "f", DAY(2022, 6, 1), CREATION, 6, "QP079002"),
        Movement("5", "f", DAY(2022, 7, 1), CLOSURE, 40),
        Movement("6", "f", DAY(2023, 1, 1), CREATION, 25, expected=True),
    )
    first, second, third = ledger(moves)
    assert (first.year, first.real, first.real.net, first.qpv) == (2021, Flow(30, 12), 18, Flow(0, 12))
    assert (second.real, second.real.net, second.qpv) == (Flow(16, 40), -24, Flow(16, 0))
    assert second.by_qpv == (("QP079001", Flow(10, 0)), ("QP079002", Flow(6, 0)))
    assert (third.real, third.expected) == (Flow(), Flow(25, 0))
    assert ledger_total(ledger(moves)) == Flow(46, 52)
    assert ledger(()) == ()


@given(st.lists(st.builds(
    Movement, uuid=st.uuids().map(str), service_uuid=st.just("e"),
    on=st.dates(DAY(2018, 1, 1), DAY(2024, 1, 1)), kind=st.sampled_from(MovementKind),
    places=st.integers(1, 90), code_qpv=st.sampled_from(("", "A", "B")), expected=st.booleans(),
)))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_nets_add_up_and_qpv_are_a_part(moves: list[Movement]) -> None:
    years = ledger(moves)
    assert ledger_total(years).net == sum(move.signed for move in moves if not move.expected)
    for year in years:
        assert year.qpv.created <= year.real.created
        assert year.qpv.closed <= year.real.closed
        assert sum(flow.created for _, flow in year.by_qpv) == year.qpv.created


SQUARE = bytes.fromhex(
    "0103000000010000000500000000000000000000000000000000000000000000000000f03f0000000000000000"
    "000000000000f03f000000000000f03f0000000000000000000000000000f03f00000000000000000000000000000000"
)


def test_a_zone_by_commune_by_part_and_by_outline() -> None:
    whole = Zone("a", "zrr", "Z", "Zrr", communes=("79001",), partial=("79002",))
    outline = Zone("b", "qpv", "Q", "Qpv", partial=("79003",), wkb=SQUARE)
    assert standing_of(whole, "79001") is Standing.INSIDE
    assert standing_of(whole, "79002") is Standing.POSSIBLE
    assert standing_of(whole, "79003") is Standing.OUTSIDE
    assert standing_of(outline, "79003", 0.5, 0.5) is Standing.INSIDE
    assert standing_of(outline, "79003", 1.5, 0.5) is Standing.OUTSIDE
    assert standing_of(outline, "79003") is Standing.POSSIBLE


def test_zones_are_dated_and_a_commune_centre_settles_nothing() -> None:
    old = Zone("a", "zrr", "Z", "Zrr", communes=("79001",), ends_on=DAY(2024, 7, 1))
    area = Zone("b", "qpv", "Q", "Qpv", partial=("79001",), wkb=SQUARE, starts_on=DAY(2024, 1, 1))
    place = Site("s", "", "79001", 0.5, 0.5, precise=True)
    vague = replace(place, precise=False)
    assert [found.zone.uuid for found in zones_of_site((old, area), place, DAY(2023, 1, 1))] == ["a"]
    assert [found.zone.uuid for found in zones_of_site((old, area), place, DAY(2024, 7, 1))] == ["b"]
    assert ZoneIndex((old, area), DAY(2024, 7, 1)).of_site(vague)[0].standing is Standing.POSSIBLE
    assert ZoneIndex((old, area), DAY(2024, 7, 1)).of_site(place)[0].standing is Standing.INSIDE
    assert communes_of((old, area), "zrr", DAY(2024, 6, 30)) == (frozenset({"79001"}), frozenset())
    assert communes_of((old, area), "qpv", DAY(2024, 6, 30)) == (frozenset(), frozenset({"79001"}))


def test_distances_are_those_of_the_globe() -> None:
    assert distance_km(0, 0, 1, 0) == pytest.approx(111.195, abs=0.01)
    assert distance_km(-0.46, 46.32, 5.33, 47.86) == pytest.approx(469, abs=3)


def test_signals_show_value_and_threshold_and_never_add_up() -> None:
    item = equipment(licensed_places=20, groups=(PlaceGroup("a", "", "psu", 20, 15),))
    readings = (Reading("deficit", 2024, 7.5), Reading("occupancy", 2024, 71.0), Reading("deficit", 2023, 99))
    lines = {line.signal.code: line for line in signal_lines(item, load_signals(), readings, (), 2024)}
    assert set(lines) == set(load_signals())
    assert lines["deficit"].crossed is True
    assert lines["occupancy"].crossed is False
    assert lines["cost_per_hour"].crossed is None  # neither value nor threshold
    assert lines["opened_share"].reading is not None
    assert lines["opened_share"].reading.number == 75
    assert lines["opened_share"].parts == (("opened", 15.0), ("licensed", 20.0))
    assert lines["opened_share"].crossed is True
    assert crossed_count(lines.values()) == 2


def test_the_threshold_of_the_user_holds_from_its_day() -> None:
    signal = load_signals()["deficit"]
    own = (Threshold("deficit", 10.0, DAY(2024, 1, 1)), Threshold("deficit", None, DAY(2025, 1, 1)))
    before = threshold_at(own, signal, DAY(2023, 12, 31))
    assert before is not None
    assert (before.bound, before.delivered) == (signal.bound, True)
    assert threshold_at(own, signal, DAY(2024, 12, 31)) == own[0]
    line = {s.signal.code: s for s in signal_lines(
        equipment(), load_signals(), (Reading("deficit", 2025, 50),), own, 2025)}["deficit"]  # fmt: skip
    assert line.crossed is None  # no threshold from 2025 on
    assert threshold_at((), load_signals()["billing"], DAY(2024, 1, 1)) is None


def test_a_number_on_the_threshold_does_not_cross_it() -> None:
    signals = load_signals()
    assert not signals["deficit"].crossed(5, 5)
    assert signals["deficit"].crossed(5.1, 5)
    assert signals["occupancy"].crossed(59.9, 60)


def test_an_unknown_part_of_places_gives_no_share() -> None:
    groups = (PlaceGroup("a", "", "psu", 10, 9), PlaceGroup("b", "", "psu", 10, None))
    lines = signal_lines(equipment(groups=groups), load_signals(), (), (), 2024)
    assert {line.signal.code: line.reading for line in lines}["opened_share"] is None


def test_closed_lists_are_dated_where_words_are() -> None:
    assert load_choices("zone_kind")["zrr"].valid_to == DAY(2024, 6, 30)
    assert load_choices("zone_kind")["frr"].valid_from == DAY(2024, 7, 1)
    assert Point("p", "", "79001").days == ()

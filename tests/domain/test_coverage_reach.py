"""What « couvert » means: structure, point, hours, distance; figures of Rpe, Avs and Laep by hand."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from app.domain.coverage import Answer, Certainty, Criterion, Meaning, Network
from app.domain.coverage_basket import BasketRule, check_basket, fill_basket, load_basket
from app.domain.coverage_build import scene_of
from app.domain.coverage_errors import BadBasket
from app.domain.coverage_figures import months_later, qpv_answer
from app.domain.coverage_ground import EARTH_KM, chord
from app.domain.coverage_words import criterion_text, share_text
from app.domain.register import Childminders, Point, Zone
from app.domain.territory import Level
from tests.domain.coverage_cases import (
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

ALL_LAEP = (whole("laep", Level.DEPARTEMENT, "79"),)
ALL_AVS = tuple(whole(kind, Level.DEPARTEMENT, "79") for kind in ("centre_social", "evs"))
ALL_RPE = (whole("rpe", Level.DEPARTEMENT, "79"),)
POINT = Criterion(Meaning.POINT)


def far(km: float, detour: float = 1.3) -> Criterion:
    return Criterion(Meaning.DISTANCE, road_km=km, detour=detour)


def test_a_point_covers_the_commune_where_it_is() -> None:
    points = (Point("p1", "salle", "C3", days=(1,)),)
    held = register(service("1", "laep", "C1", itinerant=True, points=points))
    known = evidence(held, declared=ALL_LAEP)
    by_structure = build_coverage(ask(Network.LAEP, known))
    by_point = build_coverage(ask(Network.LAEP, known, criterion=POINT))
    assert by_structure.row(SOUTH).nominal_answer is Answer.NO
    assert by_point.row(SOUTH).nominal_answer is Answer.YES
    # 800 of the 1 000 inhabitants of the south live in C3
    assert by_point.value(SOUTH, "part_population_couverte").number == pytest.approx(80)
    assert by_point.value(SOUTH, "part_communes_couvertes").number == pytest.approx(50)


def test_a_structure_that_does_not_say_where_it_goes_leaves_its_epci_open() -> None:
    held = register(service("1", "rpe", "C1"))
    coverage = build_coverage(ask(Network.RPE, evidence(held, declared=ALL_RPE), criterion=POINT))
    assert coverage.row(NORTH).communes.unknown == 1
    assert coverage.row(SOUTH).nominal_answer is Answer.NO
    stays = register(service("1", "rpe", "C1", itinerant=False))
    coverage = build_coverage(ask(Network.RPE, evidence(stays, declared=ALL_RPE), criterion=POINT))
    assert coverage.value(NORTH, "part_communes_desservies").number == 50


def test_communes_served_are_covered() -> None:
    held = register(service("1", "rpe", "C1", itinerant=False, served=("C1", "C2", "C3")))
    coverage = build_coverage(ask(Network.RPE, evidence(held, declared=ALL_RPE)))
    assert coverage.value(NORTH, "part_communes_desservies").number == 100
    assert coverage.value(SOUTH, "part_communes_desservies").number == 50


def test_hours() -> None:
    held = register(
        service("1", "laep", "C1", hours_per_year=120.0), service("2", "laep", "C2", hours_per_year=60.0)
    )
    known = evidence(held, declared=ALL_LAEP)

    def answer(hours: float) -> Answer:
        criterion = Criterion(Meaning.HOURS, hours=hours)
        return build_coverage(ask(Network.LAEP, known, criterion=criterion)).row(NORTH).nominal_answer

    assert [answer(180), answer(181)] == [Answer.YES, Answer.NO]


def test_hours_that_nobody_typed_are_not_zero() -> None:
    held = register(service("1", "laep", "C1", hours_per_year=120.0), service("2", "laep", "C2"))
    criterion = Criterion(Meaning.HOURS, hours=200)
    coverage = build_coverage(ask(Network.LAEP, evidence(held, declared=ALL_LAEP), criterion=criterion))
    assert coverage.row(NORTH).nominal_answer is Answer.UNKNOWN
    assert coverage.value(NORTH, "heures_laep").number == 120
    assert NORTH in coverage.partial("heures_laep")


def test_hours_of_points_go_where_the_points_are() -> None:
    points = (Point("p1", "", "C1", hours_per_year=30.0), Point("p2", "", "C3", hours_per_year=12.0))
    held = register(service("1", "laep", "C1", itinerant=True, points=points))
    coverage = build_coverage(ask(Network.LAEP, evidence(held, declared=ALL_LAEP)))
    assert coverage.value(NORTH, "heures_laep").number == 30
    assert coverage.value(SOUTH, "heures_laep").number == 12
    assert coverage.value(NORTH, "points_laep").number == 1


def test_hours_for_a_thousand_children_by_hand() -> None:
    # 120 hours for 800 children under 6: 150 hours for 1 000
    held = register(service("1", "laep", "C1", hours_per_year=120.0))
    known = evidence(held, declared=ALL_LAEP)
    coverage = build_coverage(ask(Network.LAEP, known, children={NORTH: 800}))
    assert coverage.value(NORTH, "heures_laep_1000").number == pytest.approx(150)


def test_distances_by_hand() -> None:
    # C1 to C2: 0.1 degree of longitude at 46 degrees north = 0.1 x 111.195 x cos(46°) = 7.72 km crow-fly,
    # 10.04 km by road with a detour of 1.3
    held = register(service("1", "laep", "C1"))
    known = evidence(held, declared=ALL_LAEP)

    def covered(criterion: Criterion) -> float | None:
        return build_coverage(ask(Network.LAEP, known, criterion=criterion)).row(NORTH).communes.rate

    assert covered(far(10.1)) == 100
    assert covered(far(9.9)) == 50
    assert covered(far(9.9, detour=1.2)) == 100
    assert chord(EARTH_KM * 3.141592653589793) == pytest.approx(2)


def test_out_of_reach_is_a_no_only_where_everything_around_is_known() -> None:
    held = register(service("1", "laep", "C1"))
    partial = build_coverage(ask(Network.LAEP, evidence(held), criterion=far(12)))
    assert partial.row(SOUTH).communes.unknown == 2
    known = build_coverage(ask(Network.LAEP, evidence(held, declared=ALL_LAEP), criterion=far(12)))
    assert known.row(SOUTH).communes.not_covered == 2
    assert known.row(SOUTH).nominal_answer is Answer.NO
    question = ask(Network.LAEP, evidence(held, declared=ALL_LAEP), criterion=far(12))
    stranger = replace(question.ground.communes[0], code="X1", lon=0.92, population=10)
    beside = replace(question.ground, around=(*question.ground.communes, stranger))
    bordered = build_coverage(replace(question, ground=beside))
    # C4 is 1.5 km from a commune that nobody knows: it may be within reach of a structure there
    assert bordered.row(SOUTH).communes.unknown == 1


def test_a_wide_territory_is_covered_by_distance_when_most_inhabitants_are() -> None:
    held = register(service("1", "laep", "C1"))
    known = evidence(held, declared=ALL_LAEP)
    # the commune C1 alone holds 12 000 of the 15 000 inhabitants of the north: 80 %
    small = build_coverage(ask(Network.LAEP, known, criterion=far(1)))
    assert small.row(NORTH).people.rate == pytest.approx(80)
    assert small.row(NORTH).nominal_answer is Answer.YES
    strict = replace(far(1), majority=81.0)
    assert build_coverage(ask(Network.LAEP, known, criterion=strict)).row(NORTH).nominal_answer is Answer.NO


def test_childminders_by_etp_by_hand() -> None:
    # 140 childminders for 1.6 ETP: 87.5, above the ceiling of 70
    held = register(
        service("1", "rpe", "C1", fte=1.0),
        service("2", "rpe", "C2", fte=0.6),
        childminders=(Childminders("a", Level.EPCI, NORTH, 2024, 150, 140, 420),),
    )
    coverage = build_coverage(ask(Network.RPE, evidence(held, declared=ALL_RPE)))
    assert coverage.value(NORTH, "am_par_etp").number == pytest.approx(87.5)
    partial = build_coverage(ask(Network.RPE, evidence(held)))
    assert partial.value(NORTH, "am_par_etp").number is None  # other ETP may exist: no rate is true


def test_large_communes_without_rpe() -> None:
    counts = {"rpe": {"C1": 0.0, "C2": 1.0, "C3": 0.0, "C4": 0.0}}
    coverage = build_coverage(ask(Network.RPE, evidence(register(), counts)))
    assert coverage.value(NORTH, "grandes_communes_sans_rpe").number == 1
    assert coverage.value(SOUTH, "grandes_communes_sans_rpe").number == 0
    unknown = build_coverage(ask(Network.RPE, evidence(register())))
    assert unknown.value(NORTH, "grandes_communes_sans_rpe").number is None


def test_inhabitants_by_structure() -> None:
    held = register(service("1", "centre_social", "C1"), service("2", "evs", "C2"))
    coverage = build_coverage(ask(Network.AVS, evidence(held, declared=ALL_AVS)))
    assert coverage.value(NORTH, "habitants_par_avs").number == 7500
    assert coverage.value(SOUTH, "habitants_par_avs").number is None
    assert coverage.value(SOUTH, "nb_avs").number == 0


def zone(*communes: str, wkb: bytes | None = None) -> Zone:
    return Zone("z", "qpv", "QN07901", "Le Clou", communes, (), wkb)


def test_qpv_without_structure() -> None:
    held = register(service("1", "centre_social", "C1"), zones=(zone("C1"), zone("C2")))
    coverage = build_coverage(ask(Network.AVS, evidence(held, declared=ALL_AVS)))
    # C2 has no structure at all; the structure of C1 may be in its Qpv or not
    assert coverage.value(NORTH, "qpv_sans_structure").number == 1
    assert NORTH in coverage.partial("qpv_sans_structure")
    assert coverage.value(SOUTH, "qpv_sans_structure").number == 0


def test_qpv_with_an_outline() -> None:
    import shapely

    around = shapely.to_wkb(shapely.box(-0.01, 45.99, 0.01, 46.01))
    away = shapely.to_wkb(shapely.box(0.02, 45.99, 0.03, 46.01))
    held = register(service("1", "centre_social", "C1"), zones=(zone("C1", wkb=around), zone("C1", wkb=away)))
    scene = scene_of(ask(Network.AVS, evidence(held, declared=ALL_AVS)))
    assert [qpv_answer(scene, one) for one in held.zones] == [Answer.YES, Answer.NO]


def test_licences_that_end_soon() -> None:
    def licence(code: str, year: int, month: int) -> object:
        return service(code, "centre_social", "C1", licence_to=datetime.date(year, month, 1))

    held = register(licence("1", 2026, 6), licence("2", 2027, 6), licence("3", 2025, 6))  # type: ignore[arg-type]
    coverage = build_coverage(ask(Network.AVS, evidence(held, declared=ALL_AVS)))
    assert coverage.value(NORTH, "agrements_12_mois").number == 2  # one over, one within twelve months
    assert months_later(datetime.date(2024, 2, 29), 12) == datetime.date(2025, 2, 28)


def test_the_gap_with_the_official_rate_adds_up() -> None:
    # official 74.2 = 20.4 Eaje + 49.0 AM + 1.4 home + 3.3 school + 0.1 of rounding (Niortais 2023)
    rates = {"couv_global": 74.2, "couv_eaje": 20.4, "couv_am": 49.0, "couv_gad": 1.4, "couv_prescol": 3.3}
    held = register(
        service("1", "eaje", "C1", licensed_places=500),
        service("2", "eaje", "C1"),
        childminders=(Childminders("a", Level.EPCI, NORTH, 2025, 500, 480, 1400),),
    )
    known = evidence(held, {"eaje": dict.fromkeys(PEOPLE, 2.0), "micro_creche": dict.fromkeys(PEOPLE, 0.0)})
    question = ask(
        Network.EAJE, known, children={NORTH: 2894},
        official={(NORTH, code): number for code, number in rates.items()},
    )  # fmt: skip
    row = build_coverage(question).row(NORTH)
    by_code = {comparison.code: comparison for comparison in row.comparisons}
    total = by_code["total"]
    assert total.own.number == pytest.approx(1900 / 2894 * 100)
    assert total.own_certainty is Certainty.AT_LEAST
    assert total.gap is not None
    assert sum(part.amount or 0 for part in total.parts) == pytest.approx(total.gap)
    # school, home care, the gaps of the two modes, and 0.1 of rounding in the published parts
    assert {part.code for part in total.parts if part.amount is not None} == {
        "couv_gad", "couv_prescol", "gap_eaje", "gap_am", "residual",
    }  # fmt: skip
    assert total.parts[-1].amount == pytest.approx(0.1)
    assert by_code["eaje"].gap == pytest.approx(20.4 - 500 / 2894 * 100)
    labels = " ".join(part.label for part in by_code["eaje"].parts)
    assert "2 structures sans nom au registre sur 4 recensées" in labels.replace("\u00a0", " ")
    assert "1 structure nommée sans nombre de places" in labels.replace("\u00a0", " ")
    assert "2023 et 2025" in labels


def test_the_basket_tells_absent_from_unknown() -> None:
    rule = load_basket()
    yes, no, unknown = Answer.YES, Answer.NO, Answer.UNKNOWN

    def judge(**answers: Answer) -> Answer:
        return fill_basket(rule, "E", "Epci", answers).complete

    assert judge(laep=yes, clas=yes, mediation=yes) is yes
    assert judge(laep=yes, clas=yes, mediation=unknown) is unknown
    assert judge(laep=no, clas=yes, mediation=yes, ludotheque=yes) is no
    assert judge(laep=yes, clas=no, mediation=no, espace_rencontre=no) is no
    assert "version 1" in rule.text()
    with pytest.raises(BadBasket):
        check_basket(BasketRule("Panier", 1, 6, ("laep", "clas")))


def test_words_say_the_meaning_and_the_unknown() -> None:
    assert criterion_text(far(15)) == "couvert\u202f: à moins de 15 km par la route (vol d’oiseau × 1,3)"
    with_time = replace(far(12.5), minutes=15.0, speed_kmh=50.0)
    assert "15 minutes (vol d’oiseau × 1,3, à 50 km/h)" in criterion_text(with_time)
    coverage = build_coverage(ask(Network.LAEP, evidence(register(service("1", "laep", "C1")))))
    assert share_text(coverage.territories, "EPCI", "EPCI").startswith("1 EPCI sur 2, 1 sans réponse")

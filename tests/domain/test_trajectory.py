"""States of indicators, shapes of paths, cells typed, hypotheses, calendar."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from app.domain.agenda import calendar_text
from app.domain.cpog import Contract, Cpog, CpogIndicator
from app.domain.cpog_calendar import Deadline, DeadlineRule, day_of, deadlines, event_of
from app.domain.cpog_codes import IndicatorType, Nature, Sense, SeriesKind, TargetKind
from app.domain.cpog_compare import spread
from app.domain.cpog_entry import read_cell
from app.domain.cpog_points import Actual, Hypothesis, Observation, Peer, Period, Target
from app.domain.cpog_records import decode, encode
from app.domain.hypothesis import hypothesis_state
from app.domain.indicator import ValueState
from app.domain.trajectory import IndicatorState, standing
from app.domain.trajectory_shape import shape_warnings

ON = datetime.date(2026, 3, 1)
CPOG = Cpog("c", "52-2023-2027", "CPOG", "52", datetime.date(2023, 1, 1), datetime.date(2027, 12, 31), True)
RATE = CpogIndicator("i", "c", 0, "Taux", Nature.COG, IndicatorType.RESULT, "%", Sense.UP, TargetKind.FIXED)
DAYS = replace(RATE, unit="jours", direction=Sense.DOWN)


def made(indicator: CpogIndicator, value: float | None, **targets: float) -> Contract:
    points = tuple(
        Target(series, "c", "i", SeriesKind(series), 2025, number=number)
        for series, number in targets.items()
    )
    state = ValueState.VALUE if value is not None else ValueState.NO_DATA
    return Contract(
        CPOG, indicators=(indicator,), targets=points,
        values=(Actual("v", "c", "i", 2025, number=value, state=state),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "value", "targets", "state", "adverse"),
    [
        (RATE, 50, {"initiale": 60, "revisee": 50}, "atteinte", False),
        (RATE, 49, {"initiale": 60, "revisee": 50}, "non_atteinte", True),
        (DAYS, 16, {"initiale": 17}, "atteinte", False),
        (DAYS, 18, {"initiale": 17}, "non_atteinte", True),
        (RATE, 50, {"initiale": 60, "bas": 45, "haut": 65}, "tunnel", False),
        (RATE, 40, {"bas": 45, "haut": 65}, "sortie_basse", True),
        (RATE, 70, {"bas": 45, "haut": 65}, "sortie_haute", False),
        (DAYS, 70, {"bas": 45, "haut": 65}, "sortie_haute", True),
        (replace(RATE, direction=Sense.CONVERGE, converge_to=50), 53, {"initiale": 46}, "atteinte", False),
        (replace(RATE, direction=Sense.CONVERGE, converge_to=50), 55, {"initiale": 46}, "non_atteinte", True),
        (RATE, 50, {}, "sans_cible", False),
        (RATE, None, {"initiale": 60}, "indisponible", False),
        (replace(RATE, type=IndicatorType.FOLLOW), 1, {"initiale": 60}, "suivi", False),
    ],
)
def test_the_state_of_a_value(
    indicator: CpogIndicator, value: float | None, targets: dict[str, float], state: str, adverse: bool
) -> None:
    found = standing(made(indicator, value, **targets), indicator, Period(2025), ON)
    assert (found.state.value, found.adverse) == (state, adverse)


def test_a_period_without_value_is_to_come_then_missing() -> None:
    contract = Contract(CPOG, indicators=(RATE,))
    assert standing(contract, RATE, Period(2025), ON).state is IndicatorState.MISSING
    assert standing(contract, RATE, Period(2026), ON).state is IndicatorState.UPCOMING
    later = replace(RATE, start_year=2027)
    assert standing(contract, later, Period(2025), ON).state is IndicatorState.UPCOMING


def test_a_late_effort_is_said_in_a_sentence() -> None:
    ceiling = replace(RATE, unit="etpma", direction=Sense.DOWN, reference=0.0, reference_year=2017)
    path = {2018: -200.0, 2019: -400.0, 2020: -600.0, 2021: -1100.0, 2022: -1700.0}
    found = {w.code: w.text for w in shape_warnings(ceiling, path, {2016: 0.0, 2017: 100.0})}
    assert found["late_effort"] == "65\u202f% de l’effort porte sur les deux dernières années."
    assert set(found) == {"late_effort", "high_step"}


def test_a_regular_path_has_no_warning() -> None:
    path = {2023: 20.0, 2024: 40.0, 2025: 60.0, 2026: 80.0, 2027: 100.0}
    assert shape_warnings(replace(RATE, reference=0.0, reference_year=2022), path, {}) == ()


def test_easier_than_the_reference_and_not_monotone() -> None:
    cost = replace(RATE, unit="eur", direction=Sense.DOWN, reference=186.16, reference_year=2017, decimals=2)
    path = {2018: 180.69, 2019: 182.0, 2020: 181.62, 2021: 180.0, 2022: 173.35}
    assert [w.code for w in shape_warnings(cost, path, {})] == ["late_effort", "not_monotone"]
    floor = replace(RATE, reference=64.0, reference_year=2017)
    assert [w.code for w in shape_warnings(floor, {2018: 60.0}, {})] == ["below_reference"]


@pytest.mark.parametrize(
    ("text", "number", "state", "precision"),
    [
        ("67,2 %", 67.2, ValueState.VALUE, ""),
        ("près de 81 %", 81, ValueState.VALUE, "près de"),
        ("≈ 30", 30, ValueState.VALUE, "environ"),
        ("0", 0, ValueState.ZERO, ""),
        ("ND", None, ValueState.NO_DATA, ""),
        ("n.d.", None, ValueState.NO_DATA, ""),
        ("X", None, ValueState.NO_DATA, ""),
        ("n.p.", None, ValueState.NOT_PUBLISHED, ""),
        ("s", None, ValueState.MASKED, ""),
    ],
)
def test_a_cell_is_read(text: str, number: float | None, state: ValueState, precision: str) -> None:
    cell = read_cell(RATE, text)
    assert (cell.number, cell.state, cell.precision, cell.problem) == (number, state, precision, "")


@pytest.mark.parametrize(
    ("unit", "text", "number"),
    [("eur", "880\u202f051 €", 880051), ("eur", "300 M€", 3e8), ("jours", "17,5 j", 17.5),
     ("m2", "12 m²", 12),
     ("nombre", "1 892", 1892), ("nombre", "1\u00a0892", 1892), ("ratio", "382,4", 382.4)],
)  # fmt: skip
def test_units_are_typed(unit: str, text: str, number: float) -> None:
    assert read_cell(replace(RATE, unit=unit), text).number == number


@pytest.mark.parametrize(
    ("text", "problem", "said"),
    [
        ("douze", "not_a_number", "« douze » n’est pas un nombre."),
        ("17 j", "wrong_unit", "Valeur en jours, unité attendue : %."),
        ("17 pommes", "unknown_unit", "« pommes » n’est pas une unité connue, unité attendue : %."),
        (
            "130",
            "out_of_bounds",
            "130 % est hors des bornes de cet indicateur, attendu entre 0 et 100 %.",
        ),
        (
            "-5 %",
            "out_of_bounds",
            "−5 % est hors des bornes de cet indicateur, attendu entre 0 et 100 %.",
        ),
    ],
)
def test_a_bad_cell_is_said_in_french(text: str, problem: str, said: str) -> None:
    cell = read_cell(RATE, text)
    assert cell.problem == problem
    assert cell.sentence.replace("\u202f", " ") == said


def test_a_rate_is_refused_where_days_are_due() -> None:
    assert read_cell(DAYS, "17 %").problem == "wrong_unit"


def test_a_hypothesis_alerts_after_two_periods_in_a_row() -> None:
    expected = Hypothesis("h", "c", "i", "Schémas votés", value=2.5, low=2, high=3)
    seen = [Observation(str(n), "c", "h", 2025, n, number=x) for n, x in ((1, 1.0), (2, 2.5), (3, 4.0))]
    assert (hypothesis_state(expected, seen).in_a_row, hypothesis_state(expected, seen).alert) == (1, False)
    more = [*seen, Observation("4", "c", "h", 2025, 4, number=1.0)]
    state = hypothesis_state(expected, more)
    assert (state.in_a_row, state.alert, state.deviation) == (2, True, -1.5)
    assert hypothesis_state(replace(expected, periods=3), more).alert is False


def test_the_caf_compared_is_not_in_its_own_reference() -> None:
    values = [("52", 99.0), ("79", 1.0), ("10", 2.0), ("55", 3.0), ("88", 4.0)]
    peers = [Peer(dep, "c", "i", "Groupe", dep, 2025, number=x) for dep, x in values]
    found = spread(peers, "52")
    assert (found.count, found.median, found.lower_quartile, found.high) == (4, 2.5, 1.75, 4)
    assert spread(peers[:3], "52").lower_quartile is None
    assert spread([], "52").count == 0


def test_deadlines_of_a_year_and_their_calendar() -> None:
    rule = DeadlineRule("bilan", "Bilan annuel, par fiche", 3, 31, year_offset=1)
    found = deadlines(CPOG, [rule, replace(rule, code="fin", last_year_only=True, year_offset=0)])
    assert [d.due_on.year for d in found] == [2024, 2025, 2026, 2027, 2027, 2028]
    assert day_of(replace(rule, month=2, day=31), 2026) == datetime.date(2027, 2, 28)
    late = Deadline("b", "c", "52", "Évaluation, " + "très " * 30, 2026, 0, ON)
    text = calendar_text([event_of(late, fictitious=True)], datetime.datetime(2026, 1, 2))
    assert "DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260302\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "Évaluation\\, " in text
    assert "(fictif)" in text.replace("\r\n ", "")


def test_a_contract_is_kept_whole_as_text() -> None:
    contract = made(RATE, 50, initiale=60, revisee=50)
    assert decode(encode(contract)) == contract

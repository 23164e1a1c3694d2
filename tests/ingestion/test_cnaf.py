"""Coverage of the Cnaf: the traps of its files, one small file each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.anomaly import Anomaly, Severity, anomaly_text
from app.domain.indicator import ValueState, ValueStatus
from app.domain.territory import Level
from app.ingestion import Clean, CleanRow, Options, read_file

Write = Callable[..., Path]
SCOPE = Options(frozenset({"79", "52"}))
TOP = (
    "annee;numepci;nomepci;txcouv_eaje_epci;txcouv_prescol_epci;"
    "txcouv_am_ind_epci;txcouv_gad_ind_epci;txcouv_epci\n"
)
COMMUNES = TOP.replace("epci", "com")
NIORT = "2023;200041317;CA du Niortais;20.4;3.3;49;1.4;74.2\n"


def of(clean: Clean, rule: str) -> Anomaly:
    """The only anomaly of a rule."""
    (found,) = [item for item in clean.anomalies if item.rule == rule]
    return found


def test_a_line_becomes_five_values_that_know_where_they_come_from(write: Write, reference) -> None:
    clean = read_file(write(TOP + NIORT), reference)
    assert clean.rows[0] == CleanRow(
        "couv_eaje", 2023, Level.EPCI, "200041317", 20.4, ValueState.VALUE, ValueStatus.CONSOLIDATED,
        False, 2023, 2, "CA du Niortais",
    )  # fmt: skip
    assert clean.indicators == ("couv_am", "couv_eaje", "couv_gad", "couv_global", "couv_prescol")
    assert clean.label == "Cnaf, couverture petite enfance par EPCI"
    assert clean.preview.our_names == (
        "Année", "Code EPCI", "Nom", "Eaje", "Préscol.", "Assist. mat.", "Garde dom.", "Global",
    )  # fmt: skip
    assert clean.preview.numeric == (False, False, False, True, True, True, True, True)
    assert len(clean.sha256) == 64


@pytest.mark.parametrize("year", ["2023", "2023-01-01", "01/01/2023", "2023.0", '"2023"'])
def test_years_are_numbers_texts_or_dates(write: Write, reference, year: str) -> None:
    clean = read_file(write(TOP + NIORT.replace("2023;", f"{year};", 1)), reference)
    assert clean.years == (2023,)
    assert clean.rejected == 0


def test_a_year_that_is_none_refuses_its_line_only(write: Write, reference) -> None:
    clean = read_file(write(TOP + NIORT + NIORT.replace("2023", "en cours")), reference)
    assert (of(clean, "bad_year").line, len(clean.rows), clean.rejected) == (3, 5, 1)


@pytest.mark.parametrize("code", ["ZZZ", "XXX", "999999999", "Non renseigné", "", "ZZZZZZZZZ"])
def test_placeholder_lines_are_left_out_and_said(write: Write, reference, code: str) -> None:
    clean = read_file(write(f"{TOP}{NIORT}2023;{code};;1;1;1;1;4\n"), reference)
    found = of(clean, "placeholder")
    assert (found.line, found.severity, found.decision) == (3, Severity.INFO, "understood")
    assert (len(clean.rows), clean.ignored, clean.rejected) == (5, 1, 0)


def test_columns_without_use_are_said(write: Write, reference) -> None:
    top = TOP.replace("txcouv_epci", "txcouv_epci;txcouv_psu_col_epci;txcouv_hors_psu_col_epci;ind_epci")
    clean = read_file(write(top + NIORT.replace("74.2", "74.2;1;2;3")), reference)
    assert dict(of(clean, "unused_columns").facts)["columns"] == (
        "txcouv_psu_col_epci, txcouv_hors_psu_col_epci, ind_epci"
    )
    assert len(clean.rows) == 5


def test_only_the_total_is_needed(write: Write, reference) -> None:
    clean = read_file(write("annee;numepci;txcouv_epci\n2023;200041317;74,2\n"), reference)
    assert [(row.indicator, row.number, row.name) for row in clean.rows] == [
        ("couv_global", 74.2, "CA du Niortais")
    ]


@pytest.mark.parametrize(
    ("total", "rule", "severity"),
    [("74.2", "parts_rounded", Severity.INFO), ("74.4", "parts_rounded", Severity.INFO),
     ("74.5", "parts_differ", Severity.QUESTION), ("73.7", "parts_differ", Severity.QUESTION)],
)  # fmt: skip
def test_parts_are_compared_with_the_total(
    write: Write, reference, total: str, rule: str, severity: Severity
) -> None:
    clean = read_file(write(TOP + NIORT.replace("74.2", total)), reference)
    found = of(clean, rule)
    assert found.severity is severity
    assert len(clean.rows) == 5


def test_the_gap_of_a_question_is_written_in_french(write: Write, reference) -> None:
    clean = read_file(write(TOP + NIORT.replace("74.2", "76")), reference)
    title, explanation = anomaly_text(of(clean, "parts_differ"))
    assert title == "Parts et total"
    assert explanation == "Les parts font 74,1, soit 1,9 d’écart\u202f: plus qu’un arrondi."


def test_a_rate_above_100_is_legal_and_one_above_200_is_asked(write: Write, reference) -> None:
    clean = read_file(
        write(TOP + "2023;200041317;x;100;3;50;1;154\n2023;200040244;x;150;3;60;1;214\n"), reference
    )
    assert of(clean, "rate_doubtful").line == 3
    assert of(clean, "rate_doubtful").target == "couv_global"
    above = {
        item.column: dict(item.facts)["extreme"] for item in clean.anomalies if item.rule == "rate_above_100"
    }
    assert above == {"txcouv_epci": 154.0, "txcouv_eaje_epci": 150.0}
    assert len(clean.rows) == 10


def test_a_negative_rate_or_a_text_refuses_the_line_only(write: Write, reference) -> None:
    text = TOP + NIORT + "2023;200040244;x;-1;3;4;5;11\n2023;200041416;x;1;3;quatre;5;11\n"
    clean = read_file(write(text), reference)
    assert (of(clean, "negative").line, of(clean, "negative").value) == (3, "-1")
    assert (of(clean, "not_a_number").line, of(clean, "not_a_number").column) == (4, "txcouv_am_ind_epci")
    assert {row.code for row in clean.rows} == {"200041317"}
    assert clean.rejected == 2


def test_a_zero_in_eaje_is_asked_for_an_epci_and_kept_by_default(write: Write, reference) -> None:
    clean = read_file(write(TOP + "2023;200041416;x;0;11.1;59.3;0.8;71.2\n"), reference, options=SCOPE)
    found = of(clean, "zero_eaje")
    assert (found.line, found.severity, found.decision, found.target) == (
        2,
        Severity.QUESTION,
        "keep",
        "couv_eaje",
    )
    assert clean.rows[0].state is ValueState.ZERO
    title, _ = anomaly_text(found)
    assert title == "Un zéro ou une absence\u202f?"
    known = anomaly_text(found.with_facts(bpe_year=2025, bpe_count=0))[1]
    assert known == "La BPE 2025 ne compte aucun Eaje dans cet EPCI\u202f: le zéro est vraisemblable."


def test_zeros_of_communes_are_said_once(write: Write, reference) -> None:
    lines = "2023;79191;NIORT;0;1;1;1;3\n2023;79049;BRESSUIRE;0;1;1;1;3\n"
    clean = read_file(write(COMMUNES + lines), reference)
    found = of(clean, "zero_eaje_many")
    assert (found.ranges, found.severity) == (((2, 3),), Severity.INFO)


def test_an_epci_over_two_departements_is_asked_when_its_seat_is_elsewhere(write: Write, reference) -> None:
    lines = "2023;200068559;x;1;1;1;1;4\n2023;200068666;x;1;1;1;1;4\n"
    clean = read_file(write(TOP + lines), reference, options=SCOPE)
    assert of(clean, "two_departements").value == "200068559"
    assert anomaly_text(of(clean, "two_departements")) == (
        "EPCI sur deux départements",
        "Une commune en Haute-Marne, 68 dans les Vosges. Le taux porte sur l’EPCI entier.",
    )
    assert of(clean, "two_departements_seat").line == 3
    without_scope = read_file(write(TOP + lines), reference)
    assert of(without_scope, "two_departements_seat").ranges == ((2, 3),)


def test_outside_the_base_nothing_is_asked(write: Write, reference) -> None:
    lines = "2023;200068559;x;0;90;190;1;281\n"
    clean = read_file(write(TOP + lines), reference, options=Options(frozenset({"79"})))
    assert {item.severity for item in clean.anomalies} == {Severity.INFO}
    assert len(clean.rows) == 5


def test_a_repeated_line_is_said_and_a_contradiction_refused(write: Write, reference) -> None:
    clean = read_file(write(TOP + NIORT + NIORT + NIORT.replace("74.2", "75.2")), reference)
    assert len(clean.rows) == 5
    other = of(clean, "duplicate_other")
    assert (other.line, other.column, dict(other.facts)["first_line"]) == (4, "txcouv_epci", 2)
    repeated = [item for item in clean.anomalies if item.rule == "duplicate_same"]
    assert {3} <= {low for item in repeated for low, _ in item.ranges}
    assert clean.rejected == 1


def test_the_nation_is_france_whatever_its_label(write: Write, reference) -> None:
    top = "annee;national;txcouv_nat\n"
    clean = read_file(write(top + "2023-01-01;FRANCE ENTIERE HORS MAYOTTE;60.9\n"), reference)
    assert [(row.level, row.code, row.number) for row in clean.rows] == [(Level.FRANCE, "FR", 60.9)]
    assert of(clean, "without_mayotte").severity is Severity.INFO


def test_thousands_of_similar_findings_are_grouped(write: Write, reference) -> None:
    lines = "".join(f"2023;200041317;x;a{n};1;1;1;4\n" for n in range(1000))
    clean = read_file(write(TOP + lines), reference)
    found = [item for item in clean.anomalies if item.rule == "not_a_number"]
    assert len(found) == 201
    assert sum(high - low + 1 for item in found for low, high in item.ranges) == 1000
    assert clean.rejected == 1000
    assert "autres lignes" in anomaly_text(found[-1])[1]

"""Sentences of the data page: agreement, plural, typography."""

from __future__ import annotations

import datetime

import pytest

from app.domain.anomaly import Severity
from ui.views.data_session import answers, lines_text
from ui.views.data_texts import (
    forecast_sentence,
    format_words,
    moment,
    result_sentence,
    severity_counts,
    undo_question,
)
from ui.widgets.finding import LineSpan

NB = "\u00a0"


def test_counts_agree_in_number() -> None:
    said = forecast_sentence(17, 0, 1, 2)
    assert said == f"17{NB}valeurs nouvelles, 0{NB}modifiée, 1{NB}inchangée\u202f; 2{NB}lignes écartées"


def test_an_import_that_changes_nothing_says_so() -> None:
    assert result_sentence(1, 0, 0, 0) == "Rien n’a changé\u202f: ces valeurs étaient déjà dans la base."


def test_severities_are_counted_from_the_gravest() -> None:
    assert severity_counts([0, 1, 1, 2]) == f"1{NB}erreur, 2{NB}questions, 1{NB}information"
    assert severity_counts([]) == "aucune anomalie"


def test_formats_are_said_in_words() -> None:
    assert format_words(";", "utf-8-sig", "Licence Ouverte 2.0") == [
        "point-virgule",
        "UTF-8",
        "Licence Ouverte 2.0",
    ]
    assert format_words("\t", "cp1252", "") == ["tabulation", "Windows-1252"]


def test_a_question_before_an_undo_names_file_and_day() -> None:
    said = undo_question(3, "a.csv", datetime.datetime(2026, 3, 1, 9, 5))
    assert said.startswith("Annuler l’import 3 du 1er mars 2026, «\u202fa.csv\u202f»\u202f?")
    assert moment(datetime.datetime(2026, 3, 1, 9, 5)) == "01/03/2026 09:05"


def test_lines_are_ranges() -> None:
    assert lines_text(((2, 18),)) == "2–18"
    assert lines_text(((6, 6),)) == "6"
    assert lines_text(((1, 2), (4, 4), (6, 6), (8, 8))) == "1–2, 4, 6…"
    assert LineSpan.of("2–18") == 2
    assert LineSpan.of("") == 0


@pytest.mark.parametrize(
    ("rule", "severity", "codes"),
    [
        ("zero_eaje", Severity.QUESTION, ["keep", "no_data"]),
        ("two_departements", Severity.QUESTION, ["keep", "reject"]),
        ("not_a_number", Severity.ERROR, ["reject"]),
        ("parts_rounded", Severity.INFO, ["understood"]),
    ],
)
def test_answers_depend_on_the_finding(rule: str, severity: Severity, codes: list[str]) -> None:
    assert [code for code, _word in answers(rule, severity, "0")] == codes

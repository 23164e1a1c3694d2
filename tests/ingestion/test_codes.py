"""Codes of territories: what spreadsheets break, what time changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.anomaly import Severity, anomaly_text
from app.domain.territory import Level
from app.ingestion import Clean, read_file
from app.ingestion.codes import CodeReader

Write = Callable[..., Path]


def births(write: Write, reference, *codes: str) -> Clean:
    """Read births of 2025 for the given codes of communes."""
    lines = "".join(f"{code};COM;LVB;A;2025;3\n" for code in codes)
    return read_file(write("GEO;GEO_OBJECT;EC_MEASURE;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n" + lines), reference)


@pytest.mark.parametrize(
    ("written", "code", "rule"),
    [
        ("79191", "79191", ""),
        ("97302", "97302", ""),
        ("2A004", "2A004", ""),
        ("1001", "01001", "lost_zero"),
        ("1001.0", "01001", "lost_zero"),
        ("79191.0", "79191", "code_repaired"),
        ("2a004", "2A004", "code_repaired"),
        (" 79191\u00a0", "79191", ""),
        ("'79191", "79191", ""),
    ],
)
def test_codes_come_back_as_official(write: Write, reference, written: str, code: str, rule: str) -> None:
    clean = births(write, reference, written)
    assert [row.code for row in clean.rows] == [code]
    assert {item.rule for item in clean.anomalies} == ({rule} if rule else set())
    assert clean.rejected == 0


def test_a_code_that_a_spreadsheet_rounded_is_refused(write: Write, reference) -> None:
    text = "annee;numepci;txcouv_epci\n2023;2,00E+08;74\n2023;2.00041317E+8;74\n"
    clean = read_file(write(text), reference)
    assert clean.rows == ()
    assert [item.rule for item in clean.anomalies if item.severity is Severity.ERROR] == ["scientific"] * 2


def test_a_merged_commune_is_refused_with_its_successor(write: Write, reference) -> None:
    clean = births(write, reference, "79060", "79191")
    (found,) = clean.anomalies
    assert (found.rule, found.line, found.value) == ("unknown_code", 2, "79060")
    explanation = anomaly_text(found)[1]
    assert "Sauzé-entre-Bois (79307)" in explanation
    assert [row.code for row in clean.rows] == ["79191"]


def test_a_merged_commune_is_right_in_a_file_of_its_time(write: Write, reference) -> None:
    clean = read_file(write("annee;numcom;nomcom;txcouv_com\n2023;79060;CHEF;12\n"), reference)
    (row,) = clean.rows
    assert (row.code, row.name, row.millesime) == ("79060", "CHEF", 2023)
    (found,) = [item for item in clean.anomalies if item.rule == "merged_since"]
    assert "réunie depuis à Sauzé-entre-Bois" in anomaly_text(found)[1]


def test_the_lines_of_one_unknown_code_are_said_together(write: Write, reference) -> None:
    clean = births(write, reference, "99123", "79191", "99123")
    (found,) = clean.anomalies
    assert found.ranges == ((2, 2), (4, 4))
    assert clean.rejected == 2


def test_codes_without_territory_and_overseas_are_left_out(write: Write, reference) -> None:
    clean = births(write, reference, "751XX", "98735", "99999")
    assert sorted((item.rule, item.line) for item in clean.anomalies) == [
        ("nothing_kept", None),
        ("overseas", 3),
        ("placeholder", 2),
    ]


@pytest.mark.parametrize(
    ("level", "written", "code"), [(Level.DEPARTEMENT, "1", "01"), (Level.REGION, 1.0, "01")]
)
def test_short_codes_get_their_zero_back(reference, level: Level, written: object, code: str) -> None:
    found = CodeReader(reference, 2026).read(level, written)
    assert (found.code, found.rule) == (code, "lost_zero")

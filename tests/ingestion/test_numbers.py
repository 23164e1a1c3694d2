"""Numbers and years as people paste them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbers import parse_number, parse_year

SPACES = (" ", "\u00a0", "\u202f", "\u2009", "\u2007", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0.0),
        ("67,2", 67.2),
        ("67.2", 67.2),
        (".5", 0.5),
        ("5.", 5.0),
        (" 3.0 \n", 3.0),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),  # pasted from Excel
        ("375\u202f229", 375229.0),  # pasted from our own screen
        ("1\u2009234\u2009567", 1234567.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("1'234.5", 1234.5),
        ("1\u2019234", 1234.0),
        ("-1,3", -1.3),
        ("\u22121,3", -1.3),
        ("\u2212 1,3", -1.3),
        ("+4", 4.0),
        ("1,2E+02", 120.0),
        ("2e-1", 0.2),
        ("\ufeff12", 12.0),
        ("1,234", 1.234),  # a lone sign is decimal, in French as in English
    ],
)
def test_a_number_is_read_as_written(text: str, expected: float) -> None:
    assert parse_number(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "n.d.", "s", "12 34", "1 2345", "1,2,3", "1.23.456", "12 %", "1_000", "nan", "inf", "1e999",
     "٣٤", "0x10", "--1", "1-", "1 234 56", "1,234.567,8", "e5", "-", "1\n234"],
)  # fmt: skip
def test_what_is_not_a_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(
    st.integers(-(10**12), 10**12), st.integers(0, 99), st.sampled_from(SPACES), st.sampled_from((",", "."))
)
def test_every_french_or_english_writing_comes_back(whole: int, cents: int, space: str, decimal: str) -> None:
    text = f"{whole:,}".replace(",", space) + f"{decimal}{cents:02d}"
    expected = float(f"{whole}.{cents:02d}")
    assert parse_number(text) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    found = parse_number(text)
    assert found is None or abs(found) < float("inf")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_comes_back(value: float) -> None:
    assert parse_number(repr(value)) == value


@pytest.mark.parametrize(
    "raw",
    [2023, 2023.0, "2023", "2023.0", " 2023 ", "2023-01-01", "01/01/2023", "2023-12", "31-12-2023", "2023/1",
     "2023-01-01T00:00:00", "2023-01-01 00:00:00", "1.1.2023", datetime.date(2023, 5, 1),
     datetime.datetime(2023, 5, 1, 12)],
)  # fmt: skip
def test_a_year_is_found_in_every_writing(raw: object) -> None:
    assert parse_year(raw) == 2023


@pytest.mark.parametrize(
    "raw",
    [None, "", True, "an 2023", "23", "20233", 1789, 2023.5, "2023-13", "2023-02-30", "31/02/2023",
     float("nan"), "2023-2024"],
)  # fmt: skip
def test_what_is_not_a_year_is_none(raw: object) -> None:
    assert parse_year(raw) is None

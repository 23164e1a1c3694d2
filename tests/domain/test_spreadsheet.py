"""What leaves for a spreadsheet: no cell is run, numbers stay numbers."""

from __future__ import annotations

import csv
import io
import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.spreadsheet import FORMULA_SIGNS, cell, csv_text, harmless

NUMBER = re.compile(r"-?[0-9]+(,[0-9]+)?(e[+-][0-9]+)?")
texts = st.one_of(
    st.text(max_size=12),
    st.tuples(st.sampled_from([" ", "\u202f", "\xa0", ""]), st.sampled_from(FORMULA_SIGNS), st.text()).map(
        "".join
    ),
)
values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@given(value=values)
@example("--5")
@example("-2+3")
@example("−1,3")
@example("=cmd|' /C calc'!A0")
def test_no_cell_that_leaves_starts_a_formula(value: object) -> None:
    left = cell(value)
    assert NUMBER.fullmatch(left) or not left.strip(" \u202f\xa0").startswith(FORMULA_SIGNS)


@given(value=st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda x: round(x, 3))))
def test_numbers_stay_numbers(value: float) -> None:
    left = cell(value)
    assert not left.startswith("'")
    assert float(left.replace(",", ".")) == pytest.approx(value)


@pytest.mark.parametrize(
    ("shown", "left"),
    [("−1,3", "-1,3"), ("12\u202f345", "12345"), ("67,2", "67,2"), ("01004", "01004"),
     ("-", "'-"), ("--5", "'--5"), ("+33 5 49", "'+33 5 49"),
     ("≈\u00a064", "≈\u00a064"), ("s", "s"), ("", "")],
)  # fmt: skip
def test_a_number_written_in_french_is_read_as_a_number(shown: str, left: str) -> None:
    assert harmless(shown) == left


@given(rows=st.lists(st.lists(values, min_size=1, max_size=4), max_size=4))
def test_a_file_gives_back_its_cells(rows: list[list[object]]) -> None:
    expected = [[cell(value) for value in row] for row in rows]
    assert read(csv_text(rows)) == expected


def test_what_is_not_a_number_is_no_data() -> None:
    assert cell(math.nan) == cell(math.inf) == "n.d."
    assert cell(None) == ""

"""French typography of numbers, dates and texts."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import french
from app.domain.indicator import ValueState

THIN = "\u202f"


@pytest.mark.parametrize(
    ("x", "decimals", "expected"),
    [
        (375229, 0, f"375{THIN}229"),
        (67.2, 1, "67,2"),
        (-1.3, 1, "−1,3"),
        (0.25, 1, "0,3"),
        (2.5, 0, "3"),
        (-0.04, 1, "0,0"),
        (1_234_567.891, 2, f"1{THIN}234{THIN}567,89"),
        (999.96, 1, f"1{THIN}000,0"),
        (None, 1, "n.d."),
        (math.nan, 1, "n.d."),
        (math.inf, 0, "n.d."),
    ],
)
def test_a_number_is_written_as_french_wants(x: float | None, decimals: int, expected: str) -> None:
    assert french.number(x, decimals) == expected


def test_a_signed_number_shows_plus_but_zero_has_no_sign() -> None:
    assert french.number(1.3, 1, signed=True) == "+1,3"
    assert french.number(-1.3, 1, signed=True) == "−1,3"
    assert french.number(0.0, 1, signed=True) == "0,0"


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 3))
def test_a_written_number_reads_back_within_half_a_unit(x: float, decimals: int) -> None:
    text = french.number(x, decimals)
    back = float(text.replace(THIN, "").replace(",", ".").replace("−", "-"))
    assert abs(back - x) <= 0.5 * 10**-decimals * (1 + 1e-9) + abs(x) * 1e-12


@given(st.integers(-(10**15), 10**15))
def test_thousands_are_cut_in_groups_of_three(n: int) -> None:
    groups = french.number(n).removeprefix("−").split(THIN)
    assert all(len(group) == 3 for group in groups[1:])
    assert 1 <= len(groups[0]) <= 3


@pytest.mark.parametrize(
    ("number", "state", "expected"),
    [
        (67.2, ValueState.VALUE, "67,2"),
        (0.0, ValueState.ZERO, "0"),
        (None, ValueState.NO_DATA, "n.d."),
        (None, ValueState.NOT_PUBLISHED, "n.p."),
        (None, ValueState.MASKED, "s"),
    ],
)
def test_the_five_states_never_look_alike(number: float | None, state: ValueState, expected: str) -> None:
    assert french.value_text(number, state, 1) == expected


def test_a_percentage_has_a_narrow_space() -> None:
    assert french.percent(81.7) == f"81,7{THIN}%"
    assert french.percent(None) == "n.d."


def test_dates_are_written_in_prose_and_in_tables() -> None:
    assert french.long_date(date(2025, 3, 5)) == "5 mars 2025"
    assert french.long_date(date(2025, 3, 1)) == "1er mars 2025"
    assert french.short_date(date(2025, 3, 5)) == "05/03/2025"


def test_a_noun_is_plural_from_two() -> None:
    assert french.plural(0, "commune", "communes") == "0\u00a0commune"
    assert french.plural(1.5, "place", "places") == "1,5\u00a0place"
    assert french.plural(1255, "EPCI", "EPCI") == f"1{THIN}255\u00a0EPCI"
    assert french.plural(2, "commune") == "2\u00a0communes"


def test_ordinals_follow_the_gender_of_the_first() -> None:
    assert [french.ordinal(1), french.ordinal(1, feminine=True), french.ordinal(6)] == ["1er", "1re", "6e"]


def test_a_listing_ends_with_et() -> None:
    assert french.listing(("Deux-Sèvres", "Vienne", "Vendée")) == "Deux-Sèvres, Vienne et Vendée"
    assert french.listing(()) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Comment est-ce calculé ?", f"Comment est-ce calculé{THIN}?"),
        ("l'Epci: oui!", f"l’Epci{THIN}: oui{THIN}!"),
        ("« Niort »", f"«{THIN}Niort{THIN}»"),
        ("«Niort»", f"«{THIN}Niort{THIN}»"),
        ("81,7 % à 12:30", f"81,7{THIN}% à 12:30"),
        ("https://exemple.fr/a?b=1", "https://exemple.fr/a?b=1"),
        ("(a ; b)", f"(a{THIN}; b)"),
    ],
)
def test_texts_get_their_narrow_spaces_and_apostrophes(text: str, expected: str) -> None:
    assert french.typographic(text) == expected


@given(st.text(alphabet="aé1 :;!?%«»'’()\u202f\u00a0.,\""))
def test_typography_done_twice_changes_nothing(text: str) -> None:
    once = french.typographic(text)
    assert french.typographic(once) == once


def test_folding_ignores_accents_case_ligatures_and_hyphens() -> None:
    assert french.fold("L’Œuvre d'Été — Saint-Étienne") == "l oeuvre d ete saint etienne"


@given(st.text())
def test_folding_is_stable_and_ignores_case(text: str) -> None:
    folded = french.fold(text)
    assert french.fold(folded) == folded
    assert folded == folded.strip()


@given(st.text(alphabet="abcéèêàçœïüÿ -’"))
def test_folding_gives_plain_letters_for_french_words(text: str) -> None:
    folded = french.fold(text)
    assert folded.isascii()
    assert folded == french.fold(text.upper())

"""Lines keep within their width, cut words as French does, and never read a text as markup."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.kit.blocks import Document
from reports.kit.desk import Captions, Desk
from reports.kit.hyphen import cuts
from reports.kit.printed import Run
from reports.kit.prose import BODY, SetLine, clean, set_text
from tests.reports.booklets import LONG, shown


def desk() -> Desk:
    """A desk without any section."""
    return Desk(Document("Essai", (), datetime.date(2026, 11, 19)), Captions(()))


def words_of(lines: list[SetLine]) -> list[str]:
    """Text of each line."""
    return [" ".join(atom.text for _, atom in line.atoms) for line in lines]


@given(st.text(max_size=200), st.floats(30, 500))
@settings(max_examples=60, deadline=None)
def test_no_line_is_wider_than_asked(text: str, width: float) -> None:
    for line in set_text(text, BODY, width, desk()):
        widest = max((atom.width for _, atom in line.atoms), default=0.0)
        assert line.width <= width + 0.1 or (len(line.atoms) == 1 and widest <= width + 8.7)


def test_words_are_cut_as_in_french_never_names_nor_numbers() -> None:
    assert ("extraordi-", "naire") in cuts("extraordinaire")
    assert ("l’accom-", "pagnement,") in cuts("l’accompagnement,")
    for word in ("Bressuirais", "CPOG", "2023-2024", "31/12/2026", "petit", "ab" * 32):
        assert cuts(word) == ()
    assert cuts("Deux-Sèvres") == (("Deux-", "Sèvres"),)


def test_a_compound_name_is_only_cut_where_a_line_cannot_hold_it() -> None:
    text = "Le taux est inférieur à celui des Deux-Sèvres, du plus élevé au plus bas. " * 3
    for width in range(120, 400, 9):
        assert not any(
            line.endswith("Deux-") for line in words_of(set_text(text, BODY, float(width), desk()))
        )
    assert words_of(set_text("Deux-Sèvres", BODY, 34, desk()))[0] == "Deux-"


def test_a_code_is_cut_without_hyphen() -> None:
    lines = words_of(set_text("3fa9c1d2" * 8, BODY, 120, desk()))
    assert "".join(lines) == "3fa9c1d2" * 8


def test_control_signs_are_dropped_and_spaces_are_french() -> None:
    assert clean('a\x00b\u202ec\ufeff d\'un "x" : 12 %\t!') == 'abc d’un "x"\u202f: 12\u202f%\u202f!'
    assert clean("lone \ud800 surrogate") == "lone  surrogate"
    assert [len(line.atoms) for line in set_text("un\n\ndeux", BODY, 200, desk())] == [1, 0, 1]


def test_no_word_is_left_alone_on_the_last_line() -> None:
    for width in range(200, 500, 7):
        lines = words_of(set_text(LONG.strip(), BODY, float(width), desk()))
        assert len(lines) < 2 or len(lines[-1].split()) > 1 or len(lines[-1]) > 12, width


def test_a_mark_sticks_to_its_number_and_its_comma() -> None:
    text = ("contre ", shown(70.6), ", et ", Run("gras", bold=True), ".")
    lines = set_text(text, BODY, 60, desk())
    joined = words_of(lines)
    assert any(line.startswith("70,6 1 ,") or "70,6 1 ," in line for line in joined)


@pytest.mark.parametrize("hostile", ["<b>x</b>", "&lt", "%s {0}", "\\n", "<para>"])
def test_a_text_is_never_markup(hostile: str) -> None:
    assert hostile.replace(" ", "") in "".join(words_of(set_text(hostile, BODY, 400, desk()))).replace(
        " ", ""
    )

"""Search of territories: what a user types, what comes first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.reference import load_reference
from app.domain.territory import Level

REFERENCE = load_reference()


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("niort", Level.COMMUNE, "79191"),
        ("NIORTAIS", Level.EPCI, "200041317"),
        ("deux sevres", Level.DEPARTEMENT, "79"),
        ("79", Level.DEPARTEMENT, "79"),
        ("79191", Level.COMMUNE, "79191"),
        ("2a004", Level.COMMUNE, "2A004"),
        ("200069755", Level.EPCI, "200069755"),
        ("poitou mellois", Level.EPCI, "200069755"),
        ("st-dizier", Level.COMMUNE, "52448"),
        ("l'ouest vosgien", Level.EPCI, "200068559"),
        ("sauzé-vaussais", Level.COMMUNE, "79307"),
        ("grand est", Level.REGION, "44"),
    ],
)
def test_the_first_answer_is_the_expected_one(text: str, level: Level, code: str) -> None:
    first = REFERENCE.find(text)[0]
    assert (first.level, first.code) == (level, code)


def test_a_scope_keeps_what_is_inside_even_in_part() -> None:
    assert [found.code for found in REFERENCE.find("ouest vosgien", ("52",))] == ["200068559"]
    assert REFERENCE.find("ouest vosgien", ("79",)) == []


def test_nothing_typed_finds_nothing() -> None:
    assert REFERENCE.find("") == []
    assert REFERENCE.find(" - ") == []


def test_the_limit_holds_and_no_territory_comes_twice() -> None:
    found = REFERENCE.find("saint", limit=20)
    assert len(found) == 20
    assert len({(territory.level, territory.code) for territory in found}) == 20


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(REFERENCE.communes("79")))
def test_every_commune_is_found_by_its_name_and_by_its_code(commune: object) -> None:
    name, code = getattr(commune, "name", ""), getattr(commune, "code", "")
    assert code in {found.code for found in REFERENCE.find(name, ("79",))}
    assert REFERENCE.find(code)[0].code == code


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12))
def test_no_text_breaks_the_search(text: str) -> None:
    assert len(REFERENCE.find(text, limit=5)) <= 5

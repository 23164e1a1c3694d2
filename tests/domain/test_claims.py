"""Texts typed by users: numbers are found, tied to what they speak of, and checked."""

from __future__ import annotations

import pytest

from app.domain.claims import Book, Fact, Problem, check_text
from app.domain.claims_fields import LiveField, field_findings, field_names, fill, parse_field
from app.domain.claims_read import read_mentions
from app.domain.dictionary import load_indicators
from app.domain.indicator import Value, ValueState
from app.domain.territory import Level


@pytest.fixture
def book() -> Book:
    facts = [
        Fact("couv_global", "own", 2017, 62.0, 1, per_hundred=True),
        Fact("couv_global", "own", 2023, 67.2, 1, per_hundred=True, origin="txcouv.csv, ligne 14"),
        Fact("couv_global", "fr", 2023, 60.9, 1, per_hundred=True),
        Fact("couv_global", "79", 2023, 70.6, 1, per_hundred=True),
        Fact("couv_eaje", "own", 2023, 8.4, 1, per_hundred=True),
        Fact("naissances", "own", 2025, 2772.0, 0),
    ]
    return Book(
        indicators={
            "couv_global": ["taux de couverture", "couverture"],
            "couv_eaje": ["en Eaje", "couverture par les Eaje"],
            "naissances": ["naissances"],
        },
        places={"own": ["Mellois"], "fr": ["France", "national"], "79": ["Deux-Sèvres", "département"]},
        names={"own": "le Mellois", "fr": "la France", "79": "les Deux-Sèvres"},
        facts=facts,
        own="own",
    )


def problems(text: str, book: Book) -> list[tuple[Problem, str]]:
    return [(finding.problem, finding.written) for finding in check_text(text, book)]


def explained(text: str, book: Book) -> str:
    return "\n".join(finding.explanation for finding in check_text(text, book)).replace("\u00a0", " ")


SPACES = [" ", "\u00a0", "\u202f", "\u2009", ""]


@pytest.mark.parametrize("space", SPACES)
def test_the_reference_case_is_flagged_whatever_the_spaces(space: str, book: Book) -> None:
    text = f"70{space}%, supérieur de près de 1 point au taux national (58,5{space}%)"
    found = check_text(text, book)
    assert [finding.problem for finding in found] == [Problem.GAP]
    explanation = found[0].explanation.replace("\u00a0", " ")
    assert explanation == f"l’écart entre 70{space}% et 58,5{space}% est de 11,5 points et non 1".replace(
        "\u00a0", " "
    )
    assert found[0].suggestion == "11,5\u00a0points"
    assert text[found[0].start : found[0].end] == "1 point"


def test_a_right_text_raises_nothing(book: Book) -> None:
    text = (
        "En 2023, le taux de couverture du Mellois est de 67,2 places pour 100 enfants de moins de 3 ans, "
        "contre 70,6 dans le département et 60,9 en France, dont 8,4 en Eaje. Il est inférieur de 3,4 points "
        "à celui des Deux-Sèvres (70,6). Entre 2017 et 2023, la couverture a augmenté de 5,2 points, "
        "de 62,0 à 67,2. Le Mellois compte 2 772 naissances en 2025. Le 5 mars 2025, axe 3, fiche 12, "
        "les 0-3 ans."
    )
    assert check_text(text, book) == []


def test_a_wrong_number_gets_the_right_one_its_origin_and_whose_it_is(book: Book) -> None:
    text = explained("La couverture du Mellois est de 70,6 places pour 100 enfants.", book)
    assert "la base donne 67,2 pour le Mellois en 2023" in text
    assert "70,6 est la valeur pour les Deux-Sèvres en 2023" in text
    assert "txcouv.csv, ligne 14" in text


def test_places_for_100_children_are_never_a_percentage(book: Book) -> None:
    assert problems("La couverture est de 67,2 %.", book) == [(Problem.UNIT, "67,2 %")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La couverture est supérieure de 3,4 points à celle des Deux-Sèvres.", []),
        ("La couverture (67,2) est supérieure de 3,4 points à celle des Deux-Sèvres.", [Problem.DIRECTION]),
        ("La couverture (67,2) est inférieure de 3,4 points à celle des Deux-Sèvres.", []),
        ("La couverture (67,2) est inférieure de 5 points à celle des Deux-Sèvres.", [Problem.GAP]),
        ("La couverture a diminué de 5,2 points, de 62,0 à 67,2.", [Problem.DIRECTION]),
        ("La couverture est de 67,2, soit environ 6 points de plus que le taux national (60,9).", []),
        ("La couverture est de 67,2, soit 6,3 pts de plus que le taux national (60,9).", []),
    ],
)
def test_gaps_are_checked_with_their_direction(text: str, found: list[Problem], book: Book) -> None:
    assert [finding.problem for finding in check_text(text, book)] == found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("23 CTG sur 45 (51,1 %).", False),
        ("23 CTG sur 45, soit 52 %.", True),
        ("Les effectifs passent de 1\u202f075 à 943, soit −12,3 %.", False),
        ("Les effectifs passent de 1 075 à 943, soit une baisse de 12,3 %.", False),
        ("Les effectifs passent de 1 075 à 943, soit −14 %.", True),
    ],
)
def test_shares_and_changes_are_recomputed(text: str, wrong: bool, book: Book) -> None:
    assert bool([f for f in check_text(text, book) if f.problem in (Problem.SHARE, Problem.CHANGE)]) is wrong


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("près de 68", True),
        ("plus de 67", True),
        ("environ 65", True),
        ("près de 80", False),
        ("moins de 67", False),
        ("plus de 68", False),
        ("au moins 67", True),
        ("67", True),
    ],
)
def test_words_of_caution_have_a_direction(words: str, right: bool, book: Book) -> None:
    assert (check_text(f"La couverture est de {words} places.", book) == []) is right


def test_an_unknown_year_or_indicator_is_only_unverified(book: Book) -> None:
    found = check_text("En 2019, la couverture était de 65,0.", book)
    assert [finding.problem for finding in found] == [Problem.UNVERIFIED]
    assert not found[0].is_error
    assert "2017 et 2023" in found[0].explanation
    assert check_text("Le budget est de 12 000 €.", book) == []


@pytest.mark.parametrize(
    "text",
    [
        "12 enfants de moins de 3 ans, le 3 mai 2024",
        "0 à 3 ans",
        "le 05/03/2025",
        "fiche 3.2",
        "{couverture}",
    ],
)
def test_ages_dates_and_numbers_of_things_claim_nothing(text: str) -> None:
    assert [mention.number for mention in read_mentions(text)] in ([], [12.0])


def test_numbers_are_read_with_unit_and_place() -> None:
    text = "De 1 234,5 € à −3 points puis 12.5 pour cent"
    found = read_mentions(text)
    assert [(m.number, m.unit, m.decimals) for m in found] == [
        (1234.5, "€", 1),
        (-3.0, "point", 0),
        (12.5, "%", 1),
    ]
    assert [text[m.start : m.end] for m in found] == ["1 234,5 €", "−3 points", "12.5 pour cent"]


def test_live_fields_are_filled_and_never_left_blank() -> None:
    value = Value(load_indicators()["couv_global"], Level.EPCI, "x", 2023, 67.2, ValueState.VALUE)

    def lookup(asked: LiveField) -> Value | None:
        return value if asked.year in (None, 2023) else None

    pieces = fill("Taux {couverture}, {couverture:france:2023:unité}, {zut} et {couverture:1999}.", lookup)
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    assert text.startswith("Taux 67,2, 67,2\u00a0places pour 100 enfants")
    assert "[champ inconnu\u202f: zut]" in text
    assert "[pas de donnée\u202f: couverture:1999]" in text
    findings = field_findings("{couvertur} {couverture} {couverture:1999}", lookup)
    assert [finding.written for finding in findings] == ["{couvertur}", "{couverture:1999}"]
    assert "{couverture}" in findings[0].explanation


def test_a_field_names_an_indicator_a_reference_and_a_year() -> None:
    assert parse_field("Couverture Eaje : département : 2022") == LiveField("couv_eaje", "departement", 2022)
    assert parse_field("couverture:ailleurs") is None
    assert set(field_names().values()) <= set(load_indicators())

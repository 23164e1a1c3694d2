"""Sentences made from figures: agreement, honest words, absences, marks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.domain.dictionary import load_indicators
from app.domain.indicator import Direction, Indicator, Kind, Value, ValueState
from app.domain.reference import load_reference
from app.domain.sentences import (
    Comparand,
    Figure,
    comparison_sentence,
    estimate_sentence,
    paragraph,
    small_sentence,
    value_sentence,
)
from app.domain.sentences_change import evolution_sentence, shares_sentence, years_words
from app.domain.sentences_names import (
    Place,
    commune_place,
    departement_place,
    epci_place,
    france_place,
    group_place,
)
from app.domain.sentences_rank import rank_among, rank_sentence
from app.domain.sentences_words import judgement, measure, rounded
from app.domain.territory import Level

REFERENCE = load_reference()
NIORTAIS = epci_place(next(e for e in REFERENCE.epcis("79") if e.short_name == "Niortais"))
SEVRES = departement_place(REFERENCE.departement("79"))
MARNE = departement_place(REFERENCE.departement("52"))
FRANCE = france_place()


def value(
    code: str,
    number: float | None,
    year: int = 2023,
    state: ValueState | None = None,
    estimated: bool = False,
) -> Value:
    found = load_indicators()[code]
    if state is None:
        state = ValueState.NO_DATA if number is None else ValueState.ZERO if number == 0 else ValueState.VALUE
    return Value(found, Level.EPCI, "x", year, number, state, estimated=estimated)


def plain(text: str) -> str:
    return re.sub("[\u202f\u00a0]", " ", text)


@pytest.mark.parametrize(
    ("place", "of", "within", "to"),
    [
        (NIORTAIS, "de la CA du Niortais", "dans la CA du Niortais", "à la CA du Niortais"),
        (SEVRES, "des Deux-Sèvres", "dans les Deux-Sèvres", "aux Deux-Sèvres"),
        (MARNE, "de la Haute-Marne", "en Haute-Marne", "à la Haute-Marne"),
        (departement_place(REFERENCE.departement("01")), "de l’Ain", "dans l’Ain", "à l’Ain"),
        (departement_place(REFERENCE.departement("75")), "de Paris", "à Paris", "à Paris"),
        (commune_place("Le Mans"), "du Mans", "au Mans", "au Mans"),
        (commune_place("Les Herbiers"), "des Herbiers", "aux Herbiers", "aux Herbiers"),
        (commune_place("La Rochelle"), "de La Rochelle", "à La Rochelle", "à La Rochelle"),
        (commune_place("Airvault"), "d’Airvault", "à Airvault", "à Airvault"),
        (commune_place("Échiré"), "d’Échiré", "à Échiré", "à Échiré"),
        (commune_place("Yssingeaux"), "d’Yssingeaux", "à Yssingeaux", "à Yssingeaux"),
        (commune_place("Yutz"), "de Yutz", "à Yutz", "à Yutz"),
        (commune_place("Hyères"), "d’Hyères", "à Hyères", "à Hyères"),
        (commune_place("Houilles"), "de Houilles", "à Houilles", "à Houilles"),
        (FRANCE, "de la France", "en France", "à la France"),
    ],
)  # fmt: skip
def test_names_agree_with_their_prepositions(place: Place, of: str, within: str, to: str) -> None:
    assert (place.of, place.within, place.to) == (of, within, to)


def test_every_epci_departement_and_region_reads_well() -> None:
    places = [epci_place(epci) for epci in REFERENCE.epcis()]
    places += [departement_place(found) for found in REFERENCE.departements()]
    places += [departement_place(found) for found in REFERENCE.regions()]
    for place in places:
        assert not re.search(r"\b(de le|de les|à le|à les|de du|de des) ", f"{place.of} {place.to}"), place
        assert not re.search(r"^de [AEIOUÉÈaeiou]", place.of), place
    assert len(places) > 1300


def test_a_rate_is_said_with_its_year_and_unit_and_never_as_a_percentage() -> None:
    text = value_sentence(value("couv_global", 74.2), NIORTAIS).text
    assert plain(text) == (
        "En 2023, le taux de couverture petite enfance de la CA du Niortais est de "
        "74,2 places pour 100 enfants de moins de 3 ans."
    )
    assert "%" not in text
    assert plain(value_sentence(value("natalite", 1.3), NIORTAIS).text).endswith(
        "1,3 naissance pour 1 000 habitants."
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "En 2023, la CA du Niortais ne compte aucune micro-crèche."),
        (1.0, "En 2023, la CA du Niortais compte 1 micro-crèche."),
        (1234.0, "En 2023, la CA du Niortais compte 1 234 micro-crèches."),
    ],
)
def test_a_count_agrees_and_zero_is_said_in_words(number: float, text: str) -> None:
    assert plain(value_sentence(value("micro_creche", number), NIORTAIS).text) == text


def test_a_plural_territory_takes_a_plural_verb() -> None:
    assert plain(value_sentence(value("naissances", 3.0), SEVRES).text) == (
        "En 2023, les Deux-Sèvres comptent 3 naissances domiciliées."
    )


@pytest.mark.parametrize(
    ("code", "state", "end"),
    [
        ("couv_global", ValueState.NO_DATA, "n’est pas connu : pas de donnée importée."),
        ("couv_global", ValueState.NOT_PUBLISHED, "n’est pas publié à cette maille par le producteur."),
        ("couv_global", ValueState.MASKED, "est masqué (secret statistique)."),
        ("naissances", ValueState.NO_DATA, "ne sont pas connues : pas de donnée importée."),
        ("naissances", ValueState.MASKED, "sont masquées (secret statistique)."),
        ("densite", ValueState.MASKED, "est masquée (secret statistique)."),
    ],
)
def test_an_absence_says_why_and_never_shows_a_number(code: str, state: ValueState, end: str) -> None:
    text = plain(value_sentence(value(code, None, state=state), NIORTAIS).text)
    assert text.endswith(end)
    assert not re.search(r"\d", text.replace("2023", ""))


def test_a_gap_is_said_in_points_between_printed_numbers() -> None:
    own = value("couv_global", 70.0)
    sentence = comparison_sentence(own, [Comparand(FRANCE, value("couv_global", 58.5))])
    assert sentence is not None
    assert plain(sentence.text) == "Il est supérieur de 11,5 points à celui de la France (58,5)."
    # 67,15 and 60,94 print as 67,2 and 60,9: the reader subtracts 6,3, not 6,2
    sentence = comparison_sentence(
        value("couv_global", 67.15), [Comparand(FRANCE, value("couv_global", 60.94))]
    )
    assert sentence is not None
    assert "6,3\u00a0points" in sentence.text


def test_directions_are_not_repeated_and_change_when_they_differ() -> None:
    own = value("couv_global", 67.2)
    dep, fr = Comparand(SEVRES, value("couv_global", 70.6)), Comparand(FRANCE, value("couv_global", 60.9))
    both = comparison_sentence(own, [dep, fr])
    assert both is not None
    assert plain(both.text) == (
        "Il est inférieur de 3,4 points à celui des Deux-Sèvres (70,6) et supérieur de 6,3 points "
        "à celui de la France (60,9)."
    )
    same = comparison_sentence(replace(own, number=80.0), [dep, fr])
    assert same is not None
    assert plain(same.text) == (
        "Il est supérieur de 9,4 points à celui des Deux-Sèvres (70,6) et de 19,1 points "
        "à celui de la France (60,9)."
    )
    assert [piece.name for piece in same.pieces if isinstance(piece, Figure)] == [
        "écart avec les Deux-Sèvres", "", "écart avec la France", ""
    ]  # fmt: skip


def test_equal_and_nearly_equal_are_not_ranked() -> None:
    own = value("couv_global", 67.2)
    equal = comparison_sentence(own, [Comparand(FRANCE, value("couv_global", 67.24))])
    near = comparison_sentence(own, [Comparand(FRANCE, value("couv_global", 67.3))])
    assert equal is not None
    assert near is not None
    assert plain(equal.text) == "Il est égal à celui de la France (67,2)."
    assert plain(near.text) == "Il est comparable, à l’arrondi près, à celui de la France (67,3)."


def test_a_group_is_compared_by_its_median_and_other_years_are_left_out() -> None:
    own = value("densite", 40.0)
    group = Comparand(group_place("Ruraux", 12), value("densite", 30.0))
    sentence = comparison_sentence(own, [group, Comparand(FRANCE, value("densite", 100.0, 2019))])
    assert sentence is not None
    assert plain(sentence.text) == (
        "Elle est supérieure de 10,0 à la médiane du groupe « Ruraux » (12 territoires) (30,0)."
    )
    assert comparison_sentence(own, [Comparand(FRANCE, value("densite", None))]) is None


def test_counts_are_given_as_a_share_of_the_whole() -> None:
    sentence = comparison_sentence(
        value("naissances", 945.0), [Comparand(SEVRES, value("naissances", 2772.0))]
    )
    assert sentence is not None
    assert plain(sentence.text) == "Cela représente 34,1 % du total des Deux-Sèvres (2 772)."
    assert sentence.pieces[1].formula == "945 ÷ 2\u202f772 × 100 = 34,1\u202f%"  # type: ignore[union-attr]


def test_ranks_count_printed_ties_and_say_their_order() -> None:
    numbers = {"A": 77.2, "B": 74.2, "C": 71.8, "D": 71.2, "E": 69.8, "F": 67.2, "G": 67.21, "H": 65.8}
    ranking = rank_among(numbers, "F", 1)
    assert ranking is not None
    text = plain(rank_sentence(value("couv_global", 67.2), ranking, "EPCI des Deux-Sèvres").text)
    assert text == (
        "Il est sixième des huit EPCI des Deux-Sèvres, du plus élevé au plus bas, à égalité avec G ; "
        "les valeurs vont de 65,8 à 77,2 (médiane 70,5)."
    )


@pytest.mark.parametrize(
    ("own", "words"),
    [("A", "le plus élevé des trois"), ("C", "le plus bas des trois"), ("B", "deuxième des trois")],
)
def test_first_and_last_are_said_in_words(own: str, words: str) -> None:
    numbers = {"A": 3.0, "B": 2.0, "C": 1.0, "D": None}
    ranking = rank_among(numbers, own, 1)
    assert ranking is not None
    text = rank_sentence(value("couv_global", 2.0), ranking, "EPCI").text
    assert words in text
    assert "un territoire n’étant pas connu" in text


def test_nothing_is_ranked_without_a_number_or_a_peer() -> None:
    assert rank_among({"A": None, "B": 2.0}, "A", 1) is None
    alone = rank_among({"A": 2.0}, "A", 1)
    assert alone is not None
    assert "aucun autre" in rank_sentence(value("couv_global", 2.0), alone, "EPCI").text.lower()
    same = rank_among({"A": 2.0, "B": 2.0}, "A", 1)
    assert same is not None
    assert "au même niveau" in rank_sentence(value("couv_global", 2.0), same, "EPCI").text


def test_evolutions_agree_and_are_stable_within_rounding() -> None:
    up = evolution_sentence(value("couv_global", 70.0, 2017), value("couv_global", 74.2), NIORTAIS)
    flat = evolution_sentence(value("densite", 70.0, 2017), value("densite", 70.1), NIORTAIS)
    down = evolution_sentence(value("naissances", 1075.0, 2023), value("naissances", 943.0, 2025), NIORTAIS)
    assert up is not None
    assert flat is not None
    assert down is not None
    assert plain(up.text) == (
        "Entre 2017 et 2023, le taux de couverture petite enfance de la CA du Niortais a augmenté de "
        "4,2 points (de 70,0 à 74,2)."
    )
    assert plain(flat.text).endswith("est restée stable, à l’arrondi près (70,0 puis 70,1).")
    assert plain(down.text).endswith("ont diminué de 12,3 %, soit 132 (de 1 075 à 943).")
    assert evolution_sentence(value("naissances", None, 2023), value("naissances", 9.0), NIORTAIS) is None


def test_modes_are_true_shares_of_the_places() -> None:
    names = {
        "couv_am": "les assistants maternels",
        "couv_eaje": "les Eaje",
        "couv_gad": "la garde à domicile",
    }
    parts = [value("couv_eaje", 8.4), value("couv_am", 54.9), value("couv_gad", 0.0)]
    sentence = shares_sentence(value("couv_global", 67.2), parts, names)
    assert sentence is not None
    assert plain(sentence.text) == (
        "Les assistants maternels en assurent 82 %, les Eaje 13 % et la garde à domicile aucune place."
    )
    assert shares_sentence(value("couv_global", 67.2), [value("couv_am", None)], names) is None


def test_small_and_estimated_values_are_flagged() -> None:
    small = small_sentence(value("naissances_3_ans", 38.0, estimated=True), 50)
    assert small is not None
    assert plain(small.text).startswith("Petit dénominateur, environ 38 enfants de moins de 3 ans")
    assert small_sentence(value("naissances_3_ans", 50.0), 50) is None
    estimate = estimate_sentence(value("naissances_3_ans", 38.0, estimated=True))
    assert estimate is not None
    assert paragraph([small, None, estimate]).endswith("estimation.")


def test_an_unknown_indicator_is_quoted_and_a_true_percentage_keeps_its_sign() -> None:
    rate = Indicator(
        "x", "Part des CTG signées", "", "", "", "", "", "%", 1, Kind.RATIO, Direction.UP, "", "", ""
    )  # fmt: skip
    own = Value(rate, Level.EPCI, "x", 2023, 70.0, ValueState.VALUE)
    sentence = comparison_sentence(own, [Comparand(FRANCE, replace(own, number=58.5))])
    assert sentence is not None
    assert plain(value_sentence(own, NIORTAIS).text) == (
        "En 2023, l’indicateur « Part des CTG signées » de la CA du Niortais est de 70,0 %."
    )
    assert plain(sentence.text) == "Il est supérieur de 11,5 points à celui de la France (58,5)."
    assert measure(own) == "70,0\u202f%"


def test_a_gap_is_judged_by_the_direction_only() -> None:
    assert judgement(rounded(2, 1), Direction.UP) == "favorable"
    assert judgement(rounded(2, 1), Direction.DOWN) == "défavorable"
    assert judgement(rounded(2, 1), Direction.NONE) == judgement(rounded(0, 1), Direction.UP) == ""


def test_years_are_grouped() -> None:
    assert years_words([2023, 2024, 2025]) == "de 2023 à 2025"
    assert years_words([2019, 2023]) == "en 2019 et 2023"
    assert plain(years_words([2023])) == "en 2023"

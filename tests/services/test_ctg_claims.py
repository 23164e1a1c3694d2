"""Figures typed in sentences of a CTG of any scope, on the demonstration base."""

from __future__ import annotations

import pytest

from app.domain.claims import Finding
from app.domain.territory import Level
from app.services import Services
from app.services.ctg_claims import Ground, check_sentence

NIORTAIS, HAUT_VAL = "200041317", "200041994"
NIORT = "79191"


def communes(services: Services, scope: str) -> tuple[str, ...]:
    reference = services.territory.reference
    return {
        "epci": reference.members(NIORTAIS),
        "epcis": reference.members(NIORTAIS) + reference.members(HAUT_VAL),
        "commune": (NIORT,),
        "departement": tuple(c.code for c in reference.communes(departement="79")),
        "mixed": (*reference.members(HAUT_VAL), NIORT),
    }[scope]


def check(services: Services, scope: str, text: str, section: str = "petite_enfance") -> list[Finding]:
    figures, reference = services.secrecy.figures(), services.territory.reference
    return check_sentence(figures, reference, communes(services, scope), section, text)


@pytest.mark.parametrize(
    ("scope", "text", "right"),
    [
        ("epci", "Le taux de couverture du territoire est de 62,5 en 2023.", "74,2"),
        ("epcis", "Le taux de couverture est de 62,5 dans la CA du Niortais en 2023.", "74,2"),
        ("epcis", "Le territoire compte 900 naissances en 2023.", "1\u202f237"),
        ("epcis", "À Niort, 300 naissances en 2023.", "523"),
        ("commune", "La commune compte 300 naissances en 2023.", "523"),
        ("commune", "Le taux de couverture est de 12,0, contre 60,9 en France.", "72,7"),
        ("departement", "Le taux de couverture est de 12,0 dans le département en 2023.", "70,6"),
        ("departement", "Le taux de couverture est de 62,5 dans la CA du Niortais en 2023.", "74,2"),
        ("mixed", "Le taux de couverture est de 12,0 à Niort en 2023.", "72,7"),
    ],
)
def test_a_wrong_number_is_found_in_every_scope(demo: Services, scope: str, text: str, right: str) -> None:
    (found,) = check(demo, scope, text)
    assert found.suggestion == right


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        ("epcis", "Le taux de couverture est de 74,2 dans la CA du Niortais en 2023."),
        ("epcis", "Le territoire compte 1 237 naissances en 2023."),
        ("epcis", "Le taux de couverture est de 62,5 en 2023."),
        ("departement", "Le taux de couverture est de 70,6 en 2023."),
        ("commune", "Rien n’est chiffré."),
        ("commune", "La couverture est de 74,2 dans la CA du Niortais en 2023."),
    ],
)
def test_what_is_right_or_cannot_be_told_is_left_alone(demo: Services, scope: str, text: str) -> None:
    assert check(demo, scope, text) == []


def test_counts_of_several_territories_are_summed_never_averaged(demo: Services) -> None:
    whole = [
        demo.indicators.value("naissances", Level.EPCI, code, 2024).number for code in (NIORTAIS, HAUT_VAL)
    ]
    total = sum(number or 0 for number in whole)
    (found,) = check(demo, "epcis", "La CTG couvre 3 000 naissances en 2024.")
    assert found.suggestion.replace("\u202f", "") == str(int(total))
    assert "les 2\u00a0EPCI de la CTG" in found.explanation


def test_a_rate_of_several_territories_is_recomputed_from_counts(demo: Services) -> None:
    (found,) = check(demo, "epcis", "Il y a 3,1 naissances pour 1 000 habitants en 2023.", "portrait")
    births = people = 0.0
    for code in (NIORTAIS, HAUT_VAL):
        value = demo.indicators.value("natalite", Level.EPCI, code, 2023)
        births += value.parts[0].number or 0
        people += value.parts[1].number or 0
    assert float(found.suggestion.replace(",", ".")) == round(births / people * 1000, 1)


def test_the_ground_is_the_largest_territory_that_fits(demo: Services) -> None:
    reference = demo.territory.reference
    found = {
        scope: Ground(reference, communes(demo, scope)).parts for scope in ("epcis", "departement", "mixed")
    }
    assert found["epcis"] == (Level.EPCI, (NIORTAIS, HAUT_VAL))
    assert found["departement"] == (Level.DEPARTEMENT, ("79",))
    assert found["mixed"][0] is Level.COMMUNE

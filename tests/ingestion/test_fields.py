"""Which column holds which field."""

from __future__ import annotations

from app.ingestion.fields import Field, columns_score, match_columns, missing_fields

NAME = Field("nom", "Nom de l’équipement", required=True, synonyms=("structure", "établissement"))
PLACE = Field("commune", "Commune", required=True, kind="commune", synonyms=("code insee", "depcom"))
KIND = Field("type", "Type", kind="choice", choices=(("eaje", "Eaje"),), synonyms=("nature",))
FIELDS = (NAME, PLACE, KIND)


def test_columns_are_found_by_name_whatever_the_case_and_accents() -> None:
    assert match_columns(("ETABLISSEMENT", "Code INSEE", "NATURE"), FIELDS) == {
        "nom": "ETABLISSEMENT",
        "commune": "Code INSEE",
        "type": "NATURE",
    }


def test_a_longer_header_is_found_after_the_exact_ones() -> None:
    found = match_columns(("Commune d’implantation", "Commune", "Structure gestionnaire"), FIELDS)
    assert found == {"commune": "Commune", "nom": "Structure gestionnaire"}


def test_a_header_serves_one_field_and_what_is_unknown_none() -> None:
    fields = (Field("a", "Places"), Field("b", "Nombre", synonyms=("places",)))
    assert match_columns(("Places", "Remarque"), fields) == {"a": "Places"}


def test_what_the_user_said_before_wins() -> None:
    kept = {"nom": "Lieu", "type": "", "commune": "absente ici", "inconnu": "Lieu"}
    found = match_columns(("Lieu", "Structure", "Type", "Commune"), FIELDS, kept)
    assert found == {"nom": "Lieu", "commune": "Commune"}


def test_short_names_are_not_looked_for_inside_headers() -> None:
    assert match_columns(("Date de fin",), (Field("de", "De"),)) == {}


def test_the_score_needs_the_required_fields() -> None:
    assert columns_score(("Structure", "Commune", "Type"), FIELDS) == 1.0
    assert columns_score(("Structure", "Commune", "Téléphone", "Courriel"), FIELDS) >= 0.6
    assert columns_score(("Structure", "Type"), FIELDS) < 0.6
    assert columns_score(("a", "b"), FIELDS) == 0.0
    assert columns_score((), FIELDS) == 0.0


def test_missing_required_fields_are_told() -> None:
    assert missing_fields(FIELDS, {"nom": "Structure", "commune": ""}) == (PLACE,)

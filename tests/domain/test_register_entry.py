"""What people type: read, or refused with the field and a French sentence."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import register_errors
from app.domain.anomaly import Severity, anomaly_text
from app.domain.duplicates import compare, find_duplicates, name_likeness
from app.domain.french import typographic
from app.domain.reference import load_reference
from app.domain.register import (
    Childminders,
    Equipment,
    Movement,
    MovementKind,
    PlaceGroup,
    Point,
    Site,
    Transfer,
    Zone,
)
from app.domain.register_change import changed_field
from app.domain.register_entry import parse_date, read_entry
from app.domain.register_errors import RegisterRefusal
from app.domain.register_fields import BY_CODE
from app.domain.register_places import PlaceReader, read_days
from app.domain.register_rules import Rules
from app.domain.register_words import SENTENCES, refusal_anomaly
from app.domain.territory import Level
from ui.error_words_register import field_sentence
from ui.errors import sentence
from ui.labels_register import FIELD_LABELS, kind_label

DAY = datetime.date
REFUSALS = [
    kind
    for kind in vars(register_errors).values()
    if isinstance(kind, type) and issubclass(kind, RegisterRefusal) and kind is not RegisterRefusal
]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(load_reference())


@pytest.fixture(scope="module")
def places() -> PlaceReader:
    return PlaceReader(load_reference(), ("79", "52"))


def eaje(**facts: object) -> Equipment:
    return Equipment("e", "s", "eaje", "Les Lucioles", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-05", DAY(2025, 3, 5)), ("05/03/2025", DAY(2025, 3, 5)), ("5.3.2025", DAY(2025, 3, 5)),
        ("5 mars 2025", DAY(2025, 3, 5)), ("1er août 2024", DAY(2024, 8, 1)),
        ("29/02/2024", DAY(2024, 2, 29)),
        ("29/02/2023", None), ("31/04/2025", None), ("demain", None), ("5 brumaire 2025", None),
        ("2025-03-05 00:00:00", DAY(2025, 3, 5)), ("01/01/0001", None),
    ],
)  # fmt: skip
def test_dates_of_the_calendar_only(text: str, day: datetime.date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("licensed_places", "1 024", 1024), ("licensed_places", "", None), ("fte", "0,8", 0.8),
        ("opened_on", "2014", DAY(2014, 1, 1)), ("itinerant", "Oui", True), ("itinerant", "inconnu", None),
        ("kind", "Ram", "rpe"), ("status", "Fermé", "ferme"), ("manager_kind", "Mairie", "commune"),
        ("manager_kind", "", ""), ("lon", "-0,46", -0.46), ("name", "  Les   Lucioles ", "Les Lucioles"),
        ("funding", "PSU", "psu"), ("reliability", "b", "B"),
    ],
)  # fmt: skip
def test_what_people_type_is_read(field: str, text: str, value: object) -> None:
    assert read_entry(BY_CODE[field], text) == value


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("licensed_places", "-3", "negative"), ("licensed_places", "douze", "number"),
        ("licensed_places", "12,5", "whole"), ("licensed_places", "200000", "range"),
        ("opened_on", "31/02/2024", "date"), ("kind", "piscine", "choice"),
        ("itinerant", "peut-être", "choice"),
        ("hours_per_year", "9000", "range"), ("lat", "146,3", "range"), ("name", "x" * 3000, "long"),
        ("fte", "1e999", "number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_at_its_field(field: str, text: str, rule: str) -> None:
    with pytest.raises(RegisterRefusal) as raised:
        read_entry(BY_CODE[field], text)
    assert (raised.value.rule, raised.value.field) == (rule, field)


@given(st.text(max_size=40), st.sampled_from(sorted(BY_CODE)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str, field: str) -> None:
    if BY_CODE[field].kind in ("commune", "communes", "points"):
        return
    refusal = None
    try:
        read_entry(BY_CODE[field], text)
    except RegisterRefusal as error:
        refusal = error
    assert refusal is None or sentence(refusal)


REFUSED: list[tuple[dict[str, object], str, str]] = [
    ({"opened_on": DAY(2024, 1, 1), "closed_on": DAY(2023, 1, 1)}, "closed_on", "dates"),
    ({"opened_on": DAY(2024, 1, 1), "closed_on": DAY(2024, 1, 1)}, "closed_on", "dates"),
    ({"licence_from": DAY(2024, 1, 1), "licence_to": DAY(2023, 12, 31)}, "licence_to", "dates"),
    ({"licensed_places": -1}, "licensed_places", "negative"),
    ({"hours_per_year": -1.0}, "hours_per_year", "negative"),
    ({"fte": float(-1)}, "fte", "negative"),
    ({"itinerant": True}, "points", "itinerant"),
    ({"served": ("00000",)}, "served", "commune"),
    ({"manager_kind": "syndicat secret"}, "manager_kind", "choice"),
    ({"groups": (PlaceGroup("a", "", "psu", 10, 12),)}, "opened", "opened"),
    ({"groups": (PlaceGroup("a", "", "psu", -1, None),)}, "licensed", "negative"),
    ({"groups": (PlaceGroup("a", "", "bitcoin", 1, None),)}, "funding", "choice"),
    ({"licensed_places": 20,
      "groups": (PlaceGroup("a", "", "psu", 15, None), PlaceGroup("b", "", "paje", 6, None))},
     "licensed", "over_licence"),
    ({"points": (Point("p", "", "79191", 2.35, 48.85),), "itinerant": True}, "points", "outside"),
    ({"points": (Point("p", "", "79191", days=(7,)),)}, "points", "choice"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "field", "rule"), REFUSED)
def test_a_service_that_cannot_be_is_refused(
    rules: Rules, facts: dict[str, object], field: str, rule: str
) -> None:
    with pytest.raises(RegisterRefusal) as raised:
        rules.equipment(eaje(**facts))
    assert (raised.value.field, raised.value.rule) == (field, rule)
    assert field_sentence(raised.value).endswith((".", "…"))


def test_groups_that_never_meet_do_not_exceed_the_licence(rules: Rules) -> None:
    first = PlaceGroup("a", "", "cej", 20, 20, ends_on=DAY(2023, 1, 1))
    second = PlaceGroup("b", "", "forfait", 20, 20, starts_on=DAY(2023, 1, 1))
    planned = PlaceGroup("c", "", "psu", 10, None, expected=True)
    kept = rules.equipment(eaje(licensed_places=20, groups=(first, second, planned)))
    assert len(kept.groups) == 3


def test_a_site_is_in_a_commune_that_exists_and_its_point_too(rules: Rules) -> None:
    with pytest.raises(register_errors.UnknownCommune) as unknown:
        rules.site(Site("s", "", "99999"))
    assert unknown.value.field == "code_commune"
    with pytest.raises(register_errors.MissingEntry):
        rules.site(Site("s", "", ""))
    with pytest.raises(register_errors.PointOutsideCommune) as outside:
        rules.site(Site("s", "", "79191", 5.33, 47.86, precise=True))  # Langres
    assert outside.value.facts["commune"] == "Niort"
    with pytest.raises(register_errors.HalfPoint):
        rules.site(Site("s", "", "79191", -0.46, None))
    assert rules.site(Site("s", "", "79060")).code_commune == "79307"  # merged since
    assert rules.site(Site("s", "", "79191", -0.4659, 46.3236, precise=True)).precise


def test_real_outlines_decide_where_they_are_known() -> None:
    near = Site("s", "", "79191", -0.4659, 46.3236, precise=True)
    with pytest.raises(register_errors.PointOutsideCommune):
        Rules(load_reference(), lambda *_: False).site(near)
    far = Site("s", "", "79191", 5.33, 47.86, precise=True)
    assert Rules(load_reference(), lambda *_: True).site(far) == far


def test_movements_childminders_zones_and_transfers_have_their_rules(rules: Rules) -> None:
    with pytest.raises(register_errors.MissingEntry):
        rules.movement(Movement("m", "e", DAY(2024, 1, 1), MovementKind.CREATION, 0))
    with pytest.raises(register_errors.NegativeNumber):
        rules.movement(Movement("m", "e", DAY(2024, 1, 1), MovementKind.CREATION, -4))
    with pytest.raises(register_errors.OpenedOverLicensed) as active:
        rules.childminders(Childminders("c", Level.EPCI, "200041333", 2025, 10, 12, None))
    assert "actifs" in sentence(active.value)
    with pytest.raises(register_errors.UnknownCommune):
        rules.childminders(Childminders("c", Level.EPCI, "123", 2025, 10, None, None))
    with pytest.raises(register_errors.EmptyZone):
        rules.zone(Zone("z", "qpv", "Q", "Nouvelle"))
    here = Zone("z", "qpv", "Q", "Ici", partial=("79191",))
    with pytest.raises(register_errors.ZoneOverlap):
        rules.zone(here, (Zone("y", "qpv", "Q", "Ici", partial=("79191",)),))
    ended = Zone("y", "qpv", "Q", "Ici", partial=("79191",), ends_on=DAY(2024, 1, 1))
    assert rules.zone(Zone("z", "qpv", "Q", "Ici", partial=("79191",), starts_on=DAY(2024, 1, 1)), (ended,))
    item = eaje(manager="Caf", manager_kind="caf")
    with pytest.raises(register_errors.SameManager):
        rules.transfer(item, Transfer("t", DAY(2024, 1, 1), "", "", "Caf", "caf"))
    assert rules.transfer(item, Transfer("t", DAY(2024, 1, 1), "", "", "Niort", "commune")).from_kind == "caf"


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_refusal_has_its_sentence_and_its_anomaly(kind: type[RegisterRefusal]) -> None:
    error = kind("licensed_places", "x")
    assert error.rule in SENTENCES
    said = sentence(error)
    assert said.endswith("Rien n’a été écrit.")
    assert typographic(said) == said
    anomaly = refusal_anomaly(error, 3, "Places", "x")
    assert anomaly.severity is Severity.ERROR
    title, explanation = anomaly_text(anomaly)
    assert title
    assert not title.startswith("register_")
    assert explanation.endswith("Ligne non importée.")


def test_refusals_have_one_rule_each() -> None:
    assert len({kind.rule for kind in REFUSALS}) == len(REFUSALS) == len(SENTENCES)


def test_a_refusal_says_field_value_and_rule() -> None:
    error = register_errors.PlacesOverLicence("licensed", 30, total=30, licence=20, groups=2)
    assert "2 groupes de places font 30" in sentence(error)
    dates = register_errors.DatesReversed(
        "closed_on", "", start=DAY(2024, 1, 1), end=DAY(2023, 1, 1), start_field="opened_on"
    )
    assert sentence(dates).startswith(
        "La fermeture, le 01/01/2023, doit venir après l’ouverture, le 01/01/2024."
    )
    assert "Fermeture" in FIELD_LABELS["closed_on"]
    assert kind_label("rpe", DAY(2019, 1, 1)) == "Relais assistants maternels"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("79191", "79191"), ("Niort", "79191"), ("NIORT", "79191"), ("Ville de NIORT", "79191"),
        ("79060", "79307"), ("79191.0", "79191"), ("La Porte du Der", "52331"), ("St-Dizier", "52448"),
        ("Montier-en-Der", "52331"),
    ],
)  # fmt: skip
def test_communes_are_found_by_code_or_name(places: PlaceReader, text: str, code: str) -> None:
    assert places.commune(text) == code


@pytest.mark.parametrize("text", ["Nyort", "", "79999", "Saint"])
def test_an_unknown_commune_is_refused(places: PlaceReader, text: str) -> None:
    with pytest.raises(register_errors.UnknownCommune):
        places.commune(text)


def test_a_name_that_several_communes_bear_asks_for_the_code() -> None:
    anywhere = PlaceReader(load_reference(), ())
    with pytest.raises(register_errors.UnknownCommune) as raised:
        anywhere.commune("Saint-Denis")
    assert "Plusieurs communes" in sentence(raised.value)


def test_lists_of_communes_and_points(places: PlaceReader) -> None:
    assert places.communes("79191, 79049 79202") == ("79191", "79049", "79202")
    assert places.communes("Niort ; Bressuire | Niort") == ("79191", "79049")
    first, second = places.points("Thouars (lundi, jeudi) ; 79049 (mar.)")
    assert (first.code_commune, first.days, first.label) == ("79329", (0, 3), "Thouars")
    assert (second.code_commune, second.days) == ("79049", (1,))
    assert read_days("lun. et me") == (0, 2)
    with pytest.raises(register_errors.UnknownChoice):
        places.points("Thouars (m)")


def test_names_are_alike_whatever_order_accents_and_small_words() -> None:
    assert name_likeness("Crèche du Vert-Bois", "CRECHE VERT BOIS") == 1
    assert name_likeness("Pole Enfance de L'Orangerie", "Pôle enfance de l’Orangerie") == 1
    assert name_likeness("Les Lucioles", "Les Luciolles") > 0.82
    assert name_likeness("Les Lucioles", "Les Papillons") < 0.6
    assert name_likeness("", "Les Lucioles") == 0


def test_duplicates_are_explained_by_name_and_distance() -> None:
    here = Site("1", "", "79191", -0.4600, 46.3200, precise=True, address="2 rue Basse")
    near = Site("2", "", "79191", -0.4608, 46.3201, precise=True, address="2, Rue basse")
    far = Site("3", "", "79191", -0.4000, 46.3400, precise=True)
    lucioles = Equipment("a", "1", "eaje", "Les Lucioles")
    lucioles2 = Equipment("b", "2", "micro_creche", "Crèche Les Lucioles")
    other = Equipment("c", "3", "eaje", "Les Lucioles vertes")
    pair = compare(here, lucioles, near, lucioles2)
    assert pair is not None
    assert pair.distance_km == pytest.approx(0.062, abs=0.003)
    assert set(pair.reasons) == {"near", "same_address"}
    assert compare(here, lucioles, far, other) is None  # 5 km apart with another name
    found = find_duplicates([(here, lucioles), (near, lucioles2), (far, other)])
    assert [(p.first.uuid, p.second.uuid) for p in found] == [("a", "b")]
    assert find_duplicates([(here, lucioles), (near, lucioles2)], frozenset({("a", "b")})) == ()


def test_a_field_goes_to_the_only_group_or_is_refused() -> None:
    item = eaje(groups=(PlaceGroup("a", "", "psu", 20, 15),))
    assert changed_field(item, BY_CODE["opened"], 18).groups[0].opened == 18
    assert changed_field(eaje(), BY_CODE["opened"], 0).groups[0].opened == 0
    assert changed_field(eaje(), BY_CODE["funding"], "").groups == ()
    two = eaje(groups=(*item.groups, PlaceGroup("b", "", "paje", 5, 5)))
    with pytest.raises(register_errors.NotTogether):
        changed_field(two, BY_CODE["opened"], 3)

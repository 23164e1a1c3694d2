"""Rules of conventions: life, spans, overlaps, notices, coverage, amounts, conformity, themes, errors."""

from __future__ import annotations

import inspect
import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import ctg_errors
from app.domain.agenda import Event, calendar_text, folded
from app.domain.conformity import PointState, duties_at, load_duties, load_points, stands_for_schema
from app.domain.contacts import check_contact
from app.domain.ctg import (
    NEXT_STATUSES,
    Convention,
    CtgStatus,
    Member,
    Prolongation,
    Span,
    check_overlaps,
    check_span,
    end_notice,
    months_before,
    next_status,
)
from app.domain.ctg_coverage import Place, count, covered_codes
from app.domain.ctg_errors import BadField, EndBeforeStart, ForbiddenTransition, OverlappingCtg
from app.domain.ctg_field_words import FIELD, THING
from app.domain.ctg_fields import FIELDS, parse_day, read_fields
from app.domain.ctg_parameters import Amount, Quantity, amount_at, estimate_bonus, load_amounts, merge_amounts
from app.domain.ctg_themes import load_themes, missing_themes
from app.domain.errors import DomainError, FileError
from ui.errors import explain, sentence

DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))


def convention(uuid: str = "a", **values: object) -> Convention:
    given_: dict[str, object] = {
        "uuid": uuid, "name": uuid, "status": CtgStatus.RUNNING,
        "span": Span(date(2022, 1, 1), date(2025, 12, 31)), "signed_on": date(2022, 3, 1),
        "members": (Member("79001", Span(None, None)), Member("79002", Span(date(2023, 7, 1), None))),
    }  # fmt: skip
    return Convention(**{**given_, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize("current", list(CtgStatus))
@pytest.mark.parametrize("requested", list(CtgStatus))
def test_only_the_passages_of_the_table_are_allowed(current: CtgStatus, requested: CtgStatus) -> None:
    if requested in NEXT_STATUSES[current]:
        assert next_status(current, requested) is requested
    else:
        with pytest.raises(ForbiddenTransition):
            next_status(current, requested)


def test_a_ctg_covers_from_its_signature_to_its_end_as_known_that_day() -> None:
    ctg = convention(prolongations=(Prolongation(date(2025, 6, 1), date(2026, 6, 30)),))
    assert not ctg.in_force(date(2022, 2, 28))
    assert ctg.in_force(date(2022, 3, 1))
    assert ctg.end_at(date(2025, 5, 31)) == date(2025, 12, 31)
    assert ctg.end_at(date(2025, 6, 1)) == date(2026, 6, 30)
    assert ctg.in_force(date(2026, 6, 30))
    assert not ctg.in_force(date(2026, 7, 1))
    assert not convention(status=CtgStatus.DIAGNOSTIC).in_force(date(2023, 1, 1))
    assert not convention(signed_on=None).in_force(date(2023, 1, 1))


def test_a_commune_that_joins_counts_from_its_day() -> None:
    assert convention().communes_at(date(2023, 6, 30)) == {"79001"}
    assert convention().communes_at(date(2023, 7, 1)) == {"79001", "79002"}


def test_overlaps_are_by_commune_and_by_day() -> None:
    held = convention("b", span=Span(date(2026, 1, 1), date(2029, 12, 31)))
    check_overlaps(convention(), [held])
    check_overlaps(convention(members=(Member("79003", Span(None, None)),)), [convention("b")])
    with pytest.raises(OverlappingCtg) as raised:
        check_overlaps(convention(span=Span(date(2022, 1, 1), date(2026, 1, 1))), [held])
    assert raised.value.facts["communes"] == ("79001", "79002")
    late = (Prolongation(date(2025, 1, 1), date(2026, 3, 31)),)
    with pytest.raises(OverlappingCtg):
        check_overlaps(convention(prolongations=late), [held])
    check_overlaps(convention(span=Span(None, None)), [held])


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_spans_meet_if_and_only_if_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    first, second = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = max(first.start or a, second.start or a) <= min(first.end or a, second.end or a)
    assert first.meets(second) is second.meets(first) is shared
    within = first.within(second)
    assert (within.start or a) >= (first.start or a)


def test_notices_before_the_end() -> None:
    end = date(2026, 12, 31)
    cases = {
        date(2025, 12, 30): None, date(2025, 12, 31): 12, date(2026, 6, 29): 12, date(2026, 6, 30): 6,
        date(2026, 9, 30): 3, date(2026, 12, 31): 3, date(2027, 1, 1): 0,
    }  # fmt: skip
    assert {on: end_notice(end, on) for on in cases} == cases
    assert end_notice(None, date(2026, 1, 1)) is None
    assert months_before(date(2024, 5, 31), 3) == date(2024, 2, 29)
    assert months_before(date(2025, 1, 15), 1) == date(2024, 12, 15)


@given(DAYS, st.integers(0, 36))
def test_months_before_goes_back_by_that_many_months(day: date, months: int) -> None:
    found = months_before(day, months)
    assert (day.year - found.year) * 12 + day.month - found.month == months
    assert found.day <= day.day


def test_reversed_dates_are_refused() -> None:
    with pytest.raises(EndBeforeStart):
        check_span(date(2025, 1, 2), date(2025, 1, 1))
    check_span(date(2025, 1, 1), date(2025, 1, 1))
    check_span(None, date(2025, 1, 1))


PLACES = (
    Place("a", "E1", 100, frozenset({"a"})),
    Place("b", "E1", 50, frozenset({"b", "b2"})),
    Place("c", "E2", 30, frozenset({"c"})),
    Place("d", "E2", None, frozenset({"d"})),
    Place("e", None, 20, frozenset({"e"})),
)


def test_three_denominators_by_hand() -> None:
    found = count(PLACES, ["E1", "E2"], frozenset({"a", "b2", "c"}))
    assert found.epcis == (1, 2)
    assert found.epcis_partly == 1
    assert found.population == (180, 200)
    assert found.unknown == 1
    assert found.communes == (3, 5)
    assert count(PLACES, ["E1"], frozenset()).epcis == (0, 1)
    assert covered_codes([convention()], date(2023, 7, 1)) == {"79001", "79002"}


def test_amounts_are_dated_and_an_unknown_one_is_said() -> None:
    amounts = load_amounts()
    known = [amount for amount in amounts if amount.value is not None]
    assert [(a.code, a.value) for a in known] == [("forfait_place_nouvelle", 2100.0)]
    assert all(amount.source for amount in amounts)
    found = amount_at(amounts, "forfait_place_nouvelle", date(2020, 12, 31))
    assert found is not None
    assert found.value == 2100
    assert amount_at(amounts, "forfait_place_nouvelle", date(2024, 12, 31)) is None
    own = Amount("bonus_rpe_etp", "Rpe", 3000, "€ par ETP", None, None, "Barème", own=True)
    merged = merge_amounts(amounts, (own,))
    assert len(merged) == len(amounts)
    assert amount_at(merged, "bonus_rpe_etp", date(2024, 1, 1)) == own


def test_an_estimate_shows_its_formula_and_what_it_lacks() -> None:
    quantities = (
        Quantity("forfait_place_nouvelle", 12, "registre"),
        Quantity("bonus_rpe_etp", 2, ""),
        Quantity("forfait_place_nouvelle", None, ""),
    )
    found = estimate_bonus(2020, quantities, load_amounts())
    assert found.euros == 25200
    assert found.lines[0].formula == "12\u00a0places × 2\u202f100\u202f€ = 25\u202f200\u202f€"
    assert found.lines[1].euros is None
    assert len(found.missing) == 2
    assert estimate_bonus(2020, (), load_amounts()).euros is None


def test_a_schema_needs_its_twelve_points() -> None:
    points = load_points()
    assert len(points) == 12
    states = dict.fromkeys((point.code for point in points), PointState.MET)
    assert stands_for_schema(states, points)
    for code in states:
        assert not stands_for_schema({**states, code: PointState.PARTIAL}, points)
    assert not stands_for_schema({}, points)


def test_duties_are_by_size_and_by_date() -> None:
    sizes = {"1": ("Grande", 10_001, 2022), "2": ("Seuil", 10_000, 2022), "3": ("Petite", 3_500, 2022)}
    found = {(d.duty.code, d.name) for d in duties_at(sizes, date(2025, 6, 1), load_duties())}
    assert ("schema", "Grande") in found
    assert ("schema", "Seuil") not in found
    assert ("planification", "Seuil") in found
    assert ("planification", "Petite") not in found
    assert ("recensement", "Petite") in found
    assert not any(code == "rpe" for code, _ in found)
    later = {(d.duty.code, d.name) for d in duties_at(sizes, date(2026, 1, 1), load_duties())}
    assert ("rpe", "Grande") in later
    assert duties_at(sizes, date(2024, 12, 31), load_duties()) == ()


def test_two_themes_are_compulsory() -> None:
    assert missing_themes(()) == ("acces_droits", "non_recours_accueil")
    assert missing_themes(("acces_droits", "non_recours_accueil")) == ()
    assert len(load_themes()) == 11


@pytest.mark.parametrize(
    ("text", "day"),
    [("31/12/2027", date(2027, 12, 31)), ("2027-12-31", date(2027, 12, 31)), ("1.2.2026", date(2026, 2, 1)),
     ("31/02/2027", None), ("demain", None), ("12/2027", None), ("", None), ("01/01/1800", None)],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("kind", "field", "value", "reason"),
    [
        ("budget", "amount_cents", "deux mille", "number"),
        ("budget", "amount_cents", "-5", "negative"),
        ("budget", "year", "2024,5", "whole"),
        ("budget", "year", "1812", "range"),
        ("budget", "state", "espéré", "choice"),
        ("budget", "funder", " ", "empty"),
        ("step", "planned_on", "bientôt", "date"),
        ("action", "title", "", "empty"),
        ("action", "progress_override", "101", "range"),
        ("action", "colour", "bleu", "unknown"),
        ("action", "description", "x" * 20_001, "too_long"),
    ],
)
def test_a_bad_value_says_why(kind: str, field: str, value: object, reason: str) -> None:
    with pytest.raises(BadField) as raised:
        read_fields(kind, {field: value})
    assert raised.value.facts["reason"] == reason


@pytest.mark.parametrize(("typed", "cents"), [("4 800", 480000), ("12,50 €", 1250), ("", None), (7, 700)])
def test_amounts_are_read_in_euros(typed: object, cents: int | None) -> None:
    assert read_fields("budget", {"amount_cents": typed}) == {"amount_cents": cents}


def test_every_field_and_every_thing_has_its_french_name() -> None:
    names = {name for fields in FIELDS.values() for name in fields}
    assert names <= FIELD.keys()
    assert FIELDS.keys() <= THING.keys()


KINDS = [
    kind
    for _, kind in inspect.getmembers(ctg_errors, inspect.isclass)
    if issubclass(kind, DomainError) and kind.__module__ == ctg_errors.__name__
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_its_sentence(kind: type[DomainError]) -> None:
    error = kind("dossier/joint.pdf") if issubclass(kind, FileError) else kind()
    said = sentence(error)
    assert explain(error).happened != explain(DomainError()).happened
    assert said.endswith(".")
    assert "'" not in said
    assert "None" not in said
    assert not re.search(r"[ \u00a0][;:!?»]", said)


def test_sentences_carry_the_facts() -> None:
    span = Span(date(2024, 1, 1), date(2027, 12, 31))
    said = sentence(OverlappingCtg(other="CTG du Niortais", communes=("79191",), names=("Niort",), span=span))
    assert "Niort est déjà dans la CTG" in said
    assert "31 décembre 2027" in said
    allowed = (CtgStatus.SIGNED,)
    said = sentence(
        ForbiddenTransition(current=CtgStatus.DIAGNOSTIC, requested=CtgStatus.RUNNING, allowed=allowed)
    )
    assert "Passage possible\u202f: Signée." in said
    said = sentence(BadField(field="amount_cents", value="beaucoup", reason="number"))
    assert "«\u202fbeaucoup\u202f» est refusé pour «\u202fmontant\u202f»" in said


@pytest.mark.parametrize(("mail", "phone"), [("accueil", ""), ("a@b", ""), ("", "appeler le soir")])
def test_a_contact_that_cannot_be_reached_is_refused(mail: str, phone: str) -> None:
    with pytest.raises(BadField):
        check_contact(mail, phone)


def test_a_contact_may_be_empty_or_whole() -> None:
    check_contact("", "")
    check_contact("enfance@exemple.fr", "05 49 00 00 00")


@given(st.text(min_size=0, max_size=400))
def test_lines_of_a_calendar_are_never_too_long(text: str) -> None:
    line = "SUMMARY:" + text.replace("\r", "").replace("\n", "")
    parts = folded(line)
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join([parts[0], *(part[1:] for part in parts[1:])]) == line


def test_a_calendar_is_ordered_and_escaped() -> None:
    first, second = date(2026, 3, 1), date(2026, 1, 1)
    stamp = datetime(2026, 1, 1, 12)
    text = calendar_text(
        [Event("b", first, "Fin; de, la CTG"), Event("a", second, "Début", "une\nligne")], stamp
    )
    assert text.index("UID:a@") < text.index("UID:b@")
    assert "SUMMARY:Fin\\; de\\, la CTG\r\n" in text
    assert "DESCRIPTION:une\\nligne\r\n" in text
    assert f"DTEND;VALUE=DATE:{first + timedelta(days=1):%Y%m%d}" in text
    assert "VALARM" not in text
    assert "fictif" not in text


def test_an_event_may_warn_and_says_that_it_is_invented() -> None:
    event = Event("c", date(2026, 4, 30), "Bilan", reminder_days=7, fictitious=True)
    text = calendar_text([event], datetime(2026, 1, 1, 12))
    assert "SUMMARY:Bilan (fictif)\r\n" in text
    assert "DESCRIPTION:Bilan (fictif)\r\nTRIGGER:-P7D\r\nEND:VALARM" in text

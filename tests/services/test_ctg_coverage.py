"""Coverage by CTG: three denominators recomputed by hand at three dates, alerts, themes, posts, schéma."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ctg import AmendmentKind, CtgStatus, PartyKind, Scope
from app.services import Services
from tests.services.ctg_cases import HAUT_VAL, NIORT, make_ctg, sign

DATES = (date(2023, 12, 31), date(2024, 12, 31), date(2026, 11, 21))


@pytest.fixture
def signed(empty: Services) -> str:
    """The Haut Val de Sèvre from 2024 to 2027, signed on 1 March 2024, and Niort alone from July 2025."""
    uuid = make_ctg(empty)
    sign(empty, uuid, date(2024, 3, 1))
    other = make_ctg(
        empty, name="CTG de Niort", scope=Scope.COMMUNE, codes=(NIORT,), starts_on=date(2025, 7, 1),
        ends_on=date(2029, 6, 30),
    )  # fmt: skip
    sign(empty, other, date(2025, 6, 20))
    return uuid


def by_hand(services: Services, on: date, codes: set[str]) -> tuple[tuple[int, int], ...]:
    """Epci, inhabitants and communes covered, from the lists of the reference alone."""
    reference = services.territory.reference
    communes = reference.communes(departement="79", millesime=on.year)
    seats = [e.code for e in reference.epcis("79", on.year) if e.code_departement == "79"]
    whole = {code: [c.code for c in communes if reference.epci_of(c.code, on.year) == code] for code in seats}
    return (
        (sum(set(members) <= codes for members in whole.values()), len(seats)),
        (
            sum(c.population or 0 for c in communes if c.code in codes),
            sum(c.population or 0 for c in communes),
        ),
        (sum(c.code in codes for c in communes), len(communes)),
    )


@pytest.mark.parametrize(
    ("on", "haut_val", "niort"), [(DATES[0], False, False), (DATES[1], True, False), (DATES[2], True, True)]
)
def test_three_denominators_at_three_dates(
    empty: Services, signed: str, on: date, haut_val: bool, niort: bool
) -> None:
    members = set(empty.territory.reference.members(HAUT_VAL, on.year)) if haut_val else set()
    expected = by_hand(empty, on, members | ({NIORT} if niort else set()))
    found = empty.ctg.coverage(on)
    shares = (found.epcis, found.population, found.communes)
    assert tuple((share.part, share.whole) for share in shares) == expected
    assert [share.label for share in shares] == ["EPCI", "habitants", "communes"]
    assert all(share.note for share in shares)
    assert found.epcis.part == haut_val
    assert found.epcis_partly == niort
    assert empty.ctg.coverage(on, "79") == type(found)(
        **{name: getattr(found, name) for name in found.__slots__} | {"departement": "79"}
    )


def test_the_numbers_themselves(empty: Services, signed: str) -> None:
    found = empty.ctg.coverage(DATES[2])
    assert (found.epcis.part, found.epcis.whole) == (1, 8)
    assert (found.communes.part, found.communes.whole) == (20, 252)
    assert found.population.whole == 375_229
    assert found.population.percent is not None
    assert 24 < found.population.percent < 25
    state = {row.name: row for row in found.territories}["Niortais"]
    assert (state.covered, state.communes, state.status) == (1, 40, CtgStatus.SIGNED)


def test_the_trajectory_follows_the_years(empty: Services, signed: str) -> None:
    parts = {row.year: (row.epcis.part, row.communes.part) for row in empty.ctg.trajectory(2023, 2028)}
    inside = len(empty.territory.reference.members(HAUT_VAL))
    assert parts == {
        2023: (0, 0), 2024: (1, inside), 2025: (1, inside + 1), 2026: (1, inside + 1), 2027: (1, inside + 1),
        2028: (0, 1),
    }  # fmt: skip


def test_a_prolongation_covers_longer(empty: Services, signed: str) -> None:
    after = date(2028, 6, 30)
    assert empty.ctg.coverage(after).epcis.part == 0
    empty.ctg.amend(
        signed,
        kind=AmendmentKind.PROLONGATION,
        title="Six mois",
        effective_on="01/10/2027",
        new_ends_on=after,
    )
    assert empty.ctg.coverage(after).epcis.part == 1
    assert empty.ctg.ctg(signed, date(2027, 9, 30)).row.ends_on == date(2027, 12, 31)
    assert empty.ctg.ctg(signed, date(2027, 10, 1)).row.ends_on == after
    assert "amendment" in {alert.rule for alert in empty.ctg.alerts(date(2027, 10, 1), signed)}


@pytest.mark.parametrize(
    ("on", "months"), [(date(2026, 12, 30), None), (date(2026, 12, 31), 12), (date(2027, 7, 1), 6),
                       (date(2027, 10, 1), 3), (date(2028, 1, 1), 0)],
)  # fmt: skip
def test_the_end_is_said_12_6_and_3_months_before(
    empty: Services, signed: str, on: date, months: int | None
) -> None:
    found = [alert for alert in empty.ctg.alerts(on, signed) if alert.rule == "ctg_end"]
    assert [dict(alert.facts)["months"] for alert in found] == ([] if months is None else [months])
    if months:
        assert found[0].due_on == date(2027, 12, 31)
        assert f"moins de {months} mois" in found[0].text


def test_a_renewal_under_way_calms_the_alert(empty: Services, signed: str) -> None:
    on = date(2027, 10, 1)
    before = next(alert for alert in empty.ctg.alerts(on) if alert.rule == "ctg_end")
    empty.ctg.renew(signed, date(2028, 1, 1), date(2031, 12, 31))
    after = next(alert for alert in empty.ctg.alerts(on) if alert.rule == "ctg_end")
    assert before.severity > after.severity
    assert "renouvellement préparé" in after.text


def test_deliberations_themes_and_commitments_are_claimed(empty: Services, signed: str) -> None:
    on = date(2026, 11, 21)
    rules = [alert.rule for alert in empty.ctg.alerts(on, signed)]
    assert rules.count("deliberation") == 2
    assert rules.count("theme") == 2
    for party in empty.ctg.ctg(signed).parties:
        empty.ctg.edit("party", party.uuid, deliberation_on="15/02/2024", deliberation_number="D1")
    empty.ctg.set_themes(signed, ("acces_droits", "non_recours_accueil"))
    assert empty.ctg.alerts(on, signed) == []
    party = empty.ctg.ctg(signed).parties[1]
    action = empty.ctg.add_action(signed, title="Fiche").uuid
    commitment = empty.ctg.add(
        "commitment", signed, party_uuid=party.uuid, text="Financer", due_on="30/06/2026", impact="Retard"
    ).uuid
    empty.ctg.link("commitment", commitment, "action", action)
    (alert,) = empty.ctg.alerts(on, signed)
    assert (alert.rule, alert.days, dict(alert.facts)["impact"]) == ("commitment", -144, "Retard")
    (row,) = empty.ctg.commitments(signed, on)
    assert (row.late_days, row.actions) == (144, ((action, "F1"),))
    empty.ctg.edit("commitment", commitment, done_on="10/07/2026")
    assert empty.ctg.commitments(signed, on)[0].late_days == 10
    assert empty.ctg.alerts(on, signed) == []


def test_the_cej_gives_the_switch(empty: Services) -> None:
    uuid = make_ctg(empty)
    empty.ctg.edit("ctg", uuid, cej_ends_on="31/12/2023")
    empty.ctg.set_themes(uuid, ("acces_droits", "non_recours_accueil"))
    (soon,) = empty.ctg.alerts(date(2023, 10, 1))
    (late,) = empty.ctg.alerts(date(2024, 1, 1))
    assert (soon.rule, soon.severity, late.severity) == ("cej_end", 1, 2)
    sign(empty, uuid, date(2024, 1, 5))
    assert "cej_end" not in {alert.rule for alert in empty.ctg.alerts(date(2024, 2, 1))}


def test_the_number_of_themes_by_year(empty: Services, signed: str) -> None:
    empty.ctg.set_themes(signed, ("acces_droits", "petite_enfance"))
    empty.ctg.amend(
        signed, themes=("logement",), kind=AmendmentKind.THEME, title="Logement", effective_on="01/06/2025"
    )
    counts = {row.year: row for row in empty.ctg.theme_counts(2023, 2026) if row.ctg_uuid == signed}
    assert {year: row.count for year, row in counts.items()} == {2024: 2, 2025: 3, 2026: 3}
    assert counts[2024].missing == ("non_recours_accueil",)


def test_the_twelve_points_and_the_duties(empty: Services, signed: str) -> None:
    on = date(2026, 11, 21)
    state = empty.ctg.conformity(signed, on)
    assert (len(state.rows), state.met, state.stands_for_schema) == (12, 0, False)
    for row in state.rows:
        empty.ctg.set_conformity(signed, row.point.code, "justifie", "Vu", on)
    done = empty.ctg.conformity(signed, on)
    assert (done.met, done.stands_for_schema) == (12, True)
    assert empty.ctg.schema_share(on) == empty.ctg.schema_share(on, "79") == (1, 2)
    assert empty.ctg.schema_share(on, "52") == (0, 0)
    document = done.rows[0].uuid
    action = empty.ctg.add_action(signed, title="Preuve").uuid
    empty.ctg.link("conformity", document, "action", action)
    assert [kind for _, kind, _, _ in empty.ctg.conformity(signed, on).rows[0].evidence] == ["action"]
    empty.ctg.set_conformity(signed, "cout", "partiel")
    assert not empty.ctg.conformity(signed, on).stands_for_schema
    owed = {(duty.duty.code, duty.code_commune) for duty in state.duties if duty.duty.above}
    sizes = {
        code: empty.territory.reference.populations(code)[2023]
        for code in empty.territory.reference.members(HAUT_VAL)
    }
    expected = {("planification", code) for code, people in sizes.items() if people > 3500}
    expected |= {("qualite", code) for code, people in sizes.items() if people > 3500}
    expected |= {
        (name, code) for code, people in sizes.items() if people > 10000 for name in ("schema", "rpe")
    }
    assert owed == expected


def test_posts_and_their_ratios(empty: Services, signed: str) -> None:
    on = date(2026, 11, 21)
    assert empty.ctg.ratios(on).fte_by_ctg is None
    first = empty.ctg.add(
        "post", signed, title="Chargé de coopération", employer="CC", employer_kind=PartyKind.EPCI, fte="1"
    ).uuid
    empty.ctg.add(
        "post", signed, title="Second", employer="CC", employer_kind=PartyKind.EPCI, fte="0,5",
        vacant_from="01/09/2026",
    )  # fmt: skip
    empty.ctg.set_funding(first, 2026, "Caf", "vote", "24 000")
    found = empty.ctg.ratios(on)
    assert (found.conventions, found.posts, found.vacant, found.fte) == (2, 2, 1, 1.0)
    assert (found.fte_by_ctg, found.fte_by_post) == (0.5, 1.0)
    assert empty.ctg.ratios(date(2026, 6, 1)).fte == 1.5
    assert empty.ctg.posts(signed, on)[0].fundings[0].cents == 2_400_000


def test_an_estimate_uses_the_amounts_of_the_base(empty: Services, signed: str) -> None:
    empty.ctg.set_quantity(signed, 2026, "bonus_rpe_etp", "2,5", "registre")
    assert empty.ctg.bonus(signed, 2026).euros is None
    empty.ctg.add(
        "parameter", "", code="bonus_rpe_etp", label="Bonus Rpe", value="3 000", unit="€ par ETP",
        valid_from="2026-01-01", source="Notification",
    )  # fmt: skip
    found = empty.ctg.bonus(signed, 2026)
    assert found.euros == 7500
    assert found.formula == "7\u202f500\u202f€"
    assert found.missing == ()


def test_the_list_keeps_one_epci(empty: Services, signed: str) -> None:
    assert [row.name for row in empty.ctg.rows(DATES[2], HAUT_VAL)] == ["CTG d’essai"]
    assert len(empty.ctg.rows(DATES[2], departement="79")) == 2
    assert empty.ctg.rows(DATES[2], departement="52") == []

"""Coverage on the demonstration base: figures recomputed by hand, gaps of both départements, evolutions.

Figures by hand come from the files delivered with the demonstration: Cnaf txcouv 2023, Insee births 2023 to
2025, Insee BPE 2025, Insee legal populations 2023, and the named equipment of both départements.
"""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest

from app.domain.coverage import Answer, Certainty
from app.domain.coverage_basket import BasketRule
from app.domain.coverage_errors import (
    BadCriterion,
    BadGroup,
    BadRule,
    NotConvertible,
    UnknownFigure,
    UnknownGroup,
    UnknownNetwork,
    UnknownRule,
)
from app.domain.errors import NoValue, UnknownTerritory
from app.domain.groups import Group
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services import Services

DAY = datetime.date(2026, 3, 31)
NIORT, MELLOIS, GATINE = "200041317", "200069755", "200069748"
AIRVAUDAIS, THOUARS = "200041416", "247900798"
LANGRES, JOINVILLE, AUBERIVE, FORETS = "200072999", "200044253", "200027308", "245200597"
SAINT_DIZIER, VOSGES, MEUSE = "200068666", "200068559", "200069664"


# -- the four maps, by hand --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "official", "structures", "children"),
    [
        (NIORT, 20.4, 22, 2894),  # Cnaf 20,4; BPE 19 Eaje and 3 micro-crèches; births 999 + 964 + 931
        (GATINE, 8.3, 3, 522),  # Cnaf 8,3; BPE 3 and 0; births 200 + 159 + 163
        (AIRVAUDAIS, 0, 0, 136),  # Cnaf 0; BPE none; births 47 + 44 + 45
    ],
)
def test_eaje_by_hand(demo: Services, code: str, official: float, structures: int, children: int) -> None:
    coverage = demo.coverage.network("eaje", 2025)
    assert coverage.main == "couv_eaje"
    assert coverage.value(code, "couv_eaje").number == official
    assert coverage.value(code, "couv_eaje").year == 2023
    assert coverage.value(code, "couv_eaje").provenance[0].file == "txcouv_pe_epci_2023.csv"
    assert coverage.value(code, "nb_eaje").number == structures
    assert coverage.value(code, "enfants_moins_3").number == children
    assert coverage.value(code, "enfants_moins_3").estimated


def test_a_count_answers_only_for_years_near_its_own(demo: Services) -> None:
    # the BPE held is of 2025, births of 2023 to 2025, the Cnaf file of 2023; 5 years are the rule delivered
    assert demo.coverage.network("eaje", 2020).value(NIORT, "nb_eaje").number == 22
    long_ago = demo.coverage.network("eaje", 1950)
    for code in ("couv_eaje", "enfants_moins_3"):
        assert long_ago.value(NIORT, code).number is None
    assert long_ago.value(AIRVAUDAIS, "nb_eaje").number is None
    demo.settings.set_parameter("coverage_reach_years", "80")
    assert demo.coverage.network("eaje", 1950).value(NIORT, "nb_eaje").number == 22
    assert demo.coverage.network("eaje", 1950).value(NIORT, "couv_eaje").year == 2023


def test_our_own_rate_by_hand_beside_the_official_one(demo: Services) -> None:
    # Val de Gâtine: 20 + 20 + 9 places named (valdegatine.fr), the 3 structures of the BPE: 49 / 522
    row = demo.coverage.network("eaje", 2025).row(GATINE)
    eaje = next(one for one in row.comparisons if one.code == "eaje")
    assert eaje.own.number == pytest.approx(49 / 522 * 100)
    assert eaje.own_certainty is Certainty.EXACT
    assert eaje.gap == pytest.approx(8.3 - 9.387, abs=1e-3)
    assert sum(part.amount or 0 for part in eaje.parts) == pytest.approx(eaje.gap)
    total = next(one for one in row.comparisons if one.code == "total")
    assert total.own.number is None  # no childminder is typed: no total of ours


@pytest.mark.parametrize(
    ("code", "relays", "children", "covered"),
    [
        # BPE D504; births; inhabitants of the communes that have a relay over those of the Epci
        (AIRVAUDAIS, 1, 136.0, 3306 / 6939 * 100),
        (GATINE, 3, 522 / 3, (1784 + 2345 + 1869) / 21545 * 100),
        (LANGRES, 2, 477 / 2, (7421 + 1801) / 20445 * 100),
    ],
)
def test_rpe_by_hand(demo: Services, code: str, relays: int, children: float, covered: float) -> None:
    coverage = demo.coverage.network("rpe", 2025)
    assert coverage.value(code, "nb_rpe").number == relays
    assert coverage.value(code, "moins_3_par_rpe").number == pytest.approx(children)
    assert coverage.value(code, "part_population_couverte").number == pytest.approx(covered)


def test_rpe_states(demo: Services) -> None:
    coverage = demo.coverage.network("rpe", 2025)
    assert coverage.value(FORETS, "nb_rpe").state is ValueState.ZERO
    assert coverage.value(FORETS, "moins_3_par_rpe").state is ValueState.NO_DATA
    # the BPE held is about 79 and 52: ten communes of Saint-Dizier and 68 of the Vosges are not in it
    assert coverage.row(SAINT_DIZIER).count.certainty is Certainty.AT_LEAST
    assert coverage.row(VOSGES).count.number is None
    assert coverage.value(NIORT, "am_par_etp").state is ValueState.NO_DATA


@pytest.mark.parametrize(
    ("code", "structures", "people"),
    [
        (LANGRES, 1, 20445),  # one centre social named in Langres
        (JOINVILLE, 1, 12113),  # one in Joinville
        (AUBERIVE, 0, None),  # none: the 4 centres sociaux and 2 Evs of the CPOG 52 are all named elsewhere
    ],
)
def test_avs_by_hand(demo: Services, code: str, structures: int, people: float | None) -> None:
    coverage = demo.coverage.network("avs", 2026)
    assert coverage.row(code).count.certainty is Certainty.EXACT
    assert coverage.value(code, "nb_avs").number == structures
    assert coverage.value(code, "habitants_par_avs").number == people


def test_a_departmental_total_is_told_and_never_spread(demo: Services) -> None:
    coverage = demo.coverage.network("avs", 2026)
    # Deux-Sèvres: 22 centres sociaux known, 5 named
    assert coverage.row(NIORT).count.number == 2
    assert coverage.row(NIORT).count.certainty is Certainty.AT_LEAST
    assert coverage.row(MELLOIS).count.number is None
    assert [(total.code, total.count) for total in coverage.totals if total.kind == "centre_social"] == [
        ("79", 22)
    ]
    named = sum(row.count.number or 0 for row in coverage.rows if row.code not in {LANGRES, JOINVILLE})
    assert named < 22


@pytest.mark.parametrize(("code", "number"), [(LANGRES, 1), (NIORT, None), (JOINVILLE, None)])
def test_laep_by_hand(demo: Services, code: str, number: float | None) -> None:
    coverage = demo.coverage.network("laep", 2026)
    assert coverage.value(code, "nb_laep").number == number
    assert coverage.territories.covered == 1
    assert coverage.territories.unknown == 16
    assert coverage.territories.not_covered == 0


def test_shares_of_territories_and_of_population_differ(demo: Services) -> None:
    coverage = demo.coverage.network("rpe", 2025, departement="79")
    assert coverage.territories.rate == 100
    assert coverage.people.rate == pytest.approx(
        sum(row.people.covered for row in coverage.rows) / 375_229 * 100, rel=1e-6
    )


def test_the_sum_of_communes_is_the_epci(demo: Services) -> None:
    epcis = demo.coverage.network("rpe", 2025, departement="79")
    communes = demo.coverage.network("rpe", 2025, Level.COMMUNE, departement="79")
    counts = {row.code: row.count.number or 0 for row in communes.rows}
    members = demo.territory.reference.members
    for row in epcis.rows:
        assert row.count.number == sum(counts[code] for code in members(row.code))
    departement = demo.coverage.network("rpe", 2025, Level.DEPARTEMENT, departement="79")
    assert departement.rows[0].count.number == 30  # Insee, BPE 2025: 30 relays in Deux-Sèvres


def test_distance_widens_with_the_reach(demo: Services) -> None:
    def covered(km: float) -> float:
        found = demo.coverage.network("rpe", 2025, meaning="distance", departement="79", km=km)
        return found.people.covered

    assert covered(5) <= covered(12) <= covered(25)
    by_time = demo.coverage.network("rpe", 2025, meaning="distance", departement="79", minutes=15)
    assert by_time.criterion.road_km == pytest.approx(12.5)  # 15 minutes at 50 km/h
    assert any("× 1,3, à 50 km/h" in note for note in by_time.notes)


# -- refusals ----------------------------------------------------------------------------------------


def test_wrong_questions_are_refused(demo: Services) -> None:
    with pytest.raises(UnknownNetwork):
        demo.coverage.network("écoles")
    with pytest.raises(BadCriterion):
        demo.coverage.network("rpe", meaning="distance", km=-1)
    with pytest.raises(BadCriterion):
        demo.coverage.network("rpe", meaning="près")
    with pytest.raises(UnknownFigure):
        demo.coverage.network("rpe", figure="couv_eaje")
    with pytest.raises(UnknownTerritory):
        demo.coverage.network("rpe", departement="33")
    with pytest.raises(UnknownRule):
        demo.coverage.gaps("inconnue")


# -- gaps --------------------------------------------------------------------------------------------


def gap_codes(demo: Services, rule: str, certainty: str, departement: str) -> list[str]:
    return [g.code for g in demo.coverage.gaps(rule, departement, on=DAY, certainty=certainty)]


def test_gaps_of_haute_marne(demo: Services) -> None:
    # Chaumont is the only commune above 10 000 without a relay in the BPE 2025 (Saint-Dizier has one)
    assert gap_codes(demo, "rpe_10000", "manque", "52") == ["52121"]
    assert gap_codes(demo, "rpe_10000", "inconnu", "52") == []
    # the 6 structures of the CPOG are named: Auberive and Meuse Rognon have none
    assert set(gap_codes(demo, "avs_epci_rural", "manque", "52")) == {AUBERIVE, MEUSE}
    # one Laep is named, in Langres: the two other arrondissements are not known
    assert gap_codes(demo, "laep_arrondissement", "inconnu", "52") == ["521", "523"]
    assert gap_codes(demo, "laep_arrondissement", "manque", "52") == []


def test_gaps_of_deux_sevres(demo: Services) -> None:
    assert gap_codes(demo, "rpe_10000", "manque", "79") == []
    assert gap_codes(demo, "avs_epci_rural", "manque", "79") == []
    assert len(gap_codes(demo, "laep_arrondissement", "inconnu", "79")) == 3
    # Airvaudais, Haut Val de Sèvre, Mellois, Val de Gâtine are rural; one centre social is named in the last
    assert len(gap_codes(demo, "avs_epci_rural", "inconnu", "79")) == 3


def test_a_gap_carries_what_a_draft_needs(demo: Services) -> None:
    (gap,) = demo.coverage.gaps("rpe_10000", "52", on=DAY)
    assert gap.population == 20_827
    assert gap.draft.code_epci == "200068658"
    assert gap.draft.theme == "petite_enfance"
    assert gap.draft.communes == ("52121",)
    assert "Insee, base permanente des équipements (2025)" in gap.reason


def test_declaring_a_list_whole_turns_unknown_into_missing_and_undoes(demo: Services) -> None:
    before = len(demo.coverage.gaps("laep_arrondissement", "79", on=DAY, certainty="manque"))
    assert before == 0
    demo.coverage.declare_whole("laep", Level.DEPARTEMENT, "79", datetime.date(2026, 1, 1), "Caf")
    assert len(demo.coverage.gaps("laep_arrondissement", "79", on=DAY, certainty="manque")) == 3
    name, _ = demo.base.undo()
    assert "Laep" in name
    assert demo.coverage.declared() == ()


def test_rules_are_changed_by_versions_and_reset(demo: Services) -> None:
    from dataclasses import replace

    rule = demo.coverage.rule("avs_epci_rural")
    demo.coverage.save_rule(replace(rule, threshold=40_000.0))
    changed = demo.coverage.rule("avs_epci_rural")
    assert (changed.version, changed.threshold, changed.delivered) == (2, 40_000, True)
    assert len(demo.coverage.gaps("avs_epci_rural", "79", on=DAY)) > 3
    assert not demo.coverage.save_rule(changed).topics
    demo.coverage.remove_rule("avs_epci_rural")
    assert demo.coverage.rule("avs_epci_rural") == rule
    own = replace(rule, code="ludotheque", label="Une ludothèque par EPCI", kinds=("ludotheque",))
    demo.coverage.save_rule(own)
    assert demo.coverage.rule("ludotheque").delivered is False
    with pytest.raises(BadRule):
        demo.coverage.save_rule(replace(own, minimum=0))
    demo.coverage.remove_rule("ludotheque")
    assert [one.code for one in demo.coverage.rules()] == [one.code for one in demo.coverage.rules()]


def test_gaps_as_files(demo: Services, tmp_path: Path) -> None:
    import python_calamine

    gaps = demo.coverage.gaps(on=DAY)
    demo.coverage.export_gaps(gaps, tmp_path / "lacunes.csv")
    demo.coverage.export_gaps(gaps, tmp_path / "lacunes.xlsx")
    text = (tmp_path / "lacunes.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(text.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows[1]) == len(rows[0])
    assert rows[1][6] in {"n.d.", "0"}
    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "lacunes.xlsx")
    assert book.sheet_names == ["Lacunes", "Sources"]
    assert len(book.get_sheet_by_name("Lacunes").to_python()) == len(gaps) + 1
    told = {row[0] for row in book.get_sheet_by_name("Sources").to_python()}
    assert "Un Rpe dans chaque commune de plus de 10\u202f000 habitants" in told


def test_a_part_is_drawn_as_a_part_on_paper_too(demo: Services, tmp_path: Path) -> None:
    coverage = demo.coverage.network("avs", 2026, departement="79", on=DAY)
    made = demo.coverage.choropleth(coverage, departement="79")
    partial = {row.code for row in coverage.rows if row.certainties[0] is Certainty.AT_LEAST}
    assert partial
    assert made.at_least == partial
    demo.maps.write(made, tmp_path / "avs.svg")
    text = (tmp_path / "avs.svg").read_text(encoding="utf-8")
    assert text.count("≥\u202f") >= len(partial)
    assert "recensement partiel" in text


# -- basket, groups, children --------------------------------------------------------------------------


def test_the_basket_is_versioned(demo: Services) -> None:
    rows = {row.code: row for row in demo.coverage.basket(2026)}
    assert rows[LANGRES].present == ("laep",)
    assert rows[LANGRES].complete is Answer.UNKNOWN
    rule = BasketRule("Panier des Deux-Sèvres", 0, 1, ("laep", "clas"), ("laep",))
    demo.coverage.save_basket(rule)
    assert demo.coverage.basket_rule().version == 2
    assert len(demo.coverage.basket_rules()) == 2
    rows = {row.code: row for row in demo.coverage.basket(2026)}
    assert rows[LANGRES].complete is Answer.YES


def test_a_version_of_the_basket_is_used_from_its_day(demo: Services) -> None:
    delivered = demo.coverage.basket_rule()
    starts = datetime.date(2026, 2, 1)
    demo.coverage.save_basket(BasketRule("Panier", 0, 1, ("laep",), ("laep",), starts))
    assert demo.coverage.basket_rule(datetime.date(2026, 1, 31)) == delivered
    assert demo.coverage.basket_rule(starts).version == 2
    assert "version 2 du 1er février 2026" in demo.coverage.basket_rule(starts).text()
    before = {row.code: row for row in demo.coverage.basket(2026, on=datetime.date(2026, 1, 31))}
    assert before[LANGRES].complete is Answer.UNKNOWN
    after = {row.code: row for row in demo.coverage.basket(2026, on=starts)}
    assert after[LANGRES].complete is Answer.YES
    demo.base.undo()
    assert demo.coverage.basket_rules() == (delivered,)


def test_children_of_the_caf_win_once_typed(demo: Services) -> None:
    assert demo.coverage.network("eaje", 2025).children.rule.code == "births_3"  # type: ignore[union-attr]
    numbers = {code: 500.0 for code in demo.territory.codes(Level.EPCI)}
    demo.coverage.set_children("caf_0_2", 2025, numbers, "Caf")
    coverage = demo.coverage.network("eaje", 2025)
    assert coverage.children is not None
    assert coverage.children.rule is not None
    assert coverage.children.rule.code == "caf_0_2"
    assert coverage.value(GATINE, "propre_eaje").number == pytest.approx(49 / 500 * 100)
    assert not coverage.value(GATINE, "propre_eaje").estimated
    demo.coverage.prefer_children(3, "births_3")
    assert demo.coverage.network("eaje", 2025).value(GATINE, "propre_eaje").estimated


def test_groups(demo: Services) -> None:
    group = Group("ruraux", "EPCI ruraux", Level.EPCI, (MELLOIS, GATINE, AIRVAUDAIS), "sans ville", DAY)
    demo.coverage.save_group(group)
    assert demo.coverage.groups(Level.EPCI, DAY) == [group]
    # couv_global 2023: Mellois 67,2, Val de Gâtine 69,8, Airvaudais 71,2
    found = demo.coverage.position("couv_global", 2023, MELLOIS, "ruraux")
    assert (found.rank, found.count, found.median) == (3, 3, 70.5)
    inside = demo.coverage.position("couv_global", 2023, NIORT, "ruraux")
    assert (inside.rank, inside.others) == (1, 3)
    with pytest.raises(BadGroup):
        demo.coverage.save_group(Group("un", "Un", Level.EPCI, (MELLOIS,)))
    with pytest.raises(UnknownTerritory):
        demo.coverage.save_group(Group("x", "X", Level.EPCI, ("123456789", MELLOIS)))
    demo.coverage.remove_group("ruraux")
    with pytest.raises(UnknownGroup):
        demo.coverage.position("couv_global", 2023, MELLOIS, "ruraux")


def test_a_mean_that_hides_joinville(demo: Services) -> None:
    # Haute-Marne 70,2 and France 60,9 (Cnaf 2023); Joinville 46,8
    found = demo.coverage.misleading("couv_global", 2023, "52")
    assert found is not None
    assert (found.overall, found.target, found.misleads) == (70.2, 60.9, True)
    assert [row.code for row in found.below] == [JOINVILLE]
    deux_sevres = demo.coverage.misleading("couv_global", 2023, "79")
    assert deux_sevres is not None
    assert not deux_sevres.misleads
    assert demo.coverage.misleading("couv_global", 1999, "52") is None


# -- evolution -----------------------------------------------------------------------------------------


def test_evolution_of_births_by_hand(demo: Services) -> None:
    found = demo.coverage.evolution("naissances", 2023, 2025, departement="79")
    rank = found.difference.codes.index(NIORT)
    assert found.difference.numbers[rank] == 931 - 999
    assert found.relative is not None
    assert found.relative.numbers[rank] == pytest.approx((931 / 999 - 1) * 100)
    assert found.breaks[0] == -found.breaks[-1]


def test_births_in_the_geography_of_2016(demo: Services) -> None:
    # Nothing is held for 2016: the births of 2025 are carried back to the 13 Epci of then
    series, estimated, _ = demo.coverage.converted("naissances", 2025, departement="79", millesime=2016)
    assert len(series.codes) == 13
    assert estimated == ()
    passage = demo.coverage.passage(2016, 2017)
    assert len(passage.pieces[MELLOIS]) == 4


def test_a_published_rate_is_not_carried(demo: Services) -> None:
    with pytest.raises(NotConvertible):
        demo.coverage.converted("couv_eaje", 2023, departement="79", millesime=2016)
    with pytest.raises(NoValue):
        demo.coverage.evolution("naissances", 1999, 2025)


def test_an_empty_base_knows_nothing_and_says_so(empty: Services) -> None:
    for network in ("eaje", "rpe", "avs", "laep"):
        coverage = empty.coverage.network(network)
        assert all(row.count.number is None for row in coverage.rows)
        assert coverage.territories.unknown == 8
    assert {gap.certainty.value for gap in empty.coverage.gaps()} == {"inconnu"}

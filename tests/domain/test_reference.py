"""The embedded territory against official facts."""

from __future__ import annotations

import pytest

from app.domain.errors import UnknownTerritory
from app.domain.reference import LATEST, MILLESIMES, Reference, load_reference
from app.domain.territory import FRANCE, Level, Territory

SAINT_DIZIER = "200068666"
OUEST_VOSGIEN = "200068559"
SAVOIR_FAIRE = "200070332"
NIORTAIS = "200041317"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def test_france_has_its_communes_epcis_departements_and_regions(reference: Reference) -> None:
    assert len(reference.communes()) == 34_969
    assert len(reference.epcis()) == 1_255
    assert len(reference.departements()) == 101
    assert len(reference.regions()) == 18
    assert sum(len(epci.departements) > 1 for epci in reference.epcis()) == 89


def test_ninety_eight_communes_have_no_epci_of_which_four_islands(reference: Reference) -> None:
    alone = [commune for commune in reference.communes() if reference.epci_of(commune.code) is None]
    assert len(alone) == 98
    islands = {commune.code for commune in alone if commune.code_region}
    assert islands == {"22016", "29083", "29155", "85113"}


def test_deux_sevres_today(reference: Reference) -> None:
    communes = reference.communes("79")
    assert len(communes) == 252
    assert sum(commune.population or 0 for commune in communes) == 375_229
    epcis = reference.epcis("79")
    assert [epci.short_name for epci in epcis] == [
        "Airvaudais-Val du Thouet",
        "Bocage Bressuirais",
        "Haut Val de Sèvre",
        "Mellois en Poitou",
        "Niortais",
        "Parthenay-Gâtine",
        "Thouarsais",
        "Val de Gâtine",
    ]
    assert all(epci.departements == ("79",) for epci in epcis)


def test_haute_marne_today_holds_part_of_nine_epcis(reference: Reference) -> None:
    communes = reference.communes("52")
    assert len(communes) == 426
    assert sum(commune.population or 0 for commune in communes) == 168_331
    epcis = reference.epcis("52")
    assert len(epcis) == 9
    assert sum(epci.code_departement == "52" for epci in epcis) == 8
    assert reference.epci(OUEST_VOSGIEN).code_departement == "88"
    assert reference.epci_of("52289") == OUEST_VOSGIEN


def test_an_epci_over_several_departements_says_its_shares(reference: Reference) -> None:
    assert reference.epci(SAINT_DIZIER).departements == ("52", "51")
    inside, whole = reference.share_of(SAINT_DIZIER, "51")
    assert inside == 10
    assert reference.share_of(SAINT_DIZIER, "52") == (whole - 10, whole)
    assert reference.share_of(SAVOIR_FAIRE, "70")[0] == 3
    assert reference.share_of(OUEST_VOSGIEN, "52") == (1, 69)


def test_communes_of_an_epci_can_be_kept_to_a_departement(reference: Reference) -> None:
    assert [commune.code for commune in reference.communes("52", OUEST_VOSGIEN)] == ["52289"]
    assert len(reference.communes(epci=OUEST_VOSGIEN)) == 69


def test_older_millesimes_of_deux_sevres(reference: Reference) -> None:
    assert reference.millesimes_of("79") == tuple(range(2014, LATEST + 1))
    assert reference.millesimes_of("52") == tuple(range(2014, LATEST + 1))
    assert reference.millesimes_of("01") == MILLESIMES
    assert len(reference.epcis("79", 2016)) == 13
    assert len(reference.epcis("79", 2017)) == 8
    assert len(reference.communes("79", millesime=2017)) == 293
    assert reference.communes("01", millesime=2017) == ()


def test_sauze_took_in_four_communes_in_2025(reference: Reference) -> None:
    assert [reference.successor(code) for code in ("79060", "79180", "79205", "79212")] == ["79307"] * 4
    assert reference.successor("79060", 2024) == "79060"
    assert not reference.exists(Level.COMMUNE, "79060")
    assert reference.epci_of("79060") is None
    assert reference.epci_of("79060", 2024) == "200069755"
    assert reference.name(Level.COMMUNE, "79060") != ""


def test_a_code_moved_then_restored_follows_the_millesime(reference: Reference) -> None:
    assert reference.successor("27058") == "27676"
    assert reference.successor("85165", 2023) == "85084"
    assert reference.successor("85165", 2024) == "85165"
    assert reference.successor("27676", 2022) == "27058"
    assert reference.successor("00000") is None


def test_every_commune_of_2021_has_a_successor_today(reference: Reference) -> None:
    lost = [c.code for c in reference.communes(millesime=2021) if reference.successor(c.code) is None]
    assert lost == []


def test_every_older_commune_of_the_two_departements_has_a_successor(reference: Reference) -> None:
    for departement in ("79", "52"):
        communes = reference.communes(departement, millesime=2014)
        heirs = {reference.successor(commune.code) for commune in communes}
        assert heirs <= {commune.code for commune in reference.communes(departement)}


def test_arrondissements_of_paris_lead_to_their_commune(reference: Reference) -> None:
    assert len(reference.municipal_arrondissements("75056")) == 20
    assert len(reference.municipal_arrondissements("69123")) == 9
    assert len(reference.municipal_arrondissements("13055")) == 16
    assert reference.municipal_arrondissements("79191") == ()
    assert reference.epci_of("75101") == reference.epci_of("75056") == "200054781"
    assert reference.commune("75101").code_departement == "75"
    assert reference.successor("13201") == "13055"
    assert "75101" not in {commune.code for commune in reference.communes("75")}
    inhabitants = sum(found.population or 0 for found in reference.municipal_arrondissements("75056"))
    assert inhabitants == reference.commune("75056").population


@pytest.mark.parametrize(("code", "count"), [("971", 32), ("972", 34), ("973", 22), ("974", 24), ("976", 17)])
def test_overseas_departements_have_all_their_communes(reference: Reference, code: str, count: int) -> None:
    communes = reference.communes(code)
    assert len(communes) == count
    assert all(commune.code_region and commune.lon is not None for commune in communes)


def test_collectivites_without_caf_are_known_but_not_listed(reference: Reference) -> None:
    assert reference.departement("987").zone == "com"
    assert "987" not in {departement.code for departement in reference.departements()}
    assert reference.communes("987")[0].lon is None


def test_corsican_and_leading_zero_codes_stay_text(reference: Reference) -> None:
    assert reference.commune("2A004").name == "Ajaccio"
    assert reference.commune("01004").name == "Ambérieu-en-Bugey"
    assert reference.commune("01004").population == 15_934


def test_centre_and_area_are_known_but_for_a_few(reference: Reference) -> None:
    niort = reference.commune("79191")
    assert niort.lon == pytest.approx(-0.46, abs=0.05)
    assert niort.lat == pytest.approx(46.33, abs=0.05)
    assert niort.area_km2 == pytest.approx(68.2, abs=0.5)
    missing = [commune for commune in reference.communes() if commune.lon is None and commune.code_region]
    assert len(missing) == 7


def test_populations_follow_the_census_in_force(reference: Reference) -> None:
    by_census = reference.populations("01004")
    assert by_census == {2018: 14_204, 2019: 14_134, 2020: 14_288, 2021: 14_854, 2022: 15_554, 2023: 15_934}
    in_2025 = next(found for found in reference.communes("01", millesime=2025) if found.code == "01004")
    assert in_2025.population == 15_554
    sums = {year: reference.epcis("79", year)[0].population for year in MILLESIMES}
    assert all(number and number > 6_000 for number in sums.values())


def test_the_list_of_epci_of_2026_is_said_to_be_that_of_2025(reference: Reference) -> None:
    latest = reference.vintage(2026)
    assert latest is not None
    assert (latest.epci_vintage, latest.carried, latest.population_census) == (2025, True, 2023)
    for year in range(2021, 2026):
        vintage = reference.vintage(year)
        assert vintage is not None
        assert (vintage.epci_vintage, vintage.carried) == (year, False)
    assert reference.vintage(2016) is None


@pytest.mark.parametrize(
    ("code", "of_name", "in_name"),
    [
        ("79", "des Deux-Sèvres", "dans les Deux-Sèvres"),
        ("52", "de la Haute-Marne", "en Haute-Marne"),
        ("01", "de l’Ain", "dans l’Ain"),
        ("69", "du Rhône", "dans le Rhône"),
        ("51", "de la Marne", "dans la Marne"),
        ("35", "d’Ille-et-Vilaine", "en Ille-et-Vilaine"),
        ("75", "de Paris", "à Paris"),
        ("974", "de La Réunion", "à La Réunion"),
        ("2A", "de la Corse-du-Sud", "en Corse-du-Sud"),
        ("21", "de la Côte-d’Or", "en Côte-d’Or"),
    ],
)
def test_departements_take_their_article(reference: Reference, code: str, of_name: str, in_name: str) -> None:
    departement = reference.departement(code)
    assert (departement.of_name, departement.in_name) == (of_name, in_name)
    assert departement.caf_name == f"Caf {of_name}"


@pytest.mark.parametrize(
    ("code", "short_name"),
    [
        (OUEST_VOSGIEN, "Ouest Vosgien"),
        (SAVOIR_FAIRE, "Savoir-Faire"),
        (SAINT_DIZIER, "Grand Saint-Dizier Der et Vallées"),
        ("200057958", "Paris - Vallée de la Marne"),
        ("200046977", "Lyon"),
        ("243300316", "Bordeaux Métropole"),
    ],
)
def test_labels_of_epcis_lose_their_nature_and_article(
    reference: Reference, code: str, short_name: str
) -> None:
    assert reference.epci(code).short_name == short_name


def test_names_and_existence_at_every_level(reference: Reference) -> None:
    assert reference.territory(Level.EPCI, NIORTAIS) == Territory(Level.EPCI, NIORTAIS, "CA du Niortais")
    assert reference.name(Level.FRANCE, FRANCE.code) == "France"
    assert reference.name(Level.REGION, "75") == "Nouvelle-Aquitaine"
    assert reference.name(Level.DEPARTEMENT, "52") == "Haute-Marne"
    assert reference.name(Level.ARRONDISSEMENT, "792") == "Niort"
    assert reference.exists(Level.EPCI, NIORTAIS)
    assert not reference.exists(Level.EPCI, "247900772")
    assert not reference.exists(Level.REGION, "99")
    assert not reference.exists(Level.COMMUNE, "79000")


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (Level.COMMUNE, "79000"),
        (Level.EPCI, "999999999"),
        (Level.DEPARTEMENT, "20"),
        (Level.REGION, ""),
        (Level.FRANCE, "DE"),
        (Level.ARRONDISSEMENT, "999"),
    ],
)
def test_an_unknown_code_is_said(reference: Reference, level: Level, code: str) -> None:
    with pytest.raises(UnknownTerritory) as caught:
        reference.name(level, code)
    assert caught.value.facts == {"code": code, "level": level}


def test_epcis_of_an_older_millesime_keep_their_name_of_then(reference: Reference) -> None:
    older = {epci.code for epci in reference.epcis("52", 2014)}
    assert older - {epci.code for epci in reference.epcis("52")}
    gone = sorted(older - {epci.code for epci in reference.epcis("52")})[0]
    assert reference.epci(gone).name
    assert reference.epci(gone).nature in {"CC", "CA", "CU", "ME"}


def test_membership_covers_each_commune_once_a_millesime(reference: Reference) -> None:
    for millesime in MILLESIMES:
        listed = [
            code
            for epci in reference.epcis(None, millesime)
            for code in reference.members(epci.code, millesime)
        ]
        assert len(listed) == len(set(listed))
        alone = sum(
            reference.epci_of(found.code, millesime) is None
            for found in reference.communes(millesime=millesime)
        )
        assert len(listed) + alone == len(reference.communes(millesime=millesime))

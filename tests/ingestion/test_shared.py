"""The real files: exact counts and totals."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.domain.anomaly import Severity
from app.domain.indicator import ValueState
from app.domain.reference import Reference, load_reference
from app.domain.territory import Level
from app.ingestion import Clean, Options, read_file, recognise
from app.ingestion.model import Territories

pytestmark = pytest.mark.shared
SCOPE = Options(frozenset({"79", "52"}))


@pytest.fixture(scope="module")
def france() -> Reference:
    """The territory of France."""
    return load_reference()


def read(path: Path, france: Reference) -> Clean:
    """Read for a base of Deux-Sèvres and Haute-Marne."""
    territories: Territories = france
    return read_file(path, territories, options=SCOPE)


def total(clean: Clean, indicator: str, departement: str, year: int) -> float:
    """Sum of an indicator over the communes of a département."""
    return sum(
        row.number or 0
        for row in clean.rows
        if row.indicator == indicator and row.year == year and row.code.startswith(departement)
    )


def value(clean: Clean, indicator: str, code: str) -> float | None:
    """The only value of an indicator for a code."""
    (found,) = [row.number for row in clean.rows if row.indicator == indicator and row.code == code]
    return found


def test_coverage_by_epci(shared_data: Path, france: Reference) -> None:
    clean = read(shared_data / "cnaf" / "txcouv_pe_epci_2023_extrait_52_79.csv", france)
    assert (clean.source, clean.level, clean.years, clean.rows_read) == (
        "cnaf_txcouv",
        Level.EPCI,
        (2023,),
        17,
    )
    assert len(clean.rows) == 17 * 5
    assert (clean.encoding, clean.separator, clean.rejected) == ("utf-8-sig", ";", 0)
    found = [(a.line, a.rule, a.severity) for a in clean.anomalies]
    assert found == [
        (6, "zero_eaje", Severity.QUESTION),
        (9, "two_departements", Severity.QUESTION),
        (2, "parts_rounded", Severity.INFO),
        (11, "two_departements_seat", Severity.INFO),
    ]
    assert value(clean, "couv_global", "200041317") == 74.2
    assert {row.millesime for row in clean.rows} == {2023}


def test_coverage_of_departements_regions_and_france(shared_data: Path, france: Reference) -> None:
    departements = read(shared_data / "cnaf" / "txcouv_pe_dep_2023_extrait.csv", france)
    assert value(departements, "couv_global", "79") == 70.6
    assert value(departements, "couv_global", "52") == 70.2
    regions = read(shared_data / "cnaf" / "txcouv_pe_reg_2023_extrait.csv", france)
    assert value(regions, "couv_global", "75") == 66.2
    nation = read(shared_data / "cnaf" / "txcouv_pe_nat_2023_extrait.csv", france)
    assert value(nation, "couv_global", "FR") == 60.9
    assert nation.years == (2023,)
    communes = read(shared_data / "cnaf" / "txcouv_pe_com_2023_extrait_52_79.csv", france)
    assert value(communes, "couv_global", "79191") == 72.7


def test_births_by_commune(shared_data: Path, france: Reference) -> None:
    clean = read(shared_data / "insee" / "naissances_2023_2025_communes_52_79.csv", france)
    assert len(clean.rows) == clean.rows_read == 2034
    assert clean.anomalies == ()
    years = (2023, 2024, 2025)
    assert [total(clean, "naissances", "79", year) for year in years] == [2995, 2847, 2772]
    assert [total(clean, "naissances", "52", year) for year in years] == [1375, 1250, 1241]
    assert clean.millesime == 2026


def test_births_of_a_real_zip_in_which_every_field_is_quoted(shared_data: Path, france: Reference) -> None:
    path = shared_data / "formats_reels" / "insee_naissances_sample.zip"
    clean = read(path, france)
    assert clean.member == "DS_ETAT_CIVIL_NAIS_COMMUNES_2025_data.csv"
    assert (clean.rows_read, len(clean.rows), clean.rejected, clean.ignored) == (1278, 1098, 0, 180)
    levels = Counter(row.level for row in clean.rows)
    assert levels[Level.REGION] == 36
    assert levels[Level.FRANCE] == 18
    assert levels[Level.EPCI] == 18
    assert Counter(row.state for row in clean.rows)[ValueState.NO_DATA] == 21


def test_equipment_of_a_real_zip_holds_nothing_of_ours(shared_data: Path, france: Reference) -> None:
    clean = read(shared_data / "formats_reels" / "insee_bpe_sample.zip", france)
    assert clean.source == "insee_bpe"
    assert clean.rows == ()
    assert {anomaly.rule for anomaly in clean.anomalies} == {"other_facility", "nothing_kept"}
    assert clean.ignored == 105


def test_equipment_by_commune(shared_data: Path, france: Reference) -> None:
    clean = read(shared_data / "structures" / "bpe2025_petite_enfance_communes_52_79.csv", france)
    kinds = ("eaje", "rpe", "alsh", "micro_creche")
    assert [total(clean, kind, "79", 2025) for kind in kinds] == [53, 30, 374, 8]
    assert [total(clean, kind, "52", 2025) for kind in kinds] == [29, 14, 120, 4]
    assert len(clean.rows) == 678 * 4
    assert clean.millesime == 2025


def test_legal_populations(shared_data: Path, france: Reference) -> None:
    clean = read(shared_data / "listes" / "donnees_communes_pop2023_insee.csv", france)
    assert clean.rows_read == len(clean.rows) == 34_900
    assert total(clean, "population", "79", 2023) == 375_229
    assert total(clean, "population", "52", 2023) == 168_331
    assert clean.rejected == 0


def test_outlines_are_told_apart(shared_data: Path) -> None:
    for name in ("epci_france_cog2025_lambert93.gpkg", "departements_79_52.geojson"):
        assert recognise(shared_data / "geometrie" / name).kind == "outlines"

"""The embedded territory against the official files themselves."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from app.domain.reference import load_reference

pytestmark = pytest.mark.shared


def test_membership_equals_the_tables_of_insee_from_2021_to_2024(shared_data: Path) -> None:
    reference = load_reference()
    truth: dict[int, dict[str, str]] = {year: {} for year in range(2021, 2025)}
    with gzip.open(
        shared_data / "listes" / "appartenance_epci_france_2014_2024.csv.gz", "rt", encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file, delimiter=";"):
            if int(row["annee"]) in truth and row["code_commune"] and row["siren_epci"][0] != "Z":
                truth[int(row["annee"])][row["code_commune"]] = row["siren_epci"]
    for year, expected in truth.items():
        communes = reference.communes(millesime=year)
        found = {commune.code: reference.epci_of(commune.code, year) for commune in communes}
        assert {code: epci for code, epci in found.items() if epci} == expected


def test_membership_and_seats_equal_the_list_of_dgcl_of_2025(shared_data: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    reference = load_reference()
    book = calamine.CalamineWorkbook.from_path(str(shared_data / "listes" / "epcicom2025_dgcl.xlsx"))
    header, *rows = book.get_sheet_by_index(0).to_python()
    seat, siren, insee, nature = (
        header.index(name) for name in ("dept", "siren", "insee", "nature_juridique")
    )
    for millesime in (2025, 2026):
        assert all(
            reference.epci_of(str(row[insee]), millesime) == str(row[siren]).split(".")[0] for row in rows
        )
    assert len(rows) == sum(len(reference.members(epci.code)) for epci in reference.epcis())
    for row in rows:
        epci = reference.epci(str(row[siren]).split(".")[0])
        assert epci.code_departement == str(row[seat])
        assert epci.nature[:1] == str(row[nature])[:1]


def test_populations_equal_the_legal_ones_of_2023(shared_data: Path) -> None:
    reference = load_reference()
    path = shared_data / "listes" / "donnees_communes_pop2023_insee.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = {row["COM"]: int(row["PMUN"]) for row in csv.DictReader(file, delimiter=";")}
    found = {commune.code: commune.population for commune in reference.communes()}
    common = expected.keys() & found.keys()
    assert len(common) > 34_800
    assert [code for code in common if expected[code] != found[code]] == []


def test_communes_equal_the_official_code_of_2026(shared_data: Path) -> None:
    reference = load_reference()
    path = shared_data / "listes" / "v_commune_2026_insee.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = {
            row["COM"]: row["LIBELLE"].replace("'", "’")
            for row in csv.DictReader(file)
            if row["TYPECOM"] == "COM"
        }
    assert {found.code: found.name for found in reference.communes() if found.code_region} == expected

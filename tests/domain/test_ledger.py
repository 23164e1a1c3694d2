"""The register of revisions: the waterfall adds up, and says what it cannot explain."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.domain.cpog_codes import MovementNature
from app.domain.cpog_points import Movement
from app.domain.ledger import by_nature, ledger, waterfall

INITIAL = {2018: 31989.0, 2019: 31789.0, 2020: 31589.0, 2021: 31089.0, 2022: 30489.0}
REVISED = {2018: 31989.0, 2019: 31789.0, 2020: 32100.0, 2021: 31846.0, 2022: 31383.0}
MOTIVES = (
    ("prime", "autofinance", {2019: 140.0, 2020: 140.0, 2021: 140.0, 2022: 140.0}),
    ("logement", "conjoncturel", {2021: 150.0, 2022: 150.0}),
    ("Aripa", "perenne", {2020: 336.0, 2021: 427.0, 2022: 427.0}),
    ("Rsa outre-mer", "perenne", {2020: 35.0, 2021: 40.0, 2022: 40.0}),
    ("Rsa métropole", "perenne", {2022: 120.0}),
    ("impayés", "perenne", {2022: 16.5}),
)
CEILING = tuple(
    Movement(f"m{i}-{year}", "c", "i", "r", i, year, motive, amount, MovementNature(nature),
             counted=year != 2019)
    for i, (motive, nature, years) in enumerate(MOTIVES)
    for year, amount in years.items()
)  # fmt: skip


def test_the_staff_ceiling_adds_up_to_the_unit() -> None:
    found = {w.year: w for w in ledger(INITIAL, REVISED, CEILING)}
    assert [(w.gap, w.explained, w.residue) for w in found.values()] == [
        (0, 0, 0), (0, 0, 0), (511, 511, 0), (757, 757, 0), (894, 893.5, 0.5),
    ]  # fmt: skip
    assert [bar.amount for bar in found[2020].bars] == [140, 336, 35]
    assert [bar.amount for bar in found[2021].bars] == [140, 150, 427, 40]
    assert all(w.balanced for w in found.values())


def test_a_neutral_movement_is_listed_and_adds_nothing() -> None:
    year = waterfall(2019, 31789, 31789, CEILING)
    assert [(bar.amount, bar.counted, bar.start, bar.end) for bar in year.bars] == [
        (140, False, 31789, 31789)
    ]


def test_bars_start_where_the_last_one_ended() -> None:
    year = waterfall(2021, 31089, 31846, CEILING)
    assert year.bars[0].start == year.initial
    assert [b.end for b in year.bars[:-1]] == [b.start for b in year.bars[1:]]
    assert year.bars[-1].end == year.revised


def test_a_residue_beyond_the_tolerance_does_not_balance() -> None:
    year = waterfall(2022, 30489, 31383, CEILING[:-1], tolerance=1)
    assert (year.residue, year.balanced) == (17, False)
    assert waterfall(2022, 30489, 31383, CEILING, tolerance=0.4).balanced is False


def test_amounts_by_nature() -> None:
    assert by_nature(CEILING, 2021) == {"autofinance": 140, "conjoncturel": 150, "perenne": 467}


@pytest.mark.shared
def test_the_case_is_that_of_the_report(shared_data: Path) -> None:
    folder = shared_data / "referentiels" / "cas_igas"

    def table(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    movements = [
        Movement(str(i), "c", "i", "r", i, int(row["annee"]), row["motif"], float(row["volume_etpma"]),
                 MovementNature.LASTING, row["compte_dans_ecart_t8"] == "1")
        for i, row in enumerate(table("t07_moyens_complementaires_revision.csv"))
    ]  # fmt: skip
    for row in table("t08_plafond_initial_revise.csv"):
        year = waterfall(
            int(row["annee"]), float(row["plafond_cog_initial"]), float(row["plafond_revise"]), movements
        )
        assert (year.gap, year.explained, year.residue) == (
            float(row["ecart_imprime"]), float(row["somme_motifs_t07"]), float(row["residu_motifs"])
        )  # fmt: skip

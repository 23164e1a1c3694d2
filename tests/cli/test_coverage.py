"""Commands « couverture » and « lacunes » in the process, on the demonstration base."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def base(demo_folder: Path) -> Path:
    return demo_folder / "demo.maillage"


@pytest.mark.parametrize("network", ["eaje", "rpe", "avs", "laep"])
def test_tables_tell_what_is_not_known(run: Run, base: Path, network: str) -> None:
    code, out, err = run("couverture", base, network)
    assert (code, err) == (0, "")
    assert "CC Mellois en Poitou" in out
    assert "Territoires couverts, offre nominale" in out
    assert "ce n’est pas un zéro" in out


def test_a_value_by_hand_in_the_table(run: Run, base: Path) -> None:
    # Niortais: Cnaf 20,4 places of Eaje in 2023, 22 structures in the BPE 2025, 2 894 children estimated
    _, out, _ = run("couverture", base, "eaje", "--annee", "2025")
    line = next(line for line in out.splitlines() if "CA du Niortais" in line)
    assert "20,4" in line
    assert "≈\u00a02\u202f894" in line


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_maps(run: Run, base: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"carte.{suffix}"
    code, _, err = run("couverture", base, "rpe", "-o", output, "--departement", "79")
    assert (code, err) == (0, "")
    assert output.stat().st_size > 5_000
    if suffix == "svg":
        assert "Relais petite enfance" in output.read_text("utf-8")


def test_csv_has_states_certainty_and_formula(run: Run, base: Path, tmp_path: Path) -> None:
    output = tmp_path / "avs.csv"
    assert run("couverture", base, "avs", "-o", output)[0] == 0
    rows = list(csv.DictReader(output.read_text("utf-8-sig").splitlines(), delimiter=";"))
    by_figure = {(row["Code"], row["Chiffre"]): row for row in rows if row["Chiffre"]}
    niort = by_figure["200041317", "nb_avs"]
    assert (niort["Valeur"], niort["Certitude"]) == ("2", "au moins, recensement partiel")
    mellois = by_figure["200069755", "nb_avs"]
    assert (mellois["Valeur"], mellois["État"], mellois["Couvert"]) == ("", "pas de donnée", "non connu")
    auberive = by_figure["200027308", "nb_avs"]
    assert (auberive["Valeur"], auberive["État"], auberive["Couvert"]) == ("0", "zéro", "non couvert")


def test_meanings(run: Run, base: Path) -> None:
    code, out, _ = run("couverture", base, "rpe", "--sens", "distance", "--minutes", "15")
    assert code == 0
    assert "à moins de 15 minutes (vol d’oiseau × 1,3, à 50 km/h)" in out
    code, _, err = run("couverture", base, "rpe", "--sens", "distance", "--km", "-3")
    assert code == 2
    assert "la distance" in err
    code, _, err = run("couverture", base, "rpe", "--chiffre", "inconnu")
    assert (code, "Chiffres possibles" in err) == (2, True)
    code, _, err = run("couverture", base, "creches")
    assert (code, err.startswith("La valeur donnée à RESEAU")) == (2, True)
    code, _, err = run("couverture", base, "rpe", "--departement", "33")
    assert code == 2


def test_gaps_of_both_departements(run: Run, base: Path, tmp_path: Path) -> None:
    code, out, err = run("lacunes", base, "--date", "2026-03-31")
    assert (code, err) == (0, "")
    assert "[manque] Chaumont (52121" in out
    assert "[manque] CC Meuse Rognon" in out
    assert "[inconnu] CC Mellois en Poitou" in out
    _, certain, _ = run("lacunes", base, "--certain", "--departement", "79", "--date", "2026-03-31")
    assert "[manque]" not in certain
    assert "[inconnu]" not in certain
    for suffix in ("csv", "xlsx"):
        output = tmp_path / f"lacunes.{suffix}"
        code, out, _ = run("lacunes", base, "-o", output, "--regle", "rpe_10000")
        assert code == 0
        assert output.stat().st_size > 200
        assert "1\u00a0lacune" in out


def test_wrong_input_is_one_sentence(run: Run, base: Path, tmp_path: Path) -> None:
    code, _, err = run("lacunes", base, "--regle", "inconnue")
    assert (code, "n’existe pas" in err) == (2, True)
    assert run("lacunes", base, "-o", tmp_path / "lacunes.txt")[0] == 2
    assert run("couverture", base, "rpe", "-o", tmp_path / "carte.gif")[0] == 2

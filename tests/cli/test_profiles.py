"""Tables, maps and fiches of the command line for each kind of reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
NIORTAIS = "200041317"


@pytest.mark.parametrize("profile", ["caf", "partenaire", "public"])
def test_values_are_listed_for_each_reader(run: Run, demo_folder: Path, profile: str) -> None:
    base = demo_folder / "demo.maillage"
    code, out, err = run("indicateurs", base, "--epci", NIORTAIS, "--profil", profile, "--format", "json")
    assert (code, err) == (0, "")
    rows = {(row["indicateur"], row["annee"]): row["valeur"] for row in json.loads(out)}
    assert rows["couv_global", 2023] == 74.2


def test_maps_fiches_and_coverage_are_written_for_a_reader(
    run: Run, demo_folder: Path, tmp_path: Path
) -> None:
    base = demo_folder / "demo.maillage"
    for arguments in (
        ("carte", base, "couv_global", "-o", tmp_path / "c.svg", "--profil", "partenaire"),
        ("fiche", base, NIORTAIS, "-o", tmp_path / "f.pdf", "--profil", "public"),
        ("couverture", base, "rpe", "-o", tmp_path / "r.csv", "--profil", "partenaire"),
    ):
        code, _, err = run(*arguments)
        assert (code, err) == (0, "")
        assert arguments[-3].stat().st_size > 500


@pytest.mark.parametrize("name", ["indicateurs", "carte", "fiche"])
def test_an_unknown_reader_is_refused_in_french(
    run: Run, demo_folder: Path, tmp_path: Path, name: str
) -> None:
    base = demo_folder / "demo.maillage"
    more = {"carte": ("couv_global", "-o", tmp_path / "c.png"), "fiche": (NIORTAIS, "-o", tmp_path / "f.pdf")}
    code, _, err = run(name, base, *more.get(name, ()), "--profil", "voisin")
    assert code == 2
    assert "--profil" in err
    assert not list(tmp_path.iterdir())

"""Commands about CPOG."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cpog")


@pytest.fixture
def base(run: Run, kept: Path, tmp_path: Path) -> Path:
    """A base with the CPOG delivered for its département, made once."""
    made = kept / "base.maillage"
    if not made.exists():
        assert run("nouveau", made, "--departement", "52")[0] == 0
        assert run("cpog-charger", made)[0] == 0
    copied = tmp_path / "base.maillage"
    shutil.copyfile(made, copied)
    return copied


def test_a_base_without_cpog_says_what_it_may_load(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "b.maillage"
    run("nouveau", made, "--departement", "79")
    code, _, error = run("cpog", made)
    assert code == 2
    assert "79-2018-2022" in error
    code, out, _ = run("cpog-charger", made)
    assert (code, "35\u00a0indicateurs, 18\u00a0signalements" in out) == (0, True)
    assert "déjà présent" in run("cpog-charger", made)[1]


def test_the_list_comes_in_three_forms(run: Run, base: Path) -> None:
    code, out, _ = run("cpog", base, "--annee", "2023", "--date", "2024-02-01")
    assert (code, out.count("52-2023-2027")) == (0, 41)
    rows = json.loads(run("cpog", base, "--annee", "2023", "--format", "json", "--date", "2024-02-01")[1])
    assert (len(rows), rows[0]["cible"], rows[0]["etat"]) == (41, 71, "à saisir")
    table = run("cpog", base, "--annee", "2023", "--format", "csv", "--date", "2024-02-01")[1]
    assert len(table.splitlines()) == 42
    assert "cible initiale" in run("cpog", base, "--tout", "--format", "csv")[1]


def test_an_unknown_cpog_is_said(run: Run, base: Path) -> None:
    code, _, error = run("cpog", base, "--cpog", "99")
    assert (code, "52-2023-2027" in error) == (2, True)


def test_the_bilan_and_the_calendar_are_written(run: Run, base: Path, tmp_path: Path) -> None:
    arguments = ("--cpog", "52-2023-2027", "--annee", "2024", "--date", "2025-03-01")
    assert run("bilan-cpog", base, *arguments, "-o", tmp_path / "b.xlsx")[0] == 0
    assert (tmp_path / "b.xlsx").stat().st_size > 5000
    assert run("bilan-cpog", base, *arguments, "-o", tmp_path / "b.doc")[0] == 2
    code, out, _ = run("cpog-calendrier", base, "--date", "2026-11-21")
    assert (code, "31 janvier 2027" in out) == (0, True)
    assert run("cpog-calendrier", base, "-o", tmp_path / "e.ics", "--date", "2026-11-21")[0] == 0
    assert (tmp_path / "e.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_values_and_grids_are_imported_and_taken_back(run: Run, base: Path, tmp_path: Path) -> None:
    values = tmp_path / "valeurs.csv"
    values.write_text("Indicateur;Année;Valeur\nCOG 08-25;2023;65,5 %\nCOG 08-29;2023;quinze\n", "utf-8")
    code, out, _ = run("importer", base, values)
    assert (code, "ligne 3" in out, "n’est pas un nombre" in out) == (0, True, True)
    listed = ("cpog", base, "--annee", "2023", "--format", "json", "--date", "2024-02-01")
    rows = json.loads(run(*listed)[1])
    assert [row["realise"] for row in rows if row["realise"] is not None] == [65.5]
    grid = tmp_path / "grille 52-2028-2032.csv"
    grid.write_text("Libellé;Unité;Type;2028\nTaux d’essai;%;Résultat;50\n", "utf-8")
    assert run("importer", base, grid)[0] == 0
    assert "52-2028-2032" in run("cpog", base, "--cpog", "52-2028-2032", "--annee", "2028")[1]
    assert run("annuler-import", base, "1")[0] == 0
    rows = json.loads(run(*listed, "--cpog", "52-2023-2027")[1])
    assert [row["realise"] for row in rows if row["realise"] is not None] == []

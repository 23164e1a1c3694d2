"""Commands about CPOG."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
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


def test_a_contract_is_created_from_a_grid_a_copy_or_nothing(run: Run, base: Path) -> None:
    code, out, _ = run("cpog-creer", base, "52-2018-2022", "--cog", "2018-2022", "--cibles")
    assert (code, "39\u00a0indicateurs" in out, "Caf de la Haute-Marne" in out) == (0, True, True)
    code, out, _ = run("cpog-creer", base, "52-2028-2032", "--copie", "52-2023-2027")
    assert (code, "41\u00a0indicateurs" in out) == (0, True)
    listed = ("cpog", base, "--cpog", "52-2028-2032", "--annee", "2028", "--format", "json")
    assert all(row["cible"] is None for row in json.loads(run(*listed)[1]))
    dates = ("--debut", "2024-01-01", "--fin", "2024-12-31")
    assert run("cpog-creer", base, "essai", *dates)[0] == 0
    for arguments, word in (
        (("autre",), "dates"), (("52-2023-2027",), "déjà le code"), (("52-2030-2034", "--cog", "1"), "COG"),
        (("52-2030-2034", "--cog", "2018-2022", "--copie", "essai"), "à la fois"),
    ):  # fmt: skip
        code, _, error = run("cpog-creer", base, *arguments)
        assert (code, word in error) == (2, True), error


def test_a_caf_is_compared_with_imported_groups_itself_left_out(run: Run, base: Path, tmp_path: Path) -> None:
    values = tmp_path / "autres.csv"
    lines = [f"COG 08-25;2023;{x};Groupe A;{d}" for d, x in (("10", 60), ("51", 70), ("54", 75), ("55", 80))]
    own = ["COG 08-25;2023;65;;", "COG 08-25;2023;999;Groupe A;08"]
    values.write_text("\n".join(["Indicateur;Année;Valeur;Groupe;Département", *lines, *own]), "utf-8")
    code, out, _ = run("importer", base, values)
    assert (code, "hors des bornes" in out) == (0, True)
    asked = ("cpog-comparer", base, "--cpog", "52-2023-2027", "--annee", "2023")
    rows = json.loads(run(*asked, "--format", "json")[1])
    assert [(row["Autres Caf"], row["Cette Caf"], row["Médiane"]) for row in rows] == [
        ("4", "65\u202f%", "72,50")
    ]
    code, _, error = run("cpog-comparer", base, "--cpog", "52-2023-2027", "--annee", "2024")
    assert (code, "Importez les valeurs" in error) == (2, True)


def test_the_notice_is_two_pages(run: Run, base: Path, tmp_path: Path) -> None:
    arguments = ("--cpog", "52-2023-2027", "--annee", "2024", "--date", "2025-03-01", "--avis")
    assert run("bilan-cpog", base, *arguments, "-o", tmp_path / "avis.xlsx")[0] == 2
    code, out, _ = run("bilan-cpog", base, *arguments, "-o", tmp_path / "avis.pdf")
    assert (code, "Avis écrit" in out) == (0, True)
    document = pypdfium2.PdfDocument(tmp_path / "avis.pdf")
    assert len(document) <= 2
    document.close()

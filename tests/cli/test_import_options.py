"""`importer` told what the files do not say: model, columns, sheet, year."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
RENAMED = "an;siren;nom;taux\n2023;200041317;CA du Niortais;74.2\n"
POPULATION = "COM;PMUN\n79191;60073\n"


@pytest.fixture
def base(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "b.maillage"
    assert run("nouveau", path, "--departement", "79")[0] == 0
    return path


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    path = tmp_path / "taux.csv"
    path.write_text(RENAMED, "utf-8")
    return path


def test_columns_named_once_are_enough_for_the_next_file(run: Run, base: Path, renamed: Path) -> None:
    code, _, said = run("importer", base, renamed)
    assert (code, "Modèles les plus proches" in said) == (2, True)
    named = ("--modele", "cnaf_txcouv-epci", "--colonne", "code=Siren", "--colonne", "Global=taux")
    code, said, _ = run("importer", base, renamed, *named)
    assert code == 0
    assert "1 valeur nouvelle" in said.replace("\u00a0", " ")
    renamed.write_text(RENAMED.replace("2023", "2024"), "utf-8")
    code, said, _ = run("importer", base, renamed)
    assert "import 2" in said


def test_the_year_is_given_where_the_file_has_none(run: Run, base: Path, tmp_path: Path) -> None:
    path = tmp_path / "population.csv"
    path.write_text(POPULATION, "utf-8")
    code, _, said = run("importer", base, path)
    assert (code, "--annee" in said) == (2, True)
    assert run("importer", base, path, "--annee", "2022")[0] == 0


def test_the_tables_of_a_zip_are_imported_one_by_one(run: Run, base: Path, tmp_path: Path) -> None:
    path = tmp_path / "tout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("population_2022.csv", POPULATION)
        archive.writestr("population_2023.csv", POPULATION.replace("60073", "60100"))
    code, said, _ = run("importer", base, path, "--simulation", "--feuille", "population_2023.csv")
    assert code == 0
    assert "population_2022" not in said
    code, said, _ = run("importer", base, path)
    lines = said.splitlines()
    assert lines[0].startswith("tout.zip, population_2022.csv")
    assert sum("importé (import" in line for line in lines) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--modele", "rien"), "n’existe pas"),
        (("--modele", "cnaf_txcouv-epci"), "ne dit pas où lire"),
        (("--modele", "cnaf_txcouv-epci", "--colonne", "zut=taux"), "n’a pas de champ"),
        (("--modele", "cnaf_txcouv-epci", "--colonne", "global=zut"), "n’a pas de colonne"),
        (("--modele", "cnaf_txcouv-epci", "--colonne", "global"), "CHAMP=EN-TÊTE"),
        (("--colonne", "global=taux"), "sans modèle"),
    ],
)
def test_wrong_options_are_refused_in_one_sentence(
    run: Run, base: Path, renamed: Path, options: tuple[str, ...], words: str
) -> None:
    code, said, refused = run("importer", base, renamed, *options)
    assert (code, said) == (2, "")
    assert words in refused
    assert "Rien n’a été importé." in refused

"""Commands of the register: French, exact, and silent about nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def base(demo_folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.maillage"
    shutil.copyfile(demo_folder / "demo.maillage", path)
    return path


def test_equipment_is_listed_with_the_totals_known_alone(run: Run, base: Path) -> None:
    code, out, _ = run("equipements", base, "--type", "laep")
    assert code == 0
    assert "Espace Parent’aise (Habitat et Humanisme)" in out
    assert "Total connu, département 79, 2018\u202f: Lieu d’accueil enfants-parents, 8" in out
    assert "n.d." in out


def test_an_epci_alone_is_given_no_share_of_a_total(run: Run, base: Path) -> None:
    code, out, _ = run("equipements", base, "--epci", "200041317")
    assert code == 0
    assert out.count("Niortais") == 13
    assert "Total connu" not in out


def test_csv_and_json_hold_every_service(run: Run, base: Path) -> None:
    _, out, _ = run("equipements", base, "--format", "csv")
    rows = list(csv.reader(io.StringIO(out), delimiter=";"))
    assert len(rows) == 47
    assert rows[0][:3] == ["Nom", "Type", "Commune"]
    _, out, _ = run("equipements", base, "--format", "json")
    found = json.loads(out)
    assert len(found) == 46
    assert all("signaux" in row for row in found)
    _, out, _ = run("equipements", base, "--format", "json", "--profil", "partenaire")
    assert not any("signaux" in row for row in json.loads(out))
    assert {row["fictif"] for row in found} == {False}
    assert all(row["source"] for row in found)
    assert sum(row["places_agreees"] is not None for row in found) == 7


def test_duplicates_are_listed_with_their_reason(run: Run, base: Path, tmp_path: Path) -> None:
    assert run("doublons", base)[1].count("\n") >= 1
    file = tmp_path / "double.csv"
    file.write_text("Type;Nom;Code commune\nEaje;Creche multi-accueil Tom Pouce;79191\n", "utf-8")
    code, out, _ = run("importer", base, file)
    assert code == 0
    assert "Peut-être déjà là" in out
    code, out, _ = run("doublons", base)
    assert code == 0
    assert "même nom" in out


def test_the_template_is_written_and_read_again(run: Run, base: Path, tmp_path: Path) -> None:
    file = tmp_path / "modele.xlsx"
    code, out, _ = run("modele-registre", "-o", file)
    assert (code, file.is_file()) == (0, True)
    assert "modele.xlsx" in out
    assert run("importer", base, file)[0] == 0
    assert run("equipements", base, "--format", "json")[1].count('"uuid"') == 46


@pytest.mark.parametrize(
    "arguments",
    [
        ("equipements", "{base}", "--type", "piscine"),
        ("equipements", "{base}", "--epci", "123"),
        ("equipements", "{absent}"),
        ("doublons", "{absent}"),
        ("modele-registre", "-o", "{folder}/modele.csv"),
        ("modele-registre", "-o", "{folder}/absent/modele.xlsx"),
        ("modele-registre",),
    ],
)
def test_wrong_input_gives_one_french_sentence(
    run: Run, base: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    known = {"base": base, "absent": tmp_path / "absent.maillage", "folder": tmp_path}
    code, out, err = run(*(argument.format(**known) for argument in arguments))
    assert (code, out, err.count("\n")) == (2, "", 1)

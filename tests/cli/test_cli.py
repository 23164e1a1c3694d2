"""The command line as its users see it: French, exit codes, files written or not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
COMMANDS = (
    "demo", "nouveau", "importer", "annuler-import", "indicateurs", "carte", "fiche", "fond", "verifier",
)  # fmt: skip
ENGLISH = re.compile(r"\b(Show|Usage:|Options:|Commands:|Arguments:|required|default|TEXT|COMMAND|Error)\b")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_demo_leaves_a_base_a_map_and_a_fiche(demo_folder: Path) -> None:
    assert (demo_folder / "demo.maillage").is_file()
    assert (demo_folder / "couverture-petite-enfance_deux-sevres.png").read_bytes()[:4] == b"\x89PNG"
    assert (demo_folder / "fiche_niortais.pdf").read_bytes()[:5] == b"%PDF-"
    assert sorted(p.suffix for p in demo_folder.iterdir()) == [".maillage", ".pdf", ".png"]


def test_help_is_in_french(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name in COMMANDS:
        assert name in out
    for name in COMMANDS:
        code, out, _ = run(name, "--help")
        assert code == 0
        assert not ENGLISH.search(out), out


def test_a_new_base_says_what_it_holds_and_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    base = tmp_path / "deux-sevres.maillage"
    code, out, _ = run("nouveau", base, "--departement", "79")
    assert code == 0
    assert "Caf des Deux-Sèvres, 8 EPCI" in out
    before = sha256(base)
    code, _, err = run("nouveau", base, "--departement", "52")
    assert (code, err.count("\n")) == (2, 1)
    assert sha256(base) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("nouveau", "{new}", "--departement", "999"),
        ("importer", "{absent}", "x.csv"),
        ("importer", "{base}", "{absent}"),
        ("indicateurs", "{base}", "--epci", "123"),
        ("indicateurs", "{base}", "--annee", "1950"),
        ("carte", "{base}", "taux_magique", "-o", "{new}.png"),
        ("carte", "{base}", "couv_global", "-o", "{new}.bmp"),
        ("carte", "{base}", "couv_global", "--annee", "1950", "-o", "{new}.png"),
        ("carte", "{base}", "couv_global", "--departement", "33", "-o", "{new}.png"),
        ("carte", "{base}", "couv_global", "-o", "{folder}/absent/carte.png"),
        ("fiche", "{base}", "123", "-o", "{new}.pdf"),
        ("fiche", "{text}", "200041317", "-o", "{new}.pdf"),
        ("verifier", "{text}"),
        ("annuler-import", "{base}", "99"),
        ("fiche", "{base}"),
        ("carte", "{base}", "couv_global", "--annee", "demain", "-o", "{new}.png"),
        ("inconnue",),
        ("verifier", "{base}", "--zut"),
    ],
)
def test_wrong_input_gives_one_french_sentence_and_writes_nothing(
    run: Run, demo_folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    base = tmp_path / "demo.maillage"
    base.write_bytes((demo_folder / "demo.maillage").read_bytes())
    text = tmp_path / "texte.maillage"
    text.write_text("bonjour", "utf-8")
    words = {
        "base": base, "text": text, "new": tmp_path / "nouveau", "absent": tmp_path / "absent.csv",
        "folder": tmp_path,
    }  # fmt: skip
    before = {path: sha256(path) for path in tmp_path.glob("*.maillage")}
    code, out, err = run(*(argument.format(**words) for argument in arguments))
    assert code == 2, err
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert not re.search(r"[^\u202f][;:!?](\s|$)", err.replace("\u00a0", "\u202f")), err
    assert {path: sha256(path) for path in tmp_path.glob("*.maillage")} == before
    assert not list(tmp_path.glob("nouveau*"))


def test_a_map_of_no_known_form_names_those_there_are(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "carte.doc"
    code, out, err = run("carte", demo_folder / "demo.maillage", "couv_global", "-o", path)
    assert (code, out) == (2, "")
    assert err.strip() == (
        "La forme de «\u202fcarte.doc\u202f» n’est pas connue. Rien n’a été écrit. "
        "Donnez un nom en .png, .svg ou .pdf."
    )
    assert not path.exists()


def test_values_as_a_table_have_their_state_and_source(run: Run, demo_folder: Path) -> None:
    code, out, _ = run("indicateurs", demo_folder / "demo.maillage", "--epci", "200041416")
    assert code == 0
    line = next(line for line in out.splitlines() if "Couverture par les Eaje" in line)
    assert re.search(r" 2023 +0 ", line)
    assert "zéro" in line
    assert "txcouv_pe_epci_2023.csv ligne" in line


def test_values_as_json_and_csv_are_the_same(run: Run, demo_folder: Path) -> None:
    base = demo_folder / "demo.maillage"
    _, out, _ = run("indicateurs", base, "--annee", "2023", "--format", "json")
    values = json.loads(out)
    niort = next(v for v in values if v["code_epci"] == "200041317" and v["indicateur"] == "couv_global")
    assert (niort["valeur"], niort["etat"], niort["annee"]) == (74.2, "valeur", 2023)
    assert len(niort["sources"][0]["sha256"]) == 64
    _, out, _ = run("indicateurs", base, "--annee", "2023", "--format", "csv")
    rows = list(csv.reader(io.StringIO(out), delimiter=";"))
    assert len(rows) == len(values) + 1
    assert ["200041317", "74,2"] in [[row[0], row[4]] for row in rows]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
@pytest.mark.parametrize("level", ["epci", "commune"])
def test_a_map_is_written_and_the_same_input_gives_the_same_bytes(
    run: Run, demo_folder: Path, tmp_path: Path, suffix: str, level: str
) -> None:
    base = demo_folder / "demo.maillage"
    indicator = "couv_global" if level == "epci" else "naissances"
    made = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}{suffix}"
        code, _, err = run("carte", base, indicator, "--niveau", level, "-o", path)
        assert code == 0, err
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert len(made[0]) > 5_000


def test_outlines_are_written_as_three_layers(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    import pyogrio

    code, out, _ = run("fond", demo_folder / "demo.maillage", "-o", tmp_path / "fond.gpkg")
    assert code == 0
    assert "fond approché (centres et superficies communales)" in out
    layers = dict(pyogrio.list_layers(tmp_path / "fond.gpkg"))
    assert {"communes", "epci", "departements"} <= set(layers)
    assert pyogrio.read_info(tmp_path / "fond.gpkg", layer="epci")["features"] == 17


def test_a_sound_base_is_said_sound(run: Run, demo_folder: Path) -> None:
    code, out, _ = run("verifier", demo_folder / "demo.maillage")
    assert code == 0
    assert "base saine" in out


def test_reading_commands_leave_the_base_untouched(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    base = demo_folder / "demo.maillage"
    before = sha256(base)
    for arguments in (
        ("indicateurs", base), ("verifier", base), ("fond", base, "-o", tmp_path / "f.gpkg"),
        ("fiche", base, "200041317", "-o", tmp_path / "f.pdf"),
    ):  # fmt: skip
        assert run(*arguments)[0] == 0
    assert sha256(base) == before


def test_the_command_line_never_loads_qt(demo_folder: Path) -> None:
    script = (
        "import sys; from app.cli import run_command; "
        f"assert run_command(['indicateurs', {str(demo_folder / 'demo.maillage')!r}]) == 0; "
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph'))]"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""The commands about diagnostics: papers written, refusals in French, a booklet read back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
NIORTAIS = "200041317"


def test_a_booklet_and_its_tables_are_written_then_traced(
    run: Run, demo_folder: Path, tmp_path: Path
) -> None:
    base, paper, book = demo_folder / "demo.maillage", tmp_path / "d.pdf", tmp_path / "d.xlsx"
    slides = tmp_path / "d.pptx"
    code, out, err = run(
        "diagnostic", base, NIORTAIS, "-o", paper, "--xlsx", book, "--pptx", slides,
        "--sections", "petite_enfance,glossaire",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert str(paper) in out
    assert paper.read_bytes()[:5] == b"%PDF-"
    assert book.read_bytes()[:2] == slides.read_bytes()[:2] == b"PK"
    code, out, _ = run("tracer", base, paper)
    assert code == 0
    assert "inchangés" in out
    code, out, _ = run("tracer", base, paper, "--tout", "--format", "json")
    rows = json.loads(out)
    assert {"indicateur", "territoire", "annee", "pages", "imprime", "base", "etat"} == set(rows[0])
    code, out, _ = run("tracer", base, paper, "--tout", "--format", "csv")
    assert out.splitlines()[0].startswith("Chiffre;Territoire;")


@pytest.mark.parametrize(
    "arguments",
    [
        ("diagnostic", "{base}", "123", "-o", "{new}.pdf"),
        ("diagnostic", "{base}", NIORTAIS, "-o", "{new}.odt"),
        ("diagnostic", "{base}", NIORTAIS, "-o", "{new}.pdf", "--sections", "zut"),
        ("diagnostic", "{base}", NIORTAIS, "-o", "{new}.pdf", "--profil", "voisin"),
        ("diagnostic", "{base}", NIORTAIS, "-o", "{new}.pdf", "--annee", "1950"),
        ("diagnostic", "{base}", NIORTAIS, "-o", "{new}.pdf", "--docx", "{new}.pdf"),
        ("diagnostics", "{base}", "-o", "{new}"),
        ("tracer", "{base}", "{base}"),
        ("tracer", "{base}", "{new}.pdf"),
    ],
)
def test_wrong_input_gives_one_french_sentence_and_writes_nothing(
    run: Run, demo_folder: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    places = {"base": str(demo_folder / "demo.maillage"), "new": str(tmp_path / "nouveau")}
    code, _, err = run(*(argument.format(**places) for argument in arguments))
    assert code == 2
    assert err.strip()
    assert "Error" not in err
    assert not list(tmp_path.glob("nouveau*"))


def test_help_is_in_french(run: Run) -> None:
    for name in ("diagnostic", "diagnostics", "tracer"):
        code, out, _ = run(name, "--help")
        assert code == 0
        assert "Usage:" not in out

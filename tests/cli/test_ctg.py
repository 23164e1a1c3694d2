"""Commands about CTG: list in three forms, template, agenda, wrong input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
DAY = ("--date", "2026-11-21")


def test_the_list_gives_the_three_denominators(run: Run, demo_folder: Path) -> None:
    code, out, _ = run("ctg", demo_folder / "demo.maillage", *DAY)
    assert code == 0
    assert "CTG du Niortais" in out
    assert "fictif" in out
    for words in ("EPCI\u202f: 3 sur 16", "habitants\u202f:", "communes\u202f:", "Des CTG fictives comptent"):
        assert words in out


def test_the_list_as_data(run: Run, demo_folder: Path) -> None:
    code, out, _ = run("ctg", demo_folder / "demo.maillage", *DAY, "--epci", "200041317", "--format", "json")
    assert code == 0
    held = json.loads(out)
    (row,) = held["ctg"]
    assert (row["nom"], row["fin"], row["fictif"]) == ("CTG du Niortais", "2027-12-31", True)
    assert held["couverture"]["epci"] == {
        "couverts": 3, "total": 16, "pourcentage": 18.75, "regle": held["couverture"]["epci"]["regle"],
    }  # fmt: skip
    code, out, _ = run("ctg", demo_folder / "demo.maillage", *DAY, "--format", "csv")
    assert code == 0
    assert len(out.strip().split("\n")) == 6


def test_the_template_and_the_agenda_are_written(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    assert run("modele-plan", "-o", tmp_path / "modele.xlsx")[0] == 0
    assert (tmp_path / "modele.xlsx").read_bytes()[:2] == b"PK"
    code, out, _ = run("echeances", demo_folder / "demo.maillage", "-o", tmp_path / "e.ics", *DAY)
    assert code == 0
    assert "échéances dans" in out
    assert (tmp_path / "e.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_wrong_input_is_said_in_french(run: Run, demo_folder: Path, tmp_path: Path) -> None:
    base = demo_folder / "demo.maillage"
    for arguments in (
        ("ctg", base, "--epci", "999"),
        ("modele-plan", "-o", tmp_path / "modele.pdf"),
        ("echeances", base, "-o", tmp_path / "e.txt"),
        ("echeances", base, "-o", tmp_path / "absent" / "e.ics"),
    ):
        code, out, err = run(*arguments)
        assert code == 2, arguments
        assert out == ""
        assert err.strip().endswith(".")
        assert "Traceback" not in err

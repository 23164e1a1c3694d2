"""`maillage sdsf`: the schemes delivered, in the three forms; a sheet that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run_command

pytestmark = pytest.mark.usefixtures("quiet_home")


@pytest.fixture
def quiet_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "b.maillage"
    assert run_command(["nouveau", str(path), "--departement", "52"]) == 0
    capsys.readouterr()
    return path


def test_delivered_schemes_are_listed(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["sdsf", str(base), "--reprendre", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(row["debut"], row["fin"], row["axes"]) for row in said] == [
        ("2020-01-01", "2026-12-31", 9), ("2016-01-01", None, 0),
    ]  # fmt: skip
    assert run_command(["sdsf", str(base)]) == 0
    table = capsys.readouterr().out
    assert "31/12/2026" in table
    assert "n.d." in table


def test_a_sheet_that_is_not_there_is_said(
    base: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run_command(["sdsf", str(base), "-o", str(tmp_path / "f.xlsx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "f.xlsx").exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["sdsf"], "Aucun SDSF"),
        (["sdsf", "--fiches"], "Aucune fiche d’indicateurs communs"),
        (["alertes", "--date", "2026-11-21"], "Rien à traiter au 21\u00a0novembre\u00a02026."),
    ],
)
def test_nothing_is_said_in_a_sentence(
    base: Path, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    name, *rest = command
    assert run_command([name, str(base), *rest]) == 0
    out = capsys.readouterr().out
    assert said in out.replace(" novembre ", "\u00a0novembre\u00a0")
    assert out.count("\n") == 1
    assert run_command([name, str(base), *rest, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--date", "2026-13-45"], "--date"), (["--epci", "999"], "999"), (["--departement", "33"], "33")],
)
def test_a_wrong_place_or_day_is_one_sentence(
    base: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert run_command(["alertes", str(base), *options]) != 0
    err = capsys.readouterr().err
    assert said in err
    assert err.strip().count("\n") == 0

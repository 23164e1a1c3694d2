"""The command line run in this process, on bases in temporary folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import bootstrap
from app.cli import run_command


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `maillage demo` leaves, made once."""
    folder = tmp_path_factory.mktemp("demo")
    patch = pytest.MonkeyPatch()
    patch.setattr(bootstrap, "cache_folder", lambda: folder / "cache")
    patch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: folder / "recent.json"))
    assert run_command(["demo", "-o", str(folder / "demo")]) == 0
    patch.undo()
    return folder / "demo"


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command: (exit code, standard output, standard error)."""
    monkeypatch.setattr(bootstrap, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: tmp_path / "recent.json"))

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run_command([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call

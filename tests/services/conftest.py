"""Bases for the tests of services: real files in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import bootstrap
from app.services import Services


@pytest.fixture(scope="session")
def demo_file(demo_base: Path) -> Path:
    """The demonstration base, made once for the session."""
    return demo_base


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_file: Path) -> bootstrap.Opener:
    """An opener that leaves nothing outside temporary folders."""
    monkeypatch.setattr(bootstrap, "cache_folder", lambda: demo_file.parent / "cache")
    monkeypatch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: tmp_path / "recent.json"))
    return bootstrap.Opener()


@pytest.fixture
def demo(opener: bootstrap.Opener, demo_file: Path, tmp_path: Path) -> Iterator[Services]:
    """Services on a copy of the demonstration base."""
    path = tmp_path / "demo.maillage"
    shutil.copyfile(demo_file, path)
    services = opener.open(path)
    yield services
    services.base.close()


@pytest.fixture
def empty(opener: bootstrap.Opener, tmp_path: Path) -> Iterator[Services]:
    """Services on a new base of Deux-Sèvres."""
    services = opener.create(tmp_path / "vide.maillage", ("79",))
    yield services
    services.base.close()

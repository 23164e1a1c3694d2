"""A base on a real file, and a computer of its own for each test."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import device
from db.session import Base, create_base


@pytest.fixture(autouse=True)
def own_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "computer" / "poste"
    monkeypatch.setattr(device, "device_file", lambda: file)
    return file


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = create_base(tmp_path / "deux sèvres.maillage", ["79", "52"], "Essai")
    yield made
    made.close()


@pytest.fixture
def digest() -> Callable[[Path], str]:
    return lambda path: hashlib.sha256(path.read_bytes()).hexdigest()

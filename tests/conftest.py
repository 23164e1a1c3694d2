"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine, however busy; `--hypothesis-profile=wander` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("wander", deadline=None, max_examples=400)
settings.load_profile("steady")

# Tests never need a display; a real one is used only when the environment names it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real files beside the checkout; the test is skipped where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip("no folder of real files beside the checkout")
    return _SHARED


@pytest.fixture(scope="session")
def demo_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration base, made once for all tests: copy it, never write to it."""
    from app import bootstrap

    folder = tmp_path_factory.mktemp("demo")
    patch = pytest.MonkeyPatch()
    patch.setattr(bootstrap, "cache_folder", lambda: folder / "cache")
    patch.setattr(bootstrap.Opener, "_recent_file", staticmethod(lambda: folder / "recent.json"))
    path = folder / "demo.maillage"
    bootstrap.Opener().demo(path).base.close()
    patch.undo()
    return path

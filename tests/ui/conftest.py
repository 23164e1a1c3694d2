"""Fixtures of the interface: the real services on a copy of the demonstration base, a window around them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Opener
from ui import icons
from ui.application import make_application, make_window
from ui.collector import collect_here
from ui.context import Context, ContextModel
from ui.hub import Hub
from ui.preferences import Preferences
from ui.stylesheet import sheet
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.views.page import Kit

if TYPE_CHECKING:
    from app.services import Services
    from ui.window import MainWindow


class PatientBot(QtBot):
    """Waits long enough for a busy machine, then lets what was just shown appear.

    A widget added to a layout becomes visible by an event of its own, after the call that added it.
    """

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:  # type: ignore[override]
        super().waitUntil(callback, timeout=timeout)
        for _ in range(2):
            QApplication.processEvents()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The robot of pytest-qt, patient."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def collected_here(qapp: QApplication) -> Iterator[None]:
    """Collect on this thread while tasks run in others, as the window does."""
    collector = collect_here(qapp)
    yield
    collector.search()
    collector.stop()


@pytest.fixture(autouse=True)
def dressed_application(qapp: QApplication) -> None:
    """Start each test in the light theme at 100 %, as the user does.

    An empty style sheet between two full ones leaves Qt with styles of deleted widgets: never set one.
    """
    made = Theme("light")
    if qapp.styleSheet() != sheet(made.hex, made.px):
        made.apply(qapp)


class QuietOpener(Opener):
    """Keeps recent bases and the proposed folder inside the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def default_folder(self) -> Path:
        return self._folder / "Maillage"

    def _recent_file(self) -> Path:  # type: ignore[override]
        return self._folder / "recent.json"


@pytest.fixture(scope="session")
def frozen_demo(demo_base: Path) -> Path:
    """The demonstration base, made once; copy it, never write to it."""
    return demo_base


@pytest.fixture(scope="session")
def outlines_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Outlines computed once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path: Path, outlines_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: caches, preferences and documents."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_CACHE_HOME", str(outlines_cache))
    return tmp_path


@pytest.fixture
def opener(home: Path) -> QuietOpener:
    """Opens real bases, remembers nothing outside the test."""
    return QuietOpener(home)


@pytest.fixture
def demo_file(home: Path, frozen_demo: Path) -> Path:
    """A copy of the demonstration base."""
    return Path(shutil.copy(frozen_demo, home / "deux-sevres.maillage"))


@pytest.fixture
def empty_file(home: Path, opener: QuietOpener) -> Path:
    """A base of Deux-Sèvres where nothing is imported."""
    path = home / "vide.maillage"
    opener.create(path, ("79",)).base.close()
    return path


@pytest.fixture
def services(opener: QuietOpener, demo_file: Path) -> Iterator[Services]:
    """The real services on the demonstration base."""
    opened = opener.open(demo_file)
    yield opened
    opened.base.close()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, on the application."""
    made = Theme("light")
    icons.use(made)
    made.apply(qapp)
    return made


class Calls:
    """What a page asked of its frame."""

    def __init__(self) -> None:
        self.moves: list[tuple[str, dict[str, Any]]] = []
        self.said: list[str] = []

    def navigate(self, page: str, /, **wishes: Any) -> None:
        self.moves.append((page, wishes))

    def notify(self, text: str, *_verb: object, **_tone: object) -> None:
        self.said.append(text)


@pytest.fixture
def calls() -> Calls:
    """Moves and notifications asked by the page under test."""
    return Calls()


@pytest.fixture
def kit(qtbot: QtBot, services: Services, theme: Theme, calls: Calls) -> Iterator[Kit]:
    """All that a page may use, on the real services."""
    runner = TaskRunner()
    context = ContextModel(Context(departement="79", year=2023))
    yield Kit(services, runner, Hub(), context, theme, calls.navigate, calls.notify)
    runner.close()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, opener: QuietOpener, home: Path) -> Iterator[MainWindow]:
    """The main window, shown, on no base yet."""
    make_application([])
    store = QSettings(str(home / "preferences.ini"), QSettings.Format.IniFormat)
    store.setValue("theme/mode", "light")
    made = make_window(qapp, opener, Preferences(store))
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, demo_file: Path) -> MainWindow:
    """The main window on the demonstration base, « Accueil » shown and read."""
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.open_path(demo_file)
    frame = window.frame
    assert frame is not None
    qtbot.waitUntil(lambda: not window.runner.tasks, timeout=30_000)
    return window

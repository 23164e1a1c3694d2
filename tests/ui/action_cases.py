"""One open demonstration base for the tests of plans and fiches: each gives it back as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Opener
from app.services import Services
from app.services.ctg_plan_rows import ActionRow
from ui import icons
from ui.context import Context, ContextModel
from ui.hub import Hub
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.views.page import Kit


class Said:
    """What the pages notified."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, text: str, *_verb: object, **_tone: object) -> None:
        self.words.append(text)


@pytest.fixture(scope="session")
def shared_services(
    frozen_demo: object, outlines_cache: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """The demonstration base, opened once."""
    folder = tmp_path_factory.mktemp("plan")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        patch.setenv("XDG_CACHE_HOME", str(outlines_cache))
        services = Opener().open(shutil.copy(str(frozen_demo), folder / "plan.maillage"))
    yield services
    services.base.close()


@pytest.fixture(scope="session")
def shared_theme(qapp: QApplication) -> Theme:
    """The light theme, applied once."""
    made = Theme("light")
    made.apply(qapp)
    return made


@pytest.fixture
def kit(qtbot: QtBot, shared_services: Services, shared_theme: Theme) -> Iterator[Kit]:
    """A kit of its own on the shared base; every write is undone at the end."""
    icons.use(shared_theme)
    runner = TaskRunner()
    context = ContextModel(Context(departement="79", year=2023))
    yield Kit(shared_services, runner, Hub(), context, shared_theme, lambda *_a, **_k: None, Said())
    runner.close()
    while shared_services.base.undo_name():
        shared_services.base.undo()


def niort(services: Services) -> str:
    """The complete convention."""
    return next(row.uuid for row in services.ctg.rows() if row.name == "CTG du Niortais")


def fiche_of(services: Services, number: str) -> ActionRow:
    """A fiche of it, by its number."""
    return next(row for row in services.ctg.actions(niort(services)) if row.number == number)


def words(widget: QWidget) -> str:
    """Every label shown, with plain spaces."""
    shown = " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return plain(shown)


def plain(text: str) -> str:
    """The same text with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def settle(qtbot: QtBot, kit: Kit) -> None:
    """Wait until nothing is read or written."""
    qtbot.waitUntil(lambda: not kit.runner.tasks)

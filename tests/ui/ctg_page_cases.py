"""One « CTG » page shared by the tests of a file, on a copy of the demonstration base of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Calls, QuietOpener
from ui import icons
from ui.context import Context, ContextModel
from ui.hub import Hub
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.views.ctg import CtgPage
from ui.views.page import Kit


@pytest.fixture(scope="module")
def shared_page(
    qapp: QApplication, frozen_demo: Path, outlines_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CtgPage]:
    """The page, shown, every département of the base."""
    folder = tmp_path_factory.mktemp("ctg")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        patch.setenv("XDG_CACHE_HOME", str(outlines_cache))
        services = QuietOpener(folder).open(Path(shutil.copy(frozen_demo, folder / "ctg.maillage")))
        theme, runner, calls = Theme("light"), TaskRunner(), Calls()
        icons.use(theme)
        theme.apply(qapp)
        context = ContextModel(Context(year=2023))
        kit = Kit(services, runner, Hub(), context, theme, calls.navigate, calls.notify)
        made = CtgPage(kit)
        made.resize(1282, 696)
        made.set_compact(False, False)
        made.show()
        yield made
        made.close()
        runner.close()
        services.base.close()
        made.deleteLater()


@pytest.fixture
def page(shared_page: CtgPage, qtbot: QtBot) -> CtgPage:
    """The shared page on its list, read."""
    shared_page.kit.context.set_territory()
    shared_page.list.filter.clear()
    shared_page.show_list()
    settle(qtbot, shared_page)
    return shared_page


def settle(qtbot: QtBot, page: CtgPage) -> None:
    """Writes are followed by reads of the head, then of the tab."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def words(widget: QWidget) -> str:
    """Every word of a widget, with plain spaces."""
    return " ".join(label.text() for label in widget.findChildren(QLabel)).replace("\u202f", " ")


def key_of(page: CtgPage, name: str) -> str:
    """Key of a convention by a part of its name."""
    return next(row.uuid for row in page.kit.services.ctg.rows() if name in row.name)


def open_one(qtbot: QtBot, page: CtgPage, name: str, tab: str = "") -> Any:
    """Open a convention."""
    page.open_ctg(key_of(page, name), tab)
    settle(qtbot, page)
    return page.one


def open_tab(qtbot: QtBot, page: CtgPage, code: str, part: str = "", name: str = "Niortais") -> Any:
    """Open a tab of a convention, and one of its parts."""
    view = open_one(qtbot, page, name, code).view(code)
    if part:
        view.show_part(part)
        settle(qtbot, page)
    return view

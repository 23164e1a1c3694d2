"""The wizard: from nothing to a base, by what it shows."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.reference import load_reference
from app.progress import Progress
from ui.views.first_run import FirstRun
from ui.views.first_run_steps import scope_text, slug

if TYPE_CHECKING:
    from ui.window import MainWindow


@pytest.fixture
def wizard(qtbot: QtBot, window: MainWindow) -> FirstRun:
    window.show_start()
    assert window.start is not None
    qtbot.waitUntil(lambda: not window.runner.tasks)
    return window.start


def test_the_filter_finds_a_departement_by_name_and_number(qtbot: QtBot, wizard: FirstRun) -> None:
    every = wizard.where.list.shown()
    assert every > 100
    qtbot.keyClicks(wizard.where.list.field, "sevres")
    assert wizard.where.list.shown() == 1
    qtbot.keyClick(wizard.where.list.field, Qt.Key.Key_Return)
    assert wizard.where.codes() == ("79",)
    wizard.where.list.field.setText("52")
    assert wizard.where.list.shown() == 1


def test_nothing_ticked_goes_nowhere(wizard: FirstRun) -> None:
    assert not wizard.next.isEnabled()
    wizard.where.list.tick("79")
    assert wizard.next.isEnabled()


def test_epcis_across_the_border_are_said() -> None:
    said = scope_text(load_reference(), ("52",))
    assert "Ouest Vosgien" in said
    assert "à cheval" in said
    assert "à cheval" not in scope_text(load_reference(), ("79",))


def test_a_name_is_proposed_and_kept_once_typed(wizard: FirstRun) -> None:
    wizard.where.list.tick("79")
    wizard.show_step(1)
    assert wizard.place.name.text() == slug("Deux-Sèvres") == "deux-sevres"
    wizard.place.name.setText("")
    wizard.place.name.insert("mon-choix")
    wizard.place.name.textEdited.emit("mon-choix")
    wizard.show_step(0)
    wizard.where.list.tick("52")
    wizard.show_step(1)
    assert wizard.place.name.text() == "mon-choix"


def test_an_existing_base_is_never_replaced(wizard: FirstRun) -> None:
    wizard.where.list.tick("79")
    wizard.show_step(1)
    path = wizard.place.path()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    wizard.place.propose(["Deux-Sèvres"])
    assert not wizard.next.isEnabled()
    assert "porte déjà ce nom" in wizard.place.note.text()


def test_a_base_is_made_and_its_map_opened(qtbot: QtBot, window: MainWindow, wizard: FirstRun) -> None:
    wizard.where.list.tick("79")
    wizard.show_step(1)
    wizard.show_step(2)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        wizard.begin.choices[0].click()
    assert window.frame is not None
    assert window.frame.page is window.frame.pages["map"]
    assert window.windowTitle() == "deux-sevres.maillage — Maillage"
    qtbot.waitUntil(lambda: not window.runner.tasks)


def test_the_example_says_that_it_is_fictitious(qtbot: QtBot, window: MainWindow, wizard: FirstRun) -> None:
    with qtbot.waitSignal(window.ready, timeout=30_000):
        wizard.demo.click()
    assert "(démonstration)" in window.windowTitle()
    qtbot.waitUntil(lambda: not window.runner.tasks)


def test_a_creation_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, wizard: FirstRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = threading.Event()

    def slow(_path: Path, progress: Progress) -> Any:
        started.set()
        while True:
            progress.report(0.5, "Lecture")

    monkeypatch.setattr(window.opener, "demo", slow)
    wizard.demo.click()
    qtbot.waitUntil(started.is_set)
    qtbot.waitUntil(wizard.working.isVisible)
    wizard.cancel.click()
    qtbot.waitUntil(lambda: not wizard.working.isVisible())
    assert window.frame is None
    assert wizard.demo.isEnabled()


def test_a_refusal_is_said_above_the_screen(qtbot: QtBot, wizard: FirstRun, tmp_path: Path) -> None:
    wizard.open_existing(tmp_path / "absente.maillage")
    qtbot.waitUntil(wizard.banner.isVisible)
    assert "absente.maillage" in wizard.banner.words()

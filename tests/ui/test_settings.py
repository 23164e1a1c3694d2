"""« Réglages »: what is shown, what is written, what can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui import labels
from ui.views.page import Kit
from ui.views.settings import SettingsPage


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> SettingsPage:
    made = SettingsPage(kit)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: not kit.runner.tasks)
    return made


def _type(qtbot: QtBot, page: SettingsPage, text: str) -> None:
    field = page.thresholds.fields["small_denominator"]
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_threshold_is_written_dated_and_undone(qtbot: QtBot, page: SettingsPage, kit: Kit) -> None:
    before = page.history.table.proxy.rowCount()
    _type(qtbot, page, "38")
    qtbot.waitUntil(lambda: kit.services.settings.parameter("small_denominator") == 38)
    qtbot.waitUntil(lambda: page.history.table.proxy.rowCount() == before + 1)
    qtbot.waitUntil(lambda: page.thresholds.fields["small_denominator"].text() == "38")
    assert "valeur livrée\u00a050" in page.thresholds.fields["small_denominator"].accessibleDescription()
    page.history.undo.click()
    qtbot.waitUntil(lambda: kit.services.settings.parameter("small_denominator") == 50)
    qtbot.waitUntil(lambda: page.thresholds.fields["small_denominator"].text() == "50")


def test_a_text_is_refused_and_the_value_kept(qtbot: QtBot, page: SettingsPage, kit: Kit) -> None:
    _type(qtbot, page, "beaucoup")
    qtbot.waitUntil(page.banner.isVisible)
    assert "un nombre est attendu" in page.banner.words()
    qtbot.waitUntil(lambda: page.thresholds.fields["small_denominator"].text() == "50")
    assert kit.services.settings.parameter("small_denominator") == 50


def test_appearance_changes_at_once(qtbot: QtBot, page: SettingsPage, kit: Kit) -> None:
    page.appearance.mode.button("dark").click()
    assert kit.theme.dark
    page.appearance.mode.button("light").click()
    assert not kit.theme.dark
    kit.theme.step_zoom(1)
    assert page.appearance.zoom.currentText().startswith("110")
    kit.theme.step_zoom(0)


def test_a_copy_is_made_and_listed(qtbot: QtBot, page: SettingsPage, kit: Kit, calls: object) -> None:
    page._backup()
    folder = kit.services.base.path.parent / "sauvegardes"
    qtbot.waitUntil(lambda: bool(calls.said))  # type: ignore[attr-defined]
    assert len(list(folder.glob("*.maillage"))) == 1
    assert page.backups.folder.isEnabled()


def test_a_section_asked_for_is_reached(qtbot: QtBot, page: SettingsPage) -> None:
    page.receive(section="about")
    section = page.sections["about"]
    qtbot.waitUntil(lambda: not section.visibleRegion().isEmpty())
    assert page.list.currentItem().text() == "À propos"


def test_sources_and_licences_are_named(page: SettingsPage) -> None:
    said = " ".join(label.text() for label in page.sections["about"].findChildren(QLabel))
    assert labels.SOURCES_MENTION in said
    assert "GPL" in said
    assert "Tabler" in said

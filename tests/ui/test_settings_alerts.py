"""« Alertes » of « Réglages »: thresholds, rules put to sleep, the way back to what is delivered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.domain.alerts import AlertRule, load_rules
from app.domain.french import typographic
from ui.theme import Theme
from ui.views.page import Kit
from ui.views.settings import SettingsPage
from ui.views.settings_alerts import AlertsSection
from ui.window import MainWindow

Asked = list[tuple[str, float | None, bool | None]]


@pytest.fixture
def asked() -> Asked:
    return []


@pytest.fixture
def section(qtbot: QtBot, theme: Theme, asked: Asked) -> AlertsSection:
    made = AlertsSection(theme, lambda *wish: asked.append(wish), writable=True)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show_rules(load_rules())
    made.show()
    return made


def _resets(section: AlertsSection) -> list[QToolButton]:
    return [
        made for made in section.findChildren(QToolButton) if made.accessibleName().startswith("Rétablir")
    ]


def test_every_rule_says_its_threshold_and_why(section: AlertsSection) -> None:
    rules = load_rules()
    assert set(section.fields) == {rule.code for rule in rules}
    assert section.fields["ctg_end"].text() == "365"
    words = [label.text() for label in section.findChildren(QLabel)]
    for family in ("Échéances", "Ce qui dérive", "Données"):
        assert family in words
    assert {typographic(rule.why) for rule in rules} <= set(words)
    assert _resets(section) == []


@pytest.mark.parametrize("typed", ["douze", "-3", ""])
def test_a_threshold_that_is_no_number_is_refused_under_its_field(
    section: AlertsSection, asked: Asked, typed: str
) -> None:
    field = section.fields["ctg_end"]
    field.setText(typed)
    field.setModified(True)
    field.editingFinished.emit()
    assert asked == []
    assert section.refusals["ctg_end"].text() == "Écrivez un nombre, zéro ou plus."


def test_a_threshold_and_a_box_ask_for_a_change(section: AlertsSection, asked: Asked) -> None:
    section.fields["ratio_differs"].setText("1,5")
    section.fields["ratio_differs"].setModified(True)
    section.fields["ratio_differs"].editingFinished.emit()
    section.boxes["stale"].click()
    assert asked == [("ratio_differs", 1.5, None), ("stale", None, False)]


def test_a_click_on_the_words_of_a_rule_ticks_its_box(
    qtbot: QtBot, section: AlertsSection, asked: Asked
) -> None:
    rule = next(rule for rule in load_rules() if rule.code == "stale")
    words = next(label for label in section.findChildren(QLabel) if label.text() == typographic(rule.label))
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert asked == [("stale", None, False)]
    assert section.boxes["stale"].accessibleName() == words.text()


def test_every_section_holds_in_a_small_window_zoomed(qtbot: QtBot, opened: MainWindow) -> None:
    opened.resize(1093, 614)
    opened.theme.set_zoom(1.5)
    assert opened.frame is not None
    opened.frame.navigate("settings")
    page = opened.frame.page
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: "ctg_end" in page.alerts.fields and not opened.runner.tasks)
    room = page.area.viewport().width() - 20
    wide = {key: made.minimumSizeHint().width() for key, made in page.sections.items()}
    opened.theme.set_zoom(1.0)
    assert {key: width for key, width in wide.items() if width > room} == {}


def test_a_changed_rule_can_go_back(section: AlertsSection, asked: Asked) -> None:
    rules: tuple[AlertRule, ...] = load_rules({"ctg_end": {"threshold": 180, "active": False}})
    section.show_rules(rules)
    assert not section.boxes["ctg_end"].isChecked()
    assert not section.fields["ctg_end"].isEnabled()
    assert "seuil livré\u00a0365" in [label.text() for label in section.findChildren(QLabel)]
    _resets(section)[-1].click()
    assert asked == [("ctg_end", None, None)]


def test_the_page_writes_and_undoes(qtbot: QtBot, kit: Kit) -> None:
    page = SettingsPage(kit)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: "ctg_end" in page.alerts.fields)
    page.alerts.boxes["ctg_end"].click()
    qtbot.waitUntil(lambda: not page.alerts.boxes["ctg_end"].isChecked() and not kit.runner.tasks)
    assert not next(rule for rule in kit.services.alerts.rules() if rule.code == "ctg_end").active
    _name, changes = kit.services.base.undo()
    kit.hub.changed.emit(changes)
    qtbot.waitUntil(lambda: page.alerts.boxes["ctg_end"].isChecked() and not kit.runner.tasks)

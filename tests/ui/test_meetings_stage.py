"""The séance projected: facts, numbers and map of each point, decisions, frozen views; keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.errors import DomainError
from tests.ui.test_meetings_page import page, settle
from ui.views.meetings import MeetingsPage
from ui.views.meetings_slides import read_slides, shown_choices
from ui.views.meetings_stage import MeetingStage

__all__ = ["page"]

SILENT = type("Silent", (), {"report": lambda *_: None})()


@pytest.fixture
def stage(page: MeetingsPage, qtbot: QtBot) -> MeetingStage:
    page.open_stage()
    made = page.stage
    assert made is not None
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.slides[0].kind != "" and not page.kit.runner.tasks, timeout=20_000)
    return made


def test_a_point_shows_a_fact_three_numbers_and_a_map(stage: MeetingStage) -> None:
    slide = stage.slides[0]
    assert slide.title.replace("\u202f", " ").startswith("Niortais : 3,6")
    assert "de plus que les Deux-Sèvres" in slide.title
    assert [(number.text, number.label) for number in slide.numbers] == [
        ("74,2", "Niortais"), ("70,6", "Deux-Sèvres"), ("60,9", "France"),
    ]  # fmt: skip
    assert slide.map is not None
    assert slide.map.selected == "200041317"
    assert stage.slide.title.text() == slide.title
    assert stage.point.text() == "1. Chiffres clés"
    assert stage.slide.source.text() == "Source\u202f: Cnaf, taux de couverture petite enfance, 2023"


def test_keys_lead_the_meeting(stage: MeetingStage, qtbot: QtBot) -> None:
    for key, place in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_3, 2), (Qt.Key.Key_9, 2), (Qt.Key.Key_PageUp, 1)):
        qtbot.keyClick(stage, key)
        assert stage.place == place
    assert "en retard" in stage.slide.title.text()
    qtbot.keyClick(stage, Qt.Key.Key_1)
    qtbot.keyClick(stage, Qt.Key.Key_C)
    assert not stage.slide.side.isVisible()
    qtbot.keyClick(stage, Qt.Key.Key_C)
    qtbot.keyClick(stage, Qt.Key.Key_V)
    assert stage.slide.map.isVisible()
    assert not stage.slide.side.isVisible()
    qtbot.keyClick(stage, Qt.Key.Key_V)
    qtbot.keyClick(stage, Qt.Key.Key_N)
    assert stage.black.isVisible()
    qtbot.keyClick(stage, Qt.Key.Key_Right)
    assert not stage.black.isVisible()
    assert stage.place == 0
    qtbot.keyClick(stage, Qt.Key.Key_T)
    assert "depuis 0\u00a0minute" in stage.clock.text()
    before = stage.styleSheet()
    qtbot.keyClick(stage, Qt.Key.Key_Plus)
    assert stage.styleSheet() != before


def test_a_decision_is_typed_under_its_point_then_undone(
    page: MeetingsPage, stage: MeetingStage, qtbot: QtBot
) -> None:
    detail = page.panel.detail
    assert detail is not None
    steering = page.kit.services.steering
    qtbot.keyClick(stage, Qt.Key.Key_Right)
    qtbot.keyClick(stage, Qt.Key.Key_D)
    entry = stage.entry
    entry.words.setText("Ouvrir un point d’itinérance (fictif)")
    entry.due.setText("31/02/2027")
    qtbot.keyClick(entry.words, Qt.Key.Key_Return)
    assert "pas une date" in entry.said.text()
    assert len(steering.meeting(detail.row.uuid).decisions) == len(detail.decisions)
    entry.due.setText("01/03/2027")
    entry.action.setCurrentIndex(1)
    qtbot.keyClick(entry.due, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert "Enregistré" in stage.saved.text()
    made = steering.meeting(detail.row.uuid).decisions[-1]
    assert made.text == "Ouvrir un point d’itinérance (fictif)"
    assert made.item_uuid == detail.agenda[1].uuid
    assert made.action_number
    qtbot.keyClick(stage, Qt.Key.Key_Z)
    settle(qtbot, page)
    assert len(steering.meeting(detail.row.uuid).decisions) == len(detail.decisions)
    qtbot.keyClick(stage, Qt.Key.Key_D)
    qtbot.keyClick(entry.owner, Qt.Key.Key_Escape)
    assert not entry.isVisible()
    assert page.stage is stage
    qtbot.keyClick(stage, Qt.Key.Key_Escape)
    assert page.stage is None


def test_a_view_is_frozen_with_its_values_and_breaks(
    page: MeetingsPage, stage: MeetingStage, qtbot: QtBot
) -> None:
    detail = page.panel.detail
    assert detail is not None
    qtbot.keyClick(stage, Qt.Key.Key_F)
    settle(qtbot, page)
    (frozen,) = page.kit.services.steering.meeting(detail.row.uuid).snapshots
    assert frozen.title == stage.slides[0].title
    content = page.kit.services.steering.snapshot(frozen.uuid)
    assert content["chiffres"][0] == {"libelle": "Niortais", "valeur": "74,2"}  # type: ignore[index]
    assert content["carte"]["valeurs"]["200041317"] == 74.2  # type: ignore[index]
    assert "Vue figée" in stage.saved.text()
    page.panel._compare(frozen)
    settle(qtbot, page)
    assert "rien n’a changé" in page.panel.frozen.said.text()
    item = detail.agenda[0].uuid
    page.kit.services.steering.edit("agenda", item, note="Corrigé depuis")
    page.panel._compare(frozen)
    page.reload()
    settle(qtbot, page)
    page.panel._compare(frozen)
    settle(qtbot, page)
    assert "aujourd’hui «\u202fCorrigé depuis" in page.panel.frozen.said.text()
    with pytest.raises(DomainError):
        page.kit.services.steering.edit("snapshot", frozen.uuid, title="Autre")


def test_what_a_point_shows_is_chosen_in_the_agenda(page: MeetingsPage, qtbot: QtBot) -> None:
    services = page.kit.services
    detail = page.panel.detail
    assert detail is not None
    grid = page.panel.agenda.grid
    column = next(at for at, held in enumerate(grid.columns) if held.header == "Montre")
    assert grid.index(0, column).data() == "Taux de couverture petite enfance"
    assert not grid.setData(grid.index(0, column), "Un rêve")
    shown = shown_choices(services, detail.row.owner_uuid)
    code, words = next((code, words) for code, words in shown.items() if code.startswith("fiche:"))
    assert grid.setData(grid.index(0, column), words)
    settle(qtbot, page)
    read = services.steering.meeting(detail.row.uuid)
    assert read.agenda[0].target == code
    slides = read_slides(services, read, 2023, SILENT)
    assert slides[0].title == words.removeprefix("Fiche ")
    assert "étapes faites" in [number.label for number in slides[0].numbers]
    services.steering.edit("agenda", read.agenda[0].uuid, target="fiche:disparue")
    gone = read_slides(services, services.steering.meeting(detail.row.uuid), 2023, SILENT)[0]
    assert gone.lines == ("Ce que ce point montrait n’existe plus.",)

"""Visit mode: notes kept at once under their point, photos, and notes put away one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.test_meetings_page import page, settle
from ui.views.meetings import MeetingsPage
from ui.views.meetings_visit import TARGET, VisitWindow

__all__ = ["page"]


@pytest.fixture
def visit(page: MeetingsPage, qtbot: QtBot) -> VisitWindow:
    page.kit.hub.changed.connect(lambda _changes: page.reload())
    page.open_visit()
    made = page.visited
    assert made is not None
    qtbot.addWidget(made)
    made.resize(480, 800)
    qtbot.waitUntil(lambda: made.detail is not None and not page.kit.runner.tasks)
    return made


def finish(qtbot: QtBot, page: MeetingsPage) -> None:
    for _ in range(4):
        settle(qtbot, page)


def test_a_visit_says_what_is_due_and_what_is_free(page: MeetingsPage, visit: VisitWindow) -> None:
    assert visit.title.text() == page.panel.title.text()
    assert visit.badge.isVisible()
    assert "Go libres" in visit.space.text()
    said = [visit.decisions.itemAt(at).widget().text() for at in range(visit.decisions.count())]
    assert any("en retard de" in words for words in said)
    shown = [made for made in visit.findChildren(QPushButton) if made.isVisible()]
    assert shown
    assert all(made.height() >= TARGET for made in shown)
    assert all(made.accessibleName() or made.text() for made in shown)


def test_a_note_is_kept_then_put_away_by_the_user(
    page: MeetingsPage, visit: VisitWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    services = page.kit.services
    detail = visit.detail
    assert detail is not None
    item, field = next(iter(visit.notes.items()))
    field.edit.setPlainText("Le Rpe manque de salle (fictif)")
    assert field.commit()
    finish(qtbot, page)
    held = services.steering.meeting(detail.row.uuid)
    assert held.agenda[0].note == "Le Rpe manque de salle (fictif)"
    assert len(held.decisions) == len(detail.decisions)
    findings = len(services.ctg.findings(detail.row.owner_uuid))
    visit.show_away()
    verbs = {made.accessibleName().split("\u202f")[0]: made for made in visit.findChildren(QPushButton)}
    qtbot.mouseClick(verbs["En constat de la CTG"], Qt.MouseButton.LeftButton)
    finish(qtbot, page)
    assert len(services.ctg.findings(detail.row.owner_uuid)) == findings + 1
    qtbot.mouseClick(verbs["En décision"], Qt.MouseButton.LeftButton)
    finish(qtbot, page)
    made = services.steering.meeting(detail.row.uuid).decisions[-1]
    assert (made.text, made.item_uuid) == ("Le Rpe manque de salle (fictif)", item)


def test_a_photo_is_copied_and_a_point_added(
    page: MeetingsPage, visit: VisitWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    detail = visit.detail
    assert detail is not None
    picture = tmp_path / "salle.jpg"
    picture.write_bytes(b"\xff\xd8\xff essai")
    visit.choose = lambda _parent: [str(picture)]  # type: ignore[method-assign]
    visit.ask_photos()
    finish(qtbot, page)
    (document,) = page.kit.services.steering.documents.rows(detail.row.uuid)
    assert document.state == "present"
    visit.add_point()
    finish(qtbot, page)
    assert len(visit.notes) == len(detail.agenda) + 1
    visit.choose = lambda _parent: [str(tmp_path / "absent.jpg")]  # type: ignore[method-assign]
    visit.ask_photos()
    finish(qtbot, page)
    assert visit.banner.isVisible()
    qtbot.keyClick(visit, Qt.Key.Key_Escape)
    assert page.visited is None

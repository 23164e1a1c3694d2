"""« Réunions » by what it shows, on the fictitious comités of the demonstration."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.views.meetings import MeetingsPage
from ui.views.page import Kit


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> MeetingsPage:
    made = MeetingsPage(kit)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: not kit.runner.tasks and made.panel.detail is not None)
    return made


def settle(qtbot: QtBot, page: MeetingsPage) -> None:
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def test_seances_and_late_decisions_are_shown(page: MeetingsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.table.table)
    assert page.table.table.rowCount() == len(page.kit.services.steering.meetings())
    late = sum(len(found.decisions) for found in page.kit.services.steering.overdue())
    assert page.overdue.text().startswith(f"{late}\u00a0décision" if late else "Aucune")
    detail = page.panel.detail
    assert detail is not None
    qtmodeltester.check(page.panel.decisions.grid)
    assert page.panel.decisions.grid.rowCount() == len(detail.decisions)
    assert page.panel.agenda.grid.rowCount() == len(detail.agenda)


def test_a_decision_is_typed_dated_and_refused(page: MeetingsPage, qtbot: QtBot) -> None:
    before = page.panel.decisions.grid.rowCount()
    page.panel.add("decision")
    settle(qtbot, page)
    page.reload()
    settle(qtbot, page)
    grid = page.panel.decisions.grid
    assert grid.rowCount() == before + 1
    assert grid.setData(grid.index(before, 1), "Étudier un Laep itinérant (fictif)")
    settle(qtbot, page)
    page.reload()
    settle(qtbot, page)
    assert grid.index(before, 1).data().startswith("Étudier")
    assert not grid.setData(grid.index(before, 4), "bientôt")
    assert "pas une date" in page.panel.note.text()
    assert not grid.setData(grid.index(before, 1), " ")


def test_a_seance_is_prepared_from_the_form(page: MeetingsPage, qtbot: QtBot) -> None:
    page.prepare()
    form = page.form
    form.ok.click()
    assert "obligatoire" in form.title_field.error.text()
    instance = page.kit.services.steering.instances()[0]
    form.instance.box.setCurrentIndex(form.instance.box.findData(instance.uuid))
    form.instance.commit()
    form.title_field.edit.setText("Comité d’hiver (fictif)")
    form.held_on.edit.setText("05/12/2026")
    form.ok.click()
    settle(qtbot, page)
    page.reload()
    qtbot.waitUntil(lambda: page.panel.detail is not None and "hiver" in page.panel.title.text())
    assert page.panel.detail is not None
    assert page.panel.detail.row.held_on == datetime.date(2026, 12, 5)
    assert page.panel.attendance.grid.rowCount() == len(instance.composition)


def test_the_relevé_is_written(page: MeetingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.choose = lambda *_: str(tmp_path / "r.pdf")  # type: ignore[method-assign]
    page.write_minutes()
    settle(qtbot, page)
    assert (tmp_path / "r.pdf").read_bytes()[:5] == b"%PDF-"

"""Alerts lead to their row: a decision in its séance, a commitment in its list, a sheet of its year."""

from __future__ import annotations

import datetime

import pytest
from pytestqt.qtbot import QtBot

from app.domain.indicator import ValueState
from app.domain.sdsf import FilledBy
from app.domain.steering import InstanceKind
from app.services.sdsf_rows import SheetLine
from ui.views.ctg import CtgPage
from ui.views.ctg_lists import EditList
from ui.views.home_todo import place_of
from ui.views.meetings import MeetingsPage
from ui.views.page import Kit, Page
from ui.views.sdsf import SdsfPage
from ui.views.sdsf_sheet import SheetView

ON = datetime.date(2026, 11, 21)


def shown(qtbot: QtBot, page: Page, **wishes: object) -> None:
    qtbot.addWidget(page)
    page.resize(1009, 542)
    page.show()
    page.activate()
    page.receive(**wishes)
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def wishes_of(kit: Kit, kind: str, uuid: str) -> tuple[str, dict[str, object]]:
    alerts = kit.services.alerts.alerts(ON).shown
    found = next(alert for alert in alerts if (alert.subject.kind, alert.subject.uuid) == (kind, uuid))
    page, wishes = place_of(found, lambda _page: True)
    return page, dict(wishes)


def test_a_decision_of_a_scheme_opens_its_seance(qtbot: QtBot, kit: Kit) -> None:
    kit.services.sdsf.load_delivered()
    scheme = next(row.uuid for row in kit.services.sdsf.schemes("52") if row.axes)
    steering = kit.services.steering
    comite = steering.add_instance("sdsf", scheme, kind=InstanceKind.STEERING.value, title="CDSF").uuid
    old = steering.add_meeting(comite, title="CDSF d’hiver", held_on=datetime.date(2020, 1, 15)).uuid
    steering.add_decision(old, "Réunir les financeurs", due_on=datetime.date(2026, 3, 1))
    taken = steering.add_decision(old, "Écrire aux maires", due_on=datetime.date(2026, 4, 1)).uuid
    page, wishes = wishes_of(kit, "decision", taken)
    assert (page, wishes) == ("meetings", {"decision": taken})
    made = MeetingsPage(kit)
    shown(qtbot, made, **wishes)
    qtbot.waitUntil(lambda: made.panel.detail is not None and made.panel.detail.row.uuid == old)
    assert made.table.current_row().uuid == old
    assert made.panel.title.text() == "CDSF d’hiver"
    assert made.panel.decisions.current_row().uuid == taken


def test_a_decision_of_a_convention_opens_its_line(qtbot: QtBot, kit: Kit) -> None:
    late = next(alert for alert in kit.services.alerts.alerts(ON).shown if alert.subject.kind == "decision")
    page, wishes = wishes_of(kit, "decision", late.subject.uuid)
    assert page == "ctg"
    made = CtgPage(kit)
    shown(qtbot, made, **wishes)
    tab = made.one.view("comites")
    qtbot.waitUntil(lambda: tab.part == "decisions" and not kit.runner.tasks)
    part = tab.part_of("decisions")
    assert isinstance(part, EditList)
    assert part.grid.current_row().uuid == late.subject.uuid


def test_a_commitment_opens_its_line(qtbot: QtBot, kit: Kit) -> None:
    late = [alert for alert in kit.services.alerts.alerts(ON).shown if alert.subject.kind == "commitment"]
    for alert in late[:2]:
        page, wishes = wishes_of(kit, "commitment", alert.subject.uuid)
        made = CtgPage(kit)
        shown(qtbot, made, **wishes)
        tab = made.one.view("signataires")
        qtbot.waitUntil(lambda: not kit.runner.tasks)
        assert tab.part == "commitments"
        part = tab.part_of("commitments")
        assert page == "ctg"
        assert isinstance(part, EditList)
        assert part.grid.current_row().text == alert.subject.label


def test_a_sheet_of_another_departement_is_shown(qtbot: QtBot, kit: Kit) -> None:
    line = SheetLine(
        "", 1, "1", "Naissances", "", "", None, ValueState.NO_DATA, FilledBy.LOCAL, "", "", ""
    )  # fmt: skip
    sdsf = kit.services.sdsf
    with sdsf._base.write("fiches") as session:
        for departement, year in (("52", 2024), ("79", 2025), ("79", 2024)):
            sdsf.add_version(session, departement, year, [line])
    kit.context.set_territory(None)
    made = SdsfPage(kit)
    shown(qtbot, made, tab="sheet", sheet="52:2024")
    view = made.view("sheet")
    assert isinstance(view, SheetView)
    assert view.versions.currentText() == "Haute-Marne, 2024, version 1, la dernière"


def test_a_scheme_without_seance_opens_the_form(qtbot: QtBot, kit: Kit) -> None:
    kit.services.sdsf.load_delivered()
    scheme = next(row.uuid for row in kit.services.sdsf.schemes("52") if row.axes)
    made = MeetingsPage(kit)
    shown(qtbot, made, sdsf=scheme)
    assert made.form.isVisible()
    assert made.form.owner.value == f"sdsf:{scheme}"
    assert "Haute-Marne" in made.form.owner.box.currentText()


@pytest.mark.parametrize("known", [True, False])
def test_a_convention_leads_to_its_seance_or_to_the_form(qtbot: QtBot, kit: Kit, known: bool) -> None:
    steering = kit.services.steering
    owners = {row.owner_uuid for row in steering.meetings() if row.owner_kind == "ctg"}
    ctg = next(row.uuid for row in kit.services.ctg.rows() if (row.uuid in owners) is known)
    made = MeetingsPage(kit)
    shown(qtbot, made, ctg=ctg)
    if known:
        assert made.table.current_row().owner_uuid == ctg
        assert made.form.isHidden()
    else:
        assert made.form.isVisible()
        assert made.form.instance.value is not None or made.form.owner.value == f"ctg:{ctg}"

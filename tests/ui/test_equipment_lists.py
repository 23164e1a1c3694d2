"""Duplicates, zones, childminders and ends of agrément, by what they show and write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.register import Equipment, Site
from tests.ui.equipment_cases import THOUARS, Made, demo_file, filled, made, said, settle, shown_page
from ui.views.equipment import EquipmentPage
from ui.views.page import Kit

NIORTAIS = "200041317"

__all__ = ["demo_file", "filled", "made"]  # fixtures of these tests


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> EquipmentPage:
    return shown_page(qtbot, kit, read=False)


def tab(page: EquipmentPage, qtbot: QtBot, code: str) -> Any:
    page.show_tab(code)
    page.activate()
    settle(qtbot, page.kit)
    return page.view(code)


def twin(kit: Kit) -> str:
    item = Equipment("", "", "laep", "Parenthèse", manager="Association du lac")
    return kit.services.register.add_equipment(item, Site("", "", THOUARS)).uuid


def test_no_duplicate_is_said(page: EquipmentPage, qtbot: QtBot, calls: Any) -> None:
    view = tab(page, qtbot, "duplicates")
    assert view.empty.isVisible()
    view.empty.verb.click()
    assert calls.moves == [("equipment", {"tab": "register"})]


def test_two_become_one(page: EquipmentPage, made: Made, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    other = twin(page.kit)
    view = tab(page, qtbot, "duplicates")
    qtmodeltester.check(view.table.table)
    assert "même commune" in view.panel.why.text()
    pair = view.panel.pair
    (view.panel.keep_first if pair.first.uuid == made.laep else view.panel.keep_second).click()
    settle(qtbot, page.kit)
    register = page.kit.services.register
    assert register.equipment(made.laep).manager == "Association du lac"
    assert other not in register.register().equipment_by_uuid
    assert view.empty.isVisible()


def test_two_that_are_two_are_not_proposed_again(page: EquipmentPage, qtbot: QtBot, calls: Any) -> None:
    twin(page.kit)
    view = tab(page, qtbot, "duplicates")
    view.open(view.panel.pair.first.uuid)
    assert calls.moves[0][0] == "equipment"
    view.panel.two.click()
    settle(qtbot, page.kit)
    assert page.kit.services.register.duplicates() == []


def test_zones_in_force_then_all(page: EquipmentPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    view = tab(page, qtbot, "zones")
    qtmodeltester.check(view.table.table)
    now = view.table.proxy.rowCount()
    view.span.chosen.emit("all")
    view.span.set_current("all")
    view._list()
    assert view.table.proxy.rowCount() > now
    assert view.form.zone is not None


def test_a_zone_of_ones_own_by_list_of_communes(page: EquipmentPage, qtbot: QtBot) -> None:
    view = tab(page, qtbot, "zones")
    view.add.click()
    fields = view.form.fields
    fields["name"].edit.setText("Bassin de vie sud")
    fields["communes"].edit.setPlainText("Melle ; 79191 ; Ailleurs")
    view.form.save()
    settle(qtbot, page.kit)
    assert "Aucune commune" in fields["communes"].error.text()
    fields["communes"].edit.setPlainText("Melle ; 79191")
    fields["starts_on"].edit.setText("01/01/2025")
    view.form.save()
    settle(qtbot, page.kit)
    zone = view.form.zone
    assert (zone.name, zone.communes, zone.kind) == (
        "Bassin de vie sud",
        ("79174", "79191"),
        "Bassin de vie sud",
    )
    fields["ends_on"].edit.setText("01/01/2024")
    fields["ends_on"].commit()
    settle(qtbot, page.kit)
    assert "doit venir après" in fields["ends_on"].error.text()
    fields["population"].edit.setText("12 345")
    fields["population"].commit()
    settle(qtbot, page.kit)
    assert view.form.zone.population == 12345
    view.remove.click()
    settle(qtbot, page.kit)
    assert all(known.name != "Bassin de vie sud" for known in page.kit.services.register.zones())


def test_zones_come_from_outlines(page: EquipmentPage, qtbot: QtBot, tmp_path: Path) -> None:
    square = [[-0.48, 46.30], [-0.42, 46.30], [-0.42, 46.35], [-0.48, 46.35], [-0.48, 46.30]]
    feature = {
        "type": "Feature", "properties": {"nom": "Centre"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }  # fmt: skip
    path = tmp_path / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    view = tab(page, qtbot, "zones")
    view.choose = lambda *_: str(path)
    view.import_outlines()
    settle(qtbot, page.kit)
    zone = next(known for known in page.kit.services.register.zones() if known.name == "Centre")
    assert zone.wkb is not None
    view.choose = lambda *_: str(tmp_path / "absent.geojson")
    view.import_outlines()
    settle(qtbot, page.kit)
    assert view.banner.isVisible()


def test_childminders_are_typed_pasted_and_never_spread(
    page: EquipmentPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = tab(page, qtbot, "childminders")
    qtmodeltester.check(view.grid.grid)
    assert view.year.value() == 2026
    names = [line.name for line in view.grid.table.rows]
    assert len(names) == 8
    assert view.count.text() == "connu pour 1 sur 8\u00a0territoires"
    view.year.setValue(2024)
    settle(qtbot, page.kit)
    assert {view.grid.grid.index(row, 1).data() for row in range(8)} == {"n.d."}
    view.grid.setCurrentIndex(view.grid.proxy.index(0, 1))
    view.grid.paste("120\t100\n90\t80")
    settle(qtbot, page.kit)
    register = page.kit.services.register
    assert sorted((row.licensed, row.active) for row in register.childminders(year=2024)) == [
        (90, 80), (120, 100),
    ]  # fmt: skip
    view.grid.paste("12\t100")
    settle(qtbot, page.kit)
    assert "100 assistants maternels actifs pour 12 agréés" in view.banner.words().replace("\u202f", " ")
    assert len(register.childminders(year=2024)) == 2
    page.kit.services.base.undo()
    assert register.childminders(year=2024) == ()
    view.level.chosen.emit("5")
    view.level.set_current(view.level._codes[1])
    page.kit.context.set_territory("79", NIORTAIS)
    settle(qtbot, page.kit)
    assert "Niort" in [line.name for line in view.grid.table.rows]


def test_ends_of_agrement_by_delay(page: EquipmentPage, made: Made, qtbot: QtBot, calls: Any) -> None:
    view = tab(page, qtbot, "licences")
    assert [line.row.uuid for line in view.table.table.rows] == [made.creche]
    assert "dans 47\u00a0jours" in [view.table.table.index(0, column).data() for column in range(7)]
    view._keep("30")
    assert view.table.table.rows == []
    view._keep("90")
    view.table.opened.emit(view.table.table.rows[0])
    assert calls.moves == [("equipment", {"equipment": made.creche})]
    assert "1\u00a0agrément" in said(view)

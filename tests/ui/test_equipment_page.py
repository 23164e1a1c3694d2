"""« Équipements » by what it shows and writes, on the demonstration base and two invented services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.services.register_rows import SupportRow
from tests.ui.equipment_cases import MELLE, Made, demo_file, filled, made, said, settle, shown_page
from ui.views.equipment import EquipmentPage
from ui.views.equipment_cells import LICENSED, MANAGER, NAME, OPENED
from ui.views.equipment_register import RegisterView
from ui.views.page import Kit

__all__ = ["demo_file", "filled", "made"]  # fixtures of these tests


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> EquipmentPage:
    return shown_page(qtbot, kit)


@pytest.fixture
def view(page: EquipmentPage) -> RegisterView:
    return page.register()


def card_of(view: RegisterView, qtbot: QtBot, uuid: str, tab: str) -> Any:
    view.select(uuid)
    view.card.show_tab(tab)
    settle(qtbot, view.kit)
    return view.card.part(tab)


def supports(view: RegisterView) -> tuple[SupportRow, ...]:
    assert view.card.card is not None
    return view.card.card.supports


def cell(view: RegisterView, uuid: str, column: int) -> str:
    rows = view.grid.table.rows
    place = next(rank for rank, row in enumerate(rows) if row.uuid == uuid)
    return str(view.grid.table.index(place, column).data())


def test_the_table_lists_the_territory_and_an_absence_is_no_zero(
    view: RegisterView, made: Made, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(view.grid.grid)
    rows = view.grid.table.rows
    assert {row.code_commune[:2] for row in rows} == {"79"}
    assert view.count.text() == f"{len(rows)}\u00a0équipements"
    assert (cell(view, made.creche, LICENSED), cell(view, made.creche, OPENED)) == ("30", "18")
    assert cell(view, made.laep, LICENSED) == "n.d."
    assert "Totaux connus sans liste, jamais répartis" in view.totals.text()


def test_filters_count_and_come_back(view: RegisterView, qtbot: QtBot) -> None:
    total = len(view.grid.table.rows)
    view.filters.kinds.boxes["laep"].click()
    assert view.grid.proxy.rowCount() == 1
    assert view.count.text() == f"1 sur {total}\u00a0équipements"
    view.filters.reset.click()
    view.search.setText("lucioles melle")
    assert view.grid.proxy.rowCount() == 1
    view.search.setText("rien de tel")
    assert view.nothing.isVisible()
    view.escape()
    assert view.grid.proxy.rowCount() == total
    view.filters.zone.setCurrentIndex(view.filters.zone.findData("qpv"))
    view.filters.changed.emit()
    settle(qtbot, view.kit)
    communes = {row.commune for row in view.shown()}
    assert communes == {"Niort", "Thouars"}  # their Qpv have no outline: all that may be in them


def test_the_territory_of_the_context_is_followed(view: RegisterView, qtbot: QtBot) -> None:
    view.kit.context.set_territory("79", "200069755", MELLE)
    settle(qtbot, view.kit)
    assert [row.name for row in view.grid.table.rows] == ["Les Lucioles"]


def test_a_cell_is_typed_then_undone(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    view.select(made.laep)
    view.grid.setCurrentIndex(view.grid.currentIndex().siblingAtColumn(MANAGER))
    assert view.grid.proxy.setData(view.grid.currentIndex(), "Association du lac")
    settle(qtbot, view.kit)
    assert cell(view, made.laep, MANAGER) == "Association du lac"
    assert view.selected == made.laep
    view.kit.services.base.undo()
    assert view.kit.services.register.equipment(made.laep).manager == ""


def test_a_refused_cell_says_why_and_writes_nothing(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    view.select(made.creche)
    index = view.grid.currentIndex()
    assert not view.grid.proxy.setData(index.siblingAtColumn(LICENSED), "-4")
    assert "négatif" in view.banner.words()
    view.grid.proxy.setData(index.siblingAtColumn(LICENSED), "10")
    settle(qtbot, view.kit)
    assert "20 places" in view.banner.words().replace("\u00a0", " ")
    assert "Les Lucioles" in view.banner.words()
    assert view.kit.services.register.equipment(made.creche).licensed_places == 30


def test_several_services_are_changed_at_once(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    for uuid in (made.creche, made.laep):
        view.grid.select_uuid(uuid)
    flag = view.grid.selectionModel().SelectionFlag.Select
    for place in range(view.grid.proxy.rowCount()):
        index = view.grid.proxy.index(place, NAME)
        if view.grid.proxy.row_at(index).uuid == made.creche:
            view.grid.selectionModel().select(index, flag)
    assert view.bulk.isVisible()
    assert view.bulk.count.text() == "2\u00a0équipements"
    view.bulk.field.setCurrentIndex(view.bulk.field.findData("source"))
    view.bulk.field.activated.emit(0)
    view.bulk.value.setText("convention 2026")
    view.bulk.apply.click()
    settle(qtbot, view.kit)
    register = view.kit.services.register
    assert {register.equipment(uuid).source for uuid in (made.creche, made.laep)} == {"convention 2026"}


def test_removal_offers_to_undo(view: RegisterView, made: Made, qtbot: QtBot, calls: Any) -> None:
    view.select(made.laep)
    view.card.removal_asked.emit()
    settle(qtbot, view.kit)
    assert calls.said == ["1\u00a0équipement supprimé"]
    assert made.laep not in {row.uuid for row in view.grid.table.rows}


def test_a_new_service_needs_only_the_keyboard(view: RegisterView, qtbot: QtBot) -> None:
    view.window().activateWindow()
    view.grid.setFocus()
    qtbot.keyClick(view.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = view.form
    assert view.form_shown
    form.kind.box.setCurrentIndex(form.kind.box.findData("laep"))
    form.kind.commit()
    name, places = form.fields["name"], form.fields["licensed_places"]
    qtbot.keyClicks(name.control, "Escale")
    qtbot.keyClicks(form.commune.edit, "Thouar")
    form.save()
    settle(qtbot, view.kit)
    assert "Aucune commune" in form.commune.error.text()
    form.commune.edit.setText("Thouars")
    form.commune.commit()
    settle(qtbot, view.kit)
    assert "La Parenthèse" in form.alike.text()
    places.control.setFocus()
    qtbot.keyClicks(places.control, "12")
    qtbot.keyClick(places.control, Qt.Key.Key_Return)
    settle(qtbot, view.kit)
    assert not view.form_shown
    found = view.kit.services.register.equipment(view.selected)
    assert (found.name, found.kind, found.licensed_places) == ("Escale", "laep", 12)


def test_a_table_of_excel_is_announced_then_added(view: RegisterView, qtbot: QtBot) -> None:
    total = len(view.grid.table.rows)
    QGuiApplication.clipboard().setText(
        "Type\tNom\tCommune\tPlaces agréées\nEaje\tLa Ronde\tNiort\t22\nEaje\tLe Pré\tNulle-Part\t10"
    )
    view.files.paste_clipboard()
    settle(qtbot, view.kit)
    assert "1\u00a0équipement nouveau" in view.banner.words()
    assert "Aucune commune" in view.banner.words()
    view.files._apply(QGuiApplication.clipboard().text())
    settle(qtbot, view.kit)
    assert len(view.grid.table.rows) == total + 1


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_listed_is_exported(
    view: RegisterView, qtbot: QtBot, tmp_path: Path, suffix: str, calls: Any
) -> None:
    path = tmp_path / f"liste{suffix}"
    view.files.choose = lambda *_: str(path)
    view.filters.choose(["laep"])
    view.files.export()
    settle(qtbot, view.kit)
    assert calls.said == [f"Fichier écrit\u202f: {path.name}"]
    if suffix == ".csv":
        lines = path.read_text("utf-8-sig").splitlines()
        assert len(lines) == 2
        assert ";n.d.;" in lines[1]
        assert "Signaux" in lines[0]
        view.files.export_outside()
        settle(qtbot, view.kit)
        outside = path.read_text("utf-8-sig").splitlines()
        assert "Signaux" not in outside[0]
        assert len(outside[1].split(";")) == len(lines[1].split(";")) - 2


def test_the_first_use_offers_import_and_entry(qtbot: QtBot, kit: Kit, calls: Any) -> None:
    register = kit.services.register
    register.remove_equipments(tuple(item.uuid for item in register.register().equipment))
    shown = EquipmentPage(kit)
    qtbot.addWidget(shown)
    shown.show()
    shown.activate()
    settle(qtbot, kit)
    view = shown.register()
    assert view.empty.isVisible()
    assert view.empty.sentence.text().startswith("Aucun équipement. Importez la BPE")
    view.empty.verb.click()
    assert calls.moves == [("data", {"tab": "import"})]
    view.first.click()
    assert view.form.isVisible()


def test_identity_keeps_a_refusal_at_its_field(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    part = card_of(view, qtbot, made.creche, "identity")
    assert view.card.badge.isVisible()
    closed = part.fields["closed_on"]
    closed.edit.setText("01/01/2010")
    closed.commit()
    settle(qtbot, view.kit)
    assert "doit venir après l’ouverture" in closed.error.text()
    part.fields["manager"].edit.setText("Ccas de Melle")
    part.fields["manager"].commit()
    settle(qtbot, view.kit)
    assert closed.edit.text() == "01/01/2010"  # still there to be corrected
    assert view.kit.services.register.equipment(made.creche).manager == "Ccas de Melle"
    part.fields["itinerant"].box.setCurrentIndex(part.fields["itinerant"].box.findData("oui"))
    part.fields["itinerant"].commit()
    settle(qtbot, view.kit)
    assert "au moins un point" in part.fields["itinerant"].error.text()


def test_places_show_gross_flows_net_and_what_is_expected_apart(
    view: RegisterView, made: Made, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = card_of(view, qtbot, made.creche, "places")
    qtmodeltester.check(part.moves.grid)
    lines = [[part.ledger.grid.index(row, column).data() for column in range(5)] for row in range(3)]
    assert lines == [
        ["2021", "12", "0", "+12", "0"], ["2023", "6", "0", "+6", "+6"], ["2024", "0", "4", "\u22124", "0"],
    ]  # fmt: skip
    words = said(part)
    assert "18 créées, 4 fermées, net +14" in words
    assert "Prévu, hors totaux\u202f: +12 en 2027" in words
    group = next(iter(part.forms.values()))
    group.fields["opened"].edit.setText("25")
    group.fields["opened"].commit()
    settle(qtbot, view.kit)
    assert "25 places ouvertes pour 20 agréées" in group.fields["opened"].error.text()
    part.on.edit.setText("2025")
    part.places.edit.setText("3")
    part.add_move()
    settle(qtbot, view.kit)
    assert "21 créées" in said(part)
    assert part.moves.grid.setData(part.moves.grid.index(1, 2), "5")
    settle(qtbot, view.kit)
    assert "23 créées" in said(part)


def test_days_of_a_point_are_buttons(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    part = card_of(view, qtbot, made.laep, "points")
    block = next(iter(part.blocks.values()))
    assert [made_.isChecked() for made_ in block.days] == [True, False, False, True, False, False, False]
    assert block.days[3].accessibleName() == "Thouars, jeudi"
    block.days[1].click()
    settle(qtbot, view.kit)
    assert view.kit.services.register.equipment(made.laep).points[0].days == (0, 1, 3)
    part.commune.edit.setText("Niort")
    part.add_point()
    settle(qtbot, view.kit)
    assert "2\u00a0points, au moins 120 heures par an" in part.said.text()
    part.blocks[view.kit.services.register.equipment(made.laep).points[0].uuid]._remove()
    settle(qtbot, view.kit)
    next(iter(part.blocks.values()))._remove()
    settle(qtbot, view.kit)
    assert "au moins un point" in part.banner.words()


def test_signals_show_every_part_and_no_score(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    part = card_of(view, qtbot, made.creche, "signals")
    assert part.year.value() == 2024
    occupancy = part.blocks["occupancy"]
    assert occupancy.state.text() == "Au-delà du seuil en 2024"
    assert "Signalé au-dessous de 60,0" in occupancy.threshold.text()
    assert occupancy.source.edit.text() == "compte de résultat 2024"
    assert "18" in part.blocks["opened_share"].computed.text()
    occupancy.change.click()
    occupancy.bound.edit.setText("50")
    occupancy._save_threshold()
    settle(qtbot, view.kit)
    assert occupancy.state.text() == "Dans le seuil en 2024"
    assert "réglé ici" in occupancy.threshold.text()
    vacant = part.blocks["vacant_posts"]
    vacant.value.edit.setText("-1")
    vacant.value.commit()
    settle(qtbot, view.kit)
    assert "négatif" in vacant.value.error.text()


def test_the_log_is_written_changed_and_remembered(view: RegisterView, made: Made, qtbot: QtBot) -> None:
    part = card_of(view, qtbot, made.creche, "follow")
    assert "5 mars 2025" in said(part)
    part.on.edit.setText("12/06/2025")
    part.words.edit.setPlainText("Aide à l’investissement")
    part.amount.edit.setText("1 200,50")
    part.add_support()
    settle(qtbot, view.kit)
    assert "1\u202f200,50\u00a0€" in said(part)
    part._edit(supports(view)[0])
    part.words.edit.setPlainText("Aide versée")
    part.add_support()
    settle(qtbot, view.kit)
    assert [line.text for line in supports(view)] == ["Aide versée", "Point sur l’occupation"]
    part.moved_on.edit.setText("01/01/2026")
    part.manager.edit.setText("CC Mellois en Poitou")
    part.add_transfer()
    settle(qtbot, view.kit)
    assert "→ CC Mellois en Poitou" in said(part)
    history = card_of(view, qtbot, made.creche, "history")
    words = said(history)
    assert "Accompagnement modifié" in words
    assert "Texte\u202f: Aide à l’investissement → Aide versée" in words


def test_the_map_shows_the_same_selection_and_places_a_point(
    view: RegisterView, made: Made, qtbot: QtBot
) -> None:
    view.select(made.creche)
    view.map_button.click()
    settle(qtbot, view.kit)
    holder = view._map
    assert holder is not None
    surface = holder.view
    assert surface.wait()
    shown = {uuid for spot in surface._spots for uuid in spot.uuids}
    assert shown == {row.uuid for row in view.shown()}
    assert surface._chosen == made.creche
    laep = next(spot for spot in surface._spots if made.laep in spot.uuids)
    place = surface._places_now()[surface._spots.index(laep)].toPoint()
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, view.kit)
    assert view.selected == made.laep
    assert len(surface._stops) == 1
    card_of(view, qtbot, made.laep, "identity").place.click()
    assert holder.placing
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, view.kit)
    site = view.kit.services.register.site(view.kit.services.register.equipment(made.laep).site_uuid)
    assert site.precise
    assert site.code_commune == "79329"
    card_of(view, qtbot, made.laep, "identity").place.click()
    view.escape()
    assert not holder.placing
    assert not surface.grab().isNull()

"""« SDSF » by what it shows, on the demonstration base."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.indicator import ValueState
from app.domain.sdsf import FilledBy, NodeKind
from app.services.sdsf_rows import SheetLine
from ui.views.page import Kit
from ui.views.sdsf import SdsfPage
from ui.views.sdsf_cascade import CascadeView
from ui.views.sdsf_convergence import ConvergenceView
from ui.views.sdsf_members import MembersView
from ui.views.sdsf_scheme import SchemeView
from ui.views.sdsf_sheet import SheetView


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> SdsfPage:
    kit.services.sdsf.load_delivered()
    kit.context.set_territory("52")
    made = SdsfPage(kit)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: not kit.runner.tasks)
    kit.hub.changed.connect(lambda _changes: None)
    return made


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def settle(qtbot: QtBot, page: SdsfPage) -> None:
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def scheme_view(page: SdsfPage) -> SchemeView:
    view = page.view("scheme")
    assert isinstance(view, SchemeView)
    return view


def test_the_nine_axes_are_shown_with_what_is_known(page: SdsfPage) -> None:
    view = scheme_view(page)
    labels = [view.tree.topLevelItem(i).text(1) for i in range(view.tree.topLevelItemCount())]
    assert labels[0] == "Petite enfance"
    assert len(labels) == 9
    said = words(view.card)
    assert "31 décembre 2026" in said.replace("\u00a0", " ")
    assert "9\u00a0axes" in said
    assert view.card.youth.box.currentText() == "oui"


def test_an_objective_is_added_by_keyboard_and_named(page: SdsfPage, qtbot: QtBot) -> None:
    view = scheme_view(page)
    view.tree.setFocus()
    view.add_below()
    settle(qtbot, page)
    assert view.detail is not None
    assert [node.label for node in view.detail.nodes if node.kind is NodeKind.OBJECTIVE] == [
        "Nouvel objectif"
    ]
    assert view.panel.title.text() == "Objectif 1.1"
    view.panel.label.edit.setPlainText("Maintenir l’offre")
    assert view.panel.label.commit()
    settle(qtbot, page)
    assert view.tree.currentItem().text(1) == "Maintenir l’offre"
    view.remove()
    settle(qtbot, page)
    assert view.detail.row.objectives == 0


def test_a_refused_entry_is_said_and_nothing_changes(page: SdsfPage, qtbot: QtBot) -> None:
    view = scheme_view(page)
    view.card.ends_on.edit.setText("01/01/2019")
    assert view.card.ends_on.commit()
    settle(qtbot, page)
    assert "précède le début" in view.banner.words()
    assert view.card.ends_on.edit.text() == "31/12/2026"


def test_moving_an_axis_renumbers(page: SdsfPage, qtbot: QtBot) -> None:
    view = scheme_view(page)
    view.shift(1)
    settle(qtbot, page)
    assert view.detail is not None
    assert [node.label for node in view.detail.nodes[:2]] == ["Enfance", "Petite enfance"]
    assert view.tree.currentItem().text(0) == "2"


def test_an_empty_sheet_says_that_the_list_is_not_invented(
    page: SdsfPage, qtbot: QtBot, calls: object
) -> None:
    page.show_tab("sheet")
    settle(qtbot, page)
    view = page.view("sheet")
    assert isinstance(view, SheetView)
    assert view.empty.isVisible()
    assert "ne s’invente pas" in view.empty.sentence.text()
    view.empty.verb.click()
    assert calls.moves == [("data", {"tab": "import"})]  # type: ignore[attr-defined]


def sheet(page: SdsfPage) -> None:
    lines = [
        SheetLine("", 1, "1", "Naissances", "naissances", "", None, ValueState.NO_DATA, FilledBy.LOCAL,
                  "naissances", "", ""),
        SheetLine("", 2, "2", "Laep (fictif)", "", "", 0.0, ValueState.ZERO, FilledBy.CNAF, "", "", ""),
    ]  # fmt: skip
    service = page.kit.services.sdsf
    with service._base.write("fiche") as session:
        service.add_version(session, "52", 2024, lines)


def test_a_sheet_shows_values_beside_what_the_base_computes(
    page: SdsfPage, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    sheet(page)
    page.show_tab("sheet")
    settle(qtbot, page)
    view = page.view("sheet")
    assert isinstance(view, SheetView)
    qtmodeltester.check(view.grid.grid)
    shown = [view.grid.grid.index(0, column).data() for column in range(7)]
    assert shown[3] == "n.d."
    assert shown[5] == "1\u202f250"  # Insee, état civil 2024, Haute-Marne
    assert "1\u00a0ligne remplie sur 2" in view.state.text()
    view.fill_lines()
    settle(qtbot, page)
    assert view.detail is not None
    assert view.detail.row.version == 2
    assert view.grid.grid.index(0, 3).data() == "1\u202f250"
    view.choose = lambda *_: str(tmp_path / "f.xlsx")  # type: ignore[method-assign]
    view.export_sheet()
    settle(qtbot, page)
    assert (tmp_path / "f.xlsx").is_file()
    view.mark_sent()
    settle(qtbot, page)
    assert "transmise le" in view.state.text()


def test_a_typed_state_is_read_and_a_text_refused(page: SdsfPage, qtbot: QtBot) -> None:
    sheet(page)
    page.show_tab("sheet")
    settle(qtbot, page)
    view = page.view("sheet")
    assert isinstance(view, SheetView)
    assert view.grid.grid.setData(view.grid.grid.index(1, 3), "s")
    settle(qtbot, page)
    assert view.detail is not None
    assert view.detail.lines[1].state is ValueState.MASKED
    assert not view.grid.grid.setData(view.grid.grid.index(1, 3), "beaucoup")
    assert "ni un nombre" in view.banner.words()


def test_the_matrix_counts_blind_spots(page: SdsfPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page.show_tab("convergence")
    settle(qtbot, page)
    view = page.view("convergence")
    assert isinstance(view, ConvergenceView)
    assert view.table is not None
    qtmodeltester.check(view.table.table)
    assert view.table.table.rowCount() == 9
    assert view.table.table.columnCount() == 10
    assert "cases vides sur 81" in view.note.text()
    view.table.setCurrentIndex(view.table.proxy.index(0, 1))
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)
    assert "Petite enfance" in view.map_title.text()
    assert not view.map.isHidden()
    assert [said.text() for said in view.classes.words] == [
        "Aucune fiche\u202f: 9 EPCI", "1 ou 2 fiches\u202f: 0 EPCI", "3 fiches et plus\u202f: 0 EPCI"
    ]  # fmt: skip


def test_a_link_is_made_seen_both_ways_and_removed(page: SdsfPage, qtbot: QtBot) -> None:
    scheme = page.kit.services.sdsf.schemes("52")
    running = next(row.uuid for row in scheme if row.axes)
    nodes = page.kit.services.sdsf.scheme(running).nodes
    objective = page.kit.services.sdsf.add_node(running, NodeKind.OBJECTIVE, "Offre", nodes[0].uuid)
    before = page.kit.services.cascade.count_links()
    page.show_tab("cascade")
    settle(qtbot, page)
    view = page.view("cascade")
    assert isinstance(view, CascadeView)
    view.wider.setCurrentIndex(view.wider.findData(nodes[1].uuid))
    view.answering.setCurrentIndex(view.answering.findData(objective))
    view.answering.setEditText("rien de tel")
    view.answering.settle()
    assert view.answering.currentText().endswith("1.1, Offre")
    view.answering.setEditText("axe sdsf 2, enfance")
    view.answering.settle()
    assert view.answering.currentData() == nodes[1].uuid
    view.answering.choose(objective)
    completer = view.answering.completer()
    completer.setCompletionPrefix("offre")
    assert completer.completionCount() >= 1
    view.link()
    settle(qtbot, page)
    view.reload()
    settle(qtbot, page)
    assert "1\u00a0lien fait" in view.note.text()
    item = next(
        view.tree.topLevelItem(i) for i in range(view.tree.topLevelItemCount())
        if "Enfance" in view.tree.topLevelItem(i).text(0).split(", ")
    )  # fmt: skip
    view.tree.setCurrentItem(item.child(0))
    assert view.cut.isEnabled()
    view.unlink()
    settle(qtbot, page)
    assert page.kit.services.cascade.count_links() == before
    view.views.set_current("flow")
    view._show_view("flow")
    qtbot.keyClick(view.flow.canvas, Qt.Key.Key_Down)
    assert view.flow.canvas.chosen
    assert "lien" in view.flow.canvas.accessibleDescription()


def test_the_comite_leads_to_its_seances(page: SdsfPage, qtbot: QtBot, calls: object) -> None:
    page.show_tab("members")
    settle(qtbot, page)
    view = page.view("members")
    assert isinstance(view, MembersView)
    assert view.meet.isHidden()
    view.lists.set_current("member")
    view._show_list("member")
    assert view.meet.isVisible()
    view.meet.click()
    assert view.detail is not None
    assert calls.moves == [("meetings", {"sdsf": view.detail.row.uuid})]  # type: ignore[attr-defined]


def test_lists_are_edited_in_place(page: SdsfPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    page.show_tab("members")
    settle(qtbot, page)
    view = page.view("members")
    assert isinstance(view, MembersView)
    grid = view.grid("party")
    qtmodeltester.check(grid.grid)
    assert grid.grid.rowCount() == 7
    view.lists.set_current("amendment")
    view._show_list("amendment")
    view.add()
    settle(qtbot, page)
    view.reload()
    settle(qtbot, page)
    amendments = view.grid("amendment")
    assert amendments.grid.rowCount() == 1
    assert amendments.grid.setData(amendments.grid.index(0, 2), "31/12/2027")
    settle(qtbot, page)
    assert page.kit.services.sdsf.schemes("52")[0].ends_with_amendments is not None
    assert not amendments.grid.setData(amendments.grid.index(0, 2), "demain")
    assert "pas une date" in view.banner.words()


def test_the_flow_goes_from_card_to_card_by_keyboard(page: SdsfPage, qtbot: QtBot) -> None:
    services = page.kit.services
    running = next(row.uuid for row in services.sdsf.schemes("52") if row.axes)
    axis, other = (node.uuid for node in services.sdsf.scheme(running).nodes[:2])
    objective = services.sdsf.add_node(running, NodeKind.OBJECTIVE, "Maintenir l’offre", axis)
    engagement = services.cascade.cascade().of_kind("cpog_engagement", "52")[0].uuid
    services.cascade.link(engagement, objective)
    page.show_tab("cascade")
    settle(qtbot, page)
    view = page.view("cascade")
    assert isinstance(view, CascadeView)
    view.reload()
    settle(qtbot, page)
    view._show_view("flow")
    canvas = view.flow.canvas
    assert canvas.diagram.kinds == ("cpog_engagement", "sdsf_axis", "sdsf_objective")
    assert [canvas.count(box) for box in canvas.diagram.column("sdsf_axis")] == ["aucune fiche"] * 9
    assert not view.alone.isEnabled()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.chosen == engagement
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.chosen == objective
    assert "1.1 Maintenir l’offre, aucune fiche, 2\u00a0liens" in canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert {box.uuid for box in canvas.diagram.boxes} == {engagement, axis, objective}
    assert view.alone.text() == "Tout montrer"
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert other in canvas.diagram.by_uuid
    places = [canvas.place(box) for box in canvas.diagram.boxes]
    assert not any(a.intersects(b) for a in places for b in places if a != b)
    assert max(place.right() for place in places) <= canvas.width()


def test_a_renewal_in_preparation_is_not_counted_twice(page: SdsfPage, qtbot: QtBot) -> None:
    import datetime

    sdsf = page.kit.services.sdsf
    running = next(row.uuid for row in sdsf.schemes("52") if row.axes)
    sdsf.renew(running, "Suivant", datetime.date(2027, 1, 1), datetime.date(2032, 12, 31))
    page.show_tab("convergence")
    settle(qtbot, page)
    view = page.view("convergence")
    assert isinstance(view, ConvergenceView)
    assert view.table is not None
    assert view.table.table.rowCount() == 9

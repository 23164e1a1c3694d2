# ruff: noqa: F811 - fixtures are imported by name
"""The plan of a CTG by what it shows, on the demonstration base."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.action import ActionState
from app.services.ctg_plan_rows import ActionRow
from tests.ui.action_cases import kit, niort, settle, shared_services, shared_theme, words  # noqa: F401
from ui.views.ctg_plan import PlanView
from ui.views.page import Kit
from ui.widgets.plan_tree_model import STATE, STEPS, TITLE


@pytest.fixture
def plan(qtbot: QtBot, kit: Kit) -> PlanView:
    made = PlanView(kit)
    qtbot.addWidget(made)
    made.resize(1280, 600)
    kit.hub.changed.connect(lambda _changes: made.reload())
    made.show()
    made.show_ctg(niort(kit.services))
    settle(qtbot, kit)
    return made


def fiche(plan: PlanView, number: str) -> ActionRow:
    assert plan.read is not None
    return next(row for row in plan.read.actions if row.number == number)


def titles(plan: PlanView, parent: QModelIndex | None = None) -> list[str]:
    above = parent or QModelIndex()
    model = plan.tree.plan
    return [str(model.index(row, TITLE, above).data()) for row in range(model.rowCount(above))]


def test_the_tree_says_state_and_steps_in_words(plan: PlanView, qtmodeltester: ModelTester) -> None:
    model = plan.tree.plan
    qtmodeltester.check(model)
    assert model.rowCount() == 8
    index = model.index_of(fiche(plan, "1.2.1").uuid)
    assert index.siblingAtColumn(STATE).data() == "Reportée"
    assert index.siblingAtColumn(STEPS).data() == "1/4"
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Fiche 1.2.1, Ouvrir une micro-crèche")
    assert "Reportée" in spoken


def test_the_two_gauges_are_never_averaged(plan: PlanView) -> None:
    side = plan.side.overview
    assert side.done.count.text().replace("\u00a0", " ") == "5 sur 18"
    assert side.results.count.text().replace("\u00a0", " ") == "5 sur 11"


def test_points_of_attention_say_why_and_open_the_fiche(plan: PlanView, qtbot: QtBot) -> None:
    said = words(plan.side.overview)
    assert "Éviction possible, fiche 4.1.1" in said
    assert "38 %, puis 49 %, puis 55 %" in said
    assert "en retard de" in said
    assert "Engagement en retard : MSA Poitou" in said
    point = next(line for line in plan.side.overview.points if "Éviction" in line.point.title)
    assert point.verb is not None
    with qtbot.waitSignal(plan.action_opened) as caught:
        point.verb.click()
    assert caught.args == [fiche(plan, "4.1.1").uuid]


def test_a_fiche_opens_with_enter(plan: PlanView, qtbot: QtBot) -> None:
    key = fiche(plan, "2.1.2").uuid
    plan.tree.select(key)
    with qtbot.waitSignal(plan.action_opened) as caught:
        qtbot.keyClick(plan.tree, Qt.Key.Key_Return)
    assert caught.args == [key]


def test_alt_arrows_move_renumber_and_can_be_undone(plan: PlanView, qtbot: QtBot) -> None:
    first = fiche(plan, "1.2.1")
    plan.tree.select(first.uuid)
    qtbot.keyClick(plan.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, plan.kit)
    assert fiche(plan, "1.2.2").uuid == first.uuid
    current = plan.tree.current_line()
    assert current is not None
    assert current.key == first.uuid
    qtbot.keyClick(plan.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, plan.kit)
    assert fiche(plan, "2.1.1").uuid == first.uuid  # past the end, it enters the next objective
    for _ in range(2):
        plan.kit.services.base.undo()
    plan.reload()
    settle(qtbot, plan.kit)
    assert fiche(plan, "1.2.1").uuid == first.uuid


def test_a_drop_moves_a_fiche_under_another_objective(plan: PlanView, qtbot: QtBot) -> None:
    model = plan.tree.plan
    moved = fiche(plan, "1.2.2").uuid
    target = next(index for index in (model.index(1, 0),) if index.isValid())
    goal = model.index(0, 0, target)
    data = model.mimeData([model.index_of(moved)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, goal)
    settle(qtbot, plan.kit)
    assert fiche(plan, "2.1.2").uuid == moved


def test_an_objective_dropped_in_a_wrong_place_is_refused(plan: PlanView, qtbot: QtBot) -> None:
    model = plan.tree.plan
    goal = model.index(0, 0, model.index(1, 0))
    data = model.mimeData([goal])
    model.dropMimeData(data, Qt.DropAction.MoveAction, -1, 0, QModelIndex())
    settle(qtbot, plan.kit)
    assert "ne peut pas être rangé" in plan.banner.words()
    assert titles(plan)[1] == "Des modes d’accueil ouverts aux familles précaires"


@pytest.mark.parametrize(
    ("group", "first"),
    [("themes", "Accès aux droits"), ("pilots", "Association de logement des jeunes"),
     ("dates", "2e trimestre 2025")],
)  # fmt: skip
def test_fiches_are_grouped_otherwise(plan: PlanView, group: str, first: str) -> None:
    plan.bar.groups.button(group).click()
    assert titles(plan)[0] == first
    assert plan.tree.plan.rowCount(plan.tree.plan.index(0, 0)) >= 1
    assert not plan.tree.plan.movable


def test_search_ignores_accents_and_counts(plan: PlanView, qtbot: QtBot) -> None:
    plan.bar.filter.setText("ITINERANT")
    qtbot.waitUntil(lambda: bool(plan.bar.count.text()))
    assert plan.bar.count.text() == "1 sur 20"
    assert titles(plan) == ["Des parents entourés"]
    qtbot.keyClick(plan.bar.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: plan.bar.count.text() == "")
    assert len(titles(plan)) == 8


def test_states_are_filtered(plan: PlanView) -> None:
    plan.bar.checks[ActionState.DROPPED].setChecked(True)
    assert plan.bar.count.text() == "1 sur 20"
    plan.bar.show_all()
    assert plan.bar.count.text() == ""


def test_a_new_fiche_is_named_in_place(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.select(fiche(plan, "1.2.2").uuid)
    plan.start_new()
    settle(qtbot, plan.kit)
    line = plan.tree.current_line()
    assert line is not None
    assert (line.number, line.title) == ("1.2.3", "Nouvelle fiche")
    assert plan.tree.state() is plan.tree.State.EditingState
    editor = plan.tree.indexWidget(plan.tree.currentIndex()) or plan.tree.viewport().focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "Ouvrir une Mam")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fiche(plan, "1.2.3").title == "Ouvrir une Mam")


def test_an_objective_needs_an_enjeu_and_goes_under_it(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.select(fiche(plan, "3.1.1").uuid)
    plan.add_node("strategique")
    settle(qtbot, plan.kit)
    line = plan.tree.current_line()
    assert line is not None
    assert (line.number, line.kind) == ("3.2", "strategique")


def test_a_fiche_removed_comes_back(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.select(fiche(plan, "8.2.1").uuid)
    qtbot.keyClick(plan.tree, Qt.Key.Key_Delete)
    settle(qtbot, plan.kit)
    assert plan.read is not None
    assert len(plan.read.actions) == 19
    plan.kit.services.base.undo()
    plan.reload()
    settle(qtbot, plan.kit)
    assert len(plan.read.actions) == 20


def test_an_objective_that_holds_fiches_is_not_removed(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.setCurrentIndex(plan.tree.plan.index(2, 0))
    plan.remove_current()
    settle(qtbot, plan.kit)
    assert "ne peut pas être supprimé" in plan.banner.words()


def test_decisions_are_listed_latest_first(plan: PlanView, qtmodeltester: ModelTester) -> None:
    plan.bar.views.button("decisions").click()
    table = plan.decisions.table
    qtmodeltester.check(table.table)
    assert table.table.rowCount() == 4
    assert table.proxy.index(0, 3).data() == "Reportée au 30/09/2027"


def test_a_fiche_copied_waits_in_the_other_ctg(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.select(fiche(plan, "2.1.2").uuid)
    plan.ask_copy()
    settle(qtbot, plan.kit)
    form = plan.copy_form
    assert plan.side.form is form
    names = [form.target.box.itemText(row) for row in range(form.target.box.count())]
    assert "CTG Mellois en Poitou" in names
    form.submit()
    assert form.target.error.text()
    form.target.box.setCurrentIndex(names.index("CTG Mellois en Poitou"))
    form.submit()
    settle(qtbot, plan.kit)
    target = next(row.uuid for row in plan.kit.services.ctg.rows() if "Mellois" in row.name)
    assert fiche(plan, "2.1.2").title in [row.title for row in plan.kit.services.ctg.actions(target)]
    assert plan.side.form is None


def test_a_gap_of_the_maillage_becomes_a_fiche(plan: PlanView, qtbot: QtBot) -> None:
    plan.tree.select(fiche(plan, "4.1.1").uuid)
    plan.ask_gap()
    settle(qtbot, plan.kit)
    assert plan.gap_form.list.count()
    assert plan.gap_form.reason.text()
    plan.gap_form.submit()
    settle(qtbot, plan.kit)
    made = fiche(plan, "4.1.3")
    detail = plan.kit.services.ctg.action(made.uuid)
    assert detail.gap is not None
    assert detail.row.status is ActionState.TO_START


def test_an_empty_plan_says_what_to_do(plan: PlanView, qtbot: QtBot) -> None:
    empty = next(row.uuid for row in plan.kit.services.ctg.rows() if "Langres" in row.name)
    plan.show_ctg(empty)
    settle(qtbot, plan.kit)
    assert plan.views.currentWidget() is plan.empty
    plan.empty.verb.click()
    settle(qtbot, plan.kit)
    assert titles(plan) == ["Nouvel enjeu"]


def test_every_control_has_a_name(plan: PlanView) -> None:
    plan.set_compact(True, True)
    for child in plan.findChildren(QWidget):
        focusable = child.focusPolicy() & Qt.FocusPolicy.TabFocus
        if focusable and child.isVisibleTo(plan) and not child.objectName().startswith("qt_"):
            assert child.accessibleName(), child


def test_the_day_of_the_plan_is_today(plan: PlanView) -> None:
    assert plan.read is not None
    assert plan.read.today == date.today()


def test_a_plan_is_imported_from_its_ctg(
    plan: PlanView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, asked = tmp_path / "plan libre.csv", []
    monkeypatch.setattr(
        plan, "kit", replace(plan.kit, navigate=lambda page, **wishes: asked.append((page, wishes)))
    )
    plan.choose_file = lambda _parent: ""  # type: ignore[method-assign]
    plan.ask_import()
    assert asked == []
    plan.choose_file = lambda _parent: str(table)  # type: ignore[method-assign]
    plan.ask_import()
    assert asked == [("data", {"files": [table]})]
    assert plan.kit.services.ctg.import_target(table) == plan.ctg

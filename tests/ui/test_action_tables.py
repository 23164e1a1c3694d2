# ruff: noqa: F811 - fixtures are imported by name
"""Tables of a fiche: étapes, budget, results, years, documents; and the whole editor by keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.budget import MoneyState
from app.domain.indicator import ValueState
from app.services.ctg_plan_rows import ActionDetail
from tests.ui.action_cases import (
    fiche_of,
    kit,  # noqa: F401
    plain,
    settle,
    shared_services,  # noqa: F401
    shared_theme,  # noqa: F401
    words,
)
from ui.models.grid import CellRefused
from ui.views.action import ActionView
from ui.views.action_budget_rows import read_amount
from ui.views.action_results import read_value
from ui.views.page import Kit

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot, kit: Kit) -> ActionView:
    made = ActionView(kit)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    kit.hub.changed.connect(lambda _changes: made.reload())
    made.show()
    made.show_action(fiche_of(kit.services, "4.1.1").uuid)
    settle(qtbot, kit)
    return made


def detail(view: ActionView) -> ActionDetail:
    return view.kit.services.ctg.action(view.action)


def section(view: ActionView, code: str) -> Any:
    return view.body.sections[code]


def put(qtbot: QtBot, view: ActionView, grid: Any, row: int, column: int, typed: str) -> None:
    """Type a cell as the editor does."""
    grid.grid.setData(grid.grid.index(row, column), typed)
    settle(qtbot, view.kit)


# -- étapes ----------------------------------------------------------------------------------------------


def test_steps_are_a_sound_table(view: ActionView, qtmodeltester: ModelTester) -> None:
    grid = section(view, "etapes").grid
    qtmodeltester.check(grid.grid)
    assert [grid.grid.index(2, column).data() for column in range(5)] == [
        "en retard", "Ouvrir dans deux communes", "Centre social", "30/09/2025", "—",
    ]  # fmt: skip


def test_space_ticks_a_step_and_the_progress_follows(view: ActionView, qtbot: QtBot) -> None:
    grid = section(view, "etapes").grid
    grid.setFocus()
    grid.setCurrentIndex(grid.proxy.index(2, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    settle(qtbot, view.kit)
    assert detail(view).steps[2].done_on == date.today()
    assert "3 étapes faites sur 5, avancement 60 %" in plain(view.summary.progress.text())
    assert grid.currentIndex().row() == 2
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    settle(qtbot, view.kit)
    assert detail(view).steps[2].done_on is None


def test_a_step_is_added_named_moved_and_removed_by_keyboard(view: ActionView, qtbot: QtBot) -> None:
    grid = section(view, "etapes").grid
    grid.setFocus()
    grid.setCurrentIndex(grid.proxy.index(0, 1))
    qtbot.keyClick(grid, Qt.Key.Key_Return, CTRL)
    settle(qtbot, view.kit)
    assert grid.state() is grid.State.EditingState
    editor = grid.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Faire le bilan")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: detail(view).steps[-1].title == "Faire le bilan")
    settle(qtbot, view.kit)
    grid.choose(detail(view).steps[-1].uuid, 1)
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, view.kit)
    assert detail(view).steps[-2].title == "Faire le bilan"
    assert grid.current_row().title == "Faire le bilan"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    settle(qtbot, view.kit)
    assert "Faire le bilan" not in [step.title for step in detail(view).steps]


def test_a_step_after_the_end_of_the_ctg_is_refused_under_the_table(view: ActionView, qtbot: QtBot) -> None:
    steps = section(view, "etapes")
    put(qtbot, view, steps.grid, 3, 3, "31/12/2030")
    assert "après la fin de la CTG" in plain(steps.box.error.text())
    assert detail(view).steps[3].planned_on == date(2026, 12, 31)
    put(qtbot, view, steps.grid, 3, 3, "pas une date")
    assert "Prévue" in steps.box.error.text()
    put(qtbot, view, steps.grid, 3, 3, "31/01/2027")
    assert not steps.box.error.text()


def test_a_block_pasted_is_one_action(view: ActionView, qtbot: QtBot) -> None:
    grid = section(view, "etapes").grid
    grid.setCurrentIndex(grid.proxy.index(3, 2))
    grid.paste("Rpe\t15/01/2027\nMSA\t15/02/2027\n")
    settle(qtbot, view.kit)
    assert [(step.holder, step.planned_on) for step in detail(view).steps[3:]] == [
        ("Rpe", date(2027, 1, 15)), ("MSA", date(2027, 2, 15)),
    ]  # fmt: skip
    view.kit.services.base.undo()
    assert [step.holder for step in detail(view).steps[3:]] == ["Centre social", "Caf"]


def test_an_editor_open_survives_what_is_written_beside(view: ActionView, qtbot: QtBot) -> None:
    steps = section(view, "etapes")
    grid = steps.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.proxy.index(3, 2))
    grid.edit(grid.currentIndex())
    editor = grid.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Rp")
    steps.toggle(detail(view).steps[2])
    settle(qtbot, view.kit)
    assert grid.findChild(QLineEdit).text() == "Rp"


# -- budget ----------------------------------------------------------------------------------------------


def money(view: ActionView, funder: str, column: int) -> str:
    grid = section(view, "budget").grid
    row = next(at for at, line in enumerate(grid.grid.rows) if line.label.startswith(funder))
    return plain(str(grid.grid.index(row, column).data()))


def row_of(view: ActionView, label: str) -> int:
    rows = section(view, "budget").grid.grid.rows
    return next(at for at, line in enumerate(rows) if line.label.startswith(label))


def test_the_budget_never_mixes_states(view: ActionView, qtmodeltester: ModelTester) -> None:
    budget = section(view, "budget")
    qtmodeltester.check(budget.grid.grid)
    headers = [budget.grid.grid.headerData(at, Qt.Orientation.Horizontal) for at in range(5)]
    assert headers == ["Financeur, en euros", "2024, payé", "2025, payé", "2026, voté", "2027, prévu"]
    assert money(view, "Caf", 3) == "17 600"
    assert money(view, "Total", 3) == "32 000"
    assert money(view, "Reste à charge", 3) == "14 400"
    assert "Éviction possible. Part de la Caf : 38 %, puis 49 %, puis 55 %" in words(budget)
    budget.choose_state(2026, MoneyState.PAID)
    assert money(view, "Caf", 3) == "17 600 voté"
    assert money(view, "Total", 3) == "—"


def test_amounts_are_typed_unknown_and_taken_away(view: ActionView, qtbot: QtBot) -> None:
    grid, row = section(view, "budget").grid, row_of(view, "MSA")
    put(qtbot, view, grid, row, 4, "1 500,50 €")
    assert money(view, "MSA", 4) == "1 500,50"
    put(qtbot, view, grid, row, 4, "n.d.")
    assert money(view, "MSA", 4) == "n.d."
    assert money(view, "Total connu", 4) == "33 000"
    assert "2027, prévu : montant absent, MSA Poitou." in words(section(view, "budget"))
    put(qtbot, view, grid, row, 4, "")
    assert money(view, "MSA", 4) == "—"
    put(qtbot, view, grid, row, 4, "beaucoup")
    assert "n’est pas un montant" in section(view, "budget").box.error.text()


def test_an_amount_voted_is_copied_as_paid_and_warned_above(view: ActionView, qtbot: QtBot) -> None:
    budget = section(view, "budget")
    budget.choose_state(2026, MoneyState.PAID)
    column = budget.grid.column_at(3)
    line = budget.grid.grid.rows[row_of(view, "Caf")]
    menu = budget.menu(column, line)
    copied = next(action for action in menu.actions() if "comme payé" in action.text())
    copied.trigger()
    settle(qtbot, view.kit)
    assert money(view, "Caf", 3) == "17 600"
    put(qtbot, view, budget.grid, row_of(view, "Caf"), 3, "20 000")
    assert "20 000 € payés pour 17 600 € votés" in words(budget)


def test_a_funder_is_added_from_the_signatories_then_removed(view: ActionView, qtbot: QtBot) -> None:
    budget = section(view, "budget")
    budget.grid.setFocus()
    qtbot.keyClick(budget.grid, Qt.Key.Key_Return, CTRL)
    form = budget.form
    assert form.isVisibleTo(view)
    form.submit()
    assert form.name.error.text()
    form.name.edit.setText("Département des Deux-Sèvres")
    form.submit()
    settle(qtbot, view.kit)
    added = next(cell for cell in detail(view).budget.cells if cell.funder.startswith("Département"))
    assert (added.funder_kind.value, added.cents, added.state) == ("departement", None, MoneyState.PLANNED)
    budget.grid.setCurrentIndex(budget.grid.proxy.index(row_of(view, "Département"), 0))
    qtbot.keyClick(budget.grid, Qt.Key.Key_Delete)
    settle(qtbot, view.kit)
    assert not any(cell.funder.startswith("Département") for cell in detail(view).budget.cells)


def test_cost_by_place_follows_the_places(view: ActionView, qtbot: QtBot) -> None:
    places = section(view, "budget").fields.fields["places"]
    places.edit.setText("10")
    places.commit()
    settle(qtbot, view.kit)
    assert money(view, "Coût par place", 3) == "3 200"


@pytest.mark.parametrize(
    ("typed", "kept"), [("4 800", "4 800"), ("12,50 €", "12,50"), ("", None), ("—", None), ("N.D.", "")]
)
def test_an_amount_is_read_as_people_write_it(typed: str, kept: str | None) -> None:
    assert read_amount(typed) == kept


@pytest.mark.parametrize("typed", ["-5", "deux"])
def test_what_is_not_an_amount_is_refused(typed: str) -> None:
    with pytest.raises(CellRefused):
        read_amount(typed)


# -- results, years, documents ---------------------------------------------------------------------------


def test_values_of_an_indicator_are_typed_with_their_absences(view: ActionView, qtbot: QtBot) -> None:
    block = section(view, "resultat").blocks[0]
    years = [column.header for column in block.grid.grid.columns]
    put(qtbot, view, block.grid, 1, years.index("2026"), "220,5")
    held = {value.year: value for value in detail(view).indicators[0].values if value.kind == "realise"}
    assert held[2026].number == 220.5
    put(qtbot, view, block.grid, 1, years.index("2026"), "n.p.")
    held = {value.year: value for value in detail(view).indicators[0].values if value.kind == "realise"}
    assert held[2026].state is ValueState.NOT_PUBLISHED
    put(qtbot, view, block.grid, 1, years.index("2026"), "")
    assert 2026 not in {v.year for v in detail(view).indicators[0].values if v.kind == "realise"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("0", (0.0, 1)), ("12,5", (12.5, 0)), ("s", (None, 4)), ("", None), ("·", None), ("n.d.", (None, 2))],
)
def test_a_value_is_read_with_its_state(typed: str, read: tuple[float | None, int] | None) -> None:
    assert read_value(typed) == read


def test_an_indicator_of_the_dictionary_brings_its_unit(view: ActionView, qtbot: QtBot) -> None:
    results = section(view, "resultat")
    known = next(iter(results._known.values()))
    results.name.edit.setText(known.short_label)
    qtbot.keyClick(results.name.edit, Qt.Key.Key_Return)
    settle(qtbot, view.kit)
    added = detail(view).indicators[-1]
    assert (added.indicator, added.unit) == (known.code, known.unit)
    results.blocks[-1]._remove()
    settle(qtbot, view.kit)
    assert len(results.blocks) == 1


def test_a_year_is_told(view: ActionView, qtbot: QtBot) -> None:
    years = section(view, "suivi")
    assert plain(years.add.text()) == "Ajouter l’année 2024"
    years.add.click()
    block = years.blocks[2024]
    assert QApplication.focusWidget() is block.highlights.control
    qtbot.keyClicks(block.highlights.control, "Un projet")
    qtbot.keyClick(block.highlights.control, Qt.Key.Key_Tab)
    settle(qtbot, view.kit)
    assert {year.year: year.highlights for year in detail(view).years}[2024] == "Un projet"


def test_a_file_is_attached_renamed_and_detached(view: ActionView, qtbot: QtBot, tmp_path: Path) -> None:
    papers = section(view, "pieces")
    paper = tmp_path / "convention.pdf"
    paper.write_bytes(b"%PDF-1.4 convention")
    papers.choose = lambda: [str(paper)]
    papers.add()
    settle(qtbot, view.kit)
    assert papers.grid.grid.index(0, 0).data() == "convention"
    assert papers.grid.grid.index(0, 4).data() == "présent"
    put(qtbot, view, papers.grid, 0, 0, "Convention de mise à disposition")
    assert papers.grid.grid.index(0, 0).data() == "Convention de mise à disposition"
    papers.grid.setCurrentIndex(papers.grid.proxy.index(0, 4))
    qtbot.keyClick(papers.grid, Qt.Key.Key_Delete)
    settle(qtbot, view.kit)
    assert papers.grid.grid.rowCount() == 0


# -- keyboard alone --------------------------------------------------------------------------------------


def tab_to(qtbot: QtBot, name: str, most: int = 120) -> None:
    """Press Tab until the control of that name has the keyboard."""
    for _ in range(most):
        focused = QApplication.focusWidget()
        if focused is not None and focused.accessibleName().startswith(name):
            return
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
    raise AssertionError(f"Tab never reaches « {name} »")


def test_a_fiche_is_written_by_keyboard_alone(view: ActionView, qtbot: QtBot) -> None:
    view.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is view.nav.list)
    tab_to(qtbot, "Intitulé de la fiche")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "Ouvrir un Laep")
    tab_to(qtbot, "Échéance")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "30/06/2027")
    tab_to(qtbot, "Étapes")
    grid = QApplication.focusWidget()
    grid.setCurrentIndex(grid.model().index(3, 0))  # type: ignore[union-attr, attr-defined]
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    tab_to(qtbot, "Budget, en euros")
    grid = QApplication.focusWidget()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right):
        qtbot.keyClick(grid, key)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = grid.findChild(QLineEdit)  # type: ignore[union-attr]
    editor.selectAll()
    qtbot.keyClicks(editor, "9000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    tab_to(qtbot, "Retour d’expérience")
    qtbot.keyClicks(QApplication.focusWidget(), "Un an suffit")
    tab_to(qtbot, "Reporter")
    qtbot.waitUntil(lambda: detail(view).retex == "Un an suffit")
    settle(qtbot, view.kit)
    held = detail(view)
    assert held.row.title == "Ouvrir un Laep"
    assert held.row.ends_on == date(2027, 6, 30)
    assert held.row.progress.done == 3
    assert any(cell.cents == 900_000 and cell.year == 2024 for cell in held.budget.cells)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert view.side.form is view.side.status
    assert QApplication.focusWidget() is view.side.status.reason.control
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert view.side.form is None
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_sections_are_reached_from_the_list(view: ActionView, qtbot: QtBot) -> None:
    view.nav.list.setFocus()
    view.nav.list.setCurrentRow(list(view.body.sections).index("etapes"))
    qtbot.keyClick(view.nav.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is section(view, "etapes").grid)

"""The other views of « CPOG »: dashboard, entry, bilan, ledger, actions, calendar, creation."""
# ruff: noqa: F811 - fixtures are imported by name

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.cpog_codes import ActionState, Origin
from app.domain.cpog_points import Period
from tests.ui.cpog_cases import CODE, Stage, cpog_stage, page, settle, words  # noqa: F401
from ui.views.cpog import CpogPage
from ui.views.cpog_actions import ActionsView
from ui.views.cpog_bilan import BilanView
from ui.views.cpog_board import BoardView
from ui.views.cpog_calendar import ALL, CalendarView
from ui.views.cpog_entry import QUARTERS, EntryView
from ui.views.cpog_ledger import LedgerView

PLACES = "Places d’Eaje, solde net"


def shown(qtbot: QtBot, page: CpogPage, code: str) -> QWidget:
    page.show_tab(code)
    settle(qtbot, page)
    return page.view(code)


def test_the_dashboard_has_two_gauges_and_the_pinned(page: CpogPage, qtbot: QtBot) -> None:
    view = shown(qtbot, page, "board")
    assert isinstance(view, BoardView)
    assert len(view.tiles) == 3
    assert view.gauges.results.count.text() == "2\u00a0sur\u00a05"
    assert view.gauges.progress.count.text() == "0\u00a0sur\u00a02"
    said = words(view)
    assert "valeur indisponible comptant comme non atteinte" in said
    assert "ne se moyennent pas" in said
    assert view.said.text() == "3 écarts à expliquer"
    view.tiles[1].asked.emit(view.tiles[1].property("uuid") or page.focus.indicator)
    settle(qtbot, page)
    assert page.tab == "fiche"


def test_a_closed_bilan_shows_the_gauges_of_its_paper(page: CpogPage, qtbot: QtBot) -> None:
    cpog = page.kit.services.cpog
    demo = next(row for row in cpog.contracts() if row.code == "79-2023-2027")
    page.receive(cpog=demo.code, tab="bilan")
    settle(qtbot, page)
    page.focus.set_year(2023)
    settle(qtbot, page)
    view = page.view("bilan")
    assert isinstance(view, BilanView)
    assert view.gauges.progress.count.text() == "2\u00a0sur\u00a016"
    assert "version 2" in view.state.text()
    assert cpog.gauges(demo.code, 2023).progress[0].numerator == 6


def test_a_block_pasted_from_a_spreadsheet_is_written_as_one_action(
    page: CpogPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = shown(qtbot, page, "entry")
    assert isinstance(view, EntryView)
    qtmodeltester.check(view.grid.grid)
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.grid.proxy.index(0, 5))
    QApplication.clipboard().setText("55,5 %\n1\u202f150\nND\n9")
    qtbot.keyClick(view.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert [view.grid.grid.index(i, 5).data() for i in range(4)] == ["55,5", "1\u202f150", "n.d.", "9"]
    assert page.kit.services.base.undo_name() == "4 cellules de CPOG saisies"


def test_refused_cells_keep_what_was_typed_and_say_why(page: CpogPage, qtbot: QtBot) -> None:
    view = shown(qtbot, page, "entry")
    assert isinstance(view, EntryView)
    view.grid.grid.write_cells([(0, 5, "61"), (1, 5, "douze"), (3, 5, "47 %")])
    settle(qtbot, page)
    assert view.grid.grid.index(1, 5).data() == "douze"
    assert "n’est pas un nombre" in view.banner.words()
    view.go_to_refused()
    assert "unité attendue\u202f: jours" in view.banner.words()
    assert page.kit.services.cpog.indicators(CODE, 2026)[0].last.number == 50  # type: ignore[union-attr]
    view.grid.grid.write_cells([(0, 2, "13")])
    settle(qtbot, page)
    assert view.reason.isVisible()
    view.reason.cancel.click()
    settle(qtbot, page)
    assert view.grid.grid.index(0, 2).data() == "12,5"


def test_quarters_of_the_year_are_typed(page: CpogPage, qtbot: QtBot) -> None:
    view = shown(qtbot, page, "entry")
    assert isinstance(view, EntryView)
    view.grain.button(QUARTERS).click()
    settle(qtbot, page)
    assert [p.label for p in view.grid.periods] == ["T1 2025", "T2 2025", "T3 2025", "T4 2025", "2025"]
    view.grid.grid.write_cells([(3, 2, "10,5")])
    settle(qtbot, page)
    row = next(r for r in page.kit.services.cpog.indicators(CODE, 2025) if r.name == "Délai, minima sociaux")
    card = page.kit.services.cpog.card(row.uuid)
    assert card.points("realise")[card.periods.index(Period(2025, 1))].text == "10,5\u00a0j"  # type: ignore[union-attr]
    view.grain.button("years").click()
    settle(qtbot, page)


def test_a_year_is_closed_once_explained_then_corrected(
    page: CpogPage, cpog_stage: Stage, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    view = shown(qtbot, page, "bilan")
    assert isinstance(view, BilanView)
    qtmodeltester.check(view.grid.grid)
    view.ask_close()
    settle(qtbot, page)
    assert PLACES in view.banner.words()
    for place, line in enumerate(view.grid.table.rows):
        if line.gap is not None:
            view.grid.grid.write_cells([(place, 6, "Recrutements tardifs")])
            assert "attend encore son origine" in view.banner.words()
            view.grid.grid.write_cells([(place, 7, "mixte")])
            settle(qtbot, page)
    gaps = page.kit.services.cpog.gaps(CODE, 2025)
    assert {gap.origin for gap in gaps} == {Origin.MIXED}
    view.ask_close()
    settle(qtbot, page)
    assert "version 1" in view.state.text()
    assert not view.close_year.isEnabled()
    uuid = next(r.uuid for r in page.kit.services.cpog.indicators(CODE, 2025) if r.name == PLACES)
    page.kit.services.cpog.comment(uuid, 2025, "Deux crèches de plus")
    view.reload()
    settle(qtbot, page)
    assert view.changed.table.index(0, 1).data() == "Commentaire"
    view.ask_close()
    assert view.reason.isVisible()
    view.reason.edit.setText("commentaire ajouté")
    view.reason.verb.click()
    settle(qtbot, page)
    assert "version 2" in view.state.text()
    view._paper.choose = lambda *_: str(tmp_path / "bilan")  # type: ignore[assignment]
    view.write_paper(".xlsx")
    settle(qtbot, page)
    assert (tmp_path / "bilan.xlsx").is_file()
    assert cpog_stage.said[-1] == "Fichier écrit\u202f: bilan.xlsx"


def test_the_ledger_shows_the_residue(page: CpogPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    view = shown(qtbot, page, "ledger")
    assert isinstance(view, LedgerView)
    qtmodeltester.check(view.rows.table)
    qtmodeltester.check(view.acts.table)
    assert [step.text for step in view.waterfall.steps] == ["60", "−8", "−2", "50"]
    assert "2025\u202f: −10, dont −8 expliqués, −2 non expliqués" in words(view)
    assert "Moyens\u202f: inchangé, mêmes crédits" in view.told.text()


def test_an_action_decided_asks_why_who_and_when(
    page: CpogPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = shown(qtbot, page, "actions")
    assert isinstance(view, ActionsView)
    qtmodeltester.check(view.table.table)
    assert "1 en retard" in view.count.text()
    view.late.click()
    assert view.table.proxy.rowCount() == 1
    view.late.click()
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    panel = view.panel
    panel.state.box.setCurrentIndex(panel.state.box.findData(ActionState.DEPROGRAMMED))
    panel.state.commit()
    assert "motif" in panel.lacking.text()
    for field, value in ((panel.reason, "Faute de candidat"), (panel.decided_by, "Direction")):
        field.edit.setText(value)
        field.commit()
    panel.decided_on.edit.setText("05/03/2026")
    panel.decided_on.commit()
    settle(qtbot, page)
    held = page.kit.services.cpog.board(CODE)[0].engagement
    assert (held.state, held.reason) == (ActionState.DEPROGRAMMED, "Faute de candidat")
    assert view.table.table.index(0, 5).data() == "déprogrammée"
    panel.weight.edit.setText("3")
    panel.weight.commit()
    settle(qtbot, page)
    assert page.kit.services.cpog.board(CODE)[0].engagement.weight == 3
    assert any(gauge.weighted for gauge in page.kit.services.cpog.gauges(CODE, 2025).progress)


def test_evaluations_of_the_cog_are_followed_at_a_date(page: CpogPage, qtbot: QtBot) -> None:
    page._contract_chosen(0)
    settle(qtbot, page)
    view = shown(qtbot, page, "actions")
    assert isinstance(view, ActionsView)
    view.which.button("cog").click()
    settle(qtbot, page)
    assert len(view.table.table.rows) == 252
    assert view.table.table.rows[0].late_words == "en retard"
    view.panel.state.box.setCurrentIndex(view.panel.state.box.findData(ActionState.DONE))
    view.panel.state.commit()
    view.on.edit.setText("31/12/2018")
    view.on.commit()
    settle(qtbot, page)
    assert view.table.table.rows[0].state is ActionState.DONE
    assert not any(line.late for line in view.table.table.rows)
    view.which.button("cpog").click()


def test_a_deadline_is_kept_moved_and_exported(
    page: CpogPage, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    view = shown(qtbot, page, "calendar")
    assert isinstance(view, CalendarView)
    qtmodeltester.check(view.table.table)
    view.shown.button(ALL).click()
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert view.table.table.rows[0].done_on is not None
    assert view.done.text() == "Rouvrir"
    view.day.edit.setText("29")
    view.day.commit()
    settle(qtbot, page)
    assert view.table.table.rows[0].due_on == datetime.date(2018, 4, 29)
    view._paper.choose = lambda *_: str(tmp_path / "e.ics")  # type: ignore[assignment]
    view.write_ical()
    settle(qtbot, page)
    assert (tmp_path / "e.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def test_a_base_without_contract_loads_one_or_creates_one(
    empty_file: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    empty = Stage(empty_file, qapp)
    page = empty.page
    settle(qtbot, page)
    assert "Aucun CPOG" in page.empty.sentence.text()
    assert list(page.empty.loads) == ["79-2018-2022", "52-2023-2027"]
    page.empty.loads["79-2018-2022"].click()
    settle(qtbot, page)
    assert page.focus.code == "79-2018-2022"
    page.show_creation()
    settle(qtbot, page)
    assert page.empty.code.edit.text().startswith("79-")
    page.empty.make.click()
    settle(qtbot, page)
    assert page.contracts.count() == 2
    assert page.focus.contract is not None
    assert (page.focus.contract.delivered, page.focus.contract.indicators) == (False, 39)
    page.show_creation()
    page.empty.starts_on.edit.setText("01/01/2040")
    page.empty.make.click()
    settle(qtbot, page)
    assert "fin avant son début" in page.empty.banner.words()
    empty.close()

# ruff: noqa: F811 - fixtures are imported by name
"""The editor of a fiche action by what it shows and writes, on the demonstration base."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.action import ActionState
from app.services import Services
from app.services.ctg_plan_rows import ActionDetail
from tests.ui.action_cases import (
    fiche_of,
    kit,  # noqa: F401
    niort,
    plain,
    settle,
    shared_services,  # noqa: F401
    shared_theme,  # noqa: F401
    words,
)
from ui.views.action import ActionView
from ui.views.action_body import WORDS
from ui.views.action_texts import FindingSection
from ui.views.page import Kit

LAEP = "4.1.1"


def show(qtbot: QtBot, kit: Kit, number: str) -> ActionView:
    made = ActionView(kit)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    kit.hub.changed.connect(lambda _changes: made.reload())
    made.show()
    made.show_action(fiche_of(kit.services, number).uuid)
    settle(qtbot, kit)
    return made


@pytest.fixture
def view(qtbot: QtBot, kit: Kit) -> ActionView:
    return show(qtbot, kit, LAEP)


def detail(view: ActionView) -> ActionDetail:
    return view.kit.services.ctg.action(view.action)


def field(view: ActionView, section: str, name: str):  # type: ignore[no-untyped-def]
    return view.body.sections[section].fields.fields[name]  # type: ignore[attr-defined]


def typed(qtbot: QtBot, view: ActionView, section: str, name: str, words: str) -> None:
    """Type in a field and leave it with Tab, as people do."""
    found = field(view, section, name)
    found.control.setFocus()
    found.control.selectAll()
    qtbot.keyClicks(found.control, words)
    qtbot.keyClick(found.control, Qt.Key.Key_Tab)
    settle(qtbot, view.kit)


def test_the_fiche_is_shown_whole(view: ActionView) -> None:
    said = words(view)
    assert view.head.title.edit.toPlainText() == "Lancer un Laep itinérant"
    assert view.head.number.text() == LAEP
    assert "fictif" in said
    assert "CTG du Niortais › 4 Des parents entourés" in said
    assert field(view, "description", "description").edit.toPlainText().startswith("Un véhicule aménagé")
    assert field(view, "pilotage", "partners").edit.toPlainText().split("\n")[-1] == "MSA"
    assert "Beauvoir-sur-Niort, Coulon, Magné et Prahecq." in said


def test_sections_say_what_is_filled(view: ActionView) -> None:
    spoken = [view.nav.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(len(WORDS))]
    assert spoken[0] == "Identité, rempli"
    assert spoken[1] == "Constat d’origine, à compléter"
    assert spoken[-1] == "Retex"


def test_the_summary_says_state_and_delay(view: ActionView) -> None:
    side = view.summary
    assert side.state.text() == "En cours"
    assert "Étape 3 en retard de" in plain(side.late.text())
    assert side.where.text() == "4 sur 40"
    assert side.result_line.words() == "départ 0, 150 en 2025, cible 400"
    assert "Saisir la MSA" in words(side)


def test_neighbours_are_one_key_away(view: ActionView, qtbot: QtBot) -> None:
    assert (view.nav.before.text(), view.nav.after.text()) == ("3.1.2", "4.1.2")
    view.nav.after.click()
    settle(qtbot, view.kit)
    assert view.head.number.text() == "4.1.2"


def test_a_text_is_written_when_left_and_undone(view: ActionView, qtbot: QtBot) -> None:
    typed(qtbot, view, "publics", "audience", "Parents isoles")
    assert detail(view).audience == "Parents isoles"
    assert view.kit.services.base.undo_name() == "fiche\u202f: publics"
    view.kit.services.base.undo()
    view.reload()
    settle(qtbot, view.kit)
    assert field(view, "publics", "audience").edit.text() == "Parents et enfants de moins de 6 ans"


def test_the_title_is_written_with_enter(view: ActionView, qtbot: QtBot) -> None:
    view.head.title.edit.setFocus()
    view.head.title.edit.selectAll()
    qtbot.keyClicks(view.head.title.edit, "Lancer un Laep mobile")
    qtbot.keyClick(view.head.title.edit, Qt.Key.Key_Return)
    settle(qtbot, view.kit)
    assert detail(view).row.title == "Lancer un Laep mobile"


def test_a_refusal_is_said_at_the_field_and_kept_to_be_corrected(view: ActionView, qtbot: QtBot) -> None:
    before = detail(view).row.ends_on
    typed(qtbot, view, "identite", "ends_on", "01/01/2020")
    ends = field(view, "identite", "ends_on")
    assert "vient avant le début" in ends.error.text()
    assert ends.edit.text() == "01/01/2020"
    assert ends.control.accessibleDescription()
    assert detail(view).row.ends_on == before
    view.reload()
    settle(qtbot, view.kit)
    assert ends.edit.text() == "01/01/2020"
    typed(qtbot, view, "identite", "ends_on", "30/06/2027")
    assert not ends.error.text()
    assert detail(view).row.ends_on == date(2027, 6, 30)


def test_a_text_that_is_not_a_date_is_refused_at_once(view: ActionView, qtbot: QtBot) -> None:
    typed(qtbot, view, "identite", "starts_on", "demain")
    assert "n’est pas une date" in field(view, "identite", "starts_on").error.text()


def test_what_is_typed_survives_a_reading(view: ActionView, qtbot: QtBot) -> None:
    origin = field(view, "constat", "origin")
    origin.control.setFocus()
    qtbot.keyClicks(origin.control, "diagnostic de 2023")
    view.reload()
    settle(qtbot, view.kit)
    assert origin.edit.text() == "diagnostic de 2023"


def test_a_fiche_postponed_needs_its_three_fields(view: ActionView, qtbot: QtBot) -> None:
    view.summary.postpone.click()
    form = view.side.status
    assert view.side.form is form
    form.submit()
    assert form.reason.error.text()
    assert form.decider.error.text()
    form.reason.edit.setPlainText("La MSA n’a pas voté.")
    form.decider.edit.setText("Comité de pilotage")
    form.decided_on.edit.setText("12/10/2026")
    form.until.edit.setText("30/09/2027")
    form.submit()
    settle(qtbot, view.kit)
    held = detail(view)
    assert held.row.status is ActionState.POSTPONED
    assert held.row.ends_on == date(2027, 9, 30)
    assert view.side.form is None
    assert "La MSA n’a pas voté" in view.summary.decided.text()


def test_progress_is_corrected_with_a_reason_then_given_back(view: ActionView, qtbot: QtBot) -> None:
    view.summary.correct.click()
    form = view.side.progress
    assert "2 étapes faites sur 5" in plain(form.derived.text())
    form.percent.edit.setText("55")
    form.submit()
    assert form.reason.error.text()
    form.reason.edit.setPlainText("Deux communes ouvertes sur quatre.")
    form.submit()
    settle(qtbot, view.kit)
    assert "avancement 55 % (corrigé)" in plain(view.summary.progress.text())
    view.summary.correct.click()
    form.give_back.click()
    settle(qtbot, view.kit)
    assert "avancement 40 %" in plain(view.summary.progress.text())


def test_a_progress_above_100_is_refused_at_its_field(view: ActionView, qtbot: QtBot) -> None:
    view.summary.correct.click()
    form = view.side.progress
    form.percent.edit.setText("140")
    form.reason.edit.setPlainText("Trop.")
    form.submit()
    settle(qtbot, view.kit)
    assert form.percent.error.text()
    qtbot.keyClick(form.percent.control, Qt.Key.Key_Escape)
    assert view.side.form is None


def test_a_fiche_is_linked_to_the_decree_and_to_the_cpog(view: ActionView, qtbot: QtBot) -> None:
    view.side.ask_link()
    form = view.side.links
    form.families.button("decret").click()
    form.filter.setText("zones")
    assert form.list.count() >= 1
    form.submit()
    settle(qtbot, view.kit)
    assert "Décret, point 3" in words(view.summary)
    view.side.ask_link()
    form.families.button("cpog").click()
    form.filter.setText("couverture")
    form.submit()
    settle(qtbot, view.kit)
    assert view.read is not None
    cpog = next(link for link in view.read.linked if link.kind.startswith("cpog"))
    assert cpog.words.startswith("CPOG")
    view.summary.unlink_asked.emit(cpog.uuid)
    settle(qtbot, view.kit)
    assert not any(link.kind.startswith("cpog") for link in view.read.linked)


def test_a_finding_is_attached_with_its_figures(view: ActionView, qtbot: QtBot) -> None:
    section = view.body.sections["constat"]
    assert isinstance(section, FindingSection)
    services = view.kit.services
    finding = next(row for row in services.ctg.findings(niort(services)) if row.figures)
    section._link(finding.uuid)
    settle(qtbot, view.kit)
    said = words(section)
    assert plain(finding.text) in said
    assert finding.figures[0].place in said
    link = next(link.uuid for link in detail(view).links if link.kind == "finding")
    section.unlink(link)
    settle(qtbot, view.kit)
    assert plain(finding.text) not in words(section)


def test_communes_are_ticked(view: ActionView, qtbot: QtBot) -> None:
    section = view.body.sections["publics"]
    section.toggle.click()  # type: ignore[attr-defined]
    section.list.tick("79191")  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(detail(view).communes) == 5)
    settle(qtbot, view.kit)
    assert view.summary.where.text() == "5 sur 40"
    section.choose_all()  # type: ignore[attr-defined]
    settle(qtbot, view.kit)
    assert "Tout le territoire, 40 communes." in words(section)


def test_similar_retex_are_proposed(view: ActionView, qtbot: QtBot, kit: Kit) -> None:
    other = fiche_of(kit.services, "4.1.2")
    kit.services.ctg.edit("action", other.uuid, title="Lancer un Laep au centre", retex="Prévoir un an.")
    view.reload()
    settle(qtbot, view.kit)
    assert "Prévoir un an." in words(view.summary)


def test_history_compares_two_moments_side_by_side(
    view: ActionView, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    typed(qtbot, view, "pilotage", "pilot_function", "Coordination")
    view.head.history.click()
    settle(qtbot, view.kit)
    history = view.centre.currentWidget()
    table = history.table.table  # type: ignore[union-attr]
    qtmodeltester.check(table)
    history.first.setCurrentIndex(history.first.count() - 1)  # type: ignore[union-attr]
    log = history.log.table  # type: ignore[union-attr]
    assert log.rowCount() >= 1
    assert log.index(0, 2).data() == "Pilote (fonction)"
    assert (log.index(0, 3).data(), log.index(0, 4).data()) == ("Direction", "Coordination")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.centre.currentWidget() is view.body


def test_a_fiche_is_exported_on_one_page(view: ActionView, qtbot: QtBot, tmp_path: Path) -> None:
    for suffix in (".pdf", ".docx"):
        view.choose_path = lambda _proposed, kind: str(tmp_path / f"fiche{kind}")  # type: ignore[method-assign]
        view.ask_export(suffix)
        settle(qtbot, view.kit)
        assert (tmp_path / f"fiche{suffix}").stat().st_size > 2000
    assert "fiche.docx" in view.kit.notify.words[-1]  # type: ignore[attr-defined]


def test_a_fiche_removed_leads_back_to_the_plan(view: ActionView, qtbot: QtBot, kit: Kit) -> None:
    with qtbot.waitSignal(view.closed) as caught:
        view.remove()
    assert caught.args == [niort(kit.services)]
    settle(qtbot, kit)
    assert "Ctrl+Z" in kit.notify.words[-1]  # type: ignore[attr-defined]


def test_every_control_has_a_name(view: ActionView) -> None:
    view.set_compact(True, True)
    QApplication.processEvents()
    for child in view.findChildren(QWidget):
        focusable = child.focusPolicy() & Qt.FocusPolicy.TabFocus
        if focusable and child.isVisibleTo(view) and not child.objectName().startswith("qt_"):
            assert child.accessibleName(), (type(child), child.parent())


def test_services_are_those_of_the_base(shared_services: Services) -> None:
    assert not shared_services.base.undo_name()


def test_a_panel_gives_way_when_the_document_lacks_room(view: ActionView) -> None:
    view.resize(700, 600)
    QApplication.processEvents()
    assert not view.side.isVisibleTo(view)
    assert view.head.details.isVisibleTo(view)
    view.head.details.click()
    assert view.side.isVisibleTo(view)
    assert not view.nav.isVisibleTo(view)
    view.resize(1280, 700)
    QApplication.processEvents()
    assert view.nav.isVisibleTo(view)


def test_nothing_is_late_in_a_fiche_that_was_dropped(qtbot: QtBot, kit: Kit) -> None:
    dropped = show(qtbot, kit, "7.1.2")
    grid = dropped.body.sections["etapes"].grid  # type: ignore[attr-defined]
    assert [grid.grid.index(row, 0).data() for row in range(2)] == ["faite", "à faire"]
    assert not dropped.summary.late.isVisibleTo(dropped)

"""Tabs of one CTG by what they show and what they write, on the demonstration base."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.ctg_page_cases import open_tab, page, settle, shared_page, words
from ui.views.ctg import CtgPage
from ui.views.ctg_tabs import TABS

__all__ = ["page", "shared_page"]


def put(qtbot: QtBot, page: CtgPage, grid: Any, row: int, column: int, typed: str) -> bool:
    index = grid.proxy.index(row, column)
    done = bool(grid.proxy.setData(index, typed, Qt.ItemDataRole.EditRole))
    settle(qtbot, page)
    return done


def column_of(grid: Any, header: str) -> int:
    return next(at for at, column in enumerate(grid.table.columns) if column.header == header)


def test_findings_show_their_figures_and_become_issues(
    page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = open_tab(qtbot, page, "diagnostic")
    qtmodeltester.check(view.list.grid.grid)
    said = words(view.panel)
    assert "Taux de couverture petite enfance, CA du Niortais, 2023" in said
    assert "txcouv_pe_epci_2023.csv, ligne 8" in said
    assert "74,2" in said
    view.start_new()
    settle(qtbot, page)
    assert view.panel.title.text() == "Constat 11"
    view.panel.make_issue()
    settle(qtbot, page)
    assert view.rows[-1].issues
    view.list.removed.emit([view.rows[-1]])
    settle(qtbot, page)
    assert len(view.rows) == 10


def test_a_sentence_that_the_base_contradicts_is_underlined(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "diagnostic")
    view.panel.text.edit.setPlainText("Le taux de couverture du territoire est de 62,5 en 2023.")
    assert view.panel.text.commit()
    settle(qtbot, page)
    assert view.panel.text.marks
    start, end, why = view.panel.text.marks[0]
    assert view.panel.text.edit.toPlainText()[start:end].startswith("62,5")
    assert "74,2" in why
    assert "74,2" in words(view.panel)


def test_a_figure_is_pinned_and_explained(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "diagnostic")
    before = len(view.rows[0].figures)
    view.panel.pin.open_form()
    view.panel.pin.indicator.set_value("naissances")
    view.panel.pin._fill_years()
    view.panel.pin.send()
    settle(qtbot, page)
    assert len(view.rows[0].figures) == before + 1
    view.panel._prove(view.rows[0].figures[-1], view.panel.title)
    settle(qtbot, page)
    assert "Comment est-ce calculé" in view.panel.popover.accessibleName()
    view.panel.popover.close()


def test_the_budget_keeps_states_apart(page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    view = open_tab(qtbot, page, "financement")
    part = view.part_of("budget")
    qtmodeltester.check(part.table.table)
    assert [total.text() for total in part.totals] == [
        "2\u202f121\u202f050\u202f€", "668\u202f700\u202f€", "1\u202f103\u202f000\u202f€",
    ]  # fmt: skip
    assert "montant absent" in part.notes[0].text()
    assert "Éviction possible, fiche 4.1.1" in words(part)
    rows = {line.name: line for line in part.table.table.rows}
    assert rows["MSA Poitou"].amounts[-1] is None
    assert "en partie" in rows["Total connu"].whole.words
    part.states.button("paye").click()
    assert "Reste à charge des collectivités" in [line.name for line in part.table.table.rows]


def test_the_bonus_shows_its_formula_once_an_amount_is_known(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "financement", "bonus")
    part = view.part_of("bonus")
    assert "n.d." in part.total.text()
    view.show_part("amounts")
    amounts = view.part_of("amounts")
    rows = amounts.list.grid.table.rows
    at = next(place for place, row in enumerate(rows) if row.code == "forfait_place_2023")
    assert put(qtbot, page, amounts.list.grid, at, 1, "1 000")
    view.year = 2026
    view.reload()
    settle(qtbot, page)
    view.show_part("bonus")
    assert "12\u202f000\u202f€" in part.total.text()
    own = [row for row in page.kit.services.ctg.amounts() if row.own]
    assert [row.code for row in own] == ["forfait_place_2023"]


def test_posts_show_vacancy_funding_and_ratios(
    page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    part = open_tab(qtbot, page, "financement", "posts").part_of("posts")
    qtmodeltester.check(part.posts.grid.grid)
    assert "1 vacant" in part.ratios.text()
    assert "0,33 ETP par CTG" in part.ratios.text()
    assert len(part.fundings.grid.table.rows) == 6
    part.add_funding()
    settle(qtbot, page)
    assert part.fundings.grid.table.rows[-1].year == 2027
    assert not put(qtbot, page, part.fundings.grid, 0, 0, "20")


def test_parties_are_edited_in_place_and_refusals_said(
    page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = open_tab(qtbot, page, "signataires")
    part = view.part_of("parties")
    qtmodeltester.check(part.grid.grid)
    assert "Délibération manquante" in view.note.text()
    day = column_of(part.grid, "Date")
    assert not put(qtbot, page, part.grid, 3, day, "bientôt")
    assert "pas une date" in view.banner.words()
    assert put(qtbot, page, part.grid, 3, day, "12/01/2024")
    assert "Délibération manquante" not in view.note.text()
    assert "2\u00a0engagements en retard" in view.note.text()


def test_an_amendment_brings_a_commune_and_a_theme(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "signataires", "amendments", name="Mellois")
    view.open_form()
    view.form.name.edit.setText("Adhésion de Niort")
    view.form.communes.tick("79191")
    view.form.send()
    settle(qtbot, page)
    assert view.form.isVisible()
    assert "déjà dans la CTG" in view.form.banner.words()
    view.form.communes.tick("79191", False)
    view.form.themes.tick("logement")
    view.form.send()
    settle(qtbot, page)
    assert not view.form.isVisible()
    assert "Logement" in view._brought(view.detail.amendments[-1].uuid)


def test_commitments_of_everyone_say_delay_and_impact(page: CtgPage, qtbot: QtBot) -> None:
    part = open_tab(qtbot, page, "signataires", "commitments").part_of("commitments")
    shown = [part.grid.proxy.index(row, 4).data() for row in range(part.grid.proxy.rowCount())]
    assert sum("de retard" in text for text in shown) == 2
    assert "tenu" in shown


def test_contacts_are_personal_and_erased_for_good(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "signataires", "contacts")
    assert "Données personnelles" in words(view.part_of("contacts"))
    view.add_contact()
    settle(qtbot, page)
    held = view.read.contacts[0]
    part = view.part_of("contacts")
    asked: list[str] = []
    view.confirm = lambda _parent, question, _verb: asked.append(question) or False
    part.erase([held])
    settle(qtbot, page)
    assert page.kit.services.steering.contacts(view.uuid)
    assert "Aucune copie de la base" in asked[0]
    copy = page.kit.services.base.backup(None)
    part.erase([held])
    settle(qtbot, page)
    assert "1\u00a0copie faite avant le garde encore" in asked[1]
    assert copy.name in asked[1]
    part.list_copies()
    settle(qtbot, page)
    assert "avec des contacts de cette CTG" in asked[2]
    view.confirm = lambda *_: True
    part.erase_all()
    settle(qtbot, page)
    assert page.kit.services.steering.contacts(view.uuid) == []
    assert held.uuid.encode() not in page.kit.services.base.path.read_bytes()
    assert held.uuid.encode() in copy.read_bytes()


def test_decisions_say_their_age(page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    view = open_tab(qtbot, page, "comites", "decisions")
    part = view.part_of("decisions")
    qtmodeltester.check(part.grid.grid)
    assert "5\u00a0décisions en retard" in view.note.text()
    part.grid.setCurrentIndex(part.grid.proxy.index(5, 2))
    view.close_current()
    settle(qtbot, page)
    assert "4\u00a0décisions en retard" in view.note.text()


def test_minutes_are_written_from_the_list(page: CtgPage, qtbot: QtBot, tmp_path: Path) -> None:
    view = open_tab(qtbot, page, "comites")
    view.exporter.choose = lambda *_: str(tmp_path / "releve")
    view.write_minutes(".pdf")
    settle(qtbot, page)
    assert (tmp_path / "releve.pdf").read_bytes().startswith(b"%PDF")


def test_the_twelve_points_decide_of_the_schema(
    page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = open_tab(qtbot, page, "conformite")
    qtmodeltester.check(view.grid.grid)
    assert "ne tient pas encore lieu" in view.verdict.text()
    assert "Mettre en place un Rpe" in words(view.duties)
    for row in (4, 10, 11):
        assert put(qtbot, page, view.grid, row, 2, "Justifié")
    assert "la CTG tient lieu de schéma" in view.verdict.text()
    view.grid.setCurrentIndex(view.grid.proxy.index(0, 1))
    view.link()
    settle(qtbot, page)
    assert len(view.read.state.rows[0].evidence) == 1
    view.unlink(view.read.state.rows[0].evidence[0][0])
    settle(qtbot, page)
    assert view.read.state.rows[0].evidence == ()


def test_the_evaluation_keeps_absences_apart_from_zero(
    page: CtgPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = open_tab(qtbot, page, "evaluation")
    grid = view.list.grid
    qtmodeltester.check(grid.grid)
    t2 = column_of(grid, "T2")
    assert grid.proxy.index(0, t2).data() == "n.d."
    assert put(qtbot, page, grid, 0, t2, "0")
    assert grid.proxy.index(0, t2).data() == "0"
    assert put(qtbot, page, grid, 0, t2, "s")
    assert grid.proxy.index(0, t2).data() == "s"
    assert not put(qtbot, page, grid, 0, t2, "beaucoup")
    assert view.fields["question"].value == view.rows[0].question


def test_a_missing_document_is_said(page: CtgPage, qtbot: QtBot, tmp_path: Path) -> None:
    view = open_tab(qtbot, page, "documents")
    assert "Aucun document" in view.files.empty.text()
    paper = tmp_path / "convention.pdf"
    paper.write_bytes(b"%PDF-1.4 essai")
    view.attach_paths([paper])
    settle(qtbot, page)
    assert view.documents[0].state == "present"
    held = page.kit.services.ctg.documents.path(view.documents[0].uuid)
    held.unlink()
    view.reload()
    settle(qtbot, page)
    assert "introuvable" in view.note.text()
    view.open_current()
    settle(qtbot, page)
    assert "n’est plus dans le dossier" in view.banner.words()


def test_annexes_are_ordered_and_history_says_it(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "documents", "annexes")
    view.annexes.grid.setCurrentIndex(view.annexes.grid.proxy.index(1, 1))
    assert view.annexes.movers[0].isEnabled()
    view.annexes.movers[0].click()
    settle(qtbot, page)
    assert view.detail.annexes[0].title == "Liste des équipements et services soutenus"
    page.kit.services.ctg.edit("ctg", view.uuid, ambition="Ensemble")
    history = open_tab(qtbot, page, "historique")
    page.one.reload()
    settle(qtbot, page)
    shown = [
        [history.table.proxy.index(row, column).data() for column in range(5)]
        for row in range(history.table.proxy.rowCount())
    ]
    assert any(line[2] == "ambition" and line[4] == "Ensemble" for line in shown)
    history.filter.setText("ambition")
    assert history.table.proxy.rowCount() == 1


def test_a_fiche_opens_from_the_page_and_comes_back(page: CtgPage, qtbot: QtBot) -> None:
    fiche = page.kit.services.ctg.actions()[0]
    page.receive(action=fiche.uuid)
    settle(qtbot, page)
    assert page.shown is page.action
    page.action.closed.emit(fiche.ctg_uuid)
    settle(qtbot, page)
    assert page.shown is page.one
    assert page.one.tab == "plan"


def test_a_commune_joins_before_the_signature(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "signataires", "members", name="Bressuirais")
    view.add_members()
    assert view.joining.isVisible()
    view.joining.communes.tick("79202")
    view.joining.send()
    settle(qtbot, page)
    assert "79202" in [member.code for member in view.detail.members]
    assert not view.joining.isVisible()


def test_identity_is_edited_and_a_removal_is_undone(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "synthese", name="Mellois")
    view.identity.ends_on.edit.setText("31/12/2020")
    assert view.identity.ends_on.commit()
    settle(qtbot, page)
    assert "avant le début" in view.banner.words()
    assert view.identity.ends_on.edit.text() == "31/12/2028"
    view.identity.erase.click()
    settle(qtbot, page)
    assert page.shown is page.list
    page.kit.services.base.undo()
    assert "CTG Mellois en Poitou" in [row.name for row in page.kit.services.ctg.rows()]


def test_themes_are_ticked_and_the_compulsory_ones_missed(page: CtgPage, qtbot: QtBot) -> None:
    view = open_tab(qtbot, page, "synthese", name="Mellois")
    box = next(box for box in view.themes.boxes if box.property("code") == "acces_droits")
    box.click()
    settle(qtbot, page)
    assert "obligatoires absents" in view.themes.note.text()


CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def test_every_control_of_every_tab_has_a_name_and_fits(page: CtgPage, qtbot: QtBot) -> None:
    page.resize(1009, 542)
    page.set_compact(True, True)
    for code, _word, _short in TABS:
        view = open_tab(qtbot, page, code)
        parts = getattr(view, "segments", None)
        for part in parts._codes if parts is not None else [""]:
            if part:
                view.show_part(part)
            nameless = [
                type(child).__name__
                for child in view.findChildren(QWidget)
                if isinstance(child, CONTROLS)
                and child.isVisible()
                and child.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not child.objectName().startswith(("qt_spinbox_lineedit", "qt_scrollarea"))
                and not isinstance(child.parentWidget(), (QComboBox, QAbstractItemView))
                and not (child.accessibleName() or getattr(child, "text", str)())
            ]
            assert nameless == [], (code, part)
            assert page.minimumSizeHint().width() <= 1009, (code, part, page.minimumSizeHint())
    page.set_compact(False, False)
    page.resize(1282, 696)

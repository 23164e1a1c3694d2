"""The page of diagnostics: list, plan, options, texts, true pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.diagnostic import DiagnosticStatus
from app.progress import Progress
from app.services import Services
from app.services.diagnostics_fresh import Outdated
from app.services.diagnostics_review import SectionReview
from tests.ui.diagnostic_cases import (
    NIORTAIS,
    PAUSE,
    blank_pages,
    make,
    nothing_to_mask,
    opened,
    quick_pages,
    settle,
    shown_page,
)
from ui.views.diagnostic import DiagnosticsPage
from ui.views.diagnostic_calls import Preview
from ui.views.diagnostic_check import CheckView, remedy
from ui.views.diagnostic_words import points_of
from ui.views.page import Kit

pytestmark = pytest.mark.usefixtures("nothing_to_mask")
__all__ = ["nothing_to_mask", "quick_pages"]


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> DiagnosticsPage:
    return shown_page(qtbot, kit)


# -- list ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_pages")
def test_the_first_diagnostic_is_one_click_away(page: DiagnosticsPage, qtbot: QtBot) -> None:
    assert page.list.empty.isVisible()
    assert "en un clic" in page.list.empty.sentence.text()
    page.kit.context.set_territory("79", NIORTAIS)
    settle(qtbot, page)
    assert page.list.epci.currentText() == "CA du Niortais"
    page.list.model.setCurrentIndex(page.list.model.findData("synthese"))
    page.list.empty.verb.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor)
    qtbot.waitUntil(lambda: page.editor.session.detail is not None)
    row = page.kit.services.diagnostics.rows()[0]
    assert (row.code_epci, row.title) == (NIORTAIS, "Diagnostic partagé")
    detail = page.kit.services.diagnostics.detail(row.uuid)
    assert (detail.options.year, sum(section.enabled for section in detail.plan)) == (2023, 2)
    page.editor.session.stop()
    settle(qtbot, page)


def test_the_list_follows_the_territory_and_a_line_is_removed_then_restored(
    page: DiagnosticsPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    services = page.kit.services
    make(services)
    make(services, code="200041416")
    page.show_list()
    settle(qtbot, page)
    view = page.list
    qtmodeltester.check(view.table.table)
    assert view.count.text() == "2\u00a0diagnostics"
    shown = [view.table.table.index(0, column).data() for column in range(6)]
    assert shown[:1] + shown[2:5] == ["CA du Niortais", "la plus récente", "Projet", "0"]
    view.filter.setText("airvaudais")
    assert view.count.text() == "1 sur 2"
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    settle(qtbot, page)
    assert len(services.diagnostics.rows()) == 1
    services.base.undo()
    assert len(services.diagnostics.rows()) == 2
    view.filter.clear()
    page.kit.context.set_territory("52")
    settle(qtbot, page)
    assert view.table.table.rowCount() == 0


@pytest.mark.usefixtures("quick_pages")
def test_a_line_opens_and_comes_back_by_keyboard(page: DiagnosticsPage, qtbot: QtBot) -> None:
    make(page.kit.services)
    page.show_list()
    settle(qtbot, page)
    page.list.table.setCurrentIndex(page.list.table.proxy.index(0, 0))
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.editor.name.text() == "Diagnostic partagé, CA du Niortais"
    page.kit.services.diagnostics.remove(page.editor.session.uuid)
    page.editor.reload()
    settle(qtbot, page)
    assert page.stack.currentWidget() is page.list


# -- plan and pages --------------------------------------------------------------------------------


def test_the_plan_says_what_each_section_holds_and_where(page: DiagnosticsPage, qtbot: QtBot) -> None:
    opened(qtbot, page, ("cadre", "population_caf"))
    lines = {line.code: line for line in page.editor.plan.plan.lines}
    assert lines["cadre"].state == "avec données"
    assert (lines["population_caf"].state, lines["population_caf"].tone) == ("sans donnée", "ocre")
    assert (lines["portrait"].state, lines["portrait"].page) == ("non imprimée", 0)
    assert lines["cadre"].page == 3
    assert page.editor.preview.pages is not None
    assert page.editor.preview_bar.count.text().startswith("page 1 sur ")
    page.editor.plan.choose("cadre")
    assert page.editor.preview.page == 2
    assert page.editor.side.section.title.text() == "0.\u00a0Cadre et méthode"


@pytest.mark.usefixtures("quick_pages")
def test_sections_are_ticked_and_moved_by_keyboard(page: DiagnosticsPage, qtbot: QtBot) -> None:
    uuid = opened(qtbot, page)
    service, plan = page.kit.services.diagnostics, page.editor.plan
    page.kit.hub.changed.connect(lambda _changes: None)
    plan.choose("population_caf")
    plan.setFocus()
    qtbot.keyClick(plan, Qt.Key.Key_Space)
    settle(qtbot, page)
    assert not next(s for s in service.detail(uuid).plan if s.code == "population_caf").enabled
    qtbot.keyClick(plan, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, page)
    order = [section.code for section in service.detail(uuid).plan]
    assert order.index("population_caf") == order.index("portrait") - 1
    assert [line.code for line in plan.plan.lines] == order
    assert plan.current == "population_caf"


@pytest.mark.usefixtures("quick_pages")
def test_a_section_is_dropped_elsewhere(page: DiagnosticsPage, qtbot: QtBot) -> None:
    uuid = opened(qtbot, page)
    model = page.editor.plan.plan
    data = model.mimeData([model.index(len(model.lines) - 1)])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.index(-1))
    settle(qtbot, page)
    assert page.kit.services.diagnostics.detail(uuid).plan[0].code == "glossaire"


def test_an_option_out_of_date_cancels_the_pages_under_way(
    page: DiagnosticsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Progress] = []
    blank = blank_pages

    def slow(services: Services, uuid: str, progress: Progress) -> Preview:
        asked.append(progress)
        while len(asked) == 1:
            progress.report(0.2, "Petite enfance")
            PAUSE.wait(0.01)
        return blank(services, uuid, progress)

    monkeypatch.setattr("ui.views.diagnostic_calls.make_preview", slow)
    uuid = make(page.kit.services)
    page.open(uuid)
    session = page.editor.session
    qtbot.waitUntil(lambda: "%" in page.editor.preview_bar.step.text())
    page.kit.services.diagnostics.rename(uuid, "Autre titre")
    session.read()
    settle(qtbot, page)
    assert [progress.cancelled for progress in asked] == [True, False]
    assert not page.editor.preview_bar.bar.isVisible()
    assert session.preview is not None
    assert session.preview.review.document.title == "Autre titre"


def test_pages_that_cannot_be_made_are_said_and_tried_again(
    page: DiagnosticsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("zut")

    monkeypatch.setattr("ui.views.diagnostic_calls.make_preview", fail)
    opened(qtbot, page)
    assert "n’ont pas pu être composées" in page.editor.banner.words()
    monkeypatch.undo()
    page.editor.session.again()
    settle(qtbot, page)
    assert page.editor.preview.pages is not None
    assert not page.editor.banner.isVisible()


# -- options and texts -----------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_pages")
def test_options_are_written_one_by_one(page: DiagnosticsPage, qtbot: QtBot, tmp_path: Path) -> None:
    uuid = opened(qtbot, page)
    panel = page.editor.side.options
    page.editor.side.show_side("document")
    for field, typed in (
        (panel.title, "Diagnostic 2027"),
        (panel.period, "2027-2031"),
        (panel.date, "21/11/2026"),
    ):
        field.edit.setText(typed)
        assert field.commit()
        settle(qtbot, page)
        page.editor.reload()
        settle(qtbot, page)
    panel.references["region"].box.click()
    settle(qtbot, page)
    detail = page.kit.services.diagnostics.detail(uuid)
    assert detail.row.title == "Diagnostic 2027"
    assert (detail.options.period, detail.options.date) == ("2027-2031", "2026-11-21")
    assert detail.options.references == ("departement", "region", "france")
    assert page.kit.services.base.undo_name() == "Diagnostic, options"
    page.editor.reload()
    settle(qtbot, page)


@pytest.mark.usefixtures("quick_pages")
def test_a_logo_is_chosen_shown_and_taken_away(page: DiagnosticsPage, qtbot: QtBot, tmp_path: Path) -> None:
    uuid = opened(qtbot, page)
    panel = page.editor.side.options
    page.editor.side.show_side("document")
    wrong = tmp_path / "logo.txt"
    wrong.write_text("rien")
    panel.choose = lambda _parent: str(wrong)
    panel.pick.click()
    assert "PNG ou JPEG" in panel.error.text()
    logo = tmp_path / "logo.png"
    picture = QPixmap(40, 20)
    picture.fill(Qt.GlobalColor.blue)
    picture.save(str(logo))
    panel.choose = lambda _parent: str(logo)
    panel.pick.click()
    settle(qtbot, page)
    page.editor.reload()
    settle(qtbot, page)
    assert panel.logo_name.text() == "logo.png"
    assert panel.logo.isVisible()
    panel.drop.click()
    settle(qtbot, page)
    assert page.kit.services.diagnostics.detail(uuid).options.logo == ""


@pytest.mark.usefixtures("quick_pages")
def test_a_number_that_disagrees_is_underlined_explained_and_replaced(
    page: DiagnosticsPage, qtbot: QtBot
) -> None:
    uuid = opened(qtbot, page)
    panel = page.editor.side.section
    page.editor.plan.choose("population_caf")
    panel.own_text.edit.setPlainText("En 2023, la couverture est de 66,2 places. {population}")
    assert panel.own_text.commit()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: bool(panel.own_text.findings))
    assert [found.suggestion for found in panel.own_text.findings] == ["74,2"]
    assert len(panel.own_text.edit.extraSelections()) == 1
    page.editor.reload()
    settle(qtbot, page)
    line = next(line for line in page.editor.plan.plan.lines if line.code == "population_caf")
    assert line.state == "1\u00a0écart à vérifier"
    panel.own_text.replace(panel.own_text.findings[0])
    settle(qtbot, page)
    text = next(s.text for s in page.kit.services.diagnostics.detail(uuid).plan if s.code == "population_caf")
    assert text == "En 2023, la couverture est de 74,2 places. {population}"
    panel._insert("{eaje:france}")
    assert "{eaje:france}" in panel.own_text.edit.toPlainText()
    settle(qtbot, page)


def test_points_to_check_are_listed_and_lead_to_their_place(
    page: DiagnosticsPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    uuid = make(page.kit.services, ("population_caf", "glossaire"))
    page.kit.services.diagnostics.edit_section(
        uuid, "population_caf", text="La couverture est de 66,2 places."
    )
    page.open(uuid)
    settle(qtbot, page)
    page.editor.show_tab("check")
    view = page.editor.part("check")
    assert isinstance(view, CheckView)
    qtmodeltester.check(view.table.table)
    natures = [point.nature for point in view.table.table.rows]
    assert natures[0] == "Valeur"
    assert "Donnée manquante" in natures
    assert "1\u00a0écart dans un texte" in view.summary.text().lower()
    view.views.set_current("texts")
    view._fill()
    assert view.table.table.rowCount() == 1
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    assert "74,2" in view.detail.text()
    view.go.click()
    assert page.editor.plan.current == "population_caf"
    assert page.editor.side.section.own_text.edit.textCursor().selectedText() == "66,2\u00a0places".replace(
        "\u00a0", " "
    )


def test_an_old_figure_leads_to_the_import_of_a_later_year() -> None:
    old = Outdated("Couverture", "couv_global", 2023, 2025, "data.caf.fr")
    review = SectionReview("petite_enfance", "Petite enfance", has_data=True, failed=False, outdated=(old,))
    (point,) = points_of((review,), ())
    assert point.nature == "Donnée ancienne"
    assert "2023" in point.words
    assert point.advice == "importer l’année 2025 (data.caf.fr)"
    assert remedy(point) == ("Importer…", "data", {"tab": "import"})


@pytest.mark.usefixtures("quick_pages")
def test_a_validated_diagnostic_is_read_only_until_reopened(page: DiagnosticsPage, qtbot: QtBot) -> None:
    uuid = make(page.kit.services)
    page.kit.services.diagnostics.validate(uuid)
    page.open(uuid)
    settle(qtbot, page)
    editor = page.editor
    assert editor.badge.text() == "Validé"
    assert "ne change plus" in editor.banner.words()
    assert not editor.side.options.title.isEnabled()
    assert editor.side.section.own_text.edit.isReadOnly()
    editor._reopen()[0][1]()
    settle(qtbot, page)
    assert page.kit.services.diagnostics.detail(uuid).row.status is DiagnosticStatus.PROJECT


def test_a_group_and_a_missing_year_are_said(page: DiagnosticsPage, qtbot: QtBot) -> None:
    uuid = opened(qtbot, page)
    options = page.kit.services.diagnostics.detail(uuid).options
    page.kit.services.diagnostics.set_options(uuid, replace(options, year=1950))
    page.editor.reload()
    settle(qtbot, page)
    assert "1950" in page.editor.banner.words()
    page.editor.set_compact(True, True)
    assert page.editor.detail_button.isVisible()
    assert not page.editor.side.isVisible()
    page.editor.detail_button.click()
    assert page.editor.side.isVisible()

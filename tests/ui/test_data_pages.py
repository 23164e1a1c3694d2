"""History, anomalies, catalogue, sources and outlines: shown, emptied, changed, reached by keyboard."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.anomaly import Severity
from app.domain.territory import Level
from app.services.rows import OutlineSetRow
from tests.ui.data_cases import Moves, catalogue, fake_services, kept, make_kit, run, shown_page
from ui.views.data import TABS, DataPage
from ui.views.data_anomalies import AnomaliesView
from ui.views.data_catalogue import CatalogueView
from ui.views.data_outlines import OutlinesView
from ui.views.data_panels import DonePanel
from ui.views.data_runs import RunsView
from ui.views.data_sources import SourcesView
from ui.views.page import Kit


@pytest.fixture
def services() -> Any:
    return fake_services()


@pytest.fixture
def moves() -> Moves:
    return []


@pytest.fixture
def kit(qtbot: QtBot, services: Any, moves: Moves) -> Iterator[Kit]:
    made = make_kit(services, moves)
    yield made
    made.runner.close()


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> DataPage:
    return shown_page(qtbot, kit, 1093, 560)


def settle(qtbot: QtBot, page: DataPage) -> None:
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


def shown(qtbot: QtBot, page: DataPage, code: str) -> Any:
    page.show_tab(code)
    settle(qtbot, page)
    return page.view(code)


# -- imports -------------------------------------------------------------------------------------------


def test_no_import_gives_one_sentence_and_one_button(qtbot: QtBot, page: DataPage, moves: Moves) -> None:
    view: RunsView = shown(qtbot, page, "runs")
    assert view.empty.isVisible()
    view.empty.verb.click()
    assert moves == [("data", {"tab": "import"})]


def test_imports_are_listed_with_their_state(
    qtbot: QtBot, qtmodeltester: ModelTester, page: DataPage, services: Any
) -> None:
    undone = datetime.datetime(2026, 3, 6, 9, 0)
    services.imports.held = [run(2), run(1, undone_at=undone, file="ancien.csv")]
    view: RunsView = shown(qtbot, page, "runs")
    qtmodeltester.check(view.table.table)
    assert view.count.text() == "2\u00a0imports, 1\u00a0en service"
    cells = [view.table.table.index(0, column).data() for column in range(11)]
    assert cells[3] == "05/03/2026 10:42"
    assert cells[9] == "en service"
    assert cells[10] == "ab" * 5
    assert view.table.table.index(1, 9).data() == "annulé"


def test_an_import_is_undone_after_a_question(qtbot: QtBot, page: DataPage, services: Any) -> None:
    services.imports.held = [run(2)]
    view: RunsView = shown(qtbot, page, "runs")
    asked: list[tuple[str, str]] = []
    view.ask = lambda _parent, question, verb: bool(asked.append((question, verb)))
    assert not view.undo.isEnabled()
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    view.undo.click()
    settle(qtbot, page)
    assert services.imports.undone == []
    assert asked[0][1] == "Annuler l’import"
    view.ask = lambda *_asked: True
    view.undo.click()
    qtbot.waitUntil(lambda: services.imports.undone == [2])
    settle(qtbot, page)


def test_a_refused_undo_of_the_past_says_why(qtbot: QtBot, page: DataPage, services: Any) -> None:
    services.imports.held = [run(2)]
    services.imports.refuse_undo = True
    view: RunsView = shown(qtbot, page, "runs")
    view.ask = lambda *_asked: True
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    view.undo.click()
    qtbot.waitUntil(lambda: "plus récent" in view.banner.words())


def test_the_anomalies_of_an_import_are_one_key_away(
    qtbot: QtBot, page: DataPage, services: Any, moves: Moves
) -> None:
    services.imports.held = [run(2)]
    view: RunsView = shown(qtbot, page, "runs")
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert moves == [("data", {"tab": "anomalies", "number": 2})]


# -- anomalies -----------------------------------------------------------------------------------------


def test_anomalies_are_filtered_by_import_severity_and_words(
    qtbot: QtBot, page: DataPage, services: Any
) -> None:
    services.imports.stored = [
        kept("a"),
        kept("b", import_number=2, file="autre.csv", severity=Severity.ERROR, decision="reject"),
        kept("c", import_number=2, file="autre.csv", column="numepci"),
    ]
    view: AnomaliesView = shown(qtbot, page, "anomalies")
    assert view.counts.text() == "3\u00a0anomalies\u202f: 1\u00a0erreur, 2\u00a0questions"
    view.severity.button("errors").click()
    assert view.counts.text() == "1 sur 3\u00a0anomalies\u202f: 1\u00a0erreur"
    view.severity.button("all").click()
    view.filter.setText("numepci")
    assert view.table.proxy.rowCount() == 1
    view.filter.clear()
    page.receive(tab="anomalies", number=2)
    assert view.imports.currentText() == "2, autre.csv"
    assert view.table.proxy.rowCount() == 2


def test_a_stored_answer_is_changed_by_one_write(
    qtbot: QtBot, page: DataPage, services: Any, kit: Kit
) -> None:
    services.imports.stored = [kept("a", rule="zero_eaje")]
    view: AnomaliesView = shown(qtbot, page, "anomalies")
    finding = view.table.table.rows[0]
    view.table.decided.emit(finding, "no_data")
    qtbot.waitUntil(lambda: services.imports.decided == [("a", "no_data")])
    settle(qtbot, page)
    assert view.table.table.rows[0].decision == "no_data"


def test_a_stored_answer_is_refused_in_read_only(qtbot: QtBot, page: DataPage, services: Any) -> None:
    services.imports.stored = [kept("a")]
    services.base.read_only = True
    view: AnomaliesView = shown(qtbot, page, "anomalies")
    view.table.decided.emit(view.table.table.rows[0], "no_data")
    assert services.imports.decided == []
    assert "lecture seule" in view.banner.words()


def test_anomalies_go_to_a_workbook(qtbot: QtBot, page: DataPage, services: Any, tmp_path: Path) -> None:
    services.imports.stored = [kept("a")]
    view: AnomaliesView = shown(qtbot, page, "anomalies")
    view.target = lambda _parent, name: tmp_path / name
    view.export.click()
    qtbot.waitUntil(lambda: services.imports.exported == [(tmp_path / "anomalies.xlsx", None)])
    settle(qtbot, page)
    assert "anomalies.xlsx" in view.banner.words()


# -- catalogue and sources -----------------------------------------------------------------------------


def test_the_catalogue_counts_each_state_and_defines_the_indicator(
    qtbot: QtBot, qtmodeltester: ModelTester, page: DataPage, services: Any, moves: Moves, kit: Kit
) -> None:
    services.indicators.catalogue = catalogue
    view: CatalogueView = shown(qtbot, page, "catalogue")
    qtmodeltester.check(view.table.table)
    assert view.count.text() == "2\u00a0séries"
    assert [view.table.table.index(0, column).data() for column in range(1, 7)] == [
        "EPCI",
        "2023",
        "17",
        "16",
        "0",
        "1",
    ]
    assert view.panel.title.text() == "Taux de couverture petite enfance"
    view.filter.setText("naissance")
    assert view.count.text() == "1 sur 2\u00a0séries"
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    view.panel.map.click()
    assert moves == [("map", {"indicator": "naissances", "level": Level.COMMUNE})]
    assert kit.context.value.year == 2025


def test_an_empty_catalogue_leads_to_the_wizard(qtbot: QtBot, page: DataPage) -> None:
    view: CatalogueView = shown(qtbot, page, "catalogue")
    assert view.empty.isVisible()


def test_sources_list_files_in_force_and_known_ones(qtbot: QtBot, page: DataPage, services: Any) -> None:
    services.imports.held = [run(2), run(1, undone_at=datetime.datetime(2026, 3, 6))]
    view: SourcesView = shown(qtbot, page, "sources")
    assert view.files.proxy.rowCount() == 1
    assert view.count.text() == "1\u00a0fichier"
    assert view.known.proxy.rowCount() > 3


def test_no_file_in_force_keeps_the_known_sources(qtbot: QtBot, page: DataPage) -> None:
    view: SourcesView = shown(qtbot, page, "sources")
    assert view.empty.isVisible()
    assert view.known.isVisible()


# -- outlines ------------------------------------------------------------------------------------------


def outline_set(uuid: str, active: bool) -> OutlineSetRow:
    return OutlineSetRow(uuid, "IGN Admin Express 2025", Level.EPCI, 2025, active, "IGN", "epci.gpkg", 17)


def test_approximate_outlines_are_always_there(qtbot: QtBot, page: DataPage) -> None:
    view: OutlinesView = shown(qtbot, page, "outlines")
    assert view.table.table.rows[0].active
    assert "fond approché" in view.legend.text()
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    assert not view.use.isEnabled()


def test_outlines_are_switched_both_ways(qtbot: QtBot, page: DataPage, services: Any) -> None:
    services.outlines.held = [outline_set("u", False)]
    view: OutlinesView = shown(qtbot, page, "outlines")
    view.table.setCurrentIndex(view.table.proxy.index(1, 0))
    view.use.click()
    qtbot.waitUntil(lambda: services.outlines.held[0].active)
    settle(qtbot, page)
    assert view.legend.text() == (
        "La légende des cartes dit\u202f: «\u202fIGN Admin Express 2025\u202f», géographie 2026."
    )
    view.table.setCurrentIndex(view.table.proxy.index(0, 0))
    assert view.use.text() == "Revenir au fond approché"
    view.use.click()
    qtbot.waitUntil(lambda: not services.outlines.held[0].active)
    settle(qtbot, page)


def test_a_file_of_outlines_goes_through_the_wizard(
    qtbot: QtBot, page: DataPage, moves: Moves, tmp_path: Path
) -> None:
    view: OutlinesView = shown(qtbot, page, "outlines")
    view.choose = lambda _parent: [tmp_path / "epci.gpkg"]
    view.add.click()
    assert moves == [("data", {"files": [tmp_path / "epci.gpkg"]})]


# -- the page ------------------------------------------------------------------------------------------


def test_a_change_is_read_again_where_it_is_shown_and_later_elsewhere(
    qtbot: QtBot, page: DataPage, services: Any, kit: Kit
) -> None:
    view: RunsView = shown(qtbot, page, "runs")
    shown(qtbot, page, "sources")
    services.imports.held = [run(2)]
    kit.hub.changed.emit(Changes(frozenset({Topic.IMPORTS})))
    settle(qtbot, page)
    assert page.view("sources").files.isVisible()  # type: ignore[attr-defined]
    assert view.table.proxy.rowCount() == 0
    shown(qtbot, page, "runs")
    assert view.table.proxy.rowCount() == 1


def test_the_rubrics_move_with_the_arrows(qtbot: QtBot, page: DataPage) -> None:
    first = page.tabs.button("import")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert page.tab == "runs"
    qtbot.keyClick(page.tabs.button("runs"), Qt.Key.Key_Left)
    assert page.tab == "import"
    settle(qtbot, page)


@pytest.mark.parametrize("code", [code for code, _label, _build in TABS])
def test_no_control_is_nameless_nor_out_of_reach(
    qtbot: QtBot, page: DataPage, services: Any, code: str
) -> None:
    services.imports.held, services.imports.stored = [run(2)], [kept("a")]
    services.indicators.catalogue = catalogue
    view: QWidget = shown(qtbot, page, code)
    for kind in (QAbstractButton, QAbstractItemView, QLineEdit, QComboBox):
        for control in view.findChildren(kind):
            if not control.isVisible() or isinstance(control.parent(), (QComboBox, QLineEdit)):
                continue
            if control.objectName().startswith("qt_") or "Header" in type(control).__name__:
                continue
            if type(control).__name__ == "QTableCornerButton" or "Private" in type(control).__name__:
                continue
            assert control.accessibleName(), (code, control)
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or not control.isEnabled(), control


@pytest.mark.parametrize("code", [code for code, _label, _build in TABS])
def test_the_page_holds_in_the_smallest_window(
    qtbot: QtBot, page: DataPage, services: Any, code: str
) -> None:
    services.imports.held, services.imports.stored = [run(2)], [kept("a")]
    services.indicators.catalogue = catalogue
    page.set_compact(True, True)
    shown(qtbot, page, code)
    assert page.minimumSizeHint().width() <= 1093 - 84
    assert page.minimumSizeHint().height() <= 614 - 46 - 26


@pytest.mark.parametrize(
    ("topics", "words", "page"),
    [
        ({Topic.VALUES, Topic.JOURNAL}, "Ouvrir la carte", "map"),
        ({Topic.CTG, Topic.ALERTS, Topic.JOURNAL}, "Ouvrir les CTG", "ctg"),
        ({Topic.REGISTER}, "Ouvrir le registre", "equipment"),
        ({Topic.VALUES, Topic.CPOG}, "Ouvrir la carte", "map"),
        (set(), "Ouvrir la carte", "map"),
    ],
)
def test_an_import_leads_to_what_it_wrote(qtbot: QtBot, topics: set[Topic], words: str, page: str) -> None:
    opened: list[str] = []
    panel = DonePanel(undo=list, again=list, runs=list, show=opened.append)
    qtbot.addWidget(panel)
    panel.show_changes(Changes(frozenset(topics)))
    assert panel.next.text() == panel.next.accessibleName() == words
    panel.next.click()
    assert opened == [page]

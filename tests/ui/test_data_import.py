"""The wizard: recognised, verified, confirmed, written, taken back; nothing before the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.errors import DiskFull
from app.domain.territory import Level
from app.services.rows import Forecast, Prepared
from tests.ui.data_cases import ANOMALIES, fake_services, make_kit, shown_page
from ui.views.data import DataPage
from ui.views.data_import import CONFIRM, DONE, DROP, RECOGNISE, VERIFY, ImportView
from ui.views.page import Kit
from ui.widgets.steps import StepState


@pytest.fixture
def services() -> Any:
    return fake_services()


@pytest.fixture
def kit(qtbot: QtBot, services: Any) -> Iterator[Kit]:
    made = make_kit(services, [])
    yield made
    made.runner.close()


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> DataPage:
    return shown_page(qtbot, kit, 1100, 640)


@pytest.fixture
def wizard(page: DataPage) -> ImportView:
    view = page.view("import")
    assert isinstance(view, ImportView)
    return view


def files(tmp_path: Path, *names: str) -> list[Path]:
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_text("annee;numepci\n", encoding="utf-8")
    return paths


def read(qtbot: QtBot, wizard: ImportView, paths: list[Path]) -> None:
    wizard.open_files(paths)
    qtbot.waitUntil(lambda: not wizard.session.reading)


def go_to(wizard: ImportView, step: int) -> None:
    while wizard.stepper.current < step:
        wizard.next.click()


def test_the_first_visit_offers_a_place_to_drop_and_no_verb_to_go_on(wizard: ImportView) -> None:
    assert wizard.drop.zone.isVisible()
    assert not wizard.next.isVisible()
    assert not wizard.files.isVisible()
    assert wizard.safe.text() == "La base est copiée avant l’écriture. L’import s’annule en un clic."


def test_a_known_file_is_recognised_and_described(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv_pe_epci_2023.csv"))
    assert wizard.stepper.current == RECOGNISE
    assert wizard.recognise.title.text() == "Cnaf, couverture petite enfance par EPCI"
    facts = wizard.recognise.shown_facts()
    assert facts["Années"] == "2023"
    assert facts["Niveaux"] == "EPCI"
    assert facts["Lignes lues"] == "17\u00a0lignes"
    assert facts["Licence"] == "Licence Ouverte 2.0"
    name = wizard.files.cards[0].accessibleName()
    assert "txcouv_pe_epci_2023.csv" in name
    assert "17\u00a0lignes, 1\u00a0erreur, 3\u00a0questions, 1\u00a0information" in name


def test_an_unreadable_file_says_why_and_does_not_stop_the_others(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path
) -> None:
    read(qtbot, wizard, files(tmp_path, "illisible.csv", "propre.csv"))
    assert "illisible.csv" in wizard.recognise.banner.words()
    assert "encodage" in wizard.recognise.banner.words()
    assert wizard.next.isEnabled()
    wizard.next.click()
    assert wizard.verify.table.isHidden()
    assert "Aucune anomalie" in wizard.verify.banner.words()
    go_to(wizard, CONFIRM)
    assert "1\u00a0fichier non lu sera laissé de côté" in wizard.confirm.note.text()


def test_only_unreadable_files_lead_nowhere(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "illisible.csv"))
    assert not wizard.next.isEnabled()


def test_the_top_of_the_file_shows_our_names_above_its_own(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path
) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, VERIFY)
    model = wizard.verify.preview.preview_model
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Eaje\ntxcouv_eaje_epci"
    assert model.headerData(2, Qt.Orientation.Vertical) == "6"
    assert model.index(2, 3).data() == "0,0"
    assert model.index(0, 3).data() == "16,0"
    assert model.index(2, 3).data(Qt.ItemDataRole.UserRole + 1) == "ocre"
    assert wizard.verify.described.text() == "2023, EPCI"


def test_models_behave(qtbot: QtBot, qtmodeltester: ModelTester, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, VERIFY)
    qtmodeltester.check(wizard.verify.preview.preview_model)
    qtmodeltester.check(wizard.verify.table.table)
    qtmodeltester.check(wizard.verify.table.proxy)


def test_each_question_comes_with_its_answer_already_chosen(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path
) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, VERIFY)
    rows = wizard.verify.table.table.rows
    assert [row.answer for row in rows] == ["Écarter", "Garder\u202f0", "Garder", "Garder", "Compris"]
    assert [row.line for row in rows] == ["14", "6", "9", "11", "2–18"]
    assert wizard.verify.counts.text() == "1\u00a0erreur, 3\u00a0questions, 1\u00a0information"


def test_the_filter_keeps_one_severity(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, VERIFY)
    wizard.verify.filter.button("questions").click()
    assert wizard.verify.table.proxy.rowCount() == 3
    wizard.verify.filter.button("all").click()
    assert wizard.verify.table.proxy.rowCount() == len(ANOMALIES)


def test_an_answer_is_changed_with_the_arrows_and_given_to_all_alike(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any
) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, VERIFY)
    table = wizard.verify.table
    table.setCurrentIndex(table.proxy.index(2, 0))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.table.rows[2].decision == "reject"
    assert table.table.rows[3].decision == "keep"
    assert wizard.verify.everywhere.isEnabled()
    wizard.verify.everywhere.click()
    assert table.table.rows[3].decision == "reject"
    go_to(wizard, CONFIRM)
    qtbot.waitUntil(lambda: wizard.confirm.total.text().startswith("70\u00a0valeurs nouvelles"))
    assert wizard.confirm.total.text().endswith("3\u00a0lignes écartées")
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)
    given = services.imports.applied[0][1]
    assert list(given.values()) == ["reject", "keep", "reject", "reject", "understood"]


def test_a_click_on_an_answer_takes_it(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, VERIFY)
    table = wizard.verify.table
    index = table.proxy.index(1, table.table.columnCount() - 1)
    table.scrollTo(index)
    boxes = table._decision.boxes(table.visualRect(index), table.table.rows[1])
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=boxes[1][2].center())
    assert table.table.rows[1].answer == "Pas de donnée"


def test_the_last_step_counts_what_will_change(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv", "propre.csv"))
    go_to(wizard, CONFIRM)
    assert wizard.confirm.total.text() == (
        "170\u00a0valeurs nouvelles, 4\u00a0modifiées, 6\u00a0inchangées\u202f; 1\u00a0ligne écartée"
    )
    assert wizard.next.text() == "Importer"


def test_an_import_copies_the_base_first_and_can_be_taken_back(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any, kit: Kit
) -> None:
    heard: list[Any] = []
    kit.hub.changed.connect(heard.append)
    read(qtbot, wizard, files(tmp_path, "txcouv.csv", "propre.csv"))
    go_to(wizard, CONFIRM)
    assert services.imports.applied == []
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)
    assert services.base.copies == 1
    assert wizard.done.banner.words() == (
        "2\u00a0fichiers importés\u202f: 170\u00a0valeurs nouvelles, 4\u00a0valeurs modifiées "
        "et 2\u00a0lignes écartées."
    )
    wizard.done.undo.click()
    qtbot.waitUntil(lambda: services.imports.undone == [2, 1])
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert "comme avant" in wizard.done.banner.words()
    assert not wizard.done.undo.isVisible()


def test_a_failure_takes_back_the_files_already_written(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any
) -> None:
    services.imports.refuse = DiskFull(tmp_path / "base.maillage")
    read(qtbot, wizard, files(tmp_path, "txcouv.csv", "propre.csv"))
    go_to(wizard, CONFIRM)
    wizard.next.click()
    qtbot.waitUntil(lambda: "plein" in wizard.confirm.banner.words())
    assert services.imports.undone == [1]
    assert wizard.stepper.current == CONFIRM
    assert wizard.next.isEnabled()


def test_a_stopped_write_says_that_nothing_changed(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any
) -> None:
    services.imports.gate = threading.Event()
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, CONFIRM)
    wizard.next.click()
    assert wizard.cancel.text() == "Arrêter"
    assert not wizard.next.isEnabled()
    wizard.cancel.click()
    qtbot.waitUntil(lambda: "Import arrêté" in wizard.confirm.banner.words())
    assert services.imports.applied == []


def test_a_refused_undo_says_why(qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any) -> None:
    services.imports.refuse_undo = True
    read(qtbot, wizard, files(tmp_path, "propre.csv"))
    go_to(wizard, CONFIRM)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)
    wizard.done.undo.click()
    qtbot.waitUntil(lambda: "plus récent" in wizard.done.banner.words())
    assert wizard.done.undo.isEnabled()


def test_a_base_in_read_only_lets_verify_but_not_write(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any
) -> None:
    services.base.read_only = True
    services.base.read_only_reason = "file"
    read(qtbot, wizard, files(tmp_path, "propre.csv"))
    go_to(wizard, CONFIRM)
    assert not wizard.next.isEnabled()
    assert "protégé en écriture" in wizard.confirm.banner.words()


def test_outlines_say_what_they_replace_and_can_be_taken_back(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path, services: Any
) -> None:
    outline = SimpleNamespace(
        label="IGN Admin Express 2025", level=Level.EPCI, codes=("1", "2"), millesime=2025, sha256="c" * 64,
        epsg_source=2154, epsg=2154, rejected=((4, "999", "code inconnu"),),
    )  # fmt: skip
    path = files(tmp_path, "epci.gpkg")[0]
    services.imports.prepare_as[path.name] = Prepared(path, outline=outline, count=Forecast(new=2))  # type: ignore[arg-type]
    read(qtbot, wizard, [path])
    assert "999" in wizard.recognise.shown_facts()["Écartés"]
    go_to(wizard, VERIFY)
    assert "remplaceront" in wizard.verify.banner.words()
    assert wizard.verify.preview.isHidden()


def test_a_file_can_be_removed_and_the_last_one_leads_back(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path
) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv", "propre.csv"))
    wizard.files.cards[0].cross.click()
    assert [entry.path.name for entry in wizard.session.entries] == ["propre.csv"]
    wizard.files.cards[0].cross.click()
    assert wizard.stepper.current == DROP


def test_the_same_file_twice_is_one_file(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    paths = files(tmp_path, "txcouv.csv")
    read(qtbot, wizard, paths + paths)
    read(qtbot, wizard, paths)
    assert len(wizard.session.entries) == 1


def test_steps_already_done_lead_back(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    read(qtbot, wizard, files(tmp_path, "txcouv.csv"))
    go_to(wizard, CONFIRM)
    first, second, third, fourth = wizard.stepper.buttons
    assert [one.state for one in (first, fourth)] == [StepState.DONE, StepState.CURRENT]
    assert third.accessibleName() == "Étape 3 sur 4\u202f: Vérifier, faite, 3\u00a0questions"
    second.click()
    assert wizard.stepper.current == RECOGNISE
    assert not fourth.isEnabled()


def test_files_dropped_on_the_zone_are_read(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (*files(tmp_path, "propre.csv"), tmp_path)])
    event = QDropEvent(
        QPointF(QPoint(10, 10)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    wizard.drop.zone.dropEvent(event)
    qtbot.waitUntil(lambda: not wizard.session.reading)
    assert [entry.path.name for entry in wizard.session.entries] == ["propre.csv"]


def test_files_given_by_the_window_show_the_wizard(qtbot: QtBot, page: DataPage, tmp_path: Path) -> None:
    page.show_tab("runs")
    page.receive(files=files(tmp_path, "propre.csv"))
    assert page.tab == "import"
    wizard = page.view("import")
    assert isinstance(wizard, ImportView)
    qtbot.waitUntil(lambda: not wizard.session.reading)
    assert wizard.recognise.title.text().startswith("Cnaf")

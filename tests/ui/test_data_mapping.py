"""The wizard on what is not recognised: model and columns said by the user, year, several tables."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app.services.base import BaseService
from tests.services.table_cases import Case
from tests.ui.data_cases import FakeOutlines, make_kit, shown_page
from ui.views.data import DataPage
from ui.views.data_import import CONFIRM, DONE, VERIFY, ImportView
from ui.views.data_session import FileState
from ui.views.page import Kit

LIST = "Structure;Commune;Places\nLucioles;79191;40\nPapillons;79049;douze\n"
OTHER = "Lieu;Ville;Nb\nLucioles;79191;40\nPapillons;79049;12\n"
POPULATION = "COM;PMUN\n79191;60073\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = Case(tmp_path)
    yield made
    made.base.close()


@pytest.fixture
def kit(qtbot: QtBot, case: Case) -> Iterator[Kit]:
    services = SimpleNamespace(
        base=BaseService(case.base),
        imports=case.imports,
        outlines=FakeOutlines(),
        indicators=SimpleNamespace(catalogue=list),
    )
    made = make_kit(services, [])
    yield made
    made.runner.close()


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> DataPage:
    return shown_page(qtbot, kit, 1280, 720)


@pytest.fixture
def wizard(page: DataPage) -> ImportView:
    view = page.view("import")
    assert isinstance(view, ImportView)
    return view


def bring(qtbot: QtBot, wizard: ImportView, path: Path, content: str = "") -> None:
    if content:
        path.write_text(content, "utf-8")
    wizard.open_files([path])
    qtbot.waitUntil(lambda: not wizard.session.reading)


def write(qtbot: QtBot, wizard: ImportView) -> None:
    wizard.go(CONFIRM)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)


def texts(box: QComboBox) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


def test_a_free_table_is_recognised_verified_written_and_taken_back(
    qtbot: QtBot, wizard: ImportView, case: Case, tmp_path: Path
) -> None:
    bring(qtbot, wizard, tmp_path / "liste.csv", LIST)
    assert wizard.recognise.title.text() == "Liste de lieux"
    facts = wizard.recognise.shown_facts()
    assert facts["Colonnes"] == "3 utilisées sur 3"
    assert "Nom du lieu\u00a0: Structure" in facts["Correspondance"]
    wizard.go(VERIFY)
    assert wizard.verify.preview.preview_model.names(0) == ("Nom du lieu", "Structure")
    assert wizard.verify.counts.text() == "1\u00a0erreur"
    write(qtbot, wizard)
    assert wizard.done.banner.words() == (
        "1\u00a0fichier importé\u202f: 1\u00a0ligne nouvelle et 1\u00a0ligne écartée."
    )
    assert set(case.places.held()) == {"Lucioles"}
    wizard.done.undo.click()
    qtbot.waitUntil(lambda: "comme avant" in wizard.done.banner.words())
    assert case.places.held() == {}


def test_columns_are_named_by_the_user_and_kept(
    qtbot: QtBot, wizard: ImportView, case: Case, tmp_path: Path
) -> None:
    bring(qtbot, wizard, tmp_path / "autre.csv", OTHER)
    (entry,) = wizard.session.entries
    assert entry.state is FileState.ASKING
    assert not wizard.next.isEnabled()
    assert "aucun modèle connu" in wizard.recognise.banner.words()
    mapping = wizard.recognise.mapping
    assert mapping.isVisible()
    mapping.models.setCurrentIndex(mapping.models.findText("Liste de lieux"))
    mapping.models.activated.emit(mapping.models.currentIndex())
    assert mapping.missing.text() == ("À indiquer\u202f: «\u202fNom du lieu\u202f» et «\u202fCommune\u202f».")
    assert not mapping.read.isEnabled()
    for field, header in (("nom", "Lieu"), ("commune", "Ville"), ("places", "Nb")):
        mapping.choose(field, header)
    assert mapping.read.isEnabled()
    mapping.read.click()
    qtbot.waitUntil(lambda: not wizard.session.reading)
    assert entry.state is FileState.READY
    assert wizard.recognise.title.text() == "Liste de lieux"
    write(qtbot, wizard)
    assert set(case.places.held()) == {"Lucioles", "Papillons"}
    wizard.restart()
    bring(qtbot, wizard, tmp_path / "suite.csv", OTHER.replace("40", "41"))
    assert wizard.session.entries[0].state is FileState.READY


def test_columns_of_a_table_already_understood_can_be_changed(
    qtbot: QtBot, wizard: ImportView, tmp_path: Path
) -> None:
    bring(qtbot, wizard, tmp_path / "liste.csv", LIST)
    wizard.recognise.change.click()
    mapping = wizard.recognise.mapping
    assert mapping.isVisible()
    assert mapping.models.currentText() == "Liste de lieux"
    assert mapping.columns() == {"nom": "Structure", "commune": "Commune", "places": "Places"}
    mapping.choose("places", "")
    assert mapping.columns()["places"] == ""
    mapping.read.click()
    qtbot.waitUntil(lambda: not wizard.session.reading)
    table = wizard.session.entries[0].prepared
    assert table is not None
    assert table.table is not None
    assert "places" not in table.table.columns
    assert not mapping.isVisible()


def test_the_wheel_scrolls_and_changes_no_column(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    bring(qtbot, wizard, tmp_path / "liste.csv", LIST)
    wizard.recognise.change.click()
    mapping = wizard.recognise.mapping
    before = mapping.columns()
    for box in mapping.findChildren(QComboBox):
        turn = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, turn)
    assert mapping.columns() == before


def test_the_year_is_asked_where_the_file_has_none(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    bring(qtbot, wizard, tmp_path / "population.csv", POPULATION)
    panel = wizard.recognise.year
    assert panel.isVisible()
    assert "quelle année" in wizard.recognise.banner.words()
    assert not panel.read.isEnabled()
    panel.year.setText("2022")
    panel.read.click()
    qtbot.waitUntil(lambda: not wizard.session.reading)
    assert wizard.recognise.shown_facts()["Années"] == "2022"


def test_each_table_of_a_zip_has_its_card(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    path = tmp_path / "tout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("population_2022.csv", POPULATION)
        archive.writestr("population.csv", POPULATION)
        archive.writestr("lieux.csv", LIST)
    bring(qtbot, wizard, path)
    assert [entry.part for entry in wizard.session.entries] == [
        "population_2022.csv",
        "population.csv",
        "lieux.csv",
    ]
    assert len(wizard.files.cards) == 3
    assert "année à indiquer" in wizard.files.cards[1].accessibleName()
    wizard.choose(wizard.session.entries[1])
    wizard.recognise.year.year.setText("2021")
    wizard.recognise.year.read.click()
    qtbot.waitUntil(lambda: len(wizard.session.ready) == 3)
    assert len(wizard.session.entries) == 3
    wizard.go(CONFIRM)
    assert wizard.confirm.total.text() == (
        "2\u00a0valeurs nouvelles, 0\u00a0modifiée, 0\u00a0inchangée\u202f; 0\u00a0ligne écartée"
        "\u202f; 1\u00a0ligne nouvelle, 0\u00a0modifiée, 0\u00a0inchangée\u202f; 1\u00a0ligne écartée"
    )
    write(qtbot, wizard)


def test_the_sheet_is_chosen_where_none_is_known(qtbot: QtBot, wizard: ImportView, tmp_path: Path) -> None:
    path = tmp_path / "tout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x;y\n1;2\n")
        archive.writestr("b.csv", OTHER)
    bring(qtbot, wizard, path)
    mapping = wizard.recognise.mapping
    assert texts(mapping.sheets) == ["a.csv", "b.csv"]
    mapping.sheets.setCurrentIndex(1)
    mapping.sheets.activated.emit(1)
    mapping.models.setCurrentIndex(mapping.models.findText("Liste de lieux"))
    mapping.models.activated.emit(mapping.models.currentIndex())
    mapping.choose("nom", "Lieu")
    mapping.choose("commune", "Ville")
    mapping.read.click()
    qtbot.waitUntil(lambda: not wizard.session.reading)
    assert wizard.session.entries[0].part == "b.csv"
    assert wizard.session.entries[0].state is FileState.READY

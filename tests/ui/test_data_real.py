"""The wizard on real services: a delivered file goes in, comes out, and changes nothing the second time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import resources
from app.domain.territory import Level
from tests.ui.data_cases import make_kit, shown_page
from ui.views.data import DataPage
from ui.views.data_import import CONFIRM, DONE, ImportView
from ui.views.page import Kit

COVERAGE = resources.path("demo", "txcouv_pe_epci_2023.csv")


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from app.bootstrap import Opener

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Opener().create(tmp_path / "essai.maillage", ("79", "52"))
    yield made
    made.base.close()


@pytest.fixture
def kit(qtbot: QtBot, services: Any) -> Iterator[Kit]:
    made = make_kit(services, [])
    yield made
    made.runner.close()


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> DataPage:
    return shown_page(qtbot, kit, 1200, 700)


def bring_in(qtbot: QtBot, page: DataPage, *paths: Path) -> ImportView:
    page.open_files(paths)
    wizard = page.view("import")
    assert isinstance(wizard, ImportView)
    qtbot.waitUntil(lambda: not wizard.session.reading)
    wizard.go(CONFIRM)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)
    return wizard


def values(services: Any) -> int:
    return sum(row.count for row in services.indicators.catalogue())


def test_a_file_goes_in_and_is_taken_back(qtbot: QtBot, page: DataPage, services: Any) -> None:
    wizard = bring_in(qtbot, page, COVERAGE)
    assert values(services) == 85
    assert wizard.done.banner.words() == "1\u00a0fichier importé\u202f: 85\u00a0valeurs nouvelles."
    wizard.done.undo.click()
    qtbot.waitUntil(lambda: "comme avant" in wizard.done.banner.words())
    assert values(services) == 0
    assert services.imports.runs()[0].undone_at is not None


def test_the_same_file_again_changes_nothing_and_says_so(qtbot: QtBot, page: DataPage, services: Any) -> None:
    bring_in(qtbot, page, COVERAGE).restart()
    page.open_files([COVERAGE])
    wizard = page.view("import")
    assert isinstance(wizard, ImportView)
    qtbot.waitUntil(lambda: not wizard.session.reading)
    assert "déjà été importé" in wizard.recognise.banner.words()
    wizard.go(CONFIRM)
    assert wizard.confirm.total.text().startswith(
        "0\u00a0valeur nouvelle, 0\u00a0modifiée, 85\u00a0inchangées"
    )
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)
    assert wizard.done.banner.words().startswith("Rien n’a changé")
    assert len(services.imports.runs()) == 1


def test_an_answer_turns_a_zero_into_an_absence(qtbot: QtBot, page: DataPage, services: Any) -> None:
    page.open_files([COVERAGE])
    wizard = page.view("import")
    assert isinstance(wizard, ImportView)
    qtbot.waitUntil(lambda: not wizard.session.reading)
    wizard.go(2)
    table = wizard.verify.table
    zero = next(row for row in table.table.rows if row.rule == "zero_eaje")
    table.decided.emit(zero, "no_data")
    wizard.go(CONFIRM)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.stepper.current == DONE)
    shown = services.indicators.value("couv_eaje", Level.EPCI, "200041416", 2023)
    assert shown.number is None
    kept = [row for row in services.imports.anomalies() if row.rule == "zero_eaje"]
    assert [row.decision for row in kept] == ["no_data"]


@pytest.mark.shared
def test_real_outlines_replace_the_approximate_ones_and_go(
    qtbot: QtBot, page: DataPage, services: Any, shared_data: Path
) -> None:
    path = shared_data / "geometrie" / "epci_territoire_defaut_cog2026.geojson"
    wizard = bring_in(qtbot, page, path)
    assert "contours en service" in wizard.done.banner.words()
    assert [row.active for row in services.outlines.sets()] == [True]
    wizard.done.undo.click()
    qtbot.waitUntil(lambda: "comme avant" in wizard.done.banner.words())
    assert [row.active for row in services.outlines.sets()] == [False]

"""« Accueil »: real figures, real tasks, nothing invented when the base is empty."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.progress import SILENT
from ui.context import Context
from ui.views.home import HomePage, today_text
from ui.views.home_data import read_home
from ui.views.home_lists import LineButton
from ui.views.home_tasks import ago
from ui.views.page import Kit
from ui.widgets.provenance import ProvenancePopover

if TYPE_CHECKING:
    from app.services import Services
    from ui.window import MainWindow


@pytest.fixture
def page(qtbot: QtBot, kit: Kit) -> HomePage:
    made = HomePage(kit)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: not kit.runner.tasks)
    return made


def test_the_cards_show_the_published_values(page: HomePage) -> None:
    assert page.coverage.figure.text() == "70,6"
    assert page.coverage.unit.text() == "places pour 100 enfants"
    assert page.coverage.note.text() == "Cnaf 2023, 8\u00a0EPCI"
    counts = [(figure.text(), label.text()) for figure, label in page.equipment.cells]
    assert counts == [("53", "Eaje"), ("30", "Rpe"), ("374", "Alsh"), ("8", "micro-crèches")]


def test_the_mean_is_never_alone(page: HomePage) -> None:
    said = page.coverage.strip.accessibleDescription()
    assert "Haut Val de Sèvre 77,2" in said
    assert "repère France 60,9" in said
    assert "repère Deux-Sèvres 70,6" in said


def test_epcis_below_their_departement_are_listed_lowest_first(page: HomePage) -> None:
    names = [line.accessibleName() for line in page.below.findChildren(LineButton)]
    assert names[0] == "Bocage Bressuirais, 65,8"
    assert len(names) == 4
    assert page.below.note.text() == "4\u00a0EPCI sur 8, moins de 70,6 en 2023"
    assert page.below.map.isVisible()


def test_a_line_goes_to_its_territory(page: HomePage, kit: Kit) -> None:
    page.below.findChildren(LineButton)[0].click()
    assert kit.context.value.epci == "200040244"


def test_one_epci_has_its_own_value(qtbot: QtBot, page: HomePage, kit: Kit) -> None:
    kit.context.set_territory("79", "200069755")
    qtbot.waitUntil(lambda: page.coverage.figure.text() == "67,2")


def test_several_departements_are_never_averaged(services: Services) -> None:
    data = read_home(services, Context(year=2023), SILENT)
    assert data.coverage.text == "70,2 à 70,6"
    assert data.births.known
    assert len(data.dots) == 17


def test_only_real_things_are_to_do(page: HomePage, kit: Kit) -> None:
    names = [line.accessibleName() for line in page.tasks.findChildren(LineButton)]
    assert [name.split(",")[0] for name in names] == ["Importer les limites exactes"]


def test_an_empty_base_shows_three_steps_and_no_figure(
    qtbot: QtBot, window: MainWindow, empty_file: Path
) -> None:
    window.preferences.keep_page("home")
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.open_path(empty_file)
    qtbot.waitUntil(lambda: not window.runner.tasks)
    assert window.frame is not None
    page = window.frame.page
    assert isinstance(page, HomePage)
    assert page.start.isVisible()
    assert not page.tasks.isVisible()
    assert page.coverage.figure.text() == "n.d."
    assert all(figure.text() == "n.d." for figure, _ in page.equipment.cells)
    assert "Aucun fichier importé" in [label.text() for label in page.coverage.findChildren(QLabel)]


def test_a_page_not_shown_waits_to_read(qtbot: QtBot, kit: Kit) -> None:
    page = HomePage(kit)
    qtbot.addWidget(page)
    kit.hub.changed.emit(Changes(frozenset({Topic.VALUES})))
    assert kit.runner.tasks == ()
    page.show()
    page.activate()
    assert len(kit.runner.tasks) > 0
    qtbot.waitUntil(lambda: not kit.runner.tasks)


def test_the_small_map_opens_the_real_one_by_keyboard(qtbot: QtBot, page: HomePage, calls: object) -> None:
    qtbot.keyClick(page.below.map, Qt.Key.Key_Return)
    assert calls.moves == [("map", {})]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "à l’instant"), (12, "il y a 12\u00a0min"), (120, "à 10:00"), (1440, "hier")]
)
def test_how_long_ago_is_said_as_one_says_it(minutes: int, said: str) -> None:
    now = datetime.datetime(2026, 11, 19, 12, 0).astimezone()
    assert ago(now - datetime.timedelta(minutes=minutes), now) == said


def test_the_day_is_written_in_full() -> None:
    said = today_text(datetime.date(2026, 11, 19)).replace("\u00a0", " ")
    assert said == "Jeudi 19 novembre 2026"


def test_each_figure_opens_its_computation(page: HomePage, qtbot: QtBot) -> None:
    shown = [page.coverage.how, page.births.how, *page.equipment.hows]
    assert all(how.isVisible() for how in shown)
    page.equipment.hows[0].click()
    popover = page.findChildren(ProvenancePopover)[-1]
    words = [label.text() for label in popover.findChildren(QLabel)]
    assert "Comment est-ce calculé\u202f?" in words
    assert any("bpe_2025.csv" in word for word in words)
    popover.close()


def test_a_sum_over_departements_has_no_single_origin(page: HomePage, kit: Kit, qtbot: QtBot) -> None:
    kit.context.set_territory(None, None)
    qtbot.waitUntil(lambda: not kit.runner.tasks)
    assert page.births.figure.text() != "n.d."
    assert page.births.how.isHidden()

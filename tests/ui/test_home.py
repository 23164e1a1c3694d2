"""« Accueil »: real figures, what is to do, nothing invented when the base is empty."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.services.dashboard import TILES
from tests.ui.conftest import Calls, QuietOpener
from ui import icons
from ui.context import Context, ContextModel
from ui.hub import Hub
from ui.tasks import TaskRunner
from ui.theme import Theme
from ui.views.home import HomePage, today_text
from ui.views.home_cards import TodoCard
from ui.views.home_choice import TilesPopover
from ui.views.home_parts import LineButton
from ui.views.home_tasks import ago
from ui.views.page import Kit
from ui.widgets.provenance import ProvenancePopover

if TYPE_CHECKING:
    from ui.window import MainWindow

ON = datetime.date(2026, 11, 19)


def _until_read(page: HomePage) -> None:
    while page.kit.runner.tasks:
        QTest.qWait(5)
    QTest.qWait(1)


def _made(kit: Kit) -> HomePage:
    made = HomePage(kit, lambda: ON)
    made.resize(1280, 700)
    made.show()
    made.activate()
    _until_read(made)
    return made


@pytest.fixture(scope="module")
def read_once(
    qapp: QApplication, frozen_demo: Path, outlines_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HomePage]:
    """One page on the demonstration base, read once for the tests that write nothing."""
    folder = tmp_path_factory.mktemp("accueil")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(outlines_cache))
    services = QuietOpener(folder).open(Path(shutil.copy(frozen_demo, folder / "base.maillage")))
    theme = Theme("light")
    icons.use(theme)
    theme.apply(qapp)
    runner, calls = TaskRunner(), Calls()
    context = ContextModel(Context(departement="79", year=2023))
    made = _made(Kit(services, runner, Hub(), context, theme, calls.navigate, calls.notify))
    yield made
    made.close()
    made.deleteLater()
    runner.close()
    services.base.close()
    patch.undo()


@pytest.fixture
def page(qtbot: QtBot, read_once: HomePage) -> HomePage:
    """The page on Deux-Sèvres, nothing asked yet."""
    read_once.todo.filter.button("mine").click()
    read_once.kit.context.set_territory("79")
    _until_read(read_once)
    _calls(read_once).moves.clear()
    return read_once


@pytest.fixture
def own(qtbot: QtBot, kit: Kit) -> HomePage:
    """A page on a base of its own, for the tests that write."""
    made = _made(kit)
    qtbot.addWidget(made)
    return made


def _calls(page: HomePage) -> Calls:
    found = page.kit.navigate.__self__  # type: ignore[attr-defined]
    assert isinstance(found, Calls)
    return found


def _words(page: HomePage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def _settle(qtbot: QtBot, kit: Kit) -> None:
    qtbot.waitUntil(lambda: not kit.runner.tasks)


# -- tiles -----------------------------------------------------------------------------------------------


def test_the_cards_at_the_top_show_the_published_values(page: HomePage) -> None:
    assert tuple(page.top.cards) == TILES[:4]
    assert tuple(page.others.cards) == TILES[4:]
    coverage = page.top.cards["coverage"]
    assert coverage.figure.text() == "70,6"
    assert coverage.unit.text() == "places pour 100 enfants"
    assert coverage.note.text() == "Cnaf 2023, 8\u00a0EPCI"
    said = page.top.cards["equipment"].accessibleDescription()
    assert said.startswith("Eaje 53, Rpe 30, Alsh 374, micro-crèches 8")


def test_the_mean_is_never_alone(page: HomePage) -> None:
    strip = page.top.cards["coverage"].strip
    assert strip is not None
    said = strip.accessibleDescription()
    assert "Haut Val de Sèvre 77,2" in said
    assert "repère France 60,9" in said
    assert "repère Deux-Sèvres 70,6" in said


def test_ctg_are_said_on_three_denominators_and_by_stage(page: HomePage) -> None:
    card = page.top.cards["ctg"]
    assert (card.figure.text(), card.unit.text()) == ("2", "EPCI sur 8")
    words = [label.text().replace("\u202f", " ") for label in card.findChildren(QLabel)]
    assert "169 716 sur 375 229 habitants (45 %)" in words
    assert "98 sur 252 communes (39 %)" in words
    assert card.badge.isVisible()


def test_the_two_gauges_of_a_contract_stay_apart(page: HomePage) -> None:
    card = page.top.cards["cpog"]
    assert "Actions réalisées 6 sur 16" in card.accessibleDescription()
    assert "Résultats atteints 20 sur 27" in card.accessibleDescription()
    assert card.badge.isVisible()
    page.kit.context.set_territory("52")
    _until_read(page)
    assert card.title.text() == "CPOG 2023 à 2027"
    assert "Actions réalisées n.d." in card.accessibleDescription()
    assert "Résultats atteints n.d." in card.accessibleDescription()
    assert not card.badge.isVisible()


def test_one_epci_has_its_own_value_and_its_own_convention(page: HomePage) -> None:
    page.kit.context.set_territory("79", "200041317")
    _until_read(page)
    assert page.top.cards["ctg"].title.text() == "CTG du Niortais"
    assert page.top.cards["coverage"].figure.text() == "74,2"
    assert page.top.cards["ctg"].figure.text() == "En cours"


def test_each_figure_opens_its_computation(page: HomePage) -> None:
    equipment = page.top.cards["equipment"]
    assert page.top.cards["coverage"].how.isVisible()
    assert all(how.isVisible() for how in equipment.hows)
    equipment.hows[0].click()
    popover = page.findChildren(ProvenancePopover)[-1]
    words = [label.text() for label in popover.findChildren(QLabel)]
    assert "Comment est-ce calculé\u202f?" in words
    assert any("bpe_2025.csv" in word for word in words)
    popover.close()


def test_a_sum_over_departements_has_no_single_origin(page: HomePage) -> None:
    page.kit.context.set_territory(None, None)
    _until_read(page)
    assert page.top.cards["coverage"].figure.text() == "70,2 à 70,6"
    assert page.top.cards["coverage"].how.isHidden()
    assert all(how.isHidden() for how in page.top.cards["equipment"].hows)


def test_every_tile_opens_its_list(page: HomePage) -> None:
    for code in ("coverage", "ctg", "quality"):
        {**page.top.cards, **page.others.cards}[code].go.click()
    assert _calls(page).moves == [
        ("map", {"indicator": "couv_global"}),
        ("ctg", {"list": True}),
        ("data", {"tab": "catalogue"}),
    ]


def test_a_tile_of_alerts_goes_to_the_list_of_the_page(page: HomePage) -> None:
    page.others.cards["ages"].go.click()
    assert _calls(page).moves == []
    assert page.window().focusWidget() is page.todo.list.rows[0].main
    page.receive(family="drift")
    assert page.window().focusWidget() is page.drift.list.rows[0].main


def test_a_click_on_a_card_opens_it(page: HomePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.top.cards["coverage"], Qt.MouseButton.LeftButton)
    assert _calls(page).moves == [("map", {"indicator": "couv_global"})]


# -- lists -----------------------------------------------------------------------------------------------


def test_what_is_due_is_listed_late_first(page: HomePage) -> None:
    lines = [row.line for row in page.todo.list.rows]
    titles = [line.title for line in lines if line.late]
    assert titles[0] == "Bilan annuel par fiche thématique (2025)"
    assert "Saisir le Département pour l’accueil de jeunes" in titles
    assert lines[-1].title == "Importer les limites exactes"
    assert "En retard" in _words(page)
    assert page.todo.badge.isVisible()
    assert {row.line.title for row in page.drift.list.rows} >= {"Participer au Laep itinérant"}


def test_a_line_opens_its_exact_place(page: HomePage) -> None:
    row = next(row for row in page.todo.list.rows if row.line.title.startswith("Fiche 1.1.2"))
    row.main.click()
    assert _calls(page).moves[0][0] == "ctg"
    assert list(_calls(page).moves[0][1]) == ["action"]


def test_the_place_of_the_list_is_held_while_it_is_read(qtbot: QtBot, page: HomePage, theme: Theme) -> None:
    card = TodoCard(theme, writable=True)
    qtbot.addWidget(card)
    card.show_waiting()
    assert card.isVisible()
    assert card.quiet.isVisible()
    assert card.quiet.text() == "Lecture des échéances…"
    rows = page.todo.list.rows
    assert rows
    page.todo.show_waiting()
    assert page.todo.list.rows == rows
    assert page.todo.quiet.isHidden()


def test_the_filter_widens_to_the_whole_caf(page: HomePage) -> None:
    assert page.todo.filter.isVisible()
    mine = len(page.todo.kept())
    page.todo.filter.button("all").click()
    assert len(page.todo.kept()) > mine
    assert any(not row.line.fictitious for row in page.todo.list.rows)
    assert page.others.cards["ages"].figure.text() == str(sum(alert.late for alert in page.todo.kept()))
    page.kit.context.set_territory(None, None)
    _until_read(page)
    assert page.todo.filter.isHidden()


def test_done_by_keyboard_leaves_the_list_and_comes_back(own: HomePage, kit: Kit, qtbot: QtBot) -> None:
    first = own.todo.list.rows[0]
    title = first.line.title
    first.box.setFocus()
    qtbot.keyClick(first.box, Qt.Key.Key_Space)
    assert first.panel is not None
    first.panel.reason.edit.setText("Courrier envoyé.")
    qtbot.keyClick(first.panel.reason.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: title not in [row.line.title for row in own.todo.list.rows])
    _settle(qtbot, kit)
    assert own.window().focusWidget() is own.todo.list.rows[0].main
    own.todo.history_button.click()
    assert any("Courrier envoyé." in words for words in _words(own))
    back = next(
        made for made in own.todo.history.findChildren(QPushButton) if made.text() == "Remettre à traiter"
    )
    back.click()
    qtbot.waitUntil(lambda: own.todo.list.rows[0].line.title == title)
    _settle(qtbot, kit)


def test_put_off_is_one_step_to_undo(own: HomePage, kit: Kit, qtbot: QtBot) -> None:
    first = own.todo.list.rows[0]
    first.later.click()
    assert first.panel is not None
    first.panel.reason.edit.setText("Attendre le comité.")
    first.panel.confirm()
    qtbot.waitUntil(lambda: first.line.title not in [row.line.title for row in own.todo.list.rows])
    name, changes = kit.services.base.undo()
    assert name.startswith("Alerte reportée")
    kit.hub.changed.emit(changes)
    qtbot.waitUntil(lambda: own.todo.list.rows[0].line.title == first.line.title)
    _settle(qtbot, kit)


def test_epcis_below_their_departement_are_listed_lowest_first(page: HomePage) -> None:
    lines = page.below.findChildren(LineButton)
    assert lines[0].accessibleName() == "Bocage Bressuirais, 65,8"
    assert len(lines) == 4
    assert page.below.note.text() == "4\u00a0EPCI sur 8, moins de 70,6 en 2023"
    assert page.below.map.isVisible()
    lines[0].click()
    assert page.kit.context.value.epci == "200040244"


def test_the_small_map_opens_the_real_one_by_keyboard(qtbot: QtBot, page: HomePage) -> None:
    qtbot.keyClick(page.below.map, Qt.Key.Key_Return)
    assert _calls(page).moves == [("map", {})]


# -- empty and sparse ------------------------------------------------------------------------------------


@pytest.fixture
def on_empty(qtbot: QtBot, window: MainWindow, empty_file: Path) -> HomePage:
    """The page of the window, on a base where nothing is."""
    window.preferences.keep_page("home")
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.open_path(empty_file)
    qtbot.waitUntil(lambda: not window.runner.tasks)
    assert window.frame is not None
    shown = window.frame.page
    assert isinstance(shown, HomePage)
    return shown


def test_an_empty_base_shows_three_steps_and_no_figure(on_empty: HomePage) -> None:
    assert on_empty.start.isVisible()
    for hidden in (on_empty.todo, on_empty.drift, on_empty.below, on_empty.others):
        assert not hidden.isVisible()
    assert {card.figure.text() for card in on_empty.top.cards.values()} == {"n.d."}
    said = _words(on_empty)
    assert "Aucun fichier importé" in said
    assert "Aucune CTG enregistrée" in said


def test_a_sparse_base_says_what_is_missing_and_how_to_get_it(
    on_empty: HomePage, qtbot: QtBot, window: MainWindow
) -> None:
    kit = on_empty.kit
    births = Path(__file__).parents[2] / "resources" / "demo" / "naissances_2023_2025.csv"
    kit.services.imports.import_file(births)
    kit.hub.changed.emit(Changes(frozenset({Topic.VALUES})))
    qtbot.waitUntil(lambda: on_empty.todo.isVisible() and not window.runner.tasks)
    assert not on_empty.start.isVisible()
    titles = [row.line.title for row in on_empty.todo.list.rows]
    assert titles[:2] == ["Importer le taux de couverture", "Importer les équipements"]
    assert on_empty.todo.quiet.text() == "Aucune échéance connue."
    cards = {**on_empty.top.cards, **on_empty.others.cards}
    for code in ("coverage", "ctg", "cpog", "equipment", "ages", "places", "plan", "sheet"):
        assert cards[code].figure.text() == "n.d.", code
        assert cards[code].findChildren(QPushButton), code


def test_a_page_not_shown_waits_to_read(qtbot: QtBot, kit: Kit) -> None:
    made = HomePage(kit)
    qtbot.addWidget(made)
    kit.hub.changed.emit(Changes(frozenset({Topic.VALUES})))
    assert kit.runner.tasks == ()
    made.show()
    made.activate()
    assert len(kit.runner.tasks) > 0
    _settle(qtbot, kit)


# -- choice and paper ------------------------------------------------------------------------------------


def test_cards_are_chosen_and_moved_by_keyboard(own: HomePage, kit: Kit, qtbot: QtBot) -> None:
    own.choose_button.click()
    popover = own.window().findChildren(TilesPopover)[-1]
    popover.list.setCurrentRow(1)
    qtbot.keyClick(popover.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    popover.list.setCurrentRow(3)
    qtbot.keyClick(popover.list, Qt.Key.Key_Return)
    assert popover.codes()[:3] == ("ctg", "coverage", "cpog")
    assert "equipment" not in popover.codes()
    popover.close()
    qtbot.waitUntil(lambda: next(iter(own.top.cards)) == "ctg")
    _settle(qtbot, kit)
    assert kit.services.dashboard.chosen()[:4] == ("ctg", "coverage", "cpog", "births")
    assert own.top.cards["births"].figure.text() == "2\u202f995"


def test_twelve_cards_at_most(page: HomePage, qtbot: QtBot) -> None:
    page.choose_button.click()
    popover = page.window().findChildren(TilesPopover)[-1]
    last = popover.list.count() - 1
    popover.list.setCurrentRow(last)
    qtbot.keyClick(popover.list, Qt.Key.Key_Return)
    assert len(popover.codes()) == 12
    assert popover.list.item(last).toolTip() == "12 cartes au plus"
    popover.list.setCurrentRow(0)
    for row in (0, last):
        popover.list.setCurrentRow(row)
        qtbot.keyClick(popover.list, Qt.Key.Key_Return)
    assert popover.codes()[-1] == "drift"
    popover.chosen.disconnect()
    popover.close()


def test_the_page_is_printed(page: HomePage, tmp_path: Path) -> None:
    asked: list[str] = []

    def choose(_parent: object, proposed: str) -> str:
        asked.append(Path(proposed).name)
        return str(tmp_path / "page")

    page.writer.choose_file = choose  # type: ignore[assignment]
    page.print_button.click()
    _until_read(page)
    assert asked == ["tableau-de-bord_deux-sevres_2026-11-19.pdf"]
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert _calls(page).said == ["Page écrite\u202f: page.pdf"]


# -- words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "à l’instant"), (12, "il y a 12\u00a0min"), (120, "à 10:00"), (1440, "hier")]
)
def test_how_long_ago_is_said_as_one_says_it(minutes: int, said: str) -> None:
    now = datetime.datetime(2026, 11, 19, 12, 0).astimezone()
    assert ago(now - datetime.timedelta(minutes=minutes), now) == said


def test_the_day_is_written_in_full() -> None:
    said = today_text(datetime.date(2026, 11, 19)).replace("\u00a0", " ")
    assert said == "Jeudi 19 novembre 2026"

"""« Comparer » on the real services of the demonstration base, tested by what it shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.territory import Level
from maps.layers import Multiples
from tests.ui.map_pages import nameless, settle, shown, texts
from ui.views.map_compare import ComparePage
from ui.views.map_compare_query import Mode
from ui.views.map_query import DEFAULT_INDICATOR
from ui.views.page import Kit
from ui.widgets.bivariate_legend import BivariateSquare

MELLOIS, NIORTAIS, BOCAGE = "200069755", "200041317", "200040244"


@pytest.fixture
def page(qtbot, kit: Kit) -> ComparePage:
    return shown(qtbot, ComparePage(kit))


def ask(qtbot, page: ComparePage, **wishes: object) -> None:
    page.receive(**wishes)
    settle(qtbot, page)
    for cell in page.board.shown:
        cell.view.wait(20_000)


def test_a_territory_is_placed_among_the_others_without_itself(page: ComparePage, qtbot) -> None:
    page.select(NIORTAIS)
    settle(qtbot, page)
    said = texts(page.beside)
    assert "2e sur 8 parmi tous les territoires" in said
    assert any(words.startswith("Référence de 7\u00a0autres territoires") for words in said)
    assert any("rapport 1,2" in words for words in said)
    assert not page.beside.banner.isVisible()
    page.kit.context.set_territory("52")
    settle(qtbot, page)
    assert page.beside.banner.words().startswith("Moyenne trompeuse\u202f: Haute-Marne atteint 70,2")
    assert "Bassin de Joinville en Champagne 46,8" in page.beside.banner.words()
    assert nameless(page) == []


def test_a_group_is_made_with_the_keyboard(page: ComparePage, qtbot) -> None:
    page.select(NIORTAIS)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = page.beside.editor
    assert page.beside.editing
    qtbot.keyClicks(editor.name.edit, "Voisins")
    qtbot.keyClick(editor.name.edit, Qt.Key.Key_Return)
    assert page.kit.services.coverage.groups() == []
    for words in ("bocage bressuirais", "mellois", "niortais"):
        editor.members.field.setText(words)
        qtbot.keyClick(editor.members.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.kit.services.coverage.groups()) == 1)
    settle(qtbot, page)
    qtbot.waitUntil(lambda: len(page.kit.services.coverage.groups()[0].members) == 3)
    settle(qtbot, page)
    group = page.kit.services.coverage.groups()[0]
    assert set(group.members) == {BOCAGE, MELLOIS, NIORTAIS}
    assert page.panel.group.currentText() == "Voisins"
    editor.done.click()
    settle(qtbot, page)
    said = texts(page.beside)
    assert "1er sur 3 dans «\u202fVoisins\u202f»" in said
    assert any("Référence de 2\u00a0autres territoires" in words for words in said)
    assert any("Médiane de" in reference.name for reference in page.made.references)


def test_small_maps_share_classes_zoom_pointer_and_selection(page: ComparePage, qtbot) -> None:
    ask(qtbot, page, mode="multiples", indicator="natalite", years=())
    content = page.exported()
    assert isinstance(content, Multiples)
    assert content.captions == ("2023", "2024", "2025")
    assert len({made.classes.bounds for made in content.maps}) == 1
    cells = page.board.shown
    assert [cell.caption.text() for cell in cells] == ["2023", "2024", "2025"]
    assert page.stack.currentWidget() is page.board
    cells[0].view.selected.emit(MELLOIS)
    assert {cell.view.selected_code for cell in cells} == {MELLOIS}
    assert page.ranked.current == MELLOIS
    cells[1].view.zoom(2.0)
    assert len({cell.view.frame.scale for cell in cells}) == 1
    cells[2].view.pan(40, 10)
    assert len({(cell.view.frame.x, cell.view.frame.y) for cell in cells}) == 1
    cells[0].view.hovered.emit(NIORTAIS)
    assert all(cell.view._hovered is not None for cell in cells[1:])
    page.panel.years[2024].click()
    settle(qtbot, page)
    assert [cell.caption.text() for cell in page.board.shown] == ["2023", "2025"]
    assert not page.panel.years[2023].isEnabled()


def test_circles_of_small_maps_share_their_scale(page: ComparePage, qtbot) -> None:
    ask(qtbot, page, mode="multiples", indicator="naissances", years=())
    assert len({cell.view.choropleth.scale_max for cell in page.board.shown}) == 1
    radii = [cell.view.radius_of_one() for cell in page.board.shown]
    assert max(radii) == pytest.approx(min(radii), rel=0.01)
    assert "Cercles à la même échelle sur les 3 cartes." in texts(page.panel.legend)


def test_an_evolution_is_signed_and_one_year_is_not_enough(page: ComparePage, qtbot) -> None:
    ask(qtbot, page, mode="evolution", indicator="natalite", years=())
    assert page.made.signed
    assert page.head.title.text().endswith("évolution de 2023 à 2025")
    assert page.made.middle.number == 0
    assert any(line.value.startswith("−") for line in page.ranked.lines)
    ask(qtbot, page, indicator="couv_global", years=())
    assert page.stage.banner.words() == (
        "Il faut deux années de cet indicateur\u202f: 2023 seulement est importée."
    )


def test_a_gap_diverges_around_its_reference(page: ComparePage, qtbot) -> None:
    ask(qtbot, page, mode="reference")
    assert page.made.middle.number == 70.6
    assert 70.6 in page.made.classes.bounds
    page.panel.reference.setCurrentIndex(page.panel.reference.findData("france"))
    page.panel.reference.activated.emit(0)
    settle(qtbot, page)
    assert page.made.middle.number == 60.9


def test_two_quantities_are_read_on_a_square(page: ComparePage, qtbot) -> None:
    page.kit.theme.set_mode("dark")
    ask(qtbot, page, mode="bivariate", second="natalite")
    square = page.panel.legend.findChild(BivariateSquare)
    assert square is not None
    assert square.accessibleDescription().count("\u202f: ") == 9
    assert page._answer.wish.mode is Mode.BIVARIATE
    lines = {line.code: line.value for line in page.ranked.lines}
    assert lines[NIORTAIS] == "74,2"
    page.kit.theme.set_mode("light")


def test_one_year_alone_leaves_no_map_and_proposes_what_has_two(page: ComparePage, qtbot) -> None:
    page.receive(mode="reference", indicator=DEFAULT_INDICATOR)
    settle(qtbot, page)
    assert page.stage.view.isVisible()
    held = page.kit.services.indicators.years(DEFAULT_INDICATOR, Level.EPCI)
    assert len(held) == 1
    page.panel.modes[Mode.EVOLUTION].click()
    settle(qtbot, page)
    assert page.exported() is None
    assert not page.stage.view.isVisible()
    assert not page.beside.ranked.isVisible()
    (verb,) = [one for one in page.stage.banner.findChildren(QPushButton) if one.text().startswith("Voir")]
    qtbot.mouseClick(verb, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert page._answer.wish.indicator != DEFAULT_INDICATOR
    assert len(page._answer.wish.years) == 2
    assert page.made is not None
    assert page.stage.view.isVisible()

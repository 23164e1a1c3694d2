"""« Carte » on the real services of the demonstration base, tested by what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.changes import Changes, Topic
from app.domain.errors import BadParameter
from app.domain.territory import Level
from ui.context import Context, ContextModel
from ui.views.map import MapPage
from ui.views.map_query import parse_bounds
from ui.views.page import Kit
from ui.widgets.provenance import ProvenancePopover

MELLOIS, NIORTAIS = "200069755", "200041317"


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and label.isVisible()]


def settle(qtbot, page: MapPage) -> None:
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)
    assert page.stage.view.wait(20_000)
    qtbot.waitUntil(lambda: not page.kit.runner.tasks)


@pytest.fixture
def page(qtbot, kit: Kit) -> MapPage:
    shown = MapPage(kit)
    qtbot.addWidget(shown)
    shown.resize(1280, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activate()
    settle(qtbot, shown)
    return shown


def test_it_opens_on_the_coverage_of_the_epci(page: MapPage) -> None:
    assert page.head.title.text() == "Taux de couverture petite enfance en 2023"
    assert page.head.subtitle.text().endswith(", Deux-Sèvres")
    assert [line.name for line in page.detail.ranked.lines[:2]] == ["Haut Val de Sèvre", "Niortais"]
    assert page.detail.title.text() == "Les 8\u00a0EPCI, du plus au moins couvert"
    assert "75 et plus" in texts(page.composer)
    assert page.composer.current_method == "fixed"
    assert not page.composer.count.isEnabled()


def test_a_selection_is_the_same_everywhere(page: MapPage, qtbot) -> None:
    page.detail.ranked.select(None)
    page.stage.view.setFocus()
    qtbot.keyClick(page.stage.view, Qt.Key.Key_Tab)
    settle(qtbot, page)
    first = page.stage.view.order()[0]
    assert page.detail.ranked.current == first
    page.select(MELLOIS)
    settle(qtbot, page)
    assert page.stage.view.selected_code == MELLOIS
    words = texts(page.detail)
    assert {"CC Mellois en Poitou", "67,2", "Assistants maternels", "54,9", "51,7", "895"} <= set(words)
    assert "Naissances 2023 à 2025" in words
    assert page.stage.view.accessibleDescription().startswith("Mellois en Poitou, 67,2")


def test_comment_opens_the_computation(page: MapPage, qtbot) -> None:
    page.select(MELLOIS)
    settle(qtbot, page)
    page.detail.explain()
    popover = page.findChildren(ProvenancePopover)[-1]
    words = texts(popover)
    assert "Comment est-ce calculé\u202f?" in words
    assert any("txcouv_pe_epci_2023.csv, ligne" in word for word in words)
    popover.close()


def test_communes_of_one_epci_then_back_up(page: MapPage, qtbot) -> None:
    page._choose_indicator("naissances")
    settle(qtbot, page)
    page.stage.view.opened.emit(NIORTAIS)
    settle(qtbot, page)
    assert page.kit.context.value.epci == NIORTAIS
    assert page.head.levels.current == "commune"
    assert len(page.detail.ranked.lines) == len(page.kit.services.territory.communes(NIORTAIS))
    assert page.detail.ranked.lines[0].name == "Niort"
    assert "CA du Niortais" in page.head.subtitle.text()
    page.stage.view.ascended.emit()
    settle(qtbot, page)
    assert page.kit.context.value.epci is None
    assert page.head.levels.current == "epci"
    assert page.stage.view.selected_code == NIORTAIS


def test_communes_of_the_whole_departement(page: MapPage, qtbot) -> None:
    page.receive(indicator="natalite", level=Level.COMMUNE)
    settle(qtbot, page)
    assert len(page.detail.ranked.lines) == 252
    assert "zéro (" in " ".join(texts(page.composer))
    assert page.detail.title.text() == "Les 252\u00a0communes, de la plus haute à la plus basse"


def test_a_stock_is_drawn_with_circles_and_bars(page: MapPage, qtbot) -> None:
    page._choose_indicator("naissances")
    settle(qtbot, page)
    assert not page.composer._classing.isVisible()
    assert any("proportionnelle" in word for word in texts(page.composer))


def test_a_year_without_value_says_so_and_proposes(page: MapPage, qtbot, calls) -> None:
    page.kit.context.set_year(2021)
    settle(qtbot, page)
    assert page.stage.banner.words() == "Aucune valeur pour 2021."
    verbs = {b.text(): b for b in page.stage.banner.findChildren(QAbstractButton)}
    assert set(verbs) == {"Voir 2023", "Importer txcouv_pe_epci_2021"}
    assert {line.value for line in page.detail.ranked.lines} == {"n.d."}
    verbs["Importer txcouv_pe_epci_2021"].click()
    assert calls.moves == [("data", {"section": "import"})]
    verbs["Voir 2023"].click()
    settle(qtbot, page)
    assert not page.stage.banner.isVisible()


def test_classing_palette_and_layers_follow_the_choices(page: MapPage, qtbot) -> None:
    page.composer.method.setCurrentIndex(page.composer.method.findData("quantiles"))
    page.composer._method_chosen()
    settle(qtbot, page)
    page.composer.count.setValue(3)
    settle(qtbot, page)
    assert len(page.stage.view.choropleth.classes.counts) == 3
    assert page.composer.advice.words() == "8\u00a0EPCI\u202f: préférez les bornes fixes."
    page._choose_palette("prune")
    settle(qtbot, page)
    assert page.stage.view.choropleth.palette[-1] == "#513872"
    page.composer.layers["labels"].click()
    assert page.stage.view._show["labels"] is False


def test_free_bounds_are_used_or_refused_in_one_sentence(page: MapPage, qtbot) -> None:
    page.composer.method.setCurrentIndex(page.composer.method.findData("manual"))
    page.composer._method_chosen()
    settle(qtbot, page)
    assert page.composer.bounds.text() == "60,9\u202f; 66\u202f; 70,6\u202f; 75"
    page.composer.bounds.setText("70 ; 68")
    page.composer._bounds_written()
    assert page.composer.refusal.text() == "Les limites doivent aller en croissant."
    page.composer.bounds.setText("68 ; 72,5")
    page.composer._bounds_written()
    settle(qtbot, page)
    assert not page.composer.refusal.isVisible()
    assert page.stage.view.choropleth.classes.counts == (3, 3, 2)
    assert "68 à 72,5" in texts(page.composer)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "empty"),
        ("a ; 2", "number"),
        ("3 ; 2", "order"),
        ("1;2;3;4;5;6;7", "count"),
        ("1 ; nan", "number"),
    ],
)
def test_bounds_that_cannot_be_read(words: str, reason: str) -> None:
    with pytest.raises(BadParameter) as caught:
        parse_bounds(words)
    assert caught.value.facts["reason"] == reason


def test_breaks_do_not_move_with_the_years(page: MapPage, qtbot) -> None:
    page.receive(indicator="natalite", level=Level.COMMUNE)
    settle(qtbot, page)
    assert page.stage.timeline.years == (2023, 2024, 2025)
    before = page.stage.view.choropleth.classes
    page.stage.timeline.setFocus()
    qtbot.keyClick(page.stage.timeline, Qt.Key.Key_Right)
    settle(qtbot, page)
    after = page.stage.view.choropleth
    assert after.year == 2024
    assert after.classes.bounds == before.bounds
    assert after.classes.method == before.method


def test_the_table_holds_the_same_values(page: MapPage, qtbot) -> None:
    page.head.toggle_table()
    assert page.table.isVisible()
    shown = [page.table.proxy.index(0, column).data() for column in range(4)]
    assert shown == ["Haut Val de Sèvre", "200041994", "77,2", "1"]
    page.head.toggle_table()
    assert page.stage.isVisible()


def test_the_right_panel_is_a_drawer_on_a_narrow_window(page: MapPage, qtbot) -> None:
    page.set_compact(True, True)
    page.resize(1009, 540)
    assert not page.detail.isVisible()
    page.head.detail_button.click()
    assert page.detail.isVisible()
    assert page.detail.geometry().right() == page.width() - 1
    page.set_compact(False, False)
    assert page.detail.isVisible()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_export_writes_a_file_with_the_light_palette(page: MapPage, qtbot, tmp_path, calls, suffix) -> None:
    proposed: list[str] = []

    def choose(_parent: QWidget, name: str, _filters: str) -> str:
        proposed.append(Path(name).name)
        return str(tmp_path / "carte")

    page.export._choose = choose
    page.kit.theme.set_mode("dark")
    settle(qtbot, page)
    page.export.export({".png": "png150", ".svg": "svg", ".pdf": "pdf"}[suffix])
    settle(qtbot, page)
    assert (tmp_path / f"carte{suffix}").stat().st_size > 5000
    assert proposed == [f"2023_couverture-petite-enfance_deux-sevres{suffix}"]
    assert calls.said[-1] == f"Carte exportée\u202f: carte{suffix}"
    if suffix == ".svg":
        assert "#074262" in (tmp_path / "carte.svg").read_text("utf-8").lower()


def test_the_image_goes_to_the_clipboard(page: MapPage, qtbot, calls) -> None:
    page.export.copy_image()
    settle(qtbot, page)
    assert QGuiApplication.clipboard().image().width() > 800
    assert calls.said == ["Carte copiée dans le presse-papiers"]


def test_the_fiche_of_the_selected_epci_is_written(page: MapPage, qtbot, tmp_path, calls) -> None:
    page.select(MELLOIS)
    settle(qtbot, page)
    page.fiche.choose = lambda _parent, _proposed: str(tmp_path / "fiche")
    page.detail.fiche.click()
    settle(qtbot, page)
    assert (tmp_path / "fiche.pdf").read_bytes().startswith(b"%PDF")
    assert calls.said == ["Fiche écrite\u202f: fiche.pdf"]


def test_the_indicator_list_is_filtered_without_accents(page: MapPage, qtbot) -> None:
    button = page.composer.indicator
    button.open()
    assert "Petite enfance" in button.popup.words()
    button.popup.filter.setText("natalite")
    assert len(button.popup.words()) == 1
    with qtbot.waitSignal(button.chosen) as caught:
        qtbot.keyClick(button.popup.filter, Qt.Key.Key_Return)
    assert caught.args == ["natalite"]
    settle(qtbot, page)
    assert page.head.title.text() == "Taux de natalité en 2023"


def test_it_reads_again_when_values_change(page: MapPage, qtbot) -> None:
    before = page._answer
    page.kit.hub.changed.emit(Changes(frozenset({Topic.JOURNAL})))
    assert page._answer is before
    page.kit.hub.changed.emit(Changes(frozenset({Topic.VALUES})))
    settle(qtbot, page)
    assert page._answer is not before


def test_the_dark_theme_turns_the_palette(page: MapPage, qtbot) -> None:
    light = page.stage.view.choropleth.palette
    page.kit.theme.set_mode("dark")
    settle(qtbot, page)
    dark = page.stage.view.choropleth.palette
    assert light[-1] == "#074262"
    assert dark[-1] == "#E9ECAA"


def test_an_empty_base_draws_outlines_and_proposes_to_import(qtbot, theme, calls, opener, empty_file) -> None:
    from ui.hub import Hub
    from ui.tasks import TaskRunner

    services = opener.open(empty_file)
    runner = TaskRunner()
    context = ContextModel(Context(departement="79", year=0))
    page = MapPage(Kit(services, runner, Hub(), context, theme, calls.navigate, calls.notify))
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activate()
    settle(qtbot, page)
    assert page.stage.banner.words() == "Aucune donnée importée."
    assert len(page.detail.ranked.lines) == 8
    assert not page.composer.indicator.isEnabled()
    runner.close()
    services.base.close()


def test_every_control_has_a_name(page: MapPage, qtbot) -> None:
    page.select(MELLOIS)
    settle(qtbot, page)
    nameless = [
        type(child).__name__
        for child in page.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and not (child.accessibleName() or getattr(child, "text", lambda: "")())
    ]
    assert nameless == []


@pytest.mark.parametrize(("width", "height", "zoom"), [(1009, 540, 1.0), (1282, 690, 1.0), (1009, 540, 2.0)])
def test_nothing_needs_a_horizontal_bar(page: MapPage, qtbot, width: int, height: int, zoom: float) -> None:
    page.kit.theme.set_zoom(zoom)
    page.set_compact(width / zoom < 1156, True)
    page.resize(width, height)
    settle(qtbot, page)
    assert page.minimumSizeHint().width() <= width
    page.kit.theme.set_zoom(1.0)


def test_keys_of_the_page_are_listed(page: MapPage) -> None:
    keys = dict(page.shortcuts())
    assert keys["Ctrl+Maj+T"] == "Voir la carte en tableau"
    assert QKeySequence("Ctrl+Shift+T").toString() == "Ctrl+Shift+T"


def test_the_menu_of_a_territory_copies_its_value(page: MapPage, qtbot) -> None:
    page.show_menu(MELLOIS, QPoint(10, 10))
    from PySide6.QtWidgets import QMenu

    menu = page.findChildren(QMenu)[-1]
    actions = {action.text(): action for action in menu.actions()}
    QGuiApplication.clipboard().clear()
    actions["Copier la valeur"].trigger()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    assert QGuiApplication.clipboard().text().startswith("Mellois en Poitou, 67,2")
    assert "Voir ses communes" in actions
    menu.close()

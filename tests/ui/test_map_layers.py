"""Layers over the map: signs where services are, words under the pointer, white zones, land and sea."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.domain.indicator import Kind, Series
from app.domain.territory import Level
from maps.bivariate import build_bivariate
from maps.compose import symbols_of, with_blank_zero, with_layers
from maps.layers import Flags, MapPoint, MapZone, PointKind, PointLayer, ZoneLayer
from maps.palettes import PALETTES, palette
from tests.ui.map_cases import choropleth, epci_code, fond, indicator
from tests.ui.map_pages import texts
from ui.views.map_pages import TABS, TerritoryPage
from ui.widgets.legend import LayerSwatch, Legend
from ui.widgets.map_shades import shades
from ui.widgets.map_style import style
from ui.widgets.map_view import MapView
from ui.widgets.map_words import figure, told, with_unit

CRECHE = PointKind("eaje", "Eaje", "circle", "#16222A")


@pytest.fixture
def view(qtbot) -> MapView:
    shown = MapView()
    qtbot.addWidget(shown)
    shown.resize(480, 480)
    shown.set_shown(labels=False, neighbours=False, communes=False)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def show(view: MapView, made) -> None:
    view.set_choropleth(made)
    assert view.wait()


def at(view: MapView, x: float, y: float) -> str:
    px, py = view.frame.to_pixel(x, y)
    return view.grab().toImage().pixelColor(round(px), round(py)).name().upper()


def test_a_service_is_drawn_and_named_under_the_pointer(view: MapView) -> None:
    base = fond()
    points = PointLayer(
        "Services", (CRECHE,), (MapPoint("eaje", base.communes.codes[0], label="Les Lutins"),)
    )
    made = with_layers(choropleth((50, 50, 50, 50), (0, 0, 0, 0), base=base), points=(points,))
    show(view, made)
    x, y = base.communes.label_xy[0]
    px, py = view.frame.to_pixel(x, y)
    words = view._spot_words(QPointF(px, py))
    assert words == "Les Lutins, Eaje, placé au centre de la commune"
    assert view._spot_words(QPointF(px + 60, py)) == ""
    plain = made.palette[int(made.class_of[0])]
    assert at(view, x, y) != plain


def test_a_white_zone_is_neither_a_class_nor_an_absence(view: MapView) -> None:
    made = with_blank_zero(choropleth((65, 0, 67, 70), (0, 1, 0, 0)))
    show(view, made)
    x, y = made.layer.label_xy[1]
    assert at(view, x + 300, y + 300) == style(False).blank


def test_zones_and_flags_leave_their_mark_under_the_selection(view: MapView) -> None:
    base = fond()
    bare = choropleth((50, 50, 50, 50), (0, 0, 0, 0), base=base)
    show(view, bare)
    before = view.grab().toImage()
    zones = ZoneLayer("FRR", (MapZone("FRR", communes=base.communes.codes[:4]),))
    marked = with_layers(bare, zones=(zones,), flags=Flags("non couvert", frozenset({epci_code(3)})))
    show(view, marked)
    after = view.grab().toImage()
    assert before != after
    assert view._decor.under is not None


def test_land_is_pale_and_what_is_beyond_is_sea(view: MapView) -> None:
    made = choropleth()
    show(view, made)
    assert at(view, 20_700, 5_000) == style(False).ground
    assert at(view, 10_000, -800) == style(False).water


def test_circles_over_areas_are_said_instead_of_answers() -> None:
    base = fond()
    stock = indicator(Kind.STOCK)
    counts = Series(stock, Level.EPCI, 2023, base.epcis.codes, np.array([2.0, 3, 0, np.nan]),
                    np.array([0, 0, 1, 2], dtype=np.uint8))  # fmt: skip
    made = with_layers(
        choropleth((1, 1, 0, np.nan), (0, 0, 1, 2), base=base), symbols=symbols_of(base, counts)
    )
    made = replace(made, class_labels=("couvert",) * len(made.classes.counts),
                   at_least=frozenset({epci_code(0)}))  # fmt: skip
    assert figure(made, 1) == ""
    assert figure(told(made), 0) == "≥\u00a02"
    assert figure(told(made), 2) == "0"
    assert with_unit(told(made), 1) == "3\u00a0naissances"
    assert with_unit(told(made), 3) == "pas de donnée"


def test_the_legend_shows_the_signs_of_the_layers(qtbot, theme) -> None:
    base = fond()
    points = PointLayer("Services", (CRECHE,), (MapPoint("eaje", base.communes.codes[0]),))
    zones = ZoneLayer("FRR", (MapZone("FRR", communes=base.communes.codes[:4]),))
    legend = Legend(theme)
    qtbot.addWidget(legend)
    legend.show_map(with_layers(choropleth(base=base), points=(points,), zones=(zones,)))
    legend.show()
    assert {"Eaje", "FRR"} <= set(texts(legend))
    assert len(legend.findChildren(LayerSwatch)) == 3
    assert not legend.grab().isNull()


def test_every_light_palette_has_its_night() -> None:
    made = choropleth()
    for name in PALETTES:
        shown = replace(made, palette=palette(name, 5))
        assert shades(shown, dark=True) == palette(name, 5, dark=True)
        assert shades(shown, dark=False) == palette(name, 5)
    base = fond()
    one = Series(indicator(), Level.EPCI, 2023, base.epcis.codes, np.array([1.0, 2, 3, 4]),
                 np.zeros(4, dtype=np.uint8))  # fmt: skip
    pair = build_bivariate(base, one, one, level=Level.EPCI, title="Deux")
    assert shades(pair, dark=True) != pair.palette


def test_sub_pages_are_one_click_each(qtbot, kit) -> None:
    page = TerritoryPage(kit)
    qtbot.addWidget(page)
    page.resize(1282, 690)
    with qtbot.waitExposed(page):
        page.show()
    page.activate()
    for code, label, _build in TABS:
        qtbot.mouseClick(page.tabs.button(code), Qt.MouseButton.LeftButton)
        assert page.tab == code
        assert page.tabs.button(code).text() == label
        assert page.view(code).head.isVisible()
        qtbot.waitUntil(lambda: not kit.runner.tasks)
    page.receive(tab="coverage", network="laep")
    qtbot.waitUntil(lambda: page.view("coverage").head.title.text().startswith("Lieux d’accueil"))
    page.receive(indicator="naissances")
    assert page.tab == "map"
    qtbot.waitUntil(lambda: not kit.runner.tasks)
    page.resize(500, 600)
    assert page.bar.minimumSizeHint().width() < 500

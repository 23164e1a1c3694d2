"""The map on the screen, tested by what it shows and says."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.indicator import Kind
from app.domain.territory import Level
from maps.palettes import palette
from tests.ui.map_cases import choropleth, epci_code, fond
from ui.widgets import map_engine
from ui.widgets.map_style import Colours, style
from ui.widgets.map_view import MapView

PLAIN = Colours(("#F2F1D2",), np.zeros(4, dtype=np.int16), "#FFFFFF")
BOCAGE, NIORTAIS, MELLOIS, THOUARSAIS = (epci_code(i) for i in range(4))


@pytest.fixture(params=["paths", "identities"])
def view(request, qtbot, monkeypatch) -> MapView:
    """The same behaviour whichever way polygons are filled."""
    if request.param == "identities":
        monkeypatch.setattr(map_engine, "MANY", 1)
    shown = MapView()
    qtbot.addWidget(shown)
    shown.resize(480, 480)
    shown.set_shown(labels=False, neighbours=False, communes=False)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def show(view: MapView, made=None, **kept) -> None:
    view.set_choropleth(made or choropleth(**kept))
    assert view.wait()


def middle(view: MapView, code: str) -> QPointF:
    made = view.choropleth
    assert made is not None
    assert view.frame is not None
    place = made.layer.codes.index(code)
    x, y = view.frame.to_pixel(*made.layer.label_xy[place])
    return QPointF(x + 20, y + 20)


def pixel(view: MapView, point: QPointF) -> str:
    image = view.grab().toImage()
    return image.pixelColor(point.toPoint()).name().upper()


def test_each_territory_has_the_colour_of_its_class(view: MapView) -> None:
    show(view)
    made = view.choropleth
    assert pixel(view, middle(view, BOCAGE)) == made.palette[made.class_of[0]]
    assert pixel(view, middle(view, NIORTAIS)) == made.palette[made.class_of[1]]


def test_an_absence_is_a_texture_never_a_class(view: MapView) -> None:
    show(view)
    image = view.grab().toImage()
    centre = middle(view, THOUARSAIS).toPoint()
    seen = {image.pixelColor(centre + QPoint(dx, dy)).name().upper() for dx in range(8) for dy in range(8)}
    assert style(False).absent_ground in seen
    assert len(seen) > 2
    assert not seen & set(view.choropleth.palette)


def test_other_values_recolour_without_moving(view: MapView, qtbot) -> None:
    base = fond()
    show(view, base=base)
    view.zoom(1.5)
    view.wait()
    before = view.frame
    show(view, base=base, numbers=(80, 50, 50, 50), states=(0, 0, 0, 0))
    assert view.frame == before
    assert pixel(view, middle(view, BOCAGE)) == view.choropleth.palette[-1]


def test_the_night_palette_is_used_when_given(view: MapView) -> None:
    view.set_dark(True)
    night = palette("lagune", 5, dark=True)
    view.set_choropleth(choropleth(), night)
    view.wait()
    assert pixel(view, middle(view, NIORTAIS)) == night[view.choropleth.class_of[1]]


def test_what_is_under_the_pointer_is_exact(view: MapView) -> None:
    show(view)
    made, frame = view.choropleth, view.frame
    import shapely

    rng = np.random.default_rng(2)
    for x, y in rng.integers(0, 480, (300, 2)).tolist():
        hit = shapely.contains_xy(made.layer.polygons, *frame.to_map(x + 0.5, y + 0.5))
        expected = made.layer.codes[int(np.flatnonzero(hit)[0])] if hit.any() else None
        assert view.code_at(QPointF(x + 0.5, y + 0.5)) == expected


def test_both_engines_fill_the_same_pixels(qtbot, monkeypatch) -> None:
    images = []
    for many in (1, 500):
        monkeypatch.setattr(map_engine, "MANY", many)
        shown = MapView()
        qtbot.addWidget(shown)
        shown.resize(400, 400)
        shown.set_shown(labels=False, neighbours=False, communes=False)
        show(shown, numbers=(65.8, 74.2, 67.2, 50), states=(0, 0, 0, 0))
        image = shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        images.append(np.frombuffer(image.constBits(), dtype=np.uint32).reshape(400, 400).copy())
    assert (images[0] != images[1]).mean() < 0.005


def test_hover_tells_the_code_and_says_name_value_rank(view: MapView, qtbot) -> None:
    show(view)
    qtbot.mouseMove(view, QPoint(2, 2))
    with qtbot.waitSignal(view.hovered) as caught:
        qtbot.mouseMove(view, middle(view, MELLOIS).toPoint())
    assert caught.args == [MELLOIS]
    from ui.widgets.map_words import ranking, tip

    text = tip(view.choropleth, ranking(view.choropleth), 2)
    assert "CC Mellois en Poitou" in text
    assert "67,2\u00a0places pour 100 enfants" in text
    assert "2e sur 3" in text


def test_a_click_selects_and_describes(view: MapView, qtbot) -> None:
    show(view)
    with qtbot.waitSignal(view.selected) as caught:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, MELLOIS).toPoint())
    assert caught.args == [MELLOIS]
    assert view.accessibleDescription() == "CC Mellois en Poitou, 67,2\u00a0places pour 100 enfants, 2e sur 3"
    assert view.accessibleName() == "Carte\u202f: Taux de couverture petite enfance en 2023"


def test_an_absence_is_said_in_words(view: MapView) -> None:
    show(view)
    view.select(THOUARSAIS)
    assert view.accessibleDescription() == "CC du Thouarsais, pas de donnée"


def test_a_double_click_opens(view: MapView, qtbot) -> None:
    show(view)
    with qtbot.waitSignal(view.opened) as caught:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=middle(view, NIORTAIS).toPoint())
    assert caught.args == [NIORTAIS]


def test_a_drag_pans_and_selects_nothing(view: MapView, qtbot) -> None:
    show(view)
    start, seen = middle(view, MELLOIS).toPoint(), []
    view.selected.connect(seen.append)
    before = view.frame
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(30, 10))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 10))
    assert seen == []
    assert view.frame.x == pytest.approx(before.x - 30 / before.scale)
    assert view.frame.y == pytest.approx(before.y + 10 / before.scale)


def test_zoom_keeps_the_point_under_the_pointer(view: MapView) -> None:
    show(view)
    point = QPointF(100, 320)
    before = view.frame.to_map(100, 320)
    view.zoom(2.0, point)
    assert view.frame.to_map(100, 320) == pytest.approx(before)
    assert view.wait()
    view.fit()
    assert view.wait()


def test_tab_walks_by_rank_with_absences_last_then_leaves(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown, after = MapView(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(shown)
    column.addWidget(after)
    window.resize(400, 400)
    with qtbot.waitExposed(window):
        window.show()
    show(shown)
    shown.setFocus()
    walked = []
    for _ in range(4):
        qtbot.keyClick(shown, Qt.Key.Key_Tab)
        walked.append(shown.selected_code)
    assert walked == [NIORTAIS, MELLOIS, BOCAGE, THOUARSAIS]
    assert shown.order() == tuple(walked)
    qtbot.keyClick(shown, Qt.Key.Key_Tab)
    assert after.hasFocus() or not shown.hasFocus()


def test_keys_move_zoom_open_and_go_up(view: MapView, qtbot) -> None:
    show(view)
    before = view.frame
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.frame.x > before.x
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.frame.scale > before.scale
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.frame == before
    view.select(MELLOIS)
    with qtbot.waitSignal(view.opened) as caught:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [MELLOIS]
    with qtbot.waitSignal(view.ascended):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_a_selection_is_kept_when_it_is_still_there(view: MapView) -> None:
    base = fond()
    show(view, base=base)
    view.select(MELLOIS)
    show(view, base=base, numbers=(1, 2, 3, 4), states=(0, 0, 0, 0))
    assert view.selected_code == MELLOIS
    show(view, base=base, level=Level.COMMUNE, numbers=(50.0,) * 16, states=(0,) * 16)
    assert view.selected_code is None
    view.set_choropleth(None)
    assert view.order() == ()
    assert view.code_at(QPointF(200, 200)) is None


def test_a_stock_is_a_circle_of_proportional_area(qtbot) -> None:
    from ui.widgets.map_labels import radius_of

    radius = radius_of(np.array([100.0, 25.0, 0.0, np.nan]), 20)
    assert radius[:3].tolist() == [20, 10, 0]
    assert np.isnan(radius[3])
    shown = MapView()
    qtbot.addWidget(shown)
    shown.resize(400, 400)
    shown.set_shown(labels=False, neighbours=False, communes=False)
    show(shown, kind=Kind.STOCK, numbers=(100, 25, 0, 5), states=(0, 0, 1, 0))
    x, y = shown.frame.to_pixel(*shown.choropleth.layer.label_xy[0])
    image = shown.grab().toImage()
    assert image.pixelColor(round(x), round(y)).lightness() > 240
    assert image.pixelColor(round(x) + 60, round(y)) == QColor(style(False).no_class)


def test_names_and_values_are_written_without_overlap() -> None:
    from PySide6.QtGui import QFont

    from ui.widgets.map_frame import fit
    from ui.widgets.map_labels import LabelFonts, Placer, choose_labels
    from ui.widgets.map_shapes import shapes_of

    made = choropleth()
    frame = fit((0, 0, 20_000, 20_000), 500, 500)
    fonts = LabelFonts.of(QFont(), 1.0)
    boxes = shapes_of(made.layer.polygons).bounds
    labels = choose_labels(made, PLAIN, boxes, frame, fonts, style(False))
    assert {(" ".join(label.name), label.value) for label in labels} >= {
        ("Niortais", "74,2"),
        ("Thouarsais", "n.d."),
    }
    placed = [Placer(fonts).box(label) for label in labels]
    assert not any(a.intersects(b) for i, a in enumerate(placed) for b in placed[i + 1 :])
    small = choose_labels(made, PLAIN, boxes, fit((0, 0, 20_000, 20_000), 60, 60), fonts, style(False))
    assert small == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("CC Mellois en Poitou", "Mellois en Poitou"),
        ("CA du Niortais", "Niortais"),
        ("CC de l’Auxois", "Auxois"),
        ("CC d'Auberive Vingeanne", "Auberive Vingeanne"),
        ("Niort", "Niort"),
    ],
)
def test_names_lose_their_nature(name: str, short: str) -> None:
    from ui.widgets.map_words import short_name

    assert short_name(name) == short


def test_the_scale_bar_is_a_round_distance() -> None:
    from ui.widgets.map_decor import scale_length, scale_text

    assert scale_length(0.005, 110) == 20_000
    assert scale_text(20_000) == "20\u00a0km"
    assert scale_length(0.3, 110) == 200
    assert scale_text(200) == "200\u00a0m"


def test_a_territory_wider_than_high_stands_above_what_floats_at_its_foot() -> None:
    from ui.widgets.map_frame import fit, fit_above

    wide, high = (0.0, 0.0, 40_000.0, 20_000.0), (0.0, 0.0, 4_000.0, 20_000.0)
    frame = fit(wide, 600, 340)
    assert not frame.clears(wide, (200, 70))
    above = fit_above(wide, frame, 70)
    assert (above.width, above.height) == (600, 340)
    assert above.to_pixel(0, 0)[1] <= 340 - 70
    assert above.to_pixel(0, 20_000)[1] >= 0
    assert fit(high, 600, 340).clears(high, (200, 70))
    assert frame.clears(wide, (0, 0))

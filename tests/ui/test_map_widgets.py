"""Legend, ranked list, years, palettes and provenance: what they show, say and emit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.domain.indicator import Kind, Provenance, Value, ValueState
from app.domain.territory import Level
from maps.palettes import LABELS
from tests.ui.map_cases import choropleth, epci_code, indicator
from ui.widgets.legend import Circles, CountBar, Legend, Swatch
from ui.widgets.map_timeline import Timeline
from ui.widgets.provenance import ProvenancePopover
from ui.widgets.provenance_words import citation, control_lines, source_lines
from ui.widgets.ranked import Ranked
from ui.widgets.swatches import PaletteButton

BOCAGE, NIORTAIS, MELLOIS, THOUARSAIS = (epci_code(i) for i in range(4))
NUMBERS = {"couv_am": 54.9, "couv_eaje": 8.4, "couv_prescol": 3.1, "couv_gad": 0.7}


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def legend_of(qtbot, theme, made) -> Legend:
    legend = Legend(theme)
    qtbot.addWidget(legend)
    legend.show_map(made, 1.0)
    return legend


def test_the_legend_puts_the_high_class_on_top_with_counts(qtbot, theme) -> None:
    legend = legend_of(qtbot, theme, choropleth())
    words = texts(legend)
    assert words.index("75 et plus") < words.index("70,6 à 75") < words.index("moins de 60,9")
    assert [bar.share for bar in legend.findChildren(CountBar)] == [0, 1, 1, 1, 0]
    assert "Borne basse incluse, borne haute exclue" in " ".join(words)
    assert any("fond approché" in word.lower() for word in words)
    assert any("France" in word and "60,9" in word for word in words)


def test_the_legend_shows_only_the_absences_that_are_there(qtbot, theme) -> None:
    nan = float("nan")
    legend = legend_of(qtbot, theme, choropleth((65.8, nan, nan, 0), (0, 4, 3, 1)))
    states = {swatch.entry.state for swatch in legend.findChildren(Swatch)}
    assert states == {ValueState.VALUE, ValueState.ZERO, ValueState.MASKED, ValueState.NOT_PUBLISHED}
    assert "secret (1)" in texts(legend)
    assert "pas de donnée (1)" not in texts(legend)
    assert "75 et plus\u202f: 0" in legend.accessibleDescription()


def test_the_legend_of_a_stock_shows_circles(qtbot, theme) -> None:
    legend = legend_of(qtbot, theme, choropleth((100, 25, 3, 5), (0, 0, 0, 0), kind=Kind.STOCK))
    circles = legend.findChildren(Circles)
    assert len(circles) == 1
    assert circles[0].accessibleName().startswith("Cercles de 100")
    assert not legend.findChildren(CountBar)


@pytest.fixture
def ranked(qtbot, theme) -> Ranked:
    shown = Ranked(theme)
    qtbot.addWidget(shown)
    shown.resize(272, 300)
    made = choropleth()
    shown.show_map(made, made.palette)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def row_point(ranked: Ranked, row: int) -> QPoint:
    return QPoint(20, ranked._head() + row * 28 + 14)


def test_lines_are_ranked_with_absences_last(ranked: Ranked) -> None:
    assert [line.name for line in ranked.lines] == [
        "Niortais",
        "Mellois en Poitou",
        "Bocage",
        "Thouarsais",
    ]
    assert [line.value for line in ranked.lines] == ["74,2", "67,2", "65,8", "n.d."]


def test_a_click_and_the_arrows_select(ranked: Ranked, qtbot) -> None:
    with qtbot.waitSignal(ranked.selected) as caught:
        qtbot.mouseClick(ranked.viewport(), Qt.MouseButton.LeftButton, pos=row_point(ranked, 1))
    assert caught.args == [MELLOIS]
    assert ranked.accessibleDescription().startswith("CC Mellois en Poitou, 67,2")
    qtbot.keyClick(ranked, Qt.Key.Key_Down)
    assert ranked.current == BOCAGE
    qtbot.keyClick(ranked, Qt.Key.Key_Home)
    assert ranked.current == NIORTAIS
    qtbot.keyClick(ranked, Qt.Key.Key_End)
    assert ranked.current == THOUARSAIS
    with qtbot.waitSignal(ranked.opened) as caught:
        qtbot.keyClick(ranked, Qt.Key.Key_Return)
    assert caught.args == [THOUARSAIS]


def test_a_line_under_the_pointer_is_told(ranked: Ranked, qtbot) -> None:
    qtbot.mouseMove(ranked.viewport(), row_point(ranked, 2))
    with qtbot.waitSignal(ranked.hovered) as caught:
        qtbot.mouseMove(ranked.viewport(), row_point(ranked, 0))
    assert caught.args == [NIORTAIS]


def test_references_are_ochre_dashes(ranked: Ranked, theme) -> None:
    image = ranked.viewport().grab().toImage()
    x = round(ranked._x(60.9))
    ochre = theme.token("ocre")
    column = [
        image.pixelColor(x + dx, y) for dx in (-1, 0, 1) for y in range(ranked._head(), image.height() - 60)
    ]
    assert any(abs(c.hue() - ochre.hue()) < 12 and c.saturation() > 120 for c in column)


def test_the_list_scrolls_to_the_selected_line(qtbot, theme) -> None:
    shown = Ranked(theme)
    qtbot.addWidget(shown)
    shown.resize(272, 160)
    made = choropleth(np.linspace(10, 90, 16), [0] * 16, level=Level.COMMUNE)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.show_map(made, made.palette)
    assert shown.verticalScrollBar().maximum() > 0
    shown.select("79000")
    assert shown.verticalScrollBar().value() > 0


def test_years_step_play_and_say_what_is_missing(qtbot, theme) -> None:
    line = Timeline(theme)
    qtbot.addWidget(line)
    line.show_years((2021, 2023), 2022)
    line.show()
    assert line.years == (2021, 2022, 2023)
    assert "2022, non importé" in line.accessibleName()
    asked: list[int] = []
    line.chosen.connect(asked.append)
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(8 + 2 * 46 + 20, 12))
    assert asked == [2023, 2021, 2023]
    line.show_years((2021, 2023), 2023)
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert asked[-1] == 2021
    assert line.playing
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert not line.playing


def test_palettes_are_named_and_chosen(qtbot, theme) -> None:
    button = PaletteButton(theme)
    qtbot.addWidget(button)
    assert button.accessibleName() == "Palette\u202f: Lagune"
    button._fill()
    actions = button.menu().actions()
    assert [action.text() for action in actions] == list(LABELS.values())
    with qtbot.waitSignal(button.chosen) as caught:
        actions[1].trigger()
    assert caught.args == ["terre"]


def made_value(**kept) -> Value:
    known = indicator()
    value = Value(
        known,
        Level.EPCI,
        MELLOIS,
        2023,
        67.2,
        ValueState.VALUE,
        millesime=2023,
        provenance=(
            Provenance(
                "Cnaf", "txcouv_pe_epci_2023.csv", "41aac6a9789a77", "", 14, 1, "2026-03-01T10:00:00", "LO"
            ),
        ),
        parts=tuple(
            Value(replace(known, code=code, short_label=code), Level.EPCI, MELLOIS, 2023, n, ValueState.VALUE)
            for code, n in NUMBERS.items()
        ),
    )
    return replace(value, **kept)


def test_a_control_sum_says_whether_rounding_explains_the_gap() -> None:
    total, published, sentence, within = control_lines(made_value())
    assert (total, published, within) == ("67,1", "67,2", True)
    assert sentence == "Écart de 0,1\u202f: dans la tolérance d’arrondi (0,25)."
    _, _, sentence, within = control_lines(made_value(number=70.0))
    assert not within
    assert "ne l’explique pas" in sentence
    assert control_lines(made_value(parts=())) is None
    assert control_lines(made_value(number=None, state=ValueState.MASKED)) is None


def test_the_origin_goes_down_to_the_line_of_the_file() -> None:
    lines = dict(source_lines(made_value()))
    assert lines["Fichier"] == "txcouv_pe_epci_2023.csv, ligne 14"
    assert lines["Empreinte"] == "41aac6a9789a"
    assert lines["Géographie"] == "EPCI au 1er janvier 2023"
    assert lines["Import"] == "1er mars 2026"
    assert lines["Statut"] == "Consolidé, mesuré"
    assert dict(source_lines(made_value(estimated=True, fictitious=True)))["Statut"].endswith(
        "estimé, fictif"
    )


def test_a_citation_stands_alone() -> None:
    said = citation(made_value(), "CC Mellois en Poitou")
    assert said == (
        "Taux de couverture petite enfance, CC Mellois en Poitou, 2023\u202f: "
        "67,2\u00a0places pour 100 enfants. Source\u202f: Cnaf, LO, txcouv_pe_epci_2023.csv, ligne 14. "
        "EPCI au 1er janvier 2023."
    )
    masked = citation(made_value(number=None, state=ValueState.MASKED), "Rom")
    assert "masqué, secret statistique" in masked


def test_the_popover_shows_parts_sum_and_source_and_copies(qtbot, theme) -> None:
    popover = ProvenancePopover(theme, made_value(fictitious=True), "CC Mellois en Poitou")
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(popover)
    words = texts(popover)
    assert {"Comment est-ce calculé\u202f?", "Somme des 4 parts", "67,1", "67,2", "54,9", "fictif"} <= set(
        words
    )
    assert popover.width() == 338
    popover.copy()
    assert QGuiApplication.clipboard().text() == citation(made_value(fictitious=True), "CC Mellois en Poitou")


def test_a_figure_that_must_not_leave_is_not_copied(qtbot, theme) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("avant")
    shown = made_value(formula="2 ÷ 30 × 1 000 = 67,2")
    popover = ProvenancePopover(theme, shown, "Rom", waits=True)
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(popover)
    labels = {label.text(): label for label in popover.findChildren(QLabel)}
    formula = next(label for text, label in labels.items() if text.startswith("2 ÷"))
    popover.copy()
    assert clipboard.text() == "avant"
    popover.quote(made_value(number=None, state=ValueState.MASKED))
    assert "masqué, secret statistique" in clipboard.text()
    assert "67,2" not in clipboard.text()
    assert not formula.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    popover.quote(shown)
    assert formula.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_names_of_references_never_cover_one_another(ranked: Ranked) -> None:
    from maps.choropleth import Reference

    made = choropleth()
    near = (Reference("Deux-Sèvres", 70.6), Reference("Haute-Marne", 70.2), Reference("France", 60.9))
    ranked.show_map(replace(made, references=near), made.palette)
    titles = ranked._titles()
    assert len({level for words, _, level in titles if "France" not in words}) == 2
    assert all(start >= 0 for _, start, _ in titles)

"""Trajectory and waterfall by what they draw and say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.cpog_codes import MovementNature
from app.domain.cpog_points import Movement
from app.domain.ledger import Waterfall, waterfall
from ui.theme import Theme
from ui.widgets.trajectory import TrajectoryPlot
from ui.widgets.trajectory_data import Plot, PlotGap, PlotPoint, PlotSeries, tick_texts, ticks
from ui.widgets.trajectory_legend import TrajectoryLegend
from ui.widgets.trajectory_marks import runs
from ui.widgets.waterfall import UNEXPLAINED, WaterfallPlot, balance_words, steps_of


def series(kind: str, label: str, numbers: dict[int, float | None]) -> PlotSeries:
    points = [
        PlotPoint(float(year), column, number, "n.d." if number is None else f"{number:.0f}\u202f%")
        for column, (year, number) in enumerate(numbers.items())
    ]
    return PlotSeries(kind, label, tuple(points))


@pytest.fixture
def plot() -> Plot:
    return Plot(
        "CTG avec schéma",
        (
            series("realise", "Réalisé", {2023: 12, 2024: 25, 2025: 50}),
            series("prevu", "Prévu", {2026: 62, 2027: 87}),
            series("initiale", "Cible initiale", {2023: 20, 2024: 40, 2025: 60, 2026: 80, 2027: 100}),
            series("bas", "Tunnel, bas", {2024: 30, 2025: 40}),
            series("haut", "Tunnel, haut", {2024: 50, 2025: 70}),
        ),
        2023,
        2027,
        today=2025.9,
        gaps=(PlotGap(2024.0, 25, 40, "−15 points", True),),
        suffix="\u202f%",
    )


@pytest.fixture
def widget(qtbot: QtBot, theme: Theme, plot: Plot) -> TrajectoryPlot:
    made = TrajectoryPlot(theme)
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show_plot(plot, 2024)
    made.show()
    return made


def test_ticks_are_round_and_a_percentage_stops_at_100() -> None:
    assert ticks([12, 100], "\u202f%") == (0, 25, 50, 75, 100)
    assert ticks([74, 78]) == (74, 75, 76, 77, 78)
    assert ticks([]) == (0.0, 1.0)
    assert ticks([5, 5])[0] == 0
    assert tick_texts((0, 25), "\u202f%") == ["0", "25\u202f%"]


def test_the_year_says_each_series_and_the_gap_in_its_unit(widget: TrajectoryPlot, plot: Plot) -> None:
    said = widget.accessibleDescription()
    assert said.startswith("2024\u202f: réalisé 25\u202f%")
    assert "cible initiale 40\u202f%" in said
    assert said.endswith("écart −15 points")
    assert plot.said(2030) == "2030\u202f: rien d’écrit"


def test_arrows_go_by_year_within_those_drawn(qtbot: QtBot, widget: TrajectoryPlot) -> None:
    chosen: list[int] = []
    widget.year_chosen.connect(chosen.append)
    widget.setFocus()
    for _ in range(5):
        qtbot.keyClick(widget, Qt.Key.Key_Right)
    assert chosen == [2025, 2026, 2027]
    qtbot.keyClick(widget, Qt.Key.Key_Left)
    assert widget.year == 2026


def test_a_click_on_a_point_explains_it_and_beside_it_chooses_the_year(
    qtbot: QtBot, widget: TrajectoryPlot
) -> None:
    scale = widget.scale()
    assert scale is not None
    at = QPoint(round(scale.x(2025)), round(scale.y(50)))
    with qtbot.waitSignal(widget.point_asked) as asked:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == ["realise", 2]
    with qtbot.waitSignal(widget.year_chosen) as chosen:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(round(scale.x(2026)), 30))
    assert chosen.args == [2026]
    widget.setFocus()
    with qtbot.waitSignal(widget.point_asked) as asked:
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert asked.args[0] == "initiale"


def test_the_pointer_lights_the_column(qtbot: QtBot, widget: TrajectoryPlot) -> None:
    scale = widget.scale()
    assert scale is not None
    with qtbot.waitSignal(widget.year_lit) as lit:
        qtbot.mouseMove(widget, QPoint(round(scale.x(2027)), 60))
    assert lit.args == [2027]


def test_a_missing_year_opens_the_line_and_the_forecast_starts_from_the_last_value(plot: Plot) -> None:
    broken = series("realise", "Réalisé", {2021: 1, 2022: None, 2023: 3, 2025: 5})
    assert [[p.at for p in run] for run in runs(broken, plot)] == [[2021.0], [2023.0], [2025.0]]
    forecast = plot.of("prevu")
    assert forecast is not None
    assert [p.at for p in runs(forecast, plot)[0]] == [2025.0, 2026.0, 2027.0]


def test_the_legend_hides_a_series(qtbot: QtBot, theme: Theme, widget: TrajectoryPlot) -> None:
    legend = TrajectoryLegend(theme)
    qtbot.addWidget(legend)
    legend.show_items([("realise", "Réalisé"), ("tunnel", "Tunnel")])
    legend.hidden_changed.connect(widget.set_hidden)
    legend.show()
    before = widget.grab().toImage()
    legend.items["tunnel"].setFocus()
    qtbot.keyClick(legend.items["tunnel"], Qt.Key.Key_Space)
    assert widget.hidden == {"tunnel"}
    assert widget.grab().toImage() != before


def test_a_suivi_is_never_red(qtbot: QtBot, theme: Theme, plot: Plot) -> None:
    from dataclasses import replace

    colour = theme.token("rouge")
    red = bytes((colour.blue(), colour.green(), colour.red(), 255))
    for neutral, expected in ((False, True), (True, False)):
        made = TrajectoryPlot(theme)
        qtbot.addWidget(made)
        made.resize(640, 300)
        made.show_plot(replace(plot, neutral=neutral), 2024)
        image = made.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = bytes(image.constBits())
        found = any(pixels[place : place + 4] == red for place in range(0, len(pixels), 4))
        assert found is expected


def staff(residue: bool) -> Waterfall:
    amounts = (140.0, 336.0) if residue else (140.0, 336.0, 35.0)
    moves = [
        Movement(str(i), "", "", "", i, 2020, f"motif {i}", amount, MovementNature.LASTING)
        for i, amount in enumerate(amounts)
    ]
    return waterfall(2020, 33_000.0, 33_511.0, moves)


def test_the_waterfall_adds_up_and_shows_what_nobody_explains(qtbot: QtBot, theme: Theme) -> None:
    assert [step.text for step in steps_of(staff(False), 0)] == [
        "33\u202f000",
        "+140",
        "+336",
        "+35",
        "33\u202f511",
    ]
    steps = steps_of(staff(True), 0)
    assert [step.label for step in steps][-2:] == [UNEXPLAINED, "révisée"]
    assert steps[-2].text == "+35"
    made = WaterfallPlot(theme)
    qtbot.addWidget(made)
    made.resize(500, 230)
    made.show_waterfall(staff(True), 0)
    assert f"{UNEXPLAINED} +35" in made.accessibleDescription()
    assert not made.grab().isNull()


def test_each_year_says_whether_it_adds_up() -> None:
    words, balanced = balance_words([staff(True)])[0]
    assert words == "2020\u202f: +511, dont +476 expliqués, +35 non expliqués"
    assert not balanced
    assert balance_words([staff(False)]) == [("2020\u202f: +511, dont +511 expliqués", True)]

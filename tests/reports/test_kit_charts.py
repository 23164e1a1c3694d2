"""Charts say what they know, with labels that cover neither each other nor the margins."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from app.domain.indicator import ValueState
from maps.canvas import Box
from maps.palettes import luminance
from reports.kit import charts as c
from reports.kit.chart_base import kept_apart, textured, ticks
from reports.kit.draw_bars import looks
from reports.kit.draw_chart import KINDS, chart_height, chart_numbers, draw_chart
from reports.kit.draw_steps import residue
from reports.kit.printed import Printed, plain
from tests.reports.booklets import every_chart, shown, trend
from tests.reports.recorder import Recorder

CHARTS = every_chart()
PROGRESS = c.Progression(
    (
        c.ProgressRow("Communes à moins de 20 min", plain(26.0), plain(36.0), plain(52.0), "communes"),
        c.ProgressRow("Sans départ", plain(None), plain(36.0), plain(36.0)),
    )
)


def drawn(chart: c.Chart, width: float = 500.0) -> tuple[Recorder, Box]:
    """A chart drawn in the box that suits it."""
    box = Box(40, 60, width, chart_height(chart, width))
    canvas = Recorder()
    draw_chart(canvas, chart, box)
    return canvas, box


@pytest.mark.parametrize("width", [240.0, 500.0])
@pytest.mark.parametrize("name", [*CHARTS])
def test_labels_stay_apart_and_inside(name: str, width: float) -> None:
    canvas, box = drawn(CHARTS[name], width)
    assert canvas.texts
    assert canvas.overlaps() == []
    assert canvas.outside(box) == []


def test_progressions_stay_apart() -> None:
    canvas, box = drawn(PROGRESS)
    assert canvas.overlaps() == []
    assert canvas.outside(box) == []


def test_every_kind_is_known() -> None:
    kinds = {type(chart) for chart in CHARTS.values()} | {c.Progression, c.Flow}
    assert kinds == set(KINDS)


def hidden(held: Any) -> Any:
    """The same chart with no number known."""
    if isinstance(held, Printed):
        return plain(None)
    if isinstance(held, tuple):
        return tuple(hidden(one) for one in held)
    if hasattr(held, "__dataclass_fields__"):
        return replace(held, **{name: hidden(getattr(held, name)) for name in held.__dataclass_fields__})
    return held


@pytest.mark.parametrize("name", [name for name in CHARTS if name not in ("gantt", "gauges")])
def test_nothing_known_is_said_not_drawn_as_zero(name: str) -> None:
    chart = hidden(CHARTS[name])
    if name == "trend":
        chart = replace(chart, tunnel=())
    canvas, _ = drawn(chart)
    assert [text for text, _ in canvas.texts] == ["Aucune valeur connue pour cette figure."]
    assert canvas.fills == []


def test_an_absence_is_written_and_has_no_bar() -> None:
    values = [plain(3.0), plain(0.0), *(plain(None, state=state) for state in list(ValueState)[2:])]
    bars = tuple(c.Bar(f"B{i}", value) for i, value in enumerate(values))
    for chart in (c.Bars(bars), c.HorizontalBars(bars)):
        canvas, _ = drawn(chart)
        words = [text for text, _ in canvas.texts]
        assert {"3", "0", "n.d.", "n.p.", "s"} <= set(words)
        assert len(canvas.fills) == 1


def test_bars_start_at_zero() -> None:
    canvas, _ = drawn(c.HorizontalBars((c.Bar("A", plain(50.0)), c.Bar("B", plain(100.0)))))
    widths = sorted(box.w for _, box in canvas.fills)
    assert widths[1] == pytest.approx(2 * widths[0])


def test_the_residue_of_a_waterfall_is_never_hidden() -> None:
    chart = CHARTS["waterfall"]
    assert isinstance(chart, c.Waterfall)
    assert residue(chart) == 14
    canvas, _ = drawn(chart)
    words = " ".join(text for text, _ in canvas.texts)
    assert "+14" in words
    assert "Non expliqué" in words
    assert "l’axe ne part pas de zéro" in words
    whole = replace(chart, steps=(*chart.steps, c.Step("Reste", plain(14.0))))
    assert residue(whole) == 0
    assert "expliquent tout l’écart" in " ".join(text for text, _ in drawn(whole)[0].texts)
    assert residue(replace(chart, end=c.Step("Fin", plain(None)))) is None


def test_shares_with_an_unknown_part_are_not_drawn() -> None:
    chart = CHARTS["share"]
    canvas, _ = drawn(chart)
    words = [text for text, _ in canvas.texts]
    assert "répartition incomplète" in words
    assert "66,8 (une part\u00a0n.d.)" in words or any("une part" in word for word in words)


def test_gauges_are_two_and_no_third_is_made_of_them() -> None:
    words = [text for text, _ in drawn(CHARTS["gauges"])[0].texts]
    assert "81,8\u202f%" in words
    assert "64,4\u202f%" in words
    assert not any("73,1" in word for word in words)


def test_the_four_series_are_told_apart_without_colour() -> None:
    from reports.kit.draw_trend import LOOKS

    looks_ = {(look.dash, look.mark, look.full) for style, look in LOOKS.items()}
    assert len(looks_) == len(LOOKS)


def test_neighbour_segments_differ_by_texture_where_greys_are_near() -> None:
    chart = CHARTS["stacked"]
    assert isinstance(chart, c.Stacked)
    held = looks(chart.parts)
    for (one, first), (other, second) in pairwise(held):
        assert first != second or abs(luminance(one) - luminance(other)) > 0.25


def test_a_long_series_keeps_its_last_value() -> None:
    canvas, _ = drawn(trend(30))
    assert canvas.overlaps() == []
    points = tuple(c.TrendPoint(1990 + i, plain(float(i * i), 0)) for i in range(36))
    many = c.Trend((c.TrendSeries("Réalisé", c.Style.ACTUAL, points, broken_before=(2005,)),))
    canvas, box = drawn(many)
    words = [text for text, _ in canvas.texts]
    assert "1\u202f225" in words
    assert "rupture de méthode" in words
    assert canvas.overlaps() == []
    assert canvas.outside(box) == []


def test_numbers_of_a_chart_are_all_listed() -> None:
    chart = CHARTS["dumbbells"]
    assert len(chart_numbers(chart)) == 10
    assert shown(77.2, 0) in chart_numbers(chart)


def test_ticks_hold_what_they_must() -> None:
    for low, high in ((0, 1), (0, 77.2), (-3.4, 12), (31089, 32100), (0, 1e-3), (5, 5)):
        found = ticks(low, high)
        assert found[0] <= low
        assert found[-1] >= high
        assert 2 <= len(found) <= 9


def test_places_are_kept_apart_within_bounds() -> None:
    placed = kept_apart([5, 5, 5, 90], 10, 0, 100)
    ordered = sorted(placed)
    assert all(after - before >= 10 - 1e-9 for before, after in pairwise(ordered))
    assert ordered[0] >= 0
    assert ordered[-1] <= 100


@pytest.mark.parametrize("texture", ["rising", "falling", "crossed", "dots"])
def test_textures_stay_in_their_box(texture: str) -> None:
    box = Box(10.3, 20.7, 33.3, 9.1)
    for ring in textured(box, texture):
        assert ring[:, 0].min() >= box.x - 0.01
        assert ring[:, 0].max() <= box.right + 0.02
        assert ring[:, 1].min() >= box.y - 0.01
        assert ring[:, 1].max() <= box.bottom + 0.01

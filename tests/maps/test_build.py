"""A series becomes a map in the order of the outlines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.domain.indicator import ValueState
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.choropleth import Mark
from maps.palettes import LABELS, MAX_CLASSES, MODES, NIGHT, PALETTES, ink_on, luminance, palette
from tests.maps.samples import births, fond, indicator, series


def test_values_follow_the_outlines() -> None:
    made = build_choropleth(fond(), series(), level=Level.EPCI)
    by_code = dict(zip(made.layer.codes, made.numbers, strict=True))
    assert by_code["200000000"] == 80.0
    assert made.states.tolist() == [0, 0, 4, 3, 2, 1]
    assert made.class_of.tolist() == [4, 4, -1, -1, -1, 0]
    assert made.title == "Taux de couverture petite enfance en 2023"
    assert made.subtitle == "Places pour 100 enfants de moins de 3 ans"
    assert len(made.palette) == len(made.classes.counts) == 5


def test_a_territory_absent_from_the_series_has_no_data() -> None:
    short = series()
    short = replace(short, codes=short.codes[:2], numbers=short.numbers[:2], states=short.states[:2])
    made = build_choropleth(fond(), short, level=Level.EPCI)
    assert made.states[0] == ValueState.NO_DATA
    assert np.isnan(made.numbers[0])


def test_a_stock_becomes_circles_without_classes() -> None:
    made = build_choropleth(fond(), series(births()), level=Level.EPCI)
    assert made.mark is Mark.SYMBOL
    assert made.palette == () == made.classes.counts


def test_given_bounds_are_manual_classes() -> None:
    made = build_choropleth(fond(), series(indicator()), level=Level.EPCI, bounds=(0, 70, 90))
    assert made.classes.method == "manual"
    assert made.classes.counts == (1, 2)


def test_a_level_without_outline_is_refused() -> None:
    with pytest.raises(ValueError, match="FRANCE"):
        build_choropleth(fond(), series(), level=Level.FRANCE)


def test_palettes_have_three_to_seven_colours_by_night_too() -> None:
    assert set(LABELS) == set(PALETTES) == set(NIGHT)
    for name in PALETTES:
        for count in range(MAX_CLASSES + 1):
            assert len(palette(name, count)) == count == len(palette(name, count, dark=True))


@pytest.mark.parametrize("name", ["lagune", "terre", "prune", "ylgnbu", "bupu", "gris"])
def test_sequential_palettes_darken_on_paper_and_lighten_at_night(name: str) -> None:
    for count in range(2, 8):
        light = [luminance(c) for c in palette(name, count)]
        dark = [luminance(c) for c in palette(name, count, dark=True)]
        assert light == sorted(light, reverse=True)
        assert dark == sorted(dark)


def test_names_are_white_on_dark_classes_only() -> None:
    assert [ink_on(c) for c in palette("lagune", 5)] == ["#1D2429"] * 3 + ["#FFFFFF"] * 2
    assert list(MODES) == ["couv_am", "couv_eaje", "couv_prescol", "couv_gad"]


@pytest.mark.parametrize(("name", "count"), [("inconnue", 3), ("lagune", 8), ("lagune", -1)])
def test_an_unknown_palette_is_refused(name: str, count: int) -> None:
    with pytest.raises(ValueError, match="palette"):
        palette(name, count)

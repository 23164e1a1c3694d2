"""Scales that compare: around a reference, between two years, two quantities at once, several years."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.indicator import Direction, Series, ValueState
from app.domain.territory import Level
from maps.bivariate import build_bivariate
from maps.build import build_choropleth
from maps.canvas import Box
from maps.choropleth import Choropleth, Classes, Mark, Reference
from maps.classes import bound_labels, class_of, classify_around
from maps.compose import build_multiples
from maps.draw import SheetOptions, best_grid, write_map
from maps.entries import class_entries
from maps.evolution import difference
from maps.grey import in_grey
from maps.layers import Multiples
from maps.naming import value_words
from maps.palettes import bivariate_palette, luminance
from maps.plan import strength_of
from tests.maps.samples import births, fond, indicator, series
from tests.maps.test_draw import OPTIONS, PORTRAIT, pdf_text

DEPARTEMENT = Reference("Deux-Sèvres", 70.6)
NUMBERS = [58.0, 62.4, 66.8, 71.2, 75.6, 80.0]


def known(numbers: list[float], *, stock: bool = False, year: int = 2023) -> Series:
    """Six values without absence, in the order of the outlines."""
    base = series(
        births() if stock else indicator(), numbers=np.array(numbers), states=np.zeros(6, dtype=np.uint8)
    )
    return replace(base, codes=fond().epcis.codes, year=year)


# -- around a reference ------------------------------------------------------------------------------


@given(
    st.lists(st.floats(-500, 500), min_size=1, max_size=30), st.floats(-300, 300), st.integers(1, 8)
)  # fmt: skip
@example([1.0], 0.25, 4)
def test_the_reference_is_a_limit_and_steps_are_even(values: list[float], middle: float, count: int) -> None:
    classes = classify_around(np.array(values), middle, count, decimals=1)
    assert round(middle, 1) in classes.bounds
    assert sum(classes.counts) == len(values)
    inner = np.diff(classes.bounds[1:-1])
    assert np.allclose(inner, inner[:1] if len(inner) else inner)
    assert len(classes.counts) in (2, 4, 6)
    assert classes.bounds[0] <= min(round(v, 1) for v in values) + 0.1


def test_values_on_both_sides_of_the_reference_have_two_colours() -> None:
    made = build_choropleth(fond(), known(NUMBERS), level=Level.EPCI, middle=DEPARTEMENT)
    assert made.classes.bounds == (58.0, 65.6, 70.6, 75.6, 83.2)
    assert made.classes.counts == (2, 1, 1, 2)
    assert made.palette == ("#E66101", "#FDB863", "#B2ABD2", "#5E3C99")
    assert [strength_of(made, rank) for rank in range(4)] == [
        (1.0, True),
        (0.5, True),
        (0.5, False),
        (1.0, False),
    ]


def test_nothing_known_gives_no_class() -> None:
    assert classify_around(np.array([np.nan]), 3.0, 4) == Classes("around", (), ())


def test_limits_of_differences_have_a_sign() -> None:
    classes = classify_around(np.array([-3.0, 3.0]), 0.0, 4)
    assert bound_labels(classes, 1, signed=True) == ("moins de −1", "−1 à 0", "0 à +1", "+1 et plus")


def test_the_reference_is_named_at_its_limit(tmp_path: Path) -> None:
    made = build_choropleth(fond(), known(NUMBERS), level=Level.EPCI, middle=DEPARTEMENT)
    write_map(made, tmp_path / "c.pdf", OPTIONS)
    text = pdf_text(tmp_path / "c.pdf")
    assert "Deux-Sèvres 70,6" in text
    assert "Bornes à égale distance du repère." in text


# -- evolution ---------------------------------------------------------------------------------------


def test_a_rate_changes_in_points() -> None:
    made = difference(known([60.0, 60.04, 50, 50, 50, 50]), known([61.3, 58.05, 50, 50, 50, 50], year=2025))
    assert made.numbers[:3].tolist() == [1.3, -2.0, 0.0]
    assert made.states[2] == ValueState.ZERO
    assert made.indicator.unit == "écart en points (places pour 100 enfants de moins de 3 ans)"
    assert made.indicator.direction is Direction.NONE
    assert made.year == 2025


def test_an_absence_of_one_year_stays_that_absence() -> None:
    before = series(codes=fond().epcis.codes)
    made = difference(before, known(NUMBERS))
    assert made.states[1:4].tolist() == [ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED]
    assert np.isnan(made.numbers[1:4]).all()


def test_two_indicators_are_not_compared() -> None:
    with pytest.raises(ValueError, match="indicator"):
        difference(known(NUMBERS), known(NUMBERS, stock=True))


def test_the_map_of_an_evolution_writes_signs(tmp_path: Path) -> None:
    made = difference(
        known(NUMBERS), known([n + d for n, d in zip(NUMBERS, (1, -2, 0, 3, -1, 2), strict=True)])
    )
    drawn = build_choropleth(
        fond(), made, level=Level.EPCI, middle=Reference("sans changement", 0), signed=True
    )
    assert [value_words(drawn, rank) for rank in range(3)] == ["+1,0", "−2,0", "0,0"]
    write_map(drawn, tmp_path / "c.pdf", OPTIONS)
    assert "sans changement 0" in pdf_text(tmp_path / "c.pdf")


def test_a_stock_changes_in_circles_of_two_looks(tmp_path: Path) -> None:
    made = difference(
        known([10, 20, 30, 40, 50, 60], stock=True), known([12, 15, 30, 41, 90, 20], stock=True)
    )
    drawn = build_choropleth(fond(), made, level=Level.EPCI, signed=True)
    assert drawn.mark is Mark.SYMBOL
    write_map(drawn, tmp_path / "c.svg", OPTIONS)
    content = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert "hausse" in content
    assert "baisse" in content
    assert "−40" in content
    assert "stroke-dasharray" in content


# -- two quantities ----------------------------------------------------------------------------------


def pair(first: list[float] | None = None, second: list[float] | None = None) -> Choropleth:
    """Coverage and births on one map."""
    one, two = known(first or NUMBERS), known(second or [10, 900, 20, 400, 850, 30], stock=True)
    return build_bivariate(fond(), one, two, level=Level.EPCI, title="Deux quantités")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 6), min_size=6, max_size=6), st.lists(st.integers(0, 6), min_size=6, max_size=6)
)
def test_each_territory_is_in_one_cell(first: list[int], second: list[int]) -> None:
    made = pair([float(n) for n in first], [float(n) for n in second])
    assert sum(made.classes.counts) == 6
    assert len(made.palette) == len(made.classes.counts) <= 9
    assert made.second is not None
    columns = len(made.second.classes.counts)
    rows = class_of(made.numbers, made.second.first)
    assert (made.class_of // columns == rows).all()
    assert len(class_entries(made)) == len(made.palette)


def test_a_territory_without_the_second_quantity_is_not_coloured() -> None:
    two = series(births(), codes=fond().epcis.codes)
    made = build_bivariate(fond(), known(NUMBERS), two, level=Level.EPCI, title="t")
    assert made.class_of[1:4].tolist() == [-1, -1, -1]
    assert made.states[1:4].tolist() == [ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED]
    assert value_words(made, 1) == "62,4\u00a0·\u00a0n.d."


@pytest.mark.parametrize("options", [OPTIONS, PORTRAIT, replace(OPTIONS, grey=True)])
def test_the_square_legend_is_on_the_sheet(tmp_path: Path, options: SheetOptions) -> None:
    write_map(pair(), tmp_path / "c.pdf", options)
    text = pdf_text(tmp_path / "c.pdf")
    assert "↑ Couverture, 2023" in text
    assert "→ Naissances, 2023" in text
    assert "58,0 · 10" in text


MACHADO = {
    "normal": (1, 0, 0, 0, 1, 0, 0, 0, 1),
    "protan": (0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    "deutan": (0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881),
    "tritan": (1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039),
}
"""Simulation of colour vision on linear RGB. Source: Machado, Oliveira and Fernandes, 2009, severity 1."""


def lab(colour: str, matrix: tuple[float, ...]) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as seen through a simulation."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(np.array(matrix).reshape(3, 3) @ linear, 0, 1) / (0.9505, 1.0, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", MACHADO)
@pytest.mark.parametrize("dark", [False, True])
def test_nine_colours_are_told_apart_by_every_eye(vision: str, dark: bool) -> None:
    points = [lab(colour, MACHADO[vision]) for colour in bivariate_palette(3, 3, dark=dark)]
    gaps = [np.linalg.norm(a - b) for i, a in enumerate(points) for b in points[:i]]
    assert min(gaps) > 15


def test_fewer_classes_take_the_extremes() -> None:
    assert bivariate_palette(2, 1) == ("#EBB36B", "#3F6373")
    assert luminance(bivariate_palette(3, 3, dark=True)[0]) < luminance(bivariate_palette(3, 3, dark=True)[8])


# -- several years -----------------------------------------------------------------------------------


def years(*many: list[float], stock: bool = False) -> Multiples:
    """One map a year from 2023."""
    made = [known(numbers, stock=stock, year=2023 + rank) for rank, numbers in enumerate(many)]
    return build_multiples(fond(), made, title="Des années", count=4, method="quantiles")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.floats(0, 100), min_size=6, max_size=6), min_size=2, max_size=4))
def test_breaks_are_the_same_for_every_year_and_counts_add_up(many: list[list[float]]) -> None:
    made = years(*many)
    assert len({choropleth.classes.bounds for choropleth in made.maps}) == 1
    assert len({choropleth.palette for choropleth in made.maps}) == 1
    for choropleth in made.maps:
        assert sum(choropleth.classes.counts) == 6


@pytest.mark.parametrize("options", [OPTIONS, PORTRAIT])
def test_one_legend_counts_each_year(tmp_path: Path, options: SheetOptions) -> None:
    made = years(NUMBERS, [n + 5 for n in NUMBERS], [n - 5 for n in NUMBERS])
    write_map(made, tmp_path / "c.pdf", options)
    text = pdf_text(tmp_path / "c.pdf")
    for words in ("Des années", "2023", "2024", "2025"):
        assert words in text
    assert text.count("Légende") == int(options is OPTIONS)
    assert text.count("Seuils") + text.count("Classes d’effectifs égaux") == 1


def test_circles_of_several_years_have_one_scale(tmp_path: Path) -> None:
    made = years([10, 20, 30, 40, 50, 60], [100, 200, 300, 400, 500, 600], stock=True)
    write_map(made, tmp_path / "c.svg", OPTIONS)
    write_map(made, tmp_path / "d.svg", OPTIONS)
    content = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert content == (tmp_path / "d.svg").read_text(encoding="utf-8")
    radii = sorted({float(part.split('"')[0]) for part in content.split(' r="')[1:]})
    assert radii[-1] / radii[0] == pytest.approx((600 / 10) ** 0.5, rel=0.05)


def test_one_map_or_five_is_refused() -> None:
    with pytest.raises(ValueError, match="two to four"):
        years(NUMBERS)
    with pytest.raises(ValueError, match="share"):
        build_multiples(fond(), [known(NUMBERS), known(NUMBERS, stock=True)], title="t")


def test_the_grid_makes_maps_as_large_as_can_be() -> None:
    wide, high = Box(0, 0, 800, 400), Box(0, 0, 400, 800)
    assert best_grid(2, wide, 0.6) == (2, 1)
    assert best_grid(2, high, 1.5) == (1, 2)
    assert best_grid(4, wide, 1.5) == (2, 2)


# -- grey prints -------------------------------------------------------------------------------------


def test_a_diverging_map_in_grey_tells_the_side_by_lines() -> None:
    made = in_grey(build_choropleth(fond(), known(NUMBERS), level=Level.EPCI, middle=DEPARTEMENT))
    assert made.textures
    assert made.palette[0] == made.palette[-1]
    assert luminance(made.palette[0]) < luminance(made.palette[1])


def test_lines_make_high_classes_darker() -> None:
    made = build_choropleth(fond(), known(NUMBERS), level=Level.EPCI, bounds=(50, 60, 70, 75, 78, 90))
    strengths = [strength_of(in_grey(made), rank)[0] for rank in range(5)]
    assert strengths == [0.0, 0.25, 0.5, 0.25, 0.0]

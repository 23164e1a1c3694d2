"""Points keep apart, stay on the sheet, and none is lost."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.canvas import Box
from maps.declutter import REACH, Sign, declutter
from maps.glyphs import base_of, glyph, radius_of, tint
from maps.layers import SHAPES

BOX = Box(10.0, 20.0, 300.0, 200.0)
LOOKS = (("circle", "#16222A", True), ("square", "#B4470F", True), ("circle", "#16222A", False))

places = st.tuples(
    st.floats(BOX.x, BOX.right), st.floats(BOX.y, BOX.bottom), st.sampled_from(LOOKS), st.integers(1, 9)
)


def signs_at(*spots: tuple[float, float], look: tuple[str, str, bool] = LOOKS[0]) -> list[Sign]:
    """Signs of radius 4."""
    return [Sign(look, x, y, 4.0) for x, y in spots]


@settings(max_examples=40, deadline=None)
@given(st.lists(places, max_size=40), st.booleans())
def test_no_sign_leaves_the_sheet_and_counts_add_up(
    spots: list[tuple[float, float, tuple[str, str, bool], int]], crowd: bool
) -> None:
    squeeze = 0.05 if crowd else 1.0
    signs = [
        Sign(look, BOX.x + (x - BOX.x) * squeeze, BOX.y + (y - BOX.y) * squeeze, 4.0, count)
        for x, y, look, count in spots
    ]
    placed = declutter(signs, BOX)
    assert placed == declutter(signs, BOX)
    for sign in placed:
        assert BOX.x <= sign.at_x - sign.radius + 1e-6
        assert sign.at_x + sign.radius <= BOX.right + 1e-6
        assert BOX.y <= sign.at_y - sign.radius + 1e-6
        assert sign.at_y + sign.radius <= BOX.bottom + 1e-6
    for look in LOOKS:
        before = sum(sign.count for sign in signs if sign.look == look)
        assert sum(sign.count for sign in placed if sign.look == look) == before


def test_points_alike_at_one_place_become_one_with_their_number() -> None:
    placed = declutter(signs_at((100, 100), (100, 100.3), (100, 100)), BOX)
    assert [(sign.count, sign.radius) for sign in placed] == [(3, pytest.approx(5.4))]


def test_exact_and_rough_points_are_never_grouped() -> None:
    signs = [*signs_at((100, 100)), *signs_at((100, 100), look=LOOKS[2])]
    placed = declutter(signs, BOX)
    assert [sign.count for sign in placed] == [1, 1]


def test_neighbours_move_aside_by_little() -> None:
    signs = [*signs_at((100, 100), (103, 100)), *signs_at((101, 102), look=LOOKS[1])]
    placed = declutter(signs, BOX)
    for one, two in combinations(placed, 2):
        assert np.hypot(one.at_x - two.at_x, one.at_y - two.at_y) >= one.radius + two.radius
    assert all(sign.moved <= REACH * sign.radius for sign in placed)


def test_signs_leave_large_circles() -> None:
    placed = declutter(signs_at((100, 100), (104, 101)), BOX, discs=[(100.0, 100.0, 15.0)])
    assert all(np.hypot(sign.at_x - 100, sign.at_y - 100) >= 15 + sign.radius for sign in placed)


@pytest.mark.parametrize("shape", [*SHAPES, "diamond_ring", "circle_small", "pennant"])
def test_shapes_weigh_nearly_the_same_and_fit_their_circle(shape: str) -> None:
    ring = glyph(shape, 50.0, 40.0, 4.0)
    reach = np.hypot(*(ring - (50.0, 40.0)).T).max()
    assert reach == pytest.approx(radius_of(shape, 4.0))
    assert reach < 6.0


def test_an_unknown_shape_is_a_circle() -> None:
    assert base_of("pyramide_small") == "circle"
    assert tint("#000000") == "#CCCCCC"

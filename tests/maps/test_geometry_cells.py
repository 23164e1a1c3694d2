"""Cells from centres and areas: areas, centroids, fit without gap nor overlap, awkward layouts."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.cells import cell_polygons
from maps.fit import fit_cells
from maps.power import cell_edges, measure, power_diagram


def _scattered(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Centres at random in a square that their areas about fill, metres."""
    random = np.random.default_rng(seed)
    area = random.uniform(4e6, 30e6, count)
    side = np.sqrt(area.sum())
    x, y = random.uniform(0, side, (2, count))
    return x + 430_000, y + 6_600_000, area


@settings(max_examples=10, deadline=None, derandomize=True)
@given(count=st.integers(1, 80), seed=st.integers(0, 10_000))
def test_cells_fit_together_and_none_vanishes(count: int, seed: int) -> None:
    x, y, area = _scattered(count, seed)
    polygons = cell_polygons(fit_cells(x, y, area), count)
    assert shapely.is_valid(polygons).all()
    assert not shapely.is_empty(polygons).any()
    assert shapely.coverage_is_valid(polygons)


def test_cells_of_a_regular_country_have_the_known_areas_and_centres() -> None:
    random = np.random.default_rng(1)
    column, row = np.meshgrid(np.arange(20), np.arange(20))
    x = column.ravel() * 4_000.0 + random.uniform(-500, 500, 400)
    y = row.ravel() * 4_000.0 + random.uniform(-500, 500, 400)
    area = np.full(400, 16e6)
    polygons = cell_polygons(fit_cells(x, y, area), 400)
    assert np.median(abs(shapely.area(polygons) / area - 1)) < 0.05
    assert np.median(shapely.distance(shapely.centroid(polygons), shapely.points(x, y))) < 300
    assert shapely.area(polygons).sum() == pytest.approx(area.sum(), rel=0.03)


def test_an_island_is_a_disc_of_its_area() -> None:
    x, y, area = np.array([0.0, 50_000.0]), np.array([0.0, 0.0]), np.array([20e6, 5e6])
    polygons = cell_polygons(fit_cells(x, y, area), 2)
    assert shapely.area(polygons) == pytest.approx(area, rel=0.03)
    assert shapely.distance(polygons[0], polygons[1]) > 40_000


def test_an_enclave_keeps_a_place_beside_the_town_around_it() -> None:
    x, y = np.array([0.0, 300.0, 9_000.0]), np.zeros(3)
    polygons = cell_polygons(fit_cells(x, y, np.array([80e6, 1e6, 30e6])), 3)
    assert not shapely.is_empty(polygons).any()
    assert shapely.area(shapely.intersection(polygons[0], polygons[1])) == pytest.approx(0, abs=1)


def test_two_communes_at_the_same_place_do_not_stop_the_computation() -> None:
    x, y = np.array([0.0, 0.0, 5_000.0]), np.zeros(3)
    polygons = cell_polygons(fit_cells(x, y, np.full(3, 10e6)), 3)
    assert shapely.is_valid(polygons).all()


def test_borders_between_groups_are_smoothed_and_still_shared() -> None:
    x, y, area = _scattered(200, 7)
    diagram = fit_cells(x, y, area)
    groups = (x > np.median(x)).astype(np.int64)
    straight, smooth = cell_polygons(diagram, 200), cell_polygons(diagram, 200, groups)
    assert shapely.coverage_is_valid(smooth)
    assert shapely.get_num_coordinates(smooth).sum() > shapely.get_num_coordinates(straight).sum()
    assert shapely.area(smooth).sum() == pytest.approx(shapely.area(straight).sum(), rel=0.01)


def test_measures_are_those_of_the_polygons_cut_by_discs() -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(-3, 3, (2, 40))
    frame = 30 * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    weight = np.concatenate([random.uniform(0.2, 0.6, 40), np.zeros(4)])
    x, y = np.concatenate([x, frame[:, 0]]), np.concatenate([y, frame[:, 1]])
    diagram = power_diagram(x, y, weight)
    measures = measure(diagram, cell_edges(diagram))
    grid = np.stack(np.meshgrid(np.linspace(-4, 4, 401), np.linspace(-4, 4, 401)), axis=-1).reshape(-1, 2)
    power = ((grid[:, None] - np.column_stack([x, y])[None, :40]) ** 2).sum(axis=2) - weight[:40]
    nearest = np.where(power.min(axis=1) <= 0, power.argmin(axis=1), 40)
    counted = np.bincount(nearest, minlength=41)[:40] * (8 / 400) ** 2
    assert measures.area[:40] == pytest.approx(counted, abs=0.02)
    big = counted > 0.2
    centre = np.array([grid[nearest == i].mean(axis=0) for i in np.flatnonzero(big)])
    assert measures.x[:40][big] == pytest.approx(centre[:, 0], abs=0.02)
    assert measures.y[:40][big] == pytest.approx(centre[:, 1], abs=0.02)

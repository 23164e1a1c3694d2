"""The image of identities says exactly which polygon holds the centre of each pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from ui.widgets.map_frame import Frame, fit
from ui.widgets.map_idbuffer import add_texture, colourise, edges_of, rasterise
from ui.widgets.map_shapes import borders, shapes_of, simplify, thinned

SIDE = 100_000.0


def cells(count: int, seed: int = 4) -> np.ndarray:
    """Voronoi cells with wavy borders would add nothing: straight borders already touch many pixels."""
    points = np.random.default_rng(seed).random((count, 2)) * SIDE
    square = shapely.box(0, 0, SIDE, SIDE)
    made = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=square))
    return shapely.intersection(made, square)


def truth(polygons: np.ndarray, frame: Frame, pixels: np.ndarray) -> np.ndarray:
    points = shapely.points([frame.to_map(x + 0.5, y + 0.5) for x, y in pixels])
    hits = shapely.STRtree(polygons).query(points, predicate="within")
    found = np.zeros(len(pixels), dtype=int)
    found[hits[0]] = hits[1] + 1
    return found


@pytest.mark.parametrize("zoom", [1.0, 3.7, 25.0])
@pytest.mark.parametrize("count", [1, 8, 700])
def test_each_pixel_names_the_polygon_under_its_centre(count: int, zoom: float) -> None:
    polygons = cells(count) if count > 1 else np.array([shapely.Point(SIDE / 2, SIDE / 2).buffer(SIDE / 3)])
    frame = fit((0, 0, SIDE, SIDE), 401, 333).zoomed(zoom, 170, 140)
    shapes = shapes_of(polygons)
    image = rasterise(shapes, edges_of(shapes), frame)
    pixels = np.random.default_rng(1).integers(0, (401, 333), (800, 2))
    assert image.shape == (333, 401)
    assert np.array_equal(image[pixels[:, 1], pixels[:, 0]], truth(polygons, frame, pixels))


def test_holes_and_several_parts_are_respected() -> None:
    ring = shapely.Polygon([(0, 0), (90, 0), (90, 90), (0, 90)], [[(30, 30), (60, 30), (60, 60), (30, 60)]])
    two = shapely.MultiPolygon([ring, shapely.box(95, 0, 99, 90)])
    shapes = shapes_of(np.array([two, shapely.box(40, 40, 50, 50)]))
    image = rasterise(shapes, edges_of(shapes), Frame(50, 50, 1.0, 100, 100))
    assert image[99 - 45, 45] == 2
    assert image[99 - 35, 35] == 0
    assert image[99 - 10, 10] == 1
    assert image[50, 97] == 1
    assert image[50, 92] == 0


def test_cells_leave_no_hole_between_them() -> None:
    shapes = shapes_of(cells(300))
    image = rasterise(shapes, edges_of(shapes), Frame(SIDE / 2, SIDE / 2, 300 / SIDE * 2, 300, 300))
    assert (image > 0).all()


def test_nothing_gives_an_empty_image() -> None:
    shapes = shapes_of(np.array([], dtype=object))
    assert not rasterise(shapes, edges_of(shapes), Frame(0, 0, 1.0, 20, 10)).any()


def test_a_frame_beside_the_polygons_is_empty() -> None:
    shapes = shapes_of(cells(20))
    assert not rasterise(shapes, edges_of(shapes), Frame(10 * SIDE, 0, 0.01, 50, 50)).any()


def test_colours_are_one_look_up_and_textures_stay_inside() -> None:
    ids = np.array([[0, 1], [2, 2]], dtype=np.int32)
    table = np.array([0, 0xFF112233, 0xFF445566], dtype=np.uint32)
    image = colourise(ids, table)
    assert image.tolist() == [[0, 0xFF112233], [0xFF445566, 0xFF445566]]
    add_texture(image, ids, np.array([False, False, True]), np.array([[7, 8], [9, 10]], dtype=np.uint32))
    assert image.tolist() == [[0, 0xFF112233], [9, 10]]


def test_a_shared_border_is_drawn_once() -> None:
    left, right = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
    lines = borders(shapes_of(np.array([left, right])))
    drawn = sum(
        shapely.LineString(lines.coords[a:b]).length
        for a, b in zip(lines.starts[:-1], lines.starts[1:], strict=True)
    )
    assert drawn == pytest.approx(70)


@pytest.mark.parametrize("way", [simplify, lambda p, t: thinned(shapes_of(p), t)])
def test_less_detail_stays_within_the_tolerance_without_gap(way) -> None:
    polygons = shapely.segmentize(cells(60), 200)
    light = way(polygons, 500.0)
    assert len(light.coords) < len(shapes_of(polygons).coords) / 2
    frame = Frame(SIDE / 2, SIDE / 2, 200 / SIDE, 180, 180)
    assert (rasterise(light, edges_of(light), frame) > 0).all()
    full = shapes_of(polygons)
    differing = rasterise(light, edges_of(light), frame) != rasterise(full, edges_of(full), frame)
    assert differing.mean() < 0.06


@pytest.mark.shared
def test_real_communes_are_hit_exactly(shared_data: Path) -> None:
    from pyogrio import raw

    path = shared_data / "geometrie" / "communes_territoire_defaut_cog2026.geojson"
    _, _, wkb, _ = raw.read(path, columns=["code"])
    polygons = shapely.from_wkb(wkb)
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    frame = fit((west, south, east, north), 901, 701).zoomed(6, 120, 560)
    shapes = shapes_of(polygons)
    image = rasterise(shapes, edges_of(shapes), frame)
    pixels = np.random.default_rng(8).integers(0, (901, 701), (2000, 2))
    found = image[pixels[:, 1], pixels[:, 0]]
    points = shapely.points([frame.to_map(x + 0.5, y + 0.5) for x, y in pixels])
    where, which = shapely.STRtree(polygons).query(points, predicate="within")
    inside: dict[int, set[int]] = {}
    for point, polygon in zip(where.tolist(), which.tolist(), strict=True):
        inside.setdefault(point, set()).add(polygon + 1)
    assert all(int(found[n]) in inside.get(n, {0}) for n in range(len(pixels)))
    assert (found > 0).sum() > 200

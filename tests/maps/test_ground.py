"""The land past the neighbours: coarse outlines that fit together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

import resources
from maps.canvas import GROUND, Box
from maps.coarse import coarse_outlines, encoded, write_coarse
from maps.ground import beyond, coarse_departements, draw_beyond
from maps.plan import Plan
from maps.sketch import frame_for
from maps.svg import SvgCanvas
from tests.maps.samples import fond
from tests.maps.test_draw import coverage

FRANCE_KM2 = 549_000


def test_the_whole_mainland_is_there() -> None:
    layer = coarse_departements()
    assert len(layer.codes) == 96
    assert {"2A", "01", "95"} <= set(layer.codes)
    assert shapely.is_valid(layer.polygons).all()
    assert shapely.coverage_is_valid(layer.polygons)
    assert abs(shapely.area(layer.polygons).sum() / 1e6 - FRANCE_KM2) < 8_000


def test_the_resource_is_small_and_says_where_it_comes_from() -> None:
    assert resources.path("outlines", "departements.csv").stat().st_size < 150_000
    head = " ".join(resources.read_head("outlines", "departements.csv"))
    assert "Source" in head
    assert "Licence" in head


def test_what_the_fond_draws_is_left_to_it() -> None:
    far = beyond(fond())
    assert far is not None
    assert not {"79", "85", "86"} & set(far.codes)
    assert len(far.codes) == 93
    assert beyond(replace(fond(), epsg=2975)) is None


def test_far_départements_are_pale_and_named() -> None:
    plan = Plan(coverage(), Box(0, 0, 700, 500))
    canvas = SvgCanvas(700, 500, "t")
    draw_beyond(canvas, plan.choropleth.fond, plan.frame, plan.box)
    assert GROUND.encode() in canvas.finish()


def test_nothing_is_drawn_where_there_is_no_land() -> None:
    ocean = np.array([shapely.box(-400_000, 6_500_000, -390_000, 6_510_000)])
    canvas = SvgCanvas(100, 100, "t")
    before = canvas.finish()
    draw_beyond(canvas, fond(), frame_for(ocean, Box(0, 0, 100, 100)), Box(0, 0, 100, 100))
    assert canvas.finish() == before


def test_outlines_are_written_without_islets(tmp_path: Path) -> None:
    base = fond()
    islet = shapely.box(0, 0, 1_000, 1_000)
    whole = shapely.union_all([base.departements.polygons[0], islet])
    made = replace(base, departements=replace(base.departements, polygons=np.array([whole])))
    codes, _, polygons = coarse_outlines(made)
    assert codes == ("79",)
    assert len(shapely.get_parts(polygons[0])) == 1
    assert write_coarse(made, tmp_path / "d.csv") == 1
    assert encoded(polygons[0]) in (tmp_path / "d.csv").read_text(encoding="utf-8")

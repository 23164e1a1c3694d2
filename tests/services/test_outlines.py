"""Imported outlines seen from the services: in use at once, switched, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from app.domain.errors import DomainError
from app.domain.territory import Level
from app.services import Services

APPROXIMATE = "fond approché (centres et superficies communales)"


def own_outlines(demo: Services, folder: Path) -> Path:
    path = folder / "contours_2026.gpkg"
    demo.outlines.export(path)
    return path


def test_without_any_file_the_legend_says_that_outlines_are_approximate(demo: Services) -> None:
    fond = demo.outlines.fond()
    assert fond.label == APPROXIMATE
    assert (len(fond.epcis.codes), len(fond.communes.codes)) == (17, 759)


def test_imported_outlines_are_used_then_undone_then_used_again(demo: Services, tmp_path: Path) -> None:
    result = demo.outlines.import_file(own_outlines(demo, tmp_path))
    assert result.new == 759
    assert demo.outlines.fond().label != APPROXIMATE
    (row,) = demo.outlines.sets()
    assert (row.level, row.active, row.count) == (Level.COMMUNE, True, 759)
    name, _ = demo.base.undo()
    assert "contours" in name
    assert demo.outlines.fond().label == APPROXIMATE
    demo.base.redo()
    assert demo.outlines.fond().label != APPROXIMATE
    demo.outlines.activate(None, Level.COMMUNE)
    assert demo.outlines.fond().label == APPROXIMATE


def test_the_same_file_twice_is_kept_once(demo: Services, tmp_path: Path) -> None:
    path = own_outlines(demo, tmp_path)
    demo.outlines.import_file(path)
    again = demo.outlines.import_file(path)
    assert (again.new, again.unchanged) == (0, 759)
    assert len(demo.outlines.sets()) == 1


def test_outlines_of_elsewhere_are_refused_and_nothing_changes(demo: Services, tmp_path: Path) -> None:
    path = tmp_path / "ailleurs.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"33063","nom":"Bordeaux"},'
        '"geometry":{"type":"Polygon","coordinates":[[[-0.64,44.81],[-0.53,44.81],[-0.53,44.91],[-0.64,44.91],'
        "[-0.64,44.81]]]}}]}",
        "utf-8",
    )
    with pytest.raises(DomainError):
        demo.outlines.import_file(path)
    assert demo.outlines.sets() == []


@pytest.mark.shared
def test_real_outlines_of_every_level_live_together(demo: Services, shared_data: Path) -> None:
    folder = shared_data / "geometrie"
    for name in (
        "origine_cog2023/communes-79-deux-sevres.geojson",
        "epci_france_cog2025_lambert93.gpkg",
        "communes_territoire_defaut_cog2026.geojson",
        "epci_territoire_defaut_cog2026.geojson",
        "departements_79_52.geojson",
    ):
        demo.outlines.import_file(folder / name)
        fond = demo.outlines.fond()
        assert (len(fond.epcis.codes), len(fond.communes.codes)) == (17, 759), name
        assert not shapely.is_empty(fond.epcis.polygons).any(), name
        assert not shapely.is_empty(fond.communes.polygons).any(), name

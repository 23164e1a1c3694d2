"""Fonds kept on the disk, written to a GeoPackage, and replaced by imported outlines."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
import shapely

import maps.cache
from app.domain.errors import WriteRefused
from app.domain.reference import Reference, load_reference
from app.domain.territory import Level
from maps.cache import decode_fond, encode_fond
from maps.choropleth import Fond
from maps.geometry import approximate_fond, cached_fond, replace_layer, write_geopackage


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def reunion(reference: Reference) -> Fond:
    return approximate_fond(reference, ("974",))


def _forbidden(*_: object, **__: object) -> Fond:
    raise AssertionError("computed although the cache holds it")


def test_a_fond_read_back_is_the_one_written(reunion: Fond) -> None:
    again = decode_fond(encode_fond(reunion))
    assert again.epcis.names == reunion.epcis.names
    assert shapely.equals_exact(again.communes.polygons, reunion.communes.polygons).all()
    assert encode_fond(again) == encode_fond(reunion)


def test_the_second_call_reads_the_cache(
    reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cached_fond(reference, ("974",), 2026, tmp_path)
    monkeypatch.setattr(maps.cache, "approximate_fond", _forbidden)
    second = cached_fond(reference, ("974",), 2026, tmp_path)
    assert encode_fond(first) == encode_fond(second)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "foreign"])
def test_a_damaged_cache_is_rebuilt(reference: Reference, tmp_path: Path, damage: str) -> None:
    sound = encode_fond(cached_fond(reference, ("974",), 2026, tmp_path))
    (path,) = tmp_path.iterdir()
    content = path.read_bytes()
    flipped = content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]
    path.write_bytes({"cut": content[:999], "flip": flipped, "empty": b"", "foreign": b"PK" * 99}[damage])
    assert encode_fond(cached_fond(reference, ("974",), 2026, tmp_path)) == sound
    assert path.read_bytes() == content


def test_another_millesime_or_version_has_its_own_file(
    reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_fond(reference, ("976",), 2026, tmp_path)
    cached_fond(reference, ("976",), 2024, tmp_path)
    monkeypatch.setattr(maps.cache, "VERSION", 99)
    cached_fond(reference, ("976",), 2026, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_cannot_be_written_only_costs_time(reference: Reference, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert cached_fond(reference, ("976",), 2026, blocked).communes.codes


def test_the_geopackage_has_three_layers_that_other_software_reads(reunion: Fond, tmp_path: Path) -> None:
    import pyogrio

    path = tmp_path / "fond à lire.gpkg"
    write_geopackage(reunion, path)
    assert [str(name) for name, _ in pyogrio.list_layers(path)] == ["communes", "epci", "departements"]
    frame = pyogrio.read_dataframe(path, layer="communes")
    assert list(frame.columns[:-1]) == ["code", "nom", "parent", "millesime", "source"]
    assert tuple(frame["code"]) == reunion.communes.codes
    assert set(frame["source"]) == {reunion.label}
    assert frame.crs.to_epsg() == 2975


def test_the_same_fond_gives_the_same_geopackage(reunion: Fond, tmp_path: Path) -> None:
    paths = [tmp_path / "one.gpkg", tmp_path / "two.gpkg"]
    for path in paths:
        write_geopackage(reunion, path)
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in paths}) == 1


def test_a_refused_write_is_said_and_leaves_nothing(reunion: Fond, tmp_path: Path) -> None:
    with pytest.raises(WriteRefused):
        write_geopackage(reunion, tmp_path / "absent" / "fond.gpkg")
    assert list(tmp_path.iterdir()) == []


def _squares(fond: Fond) -> np.ndarray:
    """Real-looking communes: the approximate ones moved by 200 m, so that they still fit together."""
    moved = shapely.transform(fond.communes.polygons, lambda points: points + 200.0)
    return np.asarray(moved)


def test_imported_communes_replace_and_epci_are_dissolved_again(reunion: Fond) -> None:
    polygons = _squares(reunion)
    codes, names = reunion.communes.codes, ("x",) * len(reunion.communes.codes)
    fond = replace_layer(reunion, Level.COMMUNE, codes, names, polygons, label="fichier", millesime=2025)
    assert (fond.label, fond.millesime, fond.approximate) == ("fichier", 2025, False)
    assert fond.communes.names == reunion.communes.names
    assert shapely.equals_exact(fond.communes.polygons, polygons).all()
    assert shapely.union_all(fond.epcis.polygons).symmetric_difference(shapely.union_all(polygons)).area < 1
    assert fond.departements.polygons[0].equals(shapely.union_all(polygons))


def test_communes_that_the_file_lacks_keep_what_the_others_leave(reunion: Fond) -> None:
    polygons = _squares(reunion)[:5]
    codes = reunion.communes.codes[:5]
    fond = replace_layer(reunion, Level.COMMUNE, codes, ("",) * 5, polygons, label="fichier", millesime=2025)
    assert fond.approximate
    assert not shapely.is_empty(fond.communes.polygons).any()
    left = shapely.union_all(fond.communes.polygons[5:])
    assert left.intersection(shapely.union_all(polygons)).area < 1


def test_imported_epci_cut_the_approximate_communes(reunion: Fond) -> None:
    polygons = np.asarray(shapely.transform(reunion.epcis.polygons, lambda points: points - 300.0))
    codes, names = reunion.epcis.codes, reunion.epcis.names
    fond = replace_layer(reunion, Level.EPCI, codes, names, polygons, label="fichier", millesime=2025)
    for code, outline in zip(fond.epcis.codes, fond.epcis.polygons, strict=True):
        own = fond.communes.polygons[[parent == code for parent in fond.communes.parents]]
        assert shapely.union_all(own).symmetric_difference(outline).area < 1


def test_foreign_codes_leave_the_fond_unchanged(reunion: Fond) -> None:
    polygons = reunion.communes.polygons[:1]
    same = replace_layer(reunion, Level.COMMUNE, ("79191",), ("Niort",), polygons, label="x", millesime=2025)
    assert same is reunion


def test_regions_are_not_outlines_of_a_fond(reunion: Fond) -> None:
    with pytest.raises(ValueError, match="communes"):
        replace_layer(reunion, Level.REGION, (), (), np.empty(0, dtype=object), label="x", millesime=2025)

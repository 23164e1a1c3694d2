"""Outline files that users bring: real ones, awkward ones, hostile ones."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyogrio import raw

from app.domain.errors import UnreadableFile
from app.domain.reference import load_reference
from app.domain.territory import Level
from maps.geometry import approximate_fond, write_geopackage
from maps.outline_files import OutlineFile, outline_layers, read_outlines
from maps.outline_shapes import REASONS
from maps.projection import project


def _square(code: str, side: float = 0.02) -> dict[str, Any]:
    """GeoJSON geometry around the true centre of a commune."""
    commune = load_reference().commune(code)
    assert commune.lon is not None
    assert commune.lat is not None
    return dict(shapely.geometry.mapping(shapely.Point(commune.lon, commune.lat).buffer(side, quad_segs=1)))


def _geojson(path: Path, features: list[tuple[dict[str, Any], Any]]) -> Path:
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": facts, "geometry": geometry} for facts, geometry in features
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _shapefile(
    folder: Path, crs: str | None = "EPSG:2154", fields: tuple[str, str] = ("INSEE_COM", "NOM")
) -> Path:
    """Shapefile in Lambert-93 of three communes, with the field names of IGN Admin Express."""
    codes = ["79191", "79049", "79202"]
    communes = [load_reference().commune(code) for code in codes]
    x, y = project(np.array([c.lon for c in communes]), np.array([c.lat for c in communes]), 2154)
    path = folder / "COMMUNE.shp"
    columns = [np.array(codes, dtype=object), np.array([c.name for c in communes], dtype=object)]
    wkb = shapely.to_wkb(shapely.buffer(shapely.points(x, y), 2_000))
    raw.write(path, wkb, columns, np.array(fields), driver="ESRI Shapefile", geometry_type="Polygon", crs=crs)
    return path


def _zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _reason(path: Path, **options: Any) -> object:
    with pytest.raises(UnreadableFile) as caught:
        read_outlines(path, epsg=2154, **options)
    return caught.value.facts["reason"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "level", "count", "millesime"),
    [
        ("communes_territoire_defaut_cog2026.geojson", Level.COMMUNE, 759, 2026),
        ("epci_territoire_defaut_cog2026.geojson", Level.EPCI, 17, 2026),
        ("departements_79_52.geojson", Level.DEPARTEMENT, 2, None),
        ("epci_france_cog2025_lambert93.gpkg", Level.EPCI, 1232, 2025),
        ("origine_cog2023/communes-52-haute-marne.geojson", Level.COMMUNE, 426, 2026),
        ("origine_cog2023/communes-88-vosges.geojson", Level.COMMUNE, 506, 2024),
    ],
)
def test_real_files_are_recognised(
    shared_data: Path, name: str, level: Level, count: int, millesime: int | None
) -> None:
    outlines = read_outlines(shared_data / "geometrie" / name, epsg=2154)
    assert (outlines.level, len(outlines.codes), outlines.millesime) == (level, count, millesime)
    assert outlines.codes == tuple(sorted(outlines.codes))
    assert all(outlines.names)
    assert shapely.is_valid(outlines.polygons).all()
    assert len(outlines.sha256) == 64


@pytest.mark.shared
def test_old_communes_are_carried_to_the_one_that_took_them(shared_data: Path) -> None:
    path = shared_data / "geometrie" / "origine_cog2023" / "communes-79-deux-sevres.geojson"
    outlines = read_outlines(path, epsg=2154)
    old = ("79060", "79180", "79205", "79212")
    assert [(code, to) for _, code, to in outlines.carried] == [(code, "79307") for code in old]
    assert {c.code for c in load_reference().communes("79")} == set(outlines.codes)
    merged = outlines.polygons[outlines.codes.index("79307")]
    assert merged.area / 1e6 == pytest.approx(65.78, rel=0.01)


@pytest.mark.shared
def test_old_communes_stay_as_they_are_at_their_millesime(shared_data: Path) -> None:
    path = shared_data / "geometrie" / "origine_cog2023" / "communes-79-deux-sevres.geojson"
    outlines = read_outlines(path, epsg=2154, millesime=2024)
    assert outlines.carried == ()
    assert len(outlines.codes) == 256


@pytest.mark.shared
def test_outlines_drawn_out_of_their_place_are_listed(shared_data: Path) -> None:
    path = shared_data / "geometrie" / "epci_france_cog2025_lambert93.gpkg"
    assert Counter(r for _, _, r in read_outlines(path, epsg=2154).rejected) == {"other_zone": 23}
    reunion = read_outlines(path, epsg=2975)
    assert reunion.codes == ()
    assert Counter(r for _, _, r in reunion.rejected) == {"other_zone": 1250, "misplaced": 5}


@pytest.mark.shared
def test_a_whole_departement_replaces_the_approximate_communes(shared_data: Path) -> None:
    from maps.geometry import replace_layer

    outlines = read_outlines(
        shared_data / "geometrie" / "communes_territoire_defaut_cog2026.geojson", epsg=2154
    )
    fond = approximate_fond(load_reference(), ("79",))
    real = replace_layer(
        fond,
        outlines.level,
        outlines.codes,
        outlines.names,
        outlines.polygons,
        label=outlines.label,
        millesime=2026,
    )
    assert not real.approximate
    assert real.label == "fond importé (communes_territoire_defaut_cog2026.geojson)"
    known = sum(c.area_km2 or 0 for c in load_reference().communes("79"))
    assert shapely.area(real.departements.polygons).sum() / 1e6 == pytest.approx(known, rel=0.005)
    assert shapely.area(real.epcis.polygons).sum() / 1e6 == pytest.approx(known, rel=0.005)


def test_a_shapefile_with_the_fields_of_the_ign_is_read(tmp_path: Path) -> None:
    outlines = read_outlines(_shapefile(tmp_path), epsg=2154)
    assert outlines.level is Level.COMMUNE
    assert outlines.codes == ("79049", "79191", "79202")
    assert (outlines.epsg_source, outlines.epsg) == (2154, 2154)
    assert outlines.names[1] == "Niort"


def test_a_zipped_shapefile_is_read_as_the_shapefile(tmp_path: Path) -> None:
    path = _shapefile(tmp_path)
    members = {f"ADMIN_2025/{part.name}": part.read_bytes() for part in tmp_path.iterdir()}
    zipped = read_outlines(_zipped(tmp_path / "admin 2025.zip", members | {"lisez-moi.txt": b"?"}), epsg=2154)
    assert zipped.codes == read_outlines(path, epsg=2154).codes
    assert zipped.millesime == 2025


@pytest.mark.parametrize("epsg", [4326, 3857, 4171, 27572, 3946])
def test_usual_systems_lead_to_the_same_place(tmp_path: Path, epsg: int) -> None:
    from pyproj import Transformer

    commune = load_reference().commune("79191")
    assert commune.lon is not None
    assert commune.lat is not None
    x, y = Transformer.from_crs(4326, epsg, always_xy=True).transform(commune.lon, commune.lat)
    reach = 0.01 if epsg in (4326, 4171) else 1_000
    path = tmp_path / "fond.gpkg"
    raw.write(
        path,
        shapely.to_wkb(np.array([shapely.Point(x, y).buffer(reach)])),
        [np.array(["79191"], dtype=object)],
        np.array(["code_insee"]),
        driver="GPKG",
        geometry_type="Polygon",
        crs=f"EPSG:{epsg}",
    )
    outlines = read_outlines(path, epsg=2154)
    (px,), (py,) = project(np.array([commune.lon]), np.array([commune.lat]), 2154)
    assert outlines.polygons[0].centroid.distance(shapely.Point(px, py)) < 20
    assert outlines.names == ("Niort",)


def test_our_own_geopackage_is_read_back_layer_by_layer(tmp_path: Path) -> None:
    path = tmp_path / "fond.gpkg"
    fond = approximate_fond(load_reference(), ("976",))
    write_geopackage(fond, path)
    assert outline_layers(path) == ("communes", "epci", "departements")
    assert read_outlines(path, epsg=4471).codes == tuple(sorted(fond.communes.codes))
    epcis = read_outlines(path, epsg=4471, layer="epci")
    assert (epcis.level, set(epcis.codes)) == (Level.EPCI, set(fond.epcis.codes))


def test_codes_that_became_numbers_get_their_zero_back(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", [({"code": 1001, "nom": "A"}, _square("01001"))])
    assert read_outlines(path, epsg=2154).codes == ("01001",)


def test_what_is_left_out_is_listed_with_its_row(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [-0.4, 46.3]}
    path = _geojson(
        tmp_path / "a.geojson",
        [
            ({"code": "79191"}, _square("79191")),
            ({"code": "79999"}, _square("79049")),
            ({"code": "79049"}, None),
            ({"code": "79202"}, point),
            ({"code": None}, _square("79202")),
            ({"code": "97411"}, _square("79202")),
            ({"code": "79270"}, _square("01001")),
        ],
    )
    outlines = read_outlines(path, epsg=2154)
    assert outlines.codes == ("79191",)
    assert outlines.rejected == (
        (2, "79999", "unknown_code"),
        (3, "79049", "no_geometry"),
        (4, "79202", "not_area"),
        (5, "", "no_code"),
        (6, "97411", "other_zone"),
        (7, "79270", "misplaced"),
    )
    assert {reason for _, _, reason in outlines.rejected} <= set(REASONS)


def test_an_invalid_outline_is_mended_and_said(tmp_path: Path) -> None:
    crossed = _square("79191")
    ring = [list(point) for point in crossed["coordinates"][0]]
    ring[1], ring[2] = ring[2], ring[1]
    path = _geojson(tmp_path / "a.geojson", [({"code": "79191"}, {"type": "Polygon", "coordinates": [ring]})])
    outlines = read_outlines(path, epsg=2154)
    assert outlines.repaired == ((1, "79191"),)
    assert shapely.is_valid(outlines.polygons[0])
    assert outlines.polygons[0].area > 0


def test_parts_of_one_commune_on_several_rows_are_united(tmp_path: Path) -> None:
    features = [({"code": code}, _square(code)) for code in ("79191", "79049", "79202", "79270")]
    features.append(({"code": "79191"}, _square("79191", 0.03)))
    outlines = read_outlines(_geojson(tmp_path / "a.geojson", features), epsg=2154)
    assert len(outlines.codes) == 4


def test_swapped_coordinates_do_not_pass(tmp_path: Path) -> None:
    swapped = shapely.geometry.mapping(shapely.Point(46.32, -0.46).buffer(0.02))
    outlines = read_outlines(_geojson(tmp_path / "a.geojson", [({"code": "79191"}, swapped)]), epsg=2154)
    assert outlines.codes == ()
    assert [reason for _, _, reason in outlines.rejected] == ["misplaced"]


def test_no_system_declared_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="crs"):
        path = _shapefile(tmp_path, crs=None)
    assert _reason(path) == "no_crs"


def test_a_file_without_official_codes_is_refused(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", [({"quartier": "centre"}, _square("79191"))])
    assert _reason(path) == "no_code"


def test_an_absent_layer_is_refused(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", [({"code": "79191"}, _square("79191"))])
    assert _reason(path, layer="communes") == "no_layer"


def _virtual(path: Path) -> None:
    path.write_text("<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>")


def _cut_geopackage(path: Path) -> None:
    fond = approximate_fond(load_reference(), ("976",))
    write_geopackage(fond, path)
    path.write_bytes(path.read_bytes()[:30_000])


def _plain_sqlite(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(200))


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.geojson", _virtual, "format"),
        ("a.gpkg", _plain_sqlite, "format"),
        ("a.gpkg", _cut_geopackage, "damaged"),
        ("a.geojson", lambda path: path.write_bytes(b""), "empty"),
        ("a.geojson", lambda path: path.write_text('{"type": "FeatureCollection", "features": ['), "damaged"),
        ("a.geojson", lambda path: path.write_text('{"type": "Topology", "objects": {}}'), None),
        ("a.shp", lambda path: path.write_bytes(b"\x00\x00\x27\x0a" + bytes(96)), "damaged"),
        ("a.geojson", lambda path: path.mkdir(), "folder"),
        ("a.geojson", Path.exists, "missing"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(
    tmp_path: Path, name: str, make: Callable[[Path], object], reason: str | None
) -> None:
    make(tmp_path / name)
    assert _reason(tmp_path / name) in ((reason,) if reason else ("format", "damaged", "no_layer"))


@pytest.mark.parametrize("member", ["../COMMUNE.shp", "/etc/COMMUNE.shp", "C:\\COMMUNE.shp", "a/../../b.shp"])
def test_names_that_leave_the_archive_are_refused(tmp_path: Path, member: str) -> None:
    assert _reason(_zipped(tmp_path / "a.zip", {member: b"x"})) == "unsafe_name"


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    assert _reason(_zipped(tmp_path / "a.zip", {"a.geojson": b" " * 30_000_000})) == "too_large"


def test_an_archive_without_outlines_is_refused(tmp_path: Path) -> None:
    assert _reason(_zipped(tmp_path / "a.zip", {"lisez-moi.txt": b"?"})) == "no_member"


def test_a_virtual_file_in_an_archive_is_refused(tmp_path: Path) -> None:
    assert _reason(_zipped(tmp_path / "a.zip", {"a.geojson": b"<OGRVRTDataSource/>"})) == "format"


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = _zipped(
        tmp_path / "a.zip", {"a.geojson": json.dumps({"type": "x", "y": list(range(9000))}).encode()}
    )
    content = bytearray(path.read_bytes())
    content[60:200] = bytes(140)
    path.write_bytes(bytes(content))
    assert _reason(path) == "bad_zip"


def test_outlines_are_frozen(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", [({"code": "79191"}, _square("79191"))])
    outlines: OutlineFile = read_outlines(path, epsg=2154)
    with pytest.raises(AttributeError):
        outlines.level = Level.EPCI  # type: ignore[misc]

"""Points of a GeoJSON as a table: one line a point, its properties, longitude and latitude."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import UnreadableFile
from app.domain.french import fold
from app.domain.register_lists import find_kind, load_kinds
from app.ingestion.fields import match_columns
from app.ingestion.grids import Grid, GridRow, unique_headers
from app.ingestion.guard import check_file, head_of, sha256_of
from app.ingestion.register import REGISTER_FIELDS
from app.progress import SILENT

MAX_POINTS = 20_000
TYPE = "Type"
SHAPES = (b'"Polygon"', b'"MultiPolygon"', b'"LineString"', b'"MultiLineString"')
MARKS = "_-.()"


def holds_points(path: Path) -> bool:
    """Tell whether a file is a GeoJSON of points: its beginning names some, and no other shape."""
    head = head_of(path)
    return b'"Point"' in head and not any(shape in head for shape in SHAPES)


def kind_of_name(path: Path) -> str:
    """The kind of service that the name of a file says, « Laep » for laep_79.geojson; empty for none."""
    words = fold(path.stem.translate(str.maketrans(MARKS, " " * len(MARKS)))).split()
    for size in (3, 2, 1):
        for first in range(len(words) - size + 1):
            said = " ".join(words[first : first + size])
            code = find_kind(said) or find_kind(said.removesuffix("s"))
            if code is not None:
                return load_kinds()[code].label
    return ""


def points_grid(path: Path, kind: str = "") -> Grid:
    """Return the points of a GeoJSON as a table: its properties, longitude and latitude.

    kind: that of all of them where no property says it; by default what the name of the file says.
    Raises UnreadableFile for a file that is no GeoJSON of points in degrees.
    """
    check_file(path)
    features = list(_features(path))
    if not features or len(features) > MAX_POINTS:
        raise UnreadableFile(path, reason="too_large" if features else "no_geometry")
    names = list(dict.fromkeys(name for facts, _ in features for name in facts))
    names = [name for name in names if name not in ("EQUIP_LAT", "EQUIP_LONG")]
    kind = kind or ("" if _typed(names) else kind_of_name(path))
    headers = unique_headers([*names, "Longitude", "Latitude", *([TYPE] if kind else [])])
    rows = tuple(
        GridRow(line, (*(facts.get(name, "") for name in names), *place, *([kind] if kind else [])))
        for line, (facts, place) in enumerate(features, start=1)
    )
    return Grid(path, "", sha256_of(path, SILENT), headers, rows, "utf-8")


def _features(path: Path) -> Iterator[tuple[dict[str, str], tuple[str, str]]]:
    try:
        read = json.loads(path.read_text("utf-8-sig"))
        found = read["features"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile(path, reason="format") from error
    for feature in found if isinstance(found, list) else ():
        place = _point(feature)
        if place is not None:
            yield _facts(feature), place


def _facts(feature: Mapping[str, Any]) -> dict[str, str]:
    facts = feature.get("properties")
    found = {str(name): _cell(value) for name, value in facts.items()} if isinstance(facts, dict) else {}
    number = found.pop("ADR_NUMERO", "").lstrip("0")
    if number and found.get("ADR_NOMVOI"):
        found["ADR_NOMVOI"] = f"{number} {found['ADR_NOMVOI']}"
    return found


def _point(feature: object) -> tuple[str, str] | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    match geometry.get("coordinates"):
        case [int() | float() as lon, int() | float() as lat, *_]:
            return f"{lon:.6f}", f"{lat:.6f}"
    return None


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else " ".join(str(value).split())


def _typed(names: list[str]) -> bool:
    return "kind" in match_columns(tuple(names), REGISTER_FIELDS)

"""Zones from a file of outlines: one zone an outline, with the communes of the base that it touches."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import UnreadableFile
from app.domain.register import Zone
from app.domain.register_rules import MARGIN_KM, SPREAD
from app.domain.zones import distance_km

if TYPE_CHECKING:
    from app.domain.reference import Commune
    from maps.outline_opening import RawLayer

CODE_COLUMNS = ("code_qp", "codeqp", "code_qpv", "code_qn", "code_zone", "code", "id")
NAME_COLUMNS = ("nom_qp", "lib_qp", "nom_qpv", "nom_zone", "nom", "libelle", "name")
DEGREES = 4326


def zones_of_file(path: Path, template: Zone, communes: Sequence[Commune]) -> tuple[Zone, ...]:
    """Return the zones of a file that are near the communes of the base, in degrees.

    template gives kind, dates and source, and the name where the file has none. A commune is listed in part
    when its centre is in the outline, or is the nearest to it. Raises UnreadableFile: no_crs, no_layer,
    damaged, or no_outline_in_scope when none is near.
    """
    raw = _read(path)
    codes, names = _column(raw.columns, CODE_COLUMNS), _column(raw.columns, NAME_COLUMNS)
    places = _Places(communes)
    found = []
    for row, polygon in enumerate(_polygons(path, raw)):
        touched = places.touched(polygon) if polygon is not None else ()
        if not touched:
            continue
        import shapely

        name = _text(names, row) or _text(codes, row) or template.name or f"{path.stem} {row + 1}"
        code = _text(codes, row) or name
        found.append(
            replace(
                template,
                uuid="",
                code=code,
                name=name,
                communes=(),
                partial=touched,
                wkb=shapely.to_wkb(polygon),
            )
        )
    if not found:
        raise UnreadableFile(path, reason="no_outline_in_scope")
    return tuple(found)


def _read(path: Path) -> RawLayer:
    """Return the first layer of a file, opened as any hostile outline file."""
    import pyogrio

    from maps.outline_opening import layers_of, opened, read_layer, sha256_of

    sha256_of(path)  # says a missing file or a folder
    try:
        with opened(path) as (file, driver):
            names = layers_of(file)
            if not names:
                raise UnreadableFile(path, reason="no_layer")
            return read_layer(file, driver, names[0], path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnreadableFile(path, reason="damaged") from error


def _polygons(path: Path, raw: RawLayer) -> list[Any]:
    """Return the outlines in degrees, mended; None where there is no area."""
    import shapely
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    from maps.outline_shapes import polygons_only

    if raw.crs is None:
        raise UnreadableFile(path, reason="no_crs")
    try:
        transformer = Transformer.from_crs(CRS.from_user_input(raw.crs), DEGREES, always_xy=True)
    except CRSError as error:
        raise UnreadableFile(path, reason="no_crs") from error
    shapes = shapely.from_wkb(raw.wkb, on_invalid="ignore")
    moved = shapely.transform(shapes, transformer.transform, interleaved=False)
    found = []
    for shape in moved:
        polygon = None if shape is None else polygons_only(shapely.make_valid(shape))
        found.append(None if polygon is None or polygon.is_empty else polygon)
    return found


class _Places:
    """Centres of communes, to tell which ones an outline touches."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        import shapely

        self._places = [c for c in communes if c.lon is not None and c.lat is not None]
        self._tree = shapely.STRtree([shapely.Point(c.lon, c.lat) for c in self._places])

    def touched(self, polygon: Any) -> tuple[str, ...]:
        """Return the communes whose centre is inside, else the nearest one if it may hold the outline."""
        if not self._places:
            return ()
        inside = self._tree.query(polygon, predicate="contains").tolist()
        if not inside:
            nearest = int(self._tree.nearest(polygon))
            inside = [nearest] if self._may_hold(self._places[nearest], polygon) else []
        return tuple(sorted(self._places[i].code for i in inside))

    @staticmethod
    def _may_hold(commune: Commune, polygon: Any) -> bool:
        at = polygon.representative_point()
        radius = math.sqrt((commune.area_km2 or 0) / math.pi)
        away = distance_km(commune.lon or 0.0, commune.lat or 0.0, at.x, at.y)
        return away <= SPREAD * radius + MARGIN_KM


def _column(columns: Mapping[str, Any], wanted: Sequence[str]) -> Any:
    lowered = {name.lower(): values for name, values in columns.items()}
    return next((lowered[name] for name in wanted if name in lowered), None)


def _text(values: Any, row: int) -> str:
    found = None if values is None else values[row]
    return "" if found is None else str(found).strip()

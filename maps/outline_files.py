"""Read outlines that the user brings: GeoPackage, shapefile (or its zip), GeoJSON; any usual system.

Nothing is dropped silently: what is left out, mended or carried to a newer commune is listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.domain.errors import UnknownTerritory, UnreadableFile
from app.domain.places import LATEST, MILLESIMES
from app.domain.territory import Level
from app.progress import SILENT, Progress
from maps.outline_fields import Fields, find_fields
from maps.outline_opening import RawLayer, layers_of, opened, read_layer, sha256_of
from maps.outline_shapes import keep_rows, projected

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.reference import Reference

    Transform = Callable[[NDArray[np.float64]], NDArray[np.float64]]

LEVEL_ORDER = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)
"""Which layer of a file with several is read when none is asked: the finest."""
YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d{3})")
SAMPLE = 500
"""Rows read of each layer to tell its level."""


@dataclass(frozen=True, slots=True)
class OutlineFile:
    """What an outline file holds, checked; codes, names and polygons have shape (n,), codes sorted.

    rejected: (row from 1, code, reason) with reason among those of `maps.outline_shapes.REASONS`;
    repaired: (row, code) of invalid outlines that were mended; carried: (row, code, successor) of communes
    of an older millésime, united into the commune that took their place.
    """

    path: Path
    sha256: str
    level: Level
    epsg_source: int
    """0 when the system of the file has no EPSG number."""
    epsg: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: NDArray[Any]
    rejected: tuple[tuple[int, str, str], ...]
    label: str
    millesime: int | None
    layer_name: str
    repaired: tuple[tuple[int, str], ...] = ()
    carried: tuple[tuple[int, str, str], ...] = ()


def read_outlines(
    path: Path,
    *,
    epsg: int,
    progress: Progress = SILENT,
    layer: str | None = None,
    reference: Reference | None = None,
    millesime: int = LATEST,
) -> OutlineFile:
    """Read the outlines of a file and bring them to a projected system (EPSG number).

    layer: name of the layer of a GeoPackage, the finest recognised one by default. Codes are checked
    against the reference at the millésime of the base. Raises UnreadableFile: format or damage of the file,
    no_crs (no system declared), no_layer, no_code (no column of official codes), no_geometry.
    """
    from app.domain.reference import load_reference

    progress.report(0.05, "Lecture du fichier de contours")
    reference = reference or load_reference()
    digest = sha256_of(path)
    raw, fields = _read(path, layer)
    progress.report(0.4, "Projection des contours")
    source, transformer = _system(path, raw, epsg)
    rows = projected(raw.wkb, fields.codes, fields.names, transformer)
    progress.report(0.7, "Contrôle des contours")
    kept = keep_rows(rows, fields.level, epsg, reference, millesime)
    if not kept.polygons.size and not kept.rejected:
        raise UnreadableFile(path, reason="no_geometry")
    year = _millesime(path, raw, fields, reference)
    progress.report(1.0)
    return OutlineFile(
        path,
        digest,
        fields.level,
        source,
        epsg,
        kept.codes,
        tuple(n or _name(reference, fields.level, c) for c, n in zip(kept.codes, kept.names, strict=True)),
        kept.polygons,
        kept.rejected,
        f"fond importé ({path.name})",
        year,
        raw.name,
        kept.repaired,
        kept.carried,
    )


def outline_layers(path: Path) -> tuple[str, ...]:
    """Names of the layers of a file, for the user to choose; raises UnreadableFile."""
    sha256_of(path)
    with _damage_said(path), opened(path) as (file, _):
        return layers_of(file)


def _read(path: Path, layer: str | None) -> tuple[RawLayer, Fields]:
    """Whole content of the layer asked for, or of the finest one that is recognised."""
    with _damage_said(path), opened(path) as (file, driver):
        names = layers_of(file)
        if not names or (layer is not None and layer not in names):
            raise UnreadableFile(path, reason="no_layer", layers=names)
        chosen = layer or names[0]
        if layer is None and len(names) > 1:
            chosen = _finest(path, file, driver, names)
        raw = read_layer(file, driver, chosen, path)
    fields = find_fields(raw.columns)
    if fields is None:
        raise UnreadableFile(path, reason="no_code", headers=tuple(raw.columns))
    return raw, fields


def _finest(path: Path, file: Path, driver: str, names: tuple[str, ...]) -> str:
    """Name of the layer of the finest level, from its first rows."""
    found = []
    for rank, name in enumerate(names):
        fields = find_fields(read_layer(file, driver, name, path, sample=SAMPLE).columns)
        if fields is not None:
            found.append((LEVEL_ORDER.index(fields.level), rank, name))
    if not found:
        raise UnreadableFile(path, reason="no_code", layers=names)
    return min(found)[2]


@contextmanager
def _damage_said(path: Path) -> Iterator[None]:
    """Turn what GDAL says of a broken file into an error the user understands."""
    import pyogrio

    try:
        yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise UnreadableFile(path, reason="damaged", detail=str(error)) from error
    except (pyogrio.errors.FeatureError, pyogrio.errors.FieldError, UnicodeDecodeError) as error:
        raise UnreadableFile(path, reason="damaged", detail=str(error)) from error


def _system(path: Path, raw: RawLayer, epsg: int) -> tuple[int, Transform | None]:
    """EPSG number of the file (0 without one) and what brings its points to the system of the map.

    A GeoJSON without a word on it is in degrees, as its standard says; any other file must tell.
    """
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    if raw.crs is None:
        raise UnreadableFile(path, reason="no_crs")
    try:
        crs = CRS.from_user_input(raw.crs)
        transformer = Transformer.from_crs(crs, epsg, always_xy=True)
    except CRSError as error:
        raise UnreadableFile(path, reason="no_crs", detail=str(error)) from error
    source = crs.to_epsg(min_confidence=25) or 0
    if source == epsg:
        return source, None

    def transform(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return source, transform


def _millesime(path: Path, raw: RawLayer, fields: Fields, reference: Reference) -> int | None:
    """Year written in the name of the file or of the layer, else the latest one that knows its codes."""
    written = YEAR.findall(path.stem) or YEAR.findall(raw.name)
    if written:
        return int(written[-1])
    codes = {code for code in fields.codes if code}
    if fields.level is Level.DEPARTEMENT:
        return None
    best, year = 0, None
    for millesime in sorted(MILLESIMES, reverse=True):
        if fields.level is Level.COMMUNE:
            known = {c.code for c in reference.communes(millesime=millesime)}
        else:
            known = {e.code for e in reference.epcis(millesime=millesime)}
        if len(codes & known) > best:
            best, year = len(codes & known), millesime
    return year


def _name(reference: Reference, level: Level, code: str) -> str:
    try:
        return reference.name(level, code)
    except UnknownTerritory:
        return ""

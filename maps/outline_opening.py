"""Open an outline file that is hostile until read: known formats only, recognised by their content."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from app.domain.errors import UnreadableFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_BYTES = 2_000_000_000
"""Largest size of a file, once out of its archive."""
MAX_ROWS = 200_000
MAX_ENTRIES = 1_000
MAX_RATIO = 200
SMALL = 20_000_000
"""Under that size a ratio of compression proves nothing."""
CHUNK = 1 << 20

GEOPACKAGE, SHAPEFILE, GEOJSON = "GPKG", "ESRI Shapefile", "GeoJSON"
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
GEOPACKAGE_MARKS = (b"GPKG", b"GP10", b"GP11")


@dataclass(frozen=True, slots=True)
class RawLayer:
    """What one layer holds: columns by name, well-known binary geometries, declared system (or None)."""

    name: str
    crs: str | None
    columns: dict[str, NDArray[Any]]
    wkb: NDArray[Any]


def sha256_of(path: Path) -> str:
    """SHA-256 of the file as it is on the disk; raises UnreadableFile if there is no readable file."""
    try:
        if path.is_dir():
            raise UnreadableFile(path, reason="folder")
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise UnreadableFile(path, reason="missing") from error
    except OSError as error:
        raise UnreadableFile(path, reason="permission") from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[Path, str]]:
    """Path to give to GDAL, out of the archive if there is one, and the driver it must use.

    Raises UnreadableFile for anything but a GeoPackage, a shapefile, a GeoJSON, or a zip of one of them.
    """
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(path, reason="too_large", limit=MAX_BYTES)
    if not zipfile.is_zipfile(path):
        yield path.resolve(), _driver(path, path)
        return
    with tempfile.TemporaryDirectory(prefix="maillage-", ignore_cleanup_errors=True) as folder:
        inner = _extracted(path, Path(folder))
        yield inner, _driver(inner, path)


def _driver(file: Path, told: Path) -> str:
    """Driver of a file from its first bytes, whatever its name; told is the path named in errors."""
    with file.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise UnreadableFile(told, reason="empty")
    if head.startswith(b"SQLite format 3\x00") and head[68:72] in GEOPACKAGE_MARKS:
        return GEOPACKAGE
    if head.startswith(b"\x00\x00\x27\x0a"):
        return SHAPEFILE
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return GEOJSON
    raise UnreadableFile(told, reason="format")


def _extracted(path: Path, folder: Path) -> Path:
    """Take the one outline file of an archive out, under names of ours; returns its path."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(path, entries)
            main = _main_entry(path, entries)
            stem = str(PurePosixPath(main.filename).with_suffix("")).lower()
            for entry in entries:
                name = PurePosixPath(entry.filename)
                kept = entry is main or (
                    main.filename.lower().endswith(".shp")
                    and name.suffix.lower() in SHAPEFILE_PARTS
                    and str(name.with_suffix("")).lower() == stem
                )
                if kept:
                    _extract(path, archive, entry, folder / f"outlines{name.suffix.lower()}")
            return folder / f"outlines{PurePosixPath(main.filename).suffix.lower()}"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableFile(path, reason="bad_zip") from error


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(path, reason="too_large", count=len(entries))
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
            raise UnreadableFile(path, reason="unsafe_name", member=entry.filename)
        if entry.flag_bits & 1:
            raise UnreadableFile(path, reason="encrypted", member=entry.filename)
        swollen = entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if swollen or entry.file_size > MAX_BYTES:
            raise UnreadableFile(path, reason="too_large", member=entry.filename)


def _main_entry(path: Path, entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """First outline file of an archive, shapefiles before the others."""
    for suffixes in ((".shp",), (".gpkg",), (".geojson", ".json")):
        found = [entry for entry in entries if entry.filename.lower().endswith(suffixes)]
        if found:
            return min(found, key=lambda entry: entry.filename)
    raise UnreadableFile(path, reason="no_member")


def _extract(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Write one entry, never more bytes than it announces."""
    with archive.open(entry) as source, target.open("wb") as written:
        left = entry.file_size
        while left > 0 and (chunk := source.read(min(CHUNK, left))):
            written.write(chunk)
            left -= len(chunk)
        if left or source.read(1):
            raise UnreadableFile(path, reason="bad_zip", member=entry.filename)


def layers_of(file: Path) -> tuple[str, ...]:
    """Names of the layers that hold geometries."""
    import pyogrio

    return tuple(str(name) for name, kind in pyogrio.list_layers(file) if kind is not None)


def read_layer(file: Path, driver: str, name: str, told: Path, *, sample: int | None = None) -> RawLayer:
    """Read one layer, or the columns of its first rows; raises UnreadableFile if another driver answers or
    there are too many rows."""
    import warnings

    from pyogrio import raw, read_info

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL warns about oddities that are checked afterwards
        info = read_info(file, layer=name)
        if info["driver"] != driver:
            raise UnreadableFile(told, reason="format")
        if info["features"] > MAX_ROWS:
            raise UnreadableFile(told, reason="too_large", count=info["features"])
        meta, _, wkb, values = raw.read(
            file,
            layer=name,
            force_2d=True,
            datetime_as_string=True,
            read_geometry=sample is None,
            max_features=sample,
        )
    columns = dict(zip([str(field) for field in meta["fields"]], values, strict=True))
    return RawLayer(name, meta["crs"], columns, wkb)

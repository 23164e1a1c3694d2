"""Fonds kept on the disk: computed once, read back in milliseconds, rebuilt when the file is damaged."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from app.domain.territory import Level
from app.progress import SILENT, Progress
from maps.approximate import approximate_fond
from maps.choropleth import Fond, OutlineLayer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.domain.reference import Reference

VERSION = 2
"""To be raised whenever the computation of outlines or this format changes."""
MAGIC = b"maillage-fond\n"
LAYERS = ("communes", "epcis", "departements", "neighbours")
FACTS = ("epsg", "label", "millesime", "approximate")
LAYER_FACTS = ("level", "epsg", "codes", "names", "parents")

_log = logging.getLogger(__name__)


def cached_fond(
    reference: Reference,
    departements: Sequence[str],
    millesime: int,
    cache_dir: Path,
    *,
    progress: Progress = SILENT,
) -> Fond:
    """Approximate fond, from the cache if it holds it; see `approximate_fond`.

    The key holds the version, the millésime, the départements and a digest of the centres and memberships:
    a change of any of them computes anew. A damaged file is replaced; a folder that cannot be written only
    costs the computation.
    """
    path = cache_dir / f"fond-{_key(reference, departements, millesime)}.bin"
    fond = _read(path)
    if fond is None:
        fond = approximate_fond(reference, departements, millesime, progress=progress)
        _write(path, fond)
    return fond


def _key(reference: Reference, departements: Sequence[str], millesime: int) -> str:
    scope = f"{VERSION}|{millesime}|{','.join(sorted(set(departements)))}|{reference.fingerprint(millesime)}"
    return f"{VERSION}-{hashlib.sha256(scope.encode()).hexdigest()[:24]}"


def _write(path: Path, fond: Fond) -> None:
    """Write beside then rename, so that a reader never sees half a file."""
    content = encode_fond(fond)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
        temporary.replace(path)
    except OSError as error:
        _log.warning("the fond cannot be kept in %s: %s", path.parent, error)
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _read(path: Path) -> Fond | None:
    """The fond of a file, or None if there is none or it is damaged."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("the fond kept in %s cannot be read: %s", path, error)
        return None
    try:
        return decode_fond(content)
    except ValueError as error:
        _log.warning("the fond kept in %s is damaged (%s): computed anew", path, error)
        return None


def encode_fond(fond: Fond) -> bytes:
    """Bytes of a fond: magic, SHA-256 of the rest, then arrays; equal fonds give equal bytes."""
    facts: dict[str, Any] = {name: getattr(fond, name) for name in FACTS}
    arrays: dict[str, NDArray[Any]] = {}
    for name in LAYERS:
        layer: OutlineLayer = getattr(fond, name)
        facts[name] = {fact: getattr(layer, fact) for fact in LAYER_FACTS}
        wkbs = shapely.to_wkb(layer.polygons)
        arrays[f"{name}_wkb"] = np.frombuffer(b"".join(wkbs), dtype=np.uint8)
        arrays[f"{name}_sizes"] = np.array([len(wkb) for wkb in wkbs], dtype=np.int64)
        arrays[f"{name}_labels"] = layer.label_xy
    arrays["facts"] = np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    body = buffer.getvalue()
    return MAGIC + hashlib.sha256(body).digest() + body


def decode_fond(content: bytes) -> Fond:
    """The fond that `encode_fond` wrote; raises ValueError if one byte is not as it was."""
    start = len(MAGIC) + hashlib.sha256().digest_size
    body = content[start:]
    if content[: len(MAGIC)] != MAGIC or content[len(MAGIC) : start] != hashlib.sha256(body).digest():
        raise ValueError("not the bytes that were written")
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        communes, epcis, departements, neighbours = (_layer(facts[name], arrays, name) for name in LAYERS)
    return Fond(
        facts["epsg"],
        communes,
        epcis,
        departements,
        neighbours,
        facts["label"],
        facts["millesime"],
        facts["approximate"],
    )


def _layer(facts: dict[str, Any], arrays: Mapping[str, NDArray[Any]], name: str) -> OutlineLayer:
    content = arrays[f"{name}_wkb"].tobytes()
    ends = np.cumsum(arrays[f"{name}_sizes"])
    starts = ends - arrays[f"{name}_sizes"]
    wkbs = np.empty(len(ends), dtype=object)
    wkbs[:] = [content[start:end] for start, end in zip(starts, ends, strict=True)]
    return OutlineLayer(
        Level(facts["level"]),
        facts["epsg"],
        tuple(facts["codes"]),
        tuple(facts["names"]),
        np.asarray(shapely.from_wkb(wkbs), dtype=object),
        arrays[f"{name}_labels"],
        tuple(facts["parents"]),
    )

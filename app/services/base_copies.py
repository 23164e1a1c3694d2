"""Copies of a base kept beside it, and those that still hold something erased since."""

from __future__ import annotations

import datetime
import mmap
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

FOLDER = "sauvegardes"
"""Folder of the dated copies, beside the base; copies made before an upgrade are beside the base itself."""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy; size in bytes, holds: True if it keeps one of the keys asked."""

    path: Path
    made_on: datetime.date
    size: int
    holds: bool


def copies_of(base: Path, keys: Collection[str] = ()) -> list[CopyRow]:
    """Every copy of a base, latest first; keys: what to look for in their bytes.

    A key is 32 signs written by the application alone: finding it is enough, without opening the copy. A copy
    that cannot be read is said to hold them.
    """
    beside = base.parent.glob(f"{base.stem}-avant-v*{base.suffix}")
    dated = (base.parent / FOLDER).glob(f"{base.stem}*{base.suffix}")
    found = [path for path in (*beside, *dated) if path.is_file() and path != base]
    rows = [_row(path, [key.encode() for key in keys]) for path in found]
    return sorted(rows, key=lambda row: (row.made_on, row.path.name), reverse=True)


def _row(path: Path, keys: Collection[bytes]) -> CopyRow:
    facts = path.stat()
    made = datetime.datetime.fromtimestamp(facts.st_mtime).date()
    return CopyRow(path, made, facts.st_size, facts.st_size > 0 and _holds(path, keys))


def _holds(path: Path, keys: Collection[bytes]) -> bool:
    if not keys:
        return False
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
            return any(held.find(key) >= 0 for key in keys)
    except OSError:
        return True

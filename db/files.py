"""What a file is, judged from its header before SQLite touches it; names given without risk."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from app.domain.errors import (
    BaseExists,
    BaseNotFound,
    DamagedBase,
    ForeignFile,
    NewerBase,
    UnreadableFile,
)

APPLICATION_ID = 0x4D61_696C
SCHEMA_VERSION = 6
"""user_version of a base at the latest schema; one more at each migration."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100


def inspect(path: Path) -> int:
    """Return the schema version of a base, from its first bytes.

    Raises BaseNotFound, UnreadableFile, ForeignFile, DamagedBase or NewerBase; the file is only read.
    """
    if not path.is_file():
        raise BaseNotFound(path)
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise UnreadableFile(path, reason="permission") from error
    if len(header) < _HEADER:
        raise ForeignFile(path)
    application_id, version = (int.from_bytes(header[at : at + 4], "big") for at in (68, 60))
    if application_id != APPLICATION_ID:
        raise ForeignFile(path)
    if not header.startswith(_MAGIC):
        raise DamagedBase(path, details=("header",))
    if version > SCHEMA_VERSION:
        raise NewerBase(path, found=version, known=SCHEMA_VERSION)
    if size < _declared_size(header) and not journal_of(path).exists():
        raise DamagedBase(path, details=("truncated",))
    return version


def _declared_size(header: bytes) -> int:
    """Bytes that the header announces, 0 if it does not know."""
    page, count = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    up_to_date = header[24:28] == header[92:96]
    return (65536 if page == 1 else page) * count if up_to_date else 0


def journal_of(path: Path) -> Path:
    """Return the rollback journal that SQLite leaves beside a base after a crash."""
    return path.with_name(path.name + "-journal")


def write_obstacle(path: Path) -> str:
    """Return why a base cannot be written: « file », « folder », or nothing.

    The permission bits count even for an administrator: a file marked read-only is meant so.
    """
    for what, place in (("file", path), ("folder", path.parent)):
        marked = not stat.S_IMODE(place.stat().st_mode) & 0o222 and (what == "file" or os.name != "nt")
        if marked or not os.access(place, os.W_OK):
            return what
    return ""


def sync(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names of a folder are on the disk, where the system allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        return  # some shares refuse it, and have their own guarantees
    finally:
        os.close(descriptor)


def discard(temporary: Path) -> None:
    """Remove an unfinished file, if it is there."""
    with suppress(OSError):  # its folder may not even exist, and the first error matters more
        temporary.unlink(missing_ok=True)


def place_new(temporary: Path, path: Path) -> None:
    """Give a finished file its name at once. Raises BaseExists rather than replace another."""
    sync(temporary)
    try:
        os.link(temporary, path)  # fails if the name is taken, which a rename would not on POSIX
        temporary.unlink()
    except FileExistsError as error:
        raise BaseExists(path) from error
    except OSError:  # no hard link there: FAT, some shares
        if path.exists():
            raise BaseExists(path) from None
        temporary.rename(path)
    sync_folder(path.parent)

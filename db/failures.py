"""Errors of the engine that the user can act upon, said as DomainErrors."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
from sqlalchemy.exc import DBAPIError

from app.domain.errors import BaseLocked, DamagedBase, DiskFull, DomainError, WriteRefused

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_ROOM = 64 * 1024
"""Free bytes under which a failed write means a full disk."""


@contextmanager
def told(path: Path, *, system: bool = True) -> Iterator[None]:
    """Raise the DomainError that says an error of the engine, keeping the error as its cause.

    system: errors of the system are about that file too, and are said as well.
    """
    try:
        yield
    except DomainError:
        raise
    except Exception as error:
        domain = None if isinstance(error, OSError) and not system else as_domain(path, error)
        if domain is None:
            raise
        raise domain from error


def as_domain(path: Path, error: BaseException) -> DomainError | None:
    """Return the DomainError of an error about that file, None if it is a bug of ours."""
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return DiskFull(path, disk=disk_of(path))
        return _refused(path, error.strerror or type(error).__name__)
    cause = _engine_error(error)
    if isinstance(cause, apsw.FullError):
        return DiskFull(path, disk=disk_of(path))
    if isinstance(cause, (apsw.CorruptError, apsw.NotADBError)):
        return DamagedBase(path, details=(str(cause),))
    if isinstance(cause, (apsw.BusyError, apsw.LockedError)):
        return BaseLocked(path, holder="")
    if isinstance(cause, (apsw.IOError, apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError)):
        return _refused(path, str(cause))
    return None


def _engine_error(error: BaseException) -> BaseException | None:
    """Find the apsw error below those of SQLAlchemy and of the DB-API."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, apsw.Error):
        seen = seen.orig if isinstance(seen, DBAPIError) else seen.__cause__
    return seen


def _refused(path: Path, reason: str) -> DomainError:
    try:
        full = shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        full = False
    return DiskFull(path, disk=disk_of(path)) if full else WriteRefused(path, reason=reason)


def disk_of(path: Path) -> str:
    """Return the drive or the mount point that holds a file."""
    place = path.resolve()
    if place.drive:
        return place.drive
    return str(next(parent for parent in (place, *place.parents) if parent.is_mount()))

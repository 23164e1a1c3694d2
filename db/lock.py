"""The lock file beside a base: one process writes, the others learn who."""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import sys
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import BaseLocked

_UNSUPPORTED = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_FAR = 1 << 30
"""Windows locks bytes against reading too: lock one far from the text."""


def lock_path(path: Path) -> Path:
    """Return the lock file of a base."""
    return path.with_name(path.name + ".lock")


class BaseLock:
    """Held from creation to `release`. The system frees it if the process dies."""

    def __init__(self, path: Path) -> None:
        """Take the lock of the base at path. Raises BaseLocked with the holder, OSError if refused."""
        self._base, self._path = path, lock_path(path)
        self._file = self._take()

    def _take(self) -> BinaryIO:
        while True:
            file = self._path.open("ab+")
            try:
                self._lock(file)
                if self._is_current(file):
                    self._sign(file)
                    return file
            except BaseException:
                file.close()
                raise
            file.close()  # the former holder removed this file between our opening and our lock

    def _lock(self, file: BinaryIO) -> None:
        try:
            _system_lock(file)
        except OSError as error:
            holder = _read(self._path)
            if error.errno in _UNSUPPORTED and not _alive(holder):
                return
            raise BaseLocked(self._base, holder=_describe(holder)) from error

    def _is_current(self, file: BinaryIO) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except OSError:
            return False

    @staticmethod
    def _sign(file: BinaryIO) -> None:
        file.truncate(0)
        file.write(json.dumps({"user": _user(), "host": socket.gethostname(), "pid": os.getpid()}).encode())
        file.flush()

    def release(self) -> None:
        """Let the base go; may be called twice."""
        if self._file.closed:
            return
        if os.name == "nt":  # an open file cannot be removed there
            self._file.close()
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            pass  # another process holds it already
        finally:
            self._file.close()


def _system_lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _read(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _describe(holder: dict[str, object]) -> str:
    return " · ".join(str(holder[key]) for key in ("user", "host") if holder.get(key))


def _alive(holder: dict[str, object]) -> bool:
    """Guess, where the system has no locks, whether the process that signed still runs."""
    pid = holder.get("pid")
    if not isinstance(pid, int):
        return False
    if holder.get("host") != socket.gethostname():
        return True
    if pid == os.getpid() or os.name == "nt":  # on Windows os.kill would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

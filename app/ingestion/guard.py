"""Bounds put on files that are hostile until read: size, ratio, names, lines without end."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from app.domain.errors import UnreadableFile
from app.progress import Progress

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_BYTES = 4_000_000_000
"""Bytes read from one table, once decompressed: the largest file known to us weighs a quarter of it."""
MAX_LINE = 4_000_000
MAX_COLUMNS = 1_000
MAX_MEMBERS = 1_000
MAX_RATIO = 200
SMALL = 20_000_000
"""Under that size a ratio proves nothing: a column of zeros compresses very well."""
_CHUNK = 1 << 18
_DRIVE = re.compile(r"^[A-Za-z]:")


def check_file(path: Path) -> int:
    """Return the size of the file in bytes; raise UnreadableFile if there is nothing there to read."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise UnreadableFile(path, reason="missing") from error
    except OSError as error:
        raise UnreadableFile(path, reason="permission") from error
    if path.is_dir():
        raise UnreadableFile(path, reason="folder")
    if not path.is_file():
        raise UnreadableFile(path, reason="format")
    if size == 0:
        raise UnreadableFile(path, reason="empty")
    return size


def sha256_of(path: Path, progress: Progress) -> str:
    """Return the SHA-256 of the file as written on disk."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            progress.report(0.0, "Empreinte du fichier")
            digest.update(chunk)
    return digest.hexdigest()


def head_of(path: Path, size: int = 65536) -> bytes:
    """Return the first bytes of the file."""
    try:
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise UnreadableFile(path, reason="permission") from error


class BoundedStream(io.RawIOBase):
    """A stream of bytes that reports how far it is, and refuses to be too long or to have no end of line."""

    def __init__(self, path: Path, inner: IO[bytes], total: int, progress: Progress, wide: bool) -> None:
        super().__init__()
        self._path = path
        self._inner = inner
        self._total = max(total, 1)
        self._progress = progress
        self._ends = (b"\n\x00", b"\x00\n") if wide else (b"\n", b"\r")
        self._read = 0
        self._run = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer; raise UnreadableFile beyond the bounds, Cancelled if a stop was asked."""
        view = memoryview(buffer)
        try:
            chunk = self._inner.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableFile(self._path, reason="damaged") from error
        view[: len(chunk)] = chunk
        self._check(chunk)
        self._progress.report(self._read / self._total, "Lecture")
        return len(chunk)

    def _check(self, chunk: bytes) -> None:
        self._read += len(chunk)
        if self._read > MAX_BYTES:
            raise UnreadableFile(self._path, reason="too_large", limit=MAX_BYTES)
        if any(end in chunk for end in self._ends):
            self._run = 0
        self._run += len(chunk)
        if self._run > MAX_LINE:
            raise UnreadableFile(self._path, reason="format")

    def close(self) -> None:
        """Close what is underneath too."""
        if not self.closed:
            self._inner.close()
        super().close()


def buffered(stream: BoundedStream) -> io.BufferedReader:
    """Return the stream read by large chunks."""
    return io.BufferedReader(stream, _CHUNK)


def check_archive(path: Path, archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile for a zip with unsafe names, too many entries, or that swells too much."""
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        raise UnreadableFile(path, reason="too_many_members", count=len(entries), limit=MAX_MEMBERS)
    for entry in entries:
        if is_unsafe_name(entry.filename):
            raise UnreadableFile(path, reason="unsafe_name", member=entry.filename)
        if entry.file_size > MAX_BYTES:
            raise UnreadableFile(path, reason="too_large", member=entry.filename, limit=MAX_BYTES)
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UnreadableFile(path, reason="zip_bomb", member=entry.filename)


def is_unsafe_name(name: str) -> bool:
    """Tell whether a name in a zip points outside it: absolute, with a drive, or going up."""
    slashed = name.replace("\\", "/")
    return (
        slashed.startswith("/")
        or bool(_DRIVE.match(slashed))
        or "\x00" in name
        or os.pardir in PurePosixPath(slashed).parts
    )

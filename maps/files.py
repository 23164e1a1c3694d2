"""Write drawings to files: whole or not at all, and pages of a PDF as images."""

from __future__ import annotations

import errno
import os
from io import BytesIO
from pathlib import Path

from app.domain.errors import DiskFull, WriteRefused


def to_png(pdf: bytes, dpi: int, page: int = 0) -> bytes:
    """Return one page of a PDF as a PNG at `dpi` dots an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=dpi / 72).to_pil()
        buffer = BytesIO()
        image.save(buffer, "PNG", dpi=(dpi, dpi))
        return buffer.getvalue()
    finally:
        document.close()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then rename it: a failure leaves what was there.

    Raises DiskFull, or WriteRefused when the system says no.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise DiskFull(path, disk=str(path.parent)) from error
        raise WriteRefused(path, reason=error.strerror or str(error)) from error

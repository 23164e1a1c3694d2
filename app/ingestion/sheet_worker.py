"""What runs in a child process to read a workbook: a hostile file can only bring the child down."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MAX_ROWS = 400_000
MAX_CELLS = 20_000_000
MEMORY = 2_000_000_000
"""Bytes of address space the child may take."""
BATCH = 2_000
TOP = 60
"""Lines sent of each sheet when only its top is wanted."""


def send_tables(connection: Connection, path: str, sheet: str | None, whole: bool = False) -> None:
    """Send through the connection what the workbook holds, then close it.

    Messages are tuples: ("sheet", name, first_line) before the rows of a sheet, ("rows", list of rows),
    ("end",), or ("error", reason). sheet: the only one wanted; None for the first lines of all of them,
    or all their lines if whole.
    """
    try:
        limit_memory(MEMORY)
        _send(connection, path, sheet, MAX_ROWS if whole or sheet is not None else TOP)
        connection.send(("end",))
    except (MemoryError, _TooLargeError):
        connection.send(("error", "too_large"))
    except Exception as error:  # noqa: BLE001 - the child answers for any file, whatever the reader meets
        connection.send(("error", _reason(error)))
    finally:
        connection.close()


class _TooLargeError(Exception):
    """Too many rows or cells."""


def _reason(error: Exception) -> str:
    return "encrypted" if type(error).__name__ == "PasswordError" else "damaged"


def _send(connection: Connection, path: str, wanted: str | None, limit: int) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    cells = 0
    with CalamineWorkbook.from_path(path) as workbook:
        for meta in workbook.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet or wanted not in (None, meta.name):
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.start is None:
                continue
            cells += min(sheet.height, limit) * sheet.width
            if sheet.height > MAX_ROWS or sheet.height * sheet.width > MAX_CELLS or cells > MAX_CELLS:
                raise _TooLargeError
            connection.send(("sheet", meta.name, sheet.start[0] + 1))
            _send_rows(connection, sheet.iter_rows(), limit)


def _send_rows(connection: Connection, rows: object, limit: int) -> None:
    batch: list[object] = []
    for count, row in enumerate(rows, start=1):  # type: ignore[arg-type, var-annotated]
        if count > limit:
            break
        batch.append(row)
        if len(batch) == BATCH:
            connection.send(("rows", batch))
            batch = []
    connection.send(("rows", batch))


def limit_memory(size: int) -> None:
    """Bound the memory of this process, in bytes: a small sheet may declare billions of cells."""
    if sys.platform == "win32":
        from app.ingestion.windows_job import limit_process

        limit_process(size)
    else:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

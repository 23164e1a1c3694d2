"""Copies of a base through the engine: a copy by the system of an open base can be torn."""

from __future__ import annotations

from pathlib import Path

import apsw

from db.connection import connect
from db.failures import told
from db.files import discard, sync, sync_folder
from db.models.base import new_uuid

_PAGES = 2048


def copy_base(source: Path, target: Path) -> None:
    """Copy a base to target, which is replaced only when the copy is complete and on the disk.

    Raises DiskFull, WriteRefused, DamagedBase.
    """
    target = target.absolute()
    temporary = target.with_name(f".{target.name}.{new_uuid()}")
    try:
        with told(source):
            reader = connect(source, flags=apsw.SQLITE_OPEN_READONLY)
        try:
            with told(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                _copy(reader.handle, temporary)
                sync(temporary)
                temporary.replace(target)
                sync_folder(target.parent)
        finally:
            reader.close()
    finally:
        discard(temporary)


def _copy(reader: apsw.Connection, temporary: Path) -> None:
    writer = apsw.Connection(str(temporary))
    try:
        writer.pragma("synchronous", "OFF")
        reader.execute("BEGIN")
        reader.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()  # one state for the whole copy
        with writer.backup("main", reader, "main") as backup:
            while not backup.done:
                backup.step(_PAGES)
        reader.execute("ROLLBACK")
    finally:
        writer.close()

"""Is the file sound? Quick when it opens, thorough when asked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw

from app.domain.errors import DamagedBase, WriteRefused
from db.connection import connect
from db.files import journal_of
from db.models import Model
from db.queries.keys import SPAN

_SMALL = 8 * 1024 * 1024
"""Files up to this many bytes are read whole when they open."""

_MOST = 20


def check_on_opening(path: Path, *, read_only: bool) -> None:
    """Roll back what a crash left, then check a small file whole and the short tables of a large one.

    Raises DamagedBase; WriteRefused if a crash left work to undo and the file cannot be written.
    """
    flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
    try:
        with closing(connect(path, flags=flags)) as connection:
            _check(connection.handle, path)
    except apsw.ReadOnlyError as error:
        if journal_of(path).exists():
            raise WriteRefused(path, reason="interrupted") from error
        raise


def _check(handle: apsw.Connection, path: Path) -> None:
    tables = {name for (name,) in handle.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    missing = {"meta", "alembic_version"} - tables
    if missing:
        raise DamagedBase(path, details=tuple(f"table:{name}" for name in sorted(missing)))
    whole = path.stat().st_size <= _SMALL
    targets = ("",) if whole else ("('meta')", "('setting')", "('import_run')", "('territory')")
    found = [line for target in targets for (line,) in handle.execute(f"PRAGMA quick_check{target}")]
    details = tuple(line for line in found if line != "ok")
    if details:
        raise DamagedBase(path, details=details[:_MOST])


def problems(path: Path) -> list[str]:
    """Check everything: pages and indexes, foreign keys, tables, derived blocks."""
    try:
        with closing(connect(path, flags=apsw.SQLITE_OPEN_READONLY)) as connection:
            return _problems(connection.handle)[:_MOST]
    except apsw.CorruptError as error:
        return [f"integrity:{error}"]


def _problems(handle: apsw.Connection) -> list[str]:
    found = [f"integrity:{line}" for (line,) in handle.execute("PRAGMA integrity_check") if line != "ok"]
    if found:
        return found
    present = {name for (name,) in handle.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    found += [f"table:{name}" for name in sorted(set(Model.metadata.tables) - present)]
    if found:
        return found
    found += [f"foreign:{name}" for (name,) in handle.execute(_NOT_OURS)]
    found += [f"reference:{row[0]}:{row[2]}" for row in handle.execute("PRAGMA foreign_key_check")]
    found += [f"block:{code}:{year}:{level}" for code, year, level in handle.execute(_STALE_BLOCKS)]
    return found


_NOT_OURS = "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"

_STALE_BLOCKS = f"""
    WITH held AS (
        SELECT indicator, period, territory / {SPAN} AS level, count(DISTINCT territory) AS count
        FROM value GROUP BY 1, 2, 3)
    SELECT coalesce(k.code, '?'), period, level FROM held FULL JOIN series_block b
        USING (indicator, period, level) LEFT JOIN indicator_key k ON k.number = indicator
    WHERE held.count IS NOT b.count
"""

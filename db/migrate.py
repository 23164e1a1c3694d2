"""Brings an older base to the latest schema, after a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import apsw
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from app.domain.errors import DamagedBase
from db import dbapi
from db.backup import copy_base
from db.connection import connect
from db.failures import told
from db.schema import REVISIONS, write_facts, write_identity

SCRIPTS = Path(__file__).resolve().parent / "migrations"


def upgrade(path: Path, found: int, *, revisions: Sequence[str] = REVISIONS, scripts: Path = SCRIPTS) -> Path:
    """Copy a base beside itself, then upgrade it in one transaction; return the copy.

    A failure leaves the base as it was, and the copy. Raises DiskFull, WriteRefused, DamagedBase.
    """
    copy = copy_path(path, found)
    copy_base(path, copy)
    with told(path):
        _run(path, revisions, scripts, {})
    return copy


def create_at(path: Path, version: int, facts: Mapping[str, str], *, scripts: Path = SCRIPTS) -> None:
    """Create a base as a former version did: how the tests obtain each historic schema."""
    _run(path, REVISIONS[:version], scripts, facts)


def copy_path(path: Path, found: int) -> Path:
    """Return the name of the copy made before leaving a schema version."""
    return path.with_name(f"{path.stem}-avant-v{found + 1}-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}")


def _run(path: Path, revisions: Sequence[str], scripts: Path, facts: Mapping[str, str]) -> None:
    connection = connect(path, flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    try:
        connection.handle.pragma("foreign_keys", False)  # a migration may rebuild a table others refer to
        connection.begin_unless(False)
        _migrate(connection, revisions[-1], scripts)
        write_facts(connection, facts)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise DamagedBase(path, details=tuple(f"reference:{row[0]}:{row[2]}" for row in broken[:20]))
        write_identity(connection, len(revisions))
        connection.commit()
    finally:
        connection.close()


def _migrate(connection: dbapi.Connection, revision: str, scripts: Path) -> None:
    """Run the scripts inside the transaction that is open."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def run_scripts(connection: dbapi.Connection) -> None:
    """Run the migrations that Alembic planned; called by its environment script."""
    from alembic import context

    from db.models import Model

    engine = create_engine("sqlite://", module=dbapi, creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as opened:
        context.configure(connection=opened, target_metadata=Model.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        opened.commit()

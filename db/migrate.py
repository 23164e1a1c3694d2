"""Brings an older base to the latest schema, after a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import apsw
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine
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
    """Run the scripts, and stamp the version, in one transaction."""
    driver = connect(path, flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    driver.handle.pragma("foreign_keys", False)  # a migration may rebuild a table others refer to
    engine = create_engine("sqlite://", module=dbapi, creator=lambda: driver, poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            driver.begin_unless(False)
            _migrate(connection, revisions[-1], scripts)
            write_facts(driver, facts)
            _check_references(driver, path)
            write_identity(driver, len(revisions))
    finally:
        engine.dispose()


def _migrate(connection: Connection, revision: str, scripts: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _check_references(driver: dbapi.Connection, path: Path) -> None:
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise DamagedBase(path, details=tuple(f"reference:{row[0]}:{row[2]}" for row in broken[:20]))


def run_scripts(connection: Connection) -> None:
    """Run the migrations that Alembic planned, in the transaction that is open; called by its environment."""
    from alembic import context

    from db.models import Model

    context.configure(connection=connection, target_metadata=Model.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()

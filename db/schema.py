"""The schema of a new base, made from the models and stamped as the latest migration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import apsw
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from db import dbapi
from db.connection import connect
from db.files import APPLICATION_ID, SCHEMA_VERSION
from db.models import Model, key_of

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Migrations in order: the revision of version n is REVISIONS[n - 1]."""


def create_schema(path: Path, facts: Mapping[str, str]) -> None:
    """Write an empty base in a new file: tables, identity and facts of the base, in one transaction."""
    connection = connect(path, flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    handle = connection.handle
    try:
        handle.pragma("synchronous", "OFF")  # the file has no name yet: it is synchronised before it gets one
        handle.pragma("journal_mode", "MEMORY")
        handle.pragma("encoding", "UTF-8")
        create_tables(connection)
        write_identity(connection, SCHEMA_VERSION)
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                           "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))")  # fmt: skip
        connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISIONS[-1],))
        write_facts(connection, facts)
        connection.commit()
    finally:
        connection.close()


def create_tables(connection: dbapi.Connection) -> None:
    """Create every table of the models."""
    engine = create_engine("sqlite://", module=dbapi, creator=lambda: connection, poolclass=StaticPool)
    with engine.begin() as opened:
        Model.metadata.create_all(opened, checkfirst=False)


def write_identity(connection: dbapi.Connection, version: int) -> None:
    """Stamp the file as ours, at a schema version; part of the open transaction."""
    connection.begin_unless(False)
    connection.handle.pragma("application_id", APPLICATION_ID)
    connection.handle.pragma("user_version", version)


def write_facts(connection: dbapi.Connection, facts: Mapping[str, str]) -> None:
    """Write what the base says about itself."""
    connection.cursor().executemany(
        "INSERT INTO meta (uuid, key, value) VALUES (?, ?, ?)",
        [(key_of("meta", key), key, value) for key, value in facts.items()],
    )

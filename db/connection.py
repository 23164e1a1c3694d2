"""Connections to a base and their engines: the same safety settings everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import apsw
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import QueuePool

from db import dbapi

_READ_WRITE = apsw.SQLITE_OPEN_READWRITE
_READERS = 4


def connect(
    path: Path, *, flags: int = _READ_WRITE, query_only: bool = False, begin: str = ""
) -> dbapi.Connection:
    """Open a connection: foreign keys, full synchronisation, nothing trusted from the file's schema.

    begin: kind of transaction it opens (empty for deferred, or IMMEDIATE).
    """
    connection = dbapi.connect(str(path), flags=flags, isolation_level=begin)
    handle = connection.handle
    try:
        for option, value in (
            (apsw.SQLITE_DBCONFIG_DEFENSIVE, 1),
            (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),  # there is none of ours
            (apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0),
            (apsw.SQLITE_DBCONFIG_DQS_DML, 0),
            (apsw.SQLITE_DBCONFIG_DQS_DDL, 0),
        ):
            handle.config(option, value)
        handle.pragma("foreign_keys", True)
        handle.pragma("synchronous", "FULL")
        handle.pragma("cache_spill", False)  # readers go on until the commit of a long import
        handle.pragma("query_only", query_only)
    except BaseException:
        connection.close()
        raise
    return connection


def driver_of(connection: Connection) -> dbapi.Connection:
    """Return the DB-API connection below one of SQLAlchemy."""
    return cast("dbapi.Connection", connection.connection.dbapi_connection)


def writer_engine(path: Path) -> Engine:
    """Return the engine of the one connection that writes; its transactions take the lock at once."""
    return create_engine(
        "sqlite://",
        module=dbapi,
        creator=lambda: connect(path, begin="IMMEDIATE"),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
    )


def reader_engine(path: Path, *, protected: bool) -> Engine:
    """Return the engine of the connections that only read; protected: the system forbids writing too."""
    flags = apsw.SQLITE_OPEN_READONLY if protected else _READ_WRITE
    return create_engine(
        "sqlite://",
        module=dbapi,
        creator=lambda: connect(path, flags=flags, query_only=True),
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=8,
    )

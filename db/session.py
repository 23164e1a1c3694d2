"""The only way to a base: create it, open it, read it, write it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import apsw
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.domain.errors import BaseExists, BaseLocked, ReadOnlyBase
from db import journal
from db.backup import copy_base
from db.check import check_on_opening, problems
from db.connection import connect, driver_of, reader_engine, writer_engine
from db.device import device_name, this_device
from db.failures import told
from db.files import SCHEMA_VERSION, discard, inspect, place_new, write_obstacle
from db.journal import JournalRow, ObjectChange
from db.lock import BaseLock
from db.models import Device, Meta, new_uuid
from db.models.journal import Kind
from db.schema import create_schema

__all__ = ["Base", "BaseInfo", "JournalRow", "ObjectChange", "create_base", "open_base"]


@dataclass(frozen=True)
class BaseInfo:
    """What the base says about itself; created_at is ISO 8601, in UTC."""

    uuid: str
    name: str
    departements: tuple[str, ...]
    created_at: str
    app_version: str
    demo: bool


class Base:
    """An open base. Reads may run in several threads; writes wait for each other."""

    def __init__(self, path: Path, *, reason: str, read_only: bool, lock: BaseLock | None) -> None:
        self.path = path
        self.read_only = read_only
        self.read_only_reason = reason
        self.device = this_device()
        self._lock = lock
        self._reader = reader_engine(path, protected=read_only)
        self._writer: Engine | None = None if read_only else writer_engine(path)
        self._turn = threading.Lock()
        self._writes = 0
        self._writing_thread: int | None = None
        self._gathering: Session | None = None
        self.info = self._read_info()

    def _read_info(self) -> BaseInfo:
        with self.read() as session:
            facts = {key: value for key, value in session.execute(select(Meta.key, Meta.value))}
        return BaseInfo(
            uuid=facts["uuid"],
            name=facts["name"],
            departements=tuple(facts["departements"].split()),
            created_at=facts["created_at"],
            app_version=facts["app_version"],
            demo=facts["demo"] == "1",
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one state of the base and cannot write; within `gather`, its session."""
        joined = self._joined()
        if joined is not None:
            joined.flush()
            yield joined
            return
        with told(self.path, system=False), Session(self._reader) as session:
            yield session

    def stamp(self) -> object | None:
        """Tell states of the base apart: it changes at each write of this program or of another.

        None within `gather`, whose session sees what is not committed yet: keep nothing read there. Take it
        before reading. The file is not opened: closing it would let go of the locks of SQLite.
        """
        if self._joined() is not None:
            return None
        with told(self.path):
            found = self.path.stat()
        return self._writes, found.st_mtime_ns, found.st_size

    @contextmanager
    def write(self, name: str) -> Iterator[Session]:
        """Give a session for one action, named in French, that can be undone.

        Committed at the end with its changeset, rolled back on any error. An action that changes nothing
        leaves no trace. Raises ReadOnlyBase, DiskFull, WriteRefused; RuntimeError if called within itself,
        unless that is a `gather`: it is then a part of it, taken back alone on an error.
        """
        joined = self._joined()
        if joined is not None:
            with joined.begin_nested():
                yield joined
            return
        with self._transaction() as (session, handle):
            recorder = journal.Recorder(handle)
            try:
                yield session
                session.flush()
                changeset = recorder.changeset()
            finally:
                recorder.close()
            if changeset:
                self._know_device(session)
                journal.record_edit(session, self.device, name, changeset)

    @contextmanager
    def gather(self, name: str) -> Iterator[Session]:
        """As `write`, for an action made of others: writes and reads of this thread join it meanwhile."""
        with self.write(name) as session:
            self._gathering = session
            try:
                yield session
            finally:
                self._gathering = None

    def _joined(self) -> Session | None:
        return self._gathering if self._writing_thread == threading.get_ident() else None

    @contextmanager
    def bulk(self) -> Iterator[Session]:
        """Give a session for one transaction that stays out of the journal: an import, or its undoing."""
        with self._transaction() as (session, _):
            yield session

    @contextmanager
    def _transaction(self) -> Iterator[tuple[Session, apsw.Connection]]:
        if self._writer is None:
            raise ReadOnlyBase(self.path, reason=self.read_only_reason)
        with told(self.path, system=False), self._my_turn(), self._writer.begin() as connection:
            driver = driver_of(connection)
            driver.begin_unless(False)  # takes the lock before the first read
            with Session(connection, join_transaction_mode="rollback_only") as session:
                yield session, driver.handle
                session.flush()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a write is already open in this thread")
        with self._turn:
            self._writing_thread = threading.get_ident()
            try:
                yield
            finally:
                self._writes += 1  # after the commit: who reads before it must read again
                self._writing_thread = None

    def _know_device(self, session: Session) -> None:
        if session.get(Device, self.device) is None:
            session.add(Device(uuid=self.device, name=device_name(), first_seen_at=_now()))

    def undo(self) -> str:
        """Undo the last action of this computer and return its name. Raises NothingToUndo, UndoConflict."""
        return self._step(Kind.UNDO)

    def redo(self) -> str:
        """Redo the last action undone and return its name. Raises NothingToUndo, UndoConflict."""
        return self._step(Kind.REDO)

    def _step(self, kind: Kind) -> str:
        with self._transaction() as (session, handle):
            return journal.step(session, handle, self.device, kind)

    def undo_name(self) -> str | None:
        """Return the name of the action that `undo` would undo."""
        return self._name_of(Kind.UNDO)

    def redo_name(self) -> str | None:
        """Return the name of the action that `redo` would do again."""
        return self._name_of(Kind.REDO)

    def _name_of(self, kind: Kind) -> str | None:
        if self.read_only:
            return None
        with self.read() as session:
            found = journal.next_step(session, self.device, kind)
        return None if found is None else found[1]

    def history(self, limit: int = 200) -> list[JournalRow]:
        """Return the latest actions, latest first."""
        with self.read() as session:
            return journal.history(session, limit)

    def history_of(self, table: str, uuid: str) -> list[ObjectChange]:
        """Return what happened to one row of a journaled table, oldest first."""
        with self.read() as session:
            return journal.history_of(session, table, uuid)

    def backup_to(self, path: Path) -> None:
        """Write a sound copy, even while the base is written; path is replaced only once it is complete."""
        copy_base(self.path, path)

    def check(self) -> list[str]:
        """Return what is wrong in the file, each a code and its details; empty if it is sound."""
        with told(self.path):
            return problems(self.path)

    def close(self) -> None:
        """Let the file go; may be called twice."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()
        if self._lock is not None:
            self._lock.release()


def create_base(path: Path, departements: Sequence[str], name: str, *, demo: bool = False) -> Base:
    """Create a base for some départements and open it.

    The file appears complete or not at all. Raises BaseExists, WriteRefused, DiskFull.
    """
    path = path.absolute()
    if path.exists():
        raise BaseExists(path)
    facts = {
        "uuid": new_uuid(),
        "name": name,
        "departements": " ".join(departements),
        "created_at": _now(),
        "app_version": _app_version(),
        "demo": "1" if demo else "0",
    }
    temporary = path.with_name(f".{path.name}.{new_uuid()}")
    with told(path), _removed(temporary):
        path.parent.mkdir(parents=True, exist_ok=True)
        create_schema(temporary, facts)
        place_new(temporary, path)
    return open_base(path)


@contextmanager
def _removed(temporary: Path) -> Iterator[None]:
    try:
        yield
    finally:
        discard(temporary)


def open_base(path: Path, *, read_only: bool = False, key: str | None = None) -> Base:
    """Open a base, read-only with its reason if it cannot be written; an older one is copied, then upgraded.

    key is reserved for encrypted bases. Raises BaseNotFound, UnreadableFile, ForeignFile, NewerBase,
    DamagedBase; ReadOnlyBase(reason="upgrade") for an older base that cannot be written.
    """
    if key is not None:
        raise ValueError("no base is encrypted yet")
    path = path.absolute()
    found = inspect(path)
    with told(path):
        reason = "" if read_only else write_obstacle(path)
        lock = None
        if not read_only and not reason:
            lock, reason = _try_lock(path)
        read_only = read_only or bool(reason)
        return _released_on_error(lock, lambda: _open(path, found, reason, read_only, lock))


def _open(path: Path, found: int, reason: str, read_only: bool, lock: BaseLock | None) -> Base:
    check_on_opening(path, read_only=read_only)
    if found < SCHEMA_VERSION:
        if read_only:
            raise ReadOnlyBase(path, reason=reason or "upgrade")
        from db.migrate import upgrade

        upgrade(path, found)
    if not read_only:
        _use_rollback_journal(path)
    return Base(path, reason=reason, read_only=read_only, lock=lock)


def _use_rollback_journal(path: Path) -> None:
    """Leave the WAL mode that another tool may have set: such a file is not whole when copied."""
    connection = connect(path)
    try:
        connection.handle.pragma("journal_mode", "DELETE")
    finally:
        connection.close()


def _try_lock(path: Path) -> tuple[BaseLock | None, str]:
    try:
        return BaseLock(path), ""
    except BaseLocked as error:
        return None, f"locked:{error.facts['holder']}"
    except OSError:
        return None, "folder"


def _released_on_error(lock: BaseLock | None, call: Callable[[], Base]) -> Base:
    try:
        return call()
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def _app_version() -> str:
    try:
        return version("maillage")
    except PackageNotFoundError:
        return "0"

"""DB-API 2 over apsw, given as `module` to SQLAlchemy's sqlite dialect.

A transaction opens before the first statement of any kind, so reads are snapshots, and DDL and savepoints
roll back. Rows are fetched when the statement runs: no statement, hence no lock, outlives its call.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import apsw

apilevel = "2.0"
threadsafety = 1
paramstyle = "qmark"
sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))
PARSE_DECLTYPES, PARSE_COLNAMES = 1, 2
Binary = memoryview

_BUSY_SECONDS = 10.0
_OUTSIDE = frozenset({"PRAGMA", "ATTACH", "DETACH", "VACUUM", "BEGIN", "COMMIT", "END", "ROLLBACK"})
_COUNTED = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"})


class Warning(Exception):
    """Never raised: SQLite has no warnings."""


class Error(Exception):
    """Base of the errors of this module; the apsw error is its `__cause__`."""


class InterfaceError(Error):
    """The module was misused."""


class DatabaseError(Error):
    """The database refused."""


class DataError(DatabaseError):
    """A value is out of bounds."""


class OperationalError(DatabaseError):
    """The statement, the file or the system."""


class IntegrityError(DatabaseError):
    """A constraint is broken."""


class InternalError(DatabaseError):
    """SQLite lost its way."""


class ProgrammingError(DatabaseError):
    """The caller is wrong."""


class NotSupportedError(DatabaseError):
    """SQLite cannot do that."""


_KINDS: tuple[tuple[tuple[type[BaseException], ...], type[Error]], ...] = (
    ((apsw.ConstraintError, apsw.MismatchError), IntegrityError),
    ((apsw.TooBigError, OverflowError), DataError),
    ((apsw.CorruptError, apsw.NotADBError, apsw.FormatError), DatabaseError),
    ((apsw.InternalError, apsw.NotFoundError), InternalError),
    ((apsw.RangeError,), InterfaceError),
    ((apsw.MisuseError, apsw.BindingsError, apsw.ThreadingViolationError), ProgrammingError),
    ((apsw.CursorClosedError, apsw.ConnectionClosedError, TypeError), ProgrammingError),
    ((apsw.Error,), OperationalError),
)


_REFUSALS = (apsw.Error, TypeError, OverflowError)


def _translate(error: Exception) -> Error:
    if isinstance(error, apsw.ConnectionClosedError):
        return ProgrammingError("Cannot operate on a closed database.")  # words awaited by the dialect
    kind = next(kind for sources, kind in _KINDS if isinstance(error, sources))
    return kind(str(error))


def _first_word(sql: str) -> str:
    text = sql.lstrip()
    while text.startswith(("--", "/*")):
        _, _, text = text.partition("\n" if text.startswith("--") else "*/")
        text = text.lstrip()
    return text[:8].split(None, 1)[0].rstrip(";(").upper() if text else ""


class Cursor:
    """Cursor of PEP 249."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._rows: Iterator[tuple[Any, ...]] = iter(())
        self._closed = False

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        """Run one statement and hold its rows."""
        word = self._start(sql)
        try:
            handle = self.connection.handle
            inner = handle.cursor()
            inner.exec_trace = self._describe  # only moment when an empty result still has its columns
            self._rows = iter(inner.execute(sql, parameters).fetchall())
        except _REFUSALS as error:
            raise _translate(error) from error
        self._finish(word, handle.changes())
        return self

    def executemany(self, sql: str, sequence: Iterable[Any]) -> Cursor:
        """Run one statement for each set of parameters; rowcount is the sum."""
        word = self._start(sql)
        try:
            handle = self.connection.handle
            before = handle.total_changes()
            inner = handle.cursor()
            if word == "INSERT":
                inner.executemany(sql, sequence)
                changed = handle.total_changes() - before
            else:  # one by one: total_changes would also count the rows of cascades
                changed = sum(self._run(inner, sql, parameters) for parameters in sequence)
        except _REFUSALS as error:
            raise _translate(error) from error
        self._finish(word, changed)
        return self

    def _run(self, inner: apsw.Cursor, sql: str, parameters: Any) -> int:
        inner.execute(sql, parameters).fetchall()
        return self.connection.handle.changes()

    def _start(self, sql: str) -> str:
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        self.description, self.rowcount, self._rows = None, -1, iter(())
        word = _first_word(sql)
        self.connection.begin_unless(word in _OUTSIDE)
        return word

    def _describe(self, inner: apsw.Cursor, _sql: str, _parameters: object) -> bool:
        self.description = tuple((name, *(None,) * 6) for name, _ in inner.get_description()) or None
        return True

    def _finish(self, word: str, changed: int) -> None:
        if word in _COUNTED and not (word == "WITH" and self.description):
            self.rowcount = changed
            self.lastrowid = self.connection.handle.last_insert_rowid()

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, None at the end."""
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Return at most size rows."""
        return list(itertools.islice(self._rows, self.arraysize if size is None else size))

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows not read yet."""
        return list(self._rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows

    def close(self) -> None:
        """Forget the rows."""
        self._rows, self._closed = iter(()), True

    def setinputsizes(self, sizes: Sequence[Any]) -> None:
        """Do nothing, as PEP 249 allows."""

    def setoutputsize(self, size: int, column: int | None = None) -> None:
        """Do nothing, as PEP 249 allows."""


class Connection:
    """Connection of PEP 249; `handle` is the apsw connection, for sessions, backups and pragmas."""

    def __init__(self, handle: apsw.Connection, isolation_level: str | None = "") -> None:
        self.handle = handle
        self.isolation_level = isolation_level
        """None: autocommit. Otherwise the kind of BEGIN: empty, IMMEDIATE or EXCLUSIVE."""

    def begin_unless(self, outside: bool) -> None:
        """Open a transaction, unless there is one or the statement must run outside."""
        try:
            if self.isolation_level is not None and not outside and not self.handle.in_transaction:
                self.handle.execute(f"BEGIN {self.isolation_level}")
        except apsw.Error as error:
            raise _translate(error) from error

    def cursor(self) -> Cursor:
        """Return a new cursor."""
        return Cursor(self)

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        """Run one statement on a new cursor."""
        return self.cursor().execute(sql, parameters)

    def _end(self, verb: str) -> None:
        try:
            if self.handle.in_transaction:
                self.handle.execute(verb)
        except apsw.Error as error:
            raise _translate(error) from error

    def commit(self) -> None:
        """Commit what is pending."""
        self._end("COMMIT")

    def rollback(self) -> None:
        """Forget what is pending."""
        self._end("ROLLBACK")

    def close(self) -> None:
        """Roll back and close; may be called twice."""
        self.handle.close()

    def create_function(
        self, name: str, narg: int, function: Callable[..., Any] | None, *, deterministic: bool = False
    ) -> None:
        """Make a Python function available in SQL."""
        self.handle.create_scalar_function(name, function, narg, deterministic=deterministic)


def connect(
    database: str,
    *,
    flags: int = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE,
    timeout: float = _BUSY_SECONDS,
    isolation_level: str | None = "",
    uri: bool = False,
    check_same_thread: bool = False,  # noqa: ARG001 - given by the dialect; apsw has no such limit
) -> Connection:
    """Open a file; timeout in seconds is how long a busy file is waited for."""
    try:
        handle = apsw.Connection(database, flags=flags | (apsw.SQLITE_OPEN_URI if uri else 0))
        handle.set_busy_timeout(int(timeout * 1000))
    except apsw.Error as error:
        raise _translate(error) from error
    return Connection(handle, isolation_level)

"""The DB-API module: types, errors, transactions, and SQLAlchemy on top of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import apsw
import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    CursorResult,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    event,
    exc,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from db import dbapi


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[dbapi.Connection]:
    opened = dbapi.connect(str(tmp_path / "a.db"))
    opened.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT UNIQUE)")
    opened.commit()
    yield opened
    opened.close()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine("sqlite:///" + str(tmp_path / "b.db"), module=dbapi)

    @event.listens_for(made, "connect")
    def _keys(driver: dbapi.Connection, _record: object) -> None:
        driver.handle.pragma("foreign_keys", True)

    yield made
    made.dispose()


def test_the_module_says_what_pep_249_asks() -> None:
    assert (dbapi.apilevel, dbapi.paramstyle, dbapi.threadsafety) == ("2.0", "qmark", 1)
    assert dbapi.sqlite_version_info >= (3, 50)
    for kind in (dbapi.DataError, dbapi.OperationalError, dbapi.IntegrityError, dbapi.InternalError,
                 dbapi.ProgrammingError, dbapi.NotSupportedError):  # fmt: skip
        assert issubclass(kind, dbapi.DatabaseError)
        assert issubclass(kind, dbapi.Error)
    assert issubclass(dbapi.InterfaceError, dbapi.Error)
    assert not issubclass(dbapi.Warning, dbapi.Error)


def test_an_empty_result_has_its_columns(connection: dbapi.Connection) -> None:
    cursor = connection.execute("SELECT id, v AS word FROM t WHERE 0")
    assert cursor.description is not None
    assert [column[0] for column in cursor.description] == ["id", "word"]
    assert all(len(column) == 7 for column in cursor.description)
    assert cursor.fetchone() is None


def test_a_write_has_no_columns_unless_it_returns_rows(connection: dbapi.Connection) -> None:
    assert connection.execute("INSERT INTO t (v) VALUES ('a')").description is None
    cursor = connection.execute("INSERT INTO t (v) VALUES ('b') RETURNING id")
    assert cursor.fetchall() == [(2,)]
    assert cursor.rowcount == 1


@pytest.mark.parametrize(
    "value", [None, 0, -(2**63), 2**63 - 1, 0.1, -1e308, "", "é\u202f’\x00", b"", b"\x00\xff"]
)
def test_values_come_back_as_they_went(connection: dbapi.Connection, value: object) -> None:
    found = connection.execute("SELECT ?, typeof(?)", (value, value)).fetchone()
    assert found is not None
    assert found[0] == value
    assert type(found[0]) is type(value)


def test_rowcount_and_lastrowid(connection: dbapi.Connection) -> None:
    cursor = connection.cursor()
    cursor.executemany("INSERT INTO t (v) VALUES (?)", [(str(i),) for i in range(5)])
    assert (cursor.rowcount, cursor.lastrowid) == (5, 5)
    assert cursor.execute("UPDATE t SET v = v || 'x' WHERE id > 3").rowcount == 2
    assert cursor.execute("SELECT * FROM t").rowcount == -1
    assert cursor.execute("CREATE TABLE u (a)").rowcount == -1
    cursor.executemany("DELETE FROM t WHERE id = ?", [(1,), (2,), (99,)])
    assert cursor.rowcount == 2


def test_rowcount_leaves_out_the_rows_of_a_cascade(connection: dbapi.Connection) -> None:
    connection.commit()
    connection.handle.pragma("foreign_keys", True)
    connection.execute("CREATE TABLE c (t INTEGER REFERENCES t (id) ON DELETE CASCADE)")
    connection.execute("INSERT INTO t (id, v) VALUES (1, 'a')")
    connection.execute("INSERT INTO c VALUES (1), (1), (1)")
    cursor = connection.cursor()
    cursor.executemany("DELETE FROM t WHERE id = ?", [(1,)])
    assert cursor.rowcount == 1
    assert connection.execute("SELECT count(*) FROM c").fetchone() == (0,)


def test_rows_can_be_read_in_every_way(connection: dbapi.Connection) -> None:
    connection.cursor().executemany("INSERT INTO t (v) VALUES (?)", [(str(i),) for i in range(6)])
    cursor = connection.execute("SELECT id FROM t ORDER BY id")
    assert cursor.fetchone() == (1,)
    assert cursor.fetchmany() == [(2,)]
    assert cursor.fetchmany(2) == [(3,), (4,)]
    assert next(iter(cursor)) == (5,)
    assert cursor.fetchall() == [(6,)]
    assert cursor.fetchall() == []


@pytest.mark.parametrize(
    ("sql", "parameters", "kind"),
    [
        ("INSERT INTO t (v) VALUES ('a'), ('a')", (), dbapi.IntegrityError),
        ("INSERT INTO t (id) VALUES ('text')", (), dbapi.IntegrityError),
        ("SELECT * FROM absent", (), dbapi.OperationalError),
        ("not sql", (), dbapi.OperationalError),
        ("SELECT ?", (), dbapi.ProgrammingError),
        ("SELECT ?", (1, 2), dbapi.ProgrammingError),
        ("SELECT ?", (object(),), dbapi.ProgrammingError),
        ("SELECT ?", (2**63,), dbapi.DataError),
        ("SELECT zeroblob(2000000000)", (), dbapi.DataError),
    ],
)
def test_errors_have_the_kind_of_pep_249(
    connection: dbapi.Connection, sql: str, parameters: tuple[object, ...], kind: type[dbapi.Error]
) -> None:
    with pytest.raises(dbapi.Error) as raised:
        connection.execute(sql, parameters)
    assert type(raised.value) is kind
    assert raised.value.__cause__ is not None


def test_a_closed_connection_or_cursor_refuses(connection: dbapi.Connection) -> None:
    cursor = connection.cursor()
    cursor.close()
    with pytest.raises(dbapi.ProgrammingError):
        cursor.execute("SELECT 1")
    connection.close()
    connection.close()
    with pytest.raises(dbapi.ProgrammingError, match="closed database"):
        connection.execute("SELECT 1")
    with pytest.raises(dbapi.ProgrammingError, match="closed database"):
        connection.commit()


def test_a_file_that_cannot_be_opened_is_an_operational_error(tmp_path: Path) -> None:
    with pytest.raises(dbapi.OperationalError):
        dbapi.connect(str(tmp_path / "absent" / "a.db"))


def test_ddl_and_savepoints_roll_back(connection: dbapi.Connection) -> None:
    connection.execute("CREATE TABLE u (a)")
    connection.execute("INSERT INTO u VALUES (1)")
    connection.execute("SAVEPOINT s")
    connection.execute("INSERT INTO u VALUES (2)")
    connection.execute("ROLLBACK TO s")
    connection.execute("RELEASE s")
    assert connection.execute("SELECT a FROM u").fetchall() == [(1,)]
    connection.rollback()
    with pytest.raises(dbapi.OperationalError, match="no such table"):
        connection.execute("SELECT * FROM u")


def test_reads_are_a_snapshot_until_the_transaction_ends(
    connection: dbapi.Connection, tmp_path: Path
) -> None:
    connection.execute("SELECT count(*) FROM t")
    other = dbapi.connect(str(tmp_path / "a.db"), timeout=0.05)
    other.execute("INSERT INTO t (v) VALUES ('late')")
    with pytest.raises(dbapi.OperationalError) as raised:
        other.commit()
    assert isinstance(raised.value.__cause__, apsw.BusyError)
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connection.rollback()
    other.commit()
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (1,)
    other.close()


def test_an_immediate_transaction_shuts_out_other_writers(
    connection: dbapi.Connection, tmp_path: Path
) -> None:
    connection.isolation_level = "IMMEDIATE"
    connection.execute("SELECT 1")
    other = dbapi.connect(str(tmp_path / "a.db"), timeout=0.05)
    with pytest.raises(dbapi.OperationalError, match="locked"):
        other.execute("INSERT INTO t (v) VALUES ('b')")
    other.close()


def test_without_isolation_each_statement_commits(connection: dbapi.Connection, tmp_path: Path) -> None:
    connection.isolation_level = None
    connection.execute("INSERT INTO t (v) VALUES ('a')")
    connection.rollback()
    assert connection.execute("SELECT v FROM t").fetchall() == [("a",)]


def test_python_functions_serve_sql(connection: dbapi.Connection) -> None:
    connection.create_function("twice", 1, lambda x: x * 2, deterministic=True)
    connection.execute("CREATE INDEX i ON t (twice(id))")  # only a deterministic function may be indexed
    assert connection.execute("SELECT twice(21)").fetchone() == (42,)


def test_comments_before_a_statement_do_not_hide_its_kind(connection: dbapi.Connection) -> None:
    assert connection.execute("-- c\n /* d */ INSERT INTO t (v) VALUES ('a')").rowcount == 1
    assert connection.execute("/* only */").rowcount == -1


@pytest.mark.filterwarnings("ignore:Dialect sqlite.* does .not. support Decimal:sqlalchemy.exc.SAWarning")
def test_sqlalchemy_types_make_the_round_trip(engine: Engine) -> None:
    table = Table(
        "types", MetaData(), Column("id", Integer, primary_key=True), Column("d", Date),
        Column("t", DateTime), Column("b", Boolean), Column("n", Numeric(10, 3, asdecimal=True)),
        Column("j", JSON), Column("k", LargeBinary), Column("e", Enum("a", "b")), Column("s", String),
    )  # fmt: skip
    row = {
        "id": 1, "d": date(2025, 3, 5), "t": datetime(2025, 3, 5, 12, 30, 1, 500), "b": True,
        "n": Decimal("12.345"), "j": {"é": [1, None]}, "k": b"\x00\x01", "e": "b", "s": "’\u202f",
    }  # fmt: skip
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table), row)
    with engine.connect() as connection:
        assert dict(connection.execute(select(table)).mappings().one()) == row
        assert connection.scalar(select(table.c.id).where(table.c.d < date(2025, 4, 1))) == 1


def test_sqlalchemy_errors_wrap_those_of_the_module(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE p (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE c (p INTEGER NOT NULL REFERENCES p)"))
    with engine.connect() as connection:
        with pytest.raises(exc.IntegrityError):
            connection.execute(text("INSERT INTO c VALUES (7)"))
        connection.rollback()
        with pytest.raises(exc.OperationalError):
            connection.execute(text("SELECT * FROM absent"))


def test_sqlalchemy_savepoints_and_returning(engine: Engine) -> None:
    meta = MetaData()
    table = Table("r", meta, Column("id", Integer, primary_key=True), Column("s", String, unique=True))
    other = Table("o", meta, Column("id", ForeignKey("r.id"), primary_key=True))
    meta.create_all(engine)
    with Session(engine) as session:
        ids = session.scalars(insert(table).returning(table.c.id), [{"s": str(i)} for i in range(2000)]).all()
        assert list(ids) == list(range(1, 2001))
        with pytest.raises(exc.IntegrityError), session.begin_nested():
            session.execute(insert(table), {"s": "0"})
        with pytest.raises(exc.IntegrityError), session.begin_nested():
            session.execute(insert(other), {"id": 5000})
        result = session.execute(update(table).values(s=table.c.s + "x"))
        assert isinstance(result, CursorResult)
        assert result.rowcount == 2000
        session.commit()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM r WHERE s LIKE '%x'")) == 2000
        assert connection.scalar(text("SELECT 'abc' REGEXP 'b.'")) == 1

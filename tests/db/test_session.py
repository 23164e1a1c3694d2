"""Creating, opening, reading and writing a base."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from sqlalchemy import exc, select, text

from app.domain.errors import (
    BaseExists,
    BaseNotFound,
    DamagedBase,
    DiskFull,
    ForeignFile,
    NewerBase,
    ReadOnlyBase,
    WriteRefused,
)
from db.connection import connect
from db.files import APPLICATION_ID, SCHEMA_VERSION
from db.models import Setting, setting_uuid
from db.session import Base, create_base, open_base

Digest = Callable[[Path], str]


def put(base: Base, key: str, value: str, name: str = "réglage") -> None:
    with base.write(name) as session:
        session.merge(Setting(uuid=setting_uuid(key), key=key, value=value))


def settings(base: Base) -> dict[str, str]:
    with base.read() as session:
        return {key: value for key, value in session.execute(select(Setting.key, Setting.value))}


def test_a_new_base_says_what_it_is(base: Base) -> None:
    assert base.info.departements == ("79", "52")
    assert base.info.name == "Essai"
    assert len(base.info.uuid) == 32
    assert not base.info.demo
    assert not base.read_only
    assert base.check() == []


def test_two_bases_have_different_identities(tmp_path: Path) -> None:
    bases = [create_base(tmp_path / name, ["79"], "x") for name in ("a.maillage", "b.maillage")]
    assert bases[0].info.uuid != bases[1].info.uuid
    assert bases[0].device == bases[1].device
    for made in bases:
        made.close()


def test_creation_leaves_one_file(tmp_path: Path) -> None:
    create_base(tmp_path / "quick.maillage", ["79"], "x").close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["quick.maillage"]


def test_the_file_is_marked_and_safe(base: Base) -> None:
    handle = connect(base.path).handle
    assert handle.pragma("application_id") == APPLICATION_ID
    assert handle.pragma("user_version") == SCHEMA_VERSION
    assert handle.pragma("journal_mode") == "delete"
    assert handle.pragma("synchronous") == 2
    assert handle.pragma("foreign_keys") == 1
    assert handle.pragma("trusted_schema") == 0
    assert handle.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, -1) == 1
    handle.close()


def test_a_trigger_planted_in_the_file_never_runs_and_is_reported(base: Base) -> None:
    raw = apsw.Connection(str(base.path))
    raw.execute("CREATE TRIGGER t AFTER INSERT ON setting BEGIN DELETE FROM setting; END")
    raw.close()
    put(base, "a", "1")
    assert settings(base) == {"a": "1"}
    assert base.check() == ["foreign:t"]


def test_an_existing_file_is_never_overwritten(base: Base, digest: Digest) -> None:
    before = digest(base.path)
    with pytest.raises(BaseExists):
        create_base(base.path, ["79"], "x")
    assert digest(base.path) == before


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    monkeypatch.setattr("db.schema.write_facts", lambda *_: (_ for _ in ()).throw(apsw.FullError("full")))
    with pytest.raises(DiskFull):
        create_base(folder / "a.maillage", ["79"], "x")
    assert list(folder.iterdir()) == []


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(BaseNotFound):
        open_base(tmp_path / "absent.maillage")
    assert not (tmp_path / "absent.maillage").exists()


def _plain_sqlite(path: Path) -> None:
    raw = apsw.Connection(str(path))
    raw.execute("CREATE TABLE t (a)")
    raw.close()


@pytest.mark.parametrize(
    "content", [b"", b"code;valeur\n79;1\n" * 50, b"\x00" * 4096, b"PK\x03\x04" + b"x" * 500]
)
def test_a_foreign_file_is_refused_untouched(tmp_path: Path, digest: Digest, content: bytes) -> None:
    path = tmp_path / "other.maillage"
    path.write_bytes(content)
    with pytest.raises(ForeignFile):
        open_base(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["other.maillage"]


def test_a_plain_sqlite_file_is_foreign(tmp_path: Path, digest: Digest) -> None:
    path = tmp_path / "plain.maillage"
    _plain_sqlite(path)
    before = digest(path)
    with pytest.raises(ForeignFile):
        open_base(path)
    assert digest(path) == before


def test_a_newer_base_is_refused_untouched(base: Base, digest: Digest) -> None:
    base.close()
    raw = apsw.Connection(str(base.path))
    raw.pragma("user_version", SCHEMA_VERSION + 1)
    raw.close()
    before = digest(base.path)
    with pytest.raises(NewerBase) as raised:
        open_base(base.path)
    assert raised.value.facts["found"] == SCHEMA_VERSION + 1
    assert raised.value.facts["known"] == SCHEMA_VERSION
    assert digest(base.path) == before


@pytest.mark.parametrize("damage", ["header", "truncated", "pages", "schema"])
def test_a_damaged_base_is_said_so_untouched(base: Base, digest: Digest, damage: str) -> None:
    put(base, "a", "1" * 20_000)
    base.close()
    content = bytearray(base.path.read_bytes())
    if damage == "header":
        content[:16] = b"x" * 16
    elif damage == "truncated":
        content = content[: len(content) // 2]
    elif damage == "pages":
        content[4096:] = b"\xa5" * (len(content) - 4096)
    else:
        content[200:4096] = b"\xa5" * 3896
    base.path.write_bytes(content)
    before = digest(base.path)
    with pytest.raises(DamagedBase):
        open_base(base.path)
    assert digest(base.path) == before
    assert [file.name for file in base.path.parent.glob("*.lock")] == []


def test_damage_met_while_reading_is_said_so(base: Base) -> None:
    put(base, "a", "1" * 20_000)
    with base.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (base.path.stat().st_size - 4096))
    with pytest.raises(DamagedBase):
        settings(base)
    assert base.check() != []


def test_a_read_session_cannot_write(base: Base) -> None:
    with base.read() as session:
        session.add(Setting(uuid="u", key="k", value="v"))
        with pytest.raises(WriteRefused) as raised, base.read() as other:
            other.execute(text("DELETE FROM setting"))
        assert raised.value.__cause__ is not None
        with pytest.raises(exc.DBAPIError):
            session.flush()


def test_an_error_rolls_everything_back(base: Base) -> None:
    def fail() -> None:
        with base.write("réglage") as session:
            session.add(Setting(uuid="u", key="k", value="v"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert settings(base) == {}
    assert base.history() == []


def test_a_commit_inside_a_write_does_not_escape_it(base: Base) -> None:
    def fail() -> None:
        with base.write("réglage") as session:
            session.add(Setting(uuid="u", key="k", value="v"))
            session.commit()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert settings(base) == {}


def test_a_write_inside_a_write_is_refused(base: Base) -> None:
    with pytest.raises(RuntimeError), base.write("a"), base.write("b"):
        pass
    put(base, "a", "1")


def test_an_error_of_the_system_raised_by_the_caller_stays_as_it_is(base: Base) -> None:
    with pytest.raises(FileNotFoundError), base.write("a"):
        raise FileNotFoundError("another file")


def test_writes_of_several_threads_wait_for_each_other(base: Base) -> None:
    def many(letter: str) -> None:
        for i in range(20):
            put(base, f"{letter}{i}", str(i))

    threads = [threading.Thread(target=many, args=(letter,)) for letter in "abc"]
    for thread in threads:
        thread.start()
    reads = [len(settings(base)) for _ in range(50)]
    for thread in threads:
        thread.join()
    assert reads == sorted(reads)
    assert len(settings(base)) == 60
    assert len(base.history()) == 60
    assert [row.sequence for row in base.history()] == list(range(60, 0, -1))


def test_a_long_write_does_not_stop_readers(base: Base) -> None:
    put(base, "a", "1")
    with base.bulk() as session:
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
                " INSERT INTO setting SELECT hex(randomblob(16)), hex(randomblob(500)), '' FROM n"
            )
        )
        assert settings(base) == {"a": "1"}
    assert len(settings(base)) == 9001


def test_a_full_disk_leaves_the_base_as_it_was(base: Base) -> None:
    put(base, "a", "1")
    pages = connect(base.path).handle.pragma("page_count")

    def overflow() -> None:
        with base.write("gros") as session:
            session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            session.add(Setting(uuid="u", key="k", value="x" * 1_000_000))

    with pytest.raises(DiskFull) as raised:
        overflow()
    assert raised.value.facts["disk"]
    with base.write("permis") as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert settings(base) == {"a": "1"}
    assert base.check() == []
    assert not base.path.with_name(base.path.name + "-journal").exists()
    put(base, "b", "2")


def test_a_base_opened_read_only_refuses_to_write(base: Base, digest: Digest) -> None:
    put(base, "a", "1")
    base.close()
    before = digest(base.path)
    reader = open_base(base.path, read_only=True)
    assert reader.read_only
    assert reader.read_only_reason == ""
    assert settings(reader) == {"a": "1"}
    assert reader.undo_name() is None
    for call in (lambda: put(reader, "a", "2"), reader.undo, reader.redo):
        with pytest.raises(ReadOnlyBase):
            call()
    reader.close()
    assert digest(base.path) == before


def test_a_read_only_file_opens_read_only(base: Base) -> None:
    base.close()
    base.path.chmod(0o444)
    try:
        reader = open_base(base.path)
        assert (reader.read_only, reader.read_only_reason) == (True, "file")
        reader.close()
    finally:
        base.path.chmod(0o644)


def test_a_read_only_folder_opens_read_only(base: Base) -> None:
    base.close()
    base.path.parent.chmod(0o555)
    try:
        reader = open_base(base.path)
        assert (reader.read_only, reader.read_only_reason) == (True, "folder")
        reader.close()
    finally:
        base.path.parent.chmod(0o755)


def test_a_wal_file_goes_back_to_a_rollback_journal(base: Base) -> None:
    base.close()
    raw = apsw.Connection(str(base.path))
    raw.pragma("journal_mode", "WAL")
    raw.close()
    open_base(base.path).close()
    assert base.path.read_bytes()[18:20] == b"\x01\x01"


def test_closing_twice_is_harmless(base: Base) -> None:
    base.close()
    base.close()
    assert list(base.path.parent.glob("*.lock")) == []

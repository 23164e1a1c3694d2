"""Copies, names given at once, and the identity of this computer."""

from __future__ import annotations

import errno
import os
import socket
import uuid
from pathlib import Path

import apsw
import pytest
from sqlalchemy import select

from app.domain.errors import BaseExists, BaseLocked, DiskFull, WriteRefused
from db import lock
from db.device import device_of
from db.failures import as_domain
from db.files import place_new
from db.models import Setting, key_of, new_uuid, setting_uuid
from db.session import Base, open_base


def test_a_copy_holds_what_was_committed_and_is_independent(base: Base, tmp_path: Path) -> None:
    with base.write("réglage") as session:
        session.add(Setting(uuid=setting_uuid("a"), key="a", value="1"))
    target = tmp_path / "copies" / "copie.maillage"
    base.backup_to(target)
    copy = open_base(target)
    assert copy.info == base.info
    assert copy.undo() == "réglage"
    copy.close()
    with base.read() as session:
        assert session.scalars(select(Setting.value)).all() == ["1"]


def test_a_copy_made_during_a_write_holds_what_was_before(base: Base, tmp_path: Path) -> None:
    with base.write("réglage") as session:
        session.add(Setting(uuid=setting_uuid("a"), key="a", value="1"))
        session.flush()
        base.backup_to(tmp_path / "copie.maillage")
    copy = open_base(tmp_path / "copie.maillage")
    with copy.read() as session:
        assert session.scalars(select(Setting.value)).all() == []
    copy.close()


def test_a_failed_copy_keeps_the_former_one(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copies" / "copie.maillage"
    base.backup_to(target)
    before = target.read_bytes()
    monkeypatch.setattr("db.backup.sync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
    with pytest.raises(WriteRefused):
        base.backup_to(target)
    assert [file.name for file in target.parent.iterdir()] == ["copie.maillage"]
    assert target.read_bytes() == before


def test_a_copy_to_a_place_that_is_not_a_folder_is_refused(base: Base, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteRefused):
        base.backup_to(tmp_path / "file" / "copie.maillage")


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_never_replaces_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    for name in ("first", "second"):
        (tmp_path / name).write_text(name)
    place_new(tmp_path / "first", tmp_path / "target")
    with pytest.raises(BaseExists):
        place_new(tmp_path / "second", tmp_path / "target")
    assert (tmp_path / "target").read_text() == "first"
    assert not (tmp_path / "first").exists()


def test_the_computer_keeps_its_identity(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "poste"
    made = device_of(file)
    assert device_of(file) == made == file.read_text("ascii")
    device_of.cache_clear()
    assert device_of(file) == made
    file.write_bytes(b"\xff damaged")
    device_of.cache_clear()
    assert device_of(file) != made


def test_a_computer_that_cannot_remember_still_has_an_identity(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert len(device_of(tmp_path / "file" / "poste")) == 32


def test_keys_of_official_codes_are_name_based_uuids() -> None:
    made = uuid.UUID(key_of("territory", 3, "200041317"))
    assert made.version == 5
    assert made == uuid.uuid5(uuid.UUID("6f0d3c4a-5b0e-5a53-9a63-3f1d1b7f9c11"), "territory/3/200041317")
    assert key_of("territory", 3, "a") != key_of("territory", 4, "a")
    assert new_uuid() != new_uuid()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (apsw.FullError("full"), DiskFull),
        (apsw.IOError("io"), WriteRefused),
        (apsw.ReadOnlyError("ro"), WriteRefused),
        (apsw.CantOpenError("no"), WriteRefused),
        (apsw.BusyError("busy"), BaseLocked),
        (PermissionError(errno.EACCES, "denied"), WriteRefused),
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
    ],
)
def test_errors_of_the_disk_are_told(tmp_path: Path, error: Exception, kind: type[Exception]) -> None:
    assert type(as_domain(tmp_path / "a", error)) is kind


def test_other_errors_are_bugs(tmp_path: Path) -> None:
    assert as_domain(tmp_path / "a", apsw.SQLError("no such table")) is None
    assert as_domain(tmp_path / "a", ValueError("x")) is None


def test_where_the_system_has_no_locks_the_text_decides(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_file: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(lock, "_system_lock", unsupported)
    target = tmp_path / "b.maillage"
    first = lock.BaseLock(target)
    with pytest.raises(BaseLocked) as raised:
        lock.BaseLock(target)
    assert raised.value.facts["holder"]
    first.release()
    first.release()
    lock.lock_path(target).write_text(f'{{"pid": 999999999, "host": "{socket.gethostname()}"}}')
    lock.BaseLock(target).release()
    lock.lock_path(target).write_text('{"pid": 1, "host": "elsewhere", "user": "marie"}')
    with pytest.raises(BaseLocked, match="marie"):
        lock.BaseLock(target)

"""Several processes and sudden deaths: one writer, nothing torn, nothing acknowledged lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
from sqlalchemy import select

from app.domain.errors import WriteRefused
from db.files import journal_of
from db.lock import lock_path
from db.models import ImportRun, Setting, StoredRow, ValueVersion
from db.session import Base, open_base

CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def child(work: str, base: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(CHILD), work, str(base)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def killed_after(work: str, base: Path, first: int, delay: float) -> int:
    """Kill the child some time after a number of its commits; return the last one it acknowledged."""
    with child(work, base) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(first)]
        time.sleep(delay)
        process.kill()
        said += [int(line) for line in process.stdout if line.endswith("\n")]
    return said[-1]


@pytest.fixture
def path(base: Base) -> Path:
    base.close()
    return base.path


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.031])
def test_acknowledged_edits_survive_a_sudden_death(path: Path, delay: float) -> None:
    last = killed_after("edit", path, 5, delay)
    base = open_base(path)
    assert base.check() == []
    with base.read() as session:
        found = {key: value for key, value in session.execute(select(Setting.key, Setting.value))}
    step = int(found.pop("step"))
    assert step in (last, last + 1)  # the last one may be committed and not said yet
    assert set(found) == {f"s{number}" for number in range(step + 1)}
    assert [row.name for row in base.history()][::-1] == [f"étape {number}" for number in range(step + 1)][
        -200:
    ]
    assert base.undo() == f"étape {step}"
    base.close()


@pytest.mark.parametrize("delay", [0.002, 0.02, 0.045, 0.08])
def test_an_import_cut_short_leaves_no_part_of_itself(path: Path, delay: float) -> None:
    last = killed_after("import", path, 2, delay)
    base = open_base(path)
    assert base.check() == []
    with base.read() as session:
        runs = session.scalars(select(ImportRun.number)).all()
        imports = set(session.execute(select(StoredRow.import_number, StoredRow.number)).tuples())
        versions = session.scalars(select(ValueVersion.superseded_by)).all()
    assert max(runs) in (last, last + 1)
    assert imports == {(max(runs), float(max(runs)))}
    assert sorted(set(versions)) == list(range(2, max(runs) + 1))
    base.close()


def test_a_second_process_opens_read_only_and_names_the_holder(path: Path) -> None:
    with child("hold", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        second = open_base(path)
        assert second.read_only
        kind, _, holder = second.read_only_reason.partition(":")
        assert kind == "locked"
        assert holder
        second.close()
        assert lock_path(path).exists()
        process.kill()
        process.wait()
        third = open_base(path)  # the system freed the lock of the dead process
        assert not third.read_only
        third.close()
    assert not lock_path(path).exists()


def test_two_windows_of_one_process_do_not_both_write(base: Base) -> None:
    second = open_base(base.path)
    assert second.read_only
    second.close()
    base.close()
    third = open_base(base.path)
    assert not third.read_only
    third.close()


def test_a_stale_lock_file_is_taken_over(path: Path) -> None:
    lock_path(path).write_text('{"user": "marie", "host": "PC-12", "pid": 1}', "utf-8")
    base = open_base(path)
    assert not base.read_only
    base.close()
    lock_path(path).write_bytes(b"\xff not json")
    open_base(path).close()


def test_a_reader_sees_what_another_process_commits(path: Path) -> None:
    with child("edit", path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        reader = open_base(path)
        assert reader.read_only
        counts = []
        for _ in range(20):
            with reader.read() as session:
                counts.append(len(session.scalars(select(Setting.key)).all()))
        assert counts == sorted(counts)
        assert counts[0] >= 2
        reader.close()


def test_a_copy_made_while_another_process_writes_is_sound(path: Path, tmp_path: Path) -> None:
    copies = [tmp_path / "copies" / f"{i}.maillage" for i in range(6)]
    with child("import", path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        reader = open_base(path)
        for copy in copies:
            reader.backup_to(copy)
        reader.close()
    for copy in copies:
        base = open_base(copy)
        assert base.check() == []
        with base.read() as session:
            assert len(set(session.scalars(select(StoredRow.number)))) == 1
        base.close()
    assert sorted(file.name for file in (tmp_path / "copies").iterdir()) == [copy.name for copy in copies]


def test_a_base_with_work_to_roll_back_is_not_read_from_a_protected_file(path: Path) -> None:
    """A crash left a hot journal: reading on would show a half-written base."""
    raw = apsw.Connection(str(path))
    raw.pragma("cache_size", 1)
    raw.execute(
        "BEGIN; INSERT INTO device SELECT hex(randomblob(16)), '', '' FROM meta a, meta b, meta c, meta"
    )
    raw.cache_flush()
    crashed, journal = path.with_name("crashed.maillage"), journal_of(path)
    crashed.write_bytes(path.read_bytes())
    journal_of(crashed).write_bytes(journal.read_bytes())
    raw.execute("ROLLBACK")
    raw.close()
    crashed.chmod(0o444)
    with pytest.raises(WriteRefused) as raised:
        open_base(crashed)
    assert raised.value.facts["reason"] == "interrupted"
    crashed.chmod(0o644)
    base = open_base(crashed)
    assert base.check() == []
    assert base.info.name == "Essai"
    base.close()

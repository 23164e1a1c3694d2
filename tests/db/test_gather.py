"""An action made of others: one transaction, one line of the history, one undo."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy import select

from db.models import Setting, setting_uuid
from db.session import Base, open_base


def put(base: Base, key: str, value: str) -> None:
    with base.write(f"réglage {key}") as session:
        session.merge(Setting(uuid=setting_uuid(key), key=key, value=value))


def put_and_fail(base: Base, key: str) -> None:
    with base.write("réglage") as session:
        session.merge(Setting(uuid=setting_uuid(key), key=key, value="x"))
        raise ZeroDivisionError


def settings(base: Base) -> dict[str, str]:
    with base.read() as session:
        return {key: value for key, value in session.execute(select(Setting.key, Setting.value))}


def test_writes_inside_are_one_action(base: Base) -> None:
    with base.gather("lot"):
        put(base, "a", "1")
        put(base, "b", "2")
    assert settings(base) == {"a": "1", "b": "2"}
    assert [row.name for row in base.history()] == ["lot"]
    assert base.undo() == "lot"
    assert settings(base) == {}


def test_reads_inside_see_what_was_just_written(base: Base) -> None:
    with base.gather("lot"):
        put(base, "a", "1")
        assert settings(base) == {"a": "1"}
        put(base, "a", "2")
    assert settings(base) == {"a": "2"}


def test_a_write_that_fails_inside_is_taken_back_alone(base: Base) -> None:
    with base.gather("lot"):
        put(base, "a", "1")
        with suppress(ZeroDivisionError):
            put_and_fail(base, "b")
        put(base, "c", "3")
    assert settings(base) == {"a": "1", "c": "3"}


def test_an_error_takes_back_the_whole(base: Base) -> None:
    def fail() -> None:
        with base.gather("lot"):
            put(base, "a", "1")
            put_and_fail(base, "b")

    with pytest.raises(ZeroDivisionError):
        fail()
    assert settings(base) == {}
    assert base.history() == []
    put(base, "d", "4")
    assert [row.name for row in base.history()] == ["réglage d"]


def test_the_stamp_changes_at_each_write_and_is_silent_inside(base: Base) -> None:
    before = base.stamp()
    assert base.stamp() == before
    settings(base)
    assert base.stamp() == before
    seen = [before]
    put(base, "a", "1")
    seen.append(base.stamp())
    base.undo()
    seen.append(base.stamp())
    with base.bulk() as session:
        session.merge(Setting(uuid=setting_uuid("b"), key="b", value="2"))
    seen.append(base.stamp())
    assert len(set(seen)) == 4
    with base.gather("lot"):
        assert base.stamp() is None


def test_the_stamp_tells_the_writes_of_another_program(base: Base) -> None:
    seen = open_base(base.path, read_only=True)
    before = seen.stamp()
    put(base, "a", "1" * 5000)
    assert seen.stamp() != before
    seen.close()

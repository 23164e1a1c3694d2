"""Undo, redo and history: any sequence of edits goes back and forth, also after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.domain.errors import NothingToUndo, UndoConflict
from db import device
from db.models import (
    AnomalyRecord,
    Device,
    ImportRun,
    JournalEntry,
    Outline,
    OutlineSet,
    Setting,
    setting_uuid,
)
from db.models.journal import Kind
from db.session import Base, create_base, open_base


def put(base: Base, key: str, value: str | None, name: str = "réglage") -> None:
    with base.write(name) as session:
        row = session.get(Setting, setting_uuid(key))
        if value is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(Setting(uuid=setting_uuid(key), key=key, value=value))
        else:
            row.value = value


def settings(base: Base) -> dict[str, str]:
    with base.read() as session:
        return {key: value for key, value in session.execute(select(Setting.key, Setting.value))}


def test_an_edit_is_undone_and_redone_by_name(base: Base) -> None:
    put(base, "a", "1", "premier")
    put(base, "a", "2", "second")
    assert (base.undo_name(), base.redo_name()) == ("second", None)
    assert base.undo() == "second"
    assert settings(base) == {"a": "1"}
    assert (base.undo_name(), base.redo_name()) == ("premier", "second")
    assert base.undo() == "premier"
    assert settings(base) == {}
    assert (base.redo(), base.redo()) == ("premier", "second")
    assert settings(base) == {"a": "2"}


def test_there_is_nothing_to_undo_in_a_new_base(base: Base) -> None:
    with pytest.raises(NothingToUndo) as raised:
        base.undo()
    assert raised.value.facts == {"direction": "undo"}
    with pytest.raises(NothingToUndo):
        base.redo()


def test_a_new_edit_ends_what_could_be_redone(base: Base) -> None:
    put(base, "a", "1", "un")
    put(base, "b", "2", "deux")
    base.undo()
    put(base, "c", "3", "trois")
    assert base.redo_name() is None
    assert [base.undo(), base.undo()] == ["trois", "un"]
    assert settings(base) == {}
    assert [base.redo(), base.redo()] == ["un", "trois"]
    with pytest.raises(NothingToUndo):
        base.redo()
    assert settings(base) == {"a": "1", "c": "3"}


def test_an_action_that_changes_nothing_leaves_no_trace(base: Base) -> None:
    put(base, "a", "1")
    base.undo()
    put(base, "z", None)
    assert [row.name for row in base.history()] == ["réglage"]
    assert base.redo_name() == "réglage"


def test_undo_survives_a_restart(base: Base) -> None:
    put(base, "a", "1", "un")
    put(base, "a", "2", "deux")
    base.undo()
    base.close()
    again = open_base(base.path)
    assert (again.undo_name(), again.redo_name()) == ("un", "deux")
    again.redo()
    assert settings(again) == {"a": "2"}
    again.undo()
    again.undo()
    assert settings(again) == {}
    again.close()


def test_one_action_on_several_rows_is_one_step(base: Base) -> None:
    with base.write("lot") as session:
        session.add_all(Setting(uuid=setting_uuid(str(i)), key=str(i), value="v") for i in range(500))
    assert base.undo() == "lot"
    assert settings(base) == {}
    base.redo()
    assert len(settings(base)) == 500


def test_a_savepoint_rolled_back_is_not_journaled(base: Base) -> None:
    with base.write("partiel") as session:
        session.add(Setting(uuid="u", key="kept", value="1"))
        with session.begin_nested() as savepoint:
            session.add(Setting(uuid="w", key="dropped", value="2"))
            session.flush()
            savepoint.rollback()
    base.undo()
    base.redo()
    assert settings(base) == {"kept": "1"}


def test_undo_belongs_to_the_computer_that_acted(
    base: Base, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(base, "a", "1", "ici")
    base.close()
    monkeypatch.setattr(device, "device_file", lambda: tmp_path / "other" / "poste")
    there = open_base(base.path)
    assert there.device != base.device
    assert there.undo_name() is None
    put(there, "b", "2", "là-bas")
    assert there.undo() == "là-bas"
    assert [row.device == there.device for row in there.history()] == [True, False]
    with there.read() as session:
        assert set(session.scalars(select(Device.uuid))) == {base.device, there.device}
    there.close()


def test_a_conflict_is_refused_and_changes_nothing(base: Base) -> None:
    put(base, "a", "1", "un")
    put(base, "b", "2", "deux")
    with base.bulk() as session:  # outside the journal, as an import or another computer would
        session.get_one(Setting, setting_uuid("b")).value = "other"
    with pytest.raises(UndoConflict) as raised:
        base.undo()
    assert raised.value.facts == {"name": "deux"}
    assert settings(base) == {"a": "1", "b": "other"}
    assert base.undo_name() == "deux"
    assert [row.undone for row in base.history()] == [False, False]


def test_bulk_writes_stay_out_of_the_journal(base: Base) -> None:
    with base.bulk() as session:
        session.add(Setting(uuid="u", key="k", value="v"))
    assert settings(base) == {"k": "v"}
    assert base.history() == []


def test_undoing_the_decision_on_an_anomaly(base: Base) -> None:
    with base.bulk() as session:
        run = ImportRun(uuid="r", number=1, source="s", file="f", sha256="x", imported_at="2026-01-01")
        session.add(run)
        session.flush()
        session.add(
            AnomalyRecord(uuid="a", import_uuid="r", line=3, column="c", value="v", rule="x", severity=1)
        )
    with base.write("décision sur une anomalie") as session:
        session.get_one(AnomalyRecord, "a").decision = "keep"
    base.undo()
    with base.read() as session:
        assert session.get_one(AnomalyRecord, "a").decision == ""


def test_undone_outlines_come_back_whole(base: Base) -> None:
    with base.write("contours") as session:
        session.add(
            OutlineSet(
                uuid="s", label="l", file="f", sha256="x", level=4, epsg=2154, imported_at="2026-01-01"
            )
        )
        session.flush()
        session.add(Outline(set_uuid="s", code="79191", name="Niort", wkb=b"\x01\x02"))
    base.undo()
    with base.read() as session:
        assert session.get(OutlineSet, "s") is None
    base.redo()
    with base.read() as session:
        assert session.get_one(OutlineSet, "s").active
        assert session.get_one(Outline, ("s", "79191")).wkb == b"\x01\x02"


def test_history_tells_names_and_what_is_undone(base: Base) -> None:
    for i in range(4):
        put(base, "a", str(i), f"étape {i}")
    base.undo()
    rows = base.history(limit=3)
    assert [(row.name, row.undone) for row in rows] == [
        ("étape 3", True),
        ("étape 2", False),
        ("étape 1", False),
    ]
    assert all(row.at.tzinfo is not None and row.device == base.device for row in rows)


def test_the_history_of_an_object_comes_from_the_changesets(base: Base) -> None:
    put(base, "a", "1", "création")
    put(base, "b", "9", "autre")
    put(base, "a", "2", "modification")
    base.undo()
    put(base, "a", None, "suppression")
    uuid = setting_uuid("a")
    found = [(c.name, c.kind, c.before, c.after) for c in base.history_of("setting", uuid)]
    assert found == [
        ("création", Kind.EDIT, None, {"uuid": uuid, "key": "a", "value": "1"}),
        ("modification", Kind.EDIT, {"uuid": uuid, "value": "1"}, {"value": "2"}),
        ("modification", Kind.UNDO, {"uuid": uuid, "value": "2"}, {"value": "1"}),
        ("suppression", Kind.EDIT, {"uuid": uuid, "key": "a", "value": "1"}, None),
    ]  # fmt: skip
    assert base.history_of("setting", "absent") == []


def test_the_journal_only_grows(base: Base) -> None:
    put(base, "a", "1")
    base.undo()
    base.redo()
    with base.read() as session:
        rows = session.scalars(select(JournalEntry).order_by(JournalEntry.sequence)).all()
    assert [row.kind for row in rows] == [Kind.EDIT, Kind.UNDO, Kind.REDO]
    assert [row.target for row in rows] == [None, rows[0].uuid, rows[0].uuid]


EDIT = st.tuples(
    st.sampled_from("abcd"), st.one_of(st.none(), st.text(max_size=6).filter(lambda s: "\x00" not in s))
)
STEP = st.one_of(EDIT, st.sampled_from(["undo", "redo"]))


@trial(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_any_edits_undone_give_the_first_content_and_redone_the_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | None] | str]
) -> None:
    base = create_base(tmp_path_factory.mktemp("trial") / "a.maillage", ["79"], "x")
    done: list[dict[str, str]] = [{}]
    undone: list[dict[str, str]] = []
    for step in steps:
        if step == "undo":
            undone += _moved(base.undo, done, keep=1)
        elif step == "redo":
            done += _moved(base.redo, undone, keep=0)
        else:
            _edit(base, step, done, undone)
        assert settings(base) == done[-1]
    _walk(base, done)
    base.close()


def _moved(call: object, states: list[dict[str, str]], *, keep: int) -> list[dict[str, str]]:
    assert callable(call)
    if len(states) > keep:
        call()
        return [states.pop()]
    with pytest.raises(NothingToUndo):
        call()
    return []


def _edit(base: Base, step: object, done: list[dict[str, str]], undone: list[dict[str, str]]) -> None:
    assert isinstance(step, tuple)
    key, value = step
    after = {k: v for k, v in done[-1].items() if k != key} | ({} if value is None else {key: value})
    put(base, key, value)
    if after != done[-1]:
        done.append(after)
        undone.clear()


def _walk(base: Base, states: list[dict[str, str]]) -> None:
    for before in reversed(states[:-1]):
        base.undo()
        assert settings(base) == before
    for after in states[1:]:
        base.redo()
        assert settings(base) == after
    with base.read() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) is not None

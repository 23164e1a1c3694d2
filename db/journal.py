"""Changesets of the session extension: recorded with each action, applied backwards to undo it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import apsw
from sqlalchemy import LargeBinary, cast, func, literal, select, update
from sqlalchemy.orm import Session

from app.domain.errors import NothingToUndo, UndoConflict
from db.connection import driver_of
from db.models import JOURNALED, JournalEntry, Model
from db.models.journal import Kind, State


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One action, as the history shows it; at is in local time."""

    uuid: str
    sequence: int
    at: datetime
    device: str
    name: str
    undone: bool


@dataclass(frozen=True, slots=True)
class ObjectChange:
    """What one action did to one row; before is None for an insertion, after for a deletion.

    For an update, both hold the columns that changed.
    """

    sequence: int
    at: datetime
    device: str
    name: str
    kind: Kind
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


class Recorder:
    """Records what changes in the journaled tables, from its creation to `changeset`."""

    def __init__(self, handle: apsw.Connection) -> None:
        self._session = apsw.Session(handle, "main")
        for table in JOURNALED:
            self._session.attach(table)

    def changeset(self) -> bytes:
        """Return the net change, empty if nothing differs from the start."""
        return self._session.changeset()

    def close(self) -> None:
        """Stop recording."""
        self._session.close()


def record_edit(session: Session, device: str, name: str, changeset: bytes) -> None:
    """Add an action; what this device had undone can no longer be redone."""
    session.execute(
        update(JournalEntry)
        .where(JournalEntry.device == device, JournalEntry.state == State.UNDONE)
        .values(state=State.CUT)
    )
    _append(session, device, name, Kind.EDIT, None, changeset)


def _append(
    session: Session, device: str, name: str, kind: Kind, target: str | None, changeset: bytes
) -> None:
    last = session.scalar(select(func.max(JournalEntry.sequence)))
    session.add(
        JournalEntry(
            device=device,
            sequence=(last or 0) + 1,
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            name=name,
            kind=kind,
            target=target,
            state=State.DONE,
            changeset=changeset,
        )
    )
    session.flush()


def next_step(session: Session, device: str, kind: Kind) -> tuple[str, str] | None:
    """Return uuid and name of the edit of this device that an undo or a redo would concern."""
    undo = kind is Kind.UNDO
    order = JournalEntry.sequence.desc() if undo else JournalEntry.sequence.asc()
    found = session.execute(
        select(JournalEntry.uuid, JournalEntry.name)
        .where(
            JournalEntry.device == device,
            JournalEntry.kind == Kind.EDIT,
            JournalEntry.state == (State.DONE if undo else State.UNDONE),
        )
        .order_by(order)
        .limit(1)
    ).first()
    return None if found is None else (found.uuid, found.name)


def step(session: Session, handle: apsw.Connection, device: str, kind: Kind) -> str:
    """Undo or redo one action inside the open transaction, as a new row; return its name.

    Raises NothingToUndo, or UndoConflict with nothing changed.
    """
    found = next_step(session, device, kind)
    if found is None:
        raise NothingToUndo(direction=kind.name.lower())
    entry = session.get_one(JournalEntry, found[0])
    undo = kind is Kind.UNDO
    changeset = apsw.Changeset.invert(entry.changeset) if undo else entry.changeset
    _apply(handle, changeset, JOURNALED, entry.name)
    entry.state = State.UNDONE if undo else State.DONE
    _append(session, device, entry.name, kind, entry.uuid, changeset)
    return entry.name


def _apply(handle: apsw.Connection, changeset: bytes, tables: Collection[str], name: str) -> None:
    try:
        apsw.Changeset.apply(
            changeset, handle, filter=tables.__contains__, conflict=lambda *_: apsw.SQLITE_CHANGESET_ABORT
        )
    except (apsw.AbortError, apsw.ConstraintError, apsw.SchemaChangeError) as error:
        raise UndoConflict(name=name) from error


def take_back(session: Session, table: str, uuid: str, *, leaving: Collection[str] = ()) -> None:
    """Undo, as a part of the write under way, the edit that inserted a row, wherever it is in the history.

    leaving: tables that stay as they are. Raises UndoConflict if a later edit changed the same rows.
    """
    holding = func.instr(JournalEntry.changeset, cast(literal(uuid.encode()), LargeBinary)) > 0
    entries = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.kind == Kind.EDIT, JournalEntry.state == State.DONE, holding)
        .order_by(JournalEntry.sequence)
    )
    for entry in entries:
        if any(before is None for before, _ in _changes_of(entry.changeset, table, uuid)):
            tables = [name for name in JOURNALED if name not in leaving]
            session.flush()
            handle = driver_of(session.connection()).handle
            _apply(handle, apsw.Changeset.invert(entry.changeset), tables, entry.name)
            session.expire_all()
            return
    raise NothingToUndo(direction="undo")


def history(session: Session, limit: int) -> list[JournalRow]:
    """Return the latest edits, latest first."""
    found = session.execute(
        select(
            JournalEntry.uuid,
            JournalEntry.sequence,
            JournalEntry.at,
            JournalEntry.device,
            JournalEntry.name,
            JournalEntry.state,
        )
        .where(JournalEntry.kind == Kind.EDIT)
        .order_by(JournalEntry.sequence.desc())
        .limit(limit)
    )
    return [
        JournalRow(row.uuid, row.sequence, _local(row.at), row.device, row.name, row.state != State.DONE)
        for row in found
    ]


def history_of(session: Session, table: str, uuid: str) -> list[ObjectChange]:
    """Return what happened to one row, oldest first; undos and redos are part of it."""
    entries = session.scalars(
        select(JournalEntry)
        .where(func.instr(JournalEntry.changeset, cast(literal(uuid.encode()), LargeBinary)) > 0)
        .order_by(JournalEntry.sequence)
    )
    return [
        ObjectChange(
            entry.sequence, _local(entry.at), entry.device, entry.name, Kind(entry.kind), before, after
        )
        for entry in entries
        for before, after in _changes_of(entry.changeset, table, uuid)
    ]


_Row = Mapping[str, object] | None


def _changes_of(changeset: bytes, table: str, uuid: str) -> Iterator[tuple[_Row, _Row]]:
    columns = [column.name for column in Model.metadata.tables[table].columns]
    for change in apsw.Changeset.iter(changeset):
        key = (change.old or change.new or ("",))[0]
        if change.name == table and key == uuid:
            yield _named(columns, change.old), _named(columns, change.new)


def _named(columns: list[str], values: tuple[object, ...] | None) -> _Row:
    """Name the values of a change; an old changeset may know fewer columns."""
    if values is None:
        return None
    return {name: value for name, value in zip(columns, values, strict=False) if value is not apsw.no_change}


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone()

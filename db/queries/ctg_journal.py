"""The journal seen from one thing: its changes, those of what it owns, and the erasure of personal data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import apsw
from sqlalchemy import LargeBinary, cast, func, literal, select, text
from sqlalchemy.orm import Session

from db.models import JournalEntry, Model
from db.models.journal import State


def owned_in_journal(session: Session, table: str, column: str, owner: str) -> set[str]:
    """Keys of the rows of a table that once belonged to an owner, deleted ones included."""
    place = [c.name for c in Model.metadata.tables[table].columns].index(column)
    found = set()
    for entry in _naming(session, owner):
        for change in apsw.Changeset.iter(entry.changeset):
            values = change.new or change.old or ()
            if change.name == table and len(values) > place and values[place] == owner:
                found.add(str(values[0]))
    return found


def _naming(session: Session, uuid: str) -> Iterable[JournalEntry]:
    needle = cast(literal(uuid.encode()), LargeBinary)
    return session.scalars(select(JournalEntry).where(func.instr(JournalEntry.changeset, needle) > 0)).all()


def erase_from_journal(session: Session, table: str, uuid: str) -> int:
    """Take every change of one row out of the journal; returns how many actions held it.

    The other changes of these actions stay. An action left without any change can no longer be undone, and
    keeps its name and date. Freed pages are overwritten: nothing is left in the file.
    """
    session.execute(text("PRAGMA secure_delete = ON"))
    entries = list(_naming(session, uuid))
    for entry in entries:
        entry.changeset = _without(entry.changeset, table, uuid)
        if not entry.changeset:
            entry.state = State.CUT
    session.flush()
    return len(entries)


def _without(changeset: bytes, table: str, uuid: str) -> bytes:
    """The changeset without the changes of one row; the others are kept as they are."""
    builder: Any = apsw.ChangesetBuilder()  # type: ignore[no-untyped-call]
    kept = False
    for change in apsw.Changeset.iter(changeset):
        key = (change.old or change.new or ("",))[0]
        if change.name != table or key != uuid:
            builder.add_change(change)  # now: a change lives as long as its turn
            kept = True
    return bytes(builder.output()) if kept else b""

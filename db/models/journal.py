"""The journal: one row an action, with the changeset that it made."""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Model, new_uuid


class Kind(IntEnum):
    """What a row of the journal is; undos and redos are rows too."""

    EDIT = 0
    UNDO = 1
    REDO = 2


class State(IntEnum):
    """Where an edit stands: in force, undone, or undone for good because another edit followed."""

    DONE = 0
    UNDONE = 1
    CUT = 2


class JournalEntry(Model):
    """An action on journaled tables. sequence grows in the base and orders causes before effects.

    target is the edit that an undo or a redo is about. state is kept on edits for speed: it follows from
    the order of the rows.
    """

    __tablename__ = "journal"

    uuid: Mapped[str] = mapped_column(primary_key=True, default=new_uuid)
    device: Mapped[str]
    sequence: Mapped[int] = mapped_column(index=True)
    at: Mapped[str]
    name: Mapped[str]
    kind: Mapped[int]
    target: Mapped[str | None]
    state: Mapped[int]
    changeset: Mapped[bytes] = mapped_column(LargeBinary)

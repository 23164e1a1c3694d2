"""History of a thing field by field, and its fields as they were at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from app.services.ctg_edit import find
from app.services.ctg_kinds import KINDS
from app.services.ctg_plan_rows import FieldChange
from db.models import Model
from db.queries.ctg_journal import owned_in_journal

if TYPE_CHECKING:
    from db.session import Base, ObjectChange

HIDDEN = frozenset({"uuid", "rank"})
"""Columns that say nothing to a reader."""


class HistoryReads:
    """What happened to things, read from the journal."""

    _base: Base

    def history(self, kind: str, uuid: str) -> list[FieldChange]:
        """Changes of one thing, latest first; a creation or a removal has an empty field."""
        table = KINDS[kind].table
        changes = self._base.history_of(table, uuid)
        return [row for change in reversed(changes) for row in self._rows(change, table, uuid)]

    def history_with_parts(self, kind: str, uuid: str) -> list[FieldChange]:
        """Same, with the changes of what it owns (étapes, amounts…), removed ones included."""
        found = self.history(kind, uuid)
        for part, column in KINDS[kind].owned:
            with self._base.read() as session:
                keys = owned_in_journal(session, KINDS[part].table, column, uuid)
            for key in sorted(keys):
                found += self.history(part, key)
        return sorted(found, key=lambda row: row.at, reverse=True)

    def fields_at(self, kind: str, uuid: str, at: datetime) -> dict[str, object] | None:
        """Fields of a thing as they were at a moment (with its time zone), None if it was not there."""
        table = KINDS[kind].table
        columns = [column.name for column in Model.metadata.tables[table].columns]
        with self._base.read() as session:
            row = session.get(KINDS[kind].model, uuid)
            held = {name: getattr(row, name) for name in columns} if row is not None else None
        for change in reversed(self._base.history_of(table, uuid)):
            if change.at <= at:
                break
            held = _before(held, change)
        return held

    def _rows(self, change: ObjectChange, table: str, uuid: str) -> list[FieldChange]:
        here = change.device == self._base.device
        if change.before is None or change.after is None:
            return [FieldChange(change.at, change.name, here, table, uuid, "", change.before, change.after)]
        return [
            FieldChange(change.at, change.name, here, table, uuid, name, change.before.get(name), value)
            for name, value in change.after.items()
            if name not in HIDDEN
        ]

    def exists(self, kind: str, uuid: str) -> bool:
        """Tell whether a thing is still there."""
        with self._base.read() as session:
            return session.get(KINDS[kind].model, uuid) is not None

    def owner_of(self, kind: str, uuid: str) -> str:
        """Key of what a thing belongs to. Raises UnknownObject."""
        with self._base.read() as session:
            return str(getattr(find(session, kind, uuid), KINDS[kind].parent))


def _before(held: dict[str, object] | None, change: ObjectChange) -> dict[str, object] | None:
    if change.before is None:
        return None
    return {**(held or {}), **change.before}

"""Everything that happened to one service: its row, and the rows that belong to it, even deleted since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import apsw
from sqlalchemy import ColumnElement, LargeBinary, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from db.models import JournalEntry, Model
from db.models.journal import Kind

OWNED = (
    "equipment_point",
    "place_group",
    "place_movement",
    "equipment_transfer",
    "equipment_support",
    "signal_value",
)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one action did to one row of one table, with the columns concerned by name."""

    at: datetime
    device: str
    name: str
    kind: Kind
    table: str
    uuid: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


def changes_about(session: Session, equipment_uuid: str, site_uuid: str) -> list[RowChange]:
    """Return the changes of a service, of its site and of what belongs to it, oldest first."""
    keys = {("equipment", equipment_uuid), ("site", site_uuid)}
    keys |= _owned_keys(session, equipment_uuid)
    entries = session.scalars(
        select(JournalEntry)
        .where(or_(*(_holds(uuid) for uuid in sorted({uuid for _, uuid in keys}))))
        .order_by(JournalEntry.sequence)
    )
    return [change for entry in entries for change in _of_entry(entry) if (change.table, change.uuid) in keys]


def _owned_keys(session: Session, equipment_uuid: str) -> set[tuple[str, str]]:
    """Return table and uuid of every row that ever belonged to the service: insertions name their owner."""
    entries = session.scalars(select(JournalEntry).where(_holds(equipment_uuid)))
    return {
        (change.table, change.uuid)
        for entry in entries
        for change in _of_entry(entry)
        if change.table in OWNED
        and equipment_uuid
        in ((change.before or {}).get("equipment_uuid"), (change.after or {}).get("equipment_uuid"))
    }


def _holds(uuid: str) -> ColumnElement[bool]:
    return func.instr(JournalEntry.changeset, cast(literal(uuid.encode()), LargeBinary)) > 0


def _of_entry(entry: JournalEntry) -> Iterator[RowChange]:
    at = datetime.fromisoformat(entry.at).astimezone()
    for change in apsw.Changeset.iter(entry.changeset):
        columns = [column.name for column in Model.metadata.tables[change.name].columns]
        before, after = _named(columns, change.old), _named(columns, change.new)
        uuid = str((change.old or change.new or ("",))[0])
        yield RowChange(at, entry.device, entry.name, Kind(entry.kind), change.name, uuid, before, after)


def _named(columns: list[str], values: tuple[object, ...] | None) -> Mapping[str, object] | None:
    if values is None:
        return None
    return {name: value for name, value in zip(columns, values, strict=False) if value is not apsw.no_change}

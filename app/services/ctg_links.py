"""Links between two things, read both ways, never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes
from app.domain import ctg_field_words as words
from app.domain.ctg_errors import BadField, CyclicLink, UnknownObject
from app.services.ctg_edit import Editor, add_row, changed
from app.services.ctg_rows import Created
from db.models.ctg import Link

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base


class LinkWrites:
    """Links from and to anything, by kind and key."""

    _base: Base
    _editor: Editor

    def link(self, from_kind: str, from_uuid: str, to_kind: str, to_uuid: str, note: str = "") -> Created:
        """Link two things (fiche to SDSF objective, evidence to a point…); once is enough.

        Raises CyclicLink if the second already leads to the first, BadField for a link with itself.
        """
        with self._base.write(words.added("link")) as session:
            uuid = add_link(session, from_kind, from_uuid, to_kind, to_uuid, note)
        return Created(uuid, changed("link"))

    def unlink(self, uuid: str) -> Changes:
        """Remove a link."""
        return self._editor.remove("link", uuid)


def add_link(session: Session, from_kind: str, from_uuid: str, to_kind: str, to_uuid: str, note: str) -> str:
    """Add a link unless it is there; refuse a cycle."""
    if not from_uuid or not to_uuid:
        raise UnknownObject(kind=to_kind if from_uuid else from_kind, uuid="")
    if from_uuid == to_uuid:
        raise BadField(field="link", value=from_kind, reason="itself")
    held = session.execute(select(Link.uuid, Link.from_uuid, Link.to_uuid)).all()
    for row in held:
        if (row.from_uuid, row.to_uuid) == (from_uuid, to_uuid):
            return str(row.uuid)
    onward: dict[str, list[str]] = {}
    for row in held:
        onward.setdefault(row.from_uuid, []).append(row.to_uuid)
    if from_uuid in _reachable(onward, to_uuid):
        raise CyclicLink(name=from_kind)
    columns = {"from_kind": from_kind, "from_uuid": from_uuid, "to_kind": to_kind, "to_uuid": to_uuid}
    row = add_row(session, "link", "", {**columns, "note": note})
    session.flush()
    return str(row.uuid)


def _reachable(onward: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        uuid = waiting.pop()
        if uuid not in seen:
            seen.add(uuid)
            waiting += onward.get(uuid, ())
    return seen

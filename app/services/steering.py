"""Instances, séances, decisions, documents and contacts, shared by CTG and SDSF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.changes import Changes
from app.domain.ctg_errors import FrozenMeeting
from app.domain.steering import MeetingStatus
from app.services.ctg_edit import Editor, changed, find, insert
from app.services.ctg_history import HistoryReads
from app.services.ctg_rows import Created
from app.services.documents import DocumentService
from app.services.steering_contacts import ContactPart
from app.services.steering_evaluation import EvaluationPart
from app.services.steering_read import SteeringReads
from app.services.steering_write import MeetingWrites

if TYPE_CHECKING:
    from db.session import Base


class SteeringService(MeetingWrites, SteeringReads, EvaluationPart, ContactPart, HistoryReads):
    """Steering of a CTG or of an SDSF: owner_kind is « ctg » or « sdsf », owner_uuid its key.

    Kinds for edit and remove: instance, meeting, agenda, attendance, decision, evaluation, contact.
    """

    def __init__(self, base: Base) -> None:
        self._base = base
        self._editor = Editor(base)
        self.documents = DocumentService(base)

    def add_instance(self, owner_kind: str, owner_uuid: str, /, **values: object) -> Created:
        """Add a comité: kind, title, composition (organisations expected)."""
        with self._base.write("instance ajoutée") as session:
            uuid = insert(session, "instance", owner_uuid, values, {"owner_kind": owner_kind})
        return Created(uuid, changed("instance"))

    def edit(self, kind: str, uuid: str, /, **values: object) -> Changes:
        """Change fields of a thing, as typed. Raises BadField, FrozenMeeting, the errors of its checks."""
        if kind == "contact":
            return self.edit_contact(uuid, **values)
        if kind == "snapshot":
            raise self._frozen(uuid)
        return self._editor.edit(kind, uuid, **values)

    def remove(self, kind: str, uuid: str) -> Changes:
        """Remove a thing and what it owns; a contact is erased everywhere.

        Raises FrozenMeeting for a view of a séance that was held.
        """
        if kind == "contact":
            return self.erase_contact(uuid)
        if kind == "snapshot" and self._was_held(uuid):
            raise self._frozen(uuid)
        return self._editor.remove(kind, uuid)

    def _frozen(self, uuid: str) -> FrozenMeeting:
        with self._base.read() as session:
            return FrozenMeeting(title=find(session, "snapshot", uuid).title)

    def _was_held(self, uuid: str) -> bool:
        with self._base.read() as session:
            meeting = find(session, "meeting", find(session, "snapshot", uuid).meeting_uuid)
            return bool(meeting.status == MeetingStatus.HELD)

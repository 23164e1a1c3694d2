"""Contacts: personal data listed apart, erased from the base and from its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from app.changes import Changes, Topic
from app.domain.contacts import check_contact
from app.services.ctg_edit import Editor, changed, find, insert
from app.services.ctg_rows import Created
from app.services.steering_rows import ContactRow
from db.models.ctg import Contact, Ctg
from db.queries.ctg_journal import erase_from_journal

if TYPE_CHECKING:
    from db.session import Base


class ContactPart:
    """Functions and how to reach them; never in a diagnostic nor in a search."""

    _base: Base
    _editor: Editor

    def contacts(self, ctg: str | None = None) -> list[ContactRow]:
        """Contacts of one convention, or all of them."""
        with self._base.read() as session:
            names = {row.uuid: row.name for row in session.execute(select(Ctg.uuid, Ctg.name))}
            query = select(Contact).order_by(Contact.organisation, Contact.function)
            rows = session.scalars(query.where(Contact.ctg_uuid == ctg) if ctg else query)
            return [
                ContactRow(row.uuid, row.ctg_uuid, names.get(row.ctg_uuid or "", ""), row.function,
                           row.organisation, row.mail, row.phone, row.note)
                for row in rows
            ]  # fmt: skip

    def add_contact(self, **values: object) -> Created:
        """Add a contact: function, organisation, mail and phone if they are typed. Raises BadField."""
        check_contact(str(values.get("mail") or ""), str(values.get("phone") or ""))
        with self._base.write("contact ajouté") as session:
            uuid = insert(session, "contact", "", values)
        return Created(uuid, changed("contact"))

    def edit_contact(self, uuid: str, **values: object) -> Changes:
        """Change a contact. Raises BadField."""
        check_contact(str(values.get("mail") or ""), str(values.get("phone") or ""))
        return self._editor.edit("contact", uuid, **values)

    def erase_contact(self, uuid: str) -> Changes:
        """Erase a contact for good: its row, and every trace of it in the journal. It cannot be undone.

        Copies of the base made before keep it: the interface says so. Raises UnknownObject.
        """
        with self._base.bulk() as session:
            find(session, "contact", uuid)
            erase_from_journal(session, Contact.__tablename__, uuid)
            session.execute(delete(Contact).where(Contact.uuid == uuid))
        return Changes(frozenset({Topic.CTG, Topic.JOURNAL}))

    def erase_contacts(self, ctg: str | None = None) -> Changes:
        """Erase every contact of a convention, or of the base."""
        done = Changes()
        for row in self.contacts(ctg):
            done = done | self.erase_contact(row.uuid)
        return done

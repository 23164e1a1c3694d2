"""Writes of several things at once: a block pasted, lines of a table removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.changes import Changes
from app.domain import ctg_field_words as words
from app.domain.conformity import PointState
from app.services.ctg_cells import erase, found_by, upsert
from app.services.ctg_edit import changed, edit, find, remove
from app.services.ctg_links import add_link
from db.models.ctg import CtgNote

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table of a thing: what finds it, and what to write in it (None: the cell goes)."""

    kind: str
    owner: str
    where: Mapping[str, object]
    values: Mapping[str, object] | None


class TogetherWrites:
    """Each call is one action, undone by one Ctrl+Z; one refusal, and nothing is written."""

    _base: Base

    def set_cells(self, cells: Sequence[Cell]) -> Changes:
        """Write cells of amounts, costs, values or years. Raises BadField and the errors of the checks."""
        if not cells:
            return Changes()
        kind = cells[0].kind
        with self._base.write(words.edited(kind, [])) as session:
            written = [_write(session, cell) for cell in cells]
        return changed(kind) if any(written) else Changes()

    def edit_all(self, kind: str, edits: Sequence[tuple[str, Mapping[str, object]]]) -> Changes:
        """Change fields of several things of a kind, (uuid, values) each."""
        fields = list(dict.fromkeys(name for _, values in edits for name in values))
        with self._base.write(words.edited(kind, fields)) as session:
            written = [edit(session, kind, uuid, values) for uuid, values in edits]
        return changed(kind) if any(written) else Changes()

    def remove_all(self, kind: str, uuids: Collection[str]) -> Changes:
        """Remove several things of a kind. Raises InUse, UnknownObject."""
        with self._base.write(words.removed(kind)) as session:
            for uuid in uuids:
                remove(session, kind, uuid)
        return changed(kind) if uuids else Changes()

    def place_note(self, uuid: str, kind: str, place: int) -> Changes:
        """Put a point of the synthèse at a place (from 0) of one of its four lists, its own or another."""
        with self._base.write(words.ordered("note")) as session:
            note = find(session, "note", uuid)
            moved = edit(session, "note", uuid, {"kind": kind})
            same = select(CtgNote).where(CtgNote.ctg_uuid == note.ctg_uuid)
            rows = list(session.scalars(same.order_by(CtgNote.rank, CtgNote.uuid)))
            rows.remove(note)
            after = [row for row in rows if row.kind == kind][max(place, 0) :]
            rows.insert(rows.index(after[0]) if after else len(rows), note)
            for rank, row in enumerate(rows, start=1):
                moved = moved or row.rank != rank
                row.rank = rank
        return changed("note") if moved else Changes()

    def link_point(self, ctg: str, point: str, action: str) -> Changes:
        """Make a fiche evidence of a point of the schéma; a point never looked at becomes « partiel »."""
        with self._base.write(words.added("link")) as session:
            where = {"point": point}
            row = session.scalar(found_by("conformity", ctg, where))
            if row is None:
                values = {"state": PointState.PARTIAL.value, "comment": ""}
                upsert(session, "conformity", ctg, {}, values, where)
                row = session.scalar(found_by("conformity", ctg, where))
            add_link(session, "conformity", str(row), "action", action, "")
        return changed("link")


def _write(session: Session, cell: Cell) -> bool:
    if cell.values is None:
        return erase(session, cell.kind, cell.owner, cell.where)
    return upsert(session, cell.kind, cell.owner, cell.where, cell.values)

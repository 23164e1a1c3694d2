"""What a scheme holds: axes, objectives and actions; parties, members, findings, avenants, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.changes import Changes, Topic
from app.domain.sdsf import NodeKind, check_parent
from app.domain.sdsf_errors import NodeHasLinks
from app.services.sdsf_records import CHILDREN, assign, brothers, check_child, check_node, found
from db.models.base import new_uuid
from db.models.sdsf import SdsfNodeRecord, SdsfRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.session import Base

CHANGED = Changes(frozenset({Topic.SDSF, Topic.ALERTS, Topic.JOURNAL}))
CHILD_WORDS = {
    "party": "signataire",
    "member": "membre du comité",
    "finding": "constat",
    "amendment": "avenant",
    "question": "question d’évaluation",
}
NEW_WORDS = {"amendment": "Nouvel", "question": "Nouvelle"}
NODE_WORDS = {NodeKind.AXIS: "axe", NodeKind.OBJECTIVE: "objectif", NodeKind.ACTION: "action"}


class SdsfTree:
    """The half of the service that writes what schemes hold; each edit is one undoable action."""

    _base: Base

    # -- tree ---------------------------------------------------------------------------------------

    def add_node(
        self, sdsf_uuid: str, kind: NodeKind, label: str, parent_uuid: str = "", **fields: Any
    ) -> str:
        """Add an axis, an objective or an action at the end of its parent; its uuid.

        Raises SdsfNotFound, WrongParent, SdsfRefused.
        """
        with self._base.write(f"Nouvel élément du SDSF : {NODE_WORDS[kind]} « {label} »") as session:
            scheme = found(session, SdsfRecord, sdsf_uuid)
            parent = found(session, SdsfNodeRecord, parent_uuid) if parent_uuid else None
            check_parent(kind, NodeKind(parent.kind) if parent else None)
            node = SdsfNodeRecord(
                uuid=new_uuid(), sdsf_uuid=sdsf_uuid, parent_uuid=parent_uuid, kind=kind.value, label=label,
                position=_last(session, sdsf_uuid, parent_uuid) + 1,
            )  # fmt: skip
            assign(node, fields)
            check_node(node, scheme)
            session.add(node)
            return node.uuid

    def edit_node(self, uuid: str, **fields: Any) -> Changes:
        """Change fields of a node. Raises SdsfNotFound, SdsfRefused."""
        with self._base.write("Modification d’un élément du SDSF") as session:
            node = found(session, SdsfNodeRecord, uuid)
            assign(node, fields)
            check_node(node, found(session, SdsfRecord, node.sdsf_uuid))
        return CHANGED

    def move_node(self, uuid: str, parent_uuid: str, rank: int) -> Changes:
        """Put a node under a parent of the right level, at a rank from 0.

        Raises WrongParent, SdsfNotFound.
        """
        with self._base.write("Déplacement d’un élément du SDSF") as session:
            node = found(session, SdsfNodeRecord, uuid)
            parent = found(session, SdsfNodeRecord, parent_uuid) if parent_uuid else None
            check_parent(NodeKind(node.kind), NodeKind(parent.kind) if parent else None)
            node.parent_uuid = parent_uuid
            row = [other for other in brothers(session, node.sdsf_uuid, parent_uuid) if other is not node]
            row.insert(max(0, min(rank, len(row))), node)
            for position, brother in enumerate(row, 1):
                brother.position = position
        return CHANGED

    def remove_node(self, uuid: str) -> Changes:
        """Erase a node that holds nothing. Raises NodeHasLinks, SdsfNotFound."""
        with self._base.write("Suppression d’un élément du SDSF") as session:
            node = found(session, SdsfNodeRecord, uuid)
            held = session.scalar(
                select(func.count()).select_from(SdsfNodeRecord).where(SdsfNodeRecord.parent_uuid == uuid)
            )
            if held:
                raise NodeHasLinks(label=node.label, count=held)
            session.delete(node)
        return CHANGED

    # -- parties, members, findings, amendments, questions -------------------------------------------

    def add_child(self, kind: str, sdsf_uuid: str, /, **fields: Any) -> str:
        """Add a party, member, finding, amendment or question; its uuid. Raises SdsfRefused."""
        model = CHILDREN[kind]
        with self._base.write(f"{NEW_WORDS.get(kind, 'Nouveau')} {CHILD_WORDS[kind]} du SDSF") as session:
            scheme = found(session, SdsfRecord, sdsf_uuid)
            last = session.scalar(select(func.max(model.position)).where(model.sdsf_uuid == sdsf_uuid))
            child = model(uuid=new_uuid(), sdsf_uuid=sdsf_uuid, position=(last or 0) + 1)
            assign(child, fields)
            check_child(kind, child, scheme)
            session.add(child)
            return child.uuid

    def edit_child(self, kind: str, uuid: str, /, **fields: Any) -> Changes:
        """Change fields of a child. Raises SdsfNotFound, SdsfRefused."""
        with self._base.write(f"Modification d’un élément du SDSF : {CHILD_WORDS[kind]}") as session:
            child = found(session, CHILDREN[kind], uuid)
            assign(child, fields)
            check_child(kind, child, found(session, SdsfRecord, child.sdsf_uuid))
        return CHANGED

    def remove_child(self, kind: str, uuid: str) -> Changes:
        """Erase a child. Raises SdsfNotFound."""
        with self._base.write(f"Suppression d’un élément du SDSF : {CHILD_WORDS[kind]}") as session:
            session.delete(found(session, CHILDREN[kind], uuid))
        return CHANGED


def _last(session: Session, sdsf_uuid: str, parent_uuid: str) -> int:
    return max((node.position for node in brothers(session, sdsf_uuid, parent_uuid)), default=0)

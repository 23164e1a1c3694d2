"""SDSF: schemes, their tree, parties, comité, diagnosis, avenants and evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

import resources
from app.changes import Changes, Topic
from app.domain.sdsf import LONGEST_YEARS, NodeKind, Stage, check_parent, next_stage, numbers_of
from app.domain.sdsf_errors import NodeHasLinks, SdsfNotFound, SdsfRefused
from app.services.sdsf_rows import ChildRow, NodeRow, SdsfDetail, SdsfRow
from app.services.sdsf_sheets import SdsfSheets
from db.models.base import key_of, new_uuid
from db.models.sdsf import (
    SdsfAmendmentRecord,
    SdsfFindingRecord,
    SdsfMemberRecord,
    SdsfNodeRecord,
    SdsfPartyRecord,
    SdsfQuestionRecord,
    SdsfRecord,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService
    from db.session import Base

CHANGED = Changes(frozenset({Topic.SDSF, Topic.ALERTS, Topic.JOURNAL}))
ChildModel = (
    type[SdsfPartyRecord]
    | type[SdsfMemberRecord]
    | type[SdsfFindingRecord]
    | type[SdsfAmendmentRecord]
    | type[SdsfQuestionRecord]
)
CHILDREN: dict[str, ChildModel] = {
    "party": SdsfPartyRecord,
    "member": SdsfMemberRecord,
    "finding": SdsfFindingRecord,
    "amendment": SdsfAmendmentRecord,
    "question": SdsfQuestionRecord,
}
CHILD_WORDS = {
    "party": "signataire",
    "member": "membre du comité",
    "finding": "constat",
    "amendment": "avenant",
    "question": "question d’évaluation",
}
FIRST_FIELD = {
    "party": "name",
    "member": "function",
    "finding": "text",
    "amendment": "signed_on",
    "question": "question",
}
NODE_WORDS = {NodeKind.AXIS: "axe", NodeKind.OBJECTIVE: "objectif", NodeKind.ACTION: "action"}
YES_NO = {"oui": True, "non": False}


class SdsfService(SdsfSheets):
    """Schemes of the départements of the base; each edit is one undoable action."""

    def __init__(self, base: Base, territory: TerritoryService, indicators: IndicatorService) -> None:
        super().__init__(base, territory, indicators)
        self._base = base
        self._territory = territory

    # -- reading ------------------------------------------------------------------------------------

    def schemes(self, departement: str | None = None) -> list[SdsfRow]:
        """Schemes, the latest first in each département."""
        with self._base.read() as session:
            query = select(SdsfRecord)
            if departement is not None:
                query = query.where(SdsfRecord.code_departement == departement)
            records = session.scalars(query).all()
            rows = [self._row(session, record) for record in records]
        return sorted(rows, key=lambda row: (row.code_departement, -(row.generation or 0), row.label))

    def scheme(self, uuid: str) -> SdsfDetail:
        """Everything about one scheme. Raises SdsfNotFound."""
        with self._base.read() as session:
            record = _found(session, SdsfRecord, uuid)
            children = {name: _children(session, model, uuid) for name, model in CHILDREN.items()}
            return SdsfDetail(
                self._row(session, record),
                _nodes(session, uuid),
                children["party"],
                children["member"],
                children["finding"],
                children["amendment"],
                children["question"],
            )

    def running(self, departement: str, on: date) -> SdsfRow | None:
        """The scheme in force in a département at a date, None without one."""
        for row in self.schemes(departement):
            if row.starts_on is not None and row.starts_on <= on and _lasts(row, on):
                return row
        return None

    def _row(self, session: Session, record: SdsfRecord) -> SdsfRow:
        kinds = dict(
            session.execute(
                select(SdsfNodeRecord.kind, func.count())
                .where(SdsfNodeRecord.sdsf_uuid == record.uuid)
                .group_by(SdsfNodeRecord.kind)
            )
            .tuples()
            .all()
        )
        longer = session.scalar(
            select(func.max(SdsfAmendmentRecord.ends_on)).where(SdsfAmendmentRecord.sdsf_uuid == record.uuid)
        )
        ends = [day for day in (record.ends_on, longer) if day]
        return SdsfRow(
            record.uuid,
            record.code_departement,
            self._territory.reference.departement(record.code_departement).name,
            record.label,
            record.generation,
            _day(record.starts_on),
            _day(record.ends_on),
            _day(max(ends)) if ends else None,
            _day(record.signed_on),
            Stage(record.stage),
            record.youth_axis,
            record.beyond_childhood,
            record.sdavs,
            record.sdavs_label,
            kinds.get(NodeKind.AXIS, 0),
            kinds.get(NodeKind.OBJECTIVE, 0),
            kinds.get(NodeKind.ACTION, 0),
            record.source,
            record.reliability,
            record.note,
            record.previous_uuid,
        )

    # -- schemes ------------------------------------------------------------------------------------

    def create(self, departement: str, label: str, **fields: Any) -> tuple[str, Changes]:
        """Create a scheme; fields: starts_on, ends_on, stage… Raises SdsfRefused, UnknownTerritory."""
        self._territory.require_departement(departement)
        record = SdsfRecord(
            uuid=new_uuid(), code_departement=departement, label=label, stage=Stage.PREPARED.value
        )
        with self._base.write(f"Nouveau SDSF : {label}") as session:
            session.add(record)
            _assign(record, fields)
            _check_scheme(record)
            uuid = record.uuid
        return uuid, CHANGED

    def edit(self, uuid: str, **fields: Any) -> Changes:
        """Change fields of a scheme. Raises SdsfNotFound, SdsfRefused, ForbiddenStage."""
        with self._base.write("Modification du SDSF") as session:
            record = _found(session, SdsfRecord, uuid)
            if "stage" in fields:
                fields["stage"] = next_stage(Stage(record.stage), Stage(fields["stage"])).value
            _assign(record, fields)
            _check_scheme(record)
        return CHANGED

    def renew(self, uuid: str, label: str, starts_on: date, ends_on: date) -> tuple[str, Changes]:
        """Create the next generation: axes, objectives and parties are copied, the link is kept."""
        with self._base.write(f"Renouvellement du SDSF : {label}") as session:
            old = _found(session, SdsfRecord, uuid)
            new = SdsfRecord(
                uuid=new_uuid(),
                code_departement=old.code_departement,
                label=label,
                generation=(old.generation or 0) + 1 if old.generation else None,
                starts_on=starts_on.isoformat(),
                ends_on=ends_on.isoformat(),
                stage=Stage.PREPARED.value,
                youth_axis=old.youth_axis,
                beyond_childhood=old.beyond_childhood,
                sdavs=old.sdavs,
                sdavs_label=old.sdavs_label,
                previous_uuid=old.uuid,
            )
            _check_scheme(new)
            session.add(new)
            if Stage(old.stage) in (Stage.EVALUATION, Stage.EXPIRED):
                old.stage = Stage.RENEWED.value
            _copy_alive(session, old.uuid, new.uuid)
            found = new.uuid
        return found, CHANGED

    def remove(self, uuid: str) -> Changes:
        """Erase a scheme and all it holds (undoable). Raises SdsfNotFound."""
        with self._base.write("Suppression d’un SDSF") as session:
            record = _found(session, SdsfRecord, uuid)
            for model in (SdsfNodeRecord, *CHILDREN.values()):
                session.execute(delete(model).where(model.sdsf_uuid == uuid))
            session.delete(record)
        return CHANGED

    # -- tree ---------------------------------------------------------------------------------------

    def add_node(
        self, sdsf_uuid: str, kind: NodeKind, label: str, parent_uuid: str = "", **fields: Any
    ) -> str:
        """Add an axis, an objective or an action at the end of its parent; its uuid.

        Raises SdsfNotFound, WrongParent, SdsfRefused.
        """
        with self._base.write(f"Nouvel élément du SDSF : {NODE_WORDS[kind]} « {label} »") as session:
            scheme = _found(session, SdsfRecord, sdsf_uuid)
            parent = _found(session, SdsfNodeRecord, parent_uuid) if parent_uuid else None
            check_parent(kind, NodeKind(parent.kind) if parent else None)
            node = SdsfNodeRecord(
                uuid=new_uuid(), sdsf_uuid=sdsf_uuid, parent_uuid=parent_uuid, kind=kind.value, label=label,
                position=_last(session, sdsf_uuid, parent_uuid) + 1,
            )  # fmt: skip
            _assign(node, fields)
            _check_node(node, scheme)
            session.add(node)
            return node.uuid

    def edit_node(self, uuid: str, **fields: Any) -> Changes:
        """Change fields of a node. Raises SdsfNotFound, SdsfRefused."""
        with self._base.write("Modification d’un élément du SDSF") as session:
            node = _found(session, SdsfNodeRecord, uuid)
            _assign(node, fields)
            _check_node(node, _found(session, SdsfRecord, node.sdsf_uuid))
        return CHANGED

    def move_node(self, uuid: str, parent_uuid: str, rank: int) -> Changes:
        """Put a node under a parent of the right level, at a rank from 0.

        Raises WrongParent, SdsfNotFound.
        """
        with self._base.write("Déplacement d’un élément du SDSF") as session:
            node = _found(session, SdsfNodeRecord, uuid)
            parent = _found(session, SdsfNodeRecord, parent_uuid) if parent_uuid else None
            check_parent(NodeKind(node.kind), NodeKind(parent.kind) if parent else None)
            node.parent_uuid = parent_uuid
            brothers = [
                other for other in _brothers(session, node.sdsf_uuid, parent_uuid) if other.uuid != node.uuid
            ]
            brothers.insert(max(0, min(rank, len(brothers))), node)
            for position, brother in enumerate(brothers, 1):
                brother.position = position
        return CHANGED

    def remove_node(self, uuid: str) -> Changes:
        """Erase a node that holds nothing. Raises NodeHasLinks, SdsfNotFound."""
        with self._base.write("Suppression d’un élément du SDSF") as session:
            node = _found(session, SdsfNodeRecord, uuid)
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
        with self._base.write(f"Nouveau {CHILD_WORDS[kind]} du SDSF") as session:
            scheme = _found(session, SdsfRecord, sdsf_uuid)
            last = session.scalar(select(func.max(model.position)).where(model.sdsf_uuid == sdsf_uuid))
            child = model(uuid=new_uuid(), sdsf_uuid=sdsf_uuid, position=(last or 0) + 1)
            _assign(child, fields)
            _check_child(kind, child, scheme)
            session.add(child)
            return child.uuid

    def edit_child(self, kind: str, uuid: str, /, **fields: Any) -> Changes:
        """Change fields of a child. Raises SdsfNotFound, SdsfRefused."""
        with self._base.write(f"Modification d’un élément du SDSF : {CHILD_WORDS[kind]}") as session:
            child = _found(session, CHILDREN[kind], uuid)
            _assign(child, fields)
            _check_child(kind, child, _found(session, SdsfRecord, child.sdsf_uuid))
        return CHANGED

    def remove_child(self, kind: str, uuid: str) -> Changes:
        """Erase a child. Raises SdsfNotFound."""
        with self._base.write(f"Suppression d’un élément du SDSF : {CHILD_WORDS[kind]}") as session:
            session.delete(_found(session, CHILDREN[kind], uuid))
        return CHANGED

    # -- delivered ----------------------------------------------------------------------------------

    def load_delivered(self, departements: Sequence[str] | None = None) -> Changes:
        """Write the schemes delivered for some départements (those of the base); what is there stays."""
        wanted = set(departements or self._base.info.departements)
        schemes = [row for row in resources.read_table("sdsf", "schemes.csv") if row["departement"] in wanted]
        with self._base.write("Reprise des SDSF livrés") as session:
            codes = {
                row["code"] for row in schemes if session.get(SdsfRecord, key_of("sdsf", row["code"])) is None
            }
            for row in schemes:
                if row["code"] in codes:
                    session.add(_delivered_scheme(row))
            _add_delivered_nodes(session, codes)
        return CHANGED if codes else Changes()


def _lasts(row: SdsfRow, on: date) -> bool:
    """Tell whether a scheme still holds at a date; one that ended at an unknown date does not."""
    if row.ends_with_amendments is None:
        return row.stage not in (Stage.EXPIRED, Stage.RENEWED)
    return on <= row.ends_with_amendments


def _delivered_scheme(row: dict[str, str]) -> SdsfRecord:
    return SdsfRecord(
        uuid=key_of("sdsf", row["code"]),
        code_departement=row["departement"],
        label=row["label"],
        generation=int(row["generation"]) if row["generation"] else None,
        starts_on=row["starts_on"] or None,
        ends_on=row["ends_on"] or None,
        signed_on=row["signed_on"] or None,
        stage=row["stage"],
        youth_axis=YES_NO.get(row["youth_axis"]),
        beyond_childhood=YES_NO.get(row["beyond_childhood"]),
        sdavs=row["sdavs"],
        sdavs_label=row["sdavs_label"],
        previous_uuid=key_of("sdsf", row["previous"]) if row["previous"] else "",
        source=row["source"],
        reliability=row["reliability"],
        note=row["note"],
    )


def _add_delivered_nodes(session: Session, codes: set[str]) -> None:
    for position, row in enumerate(resources.read_table("sdsf", "nodes.csv"), 1):
        if row["scheme"] in codes:
            session.add(
                SdsfNodeRecord(
                    uuid=key_of("sdsf_node", row["code"]), sdsf_uuid=key_of("sdsf", row["scheme"]),
                    parent_uuid=key_of("sdsf_node", row["parent"]) if row["parent"] else "",
                    position=position, kind=row["kind"], label=row["label"], theme=row["theme"],
                    expected=row["expected"], source=row["source"],
                )
            )  # fmt: skip
    for position, row in enumerate(resources.read_table("sdsf", "parties.csv"), 1):
        if row["scheme"] in codes:
            session.add(
                SdsfPartyRecord(
                    uuid=key_of("sdsf_party", row["scheme"], row["name"]), position=position,
                    sdsf_uuid=key_of("sdsf", row["scheme"]), name=row["name"], kind=row["kind"],
                )
            )  # fmt: skip


def _copy_alive(session: Session, old: str, new: str) -> None:
    """Copy axes, objectives and parties; actions belong to their generation."""
    nodes = session.scalars(
        select(SdsfNodeRecord).where(
            SdsfNodeRecord.sdsf_uuid == old, SdsfNodeRecord.kind != NodeKind.ACTION.value
        )
    ).all()
    names = {node.uuid: new_uuid() for node in nodes}
    for node in nodes:
        session.add(
            SdsfNodeRecord(
                uuid=names[node.uuid], sdsf_uuid=new, parent_uuid=names.get(node.parent_uuid, ""),
                position=node.position, kind=node.kind, label=node.label, theme=node.theme,
                expected=node.expected, source=node.source,
            )
        )  # fmt: skip
    for party in session.scalars(select(SdsfPartyRecord).where(SdsfPartyRecord.sdsf_uuid == old)).all():
        session.add(SdsfPartyRecord(sdsf_uuid=new, position=party.position, name=party.name, kind=party.kind))


def _found(session: Session, model: Any, uuid: str) -> Any:
    record = session.get(model, uuid)
    if record is None:
        raise SdsfNotFound(what=model.__tablename__)
    return record


def _assign(record: Any, fields: dict[str, Any]) -> None:
    columns = {column.name for column in record.__table__.columns} - {"uuid", "sdsf_uuid", "parent_uuid"}
    for name, value in fields.items():
        if name not in columns:
            raise SdsfRefused(field=name, value=value, reason="unknown_field")
        setattr(record, name, value.isoformat() if isinstance(value, date) else value)


def _check_scheme(record: SdsfRecord) -> None:
    if not record.label.strip():
        raise SdsfRefused(field="label", value="", reason="empty")
    start, end = _day(record.starts_on), _day(record.ends_on)
    if start is None or end is None:
        return
    if end < start:
        raise SdsfRefused(field="ends_on", value=record.ends_on, reason="order")
    if end.year - start.year + 1 > LONGEST_YEARS + 1:
        raise SdsfRefused(field="ends_on", value=record.ends_on, reason="too_long")


def _check_node(node: SdsfNodeRecord, scheme: SdsfRecord) -> None:
    if not node.label.strip():
        raise SdsfRefused(field="label", value="", reason="empty")
    if node.budget_cents is not None and node.budget_cents < 0:
        raise SdsfRefused(field="budget_cents", value=node.budget_cents, reason="negative")
    if node.starts_on and node.ends_on and node.ends_on < node.starts_on:
        raise SdsfRefused(field="ends_on", value=node.ends_on, reason="order")
    if node.starts_on and scheme.starts_on and node.starts_on < scheme.starts_on:
        raise SdsfRefused(field="starts_on", value=node.starts_on, reason="outside")


def _check_child(kind: str, child: Any, scheme: SdsfRecord) -> None:
    first = FIRST_FIELD[kind]
    if not str(getattr(child, first) or "").strip():
        raise SdsfRefused(field=first, value="", reason="empty")
    if kind == "amendment" and child.ends_on and scheme.ends_on and child.ends_on < scheme.ends_on:
        raise SdsfRefused(field="ends_on", value=child.ends_on, reason="order")


def _last(session: Session, sdsf_uuid: str, parent_uuid: str) -> int:
    return max((node.position for node in _brothers(session, sdsf_uuid, parent_uuid)), default=0)


def _brothers(session: Session, sdsf_uuid: str, parent_uuid: str) -> list[SdsfNodeRecord]:
    query = (
        select(SdsfNodeRecord)
        .where(SdsfNodeRecord.sdsf_uuid == sdsf_uuid, SdsfNodeRecord.parent_uuid == parent_uuid)
        .order_by(SdsfNodeRecord.position, SdsfNodeRecord.uuid)
    )
    return list(session.scalars(query))


def _nodes(session: Session, sdsf_uuid: str) -> tuple[NodeRow, ...]:
    records = session.scalars(select(SdsfNodeRecord).where(SdsfNodeRecord.sdsf_uuid == sdsf_uuid)).all()
    numbers = numbers_of([(node.uuid, node.parent_uuid, node.position) for node in records])
    rows = [_node(record, numbers.get(record.uuid, "")) for record in records]
    return tuple(sorted(rows, key=lambda row: tuple(int(part) for part in row.number.split(".") if part)))


def _node(node: SdsfNodeRecord, number: str) -> NodeRow:
    return NodeRow(
        node.uuid, node.parent_uuid, NodeKind(node.kind), number, node.label, node.theme, node.expected,
        node.pilot, _day(node.starts_on), _day(node.ends_on), node.state, node.budget_cents, node.source,
        node.note,
    )  # fmt: skip


def _children(session: Session, model: Any, sdsf_uuid: str) -> tuple[ChildRow, ...]:
    query = select(model).where(model.sdsf_uuid == sdsf_uuid).order_by(model.position)
    hidden = {"uuid", "sdsf_uuid", "position"}
    names = [column.name for column in model.__table__.columns if column.name not in hidden]
    return tuple(
        ChildRow(child.uuid, child.position, tuple((name, str(getattr(child, name) or "")) for name in names))
        for child in session.scalars(query)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

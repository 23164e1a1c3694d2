"""SDSF: schemes, their tree, parties, comité, diagnosis, avenants and evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from app.changes import Changes
from app.domain.sdsf import NodeKind, Stage, next_stage
from app.domain.sdsf_errors import SdsfRefused
from app.services.sdsf_delivered import add_delivered
from app.services.sdsf_records import (
    CHILDREN,
    assign,
    check_renewal,
    check_scheme,
    children_of,
    day,
    found,
    nodes_of,
)
from app.services.sdsf_rows import SdsfDetail, SdsfRow
from app.services.sdsf_sheets import SdsfSheets
from app.services.sdsf_tree import CHANGED, SdsfTree
from db.models.base import new_uuid
from db.models.ctg_steering import Meeting, SteeringInstance
from db.models.sdsf import (
    SdsfAmendmentRecord,
    SdsfNodeRecord,
    SdsfPartyRecord,
    SdsfRecord,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.indicators import IndicatorService
    from app.services.secrecy import SecrecyService
    from app.services.territory import TerritoryService
    from db.session import Base


class SdsfService(SdsfSheets, SdsfTree):
    """Schemes of the départements of the base; each edit is one undoable action."""

    def __init__(
        self,
        base: Base,
        territory: TerritoryService,
        indicators: IndicatorService,
        secrecy: SecrecyService | None = None,
    ) -> None:
        super().__init__(base, territory, indicators, secrecy)
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
            record = found(session, SdsfRecord, uuid)
            children = {name: children_of(session, model, uuid) for name, model in CHILDREN.items()}
            return SdsfDetail(
                self._row(session, record),
                nodes_of(session, uuid),
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
        ends = [end for end in (record.ends_on, longer) if end]
        return SdsfRow(
            record.uuid,
            record.code_departement,
            self._territory.reference.departement(record.code_departement).name,
            record.label,
            record.generation,
            day(record.starts_on),
            day(record.ends_on),
            day(max(ends)) if ends else None,
            day(record.signed_on),
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
            assign(record, fields)
            check_scheme(record)
            uuid = record.uuid
        return uuid, CHANGED

    def edit(self, uuid: str, **fields: Any) -> Changes:
        """Change fields of a scheme. Raises SdsfNotFound, SdsfRefused, ForbiddenStage."""
        with self._base.write("Modification du SDSF") as session:
            record = found(session, SdsfRecord, uuid)
            if "stage" in fields:
                fields["stage"] = next_stage(Stage(record.stage), Stage(fields["stage"])).value
            assign(record, fields)
            check_scheme(record)
        return CHANGED

    def renew(self, uuid: str, label: str, starts_on: date, ends_on: date) -> tuple[str, Changes]:
        """Create the next generation: axes, objectives and parties are copied, the link is kept.

        Raises SdsfNotFound, SdsfRefused.
        """
        with self._base.write(f"Renouvellement du SDSF : {label}") as session:
            old = found(session, SdsfRecord, uuid)
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
            check_renewal(session, old, new)
            session.add(new)
            if Stage(old.stage) in (Stage.EVALUATION, Stage.EXPIRED):
                old.stage = Stage.RENEWED.value
            _copy_alive(session, old.uuid, new.uuid)
            renewed = new.uuid
        return renewed, CHANGED

    def remove(self, uuid: str) -> Changes:
        """Erase a scheme and all it holds (undoable). Raises SdsfNotFound, SdsfRefused if it met."""
        with self._base.write("Suppression d’un SDSF") as session:
            record = found(session, SdsfRecord, uuid)
            _remove_comites(session, uuid)
            for model in (SdsfNodeRecord, *CHILDREN.values()):
                session.execute(delete(model).where(model.sdsf_uuid == uuid))
            session.delete(record)
        return CHANGED

    # -- delivered ----------------------------------------------------------------------------------

    def load_delivered(self, departements: Sequence[str] | None = None) -> Changes:
        """Write the schemes delivered for some départements (those of the base); what is there stays."""
        wanted = frozenset(departements or self._base.info.departements)
        with self._base.write("Reprise des SDSF livrés") as session:
            added = add_delivered(session, wanted)
        return CHANGED if added else Changes()


def _lasts(row: SdsfRow, on: date) -> bool:
    """Tell whether a scheme still holds at a date; one that ended at an unknown date does not."""
    if row.ends_with_amendments is None:
        return row.stage not in (Stage.EXPIRED, Stage.RENEWED)
    return on <= row.ends_with_amendments


def _remove_comites(session: Session, uuid: str) -> None:
    """Erase the comités that never met; séances are a memory, they hold the scheme."""
    comites = select(SteeringInstance.uuid).where(SteeringInstance.owner_uuid == uuid)
    met = session.scalar(select(func.count()).where(Meeting.instance_uuid.in_(comites)))
    if met:
        raise SdsfRefused(field="", value=met, reason="has_meetings")
    session.execute(delete(SteeringInstance).where(SteeringInstance.owner_uuid == uuid))


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

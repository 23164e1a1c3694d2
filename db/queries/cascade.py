"""Reads the objects of the cascade and their links, column by column."""

from __future__ import annotations

from sqlalchemy import Select, select

from db.models.cpog import CogNodeTable, CpogEngagementTable, CpogIndicatorTable, CpogTable
from db.models.ctg import Ctg, CtgMember, Document, Link
from db.models.ctg_plan import ActionSheet, PlanNode
from db.models.sdsf import SdsfNodeRecord, SdsfRecord


def cog_nodes() -> Select[tuple[str, str, str, str]]:
    """Uuid, parent, code, title of the engagements and actions of every COG."""
    return select(CogNodeTable.uuid, CogNodeTable.parent_uuid, CogNodeTable.code, CogNodeTable.title)


def cpog_engagements() -> Select[tuple[str, str, str, str, str]]:
    """Uuid, parent, code, title, département."""
    return select(
        CpogEngagementTable.uuid, CpogEngagementTable.parent_uuid, CpogEngagementTable.code,
        CpogEngagementTable.title, CpogTable.departement,
    ).join(CpogTable, CpogTable.uuid == CpogEngagementTable.cpog_uuid)  # fmt: skip


def cpog_indicators() -> Select[tuple[str, str, str, str]]:
    """Uuid, code, label, département."""
    return select(
        CpogIndicatorTable.uuid, CpogIndicatorTable.code, CpogIndicatorTable.label, CpogTable.departement
    ).join(CpogTable, CpogTable.uuid == CpogIndicatorTable.cpog_uuid)


def sdsf_nodes() -> Select[tuple[str, str, str, int, str, str, str]]:
    """Uuid, parent, kind, position, label, département, scheme."""
    return select(
        SdsfNodeRecord.uuid, SdsfNodeRecord.parent_uuid, SdsfNodeRecord.kind, SdsfNodeRecord.position,
        SdsfNodeRecord.label, SdsfRecord.code_departement, SdsfRecord.uuid,
    ).join(SdsfRecord, SdsfRecord.uuid == SdsfNodeRecord.sdsf_uuid)  # fmt: skip


def plan_nodes() -> Select[tuple[str, str | None, int, str, str]]:
    """Uuid, parent, rank, title, CTG."""
    return select(PlanNode.uuid, PlanNode.parent_uuid, PlanNode.rank, PlanNode.title, PlanNode.ctg_uuid)


def fiches() -> Select[tuple[str, str | None, int, str, str, bool]]:
    """Uuid, objective, rank, title, CTG, fictitious."""
    return select(
        ActionSheet.uuid, ActionSheet.node_uuid, ActionSheet.rank, ActionSheet.title, ActionSheet.ctg_uuid,
        ActionSheet.fictitious,
    )  # fmt: skip


def evidence() -> Select[tuple[str, str, str]]:
    """Uuid, fiche, title of the documents attached to a fiche."""
    return select(Document.uuid, Document.owner_uuid, Document.title).where(Document.owner_kind == "action")


def schemes() -> Select[tuple[str, str, str, str | None]]:
    """Uuid, département, stage, start."""
    return select(SdsfRecord.uuid, SdsfRecord.code_departement, SdsfRecord.stage, SdsfRecord.starts_on)


def fictitious_ctgs() -> Select[tuple[str]]:
    """CTG that are not real."""
    return select(Ctg.uuid).where(Ctg.fictitious)


def members() -> Select[tuple[str, str]]:
    """CTG and code of each of its communes, past and present."""
    return select(CtgMember.ctg_uuid, CtgMember.code_commune)


def ctgs() -> Select[tuple[str, str]]:
    """Uuid and name."""
    return select(Ctg.uuid, Ctg.name)


def links() -> Select[tuple[str, str, str, str]]:
    """Uuid, one end, the other, note."""
    return select(Link.uuid, Link.from_uuid, Link.to_uuid, Link.note)

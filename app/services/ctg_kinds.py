"""Kinds of things of CTG and steering: their table, whose they are, what goes or stays when they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.changes import Topic
from db.models import Model, ctg, ctg_plan, ctg_steering


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. owned go with it, blockers forbid its removal, cleared lose their reference to it."""

    model: type[Model]
    parent: str = ""
    """Column of its owner, empty for what stands alone."""
    owned: tuple[tuple[str, str], ...] = ()
    """(kind, column) of what it owns."""
    blockers: tuple[tuple[str, str], ...] = ()
    cleared: tuple[tuple[str, str], ...] = ()
    ranked: bool = False
    """It has a rank among its likes, given when it is made."""
    topic: Topic = Topic.CTG

    @property
    def table(self) -> str:
        """Name of its table."""
        return str(self.model.__tablename__)


_DOCUMENTED = (
    ("stage", "document_uuid"),
    ("party", "document_uuid"),
    ("amendment", "document_uuid"),
    ("annex", "document_uuid"),
)

KINDS: Mapping[str, Kind] = {
    "ctg": Kind(
        ctg.Ctg,
        owned=(
            ("commitment", "ctg_uuid"), ("stage", "ctg_uuid"), ("member", "ctg_uuid"), ("party", "ctg_uuid"),
            ("amendment", "ctg_uuid"), ("theme", "ctg_uuid"), ("annex", "ctg_uuid"), ("note", "ctg_uuid"),
            ("bonus", "ctg_uuid"), ("post", "ctg_uuid"), ("conformity", "ctg_uuid"),
            ("finding", "ctg_uuid"), ("action", "ctg_uuid"), ("node", "ctg_uuid"),
            ("instance", "owner_uuid"), ("evaluation", "owner_uuid"), ("document", "owner_uuid"),
        ),
        cleared=(("ctg", "previous_uuid"), ("contact", "ctg_uuid")),
    ),
    "stage": Kind(ctg.CtgStage, "ctg_uuid"),
    "member": Kind(ctg.CtgMember, "ctg_uuid"),
    "party": Kind(ctg.CtgParty, "ctg_uuid", blockers=(("commitment", "party_uuid"),), ranked=True),
    "amendment": Kind(
        ctg.CtgAmendment,
        "ctg_uuid",
        blockers=(("member", "amendment_uuid"), ("party", "amendment_uuid"), ("theme", "amendment_uuid")),
    ),
    "theme": Kind(ctg.CtgTheme, "ctg_uuid"),
    "annex": Kind(ctg.CtgAnnex, "ctg_uuid", ranked=True),
    "note": Kind(ctg.CtgNote, "ctg_uuid", ranked=True),
    "parameter": Kind(ctg.CtgParameter, topic=Topic.SETTINGS),
    "bonus": Kind(ctg.CtgBonusLine, "ctg_uuid"),
    "post": Kind(ctg.CoopPost, "ctg_uuid", owned=(("funding", "post_uuid"),), ranked=True),
    "funding": Kind(ctg.CoopFunding, "post_uuid"),
    "conformity": Kind(ctg.Conformity, "ctg_uuid"),
    "finding": Kind(ctg_plan.Finding, "ctg_uuid", owned=(("figure", "finding_uuid"),), ranked=True),
    "figure": Kind(ctg_plan.FindingFigure, "finding_uuid", ranked=True),
    "node": Kind(
        ctg_plan.PlanNode, "ctg_uuid", ranked=True,
        blockers=(("node", "parent_uuid"), ("action", "node_uuid")),
    ),
    "action": Kind(
        ctg_plan.ActionSheet,
        "ctg_uuid",
        owned=(
            ("step", "action_uuid"), ("status", "action_uuid"), ("cost", "action_uuid"),
            ("budget", "action_uuid"), ("indicator", "action_uuid"), ("year", "action_uuid"),
            ("document", "owner_uuid"),
        ),
        cleared=(("decision", "action_uuid"),),
        ranked=True,
    ),
    "step": Kind(ctg_plan.ActionStep, "action_uuid", ranked=True),
    "status": Kind(ctg_plan.ActionStatus, "action_uuid"),
    "cost": Kind(ctg_plan.ActionCost, "action_uuid"),
    "budget": Kind(ctg_plan.BudgetLine, "action_uuid"),
    "commitment": Kind(ctg_plan.Commitment, "ctg_uuid", ranked=True),
    "indicator": Kind(
        ctg_plan.ActionIndicator, "action_uuid", owned=(("value", "indicator_uuid"),), ranked=True
    ),
    "value": Kind(ctg_plan.ActionValue, "indicator_uuid"),
    "year": Kind(ctg_plan.ActionYear, "action_uuid"),
    "instance": Kind(
        ctg_steering.SteeringInstance, "owner_uuid", owned=(("meeting", "instance_uuid"),), ranked=True,
        topic=Topic.STEERING,
    ),
    "meeting": Kind(
        ctg_steering.Meeting,
        "instance_uuid",
        owned=(
            ("decision", "meeting_uuid"), ("snapshot", "meeting_uuid"), ("agenda", "meeting_uuid"),
            ("attendance", "meeting_uuid"), ("document", "owner_uuid"),
        ),
        topic=Topic.STEERING,
    ),
    "agenda": Kind(
        ctg_steering.AgendaItem,
        "meeting_uuid",
        cleared=(("decision", "item_uuid"), ("snapshot", "item_uuid")),
        ranked=True,
        topic=Topic.STEERING,
    ),
    "attendance": Kind(ctg_steering.Attendance, "meeting_uuid", ranked=True, topic=Topic.STEERING),
    "snapshot": Kind(ctg_steering.MeetingSnapshot, "meeting_uuid", ranked=True, topic=Topic.STEERING),
    "decision": Kind(ctg_steering.Decision, "meeting_uuid", topic=Topic.STEERING),
    "evaluation": Kind(ctg_steering.EvaluationRow, "owner_uuid", ranked=True),
    "document": Kind(ctg.Document, "owner_uuid", cleared=_DOCUMENTED),
    "link": Kind(ctg.Link),
    "contact": Kind(ctg.Contact),
}  # fmt: skip
"""Every kind, by the name used in links and by the services."""

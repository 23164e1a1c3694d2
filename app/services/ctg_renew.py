"""Copies between conventions: what is alive at a renewal, and fiches from one CTG to another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.domain.action import ALIVE, ActionState
from app.domain.ctg import Span
from app.services.ctg_edit import add_row
from app.services.ctg_load import day
from db.models.ctg import CoopPost, CtgAnnex, CtgMember, CtgParty, CtgTheme
from db.models.ctg_plan import ActionIndicator, ActionSheet, ActionStep, PlanNode
from db.models.ctg_steering import SteeringInstance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MEMBER = ("code_commune",)
_PARTY = ("kind", "name", "code", "rank", "deliberation_expected")
_THEME = ("code", "label")
_ANNEX = ("rank", "title")
_POST = ("rank", "title", "employer", "employer_kind", "fte", "starts_on", "vacant_from", "vacant_to")
_NODE = ("kind", "rank", "title", "text", "theme")
_STEP = ("rank", "title", "holder")
_INDICATOR = ("rank", "indicator", "label", "unit", "decimals", "direction", "source")
_INSTANCE = ("owner_kind", "rank", "kind", "title", "composition")
_ACTION = (
    "rank", "title", "theme", "kind", "origin_kind", "origin", "finding", "description", "audience",
    "deliverables", "pilot_function", "pilot_organisation", "elected_function", "partners", "caf_role",
    "fte", "places", "expected_result", "vigilance", "gap_rule", "gap_level", "gap_code", "gap_name",
    "gap_reason", "fictitious",
)  # fmt: skip


def copy_alive(session: Session, old: str, new: str, end: date) -> None:
    """Copy what still lives on the last day of a convention: communes, parties, themes, posts, plan."""
    for kind, model, columns, start, stop in (
        ("member", CtgMember, _MEMBER, "joins_on", "leaves_on"),
        ("party", CtgParty, _PARTY, "joins_on", "leaves_on"),
        ("theme", CtgTheme, _THEME, "since", "until"),
        ("post", CoopPost, _POST, "starts_on", "ends_on"),
    ):
        for row in _rows(session, model, old):
            if Span(day(getattr(row, start)), day(getattr(row, stop))).holds(end):
                add_row(session, kind, new, _values(row, columns))
    for row in _rows(session, CtgAnnex, old):
        add_row(session, "annex", new, _values(row, _ANNEX))
    for row in session.scalars(select(SteeringInstance).where(SteeringInstance.owner_uuid == old)).all():
        add_row(session, "instance", new, _values(row, _INSTANCE))
    alive = {row.uuid for row in _rows(session, ActionSheet, old) if ActionState(row.status) in ALIVE}
    copy_actions(session, alive, new, _copy_nodes(session, old, new, alive))


def _rows(session: Session, model: type[Any], ctg_uuid: str) -> list[Any]:
    return list(session.scalars(select(model).where(model.ctg_uuid == ctg_uuid)).all())


def _values(row: Any, columns: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in columns}


def _copy_nodes(session: Session, old: str, new: str, actions: Collection[str]) -> dict[str, str]:
    """Copy the nodes above some fiches; former key -> new key."""
    nodes = {row.uuid: row for row in _rows(session, PlanNode, old)}
    kept: list[str] = []
    for row in _rows(session, ActionSheet, old):
        above = nodes.get(row.node_uuid) if row.uuid in actions else None
        chain = []
        while above is not None:
            chain.append(above.uuid)
            above = nodes.get(above.parent_uuid)
        kept += [uuid for uuid in reversed(chain) if uuid not in kept]
    keys: dict[str, str] = {}
    for uuid in kept:
        columns = _values(nodes[uuid], _NODE)
        columns["parent_uuid"] = keys.get(nodes[uuid].parent_uuid or "")
        keys[uuid] = add_row(session, "node", new, columns).uuid
    return keys


def copy_actions(
    session: Session, uuids: Collection[str], ctg_uuid: str, nodes: Mapping[str, str]
) -> list[str]:
    """Copy fiches with their étapes left to do and their indicators; dates, money and follow-up stay behind.

    communes are kept if they are in the convention; nodes: former node -> new node.
    """
    members = set(session.scalars(select(CtgMember.code_commune).where(CtgMember.ctg_uuid == ctg_uuid)))
    made = []
    rows = session.scalars(select(ActionSheet).where(ActionSheet.uuid.in_(uuids))).all()
    for row in sorted(rows, key=lambda row: (row.node_uuid or "", row.rank)):
        columns = _values(row, _ACTION)
        columns["communes"] = " ".join(code for code in row.communes.split() if code in members)
        columns |= {
            "node_uuid": nodes.get(row.node_uuid or ""),
            "status": ActionState.TO_START.value,
            "copied_from": row.uuid,
        }
        copy = add_row(session, "action", ctg_uuid, columns)
        made.append(copy.uuid)
        _copy_parts(session, row.uuid, copy.uuid)
    session.flush()
    return made


def _copy_parts(session: Session, old: str, new: str) -> None:
    for step in session.scalars(select(ActionStep).where(ActionStep.action_uuid == old)).all():
        if step.done_on is None:
            add_row(session, "step", new, _values(step, _STEP))
    for row in session.scalars(select(ActionIndicator).where(ActionIndicator.action_uuid == old)).all():
        add_row(session, "indicator", new, _values(row, _INDICATOR))

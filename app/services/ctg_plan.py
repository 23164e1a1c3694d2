"""Writes about a plan: findings and their pinned figures, tree, fiches, statuses, amounts, links."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.changes import Changes
from app.domain import ctg_field_words as words
from app.domain.action import ActionState, NodeKind, OriginKind, check_reason
from app.domain.action_tree import Item, check_parent, ranks_after_move
from app.domain.ctg_errors import ForbiddenParent
from app.domain.ctg_words import ACTION_STATE
from app.domain.territory import Level
from app.services.ctg_edit import Editor, add_row, changed, edit, find, insert
from app.services.ctg_figures import figure_columns
from app.services.ctg_links import add_link
from app.services.ctg_load import iso
from app.services.ctg_renew import copy_actions
from app.services.ctg_rows import Created
from db.models.ctg_plan import ActionSheet, PlanNode

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.indicators import IndicatorService
    from app.services.territory import TerritoryService
    from db.session import Base


class PlanWrites:
    """What changes a plan; every call is one action that can be undone."""

    _base: Base
    _editor: Editor
    _indicators: IndicatorService | None
    _territory: TerritoryService

    # -- findings -----------------------------------------------------------------------------------

    def pin_figure(self, finding: str, indicator: str, level: Level, code: str, year: int) -> Created:
        """Attach a figure to a finding as the base holds it now: value, state and version stay as they are.

        Raises UnknownIndicator, UnknownObject.
        """
        if self._indicators is None:
            raise ValueError("figures come from the service of indicators")
        value = self._indicators.value(indicator, level, code, year)
        columns = figure_columns(value, self._territory.reference.name(level, code))
        with self._base.write("chiffre attaché au constat") as session:
            find(session, "finding", finding)
            row = add_row(session, "figure", finding, columns)
            session.flush()
            return Created(row.uuid, changed("finding"))

    def make_issue(self, finding: str, title: str = "") -> Created:
        """Make an enjeu of a finding, linked to it."""
        with self._base.write("constat devenu enjeu") as session:
            row = find(session, "finding", finding)
            values = {"kind": NodeKind.ISSUE, "title": title or row.text, "theme": row.theme}
            uuid = insert(session, "node", row.ctg_uuid, values)
            add_link(session, "finding", finding, "node", uuid, "")
        return Created(uuid, changed("node"))

    # -- tree ---------------------------------------------------------------------------------------

    def move(self, uuid: str, parent: str | None, position: int) -> Changes:
        """Move an objective or a fiche under a node (None: the root), at a position from 0; numbers follow.

        Raises CyclicLink, ForbiddenParent, UnknownObject.
        """
        with self._base.write("plan réordonné") as session:
            row: Any = session.get(PlanNode, uuid) or find(session, "action", uuid)
            items = _items(session, row.ctg_uuid)
            if parent is not None and (parent not in items or items[parent].kind is None):
                raise ForbiddenParent(kind=items[uuid].kind or "action", parent_kind=None)
            item = items[uuid]
            check_parent(item, items.get(parent or ""), items)
            if item.kind is None:
                row.node_uuid = parent
            else:
                row.parent_uuid = parent
            moved = Item(uuid, parent, 0, item.kind)
            for key, rank in ranks_after_move(list(items.values()), moved, parent, position).items():
                other: Any = session.get(PlanNode, key) or session.get(ActionSheet, key)
                other.rank = rank
            edited = bool(session.dirty)
        return changed("action") if edited else Changes()

    # -- fiches -------------------------------------------------------------------------------------

    def add_action(self, ctg: str, node: str | None = None, **values: object) -> Created:
        """Add a fiche « à lancer » at the end of a node (None: not filed yet)."""
        with self._base.write(words.added("action")) as session:
            uuid = insert_action(session, ctg, node, values)
        return Created(uuid, changed("action"))

    def action_from_gap(
        self,
        ctg: str,
        rule: str,
        level: Level,
        code: str,
        name: str,
        reason: str,
        node: str | None = None,
        title: str = "",
        theme: str = "",
    ) -> Created:
        """Draft a fiche from a gap of the maillage: the gap is kept with it, its commune is filled in."""
        fixed: dict[str, object] = {
            "gap_rule": rule, "gap_level": int(level), "gap_code": code, "gap_name": name,
            "gap_reason": reason,
        }  # fmt: skip
        values: dict[str, object] = {
            "title": title or f"Répondre à la lacune\u202f: {name}",
            "origin_kind": OriginKind.GAP,
            "finding": reason,
            "theme": theme,
            "communes": code if level is Level.COMMUNE else "",
        }
        with self._base.write("fiche créée depuis une lacune") as session:
            uuid = insert_action(session, ctg, node, values, fixed)
        return Created(uuid, changed("action"))

    def copy_actions(self, uuids: Collection[str], ctg: str, node: str | None = None) -> Changes:
        """Copy fiches under a node: étapes left to do and indicators come, dates and money do not."""
        with self._base.write("fiches copiées") as session:
            find(session, "ctg", ctg)
            if node is not None and find(session, "node", node).ctg_uuid != ctg:
                raise ForbiddenParent(kind="action", parent_kind=None)
            made = copy_actions(session, uuids, ctg, {})
            last = len(_siblings(session, ctg, node)) if node else 0
            for rank, uuid in enumerate(made, start=last + 1):
                row = session.get_one(ActionSheet, uuid)
                row.node_uuid, row.rank = node, rank
        return changed("action") if made else Changes()

    def set_status(
        self,
        uuid: str,
        status: ActionState,
        reason: str = "",
        decider: str = "",
        decided_on: date | None = None,
        until: date | None = None,
    ) -> Changes:
        """Pass a fiche to a status; until: new date for a fiche « reportée ». The passage is kept.

        Raises ReasonNeeded for the four statuses that need a reason, a decider and a date.
        """
        check_reason(status, reason, decider, decided_on)
        with self._base.write(f"fiche\u202f: «\u202f{ACTION_STATE[status]}\u202f»") as session:
            row: ActionSheet = find(session, "action", uuid)
            if row.status == status and not reason:
                return Changes()
            columns = {
                "before": row.status, "after": status.value, "reason": reason.strip(),
                "decider": decider.strip(), "decided_on": iso(decided_on), "until": iso(until),
            }  # fmt: skip
            add_row(session, "status", uuid, columns)
            row.status = status.value
            if status is ActionState.POSTPONED and until is not None:
                edit(session, "action", uuid, {"ends_on": until})
        return changed("action")

    def set_progress(self, uuid: str, percent: object, reason: str) -> Changes:
        """Correct the progress derived from étapes (an empty percent gives it back). Raises ReasonNeeded."""
        kept = reason if percent not in (None, "") else ""
        return self._editor.edit("action", uuid, progress_override=percent, progress_reason=kept)


def insert_action(
    session: Session,
    ctg: str,
    node: str | None,
    values: dict[str, object],
    fixed: dict[str, object] | None = None,
) -> str:
    """Add a fiche « à lancer », last of its node."""
    find(session, "ctg", ctg)
    rank = len(_siblings(session, ctg, node)) + 1
    typed = {"node_uuid": node, "rank": rank, **values}
    return insert(session, "action", ctg, typed, {"status": ActionState.TO_START.value, **(fixed or {})})


def _siblings(session: Session, ctg: str, node: str | None) -> list[str]:
    same = ActionSheet.node_uuid.is_(None) if node is None else ActionSheet.node_uuid == node
    return list(session.scalars(select(ActionSheet.uuid).where(ActionSheet.ctg_uuid == ctg, same)))


def _items(session: Session, ctg: str) -> dict[str, Item]:
    nodes = session.execute(
        select(PlanNode.uuid, PlanNode.parent_uuid, PlanNode.rank, PlanNode.kind).where(
            PlanNode.ctg_uuid == ctg
        )
    )
    found = {n.uuid: Item(n.uuid, n.parent_uuid, n.rank, NodeKind(n.kind)) for n in nodes}
    actions = session.execute(
        select(ActionSheet.uuid, ActionSheet.node_uuid, ActionSheet.rank).where(ActionSheet.ctg_uuid == ctg)
    )
    return found | {a.uuid: Item(a.uuid, a.node_uuid, a.rank, None) for a in actions}

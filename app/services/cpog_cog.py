"""COG: browse, filter and follow the tree of engagements, actions and évaluations."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from app.changes import Changes
from app.domain.cog import (
    Actor,
    Cog,
    CogNode,
    NodeKind,
    ancestors,
    count,
    due_nodes,
    is_late,
    years_of,
)
from app.domain.cpog_codes import ActionState
from app.domain.cpog_errors import UnknownCog, UnknownItem
from app.domain.french import fold
from app.services import cpog_delivered
from app.services.cpog_agenda import CpogAgenda
from app.services.cpog_reading import today
from app.services.cpog_rows import CogNodeRow, CogRow
from app.services.cpog_store import CHANGED
from db.models.base import key_of
from db.models.cpog import CogFollowTable, CogNodeTable, CogTable
from db.queries.cpog import all_rows


class CpogCog(CpogAgenda):
    """Conventions between the State and the Cnaf. Those delivered are read from their tables, others from
    the base; the follow-up is always in the base, by département."""

    def cogs(self) -> list[CogRow]:
        """Every COG, oldest first."""
        with self._base.read() as session:
            own = [_cog(row) for row in all_rows(session, CogTable)]
        every = sorted([*cpog_delivered.cogs(), *own], key=lambda cog: cog.starts_on)
        return [_cog_row(cog, self.cog_nodes(cog.code)) for cog in every]

    def cog_nodes(self, code: str) -> tuple[CogNode, ...]:
        """Nodes of a COG, parents first. Raises UnknownCog."""
        if code in {cog.code for cog in cpog_delivered.cogs()}:
            return cpog_delivered.cog_nodes(code)
        with self._base.read() as session:
            cogs = all_rows(session, CogTable)
            rows = all_rows(session, CogNodeTable, cog_code=code)
        if code not in {row["code"] for row in cogs}:
            known = (*(c.code for c in cpog_delivered.cogs()), *(row["code"] for row in cogs))
            raise UnknownCog(code=code, known=known)
        return tuple(_node(row) for row in sorted(rows, key=lambda row: int(row["position"])))

    def cog_tree(
        self,
        code: str,
        departement: str = "",
        on: datetime.date | None = None,
        *,
        fiche: str = "",
        actor: str = "",
        year: int | None = None,
        state: ActionState | None = None,
        late: bool | None = None,
        text: str = "",
    ) -> list[CogNodeRow]:
        """Nodes of a COG with their follow-up, parents of what is kept included. Raises UnknownCog.

        year: évaluations due that year; late: True for those late at the date, None for all.
        """
        nodes = self.cog_nodes(code)
        followed = self._followed(departement)
        due = {n.uuid for n in due_nodes(nodes)}
        day = on or today()
        rows = {n.uuid: _node_row(n, followed.get(n.uuid), day, n.uuid in due) for n in nodes}
        by_uuid = {n.uuid: n for n in nodes}
        kept: set[str] = set()
        asked = bool(fiche or actor or year or state or late is not None or text)
        for node in nodes:
            if not asked or _matches(rows[node.uuid], fiche, actor, year, state, late, fold(text).split()):
                kept.add(node.uuid)
                kept.update(parent.uuid for parent in ancestors(node, by_uuid))
        return [rows[n.uuid] for n in nodes if n.uuid in kept]

    def _followed(self, departement: str) -> dict[str, dict[str, Any]]:
        with self._base.read() as session:
            rows = all_rows(session, CogFollowTable, departement=departement)
        return {row["node_uuid"]: row for row in rows}

    def follow_evaluation(
        self,
        node_uuid: str,
        state: ActionState,
        departement: str = "",
        *,
        evidence: str = "",
        comment: str = "",
        on: datetime.date | None = None,
    ) -> Changes:
        """Say where an évaluation stands, in one département or for the whole base. Raises UnknownItem."""
        if not any(n.uuid == node_uuid for row in self.cogs() for n in self.cog_nodes(row.code)):
            raise UnknownItem(what="évaluation")
        values: dict[str, object] = {
            "node_uuid": node_uuid, "departement": departement, "state": state.value, "evidence": evidence,
            "comment": comment, "observed_on": (on or today()).isoformat(),
        }  # fmt: skip
        key = key_of("cog-follow", node_uuid, departement)
        return self._upsert(CogFollowTable, key, values, "suivi d’une évaluation de la COG")

    def save_cog(self, cog: Cog, nodes: tuple[CogNode, ...]) -> Changes:
        """Add a COG that is not delivered, or replace its tree; the follow-up of kept nodes stays."""
        with self._writing(f"COG « {cog.label} »") as session:
            for row in all_rows(session, CogNodeTable, cog_code=cog.code):
                session.delete(session.get_one(CogNodeTable, row["uuid"]))
            session.flush()
            held = session.get(CogTable, key_of("cog", cog.code))
            if held is None:
                session.add(CogTable(uuid=key_of("cog", cog.code), **_cog_columns(cog)))
            else:
                for name, value in _cog_columns(cog).items():
                    setattr(held, name, value)
            session.add_all(CogNodeTable(**_node_columns(replace(n, cog_code=cog.code))) for n in nodes)
        return CHANGED


def _cog(row: dict[str, Any]) -> Cog:
    return Cog(
        row["code"], row["label"], datetime.date.fromisoformat(row["starts_on"]),
        datetime.date.fromisoformat(row["ends_on"]), bool(row["delivered"]), row["source"],
    )  # fmt: skip


def _cog_columns(cog: Cog) -> dict[str, object]:
    return {
        "code": cog.code, "label": cog.label, "starts_on": cog.starts_on.isoformat(),
        "ends_on": cog.ends_on.isoformat(), "delivered": False, "source": cog.source,
    }  # fmt: skip


def _node(row: dict[str, Any]) -> CogNode:
    kept = {**row, "kind": NodeKind(row["kind"]), "years": years_of(row["years"])}
    return CogNode(**{**kept, "uncertain": bool(row["uncertain"])})


def _node_columns(node: CogNode) -> dict[str, object]:
    return {
        "uuid": node.uuid or key_of("cog-node", node.cog_code, node.fiche, node.actor, node.kind, node.code),
        "cog_code": node.cog_code, "parent_uuid": node.parent_uuid, "position": node.position,
        "kind": node.kind.value, "actor": node.actor, "fiche": node.fiche, "code": node.code,
        "title": node.title, "years": " ".join(str(y) for y in node.years), "uncertain": node.uncertain,
        "note": node.note,
    }  # fmt: skip


def _cog_row(cog: Cog, nodes: tuple[CogNode, ...]) -> CogRow:
    due = due_nodes(nodes)
    return CogRow(
        cog.code, cog.label, cog.starts_on, cog.ends_on, count(nodes, NodeKind.AXIS),
        count(nodes, NodeKind.FICHE), sum(n.actor == Actor.CAISSE for n in due),
        sum(n.actor == Actor.STATE for n in due), sum(n.uncertain for n in due), cog.delivered,
    )  # fmt: skip


def _node_row(node: CogNode, follow: dict[str, Any] | None, on: datetime.date, is_due: bool) -> CogNodeRow:
    state = ActionState(follow["state"]) if follow else None
    seen = follow["observed_on"] if follow else None
    late = is_late(node, state, on) if is_due else None
    return CogNodeRow(
        uuid=node.uuid, parent_uuid=node.parent_uuid, kind=node.kind, actor=node.actor, fiche=node.fiche,
        code=node.code, title=node.title, years=node.years, uncertain=node.uncertain, note=node.note,
        state=state, evidence=follow["evidence"] if follow else "",
        comment=follow["comment"] if follow else "",
        observed_on=datetime.date.fromisoformat(seen) if seen else None, late=late,
    )  # fmt: skip


def _matches(
    row: CogNodeRow, fiche: str, actor: str, year: int | None, state: ActionState | None,
    late: bool | None, words: list[str],
) -> bool:  # fmt: skip
    if (fiche and row.fiche != fiche) or (actor and row.actor != actor):
        return False
    if year is not None and year not in row.years:
        return False
    if (state is not None and row.state is not state) or (late is not None and row.late is not late):
        return False
    return all(word in fold(f"{row.code} {row.title}") for word in words)

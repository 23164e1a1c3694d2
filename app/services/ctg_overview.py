"""What a whole plan needs at once: the étapes of every fiche, those that the Caf seems to carry alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.domain.action import NodeKind
from app.domain.action_tree import Item, place_all
from app.domain.budget import Eviction, evictions
from app.domain.ctg import CtgStatus
from app.domain.ctg_themes import theme_label
from app.services.ctg_edit import find
from app.services.ctg_load import today
from app.services.ctg_plan_data import PlanData
from app.services.ctg_plan_rows import StepRow
from db.models.ctg import Ctg, CtgMember
from db.models.ctg_plan import ActionSheet, PlanNode

if TYPE_CHECKING:
    from app.domain.reference import Reference
    from db.session import Base


_NAMED = select(
    ActionSheet.uuid, ActionSheet.ctg_uuid, ActionSheet.node_uuid, ActionSheet.rank, ActionSheet.title,
    ActionSheet.theme, ActionSheet.pilot_organisation, ActionSheet.reference, ActionSheet.fictitious,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActionName:
    """What finds a fiche: its number, its title, its CTG and a few words."""

    uuid: str
    ctg: str
    number: str
    title: str
    words: str
    fictitious: bool


@dataclass(frozen=True, slots=True)
class CtgName:
    """What finds a convention: its name, its state, the Epci of its communes."""

    uuid: str
    name: str
    status: CtgStatus
    epcis: tuple[str, ...]


class OverviewReads:
    """Reads across the fiches of one convention; every date defaults to today."""

    _base: Base
    _reference: Reference

    def names(self) -> list[CtgName]:
        """Every convention by name; columns only, as for the fiches."""
        with self._base.read() as session:
            rows = list(session.execute(select(Ctg.uuid, Ctg.name, Ctg.status).order_by(Ctg.name)))
            members: dict[str, set[str]] = {}
            for row in session.execute(select(CtgMember.ctg_uuid, CtgMember.code_commune)):
                epci = self._reference.epci_of(row.code_commune)
                members.setdefault(row.ctg_uuid, set()).update([epci] if epci else [])
        said = {
            uuid: tuple(self._reference.epci(code).short_name for code in sorted(codes))
            for uuid, codes in members.items()
        }
        return [CtgName(row.uuid, row.name, CtgStatus(row.status), said.get(row.uuid, ())) for row in rows]

    def steps(self, ctg: str, on: date | None = None) -> dict[str, tuple[StepRow, ...]]:
        """Étapes by uuid of fiche, in order. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            data = PlanData(session, on or today(), ctg)
            return {
                action: tuple(
                    StepRow(row.uuid, row.rank, row.title, row.holder, step.planned_on, step.done_on,
                            step.late_days(data.on), row.note)
                    for row, step in zip(sorted(rows, key=lambda row: row.rank),
                                         data.steps_of(action), strict=True)
                )
                for action, rows in data.steps.items()
            }  # fmt: skip

    def action_names(self) -> list[ActionName]:
        """Every fiche of every convention, by convention then number; columns only: read at each search."""
        with self._base.read() as session:
            names = {row.uuid: row.name for row in session.execute(select(Ctg.uuid, Ctg.name))}
            items: dict[str, list[Item]] = {}
            nodes = select(
                PlanNode.uuid, PlanNode.parent_uuid, PlanNode.rank, PlanNode.kind, PlanNode.ctg_uuid
            )
            for node in session.execute(nodes):
                item = Item(node.uuid, node.parent_uuid, node.rank, NodeKind(node.kind))
                items.setdefault(node.ctg_uuid, []).append(item)
            sheets = {row.uuid: row for row in session.execute(_NAMED)}
        for row in sheets.values():
            items.setdefault(row.ctg_uuid, []).append(Item(row.uuid, row.node_uuid, row.rank, None))
        return [
            ActionName(
                sheet.uuid, names[ctg], placed.number, sheet.title, _words(sheet), bool(sheet.fictitious)
            )
            for ctg in sorted(names, key=lambda uuid: names[uuid])
            for placed in place_all(items.get(ctg, ()))
            if (sheet := sheets.get(placed.item.uuid)) is not None
        ]

    def evictions(self, ctg: str) -> dict[str, tuple[Eviction, ...]]:
        """By uuid of fiche, the partners that the Caf seems to replace. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            data = PlanData(session, today(), ctg)
            found = {action.uuid: evictions(data.lines_of([action.uuid])) for action in data.actions}
        return {uuid: rows for uuid, rows in found.items() if rows}


def _words(sheet: Any) -> str:
    theme = theme_label(sheet.theme) if sheet.theme else ""
    return " ".join(word for word in (theme, sheet.pilot_organisation, sheet.reference) if word)

"""One fiche whole: path, étapes, money, indicators, follow-up, and which sections are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.domain.action import ActionState, CafRole, OriginKind
from app.domain.territory import Level
from app.services.ctg_load import day
from app.services.ctg_money import budget_of
from app.services.ctg_plan_rows import (
    ActionDetail,
    FindingRow,
    GapRow,
    LinkRow,
    StatusRow,
    StepRow,
    YearRow,
)
from db.models.ctg import Ctg, CtgMember, Document
from db.models.ctg_plan import ActionStatus, ActionYear

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.ctg_plan_data import PlanData
    from db.models.ctg_plan import ActionSheet

SECTIONS = (
    "identite", "constat", "description", "publics", "etapes", "pilotage", "budget", "resultat", "suivi",
    "pieces",
)  # fmt: skip
"""Sections of the editor, in order."""


def action_detail(
    session: Session,
    data: PlanData,
    sheet: ActionSheet,
    findings: tuple[FindingRow, ...],
    links: tuple[LinkRow, ...],
) -> ActionDetail:
    """Build the detail of a fiche; data: the plan of its convention."""
    budget = budget_of(data, [sheet.uuid], sheet.places)
    indicators = data.indicator_rows(sheet.uuid)
    steps, years = _steps(data, sheet), _years(session, sheet)
    before, after = _neighbours(data, sheet)
    members = select(func.count()).select_from(CtgMember).where(CtgMember.ctg_uuid == sheet.ctg_uuid)
    papers = select(func.count()).select_from(Document).where(Document.owner_uuid == sheet.uuid)
    filled = (
        bool(sheet.title and sheet.theme and sheet.kind),
        bool(sheet.finding or findings),
        bool(sheet.description),
        bool(sheet.audience),
        bool(steps),
        bool(sheet.pilot_organisation or sheet.pilot_function),
        bool(budget.cells) and all(cell.cents is not None for cell in budget.cells),
        bool(sheet.expected_result or indicators),
        bool(years),
        bool(session.scalar(papers)),
    )
    return ActionDetail(
        row=data.row(sheet),
        ctg_name=session.get_one(Ctg, sheet.ctg_uuid).name,
        path=_path(data, sheet),
        level_kinds=_kinds(data, sheet),
        before=before,
        after=after,
        origin_kind=OriginKind(sheet.origin_kind) if sheet.origin_kind else None,
        origin=sheet.origin,
        finding=sheet.finding,
        findings=findings,
        description=sheet.description,
        audience=sheet.audience,
        communes=tuple(sheet.communes.split()),
        communes_total=session.scalar(members) or 0,
        deliverables=sheet.deliverables,
        pilot_function=sheet.pilot_function,
        pilot_organisation=sheet.pilot_organisation,
        elected_function=sheet.elected_function,
        partners=tuple(sheet.partners.split("\n")) if sheet.partners else (),
        caf_role=CafRole(sheet.caf_role) if sheet.caf_role else None,
        fte=sheet.fte,
        places=sheet.places,
        expected_result=sheet.expected_result,
        vigilance=sheet.vigilance,
        retex=sheet.retex,
        progress_reason=sheet.progress_reason,
        steps=steps,
        statuses=_statuses(session, data, sheet),
        budget=budget,
        indicators=indicators,
        years=years,
        links=links,
        decisions=tuple(
            (d.uuid, d.text, day(d.due_on), day(d.done_on))
            for d in sorted(data.decisions.get(sheet.uuid, ()), key=lambda d: (d.due_on or "", d.number))
        ),
        gap=_gap(sheet),
        copied_from=sheet.copied_from,
        sections=tuple(zip(SECTIONS, filled, strict=True)),
    )


def _path(data: PlanData, sheet: ActionSheet) -> tuple[tuple[str, str, str], ...]:
    nodes = {node.uuid: node for node in data.nodes}
    found = []
    node = nodes.get(sheet.node_uuid or "")
    while node is not None:
        found.append((node.uuid, data.numbers[node.uuid], node.title))
        node = nodes.get(node.parent_uuid or "")
    return tuple(reversed(found))


def _kinds(data: PlanData, sheet: ActionSheet) -> tuple[str, ...]:
    kinds = {node.uuid: node.kind for node in data.nodes}
    return tuple(kinds[uuid] for uuid, _, _ in _path(data, sheet))


def _neighbours(data: PlanData, sheet: ActionSheet) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    placed = [p for p in data.placed(sheet.ctg_uuid) if p.item.kind is None]
    at = next(i for i, p in enumerate(placed) if p.item.uuid == sheet.uuid)
    around = [placed[i] if 0 <= i < len(placed) else None for i in (at - 1, at + 1)]
    before, after = ((p.item.uuid, p.number) if p else None for p in around)
    return before, after


def _steps(data: PlanData, sheet: ActionSheet) -> tuple[StepRow, ...]:
    rows = sorted(data.steps.get(sheet.uuid, ()), key=lambda row: (row.rank, row.uuid))
    dates = data.steps_of(sheet.uuid)
    return tuple(
        StepRow(row.uuid, row.rank, row.title, row.holder, step.planned_on, step.done_on,
                step.late_days(data.on), row.note)
        for row, step in zip(rows, dates, strict=True)
    )  # fmt: skip


def _statuses(session: Session, data: PlanData, sheet: ActionSheet) -> tuple[StatusRow, ...]:
    rows = session.scalars(
        select(ActionStatus)
        .where(ActionStatus.action_uuid == sheet.uuid)
        .order_by(ActionStatus.decided_on, ActionStatus.uuid)
    )
    number = data.numbers[sheet.uuid]
    return tuple(
        StatusRow(row.uuid, sheet.uuid, number, sheet.title, ActionState(row.before), ActionState(row.after),
                  row.reason, row.decider, day(row.decided_on), day(row.until))
        for row in rows
    )  # fmt: skip


def _years(session: Session, sheet: ActionSheet) -> tuple[YearRow, ...]:
    rows = session.scalars(
        select(ActionYear).where(ActionYear.action_uuid == sheet.uuid).order_by(ActionYear.year)
    )
    return tuple(YearRow(row.uuid, row.year, row.highlights, row.vigilance) for row in rows)


def _gap(sheet: ActionSheet) -> GapRow | None:
    if not sheet.gap_rule:
        return None
    level = Level(sheet.gap_level) if sheet.gap_level is not None else None
    return GapRow(sheet.gap_rule, level, sheet.gap_code, sheet.gap_name, sheet.gap_reason)

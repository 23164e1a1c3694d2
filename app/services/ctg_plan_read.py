"""Plans read from the base: tree, fiches, one fiche whole, findings, statuses, search, Retex."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.domain.action import ActionState
from app.domain.indicator import ValueState
from app.domain.territory import Level
from app.services.ctg_action import action_detail
from app.services.ctg_edit import find
from app.services.ctg_load import day, today
from app.services.ctg_money import budget_of
from app.services.ctg_plan_data import PlanData
from app.services.ctg_plan_rows import (
    ActionDetail,
    ActionRow,
    Budget,
    FindingFigureRow,
    FindingRow,
    LinkRow,
    PlanRow,
    RetexHit,
    SearchHit,
    StatusRow,
)
from app.services.ctg_search import best_excerpt, matches, similarity
from db.models.ctg import Ctg, Link
from db.models.ctg_plan import ActionSheet, ActionStatus, Finding, FindingFigure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.indicators import IndicatorService
    from db.session import Base

RETEX_SCORE = 0.2
"""Share of common words from which a fiche is similar enough to be shown."""


class PlanReads:
    """Plans and fiches; every date defaults to today."""

    _base: Base
    _indicators: IndicatorService | None

    def plan(self, ctg: str, on: date | None = None) -> list[PlanRow]:
        """The tree of a convention, numbered; fiches not filed yet come last. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            return PlanData(session, on or today(), ctg).plan(ctg)

    def actions(self, ctg: str | None = None, on: date | None = None) -> list[ActionRow]:
        """Fiches of one convention in the order of the plan, or of all of them."""
        with self._base.read() as session:
            data = PlanData(session, on or today(), ctg)
            sheets = {action.uuid: action for action in data.actions}
            ctgs = dict.fromkeys([ctg] if ctg else [action.ctg_uuid for action in data.actions])
            return [
                data.row(sheets[placed.item.uuid])
                for uuid in ctgs
                if uuid is not None
                for placed in data.placed(uuid)
                if placed.item.kind is None
            ]

    def action(self, uuid: str, on: date | None = None) -> ActionDetail:
        """One fiche with all its fields. Raises UnknownObject."""
        with self._base.read() as session:
            sheet: ActionSheet = find(session, "action", uuid)
            data = PlanData(session, on or today(), sheet.ctg_uuid)
            return _detail(session, data, sheet, _issue_numbers(session, data))

    def details(self, ctg: str, on: date | None = None) -> list[ActionDetail]:
        """Every fiche of a convention whole, in the order of the plan: for papers. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            data = PlanData(session, on or today(), ctg)
            issues = _issue_numbers(session, data)
            sheets = {action.uuid: action for action in data.actions}
            placed = [p.item.uuid for p in data.placed(ctg) if p.item.kind is None]
            return [_detail(session, data, sheets[uuid], issues) for uuid in placed]

    def budget(self, ctg: str, on: date | None = None) -> Budget:
        """The money of a whole plan: totals by year, each state apart. Raises UnknownObject."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            data = PlanData(session, on or today(), ctg)
            return budget_of(data, [action.uuid for action in data.actions])

    def findings(self, ctg: str) -> list[FindingRow]:
        """Findings of a convention with their pinned figures, and whether the base has changed since."""
        with self._base.read() as session:
            find(session, "ctg", ctg)
            issues = _issue_numbers(session, PlanData(session, today(), ctg))
            rows = session.scalars(select(Finding).where(Finding.ctg_uuid == ctg).order_by(Finding.rank))
            return [_finding(session, row, issues, self._indicators) for row in rows.all()]

    def status_changes(
        self, ctg: str | None = None, statuses: frozenset[ActionState] | None = None
    ) -> list[StatusRow]:
        """Passages of fiches to a status, latest first: reported, dropped… with reason, decider and date."""
        with self._base.read() as session:
            data = PlanData(session, today(), ctg)
            sheets = {action.uuid: action for action in data.actions}
            rows = session.scalars(select(ActionStatus).where(ActionStatus.action_uuid.in_(sheets)))
            found = [
                StatusRow(row.uuid, row.action_uuid, data.numbers[row.action_uuid],
                          sheets[row.action_uuid].title, ActionState(row.before), ActionState(row.after),
                          row.reason, row.decider, day(row.decided_on), day(row.until))
                for row in rows
                if statuses is None or ActionState(row.after) in statuses
            ]  # fmt: skip
        return sorted(found, key=lambda row: (row.decided_on or date.min, row.uuid), reverse=True)

    def links(self, uuid: str) -> tuple[LinkRow, ...]:
        """Links of a thing, both ways."""
        with self._base.read() as session:
            return links_of(session, uuid)

    # -- search -------------------------------------------------------------------------------------

    def search(self, text: str, ctg: str | None = None, limit: int = 50) -> list[SearchHit]:
        """Fiches whose texts hold every word asked, accents and case ignored; titles first."""
        with self._base.read() as session:
            data = PlanData(session, today(), ctg)
            names = {row.uuid: row.name for row in session.execute(select(Ctg.uuid, Ctg.name))}
            hits = [
                SearchHit(action.uuid, action.ctg_uuid, names[action.ctg_uuid], data.numbers[action.uuid],
                          action.title, *best_excerpt(data, action, text))
                for action in data.actions
                if matches(data, action, text)
            ]  # fmt: skip
        return sorted(hits, key=lambda hit: (hit.field != "title", hit.ctg_name, hit.number))[:limit]

    def retex_for(self, title: str, theme: str = "", limit: int = 3) -> list[RetexHit]:
        """What was learnt from fiches that look like one being written, closest first."""
        with self._base.read() as session:
            query = select(ActionSheet, Ctg.name).join(Ctg, Ctg.uuid == ActionSheet.ctg_uuid)
            rows = session.execute(query.where(ActionSheet.retex != "")).all()
            hits = [
                RetexHit(sheet.uuid, name, sheet.title, sheet.retex, similarity(title, theme, sheet))
                for sheet, name in rows
            ]
        kept = [hit for hit in hits if hit.score >= RETEX_SCORE]
        return sorted(kept, key=lambda hit: (-hit.score, hit.title))[:limit]


def _detail(
    session: Session, data: PlanData, sheet: ActionSheet, issues: dict[str, list[tuple[str, str]]]
) -> ActionDetail:
    query = select(Finding).join(Link, Link.from_uuid == Finding.uuid).where(Link.to_uuid == sheet.uuid)
    linked = tuple(_finding(session, row, issues, None) for row in session.scalars(query).all())
    return action_detail(session, data, sheet, linked, links_of(session, sheet.uuid))


def links_of(session: Session, uuid: str) -> tuple[LinkRow, ...]:
    """Links from and to a thing."""
    rows = session.scalars(select(Link).where(or_(Link.from_uuid == uuid, Link.to_uuid == uuid))).all()
    found = []
    for row in rows:
        out = row.from_uuid == uuid
        kind, other = (row.to_kind, row.to_uuid) if out else (row.from_kind, row.from_uuid)
        found.append(LinkRow(row.uuid, kind, other, words_of(session, kind, other), row.note, out))
    return tuple(sorted(found, key=lambda link: (link.kind, link.words, link.uuid)))


def words_of(session: Session, kind: str, uuid: str) -> str:
    """Words of the other end of a link when it is one of our things, empty otherwise."""
    from app.services.ctg_edit import title_of
    from app.services.ctg_kinds import KINDS

    info = KINDS.get(kind)
    row = session.get(info.model, uuid) if info is not None else None
    return title_of(row) if row is not None else ""


def _issue_numbers(session: Session, data: PlanData) -> dict[str, list[tuple[str, str]]]:
    """For each finding, the nodes made of it and their numbers."""
    rows = session.execute(
        select(Link.from_uuid, Link.to_uuid).where(Link.from_kind == "finding", Link.to_kind == "node")
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.from_uuid, []).append((row.to_uuid, data.numbers.get(row.to_uuid, "")))
    return found


def _finding(
    session: Session,
    row: Finding,
    issues: dict[str, list[tuple[str, str]]],
    indicators: IndicatorService | None,
) -> FindingRow:
    figures = session.scalars(
        select(FindingFigure).where(FindingFigure.finding_uuid == row.uuid).order_by(FindingFigure.rank)
    )
    rows = tuple(_figure(figure, indicators) for figure in figures)
    return FindingRow(
        row.uuid, row.rank, row.theme, row.text, rows, tuple(sorted(issues.get(row.uuid, ()))), row.fictitious
    )


def _figure(row: FindingFigure, indicators: IndicatorService | None) -> FindingFigureRow:
    now, changed = row.number, False
    if indicators is not None:
        now = indicators.value(row.indicator, Level(row.level), row.code, row.year).number
        changed = now != row.number
    return FindingFigureRow(
        row.uuid, row.indicator, row.label, row.unit, row.decimals, Level(row.level), row.code, row.place,
        row.year, row.number, ValueState(row.state), row.estimated, row.fictitious, row.source, row.file,
        row.sha256, row.row, row.import_number, datetime.fromisoformat(row.pinned_at), changed, now,
    )  # fmt: skip

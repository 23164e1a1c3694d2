"""Rows of plans read at once, and turned into lines of lists and trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.domain.action import (
    STOPPED,
    ActionKind,
    ActionState,
    NodeKind,
    Progress,
    Result,
    Step,
    action_late_days,
    is_reached,
    progress_of,
)
from app.domain.action_tree import Item, Placed, place_all
from app.domain.budget import Cost, Line, MoneyState, Nature, best_state, total
from app.domain.ctg import PartyKind
from app.domain.indicator import ValueState
from app.services.ctg_load import day
from app.services.ctg_plan_rows import ActionIndicatorRow, ActionRow, IndicatorValueRow, PlanRow
from app.services.ctg_rows import Gauge
from db.models.ctg_plan import (
    ActionCost,
    ActionIndicator,
    ActionSheet,
    ActionStep,
    ActionValue,
    BudgetLine,
    PlanNode,
)
from db.models.ctg_steering import Decision

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class PlanData:
    """What the plans of one convention (or of all) hold; use it while its session is open."""

    def __init__(self, session: Session, on: date, ctg: str | None = None) -> None:
        self.on = on
        sheets = select(ActionSheet).order_by(ActionSheet.uuid)
        self.actions: list[ActionSheet] = list(
            session.scalars(sheets.where(ActionSheet.ctg_uuid == ctg) if ctg else sheets)
        )
        nodes = select(PlanNode).order_by(PlanNode.uuid)
        self.nodes: list[PlanNode] = list(
            session.scalars(nodes.where(PlanNode.ctg_uuid == ctg) if ctg else nodes)
        )
        mine = [action.uuid for action in self.actions]

        def parts(model: type[Any], column: str) -> dict[str, list[Any]]:
            query = select(model).order_by(model.uuid)
            if ctg:
                query = query.where(getattr(model, column).in_(mine))
            return _grouped(session.scalars(query), lambda row: getattr(row, column))

        self.steps = parts(ActionStep, "action_uuid")
        self.lines = parts(BudgetLine, "action_uuid")
        self.costs = parts(ActionCost, "action_uuid")
        self.indicators = parts(ActionIndicator, "action_uuid")
        self.values = _grouped(
            session.scalars(select(ActionValue).order_by(ActionValue.uuid)), lambda row: row.indicator_uuid
        )
        open_ = select(Decision).where(Decision.action_uuid.is_not(None)).order_by(Decision.uuid)
        self.decisions = _grouped(session.scalars(open_), lambda row: row.action_uuid)
        self._numbers: dict[str, str] | None = None

    def placed(self, ctg: str) -> tuple[Placed, ...]:
        """The plan of a convention in order, with numbers."""
        items = [
            Item(node.uuid, node.parent_uuid, node.rank, NodeKind(node.kind))
            for node in self.nodes
            if node.ctg_uuid == ctg
        ]
        items += [Item(a.uuid, a.node_uuid, a.rank, None) for a in self.actions if a.ctg_uuid == ctg]
        return place_all(items)

    @property
    def numbers(self) -> dict[str, str]:
        """Number of each node and fiche."""
        if self._numbers is None:
            ctgs = {node.ctg_uuid for node in self.nodes} | {a.ctg_uuid for a in self.actions}
            self._numbers = {placed.item.uuid: placed.number for ctg in ctgs for placed in self.placed(ctg)}
        return self._numbers

    def steps_of(self, action: str) -> tuple[Step, ...]:
        """Étapes of a fiche, in order."""
        rows = sorted(self.steps.get(action, ()), key=lambda row: row.rank)
        return tuple(Step(day(row.planned_on), day(row.done_on)) for row in rows)

    def lines_of(self, actions: Iterable[str]) -> list[Line]:
        """Money of some fiches."""
        return [
            Line(row.year, row.funder, PartyKind(row.funder_kind), Nature(row.nature), MoneyState(row.state),
                 row.amount_cents, action)
            for action in actions
            for row in self.lines.get(action, ())
        ]  # fmt: skip

    def costs_of(self, actions: Iterable[str]) -> list[Cost]:
        """Whole costs of some fiches."""
        return [
            Cost(row.year, Nature(row.nature), MoneyState(row.state), row.amount_cents)
            for action in actions
            for row in self.costs.get(action, ())
        ]

    def progress(self, action: ActionSheet) -> Progress:
        """How far a fiche is."""
        status = ActionState(action.status)
        return progress_of(self.steps_of(action.uuid), status, action.progress_override)

    def row(self, action: ActionSheet) -> ActionRow:
        """One line of a list of fiches."""
        lines = self.lines_of([action.uuid])
        state = best_state(lines)
        status, ends_on = ActionState(action.status), day(action.ends_on)
        open_ = [d for d in self.decisions.get(action.uuid, ()) if not d.done_on and not d.dropped_on]
        return ActionRow(
            uuid=action.uuid,
            ctg_uuid=action.ctg_uuid,
            node_uuid=action.node_uuid,
            number=self.numbers[action.uuid],
            reference=action.reference,
            title=action.title,
            theme=action.theme,
            kind=ActionKind(action.kind) if action.kind else None,
            pilot=", ".join(p for p in (action.pilot_organisation, action.pilot_function) if p),
            starts_on=day(action.starts_on),
            ends_on=ends_on,
            status=status,
            progress=self.progress(action),
            late_days=action_late_days(status, ends_on, self.steps_of(action.uuid), self.on),
            decisions=len(open_),
            total=total(lines, state) if state else None,
            fictitious=action.fictitious,
        )

    def plan(self, ctg: str) -> list[PlanRow]:
        """The tree of a convention, in order."""
        nodes = {node.uuid: node for node in self.nodes}
        actions = {action.uuid: action for action in self.actions}
        found = []
        for placed in self.placed(ctg):
            item = placed.item
            node: Any = nodes.get(item.uuid) or actions[item.uuid]
            row = self.row(node) if item.kind is None else None
            kind, text = item.kind or "action", "" if row else node.text
            found.append(
                PlanRow(item.uuid, item.parent, kind, placed.depth, placed.number, node.title, node.theme,
                        text, row)
            )  # fmt: skip
        return found

    # -- indicators ---------------------------------------------------------------------------------

    def indicator_rows(self, action: str) -> tuple[ActionIndicatorRow, ...]:
        """Indicators of a fiche with their values."""
        rows = sorted(self.indicators.get(action, ()), key=lambda row: row.rank)
        return tuple(self._indicator(row) for row in rows)

    def _indicator(self, row: Any) -> ActionIndicatorRow:
        values = sorted(self.values.get(row.uuid, ()), key=lambda v: (v.year, v.kind))
        cells = tuple(
            IndicatorValueRow(v.uuid, v.kind, v.year, v.number, ValueState(v.state), v.fictitious)
            for v in values
        )
        baseline = _last(cells, "depart")
        actual = _last([cell for cell in cells if cell.year <= self.on.year], "realise")
        target = _target(cells, actual.year if actual else self.on.year)
        result = Result(_number(baseline), _number(actual), _number(target), row.direction)
        return ActionIndicatorRow(
            row.uuid, row.indicator, row.label, row.unit, row.decimals, row.direction, row.source, cells,
            baseline, actual, target, is_reached(result),
        )  # fmt: skip

    # -- gauges -------------------------------------------------------------------------------------

    def actions_gauge(self, ctg: str) -> Gauge:
        """Fiches « réalisées » over those that are not stopped."""
        states = [ActionState(a.status) for a in self.actions if a.ctg_uuid == ctg]
        live = [state for state in states if state not in STOPPED]
        return Gauge(sum(state is ActionState.DONE for state in live), len(live))

    def results_gauge(self, ctg: str) -> Gauge:
        """Indicators of fiches at their target over those that can be told."""
        told = [
            row.reached
            for action in self.actions
            if action.ctg_uuid == ctg
            for row in self.indicator_rows(action.uuid)
            if row.reached is not None
        ]
        return Gauge(sum(told), len(told))


def _grouped(rows: Iterable[Any], by: Callable[[Any], str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[by(row)].append(row)
    return dict(found)


def _last(cells: Sequence[IndicatorValueRow], kind: str) -> IndicatorValueRow | None:
    known = [cell for cell in cells if cell.kind == kind and cell.number is not None]
    return known[-1] if known else None


def _target(cells: Sequence[IndicatorValueRow], year: int) -> IndicatorValueRow | None:
    """The target of a year, else the next one, else the last."""
    targets = [cell for cell in cells if cell.kind == "cible" and cell.number is not None]
    return next((cell for cell in targets if cell.year >= year), targets[-1] if targets else None)


def _number(cell: IndicatorValueRow | None) -> float | None:
    return cell.number if cell is not None else None

"""The money of a fiche or of a plan, read from the base: cells, totals by year and state, alerts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.budget import (
    Cost,
    Line,
    MoneyState,
    Nature,
    best_state,
    cost_per_place,
    evictions,
    paid_above_voted,
    remainder,
    shares_of,
    total,
)
from app.domain.ctg import PartyKind
from app.services.ctg_plan_rows import Budget, BudgetCell, BudgetYear, CostCell

if TYPE_CHECKING:
    from app.services.ctg_plan_data import PlanData


def budget_of(data: PlanData, actions: Sequence[str], places: int | None = None) -> Budget:
    """Everything about the money of some fiches; places: what the cost is divided by, for one fiche."""
    lines, costs = data.lines_of(actions), data.costs_of(actions)
    years = sorted({line.year for line in lines} | {cost.year for cost in costs})
    return Budget(
        cells=_cells(data, actions),
        costs=_costs(data, actions),
        years=tuple(_year(year, lines, costs, places) for year in years),
        totals=tuple(total(lines, state) for state in MoneyState),
        caf_shares=shares_of(lines, PartyKind.CAF),
        evictions=evictions(lines),
        warnings=paid_above_voted(lines),
        places=places,
    )


def _year(year: int, lines: Sequence[Line], costs: Sequence[Cost], places: int | None) -> BudgetYear:
    mine = [line for line in lines if line.year == year]
    due = [cost for cost in costs if cost.year == year]
    rests = tuple(remainder(due, mine, state) for state in MoneyState)
    shown = best_state(mine)
    cost = next((rest.cost for rest in rests if rest.state is shown), None)
    totals = tuple(total(mine, state) for state in MoneyState)
    return BudgetYear(year, totals, rests, shown, cost_per_place(cost, places))


def _cells(data: PlanData, actions: Sequence[str]) -> tuple[BudgetCell, ...]:
    cells = [
        BudgetCell(row.uuid, row.year, row.funder, PartyKind(row.funder_kind), Nature(row.nature),
                   MoneyState(row.state), row.amount_cents, row.note)
        for action in actions
        for row in data.lines.get(action, ())
    ]  # fmt: skip
    order = list(PartyKind)
    return tuple(
        sorted(cells, key=lambda c: (order.index(c.funder_kind), c.funder, c.nature, c.year, c.state, c.uuid))
    )


def _costs(data: PlanData, actions: Sequence[str]) -> tuple[CostCell, ...]:
    cells = [
        CostCell(row.uuid, row.year, Nature(row.nature), MoneyState(row.state), row.amount_cents)
        for action in actions
        for row in data.costs.get(action, ())
    ]
    return tuple(sorted(cells, key=lambda c: (c.year, c.nature, c.state, c.uuid)))

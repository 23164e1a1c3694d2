"""One fiche action and its money as papers print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import french
from app.domain.action import NEEDS_REASON
from app.domain.budget import MoneyState
from app.domain.ctg_sentences import decided_text, eviction_text, nature_word, paid_text, steps_text
from app.domain.ctg_themes import theme_label
from app.domain.ctg_words import ACTION_KIND, CAF_ROLE, MONEY, ORIGIN
from app.domain.indicator import ValueState
from reports.ctg_content import Budget, BudgetLine, Fact, FicheAction, LinkedIndicator, StageLine
from reports.kit.printed import Printed, plain

if TYPE_CHECKING:
    from app.services import ctg_plan_rows as rows

WHOLE = "tout le territoire"
NOTHING = Printed("—", None, ValueState.NO_DATA)
"""A funder that nobody expects that year: not an amount that is missing."""


def fiche_content(detail: rows.ActionDetail, communes: tuple[str, ...]) -> FicheAction:
    """A fiche with all its fields; communes: their names, none for the whole territory."""
    row = detail.row
    progress = row.progress
    reason = next(
        (s for s in reversed(detail.statuses) if s.after is row.status and row.status in NEEDS_REASON), None
    )
    origin = ORIGIN[detail.origin_kind] if detail.origin_kind else ""
    return FicheAction(
        number=row.number,
        title=row.title,
        theme=theme_label(row.theme) if row.theme else "",
        status=row.status.value,
        kind=ACTION_KIND[row.kind].lower() if row.kind else "",
        origin=", ".join(part for part in (origin, detail.origin) if part),
        finding=detail.finding or " ".join(finding.text for finding in detail.findings),
        description=detail.description,
        public=detail.audience,
        communes=french.listing(communes) if communes else WHOLE,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        stages=tuple(
            StageLine(step.title, step.holder, step.planned_on, step.done_on, step.late_days)
            for step in detail.steps
        ),
        deliverables=tuple(line for line in detail.deliverables.split("\n") if line),
        pilot=row.pilot,
        elected=detail.elected_function,
        partners=french.listing(detail.partners),
        caf_role=CAF_ROLE[detail.caf_role] if detail.caf_role else "",
        budget=budget_content(detail.budget) if detail.budget.cells else None,
        fte="" if detail.fte is None else f"{french.number(detail.fte, 2)} ETP",
        expected=detail.expected_result,
        indicators=tuple(_indicator(item) for item in detail.indicators),
        links=tuple(link.words for link in detail.links if link.words and link.kind != "finding"),
        done=None if progress.percent is None else progress.percent / 100,
        stages_words=steps_text(progress),
        override=detail.progress_reason if progress.overridden else "",
        decision=decided_text(reason.reason, reason.decider, reason.decided_on) if reason else "",
        facts=_facts(detail),
        decisions=tuple(text for _, text, _, _ in detail.decisions),
        retex=detail.retex,
        fictitious=row.fictitious,
    )


def _facts(detail: rows.ActionDetail) -> tuple[Fact, ...]:
    found = []
    for year in detail.years:
        found += [Fact(year.year, year.highlights)] if year.highlights else []
        found += [Fact(year.year, year.vigilance, True)] if year.vigilance else []
    return tuple(found)


def _indicator(row: rows.ActionIndicatorRow) -> LinkedIndicator:
    def shown(cell: rows.IndicatorValueRow | None) -> Printed:
        return plain(None) if cell is None else plain(cell.number, row.decimals, cell.state, unit=row.unit)

    def words(name: str, cell: rows.IndicatorValueRow | None) -> str:
        return name if cell is None else f"{name} {cell.year}"

    return LinkedIndicator(
        row.label, row.unit, shown(row.baseline), shown(row.actual), shown(row.target),
        words("départ", row.baseline), words("réalisé", row.actual), words("cible", row.target),
    )  # fmt: skip


def budget_content(budget: rows.Budget) -> Budget:
    """A table of funders by year, each year in its most advanced state; one total a state, never mixed."""
    years = tuple(year.year for year in budget.years)
    shown = {year.year: year.shown for year in budget.years}
    funders = list(dict.fromkeys((cell.funder, cell.nature) for cell in budget.cells))
    lines = []
    for funder, nature in funders:
        amounts = tuple(_amount(budget, funder, nature, year, shown[year]) for year in years)
        states = tuple(MONEY[state] if (state := shown[year]) else "" for year in years)
        lines.append(BudgetLine(funder, nature_word(nature), amounts, states))
    return Budget(
        years=years,
        lines=tuple(lines),
        totals=tuple(_total(budget, state) for state in MoneyState if _held(budget, state)),
        alerts=(
            *(eviction_text(found) for found in budget.evictions),
            *(paid_text(found) for found in budget.warnings),
        ),
    )


def _amount(budget: rows.Budget, funder: str, nature: str, year: int, state: MoneyState | None) -> Printed:
    cells = [
        cell
        for cell in budget.cells
        if (cell.funder, cell.nature, cell.year, cell.state) == (funder, nature, year, state)
    ]
    if not cells:
        return NOTHING
    if any(cell.cents is None for cell in cells):
        return plain(None)
    return plain(sum(cell.cents or 0 for cell in cells) / 100, unit="€")


def _held(budget: rows.Budget, state: MoneyState) -> bool:
    return any(cell.state is state for cell in budget.cells)


def _total(budget: rows.Budget, state: MoneyState) -> tuple[str, tuple[Printed, ...]]:
    totals = [next(total for total in year.totals if total.state is state) for year in budget.years]
    words = f"Total {MONEY[state]}" + ("" if all(total.complete for total in totals) else " connu")
    return words, tuple(
        NOTHING if not total.known and total.complete
        else plain(None if total.cents is None else total.cents / 100, unit="€")
        for total in totals
    )  # fmt: skip

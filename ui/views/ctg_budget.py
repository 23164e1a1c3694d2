"""Budget of a plan: funders by year, one state at a time, totals that never mix states; no Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.domain.budget import MoneyState, Nature
from app.domain.ctg_sentences import euros, eviction_text, paid_text
from app.domain.french import listing, percent, typographic
from ui.labels_ctg import MONEY, PARTY
from ui.models.table import Column
from ui.views.ctg_columns import Said, said

if TYPE_CHECKING:
    from app.domain.budget import Eviction, Remainder, Total
    from app.domain.ctg import PartyKind
    from app.services.ctg_plan_rows import Budget, BudgetCell, CostCell

NONE = "·"
"""No amount is expected there."""
FOOT_TOTAL, FOOT_COST, FOOT_REST = "Total connu", "Coût", "Reste à charge des collectivités"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One funder (or one line of the foot) by year, then all years; amounts: None is expected and unknown."""

    name: str
    kind: str
    amounts: tuple[Said | None, ...]
    whole: Said | None
    foot: bool = False


def _amount(cells: Sequence[BudgetCell | CostCell]) -> Said | None:
    """Sum of what is known, « n.d. » if all is unknown, « · » if nothing is expected."""
    if not cells:
        return Said.of(-1.0, NONE)
    known = [cell.cents for cell in cells if cell.cents is not None]
    if not known:
        return None
    total = sum(known)
    partly = " (en partie)" if len(known) < len(cells) else ""
    return Said.of(float(total), euros(total) + partly)


def budget_lines(budget: Budget, state: MoneyState, nature: Nature | None) -> list[BudgetLine]:
    """Lines of one state: funders, then known total, cost and what is left to local authorities."""
    cells = [c for c in budget.cells if c.state is state and (nature is None or c.nature is nature)]
    years = [found.year for found in budget.years]
    funders: dict[str, PartyKind] = {}
    for cell in cells:
        funders.setdefault(cell.funder, cell.funder_kind)
    lines = [
        BudgetLine(
            name, PARTY[kind],
            tuple(_amount([c for c in cells if c.funder == name and c.year == y]) for y in years),
            _amount([c for c in cells if c.funder == name]),
        )
        for name, kind in funders.items()
    ]  # fmt: skip
    if not lines:
        return []
    total = BudgetLine(
        FOOT_TOTAL, "", tuple(_amount([c for c in cells if c.year == y]) for y in years), _amount(cells), True
    )
    return [*lines, total, *_foot(budget, state, nature, years)]


def _foot(budget: Budget, state: MoneyState, nature: Nature | None, years: Sequence[int]) -> list[BudgetLine]:
    costs = [c for c in budget.costs if c.state is state and (nature is None or c.nature is nature)]
    cost = BudgetLine(
        FOOT_COST, "", tuple(_amount([c for c in costs if c.year == y]) for y in years), _amount(costs), True
    )
    if nature is not None:
        return [cost]
    rests = {found.year: _rest_of(found.remainders, state) for found in budget.years}
    known = [rest.rest for rest in rests.values() if rest is not None and rest.rest is not None]
    whole = Said.of(float(sum(known)), euros(sum(known))) if known else None
    shown = tuple(_rest(rests.get(year)) for year in years)
    return [cost, BudgetLine(FOOT_REST, "", shown, whole, True)]


def _rest_of(remainders: Sequence[Remainder], state: MoneyState) -> Remainder | None:
    return next((rest for rest in remainders if rest.state is state), None)


def _rest(rest: Remainder | None) -> Said | None:
    if rest is None or rest.rest is None:
        return None
    without = f" (sans {listing(list(rest.absent))})" if rest.absent else ""
    return Said.of(float(rest.rest), euros(rest.rest) + without)


def budget_columns(years: Sequence[int]) -> tuple[Column[BudgetLine], ...]:
    """Funder, nature of the funder, one column a year, all years."""
    return (
        Column("Financeur", lambda held: held.name, tone=_tone),
        Column("Nature", lambda held: held.kind, absent=""),
        *(
            Column(str(year), partial(_year, at), text=said, right=True, tone=_tone)
            for at, year in enumerate(years)
        ),
        Column("Toutes années", lambda held: held.whole, text=said, right=True, tone=_tone),
    )


def _year(at: int, held: BudgetLine) -> Said | None:
    return held.amounts[at]


def _tone(held: BudgetLine) -> str:
    return "encre" if held.foot else ""


def total_note(total: Total) -> str:
    """What is missing from a known total, empty if nothing is."""
    return typographic(f"montant absent : {listing(list(total.absent))}") if total.absent else ""


def warnings(budget: Budget, by_action: Sequence[tuple[str, Eviction]]) -> list[str]:
    """Sentences about evictions, of the plan then of its fiches, and about what is paid above its vote."""
    found = [f"Éviction possible sur tout le plan. {eviction_text(held)}" for held in budget.evictions]
    found += [f"Éviction possible, fiche {number}. {eviction_text(held)}" for number, held in by_action]
    found += [f"Payé au-delà du voté. {paid_text(held)}" for held in budget.warnings]
    return [typographic(words) for words in found]


def shares_words(budget: Budget) -> str:
    """« Part de la Caf : 41,9 % en 2024, 41,6 % en 2025 »."""
    parts = [f"{percent(held.share * 100)} en {held.year}" for held in budget.caf_shares]
    return typographic(f"Part de la Caf dans ce qui est connu : {', '.join(parts)}") if parts else ""


def state_words(state: MoneyState) -> str:
    """« Prévu »."""
    return MONEY[state].capitalize()

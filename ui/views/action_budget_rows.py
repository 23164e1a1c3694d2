"""The money of a fiche as lines and columns: funders by year, each year in one state. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from app.domain import french
from app.domain.budget import MoneyState, Nature, cost_per_place
from app.domain.ctg import PartyKind
from app.domain.ctg_words import MONEY, NATURE
from app.domain.numbers import parse_number
from ui.models.grid import CellRefused, EditColumn

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import Budget, BudgetYear

FUNDER, COST, TOTAL, REST, PLACE = "funder", "cost", "total", "rest", "place"
UNKNOWN = "n.d."
"""Typed to say that an amount is expected and unknown."""
NOTHING = "—"
Amounts = Mapping[tuple[int, MoneyState], "int | None"]


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line; amounts in cents by (year, state): a key without amount is expected and unknown."""

    kind: str
    label: str
    funder: str = ""
    funder_kind: PartyKind = PartyKind.OTHER
    nature: Nature = Nature.RUNNING
    amounts: Amounts = field(default_factory=dict)
    uuids: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others."""
        return (self.kind, self.funder, self.nature)


def states_of(
    budget: Budget, years: Sequence[int], chosen: Mapping[int, MoneyState]
) -> dict[int, MoneyState]:
    """The state that each year shows: the one chosen, else the most advanced one, else « prévu »."""
    held = {year.year: year.shown for year in budget.years}
    return {year: chosen.get(year) or held.get(year) or MoneyState.PLANNED for year in years}


def money_lines(budget: Budget, states: Mapping[int, MoneyState]) -> list[MoneyLine]:
    """Funders, then costs, then what is computed from them in the state of each year."""
    return [*_funders(budget), *_costs(budget), *_computed(budget, states)]


def _funders(budget: Budget) -> list[MoneyLine]:
    keys = list(dict.fromkeys((cell.funder, cell.funder_kind, cell.nature) for cell in budget.cells))
    found = []
    for funder, kind, nature in keys:
        cells = [cell for cell in budget.cells if (cell.funder, cell.nature) == (funder, nature)]
        amounts = {(cell.year, cell.state): cell.cents for cell in cells}
        label = f"{funder}, {NATURE[nature].lower()}"
        found.append(
            MoneyLine(FUNDER, label, funder, kind, nature, amounts, tuple(cell.uuid for cell in cells))
        )
    return found


def _costs(budget: Budget) -> list[MoneyLine]:
    found = []
    held = {cell.nature for cell in budget.costs} | {cell.nature for cell in budget.cells}
    for nature in Nature:
        if nature in (held or {Nature.RUNNING}):
            cells = [cell for cell in budget.costs if cell.nature == nature]
            amounts = {(cell.year, cell.state): cell.cents for cell in cells}
            label = f"Coût de l’action, {NATURE[nature].lower()}"
            uuids = tuple(cell.uuid for cell in cells)
            found.append(MoneyLine(COST, label, nature=nature, amounts=amounts, uuids=uuids))
    return found


def _computed(budget: Budget, states: Mapping[int, MoneyState]) -> list[MoneyLine]:
    total: dict[tuple[int, MoneyState], int | None] = {}
    rest: dict[tuple[int, MoneyState], int | None] = {}
    place: dict[tuple[int, MoneyState], int | None] = {}
    for year in budget.years:
        state = states[year.year]
        held = next(one for one in year.totals if one.state is state)
        left = next(one for one in year.remainders if one.state is state)
        if held.known or held.absent:
            total[year.year, state] = held.cents
        if left.cost is not None:
            rest[year.year, state] = left.rest
            per_place = cost_per_place(left.cost, budget.places)
            place[year.year, state] = None if per_place is None else round(per_place / 100) * 100
    lines = [MoneyLine(TOTAL, "Total connu" if _partial(budget, states) else "Total", amounts=total)]
    if rest:
        lines.append(MoneyLine(REST, "Reste à charge des collectivités", amounts=rest))
    if rest and budget.places:
        words = f"Coût par place ({french.plural(budget.places, 'place')})"
        lines.append(MoneyLine(PLACE, words, amounts=place))
    return lines


def _partial(budget: Budget, states: Mapping[int, MoneyState]) -> bool:
    return any(_absent(year, states[year.year]) for year in budget.years)


def _absent(year: BudgetYear, state: MoneyState) -> tuple[str, ...]:
    return next(one.absent for one in year.totals if one.state is state)


def absences(budget: Budget, states: Mapping[int, MoneyState]) -> list[str]:
    """« 2026, voté : montant absent pour la MSA », by year."""
    found = []
    for year in budget.years:
        absent = _absent(year, states[year.year])
        if absent:
            word = MONEY[states[year.year]]
            found.append(f"{year.year}, {word}\u202f: montant absent, {french.listing(list(absent))}")
    return found


# -- columns ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MoneyColumn(EditColumn[MoneyLine]):
    """A year in one state; a cell held in another state only shows it in grey, and counts for nothing."""

    year: int = 0
    state: MoneyState = MoneyState.PLANNED

    def shown(self, row: MoneyLine) -> str:
        """Amount, « n.d. », amount of another state with its word, or a dash."""
        if (self.year, self.state) in row.amounts:
            cents = row.amounts[self.year, self.state]
            return UNKNOWN if cents is None else _amount(cents)
        other = self.other_state(row)
        if other is None:
            return NOTHING
        cents = row.amounts[self.year, other]
        return f"{UNKNOWN if cents is None else _amount(cents)} {MONEY[other]}"

    def other_state(self, row: MoneyLine) -> MoneyState | None:
        """The most advanced other state that holds an amount for this year."""
        if row.kind not in (FUNDER, COST):
            return None
        held = [
            state for state in MoneyState if state is not self.state and (self.year, state) in row.amounts
        ]
        return held[-1] if held else None


def money_columns(states: Mapping[int, MoneyState]) -> list[EditColumn[MoneyLine]]:
    """The funder, then one column a year."""
    first: EditColumn[MoneyLine] = EditColumn(
        "Financeur, en euros", lambda line: line.label, parse=str.strip, code="funder", right=False,
        editable=lambda line: line.kind == FUNDER, typed=lambda line: line.funder,
        hint=lambda line: line.label,
    )  # fmt: skip
    return [first, *(_year_column(year, state) for year, state in states.items())]


def _year_column(year: int, state: MoneyState) -> MoneyColumn:
    return MoneyColumn(
        f"{year}, {MONEY[state]}", partial(_value, year, state), right=True, parse=read_amount,
        code=str(year), editable=lambda line: line.kind in (FUNDER, COST),
        typed=partial(_typed, year, state), tone=partial(_tone, year, state), year=year, state=state,
    )  # fmt: skip


def _value(year: int, state: MoneyState, line: MoneyLine) -> float | None:
    cents = line.amounts.get((year, state))
    return None if cents is None else cents / 100


def _typed(year: int, state: MoneyState, line: MoneyLine) -> str:
    if (year, state) not in line.amounts:
        return ""
    cents = line.amounts[year, state]
    return UNKNOWN if cents is None else f"{cents / 100:.2f}".replace(".", ",").removesuffix(",00")


def _tone(year: int, state: MoneyState, line: MoneyLine) -> str:
    return "" if line.amounts.get((year, state)) is not None else "texte3"


def _amount(cents: int) -> str:
    return french.number(cents / 100, 0 if cents % 100 == 0 else 2)


def read_amount(typed: str) -> str | None:
    """What to write: None takes the cell away, an empty text says that it is unknown. Raises CellRefused."""
    plain = typed.replace("€", "").strip()
    if not plain or plain in (NOTHING, "-"):
        return None
    if plain.lower().rstrip(".") in ("n.d", "nd"):
        return ""
    found = parse_number(plain)
    if found is None:
        raise CellRefused(f"«\u202f{typed.strip()}\u202f» n’est pas un montant.")
    if found < 0:
        raise CellRefused("Un montant est positif.")
    return plain

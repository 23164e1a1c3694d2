"""Dated amounts of the CTG (bonus territoire, forfaits, ETP), and the estimate of a bonus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import resources
from app.domain import french


@dataclass(frozen=True, slots=True)
class Amount:
    """A dated amount; value None is an amount that nobody gave yet: it is said, never taken for 0."""

    code: str
    label: str
    value: float | None
    unit: str
    valid_from: date | None
    valid_to: date | None
    source: str
    note: str = ""
    own: bool = False
    """True if this base gives it, False if it is delivered."""
    uuid: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


@lru_cache(maxsize=1)
def load_amounts() -> tuple[Amount, ...]:
    """The delivered amounts, in the order of the table."""
    return tuple(
        Amount(
            row["code"], row["label"], float(row["value"]) if row["value"] else None, row["unit"],
            _day(row["valid_from"]), _day(row["valid_to"]), row["source"], row["note"],
        )
        for row in resources.read_table("ctg", "parameters.csv")
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def merge_amounts(delivered: Sequence[Amount], own: Sequence[Amount]) -> tuple[Amount, ...]:
    """Delivered amounts, each replaced by the one of this base with same code and start, then the others."""
    mine = {(amount.code, amount.valid_from): amount for amount in own}
    merged = [mine.pop((amount.code, amount.valid_from), amount) for amount in delivered]
    return (*merged, *mine.values())


def amount_at(amounts: Sequence[Amount], code: str, on: date) -> Amount | None:
    """The amount in force on a day: known ones first, then the latest start, then this base's."""
    held = [amount for amount in amounts if amount.code == code and amount.holds(on)]
    return max(held, key=lambda a: (a.value is not None, a.valid_from or date.min, a.own), default=None)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many units of a parameter a CTG counts in a year."""

    parameter: str
    quantity: float | None
    source: str
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class BonusLine:
    """One product of the estimate; euros is None if the quantity or the amount is unknown."""

    quantity: Quantity
    amount: Amount | None
    euros: float | None
    formula: str


@dataclass(frozen=True, slots=True)
class BonusEstimate:
    """An estimate, never an official amount: its lines, the known total, and what is missing."""

    year: int
    lines: tuple[BonusLine, ...]
    euros: float | None
    missing: tuple[str, ...]
    formula: str


def estimate_bonus(year: int, quantities: Sequence[Quantity], amounts: Sequence[Amount]) -> BonusEstimate:
    """Multiply each quantity by the amount in force on 31 December, and add what is known."""
    on = date(year, 12, 31)
    lines = tuple(_line(quantity, amount_at(amounts, quantity.parameter, on)) for quantity in quantities)
    known = [line.euros for line in lines if line.euros is not None]
    missing = tuple(
        line.amount.label if line.amount else line.quantity.parameter for line in lines if line.euros is None
    )
    total = sum(known) if known else None
    parts = " + ".join(f"{french.number(euros)}\u202f€" for euros in known)
    formula = f"{parts} = {french.number(total)}\u202f€" if len(known) > 1 else parts
    return BonusEstimate(year, lines, total, missing, formula)


def _line(quantity: Quantity, amount: Amount | None) -> BonusLine:
    count, value = quantity.quantity, amount.value if amount else None
    euros = None if count is None or value is None else count * value
    unit = amount.unit.removeprefix("€ par ") if amount else ""
    formula = f"{_counted(count, unit)} × {_euros(value)} = {_euros(euros)}"
    return BonusLine(quantity, amount, euros, formula)


def _counted(count: float | None, unit: str) -> str:
    """« 12 places », « 5,5 ETP »: a word in capitals has no plural."""
    if count is None:
        return f"{french.NO_DATA} {unit}".strip()
    noun = unit if count < 2 or unit.isupper() or not unit else f"{unit}s"
    return f"{_shown(count)}\u00a0{noun}".strip()


def _shown(number: float | None) -> str:
    return french.number(number, 0 if number is None or float(number).is_integer() else 2)


def _euros(number: float | None) -> str:
    return _shown(number) if number is None else f"{_shown(number)}\u202f€"

"""Children under 3 or under 6: which count is used, by a visible rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import resources
from app.domain.indicator import ValueState

Known = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ChildrenRule:
    """One way to count children, in order of preference; estimated: a usable estimate, flagged as such.

    cohorts: births of that many years are added up; 0 reads the indicator as it is.
    """

    code: str
    label: str
    age: int
    indicator: str
    cohorts: int
    estimated: bool
    order: int
    note: str


@dataclass(frozen=True, slots=True)
class ChildrenChoice:
    """The count kept for a whole map: one rule for all, so that territories compare.

    numbers: children by territory, absent when unknown. year: year of the count, which may not be that of the
    places. tried: (rule code, territories it knows) in order, to show why this one was kept.
    """

    rule: ChildrenRule | None
    year: int | None
    numbers: Known = field(default_factory=dict)
    tried: tuple[tuple[str, int], ...] = ()

    @property
    def estimated(self) -> bool:
        """True for an estimate."""
        return self.rule is not None and self.rule.estimated

    def number(self, code: str) -> float | None:
        """Children of one territory, None if unknown."""
        return self.numbers.get(code)

    def state(self, code: str) -> ValueState:
        """State of the count of one territory."""
        number = self.numbers.get(code)
        if number is None:
            return ValueState.NO_DATA
        return ValueState.ZERO if number == 0 else ValueState.VALUE


@lru_cache(maxsize=1)
def load_children_rules() -> tuple[ChildrenRule, ...]:
    """The rules delivered, best first."""
    rules = [
        ChildrenRule(
            code=row["code"],
            label=row["label"],
            age=int(row["age"]),
            indicator=row["indicator"],
            cohorts=int(row["cohorts"]),
            estimated=row["estimated"] == "1",
            order=int(row["order"]),
            note=row["note"],
        )
        for row in resources.read_table("coverage", "children.csv")
    ]
    return tuple(sorted(rules, key=lambda rule: (rule.age, rule.order)))


def choose_children(
    candidates: Sequence[tuple[ChildrenRule, int | None, Known]], preferred: str | None = None
) -> ChildrenChoice:
    """Return the count that knows most territories, the best rule first among equals.

    candidates: (rule, year read, children by territory), best rule first. preferred: code of the rule chosen
    by the user, kept as long as it knows one territory. Nothing known gives a choice without rule.
    """
    tried = tuple((rule.code, len(known)) for rule, _, known in candidates)
    useful = [candidate for candidate in candidates if candidate[2]]
    if not useful:
        return ChildrenChoice(None, None, {}, tried)
    chosen = [candidate for candidate in useful if candidate[0].code == preferred]
    rule, year, known = (chosen or sorted(useful, key=lambda item: -len(item[2])))[0]
    return ChildrenChoice(rule, year, dict(known), tried)

"""Rules of maillage as data: which offer is expected where, and the gaps that follow."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import resources
from app.domain.coverage_errors import BadRule
from app.domain.territory import Level

if TYPE_CHECKING:
    from app.domain.coverage import Count


class Measure(StrEnum):
    """What a rule counts."""

    STRUCTURES = "structures"
    POINTS = "points"
    """Structures and points of itinerant services."""
    HOURS = "heures"
    """Opening hours a year."""
    FTE = "etp"
    """ETP, against a number of childminders by ETP."""


class Condition(StrEnum):
    """Territories a rule is about."""

    ALL = "tous"
    RURAL = "rural"
    POPULATION = "population"
    """More inhabitants than the number of the condition."""
    QPV = "qpv"
    ZRR = "zrr"
    FRR = "frr"


LEVELS: dict[str, Level] = {
    "epci": Level.EPCI,
    "arrondissement": Level.ARRONDISSEMENT,
    "commune": Level.COMMUNE,
    "departement": Level.DEPARTEMENT,
}
LEVEL_CODES: dict[Level, str] = {level: code for code, level in LEVELS.items()}
ZONED = frozenset({Condition.QPV, Condition.ZRR, Condition.FRR})


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation: at least `minimum` of these kinds in each territory of a level that meets a condition.

    threshold: inhabitants, for the conditions population and rural; ratio: childminders that one ETP follows;
    None takes the dated parameter of the base. itinerant: True counts only itinerant services, None all.
    departements: where it applies, empty for everywhere. version: 1 as delivered, one more at each change.
    """

    code: str
    label: str
    kinds: tuple[str, ...]
    level: Level
    minimum: float = 1.0
    measure: Measure = Measure.STRUCTURES
    condition: Condition = Condition.ALL
    threshold: float | None = None
    ratio: float | None = None
    itinerant: bool | None = None
    departements: tuple[str, ...] = ()
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    theme: str = ""
    source: str = ""
    note: str = ""
    active: bool = True
    delivered: bool = False
    version: int = 1

    def lives(self, on: datetime.date) -> bool:
        """True if the rule is in force on that day; ends_on is the first day without it."""
        after = self.starts_on is None or self.starts_on <= on
        return self.active and after and (self.ends_on is None or on < self.ends_on)

    def applies_to(self, departement: str) -> bool:
        """True if the rule is about that département."""
        return not self.departements or departement in self.departements


class GapCertainty(StrEnum):
    """Missing for sure, or not known: the two are never added."""

    MISSING = "manque"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What a draft fiche action needs, ready to be edited; texts are French."""

    title: str
    theme: str
    kind: str
    """« creation » or « developpement »."""
    constat: str
    public: str
    communes: tuple[str, ...]
    code_epci: str
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One territory where a rule is not met, or where nobody knows.

    needed and found are in the unit of the rule, None when they are not known. population: inhabitants of
    the territory, None if unknown. reason: French sentence with the numbers inside.
    """

    rule: Rule
    level: Level
    code: str
    name: str
    code_departement: str
    needed: float | None
    found: float | None
    certainty: GapCertainty
    reason: str
    population: int | None
    count: Count
    draft: ActionDraft
    masked: bool = False
    """What is expected is not told: it would give a number of people away."""

    @property
    def missing(self) -> float | None:
        """How many more are needed, None unless both numbers are known for sure."""
        if self.certainty is not GapCertainty.MISSING or self.found is None or self.needed is None:
            return None
        return max(self.needed - self.found, 0.0)


def check_rule(rule: Rule) -> Rule:
    """Return the rule if it makes sense. Raises BadRule (field, value, reason)."""
    if not rule.label.strip():
        raise BadRule(field="label", value=rule.label, reason="empty")
    if not rule.kinds:
        raise BadRule(field="kinds", value="", reason="empty")
    if rule.level not in LEVEL_CODES:
        raise BadRule(field="level", value=rule.level.name, reason="unknown")
    if rule.minimum <= 0:
        raise BadRule(field="minimum", value=rule.minimum, reason="positive")
    return _check_numbers(rule)


def _check_numbers(rule: Rule) -> Rule:
    if rule.threshold is not None and rule.threshold < 0:
        raise BadRule(field="threshold", value=rule.threshold, reason="negative")
    if rule.ratio is not None and rule.ratio <= 0:
        raise BadRule(field="ratio", value=rule.ratio, reason="positive")
    if rule.starts_on and rule.ends_on and rule.ends_on <= rule.starts_on:
        raise BadRule(field="ends_on", value=rule.ends_on.isoformat(), reason="order")
    return rule


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """The rules delivered with the application."""
    return tuple(rule_of(row, delivered=True) for row in resources.read_table("coverage", "rules.csv"))


def rule_of(row: dict[str, str], *, delivered: bool = False) -> Rule:
    """Read a rule from texts, as the delivered table and the settings write it. Raises ValueError."""
    return check_rule(
        Rule(
            code=row["code"],
            label=row["label"],
            kinds=tuple(row["kinds"].split()),
            level=LEVELS[row["level"]],
            minimum=float(row["minimum"]),
            measure=Measure(row["measure"]),
            condition=Condition(row["condition"]),
            threshold=_number(row["threshold"]),
            ratio=_number(row["ratio"]),
            itinerant={"1": True, "0": False}.get(row["itinerant"]),
            departements=tuple(row["departements"].split()),
            starts_on=_day(row["starts_on"]),
            ends_on=_day(row["ends_on"]),
            theme=row["theme"],
            source=row["source"],
            note=row["note"],
            active=row.get("active", "1") == "1",
            delivered=delivered,
            version=int(row.get("version", "1")),
        )
    )


def rule_row(rule: Rule) -> dict[str, str]:
    """Write a rule as texts; rule_of reads them back."""
    return {
        "code": rule.code,
        "label": rule.label,
        "kinds": " ".join(rule.kinds),
        "level": LEVEL_CODES[rule.level],
        "minimum": f"{rule.minimum:g}",
        "measure": rule.measure.value,
        "condition": rule.condition.value,
        "threshold": _text(rule.threshold),
        "ratio": _text(rule.ratio),
        "itinerant": {True: "1", False: "0", None: ""}[rule.itinerant],
        "departements": " ".join(rule.departements),
        "starts_on": rule.starts_on.isoformat() if rule.starts_on else "",
        "ends_on": rule.ends_on.isoformat() if rule.ends_on else "",
        "theme": rule.theme,
        "source": rule.source,
        "note": rule.note,
        "active": "1" if rule.active else "0",
        "version": str(rule.version),
    }


def _number(text: str) -> float | None:
    return float(text) if text else None


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}"


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None

"""The basket of parenthood services: a named, versioned rule that is printed with every figure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import resources
from app.domain import french
from app.domain.coverage import Answer
from app.domain.coverage_errors import BadBasket
from app.domain.register_lists import load_kinds


@dataclass(frozen=True, slots=True)
class BasketRule:
    """Which services make the basket, those it never goes without, and how many make it complete.

    starts_on: first day it is used; None for the delivered one, used until another starts.
    """

    name: str
    version: int
    threshold: int
    kinds: tuple[str, ...]
    required: tuple[str, ...] = ()
    starts_on: datetime.date | None = None

    def dated(self) -> str:
        """« version 2 du 5 mars 2025 »."""
        since = f" du {french.long_date(self.starts_on)}" if self.starts_on else ""
        return f"version {self.version}{since}"

    def text(self) -> str:
        """The rule in one French sentence, to print with every figure."""
        labels = {code: kind.label for code, kind in load_kinds().items()}
        names = french.listing([_lower(labels.get(kind, kind)) for kind in self.kinds])
        must = [_lower(labels.get(kind, kind)) for kind in self.required]
        without = f", dont obligatoirement {french.listing(must)}" if must else ""
        return french.typographic(
            f"{self.name}, {self.dated()} : au moins {french.plural(self.threshold, 'service')} sur "
            f"{len(self.kinds)} ({names}){without}."
        )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Basket:
    """The basket in one territory: services there, surely not there, not known; complete, not, or unknown."""

    code: str
    name: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    complete: Answer


def fill_basket(rule: BasketRule, code: str, name: str, answers: Mapping[str, Answer]) -> Basket:
    """Judge one territory from the answer of each service; one that is not in answers is unknown."""
    told = {kind: answers.get(kind, Answer.UNKNOWN) for kind in rule.kinds}
    present, absent, unknown = (
        tuple(kind for kind in rule.kinds if told[kind] is answer)
        for answer in (Answer.YES, Answer.NO, Answer.UNKNOWN)
    )
    return Basket(code, name, present, absent, unknown, _complete(rule, told, len(present), len(unknown)))


def _complete(rule: BasketRule, told: Mapping[str, Answer], present: int, unknown: int) -> Answer:
    required = [told[kind] for kind in rule.required]
    if Answer.NO in required or present + unknown < rule.threshold:
        return Answer.NO
    sure = present >= rule.threshold and all(answer is Answer.YES for answer in required)
    return Answer.YES if sure else Answer.UNKNOWN


def check_basket(rule: BasketRule) -> BasketRule:
    """Return the rule if it makes sense. Raises BadBasket (field, value, reason)."""
    if not rule.name.strip():
        raise BadBasket(field="name", value=rule.name, reason="empty")
    if not rule.kinds:
        raise BadBasket(field="kinds", value="", reason="empty")
    strange = [kind for kind in rule.kinds if kind not in load_kinds()]
    if strange:
        raise BadBasket(field="kinds", value=", ".join(strange), reason="unknown")
    if not 1 <= rule.threshold <= len(rule.kinds):
        raise BadBasket(field="threshold", value=rule.threshold, reason="range")
    if not set(rule.required) <= set(rule.kinds):
        raise BadBasket(field="required", value=", ".join(rule.required), reason="unknown")
    return rule


@lru_cache(maxsize=1)
def load_basket() -> BasketRule:
    """The rule delivered with the application."""
    rows = resources.read_table("coverage", "parentalite.csv")
    kinds = tuple(row["kind"] for row in rows)
    required = tuple(row["kind"] for row in rows if row["required"] == "1")
    first = rows[0]
    return BasketRule(first["name"], int(first["version"]), int(first["threshold"]), kinds, required)


def in_use(rules: Sequence[BasketRule], on: datetime.date) -> BasketRule:
    """The last version that had started on a day; the first of all before any has."""
    started = [rule for rule in rules if rule.starts_on is None or rule.starts_on <= on]
    return started[-1] if started else rules[0]


def next_version(rule: BasketRule, before: BasketRule) -> BasketRule:
    """The same rule with the number that follows: an old version is never rewritten."""
    return replace(rule, version=before.version + 1)

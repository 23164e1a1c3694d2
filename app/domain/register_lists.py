"""Closed lists of the register, delivered as data: services, fundings, gestionnaires, zones, signals."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import resources
from app.domain.french import fold


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """A kind of service, whose label may depend on the day."""

    code: str
    label: str
    label_before: str
    changed_on: datetime.date | None
    theme: str
    network: str
    shape: str
    order: int
    synonyms: tuple[str, ...] = ()

    def label_at(self, on: datetime.date | None) -> str:
        """Return the label in use on a day: « Relais assistants maternels » before 1 September 2021."""
        if on is not None and self.changed_on is not None and on < self.changed_on:
            return self.label_before
        return self.label


@dataclass(frozen=True, slots=True)
class Choice:
    """One accepted word of a closed list."""

    code: str
    label: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of fragility: one quantity with a threshold. bound is None until the user sets it."""

    code: str
    label: str
    unit: str
    decimals: int
    direction: str
    bound: float | None
    computed: bool
    source: str
    note: str

    def crossed(self, number: float, bound: float) -> bool:
        """Tell whether a number is beyond a bound; the bound itself is not."""
        return number > bound if self.direction == "above" else number < bound


@lru_cache(maxsize=1)
def load_kinds() -> dict[str, ServiceKind]:
    """Return the kinds of services by code, in the order of the screen."""
    rows = sorted(resources.read_table("register", "kinds.csv"), key=lambda row: int(row["order"]))
    return {
        row["code"]: ServiceKind(
            code=row["code"],
            label=row["label"],
            label_before=row["label_before"],
            changed_on=_date(row["changed_on"]),
            theme=row["theme"],
            network=row["network"],
            shape=row["shape"],
            order=int(row["order"]),
            synonyms=_words(row["synonyms"]),
        )
        for row in rows
    }


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, Choice]]:
    found: dict[str, dict[str, Choice]] = {}
    for row in resources.read_table("register", "lists.csv"):
        found.setdefault(row["list"], {})[row["code"]] = Choice(
            row["code"],
            row["label"],
            _date(row["valid_from"]),
            _date(row["valid_to"]),
            _words(row["synonyms"]),
        )
    return found


def load_choices(name: str) -> dict[str, Choice]:
    """Return a closed list by code; name: as in the first column of resources/register/lists.csv."""
    return _lists()[name]


@lru_cache(maxsize=1)
def load_signals() -> dict[str, Signal]:
    """Return the signals of fragility by code."""
    return {
        row["code"]: Signal(
            code=row["code"],
            label=row["label"],
            unit=row["unit"],
            decimals=int(row["decimals"]),
            direction=row["direction"],
            bound=float(row["bound"]) if row["bound"] else None,
            computed=row["computed"] == "1",
            source=row["source"],
            note=row["note"],
        )
        for row in resources.read_table("register", "signals.csv")
    }


def find_choice(text: str, choices: Iterable[Choice | ServiceKind]) -> str | None:
    """Return the code that a text stands for, by code, label or synonym, whatever case and accents."""
    wanted = fold(text)
    for choice in choices:
        names = (choice.code, choice.label, getattr(choice, "label_before", ""), *choice.synonyms)
        if wanted and any(fold(name) == wanted for name in names):
            return choice.code
    return None


def find_kind(text: str) -> str | None:
    """Return the kind of service that a text stands for."""
    return find_choice(text, load_kinds().values())


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)

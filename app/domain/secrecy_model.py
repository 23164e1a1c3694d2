"""Cells of tables, the sums that tie them, and what a reader may see."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from app.domain.indicator import Indicator, ValueState
from app.domain.territory import Level

Key = Hashable
"""Whatever names a cell once: (indicator, level, code, year) for a value of the base."""


class Rule(Enum):
    """What secrecy asks of an indicator."""

    FREE = "libre"
    """Published by law or by its producer for every territory: nothing is masked here."""
    PRODUCER = "producteur"
    """The producer masked some cells: they must not be recovered."""
    THRESHOLD = "seuil"
    """Counts of the Caf: masked below the threshold."""


def rule_of(indicator: Indicator) -> Rule:
    """Return the rule written in the column « masking » of the dictionary; silence means the threshold."""
    text = indicator.masking.casefold()
    if text.startswith("aucun"):
        return Rule.FREE
    return Rule.PRODUCER if "producteur" in text else Rule.THRESHOLD


def is_reserved(indicator: Indicator) -> bool:
    """Tell whether the dictionary keeps an indicator for the Caf, whatever its numbers."""
    return "réservé à la caf" in indicator.masking.casefold()


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table. number is None unless state is VALUE or ZERO.

    counted: a count that the threshold applies to. floor: the least it can be, None when it may be negative.
    protection: least width of the interval left to a reader when it is masked, the threshold if None.
    caf_only: only shown to the Caf. contact: a name, an address or a number of somebody.
    """

    key: Key
    number: float | None
    state: ValueState
    counted: bool = True
    floor: float | None = 0.0
    protection: float | None = None
    caf_only: bool = False
    contact: bool = False
    level: Level | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """total = sum of parts, which any reader can compute; slack: what rounding may hide of it."""

    total: Key
    parts: tuple[Key, ...]
    slack: float = 0.0

    @property
    def terms(self) -> tuple[tuple[Key, float], ...]:
        """(cell, coefficient): their weighted sum is zero, give or take the slack."""
        return ((self.total, -1.0), *((part, 1.0) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Use:
    """A result that gives its inputs away (a rate with its denominator): masked with any of them."""

    result: Key
    inputs: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class SecretTable:
    """Cells with the sums and the uses that tie them, inside the table or across tables."""

    name: str
    cells: tuple[Cell, ...]
    links: tuple[Link, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Who reads: threshold under which a count is masked, and what is left out whole."""

    code: str
    label: str
    threshold: float
    hides_caf_only: bool = False
    hides_contacts: bool = False


CAF, PARTNER, PUBLIC = "caf", "partenaire", "public"
LABELS = {CAF: "Caf", PARTNER: "Partenaire", PUBLIC: "Public"}


def profile(code: str, threshold: float) -> Profile:
    """Return one of the three profiles. Raises KeyError for another code."""
    outside = code != CAF
    return Profile(code, LABELS[code], threshold, hides_caf_only=outside, hides_contacts=outside)


class Reason(Enum):
    """Why a cell is masked."""

    SMALL = "effectif sous le seuil"
    PRODUCER = "masqué par le producteur"
    COMPLEMENT = "masqué pour protéger un autre effectif"
    USES = "calculé sur un effectif masqué"
    CAF_ONLY = "réservé à la Caf"
    CONTACT = "coordonnées"


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked cell and why."""

    key: Key
    reason: Reason


@dataclass(frozen=True, slots=True)
class Guarded:
    """What may leave: tables with masked cells emptied, and the list of what was masked."""

    tables: tuple[SecretTable, ...]
    masked: tuple[Masked, ...]

    def hides(self, key: Key) -> bool:
        """Tell whether a cell was masked or left out."""
        return any(found.key == key for found in self.masked)


def emptied(table: SecretTable, hidden: frozenset[Key], removed: frozenset[Key]) -> SecretTable:
    """Return the table with hidden cells masked, and removed ones left out with the sums they stood in."""
    cells = (cell for cell in table.cells if cell.key not in removed)
    kept = tuple(
        replace(cell, number=None, state=ValueState.MASKED) if cell.key in hidden else cell for cell in cells
    )
    names = {cell.key for cell in kept}
    return replace(
        table,
        cells=kept,
        links=tuple(link for link in table.links if _whole((link.total, *link.parts), names, removed)),
        uses=tuple(use for use in table.uses if use.result not in removed),
    )


def _whole(keys: Iterable[Key], names: set[Key], removed: frozenset[Key]) -> bool:
    return not any(key in removed for key in keys) and any(key in names for key in keys)

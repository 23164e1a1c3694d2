"""What the filter of one column of a table keeps: words, a range, absences."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from app.domain.french import number, short_date
from ui.models.table import Column, is_absent

Bound = float | datetime.date | None
MOST_WORDS = 2
"""Words quoted in one chip."""


@dataclass(frozen=True, slots=True)
class ColumnFilter:
    """words: texts of cells that stay, None for any; least and most: ends of the range, both kept.

    absent: whether cells that hold nothing stay.
    """

    words: frozenset[str] | None = None
    least: Bound = None
    most: Bound = None
    absent: bool = True

    @property
    def empty(self) -> bool:
        """True when everything stays."""
        return self.words is None and self.least is None and self.most is None and self.absent

    def keeps(self, column: Column[Any], row: Any) -> bool:
        """Tell whether a row stays."""
        value = column.value(row)
        if is_absent(value):
            return self.absent and self.least is None and self.most is None
        if self.words is not None and column.shown(row) not in self.words:
            return False
        return not (_below(value, self.least) or _below(self.most, value))

    def said(self) -> str:
        """« Niort, Melle », « de 10 à 40 », « sans les vides »."""
        parts = []
        if self.words is not None:
            kept = sorted(self.words)
            more = f" et {len(kept) - MOST_WORDS} autres" if len(kept) > MOST_WORDS + 1 else ""
            shown = kept[: MOST_WORDS if more else len(kept)]
            parts.append(f"{', '.join(shown)}{more}")
        if self.least is not None and self.most is not None:
            parts.append(f"de {_bound(self.least)} à {_bound(self.most)}")
        elif self.least is not None:
            parts.append(f"à partir de {_bound(self.least)}")
        elif self.most is not None:
            parts.append(f"jusqu’à {_bound(self.most)}")
        ranged = self.least is not None or self.most is not None
        if self.absent and self.words is not None and not ranged:
            parts.append("vide")
        elif not self.absent and self.words is None and not ranged:
            parts.append("sans les vides")
        return ", ".join(part for part in parts if part)


def _below(value: Any, bound: Any) -> bool:
    if value is None or bound is None:
        return False
    if isinstance(value, datetime.date) != isinstance(bound, datetime.date):
        return False
    return bool(value < bound)


def _bound(bound: Bound) -> str:
    if isinstance(bound, datetime.date):
        return short_date(bound)
    return "" if bound is None else number(bound, 0 if float(bound).is_integer() else 1)

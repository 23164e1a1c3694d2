"""Which columns of a table are seen, in which order and how wide, as a text that is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NARROWEST, WIDEST = 40, 900


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Columns by their headers. order: as on the screen, empty for the usual one; widths: in pixels at 100 %.

    asked: columns that the user wants even where room lacks.
    """

    hidden: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """The text to keep; empty for the usual layout."""
        if self == ColumnLayout():
            return ""
        told = {
            "hidden": sorted(self.hidden), "asked": sorted(self.asked), "order": list(self.order),
            "widths": dict(self.widths),
        }  # fmt: skip
        return json.dumps(told, ensure_ascii=False)

    def placed(self, headers: Sequence[str]) -> list[str]:
        """Headers in the order chosen; columns that the order does not know come last."""
        known = [header for header in self.order if header in headers]
        return [*known, *(header for header in headers if header not in known)]


def read_layout(text: str) -> ColumnLayout:
    """Return the layout that a text holds; the usual one for a text that cannot be read."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return ColumnLayout()
    if not isinstance(told, dict):
        return ColumnLayout()
    widths = told.get("widths")
    kept = widths if isinstance(widths, dict) else {}
    return ColumnLayout(
        hidden=frozenset(_words(told.get("hidden"))),
        asked=frozenset(_words(told.get("asked"))),
        order=tuple(_words(told.get("order"))),
        widths={
            str(header): min(max(width, NARROWEST), WIDEST)
            for header, width in kept.items()
            if isinstance(width, int)
        },
    )


def _words(found: Any) -> list[str]:
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []

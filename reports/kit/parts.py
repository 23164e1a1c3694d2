"""Small parts of blocks: tones, formats of pages, statuses, columns and looks of rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a callout or a chip is about; always said by a word and a shape besides the colour."""

    READING = "lecture"
    NOTE = "note"
    WARNING = "attention"
    BLOCKING = "bloquant"
    DECISION = "decision"
    FICTITIOUS = "fictif"


class Paper(StrEnum):
    """Format of pages."""

    A4 = "a4"
    A4_LANDSCAPE = "a4-paysage"
    A3_LANDSCAPE = "a3-paysage"


@dataclass(frozen=True, slots=True)
class Chip:
    """A status in a cell or a heading: shape, word and colour; code among `reports.kit.signs.SIGNS`."""

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: header, alignment (left, right, centre), share of the width (0: from its content).

    group: header above several neighbour columns of the same group.
    """

    head: str
    align: str = "left"
    width: float = 0.0
    group: str = ""


class RowKind(StrEnum):
    """Look of a row."""

    PLAIN = "ligne"
    FOCUS = "etudie"
    TOTAL = "total"
    REFERENCE = "repere"
    GROUP = "groupe"
    """A title across the table, kept with the row after it and repeated after a page break."""

"""Items of a diagnostic: blocks ready to print, landscape pages, cross references, people by age or type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from reports.diagnostic_content import Item
    from reports.kit.blocks import Block


@dataclass(frozen=True, slots=True)
class Ready:
    """Blocks of the engine made from figures that are already traced: charts, tables with statuses."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Landscape:
    """Items on landscape pages of their own."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class See:
    """A reference to a map, figure or table: « words carte 4 after »."""

    words: str
    key: str
    after: str = "."


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new page before what follows, so that it stays together."""


@dataclass(frozen=True, slots=True)
class PyramidItem:
    """Population by age, youngest first; around: the same counts of a wider territory, for its shape."""

    caption: str
    ages: tuple[str, ...]
    women: tuple[Value, ...]
    men: tuple[Value, ...]
    around_women: tuple[Value, ...] = ()
    around_men: tuple[Value, ...] = ()
    outline_name: str = ""
    """« des Deux-Sèvres »."""


@dataclass(frozen=True, slots=True)
class BarsItem:
    """Counts of several indicators of one territory, as lying bars under their short labels."""

    caption: str
    values: tuple[Value, ...]

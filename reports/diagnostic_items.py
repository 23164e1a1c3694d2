"""Items of a diagnostic that hold blocks ready to print, landscape pages and cross references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

"""Pyramids and bars of a diagnostic: the charts made of items that hold values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.domain.french import THIN
from reports.diagnostic_items import BarsItem, PyramidItem
from reports.diagnostic_text import printed
from reports.kit.blocks import Block, ChartBlock
from reports.kit.charts import Bar, HorizontalBars, Pyramid

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from reports.diagnostic_content import Head


def pyramid_blocks(item: PyramidItem, head: Head) -> list[Block]:
    """Return the pyramid, with the shape of the wider territory as shares of everybody there."""
    wide = sum(value.number or 0.0 for value in (*item.around_women, *item.around_men))
    outlines = [
        tuple((value.number or 0.0) / wide * 100 for value in side) if wide else ()
        for side in (item.around_women, item.around_men)
    ]
    chart = Pyramid(
        item.ages,
        tuple(printed(value, head) for value in item.women),
        tuple(printed(value, head) for value in item.men),
        outlines[0],
        outlines[1],
        outline_name=item.outline_name if wide else "",
    )
    return [ChartBlock(chart, item.caption, source=sources_of((*item.women, *item.men)))]


def bars_blocks(item: BarsItem, head: Head) -> list[Block]:
    """Return lying bars."""
    bars = tuple(Bar(value.indicator.short_label, printed(value, head)) for value in item.values)
    return [ChartBlock(HorizontalBars(bars), item.caption, source=sources_of(item.values))]


def sources_of(values: Iterable[Value]) -> str:
    """Return « Cnaf, taux de couverture petite enfance » for the sources of values, each once."""
    names = dict.fromkeys(origin.source for value in values for origin in value.provenance)
    return f"{THIN}; ".join(name for name in names if name)

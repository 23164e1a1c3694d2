"""Items of a diagnostic turned into blocks of the booklet engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from app.domain.french import NBSP, THIN
from maps.palettes import MODES
from reports.diagnostic_content import (
    Absent,
    CommunesItem,
    Compared,
    DumbbellItem,
    EquipmentItem,
    FiguresItem,
    Framed,
    GlossaryItem,
    Head,
    HistoryItem,
    Item,
    MapItem,
    ModesItem,
    Points,
    Said,
    Side,
    StripItem,
    SwotItem,
    TableItem,
    Title,
)
from reports.diagnostic_items import BarsItem, Fresh, Landscape, PyramidItem, Ready, See
from reports.diagnostic_people import bars_blocks, pyramid_blocks, sources_of
from reports.diagnostic_tables import communes_table, equipment_table, modes_table, words_table
from reports.diagnostic_text import inline, paragraph_text, printed
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    Callout,
    ChartBlock,
    Glossary,
    Heading,
    KeyNumber,
    KeyNumbers,
    MapBlock,
    Missing,
    PageBreak,
    Paper,
    Paragraph,
    Swot,
    Tone,
)
from reports.kit.charts import (
    Bar,
    Bars,
    DotStrip,
    Dumbbell,
    Dumbbells,
    Line,
    Part,
    Stacked,
    StackRow,
    StripRow,
    Style,
    Trend,
    TrendPoint,
    TrendSeries,
)
from reports.kit.printed import Ref

BESIDE = 296.0
"""Height of a map set beside something else, in points."""


def blocks_of(items: Iterable[Item], head: Head) -> tuple[Block, ...]:
    """Return the blocks of the items of a section, in order."""
    found: list[Block] = []
    for item in items:
        found += _BUILDERS[type(item)](item, head)
    return tuple(found)


def _absent(item: Absent, _: Head) -> list[Block]:
    return [Missing(f"{item.what}{THIN}:", f"{item.how}.")]


def _title(item: Title, _: Head) -> list[Block]:
    return [Heading(item.text)]


def _said(item: Said, head: Head) -> list[Block]:
    if not item.sentences:
        return []
    return [Paragraph(paragraph_text(item.sentences, head), lead=item.lead, small=item.small)]


def _framed(item: Framed, _: Head) -> list[Block]:
    return [Callout(item.text, Tone(item.tone), item.title)]


def _points(item: Points, _: Head) -> list[Block]:
    return [Bullets(item.items, ordered=item.numbered)] if item.items else []


def _side(item: Side, head: Head) -> list[Block]:
    left, right = (blocks_of((_lower(found),), head) for found in (item.left, item.right))
    return [Beside(left, right, item.share)]


def _lower(item: Item) -> Item:
    """Return a map with the height that leaves room on a page for what goes with it."""
    return replace(item, height=BESIDE) if isinstance(item, MapItem) and not item.height else item


def _map(item: MapItem, head: Head) -> list[Block]:
    values = tuple(printed(value, head) for value in item.values)
    block = MapBlock(item.choropleth, item.caption, key=item.key, height=item.height, values=values)
    if not item.wide:
        return [block]
    return [PageBreak(Paper.A4_LANDSCAPE), block, PageBreak(Paper.A4)]


def _landscape(item: Landscape, head: Head) -> list[Block]:
    return [PageBreak(Paper.A4_LANDSCAPE), *blocks_of(item.items, head), PageBreak(Paper.A4)]


def _ready(item: Ready, _: Head) -> list[Block]:
    return list(item.blocks)


def _see(item: See, _: Head) -> list[Block]:
    return [Paragraph((f"{item.words} ", Ref(item.key), item.after), small=True)]


def _fresh(_item: Fresh, _: Head) -> list[Block]:
    return [PageBreak(Paper.A4)]


def key_number(item: Compared, head: Head) -> KeyNumber:
    """Return a figure with its references, spread and rank."""
    ranking = item.ranking
    return KeyNumber(
        label=item.indicator.short_label,
        value=printed(item.value, head),
        unit=f"{item.indicator.unit}, {item.value.year}",
        references=tuple((c.place.name, printed(c.value, head)) for c in item.references),
        spread=(ranking.low, ranking.median, ranking.high, ranking.count) if ranking else None,
        rank=(ranking.rank, ranking.count) if ranking else None,
        peers=tuple(v.number for _, v in item.peers if v.number is not None),
        decimals=item.indicator.decimals,
    )


def _figures(item: FiguresItem, head: Head) -> list[Block]:
    return [KeyNumbers(tuple(key_number(found, head) for found in item.items), item.columns)]


def _modes(item: ModesItem, head: Head) -> list[Block]:
    if item.table:
        return [modes_table(item, head)]
    parts = tuple(Part(one.short_label, MODES.get(one.code, "")) for one, _ in item.rows[0].parts)
    rows = tuple(
        StackRow(
            row.name,
            tuple(printed(value, head) for _, value in row.parts),
            printed(row.total, head),
            focus=row.is_focus,
            apart=rank >= len(item.rows) - item.references,
        )
        for rank, row in enumerate(item.rows)
    )
    chart = Stacked(parts, rows, "places pour 100 enfants de moins de 3 ans")
    note = f"Les parts étant arrondies, leur somme peut différer de 0,1{NBSP}point de l’ensemble."
    source = sources_of(row.total for row in item.rows)
    return [ChartBlock(chart, item.caption, source=source, note=note)]


def _communes(item: CommunesItem, head: Head) -> list[Block]:
    return [communes_table(item, head)]


def _equipment(item: EquipmentItem, _: Head) -> list[Block]:
    return [equipment_table(item)]


def _table(item: TableItem, _: Head) -> list[Block]:
    return [words_table(item)]


def _history(item: HistoryItem, head: Head) -> list[Block]:
    values = [value for _, series in item.series for value in series]
    years = sorted({value.year for value in values})
    if len(item.series) == 1 and len(years) <= 6:
        bars = tuple(Bar(str(value.year), printed(value, head)) for value in item.series[0][1])
        chart: Any = Bars(bars, unit=values[0].indicator.unit)
    else:
        chart = Trend(
            tuple(
                TrendSeries(
                    name,
                    Style.ACTUAL if rank == 0 else Style.REFERENCE,
                    tuple(TrendPoint(value.year, printed(value, head)) for value in series),
                )
                for rank, (name, series) in enumerate(item.series)
            ),
            ticks=tuple((float(year), str(year)) for year in years),
            unit=values[0].indicator.unit,
        )
    return [ChartBlock(chart, item.caption, source=sources_of(values), key=item.key)]


def _dumbbells(item: DumbbellItem, head: Head) -> list[Block]:
    rows = tuple(
        Dumbbell(
            found.indicator.short_label,
            printed(found.value, head),
            printed(found.references[0].value, head),
            found.indicator.unit,
        )
        for found in item.items
    )
    chart = Dumbbells(rows, item.names, own_scale=True)
    note = "Chaque ligne a sa propre échelle, les unités étant différentes."
    return [ChartBlock(chart, item.caption, source=sources_of(f.value for f in item.items), note=note)]


def _strip(item: StripItem, head: Head) -> list[Block]:
    rows = tuple(
        StripRow(
            found.indicator.short_label,
            tuple((name, printed(value, head)) for name, value in found.peers),
            item.focus,
            tuple(Line(c.place.name, printed(c.value, head)) for c in found.references),
        )
        for found in item.items
    )
    unit = item.items[0].indicator.unit
    chart = DotStrip(rows, unit, item.items[0].indicator.decimals)
    return [ChartBlock(chart, item.caption, source=sources_of(f.value for f in item.items))]


def _swot(item: SwotItem, head: Head) -> list[Block]:
    lists = (item.strengths, item.weaknesses, item.opportunities, item.threats)
    return [Swot(*(tuple(inline(s.pieces, head) for s in found) for found in lists))]


def _glossary(item: GlossaryItem, _: Head) -> list[Block]:
    return [Glossary(item.terms)]


_BUILDERS: dict[type, Callable[[Any, Head], list[Block]]] = {
    Absent: _absent,
    BarsItem: bars_blocks,
    CommunesItem: _communes,
    DumbbellItem: _dumbbells,
    EquipmentItem: _equipment,
    FiguresItem: _figures,
    Framed: _framed,
    Fresh: _fresh,
    GlossaryItem: _glossary,
    HistoryItem: _history,
    Landscape: _landscape,
    MapItem: _map,
    ModesItem: _modes,
    Points: _points,
    PyramidItem: pyramid_blocks,
    Ready: _ready,
    Said: _said,
    See: _see,
    Side: _side,
    StripItem: _strip,
    SwotItem: _swot,
    TableItem: _table,
    Title: _title,
}

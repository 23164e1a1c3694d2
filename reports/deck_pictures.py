"""Charts and maps of slides as pictures: drawn by the kit, narrow enough to be read from afar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from maps.choropleth import Choropleth
from reports.deck_content import Picture
from reports.docx_pictures import EDGE, rendered
from reports.kit.blocks import ChartBlock, Document, MapBlock
from reports.kit.charts import DotStrip, Dumbbells, GaugePair, HorizontalBars
from reports.kit.desk import Captions, Desk
from reports.kit.draw_chart import chart_numbers
from reports.kit.lay_figures import chart_piece
from reports.kit.lay_maps import map_piece
from reports.kit.notes import Notes
from reports.kit.paper import Paper

DPI = 300
CHART_WIDTH = 330.0
"""Points: letters of 7 points are read as 14 once the picture fills a slide."""
MAP_WIDTH, MAP_HEIGHT = 250.0, 320.0
SMALL_WIDTH, SMALL_HEIGHT = 200.0, 270.0
"""Of three maps or four on one slide."""
FEW = 2


def pictures_of(groups: Iterable[tuple[Picture, ...]], document: Document) -> dict[int, bytes]:
    """Return the PNG of each picture by identity; groups: pictures of one slide together."""
    desk = Desk(document, Captions(()), Notes(annexed=False))
    paper = Paper("Figures", "", "", datetime.date(2000, 1, 1), grey=document.grey)
    order: list[int] = []
    for group in groups:
        for block in group:
            if id(block) in order:
                continue
            order.append(id(block))
            _draw(paper, block, desk, small=len(group) > FEW)
    if not order:
        return {}
    return dict(zip(order, rendered(paper.finish(), DPI), strict=True))


def _draw(paper: Paper, block: Picture, desk: Desk, *, small: bool) -> None:
    if isinstance(block, MapBlock):
        width, height = (SMALL_WIDTH, SMALL_HEIGHT) if small else (MAP_WIDTH, MAP_HEIGHT)
        piece = map_piece(replace(_bare(block), height=height, note=""), width, desk, 0.0, ())
    else:
        width = _chart_width(block)
        piece = chart_piece(replace(block, height=0.0), width, tuple(chart_numbers(block.chart)))
    paper.begin_sheet(width + 2 * EDGE, piece.height + 2 * EDGE)
    if piece.draw is not None:
        piece.draw(paper, EDGE, EDGE)


def _bare(block: MapBlock) -> MapBlock:
    """The map with its classes only: sentences and sources are in the notes of the slide."""
    drawn = block.choropleth
    if not isinstance(drawn, Choropleth):
        return block
    return replace(block, choropleth=replace(drawn, notes=(), sources=()))


def _chart_width(block: ChartBlock) -> float:
    long_names = isinstance(block.chart, Dumbbells | DotStrip | GaugePair | HorizontalBars)
    return CHART_WIDTH + 40.0 if long_names else CHART_WIDTH

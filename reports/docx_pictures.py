"""Charts and maps as pictures: drawn once by the kit on one PDF, rendered page by page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from io import BytesIO

from reports.kit.blocks import Beside, Block, ChartBlock, Document, MapBlock, PageBreak
from reports.kit.blocks import Paper as Format
from reports.kit.desk import Desk, Piece
from reports.kit.draw_chart import chart_numbers
from reports.kit.lay_figures import chart_piece
from reports.kit.lay_maps import map_piece
from reports.kit.paper import Paper

DPI = 170
PALETTE = 256
"""Colours of a picture: drawings have few, the rest are the soft edges of their lines."""
MAP_WIDTH = 380.0
"""Width of a map on an upright page, in points."""
EDGE = 3.0


def pictures_of(document: Document, desk: Desk) -> dict[int, tuple[bytes, float]]:
    """Return the PNG and the width in points of each chart and map, by identity of its block."""
    found = list(_figures(document))
    if not found:
        return {}
    paper = Paper("Figures", "", "", datetime.date(2000, 1, 1), grey=document.grey)
    widths = []
    for block, format_ in found:
        desk.paper = format_
        desk.used = 60.0
        piece, width = _piece(block, desk)
        paper.begin_sheet(width + 2 * EDGE, piece.height + 2 * EDGE)
        if piece.draw is not None:
            piece.draw(paper, EDGE, EDGE)
        widths.append(width)
    desk.paper = Format.A4
    images = rendered(paper.finish())
    return {id(block): (image, width) for (block, _), image, width in zip(found, images, widths, strict=True)}


def _figures(document: Document) -> Iterable[tuple[ChartBlock | MapBlock, Format]]:
    """Yield charts and maps in order, with the format of their page."""
    for section in document.sections:
        format_ = Format.A4
        for block in section.blocks:
            if isinstance(block, PageBreak):
                format_ = block.paper
            for one in _flat(block):
                if isinstance(one, ChartBlock | MapBlock):
                    yield one, format_


def _flat(block: Block) -> Iterable[Block]:
    if isinstance(block, Beside):
        for one in (*block.left, *block.right):
            yield from _flat(one)
    else:
        yield block


def _piece(block: ChartBlock | MapBlock, desk: Desk) -> tuple[Piece, float]:
    if isinstance(block, ChartBlock):
        width = desk.width
        return chart_piece(block, width, tuple(chart_numbers(block.chart))), width
    width = MAP_WIDTH if desk.paper is Format.A4 and block.height < 1 else desk.width
    return map_piece(block, width, desk, desk.used, ()), width


def rendered(pdf: bytes, dpi: int = DPI) -> list[bytes]:
    """Return each page of a PDF as a PNG of a palette: a third of the weight, flat colours kept exactly."""
    import pypdfium2
    from PIL.Image import Dither, Quantize

    document = pypdfium2.PdfDocument(pdf)
    try:
        images = []
        for page in document:
            buffer = BytesIO()
            picture = page.render(scale=dpi / 72).to_pil().convert("RGB")
            few = picture.quantize(PALETTE, method=Quantize.MEDIANCUT, dither=Dither.NONE)
            few.save(buffer, "PNG", dpi=(dpi, dpi), optimize=False, compress_level=6)
            images.append(buffer.getvalue())
        return images
    finally:
        document.close()

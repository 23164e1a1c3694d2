"""A map, or several that share a legend, to a sheet of paper, an SVG or a PNG: one layout for all, light."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.domain.french import THIN, long_date
from maps.canvas import (
    DISPLAY,
    LINE,
    TEXT,
    TEXT2,
    TEXT3,
    VIOLET,
    VIOLET_SOFT,
    Box,
    Canvas,
    Face,
    Pen,
    wrap,
    write_lines,
)
from maps.choropleth import Choropleth
from maps.circles import highest_of
from maps.files import to_png, write_whole
from maps.grey import in_grey
from maps.key import draw_panel, draw_strip, strip_height
from maps.layers import Multiples
from maps.options import SHEETS, SheetOptions, sheet
from maps.pdf import PdfCanvas
from maps.plan import Plan
from maps.scaled import ScaledCanvas
from maps.sources import listed_sources
from maps.svg import SvgCanvas

__all__ = [
    "SHEETS",
    "SheetOptions",
    "draw_badge",
    "draw_sheet",
    "sheet",
    "source_words",
    "to_png",
    "write_map",
    "write_whole",
]

MARGIN = 34.0
PANEL = 172.0
"""Width of the legend beside a map."""
BADGE = "fictif"
CAPTION = Face(9.5, 600, TEXT)
CAPTION_ROOM = 17.0
GAP = 12.0
"""Space between two maps of a sheet."""

A4 = SheetOptions()

Content = Choropleth | Multiples


def draw_sheet(canvas: Canvas, content: Content, options: SheetOptions, box: Box | None = None) -> None:
    """Draw a whole sheet in the box: title, subtitle, map or maps, legend, notes, sources, date."""
    if options.zoom != 1.0:
        canvas = ScaledCanvas(canvas, options.zoom)
    maps = tuple(_prepared(choropleth, options) for choropleth in maps_of(content))
    page = options.page
    area = box or page.inset(min(MARGIN, page.w * 0.06))
    top = _draw_title(canvas, content, area) if options.title else area.y
    foot = _foot_lines(maps[0], options, area.w)
    bottom = area.bottom - 9.6 * len(foot) - 6
    captions = content.captions if isinstance(content, Multiples) else ()
    sheet_ = _Layout(canvas, maps, captions, options)
    middle = Box(area.x, top, area.w, bottom - top)
    if not options.legend:
        sheet_.maps_in(middle)
    elif area.w > area.h * 1.05:
        sheet_.beside(middle)
    else:
        sheet_.below(middle)
    _draw_foot(canvas, foot, options, area, bottom + 12)


def write_map(content: Content, path: Path, options: SheetOptions = A4, *, dpi: int = 150) -> None:
    """Write the sheet as .pdf, .svg or .png (the pdf drawn at `dpi` dots an inch); same map, same bytes.

    The file appears whole or not at all. Raises ValueError for another suffix.
    """
    suffix = path.suffix.lower()
    if suffix == ".svg":
        svg = SvgCanvas(options.width_pt, options.height_pt, content.title, content.subtitle)
        draw_sheet(svg, content, options)
        data = svg.finish()
    elif suffix in (".pdf", ".png"):
        pdf = PdfCanvas(options.width_pt, options.height_pt, content.title, content.subtitle)
        draw_sheet(pdf, content, options)
        data = pdf.finish() if suffix == ".pdf" else to_png(pdf.finish(), dpi)
    else:
        raise ValueError(f"no way to write a map as {suffix or 'a file without suffix'}")
    write_whole(path, data)


def maps_of(content: Content) -> tuple[Choropleth, ...]:
    """The maps of a sheet, one or several."""
    return content.maps if isinstance(content, Multiples) else (content,)


def is_fictitious(content: Content) -> bool:
    """True if anything on the sheet is invented."""
    return any(
        made.fictitious
        or bool(made.symbols and made.symbols.fictitious)
        or bool(made.second and made.second.fictitious)
        or any(layer.fictitious for layer in made.points)
        for made in maps_of(content)
    )


def draw_badge(canvas: Canvas, x: float, y: float, size: float = 7.5) -> float:
    """Draw the badge « fictif », dashed so that it is read in black and white too; return its width.

    y: base line of its word.
    """
    face = Face(size, 600, VIOLET)
    width = face.width(BADGE) + size * 1.3
    box = Box(x, y - size * 1.12, width, size * 1.62)
    canvas.rect(box, fill=VIOLET_SOFT, pen=Pen(VIOLET, 0.7, (2.0, 1.4)), radius=2.4)
    canvas.text(x + width / 2, y, BADGE, face, "middle")
    return width


def source_words(choropleth: Choropleth) -> str:
    """Return « Sources : Cnaf, 2023 ; fond approché (…). EPCI au 1ᵉʳ janvier 2026. »."""
    fond = f"{choropleth.fond.label}, EPCI au 1ᵉʳ janvier {choropleth.fond.millesime}"
    symbols = choropleth.symbols.sources if choropleth.symbols else ()
    layers = [layer.source for layer in choropleth.points]
    layers += [layer.source for layer in choropleth.zones]
    items = [*listed_sources([*choropleth.sources, *symbols, *layers]), fond]
    return f"{'Source' if len(items) == 1 else 'Sources'}{THIN}: {f'{THIN}; '.join(items)}."


def _prepared(choropleth: Choropleth, options: SheetOptions) -> Choropleth:
    made = replace(choropleth, textures=choropleth.textures or options.textures)
    return in_grey(made) if options.grey else made


def _draw_title(canvas: Canvas, content: Content, area: Box) -> float:
    face = Face(17, DISPLAY, TEXT)
    fictitious = is_fictitious(content)
    lines = wrap(content.title, face, area.w - (60 if fictitious else 0))
    y = write_lines(canvas, lines, area.x, area.y + 15, face, 21)
    if fictitious:
        draw_badge(canvas, area.x + face.width(lines[-1]) + 10, y - 22)
    under = Face(9.5, 400, TEXT2)
    return write_lines(canvas, wrap(content.subtitle, under, area.w), area.x, y - 5, under, 12.5) + 0.5


class _Layout:
    """One or several maps and their legend, in the boxes of a sheet."""

    def __init__(
        self, canvas: Canvas, maps: tuple[Choropleth, ...], captions: tuple[str, ...], options: SheetOptions
    ) -> None:
        self._canvas, self._maps, self._captions, self._options = canvas, maps, captions, options

    def beside(self, box: Box) -> None:
        """Maps at the left, the legend as a column at the right."""
        panel = min(PANEL, box.w * 0.3)
        plan = self.maps_in(Box(box.x, box.y, box.w - panel - 20, box.h))
        legend = Box(box.right - panel, box.y, panel, box.h)
        first, *others = self._maps
        draw_panel(self._canvas, first, legend, plan.radius_of_one, others=others, captions=self._captions)

    def below(self, box: Box) -> None:
        """Maps above, the legend as lines under them."""
        first, *others = self._maps
        height = strip_height(first, box.w, others)
        plan = self.maps_in(Box(box.x, box.y, box.w, box.h - height - 8))
        legend = Box(box.x, box.bottom - height, box.w, height)
        draw_strip(self._canvas, first, legend, plan.radius_of_one, others=others)

    def maps_in(self, box: Box) -> Plan:
        """Draw the maps in a grid that makes them as large as can be; return the first."""
        if len(self._maps) == 1:
            return self._map(self._maps[0], box, 0)
        left, low, right, high = self._maps[0].layer.bounds
        columns, rows = best_grid(len(self._maps), box, (right - left) / (high - low))
        width = (box.w - GAP * (columns - 1)) / columns
        height = (box.h - GAP * (rows - 1)) / rows
        plans = []
        for rank, choropleth in enumerate(self._maps):
            x = box.x + (rank % columns) * (width + GAP)
            y = box.y + (rank // columns) * (height + GAP)
            self._canvas.text(x, y + 9, self._captions[rank], CAPTION)
            cell = Box(x, y + CAPTION_ROOM, width, height - CAPTION_ROOM)
            plans.append(self._map(choropleth, cell, rank))
        return plans[0]

    def _map(self, choropleth: Choropleth, box: Box, rank: int) -> Plan:
        least = 0.6 if len(self._maps) == 1 else 0.8
        fine = min(max(min(box.w, box.h) / 400, least), 1.15)
        options, first = self._options, rank == 0
        highest = max(highest_of(made) for made in self._maps)
        plan = Plan(
            choropleth, box, options.labels, options.values, True, options.scale, options.north and first,
            fine, highest,
        )  # fmt: skip
        plan.draw(self._canvas)
        self._canvas.rect(box, pen=Pen(LINE, 0.6))
        return plan


def best_grid(count: int, box: Box, aspect: float) -> tuple[int, int]:
    """Columns and rows that show `count` maps of that aspect (width over height) the largest."""
    grids = [(columns, -(-count // columns)) for columns in range(1, count + 1)]

    def size(grid: tuple[int, int]) -> float:
        width = (box.w - GAP * (grid[0] - 1)) / grid[0]
        height = (box.h - GAP * (grid[1] - 1)) / grid[1] - CAPTION_ROOM
        return min(width / aspect, height)

    return max(grids, key=size)


def _foot_lines(choropleth: Choropleth, options: SheetOptions, width: float) -> list[str]:
    """Sources, cut so that who made the map stands at the right of the last line."""
    face = Face(7.2, 400, TEXT3)
    lines = wrap(source_words(choropleth), face, width)
    if face.width(lines[-1]) + face.width(_made(options)) + 20 > width:
        lines.append("")
    return lines


def _made(options: SheetOptions) -> str:
    """« Caf des Deux-Sèvres, Maillage, 19 novembre 2026 »: who, with what, when."""
    parts = [options.author, "Maillage", long_date(options.date) if options.date else ""]
    return ", ".join(part for part in parts if part)


def _draw_foot(canvas: Canvas, lines: list[str], options: SheetOptions, area: Box, y: float) -> None:
    face = Face(7.2, 400, TEXT3)
    under = write_lines(canvas, lines, area.x, y, face, 9.6)
    canvas.text(area.right, under - 9.6, _made(options), face, "end")

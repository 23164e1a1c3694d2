"""A choropleth to a sheet of paper, an SVG or a PNG: one layout for all, always in the light palette."""

from __future__ import annotations

import datetime
import errno
import os
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from app.domain.errors import DiskFull, WriteRefused
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
from maps.key import draw_panel, draw_strip, strip_height
from maps.palettes import palette
from maps.pdf import PdfCanvas
from maps.plan import Plan
from maps.svg import SvgCanvas

MARGIN = 34.0
PANEL = 172.0
"""Width of the legend beside a map."""
BADGE = "fictif"


@dataclass(frozen=True)
class SheetOptions:
    """What a sheet shows; sizes in points, A4 landscape first."""

    width_pt: float = 842
    height_pt: float = 595
    labels: bool = True
    values: bool = True
    title: bool = True
    legend: bool = True
    scale: bool = True
    north: bool = True
    date: datetime.date | None = None
    grey: bool = False


def draw_sheet(canvas: Canvas, choropleth: Choropleth, options: SheetOptions, box: Box | None = None) -> None:
    """Draw a whole sheet in the box: title, subtitle, map, legend, notes, sources, date."""
    if options.grey:
        choropleth = replace(choropleth, palette=palette("gris", len(choropleth.palette)))
    page = Box(0, 0, options.width_pt, options.height_pt)
    area = box or page.inset(min(MARGIN, options.width_pt * 0.06))
    top = _draw_title(canvas, choropleth, area) if options.title else area.y
    foot = _foot_lines(choropleth, area.w)
    bottom = area.bottom - 9.6 * len(foot) - 6
    middle = Box(area.x, top, area.w, bottom - top)
    if not options.legend:
        _draw_map(canvas, choropleth, options, middle)
    elif area.w > area.h * 1.05:
        _draw_beside(canvas, choropleth, options, middle)
    else:
        _draw_below(canvas, choropleth, options, middle)
    _draw_foot(canvas, foot, options, area, bottom + 12)


def write_map(
    choropleth: Choropleth,
    path: Path,
    options: SheetOptions = SheetOptions(),
    *,
    dpi: int = 150,
) -> None:
    """Write the sheet as .pdf, .svg or .png (the pdf drawn at `dpi` dots an inch); same map, same bytes.

    The file appears whole or not at all. Raises ValueError for another suffix.
    """
    suffix = path.suffix.lower()
    if suffix == ".svg":
        svg = SvgCanvas(options.width_pt, options.height_pt, choropleth.title, choropleth.subtitle)
        draw_sheet(svg, choropleth, options)
        data = svg.finish()
    elif suffix in (".pdf", ".png"):
        pdf = PdfCanvas(options.width_pt, options.height_pt, choropleth.title, choropleth.subtitle)
        draw_sheet(pdf, choropleth, options)
        data = pdf.finish() if suffix == ".pdf" else to_png(pdf.finish(), dpi)
    else:
        raise ValueError(f"no way to write a map as {suffix or 'a file without suffix'}")
    write_whole(path, data)


def to_png(pdf: bytes, dpi: int, page: int = 0) -> bytes:
    """Return one page of a PDF as a PNG at `dpi` dots an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[page].render(scale=dpi / 72).to_pil()
        buffer = BytesIO()
        image.save(buffer, "PNG", dpi=(dpi, dpi))
        return buffer.getvalue()
    finally:
        document.close()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then rename it: a failure leaves what was there.

    Raises DiskFull, or WriteRefused when the system says no.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise DiskFull(path, disk=str(path.parent)) from error
        raise WriteRefused(path, reason=error.strerror or str(error)) from error


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
    items = [*choropleth.sources, fond]
    return f"{'Source' if len(items) == 1 else 'Sources'}{THIN}: {f'{THIN}; '.join(items)}."


def _draw_title(canvas: Canvas, choropleth: Choropleth, area: Box) -> float:
    face = Face(17, DISPLAY, TEXT)
    room = area.w - (60 if choropleth.fictitious else 0)
    lines = wrap(choropleth.title, face, room)
    y = write_lines(canvas, lines, area.x, area.y + 15, face, 21)
    if choropleth.fictitious:
        draw_badge(canvas, area.x + face.width(lines[-1]) + 10, y - 22)
    canvas.text(area.x, y - 5, choropleth.subtitle, Face(9.5, 400, TEXT2))
    return y + 8


def _draw_map(canvas: Canvas, choropleth: Choropleth, options: SheetOptions, box: Box) -> Plan:
    fine = min(max(min(box.w, box.h) / 400, 0.6), 1.15)
    plan = Plan(choropleth, box, options.labels, options.values, True, options.scale, options.north, fine)
    plan.draw(canvas)
    canvas.rect(box, pen=Pen(LINE, 0.6))
    return plan


def _draw_beside(canvas: Canvas, choropleth: Choropleth, options: SheetOptions, box: Box) -> None:
    panel = min(PANEL, box.w * 0.3)
    plan = _draw_map(canvas, choropleth, options, Box(box.x, box.y, box.w - panel - 20, box.h))
    legend = Box(box.right - panel, box.y, panel, box.h)
    draw_panel(canvas, choropleth, legend, plan.radius_of_one)


def _draw_below(canvas: Canvas, choropleth: Choropleth, options: SheetOptions, box: Box) -> None:
    height = strip_height(choropleth, box.w)
    plan = _draw_map(canvas, choropleth, options, Box(box.x, box.y, box.w, box.h - height - 8))
    draw_strip(canvas, choropleth, Box(box.x, box.bottom - height, box.w, height), plan.radius_of_one)


def _foot_lines(choropleth: Choropleth, width: float) -> list[str]:
    return wrap(source_words(choropleth), Face(7.2, 400, TEXT3), width - 130)


def _draw_foot(canvas: Canvas, lines: list[str], options: SheetOptions, area: Box, y: float) -> None:
    face = Face(7.2, 400, TEXT3)
    write_lines(canvas, lines, area.x, y, face, 9.6)
    made = f"Maillage, {long_date(options.date)}" if options.date else "Maillage"
    canvas.text(area.right, y, made, face, "end")

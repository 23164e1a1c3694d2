"""Pages of PDF per second: our sheets and fiches, against the same map by other writers in the same run.

Run: python -m tests.benchmarks.bench_pdf. matplotlib is compared where it is installed; it is no dependency.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import shapely

from app.domain.territory import Level
from maps.build import build_choropleth
from maps.canvas import Box, Pen
from maps.choropleth import Choropleth, Fond
from maps.draw import SheetOptions, draw_sheet
from maps.pdf import PdfCanvas
from maps.sketch import frame_for, on_paper, rings_of
from reports.fiche import fiche_bytes
from tests.maps.samples import SIDE, fond, layer, series
from tests.reports.contents import content

PAGES = 12
SIDE_CELLS = 16
POINTS = 40
OPTIONS = SheetOptions()


def wavy_cells() -> list[Any]:
    """256 cells with shared wavy borders: as many vertices as communes of a département."""
    steps = np.linspace(0.0, 1.0, POINTS)
    wave = 0.06 * np.sin(steps * 6 * np.pi) * SIDE

    def edge(x: float, y: float, along: int) -> np.ndarray[Any, Any]:
        line = np.column_stack([np.full(POINTS, x), np.full(POINTS, y)])
        line[:, along] += steps * SIDE
        line[:, 1 - along] += wave
        return line

    cells = []
    for i in range(SIDE_CELLS):
        for j in range(SIDE_CELLS):
            x, y = i * SIDE, j * SIDE
            ring = [edge(x, y, 0), edge(x + SIDE, y, 1), edge(x, y + SIDE, 0)[::-1], edge(x, y, 1)[::-1]]
            cells.append(shapely.Polygon(np.vstack(ring)))
    return cells


def detailed() -> Choropleth:
    """A map of 256 communes with realistic detail."""
    small, cells = fond(), wavy_cells()
    codes = [f"79{i:03d}" for i in range(len(cells))]
    communes = layer(
        Level.COMMUNE, codes, [f"Commune {i}" for i in range(len(cells))], cells, [""] * len(cells)
    )
    whole = Fond(2154, communes, small.epcis, small.departements, small.neighbours, small.label, 2026, True)
    values = series(level=Level.COMMUNE)
    numbers = np.linspace(50.0, 90.0, len(codes))
    states = np.zeros(len(codes), dtype=np.uint8)
    return build_choropleth(
        whole,
        type(values)(values.indicator, Level.COMMUNE, 2023, tuple(codes), numbers, states),
        level=Level.COMMUNE,
    )


def per_second(pages: int, work: Callable[[], object]) -> float:
    """Pages a second, best of three after a first run that loads fonts and modules."""
    work()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return pages / min(times)


def ours(choropleth: Choropleth) -> bytes:
    """Whole sheets: title, map, labels, legend, sources."""
    pdf = PdfCanvas(OPTIONS.width_pt, OPTIONS.height_pt, "Essai")
    for _ in range(PAGES):
        draw_sheet(pdf, choropleth, OPTIONS)
        pdf.next_page()
    return pdf.finish()


def bare(choropleth: Choropleth) -> bytes:
    """The bare polygons through our canvas, to compare like with like."""
    pdf = PdfCanvas(OPTIONS.width_pt, OPTIONS.height_pt, "Essai")
    for _ in range(PAGES):
        polygons = choropleth.layer.polygons
        shapes = on_paper(polygons, frame_for(polygons, Box(30, 30, 780, 530)))
        for rank, colour in enumerate(choropleth.palette):
            pdf.path(rings_of(shapes[choropleth.class_of == rank]), fill=colour, pen=Pen("#000000", 1))
        pdf.next_page()
    return pdf.finish()


def by_drawings(choropleth: Choropleth) -> bytes:
    """The bare polygons through reportlab Drawings."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.shapes import Drawing, Polygon
    from reportlab.lib.colors import HexColor
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    sheet = Canvas(buffer, pagesize=(842, 595))
    for _ in range(PAGES):
        polygons = choropleth.layer.polygons
        drawing = Drawing(842, 595)
        rings = rings_of(on_paper(polygons, frame_for(polygons, Box(30, 30, 780, 530))))
        for ring, rank in zip(rings, choropleth.class_of, strict=True):
            drawing.add(Polygon(ring.ravel().tolist(), fillColor=HexColor(choropleth.palette[int(rank)])))
        renderPDF.draw(drawing, sheet, 0, 0)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def by_matplotlib(choropleth: Choropleth) -> bytes | None:
    """The bare polygons through matplotlib PdfPages; None where matplotlib is not installed."""
    try:
        from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
        from matplotlib.collections import PolyCollection
        from matplotlib.figure import Figure
    except ImportError:
        return None
    buffer = BytesIO()
    with PdfPages(buffer) as pages:
        for _ in range(PAGES):
            figure = Figure(figsize=(11.7, 8.27))
            FigureCanvasPdf(figure)
            axes = figure.add_subplot()
            shapes = [np.asarray(p.exterior.coords) for p in choropleth.layer.polygons]
            colours = [choropleth.palette[int(rank)] for rank in choropleth.class_of]
            axes.add_collection(PolyCollection(shapes, facecolors=colours, edgecolors="white"))
            axes.autoscale()
            pages.savefig(figure)
    return buffer.getvalue()


def main() -> None:
    """Print pages a second and ratios."""
    choropleth, fiche = detailed(), content(60, 12)
    sheets = per_second(PAGES, lambda: ours(choropleth))
    size = len(ours(choropleth)) / PAGES / 1000
    print(f"sheets, 256 communes, whole layout: {sheets:.1f} pages/s, {size:.0f} kB a page")
    print(f"fiche, 60 communes: {per_second(2, lambda: fiche_bytes(fiche)):.1f} pages/s")
    drawings = per_second(PAGES, lambda: by_drawings(choropleth))
    plain = per_second(PAGES, lambda: bare(choropleth))
    print(f"bare polygons, our canvas: {plain:.1f} pages/s")
    print(f"bare polygons, reportlab Drawings: {drawings:.1f} pages/s; ratio {plain / drawings:.2f}")
    if by_matplotlib(choropleth) is None:
        print("matplotlib is not installed: not compared")
        return
    peer = per_second(PAGES, lambda: by_matplotlib(choropleth))
    print(f"bare polygons, matplotlib PdfPages: {peer:.1f} pages/s; ratio {plain / peer:.2f}")


if __name__ == "__main__":
    main()

"""A booklet of about 35 pages with 12 maps and 20 charts: time, size, memory, ratios to two peers.

Run: python -m tests.benchmarks.bench_booklet. The outlines are those of Deux-Sèvres (252 communes). The peer
draws the same pages with matplotlib PdfPages: maps as polygon collections, charts as bars and lines, text as
lines of text. It lays out nothing (no wrap, no contents, no link), so that the ratio flatters it. WeasyPrint
sets text and tables, with maps and charts handed to it as SVG.
"""

from __future__ import annotations

import datetime
import resource
import sys
import time
from importlib import import_module
from io import BytesIO
from itertools import cycle, islice
from typing import Any

import numpy as np
import shapely

from app.domain.indicator import Series
from app.domain.reference import load_reference
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.choropleth import Choropleth, Fond
from maps.geometry import approximate_fond
from reports.kit.blocks import (
    Beside,
    Block,
    ChartBlock,
    Document,
    Heading,
    MapBlock,
    PageBreak,
    Paper,
    Paragraph,
    Section,
)
from reports.kit.write import pdf_bytes
from tests.maps.samples import BREAKS, indicator
from tests.reports.booklets import LONG, every_chart, table, words_table
from tests.reports.pdfs import sizes

MAPS, CHARTS, TABLES = 12, 20, 10
TARGET_S, TARGET_MB, TARGET_RAM_MB, TARGET_RATIO = 3.0, 2.0, 400.0, 4.0


def maps_of(fond: Fond) -> list[Choropleth]:
    """Eight maps of all Epci, four of the communes of one Epci, as in a diagnostic."""
    made = [choropleth(fond, Level.EPCI, seed, ()) for seed in range(8)]
    chosen = fond.epcis.codes[2:6]
    return made + [choropleth(fond, Level.COMMUNE, seed, (code,)) for seed, code in enumerate(chosen)]


def choropleth(fond: Fond, level: Level, seed: int, epcis: tuple[str, ...]) -> Choropleth:
    """A map with invented rates; epcis: those whose communes are shown."""
    from app.services.maps import narrowed

    held = narrowed(fond, epcis, None) if epcis else fond
    layer = held.communes if level is Level.COMMUNE else held.epcis
    numbers = np.random.default_rng(seed).uniform(40, 100, len(layer.codes)).round(1)
    series = Series(
        indicator(breaks=BREAKS), level, 2023, layer.codes, numbers, np.zeros(len(numbers), np.uint8),
        sources=("Cnaf, data.caf.fr, 2023",),
    )  # fmt: skip
    return build_choropleth(
        held, series, level=level, title=f"Taux de couverture {seed}", selected=layer.codes[0]
    )


def document(maps: list[Choropleth]) -> Document:
    """Chapters with texts, maps on landscape pages or beside charts, charts, tables."""
    charts = list(islice(cycle(every_chart().values()), CHARTS))
    sections: list[Section] = []
    for rank in range(TABLES):
        blocks: list[Block] = [Paragraph(LONG * 2, lead=True), Heading("Ce que montrent les chiffres")]
        pair = charts[2 * rank : 2 * rank + 2]
        if rank < 6:
            column = (ChartBlock(pair[0], "Figure du chapitre", source="Cnaf, 2023"),)
            blocks.append(Beside((MapBlock(maps[rank]),), column, 0.5))
            blocks.append(ChartBlock(pair[1], "Autre figure", source="Cnaf, 2023"))
        else:
            blocks += [ChartBlock(chart, "Figure", source="Cnaf, 2023") for chart in pair]
        blocks += [Paragraph(LONG * 4), table(16), words_table(14), Paragraph(LONG * 3)]
        if rank < 6:
            blocks += [PageBreak(Paper.A4_LANDSCAPE), MapBlock(maps[6 + rank])]
        sections.append(Section(f"Chapitre {rank + 1}", tuple(blocks), str(rank + 1)))
    return Document(
        "Diagnostic partagé", tuple(sections), datetime.date(2026, 11, 19), territory="CC d’essai"
    )


def by_matplotlib(maps: list[Choropleth], pages: int) -> bytes | None:
    """The same pages by matplotlib PdfPages; None where it is not installed."""
    try:
        from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
        from matplotlib.figure import Figure
    except ImportError:
        return None
    buffer = BytesIO()
    rng = np.random.default_rng(1)
    charts = [2 if page < CHARTS // 2 else 0 for page in range(pages)]
    with PdfPages(buffer) as book:
        for page in range(pages):
            figure = Figure(figsize=(8.27, 11.69))
            FigureCanvasPdf(figure)
            if page < len(maps):
                _draw_map(figure, maps[page])
            for rank in range(charts[page]):
                axes = figure.add_axes((0.1 + 0.45 * rank, 0.08, 0.36, 0.3))
                axes.barh([f"Territoire {i}" for i in range(10)], rng.uniform(10, 90, 10))
                axes.axvline(60.9, ls="--")
            for line in range(34):
                figure.text(0.08, 0.96 - 0.008 * line, LONG[:120], fontsize=6)
            book.savefig(figure)
    return buffer.getvalue()


def _draw_map(figure: Any, choropleth_: Choropleth) -> None:
    from matplotlib.collections import PolyCollection

    axes = figure.add_axes((0.08, 0.42, 0.84, 0.28))
    layer = choropleth_.layer
    rings = [np.asarray(shapely.get_coordinates(polygon)) for polygon in layer.polygons]
    colours = [choropleth_.palette[int(rank)] for rank in choropleth_.class_of]
    axes.add_collection(PolyCollection(rings, facecolors=colours, edgecolors="white"))
    under = [np.asarray(shapely.get_coordinates(polygon)) for polygon in choropleth_.fond.communes.polygons]
    axes.add_collection(PolyCollection(under, facecolors="none", edgecolors="white", linewidths=0.3))
    for (x, y), name, value in zip(layer.label_xy, layer.names, choropleth_.numbers, strict=True):
        axes.text(x, y, f"{name}\n{value:.1f}", fontsize=5, ha="center")
    axes.autoscale()
    axes.set_aspect("equal")
    axes.set_axis_off()


def by_weasyprint(maps: list[Choropleth], pages: int) -> bytes | None:
    """The same pages by WeasyPrint, maps and charts as SVG made beforehand; None where it is not there."""
    try:
        html: Any = import_module("weasyprint").HTML
    except ImportError:
        return None
    rng = np.random.default_rng(1)
    parts = []
    for page in range(pages):
        drawn = _svg_map(maps[page]) if page < len(maps) else ""
        bars = "".join(_svg_bars(rng) for _ in range(2 if page < CHARTS // 2 else 0))
        rows = "".join(
            f"<tr><td>Territoire {i}</td><td>{i * 3.7:.1f}</td><td>{i}</td></tr>" for i in range(12)
        )
        text = "".join(f"<p>{LONG}</p>" for _ in range(3))
        parts.append(f"<section><h1>Page {page}</h1>{text}{drawn}{bars}<table>{rows}</table></section>")
    style = "@page{size:A4;margin:16mm} section{break-after:page} p,td{font:8pt sans-serif} svg{width:48%}"
    written: bytes = html(string=f"<style>{style}</style>{''.join(parts)}").write_pdf()
    return written


def _svg_map(choropleth_: Choropleth) -> str:
    left, low, right, high = choropleth_.layer.bounds
    scale = 400 / max(right - left, high - low)
    shapes = []
    for polygon, rank in zip(choropleth_.layer.polygons, choropleth_.class_of, strict=True):
        ring = (np.asarray(shapely.get_coordinates(polygon)) - (left, low)) * scale
        points = " ".join(f"{x:.1f},{400 - y:.1f}" for x, y in ring)
        shapes.append(f'<polygon points="{points}" fill="{choropleth_.palette[int(rank)]}" stroke="white"/>')
    return f'<svg viewBox="0 0 400 400" height="300">{"".join(shapes)}</svg>'


def _svg_bars(rng: np.random.Generator) -> str:
    bars = "".join(
        f'<rect x="80" y="{18 * i}" width="{w:.0f}" height="12"/><text x="0" y="{18 * i + 10}">T {i}</text>'
        for i, w in enumerate(rng.uniform(20, 200, 10))
    )
    return f'<svg viewBox="0 0 300 190" height="150">{bars}</svg>'


def best(work: Any, times: int = 3) -> tuple[float, Any]:
    """Seconds of processor of the best of several runs after a first one, and what it returned."""
    made, found = work(), []
    for _ in range(times):
        start = time.process_time()
        made = work()
        found.append(time.process_time() - start)
    return min(found), made


def main() -> None:
    """Print times, sizes and ratios; leave with 1 where a target is missed."""
    fond = approximate_fond(load_reference(), ("79",))
    maps = maps_of(fond)
    seconds, data = best(lambda: pdf_bytes(document(maps)))
    pages, size = len(sizes(data)), len(data) / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"booklet: {pages} pages, {MAPS} maps, {CHARTS} charts: {seconds:.2f} s, {size:.2f} MB")
    print(f"most memory of the process, reference and outlines included: {memory:.0f} MB")
    good = seconds < TARGET_S and size < TARGET_MB and memory < TARGET_RAM_MB
    for name, peer_of, least in (
        ("matplotlib PdfPages", by_matplotlib, TARGET_RATIO),
        ("WeasyPrint", by_weasyprint, 1.0),
    ):
        if peer_of(maps, 1) is None:
            print(f"{name} is not installed: not compared")
            continue
        peer, other = best(lambda made=peer_of: made(maps, pages), 2)
        print(f"{name}, same pages: {peer:.2f} s, {len(other) / 1e6:.2f} MB, ratio {peer / seconds:.2f}")
        good = good and peer / seconds >= least
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

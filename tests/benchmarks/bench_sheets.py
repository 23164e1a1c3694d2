"""Sheets with every layer, and decluttering, against the plain sheet of the same map in the same run.

Run: python -m tests.benchmarks.bench_sheets.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maps.canvas import Box
from maps.choropleth import Choropleth
from maps.compose import with_layers
from maps.declutter import Sign, declutter
from maps.draw import SheetOptions, draw_sheet
from maps.layers import MapPoint, MapZone, Multiples, PointKind, PointLayer, ZoneLayer
from maps.pdf import PdfCanvas
from tests.benchmarks.bench_pdf import detailed, per_second

PAGES = 6
OPTIONS = SheetOptions()
KINDS = tuple(
    PointKind(f"k{i}", f"Service {i}", shape) for i, shape in enumerate(("circle", "square", "triangle"))
)


def dressed(plain: Choropleth) -> Choropleth:
    """The map with 400 points known by their commune, in three kinds, and a zone of 80 communes."""
    codes = plain.layer.codes
    points = tuple(MapPoint(f"k{i % 3}", codes[i * 37 % len(codes)], count=1 + i % 3) for i in range(400))
    zone = ZoneLayer("Zone", (MapZone("Zone", codes[:80]),))
    return with_layers(plain, points=[PointLayer("Services", KINDS, points)], zones=[zone])


def pages_of(content: Choropleth | Multiples, options: SheetOptions = OPTIONS) -> bytes:
    """Six whole sheets."""
    pdf = PdfCanvas(options.width_pt, options.height_pt, "Essai")
    for _ in range(PAGES):
        draw_sheet(pdf, content, options)
        pdf.next_page()
    return pdf.finish()


def signs(count: int) -> list[Sign]:
    """Signs in a crowd, the same at each run."""
    places = np.random.default_rng(7).normal((400, 300), 90, (count, 2)).tolist()
    looks = (("circle", "#000000", True), ("square", "#AA0000", True), ("triangle", "#0000AA", False))
    return [Sign(looks[i % 3], x, y, 3.5) for i, (x, y) in enumerate(places)]


def main() -> None:
    """Print pages a second and ratios."""
    plain = detailed()
    base = per_second(PAGES, lambda: pages_of(plain))
    print(f"plain sheet: {base:.1f} pages/s")
    four = Multiples("Quatre", "", (plain,) * 4, ("1", "2", "3", "4"))
    cases = (
        ("400 points and a zone", lambda: pages_of(dressed(plain))),
        ("four maps on a sheet", lambda: pages_of(four)),
        ("lines over classes", lambda: pages_of(plain, replace(OPTIONS, textures=True))),
    )
    for words, work in cases:
        speed = per_second(PAGES, work)
        print(f"{words}: {speed:.1f} pages/s, {base / speed:.1f} times the plain sheet")
    for count in (100, 400, 1600):
        speed = per_second(1, lambda n=count: declutter(signs(n), Box(0, 0, 800, 600)))  # type: ignore[misc]
        print(f"declutter {count} signs: {1000 / speed:.0f} ms, {base / speed:.2f} plain sheets")


if __name__ == "__main__":
    main()

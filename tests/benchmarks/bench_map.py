"""Map on screen against geopandas.plot, in the same run: recolour, pan, hover at 8 to 35,000 polygons.

Polygons are Voronoi cells whose borders are bent by waves, as detailed as communes (about a hundred vertices
each). Both draw the same pixels. geopandas has no hover: its peer is a query of its spatial index. Needs
matplotlib, which the application does not.

Recolour lasts from the new values to the pixels of the window; names follow in a thread, for both engines.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import shapely
from PySide6.QtCore import QEventLoop, QPointF
from PySide6.QtWidgets import QApplication

from app.domain.dictionary import load_indicators
from app.domain.indicator import Series
from app.domain.territory import Level
from maps.build import build_choropleth
from maps.choropleth import Choropleth, Fond, OutlineLayer
from ui.widgets.map_view import MapView

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES = (8, 300, 1255, 35_000)
WIDTH, HEIGHT = 1050, 900
VERTICES = 110
TARGETS = {1255: 50.0, 35_000: 500.0}
"""Least ratio of recolouring to geopandas.plot."""
SPACING = 4000.0


def waves(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend the plane: the same point always moves the same way, so shared borders stay shared."""
    x, y = points[:, 0].copy(), points[:, 1].copy()
    for step in (3000.0, 900.0, 260.0, 90.0):
        size = step * 0.07
        x, y = (
            x + size * np.sin(y / step * 2 + 1.3) * np.cos(x / step),
            y + size * np.sin(x / step * 2 + 0.4) * np.cos(y / step),
        )
    return np.round(np.column_stack((x, y)), 2)


def polygons_of(count: int) -> NDArray[Any]:
    """Cells that cover a square, about VERTICES vertices each."""
    side = SPACING * np.sqrt(count)
    points = np.random.default_rng(7).random((count, 2)) * side
    square = shapely.box(0, 0, side, side)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=square))
    cells = shapely.intersection(cells, square)
    return shapely.transform(shapely.segmentize(cells, 4 * SPACING / VERTICES), waves)


def layer_of(polygons: NDArray[Any]) -> OutlineLayer:
    """Outlines with codes and centres."""
    codes = tuple(f"{number:05d}" for number in range(len(polygons)))
    xy = shapely.get_coordinates(shapely.centroid(polygons))
    return OutlineLayer(Level.COMMUNE, 2154, codes, codes, polygons, xy.reshape(-1, 2))


def choropleths(polygons: NDArray[Any], times: int) -> list[Choropleth]:
    """Maps of the same outlines with other values."""
    layer = layer_of(polygons)
    none = layer_of(polygons[:0])
    fond = Fond(2154, layer, none, none, none, "banc d’essai", 2026, False)
    indicator = load_indicators()["couv_global"]
    rng = np.random.default_rng(3)
    made = []
    for _ in range(times):
        numbers = rng.normal(68, 8, len(polygons)).round(1)
        states = np.zeros(len(polygons), dtype=np.uint8)
        series = Series(indicator, Level.COMMUNE, 2023, layer.codes, numbers, states)
        made.append(build_choropleth(fond, series, level=Level.COMMUNE))
    return made


def milliseconds(call: Callable[[], object]) -> float:
    """Time of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


class Ours:
    """The window’s map, shown off screen."""

    def __init__(self, maps: list[Choropleth]) -> None:
        self.view = MapView()
        self.view.resize(WIDTH, HEIGHT)
        self.view.show()
        self.maps = maps
        self.build = milliseconds(lambda: self._first(maps[0]))

    def _first(self, first: Choropleth) -> None:
        self.view.set_choropleth(first)
        self.view.wait(120_000)
        self.view.grab()

    def recolour(self) -> float:
        """From values to pixels; the canvas of the next frames is coloured as well."""
        return statistics.median(self._recolour(made) for made in self.maps[1:])

    def _recolour(self, made: Choropleth) -> float:
        self.view.wait(60_000)
        QApplication.processEvents()
        scene = self.view._scene
        quick = scene is not None and scene.engine.quick
        loop = QEventLoop()
        self.view.painted.connect(loop.quit)
        start = time.perf_counter()
        self.view.set_choropleth(made)
        if not quick:
            loop.exec()
        self.view.repaint()
        return (time.perf_counter() - start) * 1000

    def pan(self) -> float:
        """One step of a drag."""
        self.view.wait(60_000)
        return statistics.median(milliseconds(self._step) for _ in range(10))

    def _step(self) -> None:
        self.view.pan(6, 4)
        self.view.repaint()

    def hover(self, points: NDArray[np.float64]) -> float:
        """Code under the pointer, milliseconds each."""
        self.view.wait(60_000)
        spots = [QPointF(x, y) for x, y in points]
        return milliseconds(lambda: [self.view.code_at(spot) for spot in spots]) / len(spots)


class Theirs:
    """geopandas.plot on an Agg canvas of the same size."""

    def __init__(self, polygons: NDArray[Any], maps: list[Choropleth]) -> None:
        import geopandas as gpd
        import matplotlib as mpl

        mpl.use("Agg")
        from matplotlib import pyplot as plt

        self.frame = gpd.GeoDataFrame({"value": maps[0].numbers}, geometry=list(polygons))
        self.maps = maps
        self.figure = plt.figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        self.build = milliseconds(lambda: self._draw(maps[0]))

    def _draw(self, made: Choropleth) -> None:
        self.figure.clear()
        axes = self.figure.add_axes((0, 0, 1, 1))
        self.frame["value"] = made.class_of
        self.frame.plot(column="value", cmap="YlGnBu", ax=axes, edgecolor="white", linewidth=0.5)
        self.figure.canvas.draw()

    def recolour(self) -> float:
        """A new plot: geopandas has no other way."""
        return statistics.median(milliseconds(lambda made=made: self._draw(made)) for made in self.maps[1:3])

    def pan(self) -> float:
        """Move the limits and draw again."""
        axes = self.figure.axes[0]

        def step() -> None:
            low, high = axes.get_xlim()
            axes.set_xlim(low - (high - low) / 100, high - (high - low) / 100)
            self.figure.canvas.draw()

        return statistics.median(milliseconds(step) for _ in range(3))

    def hover(self, points: NDArray[np.float64]) -> float:
        """Query of the spatial index, milliseconds each."""
        index = self.frame.sindex
        west, south, east, north = self.frame.total_bounds
        spots = shapely.points(west + points[:, 0] / WIDTH * (east - west),
                               south + points[:, 1] / HEIGHT * (north - south))  # fmt: skip
        index.query(spots[0], predicate="within")
        return milliseconds(lambda: [index.query(spot, predicate="within") for spot in spots]) / len(spots)


def row(count: int) -> tuple[str, float]:
    """One line of the report, and the ratio of recolouring."""
    polygons = polygons_of(count)
    maps = choropleths(polygons, 8)
    points = np.random.default_rng(5).random((400, 2)) * (WIDTH - 60, HEIGHT - 60) + 30
    ours = Ours(maps)
    mine = (ours.build, ours.recolour(), ours.pan(), ours.hover(points))
    theirs = Theirs(polygons, [replace(made) for made in maps])
    other = (theirs.build, theirs.recolour(), theirs.pan(), theirs.hover(points))
    vertices = int(shapely.get_num_coordinates(polygons).sum())
    cells = [f"{a:10.3f} {b:10.2f} {b / a:8.0f}x" for a, b in zip(mine, other, strict=True)]
    return f"{count:7,} {vertices:10,}  " + "  ".join(cells), other[1] / mine[1]


def main() -> int:
    """Print the table; exit code 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    app = QApplication.instance() or QApplication(sys.argv[:1])
    head = "".join(f"{name + ' ms':>12} {'geopandas':>10} {'ratio':>9}" for name in
                   ("first", "recolour", "pan", "hover"))  # fmt: skip
    print(f"{'n':>7} {'vertices':>10} {head}")
    missed = []
    for count in sizes:
        line, ratio = row(count)
        print(line, flush=True)
        if ratio < TARGETS.get(count, 0.0):
            missed.append(f"recolour at {count:,}: {ratio:.0f}x, target {TARGETS[count]:.0f}x")
    app.processEvents()
    print("\n".join(missed) or "targets met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

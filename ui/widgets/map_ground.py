"""The land under the map: neighbours, far départements and countries around, pale, so that blue means sea."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QPainterPath

from maps.canvas import GROUND, Box
from maps.ground import AROUND, draw_beyond
from maps.projection import MAINLAND, project
from maps.sketch import Frame as PaperFrame
from ui.widgets.map_engine import transform_of
from ui.widgets.map_painter import PainterCanvas
from ui.widgets.map_paths import PathSet, polygon

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from maps.choropleth import Fond
    from ui.widgets.map_canvas import Wish
    from ui.widgets.map_lod import Detail

ABROAD = (
    # Great Britain, from Wales round to the Thames
    ((-5.6, 50.1), (-4.2, 50.35), (-3.4, 50.4), (-3.0, 50.7), (-2.0, 50.6), (-1.0, 50.75), (0.3, 50.75),
     (1.4, 51.15), (1.4, 51.4), (0.7, 51.5), (1.7, 52.6), (0.3, 53.2), (-0.2, 54.4), (-1.6, 55.6),
     (-3.5, 55.0), (-3.0, 53.9), (-4.6, 53.2), (-5.2, 51.8), (-3.0, 51.4), (-4.6, 51.0)),
    # Belgium round to Italy, by the east
    ((2.55, 51.09), (3.3, 51.4), (4.0, 52.0), (4.8, 53.0), (7.0, 53.6), (13.5, 54.0), (19.0, 53.0),
     (19.0, 42.0), (15.0, 42.0), (12.0, 42.2), (10.5, 42.9), (10.2, 43.9), (8.9, 44.4), (8.2, 43.95),
     (7.53, 43.78), (6.4, 44.2), (5.6, 45.4), (5.2, 46.4), (6.0, 47.4), (6.6, 48.4), (5.0, 49.2),
     (3.2, 49.8)),
    # Spain and Portugal
    ((-1.78, 43.37), (-3.8, 43.5), (-6.0, 43.6), (-8.2, 43.7), (-9.2, 43.1), (-8.8, 41.8), (-9.4, 38.7),
     (-8.9, 37.0), (-6.3, 36.7), (-5.6, 36.0), (-2.1, 36.75), (-0.7, 37.6), (0.2, 38.75), (-0.3, 39.5),
     (0.8, 40.7), (2.2, 41.4), (3.2, 41.9), (3.17, 42.43), (2.4, 42.7), (0.6, 43.0), (-1.2, 43.2)),
)  # fmt: skip
"""Rough coasts and borders of the countries around, degrees; France is drawn over them."""


def draw_land(painter: QPainter, fond: Fond, near: tuple[Detail, ...], wish: Wish) -> None:
    """Fill everything that is land; near: outlines of the neighbours and of the départements of the fond."""
    frame = wish.frame
    ground = QColor(wish.look.ground)
    if fond.epsg == MAINLAND:
        to_pixel = transform_of(frame)
        for path in _abroad():
            painter.fillPath(to_pixel.map(path), ground)
    paper = PaperFrame(
        frame.scale, frame.width / 2 - frame.x * frame.scale, frame.height / 2 + frame.y * frame.scale
    )
    swap = {GROUND: wish.look.ground, AROUND.colour: wish.look.neighbour_line}
    canvas = PainterCanvas(painter, painter.font(), swap)
    with canvas.clip([_corners(frame.width, frame.height)]):
        draw_beyond(canvas, fond, paper, Box(0, 0, frame.width, frame.height))
    for detail in near:
        _fill(painter, detail, wish, ground)


def _fill(painter: QPainter, detail: Detail, wish: Wish, ground: QColor) -> None:
    shapes = detail.at(wish.frame.scale)
    paths = PathSet(shapes)
    to_pixel = transform_of(wish.frame)
    for number in np.flatnonzero(shapes.visible(wish.frame.bounds)).tolist():
        path = to_pixel.map(paths.path(number))
        painter.fillPath(path, ground)


@lru_cache(maxsize=1)
def _abroad() -> tuple[QPainterPath, ...]:
    """The countries around, in Lambert-93."""
    found = []
    for ring in ABROAD:
        degrees = np.array(ring, dtype=np.float64)
        metres = np.column_stack(project(degrees[:, 0], degrees[:, 1], MAINLAND))
        path = QPainterPath()
        path.addPolygon(polygon(metres))
        path.closeSubpath()
        found.append(path)
    return tuple(found)


def _corners(width: int, height: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)

"""Two ways to fill a map, one interface: antialiased paths for a few polygons, identities for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from app.domain.indicator import ValueState
from ui.widgets.map_idbuffer import Edges, add_texture, colourise, edges_of, rasterise
from ui.widgets.map_paths import PathSet
from ui.widgets.map_shapes import Shapes, shapes_of
from ui.widgets.map_style import TEXTURED, Colours, texture_array, texture_brush

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray
    from PySide6.QtGui import QPainterPath

    from ui.widgets.map_frame import Frame
    from ui.widgets.map_lod import Detail

MANY = 500
"""Polygons from which identities are faster than paths."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Colour and state of each polygon; states: ValueState numbers, shape (n,)."""

    colours: Colours
    states: NDArray[np.uint8]
    dark: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """What does not depend on colours, for one frame; ids is None when the engine draws paths."""

    frame: Frame
    shapes: Shapes
    ids: NDArray[np.int32] | None = None


class Engine(Protocol):
    """How the map fills polygons and knows what is under a point."""

    quick: bool
    """True if paint is one look-up, fit for the interface thread."""

    def prepare(self, frame: Frame) -> Prepared:
        """Heavy part, run in a thread."""
        ...

    def paint(self, painter: QPainter, prepared: Prepared, fill: Fill, part: QRect) -> None:
        """Light part: colour a part of the prepared frame; the painter is on the canvas, unscaled."""
        ...

    def at(self, prepared: Prepared, px: float, py: float) -> int:
        """Number of the polygon under a pixel of the prepared frame, -1 if none."""
        ...

    def path(self, prepared: Prepared, number: int) -> QPainterPath:
        """Outline of one polygon in metres."""
        ...


def transform_of(frame: Frame) -> QTransform:
    """From metres to pixels."""
    scale = frame.scale
    return QTransform(
        scale, 0, 0, -scale, frame.width / 2 - frame.x * scale, frame.height / 2 + frame.y * scale
    )


def blank(frame: Frame) -> QImage:
    """A transparent image of the size of a frame."""
    image = QImage(frame.width, frame.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


class PathEngine:
    """Cached antialiased paths."""

    quick = False

    def __init__(self, detail: Detail) -> None:
        self._detail = detail
        self._sets: dict[int, PathSet] = {}

    def _set(self, shapes: Shapes) -> PathSet:
        known = self._sets.get(id(shapes))
        if known is None:
            known = self._sets[id(shapes)] = PathSet(shapes)
        return known

    def prepare(self, frame: Frame) -> Prepared:
        """Choose the level of detail; nothing else is heavy."""
        return Prepared(frame, self._detail.at(frame.scale))

    def paint(self, painter: QPainter, prepared: Prepared, fill: Fill, part: QRect) -> None:
        """Draw each path that meets the part; absences use textures in device pixels."""
        frame, paths = prepared.frame, self._set(prepared.shapes)
        west, north = frame.to_map(part.left(), part.top())
        east, south = frame.to_map(part.right() + 1, part.bottom() + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        to_pixel = transform_of(frame)
        for number in np.flatnonzero(prepared.shapes.visible((west, south, east, north))).tolist():
            state = ValueState(int(fill.states[number]))
            if state in TEXTURED:
                painter.fillPath(to_pixel.map(paths.path(number)), texture_brush(state, fill.dark))
                continue
            painter.setTransform(to_pixel)
            painter.fillPath(paths.path(number), QColor(fill.colours[number]))
            painter.resetTransform()

    def at(self, prepared: Prepared, px: float, py: float) -> int:
        """Ask the paths whose box holds the point."""
        x, y = prepared.frame.to_map(px, py)
        paths = self._set(prepared.shapes)
        for number in np.flatnonzero(prepared.shapes.visible((x, y, x, y))).tolist():
            if paths.path(number).contains(QPointF(x, y)):
                return int(number)
        return -1

    def path(self, prepared: Prepared, number: int) -> QPainterPath:
        """The cached path."""
        return self._set(prepared.shapes).path(number)


class IdEngine:
    """An image of identities and a colour table."""

    quick = True

    def __init__(self, polygons: NDArray[Any]) -> None:
        self._polygons = polygons
        self._shapes: Shapes | None = None
        self._edges: Edges | None = None
        self._paths: PathSet | None = None

    def prepare(self, frame: Frame) -> Prepared:
        """Rasterise identities at the scale of the frame, from the full outlines."""
        if self._shapes is None or self._edges is None:
            self._shapes = shapes_of(self._polygons)
            self._edges = edges_of(self._shapes)
        return Prepared(frame, self._shapes, rasterise(self._shapes, self._edges, frame))

    def paint(self, painter: QPainter, prepared: Prepared, fill: Fill, part: QRect) -> None:
        """One look-up per pixel of the part."""
        if prepared.ids is None:
            return
        ids = prepared.ids[part.top() : part.bottom() + 1, part.left() : part.right() + 1]
        pixels = colourise(ids, table_of(fill))
        for state in TEXTURED:
            members = np.concatenate(([False], fill.states == state))
            if members.any():
                tile = np.roll(texture_array(state, fill.dark), (-part.top(), -part.left()), (0, 1))
                add_texture(pixels, ids, members, tile)
        height, width = pixels.shape
        image_format = QImage.Format.Format_ARGB32_Premultiplied
        painter.drawImage(part.topLeft(), QImage(pixels.data, width, height, width * 4, image_format))

    def at(self, prepared: Prepared, px: float, py: float) -> int:
        """Read one integer."""
        frame = prepared.frame
        column, row = int(px // 1), int(py // 1)
        if prepared.ids is None or not (0 <= column < frame.width and 0 <= row < frame.height):
            return -1
        return int(prepared.ids[row, column]) - 1

    def path(self, prepared: Prepared, number: int) -> QPainterPath:
        """Outline built for this polygon alone, at full detail."""
        if self._paths is None:
            self._paths = PathSet(prepared.shapes)
        return self._paths.path(number)


def table_of(fill: Fill) -> NDArray[np.uint32]:
    """Colour table, shape (n + 1,), item 0 transparent."""
    return np.concatenate((np.zeros(1, dtype=np.uint32), fill.colours.table()))


def engine_for(polygons: NDArray[Any], detail: Detail) -> Engine:
    """Paths under MANY polygons, identities above."""
    return PathEngine(detail) if len(polygons) < MANY else IdEngine(polygons)

"""The drawn map, larger than the window: prepared in a thread, coloured at once, moved as an image."""

from __future__ import annotations

import logging
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ui.widgets.map_decor import Look, draw_decor
from ui.widgets.map_engine import Engine, Fill, Prepared, blank, engine_for, transform_of
from ui.widgets.map_frame import Frame
from ui.widgets.map_ground import draw_land
from ui.widgets.map_lod import Detail
from ui.widgets.map_paths import draw_lines

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from maps.choropleth import Choropleth, Fond, OutlineLayer
    from ui.widgets.map_decor import Decor
    from ui.widgets.map_frame import Bounds
    from ui.widgets.map_style import MapStyle

LOG = logging.getLogger(__name__)
COMMUNE_WIDTH = 0.5
EPCI_WIDTH = 1.6
DEPARTEMENT_WIDTH = 1.3
NEIGHBOUR_WIDTH = 1.0
MOST_HAIRLINES = 6000
"""Beyond that many visible polylines, hairlines between communes are only a grey veil: left out."""
HALO_WIDTH = 6.0
CHOSEN_PENS = (("selection_halo", HALO_WIDTH), ("selection", 2.6))
HOVER_PENS = (("selection", 1.6),)
NAME_ROOM = 2.6
"""Width of a name, in radiuses of the disc that holds it."""
NAME_MARGIN = 46
"""Pixels kept between the name of a neighbour and the edge of the window."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to prepare: frames of the canvas and of the window, look, lines between communes, pixel ratio."""

    frame: Frame
    window: Frame
    look: MapStyle
    communes: bool
    pixel: float


@dataclass(frozen=True, slots=True)
class Layers:
    """What a thread prepared: identities or paths, lines under and over the data, names of neighbours."""

    wish: Wish
    prepared: Prepared
    under: QImage
    over: QImage
    neighbours: tuple[tuple[str, float, float, float], ...]
    """Name, point in metres, room in pixels."""


class Scene:
    """Outlines of one fond at one level, with their engine and levels of detail; used by one thread."""

    def __init__(self, fond: Fond, layer: OutlineLayer) -> None:
        self.fond = fond
        self.layer = layer
        self._data = Detail(layer.polygons)
        self.engine: Engine = engine_for(layer.polygons, self._data)
        self._communes = self._same_or_new(fond.communes)
        self._epcis = self._same_or_new(fond.epcis)
        self._departements = self._same_or_new(fond.departements)
        self._neighbours = Detail(fond.neighbours.polygons)

    def _same_or_new(self, layer: OutlineLayer) -> Detail:
        return self._data if layer is self.layer else Detail(layer.polygons)

    def shows(self, choropleth: Choropleth) -> bool:
        """True if a map is made of the same outlines: asked again, it comes with new layers."""
        return same_layer(self.layer, choropleth.layer) and all(
            same_layer(before, after)
            for before, after in zip(_layers(self.fond), _layers(choropleth.fond), strict=True)
        )

    def prepare(self, wish: Wish) -> Layers:
        """Everything that does not depend on values."""
        prepared = self.engine.prepare(wish.frame)
        return Layers(wish, prepared, self._under(wish), self._over(wish), self._names(wish))

    def _under(self, wish: Wish) -> QImage:
        image = blank(wish.frame)
        painter = _painter(image)
        draw_land(painter, self.fond, (self._neighbours, self._departements), wish)
        _stroke(painter, self._neighbours, wish, wish.look.neighbour_line, NEIGHBOUR_WIDTH)
        painter.end()
        return image

    def _over(self, wish: Wish) -> QImage:
        image = blank(wish.frame)
        painter = _painter(image)
        if wish.communes:
            _stroke(painter, self._communes, wish, wish.look.commune_line, COMMUNE_WIDTH, MOST_HAIRLINES)
        _stroke(painter, self._epcis, wish, wish.look.epci_line, EPCI_WIDTH)
        _stroke(painter, self._departements, wish, wish.look.departement_line, DEPARTEMENT_WIDTH)
        painter.end()
        return image

    def _names(self, wish: Wish) -> tuple[tuple[str, float, float, float], ...]:
        import shapely

        layer = self.fond.neighbours
        margin = NAME_MARGIN * wish.pixel / wish.window.scale
        west, south, east, north = wish.window.bounds
        if not len(layer.polygons) or east - west <= 2 * margin or north - south <= 2 * margin:
            return ()
        parts = shapely.clip_by_rect(
            layer.polygons, west + margin, south + margin, east - margin, north - margin
        )
        seen = ~shapely.is_empty(parts) & (shapely.area(parts) > 0)
        # the largest disc inside what is seen: its centre is far from every border
        discs = shapely.maximum_inscribed_circle(parts[seen], 2 * wish.pixel / wish.window.scale)
        xy = shapely.get_coordinates(shapely.get_point(discs, 0))
        rooms = shapely.length(discs) * wish.frame.scale * NAME_ROOM
        names = [name for name, kept in zip(layer.names, seen, strict=True) if kept]
        return tuple(
            (name, float(x), float(y), float(room))
            for name, (x, y), room in zip(names, xy, rooms, strict=True)
        )


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _stroke(
    painter: QPainter, detail: Detail, wish: Wish, colour: str, width: float, most: int | None = None
) -> None:
    lines = detail.lines_at(wish.frame.scale)
    if most is not None and len(lines.visible(wish.frame.bounds)) > most:
        return
    pen = QPen(QColor(colour), width * wish.pixel)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    draw_lines(painter, lines, wish.frame)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A canvas ready to be shown: outlines, colours and lines, texts, and what they show."""

    layers: Layers
    look: Look
    canvas: QImage
    decor: Decor | None = None
    """None until the names are written: colours come first."""


def compose(layers: Layers, engine: Engine, look: Look) -> QImage:
    """Lines under, colours, lines over."""
    image = blank(layers.wish.frame)
    recompose(image, layers, engine, look, image.rect())
    return image


def recompose(canvas: QImage, layers: Layers, engine: Engine, look: Look, part: QRect) -> None:
    """Colour again a part of a canvas, in place."""
    fill = Fill(look.colours, look.choropleth.states, look.dark)
    painter = QPainter(canvas)
    painter.setClipRect(part)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(part.topLeft(), layers.under, part)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    engine.paint(painter, layers.prepared, fill, part)
    painter.drawImage(part.topLeft(), layers.over, part)
    painter.end()


def part_seen(canvas: Frame, window: Frame) -> QRect:
    """Pixels of a canvas that are in the window, at the same scale or not."""
    west, south, east, north = window.bounds
    left, top = canvas.to_pixel(west, north)
    right, bottom = canvas.to_pixel(east, south)
    seen = QRectF(left, top, right - left, bottom - top).toAlignedRect()
    return seen.intersected(QRect(0, 0, canvas.width, canvas.height))


def draw(scene: Scene, layers: Layers, look: Look) -> Drawn:
    """Everything, from prepared outlines."""
    return Drawn(layers, look, compose(layers, scene.engine, look), draw_decor(layers, look))


def outline(path: QPainterPath, wish: Wish, chosen: bool) -> tuple[Frame, QImage]:
    """One territory outlined, in the smallest image that holds what is on the canvas."""
    whole = wish.frame
    pixels = transform_of(whole).map(path)
    side = HALO_WIDTH * wish.pixel
    box = pixels.boundingRect().adjusted(-side, -side, side, side).toAlignedRect()
    box = box.intersected(QRect(0, 0, whole.width, whole.height))
    x, y = whole.to_map(box.x() + box.width() / 2, box.y() + box.height() / 2)
    frame = Frame(x, y, whole.scale, max(box.width(), 1), max(box.height(), 1))
    image = blank(frame)
    painter = _painter(image)
    painter.translate(-box.x(), -box.y())
    pens = CHOSEN_PENS if chosen else HOVER_PENS
    for colour, width in pens:
        pen = QPen(QColor(getattr(wish.look, colour)), width * wish.pixel)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(pixels, pen)
    painter.end()
    return frame, image


def same_layer(one: OutlineLayer, other: OutlineLayer) -> bool:
    """True if two layers hold the same outlines, object by object."""
    if one is other:
        return True
    return one.codes == other.codes and all(map(operator.is_, one.polygons, other.polygons))


def _layers(fond: Fond) -> tuple[OutlineLayer, ...]:
    return (fond.communes, fond.epcis, fond.departements, fond.neighbours)


def extent_of(layer: OutlineLayer) -> Bounds:
    """Bounds of all the outlines, metres."""
    import shapely

    west, south, east, north = shapely.total_bounds(layer.polygons).tolist()
    return (west, south, east, north)


def still_serves(overview: Drawn, drawn: Drawn) -> bool:
    """True if the wide image shows the same thing, from farther."""
    same = overview.look.choropleth is drawn.look.choropleth and overview.look.dark == drawn.look.dark
    return same and overview.layers.wish.frame.scale < drawn.layers.wish.frame.scale


def draw_scaled(painter: QPainter, seen: Frame, source: Frame, image: QImage) -> None:
    """Draw an image made at another scale, until the right one is ready."""
    factor = seen.scale / source.scale
    x, y = seen.to_pixel(*source.to_map(0, 0))
    painter.save()
    painter.translate(x, y)
    painter.scale(factor, factor)
    painter.drawImage(0, 0, image)
    painter.restore()

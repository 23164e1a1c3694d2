"""The territory with its services as points: shapes by kind, kept apart, chosen and placed by a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ui.widgets.equipment_glyph import draw_shape
from ui.widgets.map_style import style
from ui.widgets.map_view import MapView

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.declutter import Sign

RADIUS, COUNTED, STOP_RADIUS = 7.0, 1.35, 4.5
REACH = 1.7
"""A click that far from a sign, in radii, still means it."""
FAR = 1e6
NAME_UNDER = 18
"""Names of the Epci are that far under their middle: points are often at it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place to draw. xy: metres in the system of the fond; uuids: the services it stands for."""

    uuids: tuple[str, ...]
    label: str
    shape: str
    x: float
    y: float
    precise: bool
    faded: bool = False


class EquipmentMap(MapView):
    """A map without classes; emits the services chosen, and the places clicked while placing."""

    picked = Signal(str)
    """uuid of the service clicked; again: the next one of the same sign."""
    placed = Signal(float, float, str)
    """Metres in the system of the fond, and code of the commune, of a click while placing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.placing = False
        self._spots: tuple[Spot, ...] = ()
        self._stops: tuple[tuple[float, float], ...] = ()
        self._chosen = ""
        self._apart: tuple[float, NDArray[np.float64]] | None = None
        self.set_shown(labels=False)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """Draw these places."""
        self._spots = tuple(spots)
        self._apart = None
        count = sum(len(spot.uuids) for spot in spots)
        self.setAccessibleDescription(f"{count} équipements sur la carte")
        self.update()

    def show_stops(self, stops: Sequence[tuple[float, float]]) -> None:
        """Draw where the chosen service goes, metres."""
        self._stops = tuple(stops)
        self.update()

    def choose(self, uuid: str) -> None:
        """Light a service; nothing is emitted."""
        self._chosen = uuid
        self.update()

    def set_placing(self, placing: bool) -> None:
        """Wait for a click, or stop waiting."""
        self.placing = placing
        self.setCursor(Qt.CursorShape.CrossCursor if placing else Qt.CursorShape.ArrowCursor)
        self.update()

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the territory, then the points."""
        super().paintEvent(event)
        if self._frame is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = style(self._dark)
        ink, ground = QColor(look.text), QColor(look.epci_line if not self._dark else look.ground)
        self._names(painter, ink)
        self._draw_stops(painter, ink, ground)
        places = self._places_now()
        chosen = None
        for spot, place in zip(self._spots, places, strict=True):
            if self._chosen in spot.uuids:
                chosen = (spot, place)
            else:
                self._spot(painter, spot, place, ink, ground)
        if chosen is not None:
            spot, place = chosen
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((look.selection_halo, 6.0), (look.selection, 2.6)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(place, self._size_of(spot) * 1.75, self._size_of(spot) * 1.75)
            self._spot(painter, spot, place, ink, ground)
        if self.placing and self.hasFocus():
            self._aim(painter, ink)
        painter.end()

    def _spot(self, painter: QPainter, spot: Spot, place: QPointF, ink: QColor, ground: QColor) -> None:
        colour = QColor(ink)
        if spot.faded:
            colour.setAlphaF(0.45)
        radius = self._size_of(spot)
        draw_shape(painter, spot.shape, place, radius, colour, ground, hollow=not spot.precise)
        if len(spot.uuids) > 1:
            font = QFont(self.font())
            font.setPixelSize(max(round(radius * 1.25), 9))
            font.setBold(True)
            painter.setFont(font)
            box = QRectF(place.x() + radius, place.y() - radius * 1.6, radius * 3.2, radius * 1.8)
            painter.setPen(QPen(ground, 3))
            painter.drawText(box.translated(1, 1), Qt.AlignmentFlag.AlignLeft, str(len(spot.uuids)))
            painter.setPen(colour)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, str(len(spot.uuids)))

    def _draw_stops(self, painter: QPainter, ink: QColor, ground: QColor) -> None:
        for x, y in self._stops:
            place = self._pixels(x, y)
            draw_shape(painter, "circle", place, STOP_RADIUS * self._zoom(), ink, ground, hollow=True)

    def _names(self, painter: QPainter, ink: QColor) -> None:
        """Names of the Epci, pale: what is where."""
        made = self._choropleth
        if made is None:
            return
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        pale = QColor(ink)
        pale.setAlphaF(0.62)
        painter.setPen(pale)
        metrics = painter.fontMetrics()
        taken: list[QRectF] = []
        for name, (x, y) in zip(made.fond.epcis.names, made.fond.epcis.label_xy.tolist(), strict=True):
            place = self._pixels(x, y) + QPointF(0, NAME_UNDER)
            box = QRectF(metrics.boundingRect(name))
            box.moveCenter(place)
            if any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, name)

    def _aim(self, painter: QPainter, ink: QColor) -> None:
        """Cross at the centre: what Entrée places."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(ink, 1.5))
        for dx, dy in ((10, 0), (0, 10)):
            painter.drawLine(middle - QPointF(dx, dy), middle + QPointF(dx, dy))

    def _pixels(self, x: float, y: float) -> QPointF:
        assert self._frame is not None
        px, py = self._frame.to_pixel(x, y)
        return QPointF(px, py) / self._pixel()

    def _zoom(self) -> float:
        size = self.font().pixelSize()
        return size / 13 if size > 0 else 1.0

    def _size_of(self, spot: Spot) -> float:
        return RADIUS * self._zoom() * (COUNTED if len(spot.uuids) > 1 else 1.0)

    def _places_now(self) -> list[QPointF]:
        """Where each sign stands: its true place, moved aside of the others; kept while the scale is."""
        if not self._spots:
            return []
        assert self._frame is not None
        true = [self._pixels(spot.x, spot.y) for spot in self._spots]
        if self._apart is None or self._apart[0] != self._frame.scale:
            self._apart = (self._frame.scale, self._moves(true))
        return [
            place + QPointF(dx, dy) for place, (dx, dy) in zip(true, self._apart[1].tolist(), strict=True)
        ]

    def _moves(self, true: Sequence[QPointF]) -> NDArray[np.float64]:
        from maps.canvas import Box
        from maps.declutter import Sign, declutter

        signs = [
            Sign((spot.shape, str(rank), spot.precise), place.x(), place.y(), self._size_of(spot))
            for rank, (spot, place) in enumerate(zip(self._spots, true, strict=True))
        ]
        placed: list[Sign] = declutter(signs, Box(-FAR, -FAR, 2 * FAR, 2 * FAR))
        moves = np.zeros((len(signs), 2))
        for sign in placed:
            moves[int(sign.look[1])] = (sign.at_x - sign.x, sign.at_y - sign.y)
        return moves

    # -- pointer and keyboard ----------------------------------------------------------------------------

    def spot_at(self, position: QPointF) -> Spot | None:
        """The sign under a point of the widget, the nearest if several."""
        best, found = FAR, None
        for spot, place in zip(self._spots, self._places_now(), strict=True):
            away = float(np.hypot(place.x() - position.x(), place.y() - position.y()))
            if away < best and away <= self._size_of(spot) * REACH:
                best, found = away, spot
        return found

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Place, or choose the sign that was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton or self._press is None:
            return
        self._press = None
        self.set_placing(self.placing)
        if self._dragged:
            return
        if self.placing:
            self._place(event.position())
            return
        spot = self.spot_at(event.position())
        if spot is not None:
            here = spot.uuids.index(self._chosen) + 1 if self._chosen in spot.uuids else 0
            self.picked.emit(spot.uuids[here % len(spot.uuids)])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is two clicks: there is nothing to go down to."""
        event.accept()

    def _place(self, position: QPointF) -> None:
        if self._frame is not None:
            pixel = self._pixel()
            x, y = self._frame.to_map(position.x() * pixel, position.y() * pixel)
            self.placed.emit(x, y, self.code_at(position) or "")

    def _point(self, event: QMouseEvent) -> None:
        spot = None if self.placing else self.spot_at(event.position())
        code = self.code_at(event.position())
        said = spot.label if spot is not None else ""
        if not said and code is not None and self._choropleth is not None:
            said = self._choropleth.layer.names[self._choropleth.layer.codes.index(code)]
        if said:
            QToolTip.showText(event.globalPosition().toPoint() + QPoint(14, 14), said, self)
        else:
            QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While placing, arrows move the territory under the cross and Entrée places it."""
        if self.placing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._place(QPointF(self.width() / 2, self.height() / 2))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the map: services are walked in the table."""
        return QWidget.focusNextPrevChild(self, forward)

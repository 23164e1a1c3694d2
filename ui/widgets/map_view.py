"""The map on the screen: a frozen Choropleth, seen, moved, pointed at, walked with the keyboard."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ui.widgets.map_labels import circles, quantities
from ui.widgets.map_surface import MapSurface
from ui.widgets.map_words import ranking, said, tip, told

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.widgets.map_frame import Bounds
    from ui.widgets.map_words import Ranking

WHEEL_STEP = 1.25
KEY_STEP = 64
DRAG = 4
"""Logical pixels from which a press is a drag and no longer a click."""


class MapView(MapSurface):
    """Shows a Choropleth; emits codes, never numbers of polygons."""

    hovered = Signal(object)
    """Code under the pointer, or None."""
    selected = Signal(object)
    """Code chosen by the user, or None."""
    opened = Signal(str)
    """Double click or Enter on a territory."""
    ascended = Signal()
    """Escape: the user wants the level above."""
    menu_asked = Signal(str, QPoint)
    """Right click, or the menu key, on a territory, at a global position."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "inside")
        self.setAccessibleName("Carte")
        self._ranking: Ranking | None = None
        self._press: QPointF | None = None
        self._dragged = False
        self._keys = {
            Qt.Key.Key_Left: lambda: self.pan(KEY_STEP, 0),
            Qt.Key.Key_Right: lambda: self.pan(-KEY_STEP, 0),
            Qt.Key.Key_Up: lambda: self.pan(0, KEY_STEP),
            Qt.Key.Key_Down: lambda: self.pan(0, -KEY_STEP),
            Qt.Key.Key_Plus: lambda: self.zoom(WHEEL_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(WHEEL_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / WHEEL_STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_Agrave: self.fit,
            Qt.Key.Key_Return: self._open,
            Qt.Key.Key_Enter: self._open,
            Qt.Key.Key_Escape: self.ascended.emit,
        }

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def selected_code(self) -> str | None:
        """Code of the selected territory."""
        return self._code(self._selected)

    def set_choropleth(
        self, choropleth: Choropleth | None, palette: tuple[str, ...] = (), focus: Bounds | None = None
    ) -> None:
        """Show a map, or nothing. palette: colours of classes for this theme, by default of the choropleth.

        focus: bounds to fit, metres; all the territories by default. A selected territory stays selected if
        it is still there.
        """
        kept = self.selected_code
        if choropleth is None:
            self._clear()
            self._ranking = None
            self.setAccessibleName("Carte")
            self._describe()
            return
        self._show_map(choropleth, palette, focus)
        self._ranking = None
        self.setAccessibleName(f"Carte\u202f: {choropleth.title}")
        self.select(choropleth.selected or kept)

    def select(self, code: str | None) -> None:
        """Select a territory from outside; nothing is emitted."""
        self._selected = self._places.get(code or "")
        self._describe()
        self.update()

    def hover(self, code: str | None) -> None:
        """Light a territory from outside; nothing is emitted."""
        self._hovered = self._places.get(code or "")
        self.update()

    def order(self) -> tuple[str, ...]:
        """Codes from the highest value, absences last."""
        if self._choropleth is None:
            return ()
        return tuple(self._choropleth.layer.codes[place] for place in self._ranks().order.tolist())

    def _ranks(self) -> Ranking:
        """Ranking of the map shown, computed when first asked: recolouring does not need it."""
        assert self._choropleth is not None
        if self._ranking is None:
            self._ranking = ranking(told(self._choropleth))
        return self._ranking

    def radius_of_one(self) -> float:
        """Radius of the circle of a value of 1, logical pixels, for the legend; 0 without circle."""
        made = self._choropleth
        if made is None or self._frame is None:
            return 0.0
        numbers, _ = quantities(made)
        highest = float(np.nanmax(numbers)) if np.isfinite(numbers).any() else 0.0
        if highest <= 0:
            return 0.0
        radius = circles(made, self._frame, self._pixel())
        return float(radius.max()) / self._pixel() / math.sqrt(highest)  # areas are proportional

    def code_at(self, position: QPointF) -> str | None:
        """Code under a point of the widget, logical pixels."""
        return self._code(self._at(position))

    def _code(self, place: int | None) -> str | None:
        if self._choropleth is None or place is None:
            return None
        return self._choropleth.layer.codes[place]

    def _describe(self) -> None:
        text = ""
        if self._choropleth is not None and self._selected is not None:
            text = said(told(self._choropleth), self._ranks(), self._selected)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    # -- pointer -----------------------------------------------------------------------------------------

    def _at(self, position: QPointF) -> int | None:
        if self._layers is None or self._frame is None or self._scene is None:
            return None
        pixel = self._pixel()
        prepared = self._layers.prepared
        x, y = self._frame.to_map(position.x() * pixel, position.y() * pixel)
        place = self._scene.engine.at(prepared, *prepared.frame.to_pixel(x, y))
        return None if place < 0 else place

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(WHEEL_STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = event.position()
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, else tell what is under the pointer."""
        if self._press is None:
            self._point(event)
            return
        moved = event.position() - self._press
        if not self._dragged and moved.manhattanLength() < DRAG:
            return
        self._dragged = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._press = event.position()
        self.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked; a click beside every territory selects nothing."""
        if event.button() is not Qt.MouseButton.LeftButton or self._press is None:
            return
        self._press = None
        self.unsetCursor()
        if not self._dragged:
            self._choose(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go down to the communes of what is under the pointer."""
        code = self.code_at(event.position())
        if code is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(code)

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._light(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a territory."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        code = self.selected_code if keyboard else self.code_at(QPointF(event.pos()))
        if code is not None:
            self.menu_asked.emit(code, event.globalPos())

    def _point(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place != self._hovered:
            self._light(place)
        if place is not None and self._choropleth is not None:
            QToolTip.showText(
                event.globalPosition().toPoint() + QPoint(14, 14),
                tip(told(self._choropleth), self._ranks(), place, self._spot_words(event.position())),
                self,
            )

    def _spot_words(self, position: QPointF) -> str:
        """Words of the sign under a point of the widget, empty without one."""
        if self._layers is None or self._frame is None or self._decor is None:
            return ""
        pixel = self._pixel()
        x, y = self._frame.to_map(position.x() * pixel, position.y() * pixel)
        px, py = self._layers.wish.frame.to_pixel(x, y)
        near = [spot for spot in self._decor.spots if math.hypot(spot.x - px, spot.y - py) <= spot.reach]
        return min(near, key=lambda spot: math.hypot(spot.x - px, spot.y - py)).words if near else ""

    def _light(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            if place is None:
                QToolTip.hideText()
            self.hovered.emit(self._code(place))
            self.update()

    def _choose(self, place: int | None) -> None:
        if place != self._selected:
            self._selected = place
            self._describe()
            self.update()
            self.selected.emit(self._code(place))

    def _open(self) -> None:
        code = self.selected_code
        if code is not None:
            self.opened.emit(code)

    # -- keyboard ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + - 0 zoom, Enter opens, Escape goes up."""
        action = self._keys.get(Qt.Key(event.key()))
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if action is None or held:
            super().keyPressEvent(event)
            return
        action()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the territories by rank, then leaves the map."""
        if self._choropleth is None:
            return super().focusNextPrevChild(forward)
        order = self._ranks().order.tolist()
        if self._selected is None:
            following = 0 if forward else len(order)
        else:
            following = order.index(self._selected) + (1 if forward else -1)
        if not 0 <= following < len(order):
            return super().focusNextPrevChild(forward)
        self._choose(order[following])
        self._bring(order[following])
        return True

    def _bring(self, place: int) -> None:
        """Move the map so that a territory walked to is in the window."""
        if self._frame is None or self._choropleth is None:
            return
        x, y = self._frame.to_pixel(*self._choropleth.layer.label_xy[place])
        if not (0 <= x <= self._frame.width and 0 <= y <= self._frame.height):
            pixel = self._pixel()
            self.pan((self._frame.width / 2 - x) / pixel, (self._frame.height / 2 - y) / pixel)

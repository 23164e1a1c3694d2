"""Moving over a map: the frame seen, fitted, zoomed at a point, panned; what to draw is asked, not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.map_frame import Frame, fit, fit_above

if TYPE_CHECKING:
    from ui.widgets.map_frame import Bounds

STILL_MS = 120
"""Silence after a zoom before drawing at the new scale."""
CLOSEST = 1.0
"""Device pixels per metre beyond which zooming stops."""
FARTHEST = 1 / 3
"""Least scale, as a share of the one that fits the territory."""
FIT_MARGIN = 28


class MovingSurface(QWidget):
    """Holds the frame; `_ask` is called when something must be drawn, after some milliseconds."""

    moved = Signal(object)
    """The Frame after the user zoomed, panned or fitted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._focus: Bounds | None = None
        self._extent: Bounds | None = None
        self._fitted = True
        self._corner = (0, 0)

    @property
    def frame(self) -> Frame | None:
        """What is seen, in device pixels; None before the first map."""
        return self._frame

    def event(self, event: QEvent) -> bool:
        """Fit again on a screen with other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.fit()
        return super().event(event)

    def _ask(self, delay: int) -> None:
        """Draw the frame after a delay, milliseconds."""
        raise NotImplementedError

    def _drawn(self, frame: Frame) -> bool:
        """True if what is already drawn covers a frame, at its scale."""
        raise NotImplementedError

    def fit(self) -> None:
        """Show the whole territory."""
        bounds = self._bounds()
        if bounds is None:
            return
        self._fitted = True
        width, height = self._size()
        pixel = self._pixel()
        margin, corner = round(FIT_MARGIN * pixel), (self._corner[0] * pixel, self._corner[1] * pixel)
        frame = fit(bounds, width, height, margin=margin)
        self._frame = frame if frame.clears(bounds, corner) else fit_above(bounds, frame, corner[1], margin)
        self._ask(0)
        self.moved.emit(self._frame)

    def keep_clear(self, width: int, height: int) -> None:
        """Leave the bottom left corner free when fitting: something stands there, in logical pixels."""
        if self._corner != (width, height):
            self._corner = (width, height)
            if self._fitted and self._frame is not None:
                self.fit()

    def follow(self, frame: Frame) -> None:
        """Show what another map of the same territories shows: its centre and its scale."""
        if self._frame is None:
            return
        width, height = self._size()
        self._fitted = False
        self._frame = Frame(frame.x, frame.y, frame.scale, width, height)
        self._ask(STILL_MS)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Scale around a point of the widget, its centre by default."""
        if self._frame is None:
            return
        pixel = self._pixel()
        point = at or QPointF(self.width() / 2, self.height() / 2)
        scale = min(max(self._frame.scale * factor, self._widest()), CLOSEST)
        factor = scale / self._frame.scale
        if factor == 1.0:
            return
        self._fitted = False
        self._frame = self._frame.zoomed(factor, point.x() * pixel, point.y() * pixel)
        self._ask(STILL_MS)
        self.update()
        self.moved.emit(self._frame)

    def pan(self, dx: float, dy: float) -> None:
        """Move the content by logical pixels."""
        if self._frame is None:
            return
        pixel = self._pixel()
        self._fitted = False
        self._frame = self._frame.panned(round(dx * pixel), round(dy * pixel))
        if not self._drawn(self._frame):
            self._ask(0)
        self.update()
        self.moved.emit(self._frame)

    def _widest(self) -> float:
        bounds = self._bounds()
        if bounds is None or self._frame is None:
            return 0.0
        return fit(bounds, *self._size()).scale * FARTHEST

    def _bounds(self) -> Bounds | None:
        return self._focus or self._extent

    def _pixel(self) -> float:
        return float(self.devicePixelRatioF())

    def _size(self) -> tuple[int, int]:
        pixel = self._pixel()
        return max(round(self.width() * pixel), 1), max(round(self.height() * pixel), 1)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fit again, or keep the same centre if the user moved."""
        if self._frame is None:
            return
        if self._fitted:
            self.fit()
            return
        width, height = self._size()
        frame = self._frame
        self._frame = Frame(frame.x, frame.y, frame.scale, width, height)
        self._ask(STILL_MS)

"""The drawing surface of the map: a canvas larger than the window, moved, scaled, coloured again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.map_canvas import (
    Drawn,
    Layers,
    Scene,
    Wish,
    compose,
    draw,
    draw_scaled,
    extent_of,
    outline,
    part_seen,
    recompose,
    still_serves,
)
from ui.widgets.map_decor import Look, draw_decor, draw_scale
from ui.widgets.map_frame import Frame
from ui.widgets.map_moving import MovingSurface
from ui.widgets.map_style import Colours, colours_of, style
from ui.widgets.map_worker import CanvasWorker

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.widgets.map_decor import Decor
    from ui.widgets.map_frame import Bounds

BEYOND = 0.25
"""Share of the window drawn beyond each side, so that a pan is only an image moved."""
AFTER_PAINT_MS = 10
KEPT_MARKS = 24


class MapSurface(MovingSurface):
    """Shows a Choropleth and moves it; knows polygons by number."""

    painted = Signal()
    """Colours are up to date; names may follow."""
    drawn = Signal()
    """Everything is up to date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 160)
        self._choropleth: Choropleth | None = None
        self._colours = Colours((), np.empty(0, dtype=np.int16), "")
        self._scene: Scene | None = None
        self._layers: Layers | None = None
        self._canvas: QImage | None = None
        self._decor: Decor | None = None
        self._overview: Drawn | None = None
        self._preparing = False
        self._again = False
        self._marks: dict[tuple[int, bool], tuple[Frame, QImage]] = {}
        self._places: dict[str, int] = {}
        self._dark = False
        self._show = {"communes": True, "labels": True, "neighbours": True}
        self._selected: int | None = None
        self._hovered: int | None = None
        self._worker = CanvasWorker(self)
        self._worker.ready.connect(self._receive)
        self._worker.failed.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._prepare)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AFTER_PAINT_MS)
        self._rest.timeout.connect(self._draw_rest)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def choropleth(self) -> Choropleth | None:
        """What is shown."""
        return self._choropleth

    def set_dark(self, dark: bool) -> None:
        """Follow the theme; call set_choropleth after, with the palette of the theme."""
        if dark != self._dark:
            self._dark = dark
            self._ask(0)

    def set_shown(self, **layers: bool) -> None:
        """Show or hide communes (their lines), labels, neighbours (their names)."""
        self._show.update(layers)
        self._ask(0)

    def wait(self, milliseconds: int = 5000) -> bool:
        """Let events run until the canvas is up to date; for exports and tests."""
        loop, limit = QEventLoop(), QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        self.drawn.connect(loop.quit)
        limit.start(milliseconds)
        while self._waiting() and limit.isActive():
            loop.exec()
        self.drawn.disconnect(loop.quit)
        return not self._waiting()

    def _waiting(self) -> bool:
        return self._timer.isActive() or self._rest.isActive() or self._worker.busy

    def _show_map(self, choropleth: Choropleth, palette: tuple[str, ...], focus: Bounds | None) -> None:
        """Show values; the same outlines keep the view and cost one look-up, others are drawn in a thread."""
        same = self._same_outlines(choropleth)
        look = style(self._dark)
        self._choropleth = choropleth
        self._colours = colours_of(choropleth, palette or choropleth.palette, look)
        if not same:
            self._scene = Scene(choropleth.fond, choropleth.layer)
            self._places = {code: place for place, code in enumerate(choropleth.layer.codes)}
            self._layers = self._canvas = self._decor = self._overview = None
            self._stop()
            self._extent = extent_of(choropleth.layer) if len(choropleth.layer.polygons) else None
            self._hovered = None
            self._marks.clear()
        if not same or focus != self._focus:
            self._focus = focus
            self.fit()
        else:
            self._colour()

    def _same_outlines(self, choropleth: Choropleth) -> bool:
        return self._scene is not None and self._scene.shows(choropleth)

    def _clear(self) -> None:
        self._stop()
        self._extent = None
        self._choropleth = None
        self._scene = self._layers = self._canvas = self._decor = self._overview = None
        self._places = {}
        self._selected = self._hovered = None
        self.update()

    def _stop(self) -> None:
        """Forget what was being drawn."""
        self._worker.forget()
        self._preparing = self._again = False
        self._timer.stop()
        self._rest.stop()

    # -- drawing -----------------------------------------------------------------------------------------

    def _drawn(self, frame: Frame) -> bool:
        return self._layers is not None and self._layers.wish.frame.covers(frame)

    def _ask(self, delay: int) -> None:
        if self._scene is not None and self._frame is not None:
            self._timer.start(delay)

    def _look(self, choropleth: Choropleth) -> Look:
        return Look(
            choropleth,
            self._colours,
            self._dark,
            QFont(self.font()),
            labels=self._show["labels"],
            neighbours=self._show["neighbours"],
        )

    def _prepare(self) -> None:
        """Ask for the canvas of this frame."""
        scene, frame, choropleth = self._scene, self._frame, self._choropleth
        if scene is None or frame is None or choropleth is None:
            return
        if self._preparing:  # let it end: dropping it at each step of a long drag would show nothing
            self._again = True
            return
        wish = Wish(frame.widened(BEYOND), frame, style(self._dark), self._show["communes"], self._pixel())
        look = self._look(choropleth)
        self._preparing = True
        self._rest.stop()
        self._worker.ask(lambda: draw(scene, scene.prepare(wish), look))

    def _colour(self) -> None:
        """Show other values on the same outlines: at once if it is one look-up, else from the thread."""
        layers, scene, choropleth = self._layers, self._scene, self._choropleth
        if self._timer.isActive() or scene is None or choropleth is None:
            return
        if layers is None or self._preparing:
            self._ask(0)
            return
        look = self._look(choropleth)
        if not scene.engine.quick:
            self._worker.ask(lambda: Drawn(layers, look, compose(layers, scene.engine, look)))
            return
        self._worker.forget()
        assert self._canvas is not None
        assert self._frame is not None
        recompose(self._canvas, layers, scene.engine, look, part_seen(layers.wish.frame, self._frame))
        self._decor = None
        self._rest.start()
        self.update()

    def _draw_rest(self) -> None:
        """What is beyond the window, names and values: once the colours are painted."""
        layers, scene, choropleth = self._layers, self._scene, self._choropleth
        if layers is None or scene is None or choropleth is None or self._preparing:
            return
        look = self._look(choropleth)
        self._worker.ask(lambda: draw(scene, layers, look))

    def _receive(self, drawn: Drawn) -> None:
        if drawn.layers is not self._layers:
            self._marks.clear()
        self._layers, self._canvas, self._decor = drawn.layers, drawn.canvas, drawn.decor
        self._preparing = False
        if self._again:
            self._again = False
            self._prepare()
        elif drawn.decor is None:
            self._worker.ask(lambda: replace(drawn, decor=draw_decor(drawn.layers, drawn.look)))
        if self._overview is None or not still_serves(self._overview, drawn):
            self._overview = drawn
        self.update()
        self.painted.emit()
        if drawn.decor is not None:
            self.drawn.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Move the canvas under the window, then draw what lives: hover, selection, scale."""
        painter = QPainter(self)
        look = style(self._dark)
        painter.fillRect(self.rect(), QColor(look.water))
        if self._frame is None or self._scene is None:
            painter.end()
            return
        pixel = self._pixel()
        painter.scale(1 / pixel, 1 / pixel)
        if self._layers is not None and self._canvas is not None:
            self._blit(painter, self._layers.wish.frame, self._canvas)
            if self._decor is not None and self._decor.under is not None:
                self._blit(painter, self._layers.wish.frame, self._decor.under)
            self._outline(painter)
            if self._decor is not None:
                self._blit(painter, self._layers.wish.frame, self._decor.image)
        draw_scale(painter, self._frame, self.font(), look, pixel)
        painter.end()

    def _blit(self, painter: QPainter, source: Frame, image: QImage) -> None:
        assert self._frame is not None
        if source.scale == self._frame.scale:
            x, y = self._frame.to_pixel(*source.to_map(0, 0))
            painter.drawImage(round(x), round(y), image)
            return
        if self._overview is not None and image is self._canvas:
            draw_scaled(painter, self._frame, self._overview.layers.wish.frame, self._overview.canvas)
        draw_scaled(painter, self._frame, source, image)

    def _outline(self, painter: QPainter) -> None:
        for key in ((self._hovered, False), (self._selected, True)):
            place, chosen = key
            if place is None or (place == self._selected and not chosen):
                continue
            self._blit(painter, *self._mark(place, chosen))

    def _mark(self, place: int, chosen: bool) -> tuple[Frame, QImage]:
        """Outline of a territory as an image, kept: stroking it at each paint would cost a frame."""
        assert self._layers is not None
        assert self._scene is not None
        known = self._marks.get((place, chosen))
        if known is None:
            if len(self._marks) > KEPT_MARKS:
                self._marks.clear()
            path = self._scene.engine.path(self._layers.prepared, place)
            known = outline(path, self._layers.wish, chosen)
            self._marks[place, chosen] = known
        return known

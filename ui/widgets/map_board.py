"""Two to four maps side by side: one zoom, one pointer, one selection for all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.widgets.map_view import MapView
from ui.widgets.parts import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.choropleth import Choropleth
    from ui.widgets.map_frame import Frame

MOST = 4


class MapCell(QWidget):
    """One map and its caption."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = text("", "strong")
        self.caption.setContentsMargins(12, 6, 12, 4)
        self.caption.setProperty("surface", True)
        self.view = MapView()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.caption)
        layout.addWidget(self.view, 1)


class MapBoard(QWidget):
    """Shows maps of the same territories; `selected` and `hovered` carry codes, as those of one map."""

    selected = Signal(object)
    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cells = tuple(MapCell() for _ in range(MOST))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        self._following = False
        for cell in self.cells:
            view = cell.view
            view.selected.connect(self._selected)
            view.hovered.connect(partial(self._hovered, view))
            view.moved.connect(partial(self._moved, view))
            view.ascended.connect(partial(self._selected, None))

    @property
    def shown(self) -> tuple[MapCell, ...]:
        """Cells that hold a map."""
        return tuple(cell for cell in self.cells if not cell.isHidden())

    def show_maps(self, maps: Sequence[Choropleth], captions: Sequence[str]) -> None:
        """Show maps whose palettes are those of the screen, in one row up to three, else two by two."""
        columns = 2 if len(maps) == MOST else len(maps)
        for place, cell in enumerate(self.cells):
            self._grid.removeWidget(cell)
            cell.setVisible(place < len(maps))
            if place >= len(maps):
                cell.view.set_choropleth(None)
                continue
            self._grid.addWidget(cell, place // columns, place % columns)
            cell.caption.setText(captions[place])
            cell.view.set_choropleth(maps[place], maps[place].palette)
            cell.view.setAccessibleName(f"Carte\u202f: {maps[place].title}, {captions[place]}")

    def select(self, code: str | None) -> None:
        """Select a territory on every map; nothing is emitted."""
        for cell in self.shown:
            cell.view.select(code)

    def hover(self, code: str | None) -> None:
        """Light a territory on every map; nothing is emitted."""
        for cell in self.shown:
            cell.view.hover(code)

    def set_dark(self, dark: bool) -> None:
        """Follow the theme."""
        for cell in self.cells:
            cell.view.set_dark(dark)

    def _selected(self, code: str | None) -> None:
        self.select(code)
        self.selected.emit(code)

    def _hovered(self, source: MapView, code: str | None) -> None:
        for cell in self.shown:
            if cell.view is not source:
                cell.view.hover(code)
        self.hovered.emit(code)

    def _moved(self, source: MapView, frame: Frame) -> None:
        """Show the same place on the others."""
        if self._following:
            return
        self._following = True
        for cell in self.shown:
            if cell.view is not source:
                cell.view.follow(frame)
        self._following = False

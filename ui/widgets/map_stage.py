"""The map and what floats over it: zoom, years, a sentence when there is nothing to colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets.map_timeline import Timeline
from ui.widgets.map_view import WHEEL_STEP, MapView
from ui.widgets.parts import Banner, icon_button

if TYPE_CHECKING:
    from ui.theme import Theme

MARGIN = 14


class MapStage(QWidget):
    """Lays the floating controls over the map."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.view = MapView(self)
        self.tools = QFrame(self)
        self.tools.setProperty("role", "card")
        column = QVBoxLayout(self.tools)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for icon, name, action in (
            ("plus", "Agrandir la carte (+)", self._closer),
            ("minus", "Réduire la carte (−)", self._farther),
            ("maximize", "Voir tout le territoire (0)", self.view.fit),
        ):
            column.addWidget(icon_button(icon, name, action))
        self.timeline = Timeline(theme)
        self.timeline.setParent(self)
        self.banner = Banner()
        self.banner.setParent(self)

    def say(self, words: str, *verbs: tuple[str, Callable[[], object]]) -> None:
        """Write a sentence on top of the map; empty words remove it."""
        if not words:
            self.banner.hide()
            return
        self.banner.say(words, "ocre" if verbs else "", *verbs)
        self.arrange()

    def _closer(self) -> None:
        self.view.zoom(WHEEL_STEP)

    def _farther(self) -> None:
        self.view.zoom(1 / WHEEL_STEP)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the floating controls in their corners."""
        self.arrange()

    def arrange(self) -> None:
        """Put everything in place."""
        self.view.setGeometry(self.rect())
        self.tools.adjustSize()
        self.tools.move(MARGIN, MARGIN)
        self.timeline.move(MARGIN, self.height() - self.timeline.height() - MARGIN)
        left = MARGIN + self.tools.width() + 10
        width = min(self.width() - left - MARGIN, self._theme.px(560))
        self.banner.setGeometry(left, MARGIN, max(width, 120), self.banner.sizeHint().height())
        shown = self.timeline.isVisibleTo(self)
        size = self.timeline.size()
        self.view.keep_clear(MARGIN + size.width() if shown else 0, MARGIN + size.height() if shown else 0)
        for floating in (self.tools, self.timeline, self.banner):
            floating.raise_()

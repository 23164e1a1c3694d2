"""Stacked bar of the modes d’accueil of one territory, always in the same order and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme import Theme

HEIGHT = 14
GAP = 1.5


class ModeBar(QWidget):
    """Segments proportional to their value; the whole width is `scale`."""

    def __init__(self, theme: Theme, parts: Sequence[tuple[str, str, float]], scale: float) -> None:
        """parts: name, colour token, value."""
        super().__init__()
        self._theme = theme
        self._parts = tuple(parts)
        self._scale = max(scale, sum(value for _, _, value in parts), 1e-9)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Parts des modes d’accueil")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments from the left, a hair apart."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        x = 0.0
        for _name, token, value in self._parts:
            width = self.width() * value / self._scale
            painter.setBrush(self._theme.token(token))
            painter.drawRect(QRectF(x, 0, max(width - GAP, 0.5), self.height()))
            x += width

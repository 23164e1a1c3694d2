"""A share in one bar: covered, not covered, and hatched what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.indicator import ValueState
from ui.widgets.map_style import texture_brush

if TYPE_CHECKING:
    from app.domain.coverage import Share
    from ui.theme import Theme

HEIGHT = 10


class ShareBar(QWidget):
    """Draws a Share; its words are beside it."""

    def __init__(self, theme: Theme, share: Share, words: str) -> None:
        super().__init__()
        self._theme = theme
        self.share = share
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self._theme.px(120), self._theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Covered first, then unknown, then the rest empty."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        total = self.share.total
        painter.fillRect(box, self._theme.token("surface"))
        if total > 0:
            covered = box.width() * self.share.covered / total
            unknown = box.width() * self.share.unknown / total
            painter.fillRect(QRectF(box.left(), box.top(), covered, box.height()), self._theme.token("encre"))
            hatched = QRectF(box.left() + covered, box.top(), unknown, box.height())
            painter.fillRect(hatched, texture_brush(ValueState.NO_DATA, self._theme.dark))
        painter.setPen(QPen(self._theme.token("trait_fort"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.end()

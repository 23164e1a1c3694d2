"""Legend of a trajectory: each item shows its line and hides its series."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.trajectory_marks import LOOKS, draw_marker

if TYPE_CHECKING:
    from ui.theme import Theme

SAMPLE = 24
GAP = 6


class LegendItem(QAbstractButton):
    """A checkable sample with its word; unchecked, the series is hidden and the word is struck out."""

    def __init__(self, theme: Theme, kind: str, label: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self.setText(label)
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(f"{label}, montrer ou cacher")
        self.setToolTip("Montrer ou cacher cette série")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Sample and word."""
        metrics = QFontMetrics(self._theme.font("dense"))
        return QSize(SAMPLE + GAP + metrics.horizontalAdvance(self.text()) + 4, max(metrics.height() + 8, 28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sample of the line, then the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isChecked() else 0.45)
        middle = self.height() / 2
        if self._kind == "tunnel":
            self._band(painter, QRectF(0, middle - 5, SAMPLE, 10))
        else:
            self._line(painter, middle)
        painter.setOpacity(1.0)
        font = self._theme.font("dense")
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        painter.setPen(self._theme.token("texte" if self.isChecked() else "texte3"))
        box = QRectF(SAMPLE + GAP, 0, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _band(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, self._theme.token("encre_doux"))
        hatch = self._theme.token("encre")
        hatch.setAlphaF(0.3)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))

    def _line(self, painter: QPainter, middle: float) -> None:
        token, width, dashes, marker = LOOKS[self._kind]
        pen = QPen(self._theme.token(token), width)
        if dashes:
            pen.setDashPattern(list(dashes))
        painter.setPen(pen)
        painter.drawLine(QPointF(0, middle), QPointF(SAMPLE, middle))
        if marker:
            draw_marker(painter, self._theme, marker, token, QPointF(SAMPLE / 2, middle), 4.0, draft=False)


class TrajectoryLegend(QWidget):
    """The items of the series shown; `hidden_changed` carries the frozenset of those put aside."""

    hidden_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hidden: frozenset[str] = frozenset()
        self.items: dict[str, LegendItem] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._row.addStretch(1)

    def show_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Show (kind, word) of each series; what was hidden stays hidden."""
        if list(self.items) == [kind for kind, _ in items]:
            return
        for item in self.items.values():
            item.hide()
            item.deleteLater()
        self.items = {kind: LegendItem(self._theme, kind, word) for kind, word in items}
        for place, (kind, item) in enumerate(self.items.items()):
            item.setChecked(kind not in self._hidden)
            item.toggled.connect(partial(self._toggled, kind))
            self._row.insertWidget(place, item)

    def _toggled(self, kind: str, shown: bool) -> None:
        self._hidden = self._hidden - {kind} if shown else self._hidden | {kind}
        self.hidden_changed.emit(self._hidden)

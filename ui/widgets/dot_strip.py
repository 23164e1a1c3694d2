"""A strip of dots: every EPCI on one line, with the values compared; a mean is never alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.french import THIN, number

if TYPE_CHECKING:
    from app.services.dashboard_rows import Dot, Mark
    from ui.theme import Theme

RADIUS = 5.5
SIDE = 8.0
HEIGHT = 66


class DotStrip(QWidget):
    """Dots that would overlap are stacked; references are dashed lines with name and value."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dots: tuple[Dot, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._colours: dict[str, str] = {}
        self._selected = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("EPCI et repères")
        theme.changed.connect(self._resize)
        self._resize()

    def show_dots(self, dots: Sequence[Dot], marks: Sequence[Mark], selected: str = "") -> None:
        """Show these EPCI and these references."""
        self._dots = tuple(dot for dot in dots if dot.number is not None)
        self._marks = tuple(marks)
        self._selected = selected
        said = [f"{dot.name} {number(dot.number, 1)}" for dot in self._dots]
        said += [f"repère {mark.name} {number(mark.number, 1)}" for mark in self._marks]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Give each EPCI the colour of its class on the map."""
        self._colours = dict(colours)
        self.update()

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()

    # -- geometry ----------------------------------------------------------------------------------------

    def _range(self) -> tuple[float, float]:
        numbers = [dot.number for dot in self._dots if dot.number is not None]
        numbers += [mark.number for mark in self._marks]
        low, high = min(numbers), max(numbers)
        room = (high - low) * 0.06 or 1.0
        return low - room, high + room

    def _x(self, value: float) -> float:
        low, high = self._range()
        return SIDE + (value - low) / (high - low) * (self.width() - 2 * SIDE)

    def _placed(self) -> list[tuple[Dot, QPointF]]:
        """Dots with their centre: one that would hide another goes above it."""
        axis = self._axis()
        placed: list[tuple[Dot, QPointF]] = []
        for dot in sorted(self._dots, key=lambda dot: dot.number or 0.0):
            x, level = self._x(dot.number or 0.0), 0
            taken = [point.y() for _, point in placed if abs(point.x() - x) < 2 * RADIUS - 1]
            while axis - level * 2 * RADIUS in taken and level < 2:
                level += 1
            placed.append((dot, QPointF(x, axis - level * 2 * RADIUS)))
        return placed

    def _axis(self) -> float:
        return self.height() - self._theme.px(34)

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axis, references, dots."""
        if not self._dots and not self._marks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis = self._axis()
        painter.setPen(QPen(self._theme.token("trait"), 1.5))
        painter.drawLine(QPointF(0, axis), QPointF(self.width(), axis))
        self._draw_marks(painter, axis)
        for dot, point in self._placed():
            fill = QColor(self._colours.get(dot.code, self._theme.hex("encre")))
            painter.setBrush(fill)
            strong = dot.code == self._selected
            painter.setPen(QPen(self._theme.token("texte"), 2.4 if strong else 1))
            painter.drawEllipse(point, RADIUS, RADIUS)

    def _draw_marks(self, painter: QPainter, axis: float) -> None:
        ochre = self._theme.token("ocre")
        pen = QPen(ochre, 1.4)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        for mark in self._marks:
            x = self._x(mark.number)
            painter.drawLine(QPointF(x, 2), QPointF(x, axis + 7))
        painter.setFont(self._theme.font("legend"))
        painter.setPen(ochre)
        for box, words in self._labels(painter.fontMetrics()):
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _labels(self, metrics: QFontMetrics) -> list[tuple[QRectF, str]]:
        """Return box and words of each reference, on two lines at most, none over another."""
        placed: list[tuple[QRectF, str]] = []
        for mark in sorted(self._marks, key=lambda mark: mark.number):
            words = f"{mark.name} {number(mark.number, 1)}"
            wide = metrics.horizontalAdvance(words) + 2.0
            for box in self._places(self._x(mark.number), wide, metrics.height(), placed):
                if not any(box.adjusted(-5, 0, 5, 0).intersects(other) for other, _ in placed):
                    placed.append((box, words))
                    break
        return placed

    def _places(
        self, x: float, wide: float, tall: float, placed: Sequence[tuple[QRectF, str]]
    ) -> Iterator[QRectF]:
        """Boxes to try for a label: under its line, then beside the labels already there."""
        lefts = [x - wide / 2]
        for box, _ in placed:
            lefts += [box.right() + 6, box.left() - wide - 6]
        for left in lefts:
            for line in range(2):
                kept = max(min(left, self.width() - wide), 0.0)
                yield QRectF(kept, self._axis() + 6 + line * tall, wide, tall)

    def event(self, event: QEvent) -> bool:
        """Name the dot under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            near = [dot for dot, point in self._placed() if (point - event.pos()).manhattanLength() < 12]
            words = "\n".join(f"{dot.name}{THIN}: {number(dot.number, 1)}" for dot in near)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

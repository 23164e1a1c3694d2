"""Bricks of a tile: the mark that explains a figure, one segment an EPCI, a count with its bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QToolButton, QToolTip, QWidget

from app.domain.french import NBSP, THIN
from ui import icons

if TYPE_CHECKING:
    from app.domain.indicator import Value
    from app.services.dashboard_rows import Segment
    from ui.theme import Theme

HOW = "Comment est-ce calculé\u202f?"
STAGES = (
    ("renouvelee", "vert"),
    ("en_cours", "encre"),
    ("signee", "vert"),
    ("evaluation", "ocre"),
    ("echue", "rouge"),
    ("diagnostic", "violet"),
    ("prefiguration", "texte3"),
)
"""Stages of a convention in the order drawn, with their tokens; an EPCI without any is hollow."""
TOKENS = dict(STAGES)
ORDER = {stage: rank for rank, (stage, _token) in enumerate(STAGES)}
WITHOUT = "sans CTG"
BAR = 10
SQUARE = 8
LINE = 16


class HowButton(QToolButton):
    """Mark of a figure: asks how it is computed; hidden when no value is behind it."""

    asked = Signal(object, object)
    """Value to explain, widget beside which to do it."""

    def __init__(self, about: str) -> None:
        super().__init__()
        self.value: Value | None = None
        self.setIcon(icons.icon("info-circle", "texte2", on="encre"))
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(HOW)
        self.name_after(about)
        self.clicked.connect(self._ask)
        self.hide()

    def name_after(self, about: str) -> None:
        """Tell a screen reader which figure it explains."""
        self.setAccessibleName(f"{HOW} {about}")

    def show_value(self, value: Value | None) -> None:
        """Explain this value; a sum over several départements has no single origin to show."""
        self.value = value if value is not None and value.code else None
        self.setVisible(self.value is not None)

    def _ask(self) -> None:
        if self.value is not None:
            self.asked.emit(self.value, self)


class SegmentBar(QWidget):
    """One segment an EPCI by the stage of its convention, and a legend in words under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._segments: tuple[Segment, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("EPCI par étape de leur CTG")
        theme.changed.connect(self._resize)
        self._resize()

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show these EPCI, the furthest stages first."""
        self._segments = tuple(
            sorted(segments, key=lambda item: (ORDER.get(item.stage, len(ORDER)), item.name))
        )
        said = [f"{item.name}{THIN}: {item.word or WITHOUT}" for item in self._segments]
        self.setAccessibleDescription(", ".join(said))
        self._resize()

    def legend(self) -> tuple[tuple[str, str], ...]:
        """(stage, words) of each stage present, in order: « 5 en cours »."""
        counts = Counter(item.stage for item in self._segments)
        words = {item.stage: item.word.lower() or WITHOUT for item in self._segments}
        return tuple((stage, f"{count}{NBSP}{words[stage]}") for stage, count in counts.items())

    def _resize(self) -> None:
        lines = 1 + max((line for _, line, _, _ in self._places()), default=0)
        self.setFixedHeight(self._theme.px(BAR + 6) + lines * self._theme.px(LINE))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the legend the lines it needs."""
        super().resizeEvent(event)
        self._resize()

    def _places(self) -> list[tuple[float, int, str, str]]:
        """Left, line, stage and words of each legend item."""
        metrics, left, line = QFontMetrics(self._theme.font("legend")), 0.0, 0
        places: list[tuple[float, int, str, str]] = []
        for stage, words in self.legend():
            wide = SQUARE + 6 + metrics.horizontalAdvance(words)
            if left and left + wide > self.width():
                left, line = 0.0, line + 1
            places.append((left, line, stage, words))
            left += wide + 12
        return places

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments, then the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for item, box in self._boxes():
            self._shape(painter, item.stage, box)
        painter.setFont(self._theme.font("legend"))
        top, tall = self._theme.px(BAR + 6), self._theme.px(LINE)
        for left, line, stage, words in self._places():
            row = QRectF(left, top + line * tall, self.width() - left, tall)
            middle = row.center().y() - SQUARE / 2
            self._shape(painter, stage, QRectF(left, middle, SQUARE, SQUARE))
            painter.setPen(self._theme.token("texte2"))
            painter.drawText(row.adjusted(SQUARE + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _shape(self, painter: QPainter, stage: str, box: QRectF) -> None:
        hollow = stage not in TOKENS
        outline = QPen(self._theme.token("trait_fort"), 1) if hollow else QPen(Qt.PenStyle.NoPen)
        painter.setPen(outline)
        painter.setBrush(self._theme.token("surface" if hollow else TOKENS[stage]))
        inside = box.adjusted(0.5, 0.5, -0.5, -0.5) if hollow else box
        painter.drawRoundedRect(inside, 2, 2)

    def _boxes(self) -> list[tuple[Segment, QRectF]]:
        count = len(self._segments)
        if not count:
            return []
        gap = 4.0 if count <= 20 else 1.0
        wide = max((self.width() - gap * (count - 1)) / count, 1.0)
        tall = self._theme.px(BAR)
        return [
            (item, QRectF(rank * (wide + gap), 1, wide, tall)) for rank, item in enumerate(self._segments)
        ]

    def event(self, event: QEvent) -> bool:
        """Name the EPCI under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            under = [item for item, box in self._boxes() if box.contains(event.pos())]
            words = "\n".join(f"{item.name}{THIN}: {item.word or WITHOUT}" for item in under)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)


def bar(share: float, name: str, tone: str = "") -> QProgressBar:
    """Return a flat bar; share from 0 to 1."""
    made = QProgressBar()
    made.setRange(0, 1000)
    made.setValue(round(1000 * min(max(share, 0.0), 1.0)))
    made.setTextVisible(False)
    made.setAccessibleName(name)
    if tone:
        made.setProperty("tone", tone)
    return made

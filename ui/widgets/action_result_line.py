"""One result on a line: where it started, where it is, where it must go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.french import number
from ui.theme import Theme

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionIndicatorRow, IndicatorValueRow

HEIGHT = 46
NEVER = "Ni départ, ni réalisé, ni cible."


class ResultLine(QWidget):
    """Full bar up to the actual value, a tick at the start, an ochre tick at the target; words under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: ActionIndicatorRow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A line and its words."""
        return QSize(220, self._theme.px(HEIGHT))

    def show_row(self, row: ActionIndicatorRow | None) -> None:
        """Show another indicator."""
        self._row = row
        self.setAccessibleName(f"{row.label}\u202f: {self.words()}" if row is not None else "")
        self.setToolTip(self.accessibleName())
        self.update()

    def marks(self) -> list[tuple[float, str, str, str]]:
        """(value, words, token, font) of what is known, in the order of values."""
        row = self._row
        if row is None:
            return []
        known = (
            (row.baseline, "départ {0}", "texte2", "legend"),
            (row.actual, "{0} en {1}", "encre", "legend_strong"),
            (row.target, "cible {0}", "ocre", "legend"),
        )
        found = [
            (held.number, words.format(self._said(held), held.year), token, font)
            for held, words, token, font in known
            if held is not None and held.number is not None
        ]
        return sorted(found, key=lambda mark: mark[0])

    def _said(self, held: IndicatorValueRow) -> str:
        return number(held.number, self._row.decimals if self._row is not None else 0)

    def words(self) -> str:
        """« départ 26, 36 en 2026, cible 52 »."""
        return ", ".join(words for _, words, _, _ in self.marks()) or NEVER

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar, the ticks, then the words."""
        marks = self.marks()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not marks:
            painter.setFont(self._theme.font("legend"))
            painter.setPen(self._theme.token("texte3"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, NEVER)
            return
        low, high = _range([value for value, *_ in marks])
        places = [4 + (self.width() - 8) * (value - low) / (high - low) for value, *_ in marks]
        self._bar(painter, marks, places)
        self._labels(painter, marks, places)

    def _bar(self, painter: QPainter, marks: list[tuple[float, str, str, str]], places: list[float]) -> None:
        top, height = self._theme.px(12), self._theme.px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.token("trait"))
        painter.drawRoundedRect(QRectF(2, top, self.width() - 4, height), 3, 3)
        actual = next((place for mark, place in zip(marks, places, strict=True) if mark[2] == "encre"), None)
        if actual is not None:
            painter.setBrush(self._theme.token("encre"))
            painter.drawRoundedRect(QRectF(2, top, max(actual - 2, 3), height), 3, 3)
        for mark, place in zip(marks, places, strict=True):
            if mark[2] != "encre":
                painter.setBrush(self._theme.token("texte" if mark[2] == "texte2" else "ocre"))
                painter.drawRect(QRectF(place - 1, top - height * 0.9, 2, height * 2.8))

    def _labels(
        self, painter: QPainter, marks: list[tuple[float, str, str, str]], places: list[float]
    ) -> None:
        """Words under their mark, moved apart so that none covers another."""
        gap, left = 8.0, 0.0
        widths = [
            QFontMetrics(self._theme.font(font)).horizontalAdvance(words) for _, words, _, font in marks
        ]
        starts: list[float] = []
        for place, width in zip(places, widths, strict=True):
            starts.append(max(place - width / 2, left))
            left = starts[-1] + width + gap
        right = float(self.width())
        for at in reversed(range(len(starts))):
            starts[at] = max(min(starts[at], right - widths[at]), 0)
            right = starts[at] - gap
        top = self._theme.px(26)
        for (_, words, token, font), start, width in zip(marks, starts, widths, strict=True):
            painter.setFont(self._theme.font(font))
            painter.setPen(self._theme.token(token))
            box = QRectF(start, top, width + 2, self._theme.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _range(values: list[float]) -> tuple[float, float]:
    """From zero, or a little under the lowest, to a little over the highest."""
    low, high = min(0.0, *values), max(values)
    return low, high + (high - low or 1.0) * 0.08

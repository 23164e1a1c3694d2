"""From the initial target to the revised one, motive by motive; what nobody explains is a bar of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.french import THIN, number
from app.domain.ledger import Waterfall

if TYPE_CHECKING:
    from ui.theme import Theme

HEIGHT = 232
WIDEST = 74.0
CUT = 0.5
"""Share of the highest level above which the scale is cut, and says so."""
UNEXPLAINED = "non expliqué"


@dataclass(frozen=True, slots=True)
class Step:
    """One column: its words, the heights between which it stands, and how it is filled.

    kind: total, perenne, conjoncturel, autofinance, neutre or residue.
    """

    label: str
    start: float
    end: float
    text: str
    kind: str


def steps_of(waterfall: Waterfall, decimals: int) -> tuple[Step, ...]:
    """Columns of a waterfall, residue included as soon as it is not zero."""

    def said(x: float, *, signed: bool = False) -> str:
        return number(x, 0 if float(x).is_integer() else max(decimals, 1), signed)

    found = [Step("initiale", 0.0, waterfall.initial, said(waterfall.initial), "total")]
    for bar in waterfall.bars:
        kind = bar.nature.value if bar.counted else "neutre"
        words = said(bar.amount, signed=True) + ("" if bar.counted else f"{THIN}(neutre)")
        found.append(Step(bar.motive, bar.start, bar.end, words, kind))
    if waterfall.residue:
        start = waterfall.revised - waterfall.residue
        words = said(waterfall.residue, signed=True)
        found.append(Step(UNEXPLAINED, start, waterfall.revised, words, "residue"))
    found.append(Step("révisée", 0.0, waterfall.revised, said(waterfall.revised), "total"))
    return tuple(found)


class WaterfallPlot(QWidget):
    """One year of the register."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Passage de la cible initiale à la cible révisée")
        theme.changed.connect(self._theme_changed)

    def show_waterfall(self, waterfall: Waterfall | None, decimals: int = 1) -> None:
        """Draw a year, or nothing."""
        self.steps = steps_of(waterfall, decimals) if waterfall is not None else ()
        self.setAccessibleDescription(", ".join(f"{step.label} {step.text}" for step in self.steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for words under the columns."""
        return QSize(320, self._theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw columns, joints and words."""
        if not self.steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = self._levels()
        top, bottom = self._theme.px(38), self.height() - self._theme.px(40)
        span = (high - low) or 1.0

        def y(level: float) -> float:
            return bottom - (max(level, low) - low) / span * (bottom - top)

        each = self.width() / len(self.steps)
        wide = min(each - 10, self._theme.px(WIDEST))
        painter.setPen(QPen(self._theme.token("trait"), 1))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        self._joints(painter, each, wide, y)
        for place, step in enumerate(self.steps):
            box = QRectF(place * each + (each - wide) / 2, y(max(step.start, step.end)), wide, 0)
            box.setBottom(max(y(min(step.start, step.end)), box.top() + 2))
            self._column(painter, step, box)
            self._words(
                painter, step, box, QRectF(place * each + 2, bottom + 4, each - 4, self.height() - bottom - 4)
            )
        if low > 0:
            painter.setFont(self._theme.font("legend"))
            painter.setPen(self._theme.token("texte3"))
            painter.drawText(QPointF(2, 12), f"échelle coupée à {number(low)}")

    def _levels(self) -> tuple[float, float]:
        held = [
            level
            for step in self.steps
            for level in ((step.end,) if step.kind == "total" else (step.start, step.end))
        ]
        low, high = min(held), max(held)
        if low > high * CUT and low > 0:
            room = max(high - low, high * 0.01)
            return low - room, high
        return min(low, 0.0), max(high, 0.0)

    def _joints(self, painter: QPainter, each: float, wide: float, y: object) -> None:
        assert callable(y)
        painter.setPen(QPen(self._theme.token("trait_fort"), 1, Qt.PenStyle.DotLine))
        for place, step in enumerate(self.steps[:-1]):
            level = y(step.end)
            left = place * each + (each + wide) / 2
            painter.drawLine(QPointF(left, level), QPointF(left + each - wide, level))

    def _column(self, painter: QPainter, step: Step, box: QRectF) -> None:
        token, pattern = LOOKS[step.kind]
        colour = self._theme.token(token if step.label != "révisée" else "ocre")
        painter.setPen(
            QPen(colour, 1.2, Qt.PenStyle.DashLine if step.kind == "neutre" else Qt.PenStyle.SolidLine)
        )
        painter.setBrush(self._theme.token("surface"))
        painter.drawRect(box)
        painter.fillRect(box, QBrush(colour, pattern))

    def _words(self, painter: QPainter, step: Step, box: QRectF, under: QRectF) -> None:
        strong = step.kind in ("total", "residue")
        painter.setFont(self._theme.font("dense_strong" if strong else "dense"))
        painter.setPen(self._theme.token("rouge" if step.kind == "residue" else "texte"))
        above = QRectF(
            under.left() - 10, box.top() - self._theme.px(19), under.width() + 20, self._theme.px(17)
        )
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, step.text)
        painter.setFont(self._theme.font("legend"))
        painter.setPen(self._theme.token("texte2"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(under, int(flags), _two_lines(step.label, under.width(), painter.fontMetrics()))

    def _theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


LOOKS: dict[str, tuple[str, Qt.BrushStyle]] = {
    "total": ("texte3", Qt.BrushStyle.SolidPattern),
    "perenne": ("encre", Qt.BrushStyle.SolidPattern),
    "conjoncturel": ("encre", Qt.BrushStyle.Dense5Pattern),
    "autofinance": ("violet", Qt.BrushStyle.SolidPattern),
    "neutre": ("texte3", Qt.BrushStyle.NoBrush),
    "residue": ("rouge", Qt.BrushStyle.BDiagPattern),
}


def _two_lines(words: str, wide: float, metrics: object) -> str:
    from PySide6.QtGui import QFontMetrics

    assert isinstance(metrics, QFontMetrics)
    if metrics.horizontalAdvance(words) <= wide * 1.8:
        return words
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(wide * 1.7))


def balance_words(waterfalls: Sequence[Waterfall]) -> list[tuple[str, bool]]:
    """One sentence a year, and whether it adds up: « 2025 : −10, dont −8 expliqués, −2 non expliqués »."""
    found = []
    for item in waterfalls:
        if not item.gap and not item.bars:
            continue
        said = f"{item.year}{THIN}: {_signed(item.gap)}, dont {_signed(item.explained)} expliqués"
        if item.residue:
            said += f", {_signed(item.residue)} non expliqués"
        found.append((said, item.balanced))
    return found


def _signed(x: float) -> str:
    return number(x, 0 if float(x).is_integer() else 1, signed=True)

"""A finding about a line of a file, with the answers offered, and how its cells are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import draw
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
MARGIN = 10
SEGMENT_HEIGHT = 28
SEVERITY_ICONS = (("info-circle", "encre"), ("alert-triangle", "ocre"), ("help-octagon", "rouge"))


class LineSpan(int):
    """First line concerned, as a number to sort on, with the words that say them all (« 2–18 »)."""

    words: str

    @classmethod
    def of(cls, words: str) -> LineSpan:
        """Read the first line from the words; 0 without one."""
        first = re.match(r"\d+", words)
        span = cls(int(first.group()) if first else 0)
        span.words = words
        return span


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table of anomalies; `answers` are (code, word), `decision` the code in force."""

    key: Hashable
    line: str
    column: str
    value: str
    rule: str
    severity: int
    title: str
    explanation: str
    answers: tuple[tuple[str, str], ...]
    decision: str
    file: str = ""

    @property
    def span(self) -> LineSpan:
        """Lines concerned, sorted by the first; what concerns the whole file comes first."""
        return LineSpan.of(self.line)

    @property
    def answer(self) -> str:
        """Word of the decision in force, empty when none is taken."""
        return dict(self.answers).get(self.decision, "")

    def next_answer(self, step: int) -> str:
        """Code of the answer beside the one in force, turning round."""
        codes = [code for code, _word in self.answers]
        here = codes.index(self.decision) if self.decision in codes else -step
        return codes[(here + step) % len(codes)]


class SeverityDelegate(QStyledItemDelegate):
    """Shape and colour of the severity; the word is in the tooltip and for screen readers."""

    def __init__(self, finding_of: Callable[[Index], Finding], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finding_of = finding_of

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the icon in the middle of the cell."""
        paint_ground(self, painter, option, index)
        name, token = SEVERITY_ICONS[self._finding_of(index).severity]
        box = _rect(option)
        side = 18
        draw(painter, name, token, QRectF(box.center().x() - 8, box.center().y() - 8, side, side))


class FindingDelegate(QStyledItemDelegate):
    """Title of the finding, then its explanation, wrapped."""

    def __init__(
        self, theme: Theme, finding_of: Callable[[Index], Finding], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._finding_of = finding_of

    def height_for(self, finding: Finding, width: int) -> int:
        """Height that shows the whole finding in that width, three lines of explanation at most."""
        metrics = QFontMetrics(self._theme.font("dense"))
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(0, 0, max(width - 2 * MARGIN, 60), 1000, flags, finding.explanation)
        shown = min(needed.height(), metrics.lineSpacing() * 3 + 1) if finding.explanation else 0
        return 26 + shown + 6

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw both lines."""
        paint_ground(self, painter, option, index)
        finding = self._finding_of(index)
        painter.save()
        box = _rect(option).adjusted(MARGIN, 6, -MARGIN, -4)
        left = int(Qt.AlignmentFlag.AlignLeft)
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.token("texte"))
        title = painter.fontMetrics().elidedText(finding.title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, left, title)
        painter.setFont(self._theme.font("dense"))
        painter.setPen(self._theme.token("texte2"))
        flags = left | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(box.adjusted(0, 19, 0, 2), flags, finding.explanation)
        painter.restore()


class DecisionDelegate(QStyledItemDelegate):
    """Segmented answers in the cell; a click on one gives it to `decide(finding, code)`."""

    def __init__(
        self,
        theme: Theme,
        finding_of: Callable[[Index], Finding],
        decide: Callable[[Finding, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._finding_of = finding_of
        self._decide = decide

    def boxes(self, cell: QRect, finding: Finding) -> list[tuple[str, str, QRect]]:
        """Code, word and box of each answer, right aligned in the cell."""
        metrics = QFontMetrics(self._theme.font("strong"))
        widths = [
            metrics.horizontalAdvance(word) + 24 + 16 * (code == finding.decision)
            for code, word in finding.answers
        ]
        left = cell.right() - MARGIN - sum(widths)
        top = cell.center().y() - SEGMENT_HEIGHT // 2
        found = []
        for (code, word), width in zip(finding.answers, widths, strict=True):
            found.append((code, word, QRect(left, top, width, SEGMENT_HEIGHT)))
            left += width
        return found

    def width_for(self, finding: Finding) -> int:
        """Width of the cell that holds the answers."""
        boxes = self.boxes(QRect(0, 0, 0, 40), finding)
        return sum(box.width() for _code, _word, box in boxes) + 2 * MARGIN

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for all the answers."""
        return QSize(self.width_for(self._finding_of(index)), SEGMENT_HEIGHT + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Frame, answers, and a tick on the one in force."""
        paint_ground(self, painter, option, index)
        finding = self._finding_of(index)
        boxes = self.boxes(_rect(option), finding)
        if not boxes:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = boxes[0][2].united(boxes[-1][2])
        painter.setPen(self._theme.token("trait"))
        painter.setBrush(self._theme.token("surface"))
        painter.drawRoundedRect(frame, 6, 6)
        for code, word, box in boxes:
            self._paint_answer(painter, word, box, chosen=code == finding.decision)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.token("trait"), 1))
        for _code, _word, box in boxes[1:]:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.restore()

    def _paint_answer(self, painter: QPainter, word: str, box: QRect, *, chosen: bool) -> None:
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.token("encre_doux"))
            painter.drawRoundedRect(box.adjusted(1, 1, 0, 0), 5, 5)
            draw(painter, "check", "encre", QRectF(box.left() + 9, box.center().y() - 6, 14, 14))
        painter.setFont(self._theme.font("strong" if chosen else "label"))
        painter.setPen(self._theme.token("encre" if chosen else "texte2"))
        text = box.adjusted(24, 0, -6, 0) if chosen else box
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, word)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Take a click on an answer."""
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        finding = self._finding_of(index)
        for code, _word, box in self.boxes(_rect(option), finding):
            if box.contains(event.position().toPoint()) and code != finding.decision:
                self._decide(finding, code)
                return True
        return False


def paint_ground(
    delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem, index: Index
) -> None:
    """Draw the cell as the style sheet wants it (selection, hairline), without its text."""
    bare = QStyleOptionViewItem(option)
    delegate.initStyleOption(bare, index)
    bare.text = ""
    widget = option.widget
    style = widget.style() if widget is not None else QApplication.style()
    style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, widget)


def _rect(option: QStyleOptionViewItem) -> QRect:
    """Box of the cell."""
    rect: QRect = option.rect
    return rect

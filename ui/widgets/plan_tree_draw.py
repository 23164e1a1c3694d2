"""What lines of a plan are drawn with: one line of text, a state with its shape, étapes as segments."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from ui import icons
from ui.theme import Theme


def draw_text(painter: QPainter, box: QRect, words: str) -> None:
    """Write on one line, cut with an ellipsis."""
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def draw_state(painter: QPainter, theme: Theme, box: QRect, icon: str, token: str, word: str) -> None:
    """Draw a shape and its word."""
    side = theme.px(16)
    icons.draw(painter, icon, token, QRectF(box.left(), box.center().y() - side / 2 + 1, side, side))
    painter.setFont(theme.font("base"))
    painter.setPen(theme.token("texte"))
    draw_text(painter, box.adjusted(side + theme.px(6), 0, 0, 0), word)


def draw_segments(
    painter: QPainter, theme: Theme, box: QRect, done: int, total: int, *, late: bool = False
) -> None:
    """Draw one segment an étape, full when it is done, then « 2/4 »; the count alone without room.

    late: a triangle after the count says that an étape is late.
    """
    if late:
        side = theme.px(14)
        mark = QRectF(box.right() - side + 2, box.center().y() - side / 2 + 1, side, side)
        icons.draw(painter, "alert-triangle", "rouge", mark)
    box = box.adjusted(0, 0, -theme.px(16), 0)
    words = f"{done}/{total}"
    painter.setFont(theme.font("dense"))
    painter.setPen(theme.token("texte2"))
    count = painter.fontMetrics().horizontalAdvance("00/00") + 4
    room = min(box.width() - count - 8, theme.px(86))
    if room < theme.px(40):
        draw_text(painter, box, words)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    gap = 2 if total <= 12 else 1
    width, height = (room - gap * (total - 1)) / total, theme.px(6)
    top = box.center().y() - height / 2 + 1
    for place in range(total):
        painter.setBrush(theme.token("encre" if place < done else "trait"))
        painter.drawRoundedRect(QRectF(box.left() + place * (width + gap), top, width, height), 2, 2)
    painter.restore()
    at_right = box.adjusted(box.width() - count, 0, 0, 0)
    painter.drawText(at_right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

"""A cell that says a state three times: by a shape, a word and a colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import draw
from ui.widgets.finding import paint_ground
from ui.widgets.table_view import Table

Index = QModelIndex | QPersistentModelIndex
SIDE = 16
LEFT = 8
ROOM = 8


class StateDelegate(QStyledItemDelegate):
    """Draws (icon, token) of the row before the text of the cell."""

    def __init__(self, table: Table, shape: Callable[[Any], tuple[str, str]]) -> None:
        super().__init__(table)
        self._table = table
        self._shape = shape

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the shape and the word."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + SIDE + ROOM, size.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, the shape, then the word."""
        paint_ground(self, painter, option, index)
        rect: Any = option.rect
        icon, token = self._shape(self._table.proxy.row_at(index))
        if icon:
            top = rect.top() + (rect.height() - SIDE) / 2
            draw(painter, icon, token, QRectF(rect.left() + LEFT, top, SIDE, SIDE))
        painter.save()
        painter.setFont(option.font)
        painter.setPen(self._table._theme.token("texte"))
        words = rect.adjusted(LEFT + (SIDE + ROOM if icon else 0), 0, -6, -1)
        text = option.fontMetrics.elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

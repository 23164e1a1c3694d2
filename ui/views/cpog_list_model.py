"""List of indicators: families, then one line an indicator with its state and its last value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.cpog_rows import IndicatorRow
from ui import icons, labels_cpog
from ui.theme import Theme
from ui.views.cpog_words import LOOKS, last_text, spoken, worst

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW, HEAD, CHILD = 33, 34, 28
LINE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Line:
    """A family (row None) or an indicator; child: a sub-series under its parent."""

    label: str
    row: IndicatorRow | None = None
    state: str = ""
    child: bool = False


def lines_of(
    rows: Sequence[IndicatorRow], everything: Sequence[IndicatorRow], *, filtered: bool
) -> list[Line]:
    """Lines of the list: sub-series only appear when a filter asks for them."""
    by_uuid = {row.uuid: row for row in everything}
    series: dict[str, list[IndicatorRow]] = {}
    for row in everything:
        series.setdefault(row.parent_uuid, []).append(row)
    kept = {row.uuid for row in rows}
    parents = {row.parent_uuid for row in rows if row.parent_uuid}
    found: list[Line] = []
    family = None
    for row in by_uuid.values():
        if row.parent_uuid or not (row.uuid in kept or (filtered and row.uuid in parents)):
            continue
        if row.domain != family:
            family = row.domain
            found.append(Line(family or "Sans domaine"))
        own = series.get(row.uuid, ())
        found.append(Line(row.name, row, worst(own) if own else row.state))
        if filtered:
            found += [
                Line(child.sub_series, child, child.state, child=True) for child in own if child.uuid in kept
            ]
    return found


class IndicatorsModel(QAbstractListModel):
    """Frozen lines; families cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def place_of(self, uuid: str) -> int:
        """Place of an indicator, -1 if the list does not show it."""
        return next(
            (i for i, line in enumerate(self.lines) if line.row is not None and line.row.uuid == uuid), -1
        )

    def rowCount(self, parent: Index = ROOT) -> int:
        """Lines; none under a line."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A family is only read."""
        if not index.isValid() or self.lines[index.row()].row is not None:
            return super().flags(index)
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the whole line under LINE_ROLE."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.label
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line.row, line.state) if line.row is not None else line.label
        if role == Qt.ItemDataRole.ToolTipRole and line.row is not None:
            return f"{line.row.label}\n{labels_cpog.STATE[line.state].capitalize()}"
        return None


class IndicatorDelegate(QStyledItemDelegate):
    """Draws shape, name and last value; a family in small bold."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Families have room above them."""
        line = index.data(LINE_ROLE)
        high = HEAD if line is None or line.row is None else CHILD if line.child else ROW
        return QSize(120, self._theme.px(high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: Line = index.data(LINE_ROLE)
        box = QRectF(option.rect)
        painter.save()
        if line.row is None:
            painter.setFont(self._theme.font("dense_strong"))
            painter.setPen(self._theme.token("texte2"))
            self._words(painter, box.adjusted(8, 8, -6, 0), line.label)
        else:
            self._indicator(painter, option, box, line, line.row)
        painter.restore()

    def _indicator(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, line: Line, row: IndicatorRow
    ) -> None:
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.token("encre_doux" if chosen else "survol"))
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 7, 7)
        icon, token = LOOKS[line.state]
        side = self._theme.px(16)
        left = box.left() + (26 if line.child else 10)
        icons.draw(painter, icon, token, QRectF(left, box.center().y() - side / 2, side, side))
        right = self._value(painter, box, row)
        painter.setFont(self._theme.font("strong" if chosen else "base"))
        painter.setPen(self._theme.token("texte"))
        self._words(
            painter, QRectF(left + side + 8, box.top(), right - left - side - 14, box.height()), line.label
        )

    def _value(self, painter: QPainter, box: QRectF, row: IndicatorRow) -> float:
        """Draw the last value and what calls for attention; return where the name must stop."""
        known = row.last is not None and row.last.state.is_known and not row.children
        painter.setFont(self._theme.font("strong" if known else "dense"))
        words = last_text(row)
        wide = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(self._theme.token("texte" if known else "texte3"))
        right = box.right() - 10
        painter.drawText(
            QRectF(right - wide - 2, box.top(), wide + 2, box.height()),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words,
        )  # fmt: skip
        left = right - wide - 6
        if row.to_explain or row.hypothesis_alert:
            side = self._theme.px(14)
            left -= side + 2
            mark = "messages" if row.to_explain else "alert-triangle"
            icons.draw(painter, mark, "ocre", QRectF(left, box.center().y() - side / 2, side, side))
        return left

    def _words(self, painter: QPainter, box: QRectF, words: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

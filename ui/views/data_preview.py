"""Top of a file as it will be understood: our names above the file's, the cells in question framed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.domain.anomaly import Anomaly
from app.domain.french import number
from app.ingestion.model import Preview
from ui.models.table import ROOT, Index
from ui.theme import Theme

FLAGGED = Qt.ItemDataRole.UserRole + 1
PLAIN = re.compile(r"-?\d+([.,]\d+)?")
MOST_DECIMALS = 4
MOST_HEADER = 72
"""Pixels at 100 % given to the name in the file; longer ones are cut in the middle, whole in the hint."""


class PreviewModel(QAbstractTableModel):
    """First lines of a file, as text; FLAGGED tells the token of a cell with a finding."""

    def __init__(self) -> None:
        super().__init__()
        self.preview = Preview()
        self._flags: dict[tuple[int, int], str] = {}
        self._decimals: list[int] = []

    def show_preview(self, preview: Preview, anomalies: Iterable[Anomaly]) -> None:
        """Show another file."""
        self.beginResetModel()
        self.preview = preview
        self._flags = _flags(preview, anomalies)
        self._decimals = [_decimals(preview, column) for column in range(len(preview.headers))]
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Lines shown."""
        return 0 if parent.isValid() else len(self.preview.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Columns of the file."""
        return 0 if parent.isValid() else len(self.preview.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text as written in the file."""
        if not index.isValid():
            return None
        cells = self.preview.lines[index.row()][1]
        written = cells[index.column()] if index.column() < len(cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.column(), written)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"Dans le fichier\u202f: {written}" if written else "Case vide"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == FLAGGED:
            return self._flags.get((index.row(), index.column()), "")
        return None

    def _shown(self, column: int, written: str) -> str:
        """Figures as French reads them, aligned on the longest of their column; texts as written."""
        numeric = column < len(self.preview.numeric) and self.preview.numeric[column]
        if not numeric or not PLAIN.fullmatch(written):
            return written
        return number(float(written.replace(",", ".")), self._decimals[column])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Our name and the file's above; line number of the file at the left."""
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole and section < len(self.preview.lines):
                return str(self.preview.lines[section][0])
            return None
        if not 0 <= section < len(self.preview.headers):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return "\n".join(self.names(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return None

    def names(self, column: int) -> tuple[str, str]:
        """Our name of a column, empty when it is not used, and the name in the file."""
        ours = self.preview.our_names
        return (ours[column] if column < len(ours) else "", self.preview.headers[column])

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Figures at the right, texts at the left."""
        numeric = column < len(self.preview.numeric) and self.preview.numeric[column]
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _decimals(preview: Preview, column: int) -> int:
    """Decimals of the figures of a column, as many as the longest, four at most."""
    cells = [cells[column] for _line, cells in preview.lines if column < len(cells)]
    tails = [match.group(1) for cell in cells if (match := PLAIN.fullmatch(cell))]
    return min(max((len((tail or ".").strip("0")) - 1 for tail in tails), default=0), MOST_DECIMALS)


def _flags(preview: Preview, anomalies: Iterable[Anomaly]) -> dict[tuple[int, int], str]:
    """Cells with a question or an error; informations about many lines frame nothing."""
    rows = {line: row for row, (line, _cells) in enumerate(preview.lines)}
    columns = {header: column for column, header in enumerate(preview.headers)}
    found: dict[tuple[int, int], str] = {}
    for anomaly in anomalies:
        if anomaly.severity == 0 or anomaly.line not in rows or anomaly.column not in columns:
            continue
        place = (rows[anomaly.line], columns[anomaly.column])
        if found.get(place) != "rouge":
            found[place] = "rouge" if anomaly.severity == 2 else "ocre"
    return found


class TwoNamesHeader(QHeaderView):
    """Our name in bold, the file's under it; a column that is not used says so in grey."""

    def __init__(self, theme: Theme, model: PreviewModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._preview = model
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(super().sizeHint().width(), self._theme.px(44))

    def width_of(self, column: int) -> int:
        """Width that shows both names."""
        ours, theirs = self._preview.names(column)
        strong = QFontMetrics(self._theme.font("dense_strong")).horizontalAdvance(ours)
        theirs_width = QFontMetrics(self._theme.font("legend")).horizontalAdvance(theirs)
        return max(strong, min(theirs_width, self._theme.px(MOST_HEADER))) + 18

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Draw both names."""
        painter.save()
        painter.fillRect(rect, self._theme.token("creux"))
        painter.setPen(self._theme.token("trait"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ours, theirs = self._preview.names(column)
        box = rect.adjusted(8, 4, -8, -4)
        right = bool(self._preview.alignment(column) & Qt.AlignmentFlag.AlignRight)
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._theme.font("dense_strong"))
        painter.setPen(self._theme.token("texte"))
        top, low = box.adjusted(0, 0, 0, -box.height() // 2), box.adjusted(0, box.height() // 2, 0, 0)
        painter.drawText(top, align | Qt.AlignmentFlag.AlignVCenter, ours)
        painter.setFont(self._theme.font("legend"))
        painter.setPen(self._theme.token("texte3"))
        short = painter.fontMetrics().elidedText(theirs, Qt.TextElideMode.ElideMiddle, low.width())
        painter.drawText(low, align | Qt.AlignmentFlag.AlignVCenter, short)
        painter.restore()


class FlagDelegate(QStyledItemDelegate):
    """Frames a cell that has a finding."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, on an ochre or red ground with a frame if something is to check."""
        token = index.data(FLAGGED)
        if not token:
            super().paint(painter, option, index)
            return
        painter.save()
        box: QRect = option.rect.adjusted(1, 1, -2, -2)
        painter.fillRect(box, QColor(self._theme.token(f"{token}_doux")))
        painter.setPen(QPen(self._theme.token(token), 1.4))
        painter.drawRect(box)
        painter.setFont(self._theme.font("strong"))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(box.adjusted(7, 0, -7, 0), align, index.data())
        painter.restore()


class PreviewTable(QTableView):
    """The first lines of a file, read only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.preview_model = PreviewModel()
        self._head = TwoNamesHeader(theme, self.preview_model)
        self._flag = FlagDelegate(theme)
        self.setHorizontalHeader(self._head)
        self.setModel(self.preview_model)
        self.setItemDelegate(self._flag)
        self.setProperty("role", "framed")
        self.setAccessibleName("Aperçu du fichier")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        side = self.verticalHeader()
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setHighlightSections(False)
        theme.changed.connect(self._theme_changed)
        self._theme_changed()

    def show_preview(self, preview: Preview, anomalies: Iterable[Anomaly]) -> None:
        """Show the top of a file, columns as wide as they need."""
        self.preview_model.show_preview(preview, anomalies)
        self.resizeColumnsToContents()
        most = self._theme.px(250)
        for column in range(self.preview_model.columnCount()):
            needed = max(self.sizeHintForColumn(column) + 6, self._head.width_of(column))
            self.setColumnWidth(column, min(needed, most))

    def show_line(self, line: int | None) -> None:
        """Bring a line of the file into view, if it is among the first ones."""
        for row, (found, _cells) in enumerate(self.preview_model.preview.lines):
            if found == line:
                self.selectRow(row)
                self.scrollTo(self.preview_model.index(row, 0))

    def _theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(28))
        self._head.updateGeometry()
        self.viewport().update()

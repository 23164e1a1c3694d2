"""The table of equipment: how it looks, pastes, and holds in its width or as the user laid it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from ui import labels
from ui.models.column_layout import ColumnLayout
from ui.models.grid import split_block
from ui.views.equipment_cells import (
    COLUMNS,
    COMMUNE,
    EPCI,
    LICENCE,
    MANAGER,
    NAME,
    OPENED,
    SIGNALS,
    SOURCE,
)
from ui.widgets.grid import CellDelegate, Grid

if TYPE_CHECKING:
    from app.services.register_rows import EquipmentRow
    from ui.theme import Theme

FLEXIBLE = (NAME, MANAGER, SOURCE, COMMUNE, EPCI)
FIRST_TO_GO = (SOURCE, EPCI, MANAGER, SIGNALS, LICENCE, OPENED, COMMUNE)
"""Columns hidden first where there is no room for all."""
FIRST_TO_GROW = (COMMUNE, EPCI, NAME, MANAGER, SOURCE)
"""Columns given the width of their contents first: the short ones need little."""
LEAST, LEAST_NAME, MOST = 92, 210, 340


class _RowDelegate(CellDelegate):
    """Cells on a pale ground along the row of the cursor."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Shade the row of the cursor, then draw the cell."""
        view = self.parent()
        if isinstance(view, RegisterGrid) and index.row() == view.currentIndex().row():
            painter.fillRect(option.rect, view.theme.token("survol"))
        super().paint(painter, option, index)


class _NameDelegate(_RowDelegate):
    """Names with their badge « fictif »."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave room for the badge."""
        super().initStyleOption(option, index)
        if self._fictitious(index):
            metrics = QFontMetrics(option.font)
            room = option.rect.width() - self._badge(metrics) - 26
            text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, max(room, 20))
            option.text = text

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell, then the badge at its right."""
        super().paint(painter, option, index)
        if not self._fictitious(index):
            return
        view = self.parent()
        assert isinstance(view, RegisterGrid)
        rect = option.rect
        width = self._badge(QFontMetrics(painter.font()))
        box = QRectF(rect.right() - width - 8, rect.center().y() - 9, width, 18)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(view.theme.token("violet_doux"))
        pen = QPen(view.theme.token("violet"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 4, 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, labels.FICTITIOUS)
        painter.restore()

    def _fictitious(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        view = self.parent()
        return isinstance(view, RegisterGrid) and bool(view.proxy.row_at(index).fictitious)

    def _badge(self, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(labels.FICTITIOUS) + 14


class RegisterGrid(Grid):
    """The editable table; columns that lack room are hidden, the least needed first."""

    rows_pasted = Signal(str)
    """A table pasted that is not a block of this one: new lines."""
    columns_fitted = Signal()
    layout_changed = Signal()
    """Columns were hidden, moved or widened by hand."""
    rows_picked = Signal(object)
    """Rows that hold a selected cell, in the order shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, COLUMNS, "Équipements")
        self.theme = theme
        self.unwanted: set[int] = set()
        """Columns that the user chose not to see."""
        self.asked: set[int] = set()
        """Columns that the user wants even where room lacks: others leave first."""
        self.widths: dict[int, int] = {}
        """Widths given by hand, in pixels at 100 %."""
        self._sharing = False
        self.setProperty("role", "framed")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(_RowDelegate(self))
        self.setItemDelegateForColumn(NAME, _NameDelegate(self))
        self.setShowGrid(False)
        self._dress_header()
        self._natural: list[int] = []
        self.selectionModel().selectionChanged.connect(self._tell_picked)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.viewport().update())
        theme.changed.connect(self.measure)

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.sectionMoved.connect(lambda *_moved: self.layout_changed.emit())
        header.sectionResized.connect(self._resized)

    def picked(self) -> list[EquipmentRow]:
        """Rows that hold a selected cell, in the order shown."""
        places = sorted({index.row() for index in self.selectedIndexes()})
        return [self.proxy.row_at(self.proxy.index(place, 0)) for place in places]

    def select_uuid(self, uuid: str, column: int = NAME) -> bool:
        """Put the cursor on a service; tell whether it is listed."""
        for place in range(self.proxy.rowCount()):
            if self.proxy.row_at(self.proxy.index(place, 0)).uuid == uuid:
                self.setCurrentIndex(self.proxy.index(place, column))
                return True
        return False

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the cursor and the selected services stay."""
        current = self.current_row()
        column = max(self.currentIndex().column(), 0)
        several = {row.uuid for row in self.picked()}
        self.table.replace_rows(rows)
        self.measure()
        if current is not None and self.select_uuid(current.uuid, column) and len(several) > 1:
            self._select_again(several, column)

    def _select_again(self, uuids: set[str], column: int) -> None:
        flag = self.selectionModel().SelectionFlag.Select
        for place in range(self.proxy.rowCount()):
            index = self.proxy.index(place, column)
            if self.proxy.row_at(index).uuid in uuids:
                self.selectionModel().select(index, flag)

    def paste(self, pasted: str) -> None:
        """Write a block from the cursor; a table with headers, or of its own width, gives new lines."""
        block = split_block(pasted)
        if not self.currentIndex().isValid() or _headed(block):
            self.rows_pasted.emit(pasted)
        else:
            super().paste(pasted)

    def _tell_picked(self) -> None:
        self.rows_picked.emit(self.picked())

    # -- width -------------------------------------------------------------------------------------------

    def measure(self) -> None:
        """Look at the contents again, then share the room."""
        header = QFontMetrics(self.theme.font("dense_label"))
        self._natural = [
            min(
                max(self.sizeHintForColumn(place) + 10, header.horizontalAdvance(column.header) + 30),
                self.theme.px(MOST),
            )
            for place, column in enumerate(COLUMNS)
        ]
        self.share()

    def share(self) -> None:
        """Hide what does not hold, give the rest to the flexible columns."""
        if not self._natural:
            return
        room = self.viewport().width()
        shown = [place for place in range(len(COLUMNS)) if place not in self.unwanted]
        for place in sorted(FIRST_TO_GO, key=self.asked.__contains__):
            if sum(self._least(one) for one in shown) <= room:
                break
            if place in shown:
                shown.remove(place)
        self._sharing = True
        for place in range(len(COLUMNS)):
            self.setColumnHidden(place, place not in shown)
        self._widen(shown, room)
        self._sharing = False
        self.columns_fitted.emit()

    def hidden(self) -> list[int]:
        """Columns that are not seen."""
        return [place for place in range(len(COLUMNS)) if self.isColumnHidden(place)]

    def _least(self, place: int) -> int:
        if place in self.widths:
            return self.theme.px(self.widths[place])
        least = self.theme.px(LEAST_NAME if place == NAME else LEAST)
        return min(self._natural[place], least) if place in FLEXIBLE else self._natural[place]

    def _widen(self, shown: Sequence[int], room: int) -> None:
        widths = {place: self._least(place) for place in shown}
        left = room - sum(widths.values())
        for place in FIRST_TO_GROW:
            if place in widths and place not in self.widths and left > 0:
                more = min(self._natural[place] - widths[place], left)
                widths[place] += more
                left -= more
        if left > 0:
            widths[NAME] = widths.get(NAME, 0) + left
        for place in shown:
            self.setColumnWidth(place, widths[place])

    def _resized(self, place: int, _before: int, width: int) -> None:
        if not self._sharing and width:
            self.widths[place] = round(width * 100 / self.theme.px(100))
            self.layout_changed.emit()

    # -- layout chosen -----------------------------------------------------------------------------------

    def column_order(self) -> list[int]:
        """Columns as they stand on the screen, hidden ones included."""
        header = self.horizontalHeader()
        return [header.logicalIndex(at) for at in range(len(COLUMNS))]

    def chosen_layout(self) -> ColumnLayout:
        """What the user chose, to be kept."""
        order, usual = self.column_order(), list(range(len(COLUMNS)))
        return ColumnLayout(
            hidden=frozenset(COLUMNS[place].header for place in self.unwanted),
            asked=frozenset(COLUMNS[place].header for place in self.asked),
            order=() if order == usual else tuple(COLUMNS[place].header for place in order),
            widths={COLUMNS[place].header: width for place, width in sorted(self.widths.items())},
        )

    def apply_layout(self, wanted: ColumnLayout) -> None:
        """Show the columns as they were chosen."""
        places = {column.header: place for place, column in enumerate(COLUMNS)}
        self.unwanted = {places[name] for name in wanted.hidden if places.get(name, NAME) != NAME}
        self.asked = {places[name] for name in wanted.asked if name in places}
        self.widths = {places[name]: width for name, width in wanted.widths.items() if name in places}
        header = self.horizontalHeader()
        header.blockSignals(True)
        for at, name in enumerate(wanted.placed([column.header for column in COLUMNS])):
            header.moveSection(header.visualIndex(places[name]), at)
        header.blockSignals(False)
        self.viewport().update()
        self.share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room again."""
        super().resizeEvent(event)
        self.share()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


def _headed(block: Sequence[Sequence[str]]) -> bool:
    """Tell whether a pasted table starts with headers of a register: a type and a commune at least."""
    from app.domain.french import fold

    heads = {fold(cell) for cell in block[0]} if block else set()
    return "type" in heads and any(
        head.startswith(("commune", "code commune", "code insee")) for head in heads
    )

"""Every table of the application: columns, a model of frozen rows, and a sort where absences come last."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from app.domain import french
from app.domain.indicator import ValueState
from ui import icons

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


def is_absent(value: object) -> bool:
    """Tell whether a cell holds nothing to sort on: None, NaN, or a state without a number."""
    if isinstance(value, ValueState):
        return not value.is_known
    return value is None or (isinstance(value, float) and math.isnan(value))


def _plain(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return f"{french.short_date(value)} {value:%H:%M}"
    if isinstance(value, datetime.date):
        return french.short_date(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return french.number(value)
    return str(value)


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: header, value to sort on, text to show for that value.

    value may give None, NaN or a ValueState for an absence: it is then shown as absent (« n.d. » or the word
    of the state) and always sorted last. right: aligned right, chosen from the value when not given.
    """

    header: str
    value: Callable[[R], Any]
    text: Callable[[Any], str] = _plain
    right: bool | None = None
    absent: str = french.NO_DATA
    hint: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    """Token of the colour of the text, empty for the usual one."""

    def shown(self, row: R) -> str:
        """Return the text of the cell."""
        value = self.value(row)
        if isinstance(value, ValueState):
            return french.value_text(None, value, 0)
        return self.absent if is_absent(value) else self.text(value)

    def copied(self, row: R) -> str:
        """Return the text for a French spreadsheet: 1234,5 and 05/03/2025, absences as words."""
        value = self.value(row)
        if isinstance(value, bool) or is_absent(value) or isinstance(value, ValueState):
            return self.shown(row)
        if isinstance(value, (int, float)):
            return _spreadsheet_number(value)
        if isinstance(value, datetime.date):
            return _plain(value)
        return self.shown(row)


def _spreadsheet_number(value: float) -> str:
    return (str(value) if isinstance(value, int) else format(value, ".12g")).replace(".", ",")


class TableModel(QAbstractTableModel, Generic[R]):
    """Frozen rows under fixed columns; holds no session."""

    def __init__(self, columns: Sequence[Column[R]], rows: Sequence[R] = (), parent: QObject | None = None):
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[R] = list(rows)
        self.tone_colour: Callable[[str], Any] | None = None

    def replace_rows(self, rows: Sequence[R]) -> None:
        """Show these rows instead; views keep nothing of the former ones."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> R:
        """Return the row under an index of this model."""
        return self.rows[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Rows; none under a cell."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Columns; none under a cell."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, hint, colour, and under UserRole the value to sort on."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.shown(row)
        reader = _READERS.get(role)
        return None if reader is None else reader(self, column, row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Header of a column, aligned as its cells."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(bool(self.columns[section].right))
        return None


def _alignment(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cell_alignment(_model: TableModel[Any], column: Column[Any], row: Any) -> Qt.AlignmentFlag:
    if column.right is not None:
        return _alignment(column.right)
    value = column.value(row)
    return _alignment(isinstance(value, (int, float)) and not isinstance(value, (bool, ValueState)))


def _cell_hint(_model: TableModel[Any], column: Column[Any], row: Any) -> str | None:
    return column.hint(row) if column.hint is not None else None


def _cell_colour(model: TableModel[Any], column: Column[Any], row: Any) -> Any:
    if model.tone_colour is None:
        return None
    token = column.tone(row) if column.tone is not None else ""
    if not token and is_absent(column.value(row)):
        token = "texte3"
    return model.tone_colour(token) if token else None


def _cell_value(_model: TableModel[Any], column: Column[Any], row: Any) -> Any:
    return column.value(row)


_READERS: dict[int, Callable[[TableModel[Any], Column[Any], Any], Any]] = {
    Qt.ItemDataRole.TextAlignmentRole: _cell_alignment,
    Qt.ItemDataRole.ToolTipRole: _cell_hint,
    Qt.ItemDataRole.ForegroundRole: _cell_colour,
    Qt.ItemDataRole.UserRole: _cell_value,
}


class ColumnKeeper(Protocol):
    """The filter of one column; see `ui.models.column_filter`."""

    def keeps(self, column: Column[Any], row: Any) -> bool: ...


class SortProxy(QSortFilterProxyModel):
    """Sorts on values, absences last both ways; filters on the words of a text, in any order."""

    def __init__(self, model: TableModel[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = model
        self._words: tuple[str, ...] = ()
        self._keep: Callable[[Any], bool] | None = None
        self.column_filters: dict[int, ColumnKeeper] = {}
        """Filters in force, by place of their column, oldest first."""
        self.setSourceModel(model)

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """Columns of the table."""
        return self._table.columns

    @property
    def every_row(self) -> list[Any]:
        """Rows of the table, filtered or not."""
        return self._table.rows

    def row_at(self, index: Index) -> Any:
        """Return the row under an index of this proxy."""
        return self._table.row_at(self.mapToSource(index))

    def set_filter(self, text: str) -> None:
        """Keep rows where every word of text is found, accents and case ignored; empty keeps all."""
        self._words = tuple(french.fold(text).split())
        self.invalidate()

    def set_keep(self, keep: Callable[[Any], bool] | None) -> None:
        """Keep only rows for which keep is true; None keeps all."""
        self._keep = keep
        self.invalidate()

    def set_column_filter(self, place: int, wanted: ColumnKeeper | None) -> None:
        """Keep only the rows that a filter of a column keeps; None stops."""
        if wanted is None:
            self.column_filters.pop(place, None)
        else:
            self.column_filters[place] = wanted
        self.invalidate()

    def clear_column_filters(self) -> None:
        """Stop every filter of a column."""
        self.column_filters.clear()
        self.invalidate()

    def rows_besides(self, place: int) -> list[Any]:
        """Rows that everything but the filter of a column keeps: what that filter chooses among."""
        return [row for row in self._table.rows if self._accepts(row, place)]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """That of the table; the header of a filtered column carries a mark."""
        if (
            role == Qt.ItemDataRole.DecorationRole
            and orientation is Qt.Orientation.Horizontal
            and section in self.column_filters
        ):
            return icons.icon("filter", "encre")
        return super().headerData(section, orientation, role)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: ARG002
        """Apply every filter."""
        return self._accepts(self._table.rows[source_row])

    def _accepts(self, row: Any, besides: int = -1) -> bool:
        for place, wanted in self.column_filters.items():
            if place != besides and not wanted.keeps(self._table.columns[place], row):
                return False
        if self._keep is not None and not self._keep(row):
            return False
        if not self._words:
            return True
        text = french.fold(" ".join(column.shown(row) for column in self._table.columns))
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Compare two cells of a column."""
        value = self._table.columns[left.column()].value
        one, other = value(self._table.rows[left.row()]), value(self._table.rows[right.row()])
        one_absent, other_absent = is_absent(one), is_absent(other)
        if one_absent or other_absent:
            falling = self.sortOrder() is Qt.SortOrder.DescendingOrder
            return one_absent != other_absent and one_absent == falling
        return bool(sort_key(one) < sort_key(other))


@lru_cache(maxsize=8192)
def _text_key(text: str) -> tuple[int, Any, str]:
    return (2, french.fold(text), text)


def sort_key(value: Any) -> tuple[int, Any, str]:
    """Return what orders values of any kind: numbers, then dates, then texts without accents."""
    if isinstance(value, datetime.datetime):
        return (1, value.replace(tzinfo=None), "")
    if isinstance(value, datetime.date):
        return (1, datetime.datetime(value.year, value.month, value.day), "")
    if isinstance(value, (int, float)) or hasattr(value, "as_tuple"):
        return (0, value, "")
    return _text_key(str(value))

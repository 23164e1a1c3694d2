"""Copy of a selection of a table: text for any program, HTML for a spreadsheet."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QMimeData
from PySide6.QtGui import QGuiApplication

from app.domain.spreadsheet import harmless
from ui.models.table import Column, SortProxy, TableModel


def selected_rows(
    proxy: SortProxy, selection: QItemSelectionModel, place: Callable[[int], int] = int
) -> tuple[list[Column[Any]], list[Any]]:
    """Return the columns that hold a selected cell, and the selected rows, in their order on the screen.

    place: where a column stands on the screen.
    """
    model = proxy.sourceModel()
    if not isinstance(model, TableModel):
        raise TypeError("the proxy is not over a TableModel")
    indexes = selection.selectedIndexes()
    columns = sorted({index.column() for index in indexes}, key=place)
    rows = sorted({index.row() for index in indexes})
    return [model.columns[one] for one in columns], [proxy.row_at(proxy.index(row, 0)) for row in rows]


def lines_of(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> list[list[str]]:
    """Return headers, then rows as a spreadsheet reads them: no cell is run."""
    headers = [column.header for column in columns]
    return [headers, *([harmless(column.copied(row)) for column in columns] for row in rows)]


def mime_data(lines: Sequence[Sequence[str]], source: str = "") -> QMimeData:
    """Return the lines as tab separated text and as an HTML table; source: a last line, if given."""
    tail = [[source]] if source else []
    data = QMimeData()
    data.setText("\n".join("\t".join(_flat(cell) for cell in line) for line in [*lines, *tail]))
    body = "".join(_html_row(line, "th" if i == 0 else "td") for i, line in enumerate(lines))
    note = f"<p>{html.escape(source)}</p>" if source else ""
    data.setHtml(f'<html><head><meta charset="utf-8"></head><body><table>{body}</table>{note}</body></html>')
    return data


def copy_lines(lines: Sequence[Sequence[str]], source: str = "") -> None:
    """Put the lines in the clipboard; nothing to copy leaves it as it was."""
    if lines:
        QGuiApplication.clipboard().setMimeData(mime_data(lines, source))


def _flat(cell: str) -> str:
    return " ".join(cell.split("\n")).replace("\t", " ")


def _html_row(cells: Iterable[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{html.escape(cell)}</{tag}>' for cell in cells)}</tr>"

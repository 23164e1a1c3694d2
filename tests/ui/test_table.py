"""Tables: order, absences, copy, filter."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.indicator import ValueState
from ui.models.table import Column, SortProxy, TableModel
from ui.theme import Theme
from ui.widgets.table_view import Table


@dataclass(frozen=True)
class Line:
    name: str
    rate: object
    day: datetime.date | None = None


COLUMNS: tuple[Column[Line], ...] = (
    Column("Nom", lambda line: line.name),
    Column("Taux", lambda line: line.rate, lambda rate: f"{rate:.1f}".replace(".", ",")),
    Column("Date", lambda line: line.day, absent=""),
)
LINES = (
    Line("Thouarsais", 67.2, datetime.date(2025, 3, 5)),
    Line("Épannes", None),
    Line("Eaje", ValueState.MASKED, datetime.date(2024, 12, 31)),
    Line("Bressuirais", 9.5, datetime.date(2025, 1, 1)),
    Line("Niort", 1234.5),
)


@pytest.fixture
def model() -> TableModel[Line]:
    return TableModel(COLUMNS, LINES)


@pytest.fixture
def proxy(model: TableModel[Line]) -> SortProxy:
    return SortProxy(model)


def _shown(proxy: SortProxy, column: int) -> list[str]:
    return [proxy.index(row, column).data() for row in range(proxy.rowCount())]


def test_the_models_keep_the_promises_of_qt(
    qtmodeltester: ModelTester, model: TableModel[Line], proxy: SortProxy
) -> None:
    qtmodeltester.check(model)
    proxy.sort(1)
    qtmodeltester.check(proxy)


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Qt.SortOrder.AscendingOrder, ["9,5", "67,2", "1234,5"]),
        (Qt.SortOrder.DescendingOrder, ["1234,5", "67,2", "9,5"]),
    ],
)
def test_numbers_sort_as_numbers_and_absences_come_last_both_ways(
    proxy: SortProxy, order: Qt.SortOrder, numbers: list[str]
) -> None:
    proxy.sort(1, order)
    shown = _shown(proxy, 1)
    assert shown[:3] == numbers
    assert set(shown[3:]) == {"n.d.", "s"}


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_dates_sort_as_dates_and_absences_come_last(proxy: SortProxy, order: Qt.SortOrder) -> None:
    proxy.sort(2, order)
    dates = ["31/12/2024", "01/01/2025", "05/03/2025"]
    if order is Qt.SortOrder.DescendingOrder:
        dates.reverse()
    assert _shown(proxy, 2) == [*dates, "", ""]


def test_texts_sort_without_accents(proxy: SortProxy) -> None:
    proxy.sort(0)
    assert _shown(proxy, 0) == ["Bressuirais", "Eaje", "Épannes", "Niort", "Thouarsais"]


def test_the_filter_ignores_accents_and_the_order_of_words(proxy: SortProxy) -> None:
    proxy.set_filter("2025 bress")
    assert _shown(proxy, 0) == ["Bressuirais"]
    proxy.set_filter("epannes")
    assert _shown(proxy, 0) == ["Épannes"]
    proxy.set_filter("")
    assert proxy.rowCount() == len(LINES)


def test_a_copy_speaks_to_a_french_spreadsheet(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme, COLUMNS, "Essai")
    qtbot.addWidget(table)
    table.show_rows(LINES)
    table.source_text = "Source\u202f: essai"
    table.selectionModel().select(
        table.proxy.index(0, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    table.selectionModel().select(
        table.proxy.index(1, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    qtbot.keyClick(
        table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    clip = QGuiApplication.clipboard()
    assert clip.text().splitlines() == [
        "Nom\tTaux\tDate",
        "Thouarsais\t67,2\t05/03/2025",
        "Épannes\tn.d.\t",
        "Source\u202f: essai",
    ]
    assert "<td>67,2</td>" in clip.mimeData().html()


def test_enter_opens_the_row_under_the_cursor(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme, COLUMNS, "Essai")
    qtbot.addWidget(table)
    table.show_rows(LINES)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    table.setCurrentIndex(table.proxy.index(0, 0))
    with qtbot.waitSignal(table.opened) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert caught.args == [LINES[3]]

"""Filter, order and width of the columns of a table, by what is shown and kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.equipment_cases import demo_file, filled, made, settle, shown_page
from ui.models.column_filter import ColumnFilter
from ui.models.column_layout import NARROWEST, ColumnLayout, read_layout
from ui.models.table import Column
from ui.preferences import Preferences
from ui.views.equipment import EquipmentPage
from ui.views.equipment_cells import COLUMNS, COMMUNE, EPCI, KIND, LICENSED, MANAGER, NAME
from ui.views.equipment_register import RegisterView
from ui.views.page import Kit
from ui.widgets.column_filters import EMPTY, FilterPanel

__all__ = ["demo_file", "filled", "made"]  # fixtures of these tests


@dataclass(frozen=True)
class Row:
    town: str | None = None
    places: int | None = None
    ends_on: datetime.date | None = None


TOWN = Column[Row]("Commune", lambda row: row.town)
PLACES = Column[Row]("Places", lambda row: row.places)
ENDS = Column[Row]("Fin", lambda row: row.ends_on)
DAY = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("wanted", "column", "row", "kept"),
    [
        (ColumnFilter(), TOWN, Row(), True),
        (ColumnFilter(frozenset({"Niort"}), absent=False), TOWN, Row("Niort"), True),
        (ColumnFilter(frozenset({"Niort"}), absent=False), TOWN, Row("Melle"), False),
        (ColumnFilter(frozenset({"Niort"}), absent=False), TOWN, Row(), False),
        (ColumnFilter(absent=False), PLACES, Row(places=0), True),
        (ColumnFilter(absent=False), PLACES, Row(), False),
        (ColumnFilter(least=10.0, most=40.0), PLACES, Row(places=10), True),
        (ColumnFilter(least=10.0, most=40.0), PLACES, Row(places=41), False),
        (ColumnFilter(least=0.0), PLACES, Row(), False),
        (ColumnFilter(least=DAY), ENDS, Row(ends_on=DAY), True),
        (ColumnFilter(most=DAY), ENDS, Row(ends_on=DAY + datetime.timedelta(1)), False),
    ],
)
def test_a_filter_keeps_its_words_its_range_and_absences(
    wanted: ColumnFilter, column: Column[Row], row: Row, kept: bool
) -> None:
    assert wanted.keeps(column, row) is kept


def test_a_filter_says_what_it_keeps() -> None:
    assert ColumnFilter(frozenset({"Niort", "Melle"}), absent=False).said() == "Melle, Niort"
    assert ColumnFilter(frozenset("abcde"), absent=False).said() == "a, b et 3 autres"
    assert ColumnFilter(least=10.0, most=40.5).said() == "de 10 à 40,5"
    assert ColumnFilter(absent=False).said() == "sans les vides"
    assert ColumnFilter(frozenset()).said() == "vide"


def test_a_layout_is_read_back_and_a_broken_one_is_forgotten() -> None:
    layout = ColumnLayout(frozenset({"EPCI"}), frozenset({"Source"}), ("Nom", "Type"), {"Nom": 210})
    assert read_layout(layout.text()) == layout
    assert ColumnLayout().text() == ""
    for broken in ("", "{", "[1]", '{"hidden": 3, "order": [1], "widths": {"Nom": "x"}}'):
        assert read_layout(broken) == ColumnLayout()
    assert read_layout('{"widths": {"Nom": -5}}').widths == {"Nom": NARROWEST}
    assert layout.placed(["Commune", "Type", "Nom"]) == ["Nom", "Type", "Commune"]


def test_habits_outlive_the_session(tmp_path) -> None:
    path = str(tmp_path / "preferences.ini")
    first = Preferences(QSettings(path, QSettings.Format.IniFormat))
    first.keep_habit("register/columns", '{"order": ["Nom"]}')
    first._store.sync()
    again = Preferences(QSettings(path, QSettings.Format.IniFormat))
    assert again.habit("register/columns") == '{"order": ["Nom"]}'
    again.keep_habit("register/columns", "")
    assert again.habit("register/columns") == ""


# -- on the register -------------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot, kit: Kit) -> EquipmentPage:
    return shown_page(qtbot, kit)


@pytest.fixture
def view(page: EquipmentPage) -> RegisterView:
    return page.register()


def panel_of(view: RegisterView) -> FilterPanel:
    return view.grid.findChildren(FilterPanel)[-1]


def test_a_column_is_filtered_by_keyboard_counted_and_cleared(view: RegisterView, qtbot) -> None:
    total = len(view.grid.table.rows)
    view.grid.setCurrentIndex(view.grid.proxy.index(0, COMMUNE))
    view.grid.setFocus()
    qtbot.keyClick(view.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    panel = panel_of(view)
    panel._tick_all(False)
    panel.values.field.setText("niort")
    qtbot.keyClick(panel.values.field, Qt.Key.Key_Return)
    kept = {row.commune for row in view.shown()}
    assert kept == {"Niort"}
    count = view.grid.proxy.rowCount()
    assert 0 < count < total
    assert view.count.text() == f"{count} sur {total}\u00a0équipements"
    assert panel.count.text() == f"{count} sur {total}\u00a0lignes"
    assert view.column_filters.isVisible()
    assert view.grid.proxy.headerData(COMMUNE, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole)
    panel.close()
    view.column_filters.clear()
    assert view.grid.proxy.rowCount() == total
    assert not view.column_filters.isVisible()


def test_a_range_and_the_absences_are_filtered(view: RegisterView) -> None:
    panel = view.column_filters.open(LICENSED)
    panel.least.edit.setText("30")
    panel.least.commit()
    assert view.shown()
    assert all(row.licensed >= 30 for row in view.shown())
    panel.least.edit.clear()
    panel.least.commit()
    panel.values.tick(EMPTY, False)
    assert all(row.licensed is not None for row in view.shown())
    panel.erase.click()
    assert len(view.shown()) == len(view.grid.table.rows)


def test_a_service_asked_for_shows_even_if_a_filter_hides_it(view: RegisterView, made) -> None:
    other = next(row for row in view.grid.table.rows if row.commune != "Niort")
    view.column_filters.set_filter(COMMUNE, ColumnFilter(frozenset({"Niort"}), absent=False))
    view.select(other.uuid)
    assert view.selected == other.uuid


def test_columns_are_hidden_moved_widened_and_found_again(view: RegisterView, qtbot, kit: Kit) -> None:
    view.columns.open()
    panel = view.columns.panel
    names = [panel.list.item(at).text() for at in range(panel.list.count())]
    assert names == [column.header for column in COLUMNS]
    panel.list.setCurrentRow(EPCI)
    qtbot.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert view.grid.column_order()[:4] == [NAME, KIND, EPCI, COMMUNE]
    panel.list.item(4).setCheckState(Qt.CheckState.Unchecked)
    assert view.grid.isColumnHidden(MANAGER)
    view.grid.horizontalHeader().resizeSection(KIND, 150)
    panel.close()
    again = EquipmentPage(kit)
    qtbot.addWidget(again)
    grid = again.register().grid
    assert grid.column_order()[:4] == [NAME, KIND, EPCI, COMMUNE]
    assert grid.unwanted == {MANAGER}
    assert grid.widths == {KIND: 150}
    again.register().columns.panel._reset()
    assert kit.habits.habit("register/columns") == ""
    assert grid.column_order() == list(range(len(COLUMNS)))


def test_a_block_is_copied_and_pasted_as_the_columns_stand(view: RegisterView, qtbot, made) -> None:
    seen = frozenset({"Gestionnaire"})
    view.grid.apply_layout(ColumnLayout(asked=seen, order=("Nom", "Places agréées", "Gestionnaire")))
    view.grid.select_uuid(made.creche, LICENSED)
    line = view.grid.currentIndex()
    view.grid.selectionModel().select(
        line.siblingAtColumn(MANAGER), view.grid.selectionModel().SelectionFlag.Select
    )
    qtbot.keyClick(view.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Places agréées\tGestionnaire"
    view.grid.setCurrentIndex(line)
    view.grid.paste("31\tMairie")
    settle(qtbot, view.kit)
    row = next(row for row in view.grid.table.rows if row.uuid == made.creche)
    assert (row.licensed, row.manager) == (31, "Mairie")

"""What the clipboard takes out of the window: small counts are masked, text is never run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from scipy.optimize import linprog

from app.domain.coverage import Network
from app.domain.register import Childminders
from app.domain.territory import Level
from tests.ui.map_pages import settle, shown
from ui.models.grid import split_block
from ui.models.table import Column
from ui.theme import Theme
from ui.views.equipment_childminders import ChildmindersView
from ui.views.maillage import MaillagePage
from ui.views.map_coverage import CoveragePage
from ui.views.map_papers import copy_value, prove
from ui.views.page import Kit
from ui.widgets.table_view import Table

HAUT_VAL, AIRVAUDAIS = "200041994", "200041416"
SMALL, OTHER = 3, 7
SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def small(kit: Kit) -> list[str]:
    """Communes of one Epci with 3, 7, 8… childminders; another Epci has 3. Returns their codes."""
    register = kit.services.register
    year = register.today().year
    members = kit.services.territory.members(Level.EPCI, HAUT_VAL)
    numbers = [SMALL, *range(OTHER, OTHER + len(members) - 1)]
    rows = [_minders(Level.EPCI, AIRVAUDAIS, year, SMALL)]
    rows += [_minders(Level.COMMUNE, code, year, n) for code, n in zip(members, numbers, strict=True)]
    register.save_childminders(rows)
    kit.context.set_year(year)
    return list(members)


def _minders(level: Level, code: str, year: int, number: int) -> Childminders:
    return Childminders("", level, code, year, number, number, number * 4, source="Caf")


def copied(qtbot: QtBot, copy: Callable[[], object]) -> str:
    """Text of the clipboard after a copy."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    copy()
    qtbot.waitUntil(lambda: bool(clipboard.text()))
    assert "=" not in clipboard.mimeData().html().partition("<body>")[2]
    return clipboard.text()


def whole(qtbot: QtBot, table: Table) -> list[list[str]]:
    """Every line of a table, copied with Ctrl+C."""
    table.selectAll()
    text = copied(qtbot, partial(qtbot.keyClick, table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier))
    return [line.split("\t") for line in text.splitlines()]


def test_the_table_and_the_menu_of_a_map_copy_no_small_count(
    kit: Kit, small: list[str], qtbot: QtBot
) -> None:
    page = shown(qtbot, CoveragePage(kit))
    page.show_network(Network.EAJE)
    page._choose_figure("places_am")
    page._choose_level(Level.COMMUNE)
    settle(qtbot, page)
    made = page.made
    assert made is not None
    page.head.toggle_table()
    qtbot.waitUntil(lambda: bool(page.table.table.rows))
    lines = {line[1]: line[2] for line in whole(qtbot, page.table)[1:]}
    assert lines[small[0]] == "s"
    masked = [code for code in small if lines[code] == "s"]
    assert len(masked) == 2
    total = sum(4 * n for n in (SMALL, *range(OTHER, OTHER + len(small) - 1)))
    left = total - sum(float(lines[code]) for code in small if code not in masked)
    ends = [linprog([sign, 0], A_eq=[[1, 1]], b_eq=[left], bounds=[(4, None)] * 2).fun for sign in (1, -1)]
    assert -ends[1] - ends[0] >= 16
    said = copied(qtbot, partial(copy_value, kit, made, small[0]))
    assert "secret statistique" in said
    assert "12" not in said
    free = next(code for code in small if code not in masked)
    assert lines[free] in copied(qtbot, partial(copy_value, kit, made, free))


def test_a_citation_hides_a_small_count(kit: Kit, small: list[str], qtbot: QtBot, theme: Theme) -> None:
    coverage = kit.services.coverage.network("eaje", level=Level.COMMUNE, departement="79")
    rank = coverage.rank("places_am")
    value = next(row.values[rank] for row in coverage.rows if row.code == small[0])
    assert value.number == 4 * SMALL
    page = Table(theme, (Column[str]("Nom", str),), "Essai")
    qtbot.addWidget(page)
    popover = prove(kit, value, "Augé", page)
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    said = copied(qtbot, popover.copy)
    assert "masqué, secret statistique" in said
    assert "12" not in said


def test_the_list_of_gaps_copies_no_small_count(kit: Kit, small: list[str], qtbot: QtBot) -> None:
    assert small
    kit.context.set_territory("79")
    page = shown(qtbot, MaillagePage(kit))
    qtbot.mouseClick(page.rules.cards["rpe_etp"], Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    lines = {line[0]: line[1:] for line in whole(qtbot, page.gaps.table)}
    found = next(cells for name, cells in lines.items() if "Airvaudais" in name)
    assert found[1] == "s"
    assert not any("0,04" in cell or "0 ETP" in cell for cell in found)
    other = next(cells for name, cells in lines.items() if "Haut Val" in name)
    assert "ETP" in other[1]


def test_the_counts_of_childminders_are_copied_masked(kit: Kit, small: list[str], qtbot: QtBot) -> None:
    kit.context.set_territory("79", HAUT_VAL)
    view = ChildmindersView(kit)
    qtbot.addWidget(view)
    view.level.set_current(str(int(Level.COMMUNE)))
    with qtbot.waitExposed(view):
        view.show()
    view.reload()
    qtbot.waitUntil(lambda: not kit.runner.tasks and bool(view.grid.table.rows))
    lines = whole(qtbot, view.grid)
    masked = [line for line in lines if "s" in line]
    assert len(masked) == 2
    assert all(line[1:5] == ["s"] * 4 for line in masked)
    assert not any(line[2] == str(SMALL) for line in lines)
    assert len([line for line in lines if line[2].isdigit()]) == len(small) - 2


def test_a_cell_that_a_spreadsheet_would_run_is_quoted_and_comes_back(qtbot: QtBot, theme: Theme) -> None:
    table = Table(theme, (Column[str]("Nom", str), Column[str]("Écart", lambda _line: -1.3)), "Essai")
    qtbot.addWidget(table)
    table.show_rows(["=1+1", "- à revoir", "'@"])
    clipboard = QGuiApplication.clipboard()
    table.selectionModel().select(table.proxy.index(0, 0), SELECT)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    cells = [line.split("\t") for line in clipboard.text().splitlines()][1:]
    assert [cell[0] for cell in cells] == ["'=1+1", "'- à revoir", "'@"]
    assert {cell[1] for cell in cells} == {"-1,3"}
    assert [line[0] for line in split_block(clipboard.text())[1:3]] == ["=1+1", "- à revoir"]

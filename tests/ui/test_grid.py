"""The editable table: what is typed or pasted is read whole before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.numbers import parse_number
from ui.models.grid import CellEdit, CellRefusal, CellRefused, EditColumn, split_block
from ui.models.table import Column
from ui.theme import Theme
from ui.widgets.grid import Grid


@dataclass(frozen=True)
class Line:
    name: str
    places: float | None


def read_places(typed: str) -> float | None:
    if not typed.strip():
        return None
    found = parse_number(typed)
    if found is None or found < 0:
        raise CellRefused(f"« {typed} » n'est pas un nombre de places.")
    return found


COLUMNS: tuple[Column[Line], ...] = (
    Column("Nom", lambda line: line.name),
    EditColumn("Places", lambda line: line.places, parse=read_places, code="places"),
)


@pytest.fixture
def grid(qtbot: QtBot, theme: Theme) -> Grid:
    made = Grid(theme, COLUMNS, "Essai")
    qtbot.addWidget(made)
    made.show_rows([Line("Un", 12.0), Line("Deux", None), Line("Trois", 1234.5)])
    made.show()
    return made


def sent(grid: Grid) -> tuple[list[CellEdit], list[CellRefusal]]:
    edits: list[CellEdit] = []
    refusals: list[CellRefusal] = []
    grid.edited.connect(edits.extend)
    grid.refused.connect(refusals.extend)
    return edits, refusals


def test_the_model_behaves(grid: Grid, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(grid.grid)


def test_a_block_pasted_with_any_space_is_one_action(grid: Grid) -> None:
    edits, refusals = sent(grid)
    grid.setCurrentIndex(grid.proxy.index(0, 1))
    grid.paste("1\u00a0250,5\r\n14\r\n\r\n")
    assert [(edit.row.name, edit.column, edit.value) for edit in edits] == [
        ("Un", "places", 1250.5), ("Deux", "places", 14.0),
    ]  # fmt: skip
    assert refusals == []


def test_one_wrong_cell_refuses_the_whole_block(grid: Grid) -> None:
    edits, refusals = sent(grid)
    grid.setCurrentIndex(grid.proxy.index(0, 1))
    grid.paste("15\nquinze\n-3")
    assert edits == []
    assert [(refusal.row, refusal.typed) for refusal in refusals] == [(1, "quinze"), (2, "-3")]


def test_a_block_larger_than_the_table_is_refused(grid: Grid) -> None:
    edits, refusals = sent(grid)
    grid.setCurrentIndex(grid.proxy.index(2, 1))
    grid.paste("1\n2")
    assert edits == []
    assert len(refusals) == 1


def test_a_fixed_cell_is_refused(grid: Grid) -> None:
    edits, refusals = sent(grid)
    grid.setCurrentIndex(grid.proxy.index(0, 0))
    grid.paste("Autre\t3")
    assert edits == []
    assert [refusal.column for refusal in refusals] == ["Nom"]


def test_fill_down_follows_the_order_shown(grid: Grid, qtbot: QtBot) -> None:
    edits, _ = sent(grid)
    grid.sortByColumn(0, Qt.SortOrder.AscendingOrder)  # Deux, Trois, Un
    grid.setCurrentIndex(grid.proxy.index(1, 1))
    grid.selectionModel().select(grid.proxy.index(2, 1), grid.selectionModel().SelectionFlag.Select)
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [(edit.row.name, edit.value) for edit in edits] == [("Un", 1234.5)]


def test_delete_empties_an_editable_cell_and_asks_for_a_row(grid: Grid, qtbot: QtBot) -> None:
    edits, _ = sent(grid)
    asked: list[Line] = []
    grid.removed.connect(asked.extend)
    grid.setCurrentIndex(grid.proxy.index(0, 1))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert [edit.value for edit in edits] == [None]
    grid.setCurrentIndex(grid.proxy.index(0, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert [line.name for line in asked] == ["Un"]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))


@given(
    st.lists(
        st.lists(CELL, min_size=2, max_size=4),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_a_block_is_split_as_a_spreadsheet_wrote_it(block: list[list[str]]) -> None:
    quoted = "\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in block)
    kept = split_block(quoted)
    while block and not any(cell.strip() for cell in block[-1]):
        block.pop()
    assert kept == block

"""Budget of a fiche: who brings what each year, in one state at a time, and what it says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem, QVBoxLayout

from app.domain.budget import MoneyState
from app.domain.ctg import PartyKind
from app.domain.ctg_sentences import eviction_text, paid_text, share_text
from app.domain.ctg_words import MONEY
from app.services.ctg_together import Cell
from ui.models.grid import CellEdit
from ui.theme import Theme
from ui.views import action_calls as calls
from ui.views.action_budget_form import FunderForm, FunderWish
from ui.views.action_budget_rows import (
    COST,
    FUNDER,
    PLACE,
    MoneyColumn,
    MoneyLine,
    absences,
    money_columns,
    money_lines,
    states_of,
)
from ui.views.action_parts import Desk, Fields, Section
from ui.widgets.action_grid import ActionGrid, GridBox
from ui.widgets.fields import NumberField
from ui.widgets.grid import CellDelegate
from ui.widgets.parts import clear, picture, row, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.ctg_plan_rows import Budget
    from ui.views.action_calls import ActionRead


class MoneyGrid(ActionGrid):
    """Funders by year; the menu of a cell or of a header chooses the state of the year."""

    def __init__(self, theme: Theme, section: BudgetSection) -> None:
        super().__init__(theme, money_columns({}), "Budget, en euros", lambda line: line.key, flexible=0)
        self._section = section
        self.setItemDelegate(_MoneyDelegate(theme, self))
        self.setAccessibleDescription("Maj+F10\u202f: prévu, voté ou payé. n.d.\u202f: attendu et inconnu")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setToolTip("Cliquer\u202f: choisir prévu, voté ou payé")
        header.sectionClicked.connect(self._header_menu)

    def column_at(self, place: int) -> MoneyColumn | None:
        """The year of a column, None for the first one."""
        columns = self.grid.columns
        found = columns[place] if 0 <= place < len(columns) else None
        return found if isinstance(found, MoneyColumn) else None

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at) if self.rect().contains(at) else self.currentIndex()
        index = index if index.isValid() else self.currentIndex()
        column = self.column_at(index.column())
        if column is not None:
            line = self.proxy.row_at(index) if index.isValid() else None
            self._section.menu(column, line).popup(self.viewport().mapToGlobal(at))

    def _header_menu(self, place: int) -> None:
        column = self.column_at(place)
        if column is not None:
            left = self.horizontalHeader().sectionViewportPosition(place)
            at = self.mapToGlobal(QPoint(left, self.horizontalHeader().height()))
            self._section.menu(column, None).popup(at)


class BudgetSection(Section):
    """The table, the sentences that it deserves, places, and the form of a new funder."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("budget", "Budget", desk)
        self._chosen: dict[int, MoneyState] = {}
        self.grid = MoneyGrid(desk.kit.theme, self)
        self.box = GridBox(self.grid, "Ajouter un financeur", self.add, "Ctrl+Entrée")
        self.form = FunderForm()
        self.form.hide()
        self.form.asked.connect(self._add_funder)
        self.form.given_up.connect(self._close_form)
        self.fields = Fields(desk)
        places = NumberField("Places concernées", least=0)
        places.setFixedWidth(desk.kit.theme.px(220))
        self.fields.add("places", places)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.body.addWidget(self.box)
        self.body.addWidget(self.form)
        self.body.addLayout(self.lines)
        self.body.addLayout(row(places, None))
        self.grid.edited.connect(self._edit)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_read(self, read: ActionRead) -> None:
        """Show the money of a fiche."""
        if self.read is None or self.read.uuid != read.uuid:
            self._chosen = {}
            self.form.hide()
            self.box.accept()
        super().show_read(read)
        self.fields.show(read.uuid, {"places": read.detail.places})
        self.form.offer(read)
        self._fill()

    def _fill(self) -> None:
        if self.read is None:
            return
        budget = self.read.detail.budget
        states = states_of(budget, self.read.years, self._chosen)
        self.grid.set_columns(money_columns(states))
        self.grid.set_widths(dict.fromkeys(range(1, len(states) + 1), 104))
        self.grid.show_rows(money_lines(budget, states))
        shares = ", puis ".join(share_text(share.share) for share in budget.caf_shares)
        self.say_note(f"Part de la Caf\u202f: {shares}" if shares else "", "ocre" if budget.evictions else "")
        self._say(budget, states)

    def _say(self, budget: Budget, states: Mapping[int, MoneyState]) -> None:
        """Eviction, more paid than voted, amounts that are absent."""
        said = [("arrow-up", "ocre", f"Éviction possible. {eviction_text(one)}.") for one in budget.evictions]
        said += [("alert-triangle", "ocre", f"{paid_text(one)}.") for one in budget.warnings]
        said += [("info-circle", "texte3", f"{words}.") for words in absences(budget, states)]
        clear(self.lines)
        for icon, token, words in said:
            line = row(picture(icon, token, 16), text(words, "hint", tone=token, wrap=True), gap=6)
            line.setStretch(1, 1)
            self.lines.addLayout(line)

    def menu(self, column: MoneyColumn, line: MoneyLine | None) -> QMenu:
        """States of a year; on an amount, what it becomes."""
        menu = QMenu(self.grid)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for state, word in MONEY.items():
            action = QAction(f"{column.year}\u202f: montant {word}", menu)
            action.setCheckable(True)
            action.setChecked(state is column.state)
            action.triggered.connect(partial(self.choose_state, column.year, state))
            group.addAction(action)
            menu.addAction(action)
        if line is not None and line.kind in (FUNDER, COST):
            menu.addSeparator()
            for state in MoneyState:
                source = _best_known(line, column.year)
                if source is not None and (column.year, state) not in line.amounts:
                    act = partial(self._become, line, column.year, state, source)
                    menu.addAction(f"Recopier ce montant comme {MONEY[state]}", act)
        return menu

    def choose_state(self, year: int, state: MoneyState, _checked: bool = False) -> None:
        """Show a year in another state; what is typed there is of that state."""
        self._chosen[year] = state
        self._fill()

    # -- writes ------------------------------------------------------------------------------------------

    def _edit(self, edits: list[CellEdit]) -> None:
        named = [edit for edit in edits if edit.column == "funder"]
        if named:
            self._name(named[0])
            return
        columns = {
            column.code: column for column in self.grid.grid.columns if isinstance(column, MoneyColumn)
        }
        self._write([self._cell(edit.row, columns[edit.column].year, columns[edit.column].state, edit.value)
                     for edit in edits])  # fmt: skip

    def _cell(self, line: MoneyLine, year: int, state: MoneyState, amount: str | None) -> Cell:
        where: dict[str, object] = {"year": year, "nature": line.nature.value, "state": state.value}
        values: dict[str, object] | None = None if amount is None else {"amount_cents": amount}
        if line.kind == FUNDER:
            where["funder"] = line.funder
            if values is not None:
                values["funder_kind"] = line.funder_kind.value
        return Cell("budget" if line.kind == FUNDER else "cost", self.desk.action, where, values)

    def _write(self, cells: list[Cell]) -> None:
        self.box.accept()
        self.desk.write(partial(calls.set_cells, self.desk.kit.services, cells), self.box.refuse_error)

    def _become(self, line: MoneyLine, year: int, state: MoneyState, cents: int) -> None:
        typed = f"{cents / 100:.2f}".replace(".", ",")
        self._write([self._cell(line, year, state, typed)])

    def _name(self, edit: CellEdit) -> None:
        """Another name for a funder; an empty one takes the line away."""
        services, line = self.desk.kit.services, edit.row
        if edit.value:
            edits = [(uuid, {"funder": edit.value}) for uuid in line.uuids]
            self.desk.write(partial(calls.edit_all, services, "budget", edits), self.box.refuse_error)
        else:
            self.desk.write(partial(calls.remove_all, services, "budget", line.uuids), self.box.refuse_error)

    def add(self) -> None:
        """Ask who the new funder is."""
        self.form.show()
        self.form.start()

    def _add_funder(self, wish: FunderWish) -> None:
        if self.read is None:
            return
        year = next((one for one in self.read.years if one >= self.read.today.year), self.read.years[-1])
        line = MoneyLine(FUNDER, "", wish.name, PartyKind(wish.kind), wish.nature)
        self.form.hide()
        self._write([self._cell(line, year, MoneyState.PLANNED, "")])
        self.grid.setFocus()

    def _close_form(self) -> None:
        self.form.hide()
        self.grid.setFocus()


def _best_known(line: MoneyLine, year: int) -> int | None:
    held = [line.amounts.get((year, state)) for state in MoneyState]
    known = [cents for cents in held if cents is not None]
    return known[-1] if known else None


class _MoneyDelegate(CellDelegate):
    """Totals are heavier than amounts."""

    def __init__(self, theme: Theme, grid: MoneyGrid) -> None:
        super().__init__(grid)
        self._theme = theme

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Choose the font of the line."""
        super().initStyleOption(option, index)
        view = self.parent()
        assert isinstance(view, MoneyGrid)
        kind = view.proxy.row_at(index).kind
        if kind not in (FUNDER, COST):
            option.font = self._theme.font("base" if kind == PLACE else "strong")

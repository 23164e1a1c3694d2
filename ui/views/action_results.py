"""« Résultat attendu »: the level expected in words, then indicators with their values by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QFrame, QVBoxLayout

from app.domain.french import value_text
from app.domain.indicator import ValueState
from app.domain.numbers import parse_number
from app.services.ctg_together import Cell
from ui.models.grid import CellEdit, CellRefused, EditColumn
from ui.models.table import Column
from ui.views import action_calls as calls
from ui.views.action_parts import Desk, Fields, FieldSection
from ui.widgets.action_grid import ActionGrid, GridBox
from ui.widgets.action_result_line import ResultLine
from ui.widgets.fields import ChoiceField, LongTextField, TextField
from ui.widgets.parts import button, icon_button, row

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionIndicatorRow, IndicatorValueRow
    from app.services.ctg_rows import Created
    from ui.views.action_calls import ActionRead

KINDS = (("depart", "Départ"), ("realise", "Réalisé"), ("cible", "Cible"))
DIRECTIONS = (("up", "doit monter"), ("down", "doit baisser"), ("none", "suivi sans cible"))
ABSENCES: Mapping[str, ValueState] = {
    "n.d.": ValueState.NO_DATA, "nd": ValueState.NO_DATA, "n.p.": ValueState.NOT_PUBLISHED,
    "np": ValueState.NOT_PUBLISHED, "s": ValueState.MASKED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueLine:
    """Start, actual values or targets of an indicator, by year."""

    kind: str
    label: str
    decimals: int
    values: Mapping[int, IndicatorValueRow]

    def shown(self, year: int) -> str:
        """Number or absence; « · » where nothing was typed."""
        held = self.values.get(year)
        return "·" if held is None else value_text(held.number, held.state, self.decimals)


def read_value(typed: str) -> tuple[float | None, int] | None:
    """(number, state); None takes the cell away. Raises CellRefused."""
    plain = typed.strip()
    if not plain or plain == "·":
        return None
    state = ABSENCES.get(plain.lower())
    if state is not None:
        return None, int(state)
    found = parse_number(plain)
    if found is None:
        raise CellRefused(f"«\u202f{plain}\u202f» n’est pas un nombre\u202f; une absence s’écrit n.d.")
    return found, int(ValueState.VALUE if found else ValueState.ZERO)


def value_columns(years: Sequence[int]) -> list[Column[Any]]:
    """Kind of value, then one column a year."""
    first: Column[Any] = Column("", lambda line: line.label, right=False)
    return [first, *(_year_column(year) for year in years)]


def _year_column(year: int) -> EditColumn[Any]:
    return EditColumn(
        str(year), partial(_shown, year), parse=read_value, code=str(year), right=True,
        typed=partial(_typed, year), tone=partial(_tone, year),
    )  # fmt: skip


def _shown(year: int, line: ValueLine) -> str:
    return line.shown(year)


def _typed(year: int, line: ValueLine) -> str:
    held = line.values.get(year)
    if held is None:
        return ""
    return line.shown(year) if held.number is None else f"{held.number:.12g}".replace(".", ",")


def _tone(year: int, line: ValueLine) -> str:
    held = line.values.get(year)
    return "" if held is not None and held.number is not None else "texte3"


class IndicatorBlock(QFrame):
    """One indicator: its words, its line, its values by year."""

    def __init__(self, desk: Desk, uuid: str) -> None:
        super().__init__()
        self.uuid = uuid
        self.desk = desk
        self.setProperty("role", "card")
        self.fields = Fields(desk, "indicator")
        label = self.fields.add("label", TextField("Indicateur", required=True))
        unit = self.fields.add("unit", TextField("Unité"))
        direction = self.fields.add("direction", ChoiceField("Sens", DIRECTIONS, required=True))
        erase = icon_button("trash", "Supprimer l’indicateur", self._remove)
        self.line = ResultLine(desk.kit.theme)
        self.grid = ActionGrid(
            desk.kit.theme, value_columns(()), "Valeurs de l’indicateur", lambda line: line.kind
        )
        self.box = GridBox(self.grid, "", lambda: None)
        self.box.add.hide()
        self.box.setProperty("role", "")
        head = row(label, unit, direction, erase, gap=10)
        for place, stretch in enumerate((5, 3, 3)):
            head.setStretch(place, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.line)
        layout.addWidget(self.box)
        self.grid.edited.connect(self._edit)

    def show_row(self, held: ActionIndicatorRow, years: Sequence[int]) -> None:
        """Show the indicator."""
        self.fields.show(held.uuid, {"label": held.label, "unit": held.unit, "direction": held.direction})
        self.line.show_row(held)
        self.grid.setAccessibleName(f"Valeurs\u202f: {held.label}")
        whole = sorted({*years, *(value.year for value in held.values)})
        self.grid.set_columns(value_columns(whole))
        self.grid.set_widths(dict.fromkeys(range(1, len(whole) + 1), 78))
        self.grid.show_rows(
            [
                ValueLine(kind, word, held.decimals, {v.year: v for v in held.values if v.kind == kind})
                for kind, word in KINDS
            ]
        )

    def _edit(self, edits: list[CellEdit]) -> None:
        cells = []
        for edit in edits:
            where = {"kind": edit.row.kind, "year": int(edit.column)}
            values = None if edit.value is None else {"number": edit.value[0], "state": edit.value[1]}
            cells.append(Cell("value", self.uuid, where, values))
        self.desk.write(partial(calls.set_cells, self.desk.kit.services, cells), self.box.refuse_error)

    def _remove(self) -> None:
        call = partial(calls.remove_all, self.desk.kit.services, "indicator", [self.uuid])
        self.desk.write(call, self.box.refuse_error)


class ResultSection(FieldSection):
    """Words, then blocks; « Ajouter un indicateur » proposes those of the dictionary."""

    def __init__(self, desk: Desk) -> None:
        words = LongTextField("Niveau de résultat attendu", lines=2)
        super().__init__("resultat", "Résultat attendu", desk, {"expected_result": words})
        self.blocks: list[IndicatorBlock] = []
        self._place = QVBoxLayout()
        self._place.setSpacing(10)
        self.name = TextField("Nouvel indicateur", placeholder="intitulé, ou choix du dictionnaire")
        self._known = {one.short_label: one for one in desk.kit.services.indicators.all()}
        completer = QCompleter(list(self._known), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.name.edit.setCompleter(completer)
        self.name.edit.returnPressed.connect(self.add)
        self.verb = button("Ajouter un indicateur", self.add, icon="plus")
        self.body.addLayout(self._place)
        line = row(self.name, self.verb, gap=10)
        line.setStretch(0, 1)
        line.setAlignment(self.verb, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)

    def show_read(self, read: ActionRead) -> None:
        """Show the words and the indicators; blocks stay as long as they are the same."""
        super().show_read(read)
        rows = read.detail.indicators
        if [block.uuid for block in self.blocks] != [held.uuid for held in rows]:
            for block in self.blocks:
                block.hide()
                block.deleteLater()
            self.blocks = [IndicatorBlock(self.desk, held.uuid) for held in rows]
            for block in self.blocks:
                self._place.addWidget(block)
        for block, held in zip(self.blocks, rows, strict=True):
            block.show_row(held, read.years)
        reached = [held.reached for held in rows if held.reached is not None]
        self.say_note(f"{sum(reached)} sur {len(reached)} à la cible" if reached else "")

    def add(self) -> None:
        """Add the indicator named."""
        typed = self.name.edit.text().strip()
        if not typed:
            self.name.refuse("Écrivez l’intitulé de l’indicateur.")
            self.name.control.setFocus()
            return
        known = self._known.get(typed)
        values: dict[str, object] = {"label": known.label if known else typed}
        if known is not None:
            values |= {"indicator": known.code, "unit": known.unit, "decimals": known.decimals}
        call = partial(calls.add, self.desk.kit.services, "indicator", self.desk.action, values)
        self.desk.kit.runner.write(call, self._added)

    def _added(self, made: Created) -> None:
        self.name.write("")
        self.name.accept()
        self.desk.kit.hub.changed.emit(made.changes)

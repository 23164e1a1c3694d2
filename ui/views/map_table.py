"""« Voir en tableau »: the values of the map, sorted, copied, read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from app.domain.french import number
from app.domain.indicator import ValueState
from ui.models.table import Column
from ui.widgets.map_words import ranking, told
from ui.widgets.table_view import Table

if TYPE_CHECKING:
    from maps.choropleth import Choropleth
    from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class TableLine:
    """One territory; value is a number, or the state that says why there is none."""

    name: str
    code: str
    value: float | ValueState
    rank: int | None


def lines_of(choropleth: Choropleth) -> list[TableLine]:
    """Lines of a map, from the highest value."""
    choropleth = told(choropleth)
    ranks = ranking(choropleth)
    lines = []
    for place in ranks.order.tolist():
        state = ValueState(int(choropleth.states[place]))
        value = float(choropleth.numbers[place]) if state.is_known else state
        rank = int(ranks.ranks[place]) or None
        lines.append(TableLine(choropleth.layer.names[place], choropleth.layer.codes[place], value, rank))
    return lines


class MapTable(Table):
    """The map in words."""

    def __init__(self, theme: Theme) -> None:
        self._decimals = 0
        columns = (
            Column[TableLine]("Territoire", lambda line: line.name),
            Column[TableLine]("Code", lambda line: line.code),
            Column[TableLine]("Valeur", lambda line: line.value, self._shown, right=True),
            Column[TableLine]("Rang", lambda line: line.rank, right=True, absent=""),
        )
        super().__init__(theme, columns, "Valeurs de la carte")
        self._waiting: Choropleth | None = None
        self.shown: Choropleth | None = None
        """The map whose values are here."""
        self._code: str | None = None

    def show_map(self, choropleth: Choropleth) -> None:
        """Show the values of a map: at once if the table is seen, else when it will be."""
        self.setAccessibleName(f"Tableau\u202f: {choropleth.title}, {choropleth.subtitle}")
        self.shown = self._waiting = choropleth
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the table with the map shown meanwhile."""
        self._fill()
        super().showEvent(event)

    def _fill(self) -> None:
        choropleth, self._waiting = self._waiting, None
        if choropleth is None:
            return
        self._decimals = told(choropleth).indicator.decimals
        self.source_text = "\u202f; ".join((choropleth.title, choropleth.subtitle, *choropleth.sources))
        self.show_rows(lines_of(choropleth))
        self.select(self._code)

    def select(self, code: str | None) -> None:
        """Put the cursor on a territory."""
        self._code = code
        if self._waiting is not None:
            return
        for place in range(self.proxy.rowCount()):
            index = self.proxy.index(place, 0)
            if self.proxy.row_at(index).code == code:
                self.setCurrentIndex(index)
                return

    def _shown(self, value: float) -> str:
        return number(value, self._decimals)

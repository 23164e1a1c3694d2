"""« Tableau de bord »: the two gauges, then the indicators that somebody pinned, twelve at first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.french import THIN
from app.services.cpog_cards import Around, card
from app.services.cpog_reading import today
from app.services.cpog_rows import GaugesRow, IndicatorCard
from app.services.cpog_view import indicator_rows
from ui import labels_cpog
from ui.views.cpog_gauges import GaugesPair
from ui.views.cpog_parts import CpogView, YearBox
from ui.views.cpog_plot import plot_of
from ui.views.cpog_words import LOOKS, last_text
from ui.widgets.parts import Elided, button, clear, fictitious, picture, row, scrolled, text
from ui.widgets.trajectory import TrajectoryPlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.progress import Progress
    from app.services import Services
    from ui.theme import Theme
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

LEAST = 300
"""Width under which a tile would be hard to read."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the view shows."""

    gauges: GaugesRow
    cards: tuple[IndicatorCard, ...]
    to_explain: int


class BoardView(CpogView):
    """Click on a name opens its card."""

    indicator_asked = Signal(str)

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit, focus)
        self.years = YearBox(focus)
        self.said = text("", "second")
        self.gauges = GaugesPair(kit.theme)
        self.tiles: list[Tile] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.none = text("Aucun indicateur épinglé. Épinglez-en un depuis sa fiche.", "second", wrap=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addLayout(row(text("Année", "label"), self.years, 8, self.said, None))
        column.addWidget(self.gauges)
        column.addWidget(self.none)
        column.addLayout(self._grid)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def question(self) -> Callable[[Progress], Board]:
        """Read gauges and pinned indicators."""
        return partial(_read, self.kit.services, self.focus.code, self.focus.year)

    def show_answer(self, board: Board) -> None:
        """Show gauges and tiles."""
        self.years.follow()
        self.gauges.show_gauges(board.gauges)
        self.none.setVisible(not board.cards)
        count = board.to_explain
        self.said.setText(
            f"{count} écarts à expliquer"
            if count > 1
            else "1 écart à expliquer"
            if count
            else "Aucun écart à expliquer"
        )
        clear(self._grid)
        self.tiles = []
        for found in board.cards:
            tile = Tile(self.theme, found, self.focus)
            tile.asked.connect(self.indicator_asked)
            self.tiles.append(tile)
        self._place()

    def _place(self) -> None:
        across = max(1, min(4, (self.width() - 40) // self.theme.px(LEAST)))
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // across, place % across)
        for place in range(4):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many tiles across as hold."""
        super().resizeEvent(event)
        self._place()


class Tile(QFrame):
    """One indicator: shape, name, last value, target, small trajectory."""

    asked = Signal(str)

    def __init__(self, theme: Theme, found: IndicatorCard, focus: CpogFocus) -> None:
        super().__init__()
        self.setProperty("role", "card")
        line = found.row
        icon, token = LOOKS[line.state]
        name = button(line.name, partial(self.asked.emit, line.uuid), role="link")
        name.setToolTip(line.label)
        self.setAccessibleName(line.name)
        state = text(labels_cpog.STATE[line.state], "hint")
        target = Elided(
            f"cible {line.target.text} en {line.target.period.label}" if line.target else "sans cible", "hint"
        )
        plot = TrajectoryPlot(theme, small=True)
        plot.show_plot(plot_of(found, focus.years, today()), focus.year)
        plot.point_asked.connect(lambda _kind, _column: self.asked.emit(line.uuid))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        head = row(picture(icon, token, 16), name, None, gap=6)
        if line.fictitious:
            head.addWidget(fictitious())
        column.addLayout(head)
        when = f" en {line.last.period.label}" if line.last is not None else ""
        figure = row(text(last_text(line), "object"), text(when.strip(), "hint"), None, state)
        column.addLayout(figure)
        column.addWidget(target)
        column.addWidget(plot)
        gap = f"Écart{THIN}: {line.difference_text}" if line.difference_text else ""
        column.addWidget(text(gap, "hint"))


def _read(services: Services, code: str, year: int, _progress: Progress) -> Board:
    on = today()
    contract = services.cpog.contract(code)
    rows = {row_.uuid: row_ for row_ in indicator_rows(contract, year, on)}
    pinned = [i for i in contract.indicators if i.pinned]
    cards = tuple(card(contract, indicator, on, Around(rows)) for indicator in pinned)
    late = sum(row_.to_explain for row_ in rows.values())
    return Board(services.cpog.gauges(code, year, on), cards, late)

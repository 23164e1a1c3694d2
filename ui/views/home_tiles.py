"""The tiles of « Accueil » on a grid: four at the top, the others under the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.dashboard_rows import TITLES
from ui.views.home_parts import can_open
from ui.widgets.tile import TileCard

if TYPE_CHECKING:
    from app.services.dashboard_rows import Tile
    from ui.theme import Theme

ACROSS = 4
GAP = 12


class TileGrid(QWidget):
    """Cards kept by code from one reading to the next."""

    opened = Signal(str, object)
    explained = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._across = ACROSS
        self.cards: dict[str, TileCard] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    def show_codes(self, codes: Sequence[str]) -> None:
        """Hold these tiles, in this order."""
        if tuple(codes) == tuple(self.cards):
            return
        held = self.cards
        self.cards = {code: held.pop(code) if code in held else self._make(code) for code in codes}
        for card in held.values():
            card.hide()
            card.deleteLater()
        self._place()

    def _make(self, code: str) -> TileCard:
        card = TileCard(TITLES[code], self._theme, can_open)
        card.opened.connect(self.opened)
        card.explained.connect(self.explained)
        return card

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for rank, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, rank // self._across, rank % self._across)
            card.show()
        for rank in range(ACROSS):
            self._grid.setColumnStretch(rank, 1 if rank < self._across else 0)
        before: TileCard | None = None
        for card in self.cards.values():
            if before is not None:
                QWidget.setTabOrder(before, card)
            before = card

    def set_across(self, across: int) -> None:
        """Put so many cards on a line."""
        if across != self._across:
            self._across = across
            self._place()

    def show_tiles(self, tiles: Iterable[Tile], selected: str = "") -> None:
        """Show the tiles that are held here."""
        for tile in tiles:
            if tile.code in self.cards:
                self.cards[tile.code].show_tile(tile, selected)

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Give the strips the colours of the map."""
        for card in self.cards.values():
            card.set_colours(colours)

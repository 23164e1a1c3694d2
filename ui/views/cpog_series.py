"""Small multiples: one trajectory a sub-series, on the same years."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.services.cpog_reading import today
from app.services.cpog_rows import IndicatorCard
from ui.views.cpog_plot import legend_of, plot_of
from ui.widgets.parts import button, clear, row, text
from ui.widgets.trajectory import TrajectoryPlot

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.views.cpog_focus import CpogFocus

ACROSS = 2


class SeriesGrid(QWidget):
    """A click on a name or a point asks for that sub-series."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def show_card(self, card: IndicatorCard, focus: CpogFocus) -> list[tuple[str, str]]:
        """Show the sub-series of a card; return what the legend must hold."""
        clear(self._grid)
        held: dict[str, str] = {}
        for place, child in enumerate(card.sub_series):
            plot = plot_of(child, focus.years, today())
            held.update(legend_of(plot))
            small = TrajectoryPlot(self._theme, small=True)
            small.show_plot(plot, focus.year)
            small.point_asked.connect(partial(self._asked, child.row.uuid))
            name = button(child.indicator.sub_series, partial(self.asked.emit, child.row.uuid), role="link")
            last = text(child.row.last.text if child.row.last is not None else "n.d.", "strong")
            box = QVBoxLayout()
            box.setSpacing(0)
            box.addLayout(row(name, None, last))
            box.addWidget(small)
            self._grid.addLayout(box, place // ACROSS, place % ACROSS)
        return list(held.items())

    def _asked(self, uuid: str, _kind: str, _column: int) -> None:
        self.asked.emit(uuid)

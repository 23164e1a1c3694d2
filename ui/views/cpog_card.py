"""Centre of « CPOG »: one indicator, its trajectory and the table under it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.cpog_points import Period
from app.domain.french import plural
from app.services.cpog_reading import today
from app.services.cpog_rows import CellFinding, Entry, IndicatorCard
from ui import labels_cpog
from ui.models.grid import CellEdit, CellRefusal
from ui.views.cpog_card_head import CardHead, has_draft
from ui.views.cpog_card_table import CardTable, entries_of
from ui.views.cpog_focus import CpogFocus
from ui.views.cpog_plot import legend_of, plot_of
from ui.views.cpog_popover import PointPopover
from ui.views.cpog_series import SeriesGrid
from ui.views.cpog_writing import EntryWriter, ReasonBar, Writer
from ui.views.page import Kit
from ui.widgets.parts import Banner, button, row, scrolled, text
from ui.widgets.trajectory import TrajectoryPlot
from ui.widgets.trajectory_data import PlotPoint
from ui.widgets.trajectory_legend import TrajectoryLegend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.cascade import CascadeNode

DRAFT = "Marque hachurée\u202f: hypothèse non notifiée par la Cnaf, en filigrane sur tout document."


class CardView(QWidget):
    """The card. `revise_asked`: the form; `indicator_asked`: a sub-series to open."""

    revise_asked = Signal()
    entry_asked = Signal()
    indicator_asked = Signal(str)

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__()
        self.kit = kit
        self.focus = focus
        self.card: IndicatorCard | None = None
        self.setProperty("zone", "cpog-card")
        self.setProperty("role", "surface")
        theme = kit.theme
        self.banner, self.reason = Banner(), ReasonBar()
        self._cells = EntryWriter(kit, self.banner, self.reason, self)
        self.head = CardHead(Writer(kit, self.banner, self))
        self.title = self.head.title
        self.how = self.head.how
        self.legend = TrajectoryLegend(theme)
        self.plot = TrajectoryPlot(theme)
        self.series, self._spare = SeriesGrid(theme), QWidget()
        self.draft = text(DRAFT, "hint", wrap=True)
        self.fed = button("", icon="link", role="link")
        self._fiches = QMenu(self)
        self.fed.setMenu(self._fiches)
        self.table = CardTable(theme)
        self.enter = button("Saisir", self.start_entry, icon="pencil")
        self.revise = button("Réviser la cible", self.revise_asked.emit, icon="git-fork")
        self.as_table = button("Voir en tableau", self.show_table, icon="table", role="link")
        self.as_table.setToolTip("Ctrl+Maj+T")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(22, 12, 22, 12)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.reason)
        column.addWidget(self.legend)
        column.addWidget(self.plot, 1)
        column.addWidget(self.draft)
        column.addWidget(self.series)
        column.addWidget(self.table)
        column.addSpacing(6)
        column.addLayout(row(self.enter, self.revise, self.fed, None, self.as_table))
        column.addWidget(self._spare, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _wire(self) -> None:
        self.head.how.clicked.connect(lambda _checked: self._explain_year())
        self.head.parent_asked.connect(self.indicator_asked)
        self.plot.year_chosen.connect(self.focus.set_year)
        self.plot.year_lit.connect(self._light)
        self.plot.point_asked.connect(self._explain_point)
        self.legend.hidden_changed.connect(self.plot.set_hidden)
        self.series.asked.connect(self.indicator_asked)
        self.table.asked.connect(self._explain_cell)
        self.table.edited.connect(self._edited)
        self.table.refused.connect(self._grid_refused)
        self._cells.refused.connect(self._cells_refused)
        self._cells.written.connect(self._cells_written)
        self.focus.year_changed.connect(self._year_changed)
        for keys, act in (("Ctrl+Shift+T", self.show_table), ("Ctrl+I", self._explain_current)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- content -----------------------------------------------------------------------------------------

    def show_card(self, card: IndicatorCard) -> None:
        """Show another indicator, or the same one read again."""
        same = self.card is not None and self.card.row.uuid == card.row.uuid
        self.card = card
        if not same:
            self.banner.hide()
            self.reason.hide()
        self.head.show_card(card)
        alone = not card.sub_series
        for part in (self.plot, self.table, self.enter, self.revise, self.as_table, self.how):
            part.setVisible(alone)
        self.revise.setVisible(alone and any(point is not None for point in card.points("initiale")))
        self.series.setVisible(not alone)
        self._spare.setVisible(not alone)
        self.draft.setVisible(alone and has_draft(card))
        if alone:
            plot = plot_of(card, self.focus.years, today())
            self.plot.show_plot(plot, self.focus.year)
            self.legend.show_items(legend_of(plot))
            unit = labels_cpog.UNIT.get(card.indicator.unit, card.indicator.unit)
            self.table.show_card(card, f"En {card.indicator.unit_detail or unit}")
            contract = self.focus.contract
            self.table.source_text = f"{card.row.label}, {contract.label}" if contract is not None else ""
            self.table.set_year(self.focus.year)
            self._year_changed()
        else:
            self.legend.show_items(self.series.show_card(card, self.focus))

    def show_fiches(self, fiches: Sequence[CascadeNode]) -> None:
        """List the fiches action that feed the indicator."""
        self._fiches.clear()
        for fiche in fiches:
            words = f"{fiche.number} {fiche.label}".strip()
            self._fiches.addAction(words, partial(self.kit.navigate, "ctg", action=fiche.uuid))
        words = f"Alimenté par {plural(len(fiches), 'fiche action', 'fiches action')}"
        self.fed.setText(words)
        self.fed.setAccessibleName(words)
        self.fed.setVisible(bool(fiches))

    # -- year --------------------------------------------------------------------------------------------

    def _year_changed(self) -> None:
        year = self.focus.year
        self.plot.set_year(year)
        self.table.set_year(year)
        self.table.reveal(year)
        self.enter.setText(f"Saisir {year}")
        self.enter.setAccessibleName(f"Saisir {year}")

    def _light(self, year: int) -> None:
        self.table.set_year(year or self.focus.year)

    # -- entry -------------------------------------------------------------------------------------------

    def start_entry(self) -> None:
        """Open the cell of the value of the year chosen."""
        period = Period(self.focus.year)
        if period in self.table.periods:
            index = self.table.proxy.index(0, self.table.periods.index(period) + 1)
            self.table.setFocus()
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def show_table(self) -> None:
        """Give the keyboard to the table: the same figures as the drawing."""
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.proxy.index(0, 1))

    def _edited(self, edits: Sequence[CellEdit]) -> None:
        if self.card is not None:
            self._cells.write(entries_of(self.card.row.uuid, self.table.periods, edits))

    def _grid_refused(self, refusals: Sequence[CellRefusal]) -> None:
        self.banner.say(refusals[0].sentence, "rouge")

    def _cells_refused(self, entries: Sequence[Entry], findings: Sequence[CellFinding]) -> None:
        told = [(entries[f.position], f.text) for f in findings if f.blocking]
        self.table.mark_refused([(entry.series, entry.period, words) for entry, words in told])

    def _cells_written(self, _result: object) -> None:
        if self.card is not None:
            self.table.mark_refused([])

    # -- explanations ------------------------------------------------------------------------------------

    def _explain_year(self) -> None:
        self.plot.explain_year()

    def _explain_current(self) -> None:
        found = self.table.explained() if self.table.hasFocus() else None
        if found is not None:
            self._explain_cell(*found)
        else:
            self.plot.explain_year()

    def _explain_point(self, kind: str, column: int) -> None:
        scale = self.plot.scale()
        point = next((p for p in self._points(kind) if p.column == column), None)
        if scale is None or point is None:
            return
        high = scale.y(point.number) if point.number is not None else scale.bottom
        self._explain(kind, column, self.plot, QPoint(int(scale.x(point.at)), int(high)))

    def _points(self, kind: str) -> Sequence[PlotPoint]:
        series = self.plot.plot.of(kind) if self.plot.plot is not None else None
        return series.points if series is not None else ()

    def _explain_cell(self, kind: str, column: int) -> None:
        self._explain(kind, column, self.table, None)

    def _explain(self, kind: str, column: int, anchor: QWidget, at: QPoint | None) -> None:
        if self.card is not None:
            PointPopover(self.kit.theme, self.card, kind, column, self.window()).show_beside(anchor, at)

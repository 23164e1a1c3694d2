"""Centre of « CPOG »: one indicator, its trajectory and the table under it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.cpog_points import Period
from app.domain.french import THIN, plural
from app.domain.trajectory import IndicatorState
from app.services.cpog_reading import today
from app.services.cpog_rows import CellFinding, Entry, IndicatorCard
from ui import icons, labels_cpog
from ui.models.grid import CellEdit, CellRefusal
from ui.views.cpog_card_table import CardTable, entries_of
from ui.views.cpog_focus import CpogFocus
from ui.views.cpog_plot import legend_of, plot_of
from ui.views.cpog_popover import PointPopover
from ui.views.cpog_words import SENSE_ICONS
from ui.views.cpog_writing import EntryWriter, ReasonBar, Writer
from ui.views.page import Kit
from ui.widgets.parts import Banner, button, clear, fictitious, icon_button, picture, row, scrolled, text
from ui.widgets.provenance import TITLE
from ui.widgets.trajectory import TrajectoryPlot
from ui.widgets.trajectory_data import PlotPoint
from ui.widgets.trajectory_legend import TrajectoryLegend

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        self._writer = Writer(kit, self.banner, self)
        self._cells = EntryWriter(kit, self.banner, self.reason, self)
        self.chips = row(gap=8)
        self.pin = icon_button("pin", "Épingler au tableau de bord", self._pin)
        self.pin.setCheckable(True)
        self.title = text("", "title", wrap=True)
        self.subtitle = text("", "second", wrap=True)
        self.how = button(TITLE, self._explain_year, icon="info-circle", role="link")
        self.parent_link = button("Toutes les séries", self._open_parent, icon="arrow-left", role="link")
        self.legend = TrajectoryLegend(theme)
        self.plot = TrajectoryPlot(theme)
        self.series = QWidget()
        self._series_grid = QGridLayout(self.series)
        self._series_grid.setContentsMargins(0, 0, 0, 0)
        self._series_grid.setSpacing(12)
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
        head = row(self.chips, None, self.pin)
        under = row(self.subtitle, self.how)
        under.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.parent_link)
        column.addWidget(self.title)
        column.addLayout(under)
        column.addWidget(self.banner)
        column.addWidget(self.reason)
        column.addWidget(self.legend)
        column.addWidget(self.plot, 1)
        column.addWidget(self.series)
        column.addWidget(self.table)
        column.addSpacing(6)
        column.addLayout(row(self.enter, self.revise, None, self.as_table))
        column.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _wire(self) -> None:
        self.plot.year_chosen.connect(self.focus.set_year)
        self.plot.year_lit.connect(self._light)
        self.plot.point_asked.connect(self._explain_point)
        self.legend.hidden_changed.connect(self.plot.set_hidden)
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
        self._show_head(card)
        alone = not card.sub_series
        for part in (self.plot, self.table, self.enter, self.revise, self.as_table, self.how):
            part.setVisible(alone)
        self.revise.setVisible(alone and any(point is not None for point in card.points("initiale")))
        self.series.setVisible(not alone)
        if alone:
            plot = plot_of(card, self.focus.years, today())
            self.plot.show_plot(plot, self.focus.year)
            self.legend.show_items(legend_of(plot))
            unit = labels_cpog.UNIT.get(card.indicator.unit, card.indicator.unit)
            self.table.show_card(card, f"En {card.indicator.unit_detail or unit}")
            self.table.set_year(self.focus.year)
            self._year_changed()
        else:
            self._show_series(card)

    def _show_head(self, card: IndicatorCard) -> None:
        clear(self.chips)
        for icon, words in chips_of(card):
            chip = text(words, "badge")
            self.chips.addLayout(row(picture(icon, "texte2", 16), chip, gap=4) if icon else row(chip))
        if card.row.fictitious:
            self.chips.addWidget(fictitious())
        indicator = card.indicator
        self.title.setText(
            f"{indicator.label} – {indicator.sub_series}" if indicator.sub_series else indicator.label
        )
        details = [
            indicator.heading,
            indicator.unit_detail,
            f"fiche {indicator.fiche}" if indicator.fiche else "",
        ]
        details += [f"suivi à partir de {indicator.start_year}" if indicator.start_year else ""]
        self.subtitle.setText(", ".join(part for part in details if part) or indicator.domain)
        self.parent_link.setVisible(bool(indicator.parent_uuid))
        self.pin.setChecked(indicator.pinned)
        self.pin.setIcon(icons.icon("pinned-filled" if indicator.pinned else "pin", "texte2", on="encre"))
        name = "Retirer du tableau de bord" if indicator.pinned else "Épingler au tableau de bord"
        self.pin.setToolTip(name)
        self.pin.setAccessibleName(name)

    def _show_series(self, card: IndicatorCard) -> None:
        """Small multiples, one a sub-series, on the same years."""
        clear(self._series_grid)
        held: dict[str, str] = {}
        for place, child in enumerate(card.sub_series):
            plot = plot_of(child, self.focus.years, today())
            held.update(legend_of(plot))
            small = TrajectoryPlot(self.kit.theme, small=True)
            small.show_plot(plot, self.focus.year)
            small.point_asked.connect(partial(self._open_series, child.row.uuid))
            name = button(
                child.indicator.sub_series, partial(self.indicator_asked.emit, child.row.uuid), role="link"
            )
            last = text(child.row.last.text if child.row.last is not None else "n.d.", "strong")
            box = QVBoxLayout()
            box.setSpacing(0)
            box.addLayout(row(name, None, last))
            box.addWidget(small)
            self._series_grid.addLayout(box, place // 2, place % 2)
        self.legend.show_items(list(held.items()))

    def _open_series(self, uuid: str, _kind: str, _column: int) -> None:
        self.indicator_asked.emit(uuid)

    def _open_parent(self) -> None:
        if self.card is not None:
            self.indicator_asked.emit(self.card.indicator.parent_uuid)

    # -- year --------------------------------------------------------------------------------------------

    def _year_changed(self) -> None:
        year = self.focus.year
        self.plot.set_year(year)
        self.table.set_year(year)
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

    def _pin(self) -> None:
        if self.card is not None:
            self._writer.write("pin", self.card.row.uuid, not self.card.indicator.pinned)

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


def chips_of(card: IndicatorCard) -> list[tuple[str, str]]:
    """(icon, words) of the head: code, nature, type, target, direction."""
    indicator = card.indicator
    said = [("", indicator.code)] if indicator.code else []
    said.append(("", labels_cpog.NATURE[indicator.nature]))
    eye = "eye" if card.row.state is IndicatorState.FOLLOW else ""
    said.append((eye, labels_cpog.TYPE[indicator.type]))
    if card.sub_series:
        said.append(("", plural(len(card.sub_series), "série")))
    else:
        kind = indicator.target_text or labels_cpog.TARGET_KIND[indicator.target_kind]
        said.append(("", f"Cible{THIN}: {kind[:48]}"))
    said.append((SENSE_ICONS.get(indicator.direction, ""), labels_cpog.SENSE[indicator.direction]))
    return said

"""Where the parts of the register stand: three columns, two on a narrow window, one when texts are large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.french import THIN, number
from ui import labels_equipment as words
from ui.labels_register import kind_label
from ui.views.data_parts import Empty, SubPage
from ui.views.equipment_card import CardPanel
from ui.views.equipment_columns import ColumnsButton
from ui.views.equipment_files import FilesButton
from ui.views.equipment_new import NewForm
from ui.views.equipment_table import RegisterGrid
from ui.widgets.column_filters import ColumnFilters
from ui.widgets.equipment_bulk import BulkBar, tool_button
from ui.widgets.equipment_filters import Filters
from ui.widgets.parts import Banner, Elided, button, row, text

if TYPE_CHECKING:
    from app.domain.register import KnownTotal
    from app.services.register_rows import EquipmentCard, EquipmentRow
    from ui.views.equipment_mapping import MapHolder, Taker
    from ui.views.page import Kit

CARD, CARD_WIDE, WIDE = 372, 404, 1500
ALONE = 620
"""Width under which the card takes the place of the table, at 100 %."""


class RegisterLayout(SubPage):
    """Shows and hides the parts; knows nothing of what they hold."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = False
        self._card_open = True
        self._selected = False
        self._low = False
        self._totals = False
        self._map: MapHolder | None = None
        self._points: Sequence[EquipmentRow] = ()
        theme = kit.theme
        self.filters = Filters(theme)
        self.grid = RegisterGrid(theme)
        self.bulk = BulkBar()
        self.banner = Banner()
        self.card = CardPanel(kit)
        self._form: NewForm | None = None
        self.files = FilesButton(kit, self.banner, self.shown_rows)
        self.search = QLineEdit()
        self.count = text("", "second")
        self.totals = text("", "hint", wrap=True)
        self.totals_short = Elided("", "hint")
        self.nothing = text(words.NOTHING_LEFT, "second")
        self.nothing.hide()
        self.totals.hide()
        self.totals_short.hide()
        self._buttons()
        self._lay_out()
        theme.changed.connect(self._fit)

    def shown_rows(self) -> list[EquipmentRow]:
        """Rows in the order of the table: what is exported."""
        proxy = self.grid.proxy
        return [proxy.row_at(proxy.index(place, 0)) for place in range(proxy.rowCount())]

    # -- building ----------------------------------------------------------------------------------------

    def _buttons(self) -> None:
        self.search.setPlaceholderText("Filtrer")
        self.search.setAccessibleName("Filtrer les équipements")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(self.theme.px(220))
        self.filters_button = tool_button("filter", "Filtres", checkable=True)
        self.filters_button.clicked.connect(self._ask_filters)
        self.map_button = tool_button("map", "Carte", checkable=True)
        self.map_button.setToolTip("Carte du territoire (Ctrl+M)")
        self.map_button.toggled.connect(self._show_map)
        self.columns = ColumnsButton(self.theme, self.grid, self.kit.habits)
        self.column_filters = ColumnFilters(self.theme, self.grid)
        self.add = button("Nouvel équipement", icon="plus", role="primary")
        self.add.setToolTip("Nouvel équipement (Ctrl+N)")

    def _ask_filters(self, wanted: bool) -> None:
        """Filters and card do not hold together in a narrow window: the one asked for stays."""
        self._card_open = self._card_open and not wanted
        self._fit()

    def _lay_out(self) -> None:
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        bar = row(
            self.filters_button, self.search, self.count, None, self.columns, self.map_button,
            self.files, self.add, gap=6,
        )  # fmt: skip
        self._centre = QWidget()
        self._centre.setProperty("zone", "table")
        lines = QVBoxLayout(self._centre)
        lines.setContentsMargins(14, 10, 14, 10)
        lines.setSpacing(8)
        lines.addLayout(bar)
        for part in (self.banner, self.bulk, self.column_filters, self.nothing):
            lines.addWidget(part)
        lines.addWidget(self.middle, 1)
        lines.addWidget(self.totals)
        lines.addWidget(self.totals_short)
        self._side = QStackedWidget()
        self._side.setProperty("zone", "card")
        self._side.addWidget(self.card)
        self._side.hide()
        filled = QWidget()
        line = QHBoxLayout(filled)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.filters)
        line.addWidget(self._centre, 1)
        line.addWidget(self._side)
        self.empty = Empty(
            self.theme, "building-community", words.EMPTY, "Importer un fichier", self.import_files
        )
        self.first = button("Saisir le premier", self.add.click, role="link")
        lines_of_empty = self.empty.layout()
        assert isinstance(lines_of_empty, QVBoxLayout)
        lines_of_empty.insertWidget(lines_of_empty.count() - 1, self.first, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    # -- showing -----------------------------------------------------------------------------------------

    def show_empty(self, empty: bool) -> None:
        """Show the first use, or the register."""
        self.stack.setCurrentIndex(1 if empty else 0)

    def show_totals(self, totals: Sequence[KnownTotal]) -> None:
        """Say the totals known for the whole territory, apart from the list."""
        self._totals = bool(totals)
        said = "\u202f; ".join(
            f"{kind_label(total.kind)}, {number(total.count)} en {total.year} ({total.source})"
            for total in totals
        )
        for label in (self.totals, self.totals_short):
            label.setText(f"Totaux connus sans liste, jamais répartis{THIN}: {said}.")
        self._fit()

    @property
    def form(self) -> NewForm:
        """The form of a new service, built when it is first needed."""
        if self._form is None:
            self._form = NewForm(self.kit)
            self._side.addWidget(self._form)
            self.wire_form(self._form)
        return self._form

    def wire_form(self, form: NewForm) -> None:
        """Follow what the form says."""

    @property
    def form_shown(self) -> bool:
        """True while a new service is being entered."""
        return self._in_form and self._side.isVisibleTo(self)

    @property
    def _in_form(self) -> bool:
        return self._form is not None and self._side.currentWidget() is self._form

    def show_form(self, shown: bool) -> None:
        """Put the form in the place of the card, or the card back."""
        self._side.setCurrentWidget(self.form if shown else self.card)
        self._fit()

    def open_card(self) -> None:
        """Keep the card beside the table."""
        self._card_open = True
        self._fit()

    def hide_card(self) -> None:
        """Leave the room to the table until a service is opened."""
        self._card_open = False
        self._fit()

    def follow_selection(self, selected: bool) -> None:
        """Show the card only while a service is selected."""
        self._selected = selected
        self._fit()

    # -- map ---------------------------------------------------------------------------------------------

    def _show_map(self, shown: bool) -> None:
        if shown and self._map is None:
            from ui.views.equipment_mapping import MapHolder

            self._map = MapHolder(self.kit)
            self._map.chosen.connect(self._chosen_on_map)
            self.middle.addWidget(self._map)
            self._map.show_points(self._points)
        if self._map is not None:
            self.middle.setCurrentWidget(self._map if shown else self.grid)
            if shown:
                self._map.reload()
                line = self.grid.current_row()
                self._map.select(line.uuid if line is not None else "")
            else:
                self._map.stop_placing()
        self.columns.setEnabled(not shown)

    def _chosen_on_map(self, uuid: str) -> None:
        self.grid.select_uuid(uuid)
        self.open_card()

    def show_points(self, rows: Sequence[EquipmentRow]) -> None:
        """Draw the services listed."""
        self._points = rows
        if self._map is not None:
            self._map.show_points(rows)

    def map_select(self, uuid: str) -> None:
        """Light a service on the map."""
        if self._map is not None:
            self._map.select(uuid)

    def map_show_stops(self, card: EquipmentCard) -> None:
        """Draw where an itinerant service goes."""
        if self._map is not None:
            self._map.show_stops(card.equipment.points)

    def place(self, taker: Taker) -> None:
        """Ask for a click on the map; the taker gets longitude, latitude, code of the commune."""
        self.map_button.setChecked(True)
        assert self._map is not None
        self._map.start_placing(taker)

    def stop_placing(self) -> bool:
        """Give up the click that was awaited; tell whether there was one."""
        return self._map is not None and self._map.stop_placing()

    # -- size --------------------------------------------------------------------------------------------

    def set_compact(self, compact: bool, low: bool) -> None:
        """Under 1240 pixels the filters are behind their button, and the card opens on demand."""
        if compact != self._compact:
            self._compact = compact
            self._card_open = not compact
        self._low = low
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self.theme
        self.totals.setVisible(self._totals and not self._low)
        self.totals_short.setVisible(self._totals and self._low)
        shown = self._in_form or (self._card_open and self._selected)
        self.filters_button.setVisible(self._compact)
        self.filters.setVisible(not self._compact or (self.filters_button.isChecked() and not shown))
        wide = theme.px(CARD_WIDE if self.width() >= theme.px(WIDE) else CARD)
        alone = shown and self.width() < theme.px(ALONE)
        self._centre.setVisible(not alone or self.waiting_for_place)
        self._side.setVisible(shown and not (alone and self.waiting_for_place))
        self._side.setFixedWidth(self.width() if alone else wide)
        room = self.width() - (self.filters.width() if self.filters.isVisibleTo(self) else 0)
        room -= wide if shown else 0
        self.add.setText("Nouveau" if room < theme.px(540) else "Nouvel équipement")
        self.count.setVisible(room >= theme.px(430))
        tight = room < theme.px(760)
        style = Qt.ToolButtonStyle
        for tool in (self.columns, self.map_button, self.files, self.filters_button):
            tool.setToolButtonStyle(style.ToolButtonIconOnly if tight else style.ToolButtonTextBesideIcon)

    @property
    def waiting_for_place(self) -> bool:
        """True while a click on the map is awaited."""
        return self._map is not None and self._map.placing

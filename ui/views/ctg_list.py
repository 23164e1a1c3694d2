"""The list of CTG: coverage on three denominators at a date, then a table, a map, the ends, the years."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.domain.french import number, plural, typographic
from ui import labels
from ui.labels_ctg import CTG_STATUS
from ui.models.table import Column
from ui.views.ctg_columns import Said, gauge, said
from ui.views.ctg_coverage import CoverageStrip
from ui.views.ctg_ends import EndsView
from ui.views.ctg_map import CtgMapView, StatesMap, read_states_map
from ui.views.ctg_theme_years import ThemeYearsView
from ui.views.ctg_words import NO_CTG, SHAPE, coverage_note, themes_words
from ui.views.ctg_years import YearsView
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.widgets.fields import DateField
from ui.widgets.narrow_stack import NarrowStack
from ui.widgets.parts import Elided, button, row, text
from ui.widgets.segments import Segments
from ui.widgets.state_cell import StateDelegate

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import CoverageYear, CtgCoverage, CtgRow, ThemeCount
    from ui.tasks import Task
    from ui.views.page import Kit

VIEWS = (
    ("table", "Liste"),
    ("map", "Carte"),
    ("ends", "Échéances"),
    ("years", "Trajectoire"),
    ("themes", "Thèmes"),
)
YEARS_BACK, YEARS_AHEAD = 6, 2
COMPACT_HIDDEN = (4, 5)
"""Columns left out in a narrow window: communes, inhabitants."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """What the list shows on a day."""

    on: datetime.date
    rows: list[CtgRow]
    coverage: CtgCoverage
    anywhere: int
    """Conventions of the whole base, whatever the territory chosen."""


def _themes(held: CtgRow) -> Said:
    missing = len(held.missing_themes)
    words = number(held.themes) + (f", manque {missing}" if missing else "")
    return Said.of(held.themes, words)


def _day(name: str) -> Callable[[CtgRow], datetime.date | None]:
    def get(held: CtgRow) -> datetime.date | None:
        found: datetime.date | None = getattr(held, name)
        return found

    return get


COLUMNS: tuple[Column[CtgRow], ...] = (
    Column("CTG", lambda held: held.name, hint=lambda held: ", ".join(held.epcis)),
    Column("État", lambda held: CTG_STATUS[held.status]),
    Column("Début", _day("starts_on")),
    Column("Fin", _day("ends_on")),
    Column("Communes", lambda held: held.communes),
    Column("Habitants", lambda held: held.population, right=True),
    Column("Thèmes", _themes, text=said, right=True, hint=themes_words,
           tone=lambda held: "ocre" if held.missing_themes else ""),
    Column("Fiches", lambda held: gauge(held.actions.count, held.actions.total), text=said,
           right=True),
    Column("Résultats", lambda held: gauge(held.results.count, held.results.total), text=said,
           right=True),
    Column("Alertes", lambda held: held.alerts, tone=lambda held: "ocre" if held.alerts else ""),
    Column("Données", lambda held: labels.FICTITIOUS if held.fictitious else "", absent="",
           tone=lambda held: "violet" if held.fictitious else "", hint=lambda held: held.source),
)  # fmt: skip


class ListView(SubPage):
    """`opened` carries the key of the convention to show; `create_asked` says that one is to be made."""

    opened = Signal(str)
    create_asked = Signal()
    export_asked = Signal()

    auto = False
    """The only convention of the EPCI chosen opens at the next read."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._drawing: Task | None = None
        self._counting: Task | None = None
        self.read: ListRead | None = None
        self.on: datetime.date = datetime.date.today()
        self._build()
        self._lay_out()

    def _build(self) -> None:
        self.date = DateField("Couverture et états au")
        self.date.set_value(self.on)
        self.date.committed.connect(self._date_typed)
        self.views = Segments(VIEWS, "Façons de voir les CTG")
        self.views.chosen.connect(self.show_view)
        self.new_button = button("Créer une CTG", self.create_asked.emit, icon="plus", role="primary")
        self.calendar = button("Agenda", self.export_asked.emit, icon="calendar-event")
        self.calendar.setToolTip("Exporter les échéances dans un fichier d’agenda (.ics)")
        self.strip = CoverageStrip(self.theme)
        self.note = Elided("", "second")
        self.table = FittedTable(self.theme, COLUMNS, "CTG du territoire", flexible=(0,))
        self.table.setItemDelegateForColumn(1, StateDelegate(self.table, lambda held: SHAPE[held.status]))
        self.table.opened.connect(lambda held: self.opened.emit(held.uuid))
        self.map = CtgMapView(self.theme)
        self.map.opened.connect(self.opened)
        self.ends = EndsView(self.theme)
        self.ends.opened.connect(self.opened)
        self.years = YearsView(self.theme)
        self.themes = ThemeYearsView(self.theme)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer les CTG")
        self.filter.setAccessibleName("Filtrer les CTG")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(self.theme.px(220))
        self.filter.textChanged.connect(self._filtered)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.filter.setFocus)
        leave = QShortcut(QKeySequence("Esc"), self.filter)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.filter.clear)

    def _lay_out(self) -> None:
        self.title = text("CTG", "title")
        self.date.label.hide()
        self.date.edit.setFixedWidth(self.theme.px(112))
        self._head = row(self.title, 12, self.views, None, text("Au", "second"), self.date, 8,
                         self.calendar, self.new_button, gap=8)  # fmt: skip
        self.place = NarrowStack()
        for made in (self.table, self.map, self.ends, self.years, self.themes):
            self.place.addWidget(made)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        found = row(self.note, self.filter)
        found.setStretch(0, 1)
        column.addLayout(found)
        column.addWidget(self.place, 1)
        self.empty = Empty(self.theme, "contract", f"{NO_CTG}.", "Créer une CTG", self.create_asked.emit)
        take = button("Reprendre d’un fichier", self.import_files, role="link")
        self.empty.add(take)
        body = QWidget()
        self.stack = QStackedLayout(body)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(14)
        whole.addLayout(self._head)
        whole.addWidget(body, 1)

    def set_compact(self, compact: bool, low: bool) -> None:
        """Fewer columns in a narrow window, no rule under the shares in a low one."""
        self.strip.set_low(low or compact)
        for column in COMPACT_HIDDEN:
            self.table.setColumnHidden(column, compact)
        self.calendar.setText("" if compact else "Agenda")
        self.calendar.setAccessibleName("Exporter les échéances dans un agenda")
        self.table.fit_columns()

    # -- reading -------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read conventions and coverage of the territory and of the date."""
        context = self.kit.context.value
        call = partial(_read, self.kit.services, self.on, context.departement, context.epci)
        self._reading = self._again(self._reading, call, self._show)

    def _again(
        self, task: Task | None, call: Callable[[Progress], object], show: Callable[..., None]
    ) -> Task:
        if task is not None and task.running:
            task.cancel()
        return self.kit.runner.read(call, show)

    def _show(self, read: ListRead) -> None:
        self.read = read
        self.stack.setCurrentIndex(0 if read.rows else 1)
        self.strip.show_coverage(read.coverage)
        self.table.show_rows(read.rows)
        self._filtered(self.filter.text())
        self.ends.show_rows(read.rows, read.on)
        self.show_view(self.views.current)

        if self.auto and self.kit.context.value.epci and len(read.rows) == 1:
            self.opened.emit(read.rows[0].uuid)
        self.auto = False

    def _filtered(self, words: str) -> None:
        """Keep the conventions that hold every word; say how many."""
        if self.read is None:
            return
        self.table.proxy.set_filter(words)
        shown, whole = self.table.proxy.rowCount(), plural(len(self.read.rows), "CTG", "CTG")
        counted = f"{number(shown)} sur {whole}" if words else whole
        said_now = coverage_note(self.read.coverage)
        self.note.setText(typographic(f"{counted}. {said_now}" if said_now else counted))

    def show_view(self, code: str) -> None:
        """Show the table, the map, the ends or the years; the last ones are read when asked."""
        self.views.set_current(code)
        self.place.setCurrentIndex([known for known, _ in VIEWS].index(code))
        self.filter.setVisible(code == "table")
        if self.read is None:
            return
        if code == "map":
            call = partial(read_states_map, self.kit.services, self.read.coverage)
            self._drawing = self._again(self._drawing, call, self._show_map)
        if code == "years":
            departement = self.kit.context.value.departement
            call_years = partial(_read_years, self.kit.services, self.on.year, departement)
            self._counting = self._again(self._counting, call_years, self._show_years)
        if code == "themes":
            call_themes = partial(_read_themes, self.kit.services, self.on.year)
            self._counting = self._again(self._counting, call_themes, self._show_themes)

    def _show_map(self, shown: StatesMap) -> None:
        self.map.show_map(shown)

    def _show_years(self, years: list[CoverageYear]) -> None:
        self.years.show_years(years)

    def _show_themes(self, counts: list[ThemeCount]) -> None:
        held = {found.uuid for found in self.read.rows} if self.read is not None else set()
        years = range(self.on.year - YEARS_BACK, self.on.year + YEARS_AHEAD + 1)
        self.themes.show_counts([count for count in counts if count.ctg_uuid in held], years)

    def _date_typed(self, on: datetime.date | None) -> None:
        self.on = on or datetime.date.today()
        self.date.set_value(self.on)
        self.reload()

    def start_new(self) -> None:
        """Ctrl+N: create a convention."""
        self.create_asked.emit()


def _read(
    services: Services, on: datetime.date, departement: str | None, epci: str | None, _progress: Progress
) -> ListRead:
    rows = services.ctg.rows(on, epci, None if epci else departement)
    every = len(services.ctg.rows(on)) if epci or departement else len(rows)
    return ListRead(on, rows, services.ctg.coverage(on, departement), every)


def _read_years(
    services: Services, year: int, departement: str | None, _progress: Progress
) -> list[CoverageYear]:
    return services.ctg.trajectory(year - YEARS_BACK, year + YEARS_AHEAD, departement)


def _read_themes(services: Services, year: int, _progress: Progress) -> list[ThemeCount]:
    return services.ctg.theme_counts(year - YEARS_BACK, year + YEARS_AHEAD)

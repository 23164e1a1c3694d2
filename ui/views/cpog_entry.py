"""« Saisie »: every indicator of the contract under its periods, typed and pasted as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QVBoxLayout

from app.domain.cpog_codes import SeriesKind
from app.domain.cpog_points import Period
from app.domain.cpog_units import unit_of
from app.domain.french import plural
from app.services.cpog_cards import series_rows
from app.services.cpog_rows import ACTUAL, CellFinding, Entry, Point
from ui import labels_cpog
from ui.models.grid import CellEdit, CellRefusal, EditColumn
from ui.models.table import Column
from ui.views.cpog_parts import CpogView, YearBox
from ui.views.cpog_writing import EntryWriter, ReasonBar
from ui.widgets.grid import Grid
from ui.widgets.parts import Banner, button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.theme import Theme
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

TYPED = (ACTUAL, SeriesKind.FORECAST, SeriesKind.INITIAL, SeriesKind.LOW, SeriesKind.CENTRAL, SeriesKind.HIGH)
Marks = dict[str, dict[int, tuple[str, str]]]
"""By indicator and place: why it is refused, what was typed."""
YEARS, QUARTERS = "years", "quarters"
HELP = "F2 ou une frappe pour saisir, Ctrl+V pour coller depuis Excel, Ctrl+D pour recopier vers le bas."


@dataclass(frozen=True)
class EntryLine:
    """One indicator and its points of the series typed. refused, kept: sentence and text typed by place."""

    uuid: str
    domain: str
    rank: int
    name: str
    unit: str
    suffix: str
    points: tuple[Point | None, ...]
    follow: bool = False
    refused: dict[int, str] = field(default_factory=dict)
    kept: dict[int, str] = field(default_factory=dict)

    def shown(self, place: int) -> str | None:
        """Text of a cell without its unit, or what was typed and refused."""
        if place in self.kept:
            return self.kept[place]
        point = self.points[place]
        return point.text.removesuffix(self.suffix) if point is not None else None


class EntryGrid(Grid):
    """Rebuilt for each choice of series and periods."""

    def __init__(self, theme: Theme, periods: Sequence[Period]) -> None:
        columns: list[Column[EntryLine]] = [
            Column("Indicateur", lambda line: line.name, hint=lambda line: line.domain),
            Column("Unité", lambda line: line.unit, tone=lambda _line: "texte3"),
        ]
        columns += [_column(place, period) for place, period in enumerate(periods)]
        super().__init__(theme, columns, "Saisie des indicateurs")
        self.periods = tuple(periods)
        self.setProperty("role", "framed")
        self.setSortingEnabled(False)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setColumnWidth(0, theme.px(270))

    def show_lines(self, rows: Sequence[EntryLine]) -> None:
        """Show these lines, the current cell kept."""
        here = self.currentIndex()
        self.table.replace_rows(rows)
        if rows:
            place = (here.row(), here.column()) if here.isValid() else (0, 2)
            self.setCurrentIndex(self.proxy.index(*place))


class EntryView(CpogView):
    """One series at a time; a refusal is written at its cell, and nothing else changes."""

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit, focus)
        self._lines: list[EntryLine] = []
        self.series = QComboBox()
        self.series.setAccessibleName("Série saisie")
        for kind in TYPED:
            self.series.addItem(labels_cpog.SERIES[kind], str(kind))
        self.grain = Segments([(YEARS, "Années"), (QUARTERS, "Trimestres")], "Périodes")
        self.years = YearBox(focus)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer les lignes")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(220)
        self.count = text("", "hint")
        self.banner, self.reason = Banner(), ReasonBar()
        self.next_refused = button("Cellule refusée suivante", self.go_to_refused, icon="arrow-down")
        self.next_refused.hide()
        self._cells = EntryWriter(kit, self.banner, self.reason, self)
        self.grid = EntryGrid(kit.theme, ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 12)
        self._column.setSpacing(8)
        self._column.addLayout(
            row(text("Série", "label"), self.series, 8, self.grain, self.years, None, self.count, self.filter)
        )
        self._column.addWidget(self.banner)
        self._column.addWidget(self.reason)
        self._column.addLayout(row(self.next_refused, None))
        self._column.addWidget(self.grid, 1)
        self._column.addWidget(text(HELP, "hint"))
        self.series.activated.connect(lambda _place: self.reload())
        self.grain.chosen.connect(lambda _code: self.reload())
        self.filter.textChanged.connect(self._filter)
        self._cells.refused.connect(self._refused)
        self._cells.written.connect(self._written)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.filter.setFocus)

    # -- content -----------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The series typed."""
        return str(self.series.currentData())

    def periods(self) -> tuple[Period, ...]:
        """Years of the contract, or the quarters of the year then the year."""
        if self.grain.current == YEARS:
            return tuple(Period(year) for year in self.focus.years)
        return (*(Period(self.focus.year, quarter) for quarter in (1, 2, 3, 4)), Period(self.focus.year))

    def question(self) -> Callable[[Progress], list[EntryLine]]:
        """Read every line for the periods shown."""
        return partial(_read, self.kit.services, self.focus.code, self.kind, self.periods())

    def show_answer(self, lines: list[EntryLine]) -> None:
        """Show the grid."""
        self.years.follow()
        self.years.setVisible(self.grain.current == QUARTERS)
        self._lines = lines
        periods = self.periods()
        if periods != self.grid.periods:
            self._replace_grid(periods)
        self.grid.show_lines(lines)
        self._filter(self.filter.text())

    def _replace_grid(self, periods: Sequence[Period]) -> None:
        old = self.grid
        focused = old.hasFocus()
        self.grid = EntryGrid(self.theme, periods)
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._grid_refused)
        self._column.replaceWidget(old, self.grid)
        old.hide()
        old.deleteLater()
        if focused:
            self.grid.setFocus()

    def _filter(self, words: str) -> None:
        self.grid.proxy.set_filter(words)
        shown, total = self.grid.proxy.rowCount(), len(self._lines)
        self.count.setText(
            plural(total, "ligne") if shown == total else f"{shown} sur {plural(total, 'ligne')}"
        )

    # -- writing -----------------------------------------------------------------------------------------

    def _edited(self, edits: Sequence[CellEdit]) -> None:
        periods = self.grid.periods
        self._cells.write(
            [Entry(edit.row.uuid, periods[int(edit.column)], edit.value, self.kind) for edit in edits]
        )

    def _grid_refused(self, refusals: Sequence[CellRefusal]) -> None:
        self.banner.say(refusals[0].sentence, "rouge")

    def _refused(self, entries: Sequence[Entry], findings: Sequence[CellFinding]) -> None:
        told: Marks = {}
        for finding in findings:
            entry = entries[finding.position]
            if finding.blocking and entry.period in self.grid.periods:
                place = self.grid.periods.index(entry.period)
                told.setdefault(entry.indicator_uuid, {})[place] = (finding.text, entry.text)
        self._mark(told)
        self.go_to_refused()

    def _written(self, _result: object) -> None:
        self._mark({})

    def _mark(self, told: Marks) -> None:
        marked = []
        for line in self._lines:
            own = told.get(line.uuid, {})
            refused = {place: words for place, (words, _) in own.items()}
            kept = {place: typed for place, (_, typed) in own.items()}
            marked.append(replace(line, refused=refused, kept=kept))
        self._lines = marked
        self.grid.show_lines(self._lines)
        self.next_refused.setVisible(bool(told))

    def go_to_refused(self) -> None:
        """Go to the next cell that is refused, and say why."""
        held = [
            (line_row, place + 2)
            for line_row in range(self.grid.proxy.rowCount())
            for place in sorted(self.grid.proxy.row_at(self.grid.proxy.index(line_row, 0)).refused)
        ]
        if not held:
            return
        here = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
        chosen = next((cell for cell in held if cell > here), held[0])
        self.grid.setCurrentIndex(self.grid.proxy.index(*chosen))
        line = self.grid.proxy.row_at(self.grid.proxy.index(chosen[0], 0))
        self.banner.say(
            f"{line.name}, {self.grid.periods[chosen[1] - 2].label} : {line.refused[chosen[1] - 2]}".replace(
                " :", "\u202f:"
            ),
            "rouge",
        )


def _column(place: int, period: Period) -> EditColumn[EntryLine]:
    return EditColumn(
        period.label,
        lambda line: line.shown(place),
        right=True,
        absent="·",
        hint=lambda line: line.refused.get(place, ""),
        tone=lambda line: "rouge" if place in line.refused else "",
        parse=str,
        typed=lambda line: (line.shown(place) or "").replace("\u202f", "").replace("\u00a0", ""),
        code=str(place),
    )


def _read(
    services: Services, code: str, kind: str, periods: Sequence[Period], _progress: Progress
) -> list[EntryLine]:
    contract = services.cpog.contract(code)
    parents = contract.parents()
    lines = []
    for indicator in contract.indicators:
        if indicator.uuid in parents:
            continue
        rows = series_rows(contract, indicator, periods)
        points = next((item.points for item in rows if item.kind == kind), (None,) * len(periods))
        unit = labels_cpog.UNIT.get(indicator.unit, indicator.unit)
        lines.append(
            EntryLine(indicator.uuid, indicator.domain, indicator.rank, indicator.name, unit,
                      unit_of(indicator.unit).suffix, points, indicator.is_follow)
        )  # fmt: skip
    return lines

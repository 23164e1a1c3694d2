"""« Bilan annuel »: values, gaps and causes by fiche; close the year, correct it, print it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QVBoxLayout, QWidget

from app.domain.cpog_codes import Origin
from app.domain.cpog_points import Period
from app.domain.errors import DomainError
from app.domain.french import plural
from ui.errors import sentence
from ui.models.grid import CellEdit, CellRefusal
from ui.views import cpog_bilan_read as reading
from ui.views.cpog_bilan_read import COLUMNS, DIFFERENCES, Bilan, BilanLine, closing_words
from ui.views.cpog_gauges import GaugesPair
from ui.views.cpog_parts import CpogView, PaperWriter, YearBox
from ui.views.cpog_writing import ReasonBar, Writer
from ui.views.data_parts import FittedTable
from ui.widgets.grid import Grid
from ui.widgets.parts import Banner, Elided, button, column, row, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services import Services
    from ui.views.cpog_focus import CpogFocus
    from ui.views.page import Kit

CORRECTIONS = "Corrections depuis le premier arrêté"


class BilanView(CpogView):
    """The table is written as one goes; a closed year says what changed since."""

    indicator_asked = Signal(str)

    def __init__(self, kit: Kit, focus: CpogFocus) -> None:
        super().__init__(kit, focus)
        self.bilan: Bilan | None = None
        self._partial: dict[str, dict[str, object]] = {}
        self.years = YearBox(focus)
        self.state = Elided("", "label")
        self.missing = text("", "second", tone="ocre")
        self.banner, self.reason = Banner(), ReasonBar()
        self._writer = Writer(kit, self.banner, self)
        self._paper = PaperWriter(kit, self, self.banner)
        self.close_year = button("Arrêter l’année", self.ask_close, icon="lock", role="primary")
        self.export = button("Exporter", icon="download")
        self.export.setMenu(self._menu())
        self.gauges = GaugesPair(kit.theme)
        self.grid = Grid(kit.theme, COLUMNS, "Bilan par fiche thématique")
        self.grid.setProperty("role", "framed")
        self.changed_title = text(CORRECTIONS, "section")
        self.changed = FittedTable(kit.theme, DIFFERENCES, CORRECTIONS, flexible=(0, 1))
        self.changed.setProperty("role", "framed")
        self._lay_out()
        self._wire()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Bilan annuel (PDF)", partial(self.write_paper, ".pdf"))
        menu.addAction("Bilan annuel (Excel)", partial(self.write_paper, ".xlsx"))
        menu.addAction("Avis annuel, deux pages (PDF)", self.write_notice)
        menu.addAction("Toutes les séries et leurs versions (CSV)", self.write_series)
        return menu

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 20, 12)
        layout.setSpacing(8)
        head = row(
            text("Année", "label"),
            self.years,
            8,
            self.state,
            8,
            self.missing,
            self.export,
            self.close_year,
        )
        head.setStretch(head.indexOf(self.state), 1)
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.reason)
        layout.addWidget(self.gauges)
        layout.addWidget(self.grid, 3)
        self._under = QWidget()
        self._under.setLayout(column(self.changed_title, self.changed, gap=4))
        self._under.setMaximumHeight(190)
        layout.addWidget(self._under, 1)
        self.grid.setShowGrid(False)
        header = self.grid.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for place in (0, 1, 6, 8):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _wire(self) -> None:
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(self._refused)
        self.grid.opened.connect(lambda line: self.indicator_asked.emit(line.row.uuid))
        self.reason.given.connect(self._close)
        self.focus.contract_changed.connect(self._partial.clear)

    # -- content -----------------------------------------------------------------------------------------

    def question(self) -> Callable[[Progress], Bilan]:
        """Read the year."""
        return partial(reading.read, self.kit.services, self.focus.code, self.focus.year)

    def show_answer(self, bilan: Bilan) -> None:
        """Show the year."""
        self.bilan = bilan
        self.years.follow()
        here = self.grid.currentIndex()
        self.grid.table.replace_rows(bilan.lines)
        if bilan.lines:
            place = (here.row(), here.column()) if here.isValid() else (0, 6)
            self.grid.setCurrentIndex(self.grid.proxy.index(*place))
        self.gauges.show_gauges(bilan.gauges)
        self.state.setText(closing_words(bilan.closings))
        count = len(bilan.missing)
        self.missing.setText(f"{plural(count, 'écart')} à expliquer" if count else "")
        self.missing.setToolTip("\n".join(bilan.missing))
        words = "Arrêter une nouvelle version" if bilan.closings else f"Arrêter {self.focus.year}"
        self.close_year.setText(words)
        self.close_year.setAccessibleName(words)
        self.close_year.setEnabled(not bilan.closings or bilan.moved)
        self.changed.show_rows(bilan.differences)
        self._under.setVisible(bool(bilan.differences))

    def set_compact(self, compact: bool, low: bool) -> None:
        """Fewer columns on a narrow window, no gauge on a low one."""
        self.grid.setColumnHidden(0, compact)
        self.grid.setColumnHidden(8, compact)
        self.gauges.setVisible(not low)

    # -- writing -----------------------------------------------------------------------------------------

    def _edited(self, edits: Sequence[CellEdit]) -> None:
        for edit in edits:
            line: BilanLine = edit.row
            self._partial.setdefault(line.row.uuid, {})[edit.column] = edit.value
        for uuid in {edit.row.row.uuid for edit in edits}:
            self._explain(next(edit.row for edit in edits if edit.row.row.uuid == uuid))

    def _explain(self, line: BilanLine) -> None:
        """Write an explanation once it has its cause and its origin."""
        gap = line.gap
        assert gap is not None
        said = {
            "cause": gap.cause,
            "origin": gap.origin,
            "action": gap.action,
            **self._partial[line.row.uuid],
        }
        cause, origin = str(said["cause"]).strip(), said["origin"]
        if not cause or origin is None:
            lacking = "son origine" if cause else "sa cause"
            self.banner.say(f"« {line.row.name} » attend encore {lacking} pour être écrit.", "ocre")
            return
        self._partial.pop(line.row.uuid, None)
        self._writer.write(
            "explain",
            line.row.uuid,
            Period(line.year),
            cause,
            Origin(str(origin)),
            str(said["action"]),
            gap.author,
        )

    def _refused(self, refusals: Sequence[CellRefusal]) -> None:
        told = refusals[0].sentence
        self.banner.say("Sans écart, rien à expliquer." if "ne se modifie pas" in told else told, "ocre")

    def ask_close(self) -> None:
        """Close the year; a later version asks why."""
        if self.bilan is not None and self.bilan.closings:
            self.reason.ask(
                f"Le bilan {self.focus.year} est arrêté. Pourquoi une nouvelle version ?".replace(
                    " ?", "\u202f?"
                )
            )
        else:
            self._close("")

    def _close(self, reason: str) -> None:
        call = partial(_close, self.kit.services, self.focus.code, self.focus.year, reason)
        self.kit.runner.write(call, self._closed, refused=self._not_closed)

    def _closed(self, changes: Changes) -> None:
        self.banner.hide()
        self.kit.hub.changed.emit(changes)
        self.kit.notify(f"Bilan {self.focus.year} arrêté")

    def _not_closed(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")
        places = [
            i
            for i, line in enumerate(self.grid.table.rows)
            if line.gap and line.gap.adverse and not line.gap.explained
        ]
        if places:
            self.grid.setFocus()
            self.grid.setCurrentIndex(self.grid.proxy.mapFromSource(self.grid.table.index(places[0], 6)))

    # -- paper -------------------------------------------------------------------------------------------

    def write_paper(self, suffix: str) -> None:
        """Write the bilan of the year."""
        code, year = self.focus.code, self.focus.year
        self._paper.write(
            "Bilan annuel du CPOG",
            f"bilan-cpog_{code}_{year}",
            suffix,
            partial(_bilan, self.kit.services, code, year),
        )

    def write_notice(self) -> None:
        """Write the two pages of the annual notice."""
        code, year = self.focus.code, self.focus.year
        self._paper.write(
            "Avis annuel du CPOG",
            f"avis-cpog_{code}_{year}",
            ".pdf",
            partial(_notice, self.kit.services, code, year),
        )

    def write_series(self) -> None:
        """Write every value and target of the contract, with their versions."""
        code = self.focus.code
        call = partial(_series, self.kit.services, code)
        self._paper.write("Séries du CPOG", f"series-cpog_{code}", ".csv", call)


def _close(services: Services, code: str, year: int, reason: str, _progress: Progress) -> Changes:
    return services.cpog.close(code, year, reason=reason)


def _bilan(services: Services, code: str, year: int, path: Path, progress: Progress) -> None:
    services.cpog.write_bilan(code, year, path, progress=progress)


def _series(services: Services, code: str, path: Path, _progress: Progress) -> None:
    services.cpog.write_series(code, path)


def _notice(services: Services, code: str, year: int, path: Path, progress: Progress) -> None:
    services.cpog.write_notice(code, year, path, None, progress)

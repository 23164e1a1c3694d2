"""« Tracer un PDF… »: each number printed in a booklet beside the one of the base today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.french import THIN, listing, long_date, plural
from app.domain.manifest import Outcome, Traced
from ui.errors import sentence
from ui.labels_diagnostic import outcome_words
from ui.models.table import Column
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.views.diagnostic_running import Running
from ui.widgets.parts import Banner, button, icon_button, row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from app.domain.manifest import TraceReport
    from app.progress import Progress
    from app.services import Services
    from ui.views.page import Kit

VIEWS = (("changed", "Ce qui a changé"), ("all", "Tous les chiffres"))
TONES = {Outcome.CHANGED: "ocre", Outcome.GONE: "ocre", Outcome.APPEARED: "encre", Outcome.SOURCE: "encre"}
STATES = {
    Outcome.SAME: "inchangé",
    Outcome.CHANGED: "changé",
    Outcome.APPEARED: "désormais connu",
    Outcome.GONE: "plus connu",
    Outcome.SOURCE: "autre source",
    Outcome.APART: "calculé",
}
COLUMNS: tuple[Column[Traced], ...] = (
    Column("Chiffre", lambda row: row.label, hint=lambda row: row.words),
    Column("Territoire", lambda row: row.territory or None, absent="—", hint=lambda row: row.territory),
    Column("Année", lambda row: row.year, str, right=True, absent="—"),
    Column("Pages", lambda row: listing([str(page) for page in row.pages]) or None, absent="—"),
    Column("Imprimé", lambda row: row.printed, right=True),
    Column("Base", lambda row: row.now or None, right=True, absent="—"),
    Column("État", lambda row: STATES[row.outcome], tone=lambda row: TONES.get(row.outcome, "texte3")),
)


def choose_paper(parent: QWidget) -> str:
    """Ask for a booklet; empty when the user gives up."""
    return QFileDialog.getOpenFileName(parent, "Tracer un livret", "", "Livret PDF (*.pdf)")[0]


class TraceView(SubPage):
    """A file, then what it has become."""

    back_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.choose: Callable[[QWidget], str] = choose_paper
        self.report: TraceReport | None = None
        self.banner = Banner()
        self.views = Segments(VIEWS, "Chiffres du livret")
        self.summary = text("", "second", wrap=True)
        self.running = Running("lecture du livret")
        self.table = FittedTable(kit.theme, COLUMNS, "Chiffres du livret", flexible=(0, 1, 4))
        self.table.setProperty("role", "framed")
        self.empty = Empty(
            kit.theme,
            "search",
            "Un livret garde la liste de ses chiffres\u202f: choisissez-le pour voir ce qui a changé.",
            "Choisir un PDF…",
            self.ask,
        )
        self.empty.sentence.setMinimumHeight(self.empty.sentence.heightForWidth(440))
        self._lay_out()
        self.views.chosen.connect(lambda _code: self._fill())
        self._show(False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        back = icon_button("arrow-left", "Tous les diagnostics", self.back_asked.emit)
        self.again = button("Choisir un autre PDF…", self.ask, icon="file-import")
        layout.addLayout(row(back, text("Tracer un livret", "title"), None, self.again))
        layout.addWidget(self.running)
        layout.addWidget(self.banner)
        layout.addWidget(self.summary)
        layout.addLayout(row(self.views, None))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)

    def _show(self, shown: bool) -> None:
        for part in (self.summary, self.views, self.table, self.again):
            part.setVisible(shown)
        self.empty.setVisible(not shown)

    def reload(self) -> None:
        """Nothing is read before a file is chosen."""

    def ask(self) -> None:
        """Ask for a file and trace it."""
        chosen = self.choose(self)
        if chosen:
            self.trace(Path(chosen))

    def trace(self, path: Path) -> None:
        """Read a booklet back."""
        self.banner.hide()
        call = partial(_trace, self.kit.services, path)
        name = f"Lecture de {path.name}"
        self.running.follow(self.kit.runner.read(call, self._read, name=name, refused=self._refused))

    def _read(self, report: TraceReport) -> None:
        self.report = report
        self._show(True)
        self.summary.setText(trace_words(report))
        self.views.set_label("changed", f"Ce qui a changé ({len(report.changed)})")
        self.views.set_label("all", f"Tous les chiffres ({len(report.rows)})")
        self.views.set_current("changed" if report.changed else "all")
        self._fill()

    def _fill(self) -> None:
        if self.report is not None:
            changed = self.views.current == "changed"
            self.table.show_rows(self.report.changed if changed else self.report.rows)

    def _refused(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")


def trace_words(report: TraceReport) -> str:
    """« Diagnostic partagé du 21 novembre 2026, écrit depuis cette base : 412 chiffres, … »."""
    day = long_date(date.fromisoformat(report.made_on)) if report.made_on else ""
    base = "écrit depuis cette base" if report.same_base else "écrit depuis une autre base"
    said = [
        f"{count}\u00a0{outcome_words(outcome, count)}"
        for outcome in Outcome
        if (count := report.counts.get(outcome, 0))
    ]
    total = plural(len(report.rows), "chiffre", "chiffres")
    when = f" du {day}" if day else ""
    return f"{report.title}{when}, {base}{THIN}: {total}, {listing(said)}."


def _trace(services: Services, path: Path, progress: Progress) -> TraceReport:
    progress.report(0.1, "Lecture du livret")
    return services.diagnostics.trace(path)

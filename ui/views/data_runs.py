"""History of imports: what came in, when, from which file, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import plural
from app.progress import Progress
from app.services.rows import ImportRunRow
from ui.errors import sentence
from ui.models.table import Column
from ui.tasks import Task
from ui.views.data_parts import Empty, FittedTable, SubPage, confirm, tell
from ui.views.data_texts import undo_question
from ui.views.page import Kit
from ui.widgets.parts import Banner, button, row, text


def run_state(run: ImportRunRow) -> str:
    """Word for the state of an import."""
    if run.undone_at is not None:
        return "annulé"
    return "en service, fictif" if run.fictitious else "en service"


COLUMNS: tuple[Column[ImportRunRow], ...] = (
    Column("N°", lambda run: run.number, right=True),
    Column("Fichier", lambda run: run.file, hint=lambda run: run.file),
    Column("Source", lambda run: run.source_label, hint=lambda run: run.source_label),
    Column("Importé le", lambda run: run.imported_at),
    Column("Nouvelles", lambda run: run.new, right=True),
    Column("Modifiées", lambda run: run.changed, right=True),
    Column("Inchangées", lambda run: run.unchanged, right=True),
    Column("Écartées", lambda run: run.rejected, right=True),
    Column("Anomalies", lambda run: run.anomalies, right=True),
    Column("État", run_state, tone=lambda run: "texte3" if run.undone_at else "vert"),
    Column("Empreinte", lambda run: run.sha256, lambda sha: str(sha)[:10], hint=lambda run: run.sha256),
)


COMPACT_HIDDEN = (6, 10)


class RunsView(SubPage):
    """Table of imports, latest first; the chosen one can be undone."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.ask: Callable[[QWidget, str, str], bool] = confirm
        self.table = FittedTable(kit.theme, COLUMNS, "Imports", flexible=(1, 2))
        self.table.setProperty("role", "framed")
        self.count = text("", "second")
        self.banner = Banner()
        self.undo = button("Annuler cet import", self._undo, icon="arrow-back-up")
        self.findings = button("Voir ses anomalies", self._show_findings, icon="alert-triangle")
        self.more = button("Importer un fichier", self.import_files, icon="file-import", role="primary")
        self.empty = Empty(
            kit.theme,
            "database-import",
            "Aucun import. Déposez un fichier n’importe où dans la fenêtre, ou choisissez-le.",
            "Importer un fichier",
            self.import_files,
        )
        self.undo.setEnabled(False)
        self.findings.setEnabled(False)
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.count, None, self.findings, self.undo, self.more))
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """Leave aside what a narrow window cannot hold: unchanged values, fingerprint."""
        for place in COMPACT_HIDDEN:
            self.table.setColumnHidden(place, compact)
        self.table.fit_columns()

    def reload(self) -> None:
        """Read the imports again."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.kit.runner.read(self._read, self._show)

    def _read(self, _progress: Progress) -> list[ImportRunRow]:
        return self.kit.services.imports.runs()

    def _show(self, runs: Sequence[ImportRunRow]) -> None:
        self._reading = None
        self.stack.setCurrentIndex(0 if runs else 1)
        active = sum(run.undone_at is None for run in runs)
        self.count.setText(f"{plural(len(runs), 'import')}, {plural(active, 'en service', 'en service')}")
        self.table.show_rows(runs)
        self._chosen(self.table.current_row())

    def _chosen(self, run: ImportRunRow | None) -> None:
        can_write = not self.kit.services.base.read_only
        self.undo.setEnabled(run is not None and run.undone_at is None and can_write)
        self.findings.setEnabled(run is not None and run.anomalies > 0)

    def _open(self, run: ImportRunRow) -> None:
        self.kit.navigate("data", tab="anomalies", number=run.number)

    def _show_findings(self) -> None:
        run = self.table.current_row()
        if run is not None:
            self._open(run)

    def _undo(self) -> None:
        run = self.table.current_row()
        if run is None or not self.ask(
            self, undo_question(run.number, run.file, run.imported_at), "Annuler l’import"
        ):
            return
        number = run.number
        self.kit.runner.write(
            lambda _progress: self.kit.services.imports.undo(number),
            self._undone,
            name="Annulation de l’import",
            refused=self._refused,
        )

    def _undone(self, changes: Changes) -> None:
        tell(self.banner, "Import annulé\u202f: les valeurs sont revenues comme avant.")
        self.kit.hub.changed.emit(changes)

    def _refused(self, error: DomainError) -> None:
        tell(self.banner, sentence(error), "rouge")

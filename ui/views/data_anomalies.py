"""Anomalies kept with the imports in force: filtered, answered again, exported for the producer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import plural
from app.progress import Progress
from app.services.rows import AnomalyRow
from ui.errors import sentence
from ui.tasks import Task
from ui.views.data_parts import Empty, SubPage, tell
from ui.views.data_session import answers, lines_text
from ui.views.data_texts import SEVERITY_CHOICES, severity_counts, severity_of
from ui.views.page import Kit
from ui.widgets.anomaly_table import AnomalyTable
from ui.widgets.finding import Finding
from ui.widgets.parts import Banner, button, row, text
from ui.widgets.segments import Segments

EVERY_IMPORT = 0


def kept_finding(stored: AnomalyRow) -> Finding:
    """A stored anomaly as it is shown."""
    return Finding(
        key=stored.uuid,
        line=lines_text(stored.ranges),
        column=stored.column,
        value=stored.value,
        rule=stored.rule,
        severity=int(stored.severity),
        title=stored.title,
        explanation=stored.explanation,
        answers=answers(stored.rule, stored.severity, stored.value),
        decision=stored.decision,
        file=stored.file,
    )


def choose_target(parent: QWidget, proposed: str) -> Path | None:
    """Let the user choose where to write a workbook; None if they gave up."""
    name, _filter = QFileDialog.getSaveFileName(
        parent, "Exporter les anomalies", proposed, "Classeur Excel (*.xlsx)"
    )
    return Path(name) if name else None


class AnomaliesView(SubPage):
    """All anomalies of the imports in force."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._rows: list[AnomalyRow] = []
        self._wanted = EVERY_IMPORT
        self.target: Callable[[QWidget, str], Path | None] = choose_target
        self.table = AnomalyTable(kit.theme, "Anomalies des imports", with_file=True)
        self.counts = text("", "second")
        self.banner = Banner()
        self.severity = Segments(
            [(code, label) for code, label, _severity in SEVERITY_CHOICES],
            "Filtrer par gravité",
        )
        self.imports = QComboBox()
        self.imports.setAccessibleName("Import")
        self.imports.setMinimumWidth(190)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer les anomalies")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(170)
        self.export = button("Exporter en Excel", self._export, icon="file-export")
        self.note = text(
            "Changer une réponse la note dans l’historique, sans réécrire les valeurs\u202f: "
            "pour cela, annulez l’import et recommencez-le.",
            "hint",
            wrap=True,
        )
        self.empty = Empty(
            kit.theme,
            "circle-check",
            "Aucune anomalie gardée\u202f: elles viennent avec les imports.",
            "Importer un fichier",
            self.import_files,
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.severity, self.imports, self.filter, None, self.export))
        column.addLayout(row(self.counts, None))
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def _connect(self) -> None:
        self.severity.chosen.connect(self._filter_severity)
        self.imports.activated.connect(self._show_import)
        self.filter.textChanged.connect(self._filter_words)
        self.table.decided.connect(self._decide)

    def show_import(self, number: int) -> None:
        """Show only the anomalies of one import."""
        self._wanted = number
        self._show(self._rows)

    def reload(self) -> None:
        """Read the anomalies again."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.kit.runner.read(self._read, self._show)

    def _read(self, _progress: Progress) -> list[AnomalyRow]:
        return self.kit.services.imports.anomalies()

    def _show(self, rows: Sequence[AnomalyRow]) -> None:
        self._reading = None
        self._rows = list(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self._fill_imports()
        shown = [row for row in rows if self._wanted in (EVERY_IMPORT, row.import_number)]
        self.table.show_findings([kept_finding(row) for row in shown])
        self._tell_counts()

    def _fill_imports(self) -> None:
        files = {row.import_number: row.file for row in self._rows}
        self.imports.clear()
        self.imports.addItem("Tous les imports", EVERY_IMPORT)
        for number, file in sorted(files.items(), reverse=True):
            self.imports.addItem(f"{number}, {file}", number)
        place = self.imports.findData(self._wanted)
        self._wanted = self._wanted if place >= 0 else EVERY_IMPORT
        self.imports.setCurrentIndex(max(place, 0))

    def _show_import(self, place: int) -> None:
        self.show_import(int(self.imports.itemData(place)))

    def _filter_severity(self, code: str) -> None:
        self.table.keep_severity(severity_of(code))
        self._tell_counts()

    def _filter_words(self, words: str) -> None:
        self.table.proxy.set_filter(words)
        self._tell_counts()

    def _tell_counts(self) -> None:
        proxy = self.table.proxy
        severities = [proxy.row_at(proxy.index(place, 0)).severity for place in range(proxy.rowCount())]
        total = len(self._rows)
        every = plural(total, "anomalie")
        shown = every if proxy.rowCount() == total else f"{proxy.rowCount()} sur {every}"
        self.counts.setText(f"{shown}\u202f: {severity_counts(severities)}" if severities else shown)

    def _decide(self, finding: Finding, code: str) -> None:
        if self.kit.services.base.read_only:
            tell(self.banner, "La base est en lecture seule\u202f: la réponse n’est pas gardée.", "ocre")
            return
        self.kit.runner.write(
            lambda _progress: self.kit.services.imports.decide(str(finding.key), code),
            self._decided,
            name="Réponse à une anomalie",
            refused=self._refused,
        )

    def _decided(self, changes: Changes) -> None:
        self.kit.hub.changed.emit(changes)

    def _refused(self, error: DomainError) -> None:
        tell(self.banner, sentence(error), "rouge")

    def _export(self) -> None:
        path = self.target(self, "anomalies.xlsx")
        if path is not None:
            number = None if self._wanted == EVERY_IMPORT else self._wanted
            self.kit.runner.read(
                partial(self._write_workbook, path, number),
                self._exported,
                name="Export des anomalies",
                refused=self._refused,
            )

    def _write_workbook(self, path: Path, number: int | None, _progress: Progress) -> Path:
        self.kit.services.imports.export_anomalies(path, number)
        return path

    def _exported(self, path: Path) -> None:
        tell(self.banner, f"Anomalies exportées dans «\u202f{path.name}\u202f».", "vert")

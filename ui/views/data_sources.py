"""Sources: the files whose values are in the base, then every source the application knows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.domain.dictionary import Source, load_sources
from app.domain.french import plural
from app.progress import Progress
from app.services.rows import ImportRunRow
from ui.models.table import Column
from ui.tasks import Task
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.views.page import Kit
from ui.widgets.parts import row, text

FILES: tuple[Column[ImportRunRow], ...] = (
    Column("Source", lambda run: run.source_label),
    Column("Fichier", lambda run: run.file, hint=lambda run: run.file),
    Column("Importé le", lambda run: run.imported_at),
    Column("Licence", lambda run: run.licence or None, absent="non indiquée"),
    Column("Valeurs", lambda run: run.new + run.changed + run.unchanged, right=True),
    Column(
        "Empreinte SHA-256", lambda run: run.sha256, lambda sha: str(sha)[:16], hint=lambda run: run.sha256
    ),
)
KNOWN: tuple[Column[Source], ...] = (
    Column("Source", lambda source: source.label),
    Column("Producteur", lambda source: source.producer),
    Column("Où la trouver", lambda source: source.url_text),
    Column("Licence", lambda source: source.licence),
)


class SourcesView(SubPage):
    """Two tables: files in service, sources known."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.count = text("", "second")
        self.files = FittedTable(kit.theme, FILES, "Fichiers en service", flexible=(1, 0))
        self.known = FittedTable(kit.theme, KNOWN, "Sources connues", flexible=(0, 2))
        self.empty = Empty(
            kit.theme,
            "file-import",
            "Aucun fichier dans cette base. Les sources connues sont listées dessous.",
            "Importer un fichier",
            self.import_files,
        )
        for table in (self.files, self.known):
            table.setProperty("role", "framed")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(text("Fichiers en service", "section"), self.count, None))
        column.addWidget(self.files, 3)
        column.addWidget(self.empty, 3)
        column.addSpacing(6)
        column.addWidget(text("Sources connues", "section"))
        column.addWidget(self.known, 2)
        self.known.show_rows(tuple(load_sources().values()))
        self.files.hide()

    def reload(self) -> None:
        """Read the files again."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.kit.runner.read(self._read, self._show)

    def _read(self, _progress: Progress) -> list[ImportRunRow]:
        return [run for run in self.kit.services.imports.runs() if run.undone_at is None]

    def _show(self, runs: Sequence[ImportRunRow]) -> None:
        self._reading = None
        self.files.setVisible(bool(runs))
        self.empty.setVisible(not runs)
        self.count.setText(plural(len(runs), "fichier") if runs else "")
        self.files.show_rows(runs)

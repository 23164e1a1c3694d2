"""« Un livret par EPCI »: a folder, readers, then one file each; stopped at any time, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.diagnostic import DiagnosticOptions
from app.domain.french import THIN, plural
from app.domain.secrecy_model import LABELS
from app.domain.territory import Level
from ui.errors import sentence
from ui.labels_diagnostic import FAILURES
from ui.models.table import Column
from ui.views.data_parts import FittedTable, SubPage
from ui.views.diagnostic_running import Running
from ui.widgets.fields import CheckField, ChoiceField
from ui.widgets.map_export import open_folder
from ui.widgets.parts import Banner, Elided, button, icon_button, row, text

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from app.progress import Progress
    from app.services import Services
    from app.services.diagnostics_rows import BatchLine, BatchReport
    from ui.views.page import Kit

MAIN = "couv_global"
TONES = {"écrit": "vert", "déjà fait": "texte2", "échec": "rouge"}
COLUMNS: tuple[Column[BatchLine], ...] = (
    Column("EPCI", lambda line: line.name, hint=lambda line: line.name),
    Column("Résultat", lambda line: line.outcome, tone=lambda line: TONES[line.outcome]),
    Column("Fichier", lambda line: line.path.name if not line.error else None, absent="—"),
    Column("Raison", lambda line: reason(line.error) or None, absent=""),
)


def reason(error: str) -> str:
    """Why a booklet was not made."""
    return FAILURES.get(error, "le livret n’a pas pu être composé") if error else ""


def choose_folder(parent: QWidget, start: str) -> str:
    """Ask for a folder; empty when the user gives up."""
    return QFileDialog.getExistingDirectory(parent, "Dossier des livrets", start)


class BatchView(SubPage):
    """A failure stops no other; what is written stays."""

    back_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder = Path(documents) / "Diagnostics"
        self.choose: Callable[[QWidget, str], str] = choose_folder
        self.banner = Banner()
        self.where = Elided(str(self.folder), "second")
        self.profile = ChoiceField("Lecteurs", tuple(LABELS.items()))
        self.year = ChoiceField("Année des chiffres clés", ())
        self.again = CheckField("Refaire aussi les livrets déjà à jour")
        self.verb = button("Écrire les livrets", self.start, icon="stack-2", role="primary")
        self.running = Running("livrets")
        self.running.ended = self._enable
        self.running.stopped = self._stopped
        self.table = FittedTable(kit.theme, COLUMNS, "Livrets par EPCI", flexible=(0, 2, 3))
        self.table.setProperty("role", "framed")
        self.table.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        back = icon_button("arrow-left", "Tous les diagnostics", self.back_asked.emit)
        layout.addLayout(row(back, text("Un livret par EPCI", "title"), None))
        layout.addWidget(
            text(
                "Chaque EPCI reçoit son livret PDF\u202f: d’après son diagnostic s’il en a un, d’après le "
                "modèle complet sinon. Un échec n’arrête pas les autres.",
                "second",
                wrap=True,
            )
        )
        pick = button("Choisir le dossier…", self.choose_folder, icon="folder")
        folder = row(pick, self.where)
        folder.setStretch(1, 1)
        layout.addLayout(folder)
        for field in (self.profile, self.year):
            field.setMinimumWidth(230)
        layout.addLayout(row(self.profile, self.year, None, gap=16))
        layout.addLayout(row(self.again, None, self.verb))
        layout.addWidget(self.running)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        self._rest = QWidget()
        layout.addWidget(self._rest, 1)

    def reload(self) -> None:
        """Offer the years of the base."""
        years = self.kit.services.indicators.years(MAIN, Level.EPCI)
        self.year.set_choices([(str(year), str(year)) for year in reversed(years)])
        self.profile.box.setItemText(0, "ceux de chaque diagnostic")
        self.year.box.setItemText(0, "celle de chaque diagnostic")

    def _enable(self) -> None:
        self.verb.setEnabled(not self.running.active)

    # -- acting ------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = self.choose(self, str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self.where.setText(chosen)

    def start(self) -> None:
        """Write the booklets; those already made from the same base and the same plan are kept."""
        self.banner.hide()
        asked = (self.profile.read(), self.year.read())
        call = partial(_write_all, self.kit.services, self.folder, asked, not self.again.read())
        task = self.kit.runner.read(call, self._written, name="Livrets", refused=self._refused)
        self.running.follow(task)
        self._enable()

    def _written(self, report: BatchReport) -> None:
        self._show(True)
        order = {"échec": 0, "écrit": 1, "déjà fait": 2}
        self.table.show_rows(sorted(report.lines, key=lambda line: (order[line.outcome], line.name)))
        self.banner.say(
            batch_words(report),
            "ocre" if report.failures else "vert",
            ("Ouvrir le dossier", partial(open_folder, self.folder)),
        )
        self._name("Écrire les livrets")

    def _stopped(self) -> None:
        self.banner.say(
            "Arrêté. Les livrets déjà écrits restent\u202f; « Reprendre » continue avec les autres.".replace(
                "« ", "«\u202f"
            ).replace(" »", "\u202f»")
        )
        self._name("Reprendre")

    def _name(self, words: str) -> None:
        self.verb.setText(words)
        self.verb.setAccessibleName(words)

    def _refused(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")

    def _show(self, shown: bool) -> None:
        self.table.setVisible(shown)
        self._rest.setVisible(not shown)


def batch_words(report: BatchReport) -> str:
    """« 16 livrets écrits, 1 échec : CC X (pas de valeur pour cette année). »."""
    counts = {name: sum(line.outcome == name for line in report.lines) for name in TONES}
    said = [plural(counts["écrit"], "livret écrit", "livrets écrits")]
    if counts["déjà fait"]:
        said.append(f"{counts['déjà fait']} déjà à jour")
    if report.failures:
        names = ", ".join(f"{line.name} ({reason(line.error)})" for line in report.failures[:3])
        said.append(f"{plural(len(report.failures), 'échec', 'échecs')}{THIN}: {names}")
    return f"{', '.join(said)}."


def _write_all(
    services: Services, folder: Path, asked: tuple[str | None, str | None], resume: bool, progress: Progress
) -> BatchReport:
    profile, year = asked
    options = None
    if profile or year:
        options = DiagnosticOptions(profile=profile or "caf", year=int(year) if year else None)
    return services.diagnostics.write_all(folder, options, resume=resume, progress=progress)

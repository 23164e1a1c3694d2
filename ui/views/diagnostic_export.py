"""« Exporter »: who reads, what they will not see, and the files; nothing leaves before this is on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from app.domain.french import THIN, listing, plural
from app.domain.secrecy_model import CAF, LABELS, PARTNER, PUBLIC
from ui.errors import sentence
from ui.models.table import Column
from ui.views.data_parts import FittedTable, SubPage
from ui.views.diagnostic_running import Running
from ui.views.diagnostic_words import file_stem, level_word
from ui.widgets.fields import ChoiceField
from ui.widgets.map_export import open_folder
from ui.widgets.parts import Banner, button, clear, picture, row, text

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from app.progress import Progress
    from app.services import Services
    from app.services.diagnostics_review import MaskedCell
    from ui.tasks import Task
    from ui.views.diagnostic_session import Session

KINDS = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".pptx": "PowerPoint",
    ".xlsx": "Excel",
}
VERBS = {
    CAF: "Exporter pour la Caf…",
    PARTNER: "Exporter pour les partenaires…",
    PUBLIC: "Exporter pour le public…",
}
COLUMNS: tuple[Column[MaskedCell], ...] = (
    Column("Chiffre", lambda cell: cell.indicator, hint=lambda cell: cell.indicator),
    Column("Territoire", lambda cell: cell.territory, hint=lambda cell: cell.territory),
    Column("Niveau", lambda cell: level_word(cell.level)),
    Column("Année", lambda cell: cell.year, str, right=True),
    Column(
        "Masque", lambda cell: "complémentaire" if cell.complementary else "direct",
        tone=lambda cell: "texte2" if cell.complementary else "ocre",
    ),
    Column("Raison", lambda cell: cell.reason.value, hint=lambda cell: cell.reason.value),
)  # fmt: skip


def suffixes() -> tuple[str, ...]:
    """Forms that the service writes."""
    from app.services.diagnostics import FILE_SUFFIXES

    return tuple(suffix for suffix in KINDS if suffix in FILE_SUFFIXES)


def choose_file(parent: QWidget, proposed: str, filters: str) -> str:
    """Ask where to write; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, "Exporter le diagnostic", proposed, filters)[0]


class ExportView(SubPage):
    """Forms, readers, masks, then one verb. choose: replaced in tests."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.kit)
        self._session = session
        self._asking: Task | None = None
        self._cells: Sequence[MaskedCell] = ()
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.choose: Callable[[QWidget, str, str], str] = choose_file
        self.banner = Banner()
        self.boxes: dict[str, QCheckBox] = {}
        for suffix in suffixes():
            box = QCheckBox(KINDS[suffix])
            box.setAccessibleName(f"Écrire le fichier {KINDS[suffix]}")
            box.setChecked(suffix == ".pdf")
            box.toggled.connect(lambda _on: self._enable())
            self.boxes[suffix] = box
        self.profile = ChoiceField("Lecteurs", tuple(LABELS.items()), required=True)
        self.profile.committed.connect(self._set_profile)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        self.masks = text("", "label", wrap=True)
        self.table = FittedTable(session.kit.theme, COLUMNS, "Chiffres masqués", flexible=(0, 1, 5))
        self.table.setProperty("role", "framed")
        self.verb = button("Exporter…", self.export, icon="file-export", role="primary")
        self.running = Running("export")
        self.running.ended = self._enable
        self.running.stopped = self._stopped
        self._lay_out()
        session.checked.connect(lambda _findings: self._say_notes())
        session.preview_made.connect(lambda _preview: self._say_notes())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        self.profile.setMinimumWidth(160)
        forms = row(*self.boxes.values(), None, gap=16)
        head = QVBoxLayout()
        head.setSpacing(3)
        head.addWidget(text("Fichiers", "label"))
        head.addLayout(forms)
        layout.addLayout(row(self.profile, 24, head, None, gap=0))
        layout.addWidget(self.running)
        layout.addWidget(self.banner)
        layout.addLayout(self.notes)
        said = row(self.masks, self.verb)
        said.setStretch(0, 1)
        layout.addLayout(said)
        layout.addWidget(self.table, 1)
        self._rest = QWidget()
        layout.addWidget(self._rest, 1)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what the readers will not see."""
        detail = self._session.detail
        if detail is None:
            return
        profile = detail.options.profile
        self.profile.set_value(profile)
        self.profile.setEnabled(not self._session.locked)
        self.verb.setText(VERBS[profile])
        self.verb.setAccessibleName(VERBS[profile])
        self._say_notes()
        self._enable()
        if self._asking is not None and self._asking.running:
            self._asking.cancel()
        call = partial(_read_masks, self.kit.services, detail.row.uuid)
        self._asking = self.kit.runner.read(call, self._show, refused=self._refused)

    def _show(self, cells: Sequence[MaskedCell]) -> None:
        self._cells = cells
        extra = sum(cell.complementary for cell in cells)
        who = LABELS[self._session.detail.options.profile] if self._session.detail else ""
        profile = f"Profil «{THIN}{who}{THIN}»{THIN}: "
        if cells:
            hidden = plural(len(cells), "chiffre masqué", "chiffres masqués")
            rest = f", dont {extra} pour protéger les autres" if extra else ""
            self.masks.setText(f"{profile}{hidden}{rest}.")
        else:
            self.masks.setText(f"{profile}aucun chiffre de ce document n’est masqué.")
        self.table.setVisible(bool(cells))
        self._rest.setVisible(not cells)
        self.table.show_rows(cells)

    def notes_said(self) -> list[tuple[str, str]]:
        """(icon, sentence) of what is to be known before the export."""
        detail, preview = self._session.detail, self._session.preview
        said = []
        wrong = [found for found in self._session.findings if found.finding.is_error]
        if wrong:
            titles = listing(list(dict.fromkeys(found.title for found in wrong)))
            count = plural(len(wrong), "écart", "écarts")
            said.append(("alert-triangle", f"{count} entre les textes et la base ({titles})."))
        if preview is not None and any(section.fictitious for section in preview.review.sections):
            said.append(("info-circle", "Des chiffres fictifs y sont imprimés, avec mention et filigrane."))
        if detail is not None and detail.options.profile != CAF:
            left = "Les données réservées à la Caf et les coordonnées sont laissées de côté."
            said.append(("lock", left))
        return said

    def _say_notes(self) -> None:
        clear(self.notes)
        for icon, sentence_ in self.notes_said():
            mark = picture(icon, "ocre" if icon == "alert-triangle" else "texte2", 16)
            line = row(mark, text(sentence_, "second", wrap=True))
            line.setStretch(1, 1)
            self.notes.addLayout(line)

    # -- acting ------------------------------------------------------------------------------------------

    def _set_profile(self, code: str) -> None:
        from dataclasses import replace

        if self._session.detail is not None:
            self._session.set_options(replace(self._session.detail.options, profile=code))

    def _enable(self) -> None:
        wanted = any(box.isChecked() for box in self.boxes.values())
        self.verb.setEnabled(wanted and not self.running.active and self._session.detail is not None)

    def export(self) -> None:
        """Ask for a name, then write each form wanted beside it."""
        detail = self._session.detail
        wanted = [suffix for suffix, box in self.boxes.items() if box.isChecked()]
        if detail is None or not wanted:
            return
        epci = self.kit.services.territory.reference.epci(detail.row.code_epci)
        proposed = Path(self._folder) / f"{file_stem(epci.short_name, epci.code)}{wanted[0]}"
        chosen = self.choose(self, str(proposed), f"{KINDS[wanted[0]]} (*{wanted[0]})")
        if not chosen:
            return
        paths = paths_of(Path(chosen), wanted)
        self._folder = str(paths[0].parent)
        self.banner.hide()
        call = partial(_write, self.kit.services, detail.row.uuid, paths)
        name = f"Export de {paths[0].stem}"
        self.running.follow(self.kit.runner.read(call, self._written, name=name, refused=self._refused))
        self._enable()

    def _written(self, paths: Sequence[Path]) -> None:
        names = listing([path.name for path in paths])
        folder = partial(open_folder, paths[0].parent)
        self.banner.say(
            f"Écrit dans {paths[0].parent}{THIN}: {names}.", "vert", ("Ouvrir le dossier", folder)
        )
        if not self.isVisible():
            self.kit.notify(f"Diagnostic exporté{THIN}: {names}", "Ouvrir le dossier", folder)

    def _stopped(self) -> None:
        self.banner.say("Export annulé. Aucun fichier incomplet n’est resté.")

    def _refused(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")


def paths_of(chosen: Path, wanted: Sequence[str]) -> tuple[Path, ...]:
    """The path chosen for the first form, and beside it the others."""
    stem = chosen.with_suffix("") if chosen.suffix.lower() in KINDS else chosen
    return tuple(stem.with_name(stem.name + suffix) for suffix in wanted)


def _read_masks(services: Services, uuid: str, _progress: Progress) -> tuple[MaskedCell, ...]:
    return services.diagnostics.masked(uuid)


def _write(services: Services, uuid: str, paths: tuple[Path, ...], progress: Progress) -> tuple[Path, ...]:
    services.diagnostics.write(uuid, paths, progress=progress)
    return paths

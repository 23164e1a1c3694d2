"""What leaves the CTG page: plan d’actions, evaluation, relevés, agenda; written in a task."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.domain.french import fold
from ui import icons
from ui.widgets.map_export import open_folder

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.views.page import Kit

FILTERS = {
    ".pdf": "Page PDF (*.pdf)",
    ".docx": "Document Word (*.docx)",
    ".xlsx": "Classeur Excel (*.xlsx)",
    ".ics": "Agenda (*.ics)",
}
PAPERS: tuple[tuple[str, str, str, str], ...] = (
    ("plan", "Plan d’action, PDF", ".pdf", "plan-action"),
    ("plan", "Plan d’action, Word", ".docx", "plan-action"),
    ("plan", "Plan d’action, Excel", ".xlsx", "plan-action"),
    ("", "", "", ""),
    ("evaluation", "Évaluation, PDF", ".pdf", "evaluation"),
    ("evaluation", "Évaluation, Word", ".docx", "evaluation"),
    ("", "", "", ""),
    ("calendar", "Échéances, agenda .ics", ".ics", "echeances"),
    ("template", "Modèle de plan à remplir, Excel", ".xlsx", "modele-plan"),
)
"""What, words of the menu, suffix, start of the proposed name; an empty one is a line."""

Write = Callable[["Progress"], Path]


def choose_file(parent: QWidget, title: str, proposed: str, filters: str) -> str:
    """Ask where to write; empty when the user gives up."""
    return QFileDialog.getSaveFileName(parent, title, proposed, filters)[0]


def proposed(start: str, name: str, suffix: str) -> str:
    """« Documents/plan-action_ctg-du-niortais.pdf »."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    slug = "-".join(fold(name).split())
    return str(Path(folder) / f"{'_'.join(part for part in (start, slug) if part)}{suffix}")


def with_suffix(chosen: str, suffix: str) -> Path:
    """The path chosen, with its suffix."""
    path = Path(chosen)
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


class Exporter:
    """Asks for a file, writes it in a task, says where it is. choose: replaced in tests."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        self._kit = kit
        self._parent = parent
        self.choose: Callable[[QWidget, str, str, str], str] = choose_file

    def write(self, what: str, key: str, name: str, suffix: str, start: str) -> None:
        """what: plan, evaluation, minutes, fiche, calendar or template; key: of the thing."""
        chosen = self.choose(self._parent, "Exporter", proposed(start, name, suffix), FILTERS[suffix])
        if chosen:
            call = partial(_write, self._kit.services, what, key, with_suffix(chosen, suffix))
            self._kit.runner.read(call, self._written, name=f"Export\u202f: {name or start}")

    def _written(self, path: Path) -> None:
        self._kit.notify(
            f"Fichier écrit\u202f: {path.name}", "Ouvrir le dossier", partial(open_folder, path.parent)
        )


def export_calendar(kit: Kit, parent: QWidget) -> None:
    """Write the deadlines of the territory shown."""
    Exporter(kit, parent).write("calendar", kit.context.value.epci or "", "", ".ics", "echeances-ctg")


def _write(services: Services, what: str, key: str, path: Path, progress: Progress) -> Path:
    from app.services import ctg_due, ctg_xlsx
    from app.services.ctg_papers import CtgPapers

    if what == "calendar":
        ctg_due.write_calendar(path, services.ctg, services.steering, None, key or None)
    elif what == "template":
        ctg_xlsx.write_template(path)
    else:
        papers = CtgPapers(services.ctg, services.steering, services.territory)
        write = {
            "plan": papers.write_plan, "evaluation": papers.write_evaluation,
            "minutes": papers.write_minutes, "fiche": papers.write_fiche,
        }[what]  # fmt: skip
        write(key, path, None, progress)
    return path


class ExportButton(QToolButton):
    """« Exporter »: a menu of papers of one convention."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.exporter = Exporter(kit, self)
        self._uuid, self._name, self._epci = "", "", ""
        self.setText("Exporter")
        self.setAccessibleName("Exporter la CTG")
        self.setIcon(icons.icon("file-export", "texte2"))
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("role", "framed")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setShortcut("Ctrl+E")
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Exporter la CTG")
        for what, words, suffix, start in PAPERS:
            if not what:
                self._menu.addSeparator()
                continue
            action = self._menu.addAction(words)
            action.triggered.connect(partial(self._write, what, suffix, start))
        self.setMenu(self._menu)

    def show_ctg(self, uuid: str, name: str, epci: str) -> None:
        """Export this convention."""
        self._uuid, self._name, self._epci = uuid, name, epci

    def _write(self, what: str, suffix: str, start: str, _checked: bool = False) -> None:
        key = {"calendar": self._epci, "template": ""}.get(what, self._uuid)
        self.exporter.write(what, key, self._name, suffix, start)

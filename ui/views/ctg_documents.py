"""« Documents »: files copied beside the base with their digest, and the annexes of the convention."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.french import number, plural
from ui.labels_ctg import DOCUMENT_STATE
from ui.models.table import Column
from ui.views import ctg_calls as calls
from ui.views.ctg_columns import choice_column, text_column
from ui.views.ctg_lists import EditList
from ui.views.ctg_sections import SectionTab
from ui.widgets.parts import button

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import Created, DocumentRow
    from ui.views.page import Kit

PARTS = (("files", "Fichiers joints"), ("annexes", "Annexes de la convention"))
TONES = {"present": "", "missing": "rouge", "altered": "rouge"}
MARKS = {"present": "✓ ", "missing": "▲ ", "altered": "▲ "}
SHOWN_DIGEST = 12


def size_words(size: int) -> str:
    """« 12 Ko », « 3,4 Mo »."""
    if size < 1_000_000:
        return f"{number(max(round(size / 1000), 1))}\u00a0Ko"
    return f"{number(size / 1_000_000, 1)}\u00a0Mo"


FILES: tuple[Column[Any], ...] = (
    text_column("title", "Document", required=True),
    text_column("kind", "Nature"),
    Column("État", lambda held: held.state, text=lambda state: MARKS[state] + DOCUMENT_STATE[state],
           tone=lambda held: TONES[held.state]),
    Column("Taille", lambda held: held.size, text=size_words, right=True),
    Column("Joint le", lambda held: held.added_at.date()),
    Column("SHA-256", lambda held: f"{held.sha256[:SHOWN_DIGEST]}…", hint=lambda held: held.sha256),
    text_column("note", "Note"),
)  # fmt: skip


def choose_files(parent: QWidget) -> list[str]:
    """Ask for files; empty when the user gives up."""
    return QFileDialog.getOpenFileNames(parent, "Joindre des documents", "", "Tous les fichiers (*)")[0]


class DocumentsTab(SectionTab):
    """Files are read again each time, so that a missing or altered one is said."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, PARTS, "Documents de la CTG")
        self.documents: tuple[DocumentRow, ...] = ()
        self.choose: Callable[[QWidget], list[str]] = choose_files
        self.setAcceptDrops(True)
        self.set_compact(False, False)

    def call(self) -> Callable[[Progress], tuple[DocumentRow, ...]] | None:
        """Documents with the state of their file."""
        return partial(_read, self.kit.services, self.uuid)

    def show_read(self, read: tuple[DocumentRow, ...]) -> None:
        """Say what is missing, fill the part shown."""
        self.documents = read
        bad = sum(held.state != "present" for held in read)
        said = plural(bad, "fichier introuvable ou modifié", "fichiers introuvables ou modifiés")
        self.note.setText(said if bad else "")
        self.show_part(self.part)

    def build(self, code: str) -> QWidget:
        """Files, or annexes in order."""
        if code == "files":
            self.files = EditList(
                self.theme, "Fichiers joints", FILES, flexible=(0, 6, 1), add=("Joindre", self.attach),
                empty="Aucun document. Joignez la convention signée, les délibérations, le diagnostic "
                "partagé\u202f: ils sont copiés à côté de la base, avec leur empreinte.",
            )  # fmt: skip
            self.open_button = button("Ouvrir", self.open_current, icon="external-link")
            self.files.buttons.insertWidget(0, self.open_button)
            return self.listen(self.files, "document")
        self.annexes = EditList(
            self.theme, "Annexes", self._annex_columns(), flexible=(1, 2),
            add=("Ajouter une annexe", self.add_annex), order=True,
        )  # fmt: skip
        return self.listen(self.annexes, "annex")

    def _annex_columns(self) -> tuple[Column[Any], ...]:
        words: dict[Any, str] = {None: "—"}
        words |= {held.uuid: held.title for held in self.documents}
        return (
            Column("N°", lambda held: held.rank, right=False),
            text_column("title", "Annexe", required=True),
            choice_column("document_uuid", "Document", words),
        )

    def fill(self, code: str, part: QWidget) -> None:
        """Show the rows of a part."""
        if self.detail is None or not isinstance(part, EditList):
            return
        if code == "files":
            part.show_rows(list(self.documents))
            self.open_button.setEnabled(bool(self.documents))
        else:
            part.grid.grid.columns = self._annex_columns()
            part.show_rows(list(self.detail.annexes))

    # -- acts ----------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Ctrl+N: attach files, or add an annex."""
        if self.part == "files":
            self.attach()
        else:
            self.add_annex()

    def attach(self) -> None:
        """Ask for files and attach them."""
        self.attach_paths([Path(name) for name in self.choose(self)])

    def attach_paths(self, paths: list[Path]) -> None:
        """Attach files, one action each."""
        for path in paths:
            call = partial(calls.attach, self.kit.services, self.uuid, path)
            self.kit.runner.write(call, self._attached, name=f"Copie de {path.name}", refused=self.refused)

    def _attached(self, made: Created) -> None:
        self.changed(made.changes)

    def open_current(self) -> None:
        """Open the file of the document chosen, if it is the one that was attached."""
        held = self.files.grid.current_row() or (self.documents[0] if self.documents else None)
        if held is not None:
            call = partial(_path, self.kit.services, held.uuid)
            self.kit.runner.read(call, self._open, refused=self.refused)

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def add_annex(self) -> None:
        """Add an annex at the end."""
        self.add("annex", self.uuid, {"title": "Nouvelle annexe"})

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.attach_paths([path for path in paths if path.is_file()])


def _read(services: Services, ctg: str, _progress: Progress) -> tuple[DocumentRow, ...]:
    return tuple(services.ctg.documents.rows(ctg))


def _path(services: Services, uuid: str, _progress: Progress) -> Path:
    return services.ctg.documents.path(uuid)

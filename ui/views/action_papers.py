"""« Pièces jointes »: files copied beside the base; one that is missing or altered says so."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.domain.french import number
from ui.labels_ctg import DOCUMENT_STATE
from ui.models.grid import CellEdit
from ui.models.table import Column
from ui.views import action_calls as calls
from ui.views.action_parts import Desk, Section
from ui.views.ctg_columns import text_column
from ui.widgets.action_grid import ActionGrid, GridBox

if TYPE_CHECKING:
    from app.services.ctg_rows import DocumentRow
    from ui.views.action_calls import ActionRead

KILO, MEGA = 1024, 1024 * 1024


def size_text(size: int) -> str:
    """« 340 ko », « 1,2 Mo »."""
    if size >= MEGA:
        return f"{number(size / MEGA, 1)}\u202fMo"
    return f"{number(max(size / KILO, 1))}\u202fko"


COLUMNS: tuple[Column[Any], ...] = (
    text_column("title", "Titre", required=True),
    text_column("note", "Note"),
    Column("Taille", lambda paper: size_text(paper.size), right=True),
    Column("Ajouté le", lambda paper: paper.added_at.date()),
    Column("Fichier", lambda paper: DOCUMENT_STATE[paper.state],
           tone=lambda paper: "" if paper.state == "present" else "rouge"),
)  # fmt: skip


class PaperSection(Section):
    """Entrée opens, F2 renames, Suppr on a state detaches."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("pieces", "Pièces jointes", desk)
        self.grid = ActionGrid(desk.kit.theme, COLUMNS, "Pièces jointes", lambda paper: paper.uuid)
        self.grid.set_widths({1: 190, 2: 76, 3: 92, 4: 110})
        self.grid.setAccessibleDescription("Entrée ouvre le fichier, Suppr sur l’état détache")
        self.box = GridBox(self.grid, "Joindre un fichier", self.add, "Ctrl+Entrée")
        self.body.addWidget(self.box)
        self.grid.opened.connect(self.open_paper)
        self.grid.edited.connect(self._edit)
        self.grid.removed.connect(self._remove)

    def show_read(self, read: ActionRead) -> None:
        """Show the documents of a fiche."""
        super().show_read(read)
        self.grid.setVisible(bool(read.papers))
        self.grid.show_rows(read.papers)

    def choose(self) -> list[str]:
        """Ask for files."""
        return QFileDialog.getOpenFileNames(self, "Joindre un fichier")[0]

    def add(self) -> None:
        """Attach files."""
        paths = [Path(name) for name in self.choose()]
        if paths:
            call = partial(calls.attach, self.desk.kit.services, self.desk.action, paths)
            self.desk.write(call, self.box.refuse_error)

    def open_paper(self, paper: DocumentRow) -> None:
        """Open the file, after a check."""
        call = partial(calls.paper_path, self.desk.kit.services, paper.uuid)
        self.desk.kit.runner.read(call, _open, refused=self.box.refuse_error)

    def _edit(self, edits: list[CellEdit]) -> None:
        for edit in edits:
            call = partial(calls.edit_paper, self.desk.kit.services, edit.row.uuid, {edit.column: edit.value})
            self.desk.write(call, self.box.refuse_error)

    def _remove(self, papers: list[DocumentRow]) -> None:
        for paper in papers:
            call = partial(calls.remove_paper, self.desk.kit.services, paper.uuid)
            self.desk.write(call, self.box.refuse_error)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

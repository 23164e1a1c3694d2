"""History of actions and dated copies of the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QVBoxLayout

from app.domain.french import NBSP, number, typographic
from ui.folders import open_folder
from ui.models.table import Column
from ui.views.settings_sections import Section
from ui.widgets.parts import button, clear, row, text
from ui.widgets.table_view import Table

if TYPE_CHECKING:
    from app.services import Services
    from app.services.rows import HistoryRow
    from ui.theme import Theme

SHOWN_ROWS = 8
COPIES_SHOWN = 5
KILO = 1000


def _when(row_: HistoryRow) -> datetime:
    return row_.at.astimezone()


COLUMNS: tuple[Column[HistoryRow], ...] = (
    Column("Date", _when),
    Column("Action", lambda row_: row_.name[:1].upper() + row_.name[1:]),
    Column("Poste", lambda row_: "ce poste" if row_.device_is_here else "autre poste"),
    Column("État", lambda row_: "annulée" if row_.undone else "en vigueur"),
)


class HistorySection(Section):
    """Every action with its name and date; the last one can be undone here too."""

    def __init__(self, theme: Theme, undo: Callable[[], object]) -> None:
        super().__init__("Historique", theme)
        self._theme = theme
        self.table = Table(theme, COLUMNS, "Historique des actions")
        self.table.setProperty("role", "framed")
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.empty = text("Aucune action pour l’instant. Les imports sont dans Données.", "second", wrap=True)
        self.undo = button("Annuler la dernière action", undo, icon="arrow-back-up")
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.undo, None))
        self.show_rows(())

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show the actions, latest first."""
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.undo.setVisible(bool(rows))
        self.undo.setEnabled(any(not row_.undone for row_ in rows))
        self.table.show_rows(rows)
        shown = min(max(len(rows), 2), SHOWN_ROWS)
        self.table.setFixedHeight((shown + 1) * self._theme.row_height + 8)


class BackupsSection(Section):
    """Where copies are, and one more now."""

    def __init__(self, theme: Theme, backup: Callable[[], object], services: Services) -> None:
        super().__init__("Sauvegardes", theme)
        self._folder = services.base.path.parent / "sauvegardes"
        self._stem = services.base.path.stem
        self.body.addWidget(text(typographic(f"Dossier : {self._folder}"), "second", wrap=True))
        self.copies = QVBoxLayout()
        self.copies.setSpacing(2)
        self.body.addLayout(self.copies)
        folder = button("Ouvrir le dossier", partial(open_folder, self._folder), icon="folder-open")
        self.folder = folder
        self.body.addLayout(row(button("Faire une copie maintenant", backup, icon="archive"), folder, None))
        self.show_copies()

    def show_copies(self) -> None:
        """List the latest copies."""
        clear(self.copies)
        found = sorted(self._folder.glob(f"{self._stem}*.maillage")) if self._folder.is_dir() else []
        self.folder.setEnabled(self._folder.is_dir())
        if not found:
            self.copies.addWidget(text("Aucune copie pour l’instant.", "second"))
        for path in reversed(found[-COPIES_SHOWN:]):
            size = f"{number(path.stat().st_size / KILO)}{NBSP}ko"
            self.copies.addLayout(row(text(path.name), text(size, "hint"), None, gap=10))

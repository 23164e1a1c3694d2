"""What the wizard shows at the right of the file cards, one panel a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from app.changes import Changes, Topic
from app.domain.french import plural
from ui.models.table import Column
from ui.theme import Theme
from ui.views.data_card_words import card_source
from ui.views.data_parts import FittedTable
from ui.views.data_session import FileEntry
from ui.views.data_texts import SAFE, forecast_sentence
from ui.widgets.drop_zone import DropZone
from ui.widgets.parts import Banner, button, row, text


class DropPanel(QWidget):
    """Step 1: a large place to drop files."""

    dropped = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.zone = DropZone(
            theme,
            "Déposez vos fichiers ici, ou cliquez pour les choisir",
            "csv, xlsx, ods, zip, gpkg, geojson, shp\u202f: plusieurs à la fois",
        )
        self.zone.dropped.connect(self.dropped.emit)
        self.zone.setMinimumHeight(170)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.zone, 1)
        column.addWidget(
            _measured(
                "Les fichiers sont reconnus à leurs colonnes\u202f: couverture petite enfance (Cnaf), "
                "naissances, population et équipements (Insee), contours (IGN Admin Express et formats "
                "voisins), équipements, plans d’action, grilles de CPOG. Un autre tableau est lu en disant "
                "ce que contient chacune de ses colonnes. "
                "Rien n’est écrit avant la dernière étape.",
            )
        )
        column.addStretch(1)


def _measured(words: str) -> QLabel:
    """A text that stays readable in a wide window."""
    label = text(words, "second", wrap=True)
    label.setMaximumWidth(720)
    return label


class ConfirmPanel(QWidget):
    """Step 4: what will be written, file by file; then how far the writing is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        columns: tuple[Column[FileEntry], ...] = (
            Column("Fichier", lambda entry: entry.name),
            Column("Source", card_source),
            Column("Nouvelles", lambda entry: entry.count[0], right=True),
            Column("Modifiées", lambda entry: entry.count[1], right=True),
            Column("Inchangées", lambda entry: entry.count[2], right=True),
            Column("Lignes écartées", lambda entry: entry.rejected(), right=True),
        )
        self.total = text("", "object", wrap=True)
        self.note = text("", "second", wrap=True)
        self.table = FittedTable(theme, columns, "Ce qui sera écrit", flexible=(0, 1))
        self.table.setProperty("role", "framed")
        self.banner = Banner()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName("Avancement de l’écriture")
        self.step = text("", "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.total, self.note, self.banner):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.step)
        column.addWidget(self.bar)
        self.show_progress(None, "")

    def show_entries(self, entries: Sequence[FileEntry], refused: int) -> None:
        """Show what each file will change."""
        tables = [entry for entry in entries if entry.is_table]
        series = [entry for entry in entries if not entry.is_table and not entry.is_outline]
        contours = sum(sum(entry.count) for entry in entries if entry.is_outline)
        said = [_sums(group, noun) for group, noun in ((series, "valeur"), (tables, "ligne")) if group]
        if contours:
            said.append(plural(contours, "contour remplacé", "contours remplacés"))
        self.total.setText("\u202f; ".join(said))
        left_out = plural(refused, "fichier non lu sera laissé", "fichiers non lus seront laissés")
        self.note.setText(f"{left_out} de côté. {SAFE}" if refused else SAFE)
        self.table.show_rows(entries)

    def show_progress(self, share: float | None, step: str) -> None:
        """Show how far the writing is; None hides it."""
        self.bar.setVisible(share is not None)
        self.step.setVisible(share is not None)
        self.bar.setValue(round(1000 * (share or 0)))
        self.step.setText(step)


def _sums(entries: Sequence[FileEntry], noun: str) -> str:
    new, changed, unchanged = (sum(entry.count[rank] for entry in entries) for rank in range(3))
    return forecast_sentence(new, changed, unchanged, sum(entry.rejected() for entry in entries), noun)


MAP_PAGE = ("Ouvrir la carte", "map")
NEXT_PAGES = {
    Topic.VALUES: MAP_PAGE,
    Topic.OUTLINES: MAP_PAGE,
    Topic.CTG: ("Ouvrir les CTG", "ctg"),
    Topic.CPOG: ("Ouvrir les CPOG", "cpog"),
    Topic.REGISTER: ("Ouvrir le registre", "equipment"),
    Topic.SDSF: ("Ouvrir le SDSF", "sdsf"),
}
"""Where an import leads, by what it wrote, the first one found: words of the verb, page."""


class DonePanel(QWidget):
    """What was written, and what to do next."""

    def __init__(
        self,
        *,
        undo: Callable[[], object],
        again: Callable[[], object],
        runs: Callable[[], object],
        show: Callable[[str], object],
    ) -> None:
        """show: opens a page."""
        super().__init__()
        self._page = "map"
        self.banner = Banner()
        self.undo = button("Annuler l’import", undo, icon="arrow-back-up")
        self.runs = button("Voir les imports", runs)
        self.again = button("Importer d’autres fichiers", again)
        self.next = button("Ouvrir la carte", lambda: show(self._page), role="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.banner)
        column.addLayout(row(self.undo, self.runs, self.again, None, self.next, gap=10))
        column.addStretch(1)

    def show_changes(self, changes: Changes) -> None:
        """Lead to what was just written: the map for figures and outlines, else the page of the subject."""
        words, self._page = next(
            (place for topic, place in NEXT_PAGES.items() if changes.touches(topic)), MAP_PAGE
        )
        self.next.setText(words)
        self.next.setAccessibleName(words)

"""What the wizard shows at the right of the file cards, one panel a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.domain.french import listing, plural
from ui.labels import LEVEL_MANY
from ui.models.table import Column
from ui.theme import Theme
from ui.views.data_parts import FittedTable, tell
from ui.views.data_session import FileEntry, card_source, error_text
from ui.views.data_texts import SAFE, forecast_sentence
from ui.widgets.drop_zone import DropZone
from ui.widgets.parts import Banner, button, clear, text


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
                "voisins). "
                "Rien n’est écrit avant la dernière étape.",
            )
        )
        column.addStretch(1)


def _measured(words: str) -> QLabel:
    """A text that stays readable in a wide window."""
    label = text(words, "second", wrap=True)
    label.setMaximumWidth(720)
    return label


class RecognisePanel(QWidget):
    """Step 2: what the chosen file is."""

    def __init__(self) -> None:
        super().__init__()
        self.title = text("", "section")
        self.banner = Banner()
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._facts = QGridLayout(self._card)
        self._facts.setContentsMargins(16, 14, 16, 14)
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.banner)
        column.addWidget(self._card)
        column.addStretch(1)

    def show_entry(self, entry: FileEntry | None) -> None:
        """Describe a file, or say why it cannot be imported."""
        clear(self._facts)
        self.title.setText("" if entry is None else card_source(entry) or entry.path.name)
        tell(self.banner, *about(entry))
        described = facts(entry) if entry is not None and entry.error is None else []
        self._card.setVisible(bool(described))
        for row, (name, value) in enumerate(described):
            top = Qt.AlignmentFlag.AlignTop
            self._facts.addWidget(text(name, "second"), row, 0, top)
            shown = text(value, "label", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(shown, row, 1, top)

    def shown_facts(self) -> dict[str, str]:
        """What is shown, name by name."""
        cells = [
            self._facts.itemAtPosition(row, column)
            for row in range(self._facts.rowCount())
            for column in (0, 1)
        ]
        labels = [cell.widget() for cell in cells if cell is not None]
        texts = [label.text() for label in labels if isinstance(label, QLabel)]
        return dict(zip(texts[::2], texts[1::2], strict=True))


def about(entry: FileEntry | None) -> tuple[str, str]:
    """Sentence and tone of the banner."""
    if entry is None or entry.prepared is None:
        return ("", "")
    if entry.error is not None:
        return (error_text(entry), "rouge")
    if entry.prepared.known:
        return (
            "Ce fichier a déjà été importé à l’identique\u202f: l’importer encore ne changera rien.",
            "",
        )
    return ("", "")


def facts(entry: FileEntry) -> list[tuple[str, str]]:
    """What is known of a file: (name, value), without what is empty."""
    prepared = entry.prepared
    if prepared is None:
        return [("Fichier", entry.path.name), ("Lecture", "en cours")]
    found = [("Fichier", entry.path.name)]
    if prepared.clean is not None:
        clean = prepared.clean
        used = sum(1 for name in clean.preview.our_names if name)
        found += [
            ("Feuille", clean.sheet),
            ("Niveaux", listing([LEVEL_MANY[level] for level in clean.levels or (clean.level,)])),
            ("Années", listing([str(year) for year in clean.years])),
            ("Lignes lues", plural(clean.rows_read, "ligne")),
            ("Colonnes", f"{used} utilisées sur {len(clean.preview.headers)}"),
            ("Valeurs", plural(len(clean.rows), "valeur")),
            ("Licence", clean.licence),
            ("Empreinte", clean.sha256[:16]),
        ]
    if prepared.outline is not None:
        outline = prepared.outline
        found += [
            ("Niveau", LEVEL_MANY[outline.level]),
            ("Contours", plural(len(outline.codes), "contour")),
            ("Millésime", str(outline.millesime or "")),
            ("Projection", f"EPSG {outline.epsg_source}, ramenée à EPSG {outline.epsg}"),
            ("Écartés", rejected_text(outline.rejected)),
            ("Empreinte", outline.sha256[:16]),
        ]
    return [(name, value) for name, value in found if value]


def rejected_text(rejected: Sequence[tuple[int, str, str]]) -> str:
    """Outlines set aside, the first ten with their line, code and reason."""
    if not rejected:
        return "aucun"
    shown = "\u202f; ".join(
        f"ligne {row}, code {code or 'absent'}, {reason}" for row, code, reason in rejected[:10]
    )
    return f"{len(rejected)}\u202f: {shown}{'…' if len(rejected) > 10 else ''}"


class ConfirmPanel(QWidget):
    """Step 4: what will be written, file by file; then how far the writing is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        columns: tuple[Column[FileEntry], ...] = (
            Column("Fichier", lambda row: row.path.name),
            Column("Source", card_source),
            Column("Nouvelles", lambda row: row.count[0], right=True),
            Column("Modifiées", lambda row: row.count[1], right=True),
            Column("Inchangées", lambda row: row.count[2], right=True),
            Column("Lignes écartées", lambda row: row.rejected(), right=True),
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
        counts = [entry.count for entry in entries if not entry.is_outline]
        sums = [sum(count[rank] for count in counts) for rank in range(3)]
        aside = sum(entry.rejected() for entry in entries)
        contours = sum(sum(entry.count) for entry in entries if entry.is_outline)
        said = [forecast_sentence(sums[0], sums[1], sums[2], aside)] if counts else []
        if contours:
            said.append(plural(contours, "contour remplacé", "contours remplacés"))
        self.total.setText("\u202f; ".join(said))
        left_out = plural(refused, "fichier illisible sera laissé", "fichiers illisibles seront laissés")
        self.note.setText(f"{left_out} de côté. {SAFE}" if refused else SAFE)
        self.table.show_rows(entries)

    def show_progress(self, share: float | None, step: str) -> None:
        """Show how far the writing is; None hides it."""
        self.bar.setVisible(share is not None)
        self.step.setVisible(share is not None)
        self.bar.setValue(round(1000 * (share or 0)))
        self.step.setText(step)


class DonePanel(QWidget):
    """What was written, and what to do next."""

    def __init__(
        self,
        *,
        undo: Callable[[], object],
        again: Callable[[], object],
        runs: Callable[[], object],
        show_map: Callable[[], object],
    ) -> None:
        super().__init__()
        self.banner = Banner()
        self.undo = button("Annuler l’import", undo, icon="arrow-back-up")
        self.runs = button("Voir les imports", runs)
        self.again = button("Importer d’autres fichiers", again)
        self.map = button("Ouvrir la carte", show_map, role="primary")
        row = QHBoxLayout()
        row.setSpacing(10)
        for part in (self.undo, self.runs, self.again):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.map)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.banner)
        column.addLayout(row)
        column.addStretch(1)

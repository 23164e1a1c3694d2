"""Second step of the wizard: what a file is, or what the user says of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.domain.errors import UnknownSource
from app.domain.french import listing, plural
from app.services.table_imports import Asked, PreparedTable
from ui.labels import LEVEL_MANY
from ui.theme import Theme
from ui.views.data_card_words import card_source, error_text
from ui.views.data_mapping import MappingPanel, YearPanel
from ui.views.data_parts import tell
from ui.views.data_session import FileEntry, FileState
from ui.widgets.parts import Banner, button, clear, row, text

SOURCE_MISSING = (
    "Les colonnes de ce fichier ne sont celles d’aucun modèle connu. Indiquez ce qu’il contient, "
    "et la colonne de chaque champ."
)
YEAR_MISSING = "Ce fichier ne dit pas de quelle année sont ses données. Indiquez-la pour le lire."


class RecognisePanel(QWidget):
    """Step 2: what the chosen file is, or what it may be; `asked` carries what the user says of it."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entry: FileEntry | None = None
        self._again = False
        self.mapping = MappingPanel(theme)
        self.year = YearPanel()
        self.change = button("Changer les colonnes", self._change, icon="columns-2")
        for part in (self.mapping, self.year):
            part.asked.connect(self._said)
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
        column.addLayout(row(self.change, None))
        column.addWidget(self.year)
        column.addWidget(self.mapping, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self.show_entry(None)

    def _change(self) -> None:
        """Show the columns of a table that is understood."""
        self._again = True
        self.show_entry(self._entry)

    def _said(self, asked: Asked) -> None:
        self._again = False
        self.asked.emit(asked)

    def _show_questions(self, entry: FileEntry | None) -> None:
        asking = entry is not None and entry.state is FileState.ASKING
        mapping = entry is not None and bool(entry.tables) and (asking or self._again)
        by_year = asking and entry is not None and entry.asks_year
        if entry is not None and mapping:
            self.mapping.show_entry(entry)
        if entry is not None and by_year:
            self.year.show_entry(entry)
        self.mapping.setVisible(mapping)
        self.year.setVisible(by_year)
        self._rest.setVisible(not mapping)
        self.change.setVisible(entry is not None and entry.is_table and not mapping)

    def show_entry(self, entry: FileEntry | None) -> None:
        """Describe a file, or say why it cannot be imported."""
        self._again = self._again and entry is self._entry
        self._entry = entry
        self._show_questions(entry)
        clear(self._facts)
        self.title.setText("" if entry is None else card_source(entry) or entry.path.name)
        tell(self.banner, *about(entry))
        described = facts(entry) if entry is not None and entry.error is None else []
        self._card.setVisible(bool(described) and self.mapping.isHidden())
        for line, (name, value) in enumerate(described):
            top = Qt.AlignmentFlag.AlignTop
            self._facts.addWidget(text(name, "second"), line, 0, top)
            shown = text(value, "label", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(shown, line, 1, top)

    def shown_facts(self) -> dict[str, str]:
        """What is shown, name by name."""
        cells = [
            self._facts.itemAtPosition(line, column)
            for line in range(self._facts.rowCount())
            for column in (0, 1)
        ]
        labels = [cell.widget() for cell in cells if cell is not None]
        texts = [label.text() for label in labels if isinstance(label, QLabel)]
        return dict(zip(texts[::2], texts[1::2], strict=True))


def about(entry: FileEntry | None) -> tuple[str, str]:
    """Sentence and tone of the banner."""
    if entry is None or entry.prepared is None:
        return ("", "")
    if entry.asks_year:
        return (YEAR_MISSING, "")
    if isinstance(entry.error, UnknownSource) and entry.tables:
        return (SOURCE_MISSING, "")
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
    found = [("Fichier", entry.name)]
    if prepared.table is not None:
        found += _table_facts(prepared.table)
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


def _table_facts(table: PreparedTable) -> list[tuple[str, str]]:
    labels = {field.code: field.label for field in table.fields}
    used = "\u202f; ".join(f"{labels[code]}\u00a0: {header}" for code, header in table.columns.items())
    return [
        ("Feuille", table.grid.sheet),
        ("Lignes lues", plural(table.preview.rows_read, "ligne")),
        ("Colonnes", f"{len(table.columns)} utilisées sur {len(table.grid.headers)}"),
        ("Correspondance", used),
        ("Empreinte", table.grid.sha256[:16]),
    ]


def rejected_text(rejected: Sequence[tuple[int, str, str]]) -> str:
    """Outlines set aside, the first ten with their line, code and reason."""
    if not rejected:
        return "aucun"
    shown = "\u202f; ".join(
        f"ligne {row}, code {code or 'absent'}, {reason}" for row, code, reason in rejected[:10]
    )
    return f"{len(rejected)}\u202f: {shown}{'…' if len(rejected) > 10 else ''}"

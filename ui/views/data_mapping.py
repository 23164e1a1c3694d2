"""« Source à indiquer » : what a table holds and which of its columns holds what, or its year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.french import listing
from app.domain.numbers import parse_year
from app.ingestion.fields import Field
from app.services.table_imports import Asked, ModelChoice
from ui.theme import Theme
from ui.views.data_session import FileEntry, Mappable
from ui.widgets.parts import Elided, button, clear, row, set_tone, text

NO_COLUMN = "Aucune colonne"
CHOOSE = "Choisir un modèle…"
REMEMBERED = "Ces colonnes seront proposées au prochain fichier de ce modèle."
PROPOSED = 0.3
"""Score from which the closest model is shown at once."""
EXAMPLES = 3


class MappingPanel(QFrame):
    """Model of a table, then a column for each of its fields; `asked` carries what the user said."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tables: tuple[Mappable, ...] = ()
        self._several = False
        self._entry: FileEntry | None = None
        self._choice: ModelChoice | None = None
        self._boxes: dict[str, QComboBox] = {}
        self._samples: dict[str, Elided] = {}
        self.setProperty("role", "card")
        self.title = text("Source à indiquer", "section")
        self.sheets = _combo("Feuille")
        self.models = _combo("Ce que contient le tableau")
        self.read = button("Lire avec ces colonnes", self._say)
        self.read.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.missing = text("", "second", wrap=True)
        self._sheet_name = text("Feuille", "label")
        self._fields = QGridLayout()
        self._lay_out()
        self.sheets.activated.connect(self._show_table)
        self.models.activated.connect(self._show_model)

    def _lay_out(self) -> None:
        top = QGridLayout()
        top.setHorizontalSpacing(12)
        top.setVerticalSpacing(8)
        top.addWidget(self._sheet_name, 0, 0)
        top.addWidget(self.sheets, 0, 1)
        top.addWidget(text("Ce tableau contient", "label"), 1, 0)
        top.addWidget(self.models, 1, 1)
        top.setColumnStretch(1, 1)
        inside = QWidget()
        inside.setLayout(self._fields)
        self._fields.setContentsMargins(0, 0, 8, 0)
        self._fields.setHorizontalSpacing(14)
        self._fields.setVerticalSpacing(6)
        self._fields.setColumnStretch(2, 1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Colonnes du tableau")
        self.area.setWidget(inside)
        for part in (inside, self.area.viewport()):
            part.setAutoFillBackground(False)  # the ground is that of the card
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        column.addLayout(row(self.missing, self.read, gap=12))

    # -- what is shown -------------------------------------------------------------------------------

    def show_entry(self, entry: FileEntry) -> None:
        """Ask about a file: its closest model is proposed, with the columns that look right."""
        if entry is self._entry and entry.tables is self._tables:
            return
        self._entry, self._tables = entry, entry.tables
        self._several = len(entry.tables) > 1
        known = entry.prepared is not None and entry.prepared.error is None
        self.title.setText("Colonnes du tableau" if known else "Source à indiquer")
        _fill(self.sheets, [(table.name, table) for table in entry.tables])
        for part in (self.sheets, self._sheet_name):
            part.setVisible(self._several)
        self._show_table()

    def _show_table(self) -> None:
        table = self._table()
        if table is None:
            return
        model = self._entry.prepared.model if self._entry and self._entry.prepared else ""
        choices = table.choices
        proposed = next((place for place, item in enumerate(choices) if item.code == model), None)
        if proposed is None and choices and choices[0].score >= PROPOSED:
            proposed = 0
        _fill(self.models, [(CHOOSE, None), *((item.label, item) for item in choices)])
        self.models.setCurrentIndex(0 if proposed is None else proposed + 1)
        self._show_model()

    def _show_model(self) -> None:
        """Show one line a field: its name, the column that holds it, what is in that column."""
        clear(self._fields)
        self._boxes, self._samples = {}, {}
        self._choice = self.models.currentData()
        table = self._table()
        if self._choice is None or table is None:
            self._refresh()
            return
        for place, name in enumerate(("Champ", "Colonne du fichier", "Exemples")):
            self._fields.addWidget(text(name, "second"), 0, place)
        columns = self._columns(self._choice)
        for line, field in enumerate(self._choice.fields, start=1):
            self._add_field(line, field, table, columns.get(field.code, ""))
        self._fields.setRowStretch(len(self._choice.fields) + 1, 1)
        self._refresh()

    def _columns(self, choice: ModelChoice) -> Mapping[str, str]:
        """Columns in force for the model already followed, else those that look right."""
        prepared = self._entry.prepared if self._entry else None
        if prepared is None or prepared.model != choice.code:
            return choice.columns
        if prepared.table is not None:
            return prepared.table.columns
        return {**choice.columns, **dict(prepared.given)}

    def _add_field(self, line: int, field: Field, table: Mappable, header: str) -> None:
        label = text(field.label + ("\u00a0*" if field.required else ""), "label")
        box = _combo(f"Colonne de «\u202f{field.label}\u202f»{' (obligatoire)' if field.required else ''}")
        _fill(box, [(NO_COLUMN, ""), *((name, name) for name in table.grid.headers)])
        box.setCurrentIndex(max(box.findData(header), 0))
        box.setMaximumWidth(self._theme.px(280))
        label.setBuddy(box)
        sample = Elided("", "second")
        box.currentIndexChanged.connect(self._refresh)
        self._boxes[field.code], self._samples[field.code] = box, sample
        for place, part in enumerate((label, box, sample)):
            self._fields.addWidget(part, line, place)

    def _refresh(self) -> None:
        """Examples of the columns chosen, what is still to say."""
        table = self._table()
        for code, box in self._boxes.items():
            header = str(box.currentData() or "")
            self._samples[code].setText(", ".join(_examples(table, header)) if table else "")
        lacking = self._lacking()
        for code, box in self._boxes.items():
            set_tone(box, "rouge" if code in {field.code for field in lacking} else "")
        self.read.setEnabled(self._choice is not None and not lacking)
        named = listing([f"«\u202f{field.label}\u202f»" for field in lacking])
        self.missing.setText(f"À indiquer\u202f: {named}." if lacking else REMEMBERED if self._choice else "")

    def _lacking(self) -> list[Field]:
        fields: Sequence[Field] = self._choice.fields if self._choice else ()
        return [field for field in fields if field.required and not self._boxes[field.code].currentData()]

    def _table(self) -> Mappable | None:
        found = self.sheets.currentData()
        return found if isinstance(found, Mappable) else None

    # -- what is said --------------------------------------------------------------------------------

    def choose(self, field: str, header: str) -> None:
        """Choose the column of a field, as the user would."""
        self._boxes[field].setCurrentIndex(max(self._boxes[field].findData(header), 0))

    def columns(self) -> dict[str, str]:
        """Header of each field that has one, and an empty one where a proposal was refused."""
        proposed = self._choice.columns if self._choice else {}
        chosen = {code: str(box.currentData() or "") for code, box in self._boxes.items()}
        return {code: header for code, header in chosen.items() if header or proposed.get(code)}

    def _say(self) -> None:
        table = self._table()
        if self._choice is None or table is None or self._entry is None:
            return
        part = self._entry.part or (table.name if self._several else "")
        self.asked.emit(Asked(self._choice.code, self.columns(), part, self._entry.asked.year))


class YearPanel(QFrame):
    """Asks for the year of the figures; `asked` carries it."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entry: FileEntry | None = None
        self.setProperty("role", "card")
        self.year = QLineEdit()
        self.year.setMaxLength(4)
        self.year.setFixedWidth(90)
        self.year.setPlaceholderText("2023")
        self.year.setAccessibleName("Année des données")
        label = text("Année des données", "label")
        label.setBuddy(self.year)
        self.read = button("Lire avec cette année", self._say)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addLayout(row(label, self.year, self.read, None, gap=12))
        self.year.textChanged.connect(self._refresh)
        self.year.returnPressed.connect(self._say)
        self._refresh()

    def show_entry(self, entry: FileEntry) -> None:
        """Ask about a file."""
        if entry is not self._entry:
            self._entry = entry
            self.year.clear()

    def _refresh(self) -> None:
        self.read.setEnabled(parse_year(self.year.text()) is not None)

    def _say(self) -> None:
        year = parse_year(self.year.text())
        if year is not None and self._entry is not None:
            asked = self._entry.asked
            self.asked.emit(Asked(asked.model, asked.columns, self._entry.part, year))


class _Choice(QComboBox):
    """A list that leaves the wheel to the panel that scrolls, unless it is open."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll."""
        event.ignore()


def _combo(name: str) -> QComboBox:
    box = _Choice()
    box.setAccessibleName(name)
    box.setMinimumContentsLength(18)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _fill(box: QComboBox, items: Sequence[tuple[str, object]]) -> None:
    """Replace the choices; the list is as wide as its longest text, whatever the width of the box."""
    box.blockSignals(True)
    box.clear()
    for name, data in items:
        box.addItem(name, data)
    metrics = QFontMetrics(box.font())
    widest = max((metrics.horizontalAdvance(name) for name, _ in items), default=0)
    box.view().setMinimumWidth(min(widest + 40, 560))
    box.blockSignals(False)


def _examples(table: Mappable, header: str) -> list[str]:
    """Return the first distinct texts of a column, on one line each."""
    found = dict.fromkeys(" ".join(cell.split()) for cell in table.grid.column(header) if cell)
    return list(found)[:EXAMPLES]

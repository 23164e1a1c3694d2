"""Catalogue: indicators by level and year, how well each is filled, and the definition of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.domain.dictionary import load_sources
from app.domain.french import plural
from app.domain.indicator import Indicator, ValueState
from app.progress import Progress
from app.services.rows import CatalogueRow
from ui.labels import KIND, LEVEL_MANY
from ui.models.table import Column
from ui.tasks import Task
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.views.page import Kit
from ui.widgets.parts import button, clear, row, scrolled, text

PANEL_WIDTH = 308
PANEL_COMPACT = 248


def _of_state(state: ValueState) -> Callable[[CatalogueRow], int]:
    return lambda line: dict(line.states).get(int(state), 0)


COLUMNS: tuple[Column[CatalogueRow], ...] = (
    Column("Indicateur", lambda line: line.indicator.short_label, hint=lambda line: line.indicator.label),
    Column("Niveau", lambda line: LEVEL_MANY[line.level]),
    Column("Année", lambda line: line.year, str, right=True),
    Column("Lignes", lambda line: line.count, right=True),
    Column("Valeurs", _of_state(ValueState.VALUE), right=True),
    Column("Zéros", _of_state(ValueState.ZERO), right=True),
    Column("n.d.", _of_state(ValueState.NO_DATA), right=True, hint=lambda _line: "pas de donnée"),
    Column("n.p.", _of_state(ValueState.NOT_PUBLISHED), right=True, hint=lambda _line: "non publié"),
    Column("s", _of_state(ValueState.MASKED), right=True, hint=lambda _line: "secret statistique"),
    Column("Source", lambda line: line.source),
)


def definition(indicator: Indicator) -> list[tuple[str, str]]:
    """What the panel says of an indicator: (name, text), without what is empty."""
    source = load_sources().get(indicator.source)
    said = [
        ("Définition", indicator.definition),
        ("Numérateur", indicator.numerator),
        ("Dénominateur", indicator.denominator),
        ("Unité", indicator.unit),
        ("Nature", KIND[indicator.kind] + (", calculé par l’application" if indicator.is_derived else "")),
        ("Source", f"{source.label}, {source.producer}" if source else indicator.source),
        ("Secret", indicator.masking),
        ("Depuis", indicator.valid_from),
    ]
    return [(name, words) for name, words in said if words]


class DefinitionPanel(QFrame):
    """Definition of one indicator."""

    def __init__(self, show_map: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = text("", "object", wrap=True)
        self.map = button("Voir sur la carte", show_map, icon="map")
        inside = QWidget()
        inside.setProperty("role", "surface")
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 6, 0)
        self._lines.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 10, 14)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.map)

    def show_indicator(self, indicator: Indicator) -> None:
        """Show another definition."""
        clear(self._lines)
        self.title.setText(indicator.label)
        for name, words in definition(indicator):
            self._lines.addWidget(text(name, "group"))
            shown = text(words, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._lines.addWidget(shown)
            self._lines.addSpacing(8)
        self._lines.addStretch(1)


class CatalogueView(SubPage):
    """Table of what is filled, and the definition at the right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.count = text("", "second")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer le catalogue")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(240)
        self.table = FittedTable(kit.theme, COLUMNS, "Catalogue des indicateurs", flexible=(0, 9))
        self.table.setProperty("role", "framed")
        self.panel = DefinitionPanel(self._show_map)
        self.panel.setFixedWidth(PANEL_WIDTH)
        self.empty = Empty(
            kit.theme,
            "table",
            "Aucune valeur dans cette base. Importez un premier fichier pour remplir le catalogue.",
            "Importer un fichier",
            self.import_files,
        )
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.filter.textChanged.connect(self._filter)

    def _lay_out(self) -> None:
        filled = QWidget()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(row(self.filter, self.count, None))
        left.addWidget(self.table, 1)
        both = QHBoxLayout(filled)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(self.panel)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """A narrower panel in a narrow window."""
        self.panel.setFixedWidth(PANEL_COMPACT if compact else PANEL_WIDTH)
        self.table.setColumnHidden(len(COLUMNS) - 1, compact)
        self.table.fit_columns()

    def reload(self) -> None:
        """Read the catalogue again."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.kit.runner.read(self._read, self._show)

    def _read(self, _progress: Progress) -> list[CatalogueRow]:
        return self.kit.services.indicators.catalogue()

    def _show(self, rows: Sequence[CatalogueRow]) -> None:
        self._reading = None
        self.stack.setCurrentIndex(0 if rows else 1)
        self.table.show_rows(rows)
        self._tell_count()
        if rows and self.table.current_row() is None:
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))

    def _filter(self, words: str) -> None:
        self.table.proxy.set_filter(words)
        self._tell_count()

    def _tell_count(self) -> None:
        shown, total = self.table.proxy.rowCount(), len(self.table.table.rows)
        self.count.setText(
            plural(total, "série") if shown == total else f"{shown} sur {plural(total, 'série')}"
        )

    def _chosen(self, line: CatalogueRow | None) -> None:
        if line is not None:
            self.panel.show_indicator(line.indicator)

    def _open(self, line: CatalogueRow) -> None:
        self.kit.context.set_year(line.year)
        self.kit.navigate("map", indicator=line.indicator.code, level=line.level)

    def _show_map(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._open(line)

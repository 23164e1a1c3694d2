"""The four lists of « Listes »: one table each, filtered, exported as shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.coverage import Answer
from app.domain.french import fold, plural, typographic
from ui import labels_equipment as words
from ui.models.table import Column
from ui.views.data_parts import FittedTable
from ui.views.map_lists_query import COMPLETE, INCOMPLETE, Shown, kinds_text
from ui.widgets.list_export import FILES, ListExportButton, choose_file, with_suffix
from ui.widgets.parts import Elided, row, text

if TYPE_CHECKING:
    from app.domain.coverage_basket import Basket
    from ui.theme import Theme
    from ui.views.map_lists_query import LicenceLine, ListsAnswer, QpvLine, WholeLine

TIGHT = 620
MANAGER = 3
"""Column of agréments that leaves first where room lacks."""
UNKNOWN = "non connu"
BASKET_WORDS = {Answer.YES: COMPLETE, Answer.NO: INCOMPLETE, Answer.UNKNOWN: UNKNOWN}
QPV_WORDS = {Answer.YES: "structure sur place", Answer.NO: "sans structure", Answer.UNKNOWN: UNKNOWN}
TITLES: dict[Shown, str] = {
    Shown.BASKET: "Panier de services parentalité",
    Shown.LICENCES: "Agréments à renouveler",
    Shown.QPV: "QPV et structures",
    Shown.WHOLE: "Listes déclarées complètes",
}
EMPTY: dict[Shown, str] = {
    Shown.BASKET: "Aucun EPCI dans ce territoire.",
    Shown.LICENCES: "Aucun agrément connu de centre social ou d’EVS ne se termine bientôt ici. Une date qui "
    "n’est pas saisie dans le registre ne peut pas être annoncée.",
    Shown.QPV: "Aucun QPV dans ce territoire\u202f: importez les zones dans Équipements, « Zones ».",
    Shown.WHOLE: "Aucune liste n’est déclarée complète\u202f: ce qui n’est pas dans le registre reste « non "
    "connu », jamais « absent ».",
}


def _tone(answer: Answer) -> str:
    return "ocre" if answer is Answer.NO else ""


def _delay(days: int) -> str:
    return f"terminé depuis {plural(-days, 'jour')}" if days <= 0 else f"dans {plural(days, 'jour')}"


BASKETS: tuple[Column[Basket], ...] = (
    Column("Territoire", lambda one: one.name),
    Column("Panier", lambda one: BASKET_WORDS[one.complete], tone=lambda one: _tone(one.complete)),
    Column("Présents", lambda one: kinds_text(one.present), absent="—"),
    Column("Absents", lambda one: kinds_text(one.absent), absent="—"),
    Column("Non connus", lambda one: kinds_text(one.unknown), absent="—"),
)
LICENCES: tuple[Column[LicenceLine], ...] = (
    Column("Structure", lambda line: line.title),
    Column("Type", lambda line: words.short_kind(line.kind)),
    Column("Commune", lambda line: line.commune),
    Column("Gestionnaire", lambda line: line.manager or None),
    Column("Fin d’agrément", lambda line: line.ends_on),
    Column("Délai", lambda line: line.days, text=_delay, tone=lambda line: words.licence_tone(line.days)),
)
QPVS: tuple[Column[QpvLine], ...] = (
    Column("QPV", lambda line: line.name),
    Column("Commune", lambda line: ", ".join(line.communes) or None),
    Column("Centre social ou EVS", lambda line: QPV_WORDS[line.answer], tone=lambda line: _tone(line.answer)),
)
WHOLES: tuple[Column[WholeLine], ...] = (
    Column("Liste", lambda line: line.label),
    Column("Territoire", lambda line: line.place),
    Column("Complète depuis le", lambda line: line.on),
    Column("Source", lambda line: line.source or None),
)
COLUMNS: dict[Shown, tuple[tuple[Column[Any], ...], tuple[int, ...]]] = {
    Shown.BASKET: (BASKETS, (4, 2, 3, 0)),
    Shown.LICENCES: (LICENCES, (0, 3, 2)),
    Shown.QPV: (QPVS, (0, 1)),
    Shown.WHOLE: (WHOLES, (3, 0, 1)),
}


class _List(FittedTable):
    """Lists of kinds are often short: their columns may be narrower than elsewhere."""

    LEAST = 66


def rows_of(answer: ListsAnswer, shown: Shown) -> Sequence[Any]:
    """Lines of a list."""
    return {
        Shown.BASKET: answer.baskets,
        Shown.LICENCES: answer.licences,
        Shown.QPV: answer.qpvs,
        Shown.WHOLE: answer.wholes,
    }[shown]


class ListTable(QWidget):
    """`chosen` carries the line under the cursor, or None; `opened` that of Entrée or a double click."""

    chosen = Signal(object)
    opened = Signal(object)
    export_asked = Signal(object, object, object)
    """Headers, rows as shown, path to write."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._answer: ListsAnswer | None = None
        self.ask_file = partial(choose_file, "Exporter la liste")
        self.setProperty("role", "surface")
        self.setProperty("zone", "list")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer")
        self.filter.setAccessibleName("Filtrer la liste (Ctrl+F)")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme.px(170))
        self.filter.setMinimumWidth(theme.px(70))
        self.filter.textChanged.connect(self._filter)
        self.count = Elided("", "hint")
        self.export = ListExportButton("Exporter la liste", self._export)
        self.empty = text("", "second", wrap=True)
        self.tables: dict[Shown, FittedTable] = {}
        self._stack = QStackedWidget()
        for shown, (columns, flexible) in COLUMNS.items():
            table = _List(theme, columns, TITLES[shown], flexible=flexible)
            table.chosen.connect(self.chosen)
            table.opened.connect(self.opened)
            self.tables[shown] = table
            self._stack.addWidget(table)
        bar = row(self.filter, self.count, self.export, gap=10)
        bar.setStretch(1, 1)
        bar.setContentsMargins(14, 6, 14, 6)
        self.empty.setContentsMargins(16, 4, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.empty)
        layout.addWidget(self._stack, 1)
        layout.addStretch(0)

    @property
    def shown(self) -> Shown:
        """The list on the page."""
        return self._answer.wish.shown if self._answer is not None else Shown.BASKET

    @property
    def table(self) -> FittedTable:
        """Its table."""
        return self.tables[self.shown]

    def show_answer(self, answer: ListsAnswer) -> None:
        """Show the list asked for."""
        self._answer = answer
        shown, table = answer.wish.shown, self.tables[answer.wish.shown]
        self._stack.setCurrentWidget(table)
        table.source_text = "\u202f; ".join(f"{label}\u202f: {said}" for label, said in self.sources())
        table.show_rows(rows_of(answer, shown))
        self.empty.setText(EMPTY[shown])
        self.empty.setVisible(not table.table.rows)
        self._stack.setVisible(bool(table.table.rows))
        self._filter()

    def select(self, code: str | None) -> Any:
        """Put the cursor on a territory of the basket; return its line."""
        proxy = self.table.proxy
        for place in range(proxy.rowCount()):
            line = proxy.row_at(proxy.index(place, 0))
            if getattr(line, "code", None) == code:
                if self.table.current_row() is not line:
                    self.table.setCurrentIndex(proxy.index(place, 0))
                return line
        return None

    def sources(self) -> list[tuple[str, str]]:
        """What the list rests on."""
        answer = self._answer
        if answer is None:
            return []
        told = [("Établi le", f"{answer.on:%d/%m/%Y}"), ("Offre", _offer(answer.wish.effective))]
        if answer.wish.shown is Shown.BASKET:
            told.append(("Règle", answer.rule.text()))
        if answer.wish.shown is not Shown.WHOLE:
            told.append(("« non connu »", "Le registre n’est pas complet ici : rien ne prouve une absence."))
        return [(label, typographic(said)) for label, said in told]

    def _filter(self, *_typed: object) -> None:
        table, words_ = self.table, fold(self.filter.text())
        table.proxy.set_filter(words_)
        held, seen = len(table.table.rows), table.proxy.rowCount()
        lines = plural(held, "ligne", "lignes")
        self.count.setText(lines if seen == held else f"{seen} sur {lines}")
        self.export.setEnabled(bool(seen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the export keeps its icon, and agréments do without the gestionnaire."""
        super().resizeEvent(event)
        tight = self.width() < self._theme.px(TIGHT)
        self.export.fold(tight)
        licences = self.tables[Shown.LICENCES]
        if licences.isColumnHidden(MANAGER) != tight:
            licences.setColumnHidden(MANAGER, tight)
            licences.fit_columns()

    def _export(self, kind: str) -> None:
        name = fold(TITLES[self.shown]).replace(" ", "-")
        chosen = self.ask_file(self, f"{name}.{kind}", f"{dict(FILES)[kind]} (*.{kind})")
        if chosen:
            proxy, columns = self.table.proxy, self.table.table.columns
            lines = [proxy.row_at(proxy.index(place, 0)) for place in range(proxy.rowCount())]
            rows = [[_cell(column, line) for column in columns] for line in lines]
            headers = [column.header for column in columns]
            self.export_asked.emit(headers, rows, with_suffix(chosen, kind))


def _cell(column: Column[Any], line: Any) -> object:
    """Dates stay dates; a delay is written with its unit."""
    value = column.value(line)
    return column.shown(line) if isinstance(value, int) else value


def _offer(effective: bool) -> str:
    return "effective, sans les structures suspendues" if effective else "nominale"

"""Every diagnostic of the base, and the line that makes a new one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.diagnostic import DiagnosticStatus
from app.domain.diagnostic_models import WHOLE, diagnostic_models
from app.domain.french import NBSP, plural
from app.domain.territory import Level
from ui.errors import sentence
from ui.labels_diagnostic import STATUS
from ui.models.table import Column
from ui.views import diagnostic_calls as calls
from ui.views.data_parts import Empty, FittedTable, SubPage, tell
from ui.widgets.parts import Banner, button, row, text

if TYPE_CHECKING:
    from app.changes import Changes
    from app.domain.errors import DomainError
    from app.progress import Progress
    from app.services import Services
    from app.services.diagnostics_rows import DiagnosticRow
    from ui.tasks import Task
    from ui.views.page import Kit

MAIN = "couv_global"
LATEST = "la plus récente"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows: diagnostics, territories and years offered for a new one."""

    rows: tuple[tuple[DiagnosticRow, int | None, tuple[str, ...]], ...]
    """Diagnostic, year of its options, its départements."""
    epcis: tuple[tuple[str, str], ...]
    years: tuple[int, ...]


Row = tuple["DiagnosticRow", "int | None", tuple[str, ...]]
COLUMNS: tuple[Column[Row], ...] = (
    Column("Territoire", lambda row: row[0].epci, hint=lambda row: row[0].epci),
    Column("Titre", lambda row: row[0].title, hint=lambda row: row[0].title),
    Column("Année", lambda row: row[1], str, right=True, absent=LATEST),
    Column(
        "État", lambda row: STATUS[row[0].status],
        tone=lambda row: "vert" if row[0].status is DiagnosticStatus.VALIDATED else "encre",
    ),
    Column("Versions", lambda row: row[0].versions, right=True),
    Column("Créé le", lambda row: row[0].created_at.date()),
)  # fmt: skip


def read_list(services: Services, _progress: Progress) -> Listed:
    """Read diagnostics and what a new one may be about."""
    service, reference = services.diagnostics, services.territory.reference
    rows = tuple(
        (found, service.detail(found.uuid).options.year, reference.epci(found.code_epci).departements)
        for found in service.rows()
    )
    epcis = tuple((epci.code, epci.name) for epci in services.territory.epcis())
    return Listed(rows, epcis, tuple(reversed(services.indicators.years(MAIN, Level.EPCI))))


class ListView(SubPage):
    """`opened` carries the key of a diagnostic to edit."""

    opened = Signal(str)
    batch_asked = Signal()
    trace_asked = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._waiting = False
        self.banner = Banner()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filtrer les diagnostics")
        self.filter.setAccessibleName("Filtrer les diagnostics")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(260)
        self.count = text("", "second")
        self.table = FittedTable(kit.theme, COLUMNS, "Diagnostics", flexible=(0, 1))
        self.table.setProperty("role", "framed")
        self.epci = _combo("Territoire du nouveau diagnostic", 26)
        self.model = _combo("Modèle du nouveau diagnostic", 16)
        self.year = _combo("Année des chiffres du nouveau diagnostic", 12)
        for found in diagnostic_models():
            self.model.addItem(found.label, found.code)
        self.create_button = button("Nouveau diagnostic", self.create_one, icon="plus", role="primary")
        self.open_button = button("Ouvrir", self.open_current, icon="pencil")
        self.remove_button = button("Supprimer", self.remove, icon="trash")
        self._lay_out()
        self.table.opened.connect(lambda row: self.opened.emit(row[0].uuid))
        self.table.chosen.connect(self._chosen)
        self.filter.textChanged.connect(self._filter)
        self._keys()
        self._chosen(None)

    def _lay_out(self) -> None:
        batch = button("Un livret par EPCI…", self.batch_asked.emit, icon="stack-2")
        trace = button("Tracer un PDF…", self.trace_asked.emit, icon="search")
        filled = QWidget()
        inner = QVBoxLayout(filled)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addLayout(row(self.filter, self.count, None, self.open_button, self.remove_button))
        inner.addWidget(self.table, 1)
        self.empty = Empty(
            self.theme,
            "report-analytics",
            "Aucun diagnostic. Le premier se fait en un clic\u202f: le livret complet du territoire, "
            "sourcé, que vous relisez et complétez ensuite.",
            "Nouveau diagnostic",
            self.create_one,
        )
        self.empty.sentence.setMinimumHeight(self.empty.sentence.heightForWidth(440))
        self.stack = QStackedWidget()
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(row(text("Diagnostics", "title"), None, trace, batch))
        layout.addWidget(self.banner)
        layout.addLayout(row(self.epci, self.model, self.year, self.create_button, None))
        layout.addWidget(self.stack, 1)

    def _keys(self) -> None:
        for keys, action in (("Del", self.remove), ("F2", self.open_current)):
            made = QShortcut(QKeySequence(keys), self.table)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(action)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.filter.setFocus)
        clear = QShortcut(QKeySequence("Escape"), self.filter)
        clear.setContext(Qt.ShortcutContext.WidgetShortcut)
        clear.activated.connect(self.filter.clear)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        self._reading = self.kit.runner.read(partial(read_list, self.kit.services), self._show)

    def _show(self, listed: Listed) -> None:
        context = self.kit.context.value
        rows = [row for row in listed.rows if context.departement is None or context.departement in row[2]]
        rows = [row for row in rows if context.epci in (None, row[0].code_epci)]
        current = self.table.current_row()
        self.table.show_rows(rows)
        self._choose(current[0].uuid if current is not None else "")
        self.stack.setCurrentIndex(0 if rows else 1)
        writable = not self.kit.services.base.read_only
        self.create_button.setEnabled(writable)
        self.create_button.setVisible(bool(rows))
        self.empty.verb.setEnabled(writable)
        _fill(self.epci, listed.epcis, context.epci or self.epci.currentData())
        years = [("", f"Année{NBSP}: {LATEST}"), *((str(y), f"Année{NBSP}{y}") for y in listed.years)]
        _fill(self.year, years, str(context.year) if context.year in listed.years else "")
        self._count()
        if self._waiting:
            self._waiting = False
            self.create_one()

    def _choose(self, uuid: str) -> None:
        """Keep the same line chosen, the first one by default."""
        for place in range(self.table.proxy.rowCount()):
            index = self.table.proxy.index(place, 0)
            if place == 0 or self.table.proxy.row_at(index)[0].uuid == uuid:
                self.table.setCurrentIndex(index)

    def _filter(self, typed: str) -> None:
        self.table.proxy.set_filter(typed)
        self._count()

    def _count(self) -> None:
        shown, total = self.table.proxy.rowCount(), self.table.table.rowCount()
        self.count.setText(
            f"{shown} sur {total}" if self.filter.text() else plural(total, "diagnostic", "diagnostics")
        )

    def _chosen(self, chosen: Row | None) -> None:
        self.open_button.setEnabled(chosen is not None)
        self.remove_button.setEnabled(chosen is not None and not self.kit.services.base.read_only)

    # -- acting ------------------------------------------------------------------------------------------

    def start_new(self) -> None:
        """Ctrl+N."""
        self.create_one()

    def create_one(self) -> None:
        """Make the diagnostic of the territory shown, and open it."""
        code = self.epci.currentData()
        if code and not self.kit.services.base.read_only:
            year = int(self.year.currentData()) if self.year.currentData() else None
            model = self.model.currentData() or WHOLE
            call = partial(calls.create, self.kit.services, code, model, year)
            self.kit.runner.write(call, self._created, refused=self._refused)

    def create_when_read(self) -> None:
        """Make it once territories are offered."""
        self._waiting = True

    def _created(self, made: tuple[str, Changes]) -> None:
        self.banner.hide()
        self.opened.emit(made[0])
        self.kit.hub.changed.emit(made[1])

    def open_current(self) -> None:
        """Edit the diagnostic chosen."""
        chosen = self.table.current_row()
        if chosen is not None:
            self.opened.emit(chosen[0].uuid)

    def remove(self) -> None:
        """Delete the diagnostic chosen; Ctrl+Z brings it back with its versions."""
        chosen = self.table.current_row()
        if chosen is not None and not self.kit.services.base.read_only:
            call = partial(calls.remove, self.kit.services, chosen[0].uuid)
            self.kit.runner.write(call, self._removed, refused=self._refused)

    def _removed(self, changes: Changes) -> None:
        self.kit.notify("Diagnostic supprimé. Ctrl+Z le rétablit.")
        self.kit.hub.changed.emit(changes)

    def _refused(self, error: DomainError) -> None:
        tell(self.banner, sentence(error), "rouge")


def _combo(name: str, letters: int) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(letters)
    return made


def _fill(box: QComboBox, choices: tuple[tuple[str, str], ...] | list[tuple[str, str]], code: str) -> None:
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(code), 0))

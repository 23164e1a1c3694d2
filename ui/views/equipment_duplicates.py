"""« Doublons »: pairs that may be one service, why, both side by side, and three verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import NBSP, number, plural, short_date
from ui import labels_equipment as words
from ui.errors import sentence
from ui.labels_register import DUPLICATE_REASONS, STATUS
from ui.models.table import Column
from ui.views.data_parts import Empty, FittedTable, SubPage
from ui.views.equipment_parts import Beside, quiet
from ui.widgets.parts import Banner, button, clear, row, scrolled, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.register_rows import DuplicateRow, EquipmentRow
    from ui.context import Context
    from ui.tasks import Task
    from ui.views.page import Kit

WIDTH, WIDTH_COMPACT = 460, 360


def reasons_words(pair: DuplicateRow) -> str:
    """« noms proches, à moins de 150 m »."""
    return ", ".join(DUPLICATE_REASONS.get(code, code) for code in pair.reasons)


def _title(line: EquipmentRow) -> str:
    return words.title_of(line.name, line.site, line.kind, line.commune)


def _distance(kilometres: float) -> str:
    return f"{number(kilometres, 2)}{NBSP}km"


COLUMNS: tuple[Column[DuplicateRow], ...] = (
    Column("Premier", lambda pair: _title(pair.first)),
    Column("Second", lambda pair: _title(pair.second)),
    Column("Type", lambda pair: words.short_kind(pair.first.kind)),
    Column("Commune", lambda pair: pair.first.commune),
    Column("Pourquoi", reasons_words),
    Column("Distance", lambda pair: pair.distance_km, text=_distance, right=True),
)
FACTS: tuple[tuple[str, Callable[[EquipmentRow], str]], ...] = (
    ("Nom", lambda line: line.name or words.UNNAMED),
    ("Type", lambda line: words.short_kind(line.kind)),
    ("Statut", lambda line: STATUS[line.status]),
    ("Site", lambda line: line.site or "n.d."),
    ("Gestionnaire", lambda line: line.manager or "n.d."),
    ("Places agréées", lambda line: words.count_or_absent(line.licensed)),
    ("Places ouvertes", lambda line: words.opened_words(line.opened, line.opened_unknown)),
    ("Fin d’agrément", lambda line: short_date(line.licence_to) if line.licence_to else "n.d."),
    ("Emplacement", lambda line: "exact" if line.precise else "centre de la commune"),
    ("Source", lambda line: words.source_words(line.source, line.source_year) or "n.d."),
)


class DuplicatesView(SubPage):
    """List on the left, the pair chosen on the right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.banner = Banner()
        self.count = text("", "second")
        self.table = FittedTable(kit.theme, COLUMNS, "Doublons probables", flexible=(0, 1, 4))
        self.table.setProperty("role", "framed")
        self.panel = PairPanel(kit, self)
        self.empty = Empty(
            kit.theme, "circle-check", "Aucun doublon probable dans ce territoire.", "Ouvrir le registre",
            partial(kit.navigate, "equipment", tab="register"),
        )  # fmt: skip
        listed = QWidget()
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.banner)
        left.addLayout(row(self.count, None))
        left.addWidget(self.table, 1)
        self.beside = Beside(kit.theme, listed, self.panel)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.beside)
        self.stack.addWidget(self.empty)
        self.table.chosen.connect(self.panel.show_pair)
        self.table.opened.connect(lambda pair: self.open(pair.first.uuid))
        self.set_compact(False, False)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """A narrower panel in a narrow window."""
        self.panel.setFixedWidth(min(self.theme.px(WIDTH_COMPACT if compact else WIDTH), 520))

    def reload(self) -> None:
        """Read the pairs of the territory again."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.kit.context.value)
        self._reading = self.kit.runner.read(call, self._show, refused=self._refuse)

    def _show(self, pairs: Sequence[DuplicateRow]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.stack.setCurrentIndex(0 if pairs else 1)
        self.table.show_rows(pairs)
        self.count.setText(plural(len(pairs), "doublon probable", "doublons probables"))
        if pairs:
            self.table.setCurrentIndex(self.table.proxy.index(min(place, len(pairs) - 1), 0))

    def open(self, uuid: str) -> None:
        """Show one of the two in the register."""
        self.kit.navigate("equipment", equipment=uuid)

    def unite(self, kept: str, gone: str) -> None:
        """Make one of the two."""
        self._write(self.kit.services.register.unite, kept, gone)

    def set_apart(self, first: str, second: str) -> None:
        """Say that they are two."""
        self._write(self.kit.services.register.set_apart, first, second)

    def _write(self, method: Callable[[str, str], Changes], first: str, second: str) -> None:
        call = quiet(method, first, second)
        self.kit.runner.write(call, self._written, refused=self._refuse)

    def _written(self, changes: Changes) -> None:
        self.banner.hide()
        self.kit.hub.changed.emit(changes)

    def _refuse(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")


class PairPanel(QFrame):
    """Both services side by side; what differs is in bold."""

    def __init__(self, kit: Kit, view: DuplicatesView) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Comparer les deux équipements")
        self.kit = kit
        self._view = view
        self.pair: DuplicateRow | None = None
        self.why = text("", "second", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        for place in (1, 2):
            self._grid.setColumnStretch(place, 1)
        self.keep_first = button(
            "Réunir, garder le premier", self._keep_first, icon="git-merge", role="primary"
        )
        self.keep_second = button("Réunir, garder le second", self._keep_second, icon="git-merge")
        self.two = button("Ce sont deux équipements", self._two, icon="unlink")
        inside = QWidget()
        inside.setProperty("role", "surface")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 6, 0)
        lines.addLayout(self._grid)
        lines.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(text("Est-ce le même\u202f?", "object"))
        column.addWidget(self.why)
        column.addWidget(scrolled(inside), 1)
        for verb in (self.keep_first, self.keep_second, self.two):
            column.addWidget(verb)
        column.addWidget(
            text("Réunir garde ce que l’un sait et que l’autre ignore. Ctrl+Z annule.", "hint", wrap=True)
        )

    def show_pair(self, pair: DuplicateRow | None) -> None:
        """Show another pair."""
        if pair is None:
            return
        self.pair = pair
        self.why.setText(f"{reasons_words(pair).capitalize()}.")
        clear(self._grid)
        for place, line in enumerate((pair.first, pair.second), start=1):
            head = button("Ouvrir", partial(self._view.open, line.uuid), role="link")
            head.setAccessibleName(f"Ouvrir {_title(line)}")
            self._grid.addWidget(head, 0, place)
        for rank, (label, read) in enumerate(FACTS, start=1):
            first, second = read(pair.first), read(pair.second)
            self._grid.addWidget(text(label, "hint"), rank, 0)
            for place, said in ((1, first), (2, second)):
                self._grid.addWidget(text(said, "" if first == second else "strong", wrap=True), rank, place)

    def _keep_first(self) -> None:
        if self.pair is not None:
            self._view.unite(self.pair.first.uuid, self.pair.second.uuid)

    def _keep_second(self) -> None:
        if self.pair is not None:
            self._view.unite(self.pair.second.uuid, self.pair.first.uuid)

    def _two(self) -> None:
        if self.pair is not None:
            self._view.set_apart(self.pair.first.uuid, self.pair.second.uuid)


def in_territory(line: EquipmentRow, context: Context) -> bool:
    """Tell whether a service is in the territory of the context."""
    if context.commune:
        return line.code_commune == context.commune
    if context.epci and line.code_epci != context.epci:
        return False
    return not context.departement or line.code_commune.startswith(context.departement)


def _read(services: Services, context: Context, _progress: Progress) -> list[DuplicateRow]:
    return [pair for pair in services.register.duplicates() if in_territory(pair.first, context)]

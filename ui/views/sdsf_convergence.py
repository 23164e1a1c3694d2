"""Axes of the SDSF by EPCI: number of fiches action, blind spots, and what stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.cascade import CascadeNode, Matrix, Orphans
from app.domain.french import plural, typographic
from ui.models.table import Column
from ui.views import sdsf_calls as calls
from ui.views.data_parts import Empty, SubPage
from ui.views.page import Kit
from ui.views.sdsf_matrix import CLASSES, ClassWords, MatrixTable, broken
from ui.widgets.mini_map import MiniMap, MiniMapView, mini_map
from ui.widgets.parts import clear, fictitious, row, scrolled, text
from ui.widgets.table_view import Table

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from ui.tasks import Task

SIDE_WIDTH = 290


@dataclass(frozen=True, slots=True)
class AxisRow:
    """One axis with the number of its fiches in each Epci, in the order of the columns."""

    axis: CascadeNode
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Convergence:
    """What the sub-page shows; names of the Epci in the order of the matrix."""

    matrix: Matrix
    names: tuple[str, ...]
    orphans: Orphans
    short: dict[str, str]
    departement: str
    name: str
    """Of the département."""


class ConvergenceView(SubPage):
    """The matrix, the fiches of the cell chosen, the orphans."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self.shown: Convergence | None = None
        self._axis = ""
        self.table: Table | None = None
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.note = text("", "second", wrap=True)
        self.map = MiniMapView(kit.theme)
        self.map.setFixedHeight(kit.theme.px(170))
        self.map.hide()
        self.map.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table says the same, cell by cell
        self.map.unsetCursor()
        self.classes = ClassWords(kit.theme)
        self.classes.hide()
        self._mapping: Task | None = None
        self.map_title = text("", "group", wrap=True)
        self.side = QVBoxLayout()
        self.side.setSpacing(4)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(14, 12, 14, 14)
        whole.setSpacing(8)
        whole.addWidget(self.map_title)
        whole.addWidget(self.map)
        whole.addWidget(self.classes)
        whole.addLayout(self.side, 1)
        self._side = scrolled(inside)
        self._side.setFixedWidth(self.theme.px(SIDE_WIDTH))
        filled = QWidget()
        both = QHBoxLayout(filled)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.note)
        left.addLayout(self._place, 1)
        both.addLayout(left, 1)
        both.addWidget(self._side)
        self.empty = Empty(
            self.theme,
            "sitemap",
            "Aucun axe de SDSF dans ce département : saisissez le schéma, ses axes se croiseront ici "
            "avec les EPCI.",
            "Ouvrir le schéma",
            partial(self.kit.navigate, "sdsf", tab="scheme"),
        )
        self.stack = QStackedLayout(self)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)

    def set_compact(self, compact: bool, low: bool) -> None:  # noqa: ARG002
        """A narrower side in a narrow window."""
        self._side.setFixedWidth(self.theme.px(230 if compact else SIDE_WIDTH))

    def reload(self) -> None:
        """Read the matrix of the département shown."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.kit.context.value.departement)
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, shown: Convergence) -> None:
        self.shown = shown
        self._axis = ""
        self.stack.setCurrentIndex(0 if shown.matrix.axes else 1)
        rows = [
            AxisRow(axis, counts) for axis, counts in zip(shown.matrix.axes, shown.matrix.counts, strict=True)
        ]
        self._build_table(shown)
        assert self.table is not None
        self.table.show_rows(rows)
        blind = sum(1 for line in rows for count in line.counts if count == 0)
        self.note.setText(
            typographic(
                f"{shown.name} : nombre de fiches action par axe et par EPCI, "
                f"{plural(blind, 'case vide', 'cases vides')} sur {len(rows) * len(shown.names)}. "
                "Une fiche compte une fois par axe."
            )
        )
        self._show_side(None)
        if shown.matrix.axes:
            self.show_axis(shown.matrix.axes[0].uuid)

    def _build_table(self, shown: Convergence) -> None:
        clear(self._place)
        columns: list[Column[AxisRow]] = [
            Column(
                "Axe",
                lambda line: f"{line.axis.number}. {line.axis.label}",
                hint=lambda line: line.axis.label,
            )
        ]
        columns += [
            Column(broken(name), partial(_count, place), right=True, tone=partial(_tone, place))
            for place, name in enumerate(shown.names)
        ]
        made = MatrixTable(self.theme, columns, "Axes du SDSF par EPCI, nombre de fiches")
        made.setProperty("role", "framed")
        made.setSelectionBehavior(Table.SelectionBehavior.SelectItems)
        made.horizontalHeader().setStretchLastSection(False)
        made.selectionModel().currentChanged.connect(self._cell_chosen)
        self.table = made
        self._place.addWidget(made)

    def _cell_chosen(self, *_indexes: object) -> None:
        if self.table is None or self.shown is None or not self.table.currentIndex().isValid():
            return
        index = self.table.currentIndex()
        line = self.table.proxy.row_at(index)
        self._show_side((line.axis, index.column() - 1))
        self.show_axis(line.axis.uuid)

    def show_axis(self, uuid: str) -> None:
        """Draw how many fiches answer an axis in each EPCI."""
        if self.shown is None or uuid == self._axis:
            return
        self._axis = uuid
        place = [axis.uuid for axis in self.shown.matrix.axes].index(uuid)
        axis, counts = self.shown.matrix.axes[place], self.shown.matrix.counts[place]
        covered = sum(1 for count in counts if count)
        self.map_title.setText(
            typographic(f"{axis.label} : {plural(covered, 'EPCI', 'EPCI')} sur {len(counts)} avec une fiche")
        )
        if self._mapping is not None and self._mapping.running:
            self._mapping.cancel()
        call = partial(_read_map, self.kit.services, self.shown.departement, self.shown.matrix.epcis, counts)
        self._mapping = self.kit.runner.read(call, partial(self._show_map, counts))

    def _show_map(self, counts: tuple[int, ...], drawn: MiniMap) -> None:
        self.map.show_map(drawn)
        self.map.setAccessibleName(f"Carte, {self.map_title.text()}")
        self.classes.show_map(drawn, counts)
        self.classes.show()

    def _show_side(self, cell: tuple[CascadeNode, int] | None) -> None:
        clear(self.side)
        if self.shown is None:
            return
        if cell is not None and cell[1] >= 0:
            self._show_cell(cell[0], cell[1])
        self._show_orphans(self.shown)
        self.side.addStretch(1)

    def _show_cell(self, axis: CascadeNode, place: int) -> None:
        assert self.shown is not None
        code = self.shown.matrix.epcis[place]
        fiches = self.shown.matrix.fiches[axis.uuid, code]
        self.side.addWidget(text(f"{axis.label}, {self.shown.names[place]}", "section", wrap=True))
        if not fiches:
            self.side.addWidget(
                text("Angle mort : aucune fiche ne répond à cet axe ici.", "second", wrap=True)
            )
        self._list(fiches)
        self.side.addSpacing(12)

    def _show_orphans(self, shown: Convergence) -> None:
        self.side.addWidget(text("Orphelins", "section"))
        objectives = shown.orphans.objectives
        if not objectives and not shown.orphans.fiches:
            self.side.addWidget(
                text("Aucun objectif saisi dans le schéma, aucune fiche isolée.", "second", wrap=True)
            )
        for node, missing in objectives:
            names = ", ".join(shown.short[code] for code in missing)
            self.side.addWidget(
                text(typographic(f"{node.number} {node.label} : sans fiche pour {names}"), wrap=True)
            )
        if shown.orphans.fiches:
            self.side.addSpacing(6)
            self.side.addWidget(text("Fiches sans objectif du SDSF", "group"))
            self._list(shown.orphans.fiches)

    def _list(self, fiches: Sequence[CascadeNode]) -> None:
        for node in fiches:
            label = text(f"{node.number} {node.label}", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            line = row(label, *([fictitious()] if node.fictitious else []))
            line.setStretch(0, 1)
            self.side.addLayout(line)


def _count(place: int, line: AxisRow) -> int:
    return line.counts[place]


def _tone(place: int, line: AxisRow) -> str:
    return "" if line.counts[place] else "ocre"


def _read(services: Services, departement: str | None, _progress: Progress) -> Convergence:
    code = calls.place(services, departement)
    matrix = services.cascade.matrix(code)
    reference = services.territory.reference
    short = {epci: reference.epci(epci).short_name for epci in matrix.epcis}
    names = tuple(short[epci] for epci in matrix.epcis)
    return Convergence(
        matrix, names, services.cascade.orphans(code), short, code, reference.departement(code).name
    )


def _read_map(
    services: Services, departement: str, epcis: tuple[str, ...], counts: tuple[int, ...], _progress: Progress
) -> MiniMap:
    """Draw counts in three classes: none, one or two, three and more."""
    import numpy as np

    from app.domain.indicator import Direction, Indicator, Kind, Series, ValueState
    from app.domain.territory import Level
    from maps.build import build_choropleth
    from maps.choropleth import Mark
    from maps.scope import narrowed

    indicator = Indicator(
        "sdsf_fiches", "Fiches action par axe", "Fiches", "", "", "", "", "fiches", 0, Kind.STOCK,
        Direction.NONE, "", "", "",
    )  # fmt: skip
    states = [int(ValueState.VALUE if count else ValueState.ZERO) for count in counts]
    series = Series(
        indicator, Level.EPCI, 0, epcis, np.array(counts, dtype=float), np.array(states, dtype=np.uint8)
    )
    fond = narrowed(services.outlines.fond(), epcis, departement)
    drawn = build_choropleth(
        fond, series, level=Level.EPCI, mark=Mark.AREA, method="manual",
        bounds=(*(low for low, _high, _words in CLASSES), max(4, *(count + 1 for count in counts))),
    )  # fmt: skip
    return mini_map(drawn, tuple("" for _ in drawn.layer.codes))

"""« Conformité »: twelve points of the schéma with their evidence, and what communes owe by their size."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.conformity import PointState
from app.domain.french import number, plural, short_date, typographic
from ui.labels_ctg import POINT_STATE
from ui.models.grid import EditColumn
from ui.models.table import Column
from ui.views.ctg_columns import choice_column, text_column
from ui.views.ctg_duties import DutiesCard
from ui.views.ctg_lists import FittedGrid
from ui.views.ctg_tab import CtgTab
from ui.widgets.parts import Picture, button, clear, icon_button, row, scrolled, text
from ui.widgets.state_cell import StateDelegate

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import ConformityRow, ConformityState, DocumentRow
    from ui.views.page import Kit

SIDE, SIDE_COMPACT = 330, 290
SHAPE = {
    PointState.MET: ("circle-check", "vert"),
    PointState.PARTIAL: ("circle-half-2", "ocre"),
    PointState.MISSING: ("circle-dashed", "texte3"),
}
KINDS = {"action": "Fiche", "document": "Document", "finding": "Constat", "node": "Objectif"}


@dataclass(frozen=True, slots=True)
class ConformityRead:
    """The checklist, and what may be an evidence: (kind, key, words)."""

    state: ConformityState
    choices: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One point as shown; uuid is the code of the point, known before anything is written."""

    uuid: str
    rank: int
    label: str
    state: PointState
    comment: str
    checked_on: datetime.date | None
    evidence: tuple[tuple[str, str, str, str], ...]
    row: ConformityRow


def _evidence(held: Line) -> str:
    return ", ".join(words for _, _, _, words in held.evidence if words)


COLUMNS: tuple[Column[Any], ...] = (
    Column("N°", lambda held: held.rank, right=False),
    Column("Point du schéma", lambda held: held.label, hint=lambda held: held.row.point.question),
    choice_column("state", "État", POINT_STATE),
    text_column("comment", "Où, comment"),
    Column("Preuves", lambda held: len(held.evidence), hint=_evidence),
    EditColumn("Vérifié le", lambda held: held.checked_on, absent=""),
)


class ConformityTab(CtgTab):
    """The twelve points at the left; the point chosen, then the duties, at the right."""

    action_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.documents: tuple[DocumentRow, ...] = ()
        self.read: ConformityRead | None = None
        self.mark = Picture("circle-dashed", "texte3", 20)
        self.verdict = text("", "object", wrap=True)
        self.grid = FittedGrid(kit.theme, COLUMNS, "Douze points du schéma", flexible=(3, 1))
        self.grid.setProperty("role", "framed")
        self.grid.setItemDelegateForColumn(2, _StateChoice(self.grid))
        self.grid.edited.connect(self._edited)
        self.grid.refused.connect(lambda found: self.banner.say(found[0].sentence, "rouge"))
        self.grid.chosen.connect(lambda _row: self._show_point())
        self.title = text("", "section", wrap=True)
        self.question = text("", "second", wrap=True)
        self.evidence = QVBoxLayout()
        self.choice = QComboBox()
        self.choice.setAccessibleName("Preuve à relier")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self.link_button = button("Relier", self.link, icon="link")
        self.duties = DutiesCard(kit.theme)
        self._lay_out()
        self.set_compact(False, False)

    def _lay_out(self) -> None:
        verdict = row(self.mark, self.verdict, gap=10)
        verdict.setStretch(1, 1)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.grid, 1)
        self._side = QWidget()
        self._side.setProperty("role", "surface")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(14, 12, 14, 12)
        side.setSpacing(8)
        self.evidence.setSpacing(2)
        choose = row(self.choice, self.link_button)
        choose.setStretch(0, 1)
        for item in (self.title, self.question, text("Preuves", "label")):
            side.addWidget(item)
        side.addLayout(self.evidence)
        side.addLayout(choose)
        side.addSpacing(10)
        side.addWidget(self.duties)
        side.addStretch(1)
        self._scroll = scrolled(self._side)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addWidget(self._scroll)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addWidget(self.banner)
        self._column.addLayout(verdict)
        self._column.addLayout(both, 1)

    def set_compact(self, compact: bool, low: bool) -> None:
        """A narrower side, without the date in the table: it is in the side."""
        self._scroll.setFixedWidth(self.theme.px(SIDE_COMPACT if compact else SIDE))
        side = 12 if low else 20
        self._column.setContentsMargins(side, 10 if low else 14, side, 12)
        self.grid.setColumnHidden(5, compact)
        self.grid.fit_columns()

    # -- reading -------------------------------------------------------------------------------------

    def call(self) -> Callable[[Progress], ConformityRead] | None:
        """The twelve points, and what may prove them."""
        return partial(_read, self.kit.services, self.uuid, self.documents)

    def show_read(self, read: ConformityRead) -> None:
        """Show the verdict, the points, the duties."""
        self.read = read
        state = read.state
        icon, token = SHAPE[PointState.MET if state.stands_for_schema else PointState.PARTIAL]
        self.mark.change(icon, token)
        stands = "tient lieu de schéma pluriannuel" if state.stands_for_schema else (
            "ne tient pas encore lieu de schéma pluriannuel"
        )  # fmt: skip
        met = plural(state.met, "point justifié", "points justifiés")
        self.verdict.setText(typographic(f"{met} sur {len(state.rows)} : la CTG {stands}"))
        self.grid.show_rows([_line(held) for held in state.rows])
        if not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.grid.proxy.index(0, 2))
        self.choice.clear()
        for kind, uuid, words in read.choices:
            self.choice.addItem(f"{KINDS[kind]}, {words}", (kind, uuid))
        self.link_button.setEnabled(bool(read.choices))
        self.duties.show_duties(state.duties)
        self._show_point()

    def _show_point(self) -> None:
        held: Line | None = self.grid.current_row()
        clear(self.evidence)
        self.title.setText(f"{held.rank}. {held.label}" if held is not None else "")
        if held is None:
            return
        said_on = f" Vérifié le {short_date(held.checked_on)}." if held.checked_on else ""
        self.question.setText(typographic(f"{held.row.point.question}{said_on}"))
        for uuid, kind, target, words in held.evidence:
            self.evidence.addLayout(self._proof(uuid, kind, target, words))
        if not held.evidence:
            self.evidence.addWidget(text("Aucune preuve reliée.", "hint"))

    def _proof(self, uuid: str, kind: str, target: str, words: str) -> QHBoxLayout:
        shown = f"{KINDS.get(kind, '')}, {words}".strip(", ") or "lien"
        cut = icon_button("unlink", f"Retirer la preuve\u202f: {words}", partial(self.unlink, uuid))
        if kind == "action":
            made = button(shown, partial(self.action_asked.emit, target), role="link")
            made.setToolTip(words)
            return row(made, None, cut)
        label = text(shown, wrap=True)
        held = row(label, cut)
        held.setStretch(0, 1)
        held.setAlignment(cut, Qt.AlignmentFlag.AlignTop)
        return held

    # -- writing -------------------------------------------------------------------------------------

    def _edited(self, edits: list[Any]) -> None:
        for edit in edits:
            held: Line = edit.row
            state = edit.value if edit.column == "state" else held.state
            comment = edit.value if edit.column == "comment" else held.comment
            self.write(partial(_set, self.kit.services, self.uuid, held.uuid, state, comment))

    def link(self) -> None:
        """Link the evidence chosen to the point."""
        held: Line | None = self.grid.current_row()
        target = self.choice.currentData()
        if held is not None and target is not None:
            self.write(partial(_link, self.kit.services, self.uuid, held.row, *target))

    def unlink(self, uuid: str) -> None:
        """Remove an evidence."""
        self.write(partial(_unlink, self.kit.services, uuid))


class _StateChoice(StateDelegate):
    """Draws the shape of a state, and offers the three words."""

    def __init__(self, grid: FittedGrid) -> None:
        super().__init__(grid, lambda held: SHAPE[held.state])
        self._cells: Any = grid.itemDelegate()

    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        """A list of the three words."""
        made: QWidget = self._cells.createEditor(parent, option, index)
        return made

    def setEditorData(self, editor: QWidget, index: Any) -> None:
        """Show the present word."""
        self._cells.setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        """Send the word chosen."""
        self._cells.setModelData(editor, model, index)


def _line(held: ConformityRow) -> Line:
    point = held.point
    return Line(
        point.code,
        point.rank,
        typographic(point.label),
        held.state,
        held.comment,
        held.checked_on,
        held.evidence,
        held,
    )


def _read(
    services: Services, ctg: str, documents: tuple[DocumentRow, ...], _progress: Progress
) -> ConformityRead:
    actions = [("action", row.uuid, f"{row.number} {row.title}") for row in services.ctg.actions(ctg)]
    papers = [("document", row.uuid, row.title) for row in documents]
    findings = [("finding", row.uuid, f"{number(row.rank)} {row.text}") for row in services.ctg.findings(ctg)]
    return ConformityRead(services.ctg.conformity(ctg), (*papers, *actions, *findings))


def _set(services: Services, ctg: str, point: str, state: str, comment: str, _progress: Progress) -> Changes:
    return services.ctg.set_conformity(ctg, point, state, comment, datetime.date.today())


def _link(
    services: Services, ctg: str, held: ConformityRow, kind: str, target: str, progress: Progress
) -> Changes:
    """Link an evidence; a point never written yet is written first, still missing."""
    uuid = held.uuid
    if not uuid:
        _set(services, ctg, held.point.code, held.state.value, held.comment, progress)
        uuid = next(
            row.uuid for row in services.ctg.conformity(ctg).rows if row.point.code == held.point.code
        )
    return services.ctg.link("conformity", uuid, kind, target).changes


def _unlink(services: Services, uuid: str, _progress: Progress) -> Changes:
    return services.ctg.unlink(uuid)

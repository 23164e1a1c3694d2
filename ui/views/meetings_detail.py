"""One séance: agenda, organisations, decisions, and what was frozen as it was shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DomainError
from app.domain.french import fold, long_date, plural, typographic
from app.domain.steering import DecisionState, MeetingStatus, Presence
from ui.labels_ctg import DECISION, MEETING, PRESENCE
from ui.models.grid import CellEdit, CellRefusal, CellRefused, EditColumn
from ui.models.table import Column
from ui.views import meetings_calls as calls
from ui.views.ctg_columns import day_column
from ui.views.ctg_lists import FittedGrid
from ui.views.meetings_frozen import FrozenViews
from ui.widgets.parts import button, fictitious, row, scrolled, text

if TYPE_CHECKING:
    from app.progress import Progress
    from app.services import Services
    from app.services.steering_rows import AgendaRow, AttendanceRow, DecisionRow, MeetingDetail, SnapshotRow
    from ui.views.page import Kit

FLEXIBLE = {"agenda": (1, 2, 3), "attendance": (0,), "decision": (1, 3)}
"""Columns that share what is left of the width, by list."""
PRESENCES = {fold(words): state for state, words in PRESENCE.items()}


def _read_presence(typed: str) -> Presence:
    state = PRESENCES.get(fold(typed))
    if state is None:
        raise CellRefused("Choisissez dans la liste.")
    return state


def _required(typed: str) -> str:
    if not typed.strip():
        raise CellRefused("Cette case ne peut pas rester vide.")
    return typed.strip()


def _state(line: DecisionRow) -> str:
    late = f", {plural(line.late_days, 'jour')}" if line.state is DecisionState.LATE else ""
    return DECISION[line.state] + late


def agenda_columns(shown: Mapping[str, str]) -> tuple[Column[AgendaRow], ...]:
    """Columns of the agenda; shown: what a point may show on the screen, code -> words."""
    codes = {fold(words): code for code, words in shown.items()}

    def read(typed: str) -> str:
        code = codes.get(fold(typed))
        if code is None:
            raise CellRefused("Choisissez dans la liste.")
        return code

    return (
        Column("N°", lambda line: line.rank),
        EditColumn("Point de l’ordre du jour", lambda line: line.title, parse=_required, code="title"),
        EditColumn("Montre", lambda line: shown.get(line.target, "n’existe plus"), parse=read, code="target",
                   choices=tuple(shown.values())),
        EditColumn("Note", lambda line: line.note, parse=str.strip, code="note", absent=""),
    )  # fmt: skip


ATTENDANCE: tuple[Column[AttendanceRow], ...] = (
    Column("Organisation", lambda line: line.organisation),
    EditColumn("Présence", lambda line: PRESENCE[line.state], parse=_read_presence, code="state",
               choices=tuple(PRESENCE.values())),
)  # fmt: skip
DECISIONS: tuple[Column[DecisionRow], ...] = (
    Column("N°", lambda line: line.number),
    EditColumn("Décision", lambda line: line.text, parse=_required, code="text", hint=lambda line: line.text),
    Column("État", _state, tone=lambda line: "rouge" if line.state is DecisionState.LATE else ""),
    EditColumn("Porteur", lambda line: line.owner, parse=str.strip, code="owner", absent=""),
    day_column("due_on", "Échéance"),
    day_column("done_on", "Faite le"),
    Column("Fiche", lambda line: line.action_number),
)


DONE = 5
"""Column that gives way in a narrow window."""


class MeetingPanel(QWidget):
    """Edits are written at once, each undoable."""

    def __init__(
        self,
        kit: Kit,
        write: Callable[[Callable[[Progress], Changes]], None],
        refused: Callable[[DomainError], None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._write = write
        self._refused = refused
        self.detail: MeetingDetail | None = None
        self._sought = ""
        self.fictitious: frozenset[str] = frozenset()
        """CTG that are not real: their séances carry the badge."""
        self.badge = fictitious()
        self.title = text("", "object", wrap=True)
        self.subtitle = text("", "second", wrap=True)
        self.note = text("", "hint", tone="rouge", wrap=True)
        self.note.hide()
        self.agenda = self._grid(agenda_columns({}), "Ordre du jour", "agenda")
        self.attendance = self._grid(ATTENDANCE, "Organisations", "attendance")
        self.decisions = self._grid(DECISIONS, "Décisions", "decision")
        self.frozen = FrozenViews(self._compare)
        self.hold = button("Marquer tenue", self._hold, icon="check")
        self._lay_out()

    def _grid(self, columns: tuple[Column[Any], ...], name: str, kind: str) -> FittedGrid:
        made = FittedGrid(self._kit.theme, columns, name, flexible=FLEXIBLE[kind])
        made.setProperty("role", "framed")
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.edited.connect(partial(self._edited, kind))
        made.refused.connect(self._cells_refused)
        made.removed.connect(partial(self._remove, kind))
        made.added.connect(partial(self.add, kind))
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        head = row(self.title, self.badge, self.hold)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.subtitle)
        column.addWidget(self.note)
        for words, grid, kind, verb in (
            ("Ordre du jour", self.agenda, "agenda", "Ajouter un point"),
            ("Décisions", self.decisions, "decision", "Ajouter une décision"),
            ("Organisations", self.attendance, "attendance", "Ajouter une organisation"),
        ):
            add = button(verb, partial(self.add, kind), icon="plus", role="link")
            column.addLayout(row(text(words, "section"), None, add))
            column.addWidget(grid)
        column.addWidget(self.frozen)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(inside)
        outer.addWidget(self._area)

    def show_meeting(self, detail: MeetingDetail | None, shown: Mapping[str, str] | None = None) -> None:
        """Show another séance, or nothing; shown: what its points may show."""
        self.detail = detail
        self.setVisible(detail is not None)
        if detail is None:
            return
        held = detail.row
        self.title.setText(held.title or held.instance)
        place = f", {held.place}" if held.place else ""
        day, state = long_date(held.held_on), MEETING[held.status]
        said = f"{held.instance}, {held.owner_name}. {day}{place}. {state}."
        self.subtitle.setText(typographic(said))
        self.badge.setVisible(held.owner_uuid in self.fictitious)
        self.hold.setVisible(held.status is MeetingStatus.PREPARED)
        self.note.hide()
        self.agenda.grid.columns = agenda_columns(shown or {})
        self.agenda.show_rows(detail.agenda)
        self.attendance.show_rows(detail.attendance)
        chosen = getattr(self.decisions.current_row(), "uuid", "")
        self.decisions.show_rows(detail.decisions)
        for grid in (self.agenda, self.attendance, self.decisions):
            self._fit(grid)
        if self._choose(detail, self._sought):
            self._sought = ""
            self.decisions.setFocus()
            self._area.ensureWidgetVisible(self.decisions)
        else:
            self._choose(detail, chosen)
        self.frozen.show_views(detail)

    def _compare(self, view: SnapshotRow) -> None:
        """Read what the base gives otherwise than a frozen view."""
        if self.detail is not None:
            call = partial(
                calls.differences, self._kit.services, self.detail, view, self._kit.context.value.year
            )
            self._kit.runner.read(call, partial(self.frozen.show_differences, view), refused=self._refused)

    def set_compact(self, compact: bool) -> None:
        """Decisions keep room for their words: the day they were carried out is in the relevé."""
        self.decisions.setColumnHidden(DONE, compact)
        self.decisions.fit_columns()

    def _fit(self, grid: FittedGrid) -> None:
        """As high as its lines: the panel scrolls, not its lists."""
        rows = max(grid.proxy.rowCount(), 1) * self._kit.theme.row_height
        grid.setFixedHeight(grid.horizontalHeader().sizeHint().height() + rows + 4)
        grid.fit_columns()

    def seek(self, decision: str) -> None:
        """Go to a decision once its séance is shown."""
        self._sought = decision

    def _choose(self, detail: MeetingDetail, decision: str) -> bool:
        places = {line.uuid: place for place, line in enumerate(detail.decisions)}
        if decision not in places:
            return False
        index = self.decisions.proxy.mapFromSource(self.decisions.grid.index(places[decision], 1))
        self.decisions.setCurrentIndex(index)
        self.decisions.scrollTo(index)
        return True

    # -- writing -----------------------------------------------------------------------------------------

    def add(self, kind: str) -> None:
        """Add a line to a list of the séance."""
        if self.detail is not None:
            self._write(partial(_add, self._kit.services, self.detail.row.uuid, kind))

    def _edited(self, kind: str, edits: list[CellEdit]) -> None:
        for edit in edits:
            self._write(partial(_edit, self._kit.services, kind, edit.row.uuid, edit.column, edit.value))

    def _remove(self, kind: str, rows: list[Any]) -> None:
        for line in rows:
            self._write(partial(_remove, self._kit.services, kind, line.uuid))

    def _hold(self) -> None:
        if self.detail is not None:
            self._write(partial(_hold, self._kit.services, self.detail.row.uuid))

    def _cells_refused(self, refusals: list[CellRefusal]) -> None:
        self.note.setText(typographic(f"{refusals[0].sentence} Rien n'a été écrit."))
        self.note.show()


def _add(services: Services, meeting: str, kind: str, _progress: Progress) -> Changes:
    if kind == "agenda":
        return services.steering.add_item(meeting, title="Nouveau point").changes
    if kind == "attendance":
        return services.steering.set_attendance(meeting, "Nouvelle organisation", Presence.PRESENT)
    return services.steering.add_decision(meeting, "Nouvelle décision").changes


def _edit(services: Services, kind: str, uuid: str, name: str, value: Any, _progress: Progress) -> Changes:
    return services.steering.edit(kind, uuid, **{name: value})


def _remove(services: Services, kind: str, uuid: str, _progress: Progress) -> Changes:
    return services.steering.remove(kind, uuid)


def _hold(services: Services, meeting: str, _progress: Progress) -> Changes:
    return services.steering.hold(meeting)

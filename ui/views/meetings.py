"""« Réunions »: séances of the comités, their agenda and decisions, the relevé, and the meeting on screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.changes import Changes, Topic
from app.domain.french import typographic
from ui.context import Context
from ui.models.table import Column
from ui.views import meetings_calls as calls
from ui.views.ctg_meetings import late_words
from ui.views.data_parts import Empty, FittedTable
from ui.views.meetings_detail import MeetingPanel
from ui.views.meetings_form import MeetingForm
from ui.views.meetings_screens import MeetingScreens
from ui.views.page import Kit, Page
from ui.views.writing import Writes
from ui.widgets.parts import Banner, button, row, text

if TYPE_CHECKING:
    from app.services.steering_rows import MeetingDetail, MeetingRow
    from ui.tasks import Task
    from ui.views.meetings_stage import MeetingStage
    from ui.views.meetings_visit import VisitWindow

LIST_WIDTH = 380
FOLLOWED = 2
"""Column that gives way in a narrow window."""
COLUMNS: tuple[Column[MeetingRow], ...] = (
    Column("Date", lambda line: line.held_on),
    Column("Séance", lambda line: line.title or line.instance, hint=lambda line: line.owner_name),
    Column("À suivre", lambda line: line.open_decisions, right=True,
           tone=lambda line: "ocre" if line.open_decisions else "",
           hint=lambda line: f"{line.open_decisions} décisions à suivre sur {line.decisions}"),
)  # fmt: skip


class MeetingsPage(MeetingScreens, Writes, Page):
    """Séances on the left, the one chosen on the right; F5 projects it."""

    title = "Réunions"
    icon = "messages"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._reading: Task | None = None
        self._wanted = ""
        self._asked: dict[str, str] = {}
        """What another page leads to, until it is read."""
        self.stage: MeetingStage | None = None
        self.visited: VisitWindow | None = None
        self.banner = Banner()
        self.overdue = text("", "second", wrap=True)
        self.table = FittedTable(kit.theme, COLUMNS, "Séances, la plus récente d’abord", flexible=(1,))
        self.table.setProperty("role", "framed")
        self.table.chosen.connect(self._chosen)
        self.panel = MeetingPanel(kit, self._write, self._refused)
        self.form = MeetingForm(kit.theme, self._create)
        self.form.hide()
        self._lay_out()
        for keys, act in (("Ctrl+N", self.prepare), ("F5", self.open_stage)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        self.new = button("Préparer une réunion", self.prepare, icon="plus", role="primary")
        self.minutes = button("Relevé de décisions…", self.write_minutes, icon="file-text")
        self.project = button("Ouvrir la réunion (F5)", self.open_stage, icon="presentation")
        self.visit = button("Visite", self.open_visit, icon="map-pin")
        self.visit.setToolTip("Mode visite\u202f: une colonne, de grandes cibles, sans réseau")
        head = row(text(self.title, "title"), None, self.minutes, self.visit, self.project, self.new, gap=8)
        left = QWidget()
        left.setFixedWidth(self.kit.theme.px(LIST_WIDTH))
        self._left = left
        held = QVBoxLayout(left)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(8)
        held.addWidget(self.form)
        held.addWidget(self.table, 1)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(left)
        both.addWidget(self.panel, 1)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addLayout(both, 1)
        self.empty = Empty(
            self.kit.theme,
            "messages",
            "Aucun comité : une réunion se rattache à une CTG ou à un SDSF.",
            "Ouvrir le SDSF",
            partial(self.kit.navigate, "sdsf"),
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(filled)
        self._stack.addWidget(self.empty)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(8)
        self._outer.addLayout(head)
        self._outer.addWidget(self.overdue)
        self._outer.addLayout(self._stack, 1)
        self.set_compact(False, False)

    # -- what the window calls -----------------------------------------------------------------------

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of the page and of the meeting on screen."""
        return (("F5", "Projeter la réunion"), ("D", "En réunion : écrire une décision"))

    def concerned(self, changes: Changes) -> bool:
        """Séances, and the CTG and SDSF that own them."""
        return changes.touches(Topic.STEERING, Topic.CTG, Topic.SDSF, Topic.BASE)

    def context_changed(self, context: Context) -> None:
        """Every comité of the base is listed, whatever the territory."""

    def receive(self, **wishes: Any) -> None:
        """meeting: the séance to show; decision: the one it was taken in; ctg, sdsf: its latest one."""
        names = ("meeting", "decision", "ctg", "sdsf")
        asked = {name: str(wishes[name]) for name in names if wishes.get(name)}
        if asked:
            self._asked = asked
            self.reload()

    def set_compact(self, compact: bool, low: bool) -> None:
        """A narrower list in a narrow window."""
        air = 12 if low else 20
        self._outer.setContentsMargins(air, air - 4, air, air - 6)
        self._left.setFixedWidth(self.kit.theme.px(250 if compact else LIST_WIDTH))
        self.table.setColumnHidden(FOLLOWED, compact)
        self.table.fit_columns()
        self.panel.set_compact(compact)

    # -- reading -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read séances, comités and what is late."""
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(calls.read, self.kit.services, dict(self._asked))
        self._reading = self.kit.runner.read(call, self._show)

    def _show(self, read: calls.Read) -> None:
        meetings, instances, late, owners, self.panel.fictitious, wanted = read
        self._stack.setCurrentIndex(0 if owners else 1)
        self.form.show_choices(instances, owners)
        self.table.show_rows(meetings)
        self.overdue.setText(late_words(late))
        self._follow(wanted)
        places = {line.uuid: place for place, line in enumerate(self.table.table.rows)}
        place = places.get(self._wanted, 0)
        if meetings:
            source = self.table.table.index(place, 0)
            self.table.setCurrentIndex(self.table.proxy.mapFromSource(source))
            self._chosen(self.table.table.rows[place])
        else:
            self.panel.show_meeting(None)
        for made in (self.minutes, self.visit, self.project):
            made.setEnabled(bool(meetings))

    def _follow(self, wanted: str) -> None:
        """Go where another page leads; a CTG without séance opens the form of a new one."""
        asked, self._asked = self._asked, {}
        if wanted:
            self._wanted = wanted
            self.panel.seek(asked.get("decision", ""))
        elif owner := asked.get("ctg") or asked.get("sdsf"):
            self.form.propose(owner)
            self.form.show()
            self.form.title_field.control.setFocus()

    def _chosen(self, line: MeetingRow | None) -> None:
        if line is not None:
            self._wanted = line.uuid
            self.kit.runner.read(partial(calls.detail, self.kit.services, line.uuid), self._show_detail)

    def _show_detail(self, read: tuple[MeetingDetail, dict[str, str]]) -> None:
        detail, shown = read
        if detail.row.uuid == self._wanted:
            self.panel.show_meeting(detail, shown)
            if self.stage is not None:
                self.stage.show_meeting(detail)
            if self.visited is not None:
                self._read_visit()

    # -- writing -----------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Show the form of a new séance."""
        self.form.setVisible(not self.form.isVisible())
        if self.form.isVisible():
            self.form.title_field.control.setFocus()

    def _create(self, wish: dict[str, Any]) -> None:
        call = partial(calls.create, self.kit.services, wish)
        self.kit.runner.write(call, self._created, refused=self._refused)

    def _created(self, done: tuple[str, Changes]) -> None:
        self._wanted = done[0]
        self.form.hide()
        self._changed(done[1])

    # -- paper and screen ----------------------------------------------------------------------------

    def write_minutes(self) -> None:
        """Ask for a file, then write the relevé de décisions of the séance shown."""
        detail = self.panel.detail
        if detail is None:
            return
        chosen = self.choose(self, f"releve_{detail.row.held_on.isoformat()}.pdf")
        if chosen:
            call = partial(calls.minutes, self.kit.services, detail.row.uuid, Path(chosen))
            self.kit.runner.read(call, self._written, name="Relevé de décisions", refused=self._refused)

    @staticmethod
    def choose(parent: QWidget, proposed: str) -> str:
        """Ask where to write; empty when the user gives up."""
        kinds = "Page PDF (*.pdf);;Document Word (*.docx)"
        return QFileDialog.getSaveFileName(parent, "Relevé de décisions", proposed, kinds)[0]

    def _written(self, path: Path) -> None:
        self.kit.notify(typographic(f"Relevé écrit : {path.name}"))

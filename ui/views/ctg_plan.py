"""The plan of a CTG: tree, Kanban, calendar and decisions of one convention; every act can be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.domain.action import ActionState
from app.domain.errors import DomainError
from ui.errors import sentence
from ui.views import ctg_plan_calls as calls
from ui.views.ctg_plan_acts import PlanActs
from ui.views.ctg_plan_bar import PlanBar
from ui.views.ctg_plan_decisions import DecisionList
from ui.views.ctg_plan_forms import CopyForm, GapForm
from ui.views.ctg_plan_side import WIDTH, WIDTH_COMPACT, PlanSide
from ui.views.data_parts import Empty
from ui.views.page import Kit
from ui.widgets.action_status_form import StatusForm
from ui.widgets.gantt import Gantt
from ui.widgets.kanban import Kanban
from ui.widgets.parts import Banner, button
from ui.widgets.plan_tree import PlanTree
from ui.widgets.plan_tree_items import filtered, lines_of

if TYPE_CHECKING:
    from app.services.ctg_plan_rows import ActionRow
    from ui.tasks import Task
    from ui.views.ctg_plan_calls import PlanRead

SEARCH_MS = 200
LEAST = 560
"""Pixels at 100 % that the plan needs."""
VIEWS = ("tree", "kanban", "gantt", "decisions")


class PlanView(PlanActs):
    """`action_opened` carries the fiche to show."""

    own_margins = True
    action_opened = Signal(str)
    action_asked = Signal(str)
    """Same as action_opened, by the name that tabs of a CTG use."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.ctg = ""
        self.read: PlanRead | None = None
        self._reading: Task | None = None
        self._hits: frozenset[str] = frozenset()
        self._searched = ""
        self._states: frozenset[ActionState] = frozenset()
        self._stale: set[str] = set()
        self._build()
        self._lay_out()
        self._wire()

    def _build(self) -> None:
        self.banner = Banner()
        self.bar = PlanBar(
            [("Nouvelle fiche", "file-plus", self.add_action),
             ("Nouvel objectif opérationnel", "plus", partial(self.add_node, "operationnel")),
             ("Nouvel objectif stratégique", "plus", partial(self.add_node, "strategique")),
             ("Nouvel enjeu", "plus", partial(self.add_node, "enjeu")),
             ("Fiche depuis une lacune du maillage…", "map-search", self.ask_gap)],
            [("Monter", "arrow-up", partial(self.shift, -1)),
             ("Descendre", "arrow-down", partial(self.shift, 1)),
             ("Renommer", "pencil", self.rename_current),
             ("Copier vers une autre CTG…", "copy", self.ask_copy),
             ("Importer un plan d’action…", "file-import", self.ask_import),
             ("Supprimer", "trash", self.remove_current)],
        )  # fmt: skip
        self.tree = PlanTree(self.kit.theme)
        self.kanban = Kanban(self.kit.theme)
        self.gantt = Gantt(self.kit.theme)
        self.decisions = DecisionList(self.kit.theme)
        self.status_form = StatusForm()
        self.copy_form = CopyForm()
        self.gap_form = GapForm()
        self.side = PlanSide((self.status_form, self.copy_form, self.gap_form))
        self.empty = Empty(
            self.kit.theme, "list",
            "Aucune fiche dans ce plan. Commencez par un enjeu, ou importez un plan d’action existant.",
            "Ajouter un enjeu", partial(self.add_node, "enjeu"),
        )  # fmt: skip
        self.empty.add(button("Importer un plan d’action…", self.ask_import, icon="file-import", role="link"))

    def _lay_out(self) -> None:
        self.views = QStackedWidget()
        for made in (self.tree, self.kanban, self.gantt, self.decisions, self.empty):
            self.views.addWidget(made)
        self._left = QVBoxLayout()
        self._left.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 12, 0)
        top.setSpacing(8)
        top.addWidget(self.bar)
        top.addWidget(self.banner)
        self._top = top
        self._left.addLayout(top)
        self._left.addWidget(self.views, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._left, 1)
        layout.addWidget(self.side)
        self.set_compact(False, False)

    def _wire(self) -> None:
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(SEARCH_MS)
        self._search_timer.timeout.connect(self._search)
        self.bar.filtered.connect(self._typed)
        self.bar.viewed.connect(self.show_view)
        self.bar.grouped.connect(lambda _group: self._show_lines())
        self.bar.states_changed.connect(self._keep_states)
        for made in (self.tree, self.kanban, self.gantt, self.decisions, self.side.overview):
            made.opened.connect(self.action_opened)
        self.action_opened.connect(self.action_asked)
        self.kanban.chosen.connect(self.tree.select)
        self.gantt.chosen.connect(self.tree.select)
        self.bar.details.toggled.connect(lambda _on: self._fit())
        self.wire_acts()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        leave = QShortcut(QKeySequence("Esc"), self.bar.filter)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._leave_filter)

    # -- reading -----------------------------------------------------------------------------------------

    def show_ctg(self, uuid: str) -> None:
        """Show the plan of a convention, or read it again."""
        if uuid != self.ctg:
            self.ctg, self.read = uuid, None
            self.banner.hide()
            self.side.show_overview()
        self.reload()

    def reload(self) -> None:
        """Read again; what is shown stays until then."""
        if not self.ctg:
            return
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(calls.read_plan, self.kit.services, self.ctg)
        self._reading = self.kit.runner.read(call, self._show, refused=self._gone)

    def _show(self, read: PlanRead) -> None:
        self.read = read
        self.side.overview.show_read(read)
        self.decisions.show_rows(read.statuses)
        if self._searched:
            self._search()
        self._show_lines()
        self._after_read()

    def _gone(self, error: DomainError) -> None:
        self.banner.say(sentence(error), "rouge")

    # -- what is shown -----------------------------------------------------------------------------------

    def _kept(self, read: PlanRead) -> list[ActionRow]:
        return [
            fiche
            for fiche in read.actions
            if (not self._states or fiche.status in self._states)
            and (not self._searched or fiche.uuid in self._hits)
        ]

    def _show_lines(self) -> None:
        read = self.read
        if read is None:
            return
        kept = self._kept(read)
        keys = {fiche.uuid for fiche in kept}
        tops = lines_of(read.rows, self.bar.group)
        narrowed = bool(self._states or self._searched)
        if narrowed:
            tops = filtered(tops, "" if self._states else self._searched, keys)
        self.tree.plan.today = read.today
        self.tree.show_lines(tops, movable=self.bar.group == "issues" and not narrowed)
        self._stale = {"kanban", "gantt"}
        self.bar.say_count(len(kept), len(read.actions))
        self.show_view(self.bar.views.current)

    def show_view(self, code: str) -> None:
        """Show « tree », « kanban », « gantt » or « decisions »; the same fiche stays chosen."""
        key = self.current_key()
        self.bar.views.set_current(code)
        self._fill(code)
        bare = self.read is not None and not self.read.rows
        made = self.empty if bare else self.views.widget(VIEWS.index(code))
        if made is not self.views.currentWidget():
            self.views.setCurrentWidget(made)
        selecting = {
            self.tree: self.tree.select,
            self.kanban: self.kanban.select,
            self.gantt: self.gantt.select,
        }
        if key and made in selecting:
            selecting[made](key)

    def _fill(self, code: str) -> None:
        """Draw the Kanban or the calendar when it is looked at, if something changed."""
        if self.read is None or code not in self._stale:
            return
        self._stale.discard(code)
        kept = self._kept(self.read)
        if code == "kanban":
            self.kanban.show_rows(kept)
        else:
            period = (self.read.ctg.starts_on, self.read.ctg.ends_on)
            self.gantt.show_bars(kept, self.read.steps, period, self.read.today)

    def current_key(self) -> str:
        """Thing under the cursor of the view shown."""
        shown = self.views.currentWidget()
        if shown is self.tree:
            line = self.tree.current_line()
            return line.key if line is not None else ""
        if shown is self.kanban or shown is self.gantt:
            return self.kanban.current_key() if shown is self.kanban else self.gantt.current_key()
        return ""

    # -- search ------------------------------------------------------------------------------------------

    def _typed(self, _words: str) -> None:
        self._search_timer.start()

    def _search(self) -> None:
        words = self.bar.filter.text().strip()
        if not words:
            self._searched, self._hits = "", frozenset()
            self._show_lines()
            return
        self.kit.runner.read(partial(calls.search, self.kit.services, self.ctg, words), self._found)

    def _found(self, found: tuple[str, frozenset[str]]) -> None:
        self._searched, self._hits = found
        self._show_lines()

    def _keep_states(self, states: frozenset[ActionState]) -> None:
        self._states = states
        self._show_lines()

    def _find(self) -> None:
        self.bar.filter.setFocus()
        self.bar.filter.selectAll()

    def _leave_filter(self) -> None:
        self.bar.filter.clear()
        self.views.currentWidget().setFocus()

    # -- frame -------------------------------------------------------------------------------------------

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        px = self.kit.theme.px
        self.side.setFixedWidth(px(WIDTH_COMPACT if compact else WIDTH))
        self.bar.set_compact(compact)
        self._fit()
        self._top.setContentsMargins(12 if compact else 20, 4 if low else 8, 12, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way when the plan lacks room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() - self.side.width() < self.kit.theme.px(LEAST)
        self.bar.details.setVisible(narrow)
        self.side.setVisible(not narrow or self.bar.details.isChecked())

    def sizeHint(self) -> QSize:
        """A page."""
        return QSize(900, 500)

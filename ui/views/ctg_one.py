"""One CTG: its head, then one tab at a time; every write goes through here so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.errors import DomainError
from ui.errors import sentence
from ui.views import ctg_calls as calls
from ui.views.ctg_head import CtgHead
from ui.views.ctg_stage import StagePopover
from ui.views.ctg_tabs import BUILDERS, TABS
from ui.views.data_parts import SubPage
from ui.widgets.narrow_stack import NarrowStack
from ui.widgets.parts import Banner

if TYPE_CHECKING:
    from app.changes import Changes
    from app.progress import Progress
    from app.services import Services
    from app.services.ctg_rows import Created, CtgDetail, DocumentRow
    from ui.tasks import Task
    from ui.views.page import Kit


@dataclass(frozen=True, slots=True)
class OneRead:
    """The head of a convention and its documents (states not checked)."""

    detail: CtgDetail
    documents: tuple[DocumentRow, ...]


class CtgView(SubPage):
    """`back_asked` leads to the list, `ctg_asked` to another convention, `action_asked` to a fiche."""

    own_margins = True
    back_asked = Signal()
    ctg_asked = Signal(str)
    action_asked = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.uuid = ""
        self.read: OneRead | None = None
        self._reading: Task | None = None
        self._compact = (False, False)
        self._popover: StagePopover | None = None
        self._tabs: dict[str, Any] = {}
        self._unread: set[str] = set()
        self.banner = Banner()
        self.head = CtgHead(kit, TABS)
        self.head.back_asked.connect(self.back_asked)
        self.head.meeting_asked.connect(self._meet)
        self.head.action_asked.connect(self.new_action)
        self.head.stage_asked.connect(self.show_stage)
        self.head.tabs.asked.connect(self.show_tab)
        self.place = NarrowStack()
        self._row = ""
        self._lay_out()
        for keys, move in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.head.tabs.step, move))

    def _lay_out(self) -> None:
        rule = QFrame()
        rule.setProperty("role", "line")
        rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.head)
        column.addWidget(rule)
        column.addWidget(self.place, 1)

    # -- tabs ----------------------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """Code of the tab shown."""
        return self.head.tabs.code

    def view(self, code: str) -> Any:
        """A tab, built if it was never shown."""
        if code not in self._tabs:
            made = BUILDERS[code](self.kit)
            made.set_compact(*self._compact)
            self._tabs[code] = made
            self._unread.add(code)
            self.place.addWidget(made)
            for name, signal in (("tab_asked", self.open_tab), ("action_asked", self.action_asked)):
                if hasattr(made, name):
                    getattr(made, name).connect(signal)
        return self._tabs[code]

    def show_tab(self, code: str) -> None:
        """Show a tab, read again if something changed since it was last shown."""
        view = self.view(code)
        self.head.tabs.choose(code)
        self.place.setCurrentWidget(view)
        if self.read is not None and code in self._unread:
            self._unread.discard(code)
            self._feed(view, self.read)

    def open_tab(self, code: str) -> None:
        """A tab asked by another one."""
        self.show_tab(code)

    @staticmethod
    def _feed(view: Any, read: OneRead) -> None:
        if hasattr(view, "documents"):
            view.documents = read.documents
        if hasattr(view, "show_detail"):
            view.show_detail(read.detail)
        else:
            view.show_ctg(read.detail.row.uuid)

    # -- reading -------------------------------------------------------------------------------------

    def show_ctg(self, uuid: str, tab: str = "", row: str = "") -> None:
        """Show a convention, one of its tabs, a row of that tab."""
        self._row = row
        if uuid != self.uuid:
            self.banner.hide()
            self.read = None
        self.uuid = uuid
        self.head.tabs.choose(tab or (self.tab if self.read else "synthese"))
        self.reload()

    def concerns(self, epci: str | None, departement: str | None) -> bool:
        """Tell whether the convention shown is of a territory."""
        if self.read is None:
            return False
        held = self.read.detail.row
        if epci is not None:
            return epci in held.codes_epci
        return departement is None or departement in held.departements

    def reload(self) -> None:
        """Read the head again, then the tab shown; the others when they are shown."""
        if not self.uuid:
            return
        if self._reading is not None and self._reading.running:
            self._reading.cancel()
        call = partial(_read, self.kit.services, self.uuid)
        self._reading = self.kit.runner.read(call, self._show, refused=self._gone)

    def _show(self, read: OneRead) -> None:
        self.read = read
        self.head.show_detail(read.detail)
        self._unread = set(self._tabs)
        self.show_tab(self.tab)
        row, self._row = self._row, ""
        if row:
            self.view(self.tab).seek(row)

    def _gone(self, _error: DomainError) -> None:
        self.uuid, self.read = "", None
        self.back_asked.emit()

    # -- acts ----------------------------------------------------------------------------------------

    def show_stage(self, place: int) -> None:
        """Open a stage under its mark."""
        if self.read is None:
            return
        detail = self.read.detail
        opened = StagePopover(self.kit, detail, detail.stages[place], self.read.documents, self.window())
        opened.asked.connect(self._run)
        opened.ctg_asked.connect(self.ctg_asked)
        opened.destroyed.connect(self._popover_gone)
        self._popover = opened
        opened.show_under(self.head.stepper.buttons[place])

    def _popover_gone(self) -> None:
        self._popover = None

    def _run(self, call: Callable[[Progress], Changes | Created], closing: bool) -> None:
        self.kit.runner.write(call, partial(self._ran, closing), refused=self._refused)

    def _ran(self, closing: bool, made: Changes | Created) -> None:
        if closing and self._popover is not None:
            self._popover.close()
        changes = getattr(made, "changes", made)
        self.banner.hide()
        self.kit.hub.changed.emit(changes)
        if made is not changes:
            self.ctg_asked.emit(getattr(made, "uuid", ""))

    def _refused(self, error: DomainError) -> None:
        if self._popover is not None:
            self._popover.refuse(error)
        else:
            self.banner.say(sentence(error), "rouge")

    def start_new(self) -> None:
        """Ctrl+N: a line of the tab shown, else a fiche."""
        view = self._tabs.get(self.tab)
        if view is not None and self.tab != "synthese" and hasattr(view, "start_new"):
            view.start_new()
        else:
            self.new_action()

    def new_action(self) -> None:
        """Add a fiche, and open it; in the plan, under the line chosen."""
        if self.tab == "plan" and self.read is not None:
            self.view("plan").start_new()
        elif self.uuid:
            call = partial(calls.new_action, self.kit.services, self.uuid, "Nouvelle fiche")
            self.kit.runner.write(call, self._action_made, refused=self._refused)

    def _action_made(self, made: Created) -> None:
        self.kit.hub.changed.emit(made.changes)
        self.action_asked.emit(made.uuid)

    def _meet(self) -> None:
        from ui.places import BUILDERS

        if "meetings" in BUILDERS:
            self.kit.navigate("meetings", ctg=self.uuid)
        else:
            self.show_tab("comites")

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        self.head.set_compact(compact, low)
        for view in self._tabs.values():
            view.set_compact(compact, low)


def _read(services: Services, uuid: str, _progress: Progress) -> OneRead:
    documents = services.ctg.documents.rows(uuid, check=False)
    return OneRead(services.ctg.ctg(uuid), tuple(documents))

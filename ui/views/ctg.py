"""« CTG »: the list of conventions, one of them with its tabs, its creation, and the fiche of an action."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes, Topic
from ui.context import Context
from ui.views.ctg_export import export_calendar
from ui.views.ctg_list import ListView
from ui.views.page import Kit, Page
from ui.widgets.narrow_stack import NarrowStack

PADDING = 20
PADDING_LOW = 12
WATCHED = (Topic.CTG, Topic.STEERING, Topic.SETTINGS, Topic.BASE, Topic.VALUES)


class CtgPage(Page):
    """Parts in a stack, each built at its first visit."""

    title = "CTG"
    icon = "contract"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._fresh = True
        self._territory = self._here()
        self.stack = NarrowStack()
        self.list = ListView(kit)
        self.list.opened.connect(self.open_ctg)
        self.list.create_asked.connect(self.start_creation)
        self.list.export_asked.connect(partial(export_calendar, kit, self))
        self.stack.addWidget(self.list)
        self._one: Any = None
        self._create: Any = None
        self._action: Any = None
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.stack)
        self._column.setContentsMargins(PADDING, PADDING - 4, PADDING, PADDING - 6)
        self._pad(PADDING)
        new = QShortcut(QKeySequence("Ctrl+N"), self)
        new.activated.connect(self._start_new)

    # -- parts ---------------------------------------------------------------------------------------

    @property
    def one(self) -> Any:
        """One convention, built at its first visit."""
        if self._one is None:
            from ui.views.ctg_one import CtgView

            self._one = self._add(CtgView(self.kit))
            self._one.back_asked.connect(self.show_list)
            self._one.ctg_asked.connect(self.open_ctg)
            self._one.action_asked.connect(self.open_action)
        return self._one

    @property
    def creation(self) -> Any:
        """The form of a new convention."""
        if self._create is None:
            from ui.views.ctg_create import CreateView

            self._create = self._add(CreateView(self.kit))
            self._create.created.connect(self.open_ctg)
            self._create.given_up.connect(self.show_list)
        return self._create

    @property
    def action(self) -> Any:
        """The fiche of an action."""
        if self._action is None:
            from ui.views.action import ActionView

            self._action = self._add(ActionView(self.kit))
            self._action.closed.connect(self._fiche_closed)
        return self._action

    def _add(self, made: Any) -> Any:
        self.stack.addWidget(made)
        made.set_compact(*self._compact)
        return made

    @property
    def shown(self) -> QWidget:
        """The part shown."""
        shown: Any = self.stack.currentWidget()
        return shown or self.list

    # -- moves ---------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Show every convention of the territory."""
        self.list.auto = False
        self._show(self.list)
        self.list.reload()

    def open_ctg(self, uuid: str, tab: str = "", row: str = "") -> None:
        """Show one convention, one of its tabs, a row of that tab."""
        one = self.one
        self._show(one)
        one.show_ctg(uuid, tab, row)

    def open_action(self, uuid: str) -> None:
        """Show the fiche of an action."""
        action = self.action
        self._show(action)
        action.show_action(uuid)

    def _fiche_closed(self, ctg: str) -> None:
        """Back to the plan that the fiche is of."""
        if ctg:
            self.open_ctg(ctg, "plan")
        else:
            self.show_list()

    def start_creation(self) -> None:
        """Show the form of a new convention."""
        self._show(self.creation)
        self.creation.start()

    def _show(self, part: QWidget) -> None:
        self._fresh = False
        self.stack.setCurrentWidget(part)
        self._pad(PADDING_LOW if self._compact[1] else PADDING)

    def _start_new(self) -> None:
        start = getattr(self.shown, "start_new", None)
        if start is not None:
            start()

    # -- what the window calls -----------------------------------------------------------------------

    def receive(self, **wishes: Any) -> None:
        """ctg: convention, tab: its tab, row: its line; action: fiche; create: the form; list."""
        self._territory = self._here()
        if wishes.get("action"):
            self.open_action(wishes["action"])
        elif wishes.get("ctg"):
            self.open_ctg(wishes["ctg"], wishes.get("tab", ""), wishes.get("row", ""))
        elif wishes.get("create"):
            self.start_creation()
        elif wishes.get("list"):
            self.show_list()

    def reload(self) -> None:
        """Read again the part shown; at the first visit, the only CTG of the EPCI chosen opens."""
        if self._territory != self._here():
            self.context_changed(self.kit.context.value)
            return
        if self._fresh:
            self.list.auto = True
        reload = getattr(self.shown, "reload", None)
        if reload is not None:
            reload()

    def concerned(self, changes: Changes) -> bool:
        """Conventions, steering, parameters, and the values that findings rest on."""
        return changes.touches(*WATCHED)

    def context_changed(self, context: Context) -> None:
        """Another territory: its convention if one was open, else the list."""
        self._territory = self._here()
        one: Any = self._one
        if one is not None and self.stack.currentIndex() == self.stack.indexOf(one):
            if not one.concerns(context.epci, context.departement):
                self._show(self.list)
                self._follow()
        elif self.shown is self.list:
            self._follow()

    def _here(self) -> tuple[str | None, str | None]:
        """Département and EPCI of the window."""
        context = self.kit.context.value
        return context.departement, context.epci

    def _follow(self) -> None:
        """Read the list for another territory: its only convention opens."""
        self.list.auto = True
        self.list.reload()

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of this page."""
        return (
            ("Ctrl+N", "CTG\u202f: nouvelle CTG, nouvelle fiche ou nouvelle ligne"),
            ("Ctrl+Tab, Ctrl+Maj+Tab", "CTG\u202f: onglet suivant, précédent"),
            ("Ctrl+Entrée", "CTG\u202f: ajouter une ligne à la liste"),
        )

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        self._pad(PADDING_LOW if low else PADDING)
        for place in range(self.stack.count()):
            fit = getattr(self.stack.widget(place), "set_compact", None)
            if fit is not None:
                fit(compact, low)

    def _pad(self, padding: int) -> None:
        """The list and the form have margins; a convention and a fiche draw their own."""
        own = bool(self.shown is not None and getattr(self.shown, "own_margins", False))
        if own:
            self._column.setContentsMargins(0, 0, 0, 0)
        else:
            self._column.setContentsMargins(padding, padding - 4, padding, padding - 6)

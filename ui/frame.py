"""The frame around every page of an open base: rail, context bar, pages, status bar, notification."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import DiskFull, DomainError, WriteRefused
from app.domain.french import typographic
from ui.context import Context, ContextModel
from ui.errors import read_only_text
from ui.folders import open_folder
from ui.habits import Habits
from ui.hub import Hub
from ui.places import BOTTOM, BUILDERS, TOP
from ui.state import FrameState, read_state
from ui.views.page import Kit, Page
from ui.widgets.context_bar import COMPACT_UNDER, ContextBar
from ui.widgets.parts import Banner
from ui.widgets.rail import Rail
from ui.widgets.task_bar import HEIGHT as STATUS_HEIGHT
from ui.widgets.task_bar import StatusBar
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from app.services import Services
    from ui.tasks import Task, TaskRunner
    from ui.theme import Theme

LOW_UNDER = 680


class Frame(QWidget):
    """Pages are built at their first visit; the context survives navigation."""

    search_asked = Signal()
    page_shown = Signal(str)
    report_asked = Signal(object)
    """An error that nobody expected: the window offers its report."""

    def __init__(
        self,
        services: Services,
        runner: TaskRunner,
        theme: Theme,
        state: FrameState,
        habits: Habits | None = None,
    ) -> None:
        super().__init__()
        self.services = services
        self.runner = runner
        self.theme = theme
        self.hub = Hub(self)
        departements = services.base.departements
        only = departements[0] if len(departements) == 1 else None
        self.context = ContextModel(Context(departement=only, year=state.default_year))
        self.pages: dict[str, Page] = {}
        self._build()
        self.kit = Kit(
            services, runner, self.hub, self.context, theme, self.navigate, self.notify, habits or Habits()
        )
        self._state_task: Task | None = None
        self._wire()
        self._show_state(state)

    # -- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail = Rail(TOP, BOTTOM, self.theme)
        self.bar = ContextBar(self.services, self.context, self.theme)
        self.banner = Banner()
        self.stack = QStackedWidget()
        self.stack.setProperty("role", "pages")
        self.status = StatusBar()
        self.toast = Toast(self, STATUS_HEIGHT)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)

    def _wire(self) -> None:
        self.rail.asked.connect(self.navigate)
        self.bar.search_asked.connect(self.search_asked)
        self.bar.undo_asked.connect(self.undo)
        self.bar.redo_asked.connect(self.redo)
        self.context.moved.connect(self._show_page)
        self.hub.changed.connect(self._base_changed)
        self.runner.activity.connect(self.status.tasks.follow)
        self.runner.failed.connect(self._failed)
        self.runner.written.connect(self._written)
        self.status.zoom_asked.connect(partial(self.theme.step_zoom, 0))
        self.theme.changed.connect(self._theme_changed)
        self._theme_changed()
        if self.services.base.read_only:
            reason = read_only_text(self.services.base.read_only_reason)
            self.banner.say(typographic(f"Base en lecture seule. {reason}"), "ocre")
            self.status.say_read_only()

    # -- pages -------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def navigate(self, page: str, /, **wishes: Any) -> None:
        """Show a page and hand it the wishes. Raises KeyError for an unknown page."""
        if page not in BUILDERS:
            raise KeyError(page)
        self._show_page(page)
        self.context.set_page(page)
        if wishes:
            self.pages[page].receive(**wishes)

    def show_shortcuts(self) -> None:
        """Show every key, those of the pages already seen included."""
        keys = [key for page in self.pages.values() for key in page.shortcuts()]
        self.navigate("settings", section="shortcuts", keys=tuple(dict.fromkeys(keys)))

    def _show_page(self, page: str) -> None:
        if page not in self.pages:
            made = BUILDERS[page](self.kit)
            made.setAccessibleName(made.title)
            self.pages[page] = made
            self.stack.addWidget(made)
            self._fit(made)
        self.stack.setCurrentWidget(self.pages[page])
        self.rail.show_page(page)
        self.pages[page].activate()
        self.page_shown.emit(page)

    # -- undo, save --------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Undo the last action, whichever page made it."""
        self.runner.write(self._call_undo, partial(self._stepped, "Annulé"))

    def redo(self) -> None:
        """Do again the last action undone."""
        self.runner.write(self._call_redo, partial(self._stepped, "Rétabli"))

    def _call_undo(self, _progress: object) -> tuple[str, Changes]:
        return self.services.base.undo()

    def _call_redo(self, _progress: object) -> tuple[str, Changes]:
        return self.services.base.redo()

    def _stepped(self, verb: str, done: tuple[str, Changes]) -> None:
        name, changes = done
        self.hub.changed.emit(changes)
        self.notify(typographic(f"{verb} : {name}"))

    def backup(self) -> None:
        """Answer Ctrl+S: everything is written already; make a dated copy."""
        self.runner.write(self._call_backup, self._backed_up, name="Copie de la base")

    def _call_backup(self, _progress: object) -> Path:
        return self.services.base.backup(None)

    def _backed_up(self, path: Path) -> None:
        self.notify(
            "Tout est enregistré, une copie datée est faite.",
            "Ouvrir le dossier",
            partial(open_folder, path.parent),
        )

    # -- what the frame says -----------------------------------------------------------------------------

    def notify(
        self, text: str, verb: str | None = None, action: Callable[[], None] | None = None, *, tone: str = ""
    ) -> None:
        """Say something at the bottom right."""
        self.toast.say(text, verb, action, tone=tone)

    def _failed(self, words: str, error: object) -> None:
        if isinstance(error, (DiskFull, WriteRefused)):
            self.status.say_failed(words)
        if isinstance(error, DomainError):
            self.notify(words, tone="rouge")
        else:
            self.notify(words, "Voir le rapport", partial(self.report_asked.emit, error), tone="rouge")

    def _written(self) -> None:
        self.status.say_saved(datetime.datetime.now())

    def _base_changed(self, _changes: Changes) -> None:
        if self._state_task is not None and self._state_task.running:
            self._state_task.cancel()
        self._state_task = self.runner.read(partial(read_state, self.services), self._show_state)

    def _show_state(self, state: FrameState) -> None:
        self.bar.show_steps(state.undo, state.redo)
        self.bar.year.show_years(state.years)
        self.status.show_data(state.outlines, state.sources)
        if state.default_year and self.context.value.year not in state.years:
            self.context.set_year(state.default_year)

    # -- size and theme ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size: compact, low."""
        super().resizeEvent(event)
        self._fit_all()

    @property
    def compact(self) -> bool:
        """True under 1240 logical pixels of room, zoom counted."""
        return self.width() / self.theme.zoom < COMPACT_UNDER

    @property
    def low(self) -> bool:
        """True under 680 pixels high."""
        return self.height() / self.theme.zoom < LOW_UNDER

    def _fit_all(self) -> None:
        self.bar.set_compact(self.compact)
        self.bar.set_room(self.width() / self.theme.zoom)
        self.rail.set_low(self.low)
        for page in self.pages.values():
            self._fit(page)

    def _fit(self, page: Page) -> None:
        page.set_compact(self.compact, self.low)

    def _theme_changed(self) -> None:
        self.status.show_zoom(self.theme.zoom)
        self._fit_all()

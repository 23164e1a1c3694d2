"""What every page of the window receives and offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QWidget

from ui.habits import Habits

if TYPE_CHECKING:
    from app.changes import Changes
    from app.services import Services
    from ui.context import Context, ContextModel
    from ui.hub import Hub
    from ui.tasks import TaskRunner
    from ui.theme import Theme


class Navigate(Protocol):
    """Shows a page by its key (home, map, data, settings); the rest goes to its `receive`."""

    def __call__(self, page: str, /, **wishes: Any) -> None: ...


class Notify(Protocol):
    """Says something at the bottom right; one verb at most; tone rouge does not fade."""

    def __call__(
        self, text: str, verb: str | None = None, action: Callable[[], None] | None = None, *, tone: str = ""
    ) -> None: ...


@dataclass(frozen=True)
class Kit:
    """All that a page may use."""

    services: Services
    runner: TaskRunner
    hub: Hub
    context: ContextModel
    theme: Theme
    navigate: Navigate
    notify: Notify
    habits: Habits = field(default_factory=Habits)


class Page(QWidget):
    """A page: built at its first visit, told when it is shown, when the base or the context changed.

    A page that is not shown does not read: it reads again when it is shown, if something changed meanwhile.
    """

    title = ""
    icon = ""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self._stale = True
        self.setProperty("role", "page")
        kit.hub.changed.connect(self._base_changed)
        kit.context.changed.connect(self._context_changed)

    # -- what a page writes ------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again everything that is shown."""

    def concerned(self, changes: Changes) -> bool:
        """Tell whether these changes ask for a reload; all by default."""
        return bool(changes.topics)

    def context_changed(self, context: Context) -> None:  # noqa: ARG002
        """Follow territory, year and references; reloads by default."""
        self.reload()

    def receive(self, **wishes: Any) -> None:
        """Take what navigate was called with."""

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """(keys, effect) that this page adds, for the list of shortcuts."""
        return ()

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window: compact under 1240 wide, low under 680 high."""

    # -- what the window calls ---------------------------------------------------------------------------

    def activate(self) -> None:
        """The page is now shown: read if something changed since the last time."""
        if self._stale:
            self._stale = False
            self.reload()

    def _base_changed(self, changes: Changes) -> None:
        if not self.concerned(changes):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def _context_changed(self, context: Context) -> None:
        if self.isVisible():
            self.context_changed(context)
        else:
            self._stale = True

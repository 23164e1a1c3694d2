"""Pages made of sub-pages behind a segmented control, each built at its first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.views.page import Kit, Page
from ui.widgets.parts import row, text
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.views.data_parts import SubPage

PADDING = 20
PADDING_LOW = 12


class TabbedPage(Page):
    """Sub-pages in a stack; one is read when it is shown after a change."""

    def __init__(self, kit: Kit, tabs: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__(kit)
        self._compact = (False, False)
        self._views: dict[str, SubPage] = {}
        self._holders: dict[str, QWidget] = {}
        self._unread: set[str] = set()
        self.tabs = Segments(tabs, name)
        self._stack = QStackedWidget()
        self.tabs.chosen.connect(self.show_tab)

    # -- what a page says of its sub-pages ---------------------------------------------------------------

    def build(self, code: str) -> SubPage:
        """Build a sub-page."""
        raise NotImplementedError

    def hold(self, code: str, made: SubPage) -> QWidget:  # noqa: ARG002 - a page may hold one apart
        """Return what goes in the stack for a sub-page: itself by default."""
        return made

    def readable(self) -> bool:
        """Tell whether there is something to read; always by default."""
        return True

    # -- sub-pages ---------------------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """Code of the sub-page shown."""
        return self.tabs.current

    def view(self, code: str) -> SubPage:
        """A sub-page, built if it was never shown."""
        if code not in self._views:
            made = self.build(code)
            made.set_compact(*self._compact)
            self._views[code] = made
            self._unread.add(code)
            self._holders[code] = self.hold(code, made)
            self._stack.addWidget(self._holders[code])
        return self._views[code]

    def show_tab(self, code: str) -> None:
        """Show a sub-page, read again if something changed since it was last shown."""
        view = self.view(code)
        self.tabs.set_current(code)
        self._stack.setCurrentWidget(self._holders[code])
        if code in self._unread and self.readable():
            self._unread.discard(code)
            view.reload()

    # -- what the window calls ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the sub-page shown; the others will be when they are shown."""
        self._unread = set(self._views) - {self.tab}
        self.view(self.tab).reload()

    def set_compact(self, compact: bool, low: bool) -> None:
        """Follow the size of the window."""
        self._compact = (compact, low)
        for view in self._views.values():
            view.set_compact(compact, low)


class TitledPage(TabbedPage):
    """Its title, its tabs on the same line, the sub-page under them."""

    tabs_name = ""
    """Accessible name of the tabs."""
    builders: tuple[tuple[str, str, Callable[[Kit], SubPage]], ...] = ()
    """(code, words, how it is built) of each sub-page, the first one shown at first."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, [(code, words) for code, words, _build in self.builders], self.tabs_name)
        self._title = text(self.title, "title")
        self._head = row(self._title, 16, self.tabs, None)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(14)
        self._column.addLayout(self._head)
        self._column.addWidget(self._stack, 1)
        self.pad(PADDING)
        self.show_tab(self.builders[0][0])

    def build(self, code: str) -> SubPage:
        """Build a sub-page."""
        return next(build for known, _words, build in self.builders if known == code)(self.kit)

    def pad(self, padding: int) -> None:
        """Leave air around title and sub-page."""
        self._column.setContentsMargins(padding, padding - 4, padding, padding - 6)

    def set_compact(self, compact: bool, low: bool) -> None:
        """Less air in a low window."""
        super().set_compact(compact, low)
        self.pad(PADDING_LOW if low else PADDING)

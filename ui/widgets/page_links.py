"""Links of a document followed in its preview: a number to its source line, and back with Retour arrière."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from app.progress import Progress
    from ui.tasks import TaskRunner
    from ui.widgets.page_preview import PagePreview
    from ui.widgets.pdf_pages import PdfPages

Target = tuple[int, float] | None


class PageLinks(QObject):
    """A click on a link goes where it leads; `back` returns to where it was."""

    def __init__(self, preview: PagePreview, runner: TaskRunner) -> None:
        super().__init__(preview)
        self._preview = preview
        self._runner = runner
        self._past: list[int] = []
        preview.clicked.connect(self.follow)
        keys = QShortcut(QKeySequence(Qt.Key.Key_Backspace), preview)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.back)

    def follow(self, page: int, x: float, y: float) -> None:
        """Look for a link at a point of a page, in points from its top left corner."""
        pages = self._preview.pages
        if pages is not None:
            call = partial(_link, pages, page, x, y)
            self._runner.read(call, partial(self._go, pages))

    def back(self) -> None:
        """Return to the place of the last link followed."""
        if self._past:
            self._preview.verticalScrollBar().setValue(self._past.pop())

    def _go(self, pages: PdfPages, target: Target) -> None:
        if target is not None and pages is self._preview.pages:
            self._past.append(self._preview.verticalScrollBar().value())
            self._preview.go_to(*target)


def _link(pages: PdfPages, page: int, x: float, y: float, _progress: Progress) -> Target:
    return pages.link_at(page, x, y)

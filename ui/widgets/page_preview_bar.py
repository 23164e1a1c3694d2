"""The line above a preview: page, zoom, and what is being laid out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QToolButton, QWidget

from app.domain.french import percent
from ui.widgets.page_layout import Zoom
from ui.widgets.page_preview import STEP, PagePreview
from ui.widgets.parts import icon_button, row, text

if TYPE_CHECKING:
    from ui.tasks import Task


ROOM = 64
"""Letters under which the words of the zoom are left out."""


class PreviewBar(QWidget):
    """Buttons of a preview; `follow` shows the share of a task that makes new pages."""

    def __init__(self, preview: PagePreview) -> None:
        super().__init__()
        self._preview = preview
        self._task: Task | None = None
        self.before = icon_button("chevron-up", "Page précédente (Pg préc.)", self._back)
        self.after = icon_button("chevron-down", "Page suivante (Pg suiv.)", self._forward)
        self.count = text("", "second")
        self.scale = text("", "second")
        smaller = icon_button("zoom-out", "Réduire (−)", partial(preview.zoom_by, 1 / STEP))
        larger = icon_button("zoom-in", "Agrandir (+)", partial(preview.zoom_by, STEP))
        self.width_button = _word("Largeur", "Ajuster à la largeur (L)", preview, Zoom.WIDTH)
        self.page_button = _word("Page", "Page entière (P)", preview, Zoom.PAGE)
        self.step = text("", "hint")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(72)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Mise en page")
        self.bar.hide()
        self.setLayout(
            row(
                self.before, self.after, self.count, None, self.step, self.bar, None, smaller, self.scale,
                larger, 4, self.width_button, self.page_button, gap=4,
            )
        )  # fmt: skip
        preview.page_changed.connect(self._show_page)
        preview.zoom_changed.connect(self._show_zoom)

    def follow(self, task: Task) -> None:
        """Show how far the making of new pages is."""
        self._task = task
        task.progressed.connect(self._advance)
        task.finished.connect(partial(self._ended, task))
        self.step.setText("Mise en page…")
        self.bar.setValue(0)
        self.bar.show()

    def set_compact(self, compact: bool) -> None:
        """Leave out the words that icons say."""
        self.step.setVisible(not compact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, keys L and P remain."""
        super().resizeEvent(event)
        room = self.width() >= ROOM * self.fontMetrics().averageCharWidth()
        for word in (self.width_button, self.page_button):
            word.setVisible(room)

    def _advance(self, share: float, _step: str) -> None:
        if self.sender() in (self._task, None):
            self.bar.setValue(round(share * 100))
            self.step.setText(f"Mise en page, {percent(share * 100, 0)}")

    def _ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.bar.hide()
            self.step.clear()

    def _show_page(self, page: int) -> None:
        count = len(self._preview.pages) if self._preview.pages is not None else 0
        self.count.setText(f"page {page + 1} sur {count}" if count else "")
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < count)

    def _show_zoom(self, words: str) -> None:
        self.scale.setText(words)

    def _back(self) -> None:
        self._preview.go_to(self._preview.page - 1)

    def _forward(self) -> None:
        self._preview.go_to(self._preview.page + 1)


def _word(words: str, name: str, preview: PagePreview, zoom: Zoom) -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setProperty("role", "small")
    made.clicked.connect(lambda _checked=False: preview.set_zoom(zoom))
    return made

"""The true pages of a document, one under the other: only those in sight are drawn, in tasks, and kept."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from app.domain.french import percent
from ui.widgets.page_layout import Layout, Zoom

if TYPE_CHECKING:
    from app.domain.errors import DomainError
    from app.progress import Progress
    from ui.tasks import Task, TaskRunner
    from ui.theme import Theme
    from ui.widgets.pdf_pages import PdfPages

REST_MS = 40
"""Silence of the scroll after which pages are asked."""
CACHE_BYTES = 96_000_000
STEP = 1.25
NAME = "Aperçu du document"
Key = tuple[int, int]
"""Page from 0, and thousandths of pixels a point."""


class PagePreview(QAbstractScrollArea):
    """Pg préc. and Pg suiv. change page, + − zoom, L fits the width, P the page."""

    page_changed = Signal(int)
    """Page in sight, from 0."""
    zoom_changed = Signal(str)
    clicked = Signal(int, float, float)
    """Page, and the point in it, in points from its top left corner."""
    opened = Signal(int)
    """Page double clicked."""

    def __init__(self, theme: Theme, runner: TaskRunner) -> None:
        super().__init__()
        self._theme = theme
        self._runner = runner
        self.pages: PdfPages | None = None
        self._layout = Layout(())
        self.zoom = Zoom.WIDTH
        self._scale = 1.0
        self._page = 0
        self._drawn: OrderedDict[Key, QImage] = OrderedDict()
        self._former: dict[int, QImage] = {}
        """Last image of each page, of another zoom or of an older document, shown until the new one is."""
        self._asked: dict[Key, Task] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        self.setAccessibleName(NAME)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())
        theme.changed.connect(self.viewport().update)

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """Page in sight, from 0."""
        return self._page

    @property
    def waiting(self) -> bool:
        """True while a page in sight is not drawn yet."""
        return bool(self._asked) or self._rest.isActive()

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show a document, at the page and the place where the former one was."""
        place = self._layout.place_of(self.verticalScrollBar().value())
        self._forget()
        if pages is None:
            self._former.clear()
        former, self.pages = self.pages, pages
        self._layout = Layout(pages.sizes if pages is not None else ())
        self._fit()
        self.verticalScrollBar().setValue(self._layout.value_at(place))
        self._tell_page()
        if former is not None and former is not pages:
            former.close()

    def go_to(self, page: int, y: float = 0.0) -> None:
        """Bring a page in sight, at a height in points from its top."""
        if self._layout.count:
            page = min(max(page, 0), self._layout.count - 1)
            top = self._layout.value_of(page, y) if y > 0 else round(self._layout.top(page))
            self.verticalScrollBar().setValue(top)
            self._page = page
            self._tell_page()

    def set_zoom(self, zoom: Zoom | float) -> None:
        """Fit the width, fit the page, or a share of the true size."""
        place = self._layout.place_of(self.verticalScrollBar().value())
        if isinstance(zoom, Zoom):
            self.zoom = zoom
        else:
            self.zoom, self._scale = Zoom.FREE, min(max(zoom, 0.25), 4.0)
        self._fit()
        self.verticalScrollBar().setValue(self._layout.value_at(place))

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out."""
        self.set_zoom(self._scale * factor)

    # -- geometry ----------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Place pages for the size of the view."""
        width, height = self.viewport().width(), self.viewport().height()
        if self.zoom is not Zoom.FREE:
            self._scale = self._layout.scale_for(self.zoom, width, height)
        self._layout.fit(self._scale, width)
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(round(self._layout.height) - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(48)
        across.setRange(0, max(round(self._layout.width) - width, 0))
        across.setPageStep(width)
        self.zoom_changed.emit(percent(self._scale * 100, 0))
        self._rest.start()
        self.viewport().update()

    def _scrolled(self, value: int) -> None:
        page = self._layout.page_at(value + self.viewport().height() / 3)
        if page != self._page and self._layout.count:
            self._page = page
            self._tell_page()
        self._rest.start()
        self.viewport().update()

    def _tell_page(self) -> None:
        count = self._layout.count
        self._page = min(self._page, max(count - 1, 0))
        self.setAccessibleDescription(f"page {self._page + 1} sur {count}" if count else "aucune page")
        self.page_changed.emit(self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        place = self._layout.place_of(self.verticalScrollBar().value())
        self._fit()
        self.verticalScrollBar().setValue(self._layout.value_at(place))

    # -- drawing -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pages in sight: their image, or the former one until it is there."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), self._theme.token("fond"))
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in self._in_sight():
            box = self._layout.box(page).translated(-offset)
            self._draw(painter, page, QRectF(box.toAlignedRect()))

    def _draw(self, painter: QPainter, page: int, box: QRectF) -> None:
        image = self._drawn.get(self._key(page)) or self._former.get(page)
        if image is not None:
            painter.drawImage(box, image)
        else:
            painter.fillRect(box, Qt.GlobalColor.white)
        painter.setPen(QPen(self._theme.token("trait_fort" if page == self._page else "trait"), 1))
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus() and page == self._page:
            painter.setPen(QPen(self._theme.token("encre"), 2))
            painter.drawRect(box.adjusted(-3, -3, 3, 3))

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.between(top, top + self.viewport().height())

    def _key(self, page: int) -> Key:
        return (page, round(self._layout.points * self.devicePixelRatioF() * 1000))

    def _ask(self) -> None:
        """Ask for the pages in sight, then the next one; forget those that went out of sight."""
        if self.pages is None or not self.isVisible():
            return
        seen = self._in_sight()
        wanted = [self._key(page) for page in (*seen, *range(seen.stop, seen.stop + 1))]
        for key in [key for key in self._asked if key not in wanted]:
            self._asked.pop(key).cancel()
        for key in wanted:
            if key[0] < self._layout.count and key not in self._drawn and key not in self._asked:
                call = partial(_image, self.pages, key)
                deliver = partial(self._keep, self.pages, key)
                self._asked[key] = self._runner.read(call, deliver, refused=self._lost)

    def _keep(self, pages: PdfPages, key: Key, image: QImage | None) -> None:
        if pages is not self.pages:
            return
        self._asked.pop(key, None)
        if image is None:
            return
        self._drawn[key] = image
        self._former[key[0]] = image
        while sum(held.sizeInBytes() for held in self._drawn.values()) > CACHE_BYTES and len(self._drawn) > 3:
            old, _ = self._drawn.popitem(last=False)
            self._former.pop(old[0], None)
        self.viewport().update()

    def _lost(self, _error: DomainError) -> None:
        self._asked.clear()

    def _forget(self) -> None:
        for task in self._asked.values():
            task.cancel()
        self._asked.clear()
        self._drawn.clear()

    # -- keyboard and mouse ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages, ends, zoom; arrows scroll."""
        moves = {
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._layout.count - 1,
        }
        zooms: dict[int, Zoom | float] = {
            Qt.Key.Key_Plus: self._scale * STEP,
            Qt.Key.Key_Minus: self._scale / STEP,
            Qt.Key.Key_L: Zoom.WIDTH,
            Qt.Key.Key_P: Zoom.PAGE,
        }
        key = event.key()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and key in moves:
            self.go_to(moves[Qt.Key(key)])
        elif plain and key in zooms:
            self.set_zoom(zooms[key])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where a page was clicked."""
        found = self._under(event)
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(*found)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell which page was opened."""
        found = self._under(event)
        if found is not None:
            self.opened.emit(found[0])

    def _under(self, event: QMouseEvent) -> tuple[int, float, float] | None:
        at = event.position()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return self._layout.page_under(at.x() + across, at.y() + down)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_by(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()
        else:
            super().wheelEvent(event)


def _image(pages: PdfPages, key: Key, progress: Progress) -> QImage | None:
    """Draw a page; None if the document was replaced meanwhile."""
    try:
        return pages.image(key[0], key[1] / 1000, progress)
    except ValueError:
        return None

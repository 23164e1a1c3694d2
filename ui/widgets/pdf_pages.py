"""The pages of a PDF held in memory, drawn one by one away from the screen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from app.progress import SILENT, Progress

_PDFIUM = threading.Lock()
"""PDFium must not be called by two threads at once, even on two files."""
MOST_PIXELS = 24_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: its title, its page from 0, its depth from 0."""

    title: str
    page: int
    level: int


class PdfPages:
    """Sizes in points and bookmarks are read at once; images when asked. Raises ValueError on other data."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self.data = data
        with _PDFIUM:
            try:
                self._document: Any = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                raise ValueError("not a PDF") from error
            count = len(self._document)
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(i) for i in range(count)
            )
            self.marks = tuple(_mark(found) for found in self._document.get_toc(max_depth=3))

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, page: int, scale: float, progress: Progress = SILENT) -> QImage:
        """Draw a page, scale pixels a point. Raises Cancelled if it is no longer wanted, ValueError."""
        width, height = self.sizes[page]
        scale = min(scale, (MOST_PIXELS / (width * height)) ** 0.5)
        with _PDFIUM:
            progress.report(0.0)
            if self._document is None:
                raise ValueError("these pages are closed")
            sheet = self._document[page]
            try:
                bitmap = sheet.render(scale=scale, prefer_bgrx=True)
                drawn = QImage(
                    bytes(bitmap.buffer),
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGB32,
                ).copy()
                bitmap.close()
            finally:
                sheet.close()
        return drawn

    def page_of(self, title: str) -> int | None:
        """Page of the first bookmark of that title, spaces of any kind alike; None without one."""
        wanted = _plain(title)
        return next((mark.page for mark in self.marks if _plain(mark.title) == wanted), None)

    def link_at(self, page: int, x: float, y: float) -> tuple[int, float] | None:
        """Where the link under a point leads: page from 0, points from its top; None without a link.

        x, y: points from the top left corner of the page.
        """
        import pypdfium2.raw as raw

        with _PDFIUM:
            if self._document is None:
                return None
            sheet = self._document[page]
            try:
                link = raw.FPDFLink_GetLinkAtPoint(sheet, x, self.sizes[page][1] - y)
                place = raw.FPDFLink_GetDest(self._document, link) if link else None
                if link and not place:
                    place = raw.FPDFAction_GetDest(self._document, raw.FPDFLink_GetAction(link))
                return self._place(place) if place else None
            finally:
                sheet.close()

    def _place(self, place: Any) -> tuple[int, float] | None:
        import ctypes

        import pypdfium2.raw as raw

        page = raw.FPDFDest_GetDestPageIndex(self._document, place)
        if not 0 <= page < len(self.sizes):
            return None
        has = [ctypes.c_int() for _ in range(3)]
        at = [ctypes.c_float() for _ in range(3)]
        raw.FPDFDest_GetLocationInPage(place, *has, *at)
        return page, self.sizes[page][1] - at[1].value if has[1].value else 0.0

    def close(self) -> None:
        """Free the file; nothing can be drawn after that."""
        with _PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None


def _mark(found: Any) -> Mark:
    place = found.get_dest()
    return Mark(found.get_title(), place.get_index() if place is not None else 0, found.level)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()

"""The paper of a booklet: pages of several formats, inner links, attached files, a date of its own."""

from __future__ import annotations

import datetime
from typing import Any

from maps.canvas import FONTS, Box, Face
from maps.pdf import PdfCanvas, operands
from reports.kit.blocks import Paper as Format
from reports.kit.greys import grey_of

SIZES = {
    Format.A4: (595.28, 841.89),
    Format.A4_LANDSCAPE: (841.89, 595.28),
    Format.A3_LANDSCAPE: (1190.55, 841.89),
}
"""Width and height of each format, in points."""


class Paper(PdfCanvas):
    """Canvas of a booklet. Ordinates grow downwards from the top of the current page."""

    def __init__(
        self,
        title: str,
        author: str,
        subject: str,
        date: datetime.date,
        keywords: str = "",
        *,
        grey: bool = False,
    ) -> None:
        """grey: every colour becomes a grey, for a black and white printer."""
        super().__init__(*SIZES[Format.A4], title, subject)
        self.width = SIZES[Format.A4][0]
        self._sheet.setAuthor(author)
        self._sheet.setKeywords(keywords)
        self._stamp(date)
        self._grey = grey
        self._started = False
        self._level = -1
        self.page = 0
        """Number of the current page."""
        self.marked: dict[int, list[int]] = {}
        """Pages that bear each mark, in order."""

    def _ink(self, code: str) -> str:
        return operands(grey_of(code)) if self._grey else operands(code)

    def _stamp(self, date: datetime.date) -> None:
        """Give the document its own date instead of the clock's."""
        stamp = self._sheet._doc._timeStamp
        stamp.YMDhms = (date.year, date.month, date.day, 0, 0, 0)
        stamp.dhh = stamp.dmm = 0

    def begin_page(self, format_: Format) -> None:
        """Begin a page of that format, ending the one before."""
        self.begin_sheet(*SIZES[format_])

    def begin_sheet(self, width: float, height: float) -> None:
        """Begin a page of any size in points, ending the one before."""
        if self._started:
            self._sheet.showPage()
        self._started = True
        self.page += 1
        self.width, self.height = width, height
        self._sheet.setPageSize((self.width, self.height))
        self._sheet.addLiteral("1 j 1 J")

    def anchor(self, key: str, y: float) -> None:
        """Name a place of this page, so that links lead to it."""
        self._sheet.bookmarkPage(key, fit="XYZ", left=0, top=self.height - y, zoom=0)

    def outline(self, title: str, key: str, level: int) -> None:
        """Add an entry to the outline of the document, leading to an anchor."""
        level = min(level, self._level + 1)  # an outline never skips a level
        self._level = level
        self._sheet.addOutlineEntry(title, key, level=level, closed=int(level > 0))

    def show_outline(self) -> None:
        """Open the outline beside the pages when the file is opened."""
        self._sheet.showOutline()

    def link(self, box: Box, key: str, words: str = "") -> None:
        """Make a rectangle lead to an anchor, which may come later."""
        rectangle = (box.x, self.height - box.bottom, box.right, self.height - box.y)
        self._sheet.linkAbsolute(words, key, rectangle, Border="[0 0 0]")

    def mark(self, box: Box, number: int) -> None:
        """Make a raised mark lead to its line of the annex, which leads back here."""
        self.link(box, f"s{number}", str(number))
        pages = self.marked.setdefault(number, [])
        if self.page not in pages:
            pages.append(self.page)
            self.anchor(f"m{number}p{self.page}", max(box.y - 24, 0.0))

    def slanted(self, x: float, y: float, text: str, face: Face, angle: float) -> None:
        """Write a text centred on a point, turned anticlockwise by an angle in degrees."""
        self._sheet.saveState()
        self._sheet.translate(x, self.height - y)
        self._sheet.rotate(angle)
        self._sheet.addLiteral(f"{self._ink(face.colour)} rg")
        self._sheet.setFont(FONTS[face.weight][0], face.size)
        self._sheet.drawCentredString(0, 0, text)
        self._sheet.restoreState()

    def picture(self, path: str, box: Box) -> None:
        """Draw an image file within a box, proportions kept, from its top left corner."""
        self._sheet.drawImage(
            path,
            box.x,
            self.height - box.bottom,
            box.w,
            box.h,
            mask="auto",
            preserveAspectRatio=True,
            anchor="nw",
        )

    def attach(self, name: str, data: bytes, words: str) -> None:
        """Embed a file in the document."""
        from reportlab.pdfbase import pdfdoc

        document = self._sheet._doc
        stream = pdfdoc.PDFStream(content=data, filters=[pdfdoc.PDFZCompress])
        stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
        stream.dictionary["Subtype"] = pdfdoc.PDFName("application/json")
        stream.dictionary["Params"] = pdfdoc.PDFDictionary({"Size": len(data)})
        entry: dict[str, Any] = {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(name),
            "UF": pdfdoc.PDFString(name),
            "Desc": pdfdoc.PDFString(words),
            "AFRelationship": pdfdoc.PDFName("Data"),
            "EF": pdfdoc.PDFDictionary({"F": document.Reference(stream)}),
        }
        spec = document.Reference(pdfdoc.PDFDictionary(entry))
        names = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(name), spec])})
        document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": document.Reference(names)})

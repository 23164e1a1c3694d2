"""What tests read in a PDF: text of pages, words a reader must never meet, outline, sizes."""

from __future__ import annotations

import re

import pypdfium2

TECHNICAL = re.compile(r"\b(nan|NaN|None|inf|Infinity)\b|\[\]|\(\)|\{\}|<[a-z/]+>")
LONE = re.compile(r"(^|\s)[,;.!?](\s|$)|,,|\.\.(?!\.)|\(\s|\s\)|: \.|, \.")


def texts(data: bytes) -> list[str]:
    """Text of each page, spaces made plain, lines joined."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [re.sub(r"\s+", " ", page) for page in pages]


def unspaced(page: str) -> str:
    """The text without the space that French wants before high signs."""
    return re.sub(r" (?=[;:!?%»])", "", page)


def titles(data: bytes) -> list[str]:
    """Titles of the outline, in order."""
    document = pypdfium2.PdfDocument(data)
    found = [item.get_title() for item in document.get_toc()]
    document.close()
    return found


def sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, rounded."""
    document = pypdfium2.PdfDocument(data)
    found = [(round(page.get_width()), round(page.get_height())) for page in document]
    document.close()
    return found


def flaws(data: bytes) -> list[str]:
    """Technical words and lone punctuation, with what is around."""
    found = []
    for number, page in enumerate(map(unspaced, texts(data)), 1):
        for pattern in (TECHNICAL, LONE):
            found += [
                f"p. {number}: {page[max(m.start() - 25, 0) : m.end() + 25]}" for m in pattern.finditer(page)
            ]
    return found

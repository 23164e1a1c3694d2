"""A document to a file: laid once, drawn once, whole or not at all; same document, same bytes."""

from __future__ import annotations

from pathlib import Path

from app.progress import SILENT, Progress
from maps.draw import write_whole
from reports.kit.annex import lay_annex
from reports.kit.blocks import Document
from reports.kit.blocks import Paper as Format
from reports.kit.contents import lay_contents
from reports.kit.desk import MARGIN, Captions, Desk, Piece
from reports.kit.frame import draw_cover, draw_frame
from reports.kit.lay import lay_section
from reports.kit.manifest import NAME, WORDS, manifest_bytes
from reports.kit.notes import Notes
from reports.kit.pages import Page, Paginator, anchors_of
from reports.kit.paper import Paper
from reports.kit.prose import clean

LAYING = 0.35
"""Share of the work that laying out is, for the progress bar."""


def write_pdf(document: Document, path: Path, progress: Progress = SILENT) -> None:
    """Write the booklet; the file appears whole or what was there stays.

    Raises Cancelled, DiskFull, or WriteRefused when the system says no.
    """
    data = pdf_bytes(document, progress)
    progress.report(0.98, "Écriture du fichier")
    write_whole(path, data)


def pdf_bytes(document: Document, progress: Progress = SILENT) -> bytes:
    """Return the PDF of a document. Raises Cancelled if a stop is asked."""
    desk = Desk(document, Captions(document.sections), Notes(annexed=document.annex))
    pages = lay_pages(document, desk, progress)
    subject = clean(", ".join(words for words in (document.subtitle, document.territory) if words))
    author = clean(document.author) or "Maillage"
    paper = Paper(clean(document.title), author, subject, document.date, grey=document.grey)
    for rank, page in enumerate(pages):
        progress.report(LAYING + (0.97 - LAYING) * rank / len(pages), f"Page {page.number} sur {len(pages)}")
        _draw_page(paper, document, page, len(pages))
    paper.show_outline()
    paper.attach(NAME, manifest_bytes(document, desk.notes), WORDS)
    return paper.finish()


def lay_pages(document: Document, desk: Desk, progress: Progress = SILENT) -> list[Page]:
    """Return the pages of a document, ready to be drawn; desk then knows the page of each anchor."""
    body: list[Piece] = []
    for rank, section in enumerate(document.sections):
        progress.report(LAYING * rank / max(len(document.sections), 1), clean(section.title))
        body += lay_section(section, rank, desk)
    paginator = Paginator()
    if document.cover:
        paginator.bare_page(lambda paper, _x, _y: draw_cover(paper, document))
    desk.paper = Format.A4
    if document.contents:
        entries = [*body, *_annex_entry(document, desk)]
        paginator.add(lay_contents(entries, desk))
    paginator.add(body)
    _note_pages(paginator, desk)
    if document.annex:
        desk.paper = Format.A4
        paginator.add(lay_annex(desk))
    desk.pages.update(anchors_of(paginator.pages))
    return paginator.pages


def _annex_entry(document: Document, desk: Desk) -> list[Piece]:
    """Return a piece that only stands for the annex in the table of contents."""
    from reports.kit.annex import TITLE_WORDS
    from reports.kit.desk import Anchor

    if not document.annex or not desk.notes.all():
        return []
    return [Piece(0.0, anchors=(Anchor("annex", TITLE_WORDS, 0, in_contents=True),))]


def _note_pages(paginator: Paginator, desk: Desk) -> None:
    for piece, page in paginator.placements:
        desk.notes.place(piece.numbers, page)


def _draw_page(paper: Paper, document: Document, page: Page, total: int) -> None:
    paper.begin_page(page.paper)
    if not page.bare:
        draw_frame(paper, document, page, total)
    for anchor, y in page.anchors:
        paper.anchor(anchor.key, max(y - 8, 0.0))
        if anchor.level >= 0:
            paper.outline(anchor.title, anchor.key, anchor.level)
    for placed in page.placed:
        placed.draw(paper, MARGIN, placed.y)

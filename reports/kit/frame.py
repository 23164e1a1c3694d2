"""What surrounds the body of pages: running header and foot, watermark, cover."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.domain.french import THIN, listing, long_date
from maps.canvas import DISPLAY, INK, OCHRE, TEXT, TEXT2, TEXT3, Box, Face, Pen, fitted, wrap, write_lines
from maps.plan import Plan
from reports.kit.blocks import Document
from reports.kit.desk import MARGIN, TOP
from reports.kit.pages import Page
from reports.kit.paper import Paper
from reports.kit.prose import clean

RULE = Pen("#CFCBC2", 0.7)
PALE = "#EFEDE8"
"""Ink of the watermark: seen in print, under the text."""
STATUSES = {"projet": "Projet, version de travail", "validé": "Version validée", "valide": "Version validée"}


def version_words(document: Document) -> str:
    """Return « Projet, version de travail du 19 novembre 2026 »; « En cours, édité le… » for other words."""
    if document.version:
        return clean(document.version)
    day = long_date(document.date)
    if document.status in STATUSES:
        return f"{STATUSES[document.status]} du {day}"
    said = clean(document.status)
    return f"{said[:1].upper()}{said[1:]}, édité le {day}" if said else f"Édité le {day}"


def draw_frame(paper: Paper, document: Document, page: Page, total: int) -> None:
    """Draw header, foot and watermark around the body of a page."""
    draw_watermark(paper, document.watermark)
    face, right = Face(7.4, 400, TEXT2), paper.width - MARGIN
    width = right - MARGIN
    if document.header:
        title = clean(document.title if not document.territory else f"{document.title}, {document.territory}")
        paper.text(MARGIN, 40, fitted(title, face, width * 0.58), face)
        paper.text(right, 40, fitted(page.running, face, width * 0.38), face, "end")
        _rule(paper, 48.0, right)
    foot = paper.height - 46
    _rule(paper, foot, right)
    words = ", ".join(word for word in (version_words(document), clean(document.profile)) if word)
    if document.watermark:
        words = f"{words}, {listing([clean(reason) for reason in document.watermark])}"
    paper.text(MARGIN, foot + 14, fitted(words, face, width - 90), face)
    paper.text(right, foot + 14, f"page {page.number} sur {total}", face, "end")


def _rule(paper: Paper, y: float, right: float) -> None:
    paper.path([np.array([[MARGIN, y], [right, y]])], pen=RULE, closed=False)


def draw_watermark(paper: Paper, reasons: Sequence[str]) -> None:
    """Write the reasons across the page, under what will be drawn."""
    if not reasons:
        return
    text = clean(listing(list(reasons))).upper()
    face = Face(54, DISPLAY, PALE)
    size = min(54.0, 54.0 * paper.height * 0.8 / max(face.width(text), 1.0))
    paper.slanted(paper.width / 2, paper.height / 2 + size / 3, text, Face(size, DISPLAY, PALE), 52)


def draw_cover(paper: Paper, document: Document) -> None:
    """Draw the cover: logo, kind, title, territory, picture, parties, date, status, reasons to be careful."""
    draw_watermark(paper, document.watermark)
    left, width = MARGIN + 12, paper.width - 2 * MARGIN - 24
    if document.logo is not None and document.logo.is_file():
        paper.picture(str(document.logo), Box(left, 56, 150, 64))
    y = 176.0
    if document.kicker:
        paper.text(left, y, clean(document.kicker), Face(11, 600, OCHRE))
        y += 12
    face = Face(30, DISPLAY, INK)
    y = write_lines(paper, wrap(clean(document.title), face, width), left, y + 26, face, 36)
    for words, style in (
        (document.territory, Face(18, 600, TEXT)),
        (document.subtitle, Face(11, 400, TEXT2)),
    ):
        if words:
            lead = style.size * 1.36
            y = write_lines(paper, wrap(clean(words), style, width), left, y, style, lead) + 4
    foot = _draw_cover_foot(paper, document, left, width)
    if document.picture is not None and foot - y > 150:
        frame = Box(left, y + 10, width, min(foot - y - 40, 330))
        plan = Plan(
            document.picture, frame, names=False, values=False, context=False, scale_bar=False, north=False
        )
        plan.draw(paper)


def _draw_cover_foot(paper: Paper, document: Document, left: float, width: float) -> float:
    """Write parties, version, profile and reasons at the foot of the cover; return where it begins."""
    face, strong = Face(9, 400, TEXT2), Face(10, 600, TEXT)
    lines: list[tuple[str, Face]] = []
    for party in document.parties[:12]:
        lines += [(line, face) for line in wrap(clean(party), face, width)]
    if len(document.parties) > 12:
        lines.append((f"et {len(document.parties) - 12}\u00a0autres signataires", face))
    if lines:
        lines.append(("", face))
    lines.append((version_words(document), strong))
    if document.author:
        lines.append((clean(document.author), face))
    if document.profile:
        lines.append((clean(document.profile), face))
    if document.watermark:
        words = f"À lire avec prudence{THIN}: {listing([clean(r) for r in document.watermark])}."
        lines += [(line, Face(9, 600, OCHRE)) for line in wrap(words, Face(9, 600), width)]
    top = paper.height - 70 - 14.0 * len(lines)
    y = top
    paper.path([np.array([[left, top - 20], [left + 64, top - 20]])], pen=Pen(INK, 2.2), closed=False)
    for line, style in lines:
        paper.text(left, y, line, style)
        y += 14.0
    paper.text(left, paper.height - 46, "Maillage", Face(7.4, 400, TEXT3))
    return max(top - 30, TOP)

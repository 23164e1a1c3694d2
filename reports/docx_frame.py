"""What surrounds the text of a DOCX: styles, metadata, pages, header and foot, cover, contents."""

from __future__ import annotations

import datetime
from typing import Any

from app.domain.french import listing
from maps.canvas import INK, OCHRE
from reports.docx_parts import add_field, set_language
from reports.docx_text import add_text, make_styles, rgb, set_style
from reports.kit.blocks import Document
from reports.kit.blocks import Paper as Format
from reports.kit.contents import TITLE_WORDS as CONTENTS
from reports.kit.desk import MARGIN, Desk
from reports.kit.frame import version_words
from reports.kit.paper import SIZES
from reports.kit.printed import Run
from reports.kit.prose import clean

MOST_SIGNS = 255
"""Longest property of a DOCX."""


def set_up(made: Any, document: Document) -> None:
    """Set styles, language, metadata, page, header and foot."""
    make_styles(made)
    set_language(made)
    core = made.core_properties
    core.title = clean(document.title)[:MOST_SIGNS]
    core.author = clean(document.author)[:MOST_SIGNS] or "Maillage"
    core.subject, core.language = clean(document.subtitle)[:MOST_SIGNS], "fr-FR"
    core.last_modified_by, core.revision = "Maillage", 1
    core.comments = ""
    core.created = core.modified = datetime.datetime.combine(document.date, datetime.time())
    set_page(made.sections[0], Format.A4)
    _set_frame(document, made.sections[0])


def set_page(section: Any, format_: Format) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    width, height = SIZES[format_]
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(MARGIN + 6 if "top" in side or "bottom" in side else MARGIN))


def _set_frame(document: Document, section: Any) -> None:
    head = section.header.paragraphs[0]
    set_style(head, "Petite note")
    words = [clean(document.title), clean(document.territory)]
    head.add_run(", ".join(word for word in words if word))
    if document.watermark:
        run = head.add_run(f"\u2003{clean(listing(list(document.watermark))).upper()}")
        run.bold, run.font.color.rgb = True, rgb(OCHRE)
    foot = section.footer.paragraphs[0]
    set_style(foot, "Petite note")
    foot.add_run(
        f"{version_words(document)}{', ' if document.profile else ''}{clean(document.profile)}\u2003page "
    )
    add_field(foot, "PAGE", "1")
    foot.add_run(" sur ")
    add_field(foot, "NUMPAGES", "1")


def write_cover(made: Any, document: Document, desk: Desk) -> None:
    """Write the cover."""
    from docx.shared import Pt

    if document.logo is not None and document.logo.is_file():
        made.add_picture(str(document.logo), height=Pt(56))
    kicker = made.add_paragraph()
    kicker.paragraph_format.space_before = Pt(110)
    run = kicker.add_run(clean(document.kicker))
    run.bold, run.font.color.rgb = True, rgb(OCHRE)
    made.add_paragraph(clean(document.title), style="Title")
    for words, size in ((document.territory, 18), (document.subtitle, 11)):
        if words:
            line = made.add_paragraph().add_run(clean(words))
            line.font.size, line.bold = Pt(size), size > 12
    for party in document.parties:
        made.add_paragraph(clean(party))
    made.add_paragraph().add_run(version_words(document)).bold = True
    for words in (document.author, document.profile):
        if words:
            made.add_paragraph(clean(words))
    if document.watermark:
        words = f"À lire avec prudence\u202f: {clean(listing(list(document.watermark)))}."
        add_text(made.add_paragraph(), Run(words, bold=True, colour=OCHRE), desk)
    made.add_page_break()


def write_contents(made: Any, document: Document) -> None:
    """Write the table of contents as a field, its entries filled for readers that do not compute it."""
    from docx.shared import Pt

    title = made.add_paragraph()
    run = title.add_run(CONTENTS)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(20), rgb(INK)
    entries = [
        clean(f"{s.number}. {s.title}" if s.number else s.title) for s in document.sections if s.in_contents
    ]
    add_field(made.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', "\n".join(entries))
    made.add_page_break()

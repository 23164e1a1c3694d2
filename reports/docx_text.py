"""Texts of the DOCX: styles, runs, raised marks that lead to the annex, captions with their fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from maps.canvas import INK, TEXT, TEXT2, TEXT3, VIOLET
from reports.docx_parts import add_bookmark, add_field, add_link, bar_on_left, shade
from reports.kit.desk import Desk
from reports.kit.printed import Printed, Ref, Run, Text, inlines
from reports.kit.prose import clean

FONT = "Arial"
"""A face found on every desk, since the DOCX is edited there."""
_NAME = re.compile(r"[^A-Za-z0-9_]")
STYLES: tuple[tuple[str, str, float, bool, str, float, float], ...] = (
    ("Chapô", "Normal", 10.5, False, TEXT, 2, 6),
    ("Petite note", "Normal", 8, False, TEXT2, 2, 6),
    ("Encadré", "Normal", 9.5, False, TEXT, 6, 6),
    ("Cellule", "Normal", 8.5, False, TEXT, 1, 1),
    ("Puce", "Normal", 10, False, TEXT, 0, 2),
)
"""Name, base, size, bold, colour, space before and after of our paragraph styles."""


def add_paragraph(container: Any, style: str) -> Any:
    """Add an empty paragraph; the style is named by its id, which python-docx would search each time."""
    paragraph = container.add_paragraph()
    set_style(paragraph, style)
    return paragraph


def set_style(paragraph: Any, style: str) -> None:
    """Give its style to a paragraph."""
    paragraph._p.style = style.replace(" ", "")


def rgb(colour: str) -> Any:
    """Return a colour of python-docx."""
    from docx.shared import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())


def make_styles(document: Any) -> None:
    """Set the styles of the document: ours, and the built-in ones that Word lists and outlines."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    _set_style(document.styles["Normal"], 10, False, TEXT, 0, 6)
    for name, size, before in (
        ("Heading 1", 20.0, 18.0),
        ("Heading 2", 13.0, 14.0),
        ("Heading 3", 10.5, 10.0),
    ):
        _set_style(document.styles[name], size, True, INK if name == "Heading 1" else TEXT, before, 4)
        document.styles[name].paragraph_format.keep_with_next = True
    _set_style(document.styles["Title"], 30, True, INK, 6, 8)
    _set_style(document.styles["Caption"], 9, True, TEXT, 10, 3)
    document.styles["Caption"].paragraph_format.keep_with_next = True
    for name, base, size, bold, colour, before, after in STYLES:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles[base]
        _set_style(made, size, bold, colour, before, after)
    bullet = document.styles["Puce"].paragraph_format
    bullet.left_indent, bullet.first_line_indent = Pt(14), Pt(-14)


def _set_style(style: Any, size: float, bold: bool, colour: str, before: float, after: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{place}"), FONT)
    for place in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{place}"), None)
    style.font.color.rgb = rgb(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def anchor_name(key: str) -> str:
    """Return a key as Word accepts it in a bookmark."""
    return "m_" + _NAME.sub("_", key)[:36]


def add_text(paragraph: Any, text: Text, desk: Desk, *, bold: bool = False, marking: bool = True) -> None:
    """Add a text with its marks; line breaks are kept."""
    for piece in inlines(text):
        if isinstance(piece, Printed):
            add_number(paragraph, piece, bold=bold)
            if marking:
                add_mark(paragraph, desk.notes.mark((piece,)))
        elif isinstance(piece, Ref):
            words = clean(piece.words or desk.captions.words(piece.key))
            target = desk.captions.anchor(piece.key)
            run = add_link(paragraph, words, anchor_name(target)) if target else paragraph.add_run(words)
            run.font.color.rgb = rgb(INK)
        elif isinstance(piece, Run):
            run = paragraph.add_run(clean(piece.text))
            run.bold = True if piece.bold or bold else None
            run.font.superscript = True if piece.raised else None
            if piece.colour:
                run.font.color.rgb = rgb(piece.colour)
        else:
            paragraph.add_run(clean(piece)).bold = True if bold else None


def add_number(paragraph: Any, shown: Printed, *, bold: bool = False) -> None:
    """Add a number: pale where it is an absence, underlined with dashes where it is fictitious."""
    from docx.enum.text import WD_UNDERLINE

    run = paragraph.add_run(clean(shown.text))
    run.bold = True if bold else None
    if not shown.state.is_known:
        run.font.color.rgb = rgb(TEXT3)
    if shown.fictitious:
        run.font.underline = WD_UNDERLINE.DASH
        word = paragraph.add_run("\u00a0fictif")
        word.font.color.rgb, word.font.superscript = rgb(VIOLET), True


def add_mark(paragraph: Any, number: int) -> None:
    """Add a raised mark that leads to its line of the annex, nothing for 0."""
    if number:
        run = add_link(paragraph, str(number), f"m_s{number}")
        run.font.superscript, run.font.color.rgb = True, rgb(INK)


def add_caption(
    container: Any, block: object, caption: Text, desk: Desk, ranks: Iterable[int], mark: int = 0
) -> None:
    """Add a caption whose number is a field, so that it follows when blocks move; nothing without number."""
    number = desk.captions.of(block)
    if number is None or not caption:
        return
    paragraph = add_paragraph(container, "Caption")
    add_bookmark(paragraph, anchor_name(number.anchor), next(iter(ranks)))
    head = paragraph.add_run(f"{number.kind}\u00a0")
    head.font.color.rgb = rgb(INK)
    add_field(paragraph, f"SEQ {number.kind} \\* ARABIC", str(number.number))
    paragraph.add_run(". ")
    add_text(paragraph, caption, desk)
    add_mark(paragraph, mark)


def add_callout(container: Any, text: Text, desk: Desk, look: tuple[str, str, str], title: str = "") -> None:
    """Add a framed note; look: word, ground and colour of its tone."""
    word, ground, colour = look
    paragraph = add_paragraph(container, "Encadré")
    bar_on_left(paragraph, colour)
    shade(paragraph, ground)
    head = paragraph.add_run(f"{clean(title or word)}. ")
    head.bold, head.font.color.rgb = True, rgb(colour)
    add_text(paragraph, text, desk)

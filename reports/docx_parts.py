"""What python-docx has no word for: fields, bookmarks, inner links, grounds, borders, fixed bytes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every part of the archive: same document, same bytes."""


def element(tag: str, **attributes: str) -> Any:
    """Return an element of WordprocessingML with its attributes, named without prefix."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Any, code: str, shown: str, style: Any = None) -> None:
    """Add a field (PAGE, NUMPAGES, SEQ…) with the words shown until it is computed again."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run("", style)
        if kind == "shown":
            run.text = text
        elif kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            instruction = element("instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)


def add_bookmark(paragraph: Any, name: str, rank: int) -> None:
    """Name the beginning of a paragraph, so that links lead to it."""
    start, end = element("bookmarkStart", id=str(rank), name=name), element("bookmarkEnd", id=str(rank))
    properties = paragraph._p.pPr
    place = 0 if properties is None else 1
    paragraph._p.insert(place, start)
    paragraph._p.insert(place + 1, end)


def add_link(paragraph: Any, text: str, anchor: str) -> Any:
    """Add words that lead to a bookmark; return their run."""
    run = paragraph.add_run(text)
    link = element("hyperlink", anchor=anchor, history="1")
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)
    return run


def shade(cell_or_paragraph: Any, colour: str) -> None:
    """Give a ground («\u202f#RRGGBB\u202f») to a cell or a paragraph."""
    mark = element("shd", val="clear", color="auto", fill=colour.lstrip("#"))
    held = getattr(cell_or_paragraph, "_tc", None)
    if held is not None:
        held.get_or_add_tcPr().append(mark)
    else:
        cell_or_paragraph._p.get_or_add_pPr().append(mark)


def rule(cell: Any, **sides: tuple[int, str]) -> None:
    """Draw borders of a cell: side to (eighths of a point, colour); 0 for none."""
    borders = element("tcBorders")
    for side, (width, colour) in sides.items():
        kind = "single" if width else "nil"
        borders.append(element(side, val=kind, sz=str(width), space="0", color=colour.lstrip("#")))
    cell._tc.get_or_add_tcPr().append(borders)


def bar_on_left(paragraph: Any, colour: str) -> None:
    """Draw a bar on the left of a paragraph."""
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="18", space="8", color=colour.lstrip("#")))
    paragraph._p.get_or_add_pPr().append(borders)


def repeat_header(row: Any) -> None:
    """Have a row printed again on each page of its table."""
    row._tr.get_or_add_trPr().append(element("tblHeader", val="true"))


def keep_whole(row: Any) -> None:
    """Forbid a row to be cut by a page."""
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


def set_language(document: Any, language: str = "fr-FR") -> None:
    """Say that the whole text is in French, for hyphens and voices."""
    for style in document.styles.element.iter():
        if style.tag.endswith("}rPrDefault"):
            properties = style[0]
            for held in list(properties):
                if held.tag.endswith("}lang"):
                    properties.remove(held)
            properties.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))


def describe(picture: Any, words: str) -> None:
    """Give its alternative text to a picture."""
    held = picture._inline.docPr
    held.set("descr", words)
    held.set("title", words[:120])


def fixed(data: bytes) -> bytes:
    """Return the same archive with fixed dates and order."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return made.getvalue()

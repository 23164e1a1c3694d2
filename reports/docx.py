"""The same documents as editable DOCX: styles, captions, native tables, pictures of charts and maps."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from app.domain.french import NBSP, listing
from app.progress import SILENT, Progress
from maps.canvas import INK, OCHRE, TEXT2, TEXT3, VIOLET
from maps.files import write_whole
from reports.docx_parts import add_bookmark, add_field, describe, fixed, set_language
from reports.docx_pictures import pictures_of
from reports.docx_tables import SHAPES, add_table, plain_table
from reports.docx_text import add_callout, add_caption, add_paragraph, add_text, anchor_name, make_styles, rgb
from reports.kit.annex import TITLE_WORDS, note_words
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    Callout,
    ChartBlock,
    Chips,
    Document,
    Fields,
    Glossary,
    Heading,
    KeyNumbers,
    MapBlock,
    Missing,
    PageBreak,
    Paragraph,
    Section,
    Signatures,
    Space,
    Swot,
    Table,
    Tone,
)
from reports.kit.blocks import Paper as Format
from reports.kit.captions import states_words
from reports.kit.contents import TITLE_WORDS as CONTENTS
from reports.kit.desk import MARGIN, Captions, Desk
from reports.kit.draw_chart import chart_numbers
from reports.kit.frame import version_words
from reports.kit.lay_figures import spread_words
from reports.kit.lay_maps import map_numbers
from reports.kit.lay_text import TONES
from reports.kit.notes import Notes
from reports.kit.paper import SIZES
from reports.kit.printed import Printed, Run, Text, bare, inlines
from reports.kit.prose import clean
from reports.kit.signs import sign_of


def write_docx(document: Document, path: Path, progress: Progress = SILENT) -> None:
    """Write the document as DOCX; the file appears whole or what was there stays; same bytes for the same.

    Raises Cancelled, DiskFull, or WriteRefused when the system says no.
    """
    data = docx_bytes(document, progress)
    progress.report(0.98, "Écriture du fichier")
    write_whole(path, data)


def docx_bytes(document: Document, progress: Progress = SILENT) -> bytes:
    """Return the DOCX of a document. Raises Cancelled if a stop is asked."""
    import docx

    made = docx.Document()
    desk = Desk(document, Captions(document.sections), Notes(annexed=document.annex))
    progress.report(0.0, "Figures et cartes")
    writer = _Writer(made, document, desk, pictures_of(document, desk))
    writer.set_up()
    if document.cover:
        writer.cover()
    if document.contents:
        writer.contents()
    for rank, section in enumerate(document.sections):
        progress.report(0.3 + 0.6 * rank / max(len(document.sections), 1), clean(section.title))
        writer.section(section, rank)
    writer.annex()
    buffer = BytesIO()
    made.save(buffer)
    return fixed(buffer.getvalue())


@dataclass
class _Writer:
    """The DOCX being written."""

    made: Any
    document: Document
    desk: Desk
    pictures: dict[int, tuple[bytes, float]]
    ranks: Iterator[int] = field(default_factory=lambda: count(1))

    def set_up(self) -> None:
        """Set styles, language, metadata, page, header and foot."""
        make_styles(self.made)
        set_language(self.made)
        core, document = self.made.core_properties, self.document
        core.title, core.author = clean(document.title), clean(document.author) or "Maillage"
        core.subject, core.language = clean(document.subtitle), "fr-FR"
        core.last_modified_by, core.revision = "Maillage", 1
        core.comments = ""
        core.created = core.modified = datetime.datetime.combine(document.date, datetime.time())
        self._set_page(self.made.sections[0], Format.A4)
        self._set_frame(self.made.sections[0])

    def _set_page(self, section: Any, format_: Format) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Pt

        width, height = SIZES[format_]
        section.page_width, section.page_height = Pt(width), Pt(height)
        section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Pt(MARGIN + 6 if "top" in side or "bottom" in side else MARGIN))

    def _set_frame(self, section: Any) -> None:
        document = self.document
        head = section.header.paragraphs[0]
        head.style = "Petite note"
        words = [clean(document.title), clean(document.territory)]
        head.add_run(", ".join(word for word in words if word))
        if document.watermark:
            run = head.add_run(f"\u2003{clean(listing(list(document.watermark))).upper()}")
            run.bold, run.font.color.rgb = True, rgb(OCHRE)
        foot = section.footer.paragraphs[0]
        foot.style = "Petite note"
        foot.add_run(
            f"{version_words(document)}{', ' if document.profile else ''}{clean(document.profile)}\u2003page "
        )
        add_field(foot, "PAGE", "1")
        foot.add_run(" sur ")
        add_field(foot, "NUMPAGES", "1")

    def cover(self) -> None:
        """Write the cover."""
        from docx.shared import Pt

        document = self.document
        if document.logo is not None and document.logo.is_file():
            self.made.add_picture(str(document.logo), height=Pt(56))
        kicker = self.made.add_paragraph()
        kicker.paragraph_format.space_before = Pt(110)
        run = kicker.add_run(clean(document.kicker))
        run.bold, run.font.color.rgb = True, rgb(OCHRE)
        self.made.add_paragraph(clean(document.title), style="Title")
        for words, size in ((document.territory, 18), (document.subtitle, 11)):
            if words:
                line = self.made.add_paragraph().add_run(clean(words))
                line.font.size, line.bold = Pt(size), size > 12
        for party in document.parties:
            self.made.add_paragraph(clean(party))
        self.made.add_paragraph().add_run(version_words(document)).bold = True
        for words in (document.author, document.profile):
            if words:
                self.made.add_paragraph(clean(words))
        if document.watermark:
            words = f"À lire avec prudence\u202f: {clean(listing(list(document.watermark)))}."
            add_text(self.made.add_paragraph(), Run(words, bold=True, colour=OCHRE), self.desk)
        self.made.add_page_break()

    def contents(self) -> None:
        """Write the table of contents as a field, its entries filled for readers that do not compute it."""
        from docx.shared import Pt

        title = self.made.add_paragraph()
        run = title.add_run(CONTENTS)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(20), rgb(INK)
        entries = [
            clean(f"{s.number}. {s.title}" if s.number else s.title)
            for s in self.document.sections
            if s.in_contents
        ]
        add_field(self.made.add_paragraph(), 'TOC \\o "1-2" \\h \\z \\u', "\n".join(entries))
        self.made.add_page_break()

    def section(self, section: Section, rank: int) -> None:
        """Write a chapter; a page of another format is a section of Word."""
        self.desk.section, self.desk.headings = section.number, 0
        blocks = list(section.blocks)
        first = blocks[0] if blocks else None
        if isinstance(first, PageBreak):
            self.turn(first.paper)
            blocks = blocks[1:]
        elif section.new_page:
            self.turn(Format.A4, fresh=rank > 0)
        title = f"{section.number}. {section.title}" if section.number else section.title
        heading = self.made.add_heading(clean(title), 1)
        add_bookmark(heading, anchor_name(f"section{rank}"), next(self.ranks))
        for block in blocks:
            self.block(block)

    def turn(self, format_: Format, *, fresh: bool = True) -> None:
        """Begin a page, of another format if need be."""
        from docx.enum.section import WD_SECTION

        if format_ is not self.desk.paper:
            self._set_page(self.made.add_section(WD_SECTION.NEW_PAGE), format_)
            self.desk.paper = format_
        elif fresh:
            self.made.add_page_break()

    def block(self, block: Block) -> None:
        """Write one block."""
        WRITERS[type(block)](self, block)

    def text(self, text: Text, style: str = "Normal") -> Any:
        """Write a paragraph."""
        paragraph = add_paragraph(self.made, style)
        add_text(paragraph, text, self.desk)
        return paragraph

    def heading(self, block: Heading) -> None:
        """Write a heading, its number typed as on the PDF."""
        text = block.text
        if block.level <= 2 and block.numbered and self.desk.section:
            self.desk.headings += 1
            text = (f"{self.desk.section}.{self.desk.headings}\u00a0 ", *inlines(text))
        paragraph = self.made.add_heading("", 2 if block.level <= 2 else 3)
        add_text(paragraph, text, self.desk)
        if block.fictitious:
            add_text(paragraph, Run("\u2003fictif", colour=VIOLET), self.desk)
        if block.key:
            add_bookmark(paragraph, anchor_name(f"heading-{block.key}"), next(self.ranks))

    def bullets(self, block: Bullets) -> None:
        """Write a list, hanging after its dashes or numbers."""
        for rank, item in enumerate(block.items, 1):
            sign = f"{rank}.\t" if block.ordered else "–\t"
            self.text((Run(sign, colour=INK), *inlines(item)), "Puce")

    def fields(self, block: Fields) -> None:
        """Write names and values in two columns."""
        rows: list[tuple[Text, Text]] = []
        for name, value in block.rows:
            held = value if bare(value).strip() else Run(block.absent, colour=TEXT3)
            rows.append((Run(name, colour=TEXT2), held))
        if rows:
            plain_table(self.made, rows, (0.28, 0.72), self.desk.width, self.desk)
            add_paragraph(self.made, "Petite note")

    def key_numbers(self, block: KeyNumbers) -> None:
        """Write key figures as a table: value, references, spread."""
        rows: list[tuple[Text, ...]] = []
        for item in block.items:
            value: Text = (Run("", bold=True), item.value, Run(f" {item.unit}", colour=TEXT2))
            references: list[Any] = []
            for rank, (name, shown) in enumerate(item.references):
                references += [", " if rank else "", f"{name}{NBSP}", shown]
            rows.append(
                (Run(item.label, bold=True), value, tuple(references), item.words or spread_words(item))
            )
        if rows:
            plain_table(self.made, rows, (0.24, 0.28, 0.22, 0.26), self.desk.width, self.desk)

    def chips(self, block: Chips) -> None:
        """Write chips as words with their shapes."""
        pieces: list[Any] = []
        for rank, chip in enumerate(block.items):
            sign = sign_of(chip.code, chip.words)
            shape = f"{SHAPES[chip.code]}{NBSP}" if chip.code in SHAPES else ""
            gap = "\u2003" if rank else ""
            pieces.append(Run(f"{gap}{shape}{sign.word}", bold=True, colour=sign.colour))
        self.text(tuple(pieces))

    def table(self, block: Table) -> None:
        """Write a caption, a native table and its notes."""
        numbers = [
            shown
            for row in block.rows
            for cell in row.cells
            if isinstance(cell, Printed)
            for shown in (cell,)
        ]
        add_caption(self.made, block, block.caption, self.desk, self.ranks)
        if not block.rows:
            self.text(Run("Aucune ligne.", colour=TEXT2), "Petite note")
            return
        add_table(self.made, block, self.desk, self.desk.width)
        self._foot(block.note, block.source, numbers)

    def _foot(self, note: Text, source: Text, numbers: list[Printed]) -> None:
        label = "" if not bare(source) or bare(source).lower().startswith("source") else "Source\u202f: "
        parts: list[Any] = []
        for part in (note, states_words(numbers), (label, *inlines(source)) if bare(source) else ""):
            if bare(part):
                parts += [*([" "] if parts else []), *inlines(part)]
        self.text(tuple(parts), "Petite note")

    def chart(self, block: ChartBlock) -> None:
        """Write a caption, the picture of a chart and its notes."""
        numbers = chart_numbers(block.chart)
        mark = self.desk.notes.mark(numbers)
        add_caption(self.made, block, block.caption, self.desk, self.ranks, mark)
        self._picture(block, bare(block.caption))
        self._foot(block.note, block.source, numbers)

    def map(self, block: MapBlock) -> None:
        """Write a caption and the picture of a map, which bears its legend and sources."""
        from maps.draw import maps_of

        numbers = block.values or tuple(n for one in maps_of(block.choropleth) for n in map_numbers(one))
        mark = self.desk.notes.mark(numbers)
        caption = block.caption or block.choropleth.title
        add_caption(self.made, block, caption, self.desk, self.ranks, mark)
        self._picture(block, bare(caption))

    def _picture(self, block: object, words: str) -> None:
        from docx.shared import Pt

        image, width = self.pictures[id(block)]
        picture = self.made.add_picture(BytesIO(image), width=Pt(min(width, self.desk.width)))
        describe(picture, clean(words))

    def swot(self, block: Swot) -> None:
        """Write four frames, two by two."""
        frames = (
            (("Forces", block.strengths), ("Faiblesses", block.weaknesses)),
            (("Opportunités", block.opportunities), ("Menaces", block.threats)),
        )
        rows = [tuple(_frame(title, items) for title, items in row) for row in frames]
        plain_table(self.made, rows, (0.5, 0.5), self.desk.width, self.desk).style = "Table Grid"

    def annex(self) -> None:
        """Write the annex: a line a mark."""
        notes = self.desk.notes.all()
        if not self.document.annex or not notes:
            return
        self.turn(Format.A4)
        self.made.add_heading(TITLE_WORDS, 1)
        for note in notes:
            text: Text = (Run(f"{note.number}\t", bold=True, colour=INK), *note_words(note))
            paragraph = self.text(text, "Puce")
            add_bookmark(paragraph, f"m_s{note.number}", next(self.ranks))


def _frame(title: str, items: tuple[Text, ...]) -> Text:
    pieces: list[Any] = [Run(title, bold=True)]
    for item in items or (Run("Rien n’est noté.", colour=TEXT3),):
        pieces += ["\n– ", *inlines(item)]
    return tuple(pieces)


def _beside(writer: _Writer, block: Beside) -> None:
    for one in (*block.left, *block.right):
        writer.block(one)


def _callout(writer: _Writer, block: Callout) -> None:
    add_callout(writer.made, block.text, writer.desk, TONES[block.tone], block.title)


def _glossary(writer: _Writer, block: Glossary) -> None:
    rows = [(Run(term, bold=True, colour=INK), definition) for term, definition in block.terms]
    if rows:
        plain_table(writer.made, rows, (0.26, 0.74), writer.desk.width, writer.desk)


def _missing(writer: _Writer, block: Missing) -> None:
    text = f"{block.what} {block.how}".strip()
    add_callout(writer.made, text, writer.desk, ("À compléter", *TONES[Tone.NOTE][1:]))


def _signatures(writer: _Writer, block: Signatures) -> None:
    rows = [(f"{name}\n\n\n",) for name in block.names]
    plain_table(writer.made, rows, (0.5,), writer.desk.width, writer.desk).style = "Table Grid"


def _paragraph(writer: _Writer, block: Paragraph) -> None:
    writer.text(block.text, "Chapô" if block.lead else "Petite note" if block.small else "Normal")


def _nothing(writer: _Writer, block: Space) -> None:
    """Space is left to the styles of the editor."""


WRITERS: dict[type, Callable[[_Writer, Any], None]] = {
    Beside: _beside,
    Bullets: _Writer.bullets,
    Callout: _callout,
    ChartBlock: _Writer.chart,
    Chips: _Writer.chips,
    Fields: _Writer.fields,
    Glossary: _glossary,
    Heading: _Writer.heading,
    KeyNumbers: _Writer.key_numbers,
    MapBlock: _Writer.map,
    Missing: _missing,
    PageBreak: lambda writer, block: writer.turn(block.paper),
    Paragraph: _paragraph,
    Signatures: _signatures,
    Space: _nothing,
    Swot: _Writer.swot,
    Table: _Writer.table,
}

"""The same documents as editable DOCX: styles, captions, native tables, pictures of charts and maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from app.progress import SILENT, Progress
from maps.canvas import INK, TEXT2, VIOLET
from maps.files import write_whole
from reports.docx_frame import set_page, set_up, write_contents, write_cover
from reports.docx_parts import add_bookmark, describe, fixed
from reports.docx_pictures import pictures_of
from reports.docx_rows import chip_words, field_rows, frame_words, key_rows
from reports.docx_tables import add_table, plain_table
from reports.docx_text import add_callout, add_caption, add_paragraph, add_text, anchor_name
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
from reports.kit.desk import Captions, Desk, heading_anchor
from reports.kit.draw_chart import chart_numbers
from reports.kit.lay_maps import map_numbers
from reports.kit.lay_text import TONES
from reports.kit.notes import Notes
from reports.kit.printed import Printed, Run, Text, bare, inlines
from reports.kit.prose import clean


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
    set_up(made, document)
    if document.cover:
        write_cover(made, document, desk)
    if document.contents:
        write_contents(made, document)
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
            set_page(self.made.add_section(WD_SECTION.NEW_PAGE), format_)
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
            add_bookmark(paragraph, anchor_name(heading_anchor(block.key)), next(self.ranks))

    def bullets(self, block: Bullets) -> None:
        """Write a list, hanging after its dashes or numbers."""
        for rank, item in enumerate(block.items, 1):
            sign = f"{rank}.\t" if block.ordered else "–\t"
            self.text((Run(sign, colour=INK), *inlines(item)), "Puce")

    def fields(self, block: Fields) -> None:
        """Write names and values in two columns."""
        rows = field_rows(block)
        if rows:
            plain_table(self.made, rows, (0.28, 0.72), self.desk.width, self.desk)
            add_paragraph(self.made, "Petite note")

    def key_numbers(self, block: KeyNumbers) -> None:
        """Write key figures as a table: value, references, spread."""
        rows = key_rows(block)
        if rows:
            plain_table(self.made, rows, (0.24, 0.28, 0.22, 0.26), self.desk.width, self.desk)

    def chips(self, block: Chips) -> None:
        """Write chips as words with their shapes."""
        self.text(chip_words(block))

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
        rows = [tuple(frame_words(title, items) for title, items in row) for row in frames]
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

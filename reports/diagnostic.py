"""The booklet of an Epci: frozen sections to blocks, blocks to a document of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from app.domain.french import THIN
from reports.diagnostic_blocks import blocks_of
from reports.diagnostic_content import (
    Absent,
    DiagnosticContent,
    FiguresItem,
    Framed,
    Head,
    Points,
    Said,
    SectionContent,
    Side,
    TableItem,
    Title,
)
from reports.diagnostic_items import Ready, See
from reports.diagnostic_text import own_paragraphs
from reports.kit.blocks import Block, Callout, Document, PageBreak, Paragraph, Section, Tone

KICKER = "Convention territoriale globale"
SMALL = (Absent, Framed, Points, Ready, See, TableItem, Title)
WORDS = (Absent, Framed, Points, Said, See, Title)
"""Items of a section of words only: the next one follows it on its page, unless it opens on FIGURES."""
FIGURES = (FiguresItem, Side)


def document_of(content: DiagnosticContent) -> Document:
    """Return the document of a booklet, ready for `reports.kit.write` or `reports.docx`."""
    head = content.head
    return Document(
        title=head.title,
        sections=_joined(_followed(content.sections, head)),
        date=head.made_on,
        subtitle=f"Chiffres {head.year} sauf mention contraire",
        kicker=KICKER,
        territory=head.epci_name,
        author=head.author,
        status=head.status,
        watermark=head.watermark,
        profile=head.profile,
        logo=head.logo,
        picture=head.picture,
        parties=tuple(text for text in (head.period, head.scope_note) if text),
        grey=head.grey,
        extra=head.extra,
    )


def section_of(section: SectionContent, head: Head) -> Section:
    """Return a section: its own text first, then its items."""
    blocks: list[Block] = [Paragraph(text) for text in own_paragraphs(section.own, head)]
    if section.failed:
        words = f"Cette section n’a pas pu être composée{THIN}; le reste du document est complet."
        blocks.append(Callout(words, Tone.WARNING))
    blocks += blocks_of(section.items, head)
    return Section(
        section.title, tuple(blocks), section.number, section.code, new_page=not _is_short(section)
    )


def _followed(sections: Sequence[SectionContent], head: Head) -> list[Section]:
    """Return the sections; one without key figures goes on under a section of a few words."""
    made = [section_of(section, head) for section in sections]
    for rank, (before, section) in enumerate(pairwise(sections), 1):
        few = not before.own and all(isinstance(item, WORDS) for item in before.items)
        if few and not any(isinstance(item, FIGURES) for item in section.items):
            made[rank] = replace(made[rank], new_page=False)
    return made


def _joined(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Take out the breaks that would leave an empty page: before another one, at the end of a section."""
    found = []
    for rank, section in enumerate(sections):
        blocks = [
            block
            for block, after in zip_longest(section.blocks, section.blocks[1:])
            if not (isinstance(block, PageBreak) and isinstance(after, PageBreak))
        ]
        turns = rank + 1 == len(sections) or sections[rank + 1].new_page
        if blocks and isinstance(blocks[-1], PageBreak) and turns:
            blocks.pop()
        found.append(replace(section, blocks=tuple(blocks)))
    return tuple(found)


def _is_short(section: SectionContent) -> bool:
    """Tell whether a section mostly says what is missing: it then follows the one before on its page."""
    missing = any(isinstance(item, Absent) for item in section.items)
    return missing and not section.own and all(isinstance(item, SMALL) for item in section.items)

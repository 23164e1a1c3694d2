"""Rows of the plain tables of a DOCX: fields, key figures, frames of forces and threats, chips as words."""

from __future__ import annotations

from typing import Any

from app.domain.french import NBSP
from maps.canvas import TEXT2, TEXT3
from reports.docx_tables import SHAPES
from reports.kit.blocks import Chips, Fields, KeyNumbers
from reports.kit.lay_figures import spread_words
from reports.kit.printed import Run, Text, bare, inlines
from reports.kit.signs import sign_of


def field_rows(block: Fields) -> list[tuple[Text, ...]]:
    """Return names and values, what is empty said so."""
    rows: list[tuple[Text, ...]] = []
    for name, value in block.rows:
        held = value if bare(value).strip() else Run(block.absent, colour=TEXT3)
        rows.append((Run(name, colour=TEXT2), held))
    return rows


def key_rows(block: KeyNumbers) -> list[tuple[Text, ...]]:
    """Return label, value with its unit, references, spread of each key figure."""
    rows: list[tuple[Text, ...]] = []
    for item in block.items:
        value: Text = (item.value, Run(f" {item.unit}", colour=TEXT2))
        references: list[Any] = []
        for rank, (name, shown) in enumerate(item.references):
            references += [", " if rank else "", f"{name}{NBSP}", shown]
        rows.append((Run(item.label, bold=True), value, tuple(references), item.words or spread_words(item)))
    return rows


def chip_words(block: Chips) -> Text:
    """Return chips as words with their shapes."""
    pieces: list[Any] = []
    for rank, chip in enumerate(block.items):
        sign = sign_of(chip.code, chip.words)
        shape = f"{SHAPES[chip.code]}{NBSP}" if chip.code in SHAPES else ""
        gap = "\u2003" if rank else ""
        pieces.append(Run(f"{gap}{shape}{sign.word}", bold=True, colour=sign.colour))
    return tuple(pieces)


def frame_words(title: str, items: tuple[Text, ...]) -> Text:
    """Return the words of a frame, one line an item."""
    pieces: list[Any] = [Run(title, bold=True)]
    for item in items or (Run("Rien n’est noté.", colour=TEXT3),):
        pieces += ["\n– ", *inlines(item)]
    return tuple(pieces)

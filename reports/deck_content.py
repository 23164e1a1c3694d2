"""Ten slides for a comité, chosen among the blocks of a booklet: nothing is computed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from app.domain.french import THIN
from reports.kit.blocks import (
    Beside,
    Block,
    Bullets,
    ChartBlock,
    Chip,
    Document,
    Heading,
    KeyNumber,
    KeyNumbers,
    MapBlock,
    Missing,
    Paragraph,
    Section,
    Swot,
    Table,
)
from reports.kit.charts import GaugePair, HorizontalBars, Stacked
from reports.kit.printed import Printed, Text, bare, inlines

SLIDES = 10
NETWORKS = ("carte_eaje", "carte_rpe", "carte_laep", "carte_avs")
MOST_LINES = 7
"""Lines of a list on a slide."""
SWOT = ("Forces", "Faiblesses", "Opportunités", "Menaces")
Picture = ChartBlock | MapBlock
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. boxes: titled lists in two columns; missing: what is not there and how to get it."""

    title: str
    lead: tuple[Text, ...] = ()
    figures: tuple[KeyNumber, ...] = ()
    pictures: tuple[Picture, ...] = ()
    boxes: tuple[tuple[str, tuple[Text, ...]], ...] = ()
    lines: tuple[Text, ...] = ()
    numbered: bool = False
    """Lines after numbers instead of dashes."""
    missing: tuple[str, ...] = ()
    cover: bool = False

    @property
    def numbers(self) -> tuple[Printed, ...]:
        """Every number written on the slide, those of pictures left to the notes of the pictures."""
        texts = [*self.lead, *self.lines, *(text for _, held in self.boxes for text in held)]
        found = [piece for text in texts for piece in inlines(text) if isinstance(piece, Printed)]
        for figure in self.figures:
            found += [figure.value, *(value for _, value in figure.references)]
        return tuple(dict.fromkeys(found))


def deck_of(document: Document) -> tuple[Slide, ...]:
    """Return the ten slides of a booklet; a section that is not in it, or has no data, says so."""
    held = {section.key: section for section in document.sections}
    outline = (MapBlock(document.picture, legend=False),) if document.picture is not None else ()
    made = [Slide(document.title, pictures=outline, cover=True)]
    made += [build(held.get(code), title) for title, code, build in _PLAN]
    return tuple(made)


# -- slides -----------------------------------------------------------------------------------------


def _essential(section: Section | None, title: str) -> Slide:
    numbers = next(_of(section, KeyNumbers), None)
    return Slide(title, _leads(section), numbers.items if numbers else (), missing=_missing(section))


def _swot(section: Section | None, title: str) -> Slide:
    found = next(_of(section, Swot), None)
    if found is None:
        return Slide(title, missing=_missing(section) or ("Aucune lecture proposée : chiffres absents.",))
    lists = (found.strengths, found.weaknesses, found.opportunities, found.threats)
    return Slide(title, boxes=tuple(zip(SWOT, lists, strict=True)))


def _territory(section: Section | None, title: str) -> Slide:
    charts = [one for key in ("naissances", "population") for one in _charts(section, key)]
    pictures: tuple[Picture, ...] = (*_maps(section, "carte_situation"), *charts[:1])
    return Slide(title, _leads(section), pictures=pictures, missing=() if pictures else _missing(section))


def _coverage(section: Section | None, title: str) -> Slide:
    pictures = _maps(section, "carte_couverture")
    return Slide(title, _leads(section), pictures=pictures, missing=() if pictures else _missing(section))


def _modes(section: Section | None, title: str) -> Slide:
    charts = [one for one in _of(section, ChartBlock) if isinstance(one.chart, Stacked)]
    after = _after(section, "Les modes d’accueil")
    return Slide(title, after, pictures=tuple(charts[:1]), missing=() if charts else _missing(section))


def _networks(section: Section | None, title: str) -> Slide:
    pictures = tuple(one for key in NETWORKS for one in _maps(section, key))
    lost = () if pictures else ("Aucun réseau connu : compléter Équipements ou importer la BPE.",)
    return Slide(title, pictures=pictures, missing=lost)


def _rules(section: Section | None, title: str) -> Slide:
    table = next(_of(section, Table), None)
    lines: list[str] = []
    for row in table.rows if table else ():
        chips = [cell for cell in row.cells if isinstance(cell, Chip)]
        words = [bare(cell) for cell in row.cells[:2] if not isinstance(cell, Chip)]
        if chips and len(words) == 2:
            lines.append(f"{words[0]}, {words[1]}{THIN}: {chips[0].words}")
    return Slide(
        title, _leads(section), pictures=_maps(section, "carte_maillage"), lines=tuple(lines[:MOST_LINES]),
        missing=() if lines else _missing(section),
    )  # fmt: skip


def _plan(section: Section | None, title: str) -> Slide:
    charts = [one for one in _of(section, ChartBlock) if isinstance(one.chart, GaugePair | HorizontalBars)]
    return Slide(
        title, _leads(section), pictures=tuple(charts[:2]), missing=() if charts else _missing(section)
    )


def _debate(section: Section | None, title: str) -> Slide:
    lists = _of(section, Bullets)
    lines = [text for one in lists for text in one.items]
    numbered = any(one.ordered for one in lists)
    lost = () if lines else ("Enjeux à écrire : aucun n’est saisi au plan d’actions de la CTG.",)
    return Slide(title, lines=tuple(lines[: MOST_LINES + 2]), numbered=numbered, missing=lost)


_PLAN: tuple[tuple[str, str, Callable[[Section | None, str], Slide]], ...] = (
    ("L’essentiel", "synthese", _essential),
    ("Forces, faiblesses, opportunités, menaces", "synthese", _swot),
    ("Le territoire", "portrait", _territory),
    ("La couverture petite enfance", "petite_enfance", _coverage),
    ("Qui accueille les enfants", "petite_enfance", _modes),
    ("Quatre réseaux dans le département", "petite_enfance", _networks),
    ("Les règles de maillage", "maillage", _rules),
    ("Le plan d’actions", "actions", _plan),
    ("À débattre", "synthese", _debate),
)


# -- what a section holds ---------------------------------------------------------------------------


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Beside):
            yield from _flat((*block.left, *block.right))
        else:
            yield block


def _of(section: Section | None, kind: type[Found]) -> Iterator[Found]:
    """Blocks of a kind, in order."""
    for block in _flat(section.blocks if section else ()):
        if isinstance(block, kind):
            yield block


def _leads(section: Section | None) -> tuple[Text, ...]:
    """The first message of a section."""
    return tuple(one.text for one in _of(section, Paragraph) if one.lead)[:1]


def _after(section: Section | None, heading: str) -> tuple[Text, ...]:
    """The first paragraph under a heading."""
    found = False
    for block in _flat(section.blocks if section else ()):
        found = found or (isinstance(block, Heading) and bare(block.text) == heading)
        if found and isinstance(block, Paragraph):
            return (block.text,)
    return ()


def _maps(section: Section | None, key: str) -> tuple[MapBlock, ...]:
    return tuple(one for one in _of(section, MapBlock) if one.key == key)[:1]


def _charts(section: Section | None, key: str) -> tuple[ChartBlock, ...]:
    return tuple(one for one in _of(section, ChartBlock) if one.key == key)[:1]


def _missing(section: Section | None) -> tuple[str, ...]:
    if section is None:
        return ("Section non retenue dans ce livret.",)
    return tuple(f"{one.what} {one.how}" for one in _of(section, Missing))[:MOST_LINES]

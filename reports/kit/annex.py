"""The annex « Sources et calculs »: a line a mark, leading back to the pages that bear it, and the files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from app.domain.french import NBSP, THIN, plural, short_date
from app.domain.indicator import Provenance, ValueState
from maps.canvas import INK, Box, Face, Pen
from maps.textures import WORDS
from reports.kit.blocks import Column, Heading, Row, Table
from reports.kit.desk import Anchor, Desk, Draw, Piece
from reports.kit.lay_table import lay_table
from reports.kit.lay_text import lay_heading
from reports.kit.notes import Note
from reports.kit.paper import Paper
from reports.kit.printed import Printed, Run
from reports.kit.prose import SMALL, TITLE, SetLine, Style, draw_lines, set_text, text_height
from reports.notes import rows_words

TITLE_WORDS = "Annexe. Sources et calculs"
LINE = Style(7.0, 9.4)
NUMBER = 24.0
PAGES = 62.0
"""Width kept for the pages of a mark."""
MOST_PAGES = 8
HAIR = Pen("#E2DFD8", 0.5)


def lay_annex(desk: Desk) -> list[Piece]:
    """Return the pieces of the annex; pages of marks are read when it is drawn, after all others."""
    notes = desk.notes.all()
    if not notes:
        return []
    title = set_text(TITLE_WORDS, TITLE, desk.width, desk)
    words = (
        "Chaque chiffre du document porte un repère, qui mène à sa ligne\u202f; la ligne ramène aux pages. "
        "Un repère de tableau, de figure ou de carte vaut pour tous ses chiffres. Le fichier PDF contient la "
        "liste complète des chiffres imprimés (pièce jointe manifeste.json)."
    )
    intro = set_text(words, SMALL, desk.width, desk)
    anchor = Anchor("annex", TITLE_WORDS, 0, in_contents=True, running=TITLE_WORDS)
    pieces = [
        Piece(TITLE.leading + 4, lambda p, x, y: draw_lines(p, title, x, y, TITLE), glued=True,
              anchors=(anchor,), role="H1", paper=desk.paper),
        Piece(text_height(intro, SMALL) + 8, lambda p, x, y: draw_lines(p, intro, x, y, SMALL)),
    ]  # fmt: skip
    for note in notes:
        pieces += _note_pieces(note, desk)
    files = _files_table(notes)
    if not files.rows:
        return pieces
    head = lay_heading(Heading("Fichiers", 3, numbered=False), desk.width, desk)
    return [*pieces, *head, *lay_table(files, desk.width, desk)]


def note_words(note: Note) -> list[Run | str]:
    """Return the words of a line: what, how it is computed, where it is read, in what state."""
    head = Run(subject_words(note.numbers).rstrip(".") + ". ", bold=True)
    texts = [*_formula_words(note.numbers), *origin_words(note.numbers), *_state_words(note.numbers)]
    return [head, " ".join(texts)]


def subject_words(numbers: Sequence[Printed]) -> str:
    """Return « Taux de couverture, 2023, CC Mellois en Poitou : 67,2 », or how many numbers there are."""
    labels = list(dict.fromkeys(shown.label or shown.indicator for shown in numbers))
    years = sorted({shown.period or str(shown.year or "") for shown in numbers} - {""})
    when = years[0] if len(years) == 1 else f"{years[0]} à {years[-1]}" if years else ""
    others = plural(len(labels) - 1, "autre série", "autres séries")
    label = labels[0] if len(labels) == 1 else f"{labels[0]} et {others}"
    places = list(dict.fromkeys(shown.territory for shown in numbers if shown.territory))
    where = places[0] if len(places) == 1 else f"{len(places)}{NBSP}territoires" if places else ""
    series = list(dict.fromkeys(shown.series for shown in numbers if shown.series))
    items = [label, series[0] if len(series) == 1 else "", when, where]
    text = ", ".join(item for item in items if item) or "Chiffre du document"
    if len(numbers) == 1:
        shown = numbers[0]
        bare = not shown.unit or shown.unit in shown.text or not shown.state.is_known
        return f"{text}{THIN}: {shown.text}{'' if bare else f' {shown.unit}'}"
    return f"{text} ({len(numbers)}{NBSP}chiffres)"


def _formula_words(numbers: Sequence[Printed]) -> list[str]:
    found = []
    formulas = list(dict.fromkeys(shown.formula.rstrip(". ") for shown in numbers if shown.formula))
    if formulas:
        head = "Calculé" if len(formulas) == 1 else "Calculé, comme"
        found.append(f"{head}{THIN}: {formulas[0]}.")
    terms = {(shown.numerator, shown.denominator) for shown in numbers} - {("", "")}
    if len(terms) == 1:
        top, bottom = terms.pop()
        words = [(term or "sans objet").rstrip(".") for term in (top, bottom)]
        found.append(f"Numérateur{THIN}: {words[0]}{THIN}; dénominateur{THIN}: {words[1]}.")
    return found


def origins(numbers: Iterable[Printed]) -> list[Provenance]:
    """Return the origins of numbers, or of the parts they rest on."""
    found: list[Provenance] = []
    for shown in numbers:
        found += shown.sources or origins(shown.parts)
    return found


def origin_words(numbers: Sequence[Printed]) -> list[str]:
    """Return « txcouv_pe_epci_2023.csv, feuille 1, ligne 14, SHA-256 3fa9c1d2… » for each file."""

    def key(origin: Provenance) -> tuple[str, str, str, str]:
        return origin.source, origin.file, origin.sheet, origin.sha256

    texts = []
    for (source, file, sheet, sha256), group in groupby(sorted(origins(numbers), key=key), key):
        rows = rows_words(origin.row for origin in group if origin.row is not None)
        items = [source, file, f"feuille {sheet}" if sheet else "", rows]
        items.append(f"SHA-256{NBSP}{sha256[:8]}" if sha256 else "")
        texts.append(", ".join(item for item in items if item) + ".")
    return texts


def _state_words(numbers: Sequence[Printed]) -> list[str]:
    items: list[str] = []
    for state in (ValueState.NO_DATA, ValueState.NOT_PUBLISHED, ValueState.MASKED):
        count = sum(shown.state is state for shown in numbers)
        if count:
            items.append(WORDS[state] if len(numbers) == 1 else f"{WORDS[state]} ({count})")
    items += sorted({shown.status for shown in numbers if shown.status})
    years = sorted({shown.millesime for shown in numbers if shown.millesime})
    if years:
        items.append(f"géographie {years[0]}" if len(years) == 1 else f"géographies {years[0]} à {years[-1]}")
    if any(shown.estimated for shown in numbers):
        items.append("valeur estimée")
    if any(shown.fictitious for shown in numbers):
        items.append("valeur fictive")
    text = f"{THIN}; ".join(items)
    return [f"{text[:1].upper()}{text[1:]}."] if text else []


def _note_pieces(note: Note, desk: Desk) -> list[Piece]:
    width = desk.width - NUMBER - PAGES - 8
    lines = set_text(tuple(note_words(note)), LINE, width, desk)
    height = max(text_height(lines, LINE), LINE.leading) + 4
    return [
        Piece(height, _note_draw(note, lines, desk.width), anchors=(Anchor(f"s{note.number}"),), role="LI")
    ]


def _note_draw(note: Note, lines: Sequence[SetLine], width: float) -> Draw:
    def draw(paper: Paper, x: float, y: float) -> None:
        base = y + (LINE.leading + LINE.size * 0.70) / 2
        strong = Face(LINE.size, 700, INK)
        paper.text(x + NUMBER - 8, base, str(note.number), strong, "end")
        draw_lines(paper, lines, x + NUMBER, y, LINE)
        right = x + width
        at = right - PAGES
        pages = paper.marked.get(note.number, [])
        face = Face(LINE.size, 400, INK)
        paper.text(at, base, "p.", Face(LINE.size, 400))
        at += face.width("p. ") + 1
        for rank, page in enumerate(pages[:MOST_PAGES]):
            last = rank == min(len(pages), MOST_PAGES) - 1
            text = f"{page}{',' if not last else '…' if len(pages) > MOST_PAGES else ''}"
            if at + face.width(text) > right:
                paper.text(at, base, "…", face)
                break
            paper.text(at, base, text, face)
            paper.link(Box(at, base - 6, face.width(text), 8), f"m{note.number}p{page}", f"page {page}")
            at += face.width(text) + 2
        under = y + max(text_height(lines, LINE), LINE.leading) + 2
        paper.path([np.array([[x, under], [right, under]])], pen=HAIR, closed=False)

    return draw


def _day_words(moment: str) -> str:
    """Return the day of an ISO date or moment as « 05/03/2025 », the text itself if it is none."""
    try:
        return short_date(datetime.date.fromisoformat(moment[:10]))
    except ValueError:
        return moment


def _files_table(notes: Sequence[Note]) -> Table:
    files: dict[tuple[str, str], Provenance] = {}
    for note in notes:
        for origin in origins(note.numbers):
            if origin.file or origin.sha256:
                files.setdefault((origin.file, origin.sha256), origin)
    rows = tuple(
        Row((held.file, held.source, held.licence, _day_words(held.imported_at), held.sha256))
        for _, held in sorted(files.items())
    )
    columns = (
        Column("Fichier", width=0.22),
        Column("Source", width=0.18),
        Column("Licence", width=0.13),
        Column("Importé le", width=0.11),
        Column("SHA-256", width=0.36),
    )
    return Table(columns, rows, dense=True)

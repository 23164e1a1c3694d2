"""Raised marks and the notes they lead to: file, line, hash, formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.french import THIN
from app.domain.indicator import Provenance, Value, ValueStatus
from maps.canvas import INK, TEXT2, Box, Canvas, Face, wrap, write_lines

FACE = Face(6.4, 400, TEXT2)
LEADING = 8.3
HASH_SIGNS = 8
MOST_RANGES = 4
STATUSES = {ValueStatus.PROVISIONAL: "provisoire", ValueStatus.FROZEN: "figé"}


class Notebook:
    """Numbers the notes in the order of their first mark; the same origin keeps the same number."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def mark(self, values: Iterable[Value], formula: str = "") -> str:
        """Return the number of the note about these values, empty if nothing is known of their origin."""
        return self.mark_text(formula or describe(list(values)))

    def mark_text(self, text: str) -> str:
        """Return the number of a note, empty for an empty text."""
        if not text:
            return ""
        if text not in self._texts:
            self._texts.append(text)
        return str(self._texts.index(text) + 1)

    def __len__(self) -> int:
        return len(self._texts)

    def since(self, first: int) -> list[tuple[int, str]]:
        """Return notes after the first ones, with their numbers."""
        return list(enumerate(self._texts, 1))[first:]


def describe(values: Sequence[Value]) -> str:
    """Return the origin of values: « txcouv_pe_epci_2023.csv, ligne 14, SHA-256 3fa9c1d2 »."""
    files: dict[tuple[str, str, str], list[int]] = {}
    for origin in _origins(values):
        rows = files.setdefault((origin.file, origin.sheet, origin.sha256), [])
        if origin.row is not None:
            rows.append(origin.row)
    texts = [_file_words(*key, rows) for key, rows in files.items()]
    formulas = list(dict.fromkeys(value.formula.rstrip(".") for value in values if value.formula))
    if len(formulas) == 1:
        texts.insert(0, f"Calculé{THIN}: {formulas[0]}")
    elif formulas:
        texts.insert(0, f"Calculé, comme{THIN}: {formulas[0]}")
    statuses = {STATUSES[value.status] for value in values if value.status in STATUSES}
    text = f"{THIN}; ".join(texts)
    return f"{', '.join([text, *sorted(statuses)])}." if text else ""


def rows_words(rows: Iterable[int]) -> str:
    """Return « ligne 14 », « lignes 9 et 12 à 15 », or « 58 lignes, de 5 à 890 » when there are too many."""
    ordered = sorted(set(rows))
    if len(ordered) < 2:
        return "".join(f"ligne\u00a0{row}" for row in ordered)
    ranges: list[list[int]] = []
    for row in ordered:
        if ranges and row == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], row]
        else:
            ranges.append([row])
    if len(ranges) > MOST_RANGES:
        return f"{len(ordered)}\u00a0lignes, de {ordered[0]} à {ordered[-1]}"
    texts = [" à ".join(str(row) for row in found) for found in ranges]
    return f"lignes\u00a0{', '.join(texts)}"


def notes_height(notes: Sequence[tuple[int, str]], width: float) -> float:
    """Return the height of notes in two columns, in points."""
    return max((len(lines) for lines in _columns(notes, width)), default=0) * LEADING


def draw_notes(canvas: Canvas, notes: Sequence[tuple[int, str]], box: Box) -> None:
    """Write notes in two columns from the top of the box."""
    for rank, lines in enumerate(_columns(notes, box.w)):
        x, y = box.x + rank * (box.w + GAP) / 2, box.y + 6
        for number, text in lines:
            if number:
                canvas.text(x, y, number, Face(6.4, 700, INK))
            write_lines(canvas, [text], x + INDENT, y, FACE, LEADING)
            y += LEADING


GAP = 16.0
INDENT = 12.5


def _columns(notes: Sequence[tuple[int, str]], width: float) -> list[list[tuple[str, str]]]:
    room = (width - GAP) / 2 - INDENT
    blocks = [
        [(str(number) if first else "", line) for first, line in _flagged(wrap(text, FACE, room))]
        for number, text in notes
    ]
    half = sum(len(block) for block in blocks) / 2
    columns: list[list[tuple[str, str]]] = [[], []]
    for block in blocks:
        columns[int(len(columns[0]) >= half or bool(columns[1]))].extend(block)
    return columns


def _flagged(lines: Sequence[str]) -> list[tuple[bool, str]]:
    return [(rank == 0, line) for rank, line in enumerate(lines)]


def _origins(values: Iterable[Value]) -> list[Provenance]:
    """Provenance of values, or of the parts they rest on."""
    found: list[Provenance] = []
    for value in values:
        found += value.provenance or _origins(value.parts)
    return found


def _file_words(file: str, sheet: str, sha256: str, rows: Sequence[int]) -> str:
    items = [file, f"feuille {sheet}" if sheet else "", rows_words(rows)]
    items.append(f"SHA-256\u00a0{sha256[:HASH_SIGNS]}" if sha256 else "")
    return ", ".join(item for item in items if item)

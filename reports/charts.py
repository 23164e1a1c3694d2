"""Charts of the fiche: stacked bars by childcare mode, and births by year from a zero base."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.french import THIN, listing, number, percent
from app.domain.indicator import Value
from maps.canvas import TEXT2, Box, Canvas, Face, wrap, write_lines
from maps.palettes import MODES
from reports.content import ModeRow, known
from reports.kit.charts import Bar, Bars, Part, Stacked, StackRow
from reports.kit.draw_bars import ROW, draw_bars, draw_stacked, stacked_height
from reports.kit.printed import traced

TALLEST_ROW = 19.0
"""Height of a bar and the space around it, in points, where there is room."""


def draw_modes(canvas: Canvas, rows: Sequence[ModeRow], box: Box, references: int) -> float:
    """Draw one stacked bar a row; the last `references` rows stand apart. Return the ordinate under it."""
    if not known(value for row in rows for value in (row.total, *(part for _, part in row.parts))):
        canvas.text(box.x, box.y + 12, "Pas de donnée importée pour cette figure.", Face(7.4, 400, TEXT2))
        return box.y + 18
    modes = [mode for mode, _ in rows[0].parts]
    parts = tuple(Part(SHORT.get(mode.code, mode.short_label), MODES.get(mode.code, "")) for mode in modes)
    bars = tuple(_stack_row(row, apart=rank >= len(rows) - references) for rank, row in enumerate(rows))
    chart = Stacked(parts, bars)
    height = min(box.h, stacked_height(chart, box.w) + (TALLEST_ROW - ROW) * len(rows))
    draw_stacked(canvas, chart, Box(box.x, box.y, box.w, height))
    return box.y + height


def _stack_row(row: ModeRow, *, apart: bool) -> StackRow:
    values = tuple(traced(value) for _, value in row.parts)
    return StackRow(row.name, values, traced(row.total), row.is_focus, apart)


def births_words(series: Sequence[tuple[str, Sequence[Value]]]) -> list[str]:
    """Return a sentence a territory: « Niortais : 1 012 puis 922 naissances, −8,9 % de 2024 à 2025. »."""
    found = []
    for name, values in series:
        held = known(values)
        if not held:
            continue
        texts = [number(value.number) for value in held]
        steps = f"{', '.join(texts[:-1])} puis {texts[-1]}" if len(texts) > 1 else texts[0]
        found.append(f"{name}{THIN}: {steps} naissances{_change(held)}.")
    return found


def draw_births(canvas: Canvas, values: Sequence[Value], box: Box) -> None:
    """Draw a bar a year from a zero base, its value above, the last year in ink; an absent year says so."""
    last = len(values) - 1
    bars = tuple(Bar(str(value.year), traced(value), rank == last) for rank, value in enumerate(values))
    draw_bars(canvas, Bars(bars), box)


def share_words(row: ModeRow) -> tuple[str, str]:
    """Return « Les assistants maternels en assurent 66,0 % » and the formula; empty if not known."""
    held = [(indicator, value) for indicator, value in row.parts if value.number]
    if not held or not row.total.number:
        return "", ""
    indicator, value = max(held, key=lambda pair: pair[1].number or 0.0)
    subject = SUBJECTS.get(indicator.code)
    if subject is None or value.number is None:
        return "", ""
    share = percent(100 * value.number / row.total.number)
    digits = [number(x, indicator.decimals) for x in (value.number, row.total.number)]
    return f"{subject} en assurent {share}", f"Calculé{THIN}: {digits[0]} ÷ {digits[1]} = {share}."


SUBJECTS = {
    "couv_am": "Les assistants maternels",
    "couv_eaje": "Les Eaje",
    "couv_prescol": "Les écoles, par la préscolarisation,",
    "couv_gad": "Les gardes à domicile",
}
SHORT = {
    "couv_am": "Assistants maternels",
    "couv_eaje": "Eaje",
    "couv_prescol": "Préscolarisation",
    "couv_gad": "Garde à domicile",
}


def missing_words(rows: Sequence[ModeRow]) -> str:
    """Return the line that says which territories have no bar, empty if all have one."""
    names = [row.name for row in rows if row.total.number is None]
    return f"Sans donnée{THIN}: {listing(names)}." if names else ""


def _change(held: Sequence[Value]) -> str:
    first, last = held[0], held[-1]
    if first.year == last.year or not first.number or last.number is None:
        return ""
    change = 100 * (last.number - first.number) / first.number
    return f", {number(change, 1, signed=True)}{THIN}% de {first.year} à {last.year}"


def draw_sentences(canvas: Canvas, texts: Sequence[str], x: float, y: float, width: float) -> float:
    """Write small sentences one under another; return the next base line."""
    face = Face(7.4, 400, TEXT2)
    for text in texts:
        y = write_lines(canvas, wrap(text, face, width), x, y, face, 10.4) + 2
    return y

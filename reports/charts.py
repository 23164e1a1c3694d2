"""Charts of the fiche: stacked bars by childcare mode, and births by year from a zero base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.domain.french import THIN, listing, number, percent
from app.domain.indicator import Value
from maps.canvas import INK, LINE, TEXT, TEXT2, TEXT3, Box, Canvas, Face, Pen, shrunk, wrap, write_lines
from maps.palettes import MODES
from maps.sketch import nice_length
from reports.content import ModeRow, known, shown

OTHER = "#A09B91"
NAMES = 96.0
RULE = Pen("#8F8A80", 0.7)


def draw_modes(canvas: Canvas, rows: Sequence[ModeRow], box: Box, references: int) -> float:
    """Draw one stacked bar a row; the last `references` rows stand apart. Return the ordinate under it."""
    top = _draw_mode_names(canvas, rows, box)
    highest = max((row.total.number or 0.0 for row in rows), default=0.0)
    highest = max([highest, *(sum(v.number or 0.0 for _, v in row.parts) for row in rows)])
    if highest <= 0:
        canvas.text(box.x, top + 12, "Pas de donnée importée pour cette figure.", Face(7.4, 400, TEXT2))
        return top + 18
    step = min((box.bottom - top - 22) / max(len(rows), 1), 19.0)
    plot = Box(box.x + NAMES, top, box.w - NAMES - 30, step * len(rows) + 6)
    _draw_grid(canvas, plot, highest)
    y = plot.y
    for rank, row in enumerate(rows):
        if rank == len(rows) - references:
            line = np.array([[box.x, y + 3], [box.right, y + 3]])
            canvas.path([line], pen=RULE, closed=False)
            y += 6
        _draw_bar(canvas, row, Box(plot.x, y, plot.w, step), highest)
        y += step
    return y + 12


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
    """Draw a bar a year from a zero base, its value above; an absent year says so."""
    highest = max((float(value.number or 0.0) for value in values), default=0.0)
    base = box.bottom - 12
    step = box.w / max(len(values), 1)
    width = min(step * 0.58, 40.0)
    for rank, value in enumerate(values):
        middle = box.x + (rank + 0.5) * step
        height = (base - box.y - 12) * float(value.number or 0.0) / highest if highest else 0.0
        last = rank == len(values) - 1
        if height:
            bar = Box(middle - width / 2, base - height, width, height)
            canvas.rect(bar, fill=INK if last else "#8FB3C1")
        text, weight = shown(value), 700 if last else 600
        canvas.text(middle, base - height - 4, text, Face(8.2, weight, TEXT if height else TEXT3), "middle")
        canvas.text(middle, base + 10, str(value.year), Face(7.2, 400, TEXT2), "middle")
    canvas.path([np.array([[box.x, base], [box.right, base]])], pen=RULE, closed=False)


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


def _draw_mode_names(canvas: Canvas, rows: Sequence[ModeRow], box: Box) -> float:
    face, x, y = Face(7.0, 400, TEXT2), box.x, box.y
    for indicator, _ in rows[0].parts if rows else ():
        words = SHORT.get(indicator.code, indicator.short_label)
        if x > box.x and x + 15 + face.width(words) > box.right:
            x, y = box.x, y + 12
        canvas.rect(Box(x, y, 10, 7), fill=MODES.get(indicator.code, OTHER), radius=1.2)
        canvas.text(x + 13, y + 6.2, words, face)
        x += 23 + face.width(words)
    return y + 15


def _draw_grid(canvas: Canvas, plot: Box, highest: float) -> None:
    step = nice_length(highest / 3)
    for x in np.arange(0.0, highest + step * 0.01, step):
        left = plot.x + float(x) / highest * plot.w
        line = np.array([[left, plot.y], [left, plot.bottom]])
        canvas.path([line], pen=Pen(LINE, 0.5), closed=False)
        decimals = 0 if step >= 1 else 1
        canvas.text(left, plot.bottom + 8, number(float(x), decimals), Face(6.6, 400, TEXT3), "middle")


def _draw_bar(canvas: Canvas, row: ModeRow, box: Box, highest: float) -> None:
    weight = 700 if row.is_focus else 400
    size = min(7.4, box.h * 0.62)
    middle, face = box.y + box.h / 2, Face(size, weight, TEXT)
    _draw_name(canvas, row.name, Box(box.x - NAMES, box.y, NAMES - 5, box.h), face)
    x, gap = box.x, 0.75  # one pixel of the screen
    for indicator, value in row.parts:
        width = (value.number or 0.0) / highest * box.w
        if width > 0:
            segment = Box(x, middle - box.h * 0.33, max(width - gap, 0.2), box.h * 0.66)
            canvas.rect(segment, fill=MODES.get(indicator.code, OTHER))
            x += width
    colour = TEXT if row.total.state.is_known else TEXT3
    canvas.text(
        x + 4, middle + size * 0.35, shown(row.total), Face(size, 700 if row.is_focus else 400, colour)
    )


def _draw_name(canvas: Canvas, name: str, box: Box, face: Face) -> None:
    """Write a name on one line, or two smaller ones where it is long and the row tall enough."""
    small = replace(face, size=min(face.size, 6.2))
    lines = [name]
    if shrunk(name, face, box.w).size < 5.6 and box.h >= 13:
        lines = wrap(name, small, box.w)[:2] if len(wrap(name, small, box.w)) == 2 else lines
    base = box.y + box.h / 2 + face.size * 0.35 - 3.6 * (len(lines) - 1)
    for rank, line in enumerate(lines):
        canvas.text(box.x, base + 7.2 * rank, line, shrunk(line, face if len(lines) == 1 else small, box.w))


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
